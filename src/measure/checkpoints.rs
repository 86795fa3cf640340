//! What the desk believed at fixed days of the operator that a campaign may use, folded by how much it believed.

use crate::model::{OperatorId, Scenario};
use crate::sim::Day;
use crate::time::SimTime;

/// Days from one checkpoint to the next.
const EVERY: u64 = 30;

/// Bands of belief of ten points each: 0 to 10 %, and so on; 100 % belongs to the last.
pub const BANDS: usize = 10;

/// Beliefs of one run at its checkpoints, by band.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Checkpoints {
    counts: [u32; BANDS],
    sums: [f64; BANDS],
}

impl Checkpoints {
    /// How many checkpoints had a belief in this band, from 0.
    pub fn count(&self, band: usize) -> u32 {
        self.counts[band]
    }

    /// The sum of their beliefs, each 0 to 1.
    pub fn sum(&self, band: usize) -> f64 {
        self.sums[band]
    }

    /// Counts and sums by band.
    pub(crate) fn from_parts(part: impl Fn(usize) -> (u32, f64)) -> Checkpoints {
        let parts: [(u32, f64); BANDS] = std::array::from_fn(part);
        Checkpoints { counts: parts.map(|(count, _)| count), sums: parts.map(|(_, sum)| sum) }
    }

    fn add(&mut self, belief: f64) {
        let band = ((belief * BANDS as f64) as usize).min(BANDS - 1);
        self.counts[band] += 1;
        self.sums[band] += belief;
    }
}

/// Whose beliefs are folded, and from when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    operator: OperatorId,
    from: SimTime,
}

impl Subject {
    /// The operator that the campaign uses in the real world, from the campaign's start, whether or not there is a
    /// campaign in the world that is played. `None` without a campaign in the document, or without a desk.
    pub(crate) fn of(scenario: &Scenario) -> Option<Subject> {
        let campaign = scenario.campaign.as_ref()?;
        scenario.desk.is_some().then_some(Subject { operator: campaign.uses, from: campaign.starts })
    }

    /// Folds the end of a day, if it is a checkpoint.
    pub(crate) fn look(&self, at: SimTime, day: &Day<'_>, into: &mut Checkpoints) {
        if at >= self.from && at.day().is_multiple_of(EVERY) {
            into.add(day.beliefs[self.operator.index()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beliefs_fall_into_bands_of_ten_points() {
        let mut folded = Checkpoints::default();
        for belief in [0.0, 0.05, 0.1, 0.95, 1.0] {
            folded.add(belief);
        }
        let counts: Vec<u32> = (0..BANDS).map(|band| folded.count(band)).collect();
        assert_eq!(counts, [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
        assert_eq!([folded.sum(0), folded.sum(1), folded.sum(9)], [0.05, 0.1, 1.95]);
    }
}
