//! The mean of a few values that are never negative, may be zero, and have a long tail to the right.

use super::Interval;
use super::interval::t_quantile;
use crate::numeric::{gamma, normal};

/// Two or more independent values with one mean, none of them negative: estimates of one small probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Skewed {
    values: Vec<f64>,
    mean: f64,
    variance: f64,
}

impl Skewed {
    /// `None` for fewer than two values, or if one is negative or not finite.
    pub fn of(values: Vec<f64>) -> Option<Skewed> {
        if values.len() < 2 || values.iter().any(|v| !v.is_finite() || *v < 0.0) {
            return None;
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0) / n;
        Some(Skewed { values, mean, variance })
    }

    /// The values, in the order given.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Their mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance of that mean.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The standard error of the mean over the mean; infinite if all values are 0.
    pub fn relative_error(&self) -> f64 {
        if self.mean > 0.0 { self.variance.sqrt() / self.mean } else { f64::INFINITY }
    }

    /// How widely single values scatter: their standard deviation over their mean; infinite if all of them are 0.
    pub fn scatter(&self) -> f64 {
        self.relative_error() * (self.values.len() as f64).sqrt()
    }

    /// The mean's interval. `None` if all values are equal, zeros above all: they say nothing of their spread.
    ///
    /// It is the gamma interval of weighted sums of rare counts (M. P. Fay and E. J. Feuer, Statistics in Medicine 16,
    /// 1997, 791-801): for ones among many zeros the exact one of a Poisson count, for values that scatter little that of
    /// the normal law. Its upper bound allows for one more value that lies as far over the mean as the largest does (over
    /// zero in that paper), which keeps it up where few values make the sum. The variance, which is estimated, is
    /// widened by the square of Student's quantile over the normal one.
    ///
    /// In trials with 20 estimates by splitting it held the truth in 94 % to 97 % of cases while they scattered by up to
    /// 1.2, and in 94 % for a few large values among zeros; at 1.8, with a long tail, in 88 %. Student's interval held it
    /// in 87 % at 1.2. The tests of `splitting` repeat one of the trials.
    pub fn interval(&self, level: f64) -> Option<Interval> {
        if self.variance <= 0.0 {
            return None;
        }
        let n = self.values.len();
        let (below, above) = (0.5 - 0.5 * level, 0.5 + 0.5 * level);
        let wider = t_quantile(level, n) / normal::quantile(above);
        let variance = self.variance * wider * wider;
        let largest = self.values.iter().fold(0.0, |most: f64, v| most.max(*v));
        let more = (largest - self.mean) / n as f64;
        let bound = |mean: f64, variance: f64, p: f64| variance / mean * gamma::quantile(mean * mean / variance, p);
        Some(Interval {
            low: bound(self.mean, variance, below),
            high: bound(self.mean + more, variance + more * more, above),
            level,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::poisson;

    /// Ones among many zeros are a Poisson count: bounds leave 2.5 % on either side, but for the widened variance.
    #[test]
    fn ones_among_zeros_are_a_poisson_count() {
        let n = 4000;
        for count in [1, 3, 20] {
            let values = (0..n).map(|i| f64::from(u8::from(i < count))).collect();
            let interval = Skewed::of(values).unwrap().interval(0.95).unwrap();
            let (low, high) = (interval.low * f64::from(n), interval.high * f64::from(n));
            let below = poisson::above(count as u64 - 1, low);
            let above = poisson::cdf(count as u64, high);
            assert!((below - 0.025).abs() < 1e-3 && (above - 0.025).abs() < 1e-3, "{count}: {below}, {above}");
        }
    }

    #[test]
    fn values_that_scatter_little_have_students_interval() {
        let values: Vec<f64> = (0..400).map(|i| 1.0 + 0.01 * f64::from(i % 7)).collect();
        let skewed = Skewed::of(values).unwrap();
        let gamma = skewed.interval(0.95).unwrap();
        let student = Interval::of_mean(skewed.mean(), skewed.variance().sqrt(), 400, 0.95);
        assert!((gamma.low - student.low).abs() < 1e-4 * student.half_width() + 1e-5, "{gamma:?} {student:?}");
        // The upper bound has room for one more value, of 400.
        assert!(gamma.high > student.high && gamma.high < student.high + 0.06 / 400.0, "{gamma:?} {student:?}");
    }

    #[test]
    fn what_says_nothing_has_no_interval() {
        assert_eq!(Skewed::of(vec![1.0]), None);
        assert_eq!(Skewed::of(vec![1.0, -1.0]), None);
        assert_eq!(Skewed::of(vec![1.0, f64::NAN]), None);
        let zeros = Skewed::of(vec![0.0; 9]).unwrap();
        assert_eq!((zeros.interval(0.95), zeros.relative_error()), (None, f64::INFINITY));
        assert_eq!(Skewed::of(vec![0.25; 9]).unwrap().interval(0.95), None);
    }
}
