//! Tables of options over world sets, for other tools and for machines.

use serde_json::{Value, json};

use super::analysis::{Robust, units};
use super::discovery::Discovery;
use crate::report::Context;
use crate::report::many::csv_text;
use crate::report::paper::headed;
use crate::report::run::pretty;
use crate::stats::sensitivity::PrimBox;

/// The files by name.
pub(super) fn tables(robust: &Robust<'_>) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("regret.csv", Some(regret(robust))),
        ("worlds.csv", Some(worlds(robust))),
        ("prim.json", robust.discovery().map(|found| pretty(&prim(found)))),
    ]
}

fn regret(robust: &Robust<'_>) -> String {
    let mut out = String::from(
        "world_set,weight,option,mean,rank,regret,regret_low,regret_high,shown_behind,share_meeting_targets\n",
    );
    let regrets = robust.payoffs.regrets();
    for (nth, set) in robust.sets.iter().enumerate() {
        let weight = robust.study.weights.as_ref().map_or(String::new(), |weights| weights[nth].to_string());
        for (o, of_option) in regrets.iter().enumerate() {
            let bound = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
            let (low, high) = set.behind[o].as_ref().map_or((String::new(), String::new()), |paired| {
                // In the sign of a regret: against a best that is lower the difference is positive.
                let turn = |v: f64| if paired.mean < 0.0 { 0.0 - v } else { v };
                let (a, b) = (turn(paired.adjusted.low), turn(paired.adjusted.high));
                (bound(a.min(b)), bound(a.max(b)))
            });
            out.push_str(&format!(
                "{},{weight},{},{},{},{},{low},{high},{},{}\n",
                csv_text(&set.part.id),
                csv_text(robust.name(o)),
                set.means[o],
                set.standing.ranks[o],
                of_option[nth],
                set.is_shown_behind(o),
                set.met.as_ref().map_or(String::new(), |met| met[o].to_string()),
            ));
        }
    }
    out
}

/// A row for each sampled world, or run, and option.
fn worlds(robust: &Robust<'_>) -> String {
    let study = robust.study;
    let drawn = robust.sampled.is_some();
    let mut out = format!("world_set,{},option,{}", if drawn { "draw" } else { "run" }, robust.main().id());
    out.push_str(if study.targets.is_empty() { "\n" } else { ",meets_targets\n" });
    for set in &robust.sets {
        for (o, option) in study.options.iter().enumerate() {
            let values = units(&set.part.table, robust.world(), *option, robust.main());
            let met = set.part.table.meets(robust.world(), *option, &study.targets);
            for (unit, value) in values.iter().enumerate() {
                let meets = match (study.targets.is_empty(), met.len() == values.len()) {
                    (true, _) => String::new(),
                    (false, true) => format!(",{}", met[unit]),
                    // Values of pilot runs stand for several runs each.
                    (false, false) => ",".to_owned(),
                };
                let (id, name) = (csv_text(&set.part.id), csv_text(robust.name(o)));
                out.push_str(&format!("{id},{unit},{name},{value}{meets}\n"));
            }
        }
    }
    out
}

fn prim(found: &Discovery) -> Value {
    let one = |it: &PrimBox| {
        let limits: Vec<Value> = it
            .limits
            .iter()
            .map(|limit| {
                json!({
                    "input": found.inputs[limit.input], "low": limit.low, "high": limit.high, "quasi_p": limit.quasi_p,
                })
            })
            .collect();
        json!({"mass": it.mass, "density": it.density, "coverage": it.coverage, "limits": limits})
    };
    json!({
        "failing": found.failing,
        "sampled_worlds": found.worlds,
        "failures": found.failures,
        "boxes": found.boxes.iter().map(one).collect::<Vec<_>>(),
        "chosen": found.chosen,
        "told": found.told.as_ref().map(one),
    })
}

/// Everything for machines.
pub(super) fn summary(context: &Context<'_>, robust: &Robust<'_>) -> Value {
    let regrets = robust.payoffs.regrets();
    let largest = robust.payoffs.max_regrets();
    let maximin = robust.payoffs.maximin();
    let weighted = robust.study.weights.as_ref().and_then(|weights| robust.payoffs.mean_regrets(weights));
    let high = robust.ninetieths();
    let option = |o: usize| {
        let sets: serde_json::Map<String, Value> = robust
            .sets
            .iter()
            .enumerate()
            .map(|(nth, set)| {
                let entry = json!({
                    "mean": set.means[o],
                    "rank": set.standing.ranks[o],
                    "regret": regrets[o][nth],
                    "shown_behind": set.is_shown_behind(o),
                    "share_meeting_targets": set.met.as_ref().map(|met| met[o]),
                });
                (set.part.id.clone(), entry)
            })
            .collect();
        json!({
            "option": robust.name(o),
            "largest_regret": largest[o],
            "weighted_mean_regret": weighted.as_ref().map(|of| of[o]),
            "regret_90th_percentile_of_sampled_worlds": high.as_ref().map(|of| of[o]),
            "least_regret": robust.least.contains(&o),
            "best_of_the_worst": maximin.contains(&o),
            "world_sets": sets,
        })
    };
    let own = json!({
        "world": robust.world().name(),
        "options": (0..regrets.len()).map(option).collect::<Vec<_>>(),
        "failures": robust.discovery().map(prim),
    });
    headed(context, robust.study, "airside-robust-1", own)
}
