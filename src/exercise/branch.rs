//! The same luck, another choice: a session goes on from one of its decisions as it would have gone.
//!
//! The tail is sticky: later decisions of the room are made again as they were, at the first chance from the day on
//! which they were made. Where the branch shows the room what it saw, it does exactly what it did; so a branch with
//! the same choice is the session itself.

use crate::exercise::log::{Digest, Log, Taken};
use crate::exercise::replay::{Replayed, open, step};
use crate::exercise::{Input, Prompt, ReplayError, Setup};
use crate::model::DecisionId;

/// A session, and what it would have been.
#[derive(Clone, Debug)]
pub struct Branched<'p> {
    /// As it was played.
    pub session: Replayed<'p>,
    /// As it would have been played.
    pub branch: Replayed<'p>,
    /// The decision that differs.
    pub decision: DecisionId,
    /// Screens that both have in common, the one with the decision included.
    pub shared: usize,
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

/// Plays a session again up to its decision `number`, counted from 1 in the order in which they were made, and from
/// there on twice: as it was, and with another choice, given by its name or by its number on the screen.
pub fn branch<'p>(
    setup: &'p Setup,
    documents: &[Digest],
    log: &Log,
    number: usize,
    choice: &str,
) -> Result<Branched<'p>, BranchError> {
    let decided: Vec<usize> =
        log.taken.iter().enumerate().filter(|(_, t)| matches!(t.input, Input::Decide { .. })).map(|(i, _)| i).collect();
    let no_decision = BranchError::NoDecision { number, made: decided.len() };
    let at = number.checked_sub(1).and_then(|n| decided.get(n)).copied().ok_or(no_decision)?;
    let mut session = open(setup, documents, log)?;
    for (i, taken) in log.taken[..at].iter().enumerate() {
        step(&mut session, i, taken.input.clone())?;
    }
    let mut other = session.clone();
    let (decision, input) = chosen(setup, &log.taken[at].input, choice)?;
    for (i, taken) in log.taken.iter().enumerate().skip(at) {
        step(&mut session, i, taken.input.clone())?;
    }
    if session.play.session().prompt() != Prompt::Over {
        return Err(BranchError::Unfinished);
    }
    session.screens.push((session.play.screen().clone(), None));
    step(&mut other, at, input)?;
    play_on(&mut other, &log.taken, at + 1)?;
    other.screens.push((other.play.screen().clone(), None));
    Ok(Branched { session, branch: other, decision, shared: at + 1 })
}

/// The input that chooses otherwise. Reasons are kept if the choice is the same.
fn chosen(setup: &Setup, input: &Input, choice: &str) -> Result<(DecisionId, Input), BranchError> {
    let Input::Decide { decision, choice: was, why } = input else {
        return Err(BranchError::Unfinished);
    };
    let decisions = &setup.exercise.decisions;
    let place = decisions.iter().position(|own| own.id == *decision).unwrap_or_default();
    let known: Vec<String> = decisions[place].choices.iter().map(|own| own.id.clone()).collect();
    let by_number = || choice.parse::<usize>().ok().and_then(|n| known.get(n.wrapping_sub(1)));
    let Some(choice) = known.iter().find(|own| *own == choice).or_else(by_number).cloned() else {
        return Err(BranchError::NoChoice { decision: decision.clone(), choice: choice.to_owned(), known });
    };
    let why = why.clone().filter(|_| *was == choice);
    let input = Input::Decide { decision: decision.clone(), choice, why };
    Ok((DecisionId::from_index(place), input))
}

/// Goes on with what the room did, until the end.
fn play_on(branch: &mut Replayed, taken: &[Taken], from: usize) -> Result<(), ReplayError> {
    let mut next = from;
    while let Some(taken) = taken.get(next).filter(|taken| taken.saw == branch.play.saw()) {
        if branch.play.session().check(&taken.input).is_err() {
            break;
        }
        step(branch, next, taken.input.clone())?;
        next += 1;
    }
    // From here on the room sees something else than it saw.
    loop {
        let input = match branch.play.session().prompt() {
            Prompt::Over => return Ok(()),
            Prompt::Next => Input::Next,
            Prompt::Decide { decision, may_wait } => again(branch, taken, decision, may_wait),
        };
        step(branch, next, input)?;
        next += 1;
    }
}

/// The room's answer to a question in its own session: then, or later if it took its time.
fn again(branch: &Replayed, taken: &[Taken], decision: DecisionId, may_wait: bool) -> Input {
    let session = branch.play.session();
    let asked = &session.setup().exercise.decisions[decision.index()];
    let answer = taken.iter().find(|t| matches!(&t.input, Input::Decide { decision, .. } if *decision == asked.id));
    match answer {
        Some(t) if may_wait && session.now() < t.at => Input::Next,
        Some(t) => t.input.clone(),
        // A finished session has an answer to everything; the first choice stands in for one that it could not have.
        None => Input::Decide { decision: asked.id.clone(), choice: asked.choices[0].id.clone(), why: None },
    }
}
