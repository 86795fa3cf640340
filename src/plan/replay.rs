//! A timetable flown again and again: every row a flight, with a delay drawn from those that were seen.

use crate::model::Timetable;
use crate::time::{MINUTE, SimTime};

/// A timetable that repeats from a chosen minute of its period on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    timetable: Timetable,
    from: u32,
    first: usize,
}

/// One flight of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplayedFlight {
    /// When it is scheduled.
    pub scheduled: SimTime,
    /// When it comes; none if it is cancelled. Never before the start of the calendar.
    pub actual: Option<SimTime>,
}

impl Replay {
    /// Starts the calendar at minute `from` of the timetable's period (taken modulo the period): 0 for a scenario that
    /// starts on a Monday, 1440 for a Tuesday, and so on.
    pub fn new(timetable: Timetable, from: u32) -> Replay {
        let from = from % timetable.period();
        let first = timetable.departures().partition_point(|&minute| minute < from);
        Replay { timetable, from, first }
    }

    /// Flights in a period.
    pub fn flights_a_period(&self) -> usize {
        self.timetable.departures().len()
    }

    /// Share of the flights that are not cancelled.
    pub fn share_flown(&self) -> f64 {
        1.0 - self.timetable.cancelled_share()
    }

    /// When flight `k` is scheduled, counted from 0 in the order of the timetable, period after period.
    pub fn scheduled(&self, k: u64) -> SimTime {
        let departures = self.timetable.departures();
        let place = k.saturating_add(self.first as u64);
        let (round, row) = (place / departures.len() as u64, (place % departures.len() as u64) as usize);
        let minutes =
            round.saturating_mul(u64::from(self.timetable.period())).saturating_add(u64::from(departures[row]));
        SimTime::from_millis((minutes - u64::from(self.from)).saturating_mul(MINUTE))
    }

    /// Flight `k`, delayed or cancelled as the uniform `u` in [0, 1) picks. Flights may overtake one another.
    pub fn flight(&self, k: u64, u: f64) -> ReplayedFlight {
        let scheduled = self.scheduled(k);
        let actual = self.timetable.delay(u).map(|minutes| {
            let by = u64::from(minutes.unsigned_abs()) * MINUTE;
            let at = scheduled.millis();
            SimTime::from_millis(if minutes < 0 { at.saturating_sub(by) } else { at.saturating_add(by) })
        });
        ReplayedFlight { scheduled, actual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DAY;

    fn timetable() -> Timetable {
        Timetable::new(1, vec![10, 1_500, 9_000], vec![-20, 7], 1).unwrap()
    }

    #[test]
    fn the_timetable_repeats_by_whole_weeks() {
        let replay = Replay::new(timetable(), 0);
        let minutes: Vec<u64> = (0..7).map(|k| replay.scheduled(k).millis() / MINUTE).collect();
        assert_eq!(minutes, [10, 1_500, 9_000, 10_090, 11_580, 19_080, 20_170]);
        assert!(replay.scheduled(u64::MAX) > replay.scheduled(0));
    }

    #[test]
    fn a_calendar_may_start_on_another_weekday() {
        let tuesday = Replay::new(timetable(), 1_440);
        let minutes: Vec<u64> = (0..3).map(|k| tuesday.scheduled(k).millis() / MINUTE).collect();
        assert_eq!(minutes, [60, 7_560, 8_650]);
        assert_eq!(tuesday.scheduled(3), SimTime::from_millis(tuesday.scheduled(0).millis() + 7 * DAY));
        assert_eq!(Replay::new(timetable(), 9_500).scheduled(0).millis(), 590 * MINUTE);
    }

    #[test]
    fn delays_are_drawn_and_never_lead_before_the_start() {
        let replay = Replay::new(timetable(), 0);
        assert_eq!(replay.flight(0, 0.1).actual, Some(SimTime::ZERO));
        assert_eq!(replay.flight(1, 0.5).actual, Some(SimTime::from_millis(1_507 * MINUTE)));
        assert_eq!(replay.flight(1, 0.9).actual, None);
    }
}
