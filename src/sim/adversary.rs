//! The campaign as it unfolds: demands, attempts at steps, pauses.

use crate::model::{After, Campaign, CompulsionLaw, OperatorId, Repeats, StepClass, StepId, World};
use crate::plan::pursued;
use crate::random::{Entity, Purpose, draw};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::foothold::Hold;
use crate::sim::record::{Observer, Record};
use crate::time::{SimDuration, SimTime};

/// The state of the campaign.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adversary {
    /// Through whom the campaign runs in this world.
    pub(crate) operator: Option<OperatorId>,
    began: bool,
    paused_until: SimTime,
    pauses: u32,
    demands: u32,
    /// A demand is on its way.
    awaits_demand: bool,
    pub(super) steps: Vec<StepState>,
    /// For how long it has held something.
    pub(super) hold: Hold,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StepState {
    /// Its prerequisites are met and it has not ended.
    pub(super) open: bool,
    /// It has worked once.
    pub(super) done: bool,
    /// A complied demand covers it.
    pub(super) authorised: bool,
    pub(super) attempts: u32,
    /// Attempts before this one come to nothing: a reset cut them off.
    pub(super) void: u32,
    /// What is tried once may be tried once more, since a reset undid it.
    pub(super) again: bool,
    /// The next attempt of a step that repeats is on the calendar.
    scheduled: bool,
    /// Something of it goes on.
    pub(super) going: bool,
    /// When something of it last went on and then ceased.
    pub(super) last: Option<SimTime>,
}

impl StepState {
    /// Whether the step is lawful use, since a complied demand covers it.
    pub(super) fn is_lawful(&self, class: StepClass) -> bool {
        self.authorised && matches!(class, StepClass::Collect | StepClass::MoveOut)
    }
}

/// Whether a layer takes a step for lawful use: a complied demand covers it, and the layer does not see purpose.
fn hides(state: &StepState, class: StepClass, layer: &crate::model::Layer) -> bool {
    state.is_lawful(class) && !layer.sees_purpose
}

impl Adversary {
    pub(crate) fn restart(&mut self, campaign: Option<&Campaign>, world: World) {
        self.operator = campaign.and_then(|c| match world {
            World::Real => Some(c.uses),
            World::Elsewhere => Some(c.elsewhere),
            World::Innocent => None,
        });
        self.began = false;
        self.paused_until = SimTime::ZERO;
        self.pauses = 0;
        self.demands = 0;
        self.awaits_demand = false;
        self.steps.clear();
        self.steps.resize(campaign.map_or(0, |c| c.steps.len()), StepState::default());
        self.hold = Hold::default();
    }
}

