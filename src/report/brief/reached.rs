//! Whether options reach the targets of a study and keep to what it tolerates.

use crate::chart::number::{count, percent};
use crate::model::{Bound, OptionId, Target};
use crate::report::brief::block::{Block, Grid};
use crate::report::brief::{Brief, world_of};
use crate::report::tables;

/// In how many sampled worlds, or runs, each option reaches the targets of the study, in each world.
pub(super) fn targets(brief: &Brief<'_>) -> Vec<Block> {
    let targets = &brief.study.targets;
    if targets.is_empty() {
        return Vec::new();
    }
    let table = &brief.plain().table;
    let drawn = table.design().draws > 0;
    let mut head = vec!["option".to_owned()];
    head.extend(targets.iter().map(|target| {
        let side = if target.bound == Bound::AtMost { "at most" } else { "at least" };
        format!("{} {side} {}", target.measure.label(), tables::number(target.measure, target.value))
    }));
    head.push("all of them".to_owned());
    let mut blocks = vec![Block::Heading("Targets".to_owned())];
    for &world in &brief.study.worlds {
        let row = |option: &OptionId| {
            let of = |targets: &[Target]| {
                let met = table.meets(world, *option, targets);
                format!("{} of {}", count(met.iter().filter(|met| **met).count() as u64), count(met.len() as u64))
            };
            let mut row = vec![brief.name(*option).to_owned()];
            row.extend(targets.iter().map(|target| of(std::slice::from_ref(target))));
            row.push(of(targets));
            row
        };
        blocks.push(Block::Table(Grid {
            caption: format!(
                "In how many {} of the {} world each target is reached.",
                if drawn { "sampled worlds" } else { "runs" },
                world.name()
            ),
            head: head.clone(),
            rows: table.design().options.iter().map(row).collect(),
        }));
    }
    blocks
}

/// How often each option is worse than what the study tolerates, at each value that it names.
pub(super) fn tolerances(brief: &Brief<'_>) -> Vec<Block> {
    let (world, table) = (world_of(brief.study), &brief.plain().table);
    let mut blocks = Vec::new();
    for tolerance in &brief.study.tolerances {
        let measure = tolerance.measure;
        let cell = |option: OptionId, value: f64, tolerated: f64| {
            let share = table.share_above(world, option, measure, value);
            share.map_or(tables::lacking(measure).to_owned(), |(share, interval)| {
                let verdict = match interval {
                    it if it.low > tolerated => "too often",
                    it if it.high <= tolerated => "tolerated",
                    _ => "not shown either way",
                };
                format!("{} ({} to {}): {verdict}", percent(share), percent(interval.low), percent(interval.high))
            })
        };
        let row = |option: &OptionId| {
            let cells = tolerance.corners.iter().map(|it| cell(*option, it.value, it.in_at_most));
            std::iter::once(brief.name(*option).to_owned()).chain(cells).collect()
        };
        let column = |it: &crate::model::Corner| {
            format!("more than {} in at most {}", tables::number(measure, it.value), percent(it.in_at_most))
        };
        blocks.push(Block::Table(Grid {
            caption: format!(
                "In how many runs {} is more than the study tolerates, {} world, with 95% intervals.",
                measure.label(),
                world.name()
            ),
            head: std::iter::once("option".to_owned()).chain(tolerance.corners.iter().map(column)).collect(),
            rows: table.design().options.iter().map(row).collect(),
        }));
    }
    blocks
}
