//! An edited list of events against the exercise: what is another now, and where the author has to change it.

use serde_json::{Value, json};

use super::column::{Column, STATUSES, plain};
use super::edited::Edited;
use super::event::{Event, Msel};
use super::meaning::{same, tidy, told, unmarked};
use super::place::Place;
use super::source::{Source, source};
use super::table::{Cell, Unreadable};
use crate::model::Exercise;

/// What an edited list says otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compared {
    /// What the document says otherwise, in the file's order; rows that are missing come last.
    pub(crate) differences: Vec<Difference>,
    /// What controllers have written where the document says nothing: event, column, text.
    pub(crate) notes: Vec<(String, &'static str, String)>,
    /// What should be known of the file itself.
    pub(crate) remarks: Vec<String>,
    /// Rows that were compared.
    pub(crate) rows: usize,
}

/// A difference.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) kind: Kind,
    /// The event's number, or what the header block calls it.
    pub(crate) event: String,
    /// The column; empty where a whole row is meant.
    pub(crate) column: &'static str,
    /// What the document says.
    pub(crate) was: String,
    /// What the file says.
    pub(crate) now: String,
    /// Where to change it.
    pub(crate) place: Place,
    /// Whether it only follows from what stands there.
    pub(crate) follows: bool,
    /// The sheet, of a workbook, and the line.
    pub(crate) at: (String, u64),
}

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Changed,
    Added,
    Missing,
    Twice,
}

impl Kind {
    /// For machines.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Kind::Changed => "changed",
            Kind::Added => "row added",
            Kind::Missing => "row missing",
            Kind::Twice => "row twice",
        }
    }
}

/// Compares a file with an exercise.
pub(crate) fn compare(exercise: &Exercise, bytes: &[u8], is_workbook: bool) -> Result<Compared, Unreadable> {
    let msel = Msel::of(exercise);
    let tables = Edited::read(bytes, is_workbook, &msel)?;
    let mut all = Compared::default();
    for table in &tables {
        all.table(exercise, &msel, table);
    }
    // A list without its rows is missing them once, not once a sheet; the same of all that both sheets say.
    let mut kept: Vec<Difference> = Vec::new();
    for one in std::mem::take(&mut all.differences) {
        let twin = |it: &Difference| {
            (it.kind, &it.event, it.column, &it.now) == (one.kind, &one.event, one.column, &one.now)
                && it.at.0 != one.at.0
        };
        if !kept.iter().any(twin) {
            kept.push(one);
        }
    }
    all.differences = kept;
    all.notes.dedup();
    Ok(all)
}

impl Compared {
    fn table(&mut self, exercise: &Exercise, msel: &Msel, table: &Edited) {
        const HEADER: [&[&str]; 4] =
            [&["title"], &["about", "responsible"], &["about", "dates"], &["about", "revised"]];
        for (nth, line, now) in &table.header {
            let (name, was) = &msel.header[*nth];
            if tidy(was) != tidy(now) {
                self.differences.push(Difference {
                    kind: Kind::Changed,
                    event: "header block".to_owned(),
                    column: name,
                    was: was.clone(),
                    now: tidy(now),
                    place: Place::of(HEADER[*nth]),
                    follows: false,
                    at: (table.sheet.clone(), *line),
                });
            }
        }
        let lacks: Vec<&str> =
            Column::ALL.into_iter().filter(|it| !table.columns().any(|own| own == *it)).map(Column::name).collect();
        let is_short = Column::SHORT.into_iter().all(|it| table.columns().any(|own| own == it))
            && table.columns().count() == Column::SHORT.len();
        let sheet = if table.sheet.is_empty() { "the file".to_owned() } else { format!("sheet `{}`", table.sheet) };
        if !lacks.is_empty() && !is_short {
            self.remarks.push(format!("{sheet} has no column for: {}; nothing is compared there", lacks.join(", ")));
        }
        if !table.strangers.is_empty() {
            self.remarks.push(format!("columns that are not read in {sheet}: {}", table.strangers.join(", ")));
        }
        let mut seen = vec![false; msel.events.len()];
        for (line, cells) in &table.rows {
            self.row(exercise, msel, table, (*line, cells), &mut seen);
        }
        for (event, _) in msel.events.iter().zip(&seen).filter(|(_, seen)| !**seen) {
            self.differences.push(Difference {
                kind: Kind::Missing,
                event: event.number().to_owned(),
                column: "",
                was: event.cell(Column::Synopsis).to_owned(),
                now: String::new(),
                place: entry(exercise, event),
                follows: false,
                at: (table.sheet.clone(), 0),
            });
        }
    }

