//! Seat cards, one a page: what a seat is, for whom it speaks and what it may see.

use maud::html;

use super::paper::{self, Edition, emergency, lines};
use super::public::Public;

/// The page.
pub(super) fn page(of: &Public<'_>, origin: &str) -> Vec<u8> {
    let body = html! {
        p { "One page for each seat. Hand each to its seat only: what stands on it is for those who sit there." }
        @for seat in &of.seats {
            section.one-page {
                div.card.large {
                    h2 { (seat.title) }
                    @if !seat.organisation.is_empty() { p.kind { "speaks for: " (seat.organisation) } }
                    @if !seat.brief.is_empty() { p { (seat.brief) } }
                    @if seat.knows.is_empty() {
                        p { "Of the story you see only what is read aloud and what reaches you." }
                    } @else {
                        p { "Besides what is read aloud and what reaches you, you may see:" }
                        ul { @for what in &seat.knows { li { (what) } } }
                    }
                    p { "You never see whether a report was true. Share what you want to share; nobody else knows it unless you do." }
                }
                p { "When you are asked to decide: say your choice, how sure you are that the suspected operator takes part (in \
                    per cent), and why, in one sentence. If you cannot decide yet, say so; you will be asked again." }
                (emergency())
                h3 { "Who sits here" }
                (lines(2))
                h3 { "Notes" }
                (lines(6))
            }
        }
    };
    paper::page((of.title, of.handling, origin), "Seat cards", Edition::Everybody, "", &body)
}
