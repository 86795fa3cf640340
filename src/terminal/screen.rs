//! Screens as plain text: short lines, words in place of ornaments, so that a screen reader reads them too.

use std::fmt::Write;

use crate::exercise::{
    Audience, CaseSeen, Input, KEY_MEASURES, Prompt, Screen, Session, Setup, Shown, SignalSeen, Timer, View, What,
    euro, grouped, how_found, percent, truth,
};
use crate::model::{DecisionId, Payer, SeatId};
use crate::report::{CAVEAT, tables};
use crate::terminal::command;
use crate::time::SimTime;

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Whether headings are coloured.
    pub(crate) colour: bool,
    /// Columns.
    pub(crate) width: usize,
}

/// The words that tell an exercise from the real thing.
const MARK: &str = "EXERCISE EXERCISE EXERCISE";

/// Signals that are shown one by one; the rest is counted.
const LAST_SIGNALS: usize = 2;

/// The first lines: what this is.
pub(crate) fn title(setup: &Setup, look: Look) -> String {
    let exercise = &setup.exercise;
    let mut out = mark(setup, look);
    let seats: Vec<&str> = exercise.seats.iter().map(|seat| seat.title.as_str()).collect();
    out.push_str(&bold(&exercise.title, look));
    out.push('\n');
    let text = format!(
        "About {} minutes. At the table: {}. Nobody here knows whether anything is going on; you find out at the end.",
        exercise.length.minutes(),
        seats.join(", ")
    );
    out.push_str(&wrap(&text, 0, look));
    out
}

/// A screen.
pub(crate) fn text(setup: &Setup, screen: &Screen, look: Look) -> String {
    let mut out = String::new();
    for one in &screen.shown {
        out.push_str(&shown(setup, screen, one, look));
    }
    out
}

/// One thing on a screen.
pub(crate) fn shown(setup: &Setup, screen: &Screen, shown: &Shown, look: Look) -> String {
    // A session's own end says all that there is to say.
    let tight = matches!(shown.what, What::Over { .. } | What::Decided { .. } | What::LeftOpen { .. });
    let gap = if tight { "" } else { "\n" };
    gap.to_owned() + &one(setup, screen.at, &shown.to, &shown.what, look)
}

/// Whose turn it is at a keyboard that goes round.
pub(crate) fn hand_to(setup: &Setup, seat: SeatId, look: Look) -> String {
    let title = &setup.exercise.seats[seat.index()].title;
    format!("\n{}\n", bold(&format!("Hand the keyboard to: {title}. Press Enter when they sit there."), look))
}

/// Where the room stops to read.
pub(crate) fn read_aloud_first(look: Look) -> String {
    format!("\n{}> ", faint("Read it aloud and talk. Enter: what the seats see.", look))
}

/// Lines between two seats, so that the one does not read what the other was shown.
pub(crate) fn clear(look: Look) -> String {
    if look.colour { "\x1b[H\x1b[2J\x1b[3J".to_owned() } else { "\n".repeat(60) }
}

/// What can be answered.
pub(crate) fn prompt(setup: &Setup, prompt: Prompt, timer: Timer, look: Look) -> String {
    let text = match prompt {
        Prompt::Decide { decision, may_wait } => {
            let decision = &setup.exercise.decisions[decision.index()];
            let wait = match may_wait {
                true => format!("Enter: not now (until day {})", decision.else_asked_on.day()),
                false => "To be decided now".to_owned(),
            };
            format!(
                "1 to {}, and why: decide. {wait}. ?: the question again, and a hint. q: stop.",
                decision.choices.len()
            )
        }
        Prompt::Next | Prompt::Over => "Enter: go on. ?: help. q: stop.".to_owned(),
    };
    let text = format!("{text} {}", used(setup, timer));
    format!("\n{}> ", faint(&wrap(&text, 0, look), look))
}

/// An answer as it would have been typed.
pub(crate) fn answer(setup: &Setup, prompt: Prompt, input: &Input) -> String {
    harmless(&command::written(setup, prompt, input)).trim_end().to_owned() + "\n"
}

/// Time of the room that the module has taken; nothing before any has passed.
fn used(setup: &Setup, timer: Timer) -> String {
    let played = (timer.played.minutes()).floor();
    let takes = setup.exercise.modules.get(timer.module).map_or(0.0, |module| module.takes.minutes());
    match (timer.paused, played > 0.0) {
        (true, _) => "The clock is stopped; :resume lets it go on.".to_owned(),
        (false, true) => format!("Minute {played} of {takes}."),
        (false, false) => String::new(),
    }
}

