//! The situation manual. Everybody may read the players' edition.

use maud::{Markup, html};

use super::Edition;
use super::overview::{artificialities, guidelines, hot_wash, objectives, roles, table, times};
use crate::exercise::Words;
use crate::model::Exercise;

/// The manual. What is read aloud when a module begins is in the controllers' edition alone.
pub(super) fn body(exercise: &Exercise, edition: Edition) -> Markup {
    html! {
        section { p { @match edition {
            Edition::Players => "All participants may read this manual. Larger print: raise the size in the print dialogue; a screen \
                reader reads it as it is.",
            Edition::Controllers => "This edition holds what is read aloud when each module begins. The players’ edition does not.",
        } } }
        (times(exercise))
        (table(exercise))
        section {
            h2 { "General information" }
            (objectives(exercise))
            (roles())
            (structure(exercise))
            (guidelines())
            (artificialities(exercise))
            (hot_wash())
        }
        @for i in 0..exercise.modules.len() { (module(exercise, i, edition)) }
        (appendices(exercise))
    }
}

fn structure(exercise: &Exercise) -> Markup {
    html! {
        h3 { "Exercise structure" }
        p { "A discussion-based exercise in " (exercise.modules.len()) " modules. The story is computed: in each module messages reach \
            the seats, and decisions are asked of them. What the table decides changes what happens next. Between the stops the story \
            goes on by days or weeks." }
    }
}

fn module(exercise: &Exercise, i: usize, edition: Edition) -> Markup {
    let module = &exercise.modules[i];
    let date = |at| Words(&exercise.scenario).date(at).to_string();
    html! {
        section.one-page {
            h2 { "Module " (i + 1) ": " (module.title) }
            p { (format!("{:.0}", module.takes.minutes())) " minutes of the room, for the time from " (date(module.from)) " to "
                (date(module.to)) "." }
            h3 { "Scenario" }
            @match edition {
                Edition::Players => p { "Is read aloud when the module begins. Your notes:" span.fill {} span.fill {} span.fill {} },
                Edition::Controllers => p.read { (module.read_aloud.written()) },
            }
            @if !module.questions.is_empty() {
                h3 { "Questions for all seats" }
                ol { @for question in &module.questions { li { (question) } } }
                h3 { "Key issues: your seat’s answers" }
                span.fill {} span.fill {} span.fill {}
            }
        }
    }
}

fn appendices(exercise: &Exercise) -> Markup {
    let about = &exercise.about;
    html! {
        section.new-page {
            h2 { "Appendix A: participants" }
            div.table { table {
                thead { tr { th { "seat" } th { "organization" } th { "name" } } }
                tbody { @for seat in &exercise.seats { tr { td { (seat.title) } td { (seat.organisation) } td { span.fill {} } } } }
            } }
            p.minor { "A seat is not a person: two may share it, and substitutes are noted." }
            h2 { "Appendix B: plans and policies" }
            @if about.plans.is_empty() { p { "None is named." } }
            ul { @for plan in &about.plans { li { (plan) } } }
            h2 { "Appendix C: acronyms" }
            ul {
                li { "AAR/IP: after-action report and improvement plan" }
                li { "EEG: exercise evaluation guide" }
                li { "MSEL: master scenario events list" }
                li { "SimCell: those who play the outside world" }
                li { "TLP: Traffic Light Protocol, which says how a document may be passed on" }
            }
        }
    }
}
