//! The future event list.

use std::cmp::Reverse;

use crate::sim::event::Event;
use crate::sim::few::{FEW, FEW_SHIFT, Few, HALF};
use crate::sim::heap::{Entry, Heap};
use crate::time::SimTime;

/// Events yet to come, in order of time, then phase, then the order in which they were scheduled: ties never depend
/// on chance.
///
/// Time is cut into slots a few times as wide as the mean gap between events. Events of the slot at hand, few as a
/// rule, are in order; those of the slots ahead lie in a ring of lists, one a slot; those beyond the ring in a heap. The
/// width of a slot and the length of the ring follow the events, and which event comes next does not depend on them
/// (docs/decisions/0009).
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    /// Nodes of the slot at hand, and earlier ones, the next event last.
    current: Vec<u32>,
    /// Other events of that slot, which came when there were many.
    crowd: Heap,
    /// First node of each slot's list, for the slots after the one at hand.
    heads: Vec<u32>,
    /// Events of the slot at hand and of the ring.
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

/// An event, and the next in the list of its slot or of free nodes.
#[derive(Clone, Copy, Debug)]
struct Node {
    at: u64,
    order: u64,
    event: Event,
    next: u32,
}

impl Node {
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.order)
    }

    fn entry(&self) -> Entry {
        Entry { at: self.at, order: self.order, event: self.event }
    }
}

const PHASE_SHIFT: u32 = 56;
/// No node.
const NONE: u32 = u32::MAX;
/// Slots of the shortest ring and of the longest.
const FEWEST: usize = 1 << 10;
const MOST: usize = 1 << 20;
/// Slots of the ring for each event that is to come.
const SLOTS_EACH: usize = 2;
/// A slot is 4 to 8 times as wide as the mean gap.
const WIDER: u32 = 3;
/// Events of the slot at hand that are kept in order; more are a crowd.
const MANY: usize = 48;
/// Events between two looks at whether slots fit.
const LOOK_EVERY: u32 = 1 << 14;
/// Events from which a short run tells of their gaps.
const ENOUGH: u32 = 1 << 9;
/// Slots of the first run, until something is known: about four seconds.
const FIRST_SHIFT: u32 = 12;

