//! What `airside sensitivity` finds: on which inputs the answer hangs, and which fact is worth asking for.

mod analysis;
mod files;
mod pictures;
mod words;

pub(crate) use analysis::{ENDS, Runs, Sensitivity, kept};

use crate::report::{Context, Paper};

/// All of it.
pub(crate) fn paper(context: &Context<'_>, sensitivity: &Sensitivity<'_>) -> Paper {
    Paper {
        heading: "On which inputs the answer hangs",
        sentences: words::sentences(sensitivity),
        grids: words::grids(sensitivity),
        charts: pictures::charts(context, sensitivity),
        notes: words::notes(sensitivity),
        files: files::tables(sensitivity),
        summary: files::summary(context, sensitivity),
    }
}
