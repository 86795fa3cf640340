//! A rare outcome's probability in words and as JSON, and which measures of many runs were too rare to count.

use serde_json::{Value, json};

use crate::chart::number::{count, percent};
use crate::experiment::{Quantity, RareEstimate, RareSearch, Scale, Table, Threshold};
use crate::measure::{Measure, Outcome};
use crate::model::{OptionId, Scenario, World};
use crate::report::tables::plain;
use crate::report::{CAVEAT, Context, RANDOM_NUMBERS, counted};

/// The outcome as a clause: "wrongful actions: 1 or more, at some time".
pub(crate) fn outcome(threshold: Threshold) -> String {
    let name = match threshold.quantity() {
        Quantity::InnocentBelief => "belief in an operator that takes no part",
        Quantity::FalseAlarms => "false alarms",
        Quantity::WronglyAttributed => "operators wrongly attributed",
        other => Measure::by_id(other.id()).map_or("", Measure::label),
    };
    format!("{name}: {} or more, at some time of the story", value(threshold, threshold.at_least()))
}

/// What was found, line by line.
pub(crate) fn lines(search: &RareSearch, found: &RareEstimate) -> Vec<String> {
    let interval = found.interval;
    let first = u64::from(search.effort) * u64::from(search.repetitions);
    let mut lines = Vec::new();
    if found.probability() == 0.0 {
        lines.push(format!("No path got there. Up to {} is compatible (95%).", small(interval.high)));
        lines.push(format!(
            "That bound is what {} runs without the outcome leave. It may be rarer, or impossible: raise --effort to find out.",
            count(first)
        ));
        return lines;
    }
    lines.push(format!(
        "Probability {} (95% interval {} to {}), {}.",
        small(found.probability()),
        small(interval.low),
        small(interval.high),
        one_in(found.probability())
    ));
    if found.probability() > NOT_RARE {
        lines.push("That is not rare: `airside run --replications` counts it as well.".to_owned());
    }
    if let Some(gain) = found.gain() {
        let compared = match gain {
            gain if gain >= 1.5 => format!("{} the variance for the same work", times(gain)),
            _ => "no worse for the same work".to_owned(),
        };
        lines.push(format!(
            "Relative error {}; counting in {} runs, which are as many steps, would leave {}: {compared}.",
            percent(found.estimates.relative_error()),
            count(found.equal_runs().round() as u64),
            percent(found.counting_error()),
        ));
    }
    if found.is_heavy() {
        lines.push("The repetitions scatter widely, so that the interval may be too short: raise --effort.".to_owned());
    }
    lines
}

/// The levels, with the share that got from each to the next.
pub(crate) fn levels(search: &RareSearch, found: &RareEstimate) -> Vec<(String, String)> {
    let levels = found.levels.as_slice().iter().enumerate();
    let share = |stage| found.share(stage).map_or("no path came so far".to_owned(), percent);
    // Levels between two counts say how far the next one has come along.
    let height = |level: f64| match search.threshold.quantity().scale() {
        Scale::Share => percent(level),
        Scale::Count | Scale::Index => format!("{level:.3}").trim_end_matches('0').trim_end_matches('.').to_owned(),
    };
    levels.map(|(stage, level)| (height(*level), share(stage))).collect()
}

/// Everything for machines.
pub(crate) fn json(context: &Context<'_>, search: &RareSearch, found: &RareEstimate) -> Value {
    let finite = |x: f64| if x.is_finite() { json!(x) } else { Value::Null };
    let stages = found.levels.as_slice().iter().enumerate();
    json!({
        "scenario": context.scenario.title,
        "version": env!("CARGO_PKG_VERSION"),
        "random_numbers": RANDOM_NUMBERS,
        "setting": context.setting,
        "digest": context.digest,
        "seed": search.seed,
        "outcome": search.threshold.quantity().id(),
        "at_least": search.threshold.at_least(),
        "probability": found.probability(),
        "interval": [found.interval.low, found.interval.high],
        "reached": found.probability() > 0.0,
        "relative_error": finite(found.estimates.relative_error()),
        "interval_may_be_short": found.probability() > 0.0 && found.is_heavy(),
        "effort": search.effort,
        "repetitions": search.repetitions,
        "estimates": found.estimates.values(),
        "levels": stages.map(|(stage, level)| json!({ "height": level, "share": found.share(stage) })).collect::<Vec<Value>>(),
        "steps": found.steps,
        "pilot_steps": found.pilot_steps,
        "steps_a_run": found.run_steps,
        "counting": {
            "runs": found.equal_runs(),
            "relative_error": finite(found.counting_error()),
            "times_the_variance": found.gain(),
        },
        "caveat": CAVEAT,
    })
}

/// An outcome that hardly any of many runs had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooRare {
    pub(crate) quantity: Quantity,
    events: u64,
    runs: u64,
    world: World,
    option: OptionId,
}

/// Of one option in one world, outcomes that came in fewer than one of 1000 runs and that `airside rare` can look for.
pub(crate) fn too_rare(scenario: &Scenario, table: &Table, world: World, option: OptionId) -> Vec<TooRare> {
    let seldom = |quantity: Quantity| {
        let measure = Measure::by_id(quantity.id())?;
        let count = |(events, runs), row: &Outcome| (events + u64::from(row.get(measure) > 0.0), runs + 1);
        let (events, runs) = table.cell(world, option).fold((0_u64, 0_u64), count);
        let possible = quantity.is_possible(scenario, &scenario.options[option.index()], world);
        (possible && events * 1000 < runs).then_some(TooRare { quantity, events, runs, world, option })
    };
    // World draws change the inputs, which `airside rare` takes as written.
    let asked = if table.design().draws > 0 { &[][..] } else { &ASKED };
    asked.iter().filter_map(|quantity| seldom(*quantity)).collect()
}

/// What runs are asked for: where these do not come, that is no sign that they cannot.
const ASKED: [Quantity; 3] = [Quantity::WrongfulActions, Quantity::WronglyAttributed, Quantity::Activated];

/// How to look for an outcome that was too rare to count; `file` is the scenario's.
pub(crate) fn advice(scenario: &Scenario, file: &str, too_rare: TooRare) -> String {
    let TooRare { quantity, events, runs, world, option } = too_rare;
    let label = Measure::by_id(quantity.id()).map_or(quantity.id(), Measure::label);
    let (option, world) = (&scenario.options[option.index()].id, world.name());
    format!(
        "{}: in {events} of {} with {option} in the {world} world, too few to count. How likely it is, says: airside rare {file} --outcome {} --at-least 1 --option {option} --world {world}",
        capital(label),
        counted(runs, "run", "runs"),
        quantity.id(),
    )
}

/// The same with a capital letter first.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Over this, counting does as well.
const NOT_RARE: f64 = 0.05;

fn value(threshold: Threshold, v: f64) -> String {
    match threshold.quantity().scale() {
        Scale::Share => percent(v),
        Scale::Count | Scale::Index => plain(v),
    }
}

/// A probability that may be very small.
fn small(p: f64) -> String {
    if p == 0.0 || p >= 0.01 { percent(p) } else { format!("{p:.1e}") }
}

fn one_in(p: f64) -> String {
    format!("about one run in {}", count((1.0 / p).round().min(1e18) as u64))
}

fn times(gain: f64) -> String {
    let figure = if gain >= 10.0 { count(gain.round().min(1e18) as u64) } else { format!("{gain:.1}") };
    format!("{figure} times")
}
