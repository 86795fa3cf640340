//! The session: what people may put in, what it brings about, and what they have put in so far.

use crate::exercise::course::{Course, Watching};
use crate::exercise::decision::Made;
use crate::exercise::inject::{self, Fate};
use crate::exercise::input::{Input, Observation, Prompt, Refusal, Verdict};
use crate::exercise::room::Room;
use crate::exercise::setup::Setup;
use crate::exercise::shown::{Audience, Screen, Shown, Timer, What};
use crate::measure::{Outcome, Story, Tally};
use crate::model::{DecisionId, InjectId, When, World};
use crate::random::Luck;
use crate::sim::{Journeys, Situation};
use crate::time::{SimDuration, SimTime};

/// A session: a story at the table, and the room around it. A clone goes on exactly as the original would, with the same
/// luck.
#[derive(Clone, Debug)]
pub struct Session<'p, O = (Tally, Story)> {
    start: Start<'p>,
    course: Course<'p, O>,
    room: Room,
    /// What was put in and not taken back, and when by the room's clock.
    given: Vec<(Input, SimDuration)>,
}

/// How a session begins.
#[derive(Clone, Copy, Debug)]
struct Start<'p> {
    setup: &'p Setup,
    journeys: Option<&'p Journeys>,
    luck: Luck,
    world: World,
}

impl<'p> Session<'p> {
    /// A session that has not begun; see [`Session::begin`].
    pub fn new(setup: &'p Setup, seed: u64, world: World) -> Self {
        Session::with(Start { setup, journeys: None, luck: Luck::new(seed), world })
    }

    /// What has happened, truth included: for those who look back, not for seats.
    pub fn story(&self) -> &Story {
        &self.course.watching.1
    }
}

impl<'p> Session<'p, Tally> {
    /// A session that only counts, in the fidelity `Touched` if there are journeys.
    pub(crate) fn counting(setup: &'p Setup, journeys: Option<&'p Journeys>, luck: Luck, world: World) -> Self {
        Session::with(Start { setup, journeys, luck, world })
    }
}

impl<'p, O: Watching> Session<'p, O> {
    fn with(start: Start<'p>) -> Self {
        let course = Course::new(start.setup, start.journeys, start.luck, start.world);
        Session { start, course, room: Room::default(), given: Vec::new() }
    }

    /// Goes to the first module. To be called once.
    pub fn begin(&mut self) -> Screen {
        let mut shown = Vec::new();
        self.course.advance(&mut shown);
        self.screen(shown)
    }

