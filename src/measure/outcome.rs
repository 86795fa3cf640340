//! One row of results: what one replication came to.

use crate::measure::{Checkpoints, Measure};

/// The measures of one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub(crate) values: [f64; Measure::COUNT],
    /// Bit k: measure k is a time that the horizon cut off.
    pub(crate) censored: u64,
    /// Model events: flights' arrivals and completed stages.
    pub model_events: u64,
    /// Copies of records that left a trace in the logs.
    pub logged: u64,
    /// Consignments that arrived after the warm-up and left by the horizon.
    pub sojourns: u64,
    /// Sum of their times in the hub \[ms\].
    pub sojourn_sum: u64,
    /// What the desk believed, every 30 days, of the operator that a campaign may use.
    pub checkpoints: Checkpoints,
}

impl Outcome {
    /// The value of a measure. A censored time reads as the horizon \[days\]: it is at least that.
    pub fn get(&self, measure: Measure) -> f64 {
        self.values[measure.index()]
    }

    /// Whether the horizon came before the event that the measure times.
    pub fn is_censored(&self, measure: Measure) -> bool {
        self.censored & 1 << measure.index() != 0
    }

    /// Whether there is nothing that the measure could be the mean, percentile or share of: no counted consignment left,
    /// nothing was logged, or no case was opened. Its value reads 0 then and means nothing.
    pub fn lacks(&self, measure: Measure) -> bool {
        match measure {
            Measure::MeanSojourn | Measure::P95Sojourn => self.sojourns == 0,
            Measure::LoggedCoverage => self.logged == 0,
            Measure::DetectedByTip => self.is_censored(Measure::InvestigationDay),
            _ => false,
        }
    }

    /// All values in the order of [`Measure::all`].
    pub fn values(&self) -> &[f64; Measure::COUNT] {
        &self.values
    }
}

const _: () = assert!(Measure::COUNT <= 64, "censored is one 64-bit word");
