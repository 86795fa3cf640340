//! How often a value is passed, and how bad it is beyond.

use super::{Clusters, Interval, Summary};

/// P(X > x) over x, as estimated from a sample: a falling step function.
#[derive(Clone, Debug, PartialEq)]
pub struct Exceedance {
    points: Vec<ExceedancePoint>,
}

/// One point of an exceedance curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExceedancePoint {
    /// The value, in the unit of the measure.
    pub x: f64,
    /// The share of the sample above it.
    pub probability: f64,
    /// Wilson's interval of that share, or that of clusters: pointwise, not for the curve as a whole.
    pub band: Interval,
}

impl Exceedance {
    /// The curve at every different value of the sample. Left of the first point the probability is 1.
    pub fn of(sample: &Summary, level: f64) -> Exceedance {
        let mut xs = sample.sorted().to_vec();
        xs.dedup();
        Exceedance::at(sample, &xs, level)
    }

    /// The curve at the given values, in their order.
    pub fn at(sample: &Summary, xs: &[f64], level: f64) -> Exceedance {
        let n = sample.n() as u64;
        let point = |&x: &f64| {
            let above = n - sample.sorted().partition_point(|&value| value <= x) as u64;
            ExceedancePoint { x, probability: above as f64 / n as f64, band: Interval::wilson(above, n, level) }
        };
        Exceedance { points: xs.iter().map(point).collect() }
    }

    /// The curve at the given values, in their order, of values that come in clusters.
    pub fn of_clusters(clusters: &Clusters, xs: &[f64], level: f64) -> Exceedance {
        let point = |&x: &f64| {
            let (probability, band) = clusters.share_above(x, level);
            ExceedancePoint { x, probability, band }
        };
        Exceedance { points: xs.iter().map(point).collect() }
    }

    /// The point whose probability is nearest to `probability`, the first among equals: with ties no value need be
    /// passed with that probability itself.
    pub fn nearest(&self, probability: f64) -> Option<&ExceedancePoint> {
        let off = |p: &ExceedancePoint| (p.probability - probability).abs();
        self.points.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// The points of the curve.
    pub fn points(&self) -> &[ExceedancePoint] {
        &self.points
    }
}

/// VaR at `p`: the smallest value x of the sample with F(x) >= p. The minimum at or below 0, the maximum at or above 1.
pub fn value_at_risk(sample: &Summary, p: f64) -> f64 {
    sample.sorted()[rank(sample.n(), p) - 1]
}

/// TVaR at `p`, the average of VaR over the levels above p: 1/(1-p) times the integral of VaR(u) from p to 1 (also
/// called CVaR and expected shortfall). Exact for the sample's distribution: the value at the level counts with the
/// part of its 1/n that lies above p. The mean at or below 0, the maximum at or above 1.
pub fn tail_value_at_risk(sample: &Summary, p: f64) -> f64 {
    let n = sample.n() as f64;
    let p = if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) };
    if p >= 1.0 {
        return sample.max();
    }
    let k = rank(sample.n(), p);
    let at = sample.sorted()[k - 1];
    let part = k as f64 - n * p;
    // As excess over VaR, so that equal values give exactly themselves.
    let beyond: f64 = sample.sorted()[k..].iter().map(|value| value - at).sum();
    let above = n - k as f64 + part;
    if above > 0.0 { at + beyond / above } else { sample.max() }
}

/// The smallest k, 1 at least, with k/n >= p.
fn rank(n: usize, p: f64) -> usize {
    // n p is rounded up only past what rounding of p itself may have added: 0.07 of 100 is 7, not 8.
    let exact = n as f64 * p;
    ((exact - exact.abs() * 4.0 * f64::EPSILON).ceil() as usize).clamp(1, n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::normal;

    #[test]
    fn the_curve_counts_what_is_above() {
        let sample = Summary::of(&[2.0, 1.0, 2.0, 5.0]).unwrap();
        let curve = Exceedance::of(&sample, 0.95);
        let shares: Vec<(f64, f64)> = curve.points().iter().map(|p| (p.x, p.probability)).collect();
        assert_eq!(shares, [(1.0, 0.75), (2.0, 0.25), (5.0, 0.0)]);
        assert!(curve.points().iter().all(|p| p.band.contains(p.probability)));
        let chosen = Exceedance::at(&sample, &[0.0, 3.0, 9.0], 0.95);
        assert_eq!(chosen.points().iter().map(|p| p.probability).collect::<Vec<_>>(), [1.0, 0.25, 0.0]);
    }

    #[test]
    fn the_point_nearest_to_a_half_is_one_of_the_sample() {
        // 32 of 100 above 3, 51 above 2.
        let mut counts = vec![1.0; 49];
        counts.extend([3.0; 19]);
        counts.extend([4.0; 32]);
        let curve = Exceedance::of(&Summary::of(&counts).unwrap(), 0.95);
        assert_eq!(curve.nearest(0.5).map(|p| (p.x, p.probability)), Some((1.0, 0.51)));
        let constant = Exceedance::of(&Summary::of(&[3.0; 4]).unwrap(), 0.95);
        assert_eq!(constant.nearest(0.5).map(|p| (p.x, p.probability)), Some((3.0, 0.0)));
    }

    #[test]
    fn the_tail_of_a_small_sample_is_as_by_hand() {
        let sample = Summary::of(&[1.0, 2.0, 3.0, 4.0, 10.0]).unwrap();
        // F reaches 0.6 at 3; above 0.7 lie half of the fourth fifth and the last: (0.1*4 + 0.2*10)/0.3.
        assert_eq!((value_at_risk(&sample, 0.6), value_at_risk(&sample, 0.61)), (3.0, 4.0));
        assert!((tail_value_at_risk(&sample, 0.7) - 8.0).abs() < 1e-14);
        assert!((tail_value_at_risk(&sample, 0.6) - 7.0).abs() < 1e-14);
        assert_eq!((tail_value_at_risk(&sample, 0.0), tail_value_at_risk(&sample, 0.9)), (4.0, 10.0));
    }

    #[test]
    fn ranks_do_not_slip_by_rounding() {
        let sample = Summary::of(&(1..=100).map(f64::from).collect::<Vec<_>>()).unwrap();
        for i in 1..=100 {
            assert_eq!(value_at_risk(&sample, f64::from(i) / 100.0), f64::from(i));
        }
    }

    #[test]
    fn the_tail_of_a_normal_sample_tends_to_the_closed_form() {
        let n = 100_000;
        let quantiles: Vec<f64> = (0..n).map(|i| normal::quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        let sample = Summary::of(&quantiles).unwrap();
        let expect = normal::pdf(normal::quantile(0.95)) / 0.05;
        assert!((tail_value_at_risk(&sample, 0.95) - expect).abs() < 2e-4);
    }

    #[test]
    fn edges_are_as_documented() {
        let equal = Summary::of(&[0.1; 7]).unwrap();
        for p in [-1.0, 0.0, 0.3, 0.999, 1.0, 2.0, f64::NAN] {
            assert_eq!((value_at_risk(&equal, p), tail_value_at_risk(&equal, p)), (0.1, 0.1), "{p}");
        }
        let two = Summary::of(&[1.0, 3.0]).unwrap();
        assert_eq!(
            (value_at_risk(&two, 0.0), value_at_risk(&two, 1.0), tail_value_at_risk(&two, 1.0)),
            (1.0, 3.0, 3.0)
        );
    }
}
