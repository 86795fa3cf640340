//! The list of events on paper: the short form as a table, the long form with a page for each event.

use maud::{Markup, html};

use super::column::Column;
use super::event::{Event, Msel};
use super::paper::{self, Edition};
use crate::model::Exercise;

/// The page.
pub(super) fn page(exercise: &Exercise, msel: &Msel, origin: &str) -> Vec<u8> {
    let body = html! {
        (header(msel))
        section { h2 { "Short form" } (short(msel)) }
        @for event in &msel.events { (long(event)) }
    };
    let of = (exercise.title.as_str(), exercise.handling, origin);
    paper::page(of, "Master scenario events list", Edition::Controllers, "", &body)
}

/// Name, person, date, revision.
fn header(msel: &Msel) -> Markup {
    html! {
        section {
            div.table { table { tbody { @for (name, value) in &msel.header { tr { th { (name) } td { (value) } } } } } }
            p.minor { "T is the time since the exercise began, welcome included. What comes by a condition stands where the \
                document has it. Text in braces is filled in from the story." }
        }
    }
}

/// A row for each event.
pub(super) fn short(msel: &Msel) -> Markup {
    html! {
        div.table { table.tight {
            thead { tr { @for column in Column::SHORT { th { (column.name()) } } } }
            tbody { @for event in &msel.events { tr { @for column in Column::SHORT { td { (event.cell(column)) } } } } }
        } }
    }
}

fn long(event: &Event) -> Markup {
    html! {
        section.one-page {
            h2 { (event.number()) }
            div.table { table.form { tbody { @for column in Column::ALL.into_iter().skip(1) { tr {
                th { (column.name()) }
                td { @for line in event.cell(column).lines() { (line) br; } }
            } } } } }
        }
    }
}
