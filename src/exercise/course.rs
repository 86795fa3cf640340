//! The course of a story at the table: the run, what has come, what is asked, and how it goes on from stop to stop.

use std::collections::VecDeque;

use crate::exercise::decision::{self, Made, Standing};
use crate::exercise::inject::{self, Fate};
use crate::exercise::seat::{SignalSeen, View};
use crate::exercise::setup::Setup;
use crate::exercise::shown::{Audience, Shown, What};
use crate::measure::{Story, Tally};
use crate::model::{Asked, DecisionId, Exercise, InjectId, SeatId, When, World};
use crate::plan::Plan;
use crate::random::Luck;
use crate::sim::{DecisionPoint, Engine, Interest, Journeys, Observer, Policy, Progress, Reason, Rules, Situation};
use crate::time::SimTime;

/// What watches a story while it is played.
pub trait Watching: Observer + Clone {
    /// Has seen nothing yet.
    fn fresh(plan: &Plan) -> Self;
    /// What it has counted.
    fn tally(&self) -> &Tally;
}

impl Watching for Tally {
    fn fresh(plan: &Plan) -> Self {
        Tally::new(plan)
    }

    fn tally(&self) -> &Tally {
        self
    }
}

impl Watching for (Tally, Story) {
    fn fresh(plan: &Plan) -> Self {
        (Tally::new(plan), Story::default())
    }

    fn tally(&self) -> &Tally {
        &self.0
    }
}

/// A story on its way. A clone goes on exactly as the original would.
#[derive(Clone, Debug)]
pub(crate) struct Course<'p, O> {
    setup: &'p Setup,
    engine: Engine<'p>,
    pub(crate) watching: O,
    rules: Rules<'p>,
    pub(crate) situation: Situation,
    /// Whether the engine waits for the people's answer.
    waiting: bool,
    modules_begun: usize,
    pub(crate) injects: Vec<Fate>,
    pub(crate) decisions: Vec<Standing>,
    /// In the order in which they were made.
    pub(crate) made: Vec<DecisionId>,
    /// What is still asked at this stop, the current question first.
    pub(crate) questions: VecDeque<DecisionId>,
    /// Whether the story has run to its end, and the room has still to be told what was true.
    pub(crate) ended: bool,
    pub(crate) over: bool,
}

impl<'p, O: Watching> Course<'p, O> {
    pub(crate) fn new(setup: &'p Setup, journeys: Option<&'p Journeys>, luck: Luck, world: World) -> Self {
        let exercise = &setup.exercise;
        let mut engine = match journeys {
            None => Engine::new(&setup.plan, exercise.option, world, luck),
            Some(journeys) => Engine::touching(&setup.plan, journeys, exercise.option, world, luck),
        };
        // Whatever is known to come is asked for now, so that no decision depends on what happens to happen.
        let mut stops: Vec<SimTime> = exercise.modules.iter().map(|module| module.from).collect();
        stops.extend(exercise.injects.iter().filter_map(inject::instant));
        for decision in &exercise.decisions {
            stops.push(decision.else_asked_on);
            if let Asked::On(at) = decision.asked {
                stops.push(at);
            }
        }
        stops.sort_unstable();
        stops.dedup();
        for at in stops {
            engine.ask_at(at);
        }
        Course {
            setup,
            engine,
            watching: O::fresh(&setup.plan),
            rules: Rules::new(&setup.plan.scenario.options[exercise.option.index()]),
            situation: Situation::default(),
            waiting: false,
            modules_begun: 0,
            injects: vec![Fate::default(); exercise.injects.len()],
            decisions: vec![Standing::default(); exercise.decisions.len()],
            made: Vec::new(),
            questions: VecDeque::new(),
            ended: false,
            over: false,
        }
    }

    pub(crate) fn now(&self) -> SimTime {
        self.engine.now()
    }

    pub(crate) fn world(&self) -> World {
        self.engine.world()
    }

    /// The module that the table is in, from 0.
    pub(crate) fn module(&self) -> usize {
        self.modules_begun.saturating_sub(1)
    }

    pub(crate) fn may_wait(&self, decision: DecisionId) -> bool {
        self.now() < self.exercise().decisions[decision.index()].else_asked_on
    }

