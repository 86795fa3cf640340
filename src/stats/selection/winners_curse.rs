//! The winner's curse: the best of many estimates looks better than it is, since it was picked for its luck too.

use super::Goal;
use crate::numeric::{normal, order_statistics, quadrature};
use crate::stats::{Interval, Summary};

/// By how much the best of `options` equal options looks better than it is: the standard error of each mean times
/// sqrt(1 - correlation) times the expected highest of so many standard normal values. `correlation` is that between
/// options under common random numbers, 0 for independent runs: luck that all share favours none.
///
/// This is the worst case; options that differ have less of it, see [`selection_bias`]. NaN for no options, a negative
/// error, or a correlation outside of -1 to 1.
pub fn bias_of_the_best(options: usize, standard_error: f64, correlation: f64) -> f64 {
    if standard_error < 0.0 || !(-1.0..=1.0).contains(&correlation) {
        return f64::NAN;
    }
    standard_error * (1.0 - correlation).sqrt() * order_statistics::expected_maximum(options as u64)
}

/// By how much the best estimate is expected to be better than the true mean of the option that it belongs to, if these are
/// the true means and the estimates are normal and independent: the sum over options i of
/// e_i times the integral of z phi(z) P(all others are behind m_i + e_i z) dz. Never negative.
///
/// With estimated means in place of the true ones it is a rough guess, commonly too low, since estimates lie further apart
/// than the truth. `None` if there is no option, lengths differ, a mean is not finite, or an error is negative or not
/// finite.
pub fn selection_bias(means: &[f64], standard_errors: &[f64], goal: Goal) -> Option<f64> {
    let wrong = means.iter().any(|m| !m.is_finite()) || standard_errors.iter().any(|e| !e.is_finite() || *e < 0.0);
    if means.is_empty() || means.len() != standard_errors.len() || wrong {
        return None;
    }
    let gains: Vec<f64> = means.iter().map(|m| goal.gain(*m)).collect();
    let behind = |j: usize, at: f64| {
        let ahead = at - gains[j];
        if standard_errors[j] > 0.0 {
            normal::cdf(ahead / standard_errors[j])
        } else {
            f64::from(u8::from(ahead >= 0.0))
        }
    };
    let of_one = |i: usize| {
        let chance = |at: f64| (0..gains.len()).filter(|&j| j != i).map(|j| behind(j, at)).product::<f64>();
        let at = |z: f64| gains[i] + standard_errors[i] * z;
        standard_errors[i] * quadrature::integrate(-9.0, 9.0, 72, |z| z * normal::pdf(z) * chance(at(z)))
    };
    Some((0..gains.len()).map(of_one).sum::<f64>().max(0.0))
}

/// A winner run again on fresh seeds. The fresh figure is the one to report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rerun {
    /// The mean with which it won.
    pub first: f64,
    /// Its mean in the fresh runs.
    pub fresh: f64,
    /// The t interval of the fresh mean.
    pub interval: Interval,
    /// By how much it looked better when it won than in the fresh runs; negative if it looked worse.
    pub looked_better_by: f64,
    /// By how much it might be expected to have, were all options equal and independent: [`bias_of_the_best`].
    pub worst_expected: f64,
    /// The standard error of `looked_better_by`, from the scatter of both.
    pub standard_error: f64,
}

impl Rerun {
    /// Compares the winner of `options` with itself. `None` for fewer than two values on either side.
    pub fn of(first: &Summary, fresh: &Summary, options: usize, goal: Goal, level: f64) -> Option<Rerun> {
        let (before, after) = (first.standard_error(), fresh.standard_error());
        (options > 0 && before.is_finite() && after.is_finite()).then(|| Rerun {
            first: first.mean(),
            fresh: fresh.mean(),
            interval: fresh.mean_interval(level),
            looked_better_by: goal.gain(first.mean()) - goal.gain(fresh.mean()),
            worst_expected: bias_of_the_best(options, before, 0.0),
            standard_error: (before * before + after * after).sqrt(),
        })
    }

