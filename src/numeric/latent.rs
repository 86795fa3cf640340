//! Altered goods that wait: a stock to which Poisson arrivals add and that latency empties (M/G/infinity; L. Takacs,
//! *Introduction to the Theory of Queues*, 1962). Times are in one unit throughout.

use super::{binomial, gamma, normal, quadrature};

/// Law of the time from alteration to effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Latency {
    /// Always the same.
    Fixed {
        /// That time.
        mean: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Weibull's law; `shape` 1 is the exponential.
    Weibull {
        /// Mean.
        mean: f64,
        /// Shape, over 0: a hazard that rises if over 1.
        shape: f64,
    },
    /// Gamma; `shape` 1 is the exponential.
    Gamma {
        /// Mean.
        mean: f64,
        /// Shape, over 0.
        shape: f64,
    },
    /// Lognormal.
    Lognormal {
        /// Mean (not the median).
        mean: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
}

impl Latency {
    /// P(latency > t); 1 for `t` <= 0. NaN for a parameter that is not positive and finite.
    pub fn survival(&self, t: f64) -> f64 {
        if !self.sound() || t.is_nan() {
            return f64::NAN;
        }
        if t <= 0.0 {
            return 1.0;
        }
        match *self {
            Latency::Fixed { mean } => f64::from(u8::from(mean > t)),
            Latency::Exponential { mean } => libm::exp(-t / mean),
            Latency::Weibull { mean, shape } => libm::exp(-libm::pow(t / scale(mean, shape), shape)),
            Latency::Gamma { mean, shape } => gamma::regularised_upper(shape, shape * t / mean),
            Latency::Lognormal { mean, sigma } => normal::cdf(-(libm::log(t / mean) / sigma + 0.5 * sigma)),
        }
    }

    /// The mean of min(latency, t), which is the integral of the survival from 0 to `t`: for Weibull mean P(1/a,
    /// (t/scale)^a), for gamma mean P(a+1, x) + t Q(a, x) with x = a t / mean, for the lognormal its partial
    /// expectation. 0 for `t` <= 0, NaN as above.
    pub fn mean_until(&self, t: f64) -> f64 {
        if !self.sound() || t.is_nan() {
            return f64::NAN;
        }
        if t <= 0.0 {
            return 0.0;
        }
        if t == f64::INFINITY {
            return self.mean();
        }
        match *self {
            Latency::Fixed { mean } => mean.min(t),
            Latency::Exponential { mean } => -mean * libm::expm1(-t / mean),
            Latency::Weibull { mean, shape } => {
                mean * gamma::regularised_lower(1.0 / shape, libm::pow(t / scale(mean, shape), shape))
            }
            Latency::Gamma { mean, shape } => {
                mean * gamma::regularised_lower(shape + 1.0, shape * t / mean) + t * self.survival(t)
            }
            Latency::Lognormal { mean, sigma } => {
                mean * normal::cdf(libm::log(t / mean) / sigma - 0.5 * sigma) + t * self.survival(t)
            }
        }
    }

    /// The law's mean.
    pub fn mean(&self) -> f64 {
        match *self {
            Latency::Fixed { mean }
            | Latency::Exponential { mean }
            | Latency::Weibull { mean, .. }
            | Latency::Gamma { mean, .. }
            | Latency::Lognormal { mean, .. } => mean,
        }
    }

    fn sound(&self) -> bool {
        let positive = |x: f64| x > 0.0 && x.is_finite();
        positive(self.mean())
            && match *self {
                Latency::Weibull { shape, .. } | Latency::Gamma { shape, .. } => positive(shape),
                Latency::Lognormal { sigma, .. } => positive(sigma),
                Latency::Fixed { .. } | Latency::Exponential { .. } => true,
            }
    }
}

/// Mean number that is latent at time `t` when altered goods leave at `rate` from time 0 on: rate times the integral of
/// the survival. The number is Poisson with this mean.
pub fn latent(rate: f64, latency: &Latency, t: f64) -> f64 {
    rate * latency.mean_until(t)
}

/// Mean number that has acted by time `t`: rate t - latent. Poisson, and independent of the number that is latent.
pub fn activated(rate: f64, latency: &Latency, t: f64) -> f64 {
    if t <= 0.0 { 0.0 } else { rate * (t - latency.mean_until(t)) }
}

/// [`latent`] for any law by its survival function, a falling function from 1, by quadrature with 512 panels of 16
/// nodes: near 10 digits if it is smooth.
pub fn latent_of(rate: f64, survival: impl Fn(f64) -> f64, t: f64) -> f64 {
    if t <= 0.0 { 0.0 } else { rate * quadrature::integrate(0.0, t, 512, survival) }
}

/// One common event that makes latent goods act all at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    /// Chance that the event happens at all.
    pub happens: f64,
    /// Chance that it makes a latent item act, for each independently.
    pub activates: f64,
}

