//! The first page of a pack: what is in it, for whom, and how much of it to print.

use maud::html;

use super::paper::{self, Edition};
use crate::model::Exercise;

/// What a file is for.
pub(super) struct Entry {
    /// Its name in the folder.
    pub(super) file: &'static str,
    pub(super) what: &'static str,
    /// How many copies of it a room needs.
    pub(super) copies: &'static str,
}

/// What players may have.
pub(super) const PLAYERS: [Entry; 4] = [
    Entry { file: "players/situation-manual.html", what: "situation manual", copies: "one each, some days before" },
    Entry { file: "players/seat-cards.html", what: "seat cards", copies: "one page for each seat, at the welcome" },
    Entry { file: "players/decision-log.html", what: "decision log", copies: "one for each seat" },
    Entry { file: "players/feedback-form.html", what: "participant feedback form", copies: "one each, at the end" },
];

/// What they may not.
pub(super) const CONTROLLERS: [Entry; 7] = [
    Entry {
        file: "controllers/handbook.html",
        what: "controller and evaluator handbook",
        copies: "one for each controller and evaluator",
    },
    Entry {
        file: "controllers/msel.html",
        what: "master scenario events list, short and long form",
        copies: "one for each controller",
    },
    Entry {
        file: "controllers/msel.xlsx",
        what: "the list for a spreadsheet, both forms",
        copies: "to be edited and compared",
    },
    Entry { file: "controllers/msel-long.csv", what: "the long form as CSV", copies: "to be edited and compared" },
    Entry { file: "controllers/msel-short.csv", what: "the short form as CSV", copies: "to be edited and compared" },
    Entry {
        file: "controllers/evaluation-guides.html",
        what: "exercise evaluation guides",
        copies: "one page for each evaluator",
    },
    Entry { file: "controllers/inject-cards.html", what: "inject cards, in their order", copies: "one set, sealed" },
];

/// The page.
pub(super) fn page(exercise: &Exercise, origin: &str) -> Vec<u8> {
    let list = |entries: &[Entry]| {
        html! { div.table { table {
            thead { tr { th { "document" } th { "what it is" } th { "print" } } }
            tbody { @for it in entries { tr { td { a href=(it.file) { (it.file) } } td { (it.what) } td { (it.copies) } } } }
        } } }
    };
    let body = html! {
        section {
            h2 { "For players" }
            p { "Nothing in this folder tells what is to come. It may be given away as it is." }
            (list(&PLAYERS))
            h2 { "For controllers and evaluators" }
            p { strong { "Not for players. " } "Every file in this folder tells what is to come." }
            (list(&CONTROLLERS))
            h2 { "How the list of events is changed" }
            p { "Edit msel.xlsx or a CSV in any spreadsheet program, save it under any name, and let "
                code { "airside pack EXERCISE --compare FILE" } " say what is another now and where the document has to be \
                changed. The list is made from the document; the columns Status and Notes are yours." }
        }
    };
    let of = (exercise.title.as_str(), exercise.handling, origin);
    paper::page(of, "Document pack", Edition::Controllers, "", &body)
}
