//! What `airside robust` finds: how each option stands where nobody says which of the stated assumptions holds.

mod analysis;
mod discovery;
mod files;
mod pictures;
mod words;

pub(crate) use analysis::Robust;

use crate::report::{Context, Paper};

/// All of it.
pub(crate) fn paper(context: &Context<'_>, robust: &Robust<'_>) -> Paper {
    Paper {
        heading: "Which option stands, whatever holds",
        sentences: words::sentences(robust),
        grids: words::grids(robust),
        charts: pictures::charts(context, robust),
        notes: words::notes(robust),
        files: files::tables(robust),
        summary: files::summary(context, robust),
    }
}
