//! A session at one keyboard: shows screens, reads answers. No rule of the exercise is here.

mod screen;

use std::io::{self, BufRead, Write};

use crate::exercise::{Durable, Input, Play, PlayError, Prompt, Replayed, Setup};
use crate::model::DecisionId;

pub(crate) use screen::{Look, wrap};

/// Where answers come from.
pub(crate) struct Answers<'r> {
    reader: &'r mut dyn BufRead,
    /// From a file rather than a person: answers are shown, and a wrong one ends the session.
    scripted: bool,
    line: usize,
    /// Whether there are no more.
    ended: bool,
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
    pub(crate) fn typed(reader: &'r mut dyn BufRead) -> Self {
        Answers { reader, scripted: false, line: 0, ended: false }
    }

    /// A file: an answer a line, `next` to go on; empty lines and those that start with # are passed over.
    pub(crate) fn scripted(reader: &'r mut dyn BufRead) -> Self {
        Answers { reader, scripted: true, line: 0, ended: false }
    }

    fn next(&mut self) -> Result<Option<String>, Stopped> {
        loop {
            let mut text = Vec::new();
            if self.reader.read_until(b'\n', &mut text).map_err(Stopped::Answers)? == 0 {
                self.ended = true;
                return Ok(None);
            }
            self.line += 1;
            let text = String::from_utf8_lossy(&text).trim().to_owned();
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

/// What somebody typed.
enum Typed {
    Input(Input),
    Help,
    Quit,
    /// Nothing that is understood, and why.
    Unclear(String),
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
    look: Look,
) -> Result<bool, Stopped> {
    let setup = play.session().setup();
    out.write_all(screen::title(setup, look).as_bytes())?;
    out.write_all(screen::text(setup, play.screen(), look).as_bytes())?;
    loop {
        let prompt = play.session().prompt();
        if prompt == Prompt::Over {
            return Ok(true);
        }
        out.write_all(screen::prompt(setup, prompt, look).as_bytes())?;
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
        let shown = match play.give(input) {
            Ok(shown) => shown,
            Err(PlayError::Log(error)) => return Err(Stopped::Log(error)),
            // It has been checked.
            Err(PlayError::Refused(why)) => return Err(Stopped::Answers(io::Error::other(why))),
        };
        out.write_all(screen::text(setup, shown, look).as_bytes())?;
    }
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
    loop {
        let Some(line) = answers.next()? else { return Ok(None) };
        let text = match understand(setup, prompt, &line) {
            Typed::Quit => return Ok(None),
            Typed::Help => {
                let typed = if answers.scripted { "?\n" } else { "" };
                typed.to_owned() + &screen::help(setup, prompt, look)
            }
            Typed::Input(input) => match play.session().check(&input) {
                Ok(()) => return Ok(Some(input)),
                Err(why) => answers.refuse(format!("Not taken: {why}."), look)?,
            },
            Typed::Unclear(why) => answers.refuse(why, look)?,
        };
        // A session is not lost because nobody reads what is said beside it.
        let _ = aside.write_all((text + &screen::prompt(setup, prompt, look)).as_bytes());
        let _ = aside.flush();
    }
}

/// Shows a session that has been played, as it looked with a script.
pub(crate) fn show(replayed: &Replayed<'_>, out: &mut dyn Write, look: Look) -> io::Result<()> {
    let setup = replayed.play.session().setup();
    out.write_all(screen::title(setup, look).as_bytes())?;
    // What was asked follows from what is shown: the last question of a screen, or nothing.
    for (shown, input) in &replayed.screens {
        out.write_all(screen::text(setup, shown, look).as_bytes())?;
        let prompt = screen::asked(shown);
        if let Some(input) = input {
            out.write_all(screen::prompt(setup, prompt, look).as_bytes())?;
            out.write_all(screen::answer(setup, prompt, input).as_bytes())?;
        } else if replayed.play.session().prompt() != Prompt::Over {
            // Here somebody stopped.
            writeln!(out, "{}", screen::prompt(setup, prompt, look))?;
        }
    }
    Ok(())
}

/// What was decided, what was true and what it came to.
pub(crate) fn summary<W: Durable>(play: &Play<'_, W>, look: Look) -> String {
    screen::summary(play.session(), look)
}

fn understand(setup: &Setup, prompt: Prompt, line: &str) -> Typed {
    // Only alone are these what they seem: a sentence that begins with `next` is not thrown away.
    match (line, prompt) {
        ("?" | "help", _) => Typed::Help,
        ("q" | "quit", _) => Typed::Quit,
        ("" | "next", _) => Typed::Input(Input::Next),
        (_, Prompt::Decide { decision, .. }) => {
            let (word, why) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            decide(setup, decision, word, why.trim())
        }
        _ => Typed::Unclear("Nothing is asked now. Press Enter to go on, ? for help, q to stop.".to_owned()),
    }
}

fn decide(setup: &Setup, id: DecisionId, word: &str, why: &str) -> Typed {
    let decision = &setup.exercise.decisions[id.index()];
    let number = word.trim_end_matches(['.', ')', ':', ',']);
    let by_number = number.parse::<usize>().ok().and_then(|n| decision.choices.get(n.wrapping_sub(1)));
    match by_number.or_else(|| decision.choices.iter().find(|choice| choice.id == word)) {
        Some(choice) => Typed::Input(Input::Decide {
            decision: decision.id.clone(),
            choice: choice.id.clone(),
            why: (!why.is_empty()).then(|| why.to_owned()),
        }),
        None => Typed::Unclear(format!(
            "That is no choice. Start your answer with a number from 1 to {}.",
            decision.choices.len()
        )),
    }
}
