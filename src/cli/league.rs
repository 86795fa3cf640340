//! `airside league`: teams that played the same exercise and the same story.

use std::path::Path;

use crate::cli::args::{LeagueArgs, LogArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::cli::session::Stored;
use crate::exercise::{League, OTHER_LUCK, Session};
use crate::report::{CAVEAT, Folder, ReportError, league as report, played::Played, run::pretty, write_charts};

/// The longest name of a team.
const LONGEST: usize = 40;

/// Runs the verb.
pub(crate) fn run(args: &LeagueArgs, screen: &Screen) -> Result<Exit, Failure> {
    let given: Vec<(String, &Path)> = args.logs.iter().map(|given| named(given)).collect();
    for (i, (name, _)) in given.iter().enumerate() {
        if given[..i].iter().any(|(other, _)| other == name) {
            return Err(Failure::Usage(format!("two teams are called {name}; name them, as in Red=red/session.jsonl")));
        }
        if name.is_empty() || name.chars().count() > LONGEST {
            return Err(Failure::Usage(format!("a team's name has 1 to {LONGEST} characters, and `{name}` has not")));
        }
    }
    let read = |log: &Path| Stored::read(&LogArgs { log: log.into(), exercise: args.exercise.clone() }, screen);
    let mut stored: Vec<Stored> = given.iter().map(|(_, log)| read(log)).collect::<Result<_, _>>()?;
    for other in &stored[1..] {
        same_story(&stored[0], other)?;
    }
    let stories = stored.len() * 3 * OTHER_LUCK;
    stored[0].setup = stored[0].setup.clone().for_stories(stories as u64);
    let replayed = stored.iter().map(Stored::replay).collect::<Result<Vec<_>, _>>()?;
    let sessions: Vec<(String, &Session<'_>)> =
        given.iter().zip(&replayed).map(|((name, _), replayed)| (name.clone(), replayed.play.session())).collect();
    if let Some(open) = sessions.iter().position(|(_, session)| session.outcome().is_none()) {
        let file = &stored[open].file;
        return Err(Failure::Usage(format!(
            "{file} was not played to its end; `airside exercise --resume {file}` goes on with it"
        )));
    }
    end_in_order();
    let beside = given[0].1.parent().map(|folder| folder.join("league"));
    let path = args.out.clone().or(beside).unwrap_or_else(|| "league".into());
    let folder = Folder::open(&path).map_err(ReportError::from)?;
    let setup = &stored[0].setup;
    let bar = Bar::new(0, screen);
    let league = League::of(setup, &sessions, args.jobs, &bar);
    bar.finish();
    let Some(league) = league else { return Ok(Exit::Ended) };
    let digest = stored[0].documents.first().map_or("", |it| it.sha256.get(..8).unwrap_or(""));
    let of = Played { setup, seed: league.seed, digest };
    screen.line(screen.ink(Ink::Bold, &setup.exercise.title));
    screen.line(format_args!(
        "{} · {} teams · seed {} · {CAVEAT}",
        setup.exercise.handling.label(),
        league.teams.len(),
        league.seed
    ));
    for grid in report::grids(setup, &league) {
        screen.line("");
        screen.grid(&grid);
    }
    screen.line("");
    for sentence in report::sentences(setup, &league) {
        screen.paragraph(&sentence);
    }
    folder.write("league.html", report::page(of, &league).as_bytes()).map_err(ReportError::from)?;
    folder.write("league.json", pretty(&report::json(of, &league)).as_bytes()).map_err(ReportError::from)?;
    write_charts(&folder, &[report::chart(of, &league)])?;
    screen.line(format_args!("Page, picture and scores: {}", folder.path().display()));
    Ok(Exit::Fine)
}

/// A team's name and its log: `NAME=LOG`, or the log's folder for a name.
fn named(given: &str) -> (String, &Path) {
    if let Some((name, log)) = given.split_once('=')
        && !Path::new(given).exists()
    {
        return (name.trim().to_owned(), Path::new(log));
    }
    let log = Path::new(given);
    let name = |path: Option<&std::ffi::OsStr>| path.map(|it| it.to_string_lossy().into_owned());
    let folder = name(log.parent().and_then(Path::file_name));
    let stem = name(log.file_stem()).unwrap_or_default();
    let own = if stem == "session" { folder.unwrap_or(stem) } else { stem };
    (own, log)
}

/// Refuses teams that played something else: their scores say nothing beside each other.
fn same_story(first: &Stored, other: &Stored) -> Result<(), Failure> {
    let (a, b) = (&first.log.header, &other.log.header);
    let differs = if a.documents != b.documents {
        "another exercise, or another version of it"
    } else if a.seed != b.seed {
        "another story (seed)"
    } else if a.world != b.world {
        "another world"
    } else {
        return Ok(());
    };
    Err(Failure::Usage(format!(
        "{} was played from {differs} than {}; only teams with the same story are compared",
        other.file, first.file
    )))
}
