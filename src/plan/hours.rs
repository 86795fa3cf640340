//! How flights lie in the week: weights of its 168 hours, taken from a timetable's banks.

use crate::model::timetable::WEEK_MINUTES;
use crate::model::{Month, Timetable};

/// Hours in a week; hour 0 is Monday, 00:00 to 01:00 local time.
pub const WEEK_HOURS: usize = 168;

/// Share of a week's flights in each of its hours; the shares sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct HourWeights([f64; WEEK_HOURS]);

impl HourWeights {
    /// The shares of `timetable`'s scheduled departures.
    pub fn of(timetable: &Timetable) -> HourWeights {
        let mut counts = [0.0; WEEK_HOURS];
        for &minute in timetable.departures() {
            counts[(minute % WEEK_MINUTES / 60) as usize] += 1.0;
        }
        let all = timetable.departures().len() as f64;
        HourWeights(counts.map(|count| count / all))
    }

    /// The same share for every hour.
    pub fn even() -> HourWeights {
        HourWeights([1.0 / WEEK_HOURS as f64; WEEK_HOURS])
    }

    /// Share of a week's flights in `hour` (0 to 167, taken modulo the week).
    pub fn share(&self, hour: usize) -> f64 {
        self.0[hour % WEEK_HOURS]
    }

    /// Rate in `hour` relative to the week's mean rate: 1 on average. What a Poisson profile multiplies its rate by.
    pub fn factor(&self, hour: usize) -> f64 {
        self.share(hour) * WEEK_HOURS as f64
    }

    /// The minute of the week [0, 10080) that the uniform `u` in [0, 1) picks: hours by their shares, evenly within the
    /// hour. Grows with `u`.
    pub fn minute_of_week(&self, u: f64) -> f64 {
        self.pick(0, WEEK_HOURS, u)
    }

    /// The minute after the start of `month` that the uniform `u` in [0, 1) picks: each hour of the month by the share
    /// of its hour of the week. Grows with `u`.
    pub fn minute_of_month(&self, month: Month, u: f64) -> f64 {
        self.pick(month.first_weekday() as usize * 24, month.days() as usize * 24, u)
    }

    /// Inverse transform over `hours` hours from hour `from` of the week on.
    fn pick(&self, from: usize, hours: usize, u: f64) -> f64 {
        let all: f64 = (0..hours).map(|i| self.share(from + i)).sum();
        let mut left = u.clamp(0.0, 1.0 - f64::EPSILON) * all;
        let mut last = 0;
        for i in 0..hours {
            let share = self.share(from + i);
            if left < share {
                return ((i as f64 + left / share) * 60.0).min(end_of(i));
            }
            left -= share;
            if share > 0.0 {
                last = i;
            }
        }
        // Rounding has left a crumb past the last hour that has flights.
        end_of(last)
    }
}

/// The last moment \[min\] of hour `i` that arithmetic cannot round into the next.
fn end_of(i: usize) -> f64 {
    (i + 1) as f64 * 60.0 - 1e-6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights() -> HourWeights {
        // Monday 06:30 twice, Wednesday 06:10 once, over two weeks.
        let minutes = vec![390, WEEK_MINUTES + 390, 2 * 1_440 + 370];
        HourWeights::of(&Timetable::new(2, minutes, vec![0], 0).unwrap())
    }

    #[test]
    fn shares_are_those_of_the_timetable() {
        let weights = weights();
        assert_eq!((weights.share(6), weights.share(54)), (2.0 / 3.0, 1.0 / 3.0));
        assert!(((0..WEEK_HOURS).map(|hour| weights.share(hour)).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((weights.factor(6) - 112.0).abs() < 1e-9);
    }

    #[test]
    fn a_uniform_picks_hours_by_their_share() {
        let weights = weights();
        assert!((weights.minute_of_week(1.0 / 3.0) - 390.0).abs() < 1e-9);
        assert!((weights.minute_of_week(5.0 / 6.0) - (54.0 * 60.0 + 30.0)).abs() < 1e-9);
        assert!(weights.minute_of_week(1.0) < 55.0 * 60.0);
        assert!((HourWeights::even().minute_of_week(0.25) - 2_520.0).abs() < 1e-6);
    }

    #[test]
    fn a_month_starts_on_its_own_weekday() {
        let weights = weights();
        // July 2013 starts on a Monday and has five Mondays and five Wednesdays; August starts on a Thursday.
        assert!((weights.minute_of_month(Month::new(2013, 7).unwrap(), 0.0) - 360.0).abs() < 1e-9);
        assert!((weights.minute_of_month(Month::new(2013, 8).unwrap(), 0.0) - (4.0 * 1_440.0 + 360.0)).abs() < 1e-9);
        let end = weights.minute_of_month(Month::new(2013, 7).unwrap(), 1.0);
        assert!(end > 30.0 * 1_440.0 && end < 31.0 * 1_440.0);
    }
}
