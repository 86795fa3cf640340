//! Inject cards, one a page, in the order in which they come: sealed until then. They are what the room has if the laptop dies.

use maud::{Markup, html};

use super::column::Column;
use super::event::{Entry, Event, Msel};
use super::paper::{self, Edition, REAL};
use crate::model::{Exercise, Gap, Inject, Piece, Text};
use crate::report::handout::EXERCISE;

/// The page.
pub(super) fn page(exercise: &Exercise, msel: &Msel, origin: &str) -> Vec<u8> {
    let cards: Vec<(&Event, &Inject)> = msel
        .events
        .iter()
        .filter_map(|event| match event.entry {
            Entry::Inject(nth) => Some((event, &exercise.injects[nth])),
            Entry::Module(_) | Entry::Decision(_) | Entry::End => None,
        })
        .collect();
    let body = html! {
        section {
            p { strong { "This page, and every card until it comes, is not for players." } }
            p { "One card a page, in the order of the list of events. Print on one side, fold below the line, and seal: outside \
                stands when it is opened and to whom it goes, inside what it says. A card without a time comes when its \
                condition holds; it may never come." }
            p { "An underlined gap is filled in by hand as the card is opened: from the screen, or by the facilitator's judgement." }
            @if cards.is_empty() { p { "This exercise has no injects." } }
        }
        @for (nth, (event, inject)) in cards.iter().enumerate() { (card((nth + 1, cards.len()), event, inject, exercise.handling.label())) }
    };
    let of = (exercise.title.as_str(), exercise.handling, origin);
    paper::page(of, "Inject cards", Edition::Sealed, "", &body)
}

fn card((nth, all): (usize, usize), event: &Event, inject: &Inject, label: &str) -> Markup {
    let rows = [
        ("Comes", Column::ScenarioTime),
        ("Real time", Column::RealTime),
        ("Category", Column::Category),
        ("To", Column::Recipient),
        ("By", Column::Method),
        ("Brought by", Column::Controller),
    ];
    html! {
        section.one-page {
            h2 { "Inject " (nth) " of " (all) ": " (inject.id) }
            div.table { table { tbody { @for (name, column) in rows { tr { th { (name) } td { (event.cell(column)) } } } } } }
            p.fold { "fold here; what stands below is for the seats that it goes to" }
            div.card.large {
                p.kind { (EXERCISE) " · " (label) }
                p { strong { "From: " } (inject.from) br; strong { "To: " } (event.cell(Column::Recipient)) }
                p { (gaps(&inject.text)) }
                p.kind { (EXERCISE) " · " (label) }
                p.emergency { strong { "“" (REAL) ".”" } " Say so, and the exercise stops." }
            }
        }
    }
}

/// A text whose gaps are lines to write on.
fn gaps(text: &Text) -> Markup {
    html! { @for piece in text.pieces() { @match piece {
        Piece::Plain(plain) => (plain),
        Piece::Gap(gap) => span.gap { (words(*gap)) },
    } } }
}

fn words(gap: Gap) -> &'static str {
    match gap {
        Gap::Day => "day of the story",
        Gap::Date => "date",
        Gap::Signal => "the signal: who reports whom, noticed when, heard when",
        Gap::Signals => "number of signals",
        Gap::OpenCases => "number of open cases",
        Gap::Suspect => "the operator that the desk suspects most",
        Gap::Belief => "per cent of suspicion",
        Gap::Queue => "consignments waiting",
        Gap::Cost => "cost so far",
        Gap::Safeguards => "measures in force",
    }
}
