//! A session and its log: nothing is shown before it is written.

use std::collections::BTreeMap;
use std::io;

use crate::exercise::log::Log;
use crate::exercise::log::{End, Entry, Header, Taken, Writer, sha256};
use crate::exercise::{Durable, Input, Prompt, Refusal, Screen, Session, Setup};
use crate::measure::{Measure, Outcome};
use crate::time::SimDuration;

/// A session that is being played, with its log.
#[derive(Clone, Debug)]
pub struct Play<'p, W> {
    session: Session<'p>,
    log: Writer<W>,
    screen: Screen,
}

/// Why an input was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The session does not take it; it stands as it stood, and nothing was written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The log could not be written. The session stands as it stood; what the log held before is still in it.
    #[error("the session log cannot be written: {0}")]
    Log(#[from] io::Error),
}

impl<'p, W: Durable> Play<'p, W> {
    /// Writes the log's first line and goes to the first module.
    pub fn begin(setup: &'p Setup, header: Header, sink: W) -> Result<Self, PlayError> {
        let mut session = Session::new(setup, header.seed, header.world);
        let mut log = Writer::new(sink);
        log.append(&Entry::Session(header))?;
        let screen = session.begin();
        let mut play = Play { session, log, screen };
        play.close_if_over()?;
        Ok(play)
    }

    /// Goes on with a session that was played up to here, and whose log has been read; new lines go to `sink`. If only
    /// the log's end is missing, it is written.
    pub(crate) fn go_on<V>(play: Play<'p, V>, log: &Log, sink: W) -> Result<Self, PlayError> {
        let mut play = Play { session: play.session, log: Writer::after(log, sink), screen: play.screen };
        if log.end.is_none() {
            play.close_if_over()?;
        }
        Ok(play)
    }

    /// Takes an input at a time of the room's clock, counted from the session's start: checks it, writes it down, and only
    /// then lets it happen. Gives what is to be shown.
    pub fn give(&mut self, input: Input, clock: SimDuration) -> Result<&Screen, PlayError> {
        self.session.check(&input)?;
        let clock = clock.max(self.session.room().clock());
        let entry = Entry::Taken(Taken { at: self.session.now(), clock, saw: self.saw(), input: input.clone() });
        self.log.append(&entry)?;
        self.screen = self.session.give(&input, clock)?;
        self.close_if_over()?;
        Ok(&self.screen)
    }

    /// What is on the screen.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The session.
    pub fn session(&self) -> &Session<'p> {
        &self.session
    }

    /// Where the log went.
    pub fn log(&self) -> &W {
        self.log.sink()
    }

    /// Ends the play, as it stands, and gives back where the log went.
    pub fn into_log(self) -> W {
        self.log.into_sink()
    }

    /// The hash of what is on the screen.
    pub(crate) fn saw(&self) -> String {
        // A screen holds text and finite numbers only; it can always be written.
        sha256(&serde_json::to_vec(&self.screen).unwrap_or_default())
    }

    fn close_if_over(&mut self) -> io::Result<()> {
        if let (Prompt::Over, Some((_, outcome))) = (self.session.prompt(), self.session.outcome()) {
            self.log.append(&Entry::End(End { saw: self.saw(), measures: measures(&outcome) }))?;
        }
        Ok(())
    }
}

fn measures(outcome: &Outcome) -> BTreeMap<String, Option<f64>> {
    let value = |m: Measure| (!outcome.is_censored(m) && !outcome.lacks(m)).then(|| outcome.get(m));
    Measure::all().map(|m| (m.id().to_owned(), value(m))).collect()
}
