//! The future event list.

use std::cmp::Ordering;

use crate::sim::event::Event;
use crate::sim::heap::{Entry, Heap};
use crate::sim::ring::{First, NEVER, NONE, Ring};
use crate::time::SimTime;

/// Events to come, the next one first: by time, then phase, then order of scheduling.
///
/// Those that are soon lie in a ring of time slots. A slot is shorter than the mean gap between events, so that as a rule it
/// holds none or one. The next event stands apart: what it is is known while the one before is still going on. Events
/// beyond the ring wait in a heap, and come into the ring as it moves on. Slots and ring follow the events: they are laid
/// out anew when they no longer fit. That changes how fast events come, and which event comes next does not depend on it
/// (docs/decisions/0009).
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    /// Node of the next event, and when it is.
    front: u32,
    front_at: u64,
    ring: Ring,
    /// Events of a slot that has very many.
    crowd: Heap,
    /// Events beyond the ring.
    later: Heap,
    /// Events scheduled so far.
    sequence: u64,
    /// Events taken since it was last looked whether the ring fits, and when that was.
    taken: u64,
    looked_at: u64,
}

const PHASE_SHIFT: u32 = 56;
/// Events between two looks at whether the ring fits.
const LOOK_EVERY: u64 = 1 << 14;
/// Events from which a short run tells of their gaps.
const ENOUGH: u64 = 1 << 9;
/// Slots of the first run, until something is known: about a second.
const FIRST_SHIFT: u32 = 10;

impl Default for Calendar {
    fn default() -> Self {
        Calendar {
            front: NONE,
            front_at: NEVER,
            ring: Ring::new(FIRST_SHIFT),
            crowd: Heap::default(),
            later: Heap::default(),
            sequence: 0,
            taken: 0,
            looked_at: 0,
        }
    }
}

impl Calendar {
    /// Schedules an event. What would happen after the end of time never happens.
    #[inline(always)]
    pub(crate) fn schedule(&mut self, at: SimTime, event: impl Into<Event> + Copy) {
        let order = (event.into().phase() as u64) << PHASE_SHIFT | self.sequence;
        self.sequence += 1;
        let at = at.millis();
        if at <= self.front_at { self.put_first(at, order, event) } else { self.put(at, order, event) }
    }

