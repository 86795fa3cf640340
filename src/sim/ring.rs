//! A ring of short time slots, each with a list of its events.

use std::hint::select_unpredictable;

use crate::sim::nodes::{NONE, Nodes};

/// Stretches of the shortest ring and of the longest.
const FEWEST: usize = 1 << 4;
const MOST: usize = 1 << 14;
/// Slots for each event that is to come.
const SLOTS_EACH: usize = 32;
/// Slots of a stretch.
const WIDTH: usize = u64::BITS as usize;
const WIDTH_SHIFT: u32 = WIDTH.ilog2();

/// The slots of the time to come, as far as they reach, 64 at a time. An event is known by its node.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    stretches: Vec<Stretch>,
    /// A slot is 2^shift milliseconds long.
    shift: u32,
    /// Number of the first stretch since the start of time.
    first: u64,
}

/// Some slots.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// A bit for each that holds anything.
    held: u64,
    /// First node of each one's list.
    heads: [u32; WIDTH],
}

/// What the first slot that holds anything has.
pub(super) enum First {
    /// An event, which is in no slot any more, and when it is.
    Event(u32, u64),
    /// More events than are searched for the first: the slot, for [`Ring::empty`].
    Crowd(Slot),
    /// No slot holds anything.
    Nothing,
}

/// A slot by its stretch in the ring and its place there.
#[derive(Clone, Copy)]
pub(super) struct Slot(usize, usize);

/// Events of one slot that are searched for the first.
const SEARCHED: usize = 32;

const EMPTY: Stretch = Stretch { held: 0, heads: [NONE; WIDTH] };

impl Ring {
    /// With slots of 2^shift milliseconds.
    pub(super) fn new(shift: u32) -> Ring {
        Ring { stretches: vec![EMPTY; FEWEST], shift, first: 0 }
    }

    /// Forgets all events and begins at an instant with slots of another length, and more of them if so many events are to
    /// come.
    pub(super) fn restart(&mut self, now: u64, shift: u32, to_come: usize) {
        self.stretches.iter_mut().filter(|stretch| stretch.held != 0).for_each(|stretch| *stretch = EMPTY);
        self.stretches.resize(self.length_for(to_come), EMPTY);
        self.shift = shift;
        self.first = now >> (shift + WIDTH_SHIFT);
    }

    /// Whether slots are about as long as that, and enough for so many events.
    pub(super) fn fits(&self, shift: u32, to_come: usize) -> bool {
        shift.abs_diff(self.shift) <= 1 && self.length_for(to_come) == self.stretches.len()
    }

    /// Slots, in stretches.
    #[cfg(test)]
    pub(super) fn length(&self) -> usize {
        self.stretches.len()
    }

    fn length_for(&self, to_come: usize) -> usize {
        let length = (to_come * SLOTS_EACH / WIDTH).next_power_of_two().clamp(FEWEST, MOST);
        length.max(self.stretches.len())
    }

    pub(super) fn shift(&self) -> u32 {
        self.shift
    }

    /// When it begins \[ms\].
    pub(super) fn begins(&self) -> u64 {
        self.first << (self.shift + WIDTH_SHIFT)
    }

    /// Whether an instant that is not over lies in the first stretch.
    #[inline(always)]
    pub(super) fn is_at(&self, now: u64) -> bool {
        now >> (self.shift + WIDTH_SHIFT) == self.first
    }

    /// Lets it begin at the stretch of an instant; nothing may be before that.
    pub(super) fn move_to(&mut self, now: u64) {
        self.first = now >> (self.shift + WIDTH_SHIFT);
    }

    /// Whether it reaches as far as an instant.
    #[inline(always)]
    pub(super) fn reaches(&self, at: u64) -> bool {
        (at >> (self.shift + WIDTH_SHIFT)).wrapping_sub(self.first) < self.stretches.len() as u64
    }

