//! `airside debrief`: what a session came to, and what was luck; and the after-action report with its improvement plan.

use std::path::Path;

use crate::cli::args::DebriefArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::cli::session::Stored;
use crate::document::improvements::{MOST_BYTES, read_improvements};
use crate::exercise::{Debrief, Improved, Made, Setup, digest};
use crate::model::{DecisionId, Improvement};
use crate::report::after_action::{AfterAction, named};
use crate::report::{Folder, ReportError, debrief as pages, played::Played, run::pretty};

/// The improvement plan beside the pages: written once, then the people's.
const PLAN: &str = "improvement-plan.csv";

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
    let edited = plan_of(&path.join(PLAN), &stored.setup, screen)?;
    let folder = Folder::open(&path).map_err(ReportError::from)?;
    let bar = Bar::new(0, screen);
    let Some(debrief) = Debrief::of(&stored.setup, session, stored.log.header.named, args.jobs, &bar) else {
        return Ok(Exit::Ended);
    };
    let made: Vec<(DecisionId, Made)> = session.made().map(|(id, made)| (id, made.clone())).collect();
    let whole = digest("", &stored.bytes).sha256;
    let of = Played { setup: &stored.setup, seed: stored.log.header.seed, digest: whole.get(..8).unwrap_or(&whole) };
    let report = AfterAction::of(of, session, &debrief);
    let is_edited = edited.is_some();
    let lines = edited.unwrap_or_else(|| report.draft());
    let tried = Improved::of(&stored.setup, session, &named(&lines), args.jobs, &bar)?;
    bar.finish();
    let Some(tried) = tried else { return Ok(Exit::Ended) };
    if !is_edited {
        folder.write(PLAN, report.csv(&lines).as_bytes()).map_err(ReportError::from)?;
    }
    let after_action = report.html(&lines, &tried, args.r#final);
    folder.write("after-action-report.html", after_action.as_bytes()).map_err(ReportError::from)?;
    folder.write("debrief.html", pages::html(of, &debrief, &made).as_bytes()).map_err(ReportError::from)?;
    folder.write("debrief.json", pretty(&pages::json(of, &debrief)).as_bytes()).map_err(ReportError::from)?;
    screen.line(screen.ink(Ink::Bold, &stored.setup.exercise.title));
    for sentence in pages::sentences(of, &debrief) {
        screen.paragraph(&sentence);
    }
    let at = |name: &str| folder.path().join(name).display().to_string();
    screen.line(format_args!("Two pages for the room: {}", at("debrief.html")));
    screen.line(format_args!("After-action report: {}", at("after-action-report.html")));
    screen.line(if is_edited {
        format!("Improvement plan, as it was edited: {}", at(PLAN))
    } else {
        format!("Improvement plan, a draft to be edited: {}; then make the debrief again", at(PLAN))
    });
    Ok(Exit::Fine)
}

/// The improvement plan that people have edited, if there is one.
fn plan_of(path: &Path, setup: &Setup, screen: &Screen) -> Result<Option<Vec<Improvement>>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let file = path.display().to_string();
    let bytes = input::bytes_of(path, MOST_BYTES)?;
    let lines = read_improvements(bytes.as_slice(), &setup.exercise);
    lines.map(Some).map_err(|error| input::refused(&file, &error, screen))
}
