//! Where events to come are kept, and goods that are in service or in a queue.

use crate::sim::event::Event;

/// No node.
pub(super) const NONE: u32 = 0;
/// Later than all events.
pub(super) const NEVER: u64 = u64::MAX;

/// All nodes, and those that are free.
///
/// A consignment of which something is still to be found out has one node: the event that its service ends or that it comes
/// to a stop, or its place in a queue. It never has both. Other events take a node and give it back when they happen.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    /// The first stands for no event, later than all.
    nodes: Vec<Node>,
    free: u32,
}

/// An event, and the next in the list of its slot, of a queue or of free nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// When it is \[ms\]; in a queue, since when it waits.
    pub(super) at: u64,
    /// Phase and number: which of those at one instant comes first.
    pub(super) order: u64,
    pub(super) event: Event,
    pub(super) next: u32,
}

const NOTHING: Node = Node { at: NEVER, order: u64::MAX, event: Event::End, next: NONE };

impl Default for Nodes {
    fn default() -> Self {
        Nodes { nodes: vec![NOTHING], free: NONE }
    }
}

impl Node {
    /// What the order of events goes by.
    #[inline]
    pub(super) fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.order)
    }
}

impl Nodes {
    /// Takes a free one.
    #[inline(always)]
    pub(super) fn take(&mut self) -> u32 {
        if self.free == NONE {
            return self.add();
        }
        let taken = self.free;
        self.free = self.nodes[taken as usize].next;
        taken
    }

    /// Gives one back that is in no list.
    #[inline(always)]
    pub(super) fn release(&mut self, node: u32) {
        self.nodes[node as usize].next = self.free;
        self.free = node;
    }

    #[inline(always)]
    pub(super) fn get(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    #[inline(always)]
    pub(super) fn get_mut(&mut self, node: u32) -> &mut Node {
        &mut self.nodes[node as usize]
    }

    /// All are free, and their memory is kept.
    pub(super) fn clear(&mut self) {
        self.nodes.truncate(1);
        self.free = NONE;
    }

    #[cold]
    #[inline(never)]
    fn add(&mut self) -> u32 {
        self.nodes.push(NOTHING);
        self.nodes.len() as u32 - 1
    }
}
