//! Losses of a year: a Poisson number of them, each of a gamma or any other law. How often the worst of them, or their sum,
//! passes a value.

use super::quadrature::integrate;
use super::{gamma, poisson, root};

/// A Poisson number of independent gamma losses; exponential ones are the gamma losses of shape 1. Losses and thresholds
/// have one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompoundPoisson {
    rate: f64,
    shape: f64,
    scale: f64,
}

impl CompoundPoisson {
    /// `rate` losses a year to expect, exponential with mean `mean`. `None` if one of them is not positive and finite, or
    /// the rate is over [`MOST_LOSSES`].
    pub fn exponential(rate: f64, mean: f64) -> Option<CompoundPoisson> {
        CompoundPoisson::gamma(rate, 1.0, mean)
    }

    /// `rate` losses a year to expect, gamma with `shape` and `scale`, so of mean shape times scale. `None` as above.
    pub fn gamma(rate: f64, shape: f64, scale: f64) -> Option<CompoundPoisson> {
        let fits = [rate, shape, scale].iter().all(|x| x.is_finite() && *x > 0.0) && rate <= MOST_LOSSES;
        fits.then_some(CompoundPoisson { rate, shape, scale })
    }

    /// Mean of the year's sum.
    pub fn mean(&self) -> f64 {
        self.rate * self.shape * self.scale
    }

    /// Variance of the year's sum: the rate times the mean square of a loss.
    pub fn variance(&self) -> f64 {
        self.mean() * (self.shape + 1.0) * self.scale
    }

    /// OEP: the chance that the worst single loss of a year exceeds `x`, 1 - exp(-rate P(loss > x)). 1 below 0.
    pub fn occurrence_exceedance(&self, x: f64) -> f64 {
        if x < 0.0 { 1.0 } else { -libm::expm1(-self.rate * gamma::regularised_upper(self.shape, x / self.scale)) }
    }

    /// AEP: the chance that the sum of a year's losses exceeds `x`, the sum over n of P(N = n) P(gamma of n shape > x).
    /// 1 below 0.
    pub fn aggregate_exceedance(&self, x: f64) -> f64 {
        if x < 0.0 { 1.0 } else { self.over_counts(|n| gamma::regularised_upper(n * self.shape, x / self.scale)) }
    }

    /// VaR of the worst single loss at `p`: the smallest x with P(worst <= x) >= p. 0 where a year without loss is as likely
    /// as that; infinity at or above 1.
    pub fn occurrence_value_at_risk(&self, p: f64) -> f64 {
        if p >= 1.0 {
            return f64::INFINITY;
        }
        // P(loss > x) = -ln p / rate.
        let tail = -libm::log(p.max(0.0)) / self.rate;
        if tail >= 1.0 { 0.0 } else { self.at_upper(tail) }
    }

    /// TVaR of the worst single loss at `p`: VaR and the integral of OEP from there, over 1 - p. Infinity at or above 1.
    pub fn occurrence_tail_value_at_risk(&self, p: f64) -> f64 {
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let from = self.occurrence_value_at_risk(p);
        // Beyond this a loss in 10^18 years is of no weight.
        let end = self.at_upper((1e-18 / self.rate).min(0.5)).max(from);
        from + integrate(from, end, 512, |x| self.occurrence_exceedance(x)) / (1.0 - p.max(0.0))
    }

    /// VaR of the year's sum at `p`: the smallest x with P(sum <= x) >= p. 0 where a year without loss is as likely as that;
    /// infinity at or above 1.
    pub fn aggregate_value_at_risk(&self, p: f64) -> f64 {
        if p.is_nan() {
            return f64::NAN;
        }
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let spread = self.variance().sqrt();
        root::rising(0.0, spread, |x| (1.0 - p) - self.aggregate_exceedance(x)).unwrap_or(0.0)
    }

