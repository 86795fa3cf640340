//! What one sample says about its distribution.

use super::Interval;
use crate::numeric::binomial;

/// One or more finite values: moments and order statistics.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    mean: f64,
    sd: f64,
    sorted: Vec<f64>,
}

impl Summary {
    /// `None` if there are no values or one is not finite.
    pub fn of(values: &[f64]) -> Option<Summary> {
        if values.is_empty() || values.iter().any(|v| !v.is_finite()) {
            return None;
        }
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (mean, sd) = moments(values);
        Some(Summary { mean, sd, sorted })
    }

    /// How many values there are, 1 at least.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The average.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation, with divisor n-1; 0 for a single value.
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// The standard error of the mean, sd/sqrt(n); infinite for a single value, which says nothing of its spread.
    pub fn standard_error(&self) -> f64 {
        if self.n() < 2 { f64::INFINITY } else { self.sd / (self.n() as f64).sqrt() }
    }

    /// The smallest value.
    pub fn min(&self) -> f64 {
        self.sorted[0]
    }

    /// The largest value.
    pub fn max(&self) -> f64 {
        self.sorted[self.n() - 1]
    }

    /// The values in rising order.
    pub fn sorted(&self) -> &[f64] {
        &self.sorted
    }

    /// The mean's t interval; see [`Interval::of_mean`].
    pub fn mean_interval(&self, level: f64) -> Interval {
        Interval::of_mean(self.mean, self.standard_error(), self.n(), level)
    }

    /// The quantile at `p`, cut to 0..=1: linear between order statistics at (n-1)p (type 7 of Hyndman and Fan, The
    /// American Statistician 50, 1996, 361-365).
    pub fn quantile(&self, p: f64) -> f64 {
        let at = (self.n() - 1) as f64 * p.clamp(0.0, 1.0);
        // `as` sends NaN to 0, so the minimum stands for a p that is none.
        let below = at as usize;
        let (low, high) = (self.sorted[below], self.sorted[(below + 1).min(self.n() - 1)]);
        let part = at - below as f64;
        if part > 0.0 { low + part * (high - low) } else { low }
    }

    /// The interval of the distribution's quantile at `p` between two order statistics, each tail at most
    /// (1 - level)/2 (binomial; David and Nagaraja, *Order Statistics*, section 7.1). It holds with at least the level
    /// for any distribution. A bound that no value can give is infinite.
    pub fn quantile_interval(&self, p: f64, level: f64) -> Interval {
        let n = self.n() as u64;
        let p = p.clamp(0.0, 1.0);
        // NaN in either argument fails every comparison below, and both bounds stay open.
        let tail = 0.5 - 0.5 * level.clamp(0.0, 1.0);
        // The r-th value lies above the quantile with chance P(B <= r-1), below it with at most P(B >= r).
        let low_rank = count_while(n, |r| binomial::cdf(r - 1, n, p) <= tail);
        let high_rank = n + 1 - count_while(n, |i| binomial::above(n - i, n, p) <= tail);
        let low = if low_rank == 0 { f64::NEG_INFINITY } else { self.sorted[low_rank as usize - 1] };
        let high = if high_rank > n { f64::INFINITY } else { self.sorted[high_rank as usize - 1] };
        Interval { low, high, level }
    }
}

/// Mean and standard deviation in two passes. The second also sums the deviations themselves, which takes out what
/// rounding of the mean did to their squares.
pub(super) fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let (sum, squares) = values.iter().fold((0.0, 0.0), |(sum, squares), value| {
        let d = value - mean;
        (sum + d, squares + d * d)
    });
    // Equal values may leave a deviation by rounding alone.
    let variance = if values.iter().all(|v| *v == values[0]) { 0.0 } else { (squares - sum * sum / n) / (n - 1.0) };
    (mean, variance.max(0.0).sqrt())
}

/// How many of 1, 2, ..., `n` hold before the first that does not, where none holds after one that does not.
fn count_while(n: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut yes, mut no) = (0, n + 1);
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        *(if holds(middle) { &mut yes } else { &mut no }) = middle;
    }
    yes
}

