//! A session at one keyboard: shows screens, reads answers. No rule of the exercise is here.

mod screen;

use std::io::{self, BufRead, Write};

use crate::exercise::{Durable, Input, Play, PlayError, Prompt, Replayed, Setup};
use crate::model::DecisionId;

pub(crate) use screen::Look;
use screen::wrap;

/// Where answers come from.
pub(crate) struct Answers<'r> {
    reader: &'r mut dyn BufRead,
    /// From a file rather than a person: answers are shown, and a wrong one ends the session.
    scripted: bool,
    line: usize,
}

/// Why a session stopped in the middle. Its log holds all that was taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// The log or the screen could not be written, or the answers not read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A script holds something that is no answer.
    #[error("line {line} of the script: {why}")]
    Script { line: usize, why: String },
}

impl<'r> Answers<'r> {
    /// A person at the keyboard.
    pub(crate) fn typed(reader: &'r mut dyn BufRead) -> Self {
        Answers { reader, scripted: false, line: 0 }
    }

    /// A file: an answer a line, `next` to go on; empty lines and those that start with # are passed over.
    pub(crate) fn scripted(reader: &'r mut dyn BufRead) -> Self {
        Answers { reader, scripted: true, line: 0 }
    }

    fn next(&mut self) -> io::Result<Option<String>> {
        loop {
            let mut text = Vec::new();
            if self.reader.read_until(b'\n', &mut text)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let text = String::from_utf8_lossy(&text).trim().to_owned();
            if !self.scripted || !(text.is_empty() || text.starts_with('#')) {
                return Ok(Some(text));
            }
        }
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
pub(crate) fn play<W: Durable>(
    play: &mut Play<'_, W>,
    answers: &mut Answers<'_>,
    out: &mut dyn Write,
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
        let Some(line) = answers.next()? else {
            writeln!(out)?;
            return Ok(false);
        };
        let input = match understand(setup, prompt, &line) {
            Typed::Input(input) => input,
            Typed::Quit => return Ok(false),
            Typed::Help => {
                if answers.scripted {
                    writeln!(out, "?")?;
                }
                out.write_all(screen::help(setup, prompt, look).as_bytes())?;
                continue;
            }
            Typed::Unclear(why) if answers.scripted => return Err(Stopped::Script { line: answers.line, why }),
            Typed::Unclear(why) => {
                out.write_all(wrap(&why, 0, look).as_bytes())?;
                continue;
            }
        };
        if answers.scripted {
            out.write_all(screen::answer(setup, prompt, &input).as_bytes())?;
        }
        match play.give(input) {
            Ok(screen) => {
                let text = screen::text(setup, screen, look);
                out.write_all(text.as_bytes())?;
            }
            Err(PlayError::Log(error)) => return Err(error.into()),
            Err(PlayError::Refused(why)) if answers.scripted => {
                return Err(Stopped::Script { line: answers.line, why: why.to_string() });
            }
            Err(PlayError::Refused(why)) => writeln!(out, "Not taken: {why}.")?,
        }
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
        }
    }
    Ok(())
}

/// What was decided, what was true and what it came to.
pub(crate) fn summary<W: Durable>(play: &Play<'_, W>, look: Look) -> String {
    screen::summary(play.session(), look)
}

fn understand(setup: &Setup, prompt: Prompt, line: &str) -> Typed {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match (word, prompt) {
        ("?" | "help", _) => Typed::Help,
        ("q" | "quit", _) => Typed::Quit,
        ("" | "next", _) => Typed::Input(Input::Next),
        (_, Prompt::Decide { decision, .. }) => decide(setup, decision, word, rest.trim()),
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
