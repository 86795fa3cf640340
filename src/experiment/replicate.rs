//! Runs a design. The same table comes from any number of threads.

use std::ops::Range;
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

/// Keeps finished runs, so that they need not be done again, and says when there are enough.
pub trait Keeper: Send {
    /// Runs that were kept before, from the first one on, as [`Keeper::keep`] got them.
    fn kept(&mut self) -> Vec<Outcome>;
    /// Keeps some more. An error ends the work.
    fn keep(&mut self, rows: &[Outcome]) -> std::io::Result<()>;
    /// What to do with a finished table: `None` if it is enough, or so many replications, or world draws if inputs were
    /// drawn, in all.
    fn look(&mut self, table: &Table) -> Option<u32>;
}

/// Keeps nothing, and is content with what was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeepNothing;

impl Keeper for KeepNothing {
    fn kept(&mut self) -> Vec<Outcome> {
        Vec::new()
    }

    fn keep(&mut self, _: &[Outcome]) -> std::io::Result<()> {
        Ok(())
    }

    fn look(&mut self, _: &Table) -> Option<u32> {
        None
    }
}

/// Why there is no table.
#[derive(Debug)]
pub enum Unfinished<E> {
    /// The watcher ended it.
    Ended,
    /// No plan can be made of a world draw.
    Refused(Refused<E>),
    /// What was finished could not be kept.
    NotKept(std::io::Error),
}

/// Runs every option in every world for every replication, on `jobs` threads (0: as many as there are cores). Inputs
/// are those of the plan. `None` if the watcher ended it.
pub fn replicate(plan: &Plan, design: &Design, jobs: usize, watcher: &dyn Watcher) -> Option<Table> {
    replicate_kept(plan, design, jobs, watcher, &mut KeepNothing).ok()
}

/// As [`replicate`], with a keeper: after every few replications the finished ones are kept, and at the end the keeper may
/// ask for more.
pub fn replicate_kept(
    plan: &Plan,
    design: &Design,
    jobs: usize,
    watcher: &dyn Watcher,
    keeper: &mut dyn Keeper,
) -> Result<Table, Unfinished<std::convert::Infallible>> {
    let mut design = design.clone().with_draws(0);
    let cells = design.options.len() * design.worlds.len();
    let mut rows = keeper.kept();
    in_threads(jobs, |parallel| {
        // The pilot runs of all looks are those of the first: they do not depend on how many replications there are.
        let first = Work::new(&design, watcher, rows.len());
        let pilot = first.pilot(0, plan, parallel);
        if first.is_ended() {
            return Err(Unfinished::Ended);
        }
        loop {
            let work = Work::new(&design, watcher, rows.len());
            let mut done = (rows.len() / cells.max(1)) as u32;
            while done < design.replications {
                let to = done.saturating_add(block_of(parallel)).min(design.replications);
                let more = work.replications(0, plan, pilot.as_ref(), done..to, parallel);
                if work.is_ended() {
                    return Err(Unfinished::Ended);
                }
                keeper.keep(&more).map_err(Unfinished::NotKept)?;
                rows.extend(more);
                done = to;
            }
            // More may have been kept than this look is at.
            let mut whole = rows[..cells * design.replications as usize].to_vec();
            if let Some(pilot) = &pilot {
                pilot.complete_all(&design, &mut whole);
            }
            let table = Table::new(design.clone(), WorldDraws::none(), whole);
            match keeper.look(&table) {
                Some(more) if more > design.replications => design.replications = more,
                _ => return Ok(table),
            }
        }
    })
}

