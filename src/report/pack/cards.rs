//! Cards: one for each seat, and one for each inject.

use maud::{Markup, html};

use super::event::{Column, Event, marked};
use super::overview::REAL;
use crate::model::{Exercise, Knows};

/// A card for each seat, each on a page of its own.
pub(super) fn seats(exercise: &Exercise) -> Markup {
    html! {
        @for seat in &exercise.seats {
            section.one-page { div class="card large" {
                h2 { (seat.title) }
                @if !seat.organisation.is_empty() { p { "You speak for: " (seat.organisation) } }
                @if !seat.brief.is_empty() { p { (seat.brief) } }
                h3 { "What your seat may see" }
                ul { @for knows in &seat.knows { li { (what(*knows)) } } }
                p { "Nobody sees what is true, and nobody in the room has been told. What you hear may be late, incomplete or false." }
                h3 { "How you decide" }
                p { "When your seat is asked: say which choice, how sure you are that whoever you suspect takes part, in percent, and \
                    why. Write it into the decision log." }
                p.minor { (REAL) }
            } }
        }
    }
}

/// A card for each inject in the order of the list, each on a page of its own.
pub(super) fn injects(exercise: &Exercise, list: &[Event]) -> Markup {
    let cards: Vec<&Event> = list.iter().filter(|event| event.path.starts_with("injects.")).collect();
    html! {
        section { p { "Print on one side, fold, and number the envelopes in this order. If the program runs, it says when each comes and \
            fills the gaps in braces; without it, the controller does." } }
        @for (i, event) in cards.iter().enumerate() {
            section.one-page { div class="card large" {
                p.minor { "From " (event.cell(Column::From)) " to " (event.cell(Column::To)) " · " (event.cell(Column::Method)) }
                @for line in event.cell(Column::Text).lines() { p { (line) } }
                p.minor { (REAL) }
            }
            hr.cut;
            div.card {
                p { strong { "For the controller: inject " (i + 1) " of " (cards.len()) ", " (event.cell(Column::Number)) ". " }
                    (event.cell(Column::Category)) ". Comes: " (event.cell(Column::ScenarioTime)) ", in the room at "
                    (event.cell(Column::RealTime)) ". By: " (event.cell(Column::Controller)) }
                @if !event.cell(Column::ExpectedAction).is_empty() {
                    p { "Expected, " (event.cell(Column::Deadline)) ": " (event.cell(Column::ExpectedAction)) }
                }
                @if !event.cell(Column::Instructions).is_empty() { p { (event.cell(Column::Instructions)) } }
                p { "Came at: ______   What they did:" span.fill {} }
            } }
        }
        @if cards.is_empty() { section { p { (marked(exercise, "This exercise has no injects.")) } } }
    }
}

/// What a seat may see, in a sentence.
fn what(knows: Knows) -> &'static str {
    match knows {
        Knows::Signals => "reports of checks, monitoring and people, as the desk hears them",
        Knows::Cases => "cases that are open",
        Knows::Belief => "how strongly the desk suspects each operator",
        Knows::Queues => "goods that wait at the stations",
        Knows::Costs => "what everything has cost so far",
        Knows::Measures => "what has been bought and ordered, and is in force",
    }
}
