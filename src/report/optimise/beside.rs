//! All designs beside each other, on every measure that counts.

use super::analysis::Optimised;
use crate::chart::number::{euro, figure};
use crate::chart::{Chart, Parallel, parallel};
use crate::measure::{Better, Measure};
use crate::model::Bound;
use crate::report::{Context, pictures, tables};

/// What designs are measured on, with a value for each.
struct Scale {
    name: String,
    unit: Unit,
    lower_is_better: bool,
    limit: Option<f64>,
    values: Vec<f64>,
}

#[derive(Clone, Copy)]
enum Unit {
    Of(Measure),
    Euro,
    Plain,
}

impl Unit {
    fn told(self, value: f64) -> String {
        match self {
            Unit::Of(measure) => tables::number(measure, value),
            Unit::Euro => euro(value),
            Unit::Plain => figure(value),
        }
    }
}

/// The chart.
pub(super) fn chart(context: &Context<'_>, it: &Optimised<'_>) -> Chart {
    let keeping = it.keeping();
    let finding = format!("{} of {} designs keep the budget and all limits", keeping.len(), it.trials.len());
    let mut frame = pictures::frame(context, "parallel", finding, "All designs that were tried, by average", "");
    frame.notes.clear();
    frame.notes.push("Better is up on every axis. A design keeps a limit unless it is shown to break it.".to_owned());
    let scales = scales(it);
    let line = |nth: usize| parallel::Line {
        name: it.name(nth),
        values: scales.iter().map(|scale| scale.values[nth]).collect(),
        meets_all: keeping.contains(&nth),
        chosen: it.winner() == Some(nth),
    };
    let axis = |scale: &Scale| {
        let values = scale.values.iter().copied().filter(|value| value.is_finite()).chain(scale.limit);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        parallel::Axis {
            name: scale.name.clone(),
            low,
            high,
            low_text: scale.unit.told(low),
            high_text: scale.unit.told(high),
            target: scale.limit.map(|limit| (limit, scale.unit.told(limit))),
            lower_is_better: scale.lower_is_better,
        }
    };
    Parallel { frame, axes: scales.iter().map(axis).collect(), lines: (0..it.trials.len()).map(line).collect() }.chart()
}

/// Main measure, cost, limits in the world in which they are kept worst, burden.
fn scales(it: &Optimised<'_>) -> Vec<Scale> {
    let answered = || it.trials.iter().map(|trial| trial.answered());
    let main = it.main();
    let mut scales = vec![
        Scale {
            name: main.label().to_owned(),
            unit: Unit::Of(main),
            lower_is_better: main.better() != Better::Higher,
            limit: None,
            values: answered().map(|of| of.main_mean()).collect(),
        },
        Scale {
            name: "extra cost".to_owned(),
            unit: Unit::Euro,
            lower_is_better: true,
            limit: it.study.budget,
            values: answered().map(|of| of.main_cost(it.study).mid).collect(),
        },
    ];
    for (place, target) in it.asked.limits.iter().enumerate() {
        let worst = |of: &super::analysis::OfMove| {
            let by_world = of.limits[place].iter().map(|of| of.mid);
            match target.bound {
                Bound::AtMost => by_world.fold(f64::NEG_INFINITY, f64::max),
                Bound::AtLeast => by_world.fold(f64::INFINITY, f64::min),
            }
        };
        scales.push(Scale {
            name: target.measure.label().to_owned(),
            unit: Unit::Of(target.measure),
            lower_is_better: target.bound == Bound::AtMost,
            limit: Some(target.value),
            values: answered().map(worst).collect(),
        });
    }
    if answered().all(|of| of.burden.is_some()) {
        scales.push(Scale {
            name: "burden on the uninvolved".to_owned(),
            unit: Unit::Plain,
            lower_is_better: true,
            limit: None,
            values: answered().map(|of| of.burden.map_or(f64::NAN, |of| of.mid)).collect(),
        });
    }
    scales
}