/// Replications between two times that something is kept.
fn block_of(parallel: Option<usize>) -> u32 {
    16 * parallel.unwrap_or(1) as u32
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
/// of draw d has a luck of its own, so that the draws are independent of each other, unless they are points under common
/// luck ([`WorldDraws::at`]). Plans are made a few at a time and
/// let go.
pub fn replicate_draws<E: Send>(
    drawn: WorldDraws,
    make: &(dyn Fn(&[f64]) -> Result<Plan, E> + Sync),
    design: &Design,
    jobs: usize,
    watcher: &dyn Watcher,
) -> Result<Option<Table>, Refused<E>> {
    let design = design.clone().with_draws(drawn.draws());
    match replicate_draws_kept(&|_| drawn.clone(), make, &design, jobs, watcher, &mut KeepNothing) {
        Ok(table) => Ok(Some(table)),
        Err(Unfinished::Refused(refused)) => Err(refused),
        // Nothing is kept that could fail to be.
        Err(Unfinished::Ended | Unfinished::NotKept(_)) => Ok(None),
    }
}

/// As [`replicate_draws`], with a keeper; `draws` gives that many world draws, of which the first are always the same.
pub fn replicate_draws_kept<E: Send>(
    draws: &(dyn Fn(u32) -> WorldDraws + Sync),
    make: &(dyn Fn(&[f64]) -> Result<Plan, E> + Sync),
    design: &Design,
    jobs: usize,
    watcher: &dyn Watcher,
    keeper: &mut dyn Keeper,
) -> Result<Table, Unfinished<E>> {
    let mut design = design.clone();
    let each = design.options.len() * design.worlds.len() * design.replications as usize;
    let mut rows = keeper.kept();
    in_threads(jobs, |parallel| {
        loop {
            let drawn = draws(design.draws);
            let plan = |draw: u32| match make(drawn.values(draw)) {
                Ok(plan) => Ok((drawn.luck_of(draw), plan)),
                Err(why) => Err(Unfinished::Refused(Refused { draw, why })),
            };
            let work = Work::new(&design, watcher, rows.len());
            let left: Vec<u32> = ((rows.len() / each.max(1)) as u32..design.draws).collect();
            for block in left.chunks(parallel.map_or(1, |threads| 2 * threads)) {
                let plans = made(block, &plan, parallel)?;
                let plans: Vec<(u32, &Plan)> = plans.iter().map(|(draw, plan)| (*draw, plan)).collect();
                let more = work.draws(&plans, parallel);
                if work.is_ended() {
                    return Err(Unfinished::Ended);
                }
                keeper.keep(&more).map_err(Unfinished::NotKept)?;
                rows.extend(more);
            }
            // More may have been kept than this look is at.
            let table = Table::new(design.clone(), drawn, rows[..each * design.draws as usize].to_vec());
            match keeper.look(&table) {
                Some(more) if more > design.draws => design.draws = more,
                _ => return Ok(table),
            }
        }
    })
}

/// What all threads know.
struct Work<'w> {
    design: &'w Design,
    watcher: &'w dyn Watcher,
    done: AtomicU64,
    ended: AtomicBool,
}

impl<'w> Work<'w> {
    /// `before`: runs that are done already.
    fn new(design: &'w Design, watcher: &'w dyn Watcher, before: usize) -> Self {
        Work { design, watcher, done: AtomicU64::new(before as u64), ended: AtomicBool::new(false) }
    }

    fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// All options in all worlds under one luck.
    fn cells(&self, runner: &mut Runner<'_>, luck: Luck) -> Vec<Outcome> {
        let mut rows = Vec::with_capacity(self.design.options.len() * self.design.worlds.len());
        for &world in &self.design.worlds {
            for &option in &self.design.options {
                if self.ended.load(Ordering::Relaxed) {
                    return rows;
                }
                rows.push(runner.run(option, world, luck));
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
    fn draws(&self, plans: &[(u32, &Plan)], parallel: Option<usize>) -> Vec<Outcome> {
        let of_draw = |&(draw, plan): &(u32, &Plan)| {
            let pilot = self.pilot(draw, plan, parallel);
            let mut rows = self.replications(draw, plan, pilot.as_ref(), 0..self.design.replications, parallel);
            if let Some(pilot) = &pilot {
                pilot.complete_all(self.design, &mut rows);
            }
            rows
        };
        #[cfg(feature = "parallel")]
        if parallel.is_some() {
            use rayon::prelude::*;
            let all: Vec<Vec<Outcome>> = plans.par_iter().map(of_draw).collect();
            return all.into_iter().flatten().collect();
        }
        plans.iter().flat_map(of_draw).collect()
    }

    /// Some replications of a draw, in order, without what comes from pilot runs.
    fn replications(
        &self,
        draw: u32,
        plan: &Plan,
        pilot: Option<&Pilot>,
        range: Range<u32>,
        parallel: Option<usize>,
    ) -> Vec<Outcome> {
        let first = self.design.first;
        let luck = |r: u32| Luck::new(self.design.seed).world_draw(draw).replication(first + r);
        #[cfg(feature = "parallel")]
        if parallel.is_some() {
            use rayon::prelude::*;
            let runner = || Runner::new(plan, self.design, pilot);
            let runs = range.into_par_iter().map_init(runner, |runner, r| self.cells(runner, luck(r)));
            return runs.collect::<Vec<Vec<Outcome>>>().into_iter().flatten().collect();
        }
        let _ = parallel;
        let mut runner = Runner::new(plan, self.design, pilot);
        range.flat_map(|r| self.cells(&mut runner, luck(r))).collect()
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

    fn run(&mut self, option: OptionId, world: World, luck: Luck) -> Outcome {
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
        self.tally.outcome()
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
