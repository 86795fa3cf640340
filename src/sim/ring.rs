//! A ring of short time slots, each with a list of its events.

use std::hint::select_unpredictable;

use crate::sim::event::Event;
use crate::sim::heap::Entry;

/// No event.
pub(super) const NONE: u32 = 0;
/// Later than all events.
pub(super) const NEVER: u64 = u64::MAX;
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
    /// The first stands for no event, later than all.
    nodes: Vec<Node>,
    free: u32,
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

/// An event, and the next in the list of its slot or of free nodes.
#[derive(Clone, Copy, Debug)]
struct Node {
    at: u64,
    order: u64,
    event: Event,
    next: u32,
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
const NOTHING: Node = Node { at: NEVER, order: u64::MAX, event: Event::End, next: NONE };

impl Node {
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.order)
    }
}

impl Ring {
    /// With slots of 2^shift milliseconds.
    pub(super) fn new(shift: u32) -> Ring {
        Ring { stretches: vec![EMPTY; FEWEST], nodes: vec![NOTHING], free: NONE, shift, first: 0 }
    }

    /// Forgets all events and begins at an instant with slots of another length, and more of them if so many events are to
    /// come.
    pub(super) fn restart(&mut self, now: u64, shift: u32, to_come: usize) {
        self.stretches.iter_mut().filter(|stretch| stretch.held != 0).for_each(|stretch| *stretch = EMPTY);
        self.stretches.resize(self.length_for(to_come), EMPTY);
        self.nodes.truncate(1);
        self.free = NONE;
        self.shift = shift;
        self.first = now >> (shift + WIDTH_SHIFT);
    }

