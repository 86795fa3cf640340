//! Simulated time: integer milliseconds, so that ties are exact and sums never drift.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// Milliseconds in a minute.
pub const MINUTE: u64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR: u64 = 60 * MINUTE;
/// Milliseconds in a day.
pub const DAY: u64 = 24 * HOUR;
/// Days in the year that rates and yearly costs are stated for.
pub const DAYS_PER_YEAR: f64 = 365.0;

/// An instant: milliseconds since the start of the scenario's calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SimTime(u64);

/// A length of simulated time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SimDuration(u64);

impl SimTime {
    /// The start of the calendar.
    pub const ZERO: SimTime = SimTime(0);
    /// Later than everything that can be scheduled.
    pub const NEVER: SimTime = SimTime(u64::MAX);

    /// The instant `ms` milliseconds after the start.
    pub const fn from_millis(ms: u64) -> Self {
        SimTime(ms)
    }

    /// The start of day `day`, counted from 0.
    pub const fn from_days(day: u64) -> Self {
        SimTime(day.saturating_mul(DAY))
    }

    /// Milliseconds since the start.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Days since the start, with fraction.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }

    /// The whole days that have passed.
    pub const fn day(self) -> u64 {
        self.0 / DAY
    }

    /// Time from `earlier` until now; zero if `earlier` is later.
    pub const fn since(self, earlier: SimTime) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: SimDuration = SimDuration(0);

    /// A length of `ms` milliseconds.
    pub const fn from_millis(ms: u64) -> Self {
        SimDuration(ms)
    }

    /// A length of `days` whole days.
    pub const fn from_days(days: u64) -> Self {
        SimDuration(days.saturating_mul(DAY))
    }

    /// The nearest whole millisecond to `ms`, a half upwards; negative lengths and what is no number become zero, and
    /// lengths past 2^52 ms (142,000 years) are cut there.
    #[inline(always)]
    pub fn from_millis_f64(ms: f64) -> Self {
        const WHOLE: f64 = (1_u64 << 52) as f64;
        const MOST: f64 = WHOLE - 1.0;
        // From 2^52 to 2^53 there are whole numbers only: the sum rounds, and its last bits are the result. A compiler makes
        // several at once of this, and not of a cast.
        let ms = if ms > 0.0 { ms.min(MOST) } else { 0.0 };
        let sum = ms + WHOLE;
        let half = ms - (sum - WHOLE) == 0.5;
        SimDuration(sum.to_bits() - WHOLE.to_bits() + u64::from(half))
    }

    /// The length in milliseconds.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// The length in minutes.
    pub fn minutes(self) -> f64 {
        self.0 as f64 / MINUTE as f64
    }

    /// The length in hours.
    pub fn hours(self) -> f64 {
        self.0 as f64 / HOUR as f64
    }

    /// The length in days.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }

    /// The length in years of 365 days.
    pub fn years(self) -> f64 {
        self.days() / DAYS_PER_YEAR
    }
}

impl Add<SimDuration> for SimTime {
    type Output = SimTime;
    fn add(self, d: SimDuration) -> SimTime {
        SimTime(self.0.saturating_add(d.0))
    }
}

impl AddAssign<SimDuration> for SimTime {
    fn add_assign(&mut self, d: SimDuration) {
        *self = *self + d;
    }
}

impl Sub<SimDuration> for SimTime {
    type Output = SimTime;
    fn sub(self, d: SimDuration) -> SimTime {
        SimTime(self.0.saturating_sub(d.0))
    }
}

impl Add for SimDuration {
    type Output = SimDuration;
    fn add(self, d: SimDuration) -> SimDuration {
        SimDuration(self.0.saturating_add(d.0))
    }
}

impl AddAssign for SimDuration {
    fn add_assign(&mut self, d: SimDuration) {
        *self = *self + d;
    }
}

/// Day and time of day: `day 12 07:30`.
impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, rest) = (self.0 / DAY, self.0 % DAY);
        write!(f, "day {day} {:02}:{:02}", rest / HOUR, rest % HOUR / MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_rounded_to_the_nearest_millisecond_and_never_negative() {
        for (ms, expect) in
            [(0.4, 0), (0.5, 1), (72_000.0, 72_000), (-3.0, 0), (f64::NAN, 0), (f64::INFINITY, 4_503_599_627_370_495)]
        {
            assert_eq!(SimDuration::from_millis_f64(ms).millis(), expect, "{ms}");
        }
    }

    #[test]
    fn an_instant_prints_its_day_and_time_of_day() {
        assert_eq!(
            (SimTime::from_days(12) + SimDuration::from_millis(7 * HOUR + 30 * MINUTE)).to_string(),
            "day 12 07:30"
        );
    }

    #[test]
    fn arithmetic_saturates_instead_of_wrapping() {
        assert_eq!(SimTime::NEVER + SimDuration::from_days(1), SimTime::NEVER);
        assert_eq!(SimTime::ZERO.since(SimTime::from_days(1)), SimDuration::ZERO);
    }
}
