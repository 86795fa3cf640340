//! A measure's value taken apart: its terms, and how their sum reads as the value.

use crate::measure::Measure;
use crate::model::{
    Action, CaseId, ItemId, LayerId, Line, OperatorId, Payer, SafeguardId, StationId, StepId, SystemId, TrafficId,
};
use crate::sim::{Bearing, ChargedFor};
use crate::time::{DAYS_PER_YEAR, SimDuration, SimTime};

/// A measure with everything that its value is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The measure.
    pub measure: Measure,
    /// What adds up, in the order in which it is added.
    pub terms: Vec<Term>,
    /// How the sum reads as the value.
    pub reading: Reading,
    /// Whether the horizon came before the event that the measure times.
    pub censored: bool,
    /// What stands beside the terms and adds nothing.
    pub notes: Vec<Note>,
}

/// Something that adds to a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it belongs to, if terms fall into groups.
    pub under: Option<Part>,
    /// What it is.
    pub part: Part,
    /// How much it adds.
    pub amount: Amount,
}

/// How much a term adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Whole units, added exactly: consignments, milliseconds, cents.
    Whole(i64),
    /// A real number, added as such.
    Real(f64),
}

/// How the sum of the terms reads as the measure's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// As it is.
    Itself,
    /// 1 if there is anything, however much.
    AnyAtAll,
    /// Cents, as euro.
    Cents,
    /// Milliseconds, as days.
    Days,
    /// Milliseconds, as a share of so many.
    ShareOf(u64),
    /// Milliseconds, as hours.
    Hours,
    /// Milliseconds, as minutes.
    Minutes,
    /// Milliseconds of so many consignments, as the mean in minutes.
    MeanMinutes(u64),
    /// Events up to an instant, for each 30.4 days.
    AMonth(SimTime),
}

/// What a term is about. Names and words are for reports.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A layer.
    Layer(LayerId),
    /// A recall.
    Recall,
    /// An operator.
    Operator(OperatorId),
    /// A traffic class.
    Traffic(TrafficId),
    /// A station: the queue and the work there.
    Station(StationId),
    /// The queue of a station.
    Queue(StationId),
    /// Waits that a route prescribes.
    Waits,
    /// In the building, last worked on at a station.
    After(StationId),
    /// In the building, not worked on yet.
    NoStation,
    /// A step of the campaign.
    Step(StepId),
    /// A line of the ledger.
    Line(Line),
    /// Who pays.
    Payer(Payer),
    /// What is paid for, and how often.
    Charge(ChargedFor, u32),
    /// What a system's records of a class tell.
    Records(SystemId, TrafficId),
    /// What is known of a business.
    Business {
        /// Its rank among those of its class, from 1.
        rank: u32,
        /// Records of it that the adversary has.
        sightings: u32,
        /// When the latest of them was written.
        last: SimTime,
    },
    /// What is worth more if records of two systems tell of one business.
    Together(SystemId, SystemId, TrafficId),
    /// A business that both tell of, by its rank.
    InBoth(u32),
    /// Businesses that the logs show, of those of a class.
    Logged(SystemId, TrafficId),
    /// Businesses that the logs suggest besides: from those logged once, and twice.
    Unlogged {
        /// Logged once.
        once: u64,
        /// Logged twice.
        twice: u64,
    },
    /// All copies.
    AllCopies,
    /// Logged copies that are the only one of their business, of all that are logged.
    LoggedOnce {
        /// Businesses logged once.
        once: u64,
        /// Logged copies.
        of: u64,
    },
    /// What the order of adding real numbers leaves over.
    Rounding,
    /// An attempt at a step.
    Attempt {
        /// When it ended.
        at: SimTime,
        /// Whether it worked.
        worked: bool,
    },
    /// An altered item.
    Item(ItemId, SimTime),
    /// A signal.
    Signal {
        /// Its number.
        signal: u32,
        /// About whom.
        operator: OperatorId,
        /// When the desk heard of it.
        at: SimTime,
    },
    /// A case.
    Case {
        /// The case.
        case: CaseId,
        /// About whom.
        operator: OperatorId,
        /// When it was opened.
        opened: SimTime,
    },
    /// The desk named an operator.
    Named(OperatorId, SimTime),
    /// The defenders acted.
    Action(Action, SimTime),
    /// A safeguard began to work.
    Ready(SafeguardId, SimTime),
    /// Time under the same measures.
    Under {
        /// From when.
        from: SimTime,
        /// Until when.
        to: SimTime,
        /// Their severity, limited to full exclusion.
        severity: f64,
        /// The measures.
        measures: Vec<Bearing>,
    },
    /// Time in which the campaign held something of its operator.
    Held {
        /// From when.
        from: SimTime,
        /// Until when.
        to: SimTime,
    },
    /// The time up to something, from what came before.
    Until(Milestone),
    /// Whole minutes of a rank among stays.
    WholeMinutes,
    /// The share of the minute in which the rank falls.
    WithinTheMinute,
    /// The longest stay.
    Longest,
}

