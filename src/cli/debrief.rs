//! `airside debrief`: what a session came to, and what was luck.

use crate::cli::args::DebriefArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::cli::session::Stored;
use crate::exercise::{Debrief, Made, digest};
use crate::model::DecisionId;
use crate::report::{Folder, ReportError, debrief as report, played::Played, run::pretty};

/// Stories that a debrief plays for each decision, as far as can be said beforehand.
const STORIES: u64 = 2_000;

/// Runs the verb.
pub(crate) fn run(args: &DebriefArgs, screen: &Screen) -> Result<Exit, Failure> {
    let mut stored = Stored::read(&args.log, screen)?;
    stored.setup = stored.setup.for_stories(STORIES);
    let replayed = stored.replay()?;
    let session = replayed.play.session();
    if session.outcome().is_none() {
        let file = &stored.file;
        return Err(Failure::Usage(format!(
            "the session was not played to its end; `airside exercise --resume {file}` goes on with it"
        )));
    }
    end_in_order();
    let beside = args.log.log.parent().map(|folder| folder.join("debrief"));
    let path = args.out.clone().or(beside).unwrap_or_else(|| "debrief".into());
    let folder = Folder::open(&path).map_err(ReportError::from)?;
    let bar = Bar::new(0, screen);
    let debrief = Debrief::of(&stored.setup, session, args.jobs, &bar);
    bar.finish();
    let Some(debrief) = debrief else { return Ok(Exit::Ended) };
    let made: Vec<(DecisionId, Made)> = session.made().map(|(id, made)| (id, made.clone())).collect();
    let whole = digest("", &stored.bytes).sha256;
    let of = Played { setup: &stored.setup, seed: stored.log.header.seed, digest: whole.get(..8).unwrap_or(&whole) };
    folder.write("debrief.html", report::html(of, &debrief, &made).as_bytes()).map_err(ReportError::from)?;
    folder.write("debrief.json", pretty(&report::json(of, &debrief)).as_bytes()).map_err(ReportError::from)?;
    screen.line(screen.ink(Ink::Bold, &stored.setup.exercise.title));
    for sentence in report::sentences(of, &debrief) {
        screen.line(sentence);
    }
    screen.line(format_args!("Two pages for the room: {}", folder.path().join("debrief.html").display()));
    Ok(Exit::Fine)
}
