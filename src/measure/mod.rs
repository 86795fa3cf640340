//! Outcome measures, folded from what an observer is told.

mod definition;
mod outcome;
mod sojourns;
mod story;
mod tally;

pub use crate::sim::{Consignment, Ledger, Record, StationWork};
pub use definition::{Better, Measure, Nature};
pub use outcome::Outcome;
pub use sojourns::Sojourns;
pub use story::Story;
pub use tally::Tally;
