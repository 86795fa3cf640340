//! `airside sensitivity`: on which inputs the difference between an option and the reference hangs.

use crate::cli::args::SensitivityArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::question::{Question, best};
use crate::cli::screen::Screen;
use crate::experiment::{Comparison, WorldDraws, needs_every_consignment, quantile};
use crate::model::{AS_WRITTEN, Assumption, OptionId};
use crate::random::Luck;
use crate::report::brief::{Brief, Part, world_of};
use crate::report::sensitivity::{ENDS, Runs, Sensitivity, kept, paper};
use crate::stats::sensitivity::{MorrisDesign, SobolDesign};

/// Levels of the screening's grid.
const LEVELS: usize = 4;
/// World draws if neither the study nor the user says how many, and the most runs in each.
const DRAWS: u32 = 40;
const EACH: u32 = 10;

/// Runs the verb.
pub(crate) fn run(args: &SensitivityArgs, screen: &Screen) -> Result<Exit, Failure> {
    Ok(if sensitivity(args, screen, true)? { Exit::Fine } else { Exit::Ended })
}

/// Runs all stages and writes what follows; whether it came to an end.
pub(crate) fn sensitivity(args: &SensitivityArgs, screen: &Screen, aloud: bool) -> Result<bool, Failure> {
    let mut question = Question::pose(&args.study, &args.posed, "sensitivity", screen)?;
    question.arguments = vec![
        format!("--trajectories={}", args.trajectories),
        format!("--keep={}", args.keep),
        format!("--base={}", args.base),
    ];
    question.arguments.extend(args.option.iter().map(|option| format!("--option={option}")));
    let scenario = question.variants[0].scenario().clone();
    let ranges = question.ranges()?;
    if question.study.draws == 0 {
        let each = args.posed.replications.unwrap_or(EACH.min(question.design.replications));
        question.draw(DRAWS, each);
    }

    question.several(question.design.replications)?;
    if args.trajectories == 1 {
        return Err(Failure::Usage("one path says nothing of its spread; write --trajectories 2 or more, or 0".into()));
    }
    if needs_every_consignment(question.study.main_measure) {
        question.expect(question.study.options.len());
    }

    // Which option, and what knowing the inputs is worth.
    let design = question.design.clone();
    let Some((table, enough)) = question.table(0, &design, (0, AS_WRITTEN), None)? else { return Ok(false) };
    let reference = question.study.reference;
    let option = match &args.option {
        Some(name) => input::option_of(&scenario, Some(name))?,
        None => best(&question.study, &table),
    };
    if option == reference {
        let name = &scenario.options[option.index()].id;
        return Err(Failure::Usage(format!("`{name}` is the reference option, which differs in nothing from itself")));
    }

    let mut stages = Stages { question: &mut question, inputs: &ranges, reference, option, scenario: &scenario };
    let written: Vec<f64> = ranges.iter().map(|range| range.written).collect();
    let ends: Vec<(f64, f64)> = ranges.iter().map(|it| (quantile(it, ENDS.0), quantile(it, ENDS.1))).collect();
    let mut points = vec![written];
    for (nth, (low, high)) in ends.iter().enumerate() {
        for end in [low, high] {
            let mut point = points[0].clone();
            point[nth] = *end;
            points.push(point);
        }
    }
    let Some(one_way) = stages.run(&points, points.len(), (1, "one way"))? else { return Ok(false) };

    let luck = Luck::new(stages.question.study.seed);
    let trajectories = args.trajectories as usize;
    let mut morris = None;
    if let Some(design) = MorrisDesign::new(ranges.len(), trajectories, LEVELS, luck) {
        let points: Vec<Vec<f64>> = design.points().map(|point| values(&ranges, point)).collect();
        let Some(runs) = stages.run(&points, points.len(), (2, "screening"))? else { return Ok(false) };
        morris = Some((design, runs));
    }

    let chosen = match &morris {
        Some((design, runs)) => kept(design, runs, args.keep as usize),
        None => (0..ranges.len()).take(args.keep as usize).collect(),
    };
    let mut sobol = None;
    if args.base > 0
        && let Some(design) = SobolDesign::new(args.base as usize, chosen.len(), luck)
    {
        let point = |coordinates: Vec<f64>| {
            let mut point: Vec<f64> = ranges.iter().map(|range| range.written).collect();
            for (nth, u) in chosen.iter().zip(coordinates) {
                point[*nth] = quantile(&ranges[*nth], u);
            }
            point
        };
        let points: Vec<Vec<f64>> = design.points().map(point).collect();
        let Some(runs) = stages.run(&points, chosen.len() + 2, (3, "indices"))? else { return Ok(false) };
        sobol = Some((chosen, design, runs));
    }

    let comparison = Comparison::of(&table, reference);
    let title = "the scenario as it is written".to_owned();
    let parts = [Part { id: AS_WRITTEN.to_owned(), title, table, comparison, enough }];
    let context = question.context(&scenario, parts[0].table.drawn(), parts[0].table.design().replications);
    let brief = Brief { context: &context, study: &question.study, parts: &parts, rerun: None };
    let runs = Runs { one_way, morris, sobol };
    let inputs = ranges.into_iter().zip(ends).collect();
    let found = Sensitivity::of(&brief, option, inputs, &runs, question.study.seed);
    let found = found.ok_or_else(|| question.lacking())?;
    let paper = paper(&context, &found);
    question.deliver(&context, &paper, aloud)?;
    question.finish(parts[0].table.drawn())?;
    Ok(true)
}

/// A point of the unit cube as values of the inputs.
fn values(ranges: &[Assumption], point: &[f64]) -> Vec<f64> {
    ranges.iter().zip(point).map(|(range, u)| quantile(range, *u)).collect()
}

/// Runs of one option and the reference at points.
struct Stages<'s, 'q> {
    question: &'s mut Question<'q>,
    inputs: &'s [Assumption],
    reference: OptionId,
    option: OptionId,
    scenario: &'s crate::model::Scenario,
}

impl Stages<'_, '_> {
    /// What the option averted at each point, run by run. Nothing if it was ended.
    fn run(
        &mut self,
        points: &[Vec<f64>],
        luck_for: usize,
        stage: (usize, &str),
    ) -> Result<Option<Vec<Vec<f64>>>, Failure> {
        debug_assert!(points.iter().all(|point| point.len() == self.inputs.len()));
        let points = WorldDraws::at(self.scenario, points, luck_for);
        let options = [self.reference, self.option];
        let Some(table) = self.question.at_points(&points, &options, stage)? else { return Ok(None) };
        let (world, main) = (world_of(&self.question.study), self.question.study.main_measure);
        let averted = table.averted(world, (self.reference, self.option), main);
        averted.map(Some).ok_or_else(|| self.question.lacking())
    }
}
