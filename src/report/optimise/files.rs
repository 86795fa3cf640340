//! Every design that was tried, and the selection, for other tools and for machines.

use serde_json::{Value, json};

use super::analysis::{OfMove, Optimised, Race};
use crate::chart::Interval;
use crate::model::{Bound, World};
use crate::report::Context;
use crate::report::brief::world_of;
use crate::report::many::csv_text;
use crate::report::paper::headed;
use crate::report::run::pretty;
use crate::stats::selection::Ended;

/// The files by name.
pub(super) fn tables(it: &Optimised<'_>) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("archive.csv", Some(archive(it))),
        ("selection.json", it.race.as_ref().map(|race| pretty(&selection(it, race)))),
    ]
}

fn bound(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

/// A row for each design and move of the adversary.
fn archive(it: &Optimised<'_>) -> String {
    let mut out =
        String::from("design,move,is_response,runs,main_mean,adversary_gets,averted,averted_low,averted_high");
    for world in &it.study.worlds {
        out.push_str(&format!(",extra_cost_{}", world.name()));
    }
    for target in &it.asked.limits {
        let counts = |world: &&World| target.bound == Bound::AtMost || **world == world_of(it.study);
        for world in it.study.worlds.iter().filter(counts) {
            out.push_str(&format!(",{}_{}", target.measure.id(), world.name()));
        }
    }
    out.push_str(",breaks,beaten_by_none,dropped_after\n");
    let pareto = it.pareto();
    for (nth, trial) in it.trials.iter().enumerate() {
        let response = trial.response();
        for (place, of) in trial.moves.iter().enumerate() {
            let dropped = it.race.as_ref().and_then(|race| race.dropped_after(nth));
            let breaks = of.breaks(it.study, it.asked, true);
            let costs: Vec<String> = of.cost.iter().map(|it| it.mid.to_string()).collect();
            let limits: Vec<String> = of.limits.iter().flatten().map(|it| it.mid.to_string()).collect();
            let mut row = vec![
                csv_text(&it.name(nth)),
                csv_text(it.move_name(place)),
                (place == response).to_string(),
                of.main.len().to_string(),
                of.main_mean().to_string(),
                of.wanted.to_string(),
                of.averted.mid.to_string(),
                bound(of.averted.low),
                bound(of.averted.high),
            ];
            row.extend(costs);
            row.extend(limits);
            row.push(csv_text(&breaks.unwrap_or_default()));
            row.push(pareto.contains(&nth).to_string());
            row.push(dropped.map_or(String::new(), |after| after.to_string()));
            out.push_str(&(row.join(",") + "\n"));
        }
    }
    out
}

fn selection(it: &Optimised<'_>, race: &Race) -> Value {
    let names: Vec<String> = race.contestants.iter().map(|nth| it.name(*nth)).collect();
    let dropped: Vec<Value> = race
        .dropped
        .iter()
        .map(|of| json!({"design": names[of.option], "after": of.after, "behind": names[of.behind]}))
        .collect();
    let ended = match race.ended {
        Ended::Selected(_) => "selected",
        Ended::Tied(_) => "tied",
        Ended::Capped(_) => "capped",
    };
    json!({
        "selected": it.name(race.winner()),
        "ended": ended,
        "guarantee": race.promise,
        "alpha": race.alpha,
        "delta": it.asked.delta,
        "first_runs": race.first,
        "runs_of_each_left": race.replications,
        "runs_in_all": race.total,
        "contestants": names,
        "eliminated": dropped,
        "all_designs_tried": it.all,
    })
}

/// Everything for machines.
pub(super) fn summary(context: &Context<'_>, it: &Optimised<'_>) -> Value {
    let finite = |value: f64| if value.is_finite() { Value::from(value) } else { Value::Null };
    let figures = |of: Interval| json!({"mean": of.mid, "interval": [finite(of.low), finite(of.high)]});
    let holdout = it.holdout.as_ref().map(|holdout| {
        let of = |(nth, of): (usize, &OfMove)| {
            json!({
                "move": it.move_name(nth),
                "main_mean": of.main_mean(),
                "adversary_gets": of.wanted,
                "averted": figures(of.averted),
                "extra_cost": of.cost.iter().map(|it| figures(*it)).collect::<Vec<_>>(),
                "breaks": of.breaks(it.study, it.asked, false),
            })
        };
        let moves: Vec<Value> = holdout.moves.iter().enumerate().map(of).collect();
        json!({"seed": holdout.seed, "replications": holdout.replications, "moves": moves})
    });
    let own = json!({
        "reference": it.scenario.options[it.study.reference.index()].id,
        "designs_tried": it.trials.len(),
        "designs_that_keep_the_limits": it.keeping().len(),
        "beaten_by_none": it.pareto().iter().map(|nth| it.name(*nth)).collect::<Vec<_>>(),
        "selection": it.race.as_ref().map(|race| selection(it, race)),
        "holdout": holdout,
    });
    headed(context, it.study, "airside-optimise-1", own)
}
