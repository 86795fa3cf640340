//! Samplers by inverse transform: each is a pure, non-decreasing function of one uniform in (0, 1).
//!
//! One uniform a variate keeps draw indices fixed, and monotone functions make common random numbers work: what is
//! long under one option is long under the other. All mathematics is `libm`'s, so bytes agree across platforms.
//! Parameters are not checked here, the model's types did that; each sampler says what a degenerate one gives.

mod count;
mod inverse;
mod plain;
mod skewed;
mod table;

pub use count::{binomial, geometric, poisson};
pub use inverse::Inverse;
pub use plain::{exponential, triangular, uniform, weibull, weibull_scale, weibull_with_mean};
pub use skewed::{
    PERT_SHAPE, erlang, gamma, lognormal, lognormal_from_median, lognormal_from_quantiles, pert, pert_shaped,
};
pub use table::{Empirical, TableError, Weights};

#[cfg(test)]
mod check;
