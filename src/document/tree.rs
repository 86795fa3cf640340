//! A document as a tree of spans: enough to find a value's place, never its meaning.

use ron::extensions::Extensions;

use super::Span;

/// A scanned document.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The one value it holds.
    pub root: Node,
    /// How it is written.
    pub syntax: Syntax,
}

/// The two ways to write a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// For people. Holds what `#![enable(…)]` asked for.
    Ron(Extensions),
    /// For machines.
    Json,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From the first byte of the value, its name included, to the byte after it.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is. JSON has objects as maps, and so neither structs nor tuples.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `Name(field: value)` or `(field: value)`.
    Struct {
        /// What stands before the brackets.
        name: Option<Name>,
        /// In the order of the document.
        fields: Vec<Field>,
    },
    /// `Name(value)`, `(value, value)` or `()`.
    Tuple {
        /// What stands before the brackets.
        name: Option<Name>,
        /// In the order of the document.
        items: Vec<Node>,
    },
    /// `{key: value}`.
    Map(Vec<Entry>),
    /// `[value]`.
    List(Vec<Node>),
    /// A string, with its escapes resolved.
    Text(Box<str>),
    /// A number as it is written.
    Number(f64),
    /// A character in single quotes.
    Char(char),
    /// A bare word: a choice without values, `true`, `false` (and JSON's `null`).
    Ident(Box<str>),
}

/// A word and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// The word, without the mark of a raw one.
    pub text: Box<str>,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What stands before the colon.
    pub name: Name,
    /// What stands after it.
    pub value: Node,
}

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What stands before the colon.
    pub key: Node,
    /// What stands after it.
    pub value: Node,
}

impl Tree {
    /// Whether it is JSON.
    pub fn is_json(&self) -> bool {
        self.syntax == Syntax::Json
    }
}

impl Node {
    /// The name before its brackets, or the bare word that it is.
    pub fn name(&self) -> Option<(&str, Span)> {
        match &self.kind {
            Kind::Struct { name: Some(name), .. } | Kind::Tuple { name: Some(name), .. } => {
                Some((&name.text, name.span))
            }
            Kind::Ident(text) => Some((text, self.span)),
            _ => None,
        }
    }

    /// The string or bare word that it is.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Ident(text) => Some(text),
            _ => None,
        }
    }

    /// A short place to point at: its name or its first bracket, or all of it when it has neither.
    pub fn head(&self) -> Span {
        match &self.kind {
            Kind::Struct { .. } | Kind::Tuple { .. } | Kind::Map(_) | Kind::List(_) => {
                let bracket = Span::new(self.span.start as usize, self.span.start as usize + 1);
                self.name().map_or(bracket, |(_, span)| span)
            }
            _ => self.span,
        }
    }

    /// What a person would call it.
    pub fn called(&self) -> &'static str {
        match &self.kind {
            Kind::Struct { .. } => "brackets with fields `(…: …)`",
            Kind::Tuple { items, .. } if items.is_empty() => "empty brackets `()`",
            Kind::Tuple { .. } => "brackets with values `(…)`",
            Kind::Map(_) => "a map `{…}`",
            Kind::List(_) => "a list `[…]`",
            Kind::Text(_) => "text in quotes",
            Kind::Number(_) => "a number",
            Kind::Char(_) => "a character",
            Kind::Ident(text) if matches!(&**text, "true" | "false") => "true or false",
            Kind::Ident(_) => "a bare word",
        }
    }

    /// Its values, each with what it is reached by.
    pub fn children(&self) -> Children<'_> {
        match &self.kind {
            Kind::Struct { fields, .. } => Children::Fields(fields.iter()),
            Kind::Tuple { items, .. } | Kind::List(items) => Children::Items(items.iter()),
            Kind::Map(entries) => Children::Entries(entries.iter()),
            _ => Children::Items([].iter()),
        }
    }
}

/// One value within another.
#[derive(Clone, Copy, Debug)]
pub struct Child<'a> {
    /// What it is reached by: a field's name or a key that is a string or bare word.
    pub id: Option<&'a str>,
    /// Where the name or key stands.
    pub key: Option<Span>,
    /// The value.
    pub value: &'a Node,
}

impl<'a> Child<'a> {
    pub(super) fn field(field: &'a Field) -> Child<'a> {
        Child { id: Some(&field.name.text), key: Some(field.name.span), value: &field.value }
    }

    pub(super) fn entry(entry: &'a Entry) -> Child<'a> {
        Child { id: entry.key.text(), key: Some(entry.key.span), value: &entry.value }
    }

    pub(super) fn item(value: &'a Node) -> Child<'a> {
        Child { id: None, key: None, value }
    }
}

/// The values within a value, in the order of the document.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "read through Iterator")]
pub enum Children<'a> {
    Fields(std::slice::Iter<'a, Field>),
    Entries(std::slice::Iter<'a, Entry>),
    Items(std::slice::Iter<'a, Node>),
}

impl<'a> Iterator for Children<'a> {
    type Item = Child<'a>;

    fn next(&mut self) -> Option<Child<'a>> {
        Some(match self {
            Children::Fields(fields) => Child::field(fields.next()?),
            Children::Entries(entries) => Child::entry(entries.next()?),
            Children::Items(items) => Child::item(items.next()?),
        })
    }
}