/// What the room may ask for.
pub(crate) fn help(setup: &Setup, prompt: Prompt, look: Look) -> String {
    let Prompt::Decide { decision: decision_id, .. } = &prompt else {
        let text = "Talk about what is on the screen as long as you like, then press Enter: the story goes on to \
                    whatever comes next. The facilitator's commands:";
        let mut out = wrap(text, 0, look);
        for (usage, what) in command::COMMANDS {
            out.push_str(&hang(&format!("  {usage}  "), what, look));
        }
        return out;
    };
    let decision = &setup.exercise.decisions[decision_id.index()];
    let mut out = format!("\n{}", question(setup, *decision_id, look));
    out.push_str(&match &decision.hint {
        Some(hint) => wrap(&format!("Hint: {hint}"), 0, look),
        None => wrap("There is no hint for this one.", 0, look),
    });
    let foretell = match decision.foretell {
        Some(_) => " A second percentage, 2 60% 30% it rings, answers the second question.",
        None => "",
    };
    let text = format!(
        "Answer with a number and, if you like, your reason in the same line: 2 it rings too often. How sure you are that \
         whom the desk suspects most takes part may stand between: 2 60% it rings too often.{foretell} A measure against \
         an operator is aimed at the one that the desk suspects most."
    );
    out.push_str(&wrap(&text, 0, look));
    out
}

/// What was decided, what was true and what it came to.
pub(crate) fn summary(session: &Session<'_>, look: Look) -> String {
    let setup = session.setup();
    let exercise = &setup.exercise;
    let mut out = format!("\n{}\n", bold("What you decided", look));
    for (nth, (id, made)) in session.made().enumerate() {
        let decision = &exercise.decisions[id.index()];
        let choice = &decision.choices[made.choice];
        let mut line = format!("Day {}, {}: {}", made.at.day(), decision.id, choice.id);
        if made.overridden {
            line.push_str(", by the facilitator");
        }
        match decision.expected {
            Some(place) if place == made.choice => line.push_str(", as its author expected"),
            Some(place) => {
                let _ = write!(line, " (its author expected {})", decision.choices[place].id);
            }
            None => {}
        }
        if let Some(why) = &made.why {
            let _ = write!(line, ": “{}”", harmless(why));
        }
        out.push_str(&hang(&format!("  {}  ", nth + 1), &line, look));
    }
    let Some((world, outcome)) = session.outcome() else {
        out.push_str("The session has not been played to its end.\n");
        return out;
    };
    let _ = write!(out, "\n{}\n", bold("What was true", look));
    out.push_str(&wrap(&format!("{} {}", truth(exercise, world), how_found(exercise)), 2, look));
    let _ = write!(out, "\n{}\n", bold("What it came to", look));
    for measure in KEY_MEASURES.into_iter().filter(|m| tables::applies(&exercise.scenario, *m)) {
        let _ = writeln!(out, "  {:<28} {}", measure.label(), tables::value(&outcome, measure));
    }
    let text = format!("This is one story: what happened here, not what to expect ({CAVEAT}).");
    out.push_str(&wrap(&text, 2, look));
    out
}

