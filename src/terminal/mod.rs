//! A session at one keyboard: shows screens, reads answers. No rule of the exercise is here.

mod aside;
mod command;
mod screen;

use std::io::{self, BufRead, Write};

use crate::exercise::{Audience, Durable, Input, Play, PlayError, Players, Prompt, Replayed, Screen, Seen, What};
use crate::model::SeatId;
use crate::time::{MINUTE, SimDuration};
use command::{Typed, understand};

pub(crate) use screen::{Look, wrap};

/// Where answers come from.
pub(crate) struct Answers<'r> {
    from: From<'r>,
    /// From a file rather than a person: answers are shown, and a wrong one ends the session.
    scripted: bool,
    line: usize,
    /// Whether there are no more.
    ended: bool,
    clock: Clock<'r>,
    /// Typed where Enter was enough; the next answer.
    early: Option<String>,
}

/// Who gives them.
enum From<'r> {
    Lines(&'r mut dyn BufRead),
    Players(&'r Players),
}

/// Where the room's time comes from, counted from the session's start.
pub(crate) enum Clock<'r> {
    /// From the wall.
    Wall(&'r dyn Fn() -> SimDuration),
    /// From the script: a line `@ 12` says that it is minute 12. Without one, no time passes.
    Script(SimDuration),
}

/// How a session is played at one keyboard.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Table {
    /// Whether each seat reads its own screens only, and hands the keyboard on.
    pub(crate) hand_round: bool,
}

/// Why a session stopped in the middle. Its log holds all that was taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// The log could not be written.
    #[error("the log cannot be written: {0}")]
    Log(io::Error),
    /// The screen could not be written.
    #[error("the screen cannot be written: {0}")]
    Screen(#[from] io::Error),
    /// The answers could not be read.
    #[error("the answers cannot be read: {0}")]
    Answers(io::Error),
    /// A script holds something that is no answer.
    #[error("line {line} of the script: {why}")]
    Script { line: usize, why: String },
}

impl<'r> Answers<'r> {
    /// A person at the keyboard.
    pub(crate) fn typed(reader: &'r mut dyn BufRead, wall: &'r dyn Fn() -> SimDuration) -> Self {
        Answers {
            from: From::Lines(reader),
            scripted: false,
            line: 0,
            ended: false,
            clock: Clock::Wall(wall),
            early: None,
        }
    }

    /// A file: an answer a line, `next` to go on, `@ 12` when the room's clock shows minute 12; empty lines and those that
    /// start with # are passed over. The clock begins where the session's stands.
    pub(crate) fn scripted(reader: &'r mut dyn BufRead, from: SimDuration) -> Self {
        Answers {
            from: From::Lines(reader),
            scripted: true,
            line: 0,
            ended: false,
            clock: Clock::Script(from),
            early: None,
        }
    }

    /// A policy, which plays all seats in no time.
    pub(crate) fn by(players: &'r Players, from: SimDuration) -> Self {
        Answers {
            from: From::Players(players),
            scripted: true,
            line: 0,
            ended: false,
            clock: Clock::Script(from),
            early: None,
        }
    }

    fn now(&self) -> SimDuration {
        match self.clock {
            Clock::Wall(wall) => wall(),
            Clock::Script(at) => at,
        }
    }

    fn next(&mut self) -> Result<Option<String>, Stopped> {
        if let Some(early) = self.early.take() {
            return Ok(Some(early));
        }
        let From::Lines(reader) = &mut self.from else { return Ok(None) };
        loop {
            let mut text = Vec::new();
            if reader.read_until(b'\n', &mut text).map_err(Stopped::Answers)? == 0 {
                self.ended = true;
                return Ok(None);
            }
            self.line += 1;
            let text = String::from_utf8_lossy(&text).trim().to_owned();
            if self.scripted
                && let Some(minute) = text.strip_prefix('@')
            {
                let minute: f64 =
                    minute.trim().parse().ok().filter(|m| (0.0..=100_000.0).contains(m)).ok_or_else(|| {
                        let why = "after @ stands the minute that the room's clock shows, such as @ 12".to_owned();
                        Stopped::Script { line: self.line, why }
                    })?;
                self.clock = Clock::Script(SimDuration::from_millis_f64(minute * MINUTE as f64));
                continue;
            }
            if !self.scripted || !(text.is_empty() || text.starts_with('#')) {
                return Ok(Some(text));
            }
        }
    }

    /// What to say of an answer that is not taken. A script ends there.
    fn refuse(&self, why: String, look: Look) -> Result<String, Stopped> {
        if self.scripted { Err(Stopped::Script { line: self.line, why }) } else { Ok(wrap(&why, 0, look)) }
    }
}

