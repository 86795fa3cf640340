//! What is said of options over world sets.

use crate::chart::number::{Interval as Figures, count, percent};
use crate::model::AS_WRITTEN;
use crate::report::Grid;
use crate::report::brief::listed;
use crate::report::many::{difference, figures};
use crate::report::robust::analysis::{Robust, Set};
use crate::report::robust::discovery::Discovery;
use crate::stats::sensitivity::{PrimBox, PrimLimit};

/// The findings, the choice first.
pub(super) fn sentences(robust: &Robust<'_>) -> Vec<String> {
    let mut all = vec![choice(robust)];
    all.push(leaders(robust));
    all.extend(targets(robust));
    all.extend(weighted(robust));
    all.extend(robust.discovery().map(|it| failures(robust, it)));
    all
}

fn choice(robust: &Robust<'_>) -> String {
    let main = robust.main().label();
    let names: Vec<&str> = robust.least.iter().map(|o| robust.name(*o)).collect();
    let largest = robust.payoffs.max_regrets()[robust.choice()];
    if largest == 0.0 {
        let word = if names.len() == 1 { "does" } else { "do" };
        let choice = robust.choice();
        let shown = robust.sets.iter().all(|set| {
            let rank = set.standing.ranks[choice];
            rank == 1 && set.standing.ranks.iter().filter(|other| **other == 1).count() == 1
        });
        let shown = if shown { "" } else { ", though that is not shown against all others at this number of runs" };
        return format!(
            "{} {word} best on average on {main} in every world set: there is nothing to regret in the averages{shown}.",
            listed(&names)
        );
    }
    let worst = robust.payoffs.regrets()[robust.choice()]
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map_or(0, |(nth, _)| nth);
    let set = &robust.sets[worst];
    let shown = match set.is_shown_behind(robust.choice()) {
        true => "which is shown at this number of runs",
        false => "which is not shown to differ from nothing at this number of runs",
    };
    format!(
        "Least regret: {}. At worst, in the world set {}, its average {main} stays {} behind the best option there ({}), {shown}.",
        listed(&names),
        set.part.id,
        amount(robust, largest),
        robust.name(set.standing.leader),
    )
}

/// Which option leads in which world sets.
fn leaders(robust: &Robust<'_>) -> String {
    let mut by_leader: Vec<(usize, Vec<&str>)> = Vec::new();
    for set in &robust.sets {
        let lead = set.standing.leader;
        match by_leader.iter_mut().find(|(o, _)| *o == lead) {
            Some((_, sets)) => sets.push(&set.part.id),
            None => by_leader.push((lead, vec![&set.part.id])),
        }
    }
    let clause =
        |(lead, sets): &(usize, Vec<&str>)| format!("{} has the best average in {}", robust.name(*lead), listed(sets));
    let said: Vec<String> = by_leader.iter().map(clause).collect();
    format!("{}.", said.join("; "))
}

fn targets(robust: &Robust<'_>) -> Option<String> {
    let met = |set: &Set<'_>, o: usize| set.met.as_ref().map(|met| met[o]);
    let least = |o: usize| robust.sets.iter().filter_map(|set| met(set, o)).fold(f64::INFINITY, f64::min);
    let best = (0..robust.study.options.len()).max_by(|a, b| least(*a).total_cmp(&least(*b)).then(b.cmp(a)))?;
    if !least(best).is_finite() {
        return None;
    }
    let units = if robust.sampled.is_some() { "sampled worlds" } else { "runs" };
    if least(best) == 0.0 {
        return Some(format!("No option meets all targets in any of the {units} of every world set."));
    }
    Some(format!(
        "All targets are met most reliably by {}: in at least {} of the {units} of each world set.",
        robust.name(best),
        percent(least(best))
    ))
}

