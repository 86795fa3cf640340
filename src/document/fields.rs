//! A struct taken apart field by field, so that every field and every entry gives its own error.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::locate::did_you_mean;
use super::tree::{Child, Children, Kind, Node, Tree};
use super::{Code, Diagnostic, Diagnostics, Source, clip, entry};

/// A view of a struct (in JSON, of an object) that is being read.
///
/// Ask for every field that the struct may have, then call [`Fields::finish`], which reports the fields that nobody
/// asked for and those that were asked for in vain.
#[derive(Debug)]
#[must_use = "call `finish`, or unknown and missing fields go unreported"]
pub struct Fields<'d, 'f> {
    source: &'d Source,
    tree: &'d Tree,
    node: &'d Node,
    found: &'f mut Diagnostics,
    asked: BTreeSet<&'static str>,
    missing: Vec<&'static str>,
}

impl<'d, 'f> Fields<'d, 'f> {
    /// The fields of `node`; reports and gives none if it has no fields.
    pub fn of(source: &'d Source, tree: &'d Tree, node: &'d Node, found: &'f mut Diagnostics) -> Option<Self> {
        let node = tree.json_variant(node).map_or(node, |(_, content, _)| content);
        let empty = matches!(&node.kind, Kind::Tuple { items, .. } if items.is_empty());
        let object = matches!((tree.is_json(), &node.kind), (true, Kind::Map(_)));
        if !(matches!(node.kind, Kind::Struct { .. }) || empty || object) {
            found.push(wrong_kind(tree, node, "brackets with fields `(name: …)`"));
            return None;
        }
        Some(Fields { source, tree, node, found, asked: BTreeSet::new(), missing: Vec::new() })
    }

