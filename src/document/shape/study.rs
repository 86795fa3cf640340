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

/// `optimise`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Optimise {
    pub(crate) among: Vec<String>,
    #[serde(default, deserialize_with = "super::given")]
    pub(crate) on_top_of: Option<String>,
    pub(crate) delta: Level,
    #[serde(default, deserialize_with = "super::given")]
    pub(crate) at_most: Option<u32>,
    #[serde(default)]
    pub(crate) limits: std::collections::BTreeMap<String, Target>,
}

/// What is in the lists of `tolerances`: the measure may be more than that in no more than so many runs.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corner {
    pub(crate) more_than: Level,
    pub(crate) in_at_most: super::Share,
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
