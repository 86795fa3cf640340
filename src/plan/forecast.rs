//! A forecast of monthly tonnes: a seasonal random walk whose variances are integrated out.
//!
//! With y the logarithm of tonnes a day in a month, `y[t] = season[month of t] + u[t]`, where u is Gaussian with mean 0
//! and covariance v times the sum of three parts (s, t count months, i, j whole years from the start):
//! - an independent error: `[s = t]`;
//! - a level that walks at random month by month: `q (min(s, t) + 1)`;
//! - seasonal figures that walk year by year: `r [same month of the year] (min(i, j) + 1)`.
//!
//! The twelve seasons have a flat prior, v the reference prior 1/v, and (q, r) a uniform prior on a grid. Given these
//! two the months ahead are jointly Student distributed (generalised least squares with v integrated out; O'Hagan 1978,
//! Rasmussen and Williams 2006, section 2.7); over the grid they are a mixture weighted by marginal likelihood.
//! `docs/traffic.md` says how this was chosen and how it fared.

mod linear;

use thiserror::Error;

use crate::model::{Month, MonthlyTonnage};
use crate::numeric::{gamma, normal, student};
use linear::{Square, dot};

/// The most months that a forecast looks ahead.
pub const MOST_AHEAD: usize = 60;
/// The most months that are fitted; of a longer series the latest are taken.
pub const MOST_FITTED: usize = 360;
/// Uniforms are kept this far from 0 and 1. The logarithm of tonnes has Student tails, whose exponential has no mean;
/// cut at one in a million it has.
pub const LEAST_TAIL: f64 = 1e-6;

/// Variance of a month's step of the level, as a multiple of the independent error's.
const LEVEL_STEPS: [f64; 7] = [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0];
/// Variance of a year's step of a seasonal figure, likewise.
const SEASON_STEPS: [f64; 4] = [0.0, 0.03, 0.1, 0.3];
/// Mixture parts lighter than this are left out.
const LEAST_WEIGHT: f64 = 1e-3;
/// The least mean square of log residuals, so that a series without error can be fitted too.
const LEAST_SQUARE: f64 = 1e-12;
const SEASONS: usize = 12;

/// The joint predictive distribution of the months after a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    first: Month,
    parts: Vec<Part>,
    log_days: Vec<f64>,
}

/// Why there is no forecast.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ForecastError {
    /// No months, or more than [`MOST_AHEAD`].
    #[error("a forecast of {months} months; 1 to {MOST_AHEAD} can be made")]
    BadLength {
        /// Months asked for.
        months: usize,
    },
    /// A month of 0 t, which has no logarithm.
    #[error(
        "{month} has 0 t, and the forecast works with the logarithm of tonnes; choose a wider filter or a window without it"
    )]
    ZeroMonth {
        /// The first such month.
        month: Month,
    },
    /// The arithmetic failed; the figures span too many orders of magnitude.
    #[error("the figures cannot be fitted; they span too many orders of magnitude")]
    Singular,
    /// A path was asked for with another number of uniforms than it takes.
    #[error("a path takes {wanted} uniforms and got {found}")]
    WrongUniforms {
        /// How many it takes.
        wanted: usize,
        /// How many there were.
        found: usize,
    },
}

/// One part of the mixture: a multivariate Student distribution of log tonnes a day.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    /// Share of the mixture.
    weight: f64,
    degrees_of_freedom: f64,
    /// Location of each month.
    mean: Vec<f64>,
    /// Scale of each month.
    scale: Vec<f64>,
    /// Lower Cholesky factor of the scale matrix.
    factor: Square,
}

