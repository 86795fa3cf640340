//! `airside replay`: a session again, checked, or with another choice.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::ReplayArgs;
use crate::cli::exercise::{digests, look};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::screen::{Ink, Screen};
use crate::exercise::{self, BranchError, Branched, Digest, KEY_MEASURES, Log, Replayed, Setup};
use crate::report::{CAVEAT, tables};
use crate::terminal;

/// The longest log that is read.
const MOST_BYTES: u64 = 64 << 20;

/// Runs the verb.
pub(crate) fn run(args: &ReplayArgs, screen: &Screen) -> Result<Exit, Failure> {
    let file = args.log.display().to_string();
    let not_verified = |why: String| Failure::NotVerified { file: file.clone(), why };
    let bytes = read(&args.log)?;
    let log = Log::read(&bytes).map_err(|fault| not_verified(fault.to_string()))?;
    if let Some(torn) = log.torn {
        screen.note(format_args!(
            "{file}: line {} is torn, as after a loss of power; its {} bytes were never answered and are left out",
            torn.line, torn.bytes
        ));
    }
    let path = find(args, &log.header.exercise)?;
    let (exercise, inputs) = input::load_exercise(&path, screen)?;
    let setup = Setup::new(exercise)?;
    let documents = digests(&inputs);
    if let (Some(number), Some(choice)) = (args.branch, &args.choose) {
        return branch(&setup, &documents, &log, (number, choice), screen).map_err(|error| match error {
            BranchError::Replay(error) => not_verified(error.to_string()),
            other => Failure::Usage(other.to_string()),
        });
    }
    let replayed =
        exercise::replay(&setup, &documents, &log, &bytes).map_err(|error| not_verified(error.to_string()))?;
    if args.verify {
        let whole = if log.torn.is_some() { "whole but for its torn last line" } else { "whole" };
        let end =
            if replayed.play.session().outcome().is_some() { "played to its end" } else { "not played to its end" };
        let inputs = log.taken.len();
        let text = format!("{file}: {whole}; {inputs} inputs, {end}; replayed to the same screens, numbers and bytes");
        screen.text(terminal::wrap(&text, 0, look(screen)));
        return Ok(Exit::Fine);
    }
    show(&replayed, screen).map_err(|cause| Failure::NotWritten { file: "standard output".to_owned(), cause })?;
    Ok(Exit::Fine)
}

fn show(replayed: &Replayed<'_>, screen: &Screen) -> io::Result<()> {
    let mut out = io::stdout();
    terminal::show(replayed, &mut out, look(screen))?;
    out.write_all(terminal::summary(&replayed.play, look(screen)).as_bytes())
}

fn branch(
    setup: &Setup,
    documents: &[Digest],
    log: &Log,
    (number, choice): (usize, &str),
    screen: &Screen,
) -> Result<Exit, BranchError> {
    let Branched { session, branch, decision, shared } = exercise::branch(setup, documents, log, number, choice)?;
    let scenario = &setup.exercise.scenario;
    let name = |id: crate::model::DecisionId| &setup.exercise.decisions[id.index()];
    screen.line(screen.ink(Ink::Bold, &setup.exercise.title));
    screen.line(format_args!("{} · seed {} · {CAVEAT}", log.header.handling, log.header.seed));
    let say = |text: &str| screen.text(terminal::wrap(text, 0, look(screen)));
    let made = branch.play.session().made().find(|(id, _)| *id == decision);
    let choice = made.map_or(choice, |(id, made)| &name(id).choices[made.choice].id);
    say(&format!(
        "The same luck, and at decision {number} ({}) this choice: {choice}. Later decisions are made again as the \
         room made them. The rules of the standing option answer elsewhere.",
        name(decision).id
    ));
    screen.line("");
    let head = |a: &str, b: &str, c: &str| screen.line(format!("  {a:<28} {b:<24} {c}").trim_end());
    head("", "as it was", "as it would have been");
    let (was, would) = (session.play.session(), branch.play.session());
    for (id, made) in was.made() {
        let of = |made: &exercise::Made| format!("{}, day {}", name(id).choices[made.choice].id, made.at.day());
        let other = would.made().find(|(other, _)| *other == id).map_or("-".to_owned(), |(_, made)| of(made));
        head(&name(id).id, &of(made), &other);
    }
    screen.line("");
    if let (Some((_, was)), Some((_, would))) = (was.outcome(), would.outcome()) {
        for measure in KEY_MEASURES.into_iter().filter(|m| tables::applies(scenario, *m)) {
            head(measure.label(), &tables::value(&was, measure), &tables::value(&would, measure));
        }
    }
    screen.line("");
    say(&format!(
        "The first {shared} screens are the same in both. One pair of stories: a difference here is not yet an effect."
    ));
    Ok(Exit::Fine)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let not_read = |cause| Failure::NotRead { file: path.display().to_string(), cause };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(not_read)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(not_read)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::Usage(format!("{} is larger than any session log", path.display())));
    }
    Ok(bytes)
}

/// The exercise that a log names: as the user says, or from here, or from a folder above the log.
fn find(args: &ReplayArgs, stored: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = &args.exercise {
        return Ok(path.clone());
    }
    let above = args.log.ancestors().skip(1).map(|folder| folder.join(stored));
    let here = std::iter::once(PathBuf::from(stored));
    here.chain(above).find(|path| path.is_file()).ok_or_else(|| {
        Failure::Usage(format!("the session was played from {stored}, which is not here; name it with --exercise FILE"))
    })
}
