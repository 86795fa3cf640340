//! Charts of options over world sets.

use super::analysis::Robust;
use super::discovery::Discovery;
use super::words::{amount, sentences};
use crate::chart::{Boxes, Chart, Matrix, Ranks, boxes, matrix, ranks};
use crate::report::{Context, pictures};

/// Regret, ranks, and where the recommended option fails.
pub(super) fn charts(context: &Context<'_>, robust: &Robust<'_>) -> Vec<Chart> {
    let mut charts = vec![regret(context, robust)];
    if robust.sets.len() > 1 {
        charts.push(by_assumption(context, robust));
    }
    charts.extend(robust.discovery().map(|found| failures(context, robust, found)));
    charts
}

fn regret(context: &Context<'_>, robust: &Robust<'_>) -> Chart {
    let regrets = robust.payoffs.regrets();
    let finding = sentences(robust).swap_remove(0);
    let finding = finding.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned();
    let measure = format!("Regret on {} in the {} world", robust.main().label(), robust.world().name());
    let unit = if robust.main().is_share() { "points" } else { robust.main().unit() };
    let frame = pictures::frame(context, "regret", finding, &measure, unit);
    let row = |o: usize| matrix::Row {
        name: robust.name(o).to_owned(),
        chosen: robust.least.contains(&o),
        cells: regrets[o]
            .iter()
            .map(|value| matrix::Cell { value: *value, text: amount(robust, *value).replace(" points", "") })
            .collect(),
    };
    Matrix {
        frame,
        rows: (0..regrets.len()).map(row).collect(),
        columns: robust.sets.iter().map(|set| set.part.id.clone()).collect(),
        scale: format!("darker: further behind the best option of the world set, in {unit}"),
    }
    .chart()
}

fn by_assumption(context: &Context<'_>, robust: &Robust<'_>) -> Chart {
    let leaders: std::collections::BTreeSet<usize> = robust.sets.iter().map(|set| set.standing.leader).collect();
    let finding = match leaders.len() {
        1 => format!("{} has the best average in every world set", robust.name(robust.sets[0].standing.leader)),
        n => format!("{n} options have the best average in one world set or another"),
    };
    let measure = format!("Place by average {} in the {} world", robust.main().label(), robust.world().name());
    let mut frame = pictures::frame(context, "ranks", finding, &measure, "place");
    frame
        .notes
        .push("Height: place by average. Labels: rank; options that are not shown to differ share one.".to_owned());
    let sign = if robust.main().better() == crate::measure::Better::Higher { -1.0 } else { 1.0 };
    let places = |set: &super::analysis::Set<'_>| {
        let mut order: Vec<usize> = (0..set.means.len()).collect();
        order.sort_by(|a, b| (sign * set.means[*a]).total_cmp(&(sign * set.means[*b])).then(a.cmp(b)));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, o)| places[*o] = place + 1);
        places
    };
    let all: Vec<Vec<usize>> = robust.sets.iter().map(places).collect();
    let line = |o: usize| ranks::Line {
        option: robust.name(o).to_owned(),
        places: all.iter().map(|places| places[o]).collect(),
        labels: robust.sets.iter().map(|set| set.standing.rank_in_words(o)).collect(),
    };
    Ranks {
        frame,
        columns: robust.sets.iter().map(|set| set.part.id.clone()).collect(),
        lines: (0..robust.study.options.len()).map(line).collect(),
    }
    .chart()
}

fn failures(context: &Context<'_>, robust: &Robust<'_>, found: &Discovery) -> Chart {
    let choice = robust.name(robust.choice());
    let finding = match &found.told {
        Some(told) if !told.limits.is_empty() => {
            let inputs: Vec<&str> = told.limits.iter().map(|limit| found.inputs[limit.input].as_str()).collect();
            format!("Where {choice} fails hangs on {}", crate::report::brief::listed(&inputs))
        }
        _ => format!("No input was found on which the failures of {choice} hang"),
    };
    let measure = format!("Boxes of inputs in which {choice} fails: {}", found.failing);
    let mut frame = pictures::frame(context, "failures", finding, &measure, "share");
    frame.n = found.worlds as u64;
    frame.n_of = "sampled worlds of all world sets".to_owned();
    let point = |it: &crate::stats::sensitivity::PrimBox| boxes::Point {
        coverage: it.coverage,
        density: it.density,
        restricted: it.limits.len(),
    };
    let limit = |limit: &crate::stats::sensitivity::PrimLimit| {
        let (lowest, highest) = found.ranges[limit.input];
        let (low, high) = (limit.low.unwrap_or(lowest), limit.high.unwrap_or(highest));
        let shown = |value: f64| found.shown(limit.input, value);
        boxes::Limit {
            input: found.inputs[limit.input].clone(),
            range: (lowest, highest),
            within: (low, high),
            low: shown(low),
            high: shown(high),
            lowest: shown(lowest),
            highest: shown(highest),
        }
    };
    Boxes {
        frame,
        points: found.boxes.iter().map(point).collect(),
        chosen: found.chosen,
        limits: found.told.iter().flat_map(|it| &it.limits).map(limit).collect(),
    }
    .chart()
}
