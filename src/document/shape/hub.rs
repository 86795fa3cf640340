//! Zones, stations and routes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Duration, Law, Share, defaults};
use crate::model::{Discipline, Job, ZoneKind};

/// An entry of `zones`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Zone {
    pub(crate) kind: ZoneKind,
    pub(crate) map: (f64, f64),
    pub(crate) run_by: RunBy,
}

#[derive(Debug, Deserialize)]
pub(crate) enum RunBy {
    Hub,
    Operator(String),
    Outside,
}

/// An entry of `stations`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Station {
    pub(crate) zone: String,
    pub(crate) job: Job,
    pub(crate) staff: Staff,
    pub(crate) takes: Law<Duration>,
    #[serde(default = "defaults::queue")]
    pub(crate) queue: Discipline,
}

#[derive(Debug, Deserialize)]
pub(crate) enum Staff {
    Always(u32),
    /// By time of day, `"06:00"`.
    Shifts(BTreeMap<String, u32>),
}

/// An element of a route.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Leg {
    Visit(String),
    Detour { share: Share, through: Vec<String> },
    Wait(Law<Duration>),
    Leave(String),
}
