//! Choosing among options by simulation: which one is best, how many runs it takes to say so, and what that is worth.
//!
//! [`KimNelson`] drops options run by run and promises how often the best one is left. [`TwoStage`] promises the same from
//! a pilot and one further batch. [`ocba`] spends a budget where it tells most and promises nothing. [`PrecisionRule`] says
//! when intervals are narrow enough. [`winners_curse`] says by how much the best of many looks better than it is, and
//! [`pareto`] keeps what nothing else beats in all objectives. Among too many subsets to try, [`Search`] looks for good ones.

pub mod kim_nelson;
pub mod ocba;
pub mod pareto;
mod search;
mod stopping;
pub mod two_stage;
pub mod winners_curse;

pub use kim_nelson::{Dropped, Ended, KimNelson, KimNelsonPlan, ObservationError};
pub use search::{Search, SearchPlan, TellError};
pub use stopping::{Looks, Next, PrecisionRule, Reason, Stopped, Target, Watched};
pub use two_stage::TwoStage;
pub use winners_curse::Rerun;

/// Which end of a measure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Less is better: losses, costs.
    Smallest,
    /// More is better: net benefit.
    Largest,
}

impl Goal {
    /// `value` turned so that more is better.
    fn gain(self, value: f64) -> f64 {
        match self {
            Goal::Smallest => -value,
            Goal::Largest => value,
        }
    }

    /// The index of the best value, the first among equals; NaN is never best. `None` if there is no other.
    pub fn best(self, values: &[f64]) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (i, value) in values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            if best.is_none_or(|b| self.gain(*value) > self.gain(values[b])) {
                best = Some(i);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_is_the_first_among_equals() {
        assert_eq!(Goal::Smallest.best(&[2.0, 1.0, 1.0, f64::NAN]), Some(1));
        assert_eq!(Goal::Largest.best(&[f64::NAN, 2.0, 1.0, 2.0]), Some(1));
        assert_eq!(Goal::Largest.best(&[f64::NAN]), None);
        assert_eq!(Goal::Largest.best(&[f64::NEG_INFINITY]), Some(0));
        assert_eq!(Goal::Smallest.best(&[]), None);
    }
}
