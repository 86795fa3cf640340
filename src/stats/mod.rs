//! Statistics of finished runs: summaries, intervals, clusters, mixed shares, paired comparisons, tails, forecasts, times to an event, rare events, value of options.
//!
//! Sums run in the order given, so that one order of replications gives one result to the bit. Values are finite:
//! what could hold none, or one that is not finite, is refused with `None` rather than answered with NaN.

mod cluster;
mod exceedance;
mod interval;
mod mixed;
mod paired;
pub mod pinball;
mod skewed;
pub mod splitting;
mod summary;
mod survival;
pub mod value;

pub use cluster::{Clusters, VarianceSplit};
pub use exceedance::{Exceedance, ExceedancePoint, tail_value_at_risk, value_at_risk};
pub use interval::{Interval, bonferroni};
pub use mixed::MixedShare;
pub use paired::{NEGLIGIBLE, NEGLIGIBLE_IN_WORDS, Paired, Verdict, difference};
pub use skewed::Skewed;
pub use summary::Summary;
pub use survival::{FollowUp, Survival, SurvivalStep};
