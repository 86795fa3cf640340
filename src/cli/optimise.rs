//! `airside optimise`: a set of safeguards under budget and limits, chosen by a race with a stated guarantee.

use crate::cli::args::OptimiseArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::question::Question;
use crate::cli::screen::Screen;
use crate::experiment::{Design, Fidelity, WorldDraws};
use crate::model::{Optimise, OptionId, Scenario};
use crate::plan::Plan;
use crate::random::Luck;
use crate::report::counted;
use crate::report::optimise::{Holdout, OfMove, Optimised, Race, Trial, goal, of_move, paper};
use crate::stats::selection::{Goal, KimNelson, KimNelsonPlan, Search, SearchPlan};

/// Designs that are all tried; of more a search asks for some.
const ALL: usize = 500;
/// Designs of a generation of the search, and those that it sends to the race besides the archive.
const POPULATION: usize = 32;
const FINALISTS: usize = 20;
/// Chance of a wrong selection.
const ALPHA: f64 = 0.05;
/// Runs of each design before any is dropped.
const FIRST: u32 = 50;
/// What is added to the seed for the winner's fresh runs.
const FRESH: u64 = 1_000_000;
/// What a design is told as that breaks a limit.
const WORST: f64 = 1e12;
/// Cells of the archive along the extra cost.
const COST_CELLS: f64 = 50.0;

/// Runs the verb.
pub(crate) fn run(args: &OptimiseArgs, screen: &Screen) -> Result<Exit, Failure> {
    Ok(if optimise(args, screen, true)? { Exit::Fine } else { Exit::Ended })
}

/// Tries designs, races those that keep the limits, and writes what follows; whether it came to an end.
pub(crate) fn optimise(args: &OptimiseArgs, screen: &Screen, aloud: bool) -> Result<bool, Failure> {
    let mut question = Question::pose(&args.study, &args.posed, "optimise", screen)?;
    let Some(asked) = question.study.optimise.clone() else {
        return Err(Failure::Usage(format!(
            "{} does not say what to choose from; write `optimise: (among: [\"…\"], delta: …)` into a study, with safeguards of its scenario and the smallest difference worth telling (a tenth of the reference's mean is a start)",
            args.study.display()
        )));
    };
    question.arguments = vec![
        format!("--evaluations={}", args.evaluations),
        format!("--cap={}", args.cap),
        format!("--holdout={}", args.holdout),
    ];
    let first = args.posed.replications.unwrap_or(FIRST).max(2);
    question.hold(args.posed.draws, first)?;
    question.expect(asked.all(ALL).map_or(args.evaluations as usize, |designs| designs.len()));
    let scenario = question.variants[0].scenario().clone();
    let scenarios: Vec<Scenario> =
        std::iter::once(&question.variants[0]).chain(&question.moves).map(|it| it.scenario().clone()).collect();
    let mut field = Field { question: &mut question, asked: &asked, scenarios: &scenarios, first, stage: 0 };
    let Some((trials, all)) = field.tried(args.evaluations as usize)? else { return Ok(false) };
    let none = WorldDraws::none();
    let study = field.question.study.clone();
    let mut optimised =
        Optimised { study: &study, asked: &asked, scenario: &scenario, trials, all, race: None, holdout: None };
    let contestants = contestants(&optimised);
    if !contestants.is_empty() {
        let Some(race) = field.race(&optimised.trials, contestants, args.cap as usize)? else { return Ok(false) };
        let winner = &optimised.trials[race.winner()];
        let Some(holdout) = field.holdout(winner.design, args.holdout)? else { return Ok(false) };
        optimised.race = Some(race);
        optimised.holdout = Some(holdout);
    }
    let context = question.context(&scenario, &none, first);
    let paper = paper(&context, &optimised);
    question.deliver(&context, &paper, aloud)?;
    question.finish(&none)?;
    Ok(true)
}

