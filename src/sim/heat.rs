//! What the campaign does when it notices that somebody looks: it slows down, lies low, or moves on.

use crate::model::{OperatorId, TrafficId};
use crate::random::{Entity, Purpose};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};

impl Engine<'_> {
    /// The adversary notices that somebody looks at its operator, or has put it out.
    pub(crate) fn alert<O: Observer>(&mut self, operator: OperatorId, observer: &mut O) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let lies_low = self.now < self.adversary.paused_until;
        if !self.campaign_runs_through(operator) || (lies_low && !self.shut_out()) {
            return;
        }
        let entity = Entity::of("campaign.pauses").nth(u64::from(self.adversary.alerts));
        self.adversary.alerts += 1;
        self.adversary.tempo *= campaign.heat.slows.complement().get();
        let mut stream = self.luck.stream(Purpose::PAUSE, entity);
        let (pauses, operator, goods) = (stream.uniform(), stream.uniform(), stream.uniform());
        if !self.shut_out() && pauses < campaign.pauses_after_alert.get() {
            self.let_rest();
            let until = self.now + campaign.pause;
            self.adversary.paused_until = until;
            observer.record(self.now, &Record::Paused { until });
            self.calendar.schedule(until, Event::Resume);
        } else if operator < campaign.heat.changes_operator.get() && self.move_on(observer) {
            // All that it had at the first operator has to be won again.
        } else if goods < campaign.heat.changes_goods.get() {
            self.change_goods(observer);
        }
    }

    pub(crate) fn resume<O: Observer>(&mut self, observer: &mut O) {
        if !self.shut_out() {
            observer.record(self.now, &Record::Resumed);
        }
    }

    /// Moves on to the other operator, unless that one is out. What waits to be moved out it takes along.
    fn move_on<O: Observer>(&mut self, observer: &mut O) -> bool {
        let (Some(campaign), Some(from)) = (&self.plan.scenario.campaign, self.adversary.operator) else {
            return false;
        };
        let to = if from == campaign.uses { campaign.elsewhere } else { campaign.uses };
        if self.defence.is_out(to) {
            return false;
        }
        self.let_rest();
        // What it has borne so far it has borne without part in it.
        self.bear(to, 0.0, None, observer);
        let adversary = &mut self.adversary;
        adversary.operator = Some(to);
        if !adversary.uses.contains(&to) {
            adversary.uses.push(to);
            if let Some(touched) = &mut self.touched {
                touched.records_from(self.plan, to, self.now);
            }
        }
        let adversary = &mut self.adversary;
        adversary.awaits_demand = false;
        adversary.altered_last = None;
        adversary.leaves = None;
        for state in &mut adversary.steps {
            let since = state.due.max(state.attempts) + 1;
            *state = super::adversary::StepState { due: since, attempts: since, since, ..Default::default() };
        }
        self.alteration.wanted = 0;
        observer.record(self.now, &Record::MovedOn { operator: to });
        self.watch_hold();
        self.open_steps();
        true
    }

    /// Leaves the traffic class alone in which goods were altered last, if there is another to turn to.
    fn change_goods<O: Observer>(&mut self, observer: &mut O) {
        let Some(leaves) = self.adversary.altered_last else { return };
        let critical = |t: TrafficId| {
            let class = &self.plan.scenario.traffic[t.index()];
            Some(class.handled_by) == self.adversary.operator && class.integrity_critical.get() > 0.0
        };
        let another = (0..self.plan.traffic.len()).map(TrafficId::from_index).any(|t| t != leaves && critical(t));
        if another && self.adversary.leaves != Some(leaves) {
            self.adversary.leaves = Some(leaves);
            observer.record(self.now, &Record::ChangedGoods { leaves });
        }
    }
}
