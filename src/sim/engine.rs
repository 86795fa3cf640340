//! The engine: one replication, event by event.

use crate::model::{Action, LayerId, Line, OptionId, Payer, TrafficId, World};
use crate::plan::Plan;
use crate::random::Luck;
use crate::sim::adversary::Adversary;
use crate::sim::alteration::Alteration;
use crate::sim::calendar::Calendar;
use crate::sim::collection::Collection;
use crate::sim::defence::Defence;
use crate::sim::desk::DeskState;
use crate::sim::detection::Detection;
use crate::sim::event::Event;
use crate::sim::flow::Flow;
use crate::sim::goods::Spot;
use crate::sim::journeys::Journeys;
use crate::sim::policy::{Interest, Policy};
use crate::sim::record::{Closing, Day, Observer};
use crate::sim::situation::{CaseView, DecisionPoint, FlowView, OperatorView, Reason, SignalView, Situation};
use crate::sim::touched::Touched;
use crate::time::{SimDuration, SimTime};

/// How often the desk looks at everything again.
pub const REVIEW_EVERY: SimDuration = SimDuration::from_days(30);

/// One replication of a plan: an option, a world, and luck.
///
/// A clone continues exactly as the original would.
#[derive(Clone, Debug)]
pub struct Engine<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) luck: Luck,
    /// The luck before each fork, and until when it held.
    earlier: Vec<(SimTime, Luck)>,
    pub(crate) world: World,
    pub(crate) now: SimTime,
    pub(crate) calendar: Calendar,
    pub(crate) counting_from: SimTime,
    pub(crate) flow: Flow,
    /// In the fidelity that simulates touched goods alone.
    pub(crate) touched: Option<Touched<'p>>,
    pub(crate) adversary: Adversary,
    pub(crate) collection: Collection,
    pub(crate) alteration: Alteration,
    pub(crate) detection: Detection,
    pub(crate) desk: DeskState,
    pub(crate) defence: Defence,
    pub(crate) asked_at: Option<SimTime>,
    opening: Vec<Action>,
    /// What keeps the next event from happening, if anything does.
    before_next: Option<BeforeNext>,
    /// Memory for what a policy is shown and answers.
    seen: Seen,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    situation: Situation,
    actions: Vec<Action>,
}

#[derive(Clone, Copy, Debug)]
enum BeforeNext {
    /// What is bought on day 0.
    Opening,
    Decision(DecisionPoint),
    End,
}

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// An event has happened, or some flights.
    Advanced,
    /// The defenders are asked: answer with [`Engine::answer`] before the next step.
    AwaitingDecision(DecisionPoint),
    /// The story has ended.
    Finished,
}

impl<'p> Engine<'p> {
    /// A run from day 0 with an option's safeguards bought.
    pub fn new(plan: &'p Plan, option: OptionId, world: World, luck: Luck) -> Self {
        let mut engine = Engine::idle(plan, world, luck);
        engine.restart(option, world, luck);
        engine
    }

    /// The same in the fidelity `Touched`: only goods that the campaign or a layer touches are simulated, and they take
    /// the ways of `journeys`. There are no queues; what is measured of the flow is nothing.
    pub fn touching(plan: &'p Plan, journeys: &'p Journeys, option: OptionId, world: World, luck: Luck) -> Self {
        let mut engine = Engine::idle(plan, world, luck);
        engine.touched = Some(Touched::new(plan, journeys));
        engine.restart(option, world, luck);
        engine
    }

    /// From the next run on, goods take other ways; nothing to an engine that simulates all of them.
    pub fn take_ways(&mut self, journeys: &'p Journeys) {
        if let Some(touched) = &mut self.touched {
            touched.set_journeys(self.plan, journeys);
        }
    }

    fn idle(plan: &'p Plan, world: World, luck: Luck) -> Self {
        Engine {
            plan,
            luck,
            earlier: Vec::new(),
            world,
            now: SimTime::ZERO,
            calendar: Calendar::default(),
            counting_from: SimTime::ZERO,
            flow: Flow::default(),
            touched: None,
            adversary: Adversary::default(),
            collection: Collection::default(),
            alteration: Alteration::default(),
            detection: Detection::default(),
            desk: DeskState::default(),
            defence: Defence::default(),
            asked_at: None,
            opening: Vec::new(),
            before_next: Some(BeforeNext::Opening),
            seen: Seen::default(),
        }
    }

