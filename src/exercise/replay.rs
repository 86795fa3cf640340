//! A session played again from its log: the same screens, the same numbers, the same bytes.

use crate::exercise::log::{Digest, FORMAT, Log};
use crate::exercise::{Durable, Input, Play, PlayError, Prompt, Screen, Setup};
use crate::time::SimDuration;

/// A session played again.
#[derive(Clone, Debug)]
pub struct Replayed<'p> {
    /// What was seen, in order.
    pub screens: Vec<Seen>,
    /// The session where its log ends.
    pub play: Play<'p, Vec<u8>>,
}

/// A screen, and what was said in front of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The screen.
    pub screen: Screen,
    /// What was waited for.
    pub prompt: Prompt,
    /// What was put in; the last one may have none.
    pub input: Option<Input>,
}

impl Replayed<'_> {
    /// Keeps what is on the screen.
    pub(crate) fn see(&mut self, input: Option<Input>) {
        let (screen, prompt) = (self.play.screen().clone(), self.play.session().prompt());
        self.screens.push(Seen { screen, prompt, input });
    }
}

/// Why a log is not played again, or not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Another version may play differently.
    #[error("the session was played with airside {log}, and this is {own}; use airside {log} to replay it")]
    Version {
        /// The log's version.
        log: String,
        /// This version.
        own: String,
    },
    /// The log has another format.
    #[error("the log has format {0}, and this version reads format {FORMAT}")]
    Format(u32),
    /// Documents are not those that were played.
    #[error("{} since the session was played: {}", if .0.len() == 1 { "a document has changed" } else { "documents have changed" }, .0.join(", "))]
    Documents(Vec<String>),
    /// An input could not have been given where the log has it.
    #[error("line {line} holds an input that was never possible there: {why}")]
    Impossible {
        /// Which line, from 1.
        line: usize,
        /// Why not.
        why: String,
    },
    /// The session goes otherwise.
    #[error("line {line} is not what the session leads to")]
    Differs {
        /// Which line, from 1.
        line: usize,
    },
}

/// Plays a session again. `bytes` are those of the log, `documents` those of today. What was torn is left out.
pub fn replay<'p>(
    setup: &'p Setup,
    documents: &[Digest],
    log: &Log,
    bytes: &[u8],
) -> Result<Replayed<'p>, ReplayError> {
    let mut replayed = open(setup, documents, log)?;
    for (i, taken) in log.taken.iter().enumerate() {
        step(&mut replayed, i, taken.input.clone(), taken.clock)?;
    }
    replayed.see(None);
    let own = replayed.play.log();
    // Power may have gone after the last input and before the end was written; the replay comes to that end again.
    let own = if log.end.is_none() { own.get(..log.bytes).unwrap_or(own) } else { own };
    compare(own, bytes.get(..log.bytes).unwrap_or(bytes))?;
    Ok(replayed)
}

/// Plays a session again and goes on with it; new lines go to `sink`, which stands behind the log's whole lines.
pub fn resume<'p, W: Durable>(
    setup: &'p Setup,
    documents: &[Digest],
    (log, bytes): (&Log, &[u8]),
    sink: W,
) -> Result<Play<'p, W>, ResumeError> {
    let replayed = replay(setup, documents, log, bytes)?;
    Ok(Play::go_on(replayed.play, log, sink)?)
}

/// Why a session does not go on.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// It cannot be played again.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// Its log cannot be written.
    #[error(transparent)]
    Play(#[from] PlayError),
}

/// Begins to play a session again.
pub(crate) fn open<'p>(setup: &'p Setup, documents: &[Digest], log: &Log) -> Result<Replayed<'p>, ReplayError> {
    let header = &log.header;
    if header.format != FORMAT {
        return Err(ReplayError::Format(header.format));
    }
    let own = env!("CARGO_PKG_VERSION");
    if header.version != own {
        return Err(ReplayError::Version { log: header.version.clone(), own: own.to_owned() });
    }
    let mut changed: Vec<String> =
        header.documents.iter().filter(|d| !documents.contains(d)).map(|d| d.file.clone()).collect();
    let added = documents.iter().filter(|d| !header.documents.iter().any(|other| other.file == d.file));
    changed.extend(added.map(|d| d.file.clone()));
    if !changed.is_empty() {
        return Err(ReplayError::Documents(changed));
    }
    let play = Play::begin(setup, header.clone(), Vec::new()).map_err(|error| impossible(1, &error))?;
    Ok(Replayed { screens: Vec::new(), play })
}

/// Gives the input of the log's line `i + 2`.
pub(crate) fn step(replayed: &mut Replayed, i: usize, input: Input, clock: SimDuration) -> Result<(), ReplayError> {
    replayed.see(Some(input.clone()));
    replayed.play.give(input, clock).map_err(|error| impossible(i + 2, &error))?;
    Ok(())
}

fn impossible(line: usize, error: &PlayError) -> ReplayError {
    ReplayError::Impossible { line, why: error.to_string() }
}

/// Finds the first line in which two logs differ.
fn compare(own: &[u8], log: &[u8]) -> Result<(), ReplayError> {
    if own == log {
        return Ok(());
    }
    let lines = |bytes| <[u8]>::split_inclusive(bytes, |b: &u8| *b == b'\n');
    let same = lines(own).zip(lines(log)).take_while(|(a, b)| a == b).count();
    Err(ReplayError::Differs { line: same + 1 })
}
