//! What is said of designs and the one that was selected.

use super::analysis::{OfMove, Optimised, Race};
use crate::chart::number::{Interval as Figures, count, euro, euro_interval, interval, percent};
use crate::measure::Better;
use crate::model::Bound;
use crate::report::many::{difference, figures};
use crate::report::paper::not_used;
use crate::report::{Grid, counted};
use crate::stats::selection::Ended;

/// Designs that the table of the best ones holds.
const SHOWN: usize = 15;

/// The findings, the choice first.
pub(super) fn sentences(it: &Optimised<'_>) -> Vec<String> {
    let Some(race) = &it.race else {
        return vec![format!(
            "Of {} that were tried, every one is shown to break the budget or a limit: nothing can be recommended under them.",
            counted(it.trials.len() as u64, "design", "designs")
        )];
    };
    let mut all = vec![choice(it, race), guarantee(it, race)];
    all.extend(fresh(it));
    all.extend(answered(it));
    all
}

fn choice(it: &Optimised<'_>, race: &Race) -> String {
    let winner = race.winner();
    let response = it.trials[winner].response();
    // The best of many looks better than it is: what is told is of fresh luck.
    let fresh = it.holdout.as_ref().and_then(|holdout| holdout.moves.get(response));
    let of = fresh.unwrap_or(it.trials[winner].answered());
    if let Some(what) = of.breaks(it.study, it.asked, true) {
        return format!(
            "Choose nothing yet: {} was selected, and on fresh luck it is shown to break a limit: {what}.",
            it.name(winner)
        );
    }
    let reference = &it.scenario.options[it.study.reference.index()].id;
    let verb = if it.main().better() == Better::Higher { "gains" } else { "averts" };
    format!(
        "Choose {}: on fresh luck, against {reference}, it {verb} {} of {} and costs {} more.",
        it.name(winner),
        points(it, of.averted),
        it.main().label(),
        bounded_euro(of.main_cost(it.study)),
    )
}

fn guarantee(it: &Optimised<'_>, race: &Race) -> String {
    let tried = if it.all {
        format!("All {} were tried", counted(it.trials.len() as u64, "design", "designs"))
    } else {
        format!("There are too many designs to try all; a search tried {}", count(it.trials.len() as u64))
    };
    let delta = points(it, Figures::exact(it.asked.delta));
    if race.contestants.len() == 1 {
        return format!("{tried}, and one only is not shown to break the budget or a limit: there was no race.");
    }
    let race_of = counted(race.contestants.len() as u64, "design", "designs");
    match (race.ended, race.promise) {
        (Ended::Capped(_), _) | (_, None) => format!(
            "{tried}, and {race_of} raced; the race was ended by the cap of {} runs of each and guarantees nothing: this one has the best average so far.",
            count(race.replications as u64)
        ),
        (ended, Some(promise)) => {
            let tie = if matches!(ended, Ended::Tied(_)) {
                " Others have exactly the same average; this is the cheapest of them."
            } else {
                ""
            };
            format!(
                "{tried}, and {race_of} that are not shown to break a limit raced: if the best of them is better than all others by {delta} or more, with chance {} or more this is it; smaller differences are not told apart (Kim and Nelson; {} runs in all).{tie}",
                percent(promise),
                count(race.total)
            )
        }
    }
}

/// The winner on fresh luck: the best of many looks better than it is.
fn fresh(it: &Optimised<'_>) -> Option<String> {
    let holdout = it.holdout.as_ref()?;
    let response = it.trials[it.winner()?].response();
    let of = holdout.moves.get(response)?;
    let kept = match of.breaks(it.study, it.asked, false) {
        None => "It keeps the budget and all limits there on average".to_owned(),
        Some(what) => format!("There it breaks a limit on average: {what}"),
    };
    let verb = if it.main().better() == Better::Higher { "gains" } else { "averts" };
    let first = it.trials[it.winner()?].answered();
    let most = (0..holdout.moves.len())
        .fold(0, |best, nth| if holdout.moves[nth].wanted > holdout.moves[best].wanted { nth } else { best });
    let answer = match most == response {
        true => String::new(),
        false => format!(
            " On fresh luck the adversary does best with {}, and not with {}: take care.",
            it.move_name(most),
            it.move_name(response)
        ),
    };
    Some(format!(
        "Fresh luck is {} under seed {}; the runs by which it was chosen said that it {verb} {} and costs {} more. {kept}.{answer}",
        counted(u64::from(holdout.replications), "run", "runs"),
        holdout.seed,
        points(it, first.averted),
        bounded_euro(first.main_cost(it.study))
    ))
}

/// What the adversary does who sees the choice.
fn answered(it: &Optimised<'_>) -> Option<String> {
    if it.study.adversary_moves.is_empty() {
        return None;
    }
    let winner = it.winner()?;
    let response = it.trials[winner].response();
    let changed = it.trials.iter().filter(|trial| trial.response() != response).count();
    Some(format!(
        "An adversary who sees the choice and wants {} answers it with {}; {} of the designs would be answered otherwise. Each design is scored against the answer to it.",
        it.study.adversary_wants.label(),
        it.move_name(response),
        count(changed as u64)
    ))
}

/// All tables.
pub(super) fn grids(it: &Optimised<'_>) -> Vec<Grid> {
    let mut grids = vec![best(it), alone(it)];
    if let Some(winner) = it.winner().filter(|_| !it.study.adversary_moves.is_empty()) {
        grids.push(moves(it, winner));
    }
    grids
}

