//! Attempts at steps: when they are due, whether they work, and what comes of them.

use crate::model::{Adversary as Level, Repeats, StepClass, StepEffect, StepId};
use crate::random::{Entity, Purpose, draw};
use crate::sim::detail::ChargedFor;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::record::{Observer, Record};
use crate::time::SimDuration;

impl Engine<'_> {
    /// Schedules the next attempt at a step that repeats. The `first` of those at fixed intervals comes at a random time
    /// within the first interval.
    pub(super) fn next_attempt(&mut self, id: StepId, first: bool) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let tempo = self.adversary.tempo;
        let due = self.adversary.steps[id.index()].due;
        let u = || self.luck.stream(Purpose::CAMPAIGN, self.attempt_entity(id, due)).uniform();
        let gap = match campaign.steps[id.index()].repeats {
            Repeats::At(rate) if rate.a_milli() * tempo > 0.0 => draw::exponential(u(), 1.0 / (rate.a_milli() * tempo)),
            Repeats::Every(interval) if tempo > 0.0 => interval.millis() as f64 / tempo * if first { u() } else { 1.0 },
            _ => return,
        };
        self.adversary.steps[id.index()].scheduled = true;
        self.calendar.schedule(self.now + SimDuration::from_millis_f64(gap), Event::Attempt(id, due));
    }

    pub(super) fn attempt_entity(&self, id: StepId, attempt: u32) -> Entity {
        let name = self.plan.scenario.campaign.as_ref().map_or("", |c| &c.steps[id.index()].id);
        Entity::of("campaign.steps").with(name).nth(u64::from(attempt))
    }

    /// An attempt at a step is due: it is made, or what the adversary holds for better.
    pub(crate) fn attempt(&mut self, id: StepId, due: u32) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let state = &mut self.adversary.steps[id.index()];
        if state.due != due {
            return;
        }
        state.scheduled = false;
        state.due += 1;
        if !state.open {
            // A fixed interval goes on while there is nothing to try.
            if matches!(campaign.steps[id.index()].repeats, Repeats::Every(_)) {
                self.next_attempt(id, false);
            }
            return;
        }
        if campaign.adversary == Level::Fixed {
            // What does not take place because of a pause has its luck all the same.
            let n = state.attempts;
            state.attempts += 1;
            if !self.quiet() {
                self.begin_attempt(id, n);
            }
        } else if !self.quiet() {
            match self.choose(id, due) {
                Some(chosen) => {
                    let state = &mut self.adversary.steps[chosen.index()];
                    state.going = true;
                    let n = state.attempts;
                    state.attempts += 1;
                    self.begin_attempt(chosen, n);
                }
                None => self.rest(id),
            }
        }
        self.next_attempt(id, false);
    }

    fn begin_attempt(&mut self, id: StepId, attempt: u32) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        if self.afford(id) {
            self.adversary.tries += 1;
            self.calendar.schedule(self.now + campaign.steps[id.index()].takes, Event::Finish(id, attempt));
        }
    }

    /// Takes the effort of an attempt from the budget, if it is there.
    pub(super) fn afford(&mut self, id: StepId) -> bool {
        let Some(campaign) = &self.plan.scenario.campaign else { return false };
        let spent = self.adversary.spent + campaign.steps[id.index()].effort;
        if campaign.budget.is_some_and(|budget| spent > budget) {
            return false;
        }
        self.adversary.spent = spent;
        true
    }

    /// Nothing of a step goes on for now.
    pub(super) fn rest(&mut self, id: StepId) {
        let state = &mut self.adversary.steps[id.index()];
        if state.going {
            state.going = false;
            state.last = Some(self.now);
        }
    }

    pub(crate) fn finish<O: Observer>(&mut self, id: StepId, attempt: u32, observer: &mut O) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        if attempt < self.adversary.steps[id.index()].since {
            // It was begun through an operator that the campaign has left.
            return;
        }
        let step = &campaign.steps[id.index()];
        let state = &self.adversary.steps[id.index()];
        if attempt < state.void {
            let alters = step.class == StepClass::Alter;
            observer.record(self.now, &Record::Attempted { step: id, worked: false, first: false, alters });
            return;
        }
        let worked = step.class == StepClass::Compel || {
            let mut stream = self.luck.stream(Purpose::CAMPAIGN, self.attempt_entity(id, attempt));
            stream.skip_to(1);
            let unhindered = if state.is_lawful(step.class) { 1.0 } else { self.defence.unhindered(step.class) };
            stream.uniform() < step.succeeds.get() * unhindered
        };
        let mut worked = worked && !self.shut_out();
        if let (Some(operator), false) = (self.adversary.operator, self.shut_out()) {
            self.count_attempt(id, operator);
            if let Some(zone) = step.enters {
                let act = self.attempt_entity(id, attempt);
                worked &= !self.break_in(id, act, zone, observer);
                self.seen_in(step.class, zone, act, observer);
            }
        }
        let state = &mut self.adversary.steps[id.index()];
        let first = worked && !state.done;
        state.done |= worked;
        // A person is won over once; what is not repeated is over, whatever came of it.
        let over = matches!(step.repeats, Repeats::Once)
            || (worked && matches!(step.class, StepClass::Recruit | StepClass::Compel));
        if over {
            state.open = false;
            state.going = false;
            state.last = Some(self.now);
        }
        observer
            .record(self.now, &Record::Attempted { step: id, worked, first, alters: step.class == StepClass::Alter });
        if first {
            self.watch_hold();
            self.spread_authority();
            for s in 0..campaign.steps.len() {
                self.try_open(StepId::from_index(s));
            }
        }
        if worked {
            match step.class {
                StepClass::Collect => match step.enters {
                    Some(zone) => self.read_labels(zone, observer),
                    None => self.collect(observer),
                },
                StepClass::MoveOut => self.move_out(observer),
                StepClass::Alter => {
                    self.alteration.wanted += 1;
                    self.await_goods();
                }
                StepClass::Compel
                | StepClass::Recruit
                | StepClass::Conceal
                | StepClass::Trigger
                | StepClass::Exploit => {}
            }
            match step.effect {
                StepEffect::Plain => {}
                StepEffect::Hides { share, lasts } => {
                    self.adversary.hidden = share.get();
                    self.adversary.hidden_until = self.now + lasts;
                }
                StepEffect::SetsOff(chance) => self.trigger(chance.get(), observer),
                StepEffect::Loses(all) => {
                    let loss = all.times(self.catalogue_share());
                    self.charge_loss(loss, ChargedFor::Use(id), observer);
                    observer.record(self.now, &Record::Exploited { loss });
                }
            }
        }
    }
}