    /// Starts again from day 0, with the memory of the run before.
    pub fn restart(&mut self, option: OptionId, world: World, luck: Luck) {
        let plan = self.plan;
        self.luck = luck;
        self.earlier.clear();
        self.world = world;
        self.now = SimTime::ZERO;
        self.calendar.clear();
        self.counting_from = SimTime::ZERO + plan.scenario.calendar.warm_up;
        self.flow.restart(plan, luck);
        if let Some(touched) = &mut self.touched {
            touched.restart(plan, &self.flow, luck);
        }
        self.adversary.restart(plan.scenario.campaign.as_ref(), world);
        self.collection.restart(plan);
        self.alteration.restart();
        self.detection.restart(plan);
        self.desk.restart(plan);
        self.defence.restart(plan);
        self.asked_at = None;
        self.before_next = Some(BeforeNext::Opening);
        self.opening.clear();
        self.opening.extend(plan.scenario.options[option.index()].safeguards.iter().map(|s| Action::Buy(*s)));
        self.start_flow();
        self.start_campaign();
        self.start_detection();
        self.calendar.schedule(SimTime::from_days(1), Event::DayEnd);
        if plan.scenario.desk.is_some() {
            self.calendar.schedule(SimTime::ZERO + REVIEW_EVERY, Event::Decide(Reason::Review));
        }
        self.calendar.schedule(plan.end, Event::End);
    }

    /// Lets one event happen, or some flights between which nothing else comes.
    pub fn step<O: Observer>(&mut self, observer: &mut O) -> Progress {
        self.step_within(observer)
    }

    /// The same as part of a loop: as a call, a tenth of all instructions would be its own.
    #[inline(always)]
    fn step_within<O: Observer>(&mut self, observer: &mut O) -> Progress {
        if let Some(before_next) = self.before_next {
            match before_next {
                BeforeNext::Opening => self.open(observer),
                BeforeNext::Decision(point) => return Progress::AwaitingDecision(point),
                BeforeNext::End => return Progress::Finished,
            }
        }
        let Some((at, event, node)) = self.calendar.pop() else {
            self.before_next = Some(BeforeNext::End);
            return Progress::Finished;
        };
        debug_assert!(at >= self.now, "time never goes back");
        self.now = at;
        match event {
            Event::Served(at, stop) => self.served(Spot { at, node }, stop, observer),
            Event::Comes(at, stop) => self.arrive_at(Spot { at, node }, stop, observer),
            Event::Flight(traffic) => self.flight(traffic, observer),
            Event::Land(traffic, number) => self.land(traffic, number, observer),
            Event::Shift(station) => self.shift(station),
            Event::Suspect(pair) => self.suspect(pair, observer),
            Event::Reach => self.reach(observer),
            Event::Pass(item) => self.pass(item, observer),
            Event::Act(item) => self.act(item, observer),
            Event::RecallFinds(item) => self.find(item, None, observer),
            Event::CampaignStarts => self.campaign_starts(observer),
            Event::Demand(operator) => self.demand(operator, observer),
            Event::Attempt(step, due) => self.attempt(step, due),
            Event::Finish(step, attempt) => self.finish(step, attempt, observer),
            Event::Resume => self.resume(observer),
            Event::Candidate(layer, operator) => self.candidate(layer, operator, observer),
            Event::Audit(layer, operator) => self.audit(layer, operator, observer),
            Event::Count(layer, operator) => self.count_period(layer, operator, observer),
            Event::Test(layer) => self.test(layer, observer),
            Event::Report(signal) => self.report(signal, observer),
            Event::Read(signal) => self.read(signal, observer),
            Event::StageDone(case) => self.stage_done(case, observer),
            Event::Ready(safeguard) => self.ready(safeguard, observer),
            Event::Reset(safeguard, operator) => self.reset_systems(safeguard, operator, observer),
            Event::DayEnd => self.day_end(observer),
            Event::Decide(reason) => return self.decide(reason, observer),
            Event::End => {
                self.close(observer);
                return Progress::Finished;
            }
        }
        Progress::Advanced
    }

