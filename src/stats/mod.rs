//! Statistics of finished runs: summaries, intervals, clusters, mixed shares, paired comparisons, tails, losses by year, forecasts, times to an event, rare events, designs, sensitivity, selection among options, value of options.
//!
//! Sums run in the order given, so that one order of replications gives one result to the bit. Values are finite:
//! what could hold none, or one that is not finite, is refused with `None` rather than answered with NaN.

mod bootstrap;
mod cluster;
pub mod design;
mod exceedance;
pub mod heavy_tail;
mod interval;
mod losses;
mod mixed;
mod paired;
pub mod pinball;
mod running;
pub mod selection;
pub mod sensitivity;
mod skewed;
pub mod splitting;
mod stratified;
mod summary;
mod survival;
pub mod value;

pub use bootstrap::bootstrap;
pub use cluster::{Clusters, VarianceSplit};
pub use exceedance::{Exceedance, ExceedancePoint, tail_value_at_risk, value_at_risk};
pub(crate) use interval::t_quantile;
pub use interval::{Interval, bonferroni};
pub use losses::{ReturnLevel, YearlyLosses, return_level};
pub use mixed::MixedShare;
pub use paired::{NEGLIGIBLE, NEGLIGIBLE_IN_WORDS, Paired, Verdict, difference};
pub use running::Running;
pub use skewed::Skewed;
pub use stratified::stratified;
pub use summary::Summary;
pub use summary::correlation;
pub use survival::{FollowUp, Survival, SurvivalStep};
