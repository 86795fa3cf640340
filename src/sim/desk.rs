//! The desk: what it believes, whom it watches, and the cases that its analysts work on.

use std::collections::VecDeque;

use crate::model::{CaseId, LayerId, Method, OperatorId, Picks, Weights};
use crate::plan::Plan;
use crate::random::{Entity, Purpose};
use crate::sim::belief::{Shared, Track, logistic};
use crate::sim::detail::{Bearing, Because, Detail, tell};
use crate::sim::detection::Signal;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};
use crate::sim::situation::Reason;
use crate::time::{SimDuration, SimTime};

/// The state of the desk.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeskState {
    /// What has been learnt of each operator over the prior, decayed \[nats\].
    learnt: Vec<f64>,
    /// Belief of each operator.
    pub(crate) beliefs: Vec<f64>,
    pub(crate) watched: Vec<bool>,
    pub(crate) link: Vec<bool>,
    pub(crate) heard: Vec<u32>,
    attributed: Vec<bool>,
    /// Beliefs that goods of a traffic class are tampered with.
    pub(crate) flows: Track,
    /// Beliefs that somebody on an operator's staff has been won over.
    pub(crate) people: Track,
    /// Signals that share their weight, by group and operator.
    shared: Vec<Shared>,
    /// Signals that wait for an analyst.
    inbox: VecDeque<u32>,
    /// Signals that analysts have begun to read, by layer and operator.
    read: Vec<u32>,
    /// Time that analysts have spent on signals with nothing behind them, by layer.
    pub(crate) wasted: Vec<SimDuration>,
    pub(crate) cases: Vec<Case>,
    pub(crate) analysts: u32,
    busy: u32,
    prior: f64,
    decay_a_day: f64,
}

/// A case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) operator: OperatorId,
    pub(crate) stage: u32,
    pub(crate) in_work: bool,
    pub(crate) closed: bool,
}

impl DeskState {
    pub(crate) fn restart(&mut self, plan: &Plan) {
        let n = plan.scenario.operators.len();
        let desk = plan.scenario.desk.as_ref();
        self.prior = desk.map_or(f64::NEG_INFINITY, |d| d.prior.logit());
        self.decay_a_day = desk.map_or(1.0, |d| libm::exp2(-1.0 / d.forgets_half_in.days()));
        self.analysts = desk.map_or(0, |d| d.analysts);
        self.busy = 0;
        fn fill<T: Clone>(list: &mut Vec<T>, n: usize, value: T) {
            list.clear();
            list.resize(n, value);
        }
        fill(&mut self.learnt, n, 0.0);
        fill(&mut self.beliefs, n, desk.map_or(0.0, |d| d.prior.get()));
        fill(&mut self.watched, n, false);
        fill(&mut self.link, n, false);
        fill(&mut self.heard, n, 0);
        fill(&mut self.attributed, n, false);
        self.flows.restart(plan.traffic.len(), desk.map_or(f64::NEG_INFINITY, |d| d.flow_prior.logit()));
        self.people.restart(n, desk.map_or(f64::NEG_INFINITY, |d| d.people_prior.logit()));
        fill(&mut self.shared, plan.scenario.fail_together.len() * n, Shared::default());
        self.inbox.clear();
        fill(&mut self.read, plan.layers.len() * n, 0);
        fill(&mut self.wasted, plan.layers.len(), SimDuration::ZERO);
        self.cases.clear();
    }

    pub(crate) fn open_cases(&self) -> u32 {
        self.cases.iter().filter(|c| !c.closed).count() as u32
    }
}