    /// TVaR of the year's sum at `p`: the mean of the worst share 1 - p of years. The mean at or below 0; infinity at or
    /// above 1.
    pub fn aggregate_tail_value_at_risk(&self, p: f64) -> f64 {
        if p >= 1.0 {
            return f64::INFINITY;
        }
        let (from, p) = (self.aggregate_value_at_risk(p), p.max(0.0));
        if from == 0.0 {
            // All of the sum's law but years without loss lies beyond.
            return self.mean() / (1.0 - p);
        }
        // E[sum; sum > x]: a gamma law weighted by its value has one more in its shape.
        let unit = self.shape * self.scale;
        let beyond = self.over_counts(|n| n * unit * gamma::regularised_upper(n * self.shape + 1.0, from / self.scale));
        beyond / (1.0 - p)
    }

    /// The sum of P(N = n) f(n) over n >= 1.
    fn over_counts(&self, f: impl Fn(f64) -> f64) -> f64 {
        // The Poisson mass outside is below 1e-30.
        let reach = 12.0 * self.rate.sqrt() + 40.0;
        let (first, last) = ((self.rate - reach).max(1.0) as u64, (self.rate + reach) as u64);
        (first..=last).map(|n| poisson::pmf(n, self.rate) * f(n as f64)).sum()
    }

    /// The x that one loss exceeds with the chance `tail`.
    fn at_upper(&self, tail: f64) -> f64 {
        if self.shape == 1.0 {
            return -self.scale * libm::log(tail);
        }
        let (scale, shape) = (self.scale, self.shape);
        let above = |x: f64| libm::log(tail) - libm::log(gamma::regularised_upper(shape, x));
        root::rising(0.0, shape + 1.0, above).unwrap_or(0.0) * scale
    }
}

/// Most losses a year to expect that [`CompoundPoisson`] accepts.
pub const MOST_LOSSES: f64 = 1e6;

/// P(sum = s) for s = 0, 1, ..., `most` steps, where a Poisson number of losses of `rate` each come to j steps with chance
/// `severity[j]` (H. H. Panjer, ASTIN Bulletin 12, 1981, 22-26): p(0) = exp(-rate (1 - f(0))),
/// p(s) = rate/s times the sum over j of j f(j) p(s - j).
///
/// `None` if a chance is negative or not finite, they add up to more than 1, the rate is negative, or p(0) would be too
/// small to begin with (rate over 700).
pub fn panjer(rate: f64, severity: &[f64], most: usize) -> Option<Vec<f64>> {
    let fits = |chance: &f64| chance.is_finite() && *chance >= 0.0;
    let none = severity.first().copied().unwrap_or(1.0);
    let mean = rate * (1.0 - none);
    if !severity.iter().all(fits) || severity.iter().sum::<f64>() > 1.0 + 1e-9 || !(0.0..=700.0).contains(&mean) {
        return None;
    }
    let mut chances = Vec::with_capacity(most + 1);
    chances.push(libm::exp(-mean));
    for s in 1..=most {
        let reach = s.min(severity.len().saturating_sub(1));
        let sum: f64 = (1..=reach).map(|j| j as f64 * severity[j] * chances[s - j]).sum();
        chances.push(rate / s as f64 * sum);
    }
    Some(chances)
}

