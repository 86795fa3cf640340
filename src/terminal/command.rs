//! What somebody typed: an answer, the facilitator's commands, or neither.

use crate::exercise::{Input, Observation, Prompt, Rating, Setup, Verdict};
use crate::model::DecisionId;

/// What somebody typed.
pub(super) enum Typed {
    Input(Input),
    Help,
    /// What is to come.
    List,
    /// What the room's clock says.
    Time,
    /// How the story may go on.
    Forecast,
    Quit,
    /// Nothing that is understood, and why.
    Unclear(String),
}

/// The commands, each with what it does, for those who ask.
pub(super) const COMMANDS: [(&str, &str); 16] = [
    (":pause", "stop the room's clock, to talk"),
    (":resume", "let it go on"),
    (":time", "what the clock says"),
    (":list", "what has come and what is to come (spoils it for the table)"),
    (":release INJECT", "bring an inject now"),
    (":hold INJECT", "keep it back until it is released"),
    (":skip INJECT", "leave it out"),
    (":jump DAY", "let the story go on to a day, past all that can wait"),
    (":note TEXT", "write something down"),
    (":observe OBJECTIVE TARGET.TASK P|S|M|U TEXT", "what an evaluator has seen"),
    (":rate OBJECTIVE P|S|M|U WHY", "how an objective went"),
    (":override DECISION CHOICE WHY", "decide in place of a seat; a choice by its name or number"),
    (":sit SEAT WHO", "somebody takes a seat"),
    (":forecast", "how the story may go on from here (for the facilitator)"),
    (":undo", "take the last input back"),
    ("q", "stop; the log keeps everything up to here"),
];

pub(super) fn understand(setup: &Setup, prompt: Prompt, line: &str) -> Typed {
    if let Some(command) = line.strip_prefix(':') {
        return numbered(setup, self::command(command));
    }
    // Only alone are these what they seem: a sentence that begins with `next` is not thrown away.
    match (line, prompt) {
        ("?" | "help", _) => Typed::Help,
        ("q" | "quit", _) => Typed::Quit,
        ("" | "next", _) => Typed::Input(Input::Next),
        (_, Prompt::Decide { decision, .. }) => decide(setup, decision, line),
        _ => Typed::Unclear("Nothing is asked now. Press Enter to go on, ? for help, q to stop.".to_owned()),
    }
}

/// An override may name a choice by its number on the screen.
fn numbered(setup: &Setup, typed: Typed) -> Typed {
    let Typed::Input(Input::Override(mut verdict)) = typed else { return typed };
    let decision = setup.exercise.decisions.iter().find(|own| own.id == verdict.decision);
    let by_number = verdict.choice.parse::<usize>().ok().and_then(|n| decision?.choices.get(n.wrapping_sub(1)));
    if let Some(choice) = by_number {
        verdict.choice.clone_from(&choice.id);
    }
    Typed::Input(Input::Override(verdict))
}

