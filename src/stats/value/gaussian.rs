//! Value of information in closed form, where the incremental net benefit of two options is normal.

use crate::numeric::normal;

/// Incremental net benefit of an option over another: a constant, and a sum of independent normal parts, one for each
/// uncertain input. A part's standard deviation is that of the input times the money that one unit of it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianIncrement {
    mean: f64,
    sds: Vec<f64>,
}

impl GaussianIncrement {
    /// From the mean and the standard deviation of each part, in money. `None` if a number is not finite or a standard
    /// deviation is negative.
    pub fn new(mean: f64, sds: Vec<f64>) -> Option<GaussianIncrement> {
        let sound = mean.is_finite() && sds.iter().all(|sd| sd.is_finite() && *sd >= 0.0);
        sound.then_some(GaussianIncrement { mean, sds })
    }

    /// Expected value of perfect information about all parts.
    pub fn evpi(&self) -> f64 {
        self.known(0..self.sds.len())
    }

    /// Expected value of perfect information about some parts (EVPPI), by their places: the conditional mean of a sum
    /// of independent normal parts is normal too. Places named twice count once. `None` if a place names nothing.
    pub fn evppi(&self, parts: &[usize]) -> Option<f64> {
        let mut parts = parts.to_vec();
        parts.sort_unstable();
        parts.dedup();
        parts.iter().all(|part| *part < self.sds.len()).then(|| self.known(parts.iter().copied()))
    }

    /// Expected value of a sample (EVSI) of `n` observations of one part's input, each with a standard deviation of
    /// `noise` times that of the input itself: the posterior mean's variance is the prior's times n / (n + noise^2)
    /// (Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961). `None` if the place names nothing, or `noise`
    /// is negative or not a number.
    pub fn evsi(&self, part: usize, noise: f64, n: u64) -> Option<f64> {
        let sd = *self.sds.get(part)?;
        if noise.is_nan() || noise < 0.0 {
            return None;
        }
        let learnt = if n == 0 { 0.0 } else { 1.0 / (1.0 + noise * noise / n as f64) };
        Some(evpi_gaussian(self.mean, sd * learnt.sqrt()).unwrap_or(0.0))
    }

    fn known(&self, parts: impl Iterator<Item = usize>) -> f64 {
        let variance: f64 = parts.map(|part| self.sds[part] * self.sds[part]).sum();
        evpi_gaussian(self.mean, variance.sqrt()).unwrap_or(0.0)
    }
}

/// EVPI of two options whose incremental net benefit is normal with this mean and standard deviation:
/// E max(0, X) - max(0, m) = s phi(m/s) - |m| Phi(-|m|/s), the unit-normal loss times s (Raiffa and Schlaifer, 1961).
/// 0 for s = 0. `None` if a number is not finite or `sd` is negative.
pub fn evpi_gaussian(mean: f64, sd: f64) -> Option<f64> {
    if !mean.is_finite() || !sd.is_finite() || sd < 0.0 {
        return None;
    }
    if sd == 0.0 {
        return Some(0.0);
    }
    let z = mean.abs() / sd;
    // Far out the two terms cancel to nothing that could be told from 0.
    Some((sd * (normal::pdf(z) - z * normal::cdf(-z))).max(0.0))
}

/// EVSI of two options whose incremental net benefit has this mean and rises by `slope` with each unit of a normal
/// input of standard deviation `prior_sd`: what `n` normal observations of the input are worth, each with the standard
/// deviation `data_sd`. The posterior mean has the variance prior^2 prior^2 / (prior^2 + data^2 / n). `None` if a
/// number is not finite or a standard deviation is negative.
pub fn evsi_gaussian(mean: f64, slope: f64, prior_sd: f64, data_sd: f64, n: u64) -> Option<f64> {
    let sound = [mean, slope, prior_sd, data_sd].iter().all(|x| x.is_finite()) && prior_sd >= 0.0 && data_sd >= 0.0;
    if !sound {
        return None;
    }
    if prior_sd == 0.0 {
        return Some(0.0);
    }
    GaussianIncrement::new(mean, vec![slope.abs() * prior_sd])?.evsi(0, data_sd / prior_sd, n)
}

