//! Layers that notice, rightly or wrongly.

use crate::model::{LayerId, Method, OperatorId, StationId, StepClass, TrafficId};
use crate::plan::Plan;
use crate::random::{Entity, Purpose, draw, unit};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};
use crate::time::{SimDuration, SimTime};

/// The state of the layers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detection {
    /// Signals noticed so far.
    pub(crate) signals: Vec<Signal>,
    /// Candidates or audits drawn so far, by layer and operator.
    drawn: Vec<u32>,
    /// Innocent items looked at without an alarm since the desk last asked, by layer and operator.
    pub(crate) clean: Vec<u32>,
    operators: usize,
    suspects: Vec<u32>,
    draws: Vec<u64>,
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
                    Method::Monitor { .. } | Method::Tip { .. } => self.next_candidate(layer, operator),
                    Method::Audit { every, .. } => {
                        let u = self.luck.stream(Purpose::AUDIT, self.pair_entity(layer, operator)).uniform();
                        let phase = SimDuration::from_millis_f64(u * every.millis() as f64);
                        self.calendar.schedule(SimTime::ZERO + phase, Event::Audit(layer, operator));
                    }
                }
            }
        }
    }

    fn pair_entity(&self, layer: LayerId, operator: OperatorId) -> Entity {
        self.plan.layers[layer.index()].entity.nth(self.plan.operator_entity(operator).0)
    }

    /// Rates of a monitor or an informant at an instant: with misuse, without, and the most that either can be.
    fn rates(&self, layer: LayerId) -> (f64, f64, f64) {
        let (r1, r0) = match self.plan.scenario.layers[layer.index()].method {
            Method::Monitor { alarms_if_misused, false_alarms } => {
                (alarms_if_misused.a_milli(), false_alarms.a_milli())
            }
            Method::Tip { true_reports, false_reports } => (true_reports.a_milli(), false_reports.a_milli()),
            Method::PerItem { .. } | Method::Audit { .. } => (0.0, 0.0),
        };
        (r0 + self.defence.covers(layer) * (r1 - r0), r0, r1.max(r0))
    }

    fn next_candidate(&mut self, layer: LayerId, operator: OperatorId) {
        let (_, _, most) = self.rates(layer);
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

    /// A candidate of a monitor or an informant becomes a signal with the chance that the moment calls for.
    pub(crate) fn candidate<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, observer: &mut O) {
        let (misuse, innocent, most) = self.rates(layer);
        let u = self.candidate_draw(layer, operator, 1) * most;
        let cell = self.detection.cell(layer, operator);
        self.detection.drawn[cell] += 1;
        if self.defence.works(layer) && !self.defence.is_out(operator) {
            let misused = self.misused(&self.plan.scenario.layers[layer.index()], operator, None);
            if u < if misused { misuse } else { innocent } {
                self.notice(layer, operator, misused && u >= innocent, observer);
            }
        }
        self.next_candidate(layer, operator);
    }

    pub(crate) fn audit<O: Observer>(&mut self, layer: LayerId, operator: OperatorId, observer: &mut O) {
        let says = &self.plan.scenario.layers[layer.index()];
        let Method::Audit { every, announced, finds, false_findings } = says.method else { return };
        let cell = self.detection.cell(layer, operator);
        let n = self.detection.drawn[cell];
        self.detection.drawn[cell] += 1;
        self.calendar.schedule(self.now + every, Event::Audit(layer, operator));
        if !self.defence.works(layer) || self.defence.is_out(operator) {
            return;
        }
        let u = self.luck.stream(Purpose::AUDIT, self.pair_entity(layer, operator).nth(u64::from(n))).uniform();
        let misused = self.misused(says, operator, Some(self.now - every));
        let rests = match &self.plan.scenario.campaign {
            Some(c) if announced => c.pauses_after_alert.get(),
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

    /// For each consignment of a flight, the per-item layers that might raise a false alarm on it. Drawn for the whole
    /// flight at once: nearly all goods are then never looked up again.
    pub(crate) fn suspects(&mut self, traffic: TrafficId, flight: Entity, count: usize) -> Vec<u32> {
        let mut suspects = std::mem::take(&mut self.detection.suspects);
        suspects.clear();
        let layers = &self.plan.traffic[traffic.index()].item_layers;
        if layers.is_empty() {
            return suspects;
        }
        suspects.resize(count, 0);
        self.detection.draws.resize(count, 0);
        for (k, layer) in layers.iter().enumerate() {
            let plan = &self.plan.layers[layer.index()];
            self.luck.stream(Purpose::LAYER, flight.nth(plan.entity.0)).fill(&mut self.detection.draws);
            for (bits, &draw) in suspects.iter_mut().zip(&self.detection.draws) {
                *bits |= u32::from(unit(draw) < plan.false_alarm_bound) << k;
            }
        }
        suspects
    }

    /// Gives the buffer back.
    pub(crate) fn return_suspects(&mut self, suspects: Vec<u32>) {
        self.detection.suspects = suspects;
    }

    /// The per-item layers of a station look at a consignment.
    #[inline]
    pub(crate) fn look_at<O: Observer>(&mut self, at: u32, station: StationId, observer: &mut O) {
        let Some(operator) = self.handler(at) else { return };
        let goods = *self.flow.goods.get(at);
        let plan = self.plan;
        let altered = goods.item.filter(|i| self.is_altered(*i));
        let known = &plan.traffic[usize::from(goods.traffic)].item_layers;
        for &layer in &plan.stations[station.index()].layers {
            if !self.defence.works(layer) {
                continue;
            }
            let says = &plan.scenario.layers[layer.index()];
            let Method::PerItem { false_alarms, .. } = says.method else { continue };
            let covers = self.defence.covers(layer);
            let suspect = known.iter().position(|l| *l == layer).is_some_and(|k| goods.suspect & 1 << k != 0);
            if let Some(item) = altered.filter(|_| says.notices.contains(StepClass::Alter)) {
                // It may have been found at this station by the layer before.
                if self.is_altered(item) && self.item_draw(layer, &goods, item) < covers * self.defence.catches(layer) {
                    self.find(item, Some(layer), observer);
                    self.notice(layer, operator, true, observer);
                    if let Some(signal) = self.detection.signals.last_mut() {
                        signal.found = true;
                    }
                    continue;
                }
            } else if suspect && self.own_draw(layer, &goods) < covers * false_alarms.get() {
                self.notice(layer, operator, false, observer);
                continue;
            }
            let cell = self.detection.cell(layer, operator);
            self.detection.clean[cell] += 1;
        }
    }

    /// The layer's own draw for a consignment.
    fn own_draw(&self, layer: LayerId, goods: &crate::sim::goods::Goods) -> f64 {
        let flight = self.plan.traffic[usize::from(goods.traffic)].entity.nth(u64::from(goods.flight));
        let mut stream = self.luck.stream(Purpose::LAYER, flight.nth(self.plan.layers[layer.index()].entity.0));
        stream.skip_to(u64::from(goods.place));
        stream.uniform()
    }

    /// The draw that decides whether a layer catches an altered item: its own, or one that its group shares. With one
    /// common draw all miss together with the least of their miss chances, as the beta-factor model says.
    fn item_draw(&self, layer: LayerId, goods: &crate::sim::goods::Goods, item: crate::model::ItemId) -> f64 {
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
            reported: None,
        });
        observer.record(self.now, &Record::Noticed { signal, layer, operator, genuine });
        let takes = self.plan.scenario.layers[layer.index()].report_takes;
        self.calendar.schedule(self.now + takes, Event::Report(signal));
    }
}
