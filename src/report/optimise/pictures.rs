//! Charts of designs.

use super::analysis::Optimised;
use super::beside;
use crate::chart::cost_effect::{Point, Standing};
use crate::chart::number::Interval as Figures;
use crate::chart::{Chart, CostEffect, Survivors, survivors};
use crate::measure::Better;
use crate::report::many::difference;
use crate::report::{Context, pictures};

/// Designs that the chart of cost against effect shows.
const SHOWN: usize = 24;

/// Cost against effect, the race, and all designs beside each other.
pub(super) fn charts(context: &Context<'_>, it: &Optimised<'_>) -> Vec<Chart> {
    let mut charts = vec![cost_effect(context, it)];
    charts.extend(race(context, it));
    charts.push(beside::chart(context, it));
    charts
}

fn cost_effect(context: &Context<'_>, it: &Optimised<'_>) -> Chart {
    let pareto = it.frontier();
    let scale = if it.main().is_share() { 100.0 } else { 1.0 };
    let mut shown = pareto.clone();
    shown.extend(it.winner().filter(|nth| !pareto.contains(nth)));
    let sign = if it.main().better() == Better::Higher { -1.0 } else { 1.0 };
    let mut others: Vec<usize> = it.keeping().into_iter().filter(|nth| !shown.contains(nth)).collect();
    others.sort_by(|a, b| {
        let mean = |nth: usize| sign * it.trials[nth].answered().main_mean();
        mean(*a).total_cmp(&mean(*b))
    });
    shown.extend(others);
    let left = shown.len().saturating_sub(SHOWN);
    shown.truncate(SHOWN);
    let finding = match it.winner() {
        Some(winner) => format!("Selected: {}", it.name(winner)),
        None => "No design keeps the budget and the limits".to_owned(),
    };
    let measure = format!("What designs avert of {} and cost", it.main().label());
    let mut frame = pictures::frame(context, "designs", finding, &measure, "");
    frame.notes.clear();
    frame.notes.push("Bars: 95% intervals. Frontier: beaten by none in main measure and cost at once.".to_owned());
    if left > 0 {
        frame.notes.push(format!("{left} designs with worse averages are left out."));
    }
    let point = |nth: &usize| {
        let of = it.trials[*nth].answered();
        let averted = of.averted;
        Point {
            option: it.name(*nth),
            reference: false,
            effect: Figures::new(scale * averted.low, scale * averted.mid, scale * averted.high),
            cost: of.main_cost(it.study),
            standing: if pareto.contains(nth) { Standing::Frontier } else { Standing::Dominated },
        }
    };
    let beats = |nth: &usize| {
        let of = it.trials[*nth].answered();
        let (averted, cost) = (of.averted.mid, of.main_cost(it.study).mid);
        averted >= 0.0 && cost <= 0.0 && (averted > 0.0 || cost < 0.0)
    };
    let reference = Point {
        option: it.scenario.options[it.study.reference.index()].id.clone(),
        reference: true,
        effect: Figures::exact(0.0),
        cost: Figures::exact(0.0),
        standing: if pareto.iter().any(beats) { Standing::Dominated } else { Standing::Frontier },
    };
    let verb = if it.main().better() == Better::Higher { "gained" } else { "averted" };
    let unit = if it.main().is_share() { "points" } else { it.main().unit() };
    CostEffect {
        frame,
        across: format!("{} {verb} against the reference, {unit}; more is better", it.main().label()),
        up: "extra cost, euro".to_owned(),
        points: std::iter::once(reference).chain(shown.iter().map(point)).collect(),
    }
    .chart()
}

fn race(context: &Context<'_>, it: &Optimised<'_>) -> Option<Chart> {
    let race = it.race.as_ref().filter(|race| race.contestants.len() > 1)?;
    let left = race.contestants.len() - race.dropped.len();
    let finding = match left {
        1 => format!("One design is left after {} runs of each", race.replications),
        n => format!("{n} designs are left after {} runs of each", race.replications),
    };
    let mut frame = pictures::frame(context, "race", finding, "Designs still in the race", "designs");
    frame.notes.clear();
    frame.n = race.total;
    frame.notes.push(match race.promise {
        Some(_) => format!(
            "Kim and Nelson's selection: chance of error {} at most; differences under {} do not count.",
            crate::chart::number::percent(race.alpha),
            difference(it.main(), Figures::exact(it.asked.delta))
        ),
        None => "Ended by the cap on runs: no guarantee.".to_owned(),
    });
    let drop = |of: &crate::stats::selection::Dropped| survivors::Drop {
        after: of.after as u64,
        option: it.name(race.contestants[of.option]),
    };
    let chart = Survivors {
        frame,
        across: "runs of each design that is left".to_owned(),
        options: race.contestants.len(),
        drops: race.dropped.iter().map(drop).collect(),
        end: race.replications as u64,
        winner: if left == 1 { it.name(race.winner()) } else { String::new() },
    };
    Some(chart.chart())
}
