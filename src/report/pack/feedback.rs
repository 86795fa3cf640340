//! The participant feedback form.

use maud::{Markup, html};

use super::paper::{self, Edition, form, lines};
use super::public::Public;

/// What participants say how far they agree with.
const STATEMENTS: [&str; 8] = [
    "The exercise was well structured and organized.",
    "The story was plausible and realistic.",
    "The facilitator knew the matter and kept us on target.",
    "The documents were useful.",
    "Taking part was appropriate for somebody in my position.",
    "The right people were there, from the right organizations.",
    "We could practise the capabilities that matter to us.",
    "After this exercise I am better prepared.",
];

/// The page.
pub(super) fn page(of: &Public<'_>, origin: &str) -> Vec<u8> {
    let body = html! {
        section {
            p { "It need not bear a name. What you write goes into the report without it." }
            div.table { table.form { tbody {
                tr { th { "Name" } td { } }
                tr { th { "Agency or organization" } td { } }
                tr { th { "Role" } td { (choices(&["player", "observer", "facilitator", "evaluator"])) } }
            } } }
            h2 { "Part I: recommendations" }
            h3 { "The three greatest strengths that you saw" }
            (numbered())
            h3 { "The three things that most need to be improved" }
            (numbered())
            h3 { "What evaluators may not have been able to see" }
            (lines(2))
            h3 { "What should be done" }
            (form(&[("corrective action", 50), ("priority: high, medium, low", 20), ("who should do it", 30)], 4))
            h3 { "Equipment, training, plans and procedures that should be looked at again, and by whom" }
            (lines(3))
        }
        section.new-page {
            h2 { "Part II: assessment" }
            p { "How far do you agree? 1: not at all. 5: fully." }
            div.table { table {
                thead { tr { th { "" } @for n in 1..=5 { th.tick { (n) } } } }
                tbody { @for statement in STATEMENTS { tr { td { (statement) } @for _ in 1..=5 { td.tick { "☐" } } } } }
            } }
            h3 { "Anything else" }
            (lines(4))
        }
    };
    paper::page((of.title, of.handling, origin), "Participant feedback form", Edition::Everybody, "", &body)
}

fn numbered() -> Markup {
    html! { ol { @for _ in 0..3 { li { span.fill { } } } } }
}

fn choices(of: &[&str]) -> Markup {
    html! { @for choice in of { "☐ " (choice) "   " } }
}
