//! The session: what has happened, what is asked next, and what an input brings about.

use std::collections::VecDeque;

use crate::exercise::decision::{self, Made, Standing};
use crate::exercise::inject;
use crate::exercise::input::{Input, Prompt, Refusal};
use crate::exercise::seat::{SignalSeen, View};
use crate::exercise::setup::Setup;
use crate::exercise::shown::{Audience, Screen, Shown, What};
use crate::measure::{Outcome, Story, Tally};
use crate::model::{Asked, DecisionId, InjectId, SeatId, World};
use crate::random::Luck;
use crate::sim::{DecisionPoint, Engine, Interest, Policy, Progress, Reason, Rules, Situation};
use crate::time::SimTime;

/// A session: the run of the simulator with its measures, and where the exercise stands. A clone goes on exactly as the
/// original would, with the same luck.
#[derive(Clone, Debug)]
pub struct Session<'p> {
    setup: &'p Setup,
    engine: Engine<'p>,
    watching: (Tally, Story),
    rules: Rules<'p>,
    situation: Situation,
    /// Whether the engine waits for the people's answer.
    waiting: bool,
    modules_begun: usize,
    come: Vec<bool>,
    decisions: Vec<Standing>,
    /// In the order in which they were made.
    made: Vec<DecisionId>,
    /// What is still asked at this stop, the current question first.
    questions: VecDeque<DecisionId>,
    over: bool,
}

impl<'p> Session<'p> {
    /// A session that has not begun; see [`Session::begin`].
    pub fn new(setup: &'p Setup, seed: u64, world: World) -> Self {
        let exercise = &setup.exercise;
        let mut engine = Engine::new(&setup.plan, exercise.option, world, Luck::new(seed));
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
        Session {
            setup,
            engine,
            watching: (Tally::new(&setup.plan), Story::default()),
            rules: Rules::new(&setup.plan.scenario.options[exercise.option.index()]),
            situation: Situation::default(),
            waiting: false,
            modules_begun: 0,
            come: vec![false; exercise.injects.len()],
            decisions: vec![Standing::default(); exercise.decisions.len()],
            made: Vec::new(),
            questions: VecDeque::new(),
            over: false,
        }
    }

    /// Goes to the first module. To be called once.
    pub fn begin(&mut self) -> Screen {
        let mut shown = Vec::new();
        self.advance(&mut shown);
        Screen { at: self.now(), shown }
    }

    /// What is waited for.
    pub fn prompt(&self) -> Prompt {
        match (self.over, self.questions.front()) {
            (true, _) => Prompt::Over,
            (false, None) => Prompt::Next,
            (false, Some(&decision)) => Prompt::Decide { decision, may_wait: self.may_wait(decision) },
        }
    }

    /// Whether an input would be taken.
    pub fn check(&self, input: &Input) -> Result<(), Refusal> {
        self.resolve(input).map(|_| ())
    }

    /// Takes an input; gives what is to be shown.
    pub fn give(&mut self, input: &Input) -> Result<Screen, Refusal> {
        let mut shown = Vec::new();
        match self.resolve(input)? {
            Resolved::Decide(decision, choice, why) => {
                self.decide(decision, choice, why, &mut shown);
                self.questions.pop_front();
                self.ask(&mut shown);
            }
            Resolved::LeaveOpen(decision) => {
                shown.push(self.to_seat_of(decision, What::LeftOpen { decision }));
                self.questions.pop_front();
                self.ask(&mut shown);
                if self.questions.is_empty() {
                    self.advance(&mut shown);
                }
            }
            Resolved::Next => self.advance(&mut shown),
        }
        Ok(Screen { at: self.now(), shown })
    }

    /// Where the story stands.
    pub fn now(&self) -> SimTime {
        self.engine.now()
    }

