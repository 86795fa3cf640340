//! What may be going on. The campaign's own fields are read one by one; here is what they hold.

use serde::Deserialize;

use super::{Duration, Share, defaults, given};
use crate::model::StepClass;

/// `goals` of a campaign.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Goals {
    pub(crate) catalogue: Share,
    pub(crate) alter: Share,
    pub(crate) exploit: Share,
}

/// An entry of `steps`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) class: StepClass,
    pub(crate) after: After,
    pub(crate) takes: Duration,
    #[serde(default = "defaults::succeeds")]
    pub(crate) succeeds: Share,
    #[serde(default, deserialize_with = "given")]
    pub(crate) repeats: Option<Repeats>,
    #[serde(default = "defaults::ids")]
    pub(crate) ids: Vec<String>,
}

/// When a step is tried again: a rate, or a fixed interval.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) enum Repeats {
    PerHour(f64),
    PerDay(f64),
    PerWeek(f64),
    PerMonth(f64),
    PerYear(f64),
    Every(Duration),
}

#[derive(Debug, Deserialize)]
pub(crate) enum After {
    Start,
    AllOf(Vec<String>),
    AnyOf(Vec<String>),
}
