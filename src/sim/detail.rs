//! What an observer is told beyond the records, if it wants to explain a run: the parts that outcomes are made of.

use crate::model::{
    CaseId, ItemId, LayerId, Line, Money, OperatorId, Payer, ResponseKind, SafeguardId, StationId, StepId, SystemId,
    TrafficId, ZoneId,
};
use crate::sim::record::{Consignment, Observer};
use crate::time::SimTime;

/// A part of an outcome. Like records, details hold the truth.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// An amount was charged. What accrues over time is charged at the end of the story.
    Charged(Charge),
    /// The desk learnt something about an operator.
    Weighed {
        /// The operator.
        operator: OperatorId,
        /// How much it moves the log odds \[nats\].
        nats: f64,
        /// What it was.
        because: Because,
    },
    /// What an operator bears has changed, or the story ends.
    Bore {
        /// The operator.
        operator: OperatorId,
        /// Since when it bore the same.
        from: SimTime,
        /// Severity up to now, not yet limited to full exclusion.
        severity: f64,
        /// Whether it counts: the operator takes no part.
        counts: bool,
        /// What changes, if anything.
        because: Option<Bearing>,
        /// By how much.
        change: f64,
    },
    /// A consignment went elsewhere instead of arriving.
    Diverted {
        /// Its class.
        traffic: TrafficId,
        /// Whether it was a sensitive one of the campaign's operator, exposed at the other hub.
        exposed: bool,
    },
    /// A system wrote a consignment down, or would have.
    Recorded {
        /// The consignment.
        consignment: Consignment,
        /// Where.
        station: StationId,
        /// The system.
        system: SystemId,
        /// Whether the record says enough to be worth copying.
        open: bool,
    },
    /// The campaign looked through what a system keeps.
    Copied {
        /// The system.
        system: SystemId,
        /// Records that it looked through.
        kept: u32,
        /// Those that were young enough and within its scope.
        copied: u32,
    },
    /// Somebody read what lies in a zone.
    Read {
        /// The zone.
        zone: ZoneId,
        /// Facts that could be read off the goods there.
        copied: u32,
    },
    /// A record reached the adversary.
    Learnt {
        /// The fact that it tells of.
        fact: u32,
        /// When it was written.
        written: SimTime,
        /// Whether the copy left a trace in the logs.
        logged: bool,
    },
    /// An alteration that was prepared met its goods.
    Reached {
        /// The goods.
        consignment: Consignment,
        /// When they arrived.
        arrived: SimTime,
        /// The altered item, or nothing if the goods were guarded.
        item: Option<ItemId>,
    },
    /// A layer had to do with an altered item.
    Looked {
        /// The item.
        item: ItemId,
        /// The layer.
        layer: LayerId,
        /// What came of it.
        look: Look,
    },
    /// An altered item has left the hub.
    Sleeps {
        /// The item.
        item: ItemId,
        /// When it will act, if nothing comes before.
        until: SimTime,
    },
    /// A recall looks for an altered item.
    Traced {
        /// The item.
        item: ItemId,
        /// When it will be found, if it can be traced and nothing comes before.
        found: Option<SimTime>,
    },
}

/// An amount, who pays it, and what for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charge {
    /// Who pays.
    pub payer: Payer,
    /// Where it stands in the ledger.
    pub line: Line,
    /// How much.
    pub amount: Money,
    /// What for.
    pub what: ChargedFor,
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChargedFor {
    /// A safeguard, once or by the year.
    Safeguard(SafeguardId),
    /// A detection layer.
    Layer(LayerId),
    /// The desk.
    Desk,
    /// A response against an operator.
    Response(ResponseKind, OperatorId),
    /// A layer's false alarm.
    FalseAlarm(LayerId),
    /// A consignment that went elsewhere.
    Diverted(TrafficId),
    /// Time in queues.
    Waiting,
    /// A step that used what is known against consignors.
    Use(StepId),
    /// Goods of a class that acted.
    Harm(TrafficId),
}

/// Why the desk believes otherwise than before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Because {
    /// A signal: the nats of its alarm, of what was found, and of its source's grade.
    Signal {
        /// Number of the signal.
        signal: u32,
        /// The layer.
        layer: LayerId,
        /// What an alarm weighs.
        alarm: f64,
        /// What came of an alarm on an item weighs on top, a find or none; 0 for other signals.
        find: f64,
        /// What the grade of its source weighs on top; 0 if there is none.
        graded: f64,
        /// What other signals of its group take off.
        shared: f64,
    },
    /// A day without an alarm.
    QuietDay(LayerId),
    /// Items that were looked at without an alarm, weighted where work is shared out by risk.
    CleanItems(LayerId, f64),
    /// An audit without a finding.
    CleanAudit(LayerId),
    /// A stage of a case.
    Stage {
        /// The case.
        case: CaseId,
        /// Which stage, from 0.
        stage: u32,
        /// Whether it found a linking item.
        link: bool,
    },
    /// What was learnt fades.
    Fading,
}

/// What an operator bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearing {
    /// The desk watches it.
    Watched,
    /// A response.
    Response(ResponseKind),
    /// A safeguard.
    Safeguard(SafeguardId),
}

/// What came of a layer's look at an altered item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// It was not among those that the layer picked from the flight.
    NotPicked,
    /// It was among those that the layer could have caught.
    Tried {
        /// Whether it was caught.
        caught: bool,
        /// With which chance it would be.
        chance: f64,
        /// Whether the layers of a group failed or worked together this time.
        together: bool,
    },
}

/// Tells a detail to an observer that wants it. To others it costs nothing, not even making it.
#[inline]
pub(crate) fn tell<O: Observer>(observer: &mut O, at: SimTime, detail: impl FnOnce() -> Detail) {
    if O::EXPLAINS {
        observer.detail(at, &detail());
    }
}
