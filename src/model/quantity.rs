//! Numbers that carry their unit and cannot be out of range.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

use crate::time::{DAY, DAYS_PER_YEAR, SimDuration};

/// A probability or a share: finite, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Probability(f64);

impl Probability {
    /// Never.
    pub const ZERO: Probability = Probability(0.0);
    /// Always.
    pub const ONE: Probability = Probability(1.0);

    /// `p` if it lies in [0, 1].
    pub fn new(p: f64) -> Option<Self> {
        (0.0..=1.0).contains(&p).then_some(Probability(p))
    }

    /// A percentage if it lies in [0, 100].
    pub fn percent(p: f64) -> Option<Self> {
        Self::new(p / 100.0)
    }

    /// The number from 0 to 1.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// One minus this.
    pub fn complement(self) -> Self {
        Probability(1.0 - self.0)
    }

    /// Both of two independent things.
    pub fn and(self, other: Self) -> Self {
        Probability(self.0 * other.0)
    }

    /// The log odds, ln(p / (1 - p)) \[nats\].
    pub fn logit(self) -> f64 {
        libm::log(self.0 / (1.0 - self.0))
    }
}

/// How often something happens: events per day of 24 hours, finite and not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// Never.
    pub const ZERO: Rate = Rate(0.0);

    /// `events` a day, if finite and not negative.
    pub fn per_day(events: f64) -> Option<Self> {
        (events.is_finite() && events >= 0.0).then_some(Rate(events))
    }

    /// `events` a year of 365 days, if finite and not negative.
    pub fn per_year(events: f64) -> Option<Self> {
        Self::per_day(events / DAYS_PER_YEAR)
    }

    /// Events a day.
    pub const fn a_day(self) -> f64 {
        self.0
    }

    /// Events a year.
    pub fn a_year(self) -> f64 {
        self.0 * DAYS_PER_YEAR
    }

    /// Events a millisecond.
    pub fn a_milli(self) -> f64 {
        self.0 / DAY as f64
    }

    /// Expected events in a length of time.
    pub fn over(self, d: SimDuration) -> f64 {
        self.0 * d.days()
    }
}

/// Euro in whole cents, so that ledger lines sum exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// The nearest whole cent to `euro`, if it is finite and under ten trillion.
    pub fn euro(euro: f64) -> Option<Self> {
        (euro.is_finite() && euro.abs() < 1e13).then(|| Money((euro * 100.0).round() as i64))
    }

    /// Whole cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Euro, with cents as fraction.
    pub fn as_euro(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// This much times a factor, to the nearest cent; saturating.
    pub fn times(self, factor: f64) -> Self {
        Money((self.0 as f64 * factor).round() as i64)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(iter: I) -> Money {
        iter.fold(Money::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "€{:.2}", self.as_euro())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_out_of_range_are_refused() {
        for p in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(Probability::new(p), None, "{p}");
        }
        for r in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Rate::per_day(r), None, "{r}");
            assert_eq!(Money::euro(1e14 * r), None, "{r}");
        }
    }

    #[test]
    fn money_is_exact_to_the_cent() {
        let parts: Money = std::iter::repeat_n(Money::euro(0.1).unwrap(), 1_000).sum();
        assert_eq!(parts, Money::euro(100.0).unwrap());
    }
}
