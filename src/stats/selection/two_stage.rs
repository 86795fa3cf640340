//! Two-stage selection: the spread seen in a first batch says how many runs each option needs, and then the best mean is
//! taken.

use crate::numeric::quadrature::{integrate, legendre};
use crate::numeric::{gamma, normal, root};

/// Bechhofer's h: with n = (h sigma/delta)^2 runs of each of `options`, normal with known equal standard deviation sigma,
/// the best mean belongs to the best option with chance `p`, if it is better than the others by delta. It solves
/// integral of Phi(z + h)^(options - 1) phi(z) dz = p (R. E. Bechhofer, Annals of Mathematical Statistics 25, 1954, 16-39).
/// Tables that print h/sqrt 2 have n = 2 (h sigma/delta)^2.
///
/// `None` unless there are two options at least and 1/options < `p` < 1.
pub fn bechhofer(options: usize, p: f64) -> Option<f64> {
    let others = others(options, p)?;
    let rule = |h: f64| integrate(-9.0, 9.0, 24, |z| normal::pdf(z) * libm::pow(normal::cdf(z + h), others));
    root::rising(0.0, 1.0, |h| rule(h) - p)
}

/// Runs of each option that Bechhofer's rule asks for: (h sigma/delta)^2, rounded up, 1 at least. `None` as for
/// [`bechhofer`], or if `sigma` is negative, `delta` is not positive, or the number is too large to count.
pub fn bechhofer_size(options: usize, p: f64, sigma: f64, delta: f64) -> Option<usize> {
    size(bechhofer(options, p)?, sigma, delta).map(|n| n.max(1))
}

/// Rinott's h: with n_i = max(first, (h S_i/delta)^2) runs of option i, where S_i is its standard deviation in `first` runs,
/// the best mean belongs to the best option with chance `p` at least, if it is better than the others by delta. Variances
/// may differ. It solves E[E[Phi(h/sqrt(v (1/X + 1/Y))) given Y]^(options - 1)] = p, X and Y chi-squared with
/// v = first - 1 degrees of freedom (Y. Rinott, Communications in Statistics A7, 1978, 799-811).
///
/// To about 8 digits. `None` as for [`bechhofer`], or for fewer than two first runs.
pub fn rinott(options: usize, p: f64, first: usize) -> Option<f64> {
    let others = others(options, p)?;
    if first < 2 {
        return None;
    }
    let chi = Chi::new(first - 1);
    root::rising(0.0, 2.0, |h| chi.chance(h, others) - p)
}

/// A two-stage selection: [`TwoStage::sizes`] after the first batch, and the best mean of all runs at the end. The promise
/// is proved for independent options, so here each should have luck of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoStage {
    /// Rinott's constant.
    pub h: f64,
    /// Runs of each option in the first batch.
    pub first: usize,
    /// The indifference zone, in the unit of the measure.
    pub delta: f64,
}

impl TwoStage {
    /// For a chance `p` that the best option is selected, if it is better than the others by `delta`. `None` as for
    /// [`rinott`], or if `delta` is not positive and finite.
    pub fn new(options: usize, p: f64, first: usize, delta: f64) -> Option<TwoStage> {
        let fits = delta.is_finite() && delta > 0.0;
        fits.then_some(TwoStage { h: rinott(options, p, first)?, first, delta })
    }

    /// Runs that each option needs, those of the first batch among them, from the standard deviations there:
    /// max(first, (h S/delta)^2), rounded up. `None` if a deviation is negative or not finite, or a number too large.
    pub fn sizes(&self, sds: &[f64]) -> Option<Vec<usize>> {
        sds.iter().map(|sd| size(self.h, *sd, self.delta).map(|n| n.max(self.first))).collect()
    }
}

/// How many options there are beside the best, if `p` can be asked for.
fn others(options: usize, p: f64) -> Option<f64> {
    (options >= 2 && p > 1.0 / options as f64 && p < 1.0).then_some((options - 1) as f64)
}

/// (h sd/delta)^2 rounded up, as far as whole numbers are exact.
fn size(h: f64, sd: f64, delta: f64) -> Option<usize> {
    let root = h * sd / delta;
    let n = (root * root).ceil();
    (sd >= 0.0 && delta > 0.0 && n < 9e15).then_some(n as usize)
}

/// Nodes of the chi law: places s with the chance that goes with each. The root of a chi-squared variate has a density
/// that is smooth at 0 too.
struct Chi {
    v: f64,
    nodes: Vec<(f64, f64)>,
}