    /// The same session from here on, with nothing but its tally kept.
    pub(crate) fn tallied(&self) -> Session<'p, Tally> {
        self.watched_by(Tally::clone)
    }

    /// The same session from here on, watched by what is made of its tally.
    pub(crate) fn watched_by<V: Watching>(&self, watching: impl FnOnce(&Tally) -> V) -> Session<'p, V> {
        let watching = watching(self.course.watching.tally());
        Session {
            start: self.start,
            course: self.course.watched_by(watching),
            room: self.room.clone(),
            given: self.given.clone(),
        }
    }

    /// From here on with a luck of its own; 0 is the session's.
    pub(crate) fn fork(&mut self, branch: u32) {
        self.course.fork(branch);
    }

    /// What watches the story.
    pub(crate) fn watching(&self) -> &O {
        &self.course.watching
    }

    /// Lets a stopped clock go on, so that a policy can play.
    pub(crate) fn run_on(&mut self) {
        self.room.resume();
    }

    /// Whose luck it is.
    pub(crate) fn luck(&self) -> Luck {
        self.start.luck
    }

    /// What is waited for.
    pub fn prompt(&self) -> Prompt {
        match (self.course.over, self.course.questions.front()) {
            (true, _) => Prompt::Over,
            (false, None) => Prompt::Next,
            (false, Some(&decision)) => Prompt::Decide { decision, may_wait: self.course.may_wait(decision) },
        }
    }

    /// Whether an input would be taken.
    pub fn check(&self, input: &Input) -> Result<(), Refusal> {
        self.resolve(input).map(|_| ())
    }

    /// Takes an input at a time of the room's clock, counted from the session's start; gives what is to be shown.
    pub fn give(&mut self, input: &Input, clock: SimDuration) -> Result<Screen, Refusal> {
        let resolved = self.resolve(input)?;
        self.room.pass(clock, self.course.module());
        let mut shown = Vec::new();
        if !matches!(resolved, Resolved::Next | Resolved::LeaveOpen(_) | Resolved::Decide(..) | Resolved::Undo) {
            shown.push(Shown { to: Audience::Control, what: What::Taken(input.clone()) });
        }
        match resolved {
            Resolved::Undo => return Ok(self.undo()),
            Resolved::Next => self.course.advance(&mut shown),
            Resolved::LeaveOpen(decision) => self.course.leave_open(decision, &mut shown),
            Resolved::Decide(decision, made) => {
                self.course.decide(decision, Made { clock: self.room.clock(), ..made }, &mut shown);
            }
            Resolved::Release(inject) => self.course.release(inject, &mut shown),
            Resolved::Mark(inject, fate) => self.course.injects[inject.index()] = fate,
            Resolved::Jump(to) => self.course.jump(to, &mut shown),
            Resolved::Pause => self.room.pause(),
            Resolved::Resume => self.room.resume(),
            Resolved::Written => {}
        }
        self.given.push((input.clone(), self.room.clock()));
        Ok(self.screen(shown))
    }

    fn screen(&self, shown: Vec<Shown>) -> Screen {
        let module = self.course.module();
        let (played, paused) = (self.room.module(module).played, self.room.is_paused());
        Screen { at: self.now(), timer: Timer { module, played, paused }, shown }
    }

    /// Where the story stands.
    pub fn now(&self) -> SimTime {
        self.course.now()
    }

    /// The exercise and its plan.
    pub fn setup(&self) -> &'p Setup {
        self.start.setup
    }

    /// The room's clock.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// The module that the table is in, from 0.
    pub fn module(&self) -> usize {
        self.course.module()
    }

    /// What could be known when the table was asked last.
    pub fn situation(&self) -> &Situation {
        &self.course.situation
    }

    /// What has become of each inject.
    pub fn injects(&self) -> &[Fate] {
        &self.course.injects
    }

    /// What was put in and not taken back, and when by the room's clock.
    pub fn given(&self) -> &[(Input, SimDuration)] {
        &self.given
    }

    /// What was true and what it came to, once it is over.
    pub fn outcome(&self) -> Option<(World, Outcome)> {
        self.course.over.then(|| (self.course.world(), self.course.watching.tally().outcome()))
    }

    /// The decisions made so far, in the order in which they were made.
    pub fn made(&self) -> impl Iterator<Item = (DecisionId, &Made)> {
        self.course.made.iter().filter_map(|id| Some((*id, self.course.decisions[id.index()].made.as_ref()?)))
    }

    /// When a decision was put to its seat first, if it was.
    pub fn asked(&self, decision: DecisionId) -> Option<SimTime> {
        self.course.decisions[decision.index()].asked
    }

    /// Plays what was put in again, but for the last of it that can be taken back. The room's clock does not go back.
    fn undo(&mut self) -> Screen {
        let last = self.given.iter().rposition(|(input, _)| input.can_be_undone()).unwrap_or(0);
        let mut given = std::mem::take(&mut self.given);
        let (undone, _) = given.remove(last);
        let (mut again, mut screen) = self.replayed(&given);
        again.room = self.room.clone();
        *self = again;
        screen.timer = self.screen(Vec::new()).timer;
        // What was written down before is no answer to taking back.
        screen.shown.retain(|shown| !matches!(shown.what, What::Taken(_)));
        let is_question = |shown: &Shown| matches!(shown.what, What::Question { .. });
        if !self.course.over && !screen.shown.iter().any(is_question) {
            self.course.ask(&mut screen.shown);
        }
        screen.shown.insert(0, Shown { to: Audience::Control, what: What::Undone(undone) });
        screen
    }

    /// The same session, with the first of its inputs only.
    pub(crate) fn again(&self, given: &[(Input, SimDuration)]) -> Option<Self> {
        let (again, _) = self.replayed(given);
        (again.given.len() == given.len()).then_some(again)
    }

    /// Inputs that were taken before, in the same state, given again.
    fn replayed(&self, given: &[(Input, SimDuration)]) -> (Self, Screen) {
        let mut again = Session::with(self.start);
        let mut screen = again.begin();
        for (input, clock) in given {
            if let Ok(next) = again.give(input, *clock) {
                screen = next;
            }
        }
        (again, screen)
    }

    fn resolve(&self, input: &Input) -> Result<Resolved, Refusal> {
        let prompt = self.prompt();
        if prompt == Prompt::Over {
            return Err(Refusal::Over);
        }
        if self.course.ended && matches!(input, Input::Override(_) | Input::Release { .. } | Input::Jump { .. }) {
            return Err(Refusal::Ended);
        }
        if self.room.is_paused() && input.moves() {
            return Err(Refusal::Paused);
        }
        let exercise = &self.setup().exercise;
        match input {
            Input::Next => match prompt {
                Prompt::Decide { decision, may_wait: true } => Ok(Resolved::LeaveOpen(decision)),
                Prompt::Decide { decision, may_wait: false } => {
                    Err(Refusal::MustDecide(exercise.decisions[decision.index()].id.clone()))
                }
                _ => Ok(Resolved::Next),
            },
            Input::Decide(verdict) => match prompt {
                Prompt::Decide { decision, .. } if exercise.decisions[decision.index()].id == verdict.decision => {
                    self.verdict(decision, verdict, false)
                }
                _ => Err(Refusal::NotAsked(verdict.decision.clone())),
            },
            Input::Override(verdict) => {
                let id = find("decision", &verdict.decision, exercise.decisions.iter().map(|it| it.id.as_str()))?;
                self.verdict(DecisionId::from_index(id), verdict, true)
            }
            Input::Release { inject } => {
                let (id, _) = self.inject(inject)?;
                let wanted = &exercise.injects[id.index()];
                if matches!(wanted.when, When::Signal { .. })
                    && inject::signal(wanted, &self.course.situation).is_none()
                {
                    return Err(Refusal::NoSignal(inject.clone()));
                }
                Ok(Resolved::Release(id))
            }
            Input::Hold { inject } => {
                self.inject(inject).map(|(id, fate)| Resolved::Mark(id, Fate { held: true, ..fate }))
            }
            Input::Skip { inject } => {
                self.inject(inject).map(|(id, fate)| Resolved::Mark(id, Fate { skipped: true, ..fate }))
            }
            Input::Jump { day } => {
                let (to, ends) = (SimTime::from_days(*day), exercise.ends());
                if to <= self.now() || to >= ends {
                    let last = ends.day().saturating_sub(1);
                    return Err(Refusal::NotAhead { day: *day, now: self.now().day(), last });
                }
                if let Prompt::Decide { decision, may_wait: false } = prompt {
                    return Err(Refusal::MustDecide(exercise.decisions[decision.index()].id.clone()));
                }
                Ok(Resolved::Jump(to))
            }
            Input::Pause if self.room.is_paused() => Err(Refusal::Paused),
            Input::Pause => Ok(Resolved::Pause),
            Input::Resume if !self.room.is_paused() => Err(Refusal::NotPaused),
            Input::Resume => Ok(Resolved::Resume),
            Input::Note { text } => words(text),
            Input::Observe(Observation { objective, target, task, text, .. }) => {
                let id = find("objective", objective, exercise.objectives.iter().map(|it| it.id.as_str()))?;
                let targets = &exercise.objectives[id].targets;
                let place = |n: u32| (n as usize).wrapping_sub(1);
                let known = || (1..=targets.len()).map(|n| n.to_string());
                let found = targets.get(place(*target)).ok_or_else(|| unknown("target", *target, known().collect()))?;
                if found.tasks.get(place(*task)).is_none() {
                    return Err(unknown("task", *task, (1..=found.tasks.len()).map(|n| n.to_string()).collect()));
                }
                words(text)
            }
            Input::Rate { objective, .. } => {
                find("objective", objective, exercise.objectives.iter().map(|it| it.id.as_str()))?;
                Ok(Resolved::Written)
            }
            Input::Sit { seat, who } => {
                find("seat", seat, exercise.seats.iter().map(|it| it.id.as_str()))?;
                words(who)
            }
            Input::Undo => match self.given.iter().any(|(input, _)| input.can_be_undone()) {
                true => Ok(Resolved::Undo),
                false => Err(Refusal::NothingToUndo),
            },
        }
    }

    fn verdict(&self, id: DecisionId, verdict: &Verdict, overridden: bool) -> Result<Resolved, Refusal> {
        let decision = &self.setup().exercise.decisions[id.index()];
        let Some(choice) = decision.choices.iter().position(|own| own.id == verdict.choice) else {
            return Err(Refusal::NoChoice {
                decision: decision.id.clone(),
                choice: verdict.choice.clone(),
                known: decision.choices.iter().map(|own| own.id.clone()).collect(),
            });
        };
        if let Some(over) = [verdict.sure, verdict.foretold].into_iter().flatten().find(|percent| *percent > 100) {
            return Err(Refusal::OverCertain(over));
        }
        if verdict.foretold.is_some() && decision.foretell.is_none() {
            return Err(Refusal::NothingForetold(decision.id.clone()));
        }
        let Verdict { why, sure, foretold, .. } = verdict.clone();
        Ok(Resolved::Decide(id, Made { choice, why, sure, foretold, overridden, ..Made::default() }))
    }

    /// An inject that has not come and was not left out.
    fn inject(&self, name: &str) -> Result<(InjectId, Fate), Refusal> {
        let id = find("inject", name, self.setup().exercise.injects.iter().map(|it| it.id.as_str()))?;
        let fate = self.course.injects[id];
        match fate.come.is_some() || fate.skipped {
            true => Err(Refusal::Gone(name.to_owned())),
            false => Ok((InjectId::from_index(id), fate)),
        }
    }
}

/// Where a name stands among those that there are.
fn find<'n>(noun: &'static str, name: &str, known: impl Iterator<Item = &'n str>) -> Result<usize, Refusal> {
    let known: Vec<&str> = known.collect();
    let place = known.iter().position(|own| *own == name);
    place.ok_or_else(|| unknown(noun, name, known.iter().map(|own| (*own).to_owned()).collect()))
}

fn unknown(noun: &'static str, name: impl ToString, known: Vec<String>) -> Refusal {
    Refusal::Unknown { noun, name: name.to_string(), known }
}

fn words(text: &str) -> Result<Resolved, Refusal> {
    if text.trim().is_empty() { Err(Refusal::NoWords) } else { Ok(Resolved::Written) }
}

/// An input that is understood.
enum Resolved {
    Next,
    LeaveOpen(DecisionId),
    Decide(DecisionId, Made),
    Release(InjectId),
    Mark(InjectId, Fate),
    Jump(SimTime),
    Pause,
    Resume,
    /// Nothing happens but that it is written down.
    Written,
    Undo,
}
