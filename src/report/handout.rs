//! A document for the room: its marking stands in the head and the foot of every page, on screen and on paper.

use maud::{DOCTYPE, Markup, html};

use crate::model::Handling;
use crate::report::html::head;

/// What every document and message of an exercise begins and ends with.
pub(crate) const EXERCISE: &str = "EXERCISE EXERCISE EXERCISE";

/// What stands around a document's body.
pub(crate) struct Handout<'t> {
    /// The exercise's title.
    pub(crate) title: &'t str,
    /// Which document it is: `Debrief`.
    pub(crate) document: &'t str,
    /// Who may read it and what state it is in, as far as that is not everybody and final: `for controllers`, `DRAFT`.
    pub(crate) edition: &'t str,
    /// How it may be passed on.
    pub(crate) handling: Handling,
    /// The finding; empty where there is none.
    pub(crate) lead: &'t str,
    /// Where it comes from: version, seed, digests.
    pub(crate) origin: &'t str,
}

impl Handout<'_> {
    /// The page around a body.
    pub(crate) fn page(&self, body: &Markup) -> String {
        let edition = if self.edition.is_empty() { String::new() } else { format!("{} – ", self.edition) };
        let title = format!("{edition}{} – {}", self.title, self.document);
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                (head(&title, include_str!("../../assets/handout.css")))
                body {
                    table.sheet role="presentation" {
                        thead { tr { td { (self.strip(EXERCISE)) } } }
                        tfoot { tr { td { (self.strip(EXERCISE)) } } }
                        tbody { tr { td {
                            header {
                                h1 { (self.title) }
                                p.kind { (self.document) @if !self.edition.is_empty() { " · " (self.edition) } }
                                @if !self.lead.is_empty() { p.lead { (self.lead) } }
                                p.conditions { (self.origin) }
                            }
                            main { (body) }
                        } } }
                    }
                }
            }
        };
        markup.into_string()
    }

    /// What stands on every page.
    fn strip(&self, exercise: &str) -> Markup {
        html! {
            div.strip {
                span { (exercise) " · " (self.document) @if !self.edition.is_empty() { " · " strong { (self.edition) } } }
                (tlp(self.handling))
            }
        }
    }
}

/// The label of the Traffic Light Protocol, version 2.0, in its colour on black.
pub(crate) fn tlp(handling: Handling) -> Markup {
    let class = match handling {
        Handling::Clear => "tlp tlp-clear",
        Handling::Green => "tlp tlp-green",
        Handling::Amber => "tlp tlp-amber",
        Handling::AmberStrict => "tlp tlp-amberstrict",
        Handling::Red => "tlp tlp-red",
    };
    html! { span class=(class) { (handling.label()) } }
}