    /// The exercise and its plan.
    pub fn setup(&self) -> &'p Setup {
        self.setup
    }

    /// What was true and what it came to, once it is over.
    pub fn outcome(&self) -> Option<(World, Outcome)> {
        self.over.then(|| (self.engine.world(), self.watching.0.outcome()))
    }

    /// What has happened, truth included: for those who look back, not for seats.
    pub fn story(&self) -> &Story {
        &self.watching.1
    }

    /// The decisions made so far, in the order in which they were made.
    pub fn made(&self) -> impl Iterator<Item = (DecisionId, &Made)> {
        self.made.iter().filter_map(|id| Some((*id, self.decisions[id.index()].made.as_ref()?)))
    }

    fn resolve(&self, input: &Input) -> Result<Resolved, Refusal> {
        let name = |id: DecisionId| self.setup.exercise.decisions[id.index()].id.clone();
        match (self.prompt(), input) {
            (Prompt::Over, _) => Err(Refusal::Over),
            (Prompt::Next, Input::Next) => Ok(Resolved::Next),
            (Prompt::Next, Input::Decide { decision, .. }) => Err(Refusal::NotAsked(decision.clone())),
            (Prompt::Decide { decision, may_wait: true }, Input::Next) => Ok(Resolved::LeaveOpen(decision)),
            (Prompt::Decide { decision, may_wait: false }, Input::Next) => Err(Refusal::MustDecide(name(decision))),
            (Prompt::Decide { decision: id, .. }, Input::Decide { decision, choice, why }) => {
                let asked = &self.setup.exercise.decisions[id.index()];
                if asked.id != *decision {
                    return Err(Refusal::NotAsked(decision.clone()));
                }
                let place = asked.choices.iter().position(|own| own.id == *choice);
                let no_choice = || Refusal::NoChoice { decision: decision.clone(), choice: choice.clone() };
                Ok(Resolved::Decide(id, place.ok_or_else(no_choice)?, why.clone()))
            }
        }
    }

    fn may_wait(&self, decision: DecisionId) -> bool {
        self.now() < self.setup.exercise.decisions[decision.index()].else_asked_on
    }

    /// Lets the story go on to the next stop, or to its end.
    fn advance(&mut self, shown: &mut Vec<Shown>) {
        if std::mem::take(&mut self.waiting) {
            // All that was asked has been left open.
            self.engine.answer(&[], &mut self.watching);
        }
        loop {
            match self.engine.step(&mut self.watching) {
                Progress::Advanced => {}
                Progress::Finished => {
                    self.over = true;
                    shown.push(Shown { to: Audience::Everyone, what: What::Over { world: self.engine.world() } });
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
                    if shown.len() > before {
                        return;
                    }
                }
            }
        }
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
        let exercise = &self.setup.exercise;
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
            if self.come[i] || !inject::is_due(inject, &self.situation, &self.decisions) {
                continue;
            }
            self.come[i] = true;
            inject.to.iter().for_each(|seat| news[seat.index()] = true);
            let signal = inject::signal(inject, &self.situation).map(SignalSeen::of);
            let text = self.setup.words().fill(&inject.text, &self.situation, signal.as_ref());
            let what = What::Inject { inject: InjectId::from_index(i), text };
            shown.push(Shown { to: Audience::Seats(inject.to.clone()), what });
        }
        for (i, decision) in exercise.decisions.iter().enumerate() {
            let standing = &mut self.decisions[i];
            if standing.made.is_some() || !decision::is_due(decision, now, &self.come) {
                continue;
            }
            // What was left open is asked again when its seat has news, and at the last moment.
            if !standing.asked || news[decision.seat.index()] || now >= decision.else_asked_on {
                standing.asked = true;
                self.questions.push_back(DecisionId::from_index(i));
            }
        }
        self.ask(shown);
    }

    /// Puts the current question, if there is one.
    fn ask(&mut self, shown: &mut Vec<Shown>) {
        let Some(&decision) = self.questions.front() else { return };
        self.engine.look(&mut self.situation);
        let seat = self.setup.exercise.decisions[decision.index()].seat;
        let view = self.view(seat);
        if !shown.contains(&view) {
            shown.push(view);
        }
        shown.push(self.to_seat_of(decision, What::Question { decision, may_wait: self.may_wait(decision) }));
    }

    fn decide(&mut self, id: DecisionId, choice: usize, why: Option<String>, shown: &mut Vec<Shown>) {
        let decision = &self.setup.exercise.decisions[id.index()];
        let actions = decision::actions(&decision.choices[choice].does, &self.situation);
        // The people's answer takes the place of the rules' at this point.
        self.waiting = false;
        self.engine.answer(&actions, &mut self.watching);
        shown.push(self.to_seat_of(id, What::Decided { decision: id, choice, actions: actions.clone() }));
        self.decisions[id.index()].made = Some(Made { at: self.now(), choice, why, actions });
        self.made.push(id);
    }

    fn view(&self, id: SeatId) -> Shown {
        let seat = &self.setup.exercise.seats[id.index()];
        Shown { to: Audience::Seats(vec![id]), what: What::View(View::of(id, seat, &self.situation)) }
    }

    fn to_seat_of(&self, decision: DecisionId, what: What) -> Shown {
        let seat = self.setup.exercise.decisions[decision.index()].seat;
        Shown { to: Audience::Seats(vec![seat]), what }
    }
}

/// An input that is understood.
enum Resolved {
    Next,
    LeaveOpen(DecisionId),
    Decide(DecisionId, usize, Option<String>),
}
