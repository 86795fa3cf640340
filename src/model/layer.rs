//! Who might notice: detection layers.

use crate::model::{LayerId, Money, OperatorId, Payer, Probability, Rate, StationId, StepClasses, SystemId};
use crate::time::SimDuration;

/// A way in which something may be noticed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Layer {
    /// Name in the document.
    pub id: String,
    /// What it looks at.
    pub watches: Watches,
    /// The classes of steps that it can notice.
    pub notices: StepClasses,
    /// Whether it can tell authorised use from misuse. A layer that cannot is blind to steps that a complied demand
    /// has authorised.
    pub sees_purpose: bool,
    /// Share of what passes that it looks at.
    pub covers: Probability,
    /// Time from noticing until the desk hears of it.
    pub report_takes: SimDuration,
    /// How it notices.
    pub method: Method,
    /// Yearly cost.
    pub cost: Money,
    /// Who pays.
    pub paid_by: Payer,
    /// Whether it works from the start. One that a safeguard brings does not.
    pub standing: bool,
}

/// What a layer looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watches {
    /// Goods at a station.
    Station(StationId),
    /// An information system.
    System(SystemId),
    /// One operator.
    Operator(OperatorId),
    /// Each operator apart.
    AllOperators,
}

/// How a layer notices.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// Looks at each item, or at a random share of them.
    PerItem {
        /// Chance that an altered item that is looked at raises an alarm, and is found.
        catches: Probability,
        /// Chance that an innocent item that is looked at raises one.
        false_alarms: Probability,
    },
    /// Watches a flow and rings now and then.
    Monitor {
        /// Alarms while a step that it notices goes on.
        alarms_if_misused: Rate,
        /// Alarms while nothing is wrong.
        false_alarms: Rate,
    },
    /// Comes round at intervals.
    Audit {
        /// Time between audits. The first comes at a random time within the first interval.
        every: SimDuration,
        /// Whether the operator knows the date. The campaign rests over an announced audit with its pausing chance.
        announced: bool,
        /// Chance that one audit finds what went on since the last.
        finds: Probability,
        /// Chance of a finding when nothing is wrong.
        false_findings: Probability,
    },
    /// People speak up.
    Tip {
        /// Reports while a step that it notices goes on.
        true_reports: Rate,
        /// Reports while nothing is wrong.
        false_reports: Rate,
    },
}

/// Layers that tend to miss the same thing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FailTogether {
    /// The layers of the group.
    pub layers: Vec<LayerId>,
    /// Share of occasions on which one common cause decides for all of them (the beta factor).
    pub share: Probability,
}
