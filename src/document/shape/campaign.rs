//! What may be going on. The campaign's own fields are read one by one; here is what they hold.

use serde::Deserialize;

use super::{Amount, Duration, Share, defaults, given};
use crate::model::StepClass;

/// `goals` of a campaign.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Goals {
    pub(crate) catalogue: Share,
    pub(crate) alter: Share,
    pub(crate) exploit: Share,
}

/// How the adversary chooses.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Adversary {
    Fixed,
    Myopic { fears: Share, loses: f64 },
    Quantal { fears: Share, loses: f64, sharpness: f64 },
}

/// What an alert does to the campaign besides pauses.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heat {
    #[serde(default = "defaults::none")]
    pub(crate) slows: Share,
    #[serde(default = "defaults::none")]
    pub(crate) changes_operator: Share,
    #[serde(default = "defaults::none")]
    pub(crate) changes_goods: Share,
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
    /// The zone that an attempt breaks into.
    #[serde(default, deserialize_with = "given")]
    pub(crate) enters: Option<String>,
    /// What an attempt takes from the budget.
    #[serde(default = "defaults::effort")]
    pub(crate) effort: f64,
    /// Of Conceal.
    #[serde(default, deserialize_with = "given")]
    pub(crate) hides: Option<Share>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) lasts: Option<Duration>,
    /// Of Trigger.
    #[serde(default, deserialize_with = "given")]
    pub(crate) sets_off: Option<Share>,
    /// Of Exploit.
    #[serde(default, deserialize_with = "given")]
    pub(crate) consignors_lose: Option<Amount>,
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
