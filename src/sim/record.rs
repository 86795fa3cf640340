//! What an observer of a run is told. Records hold the truth; what people may see is a `Situation`.

use crate::model::{Action, CaseId, ItemId, LayerId, Money, OperatorId, SafeguardId, StationId, StepId, TrafficId};
use crate::numeric::estimate_seen::Seen;
use crate::sim::detail::Detail;
use crate::sim::ledger::Ledger;
use crate::time::{SimDuration, SimTime};

/// Somebody who watches a run. All methods do nothing unless written: watching costs nothing that is not used.
///
/// Flights, records, details and days are told in order of time. A stage of a consignment and its leaving are told as soon
/// as it is certain when they happen, which may be before, even before its flight is told, which is told once its goods have
/// been taken in. Those of one consignment are in order, and none is after the end of the story.
pub trait Observer {
    /// Whether it wants details as well. If not, none is made.
    const EXPLAINS: bool = false;

    /// A flight has arrived with so many consignments for the hub.
    #[inline]
    fn flight(&mut self, _at: SimTime, _traffic: TrafficId, _consignments: u32) {}
    /// A consignment has completed a stage: a service at a station, or a wait.
    #[inline]
    fn stage(&mut self, _at: SimTime, _consignment: Consignment, _station: Option<StationId>) {}
    /// A consignment that arrived at `arrived` has left the hub.
    #[inline]
    fn left(&mut self, _at: SimTime, _consignment: Consignment, _arrived: SimTime) {}
    /// Something worth telling has happened.
    fn record(&mut self, _at: SimTime, _record: &Record) {}
    /// A part of an outcome, told only to those who explain.
    fn detail(&mut self, _at: SimTime, _detail: &Detail) {}
    /// A day has ended.
    fn day(&mut self, _at: SimTime, _day: &Day<'_>) {}
    /// The story has ended.
    fn closed(&mut self, _at: SimTime, _closing: &Closing<'_>) {}
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unobserved;

impl Observer for Unobserved {}

/// Two observers watch as one.
impl<A: Observer, B: Observer> Observer for (A, B) {
    const EXPLAINS: bool = A::EXPLAINS || B::EXPLAINS;

    #[inline]
    fn flight(&mut self, at: SimTime, traffic: TrafficId, consignments: u32) {
        self.0.flight(at, traffic, consignments);
        self.1.flight(at, traffic, consignments);
    }
    #[inline]
    fn stage(&mut self, at: SimTime, consignment: Consignment, station: Option<StationId>) {
        self.0.stage(at, consignment, station);
        self.1.stage(at, consignment, station);
    }
    #[inline]
    fn left(&mut self, at: SimTime, consignment: Consignment, arrived: SimTime) {
        self.0.left(at, consignment, arrived);
        self.1.left(at, consignment, arrived);
    }
    fn record(&mut self, at: SimTime, record: &Record) {
        self.0.record(at, record);
        self.1.record(at, record);
    }
    fn detail(&mut self, at: SimTime, detail: &Detail) {
        self.0.detail(at, detail);
        self.1.detail(at, detail);
    }
    fn day(&mut self, at: SimTime, day: &Day<'_>) {
        self.0.day(at, day);
        self.1.day(at, day);
    }
    fn closed(&mut self, at: SimTime, closing: &Closing<'_>) {
        self.0.closed(at, closing);
        self.1.closed(at, closing);
    }
}

/// Which consignment: the n-th of the m-th flight of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consignment {
    /// Traffic class.
    pub traffic: TrafficId,
    /// Number of the flight within the class.
    pub flight: u32,
    /// Place on the flight.
    pub place: u32,
}

/// Something worth telling.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// The campaign began.
    CampaignBegan {
        /// Through whom.
        operator: OperatorId,
    },
    /// An operator was handed a demand.
    Demanded {
        /// The operator.
        operator: OperatorId,
        /// Whether it complied.
        complied: bool,
    },
    /// An attempt at a step ended.
    Attempted {
        /// The step.
        step: StepId,
        /// Whether it worked.
        worked: bool,
        /// Whether it is the first success.
        first: bool,
        /// Whether it was meant to alter goods.
        alters: bool,
    },
    /// Copies left the hub.
    MovedOut {
        /// Records in them.
        records: u32,
    },
    /// The campaign paused.
    Paused {
        /// Until when.
        until: SimTime,
    },
    /// The campaign went on after a pause.
    Resumed,
    /// A consignment was altered.
    Altered {
        /// The item.
        item: ItemId,
        /// The consignment.
        consignment: Consignment,
    },
    /// An altered item left the hub unnoticed.
    Shipped {
        /// The item.
        item: ItemId,
    },
    /// An altered item was found.
    Found {
        /// The item.
        item: ItemId,
        /// By a layer, or by a recall.
        by: Option<LayerId>,
    },
    /// An altered item acted.
    Acted {
        /// The item.
        item: ItemId,
        /// Harm done, as an index.
        harm: f64,
    },
    /// A trigger was heard by altered goods outside.
    Triggered {
        /// How many of them acted.
        acted: u32,
    },
    /// What is known was used against consignors.
    Exploited {
        /// What they lost.
        loss: Money,
    },
    /// The campaign moved on to another operator.
    MovedOn {
        /// Through whom it runs from now on.
        operator: OperatorId,
    },
    /// The campaign leaves a traffic class alone from now on.
    ChangedGoods {
        /// The class.
        leaves: TrafficId,
    },
    /// An attempt broke into a zone that is guarded.
    BrokeIn {
        /// The step.
        step: StepId,
        /// Who guards.
        layer: LayerId,
        /// Whether a sensor detected it.
        detected: bool,
        /// Whether it was stopped.
        stopped: bool,
    },
    /// A layer was tried with an item made for it.
    Tested {
        /// The layer.
        layer: LayerId,
        /// Whether it caught the item.
        caught: bool,
    },
    /// A layer noticed something.
    Noticed {
        /// Number of the signal.
        signal: u32,
        /// The layer.
        layer: LayerId,
        /// Whom it is about.
        operator: OperatorId,
        /// Whether there is something behind it.
        genuine: bool,
    },
    /// The desk heard of a signal.
    Reported {
        /// Number of the signal.
        signal: u32,
        /// The layer.
        layer: LayerId,
        /// Whom it is about.
        operator: OperatorId,
        /// Whether there is something behind it.
        genuine: bool,
        /// Belief in misuse of the operator after it.
        belief: f64,
    },
    /// The desk began to watch an operator.
    WatchBegan {
        /// The operator.
        operator: OperatorId,
        /// Belief in its misuse.
        belief: f64,
    },
    /// The desk stopped watching an operator.
    WatchEnded {
        /// The operator.
        operator: OperatorId,
    },
    /// A case was opened.
    CaseOpened {
        /// The case.
        case: CaseId,
        /// About whom.
        operator: OperatorId,
        /// Whether that operator takes part in the campaign.
        rightly: bool,
    },
    /// A stage of a case ended.
    StageEnded {
        /// The case.
        case: CaseId,
        /// Which stage, from 0.
        stage: u32,
        /// Whether it found a linking item.
        link: bool,
        /// Belief after it.
        belief: f64,
    },
    /// A case ended.
    CaseClosed {
        /// The case.
        case: CaseId,
        /// About whom.
        operator: OperatorId,
    },
    /// The desk named an operator: belief and a linking item were enough.
    Attributed {
        /// The operator.
        operator: OperatorId,
        /// Whether it takes part in the campaign.
        rightly: bool,
    },
    /// The defenders acted.
    Took {
        /// What they did.
        action: Action,
        /// Whether it is a drastic response against a subject that takes no part.
        wrongful: bool,
    },
    /// An operator's systems were set up anew.
    Reset {
        /// The operator.
        operator: OperatorId,
        /// Whether the campaign lost something that it held there.
        lost: bool,
    },
    /// A safeguard began to work.
    Ready {
        /// The safeguard.
        safeguard: SafeguardId,
        /// Whether it excludes an operator that takes no part.
        wrongful: bool,
    },
}

/// Where things stand at the end of a day.
#[derive(Clone, Copy, Debug)]
pub struct Day<'a> {
    /// Share of the catalogue's value that the adversary knows.
    pub catalogue_share: f64,
    /// Belief in misuse, by operator.
    pub beliefs: &'a [f64],
    /// Altered goods that have left and not yet acted.
    pub latent: u32,
    /// Consignments in the building.
    pub in_building: u32,
}

