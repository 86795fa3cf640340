//! When a mean should not be trusted: a few values carry it, the values are too skewed for their number, or what matters was
//! never seen.

use std::fmt;

use super::{Interval, Summary, tail_value_at_risk};

/// A reason to be careful with a mean and its t interval. As text it is a clause for people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caution {
    /// The highest hundredth of the values carries more than [`LARGE_SHARE`] of their sum.
    FewCarryTheMean {
        /// The share of the sum that they carry.
        share: f64,
    },
    /// There are fewer values than [`needed_for_skewness`] asks for.
    TooSkewed {
        /// How many there are.
        n: usize,
        /// Their skewness.
        skewness: f64,
        /// How many it would take.
        needed: f64,
    },
    /// All values are 0. That does not mean that it cannot happen.
    NeverSeen {
        /// How many there are.
        n: usize,
        /// The upper end of the exact interval of the chance that a value is not 0.
        up_to: f64,
    },
}

/// Of the sum of all values, what the highest hundredth may carry before [`cautions`] speaks up. Set by judgement.
pub const LARGE_SHARE: f64 = 0.25;

/// What stands against the t interval of these values' mean, worst first; none if there is nothing. `level` is that of the
/// exact interval where nothing was seen.
///
/// A sample can hide its tail: values from a law with a long one may look harmless as long as none of its large values
/// came. So the absence of a caution is no proof.
pub fn cautions(sample: &Summary, level: f64) -> Vec<Caution> {
    let n = sample.n();
    if sample.min() == 0.0 && sample.max() == 0.0 {
        return vec![Caution::NeverSeen { n, up_to: Interval::clopper_pearson(0, n as u64, level).high }];
    }
    let mut found = Vec::new();
    if let Some(share) = share_of_highest(sample, 0.01).filter(|share| *share > LARGE_SHARE) {
        found.push(Caution::FewCarryTheMean { share });
    }
    if let Some(skewness) = skewness(sample) {
        let needed = needed_for_skewness(skewness);
        if (n as f64) < needed {
            found.push(Caution::TooSkewed { n, skewness, needed });
        }
    }
    found
}

/// The share of the sum that the highest `part` of the values carries, `part` times TVaR over the mean: of 250 values the
/// highest hundredth is two and a half. `None` if a value is negative or all are 0, as then there is no share.
pub fn share_of_highest(sample: &Summary, part: f64) -> Option<f64> {
    let part = if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) };
    let fits = sample.min() >= 0.0 && sample.mean() > 0.0;
    fits.then(|| part * tail_value_at_risk(sample, 1.0 - part) / sample.mean())
}

/// Skewness, R. A. Fisher's g1: the mean cubed deviation over the cubed standard deviation, both with divisor n. It is at
/// most about sqrt n, however skewed the law is. `None` if the values do not vary.
pub fn skewness(sample: &Summary) -> Option<f64> {
    let n = sample.n() as f64;
    if sample.sd() == 0.0 {
        return None;
    }
    // In units of the deviation, so that no cube overflows.
    let unit = |value: &f64| (value - sample.mean()) / sample.sd();
    let cubes: f64 = sample.sorted().iter().map(unit).map(|d| d * d * d).sum();
    let shrunk = ((n - 1.0) / n).sqrt();
    Some(cubes / n / (shrunk * shrunk * shrunk))
}