    #[cold]
    fn open<O: Observer>(&mut self, observer: &mut O) {
        self.before_next = None;
        for i in 0..self.opening.len() {
            self.apply(self.opening[i], observer);
        }
        self.opening.clear();
    }

    /// Answers a decision point. Without one, the actions are simply done now.
    pub fn answer<O: Observer>(&mut self, actions: &[Action], observer: &mut O) {
        if let Some(BeforeNext::Decision(_)) = self.before_next {
            self.before_next = None;
        }
        for &action in actions {
            self.apply(action, observer);
        }
    }

    /// Asks to be asked at an instant, which must not be past.
    pub fn ask_at(&mut self, at: SimTime) {
        self.calendar.schedule(at.max(self.now), Event::Decide(Reason::Asked));
    }

    /// Runs to the end, with a policy that answers.
    pub fn run<P: Policy, O: Observer>(&mut self, policy: &mut P, observer: &mut O) {
        loop {
            match self.step_within(observer) {
                Progress::Advanced => {}
                Progress::Finished => return,
                Progress::AwaitingDecision(_) => self.consult(policy, observer),
            }
        }
    }

    /// Answers a decision point as a policy would.
    pub fn consult<P: Policy, O: Observer>(&mut self, policy: &mut P, observer: &mut O) {
        let mut seen = std::mem::take(&mut self.seen);
        seen.actions.clear();
        match policy.interest() {
            Interest::Nothing => {}
            Interest::Operators => self.look_at_operators(&mut seen.situation),
            Interest::Everything => self.look(&mut seen.situation),
        }
        if policy.interest() != Interest::Nothing {
            policy.decide(&seen.situation, &mut seen.actions);
        }
        self.answer(&seen.actions, observer);
        self.seen = seen;
    }

    /// From now on, draws are made under another branch: a future of its own from the same past. What has been drawn
    /// stays drawn, also where it is looked up again later.
    pub fn fork(&mut self, branch: u32) {
        self.earlier.push((self.now, self.luck));
        self.luck = self.luck.branch(branch);
        self.flow.rekey(self.plan, self.luck);
        if let Some(touched) = &mut self.touched {
            touched.rekey(self.luck);
        }
    }

    /// The luck of what was drawn when a consignment arrived. At the very instant of a fork it is the one before it.
    pub(crate) fn luck_of(&self, arrived: SimTime) -> Luck {
        self.earlier.iter().find(|(until, _)| arrived <= *until).map_or(self.luck, |(_, luck)| *luck)
    }

    /// For each operator: the desk's belief in its misuse, whether a case has found a link, and whether it takes part. The
    /// last is the truth, and not for those who play.
    pub(crate) fn suspects(&self) -> impl Iterator<Item = (f64, bool, bool)> {
        let part = |o| self.takes_part(crate::model::OperatorId::from_index(o));
        (0..self.desk.beliefs.len()).map(move |o| (self.desk.beliefs[o], self.desk.link[o], part(o)))
    }

    /// Now.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// Which world it is. Not for those who play in it.
    pub fn world(&self) -> World {
        self.world
    }

    /// Writes down what the desk makes of operators now, and which cases are open; the rest stays as it was.
    fn look_at_operators(&self, situation: &mut Situation) {
        let desk = &self.desk;
        situation.at = self.now;
        situation.operators.truncate(desk.beliefs.len());
        for o in 0..desk.beliefs.len() {
            let operator = crate::model::OperatorId::from_index(o);
            let memory = situation.operators.get_mut(o).map(|view| std::mem::take(&mut view.responses));
            let mut responses = memory.unwrap_or_default();
            responses.clear();
            responses.extend_from_slice(self.defence.responses(operator));
            let view = OperatorView {
                operator,
                belief: desk.beliefs[o],
                watched: desk.watched[o],
                link: desk.link[o],
                signals: desk.heard[o],
                people: desk.people.belief(o),
                responses,
            };
            match situation.operators.get_mut(o) {
                Some(old) => *old = view,
                None => situation.operators.push(view),
            }
        }
        situation.cases.clear();
        let open = desk.cases.iter().enumerate().filter(|(_, c)| !c.closed);
        situation.cases.extend(open.map(|(i, c)| CaseView {
            case: crate::model::CaseId::from_index(i),
            operator: c.operator,
            stage: c.stage,
            in_work: c.in_work,
        }));
    }