/// Plays until the session is over, or until there are no more answers. Whether it was played to its end.
///
/// What belongs to the session goes to `out`, and looks the same when it is replayed. Help and what is not understood
/// go to `aside`: they are no part of it.
pub(crate) fn play<W: Durable>(
    play: &mut Play<'_, W>,
    answers: &mut Answers<'_>,
    out: &mut dyn Write,
    aside: &mut dyn Write,
    table: Table,
    look: Look,
) -> Result<bool, Stopped> {
    let setup = play.session().setup();
    let mut holder = None;
    out.write_all(screen::title(setup, look).as_bytes())?;
    present(play.screen(), play, answers, (out, &mut holder), table, look)?;
    if let Prompt::Decide { decision, .. } = play.session().prompt()
        && !play.screen().shown.iter().any(|shown| matches!(shown.what, What::Question { .. }))
    {
        // A session that goes on, in the middle of a question.
        write!(out, "\n{}", screen::question(setup, decision, look))?;
    }
    loop {
        let prompt = play.session().prompt();
        if prompt == Prompt::Over {
            return Ok(true);
        }
        out.write_all(screen::prompt(setup, prompt, play.screen().timer, look).as_bytes())?;
        out.flush()?;
        let Some(input) = ask(play, answers, aside, look)? else {
            // Somebody who stops at the keyboard has gone to a new line already.
            if answers.scripted || answers.ended {
                writeln!(out)?;
            }
            return Ok(false);
        };
        if answers.scripted {
            out.write_all(screen::answer(setup, prompt, &input).as_bytes())?;
        }
        match play.give(input, answers.now()) {
            Ok(_) => {}
            Err(PlayError::Log(error)) => return Err(Stopped::Log(error)),
            // It has been checked.
            Err(PlayError::Refused(why)) => return Err(Stopped::Answers(io::Error::other(why))),
        }
        present(play.screen(), play, answers, (out, &mut holder), table, look)?;
    }
}

/// Shows a screen: at once, or to each seat in turn.
fn present<W: Durable>(
    screen: &Screen,
    play: &Play<'_, W>,
    answers: &mut Answers<'_>,
    (out, holder): (&mut dyn Write, &mut Option<SeatId>),
    table: Table,
    look: Look,
) -> Result<(), Stopped> {
    let setup = play.session().setup();
    for (nth, shown) in screen.shown.iter().enumerate() {
        let text = screen::shown(setup, screen, shown, look);
        match &shown.to {
            Audience::Seats(seats) if table.hand_round => {
                // Each of them reads it, whoever has the keyboard first.
                let mut seats = seats.clone();
                seats.sort_by_key(|seat| *holder != Some(*seat));
                for seat in seats {
                    if *holder != Some(seat) {
                        out.write_all(screen::hand_to(setup, seat, look).as_bytes())?;
                        await_enter(answers, out)?;
                        *holder = Some(seat);
                        if !answers.scripted {
                            out.write_all(screen::clear(look).as_bytes())?;
                        }
                    }
                    out.write_all(text.as_bytes())?;
                }
            }
            _ => out.write_all(text.as_bytes())?,
        }
        // What is read aloud is read before the seats' own screens push it away.
        if matches!(shown.what, What::Module { .. })
            && nth + 1 < screen.shown.len()
            && !table.hand_round
            && !answers.scripted
        {
            out.write_all(screen::read_aloud_first(look).as_bytes())?;
            await_enter(answers, out)?;
        }
    }
    Ok(())
}

/// Waits for Enter at the keyboard. Whatever else is typed is the next answer.
fn await_enter(answers: &mut Answers<'_>, out: &mut dyn Write) -> Result<(), Stopped> {
    out.flush()?;
    if !answers.scripted {
        answers.early = answers.next()?.filter(|line| !line.is_empty());
    }
    Ok(())
}

/// Asks until there is an answer that the session takes; none if somebody stops here.
fn ask<W: Durable>(
    play: &Play<'_, W>,
    answers: &mut Answers<'_>,
    aside: &mut dyn Write,
    look: Look,
) -> Result<Option<Input>, Stopped> {
    let setup = play.session().setup();
    let prompt = play.session().prompt();
    if let From::Players(players) = answers.from {
        return Ok(players.answer(play.session()));
    }
    loop {
        let Some(line) = answers.next()? else { return Ok(None) };
        let typed = if answers.scripted { format!("{line}\n") } else { String::new() };
        let text = match understand(setup, prompt, &line) {
            Typed::Quit => return Ok(None),
            Typed::Help => typed + &screen::help(setup, prompt, look),
            Typed::List => typed + &aside::list(play.session(), look),
            Typed::Time => typed + &aside::time(play.session(), answers.now(), look),
            Typed::Forecast => typed + &aside::forecast(play.session(), look),
            Typed::Input(input) => match play.session().check(&input) {
                Ok(()) => return Ok(Some(input)),
                Err(why) => answers.refuse(format!("Not taken: {why}."), look)?,
            },
            Typed::Unclear(why) => answers.refuse(why, look)?,
        };
        // A session is not lost because nobody reads what is said beside it.
        let _ = aside.write_all((text + &screen::prompt(setup, prompt, play.screen().timer, look)).as_bytes());
        let _ = aside.flush();
    }
}

/// Shows a session that has been played, as it looked with a script.
pub(crate) fn show(replayed: &Replayed<'_>, out: &mut dyn Write, look: Look) -> io::Result<()> {
    let setup = replayed.play.session().setup();
    out.write_all(screen::title(setup, look).as_bytes())?;
    for Seen { screen: shown, prompt, input } in &replayed.screens {
        out.write_all(screen::text(setup, shown, look).as_bytes())?;
        let prompt = *prompt;
        if let Some(input) = input {
            out.write_all(screen::prompt(setup, prompt, shown.timer, look).as_bytes())?;
            out.write_all(screen::answer(setup, prompt, input).as_bytes())?;
        } else if replayed.play.session().prompt() != Prompt::Over {
            // Here somebody stopped.
            writeln!(out, "{}", screen::prompt(setup, prompt, shown.timer, look))?;
        }
    }
    Ok(())
}

/// What was decided, what was true and what it came to.
pub(crate) fn summary<W: Durable>(play: &Play<'_, W>, look: Look) -> String {
    screen::summary(play.session(), look)
}
