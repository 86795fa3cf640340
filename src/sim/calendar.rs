//! The future event list.

use crate::sim::event::Event;
use crate::sim::heap::{Entry, Heap};
use crate::time::SimTime;

/// Events yet to come, in order of time, then phase, then the order in which they were scheduled: ties never depend
/// on chance.
///
/// Time is cut into slots a little wider than the mean gap between events. Events of the slot at hand, few as a rule,
/// lie in a heap; those of the slots ahead in a ring of lists, one a slot; those beyond the ring in a second heap. The
/// width of a slot and the length of the ring follow the events, and which event comes next does not depend on them
/// (docs/decisions/0009).
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    /// Events of the slot at hand, and earlier ones.
    near: Heap,
    /// First node of each slot's list, for the slots after the one at hand.
    heads: Vec<u32>,
    /// A bit for each slot of the ring that holds something.
    occupied: Vec<u64>,
    nodes: Vec<Node>,
    free: u32,
    /// Events in the ring.
    in_ring: u32,
    /// Events beyond the ring.
    later: Heap,
    /// A slot is 2^shift milliseconds long.
    shift: u32,
    /// Number of the slot at hand since the start of time.
    slot: u64,
    sequence: u64,
    /// Until the next look at whether slots fit: events to come, and when the last look was.
    until_look: u32,
    looked_at: u64,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    entry: Entry,
    next: u32,
}

const PHASE_SHIFT: u32 = 56;
/// No node.
const NONE: u32 = u32::MAX;
/// Slots of the shortest ring and of the longest.
const FEWEST: usize = 1 << 10;
const MOST: usize = 1 << 20;
/// Slots of the ring for each event that is to come.
const SLOTS_EACH: usize = 4;
/// Events between two looks at whether slots fit.
const LOOK_EVERY: u32 = 1 << 14;
/// Slots of the first run, until something is known: about four seconds.
const FIRST_SHIFT: u32 = 12;

impl Default for Calendar {
    fn default() -> Self {
        Calendar {
            near: Heap::default(),
            heads: vec![NONE; FEWEST],
            occupied: vec![0; FEWEST / 64],
            nodes: Vec::new(),
            free: NONE,
            in_ring: 0,
            later: Heap::default(),
            shift: FIRST_SHIFT,
            slot: 0,
            sequence: 0,
            until_look: LOOK_EVERY,
            looked_at: 0,
        }
    }
}

impl Calendar {
    /// Schedules an event. What would happen after the end of time never happens.
    #[inline]
    pub(crate) fn schedule(&mut self, at: SimTime, event: Event) {
        if at == SimTime::NEVER {
            return;
        }
        let order = (event.phase() as u64) << PHASE_SHIFT | self.sequence;
        self.sequence += 1;
        self.put(Entry { at: at.millis(), order, event });
    }

