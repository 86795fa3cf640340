//! `airside pack`: the documents of an exercise, for paper; and what was changed in its list of events.

use std::path::Path;

use serde_json::json;

use crate::cli::args::{Format, PackArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::screen::{Ink, Screen};
use crate::document::sheet::{MOST_BYTES, read_sheet};
use crate::model::Exercise;
use crate::report::pack::{Change, compare, documents, events, list_of};
use crate::report::{Folder, ReportError};

/// Runs the verb.
pub(crate) fn run(args: &PackArgs, screen: &Screen) -> Result<Exit, Failure> {
    let (exercise, inputs) = input::load_exercise(&args.exercise, screen)?;
    if let Some(list) = &args.compare {
        return told(&exercise, list, args.format, screen);
    }
    let digest = inputs.first().map_or("", |input| input.sha256.get(..8).unwrap_or(""));
    let documents = documents(&exercise, digest).map_err(|error| Failure::Usage(error.to_string()))?;
    let path = input::folder_of(args.out.as_ref(), &input::name_of(&args.exercise), "pack");
    let folder = Folder::open(&path).map_err(ReportError::from)?;
    for document in &documents {
        folder.write(document.file, &document.bytes).map_err(ReportError::from)?;
    }
    screen.line(screen.ink(Ink::Bold, &exercise.title));
    for document in &documents {
        screen.line(format_args!("  {:<38} {}", document.file, document.what));
    }
    screen.line(format_args!(
        "Begin with {}. What is in controllers/ tells what is to come.",
        path.join("index.html").display()
    ));
    if args.format == Format::Json {
        let files: Vec<&str> = documents.iter().map(|it| it.file).collect();
        screen.line(json!({"schema": "airside-pack/1", "folder": path.display().to_string(), "files": files}));
    }
    Ok(Exit::Fine)
}

/// What was changed in a list.
fn told(exercise: &Exercise, path: &Path, format: Format, screen: &Screen) -> Result<Exit, Failure> {
    let file = path.display().to_string();
    let bytes = input::bytes_of(path, MOST_BYTES)?;
    let refused = |error: &dyn std::fmt::Display| {
        screen.complain(format_args!("{file}: {error}\n"));
        Failure::Table { file: file.clone(), count: 1 }
    };
    let rows = read_sheet(&bytes, "MSEL").map_err(|error| refused(&error))?;
    let sheet = list_of(&rows).map_err(|error| refused(&error))?;
    let changes = compare(&events(exercise), &sheet);
    let of = |wanted: fn(&Change) -> bool| changes.iter().filter(move |change| wanted(change));
    let kept = |change: &Change| matches!(change, Change::Kept { .. });
    if changes.iter().all(kept) {
        screen.line("The list says what the exercise says.");
    } else {
        screen.line("What the list says and the exercise does not:");
        of(|change| !matches!(change, Change::Kept { .. }))
            .for_each(|change| screen.paragraph(&format!("- {}", change.words())));
    }
    if changes.iter().any(kept) {
        screen.line("What controllers have filled in; it stays in the list:");
        of(|change| matches!(change, Change::Kept { .. }))
            .for_each(|change| screen.paragraph(&format!("- {}", change.words())));
    }
    if format == Format::Json {
        let changes: Vec<_> = changes.iter().map(Change::json).collect();
        screen.line(json!({"schema": "airside-msel-changes/1", "file": file, "changes": changes}));
    }
    Ok(Exit::Fine)
}
