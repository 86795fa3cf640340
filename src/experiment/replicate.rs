//! Runs a design. The same table comes from any number of threads.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::experiment::design::PILOT_RUN;
use crate::experiment::pilot::{Cell, Pilot};
use crate::experiment::{Design, Table, WorldDraws};
use crate::measure::{Outcome, Tally};
use crate::model::{OptionId, World};
use crate::plan::Plan;
use crate::random::Luck;
use crate::sim::{Engine, Rules};

/// Watches the progress of long work, and may end it.
pub trait Watcher: Sync {
    /// So much work of so much is done, in runs ([`Design::work`]). Returns whether to go on.
    fn done(&self, work: u64, of: u64) -> bool;
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Watcher for Silent {
    fn done(&self, _: u64, _: u64) -> bool {
        true
    }
}

/// Runs every option in every world for every replication, on `jobs` threads (0: as many as there are cores). Inputs
/// are those of the plan. `None` if the watcher ended it.
pub fn replicate(plan: &Plan, design: &Design, jobs: usize, watcher: &dyn Watcher) -> Option<Table> {
    let design = design.clone().with_draws(0);
    let work = Work::new(&design, watcher);
    let rows = in_threads(jobs, |parallel| work.block(&[(0, plan)], parallel));
    work.table(WorldDraws::none(), rows)
}

/// The first world draw that no plan can be made of, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused<E> {
    /// The draw, from 0.
    pub draw: u32,
    /// Why.
    pub why: E,
}

/// As [`replicate`], in a plan of its own for each world draw; `make` makes the plan from the drawn values. Replication r
/// of draw d has a luck of its own, so that the draws are independent of each other. Plans are made a few at a time and
/// let go.
pub fn replicate_draws<E: Send>(
    drawn: WorldDraws,
    make: &(dyn Fn(&[f64]) -> Result<Plan, E> + Sync),
    design: &Design,
    jobs: usize,
    watcher: &dyn Watcher,
) -> Result<Option<Table>, Refused<E>> {
    let design = design.clone().with_draws(drawn.draws());
    let work = Work::new(&design, watcher);
    let plan = |draw: u32| match make(drawn.values(draw)) {
        Ok(plan) => Ok((draw, plan)),
        Err(why) => Err(Refused { draw, why }),
    };
    let rows = in_threads(jobs, |parallel| {
        let mut rows = Vec::new();
        let draws: Vec<u32> = (0..drawn.draws()).collect();
        for block in draws.chunks(parallel.map_or(1, |threads| 2 * threads)) {
            let plans = made(block, &plan, parallel)?;
            let plans: Vec<(u32, &Plan)> = plans.iter().map(|(draw, plan)| (*draw, plan)).collect();
            rows.extend(work.block(&plans, parallel));
            if work.ended.load(Ordering::Relaxed) {
                break;
            }
        }
        Ok(rows)
    })?;
    Ok(work.table(drawn, rows))
}

/// What all threads know.
struct Work<'w> {
    design: &'w Design,
    watcher: &'w dyn Watcher,
    done: AtomicU64,
    ended: AtomicBool,
}

impl<'w> Work<'w> {
    fn new(design: &'w Design, watcher: &'w dyn Watcher) -> Self {
        Work { design, watcher, done: AtomicU64::new(0), ended: AtomicBool::new(false) }
    }

    /// All options in all worlds under one luck.
    fn cells(&self, runner: &mut Runner<'_>, luck: Luck, replication: u32) -> Vec<Outcome> {
        let mut rows = Vec::with_capacity(self.design.options.len() * self.design.worlds.len());
        for &world in &self.design.worlds {
            for &option in &self.design.options {
                if self.ended.load(Ordering::Relaxed) {
                    return rows;
                }
                rows.push(runner.run(option, world, (luck, replication)));
                self.did(1);
            }
        }
        rows
    }

    fn did(&self, work: u64) {
        let done = self.done.fetch_add(work, Ordering::Relaxed) + work;
        if !self.watcher.done(done, self.design.work()) {
            self.ended.store(true, Ordering::Relaxed);
        }
    }

    /// The pilot runs of a plan, if the fidelity asks for some.
    fn pilot(&self, draw: u32, plan: &Plan, parallel: Option<usize>) -> Option<Pilot> {
        let cells = Pilot::cells(plan, self.design);
        if cells.is_empty() {
            return None;
        }
        let run = |cell: &Cell| {
            if self.ended.load(Ordering::Relaxed) {
                return None;
            }
            let result = Pilot::run(plan, self.design, *cell, draw);
            self.did(PILOT_RUN * cell.worlds as u64);
            Some(result)
        };
        #[cfg(feature = "parallel")]
        if parallel.is_some() {
            use rayon::prelude::*;
            let results: Option<Vec<_>> = cells.par_iter().map(run).collect();
            return results.map(|results| Pilot::of(self.design, &cells, results));
        }
        let _ = parallel;
        let results: Option<Vec<_>> = cells.iter().map(run).collect();
        results.map(|results| Pilot::of(self.design, &cells, results))
    }

