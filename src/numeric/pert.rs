//! PERT distributions: beta laws on a range, given by low, most likely and high value.
//!
//! Two conventions have one mean and different spreads, so whoever writes numbers down should name which one is meant.

use super::beta;

/// How the spread of a PERT law is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PertConvention {
    /// Beta shapes 1 + shape (mode - low)/range and 1 + shape (high - mode)/range (D. Vose, *Risk Analysis*). The mode is
    /// the mode of the law.
    Standard,
    /// The standard deviation is range/(shape + 2): a sixth of the range for shape 4, as in the first paper on PERT (D. G.
    /// Malcolm and others, Operations Research 7, 1959, 646-669). The open-source `pyfair` computes so.
    FixedSpread,
}

/// A beta law on `low`..`high` with mean (low + shape mode + high)/(shape + 2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pert {
    low: f64,
    high: f64,
    alpha: f64,
    beta: f64,
}

impl Pert {
    /// `low` <= `mode` <= `high`, not all equal, and a `shape` >= 0, commonly 4. `None` otherwise, and where the convention
    /// has no beta law of that mean and spread.
    pub fn new(low: f64, mode: f64, high: f64, shape: f64, convention: PertConvention) -> Option<Pert> {
        let range = high - low;
        if !(range.is_finite() && range > 0.0 && low <= mode && mode <= high && shape.is_finite() && shape >= 0.0) {
            return None;
        }
        let (alpha, beta) = match convention {
            PertConvention::Standard => standard_shapes(low, mode, high, shape),
            PertConvention::FixedSpread => {
                // From mean m and variance v of a beta law: alpha + beta = m (1 - m)/v - 1.
                let mean = (low + shape * mode + high) / (shape + 2.0);
                let (below, above) = ((mean - low) / range, (high - mean) / range);
                let both = below * above * (shape + 2.0) * (shape + 2.0) - 1.0;
                (below * both, above * both)
            }
        };
        (alpha > 0.0 && beta > 0.0).then_some(Pert { low, high, alpha, beta })
    }

    /// The shapes of the beta law.
    pub fn shapes(&self) -> (f64, f64) {
        (self.alpha, self.beta)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.low + (self.high - self.low) * self.alpha / (self.alpha + self.beta)
    }

    /// The standard deviation: range sqrt(alpha beta/(alpha + beta + 1))/(alpha + beta).
    pub fn sd(&self) -> f64 {
        let both = self.alpha + self.beta;
        (self.high - self.low) * (self.alpha * self.beta / (both + 1.0)).sqrt() / both
    }

    /// P(X <= x).
    pub fn cdf(&self, x: f64) -> f64 {
        beta::regularised(self.alpha, self.beta, (x - self.low) / (self.high - self.low))
    }

    /// The x with P(X <= x) = `p`; the ends of the range at and beyond 0 and 1.
    pub fn quantile(&self, p: f64) -> f64 {
        self.low + (self.high - self.low) * beta::quantile(self.alpha, self.beta, p)
    }
}

/// The beta shapes of the standard convention; NaN where `low` and `high` are equal.
pub fn standard_shapes(low: f64, mode: f64, high: f64, shape: f64) -> (f64, f64) {
    let range = high - low;
    (1.0 + shape * (mode - low) / range, 1.0 + shape * (high - mode) / range)
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn both_conventions_have_the_same_mean_and_the_spread_that_they_name() {
        for (low, mode, high, shape) in [(5.0, 20.0, 50.0, 2.0), (20.0, 100.0, 900.0, 4.0), (-3.0, 0.0, 3.0, 4.0)] {
            let mean = (low + shape * mode + high) / (shape + 2.0);
            for convention in [PertConvention::Standard, PertConvention::FixedSpread] {
                let pert = Pert::new(low, mode, high, shape, convention).unwrap();
                close(pert.mean(), mean, 1e-13, &convention);
                close(pert.cdf(pert.quantile(0.3)), 0.3, 1e-13, &convention);
            }
            let fixed = Pert::new(low, mode, high, shape, PertConvention::FixedSpread).unwrap();
            close(fixed.sd(), (high - low) / (shape + 2.0), 1e-13, &shape);
        }
        // For a mode in the middle and shape 4 the fixed spread is a beta law of shapes 4 and 4, the standard one of 3 and 3.
        let shapes = |convention| Pert::new(0.0, 0.5, 1.0, 4.0, convention).unwrap().shapes();
        assert_eq!((shapes(PertConvention::FixedSpread), shapes(PertConvention::Standard)), ((4.0, 4.0), (3.0, 3.0)));
    }

    #[test]
    fn edges_are_as_documented() {
        let standard = |low, mode, high, shape| Pert::new(low, mode, high, shape, PertConvention::Standard);
        assert_eq!(standard(1.0, 1.0, 1.0, 4.0), None);
        assert_eq!(standard(1.0, 3.0, 2.0, 4.0), None);
        assert_eq!(standard(1.0, f64::NAN, 2.0, 4.0), None);
        assert_eq!(standard(1.0, 1.5, 2.0, -1.0), None);
        assert_eq!(standard(1.0, 1.5, 2.0, 4.0).unwrap().quantile(0.0), 1.0);
        // Shape 0 is the uniform law, which is wider than a range/2 could be: no beta law has that spread.
        assert_eq!(standard(0.0, 0.2, 1.0, 0.0).unwrap().quantile(0.25), 0.25);
        assert_eq!(Pert::new(0.0, 0.2, 1.0, 0.0, PertConvention::FixedSpread), None);
    }
}