    /// Puts an event into the slot of its instant, which the ring reaches.
    #[inline(always)]
    pub(super) fn put(&mut self, node: u32, nodes: &mut Nodes) {
        let it = nodes.get_mut(node);
        let (slot, mask) = (it.at >> self.shift, self.stretches.len() - 1);
        let stretch = &mut self.stretches[(slot >> WIDTH_SHIFT) as usize & mask];
        stretch.held |= 1 << (slot % WIDTH as u64);
        it.next = std::mem::replace(&mut stretch.heads[slot as usize % WIDTH], node);
    }

    /// Takes the first event. Of two in one slot the choice is no branch: it would be mispredicted half of the time.
    #[inline(always)]
    pub(super) fn take_first(&mut self, nodes: &mut Nodes) -> First {
        let mut at = self.first as usize & (self.stretches.len() - 1);
        if self.stretches[at].held == 0 {
            let Some(next) = self.next_stretch() else { return First::Nothing };
            at = next;
        }
        let stretch = &mut self.stretches[at];
        let slot = stretch.held.trailing_zeros();
        let head = &mut stretch.heads[slot as usize % WIDTH];
        let first = *head;
        let one = nodes.get(first);
        let second = one.next;
        let other = nodes.get(second);
        if other.next != NONE {
            return self.search(Slot(at, slot as usize % WIDTH), nodes);
        }
        let swap = other.key() < one.key();
        let taken =
            First::Event(select_unpredictable(swap, second, first), select_unpredictable(swap, other.at, one.at));
        *head = select_unpredictable(swap, first, second);
        stretch.held ^= u64::from(*head == NONE) << slot;
        nodes.get_mut(first).next = NONE;
        taken
    }

    /// The slot that holds the first event, by its number since the start of time.
    pub(super) fn first_slot(&self) -> Option<(u64, Slot)> {
        let at = self.next_stretch()?;
        let ahead = at.wrapping_sub(self.first as usize) & (self.stretches.len() - 1);
        let within = self.stretches[at].held.trailing_zeros();
        Some(((self.first + ahead as u64) << WIDTH_SHIFT | u64::from(within), Slot(at, within as usize)))
    }

    /// Takes all events of a slot.
    pub(super) fn empty(&mut self, Slot(stretch, slot): Slot, nodes: &Nodes, mut to: impl FnMut(u32)) {
        let stretch = &mut self.stretches[stretch];
        stretch.held &= !(1 << slot);
        let mut node = std::mem::replace(&mut stretch.heads[slot], NONE);
        while node != NONE {
            to(node);
            node = nodes.get(node).next;
        }
    }

    /// Takes all events of all slots.
    pub(super) fn empty_all(&mut self, nodes: &Nodes, mut to: impl FnMut(u32)) {
        while let Some((_, slot)) = self.first_slot() {
            self.empty(slot, nodes, &mut to);
        }
    }

    /// Takes the first event of a slot that holds three or more, by a search.
    #[inline(never)]
    fn search(&mut self, slot: Slot, nodes: &mut Nodes) -> First {
        let head = self.stretches[slot.0].heads[slot.1];
        let (mut before, mut least) = (NONE, head);
        let (mut last, mut count) = (head, 1);
        loop {
            let next = nodes.get(last).next;
            if next == NONE {
                break;
            }
            if nodes.get(next).key() < nodes.get(least).key() {
                (before, least) = (last, next);
            }
            last = next;
            count += 1;
        }
        if count > SEARCHED {
            return First::Crowd(slot);
        }
        let taken = nodes.get(least);
        let (at, next) = (taken.at, taken.next);
        if before == NONE {
            self.stretches[slot.0].heads[slot.1] = next;
        } else {
            nodes.get_mut(before).next = next;
        }
        First::Event(least, at)
    }

    /// The next stretch that holds anything.
    #[inline(never)]
    fn next_stretch(&self) -> Option<usize> {
        let (from, mask) = (self.first as usize, self.stretches.len() - 1);
        (0..=mask).map(|ahead| (from + ahead) & mask).find(|&at| self.stretches[at].held != 0)
    }
}