fn weighted(robust: &Robust<'_>) -> Option<String> {
    let weights = robust.study.weights.as_ref()?;
    let regrets = robust.payoffs.mean_regrets(weights)?;
    let best = (0..regrets.len()).min_by(|a, b| regrets[*a].total_cmp(&regrets[*b]))?;
    Some(format!(
        "With the weights of the study {} has the least mean regret, {}.",
        robust.name(best),
        amount(robust, regrets[best])
    ))
}

fn failures(robust: &Robust<'_>, found: &Discovery) -> String {
    let choice = robust.name(robust.choice());
    let Some(told) = &found.told else {
        return format!("{choice} fails in {} of {} sampled worlds.", found.failures, found.worlds);
    };
    let limits: Vec<String> = told.limits.iter().map(|limit| limit_in_words(found, limit)).collect();
    let limits: Vec<&str> = limits.iter().map(String::as_str).collect();
    let lead = format!("{choice} fails ({}) in {} of {} sampled worlds", found.failing, found.failures, found.worlds);
    if limits.is_empty() {
        return format!("{lead}, and no input was found on which that hangs.");
    }
    format!(
        "{lead}. Most densely where {}: there it fails in {} of the worlds, and {} of all failures are there{}.",
        listed(&limits),
        percent(told.density),
        percent(told.coverage),
        doubtful(told, found.worlds)
    )
}

/// A warning where chance may have made a box.
fn doubtful(told: &PrimBox, worlds: usize) -> &'static str {
    let weak = told.limits.iter().any(|limit| limit.quasi_p > 0.05);
    match (weak, worlds < 100) {
        (true, _) => " (chance may have made this box: not every limit is borne out)",
        (false, true) => " (of fewer than 100 sampled worlds: take it as a hint)",
        (false, false) => "",
    }
}

fn limit_in_words(found: &Discovery, limit: &PrimLimit) -> String {
    let name = &found.inputs[limit.input];
    if found.is_set(limit.input) {
        let holds = limit.low.is_some_and(|low| low > 0.5);
        return if holds { name.clone() } else { format!("not {name}") };
    }
    match (limit.low, limit.high) {
        (Some(low), Some(high)) => {
            format!("{name} is from {} to {}", found.shown(limit.input, low), found.shown(limit.input, high))
        }
        (Some(low), None) => format!("{name} is at least {}", found.shown(limit.input, low)),
        (None, Some(high)) => format!("{name} is at most {}", found.shown(limit.input, high)),
        (None, None) => name.clone(),
    }
}

/// All tables.
pub(super) fn grids(robust: &Robust<'_>) -> Vec<Grid> {
    vec![regret(robust), standing(robust)]
}

fn regret(robust: &Robust<'_>) -> Grid {
    let regrets = robust.payoffs.regrets();
    let mut head = vec!["option".to_owned()];
    head.extend(robust.sets.iter().map(|set| set.part.id.clone()));
    head.push("largest".to_owned());
    if robust.sampled.is_some() {
        head.extend(["90th percentile in sampled worlds".to_owned(), "largest in them".to_owned()]);
    }
    let weighted = robust.study.weights.as_ref().and_then(|weights| robust.payoffs.mean_regrets(weights));
    head.extend(weighted.is_some().then(|| "weighted mean".to_owned()));
    let largest = robust.payoffs.max_regrets();
    let high = robust.ninetieths().zip(robust.largest_in_worlds());
    let row = |o: usize| {
        let mark = if robust.least.contains(&o) { " (least regret)" } else { "" };
        let mut row = vec![format!("{}{mark}", robust.name(o))];
        row.extend(robust.sets.iter().enumerate().map(|(nth, set)| match &set.behind[o] {
            None => amount(robust, 0.0),
            Some(paired) => {
                // Option against best: reference less option is what it stays behind, in the sign of the measure.
                let (a, b) = (paired.adjusted.low.abs(), paired.adjusted.high.abs());
                let spans = paired.adjusted.low <= 0.0 && paired.adjusted.high >= 0.0;
                let (low, top) = if spans { (0.0, a.max(b)) } else { (a.min(b), a.max(b)) };
                if low.is_finite() && top.is_finite() {
                    points(robust, Figures::new(low, regrets[o][nth], top))
                } else {
                    amount(robust, regrets[o][nth])
                }
            }
        }));
        row.push(amount(robust, largest[o]));
        if let Some((ninetieth, most)) = &high {
            row.extend([amount(robust, ninetieth[o]), amount(robust, most[o])]);
        }
        row.extend(weighted.as_ref().map(|of| amount(robust, of[o])));
        row
    };
    Grid {
        title: format!("Regret on {}", robust.main().label()),
        head,
        rows: (0..robust.study.options.len()).map(row).collect(),
        note: "How much worse the option's average is than that of the best option of the world set, with 95% intervals widened for the options compared. Regret in single sampled worlds is that of the world set where it is largest; it holds luck too, and is too high by it.".to_owned(),
    }
}

