//! Small fields of the document itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Amount, Duration, HourlyAmount, defaults};
use crate::model::ResponseKind;

/// `calendar`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calendar {
    pub(crate) starts: String,
    pub(crate) horizon: Duration,
    pub(crate) warm_up: Duration,
}

/// `costs`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Costs {
    #[serde(default = "defaults::delay")]
    pub(crate) delay: HourlyAmount,
    #[serde(default = "defaults::false_alarm")]
    pub(crate) false_alarm: Amount,
    #[serde(default = "defaults::diverted")]
    pub(crate) diverted: Amount,
    #[serde(default = "defaults::harm")]
    pub(crate) harm: Amount,
    #[serde(default)]
    pub(crate) responses: BTreeMap<ResponseKind, Amount>,
}
