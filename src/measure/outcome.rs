//! One row of results: what one replication came to.

use crate::measure::{BANDS, Checkpoints, Measure};

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

    /// Words of [`Outcome::to_words`].
    pub const WORDS: usize = Measure::COUNT + 5 + 2 * BANDS;

    /// All of it in words, bit for bit, to be kept.
    pub fn to_words(&self) -> [u64; Self::WORDS] {
        let counts = [self.censored, self.model_events, self.logged, self.sojourns, self.sojourn_sum];
        let bands =
            (0..BANDS).flat_map(|band| [u64::from(self.checkpoints.count(band)), self.checkpoints.sum(band).to_bits()]);
        let mut all = self.values.iter().map(|value| value.to_bits()).chain(counts).chain(bands);
        std::array::from_fn(|_| all.next().unwrap_or_default())
    }

    /// The same back.
    pub fn from_words(words: &[u64; Self::WORDS]) -> Outcome {
        let (values, rest) = words.split_at(Measure::COUNT);
        let (counts, bands) = rest.split_at(5);
        Outcome {
            values: std::array::from_fn(|i| f64::from_bits(values[i])),
            censored: counts[0],
            model_events: counts[1],
            logged: counts[2],
            sojourns: counts[3],
            sojourn_sum: counts[4],
            checkpoints: Checkpoints::from_parts(|band| (bands[2 * band] as u32, f64::from_bits(bands[2 * band + 1]))),
        }
    }

    /// All values in the order of [`Measure::all`].
    pub fn values(&self) -> &[f64; Measure::COUNT] {
        &self.values
    }
}

const _: () = assert!(Measure::COUNT <= 64, "censored is one 64-bit word");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_comes_back_from_its_words_bit_for_bit() {
        let outcome = Outcome {
            values: std::array::from_fn(|i| -1.0 / (i + 1) as f64),
            censored: 5,
            model_events: 6,
            logged: 7,
            sojourns: 8,
            sojourn_sum: 9,
            checkpoints: Checkpoints::from_parts(|band| (band as u32, 0.1 * band as f64)),
        };
        assert_eq!(Outcome::from_words(&outcome.to_words()), outcome);
    }
}
