//! What could be done, and what safeguards and steps stand for in published standards, as tables of a page.

use maud::{Markup, html};

use crate::chart::number::euro;
use crate::model::{AimedAt, Safeguard, Scenario, StandardId};

/// The section, if the scenario has safeguards or ids.
pub(crate) fn section(scenario: &Scenario) -> Markup {
    let steps = scenario.campaign.iter().flat_map(|campaign| &campaign.steps);
    let steps: Vec<_> = steps.filter(|step| !step.ids.is_empty()).collect();
    html! {
        @if !scenario.safeguards.is_empty() {
            section {
                h2 { "What could be done" }
                div.table { table {
                    thead { tr {
                        th { "safeguard" } th { "what it does" } th { "aimed at" } th { "paid by" } th { "once" } th { "a year" }
                        th { "ready after" } th { "rests on" } th { "grade" } th { "standards" }
                    } }
                    tbody { @for s in &scenario.safeguards { (row(scenario, s)) } }
                } }
                p {
                    "A grade says how well the numbers of a safeguard are known. That an id fits a safeguard is a judgement. "
                    @if let Some(standards) = &scenario.standards { "Versions, as the document states them: " (standards) "." }
                }
            }
        }
        @if !steps.is_empty() {
            section {
                h2 { "What the steps stand for" }
                div.table { table {
                    thead { tr { th { "step" } th { "class" } th { "standards" } } }
                    tbody { @for step in steps { tr {
                        td { (step.id) } td { (step.class.name()) } td { (ids(&step.ids)) }
                    } } }
                } }
            }
        }
    }
}

fn row(scenario: &Scenario, s: &Safeguard) -> Markup {
    let does: Vec<String> = s.does.iter().map(|effect| effect.in_words(scenario)).collect();
    let aimed_at = match s.aimed_at {
        AimedAt::Everyone => "everyone",
        AimedAt::Nobody => "nobody",
        AimedAt::Operator(id) => &scenario.operators[id.index()].id,
    };
    html! {
        tr {
            td { (s.id) @if let Some(title) = &s.title { br; (title) } }
            td { (does.join("; ")) }
            td { (aimed_at) }
            td { (s.paid_by.name().to_lowercase()) }
            td { (euro(s.once.as_euro())) }
            td { (euro(s.yearly.as_euro())) }
            td { (s.ready_after.days()) " days" }
            td { (s.legal.in_words()) }
            td { (s.grade.name()) @if let Some(source) = &s.source { ": " (source) } }
            td { (ids(&s.ids)) }
        }
    }
}

fn ids(ids: &[StandardId]) -> String {
    let texts: Vec<&str> = ids.iter().map(StandardId::text).collect();
    if texts.is_empty() { "–".to_owned() } else { texts.join(", ") }
}
