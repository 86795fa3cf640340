//! Numbers with their units.

use serde::Deserialize;

use crate::time::{DAY, DAYS_PER_YEAR, HOUR, MINUTE};

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Duration {
    Seconds(f64),
    Minutes(f64),
    Hours(f64),
    Days(f64),
    Weeks(f64),
    /// Of 365 days.
    Years(f64),
}

impl Duration {
    pub(crate) fn millis(self) -> f64 {
        match self {
            Duration::Seconds(n) => n * 1000.0,
            Duration::Minutes(n) => n * MINUTE as f64,
            Duration::Hours(n) => n * HOUR as f64,
            Duration::Days(n) => n * DAY as f64,
            Duration::Weeks(n) => n * 7.0 * DAY as f64,
            Duration::Years(n) => n * DAYS_PER_YEAR * DAY as f64,
        }
    }
}

/// A moment of the story, counted from the start of day 0.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Instant {
    Day(f64),
    /// The same, for fields that read like a delay: `starts: Days(30)`.
    Days(f64),
}

impl Instant {
    pub(crate) fn days(self) -> f64 {
        match self {
            Instant::Day(n) | Instant::Days(n) => n,
        }
    }
}

/// A weight.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Mass {
    Kilograms(f64),
    Tonnes(f64),
}

impl Mass {
    pub(crate) fn kilograms(self) -> f64 {
        match self {
            Mass::Kilograms(n) => n,
            Mass::Tonnes(n) => n * 1000.0,
        }
    }
}

/// How often something happens.
#[allow(clippy::enum_variant_names, reason = "the names are the grammar's")]
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Rate {
    PerHour(f64),
    PerDay(f64),
    PerWeek(f64),
    /// A month is a twelfth of 365 days.
    PerMonth(f64),
    PerYear(f64),
}

impl Rate {
    pub(crate) fn a_day(self) -> f64 {
        match self {
            Rate::PerHour(n) => n * 24.0,
            Rate::PerDay(n) => n,
            Rate::PerWeek(n) => n / 7.0,
            Rate::PerMonth(n) => n * 12.0 / DAYS_PER_YEAR,
            Rate::PerYear(n) => n / DAYS_PER_YEAR,
        }
    }
}

/// A probability or a share of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Share {
    Percent(f64),
}

/// Money, once.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Amount {
    Euro(f64),
}

/// Money by the year.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum YearlyAmount {
    EuroPerYear(f64),
}

/// Money by the hour.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum HourlyAmount {
    EuroPerHour(f64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree_with_each_other() {
        assert_eq!(Duration::Weeks(2.0).millis(), Duration::Days(14.0).millis());
        assert_eq!(Duration::Years(1.0).millis(), Duration::Hours(8760.0).millis());
        assert_eq!(Duration::Seconds(90.0).millis(), Duration::Minutes(1.5).millis());
        assert!((Rate::PerMonth(1.0).a_day() - Rate::PerYear(12.0).a_day()).abs() < 1e-15);
        assert!((Rate::PerHour(1.0).a_day() - Rate::PerWeek(168.0).a_day()).abs() < 1e-12);
    }
}
