//! The same mean with less noise: antithetic pairs and control variates.

use crate::stats::{Interval, Summary};

/// The mean of a function of uniform points and of their mirror images 1 - u, pair by pair (J. M. Hammersley and K. W.
/// Morton, Mathematical Proceedings of the Cambridge Philosophical Society 52, 1956, 449-475): the means of the pairs are
/// the sample. `None` for no point, or a value that is not finite.
pub fn antithetic(points: &[Vec<f64>], mut f: impl FnMut(&[f64]) -> f64) -> Option<Summary> {
    let mut pair = |point: &Vec<f64>| {
        let mirror: Vec<f64> = point.iter().map(|u| 1.0 - u).collect();
        0.5 * (f(point) + f(&mirror))
    };
    let means: Vec<f64> = points.iter().map(&mut pair).collect();
    Summary::of(&means)
}

/// A mean with a control variate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controlled {
    /// Slope, from the pilot; 0 if the control was not kept.
    pub beta: f64,
    /// The mean of the values after the pilot.
    pub mean: f64,
    /// Its interval.
    pub interval: Interval,
    /// Variance of the values with the control over that without it, after the pilot.
    pub variance_ratio: f64,
}

/// The mean of y - beta (x - E x), where `expected` is the known mean of the control x (S. M. Ross, *Simulation*, chapter on
/// variance reduction). beta = Cov(y, x) / Var(x) comes from the first `pilot` pairs, which are then left out, so that the
/// mean stays unbiased. If the variance after the pilot does not fall, the control is dropped.
///
/// `None` if the lengths differ, a value is not finite, or fewer than two pairs are in the pilot or after it.
pub fn control_variate(y: &[f64], x: &[f64], expected: f64, pilot: usize, level: f64) -> Option<Controlled> {
    if y.len() != x.len() || pilot < 2 || y.len() < pilot + 2 || !expected.is_finite() {
        return None;
    }
    let (early_y, late_y) = y.split_at(pilot);
    let (early_x, late_x) = x.split_at(pilot);
    let (of_y, of_x) = (Summary::of(early_y)?, Summary::of(early_x)?);
    let covariance: f64 = early_y.iter().zip(early_x).map(|(y, x)| (y - of_y.mean()) * (x - of_x.mean())).sum();
    let spread = of_x.sd() * of_x.sd() * (pilot - 1) as f64;
    let beta = if spread > 0.0 { covariance / spread } else { 0.0 };
    let with: Vec<f64> = late_y.iter().zip(late_x).map(|(y, x)| y - beta * (x - expected)).collect();
    let (with, without) = (Summary::of(&with)?, Summary::of(late_y)?);
    let keeps = with.sd() < without.sd();
    let used = if keeps { &with } else { &without };
    let ratio = used.sd() / without.sd();
    Some(Controlled {
        beta: if keeps { beta } else { 0.0 },
        mean: used.mean(),
        interval: used.mean_interval(level),
        variance_ratio: if without.sd() > 0.0 { ratio * ratio } else { 1.0 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_no_noise_left() {
        let points: Vec<Vec<f64>> = (1..10).map(|i| vec![f64::from(i) / 10.0]).collect();
        let pairs = antithetic(&points, |u| 3.0 * u[0]).unwrap();
        assert!((pairs.mean() - 1.5).abs() < 1e-15 && pairs.sd() < 1e-15);
        let x: Vec<f64> = points.iter().map(|u| u[0]).collect();
        let y: Vec<f64> = x.iter().map(|x| 2.0 + 3.0 * x).collect();
        let controlled = control_variate(&y, &x, 0.5, 4, 0.95).unwrap();
        assert!((controlled.beta - 3.0).abs() < 1e-12 && (controlled.mean - 3.5).abs() < 1e-12);
        assert!(controlled.variance_ratio < 1e-20);
    }

    #[test]
    fn a_control_that_does_not_help_is_dropped() {
        let y = [1.0, 2.0, 1.0, 2.0, 5.0, 1.0, 4.0, 2.0];
        let x = [1.0, 2.0, 1.0, 2.0, 0.0, 9.0, 0.0, 9.0];
        let controlled = control_variate(&y, &x, 1.5, 4, 0.95).unwrap();
        assert_eq!((controlled.beta, controlled.mean, controlled.variance_ratio), (0.0, 3.0, 1.0));
        assert_eq!(control_variate(&y, &x[..3], 1.5, 4, 0.95), None);
        assert_eq!(control_variate(&y, &x, 1.5, 7, 0.95), None);
    }
}
