//! The controller and evaluator handbook: everything that those who run the exercise need beside the list of events.

use maud::{Markup, html};

use super::event::{Msel, written};
use super::msel_page::short;
use super::paper::{self, Edition, REAL, agenda, artificialities, emergency, minutes, objectives, overview};
use super::public::Public;
use crate::exercise::Words;
use crate::model::{Decision, Exercise, Module};
use crate::report::handout::EXERCISE;

/// What the hot wash asks, objective by objective.
const HOT_WASH: [&str; 8] = [
    "What do you believe was going on, and how sure are you? Everybody writes it down first.",
    "Objective by objective: was it met, partly, or not? What did you see that says so?",
    "Which decision would you take again, and which not, knowing only what you knew then?",
    "What information was missing, late, or sent to the wrong seat?",
    "Where did the plan help, contradict itself, or stay silent?",
    "Who was waiting for whom?",
    "Three things to keep and three to mend: who sees to each, and by when?",
    "When the facilitator has shown what another choice would have led to, under the same luck: does it change your answer \
     to the third question?",
];

/// The page.
pub(super) fn page(exercise: &Exercise, public: &Public<'_>, msel: &Msel, origin: &str) -> Vec<u8> {
    let body = html! {
        section { p { strong { "Not for players. " } "It tells what is to come. Keep it out of sight, and collect every copy at the end." } }
        (overview(public))
        section.new-page {
            h2 { "General information" }
            (objectives(public))
            (artificialities(public))
        }
        (logistics(public))
        (controllers(exercise))
        (evaluators(exercise))
        section.new-page { h2 { "Extract of the list of events" }
            p.minor { "The short form. The long form, with a page for each event, is in msel.html." } (short(msel)) }
        @for (nth, module) in exercise.modules.iter().enumerate() { (part(exercise, nth, module)) }
        section.new-page { h2 { "Decisions" } @for decision in &exercise.decisions { (asked(exercise, decision)) } }
        (hot_wash(exercise))
    };
    let of = (exercise.title.as_str(), exercise.handling, origin);
    paper::page(of, "Controller and evaluator handbook", Edition::Controllers, "", &body)
}

fn logistics(public: &Public<'_>) -> Markup {
    html! {
        section.new-page {
            h2 { "Logistics" }
            (agenda(public))
            h3 { "Place, access, refreshments, who opens and who locks up" }
            (paper::lines(3))
            h3 { "To bring" }
            ul {
                li { "This handbook, an evaluation guide for each objective, and the inject cards, sealed and in their order" }
                li { "For each seat its card, a situation manual, a decision log and a feedback form" }
                li { "Power, a copy of the folder on a stick, two large sheets of paper, pens, a clock that everybody sees" }
            }
        }
    }
}

/// Everybody who brings something, once, in the order of the document.
fn brings(exercise: &Exercise) -> Vec<(&str, Vec<&str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for inject in &exercise.injects {
        let who = if inject.controller.is_empty() { "not said yet" } else { &inject.controller };
        match all.iter_mut().find(|(name, _)| *name == who) {
            Some((_, list)) => list.push(&inject.id),
            None => all.push((who, vec![&inject.id])),
        }
    }
    all
}

fn controllers(exercise: &Exercise) -> Markup {
    let about = &exercise.about;
    let named = |text: &str| if text.is_empty() { String::new() } else { text.to_owned() };
    html! {
        section.new-page {
            h2 { "Controller information" }
            h3 { "Structure" }
            div.table { table {
                thead { tr { th { "controller" } th { "brings" } } }
                tbody { @for (who, what) in brings(exercise) { tr { td { (who) } td { (what.join(", ")) } } } }
            } }
            h3 { "Instructions" }
            ol {
                li { "Bring an inject when the list or the screen says so, to the seats that it names, word for word. Begin and end \
                    with “" (EXERCISE) "”, in writing and by telephone." }
                li { "A contingency inject comes only if what was expected has not happened. If it has, leave the card sealed." }
                li { "Do not prompt. Answer questions about the rules; to questions about the story say what the sender of the \
                    message would know." }
                li { "Note the actual time and the actual response in the list of events. They are the two last columns." }
                li { "Nobody in the room has to know which world is played, and you need not either. Do not open the log of the session." }
                li { "If a seat is stuck, read it the hint. If the time runs out, leave out injects that practise no decision, and never \
                    the hot wash." }
            }
            h3 { "Communications" }
            p { "Controllers and evaluators talk apart from the players: by notes, or on a channel of their own. Try it before the \
                welcome: " (paper::lines(1)) }
            (emergency())
            p { "Then a controller says “" (REAL) "” to everybody, the facilitator stops the program with q, and the place's own \
                emergency plan holds. Nothing of the session is lost." }
            h3 { "Phone list" }
            div.table { table.form {
                thead { tr { th { "role" } th { "name" } th { "organization" } th { "phone" } th { "e-mail" } } }
                tbody {
                    tr { td { "Point of contact" } td { (named(&about.contact)) } td { } td { } td { } }
                    tr { td { "Responsible for the list of events" } td { (named(&about.responsible)) } td { } td { } td { } }
                    @for (who, _) in brings(exercise) { tr { td { "Controller" } td { (who) } td { } td { } td { } } }
                    @for objective in &exercise.objectives { tr { td { "Evaluator of " (objective.id) } td { } td { } td { } td { } } }
                    @for seat in &exercise.seats { tr { td { "Player: " (seat.title) } td { } td { (seat.organisation) } td { } td { } } }
                    tr { td { "Safety, at the place" } td { } td { } td { } td { } }
                }
            } }
        }
    }
}

