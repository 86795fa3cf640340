//! `airside check`: everything that is wrong with documents, and where; and what the numbers of scenarios rest on.

use serde_json::json;

use crate::cli::args::{CheckArgs, Format};
use crate::cli::diagnostics;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input::{self, Checked, Kind};
use crate::cli::numbers;
use crate::cli::rehearse;
use crate::cli::screen::Screen;
use crate::document::{Diagnostics, Severity, Source, Uncertain};
use crate::model::{Exercise, Study};
use crate::report::counted;

/// Runs the verb. All files are checked, whatever is wrong with the first. Problems are what was asked for, so they go
/// to standard output.
pub(crate) fn run(args: &CheckArgs, screen: &Screen) -> Result<Exit, Failure> {
    let mut exit = Exit::Fine;
    let (mut records, mut unread, mut scenarios, mut rehearsals) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut rehearsable = false;
    for path in &args.files {
        let raw = match input::read(path) {
            Ok(raw) => raw,
            Err(failure) => {
                screen.error(&failure);
                unread.push(json!({"file": path.display().to_string(), "cause": failure.to_string()}));
                exit = failure.exit();
                continue;
            }
        };
        let mut tell = |source: &Source, found: &Diagnostics, about: &dyn Fn()| {
            if found.has_errors() {
                exit = Exit::Invalid;
            }
            match args.format {
                Format::Json => records.extend(found.iter().map(|d| d.record(source))),
                Format::Text => {
                    problems(source, found, screen);
                    about();
                }
            }
        };
        match raw.kind() {
            Kind::Exercise => {
                rehearsable = true;
                let Checked { source, loaded, found, .. } = raw.check(input::load_exercise_document);
                tell(&source, &found, &|| loaded.iter().for_each(|it| exercise(it, &found, screen)));
                if let (Some(stories), Some(exercise)) = (args.rehearse, loaded) {
                    let Some(record) = rehearse::run(source.name(), exercise, stories, args.format, screen)? else {
                        return Ok(Exit::Ended);
                    };
                    rehearsals.push(record);
                }
            }
            Kind::Study => {
                let Checked { source, loaded, found, .. } = raw.check(input::load_study_document);
                tell(&source, &found, &|| loaded.iter().for_each(|it| study(&it.study, &found, screen)));
            }
            Kind::Scenario => {
                let Checked { source, loaded, found, .. } = raw.check(input::load_with_corners);
                tell(&source, &found, &|| loaded.iter().for_each(|it| scenario(it, &found, args.numbers, screen)));
                scenarios.extend(loaded.iter().map(|it| numbers::record(source.name(), it, args.numbers)));
            }
        }
    }
    if args.rehearse.is_some() && !rehearsable {
        screen.note("note: --rehearse is for exercises, and none of these files is one");
    }
    if args.format == Format::Json {
        let files = args.files.len();
        screen.line(json!({"format": 1, "files": files, "unread": unread, "problems": records, "scenarios": scenarios,
                "rehearsals": rehearsals}));
    }
    Ok(exit)
}

fn problems(source: &Source, found: &Diagnostics, screen: &Screen) {
    if found.is_empty() {
        screen.line(format_args!("{}: no problems", source.name()));
    } else {
        screen.text(diagnostics::render_all(source, found, screen.colour_out));
    }
}

fn exercise(exercise: &Exercise, found: &Diagnostics, screen: &Screen) {
    let warned = found.iter().any(|d| d.severity() == Severity::Warning);
    screen.line(format_args!(
        "  {}{} minutes, {}",
        if warned { "it can be played: " } else { "" },
        exercise.length.minutes(),
        listed(&[
            (exercise.seats.len(), "seat"),
            (exercise.modules.len(), "module"),
            (exercise.injects.len(), "inject"),
            (exercise.decisions.len(), "decision"),
        ]),
    ));
}

fn study(study: &Study, found: &Diagnostics, screen: &Screen) {
    let warned = found.iter().any(|d| d.severity() == Severity::Warning);
    screen.line(format_args!(
        "  {}{}",
        if warned { "it can be compared: " } else { "" },
        listed(&[
            (study.options.len(), "option"),
            (study.worlds.len(), "world"),
            (study.world_sets.len(), "world set"),
            (study.measures.len(), "measure"),
            (study.targets.len(), "target"),
        ]),
    ));
}

fn scenario(uncertain: &Uncertain, found: &Diagnostics, every: bool, screen: &Screen) {
    let scenario = uncertain.scenario();
    let warned = found.iter().any(|d| d.severity() == Severity::Warning);
    let what = listed(&[
        (scenario.zones.len(), "zone"),
        (scenario.stations.len(), "station"),
        (scenario.routes.len(), "route"),
        (scenario.traffic.len(), "traffic class"),
        (scenario.operators.len(), "operator"),
        (scenario.layers.len(), "layer"),
        (scenario.safeguards.len(), "safeguard"),
        (scenario.options.len(), "option"),
    ]);
    screen.line(format_args!("  {}{what}", if warned { "it can be run: " } else { "" }));
    numbers::print(uncertain, every, screen);
}

/// `1 zone, 2 stations`.
fn listed(parts: &[(usize, &str)]) -> String {
    let parts = parts.iter().map(|&(n, one)| {
        let many = if one.ends_with('s') { format!("{one}es") } else { format!("{one}s") };
        counted(n as u64, one, &many)
    });
    parts.collect::<Vec<_>>().join(", ")
}
