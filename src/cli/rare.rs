//! `airside rare`: the probability of an outcome that plain runs hardly ever show.

use crate::cli::args::{Format, RareArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input::{self, Loaded};
use crate::cli::progress::Bar;
use crate::cli::run::{heading, wrap};
use crate::cli::screen::{Ink, Screen};
use crate::document;
use crate::experiment::{Fidelity, Quantity, RareSearch, Scale, Threshold, WorldDraws, rare};
use crate::plan::Plan;
use crate::report::{Context, counted, rare as report};

/// Runs the verb.
pub(crate) fn run(args: &RareArgs, screen: &Screen) -> Result<Exit, Failure> {
    let threshold = threshold_of(&args.outcome, &args.at_least)?;
    let Loaded { uncertain, inputs, .. } = input::load(&args.played.scenario, screen)?;
    let scenario = uncertain.into_scenario();
    let option = input::option_of(&scenario, args.played.option.as_deref())?;
    let world = input::world_of(&scenario, args.played.world.map(Into::into), &args.played.scenario)?;
    let (effort, repetitions) = (args.effort, args.repetitions);
    let search = RareSearch { threshold, option, world, seed: args.seed, effort, repetitions };
    let plan = Plan::new(scenario)?;
    let scenario = &plan.scenario;
    if !threshold.quantity().is_possible(scenario, &scenario.options[option.index()], world) {
        screen.note(format_args!(
            "note: nothing in this option and world leads to `{}`; expect that no path gets there",
            threshold.quantity().id()
        ));
    }
    let bar = Bar::new(0, screen);
    let found = rare(&plan, &search, args.jobs, &bar);
    bar.finish();
    let Some(found) = found else { return Ok(Exit::Ended) };
    let context = Context {
        scenario,
        setting: format!("option {}, {} world", scenario.options[option.index()].id, world.name()),
        seed: args.seed,
        replications: 1,
        drawn: &WorldDraws::none(),
        fidelity: Fidelity::Full,
        main_measure: crate::measure::Measure::CatalogueShare,
        tolerances: &[],
        digest: inputs.first().map_or(String::new(), |input| input.sha256.chars().take(8).collect()),
    };
    if args.format == Format::Json {
        screen.line(report::json(&context, &search, &found));
        return Ok(Exit::Fine);
    }
    screen.line(screen.ink(Ink::Bold, &scenario.title));
    screen.line(heading(&context));
    screen.line("");
    screen.line(screen.ink(Ink::Bold, &report::capital(&report::outcome(threshold))));
    report::lines(&search, &found).iter().for_each(|line| say(line, screen));
    screen.line("");
    screen.line(screen.ink(Ink::Bold, "Levels, and the share of the paths that got there from the one before"));
    for (level, share) in report::levels(&search, &found) {
        screen.line(format_args!("  {level:<10} {share}"));
    }
    screen.line("");
    let work = format!(
        "{} of {} a level, in {} steps; levels set by a pilot of its own luck. Estimate and interval come from the repetitions, each of them unbiased. {}",
        counted(u64::from(repetitions), "repetition", "repetitions"),
        counted(u64::from(effort), "path", "paths"),
        counted(found.steps, "step", "steps").trim_end_matches(" steps"),
        context.inputs_in_words(),
    );
    say(&work, screen);
    say(&format!("airside {} · scenario {}", env!("CARGO_PKG_VERSION"), context.digest), screen);
    Ok(Exit::Fine)
}

/// The outcome that the user named, and how far it must get.
fn threshold_of(named: &str, at_least: &str) -> Result<Threshold, Failure> {
    let Some(quantity) = Quantity::by_id(named) else {
        let hint = document::closest(named, Quantity::ALL.map(Quantity::id));
        let hint = hint.map_or(".".to_owned(), |h| format!("; did you mean `{h}`?"));
        let ids = Quantity::ALL.map(Quantity::id).join(", ");
        return Err(Failure::Usage(format!("there is no outcome `{named}`{hint} There are: {ids}")));
    };
    let number = match (at_least.strip_suffix('%'), quantity.scale()) {
        (Some(percent), Scale::Share) => percent.trim().parse().map(|p: f64| p / 100.0),
        _ => at_least.parse(),
    };
    let Ok(number) = number else {
        return Err(Failure::Usage(format!("--at-least takes a number, not `{at_least}`; write one such as 1 or 0.8")));
    };
    Threshold::new(quantity, number).map_err(|why| Failure::Usage(format!("`{}` {why}, not {at_least}", quantity.id())))
}

fn say(text: &str, screen: &Screen) {
    wrap(text, screen.width().min(100)).iter().for_each(|line| screen.line(line));
}
