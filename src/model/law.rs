//! Probability distributions of durations and masses.

use crate::time::SimDuration;

/// A distribution on the non-negative numbers whose parameters are in range.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Law {
    /// Always the same value.
    Fixed(f64),
    /// Exponential with this mean.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Uniform between two values.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// Triangular.
    Triangular {
        /// Least value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Lognormal, stated by its median and 95th percentile.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Weibull, stated by its mean.
    Weibull {
        /// Mean.
        mean: f64,
        /// Shape: 1 is exponential, above 1 the hazard rises.
        shape: f64,
    },
    /// Gamma, stated by its mean.
    Gamma {
        /// Mean.
        mean: f64,
        /// Shape.
        shape: f64,
    },
    /// Erlang: the sum of equal exponential stages.
    Erlang {
        /// Mean of the sum.
        mean: f64,
        /// Number of stages.
        stages: u32,
    },
    /// Beta-PERT with shape 4: mean (low + 4 mode + high) / 6.
    Pert {
        /// Least value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Each of the listed values equally often.
    Empirical(Vec<f64>),
}

/// Why parameters do not make a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// A value that must be positive is not.
    #[error("it must be over 0")]
    NotPositive,
    /// A value is negative or not finite.
    #[error("it must be a finite number, 0 or more")]
    Negative,
    /// low <= mode <= high does not hold, or low = high.
    #[error("the values must rise: low <= mode <= high, and low < high")]
    NotRising,
    /// The 95th percentile does not lie over the median.
    #[error("the 95th percentile must lie over the median")]
    PercentileUnderMedian,
    /// A shape is out of its range.
    #[error("a shape must lie between 0.05 and 1000")]
    Shape,
    /// An empirical distribution without values.
    #[error("it needs at least one value")]
    Empty,
}

/// 95 % quantile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

impl Law {
    /// Always `value`.
    pub fn fixed(value: f64) -> Result<Self, LawError> {
        not_negative(value).map(Law::Fixed)
    }

    /// Exponential with mean over 0.
    pub fn exponential(mean: f64) -> Result<Self, LawError> {
        Ok(Law::Exponential { mean: positive(mean)? })
    }

    /// Uniform on [low, high].
    pub fn uniform(low: f64, high: f64) -> Result<Self, LawError> {
        rising(low, low, high)?;
        Ok(Law::Uniform { low, high })
    }

    /// Triangular on [low, high] with its peak at `mode`.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, LawError> {
        rising(low, mode, high)?;
        Ok(Law::Triangular { low, mode, high })
    }

    /// Lognormal by median and 95th percentile.
    pub fn lognormal(median: f64, p95: f64) -> Result<Self, LawError> {
        let (median, p95) = (positive(median)?, positive(p95)?);
        if p95 <= median {
            return Err(LawError::PercentileUnderMedian);
        }
        Ok(Law::Lognormal { mu: libm::log(median), sigma: libm::log(p95 / median) / Z95 })
    }

    /// Weibull by mean and shape.
    pub fn weibull(mean: f64, shape: f64) -> Result<Self, LawError> {
        Ok(Law::Weibull { mean: positive(mean)?, shape: shape_in_range(shape)? })
    }

    /// Gamma by mean and shape.
    pub fn gamma(mean: f64, shape: f64) -> Result<Self, LawError> {
        Ok(Law::Gamma { mean: positive(mean)?, shape: shape_in_range(shape)? })
    }

    /// Erlang by mean and number of stages, 1 to 1,000.
    pub fn erlang(mean: f64, stages: u32) -> Result<Self, LawError> {
        if !(1..=1000).contains(&stages) {
            return Err(LawError::Shape);
        }
        Ok(Law::Erlang { mean: positive(mean)?, stages })
    }

    /// Beta-PERT with shape 4.
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Self, LawError> {
        rising(low, mode, high)?;
        Ok(Law::Pert { low, mode, high })
    }

    /// Each value equally often.
    pub fn empirical(mut values: Vec<f64>) -> Result<Self, LawError> {
        if values.is_empty() {
            return Err(LawError::Empty);
        }
        for &v in &values {
            not_negative(v)?;
        }
        values.sort_by(f64::total_cmp);
        Ok(Law::Empirical(values))
    }

    /// The expected value.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Fixed(v) => *v,
            Law::Exponential { mean }
            | Law::Weibull { mean, .. }
            | Law::Gamma { mean, .. }
            | Law::Erlang { mean, .. } => *mean,
            Law::Uniform { low, high } => (low + high) / 2.0,
            Law::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Law::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Law::Pert { low, mode, high } => (low + 4.0 * mode + high) / 6.0,
            Law::Empirical(values) => values.iter().sum::<f64>() / values.len() as f64,
        }
    }
}

/// A distribution of durations; its numbers are milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct DurationLaw(pub(crate) Law);

impl DurationLaw {
    /// The distribution of milliseconds.
    pub fn law(&self) -> &Law {
        &self.0
    }

    /// The expected duration.
    pub fn mean(&self) -> SimDuration {
        SimDuration::from_millis_f64(self.0.mean())
    }
}

/// A distribution of masses; its numbers are kilograms.
#[derive(Clone, Debug, PartialEq)]
pub struct MassLaw(pub(crate) Law);

impl MassLaw {
    /// The distribution of kilograms.
    pub fn law(&self) -> &Law {
        &self.0
    }
}

fn positive(v: f64) -> Result<f64, LawError> {
    if v.is_finite() && v > 0.0 { Ok(v) } else { Err(LawError::NotPositive) }
}

fn not_negative(v: f64) -> Result<f64, LawError> {
    if v.is_finite() && v >= 0.0 { Ok(v) } else { Err(LawError::Negative) }
}

fn rising(low: f64, mode: f64, high: f64) -> Result<(), LawError> {
    not_negative(low)?;
    not_negative(high)?;
    if low <= mode && mode <= high && low < high { Ok(()) } else { Err(LawError::NotRising) }
}

fn shape_in_range(shape: f64) -> Result<f64, LawError> {
    if (0.05..=1000.0).contains(&shape) { Ok(shape) } else { Err(LawError::Shape) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_make_no_distribution_are_refused() {
        for (law, expect) in [
            (Law::exponential(0.0), LawError::NotPositive),
            (Law::fixed(-1.0), LawError::Negative),
            (Law::uniform(2.0, 1.0), LawError::NotRising),
            (Law::uniform(1.0, 1.0), LawError::NotRising),
            (Law::triangular(1.0, 5.0, 4.0), LawError::NotRising),
            (Law::lognormal(10.0, 3.0), LawError::PercentileUnderMedian),
            (Law::weibull(1.0, 0.0), LawError::Shape),
            (Law::empirical(vec![]), LawError::Empty),
            (Law::pert(f64::NAN, 1.0, 2.0), LawError::Negative),
        ] {
            assert_eq!(law, Err(expect));
        }
    }

    #[test]
    fn a_lognormal_keeps_the_percentiles_that_it_was_stated_by() {
        let Ok(Law::Lognormal { mu, sigma }) = Law::lognormal(3.0, 10.0) else { panic!("a lognormal") };
        assert!((libm::exp(mu) - 3.0).abs() < 1e-12);
        assert!((libm::exp(mu + Z95 * sigma) - 10.0).abs() < 1e-12);
    }
}
