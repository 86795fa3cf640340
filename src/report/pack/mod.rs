//! The documents of an exercise, for paper: what players may read, and what controllers and evaluators need.
//!
//! Nothing that is to come stands in a document for players.

mod cards;
mod compare;
mod event;
mod forms;
mod guides;
mod handbook;
mod manual;
mod msel;
pub(super) mod overview;
mod read;
mod schedule;
mod workbook;

use maud::{Markup, html};

use crate::model::Exercise;
use crate::report::CAVEAT;
use crate::report::handout::Handout;

pub(crate) use compare::{Change, compare};
pub(crate) use event::events;
pub(super) use guides::definitions;
pub(crate) use read::list_of;
pub(crate) use workbook::WorkbookError;

/// A document of the pack.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Where it stands in the pack's folder: `players/situation-manual.html`.
    pub(crate) file: &'static str,
    /// What it is, in a line.
    pub(crate) what: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// Who may read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    Players,
    Controllers,
}

/// An exercise on its way to paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheets<'e> {
    exercise: &'e Exercise,
    /// First digits of the document's hash.
    digest: &'e str,
}

impl Edition {
    const fn label(self) -> &'static str {
        match self {
            Edition::Players => "for players",
            Edition::Controllers => "NOT FOR PLAYERS",
        }
    }
}

impl Sheets<'_> {
    /// A page of the pack.
    fn page(self, document: &str, edition: Edition, body: &Markup) -> Vec<u8> {
        let origin = format!("exercise {} · airside {} · {CAVEAT}", self.digest, env!("CARGO_PKG_VERSION"));
        let handout = Handout {
            title: &self.exercise.title,
            document,
            edition: edition.label(),
            handling: self.exercise.handling,
            lead: "",
            origin: &origin,
        };
        handout.page(body).into_bytes()
    }
}

/// All documents of an exercise. The same exercise gives the same bytes.
pub(crate) fn documents(exercise: &Exercise, digest: &str) -> Result<Vec<Document>, WorkbookError> {
    use Edition::{Controllers, Players};
    let sheets = Sheets { exercise, digest };
    let list = events(exercise);
    let page =
        |file, what, name, edition, body: Markup| Document { file, what, bytes: sheets.page(name, edition, &body) };
    let mut all = vec![
        page(
            "players/situation-manual.html",
            "what everybody in the room may read before it begins",
            "Situation manual",
            Players,
            manual::body(exercise, Players),
        ),
        page("players/seat-cards.html", "a card for each seat", "Seat cards", Players, cards::seats(exercise)),
        page(
            "players/decision-log.html",
            "a sheet for what the table decides",
            "Decision log",
            Players,
            forms::decision_log(exercise),
        ),
        page(
            "players/feedback-form.html",
            "a sheet for what participants think of it",
            "Participant feedback form",
            Players,
            forms::feedback(exercise),
        ),
        page(
            "controllers/situation-manual.html",
            "the same manual with what is read aloud",
            "Situation manual",
            Controllers,
            manual::body(exercise, Controllers),
        ),
        page(
            "controllers/handbook.html",
            "how controllers and evaluators work, and whom to call",
            "Controller and evaluator handbook",
            Controllers,
            handbook::body(exercise, &list),
        ),
        page(
            "controllers/msel.html",
            "the list of events, short and long",
            "Master scenario events list (MSEL)",
            Controllers,
            msel::body(exercise, &list),
        ),
        page(
            "controllers/evaluation-guides.html",
            "a guide for each objective",
            "Exercise evaluation guides",
            Controllers,
            guides::body(exercise),
        ),
        page(
            "controllers/inject-cards.html",
            "a card for each inject, in sealed order",
            "Inject cards",
            Controllers,
            cards::injects(exercise, &list),
        ),
        Document {
            file: "controllers/msel.csv",
            what: "the list of events, for any spreadsheet",
            bytes: msel::csv(&list).into_bytes(),
        },
        Document {
            file: "controllers/msel.xlsx",
            what: "the list of events, to edit: airside pack EXERCISE --compare FILE tells what was changed",
            bytes: workbook::workbook(exercise, &list)?,
        },
    ];
    let index = page("index.html", "this page", "Document pack", Controllers, index(&all));
    all.insert(0, index);
    Ok(all)
}

/// What is there, and who gets it.
fn index(all: &[Document]) -> Markup {
    let of = |folder: &'static str| all.iter().filter(move |it| it.file.starts_with(folder));
    let list = |folder| html! { ul { @for it in of(folder) { li { a href=(it.file) { (it.file) } ": " (it.what) } } } };
    html! {
        section { h2 { "For players" } p { "Print these for everybody. Nothing that is to come stands in them." } (list("players/")) }
        section {
            h2 { "For controllers and evaluators" }
            p { "These tell what is to come. Keep them from the players, on paper and on screens." }
            (list("controllers/"))
        }
    }
}