    /// Takes the next event.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(SimTime, Event)> {
        let entry = match self.near.pop() {
            Some(entry) => entry,
            None => self.advance()?,
        };
        self.until_look -= 1;
        if self.until_look == 0 {
            self.look(entry.at);
        }
        Some((SimTime::from_millis(entry.at), entry.event))
    }

    /// Forgets all events and keeps the memory, and what is known of their gaps.
    pub(crate) fn clear(&mut self) {
        self.near.clear();
        self.later.clear();
        self.empty_ring();
        self.slot = 0;
        self.sequence = 0;
        self.until_look = LOOK_EVERY;
        self.looked_at = 0;
    }

    fn empty_ring(&mut self) {
        self.heads.fill(NONE);
        self.occupied.fill(0);
        self.nodes.clear();
        self.free = NONE;
        self.in_ring = 0;
    }

    #[inline]
    fn put(&mut self, entry: Entry) {
        let slot = entry.at >> self.shift;
        if slot <= self.slot {
            self.near.push(entry);
        } else if slot - self.slot < self.heads.len() as u64 {
            self.hang(entry, slot);
        } else {
            self.later.push(entry);
        }
    }

    /// Hangs an event into the ring.
    #[inline]
    fn hang(&mut self, entry: Entry, slot: u64) {
        let place = slot as usize & (self.heads.len() - 1);
        let next = self.heads[place];
        let node = Node { entry, next };
        let at = self.free;
        if at == NONE {
            self.heads[place] = self.nodes.len() as u32;
            self.nodes.push(node);
        } else {
            self.free = self.nodes[at as usize].next;
            self.nodes[at as usize] = node;
            self.heads[place] = at;
        }
        self.occupied[place / 64] |= 1 << (place % 64);
        self.in_ring += 1;
    }

    /// Goes on to the next slot that holds something, and takes its first event; none if nothing is to come.
    fn advance(&mut self) -> Option<Entry> {
        if self.in_ring == 0 {
            self.slot = self.later.first()?.at >> self.shift;
            self.reach_further();
            return self.near.pop();
        }
        self.slot += self.gap();
        self.reach_further();
        let place = self.slot as usize & (self.heads.len() - 1);
        let head = std::mem::replace(&mut self.heads[place], NONE);
        self.occupied[place / 64] &= !(1 << (place % 64));
        let mut first = self.unhang(head);
        let mut at = first.next;
        while at != NONE {
            let node = self.unhang(at);
            at = node.next;
            let after = if node.entry.key() < first.entry.key() {
                std::mem::replace(&mut first.entry, node.entry)
            } else {
                node.entry
            };
            self.near.push(after);
        }
        Some(first.entry)
    }

    /// Takes a node out of the ring. It is free from now on.
    #[inline]
    fn unhang(&mut self, at: u32) -> Node {
        let node = &mut self.nodes[at as usize];
        let taken = *node;
        node.next = self.free;
        self.free = at;
        self.in_ring -= 1;
        taken
    }

    /// Brings into the ring what is no longer beyond it.
    #[inline]
    fn reach_further(&mut self) {
        let end = self.slot + self.heads.len() as u64;
        while let Some(first) = self.later.first()
            && first.at >> self.shift < end
        {
            let Some(entry) = self.later.pop() else { return };
            self.put(entry);
        }
    }

    /// Slots from the one at hand to the next in the ring that holds something, of which there is one.
    #[inline]
    fn gap(&self) -> u64 {
        let (mask, words) = (self.heads.len() - 1, self.occupied.len());
        let from = (self.slot as usize + 1) & mask;
        let mut word = from / 64;
        let mut bits = self.occupied[word] & (u64::MAX << (from % 64));
        // Once round at most: the last word is the first again, with the bits before the start.
        for _ in 0..words {
            if bits != 0 {
                break;
            }
            word = (word + 1) % words;
            bits = self.occupied[word];
        }
        let found = word * 64 + bits.trailing_zeros() as usize;
        (found.wrapping_sub(from) & mask) as u64 + 1
    }

    /// Looks whether slots and ring fit the events, and lays them out anew if not.
    #[cold]
    fn look(&mut self, now: u64) {
        let gap = (now - self.looked_at) / u64::from(LOOK_EVERY);
        (self.until_look, self.looked_at) = (LOOK_EVERY, now);
        let shift = (gap | 1).ilog2() + 1;
        let to_come = self.near.len() + self.in_ring as usize + self.later.len();
        let slots = (to_come * SLOTS_EACH).next_power_of_two().clamp(FEWEST, MOST);
        if shift.abs_diff(self.shift) <= 1 && slots <= self.heads.len() {
            return;
        }
        let mut entries: Vec<Entry> = self.near.drain().chain(self.later.drain()).collect();
        for &head in &self.heads {
            let mut at = head;
            while at != NONE {
                entries.push(self.nodes[at as usize].entry);
                at = self.nodes[at as usize].next;
            }
        }
        self.shift = shift;
        self.heads.resize(slots.max(self.heads.len()), NONE);
        self.occupied.resize(self.heads.len() / 64, 0);
        self.empty_ring();
        self.slot = now >> shift;
        entries.into_iter().for_each(|entry| self.put(entry));
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
                    calendar.schedule(SimTime::from_millis(at), Event::Served(n));
                    reference.insert((at, n));
                    n += 1;
                }
                let Some((at, event)) = calendar.pop() else { break };
                now = at.millis();
                assert_eq!(Some((now, tag(event))), reference.pop_first(), "run {run}, turn {turn}");
                layouts.insert((calendar.shift, calendar.heads.len()));
            }
            let rest: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|(t, e)| (t.millis(), tag(e))).collect();
            assert!(rest.iter().copied().eq(reference), "run {run}");
            assert!(layouts.len() > 1, "run {run}: the layout never changed");
        }
    }
}
