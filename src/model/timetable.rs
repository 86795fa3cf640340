//! A repeating timetable with the delays that were seen under it.

use thiserror::Error;

/// Minutes in a day.
pub const DAY_MINUTES: u32 = 1_440;
/// Minutes in a week.
pub const WEEK_MINUTES: u32 = 7 * DAY_MINUTES;
/// The longest period, in weeks.
pub const MOST_WEEKS: u32 = 520;

/// Scheduled departures within a period of whole weeks that repeats, and the delays that were seen.
///
/// Minute 0 is Monday, 00:00 local time. Cannot be empty; every departure lies inside the period; at least one flight
/// was not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    weeks: u32,
    departures: Vec<u32>,
    delays: Vec<i32>,
    cancelled: u32,
}

/// Why rows are no timetable.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TimetableError {
    /// No departures at all.
    #[error("no departures")]
    Empty,
    /// The period is no number of weeks between 1 and [`MOST_WEEKS`].
    #[error("a period of {weeks} weeks; it must be 1 to {MOST_WEEKS}")]
    BadPeriod {
        /// Weeks asked for.
        weeks: u32,
    },
    /// The days covered are not whole weeks, so that repeating them would shift the weekdays.
    #[error("the departures span {days} days; a repeating timetable needs whole weeks (7, 14, 21, 28 ... days)")]
    NotWholeWeeks {
        /// Days from the first to the last, both counted.
        days: u32,
    },
    /// A departure lies after the period's end.
    #[error("a departure at minute {minute} lies outside a period of {weeks} weeks")]
    OutsidePeriod {
        /// Its minute.
        minute: u32,
        /// Weeks in the period.
        weeks: u32,
    },
    /// No delay was seen: every flight was cancelled.
    #[error("no flight has a delay; at least one must not have been cancelled")]
    NoDelays,
}

impl Timetable {
    /// Checks and keeps departures [minutes from Monday 00:00 of the first week], delays \[minutes, negative if early\]
    /// of those flown, and the number of flights `cancelled`.
    pub fn new(
        weeks: u32,
        mut departures: Vec<u32>,
        mut delays: Vec<i32>,
        cancelled: u32,
    ) -> Result<Timetable, TimetableError> {
        if !(1..=MOST_WEEKS).contains(&weeks) {
            return Err(TimetableError::BadPeriod { weeks });
        }
        departures.sort_unstable();
        delays.sort_unstable();
        match departures.last() {
            None => return Err(TimetableError::Empty),
            Some(&minute) if minute >= weeks * WEEK_MINUTES => {
                return Err(TimetableError::OutsidePeriod { minute, weeks });
            }
            Some(_) => {}
        }
        if delays.is_empty() {
            return Err(TimetableError::NoDelays);
        }
        Ok(Timetable { weeks, departures, delays, cancelled })
    }

    /// Weeks after which the departures repeat.
    pub fn weeks(&self) -> u32 {
        self.weeks
    }

    /// Length of the period \[minutes\].
    pub fn period(&self) -> u32 {
        self.weeks * WEEK_MINUTES
    }

    /// Scheduled departures [minutes from Monday 00:00 of the first week], ascending.
    pub fn departures(&self) -> &[u32] {
        &self.departures
    }

    /// Delays of the flights that left \[minutes, negative if early\], ascending.
    pub fn delays(&self) -> &[i32] {
        &self.delays
    }

    /// Flights that were cancelled.
    pub fn cancelled(&self) -> u32 {
        self.cancelled
    }

    /// Share of flights cancelled, 0 to 1.
    pub fn cancelled_share(&self) -> f64 {
        f64::from(self.cancelled) / (f64::from(self.cancelled) + self.delays.len() as f64)
    }

    /// The delay \[minutes\] that the uniform `u` in [0, 1) picks from those seen, each as likely as it was; none if it
    /// picks a cancelled flight. Delays grow with `u`, the cancelled come last.
    pub fn delay(&self, u: f64) -> Option<i32> {
        let seen = self.delays.len() as f64 + f64::from(self.cancelled);
        self.delays.get((u.clamp(0.0, 1.0) * seen) as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_drawn_as_often_as_they_were_seen() {
        let timetable = Timetable::new(1, vec![60, 30], vec![5, -2], 1).unwrap();
        assert_eq!(timetable.departures(), [30, 60]);
        let draws: Vec<_> = (0..6).map(|i| timetable.delay(f64::from(i) / 6.0 + 0.01)).collect();
        assert_eq!(draws, [Some(-2), Some(-2), Some(5), Some(5), None, None]);
        assert_eq!(timetable.delay(1.0), None);
        assert_eq!(timetable.cancelled_share(), 1.0 / 3.0);
    }

    #[test]
    fn a_timetable_that_cannot_be_is_refused() {
        assert_eq!(Timetable::new(0, vec![0], vec![0], 0), Err(TimetableError::BadPeriod { weeks: 0 }));
        assert_eq!(Timetable::new(1, vec![], vec![0], 0), Err(TimetableError::Empty));
        assert_eq!(Timetable::new(1, vec![0], vec![], 1), Err(TimetableError::NoDelays));
        let late = WEEK_MINUTES;
        assert_eq!(
            Timetable::new(1, vec![late], vec![0], 0),
            Err(TimetableError::OutsidePeriod { minute: late, weeks: 1 })
        );
    }
}
