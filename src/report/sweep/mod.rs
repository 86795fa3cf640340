//! What `airside sweep` finds: how the answer follows one input, two, or all of them, and where it turns round.

mod analysis;
mod files;
mod pictures;
mod words;

pub(crate) use analysis::{Plane, Swept};

use crate::report::{Context, Paper};

/// All of it.
pub(crate) fn paper(context: &Context<'_>, swept: &Swept<'_>) -> Paper {
    Paper {
        heading: "How the answer follows its inputs",
        sentences: words::sentences(swept),
        grids: words::grids(swept),
        charts: pictures::charts(context, swept),
        notes: words::notes(swept),
        files: files::tables(swept),
        summary: files::summary(context, swept),
    }
}