impl Forecast {
    /// Fits the model to `history` and looks `months` ahead of its last month.
    pub fn fit(history: &MonthlyTonnage, months: usize) -> Result<Forecast, ForecastError> {
        if !(1..=MOST_AHEAD).contains(&months) {
            return Err(ForecastError::BadLength { months });
        }
        let skipped = history.tonnes().len().saturating_sub(MOST_FITTED);
        let (start, tonnes) = (history.first().plus(skipped), &history.tonnes()[skipped..]);
        if let Some(zero) = tonnes.iter().position(|&tonnes| tonnes <= 0.0) {
            return Err(ForecastError::ZeroMonth { month: start.plus(zero) });
        }
        let log_days: Vec<f64> =
            (0..tonnes.len() + months).map(|t| libm::log(f64::from(start.plus(t).days()))).collect();
        let y: Vec<f64> = tonnes.iter().zip(&log_days).map(|(tonnes, days)| libm::log(*tonnes) - days).collect();
        let season = |t: usize| (start.month() as usize - 1 + t) % SEASONS;

        let mut parts = Vec::new();
        for q in LEVEL_STEPS {
            for r in SEASON_STEPS {
                let covariance = |s: usize, t: usize| {
                    let years = (s / SEASONS).min(t / SEASONS) + 1;
                    let seasonal = if s % SEASONS == t % SEASONS { r * years as f64 } else { 0.0 };
                    f64::from(s == t) + q * (s.min(t) + 1) as f64 + seasonal
                };
                parts.push(Part::fit(&y, months, season, covariance).ok_or(ForecastError::Singular)?);
            }
        }
        Ok(Forecast { first: history.last().plus(1), parts: weigh(parts), log_days: log_days[tonnes.len()..].to_vec() })
    }

    /// The first month forecast.
    pub fn first(&self) -> Month {
        self.first
    }

    /// How many months are forecast.
    pub fn months(&self) -> usize {
        self.log_days.len()
    }

    /// Probability that the month `ahead` (0 is the first) weighs at most `tonnes` \[t\].
    ///
    /// # Panics
    /// If `ahead` is not less than [`Forecast::months`].
    pub fn cdf(&self, ahead: usize, tonnes: f64) -> f64 {
        if tonnes <= 0.0 { 0.0 } else { self.log_cdf(ahead, libm::log(tonnes) - self.log_days[ahead]) }
    }

    /// Tonnes \[t\] that the month `ahead` (0 is the first) stays below with probability `p`, kept [`LEAST_TAIL`] from 0
    /// and 1.
    ///
    /// # Panics
    /// If `ahead` is not less than [`Forecast::months`].
    pub fn quantile(&self, ahead: usize, p: f64) -> f64 {
        let p = inside(p);
        // At LEAST_TAIL and 12 degrees of freedom, the fewest that 24 months leave, Student's t is below 9.
        let reach = |sign: f64| self.parts.iter().map(move |part| part.mean[ahead] + sign * 10.0 * part.scale[ahead]);
        let (mut low, mut high) =
            (reach(-1.0).fold(f64::INFINITY, f64::min), reach(1.0).fold(f64::NEG_INFINITY, f64::max));
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.log_cdf(ahead, middle) < p { low = middle } else { high = middle }
        }
        libm::exp(0.5 * (low + high) + self.log_days[ahead])
    }

    /// How many uniforms [`Forecast::path`] takes: one for the part of the mixture, one for the common scale, and one a
    /// month.
    pub fn uniforms(&self) -> usize {
        self.months() + 2
    }

    /// Tonnes \[t\] of every month forecast, as one path of the joint distribution: a pure function of `uniforms` in
    /// (0, 1), with which each month's tonnes have exactly the distribution that [`Forecast::quantile`] tells of.
    pub fn path(&self, uniforms: &[f64]) -> Result<Vec<f64>, ForecastError> {
        let [pick, common, monthly @ ..] = uniforms else {
            return Err(ForecastError::WrongUniforms { wanted: self.uniforms(), found: uniforms.len() });
        };
        if monthly.len() != self.months() {
            return Err(ForecastError::WrongUniforms { wanted: self.uniforms(), found: uniforms.len() });
        }
        let mut left = *pick;
        let part = self.parts.iter().find(|part| {
            left -= part.weight;
            left < 0.0
        });
        let Some(part) = part.or(self.parts.last()) else { return Err(ForecastError::Singular) };
        let df = part.degrees_of_freedom;
        let shock = libm::sqrt(df / (2.0 * gamma::quantile(0.5 * df, inside(*common))));
        let normals: Vec<f64> = monthly.iter().map(|&u| normal::quantile(inside(u))).collect();
        let tonnes = (0..self.months()).map(|i| {
            let step = dot(part.factor.row(i, i + 1), &normals[..=i]);
            libm::exp(part.mean[i] + shock * step + self.log_days[i])
        });
        Ok(tonnes.collect())
    }

    fn log_cdf(&self, ahead: usize, y: f64) -> f64 {
        let below = |part: &Part| student::cdf((y - part.mean[ahead]) / part.scale[ahead], part.degrees_of_freedom);
        self.parts.iter().map(|part| part.weight * below(part)).sum()
    }
}