    /// The field's value. None, and a report, if it is missing or malformed.
    pub fn required<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let node = self.needed(name)?;
        self.read(node)
    }

    /// The field's value, if the field is there; a report if it is malformed.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let node = self.node(name)?;
        self.read(node)
    }

    /// The entries of a map that is keyed by names, in the order of the document; a report for each malformed one.
    pub fn map<T: DeserializeOwned>(&mut self, name: &'static str) -> Vec<(String, T)> {
        let node = self.needed(name);
        node.map_or_else(Vec::new, |node| self.entries(node))
    }

    /// As [`Fields::map`]; a field that is not there is an empty map.
    pub fn optional_map<T: DeserializeOwned>(&mut self, name: &'static str) -> Vec<(String, T)> {
        let node = self.node(name);
        node.map_or_else(Vec::new, |node| self.entries(node))
    }

    /// The elements of a list; a report for each malformed one, which is left out.
    pub fn list<T: DeserializeOwned>(&mut self, name: &'static str) -> Vec<T> {
        let node = self.needed(name);
        node.map_or_else(Vec::new, |node| self.elements(node))
    }

    /// As [`Fields::list`]; a field that is not there is an empty list.
    pub fn optional_list<T: DeserializeOwned>(&mut self, name: &'static str) -> Vec<T> {
        let node = self.node(name);
        node.map_or_else(Vec::new, |node| self.elements(node))
    }

    /// A view of a field that is itself a struct, so that its maps are split too. None, and a report, if it is missing
    /// or has no fields. `name` says what may stand before its bracket.
    pub fn nested(&mut self, field: &'static str, name: &str) -> Option<Fields<'d, '_>> {
        let node = self.needed(field)?;
        self.within(node, name)
    }

    /// As [`Fields::nested`]; a field that is not there is not reported.
    pub fn optional_nested(&mut self, field: &'static str, name: &str) -> Option<Fields<'d, '_>> {
        let node = self.node(field)?;
        self.within(node, name)
    }

    fn within(&mut self, node: &'d Node, name: &str) -> Option<Fields<'d, '_>> {
        if let Some((own, span)) = named(self.tree, node)
            && own != name
        {
            let message = format!("expected `{name}(…)`, found `{}`", clip(own, 40));
            let path = self.tree.path_at(span);
            let found = Diagnostic::new(Code::WrongName, span, message).at(path);
            self.found.push(found.help(format!("write `{name}` before the bracket")));
            return None;
        }
        Fields::of(self.source, self.tree, node, self.found)
    }

    /// What a field holds, unread; marks the field as known.
    pub fn node(&mut self, name: &'static str) -> Option<&'d Node> {
        self.asked.insert(name);
        self.node.children().find(|child| child.id == Some(name)).map(|child| child.value)
    }

    /// The keys of a map field, malformed entries included: for checks that should not stumble over one mistake twice.
    pub fn keys(&mut self, name: &'static str) -> Vec<String> {
        let node = self.node(name);
        node.into_iter().flat_map(Node::children).filter_map(|child| child.id.map(str::to_owned)).collect()
    }

    /// Where problems go.
    pub fn sink(&mut self) -> &mut Diagnostics {
        self.found
    }

    /// Reports the fields that nobody asked for, and those that are needed and missing. A field that looks like a
    /// missing one is reported once, as misspelt.
    pub fn finish(mut self) {
        let absent: Vec<String> = self.missing.iter().map(|name| (*name).to_owned()).collect();
        let known: Vec<String> = self.asked.iter().map(|name| (*name).to_owned()).collect();
        for Child { id, key, .. } in self.node.children() {
            let (Some(id), Some(key)) = (id, key) else { continue };
            if self.asked.contains(id) {
                continue;
            }
            let candidates = match super::suggest::closest(id, absent.iter().map(String::as_str)) {
                Some(meant) => {
                    self.missing.retain(|name| *name != meant);
                    &absent
                }
                None => &known,
            };
            let message = format!("there is no field `{}` here", clip(id, 40));
            let path = self.tree.path_at(key);
            self.found.push(
                Diagnostic::new(Code::UnknownField, key, message)
                    .help(did_you_mean(id, candidates, "fields here"))
                    .at(path),
            );
        }
        for field in self.missing {
            let span = self.node.head();
            let path = self.tree.path_at(self.node.span).child(field);
            self.found.push(
                Diagnostic::new(Code::MissingField, span, format!("the field `{field}` is missing"))
                    .help(format!("add `{field}: …` within these brackets"))
                    .at(path),
            );
        }
    }

    fn needed(&mut self, name: &'static str) -> Option<&'d Node> {
        let node = self.node(name);
        if node.is_none() && !self.missing.contains(&name) {
            self.missing.push(name);
        }
        node
    }

    /// What is known to be broken is not read: it would be reported again in other words.
    fn read<T: DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        if self.found.has_error_within(node.span) {
            return None;
        }
        entry::deserialize(self.source, self.tree, node).map_err(|problem| self.found.push(problem)).ok()
    }

    fn entries<T: DeserializeOwned>(&mut self, node: &'d Node) -> Vec<(String, T)> {
        let Kind::Map(entries) = &node.kind else {
            self.found.push(
                wrong_kind(self.tree, node, "a map `{…}`")
                    .help("names you choose go into `{ }`, each in quotes: {\"name\": …}"),
            );
            return Vec::new();
        };
        let mut read = Vec::with_capacity(entries.len());
        for entry in entries {
            let Kind::Text(key) = &entry.key.kind else {
                self.found.push(
                    wrong_kind(self.tree, &entry.key, "a name in double quotes")
                        .help(format!("write it in quotes: \"{}\"", clip(self.source.slice(entry.key.span), 40))),
                );
                continue;
            };
            if let Some(value) = self.read(&entry.value) {
                read.push((key.to_string(), value));
            }
        }
        read
    }

    fn elements<T: DeserializeOwned>(&mut self, node: &'d Node) -> Vec<T> {
        let (Kind::List(_), Children::Items(items)) = (&node.kind, node.children()) else {
            self.found
                .push(wrong_kind(self.tree, node, "a list `[…]`").help("put it into `[ ]`, even if it is only one"));
            return Vec::new();
        };
        items.filter_map(|item| self.read(item)).collect()
    }
}

/// The name before a struct's bracket; in JSON, the one capitalised key.
pub(super) fn named<'t>(tree: &Tree, node: &'t Node) -> Option<(&'t str, super::Span)> {
    tree.json_variant(node).map(|(name, _, span)| (name, span)).or_else(|| node.name())
}

fn wrong_kind(tree: &Tree, node: &Node, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::WrongKind, node.head(), format!("expected {wanted}, found {}", node.called()))
        .help(format!("write {wanted}"))
        .at(tree.path_at(node.span))
}