fn one(setup: &Setup, at: SimTime, to: &Audience, what: &What, look: Look) -> String {
    let exercise = &setup.exercise;
    match what {
        What::Module { module, read_aloud } => {
            let own = &exercise.modules[*module];
            let heading = format!("MODULE {} OF {}: {}", module + 1, exercise.modules.len(), own.title);
            let mut out = bold(&heading, look) + "\n";
            let pause = exercise.agenda.pause.minutes();
            if *module > 0 && pause > 0.0 {
                let text =
                    format!("Module {module} is over. If you take the break of {pause} minutes now, type :pause.");
                out.insert_str(0, &(wrap(&text, 0, look) + "\n"));
            }
            let (from, to) = (own.from.day(), own.to.day());
            let _ = writeln!(out, "{} minutes for days {from} to {to} of the story.", own.takes.minutes());
            out.push_str("Read aloud:\n");
            out.push_str(&wrap(read_aloud, 2, look));
            if !own.questions.is_empty() {
                out.push_str("Talk about:\n");
            }
            for question in &own.questions {
                out.push_str(&hang("  - ", question, look));
            }
            out
        }
        What::View(view) => seen(setup, view, look),
        What::Inject { inject, text } => {
            let own = &exercise.injects[inject.index()];
            let heading = format!("INJECT for {}", seats(setup, to));
            let mut out = mark(setup, look) + &bold(&heading, look) + "\n";
            let line = format!("{}. From: {}, {}.", day(setup, at), own.from, own.by.words());
            out.push_str(&wrap(&line, 0, look));
            out.push_str(&wrap(text, 2, look));
            out
        }
        What::Question { decision, .. } => question(setup, *decision, look),
        What::Decided { decision, choice, actions } => {
            let decision = &exercise.decisions[decision.index()];
            let did: Vec<String> = actions.iter().map(|action| setup.words().action(*action)).collect();
            let did = match did.as_slice() {
                [] => "It stands as it was said; nothing else is set in motion".to_owned(),
                did => format!("Done: {}", did.join("; ")),
            };
            wrap(&format!("Decided: {}. {did}.", decision.choices[*choice].id), 0, look)
        }
        What::LeftOpen { .. } => "Left open for now.\n".to_owned(),
        What::Taken(Input::Pause) => wrap("The clock stands. :resume lets it go on.", 0, look),
        What::Taken(Input::Resume) => wrap("The clock goes on.", 0, look),
        What::Ended => {
            let text = format!(
                "The story has come to its end: {}. Enter tells what was true, and nothing can be put in after that. So \
                 now: projector off, the first question of the hot wash, then ratings and notes (:rate, :observe, :note).",
                day(setup, at).to_lowercase()
            );
            bold("The last module is over", look) + "\n" + &wrap(&text, 0, look)
        }
        What::Taken(input) => wrap(&format!("Written down: {}", taken(setup, input)), 0, look),
        What::Undone(input) => wrap(&format!("Taken back: {}", taken(setup, input)), 0, look),
        What::Over { .. } => format!("\n{}The story is over: {}.\n", mark(setup, look), day(setup, at).to_lowercase()),
    }
}

/// An input as it would have been typed at the table.
fn taken(setup: &Setup, input: &Input) -> String {
    match command::written(setup, Prompt::Next, input) {
        empty if empty.is_empty() => "Enter".to_owned(),
        typed => typed,
    }
}

pub(crate) fn question(setup: &Setup, id: DecisionId, look: Look) -> String {
    let decision = &setup.exercise.decisions[id.index()];
    let heading = format!(
        "DECISION {} for {}, {} minutes",
        decision.id,
        setup.exercise.seats[decision.seat.index()].title,
        decision.takes.minutes()
    );
    let mut out = bold(&heading, look) + "\n";
    out.push_str(&wrap(decision.question.as_deref().unwrap_or("What do you do?"), 0, look));
    for (nth, choice) in decision.choices.iter().enumerate() {
        out.push_str(&hang(&format!("  {}  ", nth + 1), &setup.words().choice(choice), look));
    }
    if let Some(foretell) = &decision.foretell {
        out.push_str(&wrap(
            &format!("And how likely is it, in percent, that this comes true: {}", foretell.text),
            0,
            look,
        ));
    }
    out
}

/// What a seat sees, a line a kind of knowledge.
fn seen(setup: &Setup, view: &View, look: Look) -> String {
    let scenario = &setup.exercise.scenario;
    let words = setup.words();
    let title = &setup.exercise.seats[view.seat.index()].title;
    let mut out = bold(&format!("{title} sees, on {}", day(setup, view.at).to_lowercase()), look) + "\n";
    let mut line = |label: &str, text: &str| out.push_str(&hang(&format!("  {label:<11}"), text, look));
    if let Some(beliefs) = &view.beliefs {
        let one = |b: &crate::exercise::BeliefSeen| {
            let notes = [(b.watched, ", watched"), (b.link, ", linking item found")];
            let notes: String = notes.into_iter().filter(|(is, _)| *is).map(|(_, note)| note).collect();
            format!("{} {}{notes}", words.operator(b.operator), percent(b.belief))
        };
        let mut most_first: Vec<_> = beliefs.iter().collect();
        most_first.sort_by(|a, b| b.belief.total_cmp(&a.belief));
        line("Suspicion", &most_first.into_iter().map(one).collect::<Vec<_>>().join("; "));
    }
    if let Some(signals) = &view.signals {
        line("Signals", &heard(setup, signals));
    }
    if let Some(cases) = &view.cases {
        let stage = |c: &CaseSeen| {
            let stages = scenario.desk.as_ref().map_or(&[][..], |desk| &desk.stages);
            let name = stages.get(c.stage as usize).map_or("", |stage| &stage.name);
            format!("{}, at {name}{}", words.operator(c.operator), if c.in_work { "" } else { ", waiting" })
        };
        let open: Vec<String> = cases.iter().map(stage).collect();
        line("Cases", &if open.is_empty() { "none open".to_owned() } else { open.join("; ") });
    }
    if let Some(queues) = &view.queues {
        let all = queues.iter().zip(&scenario.stations).map(|(n, station)| format!("{} {n}", station.id));
        line("Waiting", &all.collect::<Vec<_>>().join(", "));
    }
    if let Some(costs) = &view.costs {
        let all = costs.iter().zip(Payer::ALL).map(|(cost, payer)| format!("{} {}", payer.name(), euro(*cost)));
        line("Costs", &all.collect::<Vec<_>>().join(", "));
    }
    if let Some(measures) = &view.measures {
        let safeguards = measures.safeguards.iter().map(|(id, ready)| {
            format!("{}{}", scenario.safeguards[id.index()].id, if *ready { "" } else { " (in preparation)" })
        });
        let responses = measures.responses.iter().map(|(operator, response)| words.response(*response, *operator));
        let all: Vec<String> = safeguards.chain(responses).collect();
        line("In force", &if all.is_empty() { "nothing".to_owned() } else { all.join("; ") });
    }
    out
}

