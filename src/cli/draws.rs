//! World draws for a verb: what is drawn, whether the document allows it, and the runs.

use std::path::Path;

use crate::cli::args::Draws;
use crate::cli::exit::Failure;
use crate::cli::input;
use crate::cli::screen::Screen;
use crate::document::Uncertain;
use crate::experiment::{
    Design, Keeper, Refused, Table, Unfinished, Watcher, WorldDraws, replicate, replicate_draws, replicate_draws_kept,
    replicate_kept,
};
use crate::plan::Plan;
use crate::report::{Context, drawn as report};

/// Runs of one option in one world, draws and replications together.
const MOST_RUNS: u64 = 1_000_000;

/// Replications in each world draw if the user does not say.
const EACH: u32 = 10;

/// What to draw and how often to run, from what the user typed. `alone` is the number of replications without draws.
/// Every draw is tried on the document before anything is run.
pub(crate) fn drawn(
    args: Draws,
    replications: Option<u32>,
    alone: u32,
    seed: u64,
    (file, uncertain): (&Path, &Uncertain),
) -> Result<(WorldDraws, u32), Failure> {
    let file = file.display();
    let draws = args.draws;
    if draws == 0 {
        return Ok((WorldDraws::none(), replications.unwrap_or(alone)));
    }
    if draws == 1 {
        let message = "one world draw says nothing of doubt; write --draws 2 or more, or 0 for numbers as written";
        return Err(Failure::Usage(message.to_owned()));
    }
    if uncertain.ranges().len() == 0 {
        return Err(Failure::Usage(format!(
            "{file} has no ranges under `assumptions` to draw from; write one, such as Uniform(low: …, high: …, …)"
        )));
    }
    let replications = replications.unwrap_or(EACH);
    if u64::from(draws) * u64::from(replications) > MOST_RUNS {
        return Err(Failure::Usage(format!(
            "{draws} world draws of {replications} replications are more than {MOST_RUNS} runs; lower one of the two"
        )));
    }
    let drawn = WorldDraws::of(uncertain.scenario(), draws, seed);
    for draw in 0..draws {
        let values = drawn.values(draw);
        if let Err(contradiction) = uncertain.sound_with(values, &input::refusal) {
            let why = uncertain.explain(values, &input::refusal, &contradiction);
            return Err(Failure::Draw { file: file.to_string(), draw, why });
        }
    }
    Ok((drawn, replications))
}

/// Runs a design, with inputs as in the plan or as drawn. Nothing if the watcher ended it.
pub(crate) fn table(
    (plan, uncertain): (&Plan, &Uncertain),
    drawn: &WorldDraws,
    design: &Design,
    jobs: usize,
    watcher: &dyn Watcher,
) -> Result<Option<Table>, Failure> {
    if drawn.draws() == 0 {
        return Ok(replicate(plan, design, jobs, watcher));
    }
    let make = |values: &[f64]| -> Result<Plan, Failure> {
        let scenario = uncertain.with(values).map_err(|why| Failure::Usage(why.to_string()))?;
        Ok(Plan::new(scenario)?)
    };
    replicate_draws(drawn.clone(), &make, design, jobs, watcher).map_err(|Refused { why, .. }| why)
}

/// As [`table`], with a keeper that may ask for more runs, or more draws: `drawn` gives that many. `file` is where the numbers
/// are from.
pub(crate) fn table_kept(
    (file, plan, uncertain): (&Path, &Plan, &Uncertain),
    design: &Design,
    jobs: usize,
    watcher: &dyn Watcher,
    keeper: &mut dyn Keeper,
    drawn: &(dyn Fn(u32) -> WorldDraws + Sync),
) -> Result<Option<Table>, Failure> {
    let not_kept = |cause| Failure::NotWritten { file: "the runs that are finished".to_owned(), cause };
    if design.draws == 0 {
        return match replicate_kept(plan, design, jobs, watcher, keeper) {
            Ok(table) => Ok(Some(table)),
            Err(Unfinished::NotKept(cause)) => Err(not_kept(cause)),
            Err(Unfinished::Ended | Unfinished::Refused(_)) => Ok(None),
        };
    }
    let make = |values: &[f64]| -> Result<Plan, String> {
        match uncertain.sound_with(values, &input::refusal) {
            Err(contradiction) => Err(uncertain.explain(values, &input::refusal, &contradiction)),
            Ok(_) => {
                let scenario = uncertain.with(values).map_err(|why| why.to_string())?;
                Plan::new(scenario).map_err(|why| why.to_string())
            }
        }
    };
    match replicate_draws_kept(drawn, &make, design, jobs, watcher, keeper) {
        Ok(table) => Ok(Some(table)),
        Err(Unfinished::Ended) => Ok(None),
        Err(Unfinished::NotKept(cause)) => Err(not_kept(cause)),
        Err(Unfinished::Refused(Refused { draw, why })) => {
            Err(Failure::Draw { file: file.display().to_string(), draw, why })
        }
    }
}

/// How inputs were taken, and what was drawn from.
pub(crate) fn print(context: &Context<'_>, screen: &Screen) {
    if context.runs() > 1 {
        screen.line(context.fidelity_in_words());
    }
    if !context.is_drawn() {
        screen.line(context.inputs_in_words());
        return;
    }
    report::legend(context).iter().for_each(|line| screen.line(line));
    screen.line("Drawn from:");
    report::ranges(context).iter().for_each(|line| screen.line(format_args!("  {line}")));
}
