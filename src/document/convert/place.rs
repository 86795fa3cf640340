//! A value's place while it is converted.

use crate::document::Span;
use crate::document::tree::{Child, Kind, Node};

/// A node of one of the documents that are being loaded. Steps into what is not there stay where they are, so that a
/// problem always has a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'d> {
    /// Which document: 0 is the one that was asked for, the others are included.
    pub(crate) file: usize,
    /// The value.
    pub(crate) node: &'d Node,
}

impl<'d> At<'d> {
    /// The value of a field, through variants such as `PerItem(…)`.
    pub(crate) fn field(self, name: &str) -> At<'d> {
        self.find(|node| node.children().find(|child| child.id == Some(name)).map(|child| child.value))
    }

    /// Where a field's name or a map's key is written; the value itself if there is none.
    pub(crate) fn key(self, name: &str) -> Span {
        let mut key = None;
        self.find(|node| {
            let child = node.children().find(|child| child.id == Some(name))?;
            key = child.key;
            Some(child.value)
        });
        key.unwrap_or(self.node.head())
    }

    /// An element of a list or a value in brackets, from 0, through variants such as `AllOf([…])`.
    pub(crate) fn nth(self, index: usize) -> At<'d> {
        self.find(|node| match &node.kind {
            Kind::List(items) => items.get(index),
            Kind::Tuple { items, .. } if items.len() > 1 => items.get(index),
            _ => None,
        })
    }

    /// What a variant such as `Visit("…")` holds.
    pub(crate) fn inside(self) -> At<'d> {
        content(self.node).map_or(self, |node| At { node, ..self })
    }

    fn find(self, mut wanted: impl FnMut(&'d Node) -> Option<&'d Node>) -> At<'d> {
        let mut node = self.node;
        loop {
            if let Some(node) = wanted(node) {
                return At { node, ..self };
            }
            match content(node) {
                Some(inner) => node = inner,
                None => return self,
            }
        }
    }
}

/// The one value of a variant; in JSON a variant is an object with one capitalised key.
fn content(node: &Node) -> Option<&Node> {
    match &node.kind {
        Kind::Tuple { items, .. } if items.len() == 1 => items.first(),
        Kind::Map(entries) if entries.len() == 1 => {
            let Child { id, value, .. } = node.children().next()?;
            id.is_some_and(|id| id.starts_with(char::is_uppercase)).then_some(value)
        }
        _ => None,
    }
}
