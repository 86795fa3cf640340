//! The document pack of an exercise: what players get, what controllers and evaluators get, and the list of events there and back.

mod clock;
mod column;
mod compare;
mod decision_log;
mod delimited;
mod edited;
mod evaluation;
mod event;
mod feedback;
mod handbook;
mod index;
mod inject_cards;
mod manual;
mod meaning;
mod msel_page;
mod paper;
mod place;
mod public;
mod seat_cards;
mod source;
mod table;
mod unpack;
mod workbook;

pub(crate) use compare::{Compared, Difference, Kind, compare};
pub(super) use delimited::guarded;
pub(super) use evaluation::definitions;
pub(crate) use paper::overview;
pub(crate) use place::{Place, Step};
pub(crate) use public::Public;
pub(crate) use table::MOST_BYTES;
pub(crate) use workbook::NotMade;

use crate::model::Exercise;
use crate::report::CAVEAT;
use crate::report::handout::EXERCISE;
use column::Column;
use event::Msel;

/// A file of a pack.
#[derive(Debug)]
pub(crate) struct File {
    /// Its name in the folder.
    pub(crate) name: &'static str,
    pub(crate) content: Vec<u8>,
}

/// All files of a pack. `digest` tells which version of the document they were made from.
pub(crate) fn files(exercise: &Exercise, digest: &str) -> Result<Vec<File>, NotMade> {
    let origin = format!("exercise {digest} · airside {} · {CAVEAT}", env!("CARGO_PKG_VERSION"));
    let origin = origin.as_str();
    let public = Public::of(exercise);
    let msel = Msel::of(exercise);
    let marking = format!("{EXERCISE} · {} · for controllers and evaluators", exercise.handling.label());
    let csv = |columns: &[Column]| delimited::write(&msel, columns, &marking).into_bytes();
    let players = [
        manual::page(&public, origin),
        seat_cards::page(&public, origin),
        decision_log::page(&public, origin),
        feedback::page(&public, origin),
    ];
    let controllers = [
        handbook::page(exercise, &public, &msel, origin),
        msel_page::page(exercise, &msel, origin),
        workbook::write(&msel, exercise.handling)?,
        csv(&Column::ALL),
        csv(&Column::SHORT),
        evaluation::page(exercise, origin),
        inject_cards::page(exercise, &msel, origin),
    ];
    let names = index::PLAYERS.iter().chain(&index::CONTROLLERS).map(|entry| entry.file);
    let mut all: Vec<File> =
        names.zip(players.into_iter().chain(controllers)).map(|(name, content)| File { name, content }).collect();
    // The page that names the others comes last: where it is, all are.
    all.push(File { name: "index.html", content: index::page(exercise, origin) });
    Ok(all)
}
