//! Exponentially weighted moving averages as monitors (S. W. Roberts, Technometrics 1, 1959, 239-250).

use super::run_length::{MOST_STATES, RunLength};
use super::{normal, quadrature};

/// Which deviations from the target 0 a monitor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Rises and falls.
    Both,
    /// Rises; the average is held at 0 or above.
    Upper,
}

/// An average z <- (1-lambda) z + lambda x of observations in standard deviations from their target, with alarm
/// beyond L sqrt(lambda / (2-lambda)), the limit that the standard deviation of z tends to, times L.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ewma {
    /// Weight lambda of the newest observation, over 0 and up to 1.
    pub lambda: f64,
    /// Limit L > 0, in standard deviations of the average.
    pub width: f64,
    /// The average before the first observation, in the observations' unit: 0 without a head start.
    pub head_start: f64,
    /// Which deviations it sees.
    pub side: Side,
}

impl Ewma {
    /// The average after an observation `x`, from the average `z` before.
    #[inline]
    pub fn next(&self, z: f64, x: f64) -> f64 {
        let next = (1.0 - self.lambda) * z + self.lambda * x;
        match self.side {
            Side::Both => next,
            Side::Upper => next.max(0.0),
        }
    }

    /// The fixed, asymptotic limit of the average: L sqrt(lambda / (2-lambda)).
    pub fn limit(&self) -> f64 {
        self.width * (self.lambda / (2.0 - self.lambda)).sqrt()
    }

    /// The limit after observation `t` = 1, 2, ... by the average's exact variance then, from a fixed start:
    /// L sqrt(lambda (1 - (1-lambda)^2t) / (2-lambda)).
    pub fn limit_at(&self, t: u64) -> f64 {
        self.limit() * (1.0 - libm::pow(1.0 - self.lambda, 2.0 * t as f64)).sqrt()
    }

    /// Whether an average is at or beyond the fixed limit.
    #[inline]
    pub fn alarms(&self, z: f64) -> bool {
        self.beyond(z, self.limit())
    }

    /// Whether the average after observation `t` is at or beyond the exact limit of that moment.
    pub fn alarms_at(&self, z: f64, t: u64) -> bool {
        self.beyond(z, self.limit_at(t))
    }

    /// Run length with the fixed limit for normal observations with the given `mean` and standard deviation 1: the
    /// integral equation of S. V. Crowder (Technometrics 29, 1987, 401-407) at Gauss and Legendre's nodes. NaN outside
    /// the domain, and where lambda is so small that more than 1,200 nodes are needed (about 0.0001 L^2).
    pub fn normal_run_length(&self, mean: f64) -> RunLength {
        let Ewma { lambda, width, head_start, side } = *self;
        let limit = self.limit();
        let low = if side == Side::Both { -limit } else { 0.0 };
        // The kernel is a normal density of standard deviation lambda.
        let nodes = 24.0 + 6.0 * (limit - low) / lambda;
        let fits = lambda > 0.0 && lambda <= 1.0 && width > 0.0 && mean.is_finite() && nodes < MOST_STATES as f64;
        if !fits || head_start.is_nan() || (side == Side::Upper && head_start < 0.0) {
            return RunLength::undefined();
        }
        if self.alarms(head_start) {
            return RunLength::over();
        }
        let rule = quadrature::legendre(nodes as usize, low, limit);
        let row = |z: f64| {
            let at = (1.0 - lambda) * z + lambda * mean;
            let (above, below) = (normal::cdf((at - limit) / lambda), normal::cdf((low - at) / lambda));
            let (rest, alarm) = if side == Side::Both { (None, above + below) } else { (Some(below), above) };
            let inside = rule.iter().map(|&(y, w)| w / lambda * normal::pdf((y - at) / lambda));
            (rest.into_iter().chain(inside).collect(), alarm)
        };
        let rest = (side == Side::Upper).then_some(0.0);
        let rows: Vec<_> = rest.into_iter().chain(rule.iter().map(|&(x, _)| x)).map(row).collect();
        RunLength::of_chain(&rows, row(head_start))
    }

    fn beyond(&self, z: f64, limit: f64) -> bool {
        match self.side {
            Side::Both => z.abs() >= limit,
            Side::Upper => z >= limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    fn ewma(lambda: f64, width: f64, side: Side) -> Ewma {
        Ewma { lambda, width, head_start: 0.0, side }
    }

    #[test]
    fn weight_one_is_a_chart_of_single_values() {
        for mean in [0.0, 1.0, 3.0] {
            let tails = normal::cdf(mean - 3.0) + normal::cdf(-mean - 3.0);
            close(ewma(1.0, 3.0, Side::Both).normal_run_length(mean).mean(), 1.0 / tails, 1e-10, &mean);
            let tail = normal::cdf(mean - 3.0);
            close(ewma(1.0, 3.0, Side::Upper).normal_run_length(mean).mean(), 1.0 / tail, 1e-10, &mean);
        }
    }

    #[test]
    fn run_lengths_agree_with_published_tables() {
        // Crowder 1987 and Lucas and Saccucci 1990, two-sided.
        for (lambda, width, mean, expect) in
            [(0.1, 2.814, 0.0, 500.0), (0.1, 2.814, 1.0, 10.3), (0.25, 2.998, 0.0, 500.0), (0.03, 2.437, 0.0, 500.0)]
        {
            close(ewma(lambda, width, Side::Both).normal_run_length(mean).mean(), expect, 6e-3, &(lambda, mean));
        }
    }

    #[test]
    fn both_sides_are_alike() {
        let start = |head_start| Ewma { head_start, ..ewma(0.2, 2.5, Side::Both) };
        close(start(0.3).normal_run_length(0.4).mean(), start(-0.3).normal_run_length(-0.4).mean(), 1e-11, &());
        assert!(start(0.3).normal_run_length(0.4).mean() < start(0.0).normal_run_length(0.4).mean());
    }

    #[test]
    fn small_weights_keep_their_precision() {
        let at = |width| ewma(0.002, width, Side::Both).normal_run_length(0.0).mean();
        assert!(at(1.5) > 100.0 && at(1.5) < at(1.6), "{} {}", at(1.5), at(1.6));
    }

    #[test]
    fn edges_are_as_documented() {
        for bad in [ewma(0.0, 3.0, Side::Both), ewma(1.1, 3.0, Side::Both), ewma(0.1, -1.0, Side::Upper)] {
            assert!(bad.normal_run_length(0.0).mean().is_nan(), "{bad:?}");
        }
        let one = ewma(0.5, 3.0, Side::Upper);
        assert_eq!((one.next(1.0, -3.0), one.next(1.0, 2.0)), (0.0, 1.5));
        close(one.limit_at(1), 1.5, 1e-14, &());
        assert!(one.alarms_at(1.6, 1) && !one.alarms(1.6) && !one.alarms(-9.0));
        let over = Ewma { head_start: 5.0, ..one };
        assert_eq!(over.normal_run_length(0.0).mean(), 0.0);
    }
}