/// What is left to count when the story ends.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// Model events: flights' arrivals and completed stages.
    pub model_events: u64,
    /// Share of the catalogue's value that the adversary knows.
    pub catalogue_share: f64,
    /// Businesses of which records have left the hub, by system and traffic class.
    pub facts_seen: u32,
    /// What the logs show of that.
    pub logged: Seen,
    /// Facts that the adversary knows and that are fresher than their half-life.
    pub facts_fresh: u32,
    /// Altered goods that have left and not yet acted.
    pub latent: u32,
    /// Consignments in the building.
    pub in_building: u32,
    /// Consignments that arrived, went out, and went elsewhere instead.
    pub flow: FlowCount,
    /// Sensitive consignments that went to another hub while the campaign ran.
    pub exposure_moved: u64,
    /// Time that analysts have spent on signals with nothing behind them, by layer.
    pub wasted: &'a [SimDuration],
    /// Cases that are not closed.
    pub open_cases: u32,
    /// Belief in misuse, by operator.
    pub beliefs: &'a [f64],
    /// Days under measures, times their severity, of operators that take no part.
    pub burden: f64,
    /// Stretches of time from the warm-up on in which a Recruit or Compel step of the campaign had worked and held.
    pub held: &'a [(SimTime, SimTime)],
    /// Time from the warm-up to the end.
    pub counted: SimDuration,
    /// What everything cost.
    pub ledger: &'a Ledger,
    /// Work of the stations since the warm-up, by station.
    pub stations: &'a [StationWork],
}