    /// Takes the next event.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Option<(SimTime, Event)> {
        if self.front == NONE {
            return None;
        }
        let (at, event) = self.ring.release(self.front);
        self.taken += 1;
        if !self.ring.is_at(at) {
            self.move_to(at);
        }
        if self.crowd.is_empty() {
            self.take_from_ring()
        } else {
            self.take_from_crowd()
        }
        Some((SimTime::from_millis(at), event))
    }

    /// Forgets all events and keeps the memory, and what is known of their gaps.
    pub(crate) fn clear(&mut self) {
        let mut shift = self.ring.shift();
        if self.taken >= ENOUGH {
            // The next run is like this one.
            shift = shift_for(self.ring.begins().saturating_sub(self.looked_at) / self.taken);
        }
        self.crowd.clear();
        self.later.clear();
        self.ring.restart(0, shift, 0);
        (self.front, self.front_at) = (NONE, NEVER);
        self.sequence = 0;
        (self.taken, self.looked_at) = (0, 0);
    }

    /// Puts an event that may be the next one.
    #[cold]
    #[inline(never)]
    fn put_first(&mut self, at: u64, order: u64, event: impl Into<Event> + Copy) {
        if at == NEVER {
            return;
        }
        let mut place = self.ring.keep(at, order, event);
        if self.ring.key(place) < self.ring.key(self.front) {
            std::mem::swap(&mut place, &mut self.front);
            self.front_at = at;
        }
        if place == NONE {
            // There was no next event.
        } else if self.ring.reaches(self.ring.at(place)) {
            self.ring.hang(place);
        } else {
            self.later.push(self.ring.entry(place));
            self.ring.release(place);
        }
    }

    /// Puts an event that is not the next one.
    #[inline(always)]
    fn put(&mut self, at: u64, order: u64, event: impl Into<Event> + Copy) {
        if self.ring.reaches(at) { self.ring.put(at, order, event) } else { self.put_later(at, order, event) }
    }

    /// Puts an event beyond the ring.
    #[cold]
    #[inline(never)]
    fn put_later(&mut self, at: u64, order: u64, event: impl Into<Event> + Copy) {
        if at != NEVER {
            self.later.push(Entry { at, order, event: event.into() });
        }
    }

    /// Makes the first event of the ring the next one.
    #[inline(always)]
    fn take_from_ring(&mut self) {
        match self.ring.take_first() {
            First::Event(place, at) => (self.front, self.front_at) = (place, at),
            First::Nothing => self.take_from_heap(),
            First::Crowd(slot) => {
                self.ring.empty(slot, |entry| self.crowd.push(entry));
                self.take_from_heap();
            }
        }
    }

    /// The same where events of a slot are a heap. Others may have come to the slot since, or to earlier ones.
    #[cold]
    #[inline(never)]
    fn take_from_crowd(&mut self) {
        let crowded = self.crowd.first().map_or(NEVER, |entry| entry.at >> self.ring.shift());
        if let Some((number, slot)) = self.ring.first_slot() {
            match number.cmp(&crowded) {
                Ordering::Less => return self.take_from_ring(),
                Ordering::Equal => self.ring.empty(slot, |entry| self.crowd.push(entry)),
                Ordering::Greater => {}
            }
        }
        self.take_from_heap();
    }

    /// The same where nothing of the ring comes first: from the crowd, or from beyond the ring.
    #[cold]
    #[inline(never)]
    fn take_from_heap(&mut self) {
        (self.front, self.front_at) = match self.crowd.pop().or_else(|| self.later.pop()) {
            Some(Entry { at, order, event }) => (self.ring.keep(at, order, event), at),
            None => (NONE, NEVER),
        };
    }

    /// Lets the ring begin at a later instant, and what is no longer beyond it come into it. There is no next event now.
    #[inline(never)]
    fn move_to(&mut self, now: u64) {
        self.ring.move_to(now);
        while let Some(first) = self.later.first()
            && self.ring.reaches(first.at)
            && let Some(Entry { at, order, event }) = self.later.pop()
        {
            self.ring.put(at, order, event);
        }
        if self.taken >= LOOK_EVERY {
            self.look(now);
        }
    }

    /// Looks whether the ring fits the events, and lays it out anew if not. There is no next event now.
    #[cold]
    fn look(&mut self, now: u64) {
        let shift = shift_for((now - self.looked_at) / self.taken);
        (self.taken, self.looked_at) = (0, now);
        let to_come = self.crowd.len() + self.ring.most_held() + self.later.len();
        if self.ring.fits(shift, to_come) {
            return;
        }
        let mut entries: Vec<Entry> = self.crowd.drain().chain(self.later.drain()).collect();
        self.ring.empty_all(|entry| entries.push(entry));
        self.ring.restart(now, shift, to_come);
        entries.into_iter().for_each(|entry| self.put(entry.at, entry.order, entry.event));
    }
}

