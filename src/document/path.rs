//! The structural address of a value in a document: `layers.seal-check.method.catches`.

use std::fmt;

/// A sequence of ids from the top of a document to a value.
///
/// An id is a field, a map's key, or what a list's element is called (see [`Tree::find`](super::Tree::find)). Places in
/// lists never count in what people write: an inserted line would silently move the meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    segments: Vec<Segment>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// A field, key or name.
    Id(String),
    /// An element without a name, from 1. Only diagnostics make these; they print as `#2` and never parse.
    Nth(usize),
}

impl Path {
    /// The document itself.
    pub fn root() -> Path {
        Path::default()
    }

    /// Reads `a.b.c`. An id that holds a dot cannot be written so.
    pub fn parse(text: &str) -> Path {
        text.split('.').filter(|id| !id.is_empty()).collect()
    }

    /// The path one id further.
    #[must_use]
    pub fn child(&self, id: impl Into<String>) -> Path {
        self.then(Segment::Id(id.into()))
    }

    /// The path to the `n`th unnamed element, from 1.
    #[must_use]
    pub fn nth(&self, n: usize) -> Path {
        self.then(Segment::Nth(n))
    }

    /// The path without its last step; none for the root.
    pub fn parent(&self) -> Option<Path> {
        let (_, rest) = self.segments.split_last()?;
        Some(Path { segments: rest.to_vec() })
    }

    /// The steps.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether it is the document itself.
    pub fn is_root(&self) -> bool {
        self.segments.is_empty()
    }

    /// Puts a step in front: a scanner learns where it is on the way out.
    pub(crate) fn prepend(&mut self, id: &str) {
        self.segments.insert(0, Segment::Id(id.to_owned()));
    }

    pub(crate) fn push(&mut self, segment: Segment) {
        self.segments.push(segment);
    }

    fn then(&self, segment: Segment) -> Path {
        let mut path = self.clone();
        path.push(segment);
        path
    }
}

impl<'a> FromIterator<&'a str> for Path {
    fn from_iter<I: IntoIterator<Item = &'a str>>(ids: I) -> Path {
        Path { segments: ids.into_iter().map(|id| Segment::Id(id.to_owned())).collect() }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.segments.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            match segment {
                Segment::Id(id) => f.write_str(id)?,
                Segment::Nth(n) => write!(f, "#{n}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_prints_as_it_was_written() {
        for text in ["", "title", "layers.seal-check.method.catches"] {
            assert_eq!(Path::parse(text).to_string(), text);
        }
        assert_eq!(Path::parse("options.audit").child("response").nth(2).to_string(), "options.audit.response.#2");
    }

    #[test]
    fn places_in_lists_cannot_be_written() {
        assert_ne!(Path::parse("options.#2"), Path::parse("options").nth(2));
    }

    #[test]
    fn the_parent_is_one_step_shorter() {
        assert_eq!(Path::parse("a.b").parent(), Some(Path::parse("a")));
        assert_eq!(Path::root().parent(), None);
    }
}
