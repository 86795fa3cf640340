//! The campaign as it unfolds: demands, and attempts at steps.

use crate::model::{
    Adversary as Level, After, Campaign, CompulsionLaw, LayerId, OperatorId, Repeats, StepClass, StepEffect, StepId,
    TrafficId, World,
};
use crate::plan::pursued;
use crate::random::{Entity, Purpose, draw};
use crate::sim::detail::ChargedFor;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::foothold::Hold;
use crate::sim::record::{Observer, Record};
use crate::time::{SimDuration, SimTime};

/// The state of the campaign.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adversary {
    /// Through whom the campaign runs.
    pub(crate) operator: Option<OperatorId>,
    /// Through whom it has run so far, the present operator included.
    pub(super) uses: Vec<OperatorId>,
    began: bool,
    pub(super) paused_until: SimTime,
    /// Alerts that it has noticed.
    pub(super) alerts: u32,
    /// What alerts have left of the tempo.
    pub(super) tempo: f64,
    /// Effort spent.
    spent: f64,
    /// Attempts made.
    pub(super) tries: u32,
    demands: u32,
    /// A demand is on its way.
    pub(super) awaits_demand: bool,
    pub(super) steps: Vec<StepState>,
    /// Until when traces are hidden, and what share of them.
    hidden_until: SimTime,
    hidden: f64,
    /// The traffic class in which goods were altered last.
    pub(super) altered_last: Option<TrafficId>,
    /// A traffic class that it leaves alone.
    pub(super) leaves: Option<TrafficId>,
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
    /// Attempts that have come due.
    pub(super) due: u32,
    /// Attempts begun.
    pub(super) attempts: u32,
    /// Attempts before this one were made through another operator.
    pub(super) since: u32,
    /// Attempts before this one come to nothing: a reset cut them off.
    pub(super) void: u32,
    /// What is tried once may be tried once more, since a reset undid it.
    pub(super) again: bool,
    /// The next attempt of a step that repeats is on the calendar.
    pub(super) scheduled: bool,
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
        self.uses.clear();
        self.uses.extend(self.operator);
        self.began = false;
        self.paused_until = SimTime::ZERO;
        self.alerts = 0;
        self.tempo = campaign.map_or(1.0, |c| c.tempo);
        self.spent = 0.0;
        self.tries = 0;
        self.hidden_until = SimTime::ZERO;
        self.hidden = 0.0;
        self.altered_last = None;
        self.leaves = None;
        self.demands = 0;
        self.awaits_demand = false;
        self.steps.clear();
        self.steps.resize(campaign.map_or(0, |c| c.steps.len()), StepState::default());
        self.hold.restart();
    }
}

impl Engine<'_> {
    pub(crate) fn start_campaign(&mut self) {
        if let (Some(c), Some(_)) = (&self.plan.scenario.campaign, self.adversary.operator) {
            self.calendar.schedule(c.starts, Event::CampaignStarts);
        }
    }

    /// Whether there is a campaign through this operator, begun or not, or was one before it moved on.
    #[inline]
    pub(crate) fn takes_part(&self, operator: OperatorId) -> bool {
        self.adversary.uses.contains(&operator)
    }

    /// Whether a campaign has begun and runs through this operator now.
    #[inline]
    pub(crate) fn campaign_runs_through(&self, operator: OperatorId) -> bool {
        self.adversary.began && self.adversary.operator == Some(operator)
    }

    /// Whether a campaign has begun and runs through this operator, or has done before it moved on.
    pub(crate) fn has_run_through(&self, operator: OperatorId) -> bool {
        self.adversary.began && self.takes_part(operator)
    }

    /// Share of its traces that the campaign leaves for those who look at records.
    pub(crate) fn traces(&self) -> f64 {
        if self.now < self.adversary.hidden_until { 1.0 - self.adversary.hidden } else { 1.0 }
    }

    /// Whether the campaign leaves a traffic class alone.
    pub(crate) fn leaves_alone(&self, traffic: usize) -> bool {
        self.adversary.leaves.is_some_and(|leaves| leaves.index() == traffic)
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

    /// Whether a layer can notice a step of the campaign at all.
    pub(crate) fn notices(&self, step: StepId, layer: LayerId) -> bool {
        let campaign = self.plan.scenario.campaign.as_ref();
        campaign.is_some_and(|c| self.plan.scenario.layers[layer.index()].notices.contains(c.steps[step.index()].class))
    }

    /// Whether a layer can notice a step of the campaign, and does not take it for lawful use.
    pub(crate) fn shows(&self, step: StepId, layer: LayerId) -> bool {
        let Some(campaign) = &self.plan.scenario.campaign else { return false };
        let (class, layer) = (campaign.steps[step.index()].class, &self.plan.scenario.layers[layer.index()]);
        layer.notices.contains(class) && !hides(&self.adversary.steps[step.index()], class, layer)
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
        let Some(operator) = self.adversary.operator else { return };
        self.adversary.began = true;
        observer.record(self.now, &Record::CampaignBegan { operator });
        self.open_steps();
    }

    /// Begins every step that can begin.
    pub(super) fn open_steps(&mut self) {
        let Some(campaign) = &self.plan.scenario.campaign else { return };
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
        let spent = step.repeats == Repeats::Once && state.attempts > state.since && !state.again;
        if !ready || state.open || state.done || spent || !pursued(step.class, &campaign.goals) {
            return;
        }
        state.open = true;
        match (step.class, step.repeats) {
            (StepClass::Compel, _) => self.next_demand(),
            (_, Repeats::Once) => {
                state.going = true;
                state.again = false;
                let attempt = state.attempts;
                state.attempts += 1;
                if self.afford(id) {
                    self.calendar.schedule(self.now + step.takes, Event::Finish(id, attempt));
                } else {
                    self.rest(id);
                }
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
    fn afford(&mut self, id: StepId) -> bool {
        let Some(campaign) = &self.plan.scenario.campaign else { return false };
        let spent = self.adversary.spent + campaign.steps[id.index()].effort;
        if campaign.budget.is_some_and(|budget| spent > budget) {
            return false;
        }
        self.adversary.spent = spent;
        true
    }

    /// Nothing of a step goes on for now.
    fn rest(&mut self, id: StepId) {
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
                StepClass::Alter => self.alteration.wanted += 1,
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
    pub(super) fn quiet(&self) -> bool {
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

    pub(super) fn let_rest(&mut self) {
        for state in &mut self.adversary.steps {
            if state.going {
                state.last = Some(self.now);
            }
        }
    }
}
