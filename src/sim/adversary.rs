//! The campaign as it unfolds: through whom it runs, which steps are open, and what of it can be noticed.

use crate::model::{After, Campaign, LayerId, OperatorId, Repeats, StepClass, StepId, TrafficId, World};
use crate::plan::pursued;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::foothold::Hold;
use crate::sim::record::{Observer, Record};
use crate::time::SimTime;

/// The state of the campaign.
#[derive(Clone, Debug, Default)]
pub(crate) struct Adversary {
    /// Through whom the campaign runs.
    pub(crate) operator: Option<OperatorId>,
    /// Through whom it has run so far, the present operator included.
    pub(super) uses: Vec<OperatorId>,
    pub(super) began: bool,
    pub(super) paused_until: SimTime,
    /// Alerts that it has noticed.
    pub(super) alerts: u32,
    /// What alerts have left of the tempo.
    pub(super) tempo: f64,
    /// Effort spent.
    pub(super) spent: f64,
    /// Attempts made.
    pub(super) tries: u32,
    pub(super) demands: u32,
    /// A demand is on its way.
    pub(super) awaits_demand: bool,
    pub(super) steps: Vec<StepState>,
    /// Until when traces are hidden, and what share of them.
    pub(super) hidden_until: SimTime,
    pub(super) hidden: f64,
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
        self.authorised && class.can_be_authorised()
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

    /// A step is authorised if a complied demand stands behind it or behind a step that led to it.
    pub(super) fn spread_authority(&mut self) {
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
