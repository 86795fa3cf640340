//! Consignments of which it is known when they leave, and that nothing happens to before.

use crate::time::{DAY, SimTime};

/// How many of them leave on each day, and how many are still there when the story ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaving {
    /// By day; what leaves at midnight leaves on the day that ends then.
    by_day: Vec<u32>,
    /// Days that have ended.
    ended: usize,
    /// Those that leave later than these.
    still_there: u32,
    never: u32,
}

impl Leaving {
    /// Nobody leaves in a story that ends at an instant.
    pub(super) fn restart(&mut self, end: SimTime) {
        self.by_day.clear();
        self.by_day.resize(end.day() as usize + 1, 0);
        (self.ended, self.still_there, self.never) = (0, 0, 0);
    }

    /// Another one will leave, before the story ends or not.
    #[inline(always)]
    pub(super) fn add(&mut self, then: SimTime, happens: bool) {
        self.still_there += 1;
        let day = ((then.millis().saturating_sub(1) / DAY) as usize).max(self.ended);
        match self.by_day.get_mut(day) {
            Some(leave) if happens => *leave += 1,
            _ => self.never += 1,
        }
    }

    /// A day has ended, which is the next one: how many leave later.
    pub(super) fn end_day(&mut self) -> u32 {
        self.still_there -= self.by_day.get(self.ended).copied().unwrap_or(0);
        self.ended += 1;
        self.still_there
    }

    /// How many are still there when the story has ended.
    pub(super) fn never(&self) -> u32 {
        self.never
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_have_not_left_are_counted() {
        let (end, day) = (SimTime::from_millis(5 * DAY + DAY / 2), SimTime::from_days);
        let mut leaving = Leaving::default();
        for _ in 0..2 {
            leaving.restart(end);
            for then in [SimTime::ZERO, SimTime::from_millis(1), day(1), SimTime::from_millis(DAY + 1), day(2), end] {
                leaving.add(then, true);
            }
            leaving.add(SimTime::from_millis(5 * DAY + DAY / 2 + 1), false);
            leaving.add(day(1_000_000), false);
            assert_eq!((leaving.end_day(), leaving.end_day()), (5, 3));
            leaving.add(SimTime::from_millis(2 * DAY + 1), true);
            assert_eq!((leaving.end_day(), leaving.end_day(), leaving.end_day()), (3, 3, 3));
            assert_eq!(leaving.never(), 2);
        }
    }
}
