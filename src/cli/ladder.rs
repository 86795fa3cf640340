//! `airside ladder`: how policies do on the same stories of an exercise.

use crate::cli::args::LadderArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::exercise::{Ladder, Setup};
use crate::report::{CAVEAT, Folder, ReportError, ladder as report, played::Played, run::pretty, write_charts};

/// Stories that are played for each that is asked for: by policies, by the search, and in hindsight.
const WORK: u64 = 30;

/// Runs the verb.
pub(crate) fn run(args: &LadderArgs, screen: &Screen) -> Result<Exit, Failure> {
    let (exercise, inputs) = input::load_exercise(&args.exercise, screen)?;
    let setup = Setup::new(exercise)?.for_stories(u64::from(args.stories) * WORK);
    let path = input::folder_of(args.out.as_ref(), &input::name_of(&args.exercise), "ladder");
    let folder = Folder::open(&path).map_err(ReportError::from)?;
    end_in_order();
    let bar = Bar::new(0, screen);
    let ladder = Ladder::of(&setup, args.seed, args.stories as usize, args.jobs, &bar);
    bar.finish();
    let Some(ladder) = ladder else { return Ok(Exit::Ended) };
    let exercise = &setup.exercise;
    screen.line(screen.ink(Ink::Bold, &exercise.title));
    screen.line(format_args!(
        "{} · {} stories · seed {} · fidelity {} · {CAVEAT}",
        exercise.handling.label(),
        ladder.stories,
        ladder.seed,
        ladder.fidelity
    ));
    screen.line("");
    screen.grid(&report::grid(&ladder));
    screen.line("");
    for sentence in report::sentences(&setup, &ladder) {
        screen.paragraph(&sentence);
    }
    let of = Played {
        setup: &setup,
        seed: ladder.seed,
        digest: inputs.first().map_or("", |input| input.sha256.get(..8).unwrap_or("")),
    };
    folder.write("ladder.json", pretty(&report::json(of, &ladder)).as_bytes()).map_err(ReportError::from)?;
    write_charts(&folder, &[report::chart(of, &ladder)])?;
    screen.line(format_args!("Picture and scores: {}", folder.path().display()));
    Ok(Exit::Fine)
}
