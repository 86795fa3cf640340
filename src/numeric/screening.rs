//! Signal detection by people and machines that look at items (D. M. Green and J. A. Swets, 1966).
//!
//! Evidence is normal with standard deviation 1, mean -d'/2 for a clean item and d'/2 for one that holds what is
//! looked for. Whoever looks says yes above a criterion c.

use super::normal;

/// Someone or something that looks at items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screener {
    /// Sensitivity d', in standard deviations.
    pub sensitivity: f64,
    /// Criterion c: 0 is unbiased, a positive one says yes less often.
    pub criterion: f64,
}

impl Screener {
    /// The screener with these rates: d' = z(H) - z(F), c = -(z(H) + z(F))/2 (N. A. Macmillan and C. D. Creelman,
    /// *Detection Theory*, 2005). A rate of 0 or 1 gives infinities, a number outside 0..=1 NaN.
    pub fn from_rates(hits: f64, false_alarms: f64) -> Screener {
        if !(0.0..=1.0).contains(&hits) || !(0.0..=1.0).contains(&false_alarms) {
            return Screener { sensitivity: f64::NAN, criterion: f64::NAN };
        }
        let (hit, alarm) = (normal::quantile(hits), normal::quantile(false_alarms));
        Screener { sensitivity: hit - alarm, criterion: -0.5 * (hit + alarm) }
    }

    /// The criterion moved to the `prevalence` of what is looked for: c = c0 + psi ln((1-pi)/pi) / d'. `psi` in 0..=1
    /// is how far a screener follows the optimum (1) or does not (0), as people say yes less often to what is rare
    /// (J. M. Wolfe, T. S. Horowitz and N. M. Kenner, Nature 435, 2005). At prevalence 0 or 1 the criterion is infinite
    /// if `psi` > 0; `psi` outside 0..=1 or d' not positive gives NaN.
    pub fn at_prevalence(self, prevalence: f64, psi: f64) -> Screener {
        let fits = (0.0..=1.0).contains(&psi) && (0.0..=1.0).contains(&prevalence) && self.sensitivity > 0.0;
        let moved = if !fits {
            f64::NAN
        } else if psi == 0.0 {
            0.0
        } else {
            psi * libm::log((1.0 - prevalence) / prevalence) / self.sensitivity
        };
        Screener { criterion: self.criterion + moved, ..self }
    }

    /// Chance of a yes to an item that holds what is looked for: Phi(d'/2 - c).
    pub fn hits(&self) -> f64 {
        normal::cdf(0.5 * self.sensitivity - self.criterion)
    }

    /// Chance of a yes to a clean item: Phi(-d'/2 - c).
    pub fn false_alarms(&self) -> f64 {
        normal::cdf(-0.5 * self.sensitivity - self.criterion)
    }

    /// ln of the likelihood ratio at the criterion: c d'.
    pub fn ln_bias(&self) -> f64 {
        self.criterion * self.sensitivity
    }
}

/// Share correct in a choice between two items one of which holds it: Phi(d'/sqrt 2).
pub fn two_alternatives(sensitivity: f64) -> f64 {
    normal::cdf(sensitivity / std::f64::consts::SQRT_2)
}

/// Area under the receiver operating characteristic, Phi(d'/sqrt 2): the same number.
pub fn area_under_curve(sensitivity: f64) -> f64 {
    two_alternatives(sensitivity)
}

/// P(it is there | alarm) = pi H / (pi H + (1-pi) F), by Bayes. NaN if an alarm is impossible or a number is outside
/// 0..=1.
pub fn positive_predictive_value(prevalence: f64, hits: f64, false_alarms: f64) -> f64 {
    share(prevalence, hits, false_alarms)
}

/// P(it is not there | no alarm) = (1-pi)(1-F) / ((1-pi)(1-F) + pi (1-H)). NaN as above.
pub fn negative_predictive_value(prevalence: f64, hits: f64, false_alarms: f64) -> f64 {
    share(1.0 - prevalence, 1.0 - false_alarms, 1.0 - hits)
}

fn share(weight: f64, one: f64, other: f64) -> f64 {
    if [weight, one, other].iter().any(|p| !(0.0..=1.0).contains(p)) {
        return f64::NAN;
    }
    weight * one / (weight * one + (1.0 - weight) * other)
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::quadrature;
    use super::*;

    #[test]
    fn rates_and_screener_are_inverse() {
        for (hits, alarms) in [(0.9, 0.01), (0.5, 0.5), (0.2, 0.001), (0.3, 0.6)] {
            let one = Screener::from_rates(hits, alarms);
            close(one.hits(), hits, 1e-12, &());
            close(one.false_alarms(), alarms, 1e-12, &());
        }
    }

    #[test]
    fn the_area_is_the_integral_of_the_curve() {
        for d in [0.3, 1.0, 2.5] {
            // Over the criterion: hits times the density of a false alarm there.
            let curve = |c: f64| normal::cdf(0.5 * d - c) * normal::pdf(c + 0.5 * d);
            close(area_under_curve(d), quadrature::integrate(-12.0, 12.0, 60, curve), 1e-12, &d);
        }
    }

    #[test]
    fn a_full_prevalence_effect_is_the_ideal_observer() {
        let rare = Screener { sensitivity: 2.0, criterion: 0.0 }.at_prevalence(0.02, 1.0);
        close(rare.ln_bias(), libm::log(49.0), 1e-13, &());
        let half = Screener { sensitivity: 2.0, criterion: 0.3 }.at_prevalence(0.5, 0.7);
        close(half.criterion, 0.3, 1e-15, &());
        assert!(rare.hits() < Screener { sensitivity: 2.0, criterion: 0.0 }.hits());
    }

    #[test]
    fn edges_are_as_documented() {
        let sure = Screener::from_rates(1.0, 0.0);
        assert_eq!(sure.sensitivity, f64::INFINITY);
        assert!(Screener::from_rates(1.2, 0.1).hits().is_nan());
        let one = Screener { sensitivity: 1.0, criterion: 0.2 };
        assert_eq!(one.at_prevalence(0.0, 0.0), one);
        assert_eq!(one.at_prevalence(0.0, 0.5).hits(), 0.0);
        assert!(one.at_prevalence(0.1, 1.5).hits().is_nan());
        assert!(positive_predictive_value(0.1, 0.0, 0.0).is_nan() && positive_predictive_value(2.0, 0.5, 0.1).is_nan());
        assert_eq!((positive_predictive_value(0.5, 0.8, 0.2), negative_predictive_value(1.0, 0.8, 0.2)), (0.8, 0.0));
    }
}