/// Consignments counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlowCount {
    /// Arrived and taken in.
    pub arrived: u64,
    /// Left the hub.
    pub left: u64,
    /// Went elsewhere instead of arriving.
    pub diverted: u64,
}

/// What a station did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StationWork {
    /// Services completed.
    pub served: u64,
    /// Services begun; the waits below are theirs.
    pub begun: u64,
    /// Sum of the waits before a service \[ms\].
    pub waited: u64,
    /// Services begun without a wait.
    pub unwaited: u64,
    /// Server time used \[ms\].
    pub busy: u64,
    /// Server time on duty \[ms\].
    pub on_duty: u64,
    /// Queue length, integrated over time \[consignment ms\].
    pub queued: u64,
    /// Longest queue that lasted, if for a millisecond.
    pub longest: u32,
    /// Time that the figures cover.
    pub over: SimDuration,
}

impl StationWork {
    /// Share of server time used; 0 if nobody was on duty.
    pub fn utilisation(&self) -> f64 {
        if self.on_duty == 0 { 0.0 } else { self.busy as f64 / self.on_duty as f64 }
    }

    /// Mean wait before a service \[ms\]; 0 if there was none.
    pub fn mean_wait(&self) -> f64 {
        if self.begun == 0 { 0.0 } else { self.waited as f64 / self.begun as f64 }
    }

    /// Mean queue length.
    pub fn mean_queue(&self) -> f64 {
        if self.over == SimDuration::ZERO { 0.0 } else { self.queued as f64 / self.over.millis() as f64 }
    }
}
