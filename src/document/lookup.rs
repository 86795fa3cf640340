//! From a path to a place and back.

use super::tree::{Child, Kind, Node, Syntax, Tree};
use super::{Path, Segment, Span};

/// Fields that say what a list's element is called, in order of preference.
pub const IDENTITY_FIELDS: [&str; 4] = ["name", "station", "step", "id"];

/// Fields that hold a list of names, the first of which says what their element is called if nothing else does: a
/// detour's stations, a group's layers.
const IDENTITY_LISTS: [&str; 2] = ["through", "layers"];

/// Elements of longer lists are told apart by place only: identities would have to be compared one by one.
const LONG_LIST: usize = 1000;

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
pub struct Found<'t> {
    /// The value.
    pub node: &'t Node,
    /// The name, key or identity that the path's last step names; none for the document itself.
    pub key: Option<Span>,
}

impl Tree {
    /// The value at a path.
    ///
    /// A step is a struct's field, a map's key, or the identity of a list's element: the string or bare word that it is,
    /// the one string that its variant holds (`Visit("screen")` is `screen`), the first of [`IDENTITY_FIELDS`] that it
    /// has, the first name in its `through` or `layers` (`Detour(through: ["open"], …)` is `open`), or else its variant's name if no other element of the list has that one. Variants with one value are
    /// stepped through: in `method: PerItem(catches: …)` the rate is `method.catches`.
    pub fn find(&self, path: &Path) -> Option<&Node> {
        self.locate(path).map(|found| found.node)
    }

