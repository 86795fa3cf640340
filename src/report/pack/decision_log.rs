//! The decision log: an empty form. How many decisions there will be, and which, it does not tell.

use maud::html;

use super::paper::{self, Edition, emergency, form, lines};
use super::public::Public;

/// Decisions that a form has room for, whatever the exercise asks.
const ROOM: usize = 12;

/// The columns, and how wide each is \[%\].
const COLUMNS: [(&str, u32); 8] = [
    ("no.", 5),
    ("time", 8),
    ("day of the story", 8),
    ("who decided", 12),
    ("what was decided", 21),
    ("how sure [%]", 7),
    ("why, and what was known", 25),
    ("who was told", 14),
];

/// The page.
pub(super) fn page(of: &Public<'_>, origin: &str) -> Vec<u8> {
    let body = html! {
        section {
            p { "One line for each decision, written as it is made. What you knew then is worth more afterwards than what \
                came of it." }
            p { "Seat, and who sits there: " } (lines(1))
            (form(&COLUMNS, ROOM))
        }
        section {
            h3 { "Things to come back to" }
            (lines(4))
            (emergency())
        }
    };
    paper::page((of.title, of.handling, origin), "Decision log", Edition::Everybody, "", &body)
}
