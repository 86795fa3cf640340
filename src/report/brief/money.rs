//! What an option costs beside what it averts: net benefit at the value that the study states, and ratios only where they
//! mean something.

use crate::chart::number::{Interval as Figures, euro, euro_interval};
use crate::experiment::{LEVEL, Table};
use crate::measure::{Better, Measure, Outcome};
use crate::model::{OptionId, Payer, Study};
use crate::report::brief::block::{Block, Grid};
use crate::report::brief::{Brief, world_of};
use crate::report::many::csv_text;
use crate::report::tables;
use crate::stats::{Paired, Verdict};

/// What each option costs and averts, against the reference, for those whose costs count.
pub(super) fn blocks(brief: &Brief<'_>) -> Vec<Block> {
    let (world, main) = (world_of(brief.study), brief.main());
    let plain = brief.plain();
    let family = plain.comparison.family;
    let reference = brief.study.reference;
    let costs = |option| units(&plain.table, brief, option, &|row| cost_of(brief.study, row));
    let losses = |option| units(&plain.table, brief, option, &|row| row.get(main));
    let mut rows = Vec::new();
    for option in brief.others() {
        let (Some(cost), Some(loss)) = (
            Paired::of(&costs(reference), &costs(option), LEVEL, family),
            Paired::of(&losses(reference), &losses(option), LEVEL, family),
        ) else {
            continue;
        };
        let sign = if main.better() == Better::Higher { -1.0 } else { 1.0 };
        let mut row = vec![
            brief.name(option).to_owned(),
            money(&cost),
            averted(main, &loss, sign),
            ratio(main, &cost, &loss, sign),
        ];
        if let Some(worth) = &brief.study.worth {
            let benefit = |option| -> Vec<f64> {
                costs(option).iter().zip(losses(option)).map(|(cost, loss)| cost + sign * worth.a_unit * loss).collect()
            };
            // Cost and loss in money, reference less option: what is gained.
            let gained = Paired::of(&benefit(reference), &benefit(option), LEVEL, family);
            row.push(gained.map_or(String::new(), |it| gain(&it)));
        }
        if let Some(budget) = brief.study.budget {
            row.push(if -cost.mean <= budget { "within" } else { "over" }.to_owned());
        }
        rows.push(row);
    }
    let mut head = vec![
        "option".to_owned(),
        "costs more by".to_owned(),
        format!("averts ({})", main.label()),
        "cost of averting".to_owned(),
    ];
    let mut caption =
        format!("Against the reference, {} world, with 95% intervals widened for the options compared.", world.name());
    if let Some(worth) = &brief.study.worth {
        head.push("net benefit".to_owned());
        caption += &format!(
            " Net benefit at {} for averting {} ({}).",
            euro(worth.a_unit * worth.averting),
            tables::number(main, worth.averting),
            worth.source
        );
    }
    if let Some(budget) = brief.study.budget {
        head.push("budget".to_owned());
        caption += &format!(" Budget: {} over the reference.", euro(budget));
    }
    vec![Block::Heading("Cost and benefit".to_owned()), Block::Table(Grid { caption, head, rows })]
}

/// `worlds.csv`: cost and loss of every run, by world draw, with the inputs that were drawn: the table that
/// `airside compare --from` reads. None without world draws, since plays of luck are no worlds.
pub(super) fn worlds_csv(brief: &Brief<'_>) -> Option<String> {
    let table = &brief.plain().table;
    if table.design().draws == 0 {
        return None;
    }
    let (world, main) = (world_of(brief.study), brief.main());
    let effect = if main.better() == Better::Higher { "effect" } else { "loss" };
    let inputs = table.drawn().ranges().iter().map(|range| csv_text(&format!("input:{}", range.path)));
    let head: Vec<String> =
        ["world", "replication", "option", "cost", effect].into_iter().map(str::to_owned).chain(inputs).collect();
    let mut out = head.join(",") + "\n";
    let each = table.design().replications.max(1) as usize;
    for &option in &table.design().options {
        for (nth, row) in table.cell(world, option).enumerate() {
            let draw = nth / each;
            let mut line = format!(
                "{draw},{},{},{},{}",
                nth % each,
                csv_text(brief.name(option)),
                cost_of(brief.study, row),
                row.get(main)
            );
            for value in table.drawn().values(draw as u32) {
                line.push_str(&format!(",{value}"));
            }
            out.push_str(&line);
            out.push('\n');
        }
    }
    Some(out)
}

/// A value of each run, or of each world draw or pilot run where those are the units.
fn units(table: &Table, brief: &Brief<'_>, option: OptionId, value: &dyn Fn(&Outcome) -> f64) -> Vec<f64> {
    let world = world_of(brief.study);
    let runs: Vec<f64> = table.cell(world, option).map(value).collect();
    if !table.in_units(Measure::CostTotal) && !table.in_units(brief.main()) {
        return runs;
    }
    table.means_of_units(&runs)
}

/// What those pay whose costs count.
pub(crate) fn cost_of(study: &Study, row: &Outcome) -> f64 {
    if study.perspective.len() == Payer::ALL.len() {
        return row.get(Measure::CostTotal);
    }
    study.perspective.iter().map(|payer| row.get(Measure::CostOf(*payer))).sum()
}

fn money(cost: &Paired) -> String {
    match cost.verdict {
        Verdict::ExactlyEqual => "nothing".to_owned(),
        _ => bounded(-cost.adjusted.high, -cost.mean, -cost.adjusted.low),
    }
}

fn gain(gained: &Paired) -> String {
    match gained.verdict {
        Verdict::ExactlyEqual => "nothing".to_owned(),
        _ => bounded(gained.adjusted.low, gained.mean, gained.adjusted.high),
    }
}

fn bounded(low: f64, mid: f64, high: f64) -> String {
    let figures = Figures::new(low, mid, high);
    if figures.is_finite() { euro_interval(figures) } else { format!("{} (no interval)", euro(mid)) }
}

fn averted(main: Measure, loss: &Paired, sign: f64) -> String {
    if loss.verdict == Verdict::ExactlyEqual {
        return "nothing".to_owned();
    }
    let (low, high) = (sign * loss.adjusted.low, sign * loss.adjusted.high);
    crate::report::many::difference(main, Figures::new(low.min(high), sign * loss.mean, low.max(high)))
}

/// Cost for each unit averted, only where both are shown and positive: elsewhere a ratio changes its meaning with its sign.
fn ratio(main: Measure, cost: &Paired, loss: &Paired, sign: f64) -> String {
    let dearer = match cost.verdict {
        Verdict::Higher => Some(true),
        Verdict::Lower => Some(false),
        _ => None,
    };
    let better = match loss.verdict {
        Verdict::Lower => Some(sign > 0.0),
        Verdict::Higher => Some(sign < 0.0),
        _ => None,
    };
    match (dearer, better) {
        (Some(true), Some(true)) => {
            let scale = if main.is_share() { 0.01 } else { 1.0 };
            let unit = if scale < 1.0 { "a point".to_owned() } else { format!("for one of {}", main.label()) };
            format!("{} {unit}", euro(-cost.mean / (sign * loss.mean) * scale))
        }
        (Some(false), Some(true)) => "cheaper and better".to_owned(),
        (Some(true), Some(false)) => "dearer and worse".to_owned(),
        (Some(false), Some(false)) => "cheaper and worse".to_owned(),
        _ => "not defined: not both are shown".to_owned(),
    }
}