    /// As [`Tree::find`], with the place of the key.
    pub fn locate(&self, path: &Path) -> Option<Found<'_>> {
        let mut found = Found { node: self.content(), key: None };
        for segment in path.segments() {
            found = self.step(found.node, segment)?;
        }
        Some(found)
    }

    /// Where to point for a path: its value, or the key of the nearest thing on the way that exists.
    pub fn span_of(&self, path: &Path) -> Span {
        let mut found = Found { node: self.content(), key: None };
        for segment in path.segments() {
            match self.step(found.node, segment) {
                Some(next) => found = next,
                None => return found.key.unwrap_or(found.node.head()),
            }
        }
        if path.is_root() { found.node.head() } else { found.node.span }
    }

    /// Where the last step of a path is written: a field's name, a key, an element's identity.
    pub fn key_span(&self, path: &Path) -> Option<Span> {
        self.locate(path)?.key
    }

    /// The path of the innermost value that holds `span`; elements without a unique identity count by place.
    pub fn path_at(&self, span: Span) -> Path {
        let mut path = Path::root();
        let mut node = self.content();
        loop {
            let Some((index, child)) = child_at(node, span) else { return path };
            if !self.is_variant_content(node, &child) {
                path.push(match (child.id, &node.kind) {
                    (Some(id), _) => Segment::Id(id.to_owned()),
                    (None, Kind::List(items)) => self.element_segment(items, index),
                    _ => Segment::Nth(index + 1),
                });
            }
            node = child.value;
        }
    }

    /// The document's own fields. A JSON document may name its kind in a wrapping object, as RON does before the bracket.
    pub(super) fn content(&self) -> &Node {
        match (&self.syntax, &self.root.kind) {
            (Syntax::Json, Kind::Map(entries)) if self.json_variant(&self.root).is_some() => &entries[0].value,
            _ => &self.root,
        }
    }

    /// The key of an object that stands for a variant: one entry with a capitalised key.
    pub(super) fn json_variant<'t>(&self, node: &'t Node) -> Option<(&'t str, &'t Node, Span)> {
        match (&self.syntax, &node.kind) {
            (Syntax::Json, Kind::Map(entries)) if entries.len() == 1 => {
                let name = entries[0].key.text()?;
                let capital = name.starts_with(char::is_uppercase);
                capital.then_some((name, &entries[0].value, entries[0].key.span))
            }
            _ => None,
        }
    }

    fn step<'t>(&self, node: &'t Node, segment: &Segment) -> Option<Found<'t>> {
        let mut node = node;
        loop {
            let found = match segment {
                Segment::Nth(n) => node.children().nth(n.checked_sub(1)?).filter(|child| child.id.is_none()),
                Segment::Id(id) => node
                    .children()
                    .find(|child| child.id.is_some_and(|own| own == id) || keyed_by_number(node, child, id)),
            };
            if let Some(child) = found {
                return Some(Found { node: child.value, key: child.key.or(Some(child.value.head())) });
            }
            match (&node.kind, segment) {
                (Kind::List(items), Segment::Id(id)) => return self.element(items, id),
                (Kind::Tuple { items, .. }, _) if items.len() == 1 => node = &items[0],
                _ => node = self.json_variant(node)?.1,
            }
        }
    }

    fn element<'t>(&self, items: &'t [Node], id: &str) -> Option<Found<'t>> {
        let by_identity = items.iter().find_map(|item| {
            let (own, key) = self.identity(item)?;
            (own == id).then_some(Found { node: item, key: Some(key) })
        });
        by_identity.or_else(|| {
            let mut same = items.iter().filter_map(|item| {
                let (own, key) = self.variant_name(item)?;
                (own == id).then_some(Found { node: item, key: Some(key) })
            });
            let first = same.next()?;
            same.next().is_none().then_some(first)
        })
    }

    /// How to write an element's step so that `find` comes back to it.
    fn element_segment(&self, items: &[Node], index: usize) -> Segment {
        let item = &items[index];
        if items.len() > LONG_LIST {
            return Segment::Nth(index + 1);
        }
        let ids = [self.identity(item), self.variant_name(item)];
        let back = ids
            .into_iter()
            .flatten()
            .map(|(id, _)| id)
            .find(|id| self.element(items, id).is_some_and(|found| std::ptr::eq(found.node, item)));
        back.map_or(Segment::Nth(index + 1), |id| Segment::Id(id.to_owned()))
    }

    fn identity<'t>(&self, item: &'t Node) -> Option<(&'t str, Span)> {
        let mut item = item;
        loop {
            if let Some(text) = item.text() {
                return Some((text, item.span));
            }
            let named = IDENTITY_FIELDS.iter().find_map(|field| {
                let child = item.children().find(|child| child.id == Some(field))?;
                Some((child.value.text()?, child.value.span))
            });
            let first = || {
                IDENTITY_LISTS.iter().find_map(|field| {
                    let child = item.children().find(|child| child.id == Some(field))?;
                    let first = child.value.children().next()?.value;
                    Some((first.text()?, first.span))
                })
            };
            if let Some(named) = named.or_else(first) {
                return Some(named);
            }
            item = match &item.kind {
                Kind::Tuple { items, .. } if items.len() == 1 => &items[0],
                _ => self.json_variant(item)?.1,
            };
        }
    }

    fn variant_name<'t>(&self, item: &'t Node) -> Option<(&'t str, Span)> {
        item.name().or_else(|| self.json_variant(item).map(|(name, _, span)| (name, span)))
    }

    fn is_variant_content(&self, node: &Node, child: &Child) -> bool {
        match &node.kind {
            Kind::Tuple { items, .. } => items.len() == 1,
            Kind::Map(_) => self.json_variant(node).is_some_and(|(_, value, _)| std::ptr::eq(value, child.value)),
            _ => false,
        }
    }
}

/// The child whose key or value holds `span`, and its index. Children are in the order of their places.
fn child_at(node: &Node, span: Span) -> Option<(usize, Child<'_>)> {
    let ends_before = |value: &Node| value.span.end < span.end;
    let (index, child) = match &node.kind {
        Kind::Struct { fields, .. } => {
            let index = fields.partition_point(|field| ends_before(&field.value));
            (index, Child::field(fields.get(index)?))
        }
        Kind::Map(entries) => {
            let index = entries.partition_point(|entry| ends_before(&entry.value));
            (index, Child::entry(entries.get(index)?))
        }
        Kind::Tuple { items, .. } | Kind::List(items) => {
            let index = items.partition_point(ends_before);
            (index, Child::item(items.get(index)?))
        }
        _ => return None,
    };
    let start = child.key.unwrap_or(child.value.span).start;
    Span { start, end: child.value.span.end }.covers(span).then_some((index, child))
}

/// Whether a map's entry has a number for a key that reads like `id`.
fn keyed_by_number(node: &Node, child: &Child, id: &str) -> bool {
    let (Kind::Map(entries), Some(key)) = (&node.kind, child.key) else { return false };
    child.id.is_none()
        && entries.iter().any(|entry| {
            entry.key.span == key && matches!(entry.key.kind, Kind::Number(number) if id.parse() == Ok(number))
        })
}
