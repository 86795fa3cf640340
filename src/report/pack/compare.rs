//! What was changed in a list of events, and where in the exercise its author has to change it.

use serde_json::{Value, json};

use super::event::{Column, Event, unmarked};
use super::read::Sheet;

/// One difference between a list and the exercise that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A row is gone.
    Gone { number: String, path: String },
    /// A row is new.
    New { number: String, says: String },
    /// A number stands in more than one row.
    Twice { number: String },
    /// A cell says something else.
    Cell { number: String, column: Column, was: String, now: String, path: String },
    /// A cell that controllers keep says something.
    Kept { number: String, column: Column, now: String },
    /// A cell that is made from others says something else: there is nothing to change in the exercise for it.
    Made { number: String, column: Column, was: String, now: String, from: &'static str },
    /// A column of the list is not there.
    NoColumn { column: Column },
    /// There is a column that the list does not have.
    OtherColumn { name: String },
}

/// How a column is kept.
enum Kind {
    /// In the document, under a field of the event.
    Field(&'static str),
    /// By controllers, in the list.
    Kept,
    /// Made from what it names.
    Made(&'static str),
}

/// All differences: rows in the order of the exercise, then what is new.
pub(crate) fn compare(list: &[Event], sheet: &Sheet) -> Vec<Change> {
    let mut changes: Vec<Change> = sheet.others.iter().map(|name| Change::OtherColumn { name: name.clone() }).collect();
    let missing = Column::ALL.into_iter().filter(|column| !sheet.columns.contains(column));
    changes.extend(missing.map(|column| Change::NoColumn { column }));
    let number = sheet.columns.iter().position(|column| *column == Column::Number).unwrap_or_default();
    for event in list {
        let own = event.cell(Column::Number);
        let mut rows = sheet.rows.iter().filter(|row| row[number] == own);
        let Some(row) = rows.next() else {
            changes.push(Change::Gone { number: own.to_owned(), path: event.path.clone() });
            continue;
        };
        if rows.next().is_some() {
            changes.push(Change::Twice { number: own.to_owned() });
        }
        changes.extend(sheet.columns.iter().zip(row).filter_map(|(column, now)| cell(event, *column, now)));
    }
    let is_known = |row: &&Vec<String>| list.iter().any(|event| event.cell(Column::Number) == row[number]);
    for row in sheet.rows.iter().filter(|row| !is_known(row)) {
        let text = |column: Column| {
            let place = sheet.columns.iter().position(|own| *own == column);
            place.map_or("", |place| row[place].as_str())
        };
        let says = if text(Column::Text).is_empty() {
            text(Column::Synopsis).to_owned()
        } else {
            unmarked(text(Column::Text))
        };
        changes.push(Change::New { number: row[number].clone(), says });
    }
    changes
}

fn cell(event: &Event, column: Column, now: &str) -> Option<Change> {
    // An apostrophe keeps a spreadsheet program from taking a text for a formula.
    let (was, now) = (event.cell(column), now.strip_prefix('\'').unwrap_or(now));
    let alike = |text: &str| {
        let text = if column == Column::Text { unmarked(text) } else { text.to_owned() };
        text.trim_start_matches('\'').split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if alike(was) == alike(now) || (column == Column::RealTime && same_time(was, now)) {
        return None;
    }
    let number = event.cell(Column::Number).to_owned();
    let shown = |text: &str| if column == Column::Text { unmarked(text) } else { text.to_owned() };
    let (was, now) = (shown(was), shown(now));
    Some(match kind(event, column) {
        Kind::Field(field) => Change::Cell { path: format!("{}.{field}", event.path), number, column, was, now },
        Kind::Kept => Change::Kept { number, column, now },
        Kind::Made(from) => Change::Made { number, column, was, now, from },
    })
}

/// Where what a column says stands in the document.
fn kind(event: &Event, column: Column) -> Kind {
    let is = |what: &str| event.path.starts_with(what);
    match column {
        Column::Status | Column::ActualTime | Column::ActualResponse => Kind::Kept,
        Column::Synopsis if is("modules") => Kind::Field("title"),
        Column::Synopsis if is("injects") => Kind::Field("synopsis"),
        Column::Synopsis => Kind::Made("the question"),
        Column::RealTime | Column::Module => Kind::Made("the time and the modules"),
        Column::Category => Kind::Made("when it comes"),
        Column::Capability | Column::CriticalTasks => Kind::Made("the objective"),
        Column::Handling => Kind::Made("the exercise's handling"),
        Column::Number => Kind::Made("its name"),
        Column::ScenarioTime if is("injects") => Kind::Field("when"),
        Column::ScenarioTime if is("decisions") => Kind::Field("asked"),
        Column::ScenarioTime => Kind::Field("covers"),
        Column::Text if is("injects") => Kind::Field("text"),
        Column::Text if is("decisions") => Kind::Field("question"),
        Column::Text => Kind::Field("read_aloud"),
        Column::To if is("injects") => Kind::Field("to"),
        Column::To if is("decisions") => Kind::Field("seat"),
        Column::From if is("injects") => Kind::Field("from"),
        Column::Method if is("injects") => Kind::Field("by"),
        Column::Controller if is("injects") => Kind::Field("controller"),
        Column::From | Column::To | Column::Method | Column::Controller => Kind::Made("what kind of event it is"),
        Column::Instructions => Kind::Field("guidance"),
        Column::ExpectedAction if is("decisions") => Kind::Field("expected"),
        Column::ExpectedAction => Kind::Field("expects.action"),
        Column::Deadline if is("decisions") => Kind::Field("takes"),
        Column::Deadline => Kind::Field("expects.within"),
        Column::Objective => Kind::Field("objective"),
    }
}

/// `0:05`, `0:05 (08:35)` and `00:05:00`, however a program writes them.
fn same_time(a: &str, b: &str) -> bool {
    let minutes = |text: &str| -> Option<u32> {
        let text = text.split_once('(').map_or(text, |(from_start, _)| from_start);
        let mut parts = text.split(':');
        let (hours, minutes) = (parts.next()?.trim().parse::<u32>().ok()?, parts.next()?.trim().parse::<u32>().ok()?);
        let rest = parts.next().is_none_or(|seconds| seconds.trim().chars().all(|c| c == '0'));
        rest.then_some(hours.checked_mul(60)?.checked_add(minutes)?)
    };
    minutes(a).is_some() && minutes(a) == minutes(b)
}

impl Change {
    /// In words, with what to do.
    pub(crate) fn words(&self) -> String {
        match self {
            Change::Gone { number, path } => {
                format!("{number}: the row is gone. If it is to go, delete `{path}` in the exercise.")
            }
            Change::New { number, says } if number.is_empty() => {
                format!("a new row without a number: “{}”. Give it a name and write it as an inject.", short(says))
            }
            Change::New { number, says } => {
                format!("{number}: a new row, “{}”. Write it as `injects.{number}`.", short(says))
            }
            Change::Twice { number } => format!("{number}: stands in more than one row; the first was compared."),
            Change::Cell { number, column, was, now, path } => {
                format!("{number}, {}: was {}, is now {}. Change `{path}`.", column.head(), quoted(was), quoted(now))
            }
            Change::Kept { number, column, now } => format!("{number}, {}: {}", column.head(), quoted(now)),
            Change::Made { number, column, was, now, from } => format!(
                "{number}, {}: was {}, is now {}. It is made from {from}; change that.",
                column.head(),
                quoted(was),
                quoted(now)
            ),
            Change::NoColumn { column } => format!("the column `{}` is not there and was not compared", column.head()),
            Change::OtherColumn { name } => {
                format!("the column `{}` is no column of the list and was not compared", short(name))
            }
        }
    }

    /// For machines.
    pub(crate) fn json(&self) -> Value {
        match self {
            Change::Gone { number, path } => json!({"change": "gone", "number": number, "path": path}),
            Change::New { number, says } => json!({"change": "new", "number": number, "text": says}),
            Change::Twice { number } => json!({"change": "twice", "number": number}),
            Change::Cell { number, column, was, now, path } => {
                json!({"change": "cell", "number": number, "column": column.head(), "was": was, "now": now, "path": path})
            }
            Change::Kept { number, column, now } => {
                json!({"change": "kept", "number": number, "column": column.head(), "now": now})
            }
            Change::Made { number, column, was, now, from } => {
                json!({"change": "made", "number": number, "column": column.head(), "was": was, "now": now, "made_from": from})
            }
            Change::NoColumn { column } => json!({"change": "no_column", "column": column.head()}),
            Change::OtherColumn { name } => json!({"change": "other_column", "column": name}),
        }
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "empty".to_owned() } else { format!("“{}”", short(text)) }
}

/// As much of a text as a line holds.
fn short(text: &str) -> String {
    const MOST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Nothing that could steer a terminal.
    let mut kept: String = line.chars().take(MOST).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    if line.chars().nth(MOST).is_some() {
        kept.push('…');
    }
    kept
}
