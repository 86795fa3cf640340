//! Who works at the hub.

use crate::model::{Probability, Rate};

/// A company that handles goods at the hub.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Operator {
    /// Name in the document.
    pub id: String,
    /// Staff at the hub.
    pub staff: u32,
    /// Chance that the operator gives an auditor what is asked for.
    pub helps_auditors: Probability,
    /// Whether a law can compel it to hand over data.
    pub law: Law,
}

/// Whether a law of the owner's home country can compel an operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// It can.
    Applies {
        /// Demands while a campaign uses the operator.
        demands: Rate,
        /// Chance that the operator complies with one.
        complied_with: Probability,
    },
    /// No such law.
    DoesNotApply,
}