/// Who takes part in the race: all that are not shown to break a limit; of a search's only its finalists.
fn contestants(optimised: &Optimised<'_>) -> Vec<usize> {
    let (study, asked) = (optimised.study, optimised.asked);
    let keeps = |nth: &usize| optimised.trials[*nth].answered().breaks(study, asked, true).is_none();
    let mut keeping: Vec<usize> = (0..optimised.trials.len()).filter(keeps).collect();
    let cost = |nth: usize| optimised.trials[nth].answered().main_cost(study).mid;
    let by_cost = |a: &usize, b: &usize| cost(*a).total_cmp(&cost(*b)).then(a.cmp(b));
    // Among equals the first is selected: let it be the cheapest.
    keeping.sort_by(by_cost);
    if optimised.all {
        return keeping;
    }
    let goal = goal(study.main_measure);
    let turned = |nth: usize| {
        let mean = optimised.trials[nth].answered().main_mean();
        if goal == Goal::Largest { -mean } else { mean }
    };
    keeping.sort_by(|a, b| turned(*a).total_cmp(&turned(*b)).then(a.cmp(b)));
    keeping.truncate(FINALISTS);
    keeping.sort_by(by_cost);
    keeping
}

/// Where designs are tried.
struct Field<'f, 'q> {
    question: &'f mut Question<'q>,
    asked: &'f Optimise,
    /// As written, then with each move of the adversary.
    scenarios: &'f [Scenario],
    first: u32,
    /// Files of finished runs so far.
    stage: usize,
}

impl Field<'_, '_> {
    /// All designs, or those that a search asked for, and whether it is all. Nothing if it was ended.
    fn tried(&mut self, evaluations: usize) -> Result<Option<(Vec<Trial>, bool)>, Failure> {
        if let Some(designs) = self.asked.all(ALL) {
            return Ok(self.trials(&designs)?.map(|trials| (trials, true)));
        }
        let study = &self.question.study;
        let goal = goal(study.main_measure);
        // A first look at the ends of the field tells how wide costs are.
        let full = (0..self.asked.among.len()).take(self.asked.at_most).fold(0, |design, item| design | 1 << item);
        let Some(ends) = self.trials(&[0, full])? else { return Ok(None) };
        let cost = |trial: &Trial| trial.answered().main_cost(&self.question.study).mid;
        let width = (cost(&ends[1]) - cost(&ends[0])).abs() / COST_CELLS;
        let plan = SearchPlan {
            items: self.asked.among.len(),
            goals: vec![goal, Goal::Smallest],
            widths: vec![self.asked.delta, if width > 0.0 { width } else { 1.0 }],
            population: POPULATION,
            evaluations,
        };
        let asked = self.asked.clone();
        let luck = Luck::new(self.question.study.seed);
        let Some(mut search) = Search::new(plan, luck, move |design: u64| asked.allows(design)) else {
            return Err(Failure::Usage("the search takes two evaluations at least".to_owned()));
        };
        let mut trials: Vec<Trial> = Vec::new();
        loop {
            let wanted = search.ask();
            if wanted.is_empty() {
                return Ok(Some((trials, false)));
            }
            let Some(more) = self.trials(&wanted)? else { return Ok(None) };
            let study = &self.question.study;
            let told: Vec<(u64, Vec<f64>)> = more
                .iter()
                .map(|trial| {
                    let of = trial.answered();
                    // What breaks a limit is told as worse than anything that keeps it.
                    let broken = of.breaks(study, self.asked, true).is_some();
                    let worst = if goal == Goal::Largest { -WORST } else { WORST };
                    let main = if broken { worst } else { of.main_mean() };
                    (trial.design, vec![main, of.main_cost(study).mid])
                })
                .collect();
            search.tell(&told).map_err(|why| Failure::Usage(why.to_string()))?;
            trials.extend(more);
        }
    }

    /// Designs against every move. Nothing if it was ended.
    fn trials(&mut self, designs: &[u64]) -> Result<Option<Vec<Trial>>, Failure> {
        let mut trials: Vec<Trial> =
            designs.iter().map(|design| Trial { design: *design, moves: Vec::new() }).collect();
        for nth in 0..self.scenarios.len() {
            let seed = self.question.study.seed;
            let Some(all) = self.of_designs(nth, designs, (0, self.first), seed)? else { return Ok(None) };
            trials.iter_mut().zip(all).for_each(|(trial, of)| trial.moves.push(of));
        }
        Ok(Some(trials))
    }

