//! Where in an exercise document something is written.

use std::fmt;

/// A place in a document: the way from its outermost bracket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place(Vec<Step>);

/// A step of such a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field, or the name of an entry.
    Name(String),
    /// An element of a list, from 1.
    Nth(usize),
}

impl Place {
    /// By field names and entries' names.
    pub(super) fn of(steps: &[&str]) -> Place {
        Place(steps.iter().map(|name| Step::Name((*name).to_owned())).collect())
    }

    /// One field or name further.
    pub(super) fn then(mut self, name: &str) -> Place {
        self.0.push(Step::Name(name.to_owned()));
        self
    }

    /// The nth element, from 1.
    pub(super) fn nth(mut self, n: usize) -> Place {
        self.0.push(Step::Nth(n));
        self
    }

    /// The way.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match step {
                Step::Name(name) => write!(f, "{dot}{name}")?,
                Step::Nth(n) => write!(f, "{dot}#{n}")?,
            }
        }
        Ok(())
    }
}
