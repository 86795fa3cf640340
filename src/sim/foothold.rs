//! What the campaign holds of its operator, for how long, and resets of systems that take it away.

use crate::model::{Effect, OperatorId, Repeats, SafeguardId, StepClass, StepId};
use crate::random::{Entity, Purpose};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};
use crate::time::{SimDuration, SimTime};

/// Time in which the campaign held a foothold or a complied demand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hold {
    /// Since when it has held something without a break.
    since: Option<SimTime>,
    /// Stretches of time before that, from the warm-up on.
    pub(crate) stretches: Vec<(SimTime, SimTime)>,
}

impl Hold {
    pub(super) fn restart(&mut self) {
        self.since = None;
        self.stretches.clear();
    }

    /// Ends the present stretch.
    fn end(&mut self, now: SimTime, counting_from: SimTime) {
        if let Some(since) = self.since.take().map(|since| since.max(counting_from)).filter(|since| *since < now) {
            self.stretches.push((since, now));
        }
    }
}

impl Engine<'_> {
    /// Notes that the campaign came to hold something, or holds nothing any more.
    pub(super) fn watch_hold(&mut self) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let opens_a_door = |class| matches!(class, StepClass::Recruit | StepClass::Compel);
        let steps = campaign.steps.iter().zip(&self.adversary.steps);
        let holds = !self.shut_out() && steps.into_iter().any(|(step, state)| state.done && opens_a_door(step.class));
        let hold = &mut self.adversary.hold;
        if holds != hold.since.is_some() {
            hold.end(self.now, self.counting_from);
            hold.since = holds.then_some(self.now);
        }
    }

    /// The story is over: the stretch that goes on ends with it.
    pub(super) fn end_hold(&mut self) {
        let now = self.now;
        self.adversary.hold.end(now, self.counting_from);
    }

    /// Schedules the first reset of each operator whose systems a safeguard sets up anew.
    pub(super) fn start_resets(&mut self, safeguard: SafeguardId) {
        for o in 0..self.plan.scenario.operators.len() {
            let operator = OperatorId::from_index(o);
            if let Some(every) = self.resets_every(safeguard, operator) {
                let name = Entity::of("safeguards").with(&self.plan.scenario.safeguards[safeguard.index()].id);
                let entity = name.nth(self.plan.operator_entity(operator).0);
                let u = self.luck.stream(Purpose::RESET, entity).uniform();
                let phase = SimDuration::from_millis_f64(u * every.millis() as f64);
                self.calendar.schedule(self.now + phase, Event::Reset(safeguard, operator));
            }
        }
    }

    fn resets_every(&self, safeguard: SafeguardId, operator: OperatorId) -> Option<SimDuration> {
        let does = self.plan.scenario.safeguards[safeguard.index()].does.iter();
        does.filter_map(|effect| match *effect {
            Effect::Reset(o, every) if o == operator => Some(every),
            Effect::ResetAll(every) => Some(every),
            _ => None,
        })
        .min()
    }

    /// An operator's systems are set up anew: what is held there covertly is lost.
    pub(crate) fn reset_systems<O: Observer>(
        &mut self,
        safeguard: SafeguardId,
        operator: OperatorId,
        observer: &mut O,
    ) {
        if let Some(every) = self.resets_every(safeguard, operator) {
            self.calendar.schedule(self.now + every, Event::Reset(safeguard, operator));
        }
        let lost = self.campaign_runs_through(operator) && self.lose_footholds();
        observer.record(self.now, &Record::Reset { operator, lost });
    }

    /// The campaign loses people won over and copies not yet moved out, except where a complied demand covers them.
    /// What came after stops until it is won again. Whether anything was lost.
    fn lose_footholds(&mut self) -> bool {
        let Some(campaign) = &self.plan.scenario.campaign else { return false };
        let (mut lost, mut lawful_copies) = (false, false);
        for (step, state) in campaign.steps.iter().zip(&mut self.adversary.steps) {
            let held = matches!(step.class, StepClass::Recruit | StepClass::Collect) && state.done;
            if held && state.authorised {
                lawful_copies |= step.class == StepClass::Collect;
            } else if held {
                state.done = false;
                state.again = true;
                lost |= step.class == StepClass::Recruit;
            }
        }
        if !lawful_copies {
            lost |= self.lose_copies();
        }
        for (s, step) in campaign.steps.iter().enumerate() {
            let goes_on = self.may_begin(&step.after);
            let state = &mut self.adversary.steps[s];
            if state.open && !goes_on && !state.authorised {
                state.open = false;
                state.void = state.attempts;
                state.again = step.repeats == Repeats::Once;
                state.last = if state.going { Some(self.now) } else { state.last };
                state.going = false;
            }
        }
        for s in 0..campaign.steps.len() {
            self.try_open(StepId::from_index(s));
        }
        self.watch_hold();
        lost
    }
}
