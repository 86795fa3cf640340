//! What several documents say alike: the overview, objectives, roles, rules.

use maud::{Markup, html};

use super::schedule::{agenda, planned};
use crate::model::Exercise;

/// What is to be said in a real emergency.
pub(super) const REAL: &str =
    "In a real emergency say “This is a real-world emergency”, three times. Everything stops.";

/// HSEEP's overview in eleven rows.
pub(crate) fn table(exercise: &Exercise) -> Markup {
    let about = &exercise.about;
    let mut capabilities: Vec<&str> = Vec::new();
    for objective in &exercise.objectives {
        if !capabilities.contains(&objective.capability.as_str()) {
            capabilities.push(&objective.capability);
        }
    }
    let objectives: Vec<&str> = exercise.objectives.iter().map(|it| it.text.as_str()).collect();
    let rows = [
        ("Exercise Name", exercise.title.clone()),
        ("Exercise Dates", about.dates.clone()),
        ("Scope", about.scope.clone()),
        ("Mission Area(s)", about.mission_areas.clone()),
        ("Core Capabilities", capabilities.join("; ")),
        ("Objectives", objectives.join("; ")),
        ("Threat or Hazard", about.threat.clone()),
        ("Scenario", about.scenario.clone()),
        ("Sponsor", about.sponsor.clone()),
        ("Participating Organizations", about.organisations.join("; ")),
        ("Point of Contact", about.contact.clone()),
    ];
    html! {
        section {
            h2 { "Exercise overview" }
            div.table { table { tbody { @for (name, text) in rows { tr { th { (name) } td { (text) } } } } } }
        }
    }
}

/// When what begins and ends.
pub(super) fn times(exercise: &Exercise) -> Markup {
    html! {
        section {
            h2 { "Exercise agenda" }
            div.table { table {
                thead { tr { th { "start" } th { "end" } th { "activity" } } }
                tbody { @for slot in agenda(exercise) { tr {
                    td { (planned(exercise, slot.from)) } td { (planned(exercise, slot.to)) } td { (slot.activity) }
                } } }
            } }
            p.minor { "Hours and minutes from the start" @if exercise.agenda.starts.is_some() { ", and by the clock on the wall" } "." }
        }
    }
}

/// Table 1 of the manual.
pub(super) fn objectives(exercise: &Exercise) -> Markup {
    html! {
        h3 { "Objectives and core capabilities" }
        div.table { table {
            thead { tr { th { "exercise objective" } th { "core capability" } } }
            tbody { @for objective in &exercise.objectives { tr { td { (objective.text) } td { (objective.capability) } } } }
        } }
    }
}

/// Who does what.
pub(super) fn roles() -> Markup {
    let roles = [
        (
            "Players",
            "sit at a seat, hear what reaches it, talk, and decide. They answer from what their organisation would do.",
        ),
        ("Observers", "watch. They help a seat with knowledge if asked, and decide nothing."),
        (
            "Facilitators",
            "lead the talk, read aloud, run the program and keep the time. They may be blind to what is true.",
        ),
        (
            "Evaluators",
            "are assigned objectives. They note what they see and rate it; they judge the team, never a person.",
        ),
    ];
    html! {
        h3 { "Participant roles and responsibilities" }
        ul { @for (who, what) in roles { li { strong { (who) } " " (what) } } }
    }
}

/// What holds for everybody.
pub(super) fn guidelines() -> Markup {
    html! {
        h3 { "Exercise guidelines" }
        ul {
            li { "This is a place where nobody is blamed. Answers may be tried out and changed." }
            li { "Answer with what you know, and with the means and plans that you have today." }
            li { "A decision is the seat's, and no precedent for your organisation." }
            li { "Nobody here knows whether anything is going on, or through whom. Whoever restrains somebody who takes no part has \
                not won." }
            li { "Teams are looked at, never persons. No firm, state or people stands for a real one." }
            li { (REAL) }
        }
    }
}

/// What is not as it would be.
pub(super) fn artificialities(exercise: &Exercise) -> Markup {
    html! {
        h3 { "Assumptions and artificialities" }
        ul {
            li { "What happens is computed by a model of a hub that does not exist, from numbers that are mostly made up. It is a \
                reason to talk, and no forecast of any place." }
            @for it in &exercise.about.artificialities { li { (it) } }
        }
    }
}

/// The talk after the last decision.
pub(super) fn hot_wash() -> Markup {
    html! {
        h3 { "Hot wash and evaluation" }
        p { "After the last decision the facilitator takes each objective in turn and asks whether it was met. Say what you saw, what \
            was missing, and what you would mend. Evaluators’ notes, the feedback form and the log of decisions go into the \
            after-action report." }
    }
}
