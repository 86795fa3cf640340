//! Layers that notice, rightly or wrongly.

use crate::model::{ItemId, LayerId, Method, OperatorId, Picks, Schedule, StepClass, TrafficId};
use crate::plan::Plan;
use crate::random::{Entity, Purpose, draw, unit};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::Goods;
use crate::sim::record::{Observer, Record};
use crate::time::{SimDuration, SimTime};

/// The state of the layers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detection {
    /// Signals noticed so far.
    pub(crate) signals: Vec<Signal>,
    /// Candidates or audits drawn so far, by layer and operator.
    drawn: Vec<u32>,
    /// When an auditor last came, by layer and operator.
    visited: Vec<SimTime>,
    /// Visits left in this cycle of the inspection game, by layer and operator.
    visits_left: Vec<u32>,
    /// Innocent items looked at without an alarm since the desk last asked, by layer and operator.
    pub(crate) clean: Vec<u32>,
    operators: usize,
    marks: Vec<Looks>,
    draws: Vec<u64>,
    ranks: Vec<u64>,
}

/// The layers of its class that have to do with a consignment: bit k is the k-th of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks {
    /// Those that might raise a false alarm on it.
    pub(crate) suspect: u32,
    /// Those that have picked it from its flight.
    pub(crate) picked: u32,
}

/// Something noticed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signal {
    pub(crate) layer: LayerId,
    pub(crate) operator: OperatorId,
    pub(crate) noticed: SimTime,
    pub(crate) genuine: bool,
    /// Whether an altered item was found, for everyone to see.
    pub(crate) found: bool,
    /// Whether its source is graded reliable, if sources are graded.
    pub(crate) reliable: Option<bool>,
    /// When the desk heard of it.
    pub(crate) reported: Option<SimTime>,
}

impl Detection {
    pub(crate) fn restart(&mut self, plan: &Plan) {
        self.operators = plan.scenario.operators.len();
        self.signals.clear();
        let cells = plan.layers.len() * self.operators;
        self.drawn.clear();
        self.drawn.resize(cells, 0);
        self.visited.clear();
        self.visited.resize(cells, SimTime::ZERO);
        self.visits_left.clear();
        self.visits_left.resize(cells, 0);
        self.clean.clear();
        self.clean.resize(cells, 0);
    }

    pub(crate) fn cell(&self, layer: LayerId, operator: OperatorId) -> usize {
        layer.index() * self.operators + operator.index()
    }
}

