//! Auditors: when they come, and what they find.

use crate::model::{LayerId, Method, OperatorId, Schedule};
use crate::random::{Purpose, draw};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::Observer;
use crate::time::{SimDuration, SimTime};

impl Engine<'_> {
    /// Schedules the first visit of an audit.
    pub(super) fn first_visit(&mut self, layer: LayerId, operator: OperatorId, schedule: Schedule) {
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
        let found = self.defence.covers(layer) * helps * finds.get() * (1.0 - rests) * self.traces();
        if u < if misused { found.max(false_findings.get()) } else { false_findings.get() } {
            self.notice(layer, operator, misused && u >= false_findings.get(), observer);
        } else {
            let weight = self.plan.layers[layer.index()].weights[operator.index()].clean_audit;
            self.believe(operator, weight);
        }
    }
}
