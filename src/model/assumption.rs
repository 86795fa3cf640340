//! What the author is not sure of, and where numbers come from.

use serde::Deserialize;

/// A number of the document that is uncertain, sourced or graded.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assumption {
    /// Path of ids to the number.
    pub path: String,
    /// What it may be.
    pub range: Range,
    /// The unit that its numbers are written in.
    pub unit: Unit,
    /// The number itself, in that unit.
    pub written: f64,
    /// Whether it is a count: only whole numbers are possible.
    pub whole: bool,
    /// How well it is known.
    pub grade: Grade,
    /// Where it comes from.
    pub source: String,
}

impl Assumption {
    /// A value in its unit, as it would be written in a document: `Percent(30)`.
    pub fn shown(&self, value: f64) -> String {
        match self.unit.name() {
            "" => value.to_string(),
            unit => format!("{unit}({value})"),
        }
    }
}

/// What an uncertain number may be, in the document's own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Range {
    /// As written: only grade and source are stated.
    AsWritten,
    /// Uniform.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// Triangular.
    Triangular {
        /// Least value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Beta-PERT with shape 4.
    Pert {
        /// Least value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
}

impl Range {
    /// The least and the greatest value; none for a number that is as written.
    pub const fn ends(self) -> Option<(f64, f64)> {
        match self {
            Range::AsWritten => None,
            Range::Uniform { low, high } | Range::Triangular { low, high, .. } | Range::Pert { low, high, .. } => {
                Some((low, high))
            }
        }
    }
}

/// The unit variant that a number is written with, such as `Percent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit(pub(crate) String);

impl Unit {
    /// The name of the variant; empty for a shape or a count.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// How well a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Grade {
    /// Measured at the place.
    Measured,
    /// Published, with a source.
    Published,
    /// Judged by somebody who should know.
    Judgement,
    /// Made up, so that there is a number.
    Illustrative,
}

impl Grade {
    /// As written in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Grade::Measured => "Measured",
            Grade::Published => "Published",
            Grade::Judgement => "Judgement",
            Grade::Illustrative => "Illustrative",
        }
    }
}
