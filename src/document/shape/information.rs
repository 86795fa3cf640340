//! Systems that keep records.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Duration, Share, defaults};
use crate::model::Field;

/// An entry of `information`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InformationSystem {
    pub(crate) operator: String,
    pub(crate) written_at: Vec<String>,
    pub(crate) fields: Vec<Field>,
    pub(crate) keeps: Duration,
    pub(crate) value_halves_in: Duration,
    pub(crate) held_elsewhere: Share,
    #[serde(default = "defaults::one_record_tells")]
    pub(crate) one_record_tells: Share,
    #[serde(default = "defaults::logged")]
    pub(crate) logged: Share,
    /// By the other system.
    #[serde(default)]
    pub(crate) adds_with: BTreeMap<String, Share>,
}
