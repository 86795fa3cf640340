//! From what was seen, how much was not: Chao's estimate of kinds and Good and Turing's of coverage.

/// Counts of what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Observations in all.
    pub observations: u64,
    /// Different kinds seen.
    pub kinds: u64,
    /// Kinds seen exactly once, f1.
    pub once: u64,
    /// Kinds seen exactly twice, f2.
    pub twice: u64,
}

impl Seen {
    /// From how often each kind was seen; a kind seen 0 times does not count.
    pub fn of(counts: impl IntoIterator<Item = u64>) -> Seen {
        let mut seen = Seen { observations: 0, kinds: 0, once: 0, twice: 0 };
        for count in counts {
            seen.observations = seen.observations.saturating_add(count);
            seen.kinds += u64::from(count > 0);
            seen.once += u64::from(count == 1);
            seen.twice += u64::from(count == 2);
        }
        seen
    }

    /// Number of kinds that there are at least, Chao1: S + f1^2 / (2 f2), and with f2 = 0 the bias-corrected S + f1
    /// (f1 - 1) / 2 (A. Chao, Scandinavian Journal of Statistics 11, 1984, 265-270).
    pub fn chao1(&self) -> f64 {
        let (f1, f2) = (self.once as f64, self.twice as f64);
        self.kinds as f64 + if self.twice > 0 { f1 * f1 / (2.0 * f2) } else { 0.5 * f1 * (f1 - 1.0).max(0.0) }
    }

    /// The bias-corrected form for any f2: S + f1 (f1 - 1) / (2 (f2 + 1)).
    pub fn chao1_corrected(&self) -> f64 {
        let (f1, f2) = (self.once as f64, self.twice as f64);
        self.kinds as f64 + 0.5 * f1 * (f1 - 1.0).max(0.0) / (f2 + 1.0)
    }

    /// Variance of [`Seen::chao1`]: f2 (r^2/2 + r^3 + r^4/4) with r = f1/f2; with f2 = 0, f1 (f1-1)/2 + f1 (2 f1 - 1)^2/4
    /// - f1^4 / (4 Chao1) (A. Chao, Biometrics 43, 1987, 783-791, and R. K. Colwell's EstimateS). 0 if f1 is 0.
    pub fn chao1_variance(&self) -> f64 {
        let (f1, f2) = (self.once as f64, self.twice as f64);
        if self.once == 0 {
            0.0
        } else if self.twice > 0 {
            let r = f1 / f2;
            f2 * r * r * (0.5 + r + 0.25 * r * r)
        } else {
            let sides = 2.0 * f1 - 1.0;
            let sum = 0.5 * f1 * (f1 - 1.0) + 0.25 * f1 * sides * sides;
            (sum - 0.25 * f1 * f1 * f1 * f1 / self.chao1()).max(0.0)
        }
    }

    /// Interval for the number of kinds at normal quantile `z` (1.96 for 95 %): the number unseen is taken as lognormal,
    /// so that the lower end is never below what was seen (Chao 1987). Both ends are the estimate if nothing unseen is
    /// estimated.
    pub fn chao1_interval(&self, z: f64) -> (f64, f64) {
        let kinds = self.kinds as f64;
        let unseen = self.chao1() - kinds;
        if unseen <= 0.0 {
            return (kinds, kinds);
        }
        let factor = libm::exp(z * libm::log1p(self.chao1_variance() / (unseen * unseen)).sqrt());
        (kinds + unseen / factor, kinds + unseen * factor)
    }

    /// Share of all that happens which belongs to kinds seen: 1 - f1/n (I. J. Good, Biometrika 40, 1953, 237-264). NaN
    /// without observations.
    pub fn coverage(&self) -> f64 {
        if self.observations == 0 { f64::NAN } else { 1.0 - self.once as f64 / self.observations as f64 }
    }

    /// The same by A. Chao and L. Jost (Ecology 93, 2012, 2533-2547), less biased: 1 - (f1/n) (n-1) f1 / ((n-1) f1 + 2
    /// f2), and with f2 = 0 (f1 - 1) (n-1) / ((f1 - 1)(n-1) + 2) in place of the last quotient.
    pub fn coverage_corrected(&self) -> f64 {
        let (n, f1, f2) = (self.observations as f64, self.once as f64, self.twice as f64);
        if self.observations == 0 || self.once == 0 {
            return self.coverage();
        }
        let quotient = if self.twice > 0 {
            (n - 1.0) * f1 / ((n - 1.0) * f1 + 2.0 * f2)
        } else {
            (n - 1.0) * (f1 - 1.0) / ((n - 1.0) * (f1 - 1.0) + 2.0)
        };
        1.0 - f1 / n * quotient
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn counts_are_counted() {
        let seen = Seen::of([0, 1, 1, 2, 5, 1, 2]);
        assert_eq!(seen, Seen { observations: 12, kinds: 6, once: 3, twice: 2 });
        close(seen.chao1(), 6.0 + 9.0 / 4.0, 1e-15, &());
        close(seen.chao1_corrected(), 7.0, 1e-15, &());
        close(seen.coverage(), 0.75, 1e-15, &());
        close(seen.chao1_variance(), 2.0 * (0.5 * 2.25 + 3.375 + 0.25 * 5.0625), 1e-14, &());
    }

    #[test]
    fn the_interval_holds_the_estimate_and_starts_above_the_seen() {
        for (once, twice) in [(10, 3), (4, 0), (1, 1), (100, 2)] {
            let seen = Seen { observations: 1000, kinds: 120, once, twice };
            let (low, high) = seen.chao1_interval(1.96);
            assert!(120.0 < low && low < seen.chao1() && seen.chao1() < high, "{once} {twice}: {low} {high}");
        }
    }

    #[test]
    fn edges_are_as_documented() {
        let none = Seen::of([]);
        assert_eq!((none.chao1(), none.chao1_variance(), none.chao1_interval(1.96)), (0.0, 0.0, (0.0, 0.0)));
        assert!(none.coverage().is_nan() && none.coverage_corrected().is_nan());
        let single = Seen::of([1]);
        assert_eq!((single.chao1(), single.coverage(), single.chao1_interval(1.96)), (1.0, 0.0, (1.0, 1.0)));
        assert_eq!(Seen::of([3, 3]).coverage_corrected(), 1.0);
        let all_once = Seen::of([1, 1, 1]);
        assert_eq!(all_once.chao1(), 6.0);
        assert_eq!(all_once.coverage(), 0.0);
    }
}