impl Trigger {
    /// Mean number that acts, of `stock` latent items: q n p.
    pub fn mean(&self, stock: u64) -> f64 {
        self.happens * self.activates * stock as f64
    }

    /// Variance of that number: q n p (1-p) + q (1-q) (n p)^2. The second term is what independent goods lack.
    pub fn variance(&self, stock: u64) -> f64 {
        let acts = self.activates * stock as f64;
        self.happens * acts * (1.0 - self.activates) + self.happens * (1.0 - self.happens) * acts * acts
    }

    /// Variance if the stock itself is Poisson with this mean m: q m p + q (1-q) (m p)^2.
    pub fn variance_of_poisson(&self, stock: f64) -> f64 {
        let acts = self.activates * stock;
        self.happens * acts + self.happens * (1.0 - self.happens) * acts * acts
    }

    /// P(exactly `k` of `stock` items act).
    pub fn pmf(&self, k: u64, stock: u64) -> f64 {
        let none = if k == 0 { 1.0 - self.happens } else { 0.0 };
        none + self.happens * binomial::pmf(k, stock, self.activates)
    }
}

/// The scale of Weibull's law with this mean: mean / Gamma(1 + 1/shape).
fn scale(mean: f64, shape: f64) -> f64 {
    mean * libm::exp(-gamma::ln_gamma(1.0 + 1.0 / shape))
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn closed_forms_are_the_integrals_of_the_survival() {
        for law in [
            Latency::Exponential { mean: 3.0 },
            Latency::Weibull { mean: 3.0, shape: 2.0 },
            Latency::Weibull { mean: 3.0, shape: 1.3 },
            Latency::Gamma { mean: 3.0, shape: 2.5 },
            Latency::Lognormal { mean: 3.0, sigma: 0.8 },
        ] {
            for t in [0.1, 2.0, 9.0, 60.0] {
                close(latent(0.7, &law, t), latent_of(0.7, |s| law.survival(s), t), 1e-8, &(law, t));
                close(latent(0.7, &law, t) + activated(0.7, &law, t), 0.7 * t, 1e-12, &law);
            }
            close(law.mean_until(f64::INFINITY), 3.0, 1e-12, &law);
            close(law.mean_until(1e6), 3.0, 1e-9, &law);
        }
    }

    #[test]
    fn shape_one_is_the_exponential() {
        let plain = Latency::Exponential { mean: 5.0 };
        for law in [Latency::Weibull { mean: 5.0, shape: 1.0 }, Latency::Gamma { mean: 5.0, shape: 1.0 }] {
            close(law.mean_until(7.0), plain.mean_until(7.0), 1e-12, &law);
        }
    }

    #[test]
    fn a_trigger_has_the_moments_of_its_distribution() {
        let trigger = Trigger { happens: 0.3, activates: 0.6 };
        let moment = |power: f64| (0..=40).map(|k| libm::pow(k as f64, power) * trigger.pmf(k, 40)).sum::<f64>();
        close(moment(0.0), 1.0, 1e-12, &());
        close(moment(1.0), trigger.mean(40), 1e-12, &());
        close(moment(2.0) - moment(1.0) * moment(1.0), trigger.variance(40), 1e-11, &());
        // If the trigger comes, thinning leaves a Poisson number: p^2 n more variance than of a fixed stock.
        close(trigger.variance_of_poisson(40.0), trigger.variance(40) + 0.3 * 0.36 * 40.0, 1e-12, &());
    }

    #[test]
    fn edges_are_as_documented() {
        let law = Latency::Fixed { mean: 2.0 };
        assert_eq!((law.survival(1.0), law.survival(2.0), law.survival(-1.0)), (1.0, 0.0, 1.0));
        assert_eq!((latent(0.5, &law, 1.0), activated(0.5, &law, 1.0), latent(0.5, &law, 9.0)), (0.5, 0.0, 1.0));
        assert_eq!((latent(0.5, &law, -1.0), activated(0.5, &law, -1.0)), (0.0, 0.0));
        assert!(Latency::Weibull { mean: 1.0, shape: 0.0 }.survival(1.0).is_nan());
        assert!(latent(1.0, &Latency::Exponential { mean: -1.0 }, 1.0).is_nan());
    }
}
