//! Layers that notice, rightly or wrongly.

use crate::model::{LayerId, Method, OperatorId};
use crate::plan::Plan;
use crate::random::{Entity, Purpose, draw};
use crate::sim::counting::ChartState;
use crate::sim::covert_test::Practice;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::inspection::Buffers;
use crate::sim::record::{Observer, Record};
use crate::sim::risk::Scores;
use crate::time::{SimDuration, SimTime};

/// The state of the layers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detection {
    /// Signals noticed so far.
    pub(crate) signals: Vec<Signal>,
    /// Candidates or audits drawn so far, by layer and operator.
    pub(super) drawn: Vec<u32>,
    /// When an auditor last came, by layer and operator.
    pub(super) visited: Vec<SimTime>,
    /// Visits left in this cycle of the inspection game, by layer and operator.
    pub(super) visits_left: Vec<u32>,
    /// Innocent items looked at without an alarm since the desk last asked, by layer and operator. Of a layer that
    /// looks at a share, all that passed; of one that shares out its work by risk, weighted accordingly.
    pub(crate) clean: Vec<f64>,
    /// Control charts, by layer and operator.
    pub(super) charts: Vec<ChartState>,
    /// What layers that pick by risk know, by layer.
    pub(super) scores: Vec<Scores>,
    /// What layers have learnt from tests, by layer.
    pub(crate) practice: Vec<Practice>,
    /// Tests that are over, by testing layer.
    pub(super) tested: Vec<u32>,
    operators: usize,
    pub(super) buffers: Buffers,
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
        self.clean.resize(cells, 0.0);
        self.charts.clear();
        self.charts.resize(cells, ChartState::default());
        self.scores.resize_with(plan.layers.len(), Scores::default);
        self.scores.iter_mut().enumerate().for_each(|(l, s)| s.restart(plan, LayerId::from_index(l)));
        self.practice.clear();
        self.practice.resize(plan.layers.len(), Practice::default());
        self.tested.clear();
        self.tested.resize(plan.layers.len(), 0);
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
            self.next_test(layer);
            for o in 0..self.plan.layers[l].watched.len() {
                let operator = self.plan.layers[l].watched[o];
                match self.plan.scenario.layers[l].method {
                    Method::PerItem { .. } | Method::CovertTest { .. } => {}
                    Method::Chart(_) => self.start_chart(layer, operator),
                    Method::Audit { schedule, .. } => self.first_visit(layer, operator, schedule),
                    Method::Monitor { .. }
                    | Method::Tip { .. }
                    | Method::Whistleblower { .. }
                    | Method::Intelligence { .. }
                    | Method::Surveillance { .. }
                    | Method::Breach { .. } => self.next_candidate(layer, operator),
                }
            }
        }
    }

    pub(super) fn pair_entity(&self, layer: LayerId, operator: OperatorId) -> Entity {
        self.plan.layers[layer.index()].entity.nth(self.plan.operator_entity(operator).0)
    }

    /// Rates of signals about an operator at an instant: with misuse, without, and the most that either can be.
    fn rates(&self, layer: LayerId, operator: OperatorId) -> (f64, f64, f64) {
        let s = &self.plan.scenario;
        let rates = s.layers[layer.index()].signal_rates(&s.operators[operator.index()]);
        let (r1, r0) = rates.map_or((0.0, 0.0), |(r1, r0)| (r1.a_milli(), r0.a_milli()));
        (r0 + self.covers_now(layer) * (r1 - r0), r0, r1.max(r0))
    }

    /// What a layer covers at this time of day.
    #[inline]
    pub(super) fn covers_now(&self, layer: LayerId) -> f64 {
        self.defence.covers(layer) * self.plan.scenario.layers[layer.index()].share_at(self.now)
    }

    /// How often a layer catches an altered item that it looks at, with what it has learnt from tests.
    pub(super) fn catches(&self, layer: LayerId) -> f64 {
        let catches = self.defence.catches(layer);
        catches + self.detection.practice[layer.index()].lift_at(self.now) * (1.0 - catches)
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
                Method::Monitor { .. } => innocent + self.traces() * (misuse - innocent),
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

    pub(super) fn notice<O: Observer>(
        &mut self,
        layer: LayerId,
        operator: OperatorId,
        genuine: bool,
        observer: &mut O,
    ) {
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
        self.count_alarm(layer, operator, genuine);
        let takes = self.plan.scenario.layers[layer.index()].report_takes;
        self.calendar.schedule(self.now + takes, Event::Report(signal));
    }
}
