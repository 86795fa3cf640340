//! What could be done: safeguards, what they change and what they cost.

use serde::Deserialize;

use crate::model::{LayerId, Money, OperatorId, Payer, Probability, StationId, SystemId};
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

/// A change that a safeguard makes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// Records of a system show less: their exposure falls by a share.
    Minimise(SystemId, Probability),
    /// Records of every system show less.
    MinimiseAll(Probability),
    /// A share of unlawful demands to an operator is blocked.
    BlockDemands(OperatorId, Probability),
    /// A share of demands to any operator is blocked.
    BlockAllDemands(Probability),
    /// Access to goods falls by a share, at every operator: an attempt to alter finds no target with this chance.
    GuardGoods(Probability),
    /// A detection layer starts to work.
    AddLayer(LayerId),
    /// A layer looks at this share of what passes.
    Cover(LayerId, Probability),
    /// A per-item layer catches with this chance.
    Catch(LayerId, Probability),
    /// Each service at a station takes so much longer.
    Slow(StationId, SimDuration),
    /// A station has so many more servers at all times.
    Staff(StationId, u32),
    /// The desk has so many more analysts.
    Analysts(u32),
    /// An operator leaves the hub; a share of its goods moves to another hub, the rest is handled by the hub itself.
    Remove(OperatorId, Probability),
}
