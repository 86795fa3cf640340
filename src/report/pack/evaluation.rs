//! Evaluation guides: for each objective, what an evaluator looks for, with room for what was seen. People rate.

use maud::{Markup, html};

use super::paper::{self, Edition, emergency};
use crate::exercise::Rating;
use crate::model::{Exercise, Objective};

/// The page.
pub(super) fn page(exercise: &Exercise, origin: &str) -> Vec<u8> {
    let body = html! {
        p { "One guide for each objective, and the ratings' definitions at the end. In a discussion-based exercise the \
            letter may be left out; what was seen may not." }
        @for objective in &exercise.objectives { (guide(exercise, objective)) }
        section.one-page { (definitions()) }
    };
    let of = (exercise.title.as_str(), exercise.handling, origin);
    paper::page(of, "Exercise evaluation guides", Edition::Controllers, "", &body)
}

fn guide(exercise: &Exercise, objective: &Objective) -> Markup {
    let about = &exercise.about;
    html! {
        section.one-page {
            h2 { "Exercise evaluation guide: " (objective.id) }
            div.table { table { tbody {
                tr { th { "Exercise Name" } td { (exercise.title) } th { "Exercise Date" } td { (about.dates) } }
                tr { th { "Sponsor" } td { (about.sponsor) } th { "Venue" } td { } }
            } } }
            p { strong { "Objective: " } (objective.text) }
            p { strong { "Core capability: " } (objective.capability) }
            div.table { table.form {
                thead { tr {
                    th { "Organizational Capability Target" } th { "Associated Critical Tasks" }
                    th.wide { "Observation Notes and Explanation of Rating" } th.narrow { "Target Rating" }
                } }
                tbody {
                    @for (nth, target) in objective.targets.iter().enumerate() { tr.tall {
                        td { (nth + 1) ". " (target.text)
                            @if !target.plan.is_empty() { br; span.minor { "Source: " (target.plan) } } }
                        td { @for (task, text) in target.tasks.iter().enumerate() {
                            p { (nth + 1) "." (task + 1) " " (text) } } }
                        td { }
                        td { (letters()) }
                    } }
                    @if objective.targets.is_empty() { tr.tall { td { } td { } td { } td { (letters()) } } }
                    tr { td colspan="3" { strong { "Final Core Capability Rating" } } td { (letters()) } }
                }
            } }
            div.table { table.form { tbody {
                @for name in ["Evaluator Name", "E-mail", "Phone"] { tr { th { (name) } td { } } }
            } } }
            p.minor { "Note the time, who said what, and which event it answered. At the keyboard, "
                code { ":observe " (objective.id) " 1.1 S WHAT WAS SEEN" } " keeps it in the session's log." }
            (emergency())
        }
    }
}

fn letters() -> Markup {
    html! { @for rating in Rating::ALL { "☐ " (rating.letter()) br; } "☐ N/A" }
}

/// The ratings in HSEEP's words.
pub(in crate::report) fn definitions() -> Markup {
    html! {
            h2 { "Ratings definitions" }
            div.table { table { tbody {
                @for rating in Rating::ALL { tr {
                    th { (rating.letter()) } td { strong { (rating.words()) } br; (rating.definition()) }
                } }
                tr { th { "N/A" } td { strong { "not observed" } br; "The task did not come up, or the evaluator was not there. It is no \
                    rating, and counts for none." } }
            } } }
    }
}
