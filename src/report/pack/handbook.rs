//! The controller and evaluator handbook. Not for players.

use maud::{Markup, html};

use super::event::{Column, Event};
use super::overview::{REAL, artificialities, guidelines, objectives, roles, table, times};
use crate::exercise::how_found;
use crate::model::Exercise;

/// Questions of the hot wash, in the order in which they are asked.
const HOT_WASH: [&str; 7] = [
    "What do you believe was going on, and how sure are you? Everybody writes it down first.",
    "Objective by objective: was it met, in part, or not? What did you see that says so?",
    "Which decision would you take again, and which not, knowing only what you knew then?",
    "What was missing, late, or sent to the wrong seat?",
    "Where did the plan help, contradict itself, or stay silent? Who waited for whom?",
    "Three things to keep, three to mend, and an owner for each.",
    "The facilitator shows what one other choice would have led to. Does it change the third answer?",
];

/// The handbook.
pub(super) fn body(exercise: &Exercise, list: &[Event]) -> Markup {
    let about = &exercise.about;
    html! {
        section { p { strong { "This handbook tells what is to come. No player may see it." } } }
        (table(exercise))
        section { h2 { "General information" } (objectives(exercise)) (roles()) (guidelines()) (artificialities(exercise)) }
        section {
            h2 { "Exercise logistics" }
            ul {
                li { "One room, one laptop, no network. A power supply, and a copy of the exercise’s folder on a stick." }
                li { "Print: manual, seat cards, decision log and feedback form for players; this handbook, the list of events, the \
                    evaluation guides and the inject cards for yourselves." }
                li { "The program writes every input to a log before it shows what follows. After a power cut: "
                    code { "airside exercise --resume LOG" } "." }
                li { "If the laptop dies, go on with the inject cards, and type in what was decided later." }
            }
        }
        (times(exercise))
        section {
            h2 { "Controller information" }
            h3 { "Structure" }
            p { "The facilitator leads. Controllers deliver injects and play those outside the room; in a small room the facilitator does \
                both. Responsible for the list of events: " (or_open(&about.responsible)) "." }
            h3 { "What is true" }
            p { (how_found(exercise)) " The program knows and does not say before the end; a facilitator may be blind to it." }
            h3 { "Instructions" }
            ul {
                li { "Begin and end every message with the exercise’s mark; the cards have it." }
                li { "Deliver what the card says and no more. If players ask, say what the sender would know." }
                li { "Contingency injects come only if the expected action has not come in time." }
                li { "Hold, release or skip an inject with " code { ":hold" } ", " code { ":release" } " and " code { ":skip" } "; each is \
                    logged." }
                li { "Stop the clock when talk is worth more than the story: " code { ":pause" } ", " code { ":resume" } "." }
                li { (REAL) }
            }
            h3 { "Communications and phone list" }
            div.table { table {
                thead { tr { th { "who" } th { "phone" } th { "radio or mail" } } }
                tbody {
                    @for who in phonebook(exercise) { tr { td { (who) } td { span.fill {} } td {} } }
                }
            } }
            p { "Point of contact: " (or_open(&about.contact)) }
        }
        section {
            h2 { "Evaluator information" }
            h3 { "Team and assignments" }
            div.table { table {
                thead { tr { th { "objective" } th { "evaluator" } th { "where" } } }
                tbody { @for objective in &exercise.objectives { tr { td { (objective.text) } td { span.fill {} } td {} } } }
            } }
            h3 { "Instructions" }
            ul {
                li { "Note what you see and hear, with the time; rate afterwards. Use the evaluation guides." }
                li { "Rate targets and tasks, never persons. What you did not see is “not observed”." }
                li { "The program computes what decisions led to, and rates nothing: that is yours." }
            }
            h3 { "Hot wash" }
            ol { @for question in HOT_WASH { li { (question) } } }
        }
        (guidance(exercise))
        section.new-page {
            h2 { "Events, short form" }
            (super::msel::short(list))
            p.minor { "Everything about each event is in the list’s long form." }
        }
    }
}

/// Guidance of the exercise's author, module by module.
fn guidance(exercise: &Exercise) -> Markup {
    html! {
        section {
            h2 { "Guidance by module" }
            @for (i, module) in exercise.modules.iter().enumerate() {
                h3 { "Module " (i + 1) ": " (module.title) }
                p { (or_open(&module.guidance)) }
                @for decision in exercise.decisions.iter().filter(|it| (module.from..module.to).contains(&it.else_asked_on)) {
                    p { strong { "Decision " (decision.id) ". " } (decision.guidance) @if let Some(hint) = &decision.hint { " If they are \
                        stuck: " (hint) } }
                }
            }
        }
    }
}

/// Seats, controllers and those whom controllers play.
fn phonebook(exercise: &Exercise) -> Vec<String> {
    let mut all = vec!["Facilitator".to_owned(), "Evaluators".to_owned()];
    all.extend(exercise.seats.iter().map(|seat| seat.title.clone()));
    for inject in &exercise.injects {
        let from = format!("{} (played by {})", inject.from, or_open(&inject.controller));
        if !all.contains(&from) {
            all.push(from);
        }
    }
    all
}

/// Whether a column of an event says anything.
pub(super) fn says(event: &Event, column: Column) -> bool {
    !event.cell(column).is_empty()
}

fn or_open(text: &str) -> &str {
    if text.is_empty() { "still open" } else { text }
}
