//! Studies: what their entries look like.

use serde::Deserialize;

/// A value of a measure, in words that fit its unit.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Level {
    /// Of a share or a probability.
    Percent(f64),
    Days(f64),
    Hours(f64),
    Minutes(f64),
    Euro(f64),
    /// Of a measure that counts.
    Number(f64),
}

/// An entry of `targets`.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Target {
    AtMost(Level),
    AtLeast(Level),
}

/// `worth`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Worth {
    pub(crate) averting: Level,
    pub(crate) is: super::Amount,
    pub(crate) source: String,
}

/// `precision`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Precision {
    pub(crate) half_width: HalfWidth,
    pub(crate) at_most: u32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum HalfWidth {
    OfReference(super::Share),
    Absolute(Level),
}

/// `World` as it is written.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum World {
    Real,
    Innocent,
    Elsewhere,
}
