//! What is done in zones of the hub: break-ins, and people who watch.

use crate::model::{LayerId, Method, StepClass, StepId, ZoneId};
use crate::numeric::breach;
use crate::random::{Entity, Purpose};
use crate::sim::engine::Engine;
use crate::sim::record::{Observer, Record};

impl Engine<'_> {
    /// An attempt breaks into a zone. Whether whoever guards it stops the attempt.
    pub(crate) fn break_in<O: Observer>(
        &mut self,
        step: StepId,
        attempt: Entity,
        zone: ZoneId,
        observer: &mut O,
    ) -> bool {
        let plan = self.plan;
        let Some(operator) = self.adversary.operator else { return false };
        let mut stopped = false;
        for &layer in &plan.in_zones {
            let says = &plan.scenario.layers[layer.index()];
            let Method::Breach { guard, .. } = &says.method else { continue };
            // Nobody has a right to break in, so that no authority hides it.
            if !self.defence.works(layer) || !self.notices(step, layer) {
                continue;
            }
            let mut stream = self.luck.stream(Purpose::LAYER, attempt.nth(plan.layers[layer.index()].entity.0));
            let (armed, way, fight) = (stream.uniform(), stream.uniform(), stream.uniform());
            if armed >= self.covers_zone(layer, zone) {
                continue;
            }
            let path = if self.chooses() { guard.weakest() } else { guard.path_by(way) };
            let race = breach::play(&path.tasks, &guard.response, guard.reading, || stream.uniform());
            let caught = race.interrupted && fight < guard.neutralises.get();
            stopped |= caught;
            let detected = race.detected.is_some();
            observer.record(self.now, &Record::BrokeIn { step, layer, detected, stopped: caught });
            if detected {
                self.notice(layer, operator, true, observer);
            }
        }
        stopped
    }

    /// Something of a class of steps is done in a zone: whoever watches there may see it. `act` is its luck.
    pub(crate) fn seen_in<O: Observer>(&mut self, class: StepClass, zone: ZoneId, act: Entity, observer: &mut O) {
        let plan = self.plan;
        let Some(operator) = self.adversary.operator else { return };
        for &layer in &plan.in_zones {
            let says = &plan.scenario.layers[layer.index()];
            let Method::Surveillance { sees, .. } = says.method else { continue };
            if !self.defence.works(layer) || !says.notices.contains(class) {
                continue;
            }
            let entity = act.nth(plan.layers[layer.index()].entity.0);
            let u = self.luck.stream(Purpose::LAYER, entity).uniform();
            if u < self.covers_zone(layer, zone) * sees.get() {
                self.notice(layer, operator, true, observer);
            }
        }
    }

    fn covers_zone(&self, layer: LayerId, zone: ZoneId) -> f64 {
        self.covers_now(layer) * self.plan.scenario.layers[layer.index()].share_in(zone)
    }
}