/// Signals by layer, and the last few in full.
fn heard(setup: &Setup, signals: &[SignalSeen]) -> String {
    if signals.is_empty() {
        return "none yet".to_owned();
    }
    let layers = &setup.exercise.scenario.layers;
    let by_layer = layers.iter().enumerate().filter_map(|(i, layer)| {
        let n = signals.iter().filter(|s| s.layer.index() == i).count();
        (n > 0).then(|| format!("{} {n}", layer.id))
    });
    let by_layer: Vec<String> = by_layer.collect();
    let mut as_heard: Vec<&SignalSeen> = signals.iter().collect();
    as_heard.sort_by_key(|s| s.reported);
    let last = as_heard.iter().rev().take(LAST_SIGNALS).map(|s| {
        let layer = &layers[s.layer.index()].id;
        format!("{layer} on {}, day {}", setup.words().operator(s.operator), s.reported.day())
    });
    let last: Vec<String> = last.collect();
    format!("{} ({}). Last: {}", grouped(signals.len() as u64), by_layer.join(", "), last.join("; "))
}

fn seats(setup: &Setup, to: &Audience) -> String {
    let title = |id: &SeatId| setup.exercise.seats[id.index()].title.as_str();
    match to {
        Audience::Everyone => "everybody".to_owned(),
        Audience::Control => "facilitators and evaluators".to_owned(),
        Audience::Seats(seats) => seats.iter().map(title).collect::<Vec<_>>().join(", "),
    }
}

fn day(setup: &Setup, at: SimTime) -> String {
    format!("Day {} ({})", at.day(), setup.words().date(at))
}

/// The marking of everything that could be taken for the real thing.
fn mark(setup: &Setup, look: Look) -> String {
    let label = setup.exercise.handling.label();
    let gap = look.width.saturating_sub(MARK.len() + label.len()).max(1);
    format!("{}\n", bold(&format!("{MARK}{:gap$}{label}", ""), look))
}

/// Text in lines that are indented alike; continued lines of a list hang under its text.
pub(crate) fn wrap(text: &str, indent: usize, look: Look) -> String {
    hang(&" ".repeat(indent), text, look)
}

/// Text behind a label; lines that follow start where it starts.
pub(super) fn hang(label: &str, text: &str, look: Look) -> String {
    let indent = label.chars().count();
    let mut out = String::new();
    let mut line = label.to_owned();
    let mut used = indent;
    for word in harmless(text).split_whitespace() {
        let long = word.chars().count();
        if used > indent && used + 1 + long > look.width {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            used = indent;
        }
        if used > indent || !label.ends_with(' ') && indent > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += long;
    }
    out + line.trim_end() + "\n"
}

/// Text from people and documents, without anything that could steer a terminal.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !c.is_whitespace() { '\u{FFFD}' } else { c }).collect()
}

fn bold(text: &str, look: Look) -> String {
    let text = harmless(text);
    if look.colour { format!("\x1b[1m{text}\x1b[0m") } else { text }
}

fn faint(text: &str, look: Look) -> String {
    if look.colour { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
}
