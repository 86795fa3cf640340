//! Sheets to fill in: the decision log and the participants' feedback.

use maud::{Markup, html};

use crate::model::Exercise;

/// A line for each decision, without telling what will be asked.
pub(super) fn decision_log(exercise: &Exercise) -> Markup {
    let lines = exercise.decisions.len() + 2;
    html! {
        section {
            p { "For every decision, also those that nobody asked for. How sure: that whoever you suspect takes part, in percent. \
                Foretold: what the program asks you to foretell, if it does." }
            div.table { table {
                thead { tr { th { "no." } th { "time" } th { "seat" } th { "what was asked" } th { "what was decided" } th { "how sure" }
                    th { "foretold" } th { "why" } } }
                tbody { @for n in 1..=lines { tr { td { (n) } @for _ in 0..7 { td { div.box {} } } } } }
            } }
        }
    }
}

/// HSEEP's feedback form.
pub(super) fn feedback(exercise: &Exercise) -> Markup {
    let statements = [
        "The exercise was well structured and organized.",
        "The scenario was plausible and realistic.",
        "The facilitator was knowledgeable and kept the exercise on target.",
        "The documentation was useful.",
        "Participation was appropriate for someone in my position.",
        "The right people, in the right mix, were at the table.",
        "The exercise allowed us to practise priority capabilities.",
        "I am better prepared now than before.",
    ];
    html! {
        section {
            p { "Name (may stay empty): ____________________   Agency: ____________________" }
            p { "Role:   ☐ player   ☐ observer   ☐ facilitator   ☐ evaluator" }
            p { "Seat:   " @for seat in &exercise.seats { "☐ " (seat.title) "   " } }
            h2 { "Part I: recommendations and corrective actions" }
            h3 { "The top three strengths" } @for _ in 0..3 { span.fill {} }
            h3 { "The top three areas that need improvement" } @for _ in 0..3 { span.fill {} }
            h3 { "What evaluators could not have seen" } span.fill {} span.fill {}
            h3 { "Corrective actions" }
            div.table { table {
                thead { tr { th { "corrective action" } th { "priority (high, medium, low)" } th { "who sees to it" } } }
                tbody { @for _ in 0..3 { tr { td { div.box {} } td {} td {} } } }
            } }
            h3 { "Equipment, training, plans or procedures that should be reviewed" } span.fill {} span.fill {}
        }
        section.new-page {
            h2 { "Part II: exercise design" }
            p { "1: strongly disagree, 5: strongly agree." }
            div.table { table {
                thead { tr { th { "statement" } @for n in 1..=5 { th { (n) } } } }
                tbody { @for statement in statements { tr { td { (statement) } @for _ in 1..=5 { td { "☐" } } } } }
            } }
            h3 { "What would you change in the next exercise?" } span.fill {} span.fill {} span.fill {}
        }
    }
}
