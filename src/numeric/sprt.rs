//! Wald's sequential probability ratio test (A. Wald, *Sequential Analysis*, 1947).

/// A test of a hypothesis 1 against a hypothesis 0: sums of log-likelihood ratios, in nats, between two thresholds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sprt {
    /// At or above it hypothesis 1 is accepted; positive.
    pub upper: f64,
    /// At or below it hypothesis 0 is accepted; negative.
    pub lower: f64,
}

/// What a test has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Hypothesis 0: nothing.
    Nothing,
    /// Hypothesis 1: something.
    Something,
}

impl Sprt {
    /// Wald's thresholds ln((1-b)/a) and ln(b/(1-a)) for error chances `alpha` (something though there is nothing) and
    /// `beta` (nothing though there is something). `None` unless both are positive and their sum is below 1. The real
    /// errors are smaller, since sums overshoot.
    pub fn wald(alpha: f64, beta: f64) -> Option<Sprt> {
        let fits = alpha > 0.0 && beta > 0.0 && alpha + beta < 1.0;
        fits.then(|| Sprt { upper: libm::log((1.0 - beta) / alpha), lower: libm::log(beta / (1.0 - alpha)) })
    }

    /// The sum after an observation that is worth `step` nats.
    #[inline]
    pub fn next(&self, sum: f64, step: f64) -> f64 {
        sum + step
    }

    /// What a sum says; `None` as long as it lies between the thresholds.
    #[inline]
    pub fn verdict(&self, sum: f64) -> Option<Verdict> {
        if sum >= self.upper {
            Some(Verdict::Something)
        } else if sum <= self.lower {
            Some(Verdict::Nothing)
        } else {
            None
        }
    }

    /// Wald's approximation of the average sample number, (p A + (1-p) B) / `mean_step`, where p = `power` is the
    /// chance to end with hypothesis 1. It neglects the overshoot and so is too small. Under hypothesis 1 p is 1 - b,
    /// under hypothesis 0 it is a. NaN if `mean_step` is 0; see [`Sprt::mean_samples_normal`].
    pub fn mean_samples(&self, power: f64, mean_step: f64) -> f64 {
        if mean_step == 0.0 {
            return f64::NAN;
        }
        (power * self.upper + (1.0 - power) * self.lower) / mean_step
    }

    /// Chance to end with hypothesis 1 when normal observations (standard deviation 1) have mean `truth` and the
    /// hypotheses are 0 and `shift`: (1 - e^(hB)) / (e^(hA) - e^(hB)) with h = 1 - 2 truth / shift, without overshoot.
    pub fn power_normal(&self, shift: f64, truth: f64) -> f64 {
        let h = 1.0 - 2.0 * truth / shift;
        if h.abs() < 1e-9 {
            return -self.lower / (self.upper - self.lower);
        }
        if h > 0.0 {
            // Both numerator and denominator over e^(hA).
            -libm::expm1(h * self.lower) * libm::exp(-h * self.upper) / -libm::expm1(h * (self.lower - self.upper))
        } else {
            // Both over e^(hB).
            libm::expm1(-h * self.lower) / libm::expm1(h * (self.upper - self.lower))
        }
    }

    /// Average sample number for the same: half way between the hypotheses -A B / shift^2.
    pub fn mean_samples_normal(&self, shift: f64, truth: f64) -> f64 {
        let mean_step = normal_step(truth, shift);
        if (1.0 - 2.0 * truth / shift).abs() < 1e-6 {
            return -self.upper * self.lower / (shift * shift);
        }
        self.mean_samples(self.power_normal(shift, truth), mean_step)
    }
}

/// What an observation `x` of standard deviation 1 is worth for mean `shift` against mean 0: shift (x - shift/2).
#[inline]
pub fn normal_step(x: f64, shift: f64) -> f64 {
    shift * (x - 0.5 * shift)
}

/// What a Poisson count `x` is worth for mean `mu1` against mean `mu0`: x ln(mu1/mu0) - (mu1 - mu0). With the mean
/// count in place of `x` it is the mean step. NaN unless both means are positive.
pub fn poisson_step(x: f64, mu0: f64, mu1: f64) -> f64 {
    if mu0 > 0.0 && mu1 > 0.0 { x * libm::log(mu1 / mu0) - (mu1 - mu0) } else { f64::NAN }
}

/// What a trial with `x` = 1 (success) or 0 is worth for chance `p1` against `p0`; with the chance of success in place
/// of `x` it is the mean step. NaN unless both chances lie between 0 and 1.
pub fn trial_step(x: f64, p0: f64, p1: f64) -> f64 {
    let inside = |p: f64| p > 0.0 && p < 1.0;
    if !inside(p0) || !inside(p1) {
        return f64::NAN;
    }
    x * libm::log(p1 / p0) + (1.0 - x) * libm::log((1.0 - p1) / (1.0 - p0))
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn power_at_the_hypotheses_is_what_was_asked_for() {
        let test = Sprt::wald(0.01, 0.05).unwrap();
        close(test.power_normal(0.5, 0.0), 0.01, 1e-12, &());
        close(test.power_normal(0.5, 0.5), 0.95, 1e-12, &());
        close(test.mean_samples_normal(0.5, 0.5), test.mean_samples(0.95, 0.125), 1e-12, &());
        close(test.mean_samples_normal(0.5, 0.0), test.mean_samples(0.01, -0.125), 1e-12, &());
    }

    #[test]
    fn half_way_the_formula_is_continuous() {
        let test = Sprt::wald(0.02, 0.1).unwrap();
        let near = test.mean_samples_normal(1.0, 0.5 + 1e-5);
        close(test.mean_samples_normal(1.0, 0.5), near, 1e-4, &());
        close(test.power_normal(1.0, 0.5), test.power_normal(1.0, 0.5 + 1e-7), 1e-5, &());
        assert!(test.power_normal(1.0, 1e5) <= 1.0 && test.power_normal(1.0, -1e5) >= 0.0);
    }

    #[test]
    fn trials_take_as_long_as_walds_example_says() {
        // p0 = 0.1, p1 = 0.3, alpha = 0.02, beta = 0.03: 0.97 A + 0.03 B over the mean step.
        let test = Sprt::wald(0.02, 0.03).unwrap();
        let step = 0.3 * libm::log(3.0) + 0.7 * libm::log(7.0 / 9.0);
        close(trial_step(0.3, 0.1, 0.3), step, 1e-14, &());
        close(test.mean_samples(0.97, step), (0.97 * 3.881_563_798 - 0.03 * 3.486_355_195) / step, 1e-8, &());
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((Sprt::wald(0.0, 0.1), Sprt::wald(0.6, 0.5), Sprt::wald(f64::NAN, 0.1)), (None, None, None));
        let test = Sprt { upper: 2.0, lower: -1.0 };
        assert_eq!(
            (test.verdict(2.0), test.verdict(-1.0), test.verdict(test.next(0.5, 1.0))),
            (Some(Verdict::Something), Some(Verdict::Nothing), None)
        );
        assert!(poisson_step(1.0, 0.0, 1.0).is_nan() && trial_step(1.0, 0.2, 1.0).is_nan());
        assert!(test.mean_samples(0.5, 0.0).is_nan());
        close(poisson_step(3.0, 2.0, 4.0), 3.0 * libm::log(2.0) - 2.0, 1e-14, &());
    }
}
