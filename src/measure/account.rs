//! An observer that keeps what each measure of a run is made of, and what led to it.

mod burdens;
mod costs;
mod desk;
mod facts;
mod goods;
mod items;
mod known;
mod term;

pub use desk::{Balance, DeskAccount, DeskEvent, Evidence, Naming};
pub use items::{ItemChain, ItemEnd, Link};
pub use known::{Known, KnownEvent, SystemKnown};
pub use term::{Amount, Explained, Milestone, Note, Part, Reading, Term};

use crate::measure::{Measure, Outcome, StationWork};
use crate::model::{LayerId, OperatorId, StationId, TrafficId, World};
use crate::plan::Plan;
use crate::sim::{Closing, Consignment, Day, Detail, Observer, Record};
use crate::time::{SimDuration, SimTime};

/// Keeps the parts of everything that is measured.
#[derive(Clone, Debug)]
pub struct Account<'p> {
    plan: &'p Plan,
    goods: goods::Goods,
    items: items::Items,
    known: known::Knowledge,
    desk: desk::Desk,
    costs: costs::Costs,
    burdens: burdens::Burdens,
    end: SimTime,
    work: Vec<StationWork>,
    wasted: Vec<SimDuration>,
    held: Vec<(SimTime, SimTime)>,
    counted: SimDuration,
    beliefs: Vec<f64>,
}

/// A run explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Every measure, in the order of [`Measure::all`].
    pub measures: Vec<Explained>,
    /// Every altered consignment, in the order in which they were altered.
    pub items: Vec<ItemChain>,
    /// What the desk came to believe of each operator.
    pub desk: Vec<DeskAccount>,
    /// How the catalogue came to be known.
    pub known: Known,
    /// Belief in misuse of each operator at the end, as the desk holds it.
    pub beliefs: Vec<f64>,
}

/// An explanation that does not lead to what was reported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// What it is about.
    pub of: Faulty,
    /// As reported.
    pub reported: f64,
    /// As explained.
    pub explained: f64,
}

/// What an explanation may fail at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faulty {
    /// A measure.
    Measure(Measure),
    /// Belief in misuse of an operator at the end.
    Belief(OperatorId),
}

/// Evidence adds up to a belief within this much: the engine adds a day's evidence first.
const MOST_BELIEF_ERROR: f64 = 1e-9;

impl<'p> Account<'p> {
    /// Ready to watch a run of this plan in a world from its start.
    pub fn new(plan: &'p Plan, world: World) -> Self {
        let ours = plan.scenario.campaign.as_ref().and_then(|campaign| match world {
            World::Real => Some(campaign.uses),
            World::Elsewhere => Some(campaign.elsewhere),
            World::Innocent => None,
        });
        Account {
            plan,
            goods: goods::Goods::new(plan),
            items: items::Items::default(),
            known: known::Knowledge::new(plan),
            desk: desk::Desk::new(plan, ours),
            costs: costs::Costs::default(),
            burdens: burdens::Burdens::new(plan),
            end: SimTime::ZERO,
            work: Vec::new(),
            wasted: Vec::new(),
            held: Vec::new(),
            counted: SimDuration::ZERO,
            beliefs: Vec::new(),
        }
    }

    /// What a run that has ended is made of.
    pub fn explain(&self) -> Explanation {
        Explanation {
            measures: Measure::all().map(|measure| self.terms(measure)).collect(),
            items: self.items.chains().to_vec(),
            desk: self.desk.accounts().to_vec(),
            known: self.known.story(self.end, self.plan),
            beliefs: self.beliefs.clone(),
        }
    }

