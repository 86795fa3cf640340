//! Runs a design. The same table comes from any number of threads.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::experiment::{Design, Table};
use crate::measure::{Outcome, Tally};
use crate::plan::Plan;
use crate::random::Luck;
use crate::sim::{Engine, Rules};

/// Watches the progress of long work, and may end it.
pub trait Watcher: Sync {
    /// So many runs of so many are done. Returns whether to go on.
    fn done(&self, runs: u64, of: u64) -> bool;
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Watcher for Silent {
    fn done(&self, _: u64, _: u64) -> bool {
        true
    }
}

/// Runs every option in every world for every replication, on `jobs` threads (0: as many as there are cores).
/// `None` if the watcher ended it.
pub fn replicate(plan: &Plan, design: &Design, jobs: usize, watcher: &dyn Watcher) -> Option<Table> {
    let done = AtomicU64::new(0);
    let ended = AtomicBool::new(false);
    let cells = design.options.len() * design.worlds.len();
    let one = |runner: &mut Runner<'_>, replication: u32| -> Vec<Outcome> {
        let mut rows = Vec::with_capacity(cells);
        for &world in &design.worlds {
            for &option in &design.options {
                if ended.load(Ordering::Relaxed) {
                    return rows;
                }
                rows.push(runner.run(option, world, Luck::new(design.seed).replication(replication)));
                let runs = done.fetch_add(1, Ordering::Relaxed) + 1;
                if !watcher.done(runs, design.runs()) {
                    ended.store(true, Ordering::Relaxed);
                }
            }
        }
        rows
    };
    let rows = in_order(plan, design.replications, jobs, &one);
    (!ended.load(Ordering::Relaxed)).then(|| Table::new(design.clone(), rows.into_iter().flatten().collect()))
}

/// The memory of one thread's runs, used again and again.
struct Runner<'p> {
    plan: &'p Plan,
    engine: Option<Engine<'p>>,
    tally: Tally,
}

impl<'p> Runner<'p> {
    fn new(plan: &'p Plan) -> Self {
        Runner { plan, engine: None, tally: Tally::new(plan) }
    }

    fn run(&mut self, option: crate::model::OptionId, world: crate::model::World, luck: Luck) -> Outcome {
        let engine = match &mut self.engine {
            Some(engine) => {
                engine.restart(option, world, luck);
                engine
            }
            none => none.insert(Engine::new(self.plan, option, world, luck)),
        };
        self.tally.restart();
        let mut policy = Rules::new(&self.plan.scenario.options[option.index()]);
        engine.run(&mut policy, &mut self.tally);
        self.tally.outcome()
    }
}

type One<'a> = dyn Fn(&mut Runner<'_>, u32) -> Vec<Outcome> + Sync + 'a;

#[cfg(feature = "parallel")]
fn in_order(plan: &Plan, replications: u32, jobs: usize, one: &One<'_>) -> Vec<Vec<Outcome>> {
    use rayon::prelude::*;
    let all = || {
        let runs = (0..replications).into_par_iter();
        runs.map_init(|| Runner::new(plan), |runner, r| one(runner, r)).collect()
    };
    match (jobs, rayon::ThreadPoolBuilder::new().num_threads(jobs).build()) {
        (1, _) | (_, Err(_)) => serially(plan, replications, one),
        (_, Ok(pool)) => pool.install(all),
    }
}

#[cfg(not(feature = "parallel"))]
fn in_order(plan: &Plan, replications: u32, _jobs: usize, one: &One<'_>) -> Vec<Vec<Outcome>> {
    serially(plan, replications, one)
}

fn serially(plan: &Plan, replications: u32, one: &One<'_>) -> Vec<Vec<Outcome>> {
    let mut runner = Runner::new(plan);
    (0..replications).map(|r| one(&mut runner, r)).collect()
}
