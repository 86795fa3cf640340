//! `airside pack`: the documents of an exercise for the room, and what an edited list of events says otherwise.

use std::path::Path;

use serde_json::json;

use crate::cli::args::{Format, PackArgs};
use crate::cli::exercise::look;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::screen::{Ink, Screen};
use crate::document::{Diagnostics, Document, Path as DocumentPath, Source};
use crate::model::Exercise;
use crate::report::pack::{self, Compared, Difference, Kind, Place, Step};
use crate::report::{Folder, ReportError, counted};
use crate::terminal;

/// The longest text that is told of a cell \[characters\].
const LONGEST: usize = 160;

/// Runs the verb.
pub(crate) fn run(args: &PackArgs, screen: &Screen) -> Result<Exit, Failure> {
    let (exercise, inputs) = input::load_exercise(&args.exercise, screen)?;
    match &args.compare {
        Some(file) => compare(&exercise, args, file, screen),
        None => {
            let digest = inputs.first().map_or("", |input| input.sha256.get(..8).unwrap_or(""));
            write(&exercise, args, digest, screen)
        }
    }
}

fn write(exercise: &Exercise, args: &PackArgs, digest: &str, screen: &Screen) -> Result<Exit, Failure> {
    let path = input::folder_of(args.out.as_ref(), &input::name_of(&args.exercise), "pack");
    let folder = Folder::open(&path).map_err(ReportError::from)?;
    // All of it is made before the first file is written.
    let files = pack::files(exercise, digest).map_err(|cause| Failure::NotWritten {
        file: path.display().to_string(),
        cause: std::io::Error::other(cause),
    })?;
    for file in &files {
        folder.write(file.name, &file.content).map_err(ReportError::from)?;
    }
    if args.format == Format::Json {
        let names: Vec<&str> = files.iter().map(|file| file.name).collect();
        screen.line(json!({"format": 1, "folder": path.display().to_string(), "handling": exercise.handling.label(), "files": names}));
        return Ok(Exit::Fine);
    }
    screen.line(screen.ink(Ink::Bold, &exercise.title));
    screen.line(exercise.handling.label());
    let at = |name: &str| path.join(name).display().to_string();
    screen.line(format_args!("For players: {}", at("players")));
    screen.line(format_args!("For controllers and evaluators, not for players: {}", at("controllers")));
    screen.line(format_args!("What to print, and for whom: {}", at("index.html")));
    Ok(Exit::Fine)
}

fn compare(exercise: &Exercise, args: &PackArgs, file: &Path, screen: &Screen) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let bytes = input::bytes_of(file, pack::MOST_BYTES)?;
    let is_workbook = file.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    let compared = pack::compare(exercise, &bytes, is_workbook).map_err(|why| {
        screen.complain(format_args!("{name}: {why}\n"));
        Failure::Table { file: name.clone(), count: 1 }
    })?;
    let source = input::read(&args.exercise)?.check(input::load_exercise_document).source;
    let document = Document::read(&source, &mut Diagnostics::new());
    let lines = |place: &Place| document.as_ref().map(|document| line_of(document, &source, place));
    if args.format == Format::Json {
        screen.line(compared.json(&lines));
        return Ok(Exit::Fine);
    }
    tell(&compared, &name, source.name(), &lines, screen);
    Ok(Exit::Fine)
}

/// Line and column of a place, or of what stands nearest to it.
fn line_of(document: &Document<'_>, source: &Source, place: &Place) -> (usize, usize) {
    let path = place.steps().iter().fold(DocumentPath::root(), |path, step| match step {
        Step::Name(name) => path.child(name),
        Step::Nth(n) => path.nth(*n),
    });
    let position = source.position(document.span_of(&path).start);
    (position.line, position.column)
}

type Lines<'l> = dyn Fn(&Place) -> Option<(usize, usize)> + 'l;

fn tell(compared: &Compared, file: &str, document: &str, lines: &Lines<'_>, screen: &Screen) {
    let say = |text: &str| screen.text(terminal::wrap(text, 0, look(screen)));
    let below = |text: &str| screen.text(terminal::wrap(text, 2, look(screen)));
    let rows = counted(compared.rows as u64, "row", "rows");
    if compared.differences.is_empty() {
        say(&format!("{file}: {rows} compared; it says what {document} says"));
    } else {
        let count = counted(compared.differences.len() as u64, "difference", "differences");
        say(&format!("{file}: {rows} compared, {count} from {document}"));
    }
    for difference in &compared.differences {
        screen.line("");
        say(&sentence(difference));
        let (line, column) = lines(&difference.place).unwrap_or((1, 1));
        let how = match (difference.kind, difference.follows) {
            (Kind::Changed, true) => "it is not written in the document, and follows from",
            (Kind::Changed, false) => "change",
            (Kind::Added, _) => "write it under",
            (Kind::Missing, _) => "if it is to go, take out",
            (Kind::Twice, _) => "one of the two has to go; it is",
        };
        below(&format!("{how} {} ({document}:{line}:{column})", difference.place));
    }
    if !compared.notes.is_empty() {
        screen.line("");
        say("Status and notes, which no document holds:");
        for (event, column, text) in &compared.notes {
            below(&format!("{event}, {column}: {}", short(text)));
        }
    }
    if !compared.remarks.is_empty() {
        screen.line("");
        for remark in &compared.remarks {
            say(&format!("note: {remark}"));
        }
    }
}

fn sentence(it: &Difference) -> String {
    let (sheet, line) = &it.at;
    let place = match (sheet.is_empty(), *line) {
        (true, 0) => String::new(),
        (false, 0) => format!(" (sheet {sheet})"),
        (true, line) => format!(" (line {line})"),
        (false, line) => format!(" (sheet {sheet}, row {line})"),
    };
    match it.kind {
        Kind::Changed => {
            format!("{}, {}{place}: was “{}”, is “{}”", it.event, it.column, short(&it.was), short(&it.now))
        }
        Kind::Added => format!("{}{place}: a row that the document has not: {}", it.event, short(&it.now)),
        Kind::Missing => format!("{}{place}: its row is missing: {}", it.event, short(&it.was)),
        Kind::Twice => format!("{}{place}: a second row with this number: {}", it.event, short(&it.now)),
    }
}

/// As much of a text as is told, on one line.
fn short(text: &str) -> String {
    let text = text.replace('\n', " / ");
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).collect::<String>() + " …" }
}
