//! `airside new`: documents to start from.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::cli::args::NewArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::screen::Screen;

const SCENARIO: &str = include_str!("../../scenarios/starter/starter.scenario.ron");
const EXERCISE: &str = include_str!("../../scenarios/starter/starter.exercise.ron");

/// The name that the shipped documents call themselves by.
const OWN_NAME: &str = "starter";

/// Runs the verb.
pub(crate) fn run(args: &NewArgs, screen: &Screen) -> Result<Exit, Failure> {
    let folder = &args.folder;
    let name = name_of(folder);
    let documents = [("scenario", SCENARIO), ("exercise", EXERCISE)];
    let path = |kind: &str| folder.join(format!("{name}.{kind}.ron"));
    for (kind, _) in documents {
        let path = path(kind);
        if path.exists() {
            let message = format!("{} is there already; choose another folder, nothing was written", path.display());
            return Err(Failure::Usage(message));
        }
    }
    for (kind, text) in documents {
        let path = path(kind);
        let text = text.replace(&format!("{OWN_NAME}.scenario.ron"), &format!("{name}.scenario.ron"));
        let text = text.replace(&format!("{OWN_NAME}.exercise.ron"), &format!("{name}.exercise.ron"));
        write(folder, &path, &text).map_err(|cause| Failure::NotWritten { file: path.display().to_string(), cause })?;
    }
    let (scenario, exercise) = (path("scenario"), path("exercise"));
    let (scenario, exercise) = (scenario.display(), exercise.display());
    screen.line(format_args!("Wrote {scenario}"));
    screen.line(format_args!("Wrote {exercise}"));
    screen.line("");
    screen.line("Change a number in the first, then:");
    screen.line(format_args!("  airside check {scenario}"));
    screen.line(format_args!("  airside run {scenario} --seed 7"));
    screen.line(format_args!("  airside compare {scenario}"));
    screen.line("Play it with others:");
    screen.line(format_args!("  airside exercise {exercise}"));
    Ok(Exit::Fine)
}

/// The folder's name, if documents can refer to a file of that name.
fn name_of(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(fits) { name } else { "hub".to_owned() }
}

fn write(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    File::create_new(path)?.write_all(text.as_bytes())
}