    fn row(
        &mut self,
        exercise: &Exercise,
        msel: &Msel,
        table: &Edited,
        (line, cells): (u64, &[Cell]),
        seen: &mut [bool],
    ) {
        let number = table.cell(cells, Column::Number).cloned().unwrap_or_default();
        let at = (table.sheet.clone(), line);
        let found = msel.events.iter().position(|event| same(exercise, Column::Number, event.number(), &number));
        let whole = |kind: Kind, place: Place| {
            let said: Vec<String> = table
                .columns()
                .filter(|column| *column != Column::Number)
                .filter_map(|column| Some((column, tidy(&table.cell(cells, column)?.text()))))
                .filter(|(_, text)| !text.is_empty())
                .map(|(column, text)| format!("{}: {text}", column.name()))
                .collect();
            let event = tidy(&number.text());
            Difference {
                kind,
                event: if event.is_empty() { "a row without a number".to_owned() } else { event },
                column: "",
                was: String::new(),
                now: said.join("; "),
                place,
                follows: false,
                at: at.clone(),
            }
        };
        let Some(found) = found else {
            let section = match tidy(&number.text()).to_lowercase() {
                it if it.starts_with("decision") => "decisions",
                it if it.starts_with("module") => "modules",
                _ => "injects",
            };
            self.differences.push(whole(Kind::Added, Place::of(&[section])));
            return;
        };
        let event = &msel.events[found];
        if std::mem::replace(&mut seen[found], true) {
            self.differences.push(whole(Kind::Twice, entry(exercise, event)));
            return;
        }
        self.rows += 1;
        for column in table.columns() {
            let Some(cell) = table.cell(cells, column) else { continue };
            self.cell(exercise, event, column, cell, &at);
        }
    }

    fn cell(&mut self, exercise: &Exercise, event: &Event, column: Column, cell: &Cell, at: &(String, u64)) {
        let was = event.cell(column);
        if same(exercise, column, was, cell) {
            if column == Column::Text && !unmarked(&cell.text()).1 && !cell.is_blank() {
                self.remarks.push(format!(
                    "{}: the markings around its text are gone; they come back with the next export",
                    event.number()
                ));
            }
            return;
        }
        let now = told(exercise, column, cell);
        let (place, follows) = match source(exercise, event, column, &now) {
            Source::Written(place) => (place, false),
            Source::Follows(place) => (place, true),
            Source::Free => {
                if column == Column::Status && !STATUSES.iter().any(|known| plain(known) == plain(&now)) {
                    let all = STATUSES.join(", ");
                    self.remarks.push(format!("{}: `{now}` is no known status; they are {all}", event.number()));
                }
                self.notes.push((event.number().to_owned(), column.name(), now));
                return;
            }
        };
        let bare = |text: &str| if column == Column::Text { unmarked(text).0 } else { tidy(text) };
        self.differences.push(Difference {
            kind: Kind::Changed,
            event: event.number().to_owned(),
            column: column.name(),
            was: bare(was),
            now: bare(&now),
            place,
            follows,
            at: at.clone(),
        });
    }

    /// For machines. `lines` says where in the document a place is: line and column.
    pub(crate) fn json(&self, lines: &dyn Fn(&Place) -> Option<(usize, usize)>) -> Value {
        let differences = self.differences.iter().map(|it| {
            let place = lines(&it.place);
            json!({
                "kind": it.kind.name(), "event": it.event, "column": it.column, "was": it.was, "now": it.now,
                "change": it.place.to_string(), "follows": it.follows,
                "document_line": place.map(|(line, _)| line), "document_column": place.map(|(_, column)| column),
                "sheet": it.at.0, "line": it.at.1,
            })
        });
        let notes =
            self.notes.iter().map(|(event, column, text)| json!({"event": event, "column": column, "text": text}));
        json!({
            "format": 1,
            "rows": self.rows,
            "differences": differences.collect::<Vec<_>>(),
            "notes": notes.collect::<Vec<_>>(),
            "remarks": self.remarks,
        })
    }
}

fn entry(exercise: &Exercise, event: &Event) -> Place {
    match source(exercise, event, Column::Number, "") {
        Source::Written(place) | Source::Follows(place) => place,
        Source::Free => Place::default(),
    }
}
