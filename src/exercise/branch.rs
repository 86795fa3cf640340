//! The same luck, another choice: a session goes on from one of its decisions as it would have gone.
//!
//! With a sticky tail, later decisions of the room are made again as they were, at the first chance from the day on which
//! they were made. Where the branch shows the room what it saw, it does exactly what it did; so a branch with the same
//! choice is the session itself. With the plan for a tail, the plan decides all that comes after, in the session's own
//! continuation as well as in the branch.

use crate::exercise::log::{Digest, Log, Taken};
use crate::exercise::players::{Kept, Players, Tail, decide, play_out};
use crate::exercise::replay::{Replayed, open, step};
use crate::exercise::{Input, Prompt, ReplayError, Session, Setup, Verdict};
use crate::experiment::{Watcher, spread};
use crate::measure::{Outcome, Tally};
use crate::model::DecisionId;

/// A session at one of its decisions, and the choice that is looked at.
#[derive(Clone, Debug)]
pub struct Fork<'p> {
    /// The session in front of the decision.
    before: Replayed<'p>,
    /// What was put in, as it stood in the end.
    taken: Vec<Taken>,
    /// The place of the decision in it.
    at: usize,
    /// The decision.
    pub decision: DecisionId,
    /// What was chosen, by its place.
    pub was: usize,
    /// The other choice, by its place.
    pub other: usize,
}

/// A session, and what it would have been.
#[derive(Clone, Debug)]
pub struct Branched<'p> {
    /// As it was played.
    pub session: Replayed<'p>,
    /// As it would have been played.
    pub branch: Replayed<'p>,
    /// Screens that both have in common, the one with the decision included.
    pub shared: usize,
}

/// Who decides behind the branch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// The room, as it did.
    #[default]
    Sticky,
    /// The plan.
    Plan,
}

/// Why there is no branch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BranchError {
    /// The session cannot be played again.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The session was not played to its end, so that there is nothing to compare with.
    #[error("the session was not played to its end; there is nothing to compare a branch with")]
    Unfinished,
    /// So many decisions were not made.
    #[error("there is no decision {number}; the session has {made}")]
    NoDecision {
        /// What was asked for, from 1.
        number: usize,
        /// How many there are.
        made: usize,
    },
    /// The decision has no such choice.
    #[error("`{decision}` has no choice `{choice}`; it has: {}", .known.join(", "))]
    NoChoice {
        /// The decision.
        decision: String,
        /// What was asked for.
        choice: String,
        /// What there is.
        known: Vec<String>,
    },
}

impl<'p> Fork<'p> {
    /// Plays a session again up to its decision `number`, counted from 1 in the order in which they were made, and looks at
    /// another choice, given by its name or by its number on the screen.
    pub fn at(
        setup: &'p Setup,
        documents: &[Digest],
        log: &Log,
        number: usize,
        choice: &str,
    ) -> Result<Fork<'p>, BranchError> {
        let taken = standing(setup, documents, log)?;
        let decided: Vec<usize> =
            taken.iter().enumerate().filter(|(_, t)| t.input.verdict().is_some()).map(|(i, _)| i).collect();
        let no_decision = BranchError::NoDecision { number, made: decided.len() };
        let at = number.checked_sub(1).and_then(|n| decided.get(n)).copied().ok_or(no_decision)?;
        let mut before = open(setup, documents, log)?;
        for (i, taken) in taken[..at].iter().enumerate() {
            step(&mut before, i, taken.input.clone(), taken.clock)?;
        }
        let verdict = taken[at].input.verdict().cloned().unwrap_or_default();
        let (decision, was, other) = places(setup, &verdict, choice)?;
        Ok(Fork { before, taken, at, decision, was, other })
    }

    /// The session as it was, and as it would have been under the same luck.
    pub fn under_the_same_luck(&self, rest: Rest) -> Result<Branched<'p>, BranchError> {
        let shared = self.at + 1;
        let (mut session, mut branch) = (self.before.clone(), self.before.clone());
        step(&mut branch, self.at, self.input(self.other), self.taken[self.at].clock)?;
        match rest {
            Rest::Sticky => {
                for (i, taken) in self.taken.iter().enumerate().skip(self.at) {
                    step(&mut session, i, taken.input.clone(), taken.clock)?;
                }
                if session.play.session().prompt() != Prompt::Over {
                    return Err(BranchError::Unfinished);
                }
                play_on(&mut branch, &self.taken, self.at + 1)?;
            }
            Rest::Plan => {
                let taken = &self.taken[self.at];
                step(&mut session, self.at, taken.input.clone(), taken.clock)?;
                play_by_plan(&mut session, self.at + 1)?;
                play_by_plan(&mut branch, self.at + 1)?;
            }
        }
        session.see(None);
        branch.see(None);
        Ok(Branched { session, branch, shared })
    }

    /// How both choices end in `futures` futures, each with a luck of its own that both share. The past, truth included, is
    /// the session's.
    pub fn under_fresh_luck(
        &self,
        rest: Rest,
        futures: u32,
        jobs: usize,
        watcher: &dyn Watcher,
    ) -> Option<Vec<(Outcome, Outcome)>> {
        let kept = self.kept();
        let tail = match rest {
            Rest::Sticky => Tail::Sticky(&kept),
            Rest::Plan => Tail::Players(&Players::Plan),
        };
        let mut start = self.before.play.session().tallied();
        start.run_on();
        let end = |input: &Input, future: usize| {
            let mut session: Session<'_, Tally> = start.clone();
            session.fork(1 + future as u32);
            session.give(input, session.room().clock()).ok()?;
            play_out(&mut session, &tail);
            session.outcome().map(|(_, outcome)| outcome)
        };
        let pair = |future| Some((end(&self.input(self.was), future)?, end(&self.input(self.other), future)?));
        spread(jobs, futures as usize, watcher, pair)?.into_iter().collect()
    }

    /// The input that chooses so. Reasons are kept if the choice is the same.
    fn input(&self, choice: usize) -> Input {
        let taken = &self.taken[self.at].input;
        if choice == self.was {
            return taken.clone();
        }
        let decision = &self.before.play.session().setup().exercise.decisions[self.decision.index()];
        match (decide(decision, choice), taken) {
            (Input::Decide(verdict), Input::Override(_)) => Input::Override(verdict),
            (input, _) => input,
        }
    }

    /// The room's decisions after this one.
    fn kept(&self) -> Vec<Kept> {
        let later = self.taken.iter().skip(self.at + 1).filter(|taken| taken.input.verdict().is_some());
        later.map(|taken| Kept { at: taken.at, input: taken.input.clone() }).collect()
    }
}

