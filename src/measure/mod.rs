//! Outcome measures, folded from what an observer is told.

mod account;
mod checkpoints;
mod outcome;
mod sojourns;
mod story;
mod tally;

pub use crate::model::{Better, Measure, Nature};
pub use crate::sim::{Bearing, ChargedFor, Consignment, Ledger, Look, Record, StationWork};
pub use account::{
    Account, Amount, Balance, DeskAccount, DeskEvent, Evidence, Explained, Explanation, Fault, Faulty, ItemChain,
    ItemEnd, Known, KnownEvent, Link, Milestone, Naming, Note, Part, Reading, SystemKnown, Term,
};
pub use checkpoints::{BANDS, Checkpoints};
pub use outcome::Outcome;
pub use sojourns::Sojourns;
pub use story::Story;
pub use tally::Tally;