/// The designs with the best averages that keep the limits, and those that nothing beats.
fn best(it: &Optimised<'_>) -> Grid {
    let pareto = it.pareto();
    let mut order = it.keeping();
    let sign = if it.main().better() == Better::Higher { -1.0 } else { 1.0 };
    let mean = |nth: usize| sign * it.trials[nth].answered().main_mean();
    order.sort_by(|a, b| mean(*a).total_cmp(&mean(*b)).then(a.cmp(b)));
    let mut head: Vec<String> = ["design", "averted", "extra cost"].map(str::to_owned).to_vec();
    head.extend(it.asked.limits.iter().map(Optimised::limit_in_words));
    head.extend(["burden, uninvolved", "in the race", "beaten by none"].map(str::to_owned));
    let row = |nth: &usize| {
        let of = it.trials[*nth].answered();
        let mut row = vec![it.name(*nth), points(it, of.averted), bounded_euro(of.main_cost(it.study))];
        row.extend(it.asked.limits.iter().zip(&of.limits).map(|(target, by_world)| {
            let worst = by_world.iter().copied().reduce(|a, b| match target.bound {
                Bound::AtMost if b.mid > a.mid => b,
                Bound::AtLeast if b.mid < a.mid => b,
                _ => a,
            });
            worst.map_or(String::new(), |worst| figures(target.measure, worst))
        }));
        row.push(of.burden.map_or("–".to_owned(), interval));
        row.push(match &it.race {
            Some(race) if race.winner() == *nth => "selected".to_owned(),
            Some(race) => match race.dropped_after(*nth) {
                Some(after) => format!("dropped after {}", counted(after as u64, "run", "runs")),
                None if race.contestants.contains(nth) => "left at the end".to_owned(),
                None => "not in it".to_owned(),
            },
            None => String::new(),
        });
        row.push(if pareto.contains(nth) { "yes" } else { "" }.to_owned());
        row
    };
    let left = order.len().saturating_sub(SHOWN);
    let broken = it.trials.len() - order.len();
    let mut note = format!(
        "By average, with 95% intervals of {} each, limits in the world in which they are kept worst.",
        counted(it.race.as_ref().map_or(0, |race| race.first) as u64, "run", "runs")
    );
    if left > 0 {
        note.push_str(&format!(" {} more are in archive.csv.", count(left as u64)));
    }
    if broken > 0 {
        note.push_str(&format!(
            " {} shown to break the budget or a limit.",
            counted(broken as u64, "design is", "designs are")
        ));
    }
    Grid {
        title: "Designs that are not shown to break a limit, the best first".to_owned(),
        head,
        rows: order.iter().take(SHOWN).map(row).collect(),
        note,
    }
}

/// In how many of the best designs each safeguard is.
fn alone(it: &Optimised<'_>) -> Grid {
    let pareto = it.pareto();
    let winner = it.winner().map_or(0, |nth| it.trials[nth].design);
    let row = |(nth, id): (usize, &crate::model::SafeguardId)| {
        let safeguard = &it.scenario.safeguards[id.index()];
        let has = pareto.iter().filter(|trial| it.trials[**trial].design >> nth & 1 == 1).count();
        vec![
            safeguard.name(),
            if winner >> nth & 1 == 1 { "chosen" } else { "" }.to_owned(),
            format!("{} of {}", count(has as u64), count(pareto.len() as u64)),
        ]
    };
    Grid {
        title: "Safeguards".to_owned(),
        head: ["safeguard", "in the choice", "in designs that none beats"].map(str::to_owned).to_vec(),
        rows: it.asked.among.iter().enumerate().map(row).collect(),
        note: "A safeguard that is in all of them is worth having whatever one gives for cost and burden.".to_owned(),
    }
}

/// The winner on fresh luck against each move.
fn moves(it: &Optimised<'_>, winner: usize) -> Grid {
    let response = it.trials[winner].response();
    let of: &[OfMove] = it.holdout.as_ref().map_or(&it.trials[winner].moves, |holdout| &holdout.moves);
    let row = |(nth, of): (usize, &OfMove)| {
        let mark = if nth == response { " (its answer)" } else { "" };
        vec![
            format!("{}{mark}", it.move_name(nth)),
            figures(it.study.adversary_wants, Figures::exact(of.wanted)),
            points(it, of.averted),
        ]
    };
    Grid {
        title: "The choice against each move of the adversary".to_owned(),
        head: vec!["move".to_owned(), format!("{}, average", it.study.adversary_wants.label()), "averted".to_owned()],
        rows: of.iter().enumerate().map(row).collect(),
        note: "Averted: against the reference under the same move, on fresh luck.".to_owned(),
    }
}

/// How it is to be read.
pub(super) fn notes(it: &Optimised<'_>) -> Vec<String> {
    let budget = it.study.budget.map(|budget| format!("Budget: {} over the reference.", euro(budget)));
    let mut notes = vec![
        "Inputs are as written; luck alone differs between runs. How the choice stands if inputs or assumptions are otherwise: compare it with `airside compare` and `airside robust`.".to_owned(),
        "The guarantee is about the designs that raced, for values that are near normal, about the average alone, and against the answers of the adversary as they were found in the first runs."
            .to_owned(),
    ];
    notes.extend(budget);
    notes.extend(it.study.adversary_moves.iter().map(|set| format!("Move {}: {}.", set.id, set.title)));
    notes.extend(not_used(it.study));
    notes
}

fn points(it: &Optimised<'_>, value: Figures) -> String {
    let value = if value.is_finite() { value } else { Figures::exact(value.mid) };
    difference(it.main(), value)
}

fn bounded_euro(value: Figures) -> String {
    if value.is_finite() { euro_interval(value) } else { euro(value.mid) }
}