/// A session in front of its decision `number`, counted from 1 in the order in which they were made.
pub fn before_decision<'p>(session: &Session<'p>, number: usize) -> Option<Session<'p>> {
    let given = session.given();
    let decided = given.iter().enumerate().filter(|(_, (input, _))| input.verdict().is_some());
    let at = decided.map(|(i, _)| i).nth(number.checked_sub(1)?)?;
    session.again(&given[..at])
}

/// What was put in, without what was taken back.
fn standing(setup: &Setup, documents: &[Digest], log: &Log) -> Result<Vec<Taken>, ReplayError> {
    if !log.taken.iter().any(|taken| taken.input == Input::Undo) {
        return Ok(log.taken.clone());
    }
    let mut inputs: Vec<&Taken> = Vec::new();
    for taken in &log.taken {
        if taken.input == Input::Undo {
            if let Some(last) = inputs.iter().rposition(|taken| taken.input.can_be_undone()) {
                inputs.remove(last);
            }
        } else {
            inputs.push(taken);
        }
    }
    let mut replayed = open(setup, documents, log)?;
    for (i, taken) in inputs.into_iter().enumerate() {
        step(&mut replayed, i, taken.input.clone(), taken.clock)?;
    }
    // What was just written can be read.
    Ok(Log::read(replayed.play.log()).map(|log| log.taken).unwrap_or_default())
}

fn places(setup: &Setup, verdict: &Verdict, choice: &str) -> Result<(DecisionId, usize, usize), BranchError> {
    let decisions = &setup.exercise.decisions;
    let place = decisions.iter().position(|own| own.id == verdict.decision).unwrap_or_default();
    let choices = &decisions[place].choices;
    let by_name = |name: &str| choices.iter().position(|own| own.id == name);
    let by_number = || choice.parse::<usize>().ok().map(|n| n.wrapping_sub(1)).filter(|n| *n < choices.len());
    let Some(other) = by_name(choice).or_else(by_number) else {
        let known = choices.iter().map(|own| own.id.clone()).collect();
        return Err(BranchError::NoChoice { decision: verdict.decision.clone(), choice: choice.to_owned(), known });
    };
    Ok((DecisionId::from_index(place), by_name(&verdict.choice).unwrap_or_default(), other))
}

/// Goes on with what the room did, until the end.
fn play_on(branch: &mut Replayed, taken: &[Taken], from: usize) -> Result<(), ReplayError> {
    let mut next = from;
    while let Some(taken) = taken.get(next).filter(|taken| taken.saw == branch.play.saw()) {
        if branch.play.session().check(&taken.input).is_err() {
            break;
        }
        step(branch, next, taken.input.clone(), taken.clock)?;
        next += 1;
    }
    // From here on the room sees something else than it saw.
    let later = taken.iter().filter(|taken| taken.input.verdict().is_some());
    let kept: Vec<Kept> = later.map(|taken| Kept { at: taken.at, input: taken.input.clone() }).collect();
    play_by(branch, &Tail::Sticky(&kept), next)
}

fn play_by_plan(replayed: &mut Replayed, from: usize) -> Result<(), ReplayError> {
    play_by(replayed, &Tail::Players(&Players::Plan), from)
}

fn play_by(replayed: &mut Replayed, tail: &Tail, from: usize) -> Result<(), ReplayError> {
    let mut next = from;
    while let Some(input) = tail.answer(replayed.play.session()) {
        let clock = replayed.play.session().room().clock();
        // A clock that was stopped would hold every policy up.
        if replayed.play.session().room().is_paused() {
            step(replayed, next, Input::Resume, clock)?;
            next += 1;
        }
        step(replayed, next, input, clock)?;
        next += 1;
    }
    Ok(())
}
