//! The list of events on paper and as CSV.

use maud::{Markup, html};

use super::event::{Column, Event};
use super::handbook::says;
use crate::model::Exercise;
use crate::report::many::csv_text;

/// Header block, short form, and a page for each event.
pub(super) fn body(exercise: &Exercise, list: &[Event]) -> Markup {
    html! {
        (header(exercise))
        section { h2 { "Short form" } (short(list)) }
        @for event in list { (long(event)) }
    }
}

/// The header block, as pairs.
pub(super) fn header_of(exercise: &Exercise) -> [(&'static str, &str); 4] {
    let about = &exercise.about;
    [
        ("Exercise name", &exercise.title),
        ("Responsible person", &about.responsible),
        ("Exercise date", &about.dates),
        ("Last revision", &about.revised),
    ]
}

/// The short form.
pub(super) fn short(list: &[Event]) -> Markup {
    html! {
        div.table { table {
            thead { tr { @for column in Column::SHORT { th { (column.head()) } } } }
            tbody { @for event in list { tr { @for column in Column::SHORT { td { (event.cell(column)) } } } } }
        } }
    }
}

/// The long form as CSV. Cells that a spreadsheet would take for a formula are kept from that.
pub(super) fn csv(list: &[Event]) -> String {
    let row = |cells: &mut dyn Iterator<Item = &str>| {
        cells.map(|it| csv_text(&guarded(it))).collect::<Vec<_>>().join(",") + "\n"
    };
    let mut out = row(&mut Column::ALL.iter().map(|column| column.head()));
    for event in list {
        out.push_str(&row(&mut event.cells.iter().map(String::as_str)));
    }
    out
}

/// A text that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe in front, which is taken
/// off again when the list is read.
pub(super) fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) { format!("'{text}") } else { text.to_owned() }
}

fn header(exercise: &Exercise) -> Markup {
    html! {
        section { div.table { table { tbody {
            @for (name, text) in header_of(exercise) { tr { th { (name) } td { (text) } } }
        } } } }
    }
}

fn long(event: &Event) -> Markup {
    html! {
        section class="one-page tight" {
            h2 { (event.cell(Column::Number)) " · " (event.cell(Column::Category)) }
            div.table { table { tbody {
                @for column in Column::ALL { @if says(event, column) || is_to_fill(column) { tr {
                    th { (column.head()) }
                    td { @if says(event, column) { @for line in event.cell(column).lines() { p { (line) } } } @else { div.box {} } }
                } } }
            } } }
        }
    }
}

/// What controllers fill in by hand.
const fn is_to_fill(column: Column) -> bool {
    matches!(column, Column::ActualTime | Column::ActualResponse)
}
