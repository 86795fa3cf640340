//! What could be done: safeguards, what they change and what they cost.

use serde::Deserialize;

use crate::model::{Effect, Grade, Money, OperatorId, Payer, StandardId};
use crate::time::SimDuration;

/// A measure that can be bought.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Safeguard {
    /// Name in the document.
    pub id: String,
    /// Name for people, if it has one of its own.
    pub title: Option<String>,
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
    /// What it stands for in published standards.
    pub ids: Vec<StandardId>,
    /// How well its numbers are known.
    pub grade: Grade,
    /// Where they come from, if that is said.
    pub source: Option<String>,
    /// Whether it is a shipped definition.
    pub from_library: bool,
}

impl Safeguard {
    /// Name for people, with the name in the document: `ask-why (purpose-of-use audit)`.
    pub fn name(&self) -> String {
        match &self.title {
            Some(title) => format!("{} ({title})", self.id),
            None => self.id.clone(),
        }
    }
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

impl LegalBasis {
    /// In a table.
    pub const fn in_words(self) -> &'static str {
        match self {
            LegalBasis::Contract => "contract",
            LegalBasis::ExistingLaw => "law in force",
            LegalBasis::NeedsNewLaw => "needs a new law",
            LegalBasis::Voluntary => "the parties' own will",
        }
    }
}
