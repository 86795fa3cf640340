//! Many runs: every option in every world under the same luck, on all cores, in an order that never depends on them.

mod compare;
mod design;
mod replicate;
mod summary;
mod table;

pub use compare::{Comparison, Difference, MAIN_MEASURE};
pub use design::Design;
pub use replicate::{Silent, Watcher, replicate};
pub use summary::{Estimate, LEVEL};
pub use table::Table;