    /// Designs against one move, in replications from the first on.
    fn of_designs(
        &mut self,
        nth: usize,
        designs: &[u64],
        (first, replications): (u32, u32),
        seed: u64,
    ) -> Result<Option<Vec<OfMove>>, Failure> {
        let scenario = &self.scenarios[nth];
        let own = scenario.options.len();
        let plan = Plan::new(self.asked.scenario_with(scenario, designs))?;
        let made = (own..own + designs.len()).map(OptionId::from_index);
        let reference = self.question.study.reference;
        let options: Vec<OptionId> = std::iter::once(reference).chain(made).collect();
        let worlds = self.question.study.worlds.clone();
        let design = Design { options, worlds, draws: 0, replications, first, seed, fidelity: Fidelity::Full };
        let design = design.with_fidelity(self.question.design.fidelity);
        let id = format!("designs {nth} {first} {designs:x?}");
        let Some(table) = self.question.replicate(&plan, &design, (self.stage, &id))? else { return Ok(None) };
        self.stage += 1;
        let study = &self.question.study;
        let of = |option: &OptionId| of_move(study, self.asked, &table, (reference, *option));
        let all: Option<Vec<OfMove>> = design.options[1..].iter().map(of).collect();
        all.map(Some).ok_or_else(|| {
            let what = "the main measure, what the adversary wants, or a measure of a limit";
            Failure::Usage(format!("some runs lack {what}, so that nothing can be said of it over all of them"))
        })
    }

    /// Races designs until one is selected. Nothing if it was ended.
    fn race(&mut self, trials: &[Trial], contestants: Vec<usize>, cap: usize) -> Result<Option<Race>, Failure> {
        let first = self.first as usize;
        let plan = KimNelsonPlan {
            options: contestants.len(),
            goal: goal(self.question.study.main_measure),
            delta: self.asked.delta,
            alpha: ALPHA.min(1.0 - 1.0 / contestants.len() as f64 - 1e-9).max(1e-9),
            first,
            cap: cap.max(first),
        };
        let mut race = KimNelson::new(plan)
            .ok_or_else(|| Failure::Usage("a race takes two runs of each design at least".to_owned()))?;
        // By run, against the move that the adversary chose. Runs by which that was found say too much for it.
        let answers = self.scenarios.len() > 1;
        let offset = if answers { self.first } else { 0 };
        let before = |nth: &usize| if answers { Vec::new() } else { trials[*nth].answered().main.clone() };
        let mut values: Vec<Vec<f64>> = contestants.iter().map(before).collect();
        let mut done = 0;
        let mut block = self.first;
        while race.ended().is_none() {
            let runs = values.iter().map(Vec::len).max().unwrap_or(0);
            for run in done..runs {
                let row: Vec<f64> = values.iter().map(|of| of.get(run).copied().unwrap_or(f64::NAN)).collect();
                race.observe(&row).map_err(|why| Failure::Usage(why.to_string()))?;
                if race.ended().is_some() {
                    break;
                }
            }
            done = runs;
            if race.ended().is_some() {
                break;
            }
            let left = race.left().to_vec();
            self.question.screen.note(format_args!(
                "{} in the race after {} each",
                counted(left.len() as u64, "design", "designs"),
                counted(runs as u64, "run", "runs")
            ));
            let more = block.min((cap.max(first) - runs.min(cap)) as u32).max(1);
            for nth in 0..self.scenarios.len() {
                let of_move: Vec<usize> =
                    left.iter().copied().filter(|it| trials[contestants[*it]].response() == nth).collect();
                if of_move.is_empty() {
                    continue;
                }
                let designs: Vec<u64> = of_move.iter().map(|it| trials[contestants[*it]].design).collect();
                let seed = self.question.study.seed;
                let Some(all) = self.of_designs(nth, &designs, (offset + runs as u32, more), seed)? else {
                    return Ok(None);
                };
                of_move.iter().zip(all).for_each(|(it, of)| values[*it].extend(of.main));
            }
            block = block.saturating_mul(2);
        }
        let Some(ended) = race.ended() else { return Ok(None) };
        Ok(Some(Race {
            dropped: race.dropped().to_vec(),
            ended,
            promise: race.promise(),
            alpha: plan.alpha,
            replications: race.replications().max(first),
            total: race.total(),
            first,
            contestants,
        }))
    }

    /// The winner on fresh luck, against every move. Nothing if it was ended.
    fn holdout(&mut self, design: u64, replications: u32) -> Result<Option<Holdout>, Failure> {
        let seed = self.question.study.seed.wrapping_add(FRESH);
        let mut moves = Vec::new();
        for nth in 0..self.scenarios.len() {
            let Some(mut all) = self.of_designs(nth, &[design], (0, replications), seed)? else { return Ok(None) };
            moves.append(&mut all);
        }
        Ok(Some(Holdout { seed, replications, moves }))
    }
}
