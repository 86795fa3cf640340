//! A debrief as two pages for the room.

use maud::{Markup, html};

use super::words;
use crate::exercise::{About, Debrief, KEY_MEASURES, Looked, Made, how_found};
use crate::model::DecisionId;
use crate::report::handout::Handout;
use crate::report::played::{Played, prices, signed};
use crate::report::tables;

/// The page. `made` are the session's decisions.
pub(crate) fn html(of: Played<'_>, debrief: &Debrief, made: &[(DecisionId, Made)]) -> String {
    let exercise = &of.setup.exercise;
    let lead = words::lead(of.setup, debrief);
    let body = html! {
        div.tight {
            (timeline(of, made))
            (effects(of, debrief))
            (luck(of, debrief))
            (worlds(of, debrief))
            (calibration(of, debrief))
            p.minor { "Decisions are judged by what their seat could know; teams are judged, never persons. By what was known: \
                fresh stories of the three worlds that went through the same decisions and came to a belief within 10 points of \
                the room's, each choice played out by the plan. Under the same luck: the story itself, the room's later \
                decisions kept where they can be. In brackets: 95% intervals. " (prices(of.setup)) }
        }
        (choices(of, debrief))
    };
    let handout = Handout {
        title: &exercise.title,
        document: "Debrief: what was decided, what it had to be expected to do, and what it did",
        edition: "",
        handling: exercise.handling,
        lead: &lead,
        origin: &of.origin(),
    };
    handout.page(&body)
}

fn timeline(of: Played<'_>, made: &[(DecisionId, Made)]) -> Markup {
    let exercise = &of.setup.exercise;
    html! {
        section {
            h2 { "What was decided" }
            div.table { table {
                thead { tr { th { "day" } th { "room" } th { "decision" } th { "choice" } th { "the plan" } th { "suspicion" }
                    th { "sure" } th { "why" } } }
                tbody { @for (id, made) in made {
                    @let decision = &exercise.decisions[id.index()];
                    tr {
                        td { (made.at.day()) }
                        td { (format!("{:.0} min", made.clock.minutes())) }
                        td { (decision.id) @if made.overridden { " (the facilitator's)" } }
                        td { (decision.choices[made.choice].id) }
                        td { @match decision.expected {
                            Some(plan) if plan == made.choice => "the same",
                            Some(plan) => (decision.choices[plan].id),
                            None => "-",
                        } }
                        td { @match made.suspect {
                            Some(suspect) => { (of.setup.words().operator(suspect)) " " (crate::exercise::percent(made.belief)) }
                            None => "nobody",
                        } }
                        td { @if let Some(sure) = made.sure { (sure) "%" } }
                        td { (made.why.as_deref().unwrap_or("")) }
                    }
                } }
            } }
        }
    }
}

fn effects(of: Played<'_>, debrief: &Debrief) -> Markup {
    html! {
        section {
            h2 { "What each decision did" }
            div.table { table {
                thead { tr { th { "decision" } th { "by what was known" } th { "under the same luck" } } }
                tbody { @for looked in &debrief.decisions { tr {
                    td { (chosen(of, looked)) }
                    td { (words::quality(of.setup, &looked.expected)) }
                    td { (words::realised(of.setup, looked)) " " (words::tails(of.setup, looked).unwrap_or_default()) }
                } } }
            } }
        }
    }
}

/// Every choice with its figures: for those who ask.
fn choices(of: Played<'_>, debrief: &Debrief) -> Markup {
    html! {
        section.screen {
            h2 { "Choice by choice" }
            @for looked in &debrief.decisions {
                @let expected = &looked.expected;
                @let decision = &of.setup.exercise.decisions[expected.decision.index()];
                details { summary { (chosen(of, looked)) }
                    div.table { table {
                        thead { tr { th { "choice" } th { "expected over the one made" } th { "realised over the one made" } } }
                        tbody { @for (i, choice) in decision.choices.iter().enumerate() { tr {
                            td { (choice.id) @if i == expected.chosen { " (made)" } }
                            td { @if i == expected.chosen { "0" } @else { (words::more(&expected.choices[i])) } }
                            td { (signed(looked.realised(of.setup, i))) }
                        } } }
                    } }
                    p.minor { "Worlds by what was believed, and like futures found in each: " (words::weights(expected)) "." }
                }
            }
        }
    }
}

/// `first-note: note, day 49`.
fn chosen(of: Played<'_>, looked: &Looked) -> String {
    let decision = &of.setup.exercise.decisions[looked.expected.decision.index()];
    format!("{}: {}, day {}", decision.id, decision.choices[looked.expected.chosen].id, looked.expected.at.day())
}

fn luck(of: Played<'_>, debrief: &Debrief) -> Markup {
    html! {
        section {
            h2 { "Luck, and how hard the story was" }
            @for sentence in words::luck(of.setup, debrief) { p { (sentence) } }
        }
    }
}

fn worlds(of: Played<'_>, debrief: &Debrief) -> Markup {
    let scenario = &of.setup.exercise.scenario;
    html! {
        section {
            h2 { "The same decisions in the other worlds" }
            p { (how_found(&of.setup.exercise)) " Played under the same luck; what the room did at one date is done at that \
                date in each." }
            div.table { table {
                thead { tr { th { "" } @for (world, _) in &debrief.worlds {
                    th { (world.name()) @if *world == debrief.world { " (played)" } }
                } } }
                tbody { @for measure in KEY_MEASURES.into_iter().filter(|m| tables::applies(scenario, *m)) { tr {
                    td { (measure.label()) }
                    @for (_, outcome) in &debrief.worlds { td { (tables::value(outcome, measure)) } }
                } } }
            } }
        }
    }
}

fn calibration(of: Played<'_>, debrief: &Debrief) -> Markup {
    let asked: Vec<_> = debrief.predictions.iter().filter(|it| it.about == About::Foretold).collect();
    html! {
        section {
            h2 { "What was foretold" }
            p { (words::calibration(debrief)) }
            @if !asked.is_empty() {
                div.table { table {
                    thead { tr { th { "with" } th { "what" } th { "said" } th { "was it so" } } }
                    tbody { @for prediction in asked { tr {
                        td { (of.setup.exercise.decisions[prediction.decision.index()].id) }
                        @for cell in words::foretold(of.setup, prediction) { td { (cell) } }
                    } } }
                } }
            }
        }
    }
}