impl Chi {
    fn new(degrees: usize) -> Chi {
        let v = degrees as f64;
        // The chi law lies within a few units of sqrt v, for every v.
        let (from, to) = ((v.sqrt() - 7.0).max(0.0), v.sqrt() + 9.0);
        let log_scale = (1.0 - 0.5 * v) * std::f64::consts::LN_2 - gamma::ln_gamma(0.5 * v);
        let density = |s: f64| libm::exp(log_scale + (v - 1.0) * libm::log(s) - 0.5 * s * s);
        // Panels that halve towards 0, since with few degrees of freedom rare small variances decide.
        let (width, halvings) = (0.5 * (to - from), if from > 0.0 { 2 } else { 14 });
        let mut ends = vec![from];
        ends.extend((0..=halvings).rev().map(|j| from + libm::ldexp(width, -j)));
        ends.extend([from + 1.5 * width, to]);
        let panels = ends.windows(2).flat_map(|end| legendre(NODES, end[0], end[1]));
        let nodes = panels.map(|(s, weight)| (s, weight * density(s))).collect();
        Chi { v, nodes }
    }

    fn chance(&self, h: f64, others: f64) -> f64 {
        let given = |t: f64| -> f64 {
            // h/sqrt(v (1/s^2 + 1/t^2)) = h s t/sqrt(v (s^2 + t^2)).
            let ahead = |s: f64| h * s * t / (self.v * (s * s + t * t)).sqrt();
            self.nodes.iter().map(|&(s, weight)| weight * normal::cdf(ahead(s))).sum()
        };
        self.nodes.iter().map(|&(t, weight)| weight * libm::pow(given(t), others)).sum()
    }
}

/// Nodes of each panel.
const NODES: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_are_met() {
        for p in [0.6, 0.9, 0.95, 0.999] {
            // Two options: Phi(h/sqrt 2) = p.
            let h = bechhofer(2, p).unwrap();
            assert!((h - 2.0_f64.sqrt() * normal::quantile(p)).abs() < 1e-9, "{p}: {h}");
            // Two first runs of two options: the roots of X and Y are normal values' sizes, their ratio r has the half
            // Cauchy law, and a normal value times sqrt(1/X + 1/Y) is the sum of two Cauchy ones: h = 2 tan(pi (p - 1/2)).
            let h = rinott(2, p, 2).unwrap();
            let expect = 2.0 * libm::tan(std::f64::consts::PI * (p - 0.5));
            assert!((h / expect - 1.0).abs() < 1e-8, "{p}: {h}, {expect}");
        }
    }

    #[test]
    fn many_first_runs_are_as_good_as_known_variances() {
        for options in [2, 5, 20] {
            // Then Phi(h/sqrt 2)^(options - 1) = p: the comparisons count as independent.
            let known = 2.0_f64.sqrt() * normal::quantile(libm::pow(0.95, 1.0 / (options as f64 - 1.0)));
            let many = rinott(options, 0.95, 100_001).unwrap();
            assert!(many > known && many < known * 1.0001, "{options}: {known}, {many}");
            assert!(known >= bechhofer(options, 0.95).unwrap() - 1e-9, "they are not, so this is on the safe side");
        }
        let sequence: Vec<f64> = [3, 5, 10, 20, 50, 200].iter().map(|n| rinott(4, 0.9, *n).unwrap()).collect();
        assert!(sequence.is_sorted_by(|a, b| a > b), "{sequence:?}");
    }

    #[test]
    fn sizes_round_up_and_never_fall_below_the_first_batch() {
        let plan = TwoStage { h: 3.0, first: 10, delta: 0.5 };
        // (3 * 1/0.5)^2 = 36; (3 * 0.51/0.5)^2 = 9.36.
        assert_eq!(plan.sizes(&[1.0, 0.51, 0.0, 2.01]), Some(vec![36, 10, 10, 146]));
        assert_eq!(plan.sizes(&[-1.0]), None);
        assert_eq!(plan.sizes(&[f64::NAN]), None);
        assert_eq!(plan.sizes(&[1e30]), None);
        assert_eq!(bechhofer_size(2, 0.95, 1.0, 0.5), Some(22));
        assert_eq!(bechhofer_size(2, 0.95, 0.0, 0.5), Some(1));
        assert_eq!(bechhofer_size(2, 0.95, 1.0, 0.0), None);
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(bechhofer(1, 0.95), None);
        assert_eq!(bechhofer(4, 0.25), None);
        assert_eq!(bechhofer(4, 1.0), None);
        assert_eq!(rinott(4, f64::NAN, 10), None);
        assert_eq!(rinott(4, 0.95, 1), None);
        assert_eq!(TwoStage::new(4, 0.95, 10, 0.0), None);
        assert!(bechhofer(4, 0.2501).unwrap() < 0.01);
    }
}
