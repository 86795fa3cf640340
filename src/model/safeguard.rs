//! What could be done: safeguards, what they change and what they cost.

use serde::Deserialize;

use crate::model::{Effect, Money, OperatorId, Payer};
use crate::time::SimDuration;

/// A measure that can be bought.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Safeguard {
    /// Name in the document.
    pub id: String,
    /// What it changes, once ready.
    pub does: Vec<Effect>,
    /// Who bears its burden.
    pub aimed_at: AimedAt,
    /// Burden of a day under it on each one that it is aimed at; a day of full exclusion counts 1.
    pub severity: f64,
    /// Who pays.
    pub paid_by: Payer,
    /// Paid when it is bought.
    pub once: Money,
    /// Paid for each year from the purchase on.
    pub yearly: Money,
    /// Lead time.
    pub ready_after: SimDuration,
    /// What it rests on in law.
    pub legal: LegalBasis,
    /// Ids of standards.
    pub ids: Vec<String>,
    /// Whether it is a shipped definition.
    pub from_library: bool,
}

/// Whom a measure is aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AimedAt {
    /// Every operator alike.
    Everyone,
    /// One operator.
    Operator(OperatorId),
    /// Nobody at the hub.
    Nobody,
}

/// What a measure rests on in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum LegalBasis {
    /// A contract.
    Contract,
    /// A law in force.
    ExistingLaw,
    /// A law that there is not yet.
    NeedsNewLaw,
    /// The parties' own will.
    Voluntary,
}
