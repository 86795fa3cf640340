//! A named set of safeguards and a response policy: what is compared.

use crate::model::{Probability, Response, SafeguardId};
use crate::time::SimTime;

/// An option. (`Option` alone would hide the standard library's.)
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DefenceOption {
    /// Name in the document.
    pub id: String,
    /// Bought on day 0.
    pub safeguards: Vec<SafeguardId>,
    /// What is done in answer to what the desk learns.
    pub rules: Vec<Rule>,
}

/// A rule of a response policy.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// When it applies, judged for each operator apart.
    pub when: Condition,
    /// What is done then.
    pub then: Then,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Then {
    /// Responds against the operator that the rule holds for.
    Respond(Response),
    /// Buys a safeguard.
    Buy(SafeguardId),
}

/// A condition over what the desk knows; nothing in it needs the truth.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// Belief in misuse of the operator is at least this.
    Belief(Probability),
    /// A case on the operator has found a linking item.
    LinkFound,
    /// At least so many signals about the operator have been reported.
    Signals(u32),
    /// The instant has come.
    From(SimTime),
    /// All of these.
    AllOf(Vec<Condition>),
    /// At least one of these.
    AnyOf(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}
