//! Folds what happens in a run into an outcome.

use crate::measure::checkpoints::Subject;
use crate::measure::{Checkpoints, Measure, Outcome, Sojourns};
use crate::model::{Line, Payer};
use crate::plan::Plan;
use crate::sim::{Closing, Consignment, Day, Observer, Record};
use crate::time::{SimDuration, SimTime};

/// Counts what the measures need.
#[derive(Clone, Debug)]
pub struct Tally {
    counting_from: SimTime,
    values: [f64; Measure::COUNT],
    seen: u64,
    false_alarms: u64,
    model_events: u64,
    logged: u64,
    /// Which layers are people who speak up.
    tips: Vec<bool>,
    /// Whether the last true signal came from one of them.
    last_was_tip: bool,
    sojourns: Sojourns,
    /// Whose beliefs are folded, if there is a campaign and a desk.
    subject: Option<Subject>,
    checkpoints: Checkpoints,
}

impl Tally {
    /// Ready to watch a run of this plan from its start.
    pub fn new(plan: &Plan) -> Self {
        Tally {
            counting_from: SimTime::ZERO + plan.scenario.calendar.warm_up,
            values: [0.0; Measure::COUNT],
            seen: 0,
            false_alarms: 0,
            model_events: 0,
            logged: 0,
            tips: plan.scenario.layers.iter().map(crate::model::Layer::is_tip).collect(),
            last_was_tip: false,
            sojourns: Sojourns::new(),
            subject: Subject::of(&plan.scenario),
            checkpoints: Checkpoints::default(),
        }
    }

    /// Forgets the run and keeps the memory.
    pub fn restart(&mut self) {
        self.values = [0.0; Measure::COUNT];
        self.seen = 0;
        self.false_alarms = 0;
        self.model_events = 0;
        self.logged = 0;
        self.last_was_tip = false;
        self.sojourns.clear();
        self.checkpoints = Checkpoints::default();
    }

    /// The outcome of a run that has ended.
    pub fn outcome(&self) -> Outcome {
        let times = Measure::all().filter(|m| m.nature() == crate::measure::Nature::Time);
        let censored = times.filter(|m| !self.has(*m)).fold(0, |bits, m| bits | 1 << m.index());
        Outcome {
            values: self.values,
            censored,
            model_events: self.model_events,
            logged: self.logged,
            sojourns: self.sojourns.count(),
            sojourn_sum: self.sojourns.sum(),
            checkpoints: self.checkpoints,
        }
    }

    /// Times that consignments spent in the hub.
    pub fn sojourns(&self) -> &Sojourns {
        &self.sojourns
    }

    fn set(&mut self, measure: Measure, value: f64) {
        self.values[measure.index()] = value;
    }

    fn add(&mut self, measure: Measure, value: f64) {
        self.values[measure.index()] += value;
    }

    fn has(&self, measure: Measure) -> bool {
        self.seen & 1 << measure.index() != 0
    }

    fn first(&mut self, measure: Measure, at: SimTime) {
        if !self.has(measure) {
            self.seen |= 1 << measure.index();
            self.set(measure, at.days());
        }
    }
}

impl Observer for Tally {
    #[inline]
    fn left(&mut self, at: SimTime, _: Consignment, arrived: SimTime) {
        if arrived >= self.counting_from {
            self.sojourns.add(at.since(arrived));
        }
    }

    fn record(&mut self, at: SimTime, record: &Record) {
        match *record {
            Record::Altered { .. } => self.add(Measure::Altered, 1.0),
            Record::Shipped { .. } => self.add(Measure::Shipped, 1.0),
            Record::Found { .. } => self.add(Measure::Found, 1.0),
            Record::Acted { harm, .. } => {
                self.add(Measure::Activated, 1.0);
                self.add(Measure::Harm, harm);
            }
            Record::Attempted { alters: true, .. } => self.add(Measure::AlterationsAttempted, 1.0),
            Record::Reported { genuine: true, layer, .. } => {
                self.first(Measure::FirstSignalDay, at);
                self.last_was_tip = self.tips[layer.index()];
            }
            Record::Reported { genuine: false, .. } => self.false_alarms += 1,
            Record::CaseOpened { rightly: true, .. } => {
                if !self.has(Measure::InvestigationDay) {
                    self.set(Measure::DetectedByTip, f64::from(u8::from(self.last_was_tip)));
                }
                self.first(Measure::InvestigationDay, at);
            }
            Record::Attributed { rightly: true, .. } => {
                self.first(Measure::AttributionDay, at);
                self.set(Measure::Attributed, 1.0);
            }
            Record::Attributed { rightly: false, .. } => self.set(Measure::WronglyAttributed, 1.0),
            Record::Took { wrongful: true, .. } | Record::Ready { wrongful: true, .. } => {
                self.add(Measure::WrongfulActions, 1.0);
            }
            _ => {}
        }
    }

    fn day(&mut self, at: SimTime, day: &Day<'_>) {
        if let Some(subject) = &self.subject {
            subject.look(at, day, &mut self.checkpoints);
        }
    }

    fn closed(&mut self, at: SimTime, closing: &Closing<'_>) {
        const MONTH: f64 = crate::time::DAYS_PER_YEAR / 12.0;
        self.model_events = closing.model_events;
        self.set(Measure::CatalogueShare, closing.catalogue_share);
        self.set(Measure::FactsKnown, f64::from(closing.facts_fresh));
        self.set(Measure::FactsSeen, f64::from(closing.facts_seen));
        self.set(Measure::FactsSeenEstimate, closing.logged.chao1());
        self.logged = closing.logged.observations;
        if self.logged > 0 {
            self.set(Measure::LoggedCoverage, closing.logged.coverage());
        }
        let held = closing.held.iter().fold(SimDuration::ZERO, |all, (from, to)| all + to.since(*from));
        if closing.counted > SimDuration::ZERO {
            self.set(Measure::ControlShare, held.millis() as f64 / closing.counted.millis() as f64);
        }
        self.set(Measure::Latent, f64::from(closing.latent));
        self.set(Measure::FalseAlarmsAMonth, self.false_alarms as f64 / at.days() * MONTH);
        self.set(
            Measure::FalseAlarmHours,
            closing.wasted.iter().fold(SimDuration::ZERO, |all, one| all + *one).hours(),
        );
        self.set(Measure::Burden, closing.burden);
        self.set(Measure::MeanSojourn, self.sojourns.mean().minutes());
        self.set(Measure::P95Sojourn, self.sojourns.quantile(0.95).minutes());
        self.set(Measure::Throughput, closing.flow.left as f64);
        self.set(Measure::ThroughputLost, closing.flow.diverted as f64);
        self.set(Measure::ExposureMoved, closing.exposure_moved as f64);
        self.set(Measure::InBuilding, f64::from(closing.in_building));
        self.set(Measure::OpenCases, f64::from(closing.open_cases));
        self.set(Measure::CostTotal, closing.ledger.total().as_euro());
        for payer in Payer::ALL {
            self.set(Measure::CostOf(payer), closing.ledger.by_payer(payer).as_euro());
        }
        for line in Line::ALL {
            self.set(Measure::CostOn(line), closing.ledger.by_line(line).as_euro());
        }
        for measure in Measure::all().filter(|m| m.nature() == crate::measure::Nature::Time) {
            if !self.has(measure) {
                self.set(measure, at.days());
            }
        }
    }
}
