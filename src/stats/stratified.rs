//! A mean over strata whose weights are known, such as worlds.

use super::Interval;
use super::summary::moments;

/// The mean of strata by their weights, and its interval: variances of the strata's means add with squared weights (Cochran,
/// *Sampling Techniques*, section 5.3); degrees of freedom are those of the strata together. Strata of no weight do not
/// count. `None` if no stratum counts, or one that does has fewer than two values or one that is not finite.
pub fn stratified(strata: &[(f64, &[f64])], level: f64) -> Option<(f64, Interval)> {
    let (mut mean, mut variance, mut freedom) = (0.0, 0.0, 0);
    for (weight, values) in strata.iter().filter(|(weight, _)| *weight > 0.0) {
        if values.len() < 2 || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let (of_stratum, sd) = moments(values);
        mean += weight * of_stratum;
        variance += weight * weight * sd * sd / values.len() as f64;
        freedom += values.len() - 1;
    }
    (freedom > 0).then(|| (mean, Interval::of_mean(mean, variance.sqrt(), freedom + 1, level)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stratum_is_an_ordinary_mean() {
        let values = [1.0, 4.0, 2.0, 9.0];
        let (mean, sd) = moments(&values);
        let found = stratified(&[(1.0, &values), (0.0, &[])], 0.95).unwrap();
        assert_eq!(found, (mean, Interval::of_mean(mean, sd / 2.0, 4, 0.95)));
    }

    #[test]
    fn weights_count_once_in_the_mean_and_squared_in_the_variance() {
        let (a, b) = ([0.0, 2.0], [10.0, 10.0]);
        let (mean, interval) = stratified(&[(0.25, &a), (0.75, &b)], 0.95).unwrap();
        assert_eq!(mean, 7.75);
        // The mean of `a` has variance 1: 2 values, variance 2.
        assert_eq!(interval, Interval::of_mean(7.75, 0.25, 3, 0.95));
    }

    #[test]
    fn what_is_too_little_is_not_told() {
        assert_eq!(stratified(&[], 0.95), None);
        assert_eq!(stratified(&[(0.5, &[1.0]), (0.5, &[1.0, 2.0])], 0.95), None);
        assert_eq!(stratified(&[(1.0, &[1.0, f64::NAN])], 0.95), None);
    }
}
