//! The future event list.

use std::cmp::Ordering;

use crate::sim::event::{Event, Phase};
use crate::sim::goods::Spot;
use crate::sim::heap::{Entry, Heap};
use crate::sim::nodes::{NEVER, NONE, Node, Nodes};
use crate::sim::ring::{First, Ring};
use crate::time::SimTime;

/// Events to come, the next one first: by time, then phase, then order of scheduling, where those of a consignment count as
/// scheduled when it was admitted. So who comes first does not depend on how long before it was known that somebody comes.
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
    nodes: Nodes,
    ring: Ring,
    /// Events of a slot that has very many.
    crowd: Heap,
    /// Events beyond the ring.
    later: Heap,
    /// Numbers given so far to events, and to goods, whose events all have the same.
    sequence: u64,
    /// Events scheduled so far that may happen.
    scheduled: u64,
    /// Events taken until it was last looked whether the ring fits, events since, and when that was.
    taken_before: u64,
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
            nodes: Nodes::default(),
            ring: Ring::new(FIRST_SHIFT),
            crowd: Heap::default(),
            later: Heap::default(),
            sequence: 0,
            scheduled: 0,
            taken_before: 0,
            taken: 0,
            looked_at: 0,
        }
    }
}

impl Calendar {
    /// Schedules an event. What would happen after the end of time never happens.
    #[inline(always)]
    pub(crate) fn schedule(&mut self, at: SimTime, event: Event) {
        let node = self.take_node(event.phase());
        self.put(node, at, event);
    }

    /// Whether an instant is before all events.
    #[inline(always)]
    pub(super) fn is_before_all(&self, at: SimTime) -> bool {
        at.millis() < self.front_at
    }