/// An input as it would have been typed.
pub(super) fn written(setup: &Setup, prompt: Prompt, input: &Input) -> String {
    match input {
        Input::Next => String::new(),
        Input::Decide(verdict) => {
            let number = match prompt {
                Prompt::Decide { decision, .. } => {
                    let choices = &setup.exercise.decisions[decision.index()].choices;
                    choices.iter().position(|own| own.id == verdict.choice).map_or(0, |place| place + 1).to_string()
                }
                _ => verdict.choice.clone(),
            };
            let percent = |n: Option<u8>| n.map(|n| format!("{n}%"));
            let (sure, foretold) = (percent(verdict.sure), percent(verdict.foretold));
            // A percentage that is missing in front of another leaves a dash.
            let sure = sure.or_else(|| foretold.as_ref().map(|_| "-".to_owned()));
            let parts = [Some(number), sure, foretold, verdict.why.clone()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Input::Release { inject } => format!(":release {inject}"),
        Input::Hold { inject } => format!(":hold {inject}"),
        Input::Skip { inject } => format!(":skip {inject}"),
        Input::Jump { day } => format!(":jump {day}"),
        Input::Pause => ":pause".to_owned(),
        Input::Resume => ":resume".to_owned(),
        Input::Note { text } => format!(":note {text}"),
        Input::Observe(Observation { objective, target, task, rating, text }) => {
            format!(":observe {objective} {target}.{task} {} {text}", rating.letter())
        }
        Input::Rate { objective, rating, why } => {
            format!(":rate {objective} {} {}", rating.letter(), why.as_deref().unwrap_or_default())
        }
        Input::Override(Verdict { decision, choice, why, .. }) => {
            format!(":override {decision} {choice} {}", why.as_deref().unwrap_or_default())
        }
        Input::Sit { seat, who } => format!(":sit {seat} {who}"),
        Input::Undo => ":undo".to_owned(),
    }
}

fn decide(setup: &Setup, id: DecisionId, line: &str) -> Typed {
    let decision = &setup.exercise.decisions[id.index()];
    let (word, rest) = cut(line);
    let number = word.trim_end_matches(['.', ')', ':', ',']);
    let by_number = number.parse::<usize>().ok().and_then(|n| decision.choices.get(n.wrapping_sub(1)));
    let Some(choice) = by_number.or_else(|| decision.choices.iter().find(|choice| choice.id == word)) else {
        return Typed::Unclear(format!(
            "That is no choice. Start your answer with a number from 1 to {}.",
            decision.choices.len()
        ));
    };
    let (sure, rest) = percentage(rest);
    let (foretold, why) = match sure {
        Some(_) => percentage(rest),
        None => (None, rest),
    };
    Typed::Input(Input::Decide(Verdict {
        decision: decision.id.clone(),
        choice: choice.id.clone(),
        why: some(why),
        sure: sure.flatten(),
        foretold: foretold.flatten(),
    }))
}

/// A percentage at the beginning of a text, or a dash in its place.
fn percentage(text: &str) -> (Option<Option<u8>>, &str) {
    let (word, rest) = cut(text);
    if word == "-" {
        return (Some(None), rest);
    }
    match word.strip_suffix('%').map(str::parse::<u8>) {
        Some(Ok(percent)) => (Some(Some(percent)), rest),
        _ => (None, text),
    }
}

fn command(text: &str) -> Typed {
    let (name, rest) = cut(text);
    let (first, after) = cut(rest);
    let unclear = |usage: &str| Typed::Unclear(format!("Write {usage}."));
    let inject = |input: fn(String) -> Input, usage: &str| match (first, after) {
        ("", _) => unclear(usage),
        (inject, "") => Typed::Input(input(inject.to_owned())),
        _ => unclear(usage),
    };
    match name {
        "pause" => Typed::Input(Input::Pause),
        "resume" => Typed::Input(Input::Resume),
        "undo" => Typed::Input(Input::Undo),
        "time" => Typed::Time,
        "list" => Typed::List,
        "forecast" => Typed::Forecast,
        "release" => inject(|inject| Input::Release { inject }, ":release INJECT"),
        "hold" => inject(|inject| Input::Hold { inject }, ":hold INJECT"),
        "skip" => inject(|inject| Input::Skip { inject }, ":skip INJECT"),
        "jump" => match rest.trim_start_matches("day").trim().parse() {
            Ok(day) => Typed::Input(Input::Jump { day }),
            Err(_) => unclear(":jump DAY, with the number of a day"),
        },
        "note" => Typed::Input(Input::Note { text: rest.to_owned() }),
        "observe" => observe(first, after).map_or_else(
            || unclear(":observe OBJECTIVE TARGET.TASK P|S|M|U TEXT, such as :observe fair 1.2 S they asked twice"),
            Typed::Input,
        ),
        "rate" => match rating(after) {
            Some((rating, why)) => Typed::Input(Input::Rate { objective: first.to_owned(), rating, why: some(why) }),
            None => unclear(":rate OBJECTIVE P|S|M|U WHY"),
        },
        "override" => match cut(after) {
            ("", _) => unclear(":override DECISION CHOICE WHY"),
            (choice, why) => Typed::Input(Input::Override(Verdict {
                decision: first.to_owned(),
                choice: choice.to_owned(),
                why: some(why),
                ..Verdict::default()
            })),
        },
        "sit" => Typed::Input(Input::Sit { seat: first.to_owned(), who: after.to_owned() }),
        _ => {
            let known: Vec<&str> = COMMANDS.iter().map(|(usage, _)| cut(usage).0).collect();
            Typed::Unclear(format!("There is no command :{name}. There are: {}.", known.join(" ")))
        }
    }
}

fn observe(objective: &str, rest: &str) -> Option<Input> {
    let (place, rest) = cut(rest);
    let (target, task) = place.split_once('.')?;
    let (rating, text) = rating(rest)?;
    let (objective, text) = (objective.to_owned(), text.to_owned());
    let (target, task) = (target.parse().ok()?, task.parse().ok()?);
    Some(Input::Observe(Observation { objective, target, task, rating, text }))
}

fn rating(text: &str) -> Option<(Rating, &str)> {
    let (letter, rest) = cut(text);
    let rating = Rating::ALL.into_iter().find(|rating| rating.letter().eq_ignore_ascii_case(letter))?;
    Some((rating, rest))
}

/// The first word and what follows.
fn cut(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(text: &str) -> Input {
        match command(text) {
            Typed::Input(input) => input,
            _ => panic!("{text} is no input"),
        }
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(input("hold bill"), Input::Hold { inject: "bill".into() });
        assert_eq!(input("jump 90"), Input::Jump { day: 90 });
        assert_eq!(input("jump day 90"), Input::Jump { day: 90 });
        let rated = Input::Rate { objective: "fair".into(), rating: Rating::S, why: Some("late".into()) };
        assert_eq!(input("rate fair s late"), rated);
        let Input::Observe(seen) = input("observe fair 1.2 P they asked for proof") else { panic!() };
        assert_eq!((seen.target, seen.task, seen.rating), (1, 2, Rating::P));
        assert_eq!(seen.text, "they asked for proof");
        for unclear in ["hold", "hold a b", "jump soon", "rate fair X", "observe fair 1 P x", "override d", "nonsense"]
        {
            assert!(matches!(command(unclear), Typed::Unclear(_)), "{unclear}");
        }
    }

    #[test]
    fn percentages_stand_in_front_of_reasons() {
        assert_eq!(percentage("60% it rings"), (Some(Some(60)), "it rings"));
        assert_eq!(percentage("- 30%"), (Some(None), "30%"));
        assert_eq!(percentage("60 percent"), (None, "60 percent"));
        assert_eq!(percentage("999% x"), (None, "999% x"));
    }
}