impl Engine<'_> {
    /// The desk learns something about an operator \[nats\].
    pub(crate) fn believe(&mut self, operator: OperatorId, nats: f64) {
        let o = operator.index();
        self.desk.learnt[o] += nats;
        self.desk.beliefs[o] = logistic(self.desk.prior + self.desk.learnt[o]);
    }

    /// A signal reaches the desk.
    pub(crate) fn report<O: Observer>(&mut self, number: u32, observer: &mut O) {
        let signal = &mut self.detection.signals[number as usize];
        signal.reported = Some(self.now);
        let (layer, genuine) = (signal.layer, signal.genuine);
        if !genuine {
            self.charge_false_alarm(layer, observer);
        }
        if self.plan.scenario.desk.is_none() {
            return;
        }
        if self.plan.signal_takes.is_none() {
            return self.hear(number, observer);
        }
        self.desk.inbox.push_back(number);
        self.assign();
    }

    /// An analyst has read a signal.
    pub(crate) fn read<O: Observer>(&mut self, number: u32, observer: &mut O) {
        self.desk.busy -= 1;
        self.hear(number, observer);
        self.assign();
    }

    /// A signal is weighed.
    fn hear<O: Observer>(&mut self, number: u32, observer: &mut O) {
        let Signal { layer, operator, genuine, found, reliable, flow, .. } = self.detection.signals[number as usize];
        let plan = &self.plan.layers[layer.index()];
        let o = operator.index();
        self.desk.heard[o] += 1;
        // What an alarm weighs, what came of it, and what the grade of its source adds. Of an item everybody can see
        // what came of the alarm.
        let parts = |weights: &Weights| {
            let find = if found { weights.find } else { flow.map_or(0.0, |_| weights.no_find) };
            let graded = reliable.map_or(0.0, |reliable| weights.graded[usize::from(!reliable)]);
            (weights.alarm, find, graded)
        };
        let weighs = |weights: &Weights| {
            let (alarm, find, graded) = parts(weights);
            alarm + (find + graded)
        };
        let alone = weighs(&plan.weights[o]);
        let mut nats = alone;
        if let Some(g) = plan.group {
            let rho = self.plan.scenario.fail_together[g].share.get();
            nats = self.desk.shared[g * self.desk.beliefs.len() + o].add(nats, rho);
        }
        self.believe(operator, nats);
        let (alarm, find, graded) = parts(&plan.weights[o]);
        let because = Because::Signal { signal: number, layer, alarm, find, graded, shared: nats - alone };
        tell(observer, self.now, || Detail::Weighed { operator, nats, because });
        if let Some(flow) = flow {
            self.desk.flows.hear(flow.index(), weighs(&plan.flow_weights[flow.index()]));
        }
        if plan.people_weights[o] != Weights::default() {
            self.desk.people.hear(o, weighs(&plan.people_weights[o]));
        }
        let belief = self.desk.beliefs[o];
        observer.record(self.now, &Record::Reported { signal: number, layer, operator, genuine, belief });
        self.weigh(operator, observer);
        self.ask(Reason::Signal);
    }

    /// Takes note of a belief that has passed a threshold.
    fn weigh<O: Observer>(&mut self, operator: OperatorId, observer: &mut O) {
        let Some(desk) = &self.plan.scenario.desk else { return };
        let o = operator.index();
        let belief = self.desk.beliefs[o];
        if !self.desk.watched[o] && belief >= desk.watches_at.get() {
            self.desk.watched[o] = true;
            self.bear(operator, crate::model::Response::Watch.severity(), Some(Bearing::Watched), observer);
            observer.record(self.now, &Record::WatchBegan { operator, belief });
        }
        if !self.desk.attributed[o] && self.desk.link[o] && belief >= desk.acts_at.get() {
            self.desk.attributed[o] = true;
            let rightly = self.takes_part(operator);
            observer.record(self.now, &Record::Attributed { operator, rightly });
        }
    }

    /// The day's decay, and what a day of silence and of clean items says.
    pub(crate) fn desk_day<O: Observer>(&mut self, observer: &mut O) {
        if self.plan.scenario.desk.is_none() {
            return;
        }
        for o in 0..self.desk.learnt.len() {
            let operator = OperatorId::from_index(o);
            let mut nats = self.desk.learnt[o] * (self.desk.decay_a_day - 1.0);
            tell(observer, self.now, || Detail::Weighed { operator, nats, because: Because::Fading });
            for l in 0..self.plan.layers.len() {
                let weights = &self.plan.layers[l].weights[o];
                let layer = LayerId::from_index(l);
                let cell = self.detection.cell(layer, operator);
                let clean = std::mem::take(&mut self.detection.clean[cell]);
                if self.defence.works(layer) && !self.defence.is_out(operator) {
                    let (quiet, cleared) = (weights.quiet_day, weights.clean_item * self.looked(l) * clean);
                    nats += quiet + cleared;
                    let weighed = |nats, because| Detail::Weighed { operator, nats, because };
                    tell(observer, self.now, || weighed(quiet, Because::QuietDay(layer)));
                    tell(observer, self.now, || weighed(cleared, Because::CleanItems(layer, clean)));
                }
            }
            self.believe(operator, nats);
            self.weigh(operator, observer);
        }
        let left = self.desk.decay_a_day;
        self.desk.shared.iter_mut().for_each(|shared| shared.fade(left));
        self.others_day(left);
    }

    /// What the day says about traffic classes and staff.
    fn others_day(&mut self, left: f64) {
        let classes = self.plan.traffic.len();
        for t in 0..classes {
            let handler = self.plan.scenario.traffic[t].handled_by;
            let mut nats = 0.0;
            for (l, layer) in self.plan.layers.iter().enumerate() {
                let weights = &layer.flow_weights[t];
                let clean = std::mem::take(&mut self.detection.clean_flows[l * classes + t]);
                if self.defence.works(LayerId::from_index(l)) && !self.defence.is_out(handler) {
                    nats += weights.quiet_day + weights.clean_item * self.looked(l) * clean;
                }
            }
            self.desk.flows.pass_day(t, left, nats);
        }
        for o in 0..self.desk.beliefs.len() {
            let operator = OperatorId::from_index(o);
            let works = |l: &usize| self.defence.works(LayerId::from_index(*l)) && !self.defence.is_out(operator);
            let quiet =
                (0..self.plan.layers.len()).filter(works).map(|l| self.plan.layers[l].people_weights[o].quiet_day);
            let nats = quiet.fold(0.0, |all, one| all + one);
            self.desk.people.pass_day(o, left, nats);
        }
    }

    /// Share of the items counted as clean that a layer has looked at: of one that picks, only what it has picked was
    /// counted.
    fn looked(&self, layer: usize) -> f64 {
        match self.plan.scenario.layers[layer].method {
            Method::PerItem { picks: Picks::PerFlight(_), .. } => 1.0,
            _ => self.defence.covers(LayerId::from_index(layer)) * self.plan.scenario.layers[layer].mean_share(),
        }
    }

    /// Looks at everything again.
    pub(crate) fn review<O: Observer>(&mut self, observer: &mut O) {
        let Some(desk) = &self.plan.scenario.desk else { return };
        for o in 0..self.desk.watched.len() {
            let operator = OperatorId::from_index(o);
            if self.desk.watched[o] && self.desk.beliefs[o] < desk.watches_at.get() {
                self.desk.watched[o] = false;
                self.bear(operator, -crate::model::Response::Watch.severity(), Some(Bearing::Watched), observer);
                observer.record(self.now, &Record::WatchEnded { operator });
            }
        }
    }

    /// Opens a case, unless one about the operator is open.
    pub(crate) fn open_case<O: Observer>(&mut self, operator: OperatorId, observer: &mut O) -> bool {
        if self.plan.case_stages.is_empty() || self.desk.cases.iter().any(|c| !c.closed && c.operator == operator) {
            return false;
        }
        let case = CaseId::from_index(self.desk.cases.len());
        self.desk.cases.push(Case { operator, stage: 0, in_work: false, closed: false });
        observer.record(self.now, &Record::CaseOpened { case, operator, rightly: self.takes_part(operator) });
        self.assign();
        true
    }

    /// Free analysts read what has come in, in order, and then take the cases of the most suspected first.
    pub(crate) fn assign(&mut self) {
        while self.desk.busy < self.desk.analysts {
            if let Some(number) = self.desk.inbox.pop_front() {
                self.begin_reading(number);
                continue;
            }
            let waiting = self.desk.cases.iter().enumerate().filter(|(_, c)| !c.closed && !c.in_work);
            let mut next: Option<usize> = None;
            for (i, case) in waiting {
                let belief = |c: &Case| self.desk.beliefs[c.operator.index()];
                if next.is_none_or(|n| belief(case) > belief(&self.desk.cases[n])) {
                    next = Some(i);
                }
            }
            let Some(i) = next else { return };
            self.desk.busy += 1;
            let case = &mut self.desk.cases[i];
            case.in_work = true;
            let stage = case.stage as usize;
            let id = CaseId::from_index(i);
            let u = self.luck.stream(Purpose::DESK, self.case_entity(id)).uniform();
            self.calendar.schedule(self.now + self.plan.case_stages[stage].duration(u), Event::StageDone(id));
        }
    }

    fn begin_reading(&mut self, number: u32) {
        let Some(takes) = &self.plan.signal_takes else { return };
        let Signal { layer, operator, genuine, .. } = self.detection.signals[number as usize];
        let read = &mut self.desk.read[self.detection.cell(layer, operator)];
        let n = u64::from(*read);
        *read += 1;
        let entity = self.pair_entity(layer, operator).with("reading").nth(n);
        let takes = takes.duration(self.luck.stream(Purpose::DESK, entity).uniform());
        if !genuine {
            self.desk.wasted[layer.index()] += takes;
        }
        self.desk.busy += 1;
        self.calendar.schedule(self.now + takes, Event::Read(number));
    }

    fn case_entity(&self, id: CaseId) -> Entity {
        let case = &self.desk.cases[id.index()];
        let same = self.desk.cases[..id.index()].iter().filter(|c| c.operator == case.operator).count() as u64;
        self.plan.operator_entity(case.operator).with("cases").nth(same).nth(u64::from(case.stage))
    }

    pub(crate) fn stage_done<O: Observer>(&mut self, id: CaseId, observer: &mut O) {
        let Some(desk) = &self.plan.scenario.desk else { return };
        let Case { operator, stage, .. } = self.desk.cases[id.index()];
        let says = &desk.stages[stage as usize];
        let (finds, errs) = (says.finds_link.get(), says.false_link.get());
        let chance = if self.has_run_through(operator) { finds } else { errs };
        let mut stream = self.luck.stream(Purpose::DESK, self.case_entity(id));
        stream.skip_to(1);
        let link = stream.uniform() < chance;
        let ratio = if link { finds / errs } else { (1.0 - finds) / (1.0 - errs) };
        let most = crate::model::MOST_NATS;
        let nats = if finds == errs { 0.0 } else { libm::log(ratio).clamp(-most, most) };
        self.believe(operator, nats);
        tell(observer, self.now, || Detail::Weighed {
            operator,
            nats,
            because: Because::Stage { case: id, stage, link },
        });
        self.desk.link[operator.index()] |= link;
        self.desk.busy -= 1;
        let belief = self.desk.beliefs[operator.index()];
        observer.record(self.now, &Record::StageEnded { case: id, stage, link, belief });
        let case = &mut self.desk.cases[id.index()];
        case.in_work = false;
        case.stage += 1;
        if case.stage as usize == desk.stages.len() {
            case.closed = true;
            observer.record(self.now, &Record::CaseClosed { case: id, operator });
        }
        self.weigh(operator, observer);
        self.assign();
        self.ask(Reason::Case);
    }

    /// Asks the defenders at this instant, once the desk has heard everything that belongs to it.
    pub(crate) fn ask(&mut self, reason: Reason) {
        if self.asked_at != Some(self.now) {
            self.asked_at = Some(self.now);
            self.calendar.schedule(self.now, Event::Decide(reason));
        }
    }

    /// Signals that have reached the desk up to now.
    pub(crate) fn reported(&self) -> impl Iterator<Item = (u32, &crate::sim::detection::Signal, SimTime)> {
        self.detection.signals.iter().enumerate().filter_map(|(i, s)| s.reported.map(|at| (i as u32, s, at)))
    }
}