/// Pearson's correlation of two lists of the same length, value by value; 0 where one of the two does not vary.
pub fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(a, b)| f(a - mx, b - my)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|a, _| a * a), sum(&|_, b| b * b), sum(&|a, b| a * b));
    if xx > 0.0 && yy > 0.0 { (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_do_not_lose_digits_far_from_zero() {
        let values: Vec<f64> = [4.0, 7.0, 13.0, 16.0].iter().map(|v| v + 1e9).collect();
        let summary = Summary::of(&values).unwrap();
        assert_eq!((summary.mean(), summary.sd()), (1e9 + 10.0, 30.0_f64.sqrt()));
        assert_eq!((summary.n(), summary.min(), summary.max()), (4, 1e9 + 4.0, 1e9 + 16.0));
        assert_eq!(summary.standard_error(), 30.0_f64.sqrt() / 2.0);
    }

    #[test]
    fn quantiles_are_type_seven() {
        // R: quantile(c(1, 3, 4, 10), c(0, .1, .25, .5, .9, 1)).
        let summary = Summary::of(&[10.0, 3.0, 1.0, 4.0]).unwrap();
        for (p, expect) in [(0.0, 1.0), (0.1, 1.6), (0.25, 2.5), (0.5, 3.5), (0.9, 8.2), (1.0, 10.0), (7.0, 10.0)] {
            assert!((summary.quantile(p) - expect).abs() < 1e-12, "{p}");
        }
        assert_eq!(summary.quantile(f64::NAN), 1.0);
    }

    /// By enumeration: the number below the quantile is binomial, so coverage is a sum of its probabilities.
    #[test]
    fn order_statistics_cover_the_quantile_and_no_narrower_pair_would() {
        for n in [5_u64, 20, 99, 100] {
            for p in [0.05, 0.5, 0.9] {
                let values: Vec<f64> = (1..=n).map(|i| i as f64).collect();
                let interval = Summary::of(&values).unwrap().quantile_interval(p, 0.95);
                // Ranks are the values themselves; an open bound is beyond them.
                let (low, high) = (interval.low.max(0.0) as u64, interval.high.min(n as f64 + 1.0) as u64);
                let tail = |from: u64, to: u64| (from..to).map(|k| binomial::pmf(k, n, p)).sum::<f64>();
                assert!(tail(0, low) <= 0.025 + 1e-12 && tail(high, n + 1) <= 0.025 + 1e-12, "{n} {p} {interval:?}");
                assert!(
                    tail(0, low + 1) > 0.025 && (high == 0 || tail(high - 1, n + 1) > 0.025),
                    "{n} {p} {interval:?}"
                );
            }
        }
    }

    #[test]
    fn a_printed_median_interval_is_met() {
        // Conover, Practical Nonparametric Statistics: n = 10, ranks 2 and 9 hold the median with 97.9%.
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let interval = Summary::of(&values).unwrap().quantile_interval(0.5, 0.95);
        assert_eq!((interval.low, interval.high), (2.0, 9.0));
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Summary::of(&[]), None);
        assert_eq!(Summary::of(&[1.0, f64::NAN]), None);
        assert_eq!(Summary::of(&[1.0, f64::INFINITY]), None);
        let one = Summary::of(&[5.0]).unwrap();
        assert_eq!((one.mean(), one.sd(), one.standard_error(), one.quantile(0.3)), (5.0, 0.0, f64::INFINITY, 5.0));
        assert_eq!(one.mean_interval(0.95), Interval::unbounded(0.95));
        assert_eq!(one.quantile_interval(0.5, 0.95), Interval::unbounded(0.95));
        assert_eq!(one.quantile_interval(f64::NAN, 0.95).half_width(), f64::INFINITY);
        let equal = Summary::of(&[0.1; 7]).unwrap();
        assert_eq!((equal.sd(), equal.mean_interval(0.95).half_width()), (0.0, 0.0));
    }

    #[test]
    fn a_line_is_told_from_noise() {
        let x: Vec<f64> = (0..40).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| 3.0 - 0.5 * x).collect();
        assert!((correlation(&x, &y) + 1.0).abs() < 1e-12);
        assert_eq!(correlation(&x, &[2.0; 40]), 0.0);
    }
}