fn evaluators(exercise: &Exercise) -> Markup {
    html! {
        section.new-page {
            h2 { "Evaluator information" }
            h3 { "Teams, assignments and locations" }
            div.table { table.form {
                thead { tr { th { "objective" } th { "core capability" } th { "evaluator" } th { "where" } } }
                tbody { @for objective in &exercise.objectives { tr {
                    td { (objective.id) ": " (objective.text) } td { (objective.capability) } td { } td { }
                } } }
            } }
            h3 { "Instructions" }
            ol {
                li { "Sit where you hear the seats of your objective. Take your evaluation guide and a watch." }
                li { "Write down what was said and done, when, and after which event. Judge later." }
                li { "Look for the critical tasks. A task that did not come up is not observed, and not failed." }
                li { "Rate after the hot wash: P, S, M or U, by the definitions in the guides. People rate; the program supplies \
                    evidence and no letter." }
                li { "Rate the team, never a person, and what was decided by what was known then." }
                li { "Give your guides to the facilitator before you leave." }
            }
        }
    }
}

fn part(exercise: &Exercise, nth: usize, module: &Module) -> Markup {
    let date = |at| Words(&exercise.scenario).date(at).to_string();
    html! {
        section {
            h2 { "Module " (nth + 1) ": " (module.title) }
            p.minor { (minutes(module.takes)) ", from day " (module.from.day()) " (" (date(module.from)) ") to day "
                (module.to.day()) " (" (date(module.to)) ") of the story" }
            p.read { (written(&module.read_aloud)) }
            @if !module.questions.is_empty() {
                h3 { "Questions" }
                ol { @for question in &module.questions { li { (question) } } }
            }
            @if !module.guidance.is_empty() { h3 { "Guidance" } p { (module.guidance) } }
        }
    }
}

fn asked(exercise: &Exercise, decision: &Decision) -> Markup {
    let words = Words(&exercise.scenario);
    html! {
        div.card {
            h3 { (decision.id) ": " (decision.question.as_deref().unwrap_or("What do you decide?")) }
            p { strong { (exercise.seats[decision.seat.index()].title) } ", " (minutes(decision.takes)) ", on day "
                (decision.else_asked_on.day()) " at the latest" }
            ol { @for (nth, choice) in decision.choices.iter().enumerate() { li {
                code { (choice.id) } " " (words.choice(choice))
                @if decision.expected == Some(nth) { strong { " — the choice that the plan expects" } }
            } } }
            @if let Some(hint) = &decision.hint { p { strong { "Hint: " } (hint) } }
            @if let Some(foretell) = &decision.foretell { p { strong { "To be foretold: " } "how likely is it that " (foretell.text) "?" } }
            @if !decision.guidance.is_empty() { p { strong { "Guidance: " } (decision.guidance) } }
        }
    }
}

fn hot_wash(exercise: &Exercise) -> Markup {
    html! {
        section.new-page {
            h2 { "Hot wash" }
            p { "Right after the end"
                @if exercise.agenda.hot_wash > crate::time::SimDuration::ZERO { ", " (minutes(exercise.agenda.hot_wash)) }
                ". Everybody writes down first what they believe was going on, and how sure they are. Then:" }
            ol { @for question in HOT_WASH { li { (question) } } }
            p { "Tell what was true after the first question has been taken, and not before. Note needs for training, staff and \
                equipment. Say what comes next: the report, its improvement plan, and when people hear of it." }
            @for objective in &exercise.objectives {
                h3 { (objective.id) ": " (objective.text) }
                (paper::lines(3))
            }
        }
    }
}