impl Part {
    /// The predictive distribution given the covariance but for v. Its weight is the logarithm of the marginal likelihood, but for a
    /// constant, until [`weigh`] makes a share of it.
    fn fit(
        y: &[f64],
        months: usize,
        season: impl Fn(usize) -> usize,
        covariance: impl Fn(usize, usize) -> f64,
    ) -> Option<Part> {
        let n = y.len();
        // One factor of past and future together: its lower left block carries the regression of the future on the
        // past, its lower right block the factor of what the past does not tell.
        let factor = Square::new(n + months, covariance).factorise()?;
        let whitened: Vec<Vec<f64>> = (0..SEASONS)
            .map(|k| {
                let mut column: Vec<f64> = (0..n).map(|t| f64::from(season(t) == k)).collect();
                factor.forward(&mut column);
                column
            })
            .collect();
        let mut residual = y.to_vec();
        factor.forward(&mut residual);

        let information = Square::new(SEASONS, |i, j| dot(&whitened[i], &whitened[j])).factorise()?;
        let mut seasons: Vec<f64> = whitened.iter().map(|column| dot(column, &residual)).collect();
        information.forward(&mut seasons);
        information.backward(&mut seasons);
        for (k, column) in whitened.iter().enumerate() {
            residual.iter_mut().zip(column).for_each(|(r, x)| *r -= seasons[k] * x);
        }
        let degrees_of_freedom = (n - SEASONS) as f64;
        let squares = dot(&residual, &residual).max(LEAST_SQUARE * degrees_of_freedom);
        let variance = squares / degrees_of_freedom;

        let mut mean = Vec::with_capacity(months);
        // What the estimate of the seasons adds to the variance of each month ahead.
        let mut unsure = Vec::with_capacity(months);
        for t in n..n + months {
            let on_past = factor.row(t, n);
            mean.push(seasons[season(t)] + dot(on_past, &residual));
            let mut left: Vec<f64> = whitened
                .iter()
                .enumerate()
                .map(|(k, column)| f64::from(season(t) == k) - dot(on_past, column))
                .collect();
            information.forward(&mut left);
            unsure.push(left);
        }
        let scale = Square::new(months, |i, j| {
            let fresh = dot(factor.row_from(n + i, n), factor.row_from(n + j, n));
            variance * (fresh + dot(&unsure[i], &unsure[j]))
        });
        let weight =
            -factor.log_diagonal(n) - information.log_diagonal(SEASONS) - 0.5 * degrees_of_freedom * libm::log(squares);
        Some(Part {
            weight,
            degrees_of_freedom,
            mean,
            scale: (0..months).map(|i| libm::sqrt(scale.at(i, i))).collect(),
            factor: scale.factorise()?,
        })
    }
}

/// Turns log marginal likelihoods into shares of a mixture and leaves out what is too light to matter.
fn weigh(mut parts: Vec<Part>) -> Vec<Part> {
    let most = parts.iter().map(|part| part.weight).fold(f64::NEG_INFINITY, f64::max);
    parts.iter_mut().for_each(|part| part.weight = libm::exp(part.weight - most));
    let all: f64 = parts.iter().map(|part| part.weight).sum();
    parts.retain(|part| part.weight >= LEAST_WEIGHT * all);
    let kept: f64 = parts.iter().map(|part| part.weight).sum();
    parts.iter_mut().for_each(|part| part.weight /= kept);
    parts
}

fn inside(p: f64) -> f64 {
    p.clamp(LEAST_TAIL, 1.0 - LEAST_TAIL)
}

#[cfg(test)]
#[path = "forecast/tests.rs"]
mod tests;