    /// Writes down what the defenders could know now.
    pub fn look(&self, situation: &mut Situation) {
        self.look_at_operators(situation);
        let desk = &self.desk;
        situation.signals.clear();
        situation.signals.extend(self.reported().map(|(signal, s, reported)| SignalView {
            signal,
            layer: s.layer,
            operator: s.operator,
            found: s.found,
            item: s.flow.map(|flow| (flow, self.item_belief(s.layer, flow, s.found))),
            noticed: s.noticed,
            reported,
        }));
        situation.flows.clear();
        situation.flows.extend((0..desk.flows.heard.len()).map(|t| FlowView {
            traffic: TrafficId::from_index(t),
            belief: desk.flows.belief(t),
            signals: desk.flows.heard[t],
        }));
        situation.queues.clear();
        situation.queues.extend(self.stations().map(|at| self.waiting(at)));
        situation.safeguards.clear();
        situation.safeguards.extend(self.defence.bought());
        let books = self.books();
        situation.costs = Payer::ALL.map(|p| books.by_payer(p) - books.entry(p, Line::FalseAlarms));
    }

    /// Belief that an item is altered on which a layer rang: one that was found is.
    fn item_belief(&self, layer: LayerId, flow: TrafficId, found: bool) -> f64 {
        let s = &self.plan.scenario;
        if found { 1.0 } else { s.item_belief(&s.layers[layer.index()], flow, self.desk.flows.belief(flow.index())) }
    }

    fn decide<O: Observer>(&mut self, reason: Reason, observer: &mut O) -> Progress {
        if reason == Reason::Review {
            self.review(observer);
            self.calendar.schedule(self.now + REVIEW_EVERY, Event::Decide(Reason::Review));
        }
        let point = DecisionPoint { at: self.now, reason };
        self.before_next = Some(BeforeNext::Decision(point));
        Progress::AwaitingDecision(point)
    }

    fn day_end<O: Observer>(&mut self, observer: &mut O) {
        self.touched_day(observer);
        self.desk_day(observer);
        let later = self.flow.leaving.end_day();
        let day = Day {
            catalogue_share: self.catalogue_share(),
            beliefs: &self.desk.beliefs,
            latent: self.alteration.latent,
            in_building: self.flow.goods.len() + later,
        };
        observer.day(self.now, &day);
        self.calendar.schedule(SimTime::from_days(self.now.day() + 1), Event::DayEnd);
    }

    fn close<O: Observer>(&mut self, observer: &mut O) {
        // The last day's end is never reached: the story ends with it, or before.
        self.touched_day(observer);
        self.account();
        self.end_hold();
        let burden = self.burden(observer);
        let ledger = self.books();
        self.tell_accruals(observer);
        let (facts_seen, logged) = self.seen();
        let closing = Closing {
            model_events: self.flow.model_events,
            catalogue_share: self.catalogue_share(),
            facts_seen,
            logged,
            facts_fresh: self.facts_fresh(),
            latent: self.alteration.latent,
            in_building: self.flow.goods.len() + self.flow.leaving.never(),
            flow: self.flow.count,
            exposure_moved: self.flow.exposure_moved,
            wasted: &self.desk.wasted,
            open_cases: self.desk.open_cases(),
            beliefs: &self.desk.beliefs,
            burden,
            held: &self.adversary.hold.stretches,
            counted: self.now.since(self.counting_from),
            ledger: &ledger,
            stations: &self.flow.work,
        };
        observer.closed(self.now, &closing);
        self.before_next = Some(BeforeNext::End);
    }
}

impl Flow {
    fn rekey(&mut self, plan: &Plan, luck: Luck) {
        for (t, source) in self.sources.iter_mut().enumerate() {
            source.rekey(plan, TrafficId::from_index(t), luck);
        }
    }
}