    /// Whether slots are about as long as that, and enough for so many events.
    pub(super) fn fits(&self, shift: u32, to_come: usize) -> bool {
        shift.abs_diff(self.shift) <= 1 && self.length_for(to_come) == self.stretches.len()
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

    /// Events that it has held at once, at most.
    pub(super) fn most_held(&self) -> usize {
        self.nodes.len() - 1
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

    /// Puts an event into the slot of an instant that it reaches.
    #[inline(always)]
    pub(super) fn put(&mut self, at: u64, order: u64, event: impl Into<Event>) {
        let slot = at >> self.shift;
        let place = self.free_node();
        let next = self.link(slot, place);
        self.fill(Node { at, order, event: event.into(), next });
    }

    /// Puts the event of a node that is in no slot into that of its instant, which the ring reaches.
    #[inline]
    pub(super) fn hang(&mut self, place: u32) {
        let next = self.link(self.nodes[place as usize].at >> self.shift, place);
        self.nodes[place as usize].next = next;
    }

    /// Makes a node the head of a slot, by its number since the start of time; the head before.
    #[inline(always)]
    fn link(&mut self, slot: u64, place: u32) -> u32 {
        let mask = self.stretches.len() - 1;
        let stretch = &mut self.stretches[(slot >> WIDTH_SHIFT) as usize & mask];
        stretch.held |= 1 << (slot % WIDTH as u64);
        std::mem::replace(&mut stretch.heads[slot as usize % WIDTH], place)
    }

    /// When the event of a node is.
    #[inline]
    pub(super) fn at(&self, place: u32) -> u64 {
        self.nodes[place as usize].at
    }

    /// Where the event of a node stands in the order of events.
    #[inline]
    pub(super) fn key(&self, place: u32) -> u128 {
        self.nodes[place as usize].key()
    }

    /// A node with an event that is in no slot.
    #[inline]
    pub(super) fn keep(&mut self, at: u64, order: u64, event: impl Into<Event>) -> u32 {
        let place = self.free_node();
        self.fill(Node { at, order, event: event.into(), next: NONE });
        place
    }

    /// The event of a node.
    #[inline]
    pub(super) fn entry(&self, place: u32) -> Entry {
        let Node { at, order, event, .. } = self.nodes[place as usize];
        Entry { at, order, event }
    }

    /// Gives a node free that is in no slot; its event and when that is.
    #[inline(always)]
    pub(super) fn release(&mut self, place: u32) -> (u64, Event) {
        let node = &mut self.nodes[place as usize];
        node.next = self.free;
        self.free = place;
        (node.at, node.event)
    }

    /// Takes the first event. Of two in one slot the choice is no branch: it would be mispredicted half of the time.
    #[inline(always)]
    pub(super) fn take_first(&mut self) -> First {
        let mut at = self.first as usize & (self.stretches.len() - 1);
        if self.stretches[at].held == 0 {
            let Some(next) = self.next_stretch() else { return First::Nothing };
            at = next;
        }
        let stretch = &mut self.stretches[at];
        let slot = stretch.held.trailing_zeros();
        let head = &mut stretch.heads[slot as usize % WIDTH];
        let nodes = &mut self.nodes[..];
        let (first, one) = (*head, &nodes[*head as usize]);
        let (second, other) = (one.next, &nodes[one.next as usize]);
        if other.next != NONE {
            return self.search(Slot(at, slot as usize % WIDTH));
        }
        let swap = other.key() < one.key();
        let taken =
            First::Event(select_unpredictable(swap, second, first), select_unpredictable(swap, other.at, one.at));
        *head = select_unpredictable(swap, first, second);
        stretch.held ^= u64::from(*head == NONE) << slot;
        nodes[first as usize].next = NONE;
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
    pub(super) fn empty(&mut self, Slot(stretch, slot): Slot, mut to: impl FnMut(Entry)) {
        let stretch = &mut self.stretches[stretch];
        stretch.held &= !(1 << slot);
        let mut place = std::mem::replace(&mut stretch.heads[slot], NONE);
        while place != NONE {
            let next = self.nodes[place as usize].next;
            to(self.entry(place));
            self.release(place);
            place = next;
        }
    }

    /// Takes all events of all slots.
    pub(super) fn empty_all(&mut self, mut to: impl FnMut(Entry)) {
        while let Some((_, slot)) = self.first_slot() {
            self.empty(slot, &mut to);
        }
    }

    /// Takes the first event of a slot that holds three or more, by a search.
    #[inline(never)]
    fn search(&mut self, slot: Slot) -> First {
        let head = self.stretches[slot.0].heads[slot.1];
        let (mut before, mut least) = (NONE, head);
        let (mut last, mut count) = (head, 1);
        loop {
            let next = self.nodes[last as usize].next;
            if next == NONE {
                break;
            }
            if self.nodes[next as usize].key() < self.nodes[least as usize].key() {
                (before, least) = (last, next);
            }
            last = next;
            count += 1;
        }
        if count > SEARCHED {
            return First::Crowd(slot);
        }
        let Node { at, next, .. } = self.nodes[least as usize];
        if before == NONE {
            self.stretches[slot.0].heads[slot.1] = next;
        } else {
            self.nodes[before as usize].next = next;
        }
        First::Event(least, at)
    }

    /// The next stretch that holds anything.
    #[inline(never)]
    fn next_stretch(&self) -> Option<usize> {
        let (from, mask) = (self.first as usize, self.stretches.len() - 1);
        (0..=mask).map(|ahead| (from + ahead) & mask).find(|&at| self.stretches[at].held != 0)
    }

    /// A free node, to be filled.
    #[inline(always)]
    fn free_node(&mut self) -> u32 {
        if self.free == NONE {
            self.add_node();
        }
        self.free
    }

    /// Fills the free node.
    #[inline(always)]
    fn fill(&mut self, with: Node) {
        let node = &mut self.nodes[self.free as usize];
        self.free = node.next;
        *node = with;
    }

    #[cold]
    #[inline(never)]
    fn add_node(&mut self) {
        self.free = self.nodes.len() as u32;
        self.nodes.push(NOTHING);
    }
}