impl Default for Calendar {
    fn default() -> Self {
        Calendar {
            current: Vec::new(),
            crowd: Heap::default(),
            heads: vec![NONE; FEWEST],
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
    #[inline(always)]
    pub(crate) fn schedule(&mut self, at: SimTime, event: Event) {
        if at == SimTime::NEVER {
            return;
        }
        let order = (event.phase() as u64) << PHASE_SHIFT | self.sequence;
        self.sequence += 1;
        let at = at.millis();
        let slot = at >> self.shift;
        let ahead = slot.wrapping_sub(self.slot);
        // Also false for the slot at hand and earlier ones.
        if ahead.wrapping_sub(1) < self.heads.len() as u64 - 1 {
            self.hang(at, order, event, slot);
        } else {
            self.put_elsewhere(Entry { at, order, event });
        }
    }

    /// Takes the next event.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(SimTime, Event)> {
        let (at, event) = loop {
            if !self.crowd.is_empty() {
                let entry = self.pop_of_many()?;
                break (entry.at, entry.event);
            }
            if let Some(place) = self.current.pop() {
                let node = self.let_go(place);
                break (node.at, node.event);
            }
            if !self.advance() {
                return None;
            }
        };
        self.until_look -= 1;
        if self.until_look == 0 {
            self.look(at);
        }
        Some((SimTime::from_millis(at), event))
    }

    /// Forgets all events and keeps the memory, and what is known of their gaps.
    pub(crate) fn clear(&mut self) {
        let popped = LOOK_EVERY - self.until_look;
        if popped >= ENOUGH {
            // The next run is like this one.
            let now = self.slot << self.shift;
            self.shift = shift_for((now - self.looked_at.min(now)) / u64::from(popped));
        }
        self.crowd.clear();
        self.later.clear();
        self.empty_ring();
        self.slot = 0;
        self.sequence = 0;
        self.until_look = LOOK_EVERY;
        self.looked_at = 0;
    }

    fn empty_ring(&mut self) {
        self.current.clear();
        self.heads.fill(NONE);
        self.nodes.clear();
        self.free = NONE;
        self.in_ring = 0;
    }

    /// Hangs an event into the ring.
    #[inline(always)]
    fn hang(&mut self, at: u64, order: u64, event: Event, slot: u64) {
        if self.free == NONE {
            self.add_node();
        }
        let mask = self.heads.len() - 1;
        let head = &mut self.heads[slot as usize & mask];
        let node = &mut self.nodes[self.free as usize];
        let next = std::mem::replace(head, self.free);
        self.free = node.next;
        *node = Node { at, order, event, next };
        self.in_ring += 1;
    }

    /// A free node where there is none.
    #[cold]
    #[inline(never)]
    fn add_node(&mut self) {
        self.free = self.nodes.len() as u32;
        self.nodes.push(Node { at: 0, order: 0, event: Event::End, next: NONE });
    }

    /// Gives a node free, and what was in it.
    #[inline]
    fn let_go(&mut self, place: u32) -> Node {
        let node = &mut self.nodes[place as usize];
        let taken = *node;
        node.next = self.free;
        self.free = place;
        taken
    }

    /// Puts an event where it belongs.
    fn put(&mut self, entry: Entry) {
        let slot = entry.at >> self.shift;
        if slot > self.slot && slot - self.slot < self.heads.len() as u64 {
            self.hang(entry.at, entry.order, entry.event, slot);
        } else {
            self.put_elsewhere(entry);
        }
    }

    /// Puts an event among those of the slot at hand, or beyond the ring.
    #[inline(never)]
    fn put_elsewhere(&mut self, entry: Entry) {
        if entry.at >> self.shift > self.slot {
            self.later.push(entry);
        } else if self.current.len() < MANY {
            let later = self.current.iter().rposition(|&other| self.nodes[other as usize].key() > entry.key());
            if self.free == NONE {
                self.add_node();
            }
            let place = self.free;
            let node = &mut self.nodes[place as usize];
            self.free = node.next;
            *node = Node { at: entry.at, order: entry.order, event: entry.event, next: NONE };
            self.current.insert(later.map_or(0, |at| at + 1), place);
        } else {
            self.crowd.push(entry);
        }
    }

    /// Takes the next event where there are some that are in order and some that are not.
    #[cold]
    fn pop_of_many(&mut self) -> Option<Entry> {
        let ordered = self.current.last().map_or(u128::MAX, |&place| self.nodes[place as usize].key());
        match self.crowd.first() {
            Some(first) if first.key() < ordered => self.crowd.pop(),
            _ => self.current.pop().map(|place| self.let_go(place).entry()),
        }
    }

    /// Goes on to the next slot that holds something, and puts its events in order; false if nothing is to come.
    fn advance(&mut self) -> bool {
        if self.in_ring == 0 {
            let Some(first) = self.later.first() else { return false };
            self.slot = first.at >> self.shift;
            self.reach_further();
            return true;
        }
        // As a rule the next slot or the one after: slots are wider than gaps.
        let mut slot = self.slot + 1;
        let mask = self.heads.len() - 1;
        while self.heads[slot as usize & mask] == NONE {
            slot += 1;
        }
        self.slot = slot;
        self.reach_further();
        let first = std::mem::replace(&mut self.heads[slot as usize & mask], NONE);
        self.put_in_order(first);
        self.in_ring -= self.current.len() as u32;
        true
    }

    /// Puts the events of a slot's list in order, the latest first.
    ///
    /// For a few, without a branch: each goes where as many later ones are before it. Times within the slot decide. Among
    /// equal ones it is the place in the list, which may be wrong; then all are sorted.
    #[inline]
    fn put_in_order(&mut self, first: u32) {
        let mut few = Few { places: [NONE; FEW], keys: [-1; FEW] };
        let within = (1 << self.shift.min(FEW_SHIFT)) - 1;
        let (mut at, mut count) = (first, 0);
        while at != NONE && count < FEW {
            let node = &self.nodes[at as usize];
            few.places[count] = at;
            few.keys[count] = (node.at & within) as i32 * FEW as i32 + (FEW - 1 - count) as i32;
            count += 1;
            at = node.next;
        }
        if at == NONE && self.shift <= FEW_SHIFT {
            let ties = match count {
                0..=HALF => few.put_in_order::<HALF>(count, &mut self.current),
                _ => few.put_in_order::<FEW>(count, &mut self.current),
            };
            if !ties {
                return;
            }
        } else {
            self.current.extend_from_slice(&few.places[..count]);
            while at != NONE {
                self.current.push(at);
                at = self.nodes[at as usize].next;
            }
        }
        let nodes = &self.nodes[..];
        self.current.sort_unstable_by_key(|&place| Reverse(nodes[place as usize].key()));
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

    /// Looks whether slots and ring fit the events, and lays them out anew if not.
    #[cold]
    fn look(&mut self, now: u64) {
        let gap = (now - self.looked_at) / u64::from(LOOK_EVERY);
        (self.until_look, self.looked_at) = (LOOK_EVERY, now);
        let shift = shift_for(gap);
        let to_come = self.current.len() + self.crowd.len() + self.in_ring as usize + self.later.len();
        let slots = (to_come * SLOTS_EACH).next_power_of_two().clamp(FEWEST, MOST);
        if shift.abs_diff(self.shift) <= 1 && slots <= self.heads.len() {
            return;
        }
        let mut entries: Vec<Entry> = self.crowd.drain().chain(self.later.drain()).collect();
        entries.extend(self.current.iter().map(|&place| self.nodes[place as usize].entry()));
        for &head in &self.heads {
            let mut at = head;
            while at != NONE {
                entries.push(self.nodes[at as usize].entry());
                at = self.nodes[at as usize].next;
            }
        }
        self.shift = shift;
        self.heads.resize(slots.max(self.heads.len()), NONE);
        self.empty_ring();
        self.slot = now >> shift;
        entries.into_iter().for_each(|entry| self.put(entry));
    }
}

/// The width of slots for a mean gap between events.
fn shift_for(gap: u64) -> u32 {
    (gap | 1).ilog2() + WIDER
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