impl Engine<'_> {
    /// Draws the first candidate of every monitor and informant, and the phase of every audit.
    pub(crate) fn start_detection(&mut self) {
        for l in 0..self.plan.layers.len() {
            let layer = LayerId::from_index(l);
            for o in 0..self.plan.layers[l].watched.len() {
                let operator = self.plan.layers[l].watched[o];
                match self.plan.scenario.layers[l].method {
                    Method::PerItem { .. } => {}
                    Method::Audit { schedule, .. } => self.first_visit(layer, operator, schedule),
                    Method::Monitor { .. }
                    | Method::Tip { .. }
                    | Method::Whistleblower { .. }
                    | Method::Intelligence { .. } => self.next_candidate(layer, operator),
                }
            }
        }
    }

    fn pair_entity(&self, layer: LayerId, operator: OperatorId) -> Entity {
        self.plan.layers[layer.index()].entity.nth(self.plan.operator_entity(operator).0)
    }

    /// Rates of signals about an operator at an instant: with misuse, without, and the most that either can be.
    fn rates(&self, layer: LayerId, operator: OperatorId) -> (f64, f64, f64) {
        let s = &self.plan.scenario;
        let rates = s.layers[layer.index()].signal_rates(&s.operators[operator.index()]);
        let (r1, r0) = rates.map_or((0.0, 0.0), |(r1, r0)| (r1.a_milli(), r0.a_milli()));
        (r0 + self.defence.covers(layer) * (r1 - r0), r0, r1.max(r0))
    }

    fn next_candidate(&mut self, layer: LayerId, operator: OperatorId) {
        let (_, _, most) = self.rates(layer, operator);
        if most > 0.0 {
            let u = self.candidate_draw(layer, operator, 0);
            let gap = draw::exponential(u, 1.0 / most);
            self.calendar.schedule(self.now + SimDuration::from_millis_f64(gap), Event::Candidate(layer, operator));
        }
    }

    fn candidate_draw(&self, layer: LayerId, operator: OperatorId, slot: u64) -> f64 {
        let n = self.detection.drawn[self.detection.cell(layer, operator)];
        let mut stream = self.luck.stream(Purpose::TIP, self.pair_entity(layer, operator).nth(u64::from(n)));
        stream.skip_to(slot);
        stream.uniform()
    }

    /// A candidate becomes a signal with the chance that the moment calls for.
    pub(crate) fn candidate<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, observer: &mut O) {
        let (misuse, innocent, most) = self.rates(layer, operator);
        let u = self.candidate_draw(layer, operator, 1) * most;
        let says = &self.plan.scenario.layers[layer.index()];
        if self.defence.works(layer) && !self.defence.is_out(operator) {
            let misused = self.misused(says, operator, None);
            let now = match says.method {
                Method::Intelligence { .. } => innocent + self.activity(says, operator) * (misuse - innocent),
                _ => misuse,
            };
            if u < if misused { now } else { innocent } {
                let genuine = misused && u >= innocent;
                let graded = match says.method {
                    Method::Intelligence { reliable_if_true, reliable_if_false, .. } => {
                        let chance = if genuine { reliable_if_true } else { reliable_if_false };
                        Some(self.candidate_draw(layer, operator, 2) < chance.get())
                    }
                    _ => None,
                };
                self.notice(layer, operator, genuine, observer);
                if let Some(signal) = self.detection.signals.last_mut() {
                    signal.reliable = graded;
                }
            }
        }
        let cell = self.detection.cell(layer, operator);
        self.detection.drawn[cell] += 1;
        self.next_candidate(layer, operator);
    }

    /// Schedules the first visit of an audit.
    fn first_visit(&mut self, layer: LayerId, operator: OperatorId, schedule: Schedule) {
        let u = self.luck.stream(Purpose::AUDIT, self.pair_entity(layer, operator)).uniform();
        match schedule {
            Schedule::Every { every, .. } => {
                let phase = SimDuration::from_millis_f64(u * every.millis() as f64);
                self.calendar.schedule(SimTime::ZERO + phase, Event::Audit(layer, operator));
            }
            Schedule::AtRandom(_) => self.next_visit(layer, operator, schedule, 0),
            Schedule::Game { period, .. } => {
                self.calendar.schedule(SimTime::ZERO + period, Event::Audit(layer, operator))
            }
        }
    }

    /// Schedules the next visit, after `n` of them.
    fn next_visit(&mut self, layer: LayerId, operator: OperatorId, schedule: Schedule, n: u32) {
        let gap = match schedule {
            Schedule::Every { every, .. } => every,
            Schedule::Game { period, .. } => period,
            Schedule::AtRandom(visits) if visits.a_milli() > 0.0 => {
                let u = self.audit_draw(layer, operator, n, 1);
                SimDuration::from_millis_f64(draw::exponential(u, 1.0 / visits.a_milli()))
            }
            Schedule::AtRandom(_) => return,
        };
        self.calendar.schedule(self.now + gap, Event::Audit(layer, operator));
    }

    fn audit_draw(&self, layer: LayerId, operator: OperatorId, n: u32, slot: u64) -> f64 {
        let mut stream = self.luck.stream(Purpose::AUDIT, self.pair_entity(layer, operator).nth(u64::from(n)));
        stream.skip_to(slot);
        stream.uniform()
    }

    /// Whether the auditor comes at the end of the `n`-th period, and what is left of the cycle's visits then.
    fn comes(&mut self, layer: LayerId, operator: OperatorId, n: u32, periods: u32, visits: u32) -> bool {
        let cell = self.detection.cell(layer, operator);
        let place = n % periods;
        if place == 0 {
            self.detection.visits_left[cell] = visits;
        }
        let left = self.detection.visits_left[cell];
        let chance = self.plan.layers[layer.index()].visits[(periods - place - 1) as usize][left as usize];
        let comes = self.audit_draw(layer, operator, n, 1) < chance;
        self.detection.visits_left[cell] -= u32::from(comes);
        comes
    }

    pub(crate) fn audit<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, observer: &mut O) {
        let says = &self.plan.scenario.layers[layer.index()];
        let Method::Audit { schedule, finds, false_findings } = says.method else { return };
        let cell = self.detection.cell(layer, operator);
        let n = self.detection.drawn[cell];
        self.detection.drawn[cell] += 1;
        self.next_visit(layer, operator, schedule, n + 1);
        if let Schedule::Game { periods, visits, .. } = schedule
            && !self.comes(layer, operator, n, periods, visits)
        {
            return;
        }
        let since = std::mem::replace(&mut self.detection.visited[cell], self.now);
        if !self.defence.works(layer) || self.defence.is_out(operator) {
            return;
        }
        // Who comes at fixed intervals looks back over one; others, to the visit before.
        let since = match schedule {
            Schedule::Every { every, .. } => self.now - every,
            _ => since,
        };
        let u = self.audit_draw(layer, operator, n, 0);
        let misused = self.misused(says, operator, Some(since));
        let rests = match &self.plan.scenario.campaign {
            Some(c) if matches!(schedule, Schedule::Every { announced: true, .. }) => c.pauses_after_alert.get(),
            _ => 0.0,
        };
        let helps = self.plan.scenario.operators[operator.index()].helps_auditors.get();
        let found = self.defence.covers(layer) * helps * finds.get() * (1.0 - rests);
        if u < if misused { found.max(false_findings.get()) } else { false_findings.get() } {
            self.notice(layer, operator, misused && u >= false_findings.get(), observer);
        } else {
            let weight = self.plan.layers[layer.index()].weights[operator.index()].clean_audit;
            self.believe(operator, weight);
        }
    }

    /// For each consignment of a flight, the per-item layers that have picked it or might raise a false alarm on it.
    /// Drawn for the whole flight at once: nearly all goods are then never looked up again.
    pub(crate) fn looks(&mut self, traffic: TrafficId, flight: Entity, count: usize) -> Vec<Looks> {
        let mut marks = std::mem::take(&mut self.detection.marks);
        marks.clear();
        let layers = &self.plan.traffic[traffic.index()].item_layers;
        if layers.is_empty() {
            return marks;
        }
        marks.resize(count, Looks::default());
        self.detection.draws.resize(count, 0);
        for (k, layer) in layers.iter().enumerate() {
            let plan = &self.plan.layers[layer.index()];
            let entity = flight.nth(plan.entity.0);
            let chance = plan.false_alarm_bound;
            if let Method::PerItem { picks: Picks::PerFlight(opens), .. } =
                self.plan.scenario.layers[layer.index()].method
            {
                self.pick(*layer, entity, opens as usize, k, &mut marks);
                for looks in marks.iter_mut().filter(|looks| looks.picked & 1 << k != 0) {
                    looks.suspect |= 1 << k;
                }
                continue;
            }
            self.luck.stream(Purpose::LAYER, entity).fill(&mut self.detection.draws);
            for (looks, &draw) in marks.iter_mut().zip(&self.detection.draws) {
                looks.suspect |= u32::from(unit(draw) < chance) << k;
            }
        }
        marks
    }

    /// Picks so many consignments of a flight for a layer: those with the least marks. A mark belongs to its place on
    /// the flight, so that a layer that opens more opens the same ones too.
    fn pick(&mut self, layer: LayerId, entity: Entity, opens: usize, k: usize, looks: &mut [Looks]) {
        let mut stream = self.luck.stream(Purpose::LAYER, entity.nth(1));
        if stream.uniform() >= self.defence.covers(layer) {
            return;
        }
        stream.fill(&mut self.detection.draws);
        let marks = &self.detection.draws;
        let ranks = &mut self.detection.ranks;
        ranks.clear();
        ranks.extend(marks);
        let last = if opens < ranks.len() { *ranks.select_nth_unstable(opens).1 } else { u64::MAX };
        for (looks, &mark) in looks.iter_mut().zip(marks) {
            looks.picked |= u32::from(mark < last) << k;
        }
    }

    /// Gives the buffer back.
    pub(crate) fn return_looks(&mut self, looks: Vec<Looks>) {
        self.detection.marks = looks;
    }

    /// Per-item layers look at a consignment.
    #[inline]
    pub(crate) fn look_at<O: Observer>(&mut self, goods: &Goods, layers: &[LayerId], observer: &mut O) {
        let Some(operator) = self.handler(goods) else { return };
        let plan = self.plan;
        let altered = goods.item.filter(|i| self.is_altered(*i));
        let known = &plan.traffic[usize::from(goods.traffic)].item_layers;
        for &layer in layers {
            if !self.defence.works(layer) {
                continue;
            }
            let says = &plan.scenario.layers[layer.index()];
            let Method::PerItem { picks, false_alarms, .. } = says.method else { continue };
            let bit = known.iter().position(|l| *l == layer).map_or(0, |k| 1 << k);
            let covers = match picks {
                Picks::ByChance => self.defence.covers(layer),
                Picks::PerFlight(_) if goods.looks.picked & bit != 0 => 1.0,
                Picks::PerFlight(_) => continue,
            };
            if let Some(item) = altered.filter(|_| says.notices.contains(StepClass::Alter)) {
                // It may have been found at this place by the layer before.
                if self.is_altered(item) && self.item_draw(layer, goods, item) < covers * self.defence.catches(layer) {
                    self.find(item, Some(layer), observer);
                    self.notice_find(layer, operator, observer);
                    continue;
                }
            } else if goods.looks.suspect & bit != 0 && self.own_draw(layer, goods) < covers * false_alarms.get() {
                self.notice(layer, operator, false, observer);
                continue;
            }
            let cell = self.detection.cell(layer, operator);
            self.detection.clean[cell] += 1;
        }
    }

    /// Layers that watch goods outside hear of an altered one that has acted.
    pub(crate) fn look_at_action<O: Observer>(&mut self, item: ItemId, observer: &mut O) {
        let plan = self.plan;
        let Some(operator) = self.adversary.operator else { return };
        for &layer in &plan.at_action {
            if !self.defence.works(layer) || !plan.scenario.layers[layer.index()].notices.contains(StepClass::Alter) {
                continue;
            }
            let entity = self.item_entity(item).nth(plan.layers[layer.index()].entity.0);
            let u = self.luck.stream(Purpose::LAYER, entity.nth(1)).uniform();
            if u < self.defence.covers(layer) * self.defence.catches(layer) {
                self.notice_find(layer, operator, observer);
            }
        }
    }

    fn notice_find<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, observer: &mut O) {
        self.notice(layer, operator, true, observer);
        if let Some(signal) = self.detection.signals.last_mut() {
            signal.found = true;
        }
    }

    /// The layer's own draw for a consignment.
    fn own_draw(&self, layer: LayerId, goods: &Goods) -> f64 {
        let flight = self.plan.traffic[usize::from(goods.traffic)].entity.nth(u64::from(goods.flight));
        let mut stream = self.luck.stream(Purpose::LAYER, flight.nth(self.plan.layers[layer.index()].entity.0));
        stream.skip_to(u64::from(goods.place));
        stream.uniform()
    }

    /// The draw that decides whether a layer catches an altered item: its own, or one that its group shares. With one
    /// common draw all miss together with the least of their miss chances, as the beta-factor model says.
    fn item_draw(&self, layer: LayerId, goods: &Goods, item: ItemId) -> f64 {
        if let Some(g) = self.plan.layers[layer.index()].group {
            // A group draws under the name of its first layer: other groups change nothing.
            let first = self.plan.scenario.fail_together[g].layers[0];
            let entity = self.item_entity(item).nth(self.plan.layers[first.index()].entity.0);
            let mut stream = self.luck.stream(Purpose::LAYER, entity);
            if stream.uniform() < self.plan.scenario.fail_together[g].share.get() {
                return stream.uniform();
            }
        }
        self.own_draw(layer, goods)
    }

    fn notice<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, genuine: bool, observer: &mut O) {
        let signal = self.detection.signals.len() as u32;
        self.detection.signals.push(Signal {
            layer,
            operator,
            noticed: self.now,
            genuine,
            found: false,
            reliable: None,
            reported: None,
        });
        observer.record(self.now, &Record::Noticed { signal, layer, operator, genuine });
        let takes = self.plan.scenario.layers[layer.index()].report_takes;
        self.calendar.schedule(self.now + takes, Event::Report(signal));
    }
}
