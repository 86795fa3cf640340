//! What the documents of a pack have in common: the page around them, tables, and lines to write on.

use maud::{Markup, html};

use super::public::Public;
use crate::model::Handling;
use crate::report::handout::Handout;
use crate::time::SimDuration;

/// What ends an exercise at once. It stands on every card.
pub(super) const REAL: &str = "This is a real-world emergency";

/// What is done then.
pub(super) const STOP: &str = "Whoever says this stops the exercise at once. Everybody does what a real emergency asks for; \
    nobody goes on until the facilitator says so.";

/// Who may read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    Everybody,
    Controllers,
    /// Controllers, until they hand a page over.
    Sealed,
}

/// A document around a body.
pub(super) fn page(of: (&str, Handling, &str), document: &str, edition: Edition, lead: &str, body: &Markup) -> Vec<u8> {
    let (title, handling, origin) = of;
    let edition = match edition {
        Edition::Everybody => "",
        Edition::Controllers => "NOT FOR PLAYERS",
        Edition::Sealed => "SEALED UNTIL IT COMES",
    };
    Handout { title, document, edition, handling, lead, origin }.page(body).into_bytes()
}

/// The eleven rows of an overview.
pub(crate) fn overview(of: &Public<'_>) -> Markup {
    let about = of.about;
    let mut capabilities: Vec<&str> = of.objectives.iter().map(|(_, capability)| *capability).collect();
    capabilities.dedup();
    let objectives: Vec<&str> = of.objectives.iter().map(|(text, _)| *text).collect();
    let rows = [
        ("Exercise Name", of.title.to_owned()),
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

/// Start, end and activity of each part.
pub(super) fn agenda(of: &Public<'_>) -> Markup {
    html! {
        section {
            h2 { "Exercise agenda" }
            div.table { table {
                thead { tr { th { "start" } th { "end" } th { "activity" } } }
                tbody { @for slot in &of.agenda { tr {
                    td { (of.time(slot.from)) } td { (of.time(slot.to)) } td { (slot.what) }
                } } }
            } }
            p.minor { "T is the time since the exercise began." }
        }
    }
}

/// Table 1.
pub(super) fn objectives(of: &Public<'_>) -> Markup {
    html! {
        h3 { "Objectives and core capabilities" }
        div.table { table {
            thead { tr { th { "exercise objective" } th { "core capability" } } }
            tbody { @for (text, capability) in &of.objectives { tr { td { (text) } td { (capability) } } } }
        } }
    }
}

/// Assumptions, and what is not as it would be.
pub(super) fn artificialities(of: &Public<'_>) -> Markup {
    html! {
        h3 { "Assumptions and artificialities" }
        ul {
            li { "The hub, its operators and everybody who works there are made up. What reaches the seats is read from a \
                simulation: late, incomplete, and sometimes false." }
            li { "Nobody at the table knows whether anything is going on, or through whom. The story does not change \
                which of these is true because of anything that is said." }
            li { "What the simulation says holds in its model and is no forecast of any real place." }
            @for text in &of.about.artificialities { li { (text) } }
        }
    }
}

/// Lines to write on.
pub(super) fn lines(count: usize) -> Markup {
    html! { @for _ in 0..count { span.fill { } } }
}

/// A table with so many empty rows. Beside each name stands how wide its column is \[% of the page\].
pub(super) fn form(names: &[(&str, u32)], rows: usize) -> Markup {
    html! {
        div.table { table.form {
            thead { tr { @for (name, width) in names { th style={ "width:" (width) "%" } { (name) } } } }
            tbody { @for _ in 0..rows { tr { @for _ in names { td { } } } } }
        } }
    }
}

/// The line that stops everything.
pub(super) fn emergency() -> Markup {
    html! { p.emergency { strong { "“" (REAL) ".”" } " " (STOP) } }
}

/// `20 minutes`.
pub(super) fn minutes(length: SimDuration) -> String {
    let minutes = length.minutes();
    if minutes == 1.0 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}
