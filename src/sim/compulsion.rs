//! Demands that the law of an owner's home country makes of the campaign's operator.

use crate::model::{CompulsionLaw, OperatorId, StepClass, StepId};
use crate::random::{Entity, Purpose, draw};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};
use crate::time::SimDuration;

impl Engine<'_> {
    /// Schedules the next demand, if a step waits for one and none is on its way.
    pub(super) fn next_demand(&mut self) {
        let (Some(campaign), Some(operator)) = (&self.plan.scenario.campaign, self.adversary.operator) else { return };
        let waits = campaign
            .steps
            .iter()
            .zip(&self.adversary.steps)
            .any(|(step, state)| step.class == StepClass::Compel && state.open && !state.going);
        let CompulsionLaw::Applies { demands, .. } = self.plan.scenario.operators[operator.index()].law else { return };
        if waits && !self.adversary.awaits_demand && demands.a_milli() > 0.0 {
            self.adversary.awaits_demand = true;
            let entity = self.demand_entity();
            let u = self.luck.stream(Purpose::DEMANDS, entity).uniform();
            let gap = draw::exponential(u, 1.0 / demands.a_milli());
            self.calendar.schedule(self.now + SimDuration::from_millis_f64(gap), Event::Demand(operator));
        }
    }

    /// Whose luck the next demand is. The n-th demand is the same in every world, whoever it is made to.
    fn demand_entity(&self) -> Entity {
        Entity::of("campaign.demands").nth(u64::from(self.adversary.demands))
    }

    pub(crate) fn demand<O: Observer>(&mut self, operator: OperatorId, observer: &mut O) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        if self.adversary.operator != Some(operator) {
            // It has moved on since.
            return;
        }
        let CompulsionLaw::Applies { complied_with, .. } = self.plan.scenario.operators[operator.index()].law else {
            return;
        };
        let mut stream = self.luck.stream(Purpose::DEMANDS, self.demand_entity());
        stream.skip_to(1);
        let complied = stream.uniform() < complied_with.get() * self.defence.demands_heeded(operator);
        self.adversary.demands += 1;
        self.adversary.awaits_demand = false;
        observer.record(self.now, &Record::Demanded { operator, complied });
        if complied {
            for (s, step) in campaign.steps.iter().enumerate() {
                let state = &mut self.adversary.steps[s];
                if step.class == StepClass::Compel && state.open && !state.going {
                    state.going = true;
                    let attempt = state.attempts;
                    self.calendar.schedule(self.now + step.takes, Event::Finish(StepId::from_index(s), attempt));
                }
            }
        }
        self.next_demand();
    }
}
