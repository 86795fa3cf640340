//! Who answers in place of people: policies that know what the seats know.

use crate::exercise::course::Watching;
use crate::exercise::ladder::best_found;
use crate::exercise::{Input, Prompt, Session, Setup, Verdict};
use crate::experiment::Watcher;
use crate::model::{Choice, Decision, DecisionId, Knows, Response, Then};
use crate::random::{Entity, Purpose};
use crate::time::SimTime;

/// A policy that plays all seats.
#[derive(Clone, Debug, PartialEq)]
pub enum Players {
    /// Decides as late as it may, and then whatever does least.
    Nothing,
    /// Decides at once, by lot.
    Random,
    /// Decides at once, as the document expects; where it expects nothing, whatever does least.
    Plan,
    /// Decides at once, as the document expects, but for responses: none that the belief does not carry, and where it is
    /// strong the hardest that it carries.
    Heuristic,
    /// Decides at once, each decision in its own way: what a search has found.
    Found(Vec<Answer>),
}

/// How one decision is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Always with this choice, by its place.
    Choice(usize),
    /// As the document expects, as hard as what is believed can carry.
    Proportionate,
}

/// Seed of the stories on which a search learns when nobody names one.
const SEARCHED_UNDER: u64 = 1;

/// Belief from which on a heuristic goes beyond what is expected.
const STRONG: f64 = 0.9;

impl Players {
    /// What the policy puts in now; nothing once the session is over.
    pub fn answer<O: Watching>(&self, session: &Session<'_, O>) -> Option<Input> {
        let (id, may_wait) = match session.prompt() {
            Prompt::Over => return None,
            Prompt::Next => return Some(Input::Next),
            Prompt::Decide { decision, may_wait } => (decision, may_wait),
        };
        if *self == Players::Nothing && may_wait {
            return Some(Input::Next);
        }
        let decision = &session.setup().exercise.decisions[id.index()];
        Some(decide(decision, self.choice(session, id)))
    }

    /// The best that a search finds on stories of its own, on `jobs` threads. `None` if the watcher ended it.
    pub fn best(setup: &Setup, jobs: usize, watcher: &dyn Watcher) -> Option<Players> {
        best_found(setup, SEARCHED_UNDER, jobs, watcher).map(Players::Found)
    }

    fn choice<O: Watching>(&self, session: &Session<'_, O>, id: DecisionId) -> usize {
        let decision = &session.setup().exercise.decisions[id.index()];
        match self {
            Players::Nothing => mildest(decision),
            Players::Plan => decision.expected.unwrap_or_else(|| mildest(decision)),
            Players::Heuristic => proportionate(session, decision),
            Players::Random => {
                let entity = Entity::of("players").nth(id.index() as u64);
                let lot = session.luck().stream(Purpose::EXERCISE, entity).uniform();
                ((lot * decision.choices.len() as f64) as usize).min(decision.choices.len() - 1)
            }
            Players::Found(answers) => match answers.get(id.index()) {
                Some(Answer::Choice(choice)) => *choice,
                _ => proportionate(session, decision),
            },
        }
    }
}

/// How a story is played from some point on.
#[derive(Clone, Debug)]
pub(crate) enum Tail<'t> {
    /// A policy decides.
    Players(&'t Players),
    /// The room decides as it did, at the first chance from the time on at which it did; what it was never asked, the plan
    /// decides.
    Sticky(&'t [Kept]),
}

/// A decision of the room, kept for another future.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) at: SimTime,
    pub(crate) input: Input,
}

impl Tail<'_> {
    pub(crate) fn answer<O: Watching>(&self, session: &Session<'_, O>) -> Option<Input> {
        let kept = match self {
            Tail::Players(players) => return players.answer(session),
            Tail::Sticky(kept) => kept,
        };
        let Prompt::Decide { decision, may_wait } = session.prompt() else { return Players::Plan.answer(session) };
        let asked = &session.setup().exercise.decisions[decision.index()];
        let made = kept.iter().find(|kept| kept.input.verdict().is_some_and(|verdict| verdict.decision == asked.id));
        match made {
            Some(kept) if may_wait && session.now() < kept.at => Some(Input::Next),
            Some(kept) => kept.input.verdict().cloned().map(Input::Decide),
            None => Players::Plan.answer(session),
        }
    }
}

/// Plays a session to its end.
pub(crate) fn play_out<O: Watching>(session: &mut Session<'_, O>, tail: &Tail) {
    play_while(session, tail, |_| true);
}

/// Plays a session on, as long as `more` says so.
pub(crate) fn play_while<O: Watching>(
    session: &mut Session<'_, O>,
    tail: &Tail,
    more: impl Fn(&Session<'_, O>) -> bool,
) {
    while more(session) {
        let Some(input) = tail.answer(session) else { return };
        // A policy gives what is asked for, so that it is always taken.
        if session.give(&input, session.room().clock()).is_err() {
            return;
        }
    }
}

/// The input that chooses so.
pub(crate) fn decide(decision: &Decision, choice: usize) -> Input {
    let choice = decision.choices[choice].id.clone();
    Input::Decide(Verdict { decision: decision.id.clone(), choice, ..Verdict::default() })
}

/// The belief that a choice asks for: none for what is aimed at nobody or only looks, nearly certainty for what would be a
/// wrong to the uninvolved. Set by judgement.
fn asks_for(choice: &Choice) -> f64 {
    let of = |deed: &Then| match deed {
        Then::Buy(_) | Then::Respond(Response::Watch | Response::Recall | Response::Investigate) => 0.0,
        // No belief carries exclusion: it costs everybody, whoever is excluded.
        Then::Respond(response) if response.severity() >= 1.0 => f64::INFINITY,
        Then::Respond(_) => STRONG,
    };
    choice.does.iter().map(of).fold(0.0, f64::max)
}

/// How hard a choice is on those it is aimed at; a purchase is aimed at nobody, and over nothing.
fn weight(choice: &Choice) -> f64 {
    let of = |deed: &Then| match deed {
        Then::Buy(_) => 1e-3,
        Then::Respond(response) => 1e-2 + response.severity(),
    };
    choice.does.iter().map(of).sum()
}

/// The first choice that does least.
fn mildest(decision: &Decision) -> usize {
    let least = decision.choices.iter().map(weight).fold(f64::INFINITY, f64::min);
    decision.choices.iter().position(|choice| weight(choice) <= least).unwrap_or(0)
}

fn proportionate<O: Watching>(session: &Session<'_, O>, decision: &Decision) -> usize {
    let seat = &session.setup().exercise.seats[decision.seat.index()];
    let belief = session.situation().operators.iter().map(|view| view.belief).fold(0.0, f64::max);
    let known = if seat.knows.contains(&Knows::Belief) { belief } else { 0.0 };
    let expected = decision.expected.unwrap_or_else(|| mildest(decision));
    let carried = |choice: &usize| asks_for(&decision.choices[*choice]) <= known;
    if known >= STRONG {
        // Purchases do not become better by suspicion; responses do.
        let harder = (0..decision.choices.len()).filter(carried).filter(|c| asks_for(&decision.choices[*c]) > 0.0);
        let hardest = harder.max_by(|a, b| weight(&decision.choices[*a]).total_cmp(&weight(&decision.choices[*b])));
        return hardest.unwrap_or(expected);
    }
    if carried(&expected) { expected } else { mildest(decision) }
}