    /// Who keeps the terms of a measure. A new measure must be given a place here.
    fn terms(&self, measure: Measure) -> Explained {
        match measure {
            Measure::CatalogueShare
            | Measure::FactsKnown
            | Measure::FactsSeen
            | Measure::FactsSeenEstimate
            | Measure::LoggedCoverage => self.known.explain(measure, self.end, self.plan),
            Measure::AlterationsAttempted
            | Measure::Altered
            | Measure::Shipped
            | Measure::Found
            | Measure::Latent
            | Measure::Activated
            | Measure::Harm => self.items.explain(measure),
            Measure::FirstSignalDay
            | Measure::InvestigationDay
            | Measure::AttributionDay
            | Measure::DetectedByTip
            | Measure::Attributed
            | Measure::WronglyAttributed
            | Measure::FalseAlarmsAMonth
            | Measure::OpenCases => self.desk.explain(measure, self.end),
            Measure::ControlShare => {
                let held = self
                    .held
                    .iter()
                    .map(|&(from, to)| Term::alone(Part::Held { from, to }, Amount::count(to.since(from).millis())));
                Explained::new(measure, Reading::ShareOf(self.counted.millis()), held.collect())
            }
            Measure::FalseAlarmHours => {
                let terms = self.wasted.iter().enumerate().filter(|(_, time)| **time > SimDuration::ZERO);
                let term = |(layer, time): (usize, &SimDuration)| {
                    Term::alone(Part::Layer(LayerId::from_index(layer)), Amount::count(time.millis()))
                };
                Explained::new(measure, Reading::Hours, terms.map(term).collect())
            }
            Measure::WrongfulActions | Measure::Burden => self.burdens.explain(measure),
            Measure::MeanSojourn
            | Measure::P95Sojourn
            | Measure::Throughput
            | Measure::ThroughputLost
            | Measure::ExposureMoved
            | Measure::InBuilding => self.goods.explain(measure, &self.work),
            Measure::CostTotal | Measure::CostOf(_) | Measure::CostOn(_) => {
                self.costs.explain(measure, self.plan, &self.work)
            }
        }
    }
}

impl Observer for Account<'_> {
    const EXPLAINS: bool = true;

    fn flight(&mut self, _: SimTime, traffic: TrafficId, consignments: u32) {
        self.goods.arrive(traffic, consignments);
    }

    fn stage(&mut self, at: SimTime, consignment: Consignment, station: Option<StationId>) {
        let past = goods::Past::Stage(station);
        self.goods.pass(at, consignment, past);
        self.items.pass(at, consignment, past);
    }

    fn left(&mut self, at: SimTime, consignment: Consignment, arrived: SimTime) {
        self.goods.leave(at, consignment, arrived);
    }

    fn record(&mut self, at: SimTime, record: &Record) {
        self.items.record(at, record);
        self.known.record(at, record, self.plan);
        self.desk.record(at, record);
        self.burdens.record(at, record);
    }

    fn detail(&mut self, at: SimTime, detail: &Detail) {
        match *detail {
            Detail::Charged(charge) => self.costs.charge(&charge),
            Detail::Weighed { .. } => self.desk.weigh(detail),
            Detail::Bore { .. } => self.burdens.bear(at, detail),
            Detail::Diverted { traffic, exposed } => self.goods.divert(traffic, exposed),
            Detail::Recorded { consignment, station, system, open } => {
                self.goods.pass(at, consignment, goods::Past::Recorded { station, system, open });
                self.known.detail(at, detail, self.plan);
                self.items.detail(at, detail, &[]);
            }
            Detail::Copied { .. } | Detail::Read { .. } | Detail::Learnt { .. } => {
                self.known.detail(at, detail, self.plan)
            }
            Detail::Reached { consignment, .. } => self.items.detail(at, detail, self.goods.past(consignment)),
            Detail::Looked { .. } | Detail::Sleeps { .. } | Detail::Traced { .. } => self.items.detail(at, detail, &[]),
        }
    }

    fn day(&mut self, at: SimTime, day: &Day<'_>) {
        for (o, belief) in day.beliefs.iter().enumerate() {
            self.desk.believe(OperatorId::from_index(o), *belief, at);
        }
    }

    fn closed(&mut self, at: SimTime, closing: &Closing<'_>) {
        self.end = at;
        self.work = closing.stations.to_vec();
        self.held = closing.held.to_vec();
        self.counted = closing.counted;
        self.wasted = closing.wasted.to_vec();
        self.beliefs = closing.beliefs.to_vec();
    }
}

impl Explanation {
    /// A measure's terms.
    pub fn of(&self, measure: Measure) -> &Explained {
        &self.measures[measure.index()]
    }

    /// Where the terms do not lead to what was reported. Every measure must come out to the last bit.
    pub fn faults(&self, outcome: &Outcome) -> Vec<Fault> {
        let wrong = |explained: &&Explained| {
            let measure = explained.measure;
            explained.value().to_bits() != outcome.get(measure).to_bits()
                || explained.censored != outcome.is_censored(measure)
        };
        let measures = self.measures.iter().filter(wrong).map(|explained| Fault {
            of: Faulty::Measure(explained.measure),
            reported: outcome.get(explained.measure),
            explained: explained.value(),
        });
        let beliefs = self.desk.iter().zip(&self.beliefs).filter_map(|(account, belief)| {
            let explained = account.balance.belief();
            let right = (explained - belief).abs() <= MOST_BELIEF_ERROR;
            (!right).then_some(Fault { of: Faulty::Belief(account.operator), reported: *belief, explained })
        });
        measures.chain(beliefs).collect()
    }
}