/// How many values a 95 % t interval takes to keep 94 %: 28 + 25 g1^2 (W. G. Cochran, *Sampling Techniques*, section 2.15,
/// as amended by R. A. Sugden, T. M. F. Smith and R. P. Jones, Journal of the Royal Statistical Society B 62, 2000,
/// 787-793). The rule was made for positive skewness of moderate size.
pub fn needed_for_skewness(skewness: f64) -> f64 {
    28.0 + 25.0 * skewness * skewness
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Caution::FewCarryTheMean { share } => {
                write!(f, "the highest 1 % of runs carry {:.0} % of the mean", 100.0 * share)
            }
            Caution::TooSkewed { n, skewness, needed } => write!(
                f,
                "values are too skewed ({skewness:.1}) for {} runs: the mean's interval claims too much below about {}",
                grouped(*n as f64),
                grouped(needed.ceil())
            ),
            Caution::NeverSeen { n, up_to } => {
                let percent = 100.0 * up_to;
                // Two significant digits.
                let digits = if percent >= 10.0 {
                    0
                } else if percent >= 1.0 {
                    1
                } else if percent >= 0.1 {
                    2
                } else {
                    4
                };
                write!(f, "0 of {} runs; up to {percent:.digits$} % is compatible", grouped(*n as f64))
            }
        }
    }
}

/// A whole number with commas between thousands.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Vec<Caution> {
        cautions(&Summary::of(values).unwrap(), 0.95)
    }

    #[test]
    fn nothing_seen_leaves_a_small_share_compatible() {
        let text = |n: usize| of(&vec![0.0; n])[0].to_string();
        assert_eq!(text(1000), "0 of 1,000 runs; up to 0.37 % is compatible");
        assert_eq!(text(50), "0 of 50 runs; up to 7.1 % is compatible");
        assert_eq!(text(10), "0 of 10 runs; up to 31 % is compatible");
        assert_eq!(text(1_000_000), "0 of 1,000,000 runs; up to 0.0004 % is compatible");
    }

    #[test]
    fn shares_of_the_highest_are_as_by_hand() {
        let mut values = vec![1.0; 199];
        values.push(101.0);
        let sample = Summary::of(&values).unwrap();
        // The highest two of 200 carry 102 of 300, the highest half a value of 100 half of it.
        assert!((share_of_highest(&sample, 0.01).unwrap() - 0.34).abs() < 1e-12);
        assert!((share_of_highest(&sample, 1.0).unwrap() - 1.0).abs() < 1e-12);
        let few = Summary::of(&[1.0, 3.0]).unwrap();
        assert!((share_of_highest(&few, 0.01).unwrap() - 0.015).abs() < 1e-12);
        assert_eq!(share_of_highest(&Summary::of(&[-1.0, 3.0]).unwrap(), 0.01), None);
        assert_eq!(share_of_highest(&Summary::of(&[0.0]).unwrap(), 0.01), None);
        assert_eq!(of(&values)[0].to_string(), "the highest 1 % of runs carry 34 % of the mean");
    }

    #[test]
    fn skewness_is_as_by_hand() {
        // 0, 0, 0, 4: deviations -1, -1, -1, 3; mean cube 6, mean square 3.
        let sample = Summary::of(&[0.0, 0.0, 0.0, 4.0]).unwrap();
        assert!((skewness(&sample).unwrap() - 6.0 / 27.0_f64.sqrt()).abs() < 1e-14);
        assert_eq!(skewness(&Summary::of(&[2.0, 2.0]).unwrap()), None);
        assert_eq!(skewness(&Summary::of(&[2.0]).unwrap()), None);
        assert!(skewness(&Summary::of(&[1.0, 2.0, 3.0]).unwrap()).unwrap().abs() < 1e-15);
        let text = of(&[0.0, 0.0, 0.0, 4.0]).last().unwrap().to_string();
        // 28 + 25 * 36/27 = 61.3.
        assert_eq!(text, "values are too skewed (1.2) for 4 runs: the mean's interval claims too much below about 62");
    }

    #[test]
    fn even_values_give_no_caution() {
        let even: Vec<f64> = (0..40).map(|i| 10.0 + f64::from(i)).collect();
        assert_eq!(of(&even), []);
        assert_eq!(of(&[5.0; 3]), [], "a constant that is not 0 was seen");
        let both: Vec<f64> = (0..40).map(|i| f64::from(i) - 19.5).collect();
        assert_eq!(of(&both), []);
    }
}
