//! Ranges that hold a true value in a stated share of repetitions.

use crate::numeric::{beta, normal, student};

/// An interval with its confidence level. A bound nothing is known about is infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound, in the unit of what is estimated.
    pub low: f64,
    /// Upper bound, in the unit of what is estimated.
    pub high: f64,
    /// The confidence level asked for, as a share: 0.95.
    pub level: f64,
}

impl Interval {
    /// The interval that excludes nothing.
    pub fn unbounded(level: f64) -> Interval {
        Interval { low: f64::NEG_INFINITY, high: f64::INFINITY, level }
    }

    /// A mean's t interval, mean +- t(n-1) standard errors. Unbounded for fewer than two values; of no width where the
    /// standard error is 0.
    ///
    /// It claims too much for heavy tails: 95% asked, 65% kept for 30 values of a lognormal law with sigma 2.
    pub fn of_mean(mean: f64, standard_error: f64, n: usize, level: f64) -> Interval {
        if n < 2 {
            return Interval::unbounded(level);
        }
        let half = if standard_error == 0.0 { 0.0 } else { t_quantile(level, n) * standard_error };
        Interval { low: mean - half, high: mean + half, level }
    }

    /// A proportion's score interval (Wilson, JASA 22, 1927, 209-212): `events` of `n` trials. 0 to 1 for no trials.
    pub fn wilson(events: u64, n: u64, level: f64) -> Interval {
        let events = events.min(n);
        if n == 0 || level >= 1.0 {
            return Interval { low: 0.0, high: 1.0, level };
        }
        score(events as f64 / n as f64, n as f64, normal::quantile(upper(level)), level)
    }

    /// A proportion's exact interval (Clopper and Pearson, Biometrika 26, 1934, 404-413), which keeps its level for
    /// every true share. 0 to 1 for no trials.
    pub fn clopper_pearson(events: u64, n: u64, level: f64) -> Interval {
        let events = events.min(n);
        let (hits, misses) = (events as f64, (n - events) as f64);
        let tail = 1.0 - upper(level);
        let low = if events == 0 { 0.0 } else { beta::quantile(hits, misses + 1.0, tail) };
        // The mirror image of the lower bound keeps its digits.
        let high = if events == n { 1.0 } else { beta::quantile(hits + 1.0, misses, 1.0 - tail) };
        Interval { low, high, level }
    }

    /// The interval to report for a proportion: Wilson's, but the exact one where no trial or every trial was an event.
    pub fn of_share(events: u64, n: u64, level: f64) -> Interval {
        if events == 0 || events >= n {
            Interval::clopper_pearson(events, n, level)
        } else {
            Interval::wilson(events, n, level)
        }
    }

    /// Whether `x` lies inside; the bounds belong to it.
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// Half the distance of the bounds; infinite if one of them is.
    pub fn half_width(&self) -> f64 {
        0.5 * (self.high - self.low)
    }
}

/// The level at which each of `comparisons` intervals is to be taken so that all hold together at `level`
/// (Bonferroni): 1 - (1 - level)/comparisons. `level` itself for 0 or 1.
pub fn bonferroni(level: f64, comparisons: usize) -> f64 {
    1.0 - (1.0 - level) / comparisons.max(1) as f64
}

/// The score interval of a share of `n` trials, `z` standard errors either way.
pub(super) fn score(share: f64, n: f64, z: f64, level: f64) -> Interval {
    let square = z * z;
    let centre = share + square / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let scale = 1.0 + square / n;
    // At the ends rounding would leave a speck where the formula gives 0 or 1.
    let low = if share == 0.0 { 0.0 } else { (centre - half) / scale };
    let high = if share == 1.0 { 1.0 } else { (centre + half) / scale };
    Interval { low, high, level }
}

/// How many standard errors a mean of `n` values is allowed either way at a level.
pub(crate) fn t_quantile(level: f64, n: usize) -> f64 {
    student::quantile(upper(level), (n.max(2) - 1) as f64)
}

/// The share below the upper bound of an equal-tailed interval.
fn upper(level: f64) -> f64 {
    0.5 + 0.5 * level.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::binomial;

    #[test]
    fn the_exact_interval_leaves_its_tails() {
        for (events, n) in [(1, 29), (15, 148), (81, 263), (500, 1000), (999, 1000)] {
            let interval = Interval::clopper_pearson(events, n, 0.95);
            assert!((binomial::above(events - 1, n, interval.low) - 0.025).abs() < 1e-13, "{events} of {n}");
            assert!((binomial::cdf(events, n, interval.high) - 0.025).abs() < 1e-13, "{events} of {n}");
        }
    }

    #[test]
    fn no_event_leaves_a_small_share_compatible() {
        let interval = Interval::of_share(0, 1000, 0.95);
        // 1 - 0.025^(1/1000), "up to 0.37% is compatible".
        assert_eq!(interval.low, 0.0);
        assert!((interval.high - 0.003_682_083_9).abs() < 1e-10);
        let mirror = Interval::of_share(1000, 1000, 0.95);
        assert!((mirror.low - (1.0 - interval.high)).abs() < 1e-15 && mirror.high == 1.0);
    }

    /// Coverage averaged over a fine grid of shares: the exact interval keeps 95% everywhere, the score interval on
    /// average.
    #[test]
    fn intervals_of_shares_keep_their_level() {
        let n = 40;
        let coverage = |interval: fn(u64, u64, f64) -> Interval, p: f64| -> f64 {
            (0..=n).filter(|&k| interval(k, n, 0.95).contains(p)).map(|k| binomial::pmf(k, n, p)).sum()
        };
        let grid: Vec<f64> = (1..200).map(|i| f64::from(i) / 200.0).collect();
        assert!(grid.iter().all(|&p| coverage(Interval::clopper_pearson, p) >= 0.95));
        let average = grid.iter().map(|&p| coverage(Interval::wilson, p)).sum::<f64>() / grid.len() as f64;
        assert!((average - 0.95).abs() < 0.01, "{average}");
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Interval::of_mean(3.0, 1.0, 1, 0.95), Interval::unbounded(0.95));
        assert_eq!(Interval::of_mean(3.0, 1.0, 0, 0.95), Interval::unbounded(0.95));
        assert_eq!(Interval::of_mean(3.0, 0.0, 9, 1.0), Interval { low: 3.0, high: 3.0, level: 1.0 });
        assert_eq!(Interval::of_mean(3.0, 1.0, 9, 1.0).half_width(), f64::INFINITY);
        for interval in [Interval::wilson, Interval::clopper_pearson, Interval::of_share] {
            assert_eq!(interval(0, 0, 0.95), Interval { low: 0.0, high: 1.0, level: 0.95 });
            assert_eq!(interval(3, 7, 1.0), Interval { low: 0.0, high: 1.0, level: 1.0 });
            assert_eq!((interval(0, 7, 0.9).low, interval(7, 7, 0.9).high, interval(9, 7, 0.9).high), (0.0, 1.0, 1.0));
        }
        assert_eq!((bonferroni(0.95, 0), bonferroni(0.95, 1), bonferroni(0.95, 5)), (0.95, 0.95, 0.99));
    }
}
