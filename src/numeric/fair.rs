//! Factor analysis of information risk (FAIR): what a year costs, from how often and how much; and how often a threat is
//! stronger than what it meets.

use super::normal;
use super::quadrature::integrate;

/// Mean and variance of an uncertain quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The variance, in the squared unit of the mean.
    pub variance: f64,
}

/// A rate times one magnitude, independent of it: the mean is right for a year, the spread is not. All losses of a year
/// have the same size, and their number is not even whole. The open-source `pyfair` computes so.
pub fn rate_times_magnitude(rate: Moments, magnitude: Moments) -> Moments {
    let mean = rate.mean * magnitude.mean;
    let square = |m: Moments| m.variance + m.mean * m.mean;
    Moments { mean, variance: (square(rate) * square(magnitude) - mean * mean).max(0.0) }
}

/// The losses of a year: a Poisson number of them given the `rate`, which is itself uncertain, each of its own
/// `magnitude`. Mean E(rate) E(X), variance E(rate) Var(X) + (E(rate) + Var(rate)) E(X)^2, by the law of total variance.
pub fn yearly_loss(rate: Moments, magnitude: Moments) -> Moments {
    let square = magnitude.mean * magnitude.mean;
    Moments {
        mean: rate.mean * magnitude.mean,
        variance: rate.mean * magnitude.variance + (rate.mean + rate.variance) * square,
    }
}

/// Vulnerability: the chance that the threat's capability exceeds the controls' strength, both normal and independent,
/// Phi((mean - mean)/sqrt(variance + variance)). For lognormal ones give the moments of the logarithms. Without any
/// variance 0 or 1; one half at equal means.
pub fn vulnerability(capability: Moments, strength: Moments) -> f64 {
    let (ahead, spread) = (capability.mean - strength.mean, (capability.variance + strength.variance).sqrt());
    if spread == 0.0 {
        return if ahead == 0.0 { 0.5 } else { f64::from(u8::from(ahead > 0.0)) };
    }
    normal::cdf(ahead / spread)
}

/// The same for any two independent laws: the integral over u of P(strength < capability's quantile at u), from that
/// quantile and the strength's distribution function. To about 1 part in 10^12 for laws with a smooth density.
pub fn vulnerability_of(capability_quantile: impl Fn(f64) -> f64, strength_cdf: impl Fn(f64) -> f64) -> f64 {
    // In the normal scale, where the ends of quantiles are not steep; beyond 8.25 lies a chance of 1e-16.
    integrate(-8.25, 8.25, 64, |z| normal::pdf(z) * strength_cdf(capability_quantile(normal::cdf(z))))
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::pert::{Pert, PertConvention};
    use super::*;

    #[test]
    fn a_product_of_moments_is_met_by_hand() {
        let (rate, magnitude) = (Moments { mean: 3.0, variance: 2.0 }, Moments { mean: 10.0, variance: 25.0 });
        // (2 + 9)(25 + 100) - 900; 3*25 + 5*100.
        assert_eq!(rate_times_magnitude(rate, magnitude), Moments { mean: 30.0, variance: 475.0 });
        assert_eq!(yearly_loss(rate, magnitude), Moments { mean: 30.0, variance: 575.0 });
    }

    #[test]
    fn the_closed_form_and_the_integral_agree() {
        let (capability, strength) = (Moments { mean: 0.4, variance: 0.01 }, Moments { mean: 0.5, variance: 0.0225 });
        let closed = vulnerability(capability, strength);
        close(closed, normal::cdf(-0.1 / 0.0325_f64.sqrt()), 1e-14, &"closed");
        let integral = vulnerability_of(|u| 0.4 + 0.1 * normal::quantile(u), |x| normal::cdf((x - 0.5) / 0.15));
        close(integral, closed, 1e-12, &"integral");
        // One law against itself.
        let pert = Pert::new(5.0, 20.0, 50.0, 4.0, PertConvention::Standard).unwrap();
        close(vulnerability_of(|u| pert.quantile(u), |x| pert.cdf(x)), 0.5, 1e-9, &"itself");
    }

    #[test]
    fn edges_are_as_documented() {
        let sure = |mean: f64| Moments { mean, variance: 0.0 };
        assert_eq!(vulnerability(sure(2.0), sure(1.0)), 1.0);
        assert_eq!(vulnerability(sure(1.0), sure(2.0)), 0.0);
        assert_eq!(vulnerability(sure(1.0), sure(1.0)), 0.5);
        assert!(vulnerability(Moments { mean: 1.0, variance: -1.0 }, sure(2.0)).is_nan());
    }
}
