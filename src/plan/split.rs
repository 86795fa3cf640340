//! A month's tonnes as flights and consignments, so that their expected weight is the month's tonnes.
//!
//! With M tonnes in the month, L tonnes a flight and w tonnes a consignment on average:
//! - flights: `N = max(1, floor(M / L + u))` for M > 0, which is M / L on average when M >= L;
//! - consignments of all flights together: N a, with `a = M / (N w)` on each;
//! - consignments of flight i (from 0): `floor((i + 1) a + v) - floor(i a + v)`, which is a on average and leaves the
//!   month's count within one of M / w.
//!
//! u and v are uniform on [0, 1) and independent of the weights. Given N, the expected weight of the month is then
//! `N a w = M`: conserved in expectation whatever the number of flights, also when it had to be raised to 1.

use thiserror::Error;

/// The most flights, and the most consignments, that a month may be split into.
pub const MOST_A_MONTH: f64 = 100_000_000.0;

/// What a flight and a consignment weigh on average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loads {
    flight: f64,
    consignment: f64,
}

/// A month's flights and the number of consignments on each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthSplit {
    flights: u64,
    each: f64,
    offset: f64,
}

/// Why loads cannot be used.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum SplitError {
    /// A mean weight that is not positive and finite.
    #[error("a mean of {tonnes} t a {what}; it must be positive and finite")]
    BadMean {
        /// Flight or consignment.
        what: &'static str,
        /// Its mean \[t\].
        tonnes: f64,
    },
    /// Tonnes of a month that are negative or not finite.
    #[error("a month of {tonnes} t; it must be finite and not negative")]
    BadMonth {
        /// The month's tonnes.
        tonnes: f64,
    },
    /// More flights or consignments than [`MOST_A_MONTH`].
    #[error("{tonnes} t would be more than {MOST_A_MONTH} flights or consignments a month")]
    TooMany {
        /// The month's tonnes.
        tonnes: f64,
    },
}

impl Loads {
    /// Mean load of a flight and mean weight of a consignment \[t\].
    pub fn new(flight: f64, consignment: f64) -> Result<Loads, SplitError> {
        for (what, tonnes) in [("flight", flight), ("consignment", consignment)] {
            if !tonnes.is_finite() || tonnes <= 0.0 {
                return Err(SplitError::BadMean { what, tonnes });
            }
        }
        Ok(Loads { flight, consignment })
    }

    /// Mean load of a flight \[t\].
    pub fn flight(&self) -> f64 {
        self.flight
    }

    /// Mean weight of a consignment \[t\].
    pub fn consignment(&self) -> f64 {
        self.consignment
    }

    /// Splits a month of `tonnes` \[t\] with two uniforms in [0, 1): `u` for the flights, `v` for the consignments.
    pub fn split(&self, tonnes: f64, u: f64, v: f64) -> Result<MonthSplit, SplitError> {
        if !tonnes.is_finite() || tonnes < 0.0 {
            return Err(SplitError::BadMonth { tonnes });
        }
        if tonnes / self.flight > MOST_A_MONTH || tonnes / self.consignment > MOST_A_MONTH {
            return Err(SplitError::TooMany { tonnes });
        }
        if tonnes == 0.0 {
            return Ok(MonthSplit { flights: 0, each: 0.0, offset: 0.0 });
        }
        let flights = libm::floor(tonnes / self.flight + below_one(u)).max(1.0);
        Ok(MonthSplit { flights: flights as u64, each: tonnes / (flights * self.consignment), offset: below_one(v) })
    }
}

impl MonthSplit {
    /// Flights of the month.
    pub fn flights(&self) -> u64 {
        self.flights
    }

    /// Mean consignments a flight.
    pub fn consignments_a_flight(&self) -> f64 {
        self.each
    }

    /// Consignments on flight `i` (from 0); none past the last.
    pub fn consignments(&self, i: u64) -> u64 {
        if i >= self.flights {
            return 0;
        }
        self.before(i + 1) - self.before(i)
    }

    /// Consignments of the month.
    pub fn total(&self) -> u64 {
        self.before(self.flights) - self.before(0)
    }

    fn before(&self, i: u64) -> u64 {
        libm::floor(i as f64 * self.each + self.offset) as u64
    }
}

/// Keeps a uniform that was rounded up to 1 from adding a whole flight.
fn below_one(u: f64) -> f64 {
    u.clamp(0.0, 1.0 - f64::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean of `what` over a fine grid of uniforms.
    fn mean(what: impl Fn(f64) -> f64) -> f64 {
        (0..10_000).map(|i| what((f64::from(i) + 0.5) / 10_000.0)).sum::<f64>() / 10_000.0
    }

    #[test]
    fn flights_and_consignments_carry_the_month_on_average() {
        let loads = Loads::new(45.0, 0.8).unwrap();
        for tonnes in [3.0, 100.0, 11_400.3] {
            let flights = mean(|u| loads.split(tonnes, u, 0.0).unwrap().flights() as f64);
            assert!((flights - (tonnes / 45.0).max(1.0)).abs() < 1e-3, "{tonnes} {flights}");
            for u in [0.0, 0.3, 0.99] {
                let weight = mean(|v| loads.split(tonnes, u, v).unwrap().total() as f64 * 0.8);
                assert!((weight - tonnes).abs() < 1e-3, "{tonnes} {u} {weight}");
            }
        }
    }

    #[test]
    fn flights_add_up_to_the_month_and_none_stands_out() {
        let split = Loads::new(45.0, 0.8).unwrap().split(11_400.3, 0.4, 0.7).unwrap();
        let counts: Vec<u64> = (0..split.flights()).map(|i| split.consignments(i)).collect();
        assert_eq!(counts.iter().sum::<u64>(), split.total());
        let each = split.consignments_a_flight();
        assert!(counts.iter().all(|&count| (count as f64 - each).abs() <= 1.0));
        assert!((split.total() as f64 - 11_400.3 / 0.8).abs() <= 1.0);
        assert_eq!(split.consignments(split.flights()), 0);
    }

    #[test]
    fn an_empty_month_has_nothing_and_bad_figures_are_refused() {
        let loads = Loads::new(45.0, 0.8).unwrap();
        let empty = loads.split(0.0, 0.99, 0.99).unwrap();
        assert_eq!((empty.flights(), empty.total()), (0, 0));
        assert!(matches!(loads.split(-1.0, 0.5, 0.5), Err(SplitError::BadMonth { .. })));
        assert!(matches!(loads.split(f64::NAN, 0.5, 0.5), Err(SplitError::BadMonth { .. })));
        assert!(matches!(loads.split(1e12, 0.5, 0.5), Err(SplitError::TooMany { .. })));
        assert!(matches!(Loads::new(0.0, 1.0), Err(SplitError::BadMean { what: "flight", .. })));
        assert!(matches!(Loads::new(1.0, f64::NAN), Err(SplitError::BadMean { what: "consignment", .. })));
    }
}
