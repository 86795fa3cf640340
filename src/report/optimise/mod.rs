//! What `airside optimise` finds: a set of safeguards, why it and no other, and how it does on fresh luck.

mod analysis;
mod beside;
mod files;
mod pictures;
mod words;

pub(crate) use analysis::{Holdout, OfMove, Optimised, Race, Trial, goal, of_move};

use crate::report::{Context, Paper};

/// All of it.
pub(crate) fn paper(context: &Context<'_>, optimised: &Optimised<'_>) -> Paper {
    Paper {
        heading: "Which safeguards to choose",
        sentences: words::sentences(optimised),
        grids: words::grids(optimised),
        charts: pictures::charts(context, optimised),
        notes: words::notes(optimised),
        files: files::tables(optimised),
        summary: files::summary(context, optimised),
    }
}
