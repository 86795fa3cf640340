//! A 4-ary heap of events, the earliest on top.

use crate::sim::nodes::Nodes;

/// An event by its node, with its place in the order of events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// When \[ms\].
    pub(super) at: u64,
    /// Phase and number: which of those at one instant comes first.
    pub(super) order: u64,
    pub(super) node: u32,
}

impl Entry {
    #[inline]
    pub(super) fn of(node: u32, nodes: &Nodes) -> Entry {
        let it = nodes.get(node);
        Entry { at: it.at, order: it.order, node }
    }

    /// What the order of events goes by.
    #[inline]
    pub(super) fn key(&self) -> u128 {
        u128::from(self.at) << 64 | u128::from(self.order)
    }
}

/// Events of which the earliest is at hand.
#[derive(Clone, Debug, Default)]
pub(super) struct Heap {
    entries: Vec<Entry>,
}

const ARITY: usize = 4;

impl Heap {
    #[inline]
    pub(super) fn push(&mut self, entry: Entry) {
        let mut at = self.entries.len();
        self.entries.push(entry);
        while at > 0 {
            let parent = (at - 1) / ARITY;
            if self.entries[parent].key() <= entry.key() {
                break;
            }
            self.entries[at] = self.entries[parent];
            at = parent;
        }
        self.entries[at] = entry;
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry> {
        let last = self.entries.pop()?;
        let Some(&first) = self.entries.first() else { return Some(last) };
        self.sink(last);
        Some(first)
    }

    /// The earliest.
    #[inline]
    pub(super) fn first(&self) -> Option<&Entry> {
        self.entries.first()
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
    }

    /// All of them, in no order, which then are gone.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Entry> + '_ {
        self.entries.drain(..)
    }

    /// Puts `entry` into the hole at the top.
    #[inline]
    fn sink(&mut self, entry: Entry) {
        let (mut at, key) = (0, entry.key());
        loop {
            let first = at * ARITY + 1;
            let children = &self.entries[first.min(self.entries.len())..(first + ARITY).min(self.entries.len())];
            let (mut least, mut next) = (key, None);
            for (i, child) in children.iter().enumerate() {
                if child.key() < least {
                    (least, next) = (child.key(), Some(first + i));
                }
            }
            let Some(next) = next else { break };
            self.entries[at] = self.entries[next];
            at = next;
        }
        self.entries[at] = entry;
    }
}
