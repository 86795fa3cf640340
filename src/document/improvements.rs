//! An improvement plan as a CSV that people edit in a spreadsheet, read with all its problems at once.
//!
//! The first line names the columns, in any order; of [`Improvement::COLUMNS`] only those without which a line says
//! nothing have to be there. Columns of other names are not read.

use std::io::Read;

use super::row_problem::{Problems, Refused};
use super::table::{Column, Limits, Table};
use super::{clip, closest};
use crate::document::defect::{DefectKind, DefectReport};
use crate::model::{Element, Exercise, Improvement, ObjectiveId, SafeguardId};

/// The largest file that is read \[bytes\]: 1 MiB.
pub const MOST_BYTES: u64 = 1 << 20;
/// The most lines that are read.
pub const MOST_LINES: u64 = 500;
/// The most different safeguards that a plan may name.
pub const MOST_SAFEGUARDS: usize = 20;

/// Reads an improvement plan for an exercise.
pub fn read_improvements<R: Read>(source: R, exercise: &Exercise) -> Result<Vec<Improvement>, Refused> {
    let mut table = Table::open(source, Limits { bytes: MOST_BYTES, rows: MOST_LINES })?;
    let [objective, _, issue, ..] = Improvement::COLUMNS;
    let (objective, issue) = (table.column(objective)?, table.column(issue)?);
    // What may be missing is empty then.
    let other: Vec<Option<Column>> = Improvement::COLUMNS.iter().map(|name| table.column(name).ok()).collect();
    let (mut problems, mut defects, mut all) = (Problems::default(), DefectReport::default(), Vec::new());
    while let Some(row) = table.next(&mut defects)? {
        let text = |name: &str| {
            let place = Improvement::COLUMNS.iter().position(|it| *it == name);
            place.and_then(|at| other[at].as_ref()).map_or("", |column| unguarded(row.text(column)))
        };
        if Improvement::COLUMNS.iter().all(|name| text(name).is_empty()) {
            continue;
        }
        let mut note = |cause: String| problems.note(row.line, cause);
        let known = exercise.objectives.iter().map(|it| it.id.as_str());
        let objective = named("objective", row.text(&objective), known, &mut note);
        if row.text(&issue).is_empty() {
            note(format!("{} is empty; say what is to be mended", issue.name()));
        }
        let element = text("Capability Element");
        let element = (!element.is_empty()).then(|| find_element(element, &mut note)).flatten();
        let safeguard = text("Safeguard");
        let safeguards = exercise.scenario.safeguards.iter().map(|it| it.id.as_str());
        let safeguard = (!safeguard.is_empty()).then(|| named("safeguard", safeguard, safeguards, &mut note)).flatten();
        let Some(objective) = objective else { continue };
        all.push(Improvement {
            objective: ObjectiveId::from_index(objective),
            issue: unguarded(row.text(&issue)).to_owned(),
            reference: text("Reference").to_owned(),
            action: text("Corrective Action").to_owned(),
            element,
            owner: text("Primary Responsible Organization").to_owned(),
            contact: text("Organization POC").to_owned(),
            start: text("Start Date").to_owned(),
            done_by: text("Completion Date").to_owned(),
            safeguard: safeguard.map(SafeguardId::from_index),
        });
    }
    for (kind, place, defect) in defects.iter() {
        let what = match kind {
            DefectKind::Ragged => "more or fewer fields than the first line".to_owned(),
            _ => format!("bytes in `{}` that are not UTF-8; save the file as CSV in UTF-8", clip(place, 40)),
        };
        problems.note(defect.first_line, format!("{what} (rows like this: {})", defect.count));
    }
    let mut safeguards: Vec<SafeguardId> = all.iter().filter_map(|line| line.safeguard).collect();
    safeguards.sort_unstable();
    safeguards.dedup();
    if safeguards.len() > MOST_SAFEGUARDS {
        problems.note(1, format!("{} safeguards are named; at most {MOST_SAFEGUARDS} are tried", safeguards.len()));
    }
    if problems.is_empty() { Ok(all) } else { Err(problems.into()) }
}

/// A text without the apostrophe that keeps a spreadsheet program from taking it for a formula.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// The place of what is named among what there is.
fn named<'a>(
    noun: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    note: &mut impl FnMut(String),
) -> Option<usize> {
    let found = known.clone().position(|it| it == name);
    if found.is_none() {
        let meant = closest(name, known.clone()).map_or(String::new(), |it| format!(" (did you mean `{it}`?)"));
        let known: Vec<&str> = known.collect();
        note(format!("there is no {noun} `{}`{meant}; there is: {}", clip(name, 40), known.join(", ")));
    }
    found
}

fn find_element(text: &str, note: &mut impl FnMut(String)) -> Option<Element> {
    let wanted = text.to_lowercase().replace("organisation", "organization");
    let found = Element::ALL.into_iter().find(|element| element.name().to_lowercase() == wanted);
    if found.is_none() {
        let all = Element::ALL.map(Element::name).join(", ");
        note(format!("the capability element is `{}`, and must be one of: {all}", clip(text, 40)));
    }
    found
}
