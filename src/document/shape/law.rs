//! Probability distributions, their parameters with units.

use serde::Deserialize;

/// A distribution of some quantity.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Law<Q> {
    Fixed(Q),
    Exponential {
        mean: Q,
    },
    Uniform {
        low: Q,
        high: Q,
    },
    Triangular {
        low: Q,
        mode: Q,
        high: Q,
    },
    Lognormal {
        median: Q,
        p95: Q,
    },
    Weibull {
        mean: Q,
        shape: f64,
    },
    Gamma {
        mean: Q,
        shape: f64,
    },
    Erlang {
        mean: Q,
        stages: u32,
    },
    /// Shape 4: mean (low + 4 mode + high) / 6.
    Pert {
        low: Q,
        mode: Q,
        high: Q,
    },
    Empirical(Vec<Q>),
}