    /// Whether it fell back by more than luck of picking explains: by over two standard errors more than the worst
    /// expected. Then the fresh runs and the first ones differ in something else.
    pub fn is_surprising(&self) -> bool {
        self.looked_better_by > self.worst_expected + 2.0 * self.standard_error
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    #[test]
    fn equal_options_have_the_closed_form() {
        for k in [1, 2, 5, 20] {
            let bias = selection_bias(&vec![3.0; k], &vec![0.7; k], Goal::Smallest).unwrap();
            assert!((bias - bias_of_the_best(k, 0.7, 0.0)).abs() < 1e-9, "{k}: {bias}");
        }
        // Two options: E max of two normal means less the mean of the one picked, e_1 and e_2, d apart: s phi(d/s), with
        // s^2 = e_1^2 + e_2^2.
        let s = (0.25_f64 + 0.04).sqrt();
        let bias = selection_bias(&[1.0, 1.3], &[0.5, 0.2], Goal::Largest).unwrap();
        assert!((bias - s * normal::pdf(0.3 / s)).abs() < 1e-9, "{bias}");
        assert!(selection_bias(&[1.0, 99.0], &[0.5, 0.2], Goal::Largest).unwrap() < 1e-9, "no doubt, no curse");
    }

    /// 20,000 selections: the bias has a standard error of 0.0045 or less, and four are allowed; 1 in 10,000 falls out.
    #[test]
    fn simulated_winners_look_better_by_as_much() {
        let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("winner"));
        for (shared, correlation) in [(0.0_f64, 0.0_f64), (0.8, 0.64)] {
            let own = (1.0 - shared * shared).sqrt();
            let mut sum = 0.0;
            for _ in 0..20_000 {
                let common = shared * normal::quantile(stream.uniform());
                let means: Vec<f64> = (0..6).map(|_| common + own * normal::quantile(stream.uniform())).collect();
                sum += means[Goal::Largest.best(&means).unwrap()];
            }
            let expect = bias_of_the_best(6, 1.0, correlation);
            assert!(
                (sum / 20_000.0 - expect).abs() < 4.0 / 20_000_f64.sqrt(),
                "{shared}: {}, {expect}",
                sum / 20_000.0
            );
        }
    }

    #[test]
    fn a_winner_that_falls_back_by_more_than_luck_is_told() {
        let values = |mean: f64| Summary::of(&(0..100).map(|i| mean + f64::from(i % 2)).collect::<Vec<_>>()).unwrap();
        let rerun = Rerun::of(&values(9.9), &values(10.0), 10, Goal::Smallest, 0.95).unwrap();
        assert!(
            (rerun.looked_better_by - 0.1).abs() < 1e-12 && rerun.interval.contains(10.5) && !rerun.is_surprising()
        );
        assert!(Rerun::of(&values(9.0), &values(10.0), 10, Goal::Smallest, 0.95).unwrap().is_surprising());
        assert!(!Rerun::of(&values(9.0), &values(10.0), 10, Goal::Largest, 0.95).unwrap().is_surprising());
        assert_eq!(Rerun::of(&Summary::of(&[1.0]).unwrap(), &values(1.0), 10, Goal::Largest, 0.95), None);
    }

    #[test]
    fn edges_are_as_documented() {
        assert!(bias_of_the_best(0, 1.0, 0.0).is_nan() && bias_of_the_best(3, -1.0, 0.0).is_nan());
        assert!(bias_of_the_best(3, 1.0, 1.5).is_nan() && bias_of_the_best(3, 1.0, f64::NAN).is_nan());
        assert_eq!((bias_of_the_best(1, 1.0, 0.0), bias_of_the_best(9, 1.0, 1.0)), (0.0, 0.0));
        assert_eq!(selection_bias(&[], &[], Goal::Largest), None);
        assert_eq!(selection_bias(&[1.0], &[1.0, 2.0], Goal::Largest), None);
        assert_eq!(selection_bias(&[f64::NAN], &[1.0], Goal::Largest), None);
        assert_eq!(selection_bias(&[1.0, 2.0], &[0.0, 0.0], Goal::Largest), Some(0.0));
    }
}
