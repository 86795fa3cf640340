//! Finding labels a place in a plot where they cover nothing.

use crate::chart::area::{Area, crosses};

/// A line that no label may cross.
pub(crate) type Stroke = ((f64, f64), (f64, f64));

/// What takes room in the plot.
pub(crate) struct Room {
    pub(crate) plot: Area,
    pub(crate) strokes: Vec<Stroke>,
    pub(crate) taken: Vec<Area>,
}

impl Room {
    /// The first of some areas that is free; it is taken then.
    pub(crate) fn first(&mut self, areas: impl IntoIterator<Item = Area>) -> Option<Area> {
        let free = |area: &Area| {
            let wide = area.grown(3.0);
            self.plot.contains(&wide)
                && !self.taken.iter().any(|other| other.overlaps(&wide))
                && !self.strokes.iter().any(|(a, b)| crosses(&wide, *a, *b))
        };
        let found = areas.into_iter().find(free)?;
        self.taken.push(found);
        Some(found)
    }
}