    /// All replications of some draws, in order.
    fn block(&self, plans: &[(u32, &Plan)], parallel: Option<usize>) -> Vec<Outcome> {
        let luck = |draw: u32, r: u32| Luck::new(self.design.seed).world_draw(draw).replication(r);
        let replications = 0..self.design.replications;
        #[cfg(feature = "parallel")]
        if parallel.is_some() {
            use rayon::prelude::*;
            let of_draw = |&(draw, plan): &(u32, &Plan)| -> Vec<Vec<Outcome>> {
                let pilot = self.pilot(draw, plan, parallel);
                let runs = replications.clone().into_par_iter();
                let runner = || Runner::new(plan, self.design, pilot.as_ref());
                runs.map_init(runner, |runner, r| self.cells(runner, luck(draw, r), r)).collect()
            };
            let all: Vec<Vec<Vec<Outcome>>> = plans.par_iter().map(of_draw).collect();
            return all.into_iter().flatten().flatten().collect();
        }
        let _ = parallel;
        let of_draw = |&(draw, plan): &(u32, &Plan)| {
            let pilot = self.pilot(draw, plan, None);
            let mut runner = Runner::new(plan, self.design, pilot.as_ref());
            replications.clone().flat_map(|r| self.cells(&mut runner, luck(draw, r), r)).collect::<Vec<Outcome>>()
        };
        plans.iter().flat_map(of_draw).collect()
    }

    fn table(self, drawn: WorldDraws, rows: Vec<Outcome>) -> Option<Table> {
        (!self.ended.load(Ordering::Relaxed)).then(|| Table::new(self.design.clone(), drawn, rows))
    }
}

/// The memory of one thread's runs, used again and again.
struct Runner<'p> {
    plan: &'p Plan,
    design: &'p Design,
    pilot: Option<&'p Pilot>,
    engine: Option<Engine<'p>>,
    tally: Tally,
}

impl<'p> Runner<'p> {
    fn new(plan: &'p Plan, design: &'p Design, pilot: Option<&'p Pilot>) -> Self {
        Runner { plan, design, pilot, engine: None, tally: Tally::new(plan) }
    }

    fn run(&mut self, option: OptionId, world: World, (luck, replication): (Luck, u32)) -> Outcome {
        let journeys = self.pilot.and_then(|pilot| pilot.journeys(self.design, option));
        let engine = match (&mut self.engine, journeys) {
            (Some(engine), journeys) => {
                journeys.into_iter().for_each(|journeys| engine.take_ways(journeys));
                engine.restart(option, world, luck);
                engine
            }
            (none, Some(journeys)) => none.insert(Engine::touching(self.plan, journeys, option, world, luck)),
            (none, None) => none.insert(Engine::new(self.plan, option, world, luck)),
        };
        self.tally.restart();
        let mut policy = Rules::new(&self.plan.scenario.options[option.index()]);
        engine.run(&mut policy, &mut self.tally);
        let outcome = self.tally.outcome();
        match self.pilot {
            Some(pilot) => pilot.complete(self.design, (world, option), replication, outcome),
            None => outcome,
        }
    }
}

/// Plans of some draws, in order; the first that cannot be made ends it.
fn made<E: Send>(
    draws: &[u32],
    plan: &(dyn Fn(u32) -> Result<(u32, Plan), E> + Sync),
    parallel: Option<usize>,
) -> Result<Vec<(u32, Plan)>, E> {
    #[cfg(feature = "parallel")]
    if parallel.is_some() {
        use rayon::prelude::*;
        // All of them first: which error is told must not depend on which thread was faster.
        let all: Vec<Result<(u32, Plan), E>> = draws.par_iter().map(|draw| plan(*draw)).collect();
        return all.into_iter().collect();
    }
    let _ = parallel;
    draws.iter().map(|draw| plan(*draw)).collect()
}

/// Does work on `jobs` threads and says how many there are; nothing if there is but this one.
pub(super) fn in_threads<R: Send>(jobs: usize, work: impl FnOnce(Option<usize>) -> R + Send) -> R {
    #[cfg(feature = "parallel")]
    if jobs != 1
        && let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()
    {
        let threads = pool.current_num_threads();
        return pool.install(|| work(Some(threads)));
    }
    let _ = jobs;
    work(None)
}
