//! The future event list.

use crate::sim::event::Event;
use crate::time::SimTime;

/// Events yet to come, in order of time, then phase, then the order in which they were scheduled: ties never depend
/// on chance. A 4-ary heap on one 128-bit key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    heap: Vec<Entry>,
    sequence: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u128,
    event: Event,
}

const ARITY: usize = 4;
const PHASE_SHIFT: u32 = 56;

impl Calendar {
    /// Schedules an event. What would happen after the end of time never happens.
    #[inline]
    pub(crate) fn schedule(&mut self, at: SimTime, event: Event) {
        if at == SimTime::NEVER {
            return;
        }
        let order = (event.phase() as u64) << PHASE_SHIFT | self.sequence;
        self.sequence += 1;
        let entry = Entry { key: u128::from(at.millis()) << 64 | u128::from(order), event };
        self.heap.push(entry);
        self.rise(self.heap.len() - 1, entry);
    }

    /// Takes the next event.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(SimTime, Event)> {
        let last = self.heap.pop()?;
        let Some(&first) = self.heap.first() else { return Some(last.unpack()) };
        self.sink(last);
        Some(first.unpack())
    }

    /// Forgets all events and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.heap.clear();
        self.sequence = 0;
    }

    #[inline]
    fn rise(&mut self, mut at: usize, entry: Entry) {
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if self.heap[parent].key <= entry.key {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = entry;
    }

    /// Puts `entry` into the hole at the top.
    #[inline]
    fn sink(&mut self, entry: Entry) {
        let mut at = 0;
        loop {
            let first = at * ARITY + 1;
            let children = &self.heap[first.min(self.heap.len())..(first + ARITY).min(self.heap.len())];
            let mut least = entry.key;
            let mut next = None;
            for (i, child) in children.iter().enumerate() {
                if child.key < least {
                    (least, next) = (child.key, Some(first + i));
                }
            }
            let Some(next) = next else { break };
            self.heap[at] = self.heap[next];
            at = next;
        }
        self.heap[at] = entry;
    }
}

impl Entry {
    fn unpack(self) -> (SimTime, Event) {
        (SimTime::from_millis((self.key >> 64) as u64), self.event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StationId;

    fn tag(event: Event) -> u32 {
        match event {
            Event::Served(n) => n,
            Event::Shift(s) => 1_000 + s.0,
            Event::DayEnd => 2_000,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn events_come_by_time_then_phase_then_order_of_scheduling() {
        let mut calendar = Calendar::default();
        let at = SimTime::from_millis;
        calendar.schedule(at(5), Event::DayEnd);
        calendar.schedule(at(5), Event::Served(1));
        calendar.schedule(at(9), Event::Served(4));
        calendar.schedule(at(5), Event::Shift(StationId(2)));
        calendar.schedule(at(5), Event::Served(3));
        calendar.schedule(at(1), Event::Served(0));
        calendar.schedule(SimTime::NEVER, Event::Served(9));
        let order: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t.millis(), tag(e))).collect();
        assert_eq!(order, [(1, 0), (5, 1), (5, 1_002), (5, 3), (5, 2_000), (9, 4)]);
    }

    #[test]
    fn a_long_shuffled_schedule_comes_out_sorted() {
        let mut calendar = Calendar::default();
        let mut x = 1u32;
        for n in 0..10_000 {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            calendar.schedule(SimTime::from_millis(u64::from(x >> 22)), Event::Served(n));
        }
        let popped: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t, tag(e))).collect();
        assert_eq!(popped.len(), 10_000);
        assert!(popped.windows(2).all(|w| w[0] < w[1]), "time rises, and the order of scheduling within a time");
    }
}
