//! `airside replay`: a session again, checked, or with another choice.

use std::io::{self, Write};

use crate::cli::args::ReplayArgs;
use crate::cli::exercise::look;
use crate::cli::exit::{Exit, Failure};
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::cli::session::Stored;
use crate::exercise::{BranchError, Branched, Fork, KEY_MEASURES, Made, Replayed, Rest, Setup};
use crate::measure::{Measure, Outcome};
use crate::model::DecisionId;
use crate::report::{CAVEAT, Grid, branch as report, tables};
use crate::terminal;

/// Runs the verb.
pub(crate) fn run(args: &ReplayArgs, screen: &Screen) -> Result<Exit, Failure> {
    let stored = Stored::read(&args.log, screen)?;
    if let (Some(number), Some(choice)) = (args.branch, &args.choose) {
        return branch(&stored, args, (number, choice), screen);
    }
    let replayed = stored.replay()?;
    if args.verify {
        let whole = if stored.log.torn.is_some() { "whole but for its torn last line" } else { "whole" };
        let end =
            if replayed.play.session().outcome().is_some() { "played to its end" } else { "not played to its end" };
        let inputs = stored.log.taken.len();
        let file = &stored.file;
        let text = format!("{file}: {whole}; {inputs} inputs, {end}; replayed to the same screens, numbers and bytes");
        screen.text(terminal::wrap(&text, 0, look(screen)));
        return Ok(Exit::Fine);
    }
    show(&replayed, screen).map_err(|cause| Failure::NotWritten { file: "standard output".to_owned(), cause })?;
    Ok(Exit::Fine)
}

fn show(replayed: &Replayed<'_>, screen: &Screen) -> io::Result<()> {
    let mut out = io::stdout();
    terminal::show(replayed, &mut out, look(screen))?;
    out.write_all(terminal::summary(&replayed.play, look(screen)).as_bytes())
}

fn branch(
    stored: &Stored,
    args: &ReplayArgs,
    (number, choice): (usize, &str),
    screen: &Screen,
) -> Result<Exit, Failure> {
    let refused = |error: BranchError| match error {
        BranchError::Replay(error) => stored.not_verified(&error),
        other => Failure::Usage(other.to_string()),
    };
    let setup = &stored.setup;
    let fork = Fork::at(setup, &stored.documents, &stored.log, number, choice).map_err(refused)?;
    let sticky = fork.under_the_same_luck(Rest::Sticky).map_err(refused)?;
    let by_plan = fork.under_the_same_luck(Rest::Plan).map_err(refused)?;
    let decision = &setup.exercise.decisions[fork.decision.index()];
    let (was, other) = (&decision.choices[fork.was].id, &decision.choices[fork.other].id);
    let say = |text: &str| screen.text(terminal::wrap(text, 0, look(screen)));
    screen.line(screen.ink(Ink::Bold, &setup.exercise.title));
    screen.line(format_args!("{} · seed {} · {CAVEAT}", stored.log.header.handling, stored.log.header.seed));
    if was == other {
        say(&format!(
            "{other} is what was chosen at decision {number} ({}): the branch below is the session itself. Other choices: {}.",
            decision.id,
            decision
                .choices
                .iter()
                .filter(|own| own.id != *was)
                .map(|own| own.id.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        ));
    } else {
        say(&format!(
            "The same luck, and at decision {number} ({}) this choice: {other}, and not {was}. Later decisions are made \
             again as the room made them; where nobody is asked, the option goes on that was in force at the start.",
            decision.id
        ));
    }
    screen.line("");
    screen.grid(&decisions(setup, &sticky));
    screen.line("");
    let ends = |branched: &Branched<'_>, of: bool| {
        let replayed = if of { &branched.session } else { &branched.branch };
        replayed.play.session().outcome().map(|(_, outcome)| outcome)
    };
    let columns = [
        ("as it was", ends(&sticky, true)),
        ("as it would have been", ends(&sticky, false)),
        ("as it was, then the plan", ends(&by_plan, true)),
        ("the other, then the plan", ends(&by_plan, false)),
    ];
    screen.grid(&ended(setup, &columns));
    screen.line("");
    say(&format!(
        "The first {} screens are the same in both. One pair of stories: a difference here is not yet an effect.",
        sticky.shared
    ));
    if args.futures >= 2 && was != other {
        screen.line("");
        return futures(&fork, setup, args, screen);
    }
    Ok(Exit::Fine)
}

/// What both choices lead to under many lucks.
fn futures(fork: &Fork<'_>, setup: &Setup, args: &ReplayArgs, screen: &Screen) -> Result<Exit, Failure> {
    end_in_order();
    let bar = Bar::new(0, screen);
    let pairs = |rest| fork.under_fresh_luck(rest, args.futures, args.jobs, &bar);
    let found = pairs(Rest::Sticky).and_then(|sticky| pairs(Rest::Plan).map(|by_plan| (sticky, by_plan)));
    bar.finish();
    let Some((sticky, by_plan)) = found else { return Ok(Exit::Ended) };
    let say = |text: &str| screen.text(terminal::wrap(text, 0, look(screen)));
    screen.grid(&report::futures(setup, &sticky, &by_plan));
    for sentence in report::sentences(setup, &sticky, &by_plan) {
        say(&sentence);
    }
    Ok(Exit::Fine)
}

/// The decisions of both, beside each other.
fn decisions(setup: &Setup, branched: &Branched<'_>) -> Grid {
    let name = |id: DecisionId| &setup.exercise.decisions[id.index()];
    let (was, would) = (branched.session.play.session(), branched.branch.play.session());
    let of = |id: DecisionId, made: &Made| format!("{}, day {}", name(id).choices[made.choice].id, made.at.day());
    let row = |(id, made): (DecisionId, &Made)| {
        let other = would.made().find(|(other, _)| *other == id).map_or("-".to_owned(), |(_, made)| of(id, made));
        vec![name(id).id.clone(), of(id, made), other]
    };
    Grid {
        title: "Decisions".to_owned(),
        head: ["", "as it was", "as it would have been"].map(str::to_owned).to_vec(),
        rows: was.made().map(row).collect(),
        note: String::new(),
    }
}

/// How the stories end.
fn ended(setup: &Setup, columns: &[(&str, Option<Outcome>)]) -> Grid {
    let row = |measure: Measure| {
        let cells = columns.iter().map(|(_, outcome)| {
            outcome.as_ref().map_or_else(|| "-".to_owned(), |outcome| tables::value(outcome, measure))
        });
        std::iter::once(measure.label().to_owned()).chain(cells).collect()
    };
    Grid {
        title: "How it ends, under the same luck".to_owned(),
        head: std::iter::once("").chain(columns.iter().map(|(head, _)| *head)).map(str::to_owned).collect(),
        rows: KEY_MEASURES.into_iter().filter(|m| tables::applies(&setup.exercise.scenario, *m)).map(row).collect(),
        note: String::new(),
    }
}
