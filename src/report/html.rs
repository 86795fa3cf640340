//! Pages that stand on their own: style, font and pictures are in the file; nothing is fetched.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::chart::{Chart, font_face_css};
use crate::model::Grade;
use crate::report::{CAVEAT, Context};

/// A page around a body.
pub(crate) fn page(context: &Context<'_>, heading: &str, lead: &str, body: &Markup) -> String {
    let scenario = context.scenario;
    let conditions = html! {
        (context.setting) " · seed " (context.seed) " · "
        (context.runs_in_words()) " · scenario " (context.digest)
        " · airside " (env!("CARGO_PKG_VERSION")) " · " (CAVEAT)
    };
    let mut lines = vec![conditions];
    if context.runs() > 1 {
        lines.push(html! { (context.fidelity_in_words()) });
    }
    let body = html! {
        (body) (super::drawn::section(context)) (super::defences::section(scenario)) (assumptions(context)) (limits())
    };
    sheet(
        &Sheet { title: &scenario.title, heading, label: scenario.handling.label(), lead, seed: context.seed },
        &lines,
        &body,
    )
}

/// What stands around the body of any page.
pub(crate) struct Sheet<'t> {
    /// The scenario's title, or the table's name.
    pub(crate) title: &'t str,
    /// What kind of page it is.
    pub(crate) heading: &'t str,
    /// How it may be passed on.
    pub(crate) label: &'t str,
    /// The finding; empty where the body begins with it.
    pub(crate) lead: &'t str,
    pub(crate) seed: u64,
}

/// A page that knows no scenario; each of the conditions is a line of its own.
pub(crate) fn sheet(sheet: &Sheet<'_>, conditions: &[Markup], body: &Markup) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{} – {}", sheet.title, sheet.heading), ""))
            body {
                header {
                    p.marking { (sheet.label) }
                    h1 { (sheet.title) }
                    p.kind { (sheet.heading) }
                    @if !sheet.lead.is_empty() { p.lead { (sheet.lead) } }
                    @for line in conditions { p.conditions { (line) } }
                }
                main { (body) }
                footer { p.marking { (sheet.label) } p { "airside " (env!("CARGO_PKG_VERSION")) " · seed " (sheet.seed) " · " (CAVEAT) } }
            }
        }
    };
    markup.into_string()
}

/// The head of any page; `css` comes behind what all pages have.
pub(crate) fn head(title: &str, css: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="generator" content={ "airside " (env!("CARGO_PKG_VERSION")) };
            title { (title) }
            style { (PreEscaped(font_face_css())) (PreEscaped(include_str!("../../assets/report.css"))) (PreEscaped(css)) }
        }
    }
}

/// A chart with its words.
pub(crate) fn figure(chart: &Chart) -> Markup {
    html! {
        figure {
            (PreEscaped(chart.svg_inline()))
            details { summary { "This chart in words" } p { (chart.alt) } }
        }
    }
}

/// What the author was not sure of, and how well the rest is known.
fn assumptions(context: &Context<'_>) -> Markup {
    let s = context.scenario;
    html! {
        section {
            h2 { "What the numbers rest on" }
            p {
                "Every number that is not listed here is graded " strong { (s.unsourced_numbers.name()) } " by the document. "
                @if s.unsourced_numbers == Grade::Illustrative {
                    "Illustrative numbers are made up so that there is a number: conclusions that hang on them are conclusions about the document, not about the world. "
                }
                @if context.is_drawn() {
                    "Numbers with a range are drawn from it anew in each of the "
                    (super::counted(u64::from(context.drawn.draws()), "world draw", "world draws")) "; all others are as written."
                } @else {
                    "Uncertain numbers are held at the value that is written in the document; nothing here is averaged over their ranges."
                }
            }
            @if !s.assumptions.is_empty() {
                div.table { table {
                    thead { tr { th { "number" } @if context.is_drawn() { th { "as written" } } th { "range" } th { "grade" } th { "source" } } }
                    tbody { @for a in &s.assumptions { tr {
                        td { code { (a.path) } }
                        @if context.is_drawn() { td { (a.shown(a.written)) } }
                        td { (super::tables::range(a)) }
                        td { (a.grade.name()) }
                        td { (a.source) }
                    } } }
                } }
            }
        }
    }
}

fn limits() -> Markup {
    html! {
        section {
            h2 { "What is not in the model" }
            ul {
                li { "How anything is done: steps, signals and safeguards are rates, probabilities and durations." }
                li { "Single parcels: a consignment is the unit that moves, waits and is looked at." }
                li { "People as subjects of suspicion, and politics, law courts and markets beyond the stated costs." }
                li { "An adversary that thinks: it follows its script, and rests when it notices that it is looked at." }
            }
        }
    }
}