/// The length of slots for a mean gap between events: 2^shift is at most half of it, and more than a quarter.
fn shift_for(gap: u64) -> u32 {
    (gap | 1).ilog2().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StationId;

    fn tag(event: Event) -> u32 {
        match event {
            Event::Served(n, _) => n,
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
        calendar.schedule(at(5), Event::Served(1, 0));
        calendar.schedule(at(9), Event::Served(4, 0));
        calendar.schedule(at(5), Event::Shift(StationId(2)));
        calendar.schedule(at(5), Event::Served(3, 0));
        calendar.schedule(at(1), Event::Served(0, 0));
        calendar.schedule(SimTime::NEVER, Event::Served(9, 0));
        let order: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t.millis(), tag(e))).collect();
        assert_eq!(order, [(1, 0), (5, 1), (5, 1_002), (5, 3), (5, 2_000), (9, 4)]);
    }

    #[test]
    fn a_long_shuffled_schedule_comes_out_sorted() {
        let mut calendar = Calendar::default();
        let mut x = 1u32;
        for n in 0..10_000 {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            calendar.schedule(SimTime::from_millis(u64::from(x >> 22)), Event::Served(n, 0));
        }
        let popped: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t, tag(e))).collect();
        assert_eq!(popped.len(), 10_000);
        assert!(popped.windows(2).all(|w| w[0] < w[1]), "time rises, and the order of scheduling within a time");
    }

    /// A slot of very many events becomes a heap; others come to it, and to earlier slots, while it is taken from.
    #[test]
    fn a_crowd_in_one_slot_keeps_its_order_as_others_come() {
        use std::collections::BTreeSet;
        let mut calendar = Calendar::default();
        let mut reference = BTreeSet::new();
        let mut n = 0;
        let mut add = |calendar: &mut Calendar, reference: &mut BTreeSet<_>, at: u64| {
            calendar.schedule(SimTime::from_millis(at), Event::Served(n, 0));
            reference.insert((at, n));
            n += 1;
        };
        // Slots are 1,024 ms long at first.
        let crowded = 10 << FIRST_SHIFT;
        (0..200).for_each(|i| add(&mut calendar, &mut reference, crowded + i * 7 % 1_000));
        for at in [5, 3_000, 4_000, crowded + 2_000, 1 << 40] {
            add(&mut calendar, &mut reference, at);
        }
        let mut turn = 0;
        while let Some((at, event)) = calendar.pop() {
            assert_eq!(Some((at.millis(), tag(event))), reference.pop_first(), "turn {turn}");
            turn += 1;
            if turn < 150 {
                for later in [0, 1, 40, 3_000] {
                    add(&mut calendar, &mut reference, at.millis() + later * (turn % 5));
                }
            }
        }
        assert!(reference.is_empty() && turn > 700);
    }

    /// Against a sorted set: dense and sparse times, bursts at one instant, events far beyond the ring, and many changes
    /// of the layout.
    #[test]
    fn no_layout_of_slots_changes_the_order() {
        use std::collections::BTreeSet;
        let mut calendar = Calendar::default();
        for (run, spread) in [1 << 6, 1 << 14, 1 << 34, 1 << 20].into_iter().enumerate() {
            calendar.clear();
            let (mut x, mut now, mut n) = (run as u64 + 1, 0, 0_u32);
            let mut reference = BTreeSet::new();
            let mut layouts = BTreeSet::new();
            for turn in 0..150_000 {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let more = match turn {
                    0 => 600,
                    _ if turn % 40_000 < 20_000 => 1 + (x >> 63),
                    _ => u64::from(!(x >> 40).is_multiple_of(3)),
                };
                for i in 0..more {
                    let far = if (x >> 20).is_multiple_of(7) { spread * 5_000 } else { spread };
                    let at = if x >> 61 == 0 { now } else { now + (x >> 11).wrapping_mul(i + 1) % far };
                    calendar.schedule(SimTime::from_millis(at), Event::Served(n, 0));
                    reference.insert((at, n));
                    n += 1;
                }
                let Some((at, event)) = calendar.pop() else { break };
                now = at.millis();
                assert_eq!(Some((now, tag(event))), reference.pop_first(), "run {run}, turn {turn}");
                layouts.insert((calendar.ring.shift(), calendar.ring.most_held().next_power_of_two()));
            }
            let rest: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t.millis(), tag(e))).collect();
            assert!(rest.iter().copied().eq(reference), "run {run}");
            assert!(layouts.len() > 1, "run {run}: the layout never changed");
        }
    }
}
