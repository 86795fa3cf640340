//! What is compared.

use serde::Deserialize;

use super::{Instant, Share};

/// An entry of `options`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefenceOption {
    pub(crate) safeguards: Vec<String>,
    pub(crate) response: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) when: Condition,
    pub(crate) then: Then,
}

/// The closed list of what a rule may ask: what the desk knows, never the truth.
#[derive(Debug, Deserialize)]
pub(crate) enum Condition {
    Belief(AtLeast<Share>),
    LinkFound,
    Signals(AtLeast<u32>),
    From(Instant),
    AllOf(Vec<Condition>),
    AnyOf(Vec<Condition>),
    Not(Box<Condition>),
}

#[derive(Debug, Deserialize)]
pub(crate) enum AtLeast<T> {
    AtLeast(T),
}

#[derive(Debug, Deserialize)]
pub(crate) enum Then {
    Watch,
    Investigate,
    RestrictScope(Share),
    RestrictAccess(Share),
    Suspend,
    Replace,
    Recall,
    Buy(String),
}