fn standing(robust: &Robust<'_>) -> Grid {
    let mut head = vec!["option".to_owned()];
    head.extend(robust.sets.iter().map(|set| format!("rank, {}", set.part.id)));
    let targets = !robust.study.targets.is_empty();
    if targets {
        head.extend(robust.sets.iter().map(|set| format!("targets met, {}", set.part.id)));
    }
    head.push("worst average".to_owned());
    let worst = robust.payoffs.worst();
    let maximin = robust.payoffs.maximin();
    let row = |o: usize| {
        let mut row = vec![robust.name(o).to_owned()];
        row.extend(robust.sets.iter().map(|set| set.standing.rank_in_words(o)));
        if targets {
            row.extend(robust.sets.iter().map(|set| set.met.as_ref().map_or("–".to_owned(), |met| percent(met[o]))));
        }
        let mark = if maximin.contains(&o) { " (best of the worst)" } else { "" };
        row.push(format!("{}{mark}", figures(robust.main(), Figures::exact(worst[o]))));
        row
    };
    Grid {
        title: "Ranks, targets and the worst world set".to_owned(),
        head,
        rows: (0..robust.study.options.len()).map(row).collect(),
        note: "Options that are not shown to differ share a rank, such as 1=.".to_owned(),
    }
}

/// How it is to be read.
pub(super) fn notes(robust: &Robust<'_>) -> Vec<String> {
    let mut notes: Vec<String> =
        robust.sets.iter().map(|set| format!("World set {}: {}.", set.part.id, set.part.title)).collect();
    notes.push(match &robust.study.weights {
        Some(weights) => {
            let each = |(set, weight): (&Set<'_>, &f64)| format!("{} {}", set.part.id, percent(*weight));
            let each: Vec<String> = robust.sets.iter().zip(weights).map(each).collect();
            format!("Weights of the study: {}.", each.join(", "))
        }
        None => "World sets are compared and not averaged: no weights are given.".to_owned(),
    });
    if robust.sets.len() == 1 {
        notes.push(format!(
            "The study names no world sets: all of this is about {AS_WRITTEN}. Write some under `world_sets`."
        ));
    }
    notes.push(match (robust.sampled.is_some(), robust.discovery()) {
        (false, _) => {
            "No inputs were drawn, so that where the recommended option fails was not looked for (--draws W draws them)."
                .to_owned()
        }
        (true, None) => format!(
            "Where the recommended option fails is not told: that takes {} sampled worlds at least, with failures in some of them and not in all. A failure is counted by the mean of a draw, which holds luck.",
            count(20)
        ),
        (true, Some(found)) => format!(
            "The box of failures was found by patient rule induction over {} sampled worlds; a failure is where {}. Coverage is the share of all failures in the box, density the share of its worlds that fail.",
            count(found.worlds as u64),
            found.failing
        ),
    });
    notes
}

pub(super) fn amount(robust: &Robust<'_>, value: f64) -> String {
    points(robust, Figures::exact(value))
}

/// Differences of shares are in points.
fn points(robust: &Robust<'_>, value: Figures) -> String {
    difference(robust.main(), value)
}
