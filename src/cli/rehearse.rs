//! `airside check --rehearse`: what of an exercise a room will meet.

use serde_json::{Value, json};

use crate::cli::args::Format;
use crate::cli::exit::Failure;
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::exercise::{Difficulty, Rehearsal, RehearsedBy, Setup, seed_of};
use crate::model::Exercise;
use crate::report::Grid;

/// Seed of rehearsed stories.
const SEED: u64 = 1;

/// Plays an exercise by policies and tells what they met; gives it for machines too. `None` if the user ended it.
pub(crate) fn run(
    file: &str,
    exercise: Exercise,
    stories: u32,
    format: Format,
    screen: &Screen,
) -> Result<Option<Value>, Failure> {
    let setup = Setup::new(exercise)?.for_stories(4 * u64::from(stories) + 100);
    end_in_order();
    let bar = Bar::new(0, screen);
    let rehearsed = Rehearsal::of(&setup, SEED, stories as usize, 0, &bar);
    let difficulty = || {
        let seed = seed_of(&setup, 0, &bar)?;
        Difficulty::of(&setup, seed, false, 0, &bar).map(|difficulty| (seed, difficulty))
    };
    let found = rehearsed.and_then(|rehearsal| difficulty().map(|difficulty| (rehearsal, difficulty)));
    bar.finish();
    let Some((rehearsal, (seed, difficulty))) = found else { return Ok(None) };
    if format == Format::Text {
        tell(&setup, &rehearsal, seed, &difficulty, screen);
    }
    Ok(Some(record(file, &setup, &rehearsal, seed, &difficulty)))
}

fn tell(setup: &Setup, rehearsal: &Rehearsal, seed: u64, difficulty: &Difficulty, screen: &Screen) {
    let exercise = &setup.exercise;
    let percent = |share: f64| format!("{:.0}%", 100.0 * share);
    let table = |title: &str, ids: Vec<&str>, of: &dyn Fn(&RehearsedBy) -> Vec<String>, note: &str| {
        let columns: Vec<Vec<String>> = rehearsal.by.iter().map(of).collect();
        let row = |(i, id): (usize, &str)| {
            std::iter::once(id.to_owned()).chain(columns.iter().map(|column| column[i].clone())).collect()
        };
        let head = std::iter::once(String::new()).chain(rehearsal.by.iter().map(|by| by.policy.to_owned())).collect();
        let rows = ids.into_iter().enumerate().map(row).collect();
        screen.line("");
        screen.grid(&Grid { title: title.to_owned(), head, rows, note: note.to_owned() });
    };
    let shares =
        |of: fn(&RehearsedBy) -> &Vec<f64>| move |by: &RehearsedBy| of(by).iter().map(|s| percent(*s)).collect();
    screen.line(format_args!(
        "  rehearsed: {} stories by each policy, worlds as drawn, seed {SEED}, fidelity {}",
        rehearsal.stories,
        setup.fidelity()
    ));
    let ids = exercise.injects.iter().map(|it| it.id.as_str()).collect();
    table("Injects that came", ids, &shares(|by| &by.injects), "");
    let ids = exercise.decisions.iter().map(|it| it.id.as_str()).collect();
    let note = "The others were asked on their last day.";
    table("Decisions that were asked before their last day", ids, &shares(|by| &by.asked_early), note);
    let ids = exercise.objectives.iter().map(|it| it.id.as_str()).collect();
    table("Objectives that were practised", ids, &shares(|by| &by.objectives), "");
    let titles: Vec<String> =
        exercise.modules.iter().map(|it| format!("{} ({:.0} min)", it.title, it.takes.minutes())).collect();
    let minutes = |of: fn(&RehearsedBy) -> &Vec<crate::time::SimDuration>| {
        move |by: &RehearsedBy| of(by).iter().map(|it| format!("{:.0} min", it.minutes())).collect()
    };
    let titles = || titles.iter().map(String::as_str).collect();
    table("Time that decisions take, by module", titles(), &minutes(|by| &by.decisions_take), "");
    table("Longest time without anything new, by module", titles(), &minutes(|by| &by.dead), "");
    screen.line("");
    for warning in warnings(setup, rehearsal) {
        screen.line(screen.ink(Ink::Bold, &format!("  note: {warning}")));
    }
    screen.line(format_args!(
        "  the session takes {:.0} of {:.0} minutes; the story of seed {seed} is harder for the plan than {} of {} others",
        exercise.takes().minutes(),
        exercise.length.minutes(),
        percent(difficulty.quantile()),
        difficulty.others.len()
    ));
}

/// What a planner should look at.
fn warnings(setup: &Setup, rehearsal: &Rehearsal) -> Vec<String> {
    let exercise = &setup.exercise;
    let mut all = Vec::new();
    for (i, inject) in exercise.injects.iter().enumerate() {
        if rehearsal.at_best(|by| by.injects[i]) == 0.0 {
            all.push(format!("the inject {} never came", inject.id));
        }
    }
    for (i, objective) in exercise.objectives.iter().enumerate() {
        if rehearsal.at_best(|by| by.objectives[i]) == 0.0 {
            all.push(format!("the objective {} was never practised", objective.id));
        }
    }
    for (i, module) in exercise.modules.iter().enumerate() {
        let takes = rehearsal.at_best(|by| by.decisions_take[i].minutes());
        if takes > module.takes.minutes() {
            let has = module.takes.minutes();
            all.push(format!("decisions in “{}” take {takes:.0} minutes, and it has {has:.0}", module.title));
        }
    }
    all
}

fn record(file: &str, setup: &Setup, rehearsal: &Rehearsal, seed: u64, difficulty: &Difficulty) -> Value {
    let exercise = &setup.exercise;
    let named = |ids: Vec<&String>, shares: &[f64]| -> Value {
        ids.into_iter()
            .zip(shares)
            .map(|(id, share)| (id.clone(), json!(share)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let by = rehearsal.by.iter().map(|by| {
        json!({
            "policy": by.policy,
            "injects_came": named(exercise.injects.iter().map(|it| &it.id).collect(), &by.injects),
            "asked_early": named(exercise.decisions.iter().map(|it| &it.id).collect(), &by.asked_early),
            "objectives_practised": named(exercise.objectives.iter().map(|it| &it.id).collect(), &by.objectives),
            "decisions_take_min": by.decisions_take.iter().map(|it| it.minutes()).collect::<Vec<_>>(),
            "longest_without_news_min": by.dead.iter().map(|it| it.minutes()).collect::<Vec<_>>(),
        })
    });
    json!({
        "file": file,
        "stories": rehearsal.stories,
        "seed": SEED,
        "fidelity": setup.fidelity(),
        "policies": by.collect::<Vec<_>>(),
        "notes": warnings(setup, rehearsal),
        "takes_min": exercise.takes().minutes(),
        "length_min": exercise.length.minutes(),
        "story": {"seed": seed, "harder_than": difficulty.quantile(), "others": difficulty.others.len()},
    })
}
