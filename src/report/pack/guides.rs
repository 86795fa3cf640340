//! Exercise evaluation guides: one for each objective.

use maud::{Markup, html};

use crate::exercise::Rating;
use crate::model::{Exercise, Objective};

/// A guide for each objective, each on a page of its own, and the definitions of the ratings.
pub(super) fn body(exercise: &Exercise) -> Markup {
    html! {
        @for objective in &exercise.objectives { (guide(exercise, objective)) }
        section.one-page { (definitions()) }
    }
}

/// The four ratings in HSEEP's words, each spelled out.
pub(crate) fn definitions() -> Markup {
    html! {
        h3 { "Ratings definitions" }
        ul { @for rating in Rating::ALL {
            li { strong { (rating.letter()) ", " (rating.words()) ". " } (rating.definition()) }
        } }
    }
}

fn guide(exercise: &Exercise, objective: &Objective) -> Markup {
    html! {
        section.one-page {
            h2 { "Evaluation guide: " (objective.text) }
            p { strong { "Core capability: " } (objective.capability) " · " strong { "Objective: " } code { (objective.id) } }
            @if !exercise.about.organisations.is_empty() { p { strong { "Organizations: " } (exercise.about.organisations.join("; ")) } }
            div.table { table {
                thead { tr { th { "organizational capability target" } th { "associated critical tasks" }
                    th { "observation notes and explanation of rating" } th { "target rating" } } }
                tbody {
                    @for (t, target) in objective.targets.iter().enumerate() { tr {
                        td { (t + 1) ". " (target.text) @if !target.plan.is_empty() { br; "Source: " (target.plan) } }
                        td { @for (k, task) in target.tasks.iter().enumerate() { p { (t + 1) "." (k + 1) " " (task) } } }
                        td { div.box {} div.box {} }
                        td { "P   S   M   U" br; "not observed" }
                    } }
                    @if objective.targets.is_empty() { tr { td { "No target is named." } td {} td { div.box {} } td { "P   S   M   U" } } }
                }
            } }
            p { strong { "Final core capability rating: " } "P   S   M   U   not observed" }
            p { "Evaluator name: ____________________   E-mail: ____________________   Phone: ______________" }
            p.minor { "At the keyboard: " code { ":observe " (objective.id) " 1.1 S WHAT YOU SAW" } " and " code { ":rate " (objective.id)
                " S WHY" } ". Rate the team, never a person." }
        }
    }
}
