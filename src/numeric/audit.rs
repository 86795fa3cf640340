//! How long a wrong goes on until an audit finds it.
//!
//! Audits are independent: each finds a wrong that goes on with chance p. Times are in one unit throughout.

/// Audits that come again and again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// Every `period`, at a random phase: the wrong begins at a uniform moment between two audits.
    Periodic {
        /// Time between two audits, over 0.
        period: f64,
    },
    /// At random, unannounced: Poisson with this rate.
    Unannounced {
        /// Audits in a unit of time, 0 or more.
        rate: f64,
    },
}

impl Schedule {
    /// Mean time until an audit finds it: T (1/p - 1/2), or 1 / (r p). Infinite if none ever does; NaN for a chance
    /// outside 0..=1, a period that is not positive or a negative rate.
    pub fn mean_delay(&self, chance: f64) -> f64 {
        if !self.sound(chance) {
            return f64::NAN;
        }
        match *self {
            Schedule::Periodic { period } => period * (1.0 / chance - 0.5),
            Schedule::Unannounced { rate } => 1.0 / (rate * chance),
        }
    }

    /// P(an audit has found it by time `t`): 1 - (f q^(k+1) + (1-f) q^k) with q = 1-p, k = floor(t/T) and f the
    /// fraction of t/T; or 1 - exp(-r p t). 0 for a time at or before 0; NaN as above.
    pub fn found_by(&self, chance: f64, t: f64) -> f64 {
        if !self.sound(chance) || t.is_nan() {
            return f64::NAN;
        }
        if t <= 0.0 {
            return 0.0;
        }
        match *self {
            Schedule::Periodic { period } => {
                let audits = (t / period).floor();
                let fraction = t / period - audits;
                // q^k (1 - f p) = exp(k ln q + ln(1 - f p)); the difference from 1 without cancellation. No audit is
                // sure to have come within the first period, even if each finds all.
                let sure = if audits > 0.0 { audits * libm::log1p(-chance) } else { 0.0 };
                if audits == f64::INFINITY {
                    return f64::from(u8::from(chance > 0.0));
                }
                -libm::expm1(sure + libm::log1p(-fraction * chance))
            }
            Schedule::Unannounced { rate } => {
                let rate = rate * chance;
                if rate > 0.0 { -libm::expm1(-rate * t) } else { 0.0 }
            }
        }
    }

    fn sound(&self, chance: f64) -> bool {
        let schedule = match *self {
            Schedule::Periodic { period } => period > 0.0 && period.is_finite(),
            Schedule::Unannounced { rate } => rate >= 0.0 && rate.is_finite(),
        };
        schedule && (0.0..=1.0).contains(&chance)
    }
}

/// The chance of an announced audit against someone who then pauses with chance `pauses`: p (1 - pause). NaN if a
/// chance is outside 0..=1.
pub fn announced(chance: f64, pauses: f64) -> f64 {
    let fits = (0.0..=1.0).contains(&chance) && (0.0..=1.0).contains(&pauses);
    if fits { chance * (1.0 - pauses) } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::quadrature;
    use super::*;

    #[test]
    fn the_mean_is_the_integral_of_what_is_not_found_yet() {
        for schedule in [Schedule::Periodic { period: 2.0 }, Schedule::Unannounced { rate: 0.8 }] {
            for chance in [0.3, 1.0] {
                // Panels end where the periodic chance has its corners.
                let missing = |t| 1.0 - schedule.found_by(chance, t);
                close(quadrature::integrate(0.0, 400.0, 800, missing), schedule.mean_delay(chance), 1e-10, &schedule);
            }
        }
    }

    #[test]
    fn edges_are_as_documented() {
        let yearly = Schedule::Periodic { period: 365.0 };
        assert_eq!((yearly.mean_delay(1.0), yearly.mean_delay(0.0)), (182.5, f64::INFINITY));
        assert_eq!(
            (yearly.found_by(0.5, -1.0), yearly.found_by(0.0, 1e9), yearly.found_by(1.0, 365.0)),
            (0.0, 0.0, 1.0)
        );
        assert_eq!((yearly.found_by(0.1, f64::INFINITY), yearly.found_by(0.0, f64::INFINITY)), (1.0, 0.0));
        close(yearly.found_by(1.0, 73.0), 0.2, 1e-14, &());
        let never = Schedule::Unannounced { rate: 0.0 };
        assert_eq!((never.mean_delay(0.5), never.found_by(0.5, f64::INFINITY)), (f64::INFINITY, 0.0));
        assert!(yearly.mean_delay(1.1).is_nan() && Schedule::Periodic { period: 0.0 }.found_by(0.5, 1.0).is_nan());
        assert_eq!(announced(0.5, 0.4), 0.3);
        assert!(announced(0.5, 1.4).is_nan());
    }
}
