//! Many runs: every option in every world under the same luck, on all cores, in an order that never depends on them; and rare outcomes.

mod calibration;
mod compare;
mod design;
mod doubt;
mod draw;
mod enough;
mod fidelity;
mod gauge;
mod pilot;
mod rare;
mod replicate;
mod spread;
mod standing;
mod summary;
mod table;
mod threshold;

pub use calibration::{Band, Calibration};
pub use compare::{Comparison, Difference, DoubtedDifference};
pub use design::Design;
pub use doubt::Doubt;
pub use draw::{WorldDraws, quantile};
pub use enough::{Enough, Why, Widest};
pub use fidelity::{Fidelity, needs_every_consignment};
pub use rare::{RareEstimate, RareSearch, rare};
pub use replicate::{
    KeepNothing, Keeper, Refused, Silent, Unfinished, Watcher, replicate, replicate_draws, replicate_draws_kept,
    replicate_kept,
};
pub use spread::spread;
pub use standing::{Influence, Standing, influences};
pub use summary::{Estimate, LEVEL};
pub use table::Table;
pub use threshold::{NoThreshold, Quantity, Scale, Threshold};
