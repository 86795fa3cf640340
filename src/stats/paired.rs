//! Two options under the same luck.

use super::summary::moments;
use super::{Interval, bonferroni};

/// The differences D = reference - option, replication by replication: positive is what the option averts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Number of pairs, 1 at least.
    pub n: usize,
    /// Mean difference, in the unit of the measure.
    pub mean: f64,
    /// Standard deviation of the differences; 0 for a single pair.
    pub sd: f64,
    /// The mean difference's t interval at the level asked for.
    pub interval: Interval,
    /// The same at the level that holds for all comparisons together.
    pub adjusted: Interval,
    /// Var(D) / (Var(reference) + Var(option)): below 1, common random numbers helped. `None` where neither varies.
    pub variance_ratio: Option<f64>,
    /// What the adjusted interval shows.
    pub verdict: Verdict,
}

/// What a paired comparison shows about the option's measure beside the reference's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The option's is lower: all of the adjusted interval is above 0.
    Lower,
    /// The option's is higher: all of the adjusted interval is below 0.
    Higher,
    /// The adjusted interval is on one side of 0, and the mean difference is less than the share [`NEGLIGIBLE`] of
    /// the larger of the two means: sure, and too small to be a finding.
    Negligible,
    /// The adjusted interval holds 0. This is not evidence of no difference.
    NoDifferenceShown,
    /// Every pair was equal, but for rounding.
    ExactlyEqual,
}

/// `reference - option`, and 0 if they differ by a billionth of themselves or less: a sum that was added up in another
/// order is no finding.
pub fn difference(reference: f64, option: f64) -> f64 {
    let d = reference - option;
    if d.abs() <= ROUNDING * reference.abs().max(option.abs()) { 0.0 } else { d }
}

const ROUNDING: f64 = 1e-9;

/// A mean difference of less than this share of the larger mean is no finding, however sure it is. Set by judgement.
pub const NEGLIGIBLE: f64 = 1e-4;

/// [`NEGLIGIBLE`] in words, of a difference.
pub const NEGLIGIBLE_IN_WORDS: &str = "differs by less than one part in 10,000";

impl Paired {
    /// Compares values of the same replications, in the same order, as one of `comparisons`. `None` if there are no
    /// pairs, the lengths differ, or a value is not finite.
    pub fn of(reference: &[f64], option: &[f64], level: f64, comparisons: usize) -> Option<Paired> {
        if reference.is_empty() || reference.len() != option.len() {
            return None;
        }
        let differences: Vec<f64> = reference.iter().zip(option).map(|(r, o)| difference(*r, *o)).collect();
        // A difference is finite only if both values are, unless both are so large that it overflows.
        if differences.iter().any(|d| !d.is_finite()) {
            return None;
        }
        let n = differences.len();
        let (mean, sd) = moments(&differences);
        let standard_error = sd / (n as f64).sqrt();
        let adjusted = Interval::of_mean(mean, standard_error, n, bonferroni(level, comparisons));
        let ((mean_reference, sd_reference), (mean_option, sd_option)) = (moments(reference), moments(option));
        let one_sided = adjusted.low > 0.0 || adjusted.high < 0.0;
        let verdict = if differences.iter().all(|d| *d == 0.0) {
            Verdict::ExactlyEqual
        } else if one_sided && mean.abs() < NEGLIGIBLE * mean_reference.abs().max(mean_option.abs()) {
            Verdict::Negligible
        } else if adjusted.low > 0.0 {
            Verdict::Lower
        } else if adjusted.high < 0.0 {
            Verdict::Higher
        } else {
            Verdict::NoDifferenceShown
        };
        let independent = sd_reference * sd_reference + sd_option * sd_option;
        Some(Paired {
            n,
            mean,
            sd,
            interval: Interval::of_mean(mean, standard_error, n, level),
            adjusted,
            variance_ratio: (independent > 0.0).then_some(sd * sd / independent),
            verdict,
        })
    }

    /// The standard error of the mean difference; infinite for a single pair.
    pub fn standard_error(&self) -> f64 {
        if self.n < 2 { f64::INFINITY } else { self.sd / (self.n as f64).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_follows_the_adjusted_interval() {
        let reference = [10.0, 12.0, 9.0, 11.0, 13.0];
        let lower = [8.0, 9.0, 8.0, 8.5, 10.0];
        let paired = Paired::of(&reference, &lower, 0.95, 1).unwrap();
        assert_eq!((paired.verdict, paired.mean), (Verdict::Lower, 2.3));
        assert_eq!(Paired::of(&lower, &reference, 0.95, 1).unwrap().verdict, Verdict::Higher);
        // The same data as one of a million comparisons.
        let one_of_many = Paired::of(&reference, &lower, 0.95, 1_000_000).unwrap();
        assert_eq!(one_of_many.verdict, Verdict::NoDifferenceShown);
        assert_eq!(one_of_many.interval, paired.interval);
        assert!(one_of_many.adjusted.half_width() > paired.adjusted.half_width());
    }

    #[test]
    fn equal_runs_are_told_from_undecided_ones() {
        let values = [3.0, 5.0, 8.0];
        let paired = Paired::of(&values, &values, 0.95, 3).unwrap();
        assert_eq!((paired.verdict, paired.mean, paired.variance_ratio), (Verdict::ExactlyEqual, 0.0, Some(0.0)));
        let rounded = Paired::of(&values, &[3.0 + 1e-12, 5.0, 8.0 - 1e-12], 0.95, 3).unwrap();
        assert_eq!(rounded, paired);
        let mixed = Paired::of(&values, &[3.0, 5.5, 7.5], 0.95, 3).unwrap();
        assert_eq!(mixed.verdict, Verdict::NoDifferenceShown);
    }

    #[test]
    fn a_sure_difference_of_less_than_one_part_in_ten_thousand_is_no_finding() {
        let reference = [100.0, 120.0, 90.0];
        let less = |by: f64| reference.map(|v| v - by);
        let verdict = |option: &[f64]| Paired::of(&reference, option, 0.95, 1).unwrap().verdict;
        // The means are about 103.
        assert_eq!(verdict(&less(0.0100)), Verdict::Negligible);
        assert_eq!(verdict(&less(-0.0100)), Verdict::Negligible);
        assert_eq!(verdict(&less(0.0104)), Verdict::Lower);
        assert_eq!(verdict(&[100.01, 119.99, 90.0]), Verdict::NoDifferenceShown);
    }

    #[test]
    fn a_constant_difference_is_certain() {
        let paired = Paired::of(&[4.0, 6.0], &[3.0, 5.0], 0.95, 1).unwrap();
        assert_eq!((paired.verdict, paired.sd, paired.interval.half_width()), (Verdict::Lower, 0.0, 0.0));
        let flat = Paired::of(&[4.0, 4.0], &[3.0, 3.0], 0.95, 1).unwrap();
        assert_eq!((flat.verdict, flat.variance_ratio), (Verdict::Lower, None));
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Paired::of(&[], &[], 0.95, 1), None);
        assert_eq!(Paired::of(&[1.0], &[1.0, 2.0], 0.95, 1), None);
        assert_eq!(Paired::of(&[1.0, f64::NAN], &[1.0, 2.0], 0.95, 1), None);
        let single = Paired::of(&[2.0], &[1.0], 0.95, 1).unwrap();
        assert_eq!((single.verdict, single.interval), (Verdict::NoDifferenceShown, Interval::unbounded(0.95)));
        assert_eq!((single.standard_error(), single.variance_ratio), (f64::INFINITY, None));
    }
}
