//! Who works at the hub.

use serde::Deserialize;

use super::{Rate, Share};

/// An entry of `operators`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operator {
    pub(crate) staff: u32,
    pub(crate) helps_auditors: Share,
    pub(crate) law: OperatorLaw,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum OperatorLaw {
    Applies { demands: Rate, complied_with: Share },
    DoesNotApply,
}