impl Engine<'_> {
    pub(crate) fn start_campaign(&mut self) {
        if let (Some(c), Some(_)) = (&self.plan.scenario.campaign, self.adversary.operator) {
            self.calendar.schedule(c.starts, Event::CampaignStarts);
        }
    }

    /// Whether there is a campaign through this operator, begun or not.
    pub(crate) fn takes_part(&self, operator: OperatorId) -> bool {
        self.adversary.operator == Some(operator)
    }

    /// Whether a campaign through this operator has begun.
    pub(crate) fn campaign_runs_through(&self, operator: OperatorId) -> bool {
        self.adversary.began && self.takes_part(operator)
    }

    /// Whether a step that the layer can notice goes on through the operator now, or did after `since`.
    pub(crate) fn misused(&self, layer: &crate::model::Layer, operator: OperatorId, since: Option<SimTime>) -> bool {
        let Some(campaign) = &self.plan.scenario.campaign else { return false };
        if !self.campaign_runs_through(operator) {
            return false;
        }
        let quiet = self.quiet();
        campaign.steps.iter().zip(&self.adversary.steps).any(|(step, state)| {
            let now = state.going && !quiet;
            let lately = since.is_some_and(|t| state.last.is_some_and(|last| last > t));
            (now || lately) && layer.notices.contains(step.class) && !hides(state, step.class, layer)
        })
    }

    /// How much of what the layer can notice goes on through the operator now, from 0, nothing, to 1, all of it.
    pub(crate) fn activity(&self, layer: &crate::model::Layer, operator: OperatorId) -> f64 {
        let Some(campaign) = &self.plan.scenario.campaign else { return 0.0 };
        if !self.campaign_runs_through(operator) || self.quiet() {
            return 0.0;
        }
        let noticed = |class| layer.notices.contains(class) && pursued(class, &campaign.goals);
        let (mut all, mut going) = (0_u32, 0_u32);
        for (step, state) in campaign.steps.iter().zip(&self.adversary.steps).filter(|(s, _)| noticed(s.class)) {
            let hidden = hides(state, step.class, layer);
            all += 1;
            going += u32::from(state.going && !hidden);
        }
        if all == 0 { 0.0 } else { f64::from(going) / f64::from(all) }
    }

    pub(crate) fn campaign_starts<O: Observer>(&mut self, observer: &mut O) {
        let (Some(campaign), Some(operator)) = (&self.plan.scenario.campaign, self.adversary.operator) else { return };
        self.adversary.began = true;
        observer.record(self.now, &Record::CampaignBegan { operator });
        for s in 0..campaign.steps.len() {
            self.try_open(StepId::from_index(s));
        }
    }

    /// Schedules the next demand, if a step waits for one and none is on its way.
    fn next_demand(&mut self) {
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
                    self.calendar.schedule(self.now + step.takes, Event::Finish(StepId::from_index(s), 0));
                }
            }
        }
        self.next_demand();
    }

    /// Whether what a step comes after has been done.
    pub(super) fn may_begin(&self, after: &After) -> bool {
        let done = |s: &StepId| self.adversary.steps[s.index()].done;
        match after {
            After::Start => true,
            After::AllOf(list) => list.iter().all(done),
            After::AnyOf(list) => list.iter().any(done),
        }
    }

    /// Begins a step whose prerequisites are met.
    pub(super) fn try_open(&mut self, id: StepId) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let step = &campaign.steps[id.index()];
        let ready = self.may_begin(&step.after);
        let state = &mut self.adversary.steps[id.index()];
        // What is tried once and did not work is not tried again.
        let spent = step.repeats == Repeats::Once && state.attempts > 0 && !state.again;
        if !ready || state.open || state.done || spent || !pursued(step.class, &campaign.goals) {
            return;
        }
        state.open = true;
        match (step.class, step.repeats) {
            (StepClass::Compel, _) => self.next_demand(),
            (_, Repeats::Once) => {
                state.going = true;
                state.again = false;
                let n = state.attempts;
                state.attempts += 1;
                self.calendar.schedule(self.now + step.takes, Event::Finish(id, n));
            }
            (_, Repeats::At(_) | Repeats::Every(_)) => {
                state.going = true;
                if !state.scheduled {
                    self.next_attempt(id, true);
                }
            }
        }
    }

    /// Schedules the next attempt at a step that repeats. The `first` of those at fixed intervals comes at a random time
    /// within the first interval.
    fn next_attempt(&mut self, id: StepId, first: bool) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let u = || {
            let n = self.adversary.steps[id.index()].attempts;
            self.luck.stream(Purpose::CAMPAIGN, self.attempt_entity(id, n)).uniform()
        };
        let gap = match campaign.steps[id.index()].repeats {
            Repeats::At(rate) if rate.a_milli() > 0.0 => {
                SimDuration::from_millis_f64(draw::exponential(u(), 1.0 / rate.a_milli()))
            }
            Repeats::Every(interval) if first => SimDuration::from_millis_f64(u() * interval.millis() as f64),
            Repeats::Every(interval) => interval,
            Repeats::At(_) | Repeats::Once => return,
        };
        self.adversary.steps[id.index()].scheduled = true;
        self.calendar.schedule(self.now + gap, Event::Attempt(id));
    }

    fn attempt_entity(&self, id: StepId, attempt: u32) -> Entity {
        let name = self.plan.scenario.campaign.as_ref().map_or("", |c| &c.steps[id.index()].id);
        Entity::of("campaign.steps").with(name).nth(u64::from(attempt))
    }

    pub(crate) fn attempt(&mut self, id: StepId) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        let quiet = self.quiet();
        let step = &campaign.steps[id.index()];
        let state = &mut self.adversary.steps[id.index()];
        state.scheduled = false;
        if state.open {
            let n = state.attempts;
            state.attempts += 1;
            if !quiet {
                self.calendar.schedule(self.now + step.takes, Event::Finish(id, n));
            }
        } else if !matches!(step.repeats, Repeats::Every(_)) {
            return;
        }
        // A fixed interval goes on while there is nothing to try.
        self.next_attempt(id, false);
    }

    pub(crate) fn finish<O: Observer>(&mut self, id: StepId, attempt: u32, observer: &mut O) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
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
        let worked = worked && !self.shut_out();
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
                StepClass::Collect => self.collect(),
                StepClass::MoveOut => self.move_out(observer),
                StepClass::Alter => self.alteration.wanted += 1,
                _ => {}
            }
        }
    }

    /// A step is authorised if a complied demand stands behind it or behind a step that led to it.
    fn spread_authority(&mut self) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        for _ in 0..campaign.steps.len() {
            for (s, step) in campaign.steps.iter().enumerate() {
                let backed = match &step.after {
                    After::Start => step.class == StepClass::Compel && self.adversary.steps[s].done,
                    After::AllOf(list) | After::AnyOf(list) => list.iter().any(|p| {
                        let p = &self.adversary.steps[p.index()];
                        p.done && p.authorised
                    }),
                };
                self.adversary.steps[s].authorised |= backed;
            }
        }
    }

    /// Whether nothing of the campaign goes on just now.
    fn quiet(&self) -> bool {
        self.now < self.adversary.paused_until || self.shut_out()
    }

    /// Whether the campaign's operator has lost its place at the hub.
    pub(crate) fn shut_out(&self) -> bool {
        self.adversary.operator.is_none_or(|o| self.defence.is_out(o))
    }

    /// The campaign's operator has lost its place: what went on goes on no more.
    pub(crate) fn cut_off(&mut self, operator: OperatorId) {
        if self.takes_part(operator) {
            self.let_rest();
        }
    }

    fn let_rest(&mut self) {
        for state in &mut self.adversary.steps {
            if state.going {
                state.last = Some(self.now);
            }
        }
    }

    /// The adversary notices that somebody looks at its operator.
    pub(crate) fn alert<O: Observer>(&mut self, operator: OperatorId, observer: &mut O) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
        if !self.campaign_runs_through(operator) || self.quiet() {
            return;
        }
        let entity = Entity::of("campaign.pauses").nth(u64::from(self.adversary.pauses));
        self.adversary.pauses += 1;
        if self.luck.stream(Purpose::PAUSE, entity).uniform() < campaign.pauses_after_alert.get() {
            self.let_rest();
            let until = self.now + campaign.pause;
            self.adversary.paused_until = until;
            observer.record(self.now, &Record::Paused { until });
            self.calendar.schedule(until, Event::Resume);
        }
    }

    pub(crate) fn resume<O: Observer>(&mut self, observer: &mut O) {
        if !self.shut_out() {
            observer.record(self.now, &Record::Resumed);
        }
    }
}