    /// Takes the next event. Of goods that have been served the node is told too: it stays theirs until they leave.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Option<(SimTime, Event, u32)> {
        let node = self.front;
        if node == NONE {
            return None;
        }
        let Node { at, event, .. } = *self.nodes.get(node);
        if !event.is_of_goods() {
            self.nodes.release(node);
        }
        self.taken += 1;
        if !self.ring.is_at(at) {
            self.move_to(at);
        }
        if self.crowd.is_empty() {
            self.take_from_ring()
        } else {
            self.take_from_crowd(at)
        }
        Some((SimTime::from_millis(at), event, node))
    }

    /// A node for a consignment that arrives.
    #[inline(always)]
    pub(super) fn admit(&mut self) -> u32 {
        self.take_node(Phase::World)
    }

    /// A node with the next number.
    #[inline(always)]
    fn take_node(&mut self, phase: Phase) -> u32 {
        let node = self.nodes.take();
        self.nodes.get_mut(node).order = (phase as u64) << PHASE_SHIFT | self.sequence;
        self.sequence += 1;
        node
    }

    /// The consignment of a node leaves.
    #[inline(always)]
    pub(super) fn dismiss(&mut self, node: u32) {
        self.nodes.release(node);
    }

    /// A consignment is in service at a stop, until an instant.
    #[inline(always)]
    pub(super) fn serve(&mut self, Spot { at, node }: Spot, stop: u32, until: SimTime) {
        self.put(node, until, Event::Served(at, stop));
    }

    /// A consignment comes to a stop at an instant.
    #[inline(always)]
    pub(super) fn bring(&mut self, Spot { at, node }: Spot, stop: u32, then: SimTime) {
        self.put(node, then, Event::Comes(at, stop));
    }

    /// A consignment waits for service at a stop from an instant on, behind that of another node, if any.
    #[inline(always)]
    pub(super) fn wait(&mut self, Spot { at, node }: Spot, stop: u32, since: SimTime, behind: u32) {
        let event = Event::Served(at, stop);
        let it = self.nodes.get_mut(node);
        (it.at, it.event, it.next) = (since.millis(), event, NONE);
        if behind != NONE {
            self.nodes.get_mut(behind).next = node;
        }
    }

    /// Who waits in a queue with a node, at which stop, since when, and which node is behind.
    #[inline(always)]
    pub(super) fn waiting(&self, node: u32) -> (Spot, u32, SimTime, u32) {
        let it = self.nodes.get(node);
        let (at, stop) = match it.event {
            Event::Served(at, stop) => (at, stop),
            // Not of goods.
            _ => (u32::MAX, u32::MAX),
        };
        (Spot { at, node }, stop, SimTime::from_millis(it.at), it.next)
    }

    /// What is to become of the consignment of a node, and when; in a queue, what it waits for and since when.
    pub(super) fn of_goods(&self, node: u32) -> (Event, SimTime) {
        let it = self.nodes.get(node);
        (it.event, SimTime::from_millis(it.at))
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
        self.nodes.clear();
        (self.front, self.front_at) = (NONE, NEVER);
        (self.sequence, self.scheduled) = (0, 0);
        (self.taken_before, self.taken, self.looked_at) = (0, 0, 0);
    }

    /// Puts an event with its node where it belongs.
    #[inline(always)]
    fn put(&mut self, node: u32, at: SimTime, event: Event) {
        self.scheduled += 1;
        let at = at.millis();
        let it = self.nodes.get_mut(node);
        (it.at, it.event) = (at, event);
        if at <= self.front_at {
            self.put_first(node)
        } else if self.ring.reaches(at) {
            self.ring.put(node, &mut self.nodes)
        } else {
            self.put_later(node)
        }
    }

    /// Puts an event that may be the next one.
    #[cold]
    #[inline(never)]
    fn put_first(&mut self, node: u32) {
        let (this, front) = (self.nodes.get(node), self.nodes.get(self.front));
        if this.at == NEVER {
            return self.put_later(node);
        }
        let mut other = node;
        if this.key() < front.key() {
            self.front_at = this.at;
            other = std::mem::replace(&mut self.front, node);
        }
        if other != NONE {
            self.put_behind(other);
        }
    }

    /// Puts an event that is not the next one.
    fn put_behind(&mut self, node: u32) {
        if self.ring.reaches(self.nodes.get(node).at) {
            self.ring.put(node, &mut self.nodes);
        } else {
            self.put_later(node);
        }
    }

    /// Puts an event beyond the ring.
    #[cold]
    #[inline(never)]
    fn put_later(&mut self, node: u32) {
        let it = self.nodes.get(node);
        if it.at < NEVER {
            return self.later.push(Entry::of(node, &self.nodes));
        }
        self.scheduled -= 1;
        if !it.event.is_of_goods() {
            self.nodes.release(node);
        }
    }

    /// Makes the first event of the ring the next one.
    #[inline(always)]
    fn take_from_ring(&mut self) {
        match self.ring.take_first(&mut self.nodes) {
            First::Event(place, at) => (self.front, self.front_at) = (place, at),
            First::Nothing => self.take_from_heap(),
            First::Crowd(slot) => {
                self.ring.empty(slot, &self.nodes, |node| self.crowd.push(Entry::of(node, &self.nodes)));
                self.take_from_heap();
            }
        }
    }

    /// The same where events of a slot are a heap. Others may have come to the slot since, or to earlier ones.
    #[cold]
    #[inline(never)]
    fn take_from_crowd(&mut self, now: u64) {
        if self.taken >= LOOK_EVERY {
            // Perhaps slots are so long that all happens in one of them.
            self.look(now);
            if self.crowd.is_empty() {
                return self.take_from_ring();
            }
        }
        let crowded = self.crowd.first().map_or(NEVER, |entry| entry.at >> self.ring.shift());
        if let Some((number, slot)) = self.ring.first_slot() {
            match number.cmp(&crowded) {
                Ordering::Less => return self.take_from_ring(),
                Ordering::Equal => {
                    self.ring.empty(slot, &self.nodes, |node| self.crowd.push(Entry::of(node, &self.nodes)))
                }
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
            Some(Entry { at, node, .. }) => (node, at),
            None => (NONE, NEVER),
        };
    }

    /// Lets the ring begin at a later instant, and what is no longer beyond it come into it. There is no next event now.
    #[inline(never)]
    fn move_to(&mut self, now: u64) {
        self.ring.move_to(now);
        while let Some(first) = self.later.first()
            && self.ring.reaches(first.at)
            && let Some(Entry { node, .. }) = self.later.pop()
        {
            self.ring.put(node, &mut self.nodes);
        }
        if self.taken >= LOOK_EVERY {
            self.look(now);
        }
    }

    /// Looks whether the ring fits the events, and lays it out anew if not. There is no next event now.
    #[cold]
    fn look(&mut self, now: u64) {
        let shift = shift_for((now - self.looked_at) / self.taken);
        self.taken_before += self.taken;
        (self.taken, self.looked_at) = (0, now);
        let to_come = (self.scheduled - self.taken_before) as usize;
        if self.ring.fits(shift, to_come) {
            return;
        }
        let mut all: Vec<u32> = self.crowd.drain().chain(self.later.drain()).map(|entry| entry.node).collect();
        self.ring.empty_all(&self.nodes, |node| all.push(node));
        self.ring.restart(now, shift, to_come);
        all.into_iter().for_each(|node| self.put_behind(node));
    }
}

/// The length of slots for a mean gap between events: 2^shift is at most half of it, and more than a quarter.
fn shift_for(gap: u64) -> u32 {
    (gap | 1).ilog2().saturating_sub(1)
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
