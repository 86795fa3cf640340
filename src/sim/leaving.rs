//! Consignments of which it is known when they leave, and that nothing happens to before.

use crate::time::SimTime;

/// When they leave. Those that have left are forgotten now and then.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaving {
    times: Vec<SimTime>,
}

impl Leaving {
    pub(super) fn clear(&mut self) {
        self.times.clear();
    }

    /// Another one will leave.
    #[inline(always)]
    pub(super) fn add(&mut self, then: SimTime, now: SimTime) {
        if self.times.len() == self.times.capacity() {
            self.forget(now);
        }
        self.times.push(then);
    }

    /// How many leave after an instant that has come.
    pub(super) fn after(&self, now: SimTime) -> u32 {
        self.times.iter().filter(|then| **then > now).count() as u32
    }

    /// Makes room: there is as much again as is needed.
    #[cold]
    #[inline(never)]
    fn forget(&mut self, now: SimTime) {
        self.times.retain(|then| *then > now);
        self.times.reserve(self.times.len().max(64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_have_not_left_are_counted_and_the_others_are_forgotten() {
        let mut leaving = Leaving::default();
        let after = |leaving: &Leaving, at| leaving.after(SimTime::from_millis(at));
        for now in 0..100_000 {
            leaving.add(SimTime::from_millis(now + 50 + now % 3), SimTime::from_millis(now));
            if now % 1_000 == 999 {
                assert_eq!(after(&leaving, now), (0..=now).filter(|n| n + 50 + n % 3 > now).count() as u32);
            }
        }
        assert!(leaving.times.capacity() < 1_000, "{}", leaving.times.capacity());
        assert_eq!((after(&leaving, 100_049), after(&leaving, 100_051)), (1, 0));
        leaving.clear();
        assert_eq!(after(&leaving, 0), 0);
    }
}
