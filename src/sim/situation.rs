//! What the defenders could know. Nothing in this file holds the truth.

use crate::model::{CaseId, LayerId, Money, OperatorId, Payer, Response, SafeguardId, TrafficId};
use crate::time::SimTime;

/// Where a run stops to ask what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionPoint {
    /// When.
    pub at: SimTime,
    /// Why now.
    pub reason: Reason,
}

/// Why the defenders are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A signal has reached the desk.
    Signal,
    /// A stage of a case has ended.
    Case,
    /// It is time to look at everything again.
    Review,
    /// The caller asked for it.
    Asked,
}

/// What the defenders could know at an instant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Situation {
    /// Now.
    pub at: SimTime,
    /// What the desk makes of each operator.
    pub operators: Vec<OperatorView>,
    /// Cases that are not closed, oldest first.
    pub cases: Vec<CaseView>,
    /// Signals that have reached the desk, oldest first.
    pub signals: Vec<SignalView>,
    /// What the desk makes of each traffic class.
    pub flows: Vec<FlowView>,
    /// Goods waiting at each station.
    pub queues: Vec<u32>,
    /// Safeguards, as bought.
    pub safeguards: Vec<SafeguardView>,
    /// Costs so far, by payer in the order of [`Payer::ALL`]; yearly costs are counted up to now. Work on false alarms
    /// is left out: whoever sees it grow knows which signal was a false one.
    pub costs: [Money; Payer::ALL.len()],
}

/// What the desk makes of an operator.
#[derive(Clone, Debug, PartialEq)]
pub struct OperatorView {
    /// The operator.
    pub operator: OperatorId,
    /// Belief in its misuse, from 0 to 1.
    pub belief: f64,
    /// Whether it is watched.
    pub watched: bool,
    /// Whether a case has found a linking item.
    pub link: bool,
    /// Signals about it that have reached the desk.
    pub signals: u32,
    /// Belief that somebody on its staff has been won over, from 0 to 1.
    pub people: f64,
    /// Responses in force against it, in the order in which they were taken.
    pub responses: Vec<Response>,
}

/// What the desk makes of a traffic class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowView {
    /// The class.
    pub traffic: TrafficId,
    /// Belief that its goods are tampered with, from 0 to 1.
    pub belief: f64,
    /// Signals about its goods that the desk has weighed.
    pub signals: u32,
}

/// A case as the desk sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseView {
    /// The case.
    pub case: CaseId,
    /// About whom.
    pub operator: OperatorId,
    /// Which stage, from 0.
    pub stage: u32,
    /// Whether an analyst is at work on it.
    pub in_work: bool,
}

/// A signal as the desk hears it: whether there is something behind it, it does not say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalView {
    /// Number of the signal.
    pub signal: u32,
    /// The layer that noticed.
    pub layer: LayerId,
    /// About whom.
    pub operator: OperatorId,
    /// Whether an altered item was found: that can be seen.
    pub found: bool,
    /// For a signal on an item, its traffic class and the belief that this item is altered.
    pub item: Option<(TrafficId, f64)>,
    /// When it was noticed.
    pub noticed: SimTime,
    /// When the desk heard.
    pub reported: SimTime,
}

/// A safeguard as its buyer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafeguardView {
    /// The safeguard.
    pub safeguard: SafeguardId,
    /// When it was bought.
    pub bought: SimTime,
    /// Whether it works yet.
    pub ready: bool,
}

impl Situation {
    /// The operator that the desk suspects most; the first of them if several are alike.
    pub fn prime_suspect(&self) -> Option<OperatorId> {
        let mut best: Option<&OperatorView> = None;
        for o in &self.operators {
            if best.is_none_or(|b| o.belief > b.belief) {
                best = Some(o);
            }
        }
        best.map(|o| o.operator)
    }

    /// Whether a case about the operator is open.
    pub fn has_case(&self, operator: OperatorId) -> bool {
        self.cases.iter().any(|c| c.operator == operator)
    }
}