/// What EVPI is taken for if world means of `replications` runs are read as if they held no luck: the means' variance
/// is sd^2 + luck^2 / replications. With one run a world this is the naive EVPI, which prices luck as something that
/// one could learn. `None` as for [`evpi_gaussian`], and for no replications.
pub fn naive_evpi_gaussian(mean: f64, sd: f64, luck: f64, replications: u32) -> Option<f64> {
    let sound = luck.is_finite() && luck >= 0.0 && sd >= 0.0 && replications > 0;
    if !sound { None } else { evpi_gaussian(mean, libm::hypot(sd, luck / f64::from(replications).sqrt())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_is_the_integral() {
        // E max(0, m + s Z) by the midpoint rule over 16 standard deviations.
        for (mean, sd) in [(1.0, 2.2), (-1.0, 2.2), (0.0, 1.0), (3.0, 0.7), (-40.0, 10.0)] {
            let step = 16.0 / 40_000.0;
            let z = |i: i32| -8.0 + step * (f64::from(i) + 0.5);
            let gain: f64 = (0..40_000).map(|i| (mean + sd * z(i)).max(0.0) * normal::pdf(z(i)) * step).sum();
            let want = gain - f64::max(mean, 0.0);
            let got = evpi_gaussian(mean, sd).unwrap();
            assert!((got - want).abs() < 1e-7, "{got} for {want}");
        }
    }

    #[test]
    fn knowing_more_is_worth_no_less() {
        let it = GaussianIncrement::new(3.0, vec![1.0, 2.0, 0.0]).unwrap();
        let worth = |parts: &[usize]| it.evppi(parts).unwrap();
        assert!(worth(&[]) == 0.0 && worth(&[2]) < 1e-300 && worth(&[0]) < worth(&[1]));
        assert!(worth(&[1]) < worth(&[0, 1]) && worth(&[0, 1, 1, 2]) == it.evpi());
        let samples: Vec<f64> = [0, 1, 10, 1000].iter().map(|n| it.evsi(1, 1.5, *n).unwrap()).collect();
        assert!(samples[0] == 0.0 && samples.windows(2).all(|pair| pair[0] < pair[1]) && samples[3] < worth(&[1]));
        assert_eq!(it.evsi(1, 0.0, 1), it.evppi(&[1]));
        // Part 1 as an input of sd 0.5 with 4 a unit, observed with sd 0.75.
        assert_eq!(it.evsi(1, 1.5, 10), evsi_gaussian(3.0, -4.0, 0.5, 0.75, 10));
        assert_eq!(it.evsi(1, f64::INFINITY, 1), Some(0.0));
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((evpi_gaussian(2.0, 0.0), evpi_gaussian(1e9, 1.0)), (Some(0.0), Some(0.0)));
        for (mean, sd) in [(f64::NAN, 1.0), (0.0, -1.0), (0.0, f64::INFINITY)] {
            assert_eq!(evpi_gaussian(mean, sd), None);
            assert_eq!(GaussianIncrement::new(mean, vec![sd]), None);
        }
        assert_eq!(naive_evpi_gaussian(1.0, 1.0, -1.0, 1), None);
        assert_eq!(naive_evpi_gaussian(1.0, 1.0, 1.0, 0), None);
        assert_eq!(naive_evpi_gaussian(1.0, f64::NAN, 1.0, 1), None);
        assert_eq!((evsi_gaussian(1.0, 1.0, 0.0, 1.0, 9), evsi_gaussian(1.0, 1.0, 1.0, -1.0, 9)), (Some(0.0), None));
        let it = GaussianIncrement::new(3.0, vec![1.0]).unwrap();
        assert_eq!((it.evppi(&[1]), it.evsi(1, 1.0, 1), it.evsi(0, f64::NAN, 1)), (None, None, None));
    }
}