/// What a time can be counted up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// The campaign began.
    CampaignBegan,
    /// A layer noticed what became a true signal.
    Noticed(LayerId, u32),
    /// The desk heard of a true signal.
    Heard(LayerId, u32),
    /// The desk began to watch the campaign's operator.
    Watched,
    /// A case about it was opened.
    CaseOpened(CaseId),
    /// A stage of a case found a link to it.
    LinkFound(CaseId),
    /// It was named.
    Named,
    /// The end of the story.
    Horizon,
}

/// What stands beside terms.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// How far the desk got with an operator.
    Belief {
        /// The operator.
        operator: OperatorId,
        /// Highest belief.
        highest: f64,
        /// When.
        at: SimTime,
        /// Whether a case found a linking item.
        link: bool,
    },
    /// No true signal reached the desk.
    NoTrueSignal,
    /// Alterations that were prepared and came to nothing at guarded goods.
    Guarded(u32),
    /// Alterations that were prepared and still wait for goods.
    Waiting(u32),
    /// Stays that are shorter than the minute of a rank, and those within it.
    Rank {
        /// The minute.
        minute: u64,
        /// Shorter ones.
        below: u64,
        /// Those within the minute.
        within: u64,
        /// All of them.
        of: u64,
    },
    /// Stays of a class that are longer than the minute of a rank.
    Longer {
        /// The class.
        traffic: TrafficId,
        /// Longer ones.
        longer: u64,
        /// All of the class.
        of: u64,
    },
    /// Stays of a class, and their mean \[ms\].
    MeanStay {
        /// The class.
        traffic: TrafficId,
        /// How many.
        stays: u64,
        /// Their mean.
        mean: SimDuration,
    },
    /// Mean wait of all goods before a service at a station \[ms\].
    MeanWait(StationId, f64),
    /// Terms are counted one by one, and the measure only says whether there are any.
    CountedOnce,
}

impl Explained {
    /// A measure with these terms.
    pub(super) fn new(measure: Measure, reading: Reading, terms: Vec<Term>) -> Self {
        Explained { measure, terms, reading, censored: false, notes: Vec::new() }
    }

    /// All terms, added in their order.
    pub fn sum(&self) -> Amount {
        self.terms.iter().fold(Amount::Whole(0), |sum, term| sum.plus(term.amount))
    }

    /// The measure's value, from its terms.
    pub fn value(&self) -> f64 {
        self.reading.value(self.sum())
    }
}

impl Term {
    /// A term in a group.
    pub(super) fn under(under: Part, part: Part, amount: Amount) -> Self {
        Term { under: Some(under), part, amount }
    }

    /// A term of its own.
    pub(super) fn alone(part: Part, amount: Amount) -> Self {
        Term { under: None, part, amount }
    }
}

impl Amount {
    /// One.
    pub(super) const ONE: Amount = Amount::Whole(1);

    /// So many.
    pub(super) fn count(n: u64) -> Self {
        Amount::Whole(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// As a real number.
    pub fn real(self) -> f64 {
        match self {
            Amount::Whole(n) => n as f64,
            Amount::Real(x) => x,
        }
    }

    /// This and another; whole units stay whole.
    pub fn plus(self, other: Amount) -> Amount {
        match (self, other) {
            (Amount::Whole(a), Amount::Whole(b)) => Amount::Whole(a.saturating_add(b)),
            (a, b) => Amount::Real(a.real() + b.real()),
        }
    }
}

impl Reading {
    /// What a sum, or a part of one, comes to in the unit of the measure.
    pub fn value(self, sum: Amount) -> f64 {
        let time = match sum {
            Amount::Whole(ms) => SimDuration::from_millis(ms.max(0) as u64),
            Amount::Real(ms) => SimDuration::from_millis_f64(ms),
        };
        match self {
            Reading::Itself => sum.real(),
            Reading::AnyAtAll => f64::from(u8::from(sum.real() > 0.0)),
            Reading::Cents => sum.real() / 100.0,
            Reading::Days => time.days(),
            Reading::ShareOf(0) => 0.0,
            Reading::ShareOf(all) => sum.real() / all as f64,
            Reading::Hours => time.hours(),
            Reading::Minutes => time.minutes(),
            Reading::MeanMinutes(of) => SimDuration::from_millis(time.millis().checked_div(of).unwrap_or(0)).minutes(),
            Reading::AMonth(end) => sum.real() / end.days() * (DAYS_PER_YEAR / 12.0),
        }
    }
}
