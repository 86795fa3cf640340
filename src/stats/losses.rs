//! Losses by year: the sum of a year, and its worst single loss.

use super::exceedance::{tail_value_at_risk, value_at_risk};
use super::{Interval, Summary};

/// Simulated years of losses, seen both ways. A year without loss counts with 0.
#[derive(Clone, Debug, PartialEq)]
pub struct YearlyLosses {
    sums: Summary,
    worst: Summary,
}

/// What a return period says of one measure of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnLevel {
    /// The loss that is exceeded once in the period on average: VaR at 1 - 1/period.
    pub loss: f64,
    /// Its interval between order statistics, which holds with at least the level; a bound may be infinite.
    pub interval: Interval,
    /// The mean of the years that are as rare: TVaR at 1 - 1/period.
    pub beyond: f64,
}

impl YearlyLosses {
    /// The losses of each year, in any order within it. `None` if there is no year, or a loss is negative or not finite.
    pub fn of<'a>(years: impl IntoIterator<Item = &'a [f64]>) -> Option<YearlyLosses> {
        let (mut sums, mut worst) = (Vec::new(), Vec::new());
        for year in years {
            if year.iter().any(|loss| !loss.is_finite() || *loss < 0.0) {
                return None;
            }
            sums.push(year.iter().sum());
            worst.push(year.iter().fold(0.0, |most: f64, loss| most.max(*loss)));
        }
        Some(YearlyLosses { sums: Summary::of(&sums)?, worst: Summary::of(&worst)? })
    }

    /// The years' sums: their exceedance is AEP, the aggregate exceedance probability. VaR, TVaR and the curve with its band
    /// come from [`value_at_risk`](super::value_at_risk), [`tail_value_at_risk`](super::tail_value_at_risk) and
    /// [`Exceedance`](super::Exceedance).
    pub fn sums(&self) -> &Summary {
        &self.sums
    }

    /// The years' worst single losses: their exceedance is OEP, the occurrence exceedance probability.
    pub fn worst(&self) -> &Summary {
        &self.worst
    }

    /// The share of years whose sum exceeds `x`, with its interval.
    pub fn aggregate_exceedance(&self, x: f64, level: f64) -> (f64, Interval) {
        above(&self.sums, x, level)
    }

    /// The share of years in which a single loss exceeds `x`, with its interval.
    pub fn occurrence_exceedance(&self, x: f64, level: f64) -> (f64, Interval) {
        above(&self.worst, x, level)
    }
}

/// What is exceeded once in `period` years on average, in a sample of years such as [`YearlyLosses::sums`]. `None` for a
/// period that is not above 1.
pub fn return_level(years: &Summary, period: f64, level: f64) -> Option<ReturnLevel> {
    if period.is_nan() || period <= 1.0 {
        return None;
    }
    let p = 1.0 - 1.0 / period;
    let interval = years.quantile_interval(p, level);
    Some(ReturnLevel { loss: value_at_risk(years, p), interval, beyond: tail_value_at_risk(years, p) })
}

fn above(sample: &Summary, x: f64, level: f64) -> (f64, Interval) {
    let count = sample.n() - sample.sorted().partition_point(|value| *value <= x);
    (count as f64 / sample.n() as f64, Interval::of_share(count as u64, sample.n() as u64, level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_worst_losses_are_told_apart() {
        let years: [&[f64]; 5] = [&[3.0, 3.0], &[], &[5.0], &[1.0, 1.0, 1.0], &[0.5]];
        let losses = YearlyLosses::of(years).unwrap();
        assert_eq!(losses.sums().sorted(), [0.0, 0.5, 3.0, 5.0, 6.0]);
        assert_eq!(losses.worst().sorted(), [0.0, 0.5, 1.0, 3.0, 5.0]);
        assert_eq!((losses.aggregate_exceedance(2.0, 0.95).0, losses.occurrence_exceedance(2.0, 0.95).0), (0.6, 0.4));
        assert!(losses.aggregate_exceedance(9.0, 0.95).1.high > 0.4, "five years say little of rare ones");
        let level = return_level(losses.sums(), 5.0, 0.95).unwrap();
        assert_eq!((level.loss, level.beyond, level.interval.high), (5.0, 6.0, f64::INFINITY));
    }

    #[test]
    fn edges_are_as_documented() {
        let none: [&[f64]; 0] = [];
        assert_eq!(YearlyLosses::of(none), None);
        assert_eq!(YearlyLosses::of([[-1.0].as_slice()]), None);
        assert_eq!(YearlyLosses::of([[f64::NAN].as_slice()]), None);
        let quiet = YearlyLosses::of([[].as_slice(), &[]]).unwrap();
        assert_eq!((quiet.sums().max(), quiet.worst().max()), (0.0, 0.0));
        assert_eq!(return_level(quiet.sums(), 1.0, 0.95), None);
        assert_eq!(return_level(quiet.sums(), f64::NAN, 0.95), None);
    }
}
