//! When the story starts, how long it lasts, and what is left out of the statistics.

use crate::model::Date;
use crate::time::{SimDuration, SimTime};

/// The scenario's calendar.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Calendar {
    /// Date of day 0, which starts at 00:00 local time.
    pub starts: Date,
    /// Length of the story.
    pub horizon: SimDuration,
    /// Goods that arrive earlier than this count in no flow statistic: the building starts empty.
    pub warm_up: SimDuration,
}

impl Calendar {
    /// The date of an instant.
    pub fn date(&self, at: SimTime) -> Date {
        // Horizons end long before a day count leaves 31 bits.
        self.starts.plus(at.day().min(3_000_000) as i32)
    }
}