/// Chances of 0, 1, ..., `most` steps of width `step` of a loss with distribution function `cdf`, each loss rounded to the
/// nearest step; what lies beyond the last step is left out.
pub fn in_steps(cdf: impl Fn(f64) -> f64, step: f64, most: usize) -> Vec<f64> {
    let mut below = 0.0;
    (0..=most)
        .map(|j| {
            let up_to = cdf((j as f64 + 0.5) * step);
            let chance = (up_to - below).max(0.0);
            below = up_to;
            chance
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn values_at_risk_are_passed_as_often_as_they_say() {
        for (rate, shape, scale) in [(0.1, 1.0, 3.0), (1.5, 1.0, 1.0), (8.0, 2.5, 0.4), (300.0, 0.5, 7.0)] {
            let losses = CompoundPoisson::gamma(rate, shape, scale).unwrap();
            for p in [0.95, 0.99, 0.9999] {
                let what = (rate, p);
                close(losses.aggregate_exceedance(losses.aggregate_value_at_risk(p)), 1.0 - p, 1e-9, &what);
                close(losses.occurrence_exceedance(losses.occurrence_value_at_risk(p)), 1.0 - p, 1e-9, &what);
                // The tail's mean is VaR and the area under the curve beyond it.
                let (from, end) = (losses.aggregate_value_at_risk(p), losses.mean() + 60.0 * losses.variance().sqrt());
                let area = integrate(from, end, 60, |x| losses.aggregate_exceedance(x)) / (1.0 - p);
                close(losses.aggregate_tail_value_at_risk(p), from + area, 1e-8, &what);
            }
            close(losses.aggregate_tail_value_at_risk(0.0), losses.mean(), 1e-12, &rate);
        }
    }

    #[test]
    fn the_worst_loss_of_a_year_has_a_closed_tail() {
        let losses = CompoundPoisson::exponential(2.0, 3.0).unwrap();
        // E[worst] = scale times the integral of (1 - exp(-s))/s over 0..rate: 3 (Ein 2), DLMF 6.2.3.
        close(losses.occurrence_tail_value_at_risk(0.0), 3.0 * 1.319_263_356_169_539, 1e-10, &"mean");
        assert!(losses.occurrence_value_at_risk(0.99) < losses.aggregate_value_at_risk(0.99));
    }

    #[test]
    fn years_without_loss_are_counted() {
        let losses = CompoundPoisson::exponential(0.02, 5.0).unwrap();
        // 98 years in 100 have no loss.
        assert_eq!((losses.aggregate_value_at_risk(0.98), losses.occurrence_value_at_risk(0.98)), (0.0, 0.0));
        close(losses.aggregate_tail_value_at_risk(0.9), 0.02 * 5.0 / 0.1, 1e-12, &"all of the mean");
        close(losses.aggregate_exceedance(0.0), 1.0 - libm::exp(-0.02), 1e-12, &"any loss");
    }

    #[test]
    fn the_recursion_agrees_with_the_series() {
        // Exponential losses in steps of 1/100 of their mean, against the closed form.
        let losses = CompoundPoisson::exponential(1.5, 1.0).unwrap();
        let severity = in_steps(|x| gamma::regularised_lower(1.0, x), 0.01, 3000);
        let chances = panjer(1.5, &severity, 1500).unwrap();
        for x in [1.0, 5.0, 10.0] {
            let to = (x * 100.0) as usize;
            let half = 0.5 * chances[to];
            let above = 1.0 - chances[..to].iter().sum::<f64>() - half;
            assert!((above - losses.aggregate_exceedance(x)).abs() < 2e-5, "{x}");
        }
        // Losses of one step each are the Poisson count itself.
        for (n, chance) in panjer(4.0, &[0.0, 1.0], 20).unwrap().into_iter().enumerate() {
            close(chance, poisson::pmf(n as u64, 4.0), 1e-12, &n);
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(CompoundPoisson::exponential(0.0, 1.0), None);
        assert_eq!(CompoundPoisson::exponential(1.0, f64::NAN), None);
        assert_eq!(CompoundPoisson::exponential(1e7, 1.0), None);
        let losses = CompoundPoisson::exponential(1.5, 1.0).unwrap();
        assert_eq!((losses.aggregate_exceedance(-1.0), losses.occurrence_exceedance(-1.0)), (1.0, 1.0));
        assert_eq!((losses.aggregate_value_at_risk(1.0), losses.aggregate_value_at_risk(-3.0)), (f64::INFINITY, 0.0));
        assert_eq!(losses.occurrence_value_at_risk(0.0), 0.0);
        assert_eq!(panjer(-1.0, &[0.0, 1.0], 3), None);
        assert_eq!(panjer(1.0, &[0.5, 0.6], 3), None);
        assert_eq!(panjer(1e4, &[0.0, 1.0], 3), None);
        assert_eq!(panjer(3.0, &[], 2), Some(vec![1.0, 0.0, 0.0]));
    }
}