    /// From now on with a luck of its own.
    pub(crate) fn fork(&mut self, branch: u32) {
        self.engine.fork(branch);
    }

    /// The same story from here on, watched by something else.
    pub(crate) fn watched_by<V: Watching>(&self, watching: V) -> Course<'p, V> {
        Course {
            setup: self.setup,
            engine: self.engine.clone(),
            watching,
            rules: self.rules.clone(),
            situation: self.situation.clone(),
            waiting: self.waiting,
            modules_begun: self.modules_begun,
            injects: self.injects.clone(),
            decisions: self.decisions.clone(),
            made: self.made.clone(),
            questions: self.questions.clone(),
            ended: self.ended,
            over: self.over,
        }
    }

    /// Lets the story go on to the next stop, or to its end.
    pub(crate) fn advance(&mut self, shown: &mut Vec<Shown>) {
        self.advance_until(SimTime::NEVER, shown);
    }

    /// Lets the story go on to an instant, past all stops but those that cannot wait. Everything that comes is shown.
    pub(crate) fn jump(&mut self, to: SimTime, shown: &mut Vec<Shown>) {
        self.engine.ask_at(to);
        while !self.ended && self.now() < to {
            while let Some(&decision) = self.questions.front() {
                if !self.may_wait(decision) {
                    return;
                }
                shown.push(self.to_seat_of(decision, What::LeftOpen { decision }));
                self.questions.pop_front();
            }
            self.advance_until(to, shown);
        }
    }

    /// As [`Course::advance`], and stops at an instant even if nothing comes.
    fn advance_until(&mut self, to: SimTime, shown: &mut Vec<Shown>) {
        if self.ended {
            self.over = true;
            shown.push(Shown { to: Audience::Everyone, what: What::Over { world: self.engine.world() } });
            return;
        }
        if std::mem::take(&mut self.waiting) {
            self.engine.answer(&[], &mut self.watching);
        }
        loop {
            match self.engine.step(&mut self.watching) {
                Progress::Advanced => {}
                Progress::Finished => {
                    self.ended = true;
                    shown.push(Shown { to: Audience::Everyone, what: What::Ended });
                    return;
                }
                Progress::AwaitingDecision(point) => {
                    self.engine.look(&mut self.situation);
                    let before = shown.len();
                    self.arrive(shown);
                    self.waiting = !self.questions.is_empty();
                    if !self.waiting {
                        self.answer_by_rules(point);
                    }
                    if shown.len() > before || self.now() >= to {
                        return;
                    }
                }
            }
        }
    }

    /// Leaves the current question open for now.
    pub(crate) fn leave_open(&mut self, decision: DecisionId, shown: &mut Vec<Shown>) {
        shown.push(self.to_seat_of(decision, What::LeftOpen { decision }));
        self.questions.pop_front();
        self.ask(shown);
        if self.questions.is_empty() {
            self.advance(shown);
        }
    }

    /// Brings an inject now.
    pub(crate) fn release(&mut self, id: InjectId, shown: &mut Vec<Shown>) {
        self.engine.look(&mut self.situation);
        self.injects[id.index()].held = false;
        let mut news = vec![false; self.exercise().seats.len()];
        self.bring(id.index(), &mut news, shown);
        self.question(&news);
        self.ask(shown);
    }

    /// Makes a decision: does what its choice does.
    pub(crate) fn decide(&mut self, id: DecisionId, made: Made, shown: &mut Vec<Shown>) {
        let decision = &self.exercise().decisions[id.index()];
        self.engine.look(&mut self.situation);
        let actions = decision::actions(&decision.choices[made.choice].does, &self.situation);
        let suspect = self.situation.prime_suspect();
        let belief = suspect.map_or(0.0, |suspect| self.situation.operators[suspect.index()].belief);
        // The people's answer takes the place of the rules' at this point.
        self.waiting = false;
        self.engine.answer(&actions, &mut self.watching);
        let chosen = What::Decided { decision: id, choice: made.choice, actions: actions.clone() };
        shown.push(self.to_seat_of(id, chosen));
        for inject in &self.exercise().injects {
            if let When::Chosen { decision, choice, after } = inject.when
                && (decision, choice) == (id, made.choice)
            {
                self.engine.ask_at(self.engine.now() + after);
            }
        }
        self.decisions[id.index()].made = Some(Made { at: self.now(), suspect, belief, actions, ..made });
        if !self.made.contains(&id) {
            self.made.push(id);
        }
        self.questions.retain(|asked| *asked != id);
        self.ask(shown);
    }

    /// Answers a point at which no person is asked. The standing option's rules speak at the engine's own points only,
    /// so that a stop of the exercise alone changes nothing in the story.
    fn answer_by_rules(&mut self, point: DecisionPoint) {
        let mut actions = Vec::new();
        if point.reason != Reason::Asked && self.rules.interest() != Interest::Nothing {
            self.rules.decide(&self.situation, &mut actions);
        }
        self.engine.answer(&actions, &mut self.watching);
    }

    /// Shows what belongs to this stop; nothing if it is none.
    fn arrive(&mut self, shown: &mut Vec<Shown>) {
        let exercise = self.exercise();
        let now = self.situation.at;
        if !(exercise.begins()..exercise.ends()).contains(&now) {
            return;
        }
        while exercise.modules.get(self.modules_begun).is_some_and(|module| module.from <= now) {
            let module = self.modules_begun;
            self.modules_begun += 1;
            let read_aloud = self.setup.words().fill(&exercise.modules[module].read_aloud, &self.situation, None);
            shown.push(Shown { to: Audience::Everyone, what: What::Module { module, read_aloud } });
            for seat in 0..exercise.seats.len() {
                shown.push(self.view(SeatId::from_index(seat)));
            }
        }
        let mut news = vec![false; exercise.seats.len()];
        for (i, inject) in exercise.injects.iter().enumerate() {
            if self.injects[i].is_open() && inject::is_due(inject, &self.situation, &self.decisions) {
                self.bring(i, &mut news, shown);
            }
        }
        self.question(&news);
        self.ask(shown);
    }

    fn bring(&mut self, i: usize, news: &mut [bool], shown: &mut Vec<Shown>) {
        let inject = &self.exercise().injects[i];
        self.injects[i].come = Some(self.situation.at);
        inject.to.iter().for_each(|seat| news[seat.index()] = true);
        let signal = inject::signal(inject, &self.situation).map(SignalSeen::of);
        let text = self.setup.words().fill(&inject.text, &self.situation, signal.as_ref());
        let what = What::Inject { inject: InjectId::from_index(i), text };
        shown.push(Shown { to: Audience::Seats(inject.to.clone()), what });
    }

    /// Lines up what is to be asked at this stop. `news` says which seats have heard something.
    fn question(&mut self, news: &[bool]) {
        let now = self.now();
        for (i, decision) in self.exercise().decisions.iter().enumerate() {
            let id = DecisionId::from_index(i);
            let standing = &mut self.decisions[i];
            let closed = standing.made.is_some() || self.questions.contains(&id);
            if closed || !decision::is_due(decision, now, &self.injects) {
                continue;
            }
            // What was left open is asked again when its seat has news, and at the last moment.
            if standing.asked.is_none() || news[decision.seat.index()] || now >= decision.else_asked_on {
                standing.asked.get_or_insert(now);
                self.questions.push_back(id);
            }
        }
    }

    /// Puts the current question, if there is one.
    pub(crate) fn ask(&mut self, shown: &mut Vec<Shown>) {
        let Some(&decision) = self.questions.front() else { return };
        self.engine.look(&mut self.situation);
        let seat = self.exercise().decisions[decision.index()].seat;
        let view = self.view(seat);
        if !shown.contains(&view) {
            shown.push(view);
        }
        shown.push(self.to_seat_of(decision, What::Question { decision, may_wait: self.may_wait(decision) }));
    }

    pub(crate) fn exercise(&self) -> &'p Exercise {
        &self.setup.exercise
    }

    fn view(&self, id: SeatId) -> Shown {
        let seat = &self.exercise().seats[id.index()];
        Shown { to: Audience::Seats(vec![id]), what: What::View(View::of(id, seat, &self.situation)) }
    }

    fn to_seat_of(&self, decision: DecisionId, what: What) -> Shown {
        let seat = self.exercise().decisions[decision.index()].seat;
        Shown { to: Audience::Seats(vec![seat]), what }
    }
}
