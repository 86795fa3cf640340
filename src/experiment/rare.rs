//! Rare outcomes: their probability by multilevel splitting on cloned engines, repeated for an interval.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::experiment::gauge::Gauge;
use crate::experiment::replicate::in_threads;
use crate::experiment::{LEVEL, Threshold, Watcher};
use crate::model::{OptionId, World};
use crate::plan::Plan;
use crate::random::{Entity, Luck, Purpose};
use crate::sim::{Engine, Progress, Rules};
use crate::stats::splitting::{Levels, Path, Pilot, Split, pilot, split};
use crate::stats::{Interval, Skewed};

/// What is to be found, and with how much work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RareSearch {
    /// The outcome.
    pub threshold: Threshold,
    /// The option.
    pub option: OptionId,
    /// The world.
    pub world: World,
    /// The seed.
    pub seed: u64,
    /// Paths of each stage, 1 at least.
    pub effort: u32,
    /// Independent repetitions of the whole estimate, 2 at least.
    pub repetitions: u32,
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct RareEstimate {
    /// Levels that the pilot set; the last is the outcome.
    pub levels: Levels,
    /// The repetitions, in order.
    pub splits: Vec<Split>,
    /// Their estimates: each of them unbiased.
    pub estimates: Skewed,
    /// Interval of the probability at 95 %.
    pub interval: Interval,
    /// Steps of the engine in all repetitions and in the pilot.
    pub steps: u64,
    /// Of these, steps of the pilot.
    pub pilot_steps: u64,
    /// Steps of a run from its start to the horizon, on average.
    pub run_steps: f64,
}

impl RareEstimate {
    /// The estimate: the mean over the repetitions.
    pub fn probability(&self) -> f64 {
        self.estimates.mean()
    }

    /// Runs from start to horizon that take as many steps.
    pub fn equal_runs(&self) -> f64 {
        self.steps as f64 / self.run_steps.max(1.0)
    }

    /// The relative error that counting in so many runs would have: sqrt((1 - p) / (p n)). Infinite where nothing was found.
    pub fn counting_error(&self) -> f64 {
        let p = self.probability().min(1.0);
        if p > 0.0 { ((1.0 - p) / (p * self.equal_runs())).sqrt() } else { f64::INFINITY }
    }

    /// How many times the steps counting would take for the same variance. `None` where the variance is not known.
    pub fn gain(&self) -> Option<f64> {
        let ratio = self.counting_error() / self.estimates.relative_error();
        Some(ratio * ratio).filter(|gain| gain.is_finite() && *gain > 0.0)
    }

    /// Of the paths of a stage, in all repetitions that came so far, the share that got to its level. `None` if none came.
    pub fn share(&self, stage: usize) -> Option<f64> {
        let came = self.splits.iter().filter(|s| stage == 0 || s.reached.get(stage - 1).is_some_and(|n| *n > 0));
        let (paths, reached) = came.fold((0, 0), |(paths, reached), s| {
            (paths + u64::from(s.effort), reached + u64::from(s.reached.get(stage).copied().unwrap_or(0)))
        });
        (paths > 0).then(|| reached as f64 / paths as f64)
    }

    /// Whether the repetitions scatter so widely that the interval may be too short.
    pub fn is_heavy(&self) -> bool {
        self.estimates.scatter() > MOST_SCATTER
    }
}

/// Estimates the probability of an outcome on `jobs` threads (0: as many as there are cores), with inputs as in the plan.
/// The same from any number of threads. `None` if the watcher ended it.
///
/// Each repetition is one [`split`] with levels that a pilot has set, and unbiased. Repetition r has the luck of
/// replication r of the seed, on branches from 1 on: no run of `replicate` has any of it, and the pilot, which has the
/// luck of a replication of its own, has not either.
pub fn rare(plan: &Plan, search: &RareSearch, jobs: usize, watcher: &dyn Watcher) -> Option<RareEstimate> {
    let search = &RareSearch { effort: search.effort.max(1), repetitions: search.repetitions.max(2), ..*search };
    let work =
        Work { plan, search, watcher, done: AtomicU64::new(0), of: AtomicU64::new(0), ended: AtomicBool::new(false) };
    let guess = u64::from(search.effort) * USUAL_LEVELS;
    work.of.store(guess * u64::from(search.repetitions), Ordering::Relaxed);
    let luck = Luck::new(search.seed).replication(PILOT);
    let mut shifts = luck.stream(Purpose::METHOD, Entity::of("splitting"));
    let start = |i| Run::new(&work, luck.branch(i + 1));
    let Pilot { levels, steps: pilot_steps, path_steps } =
        pilot(search.threshold.at_least(), SHARE, search.effort, start, || shifts.uniform())?;
    let stages = levels.as_slice().len() as u64;
    let left = stages * u64::from(search.effort) * u64::from(search.repetitions);
    work.of.store(work.done.load(Ordering::Relaxed) + left, Ordering::Relaxed);
    let splits = in_threads(jobs, |parallel| work.repetitions(&levels, parallel.is_some()));
    if work.ended.load(Ordering::Relaxed) {
        return None;
    }
    let estimates = Skewed::of(splits.iter().map(Split::probability).collect())?;
    let interval = interval(&estimates, search);
    let steps = pilot_steps + splits.iter().map(|split| split.steps).sum::<u64>();
    Some(RareEstimate { levels, splits, estimates, interval, steps, pilot_steps, run_steps: path_steps })
}

/// Share of the paths that should get from one level to the next. The least work is near e^-2 where nothing else is known
/// (M. Villén-Altamirano and J. Villén-Altamirano, European Transactions on Telecommunications 13, 2002); a little more
/// bears heights that say less than they should.
const SHARE: f64 = 0.2;

/// Over this scatter of the repetitions, 95 % intervals were found to hold the truth less often (see `Skewed::interval`).
const MOST_SCATTER: f64 = 1.5;

/// The replication whose luck is the pilot's; there is no such repetition.
const PILOT: u32 = u32::MAX;

/// Levels that progress counts on until the pilot has set them.
const USUAL_LEVELS: u64 = 8;

/// The interval of the repetitions. Where all are equal, it comes from the first paths. From each of them a line of first
/// clones leads on, which has the law of a plain run, and the lines are independent of each other. If no repetition got
/// there, none of these runs did; if every path did, all of them.
fn interval(estimates: &Skewed, search: &RareSearch) -> Interval {
    let runs = u64::from(search.effort) * u64::from(search.repetitions);
    match estimates.interval(LEVEL) {
        Some(Interval { low, high, level }) => Interval { low: low.min(1.0), high: high.min(1.0), level },
        None if estimates.mean() == 0.0 => Interval::clopper_pearson(0, runs, LEVEL),
        None if estimates.mean() == 1.0 => Interval::clopper_pearson(runs, runs, LEVEL),
        // All equal and neither 0 nor 1, which only few paths can be.
        None => Interval { low: 0.0, high: 1.0, level: LEVEL },
    }
}

/// What all threads know.
struct Work<'w> {
    plan: &'w Plan,
    search: &'w RareSearch,
    watcher: &'w dyn Watcher,
    /// Paths made, and to be made at most.
    done: AtomicU64,
    of: AtomicU64,
    ended: AtomicBool,
}

impl Work<'_> {
    fn repetitions(&self, levels: &Levels, parallel: bool) -> Vec<Split> {
        let one = |r: u32| {
            let luck = Luck::new(self.search.seed).replication(r);
            let mut shifts = luck.stream(Purpose::METHOD, Entity::of("splitting"));
            split(levels, self.search.effort, |i| Run::new(self, luck.branch(i + 1)), || shifts.uniform())
        };
        #[cfg(feature = "parallel")]
        if parallel {
            use rayon::prelude::*;
            return (0..self.search.repetitions).into_par_iter().map(one).collect();
        }
        let _ = parallel;
        (0..self.search.repetitions).map(one).collect()
    }

    /// A path has been made.
    fn count(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.watcher.done(done, self.of.load(Ordering::Relaxed).max(done)) {
            self.ended.store(true, Ordering::Relaxed);
        }
    }
}

/// A run with everything that goes on with it.
#[derive(Clone)]
struct Run<'w> {
    work: &'w Work<'w>,
    engine: Engine<'w>,
    policy: Rules<'w>,
    gauge: Gauge,
    height: f64,
    steps: u64,
    over: bool,
}

impl<'w> Run<'w> {
    fn new(work: &'w Work<'w>, luck: Luck) -> Self {
        let RareSearch { option, world, threshold, .. } = *work.search;
        Run {
            work,
            engine: Engine::new(work.plan, option, world, luck),
            policy: Rules::new(&work.plan.scenario.options[option.index()]),
            gauge: Gauge::new(threshold.quantity()),
            height: 0.0,
            steps: 0,
            over: false,
        }
    }

    fn step(&mut self) {
        self.steps += 1;
        match self.engine.step(&mut self.gauge) {
            Progress::Advanced => {}
            Progress::Finished => self.over = true,
            Progress::AwaitingDecision(_) => self.engine.consult(&mut self.policy, &mut self.gauge),
        }
        if let Some(height) = self.gauge.read(&self.engine) {
            self.height = self.height.max(height);
        }
    }
}

impl Path for Run<'_> {
    fn climb(&mut self, level: f64) -> bool {
        // Once the watcher has ended it nobody asks for the result: no path goes on.
        if self.work.ended.load(Ordering::Relaxed) {
            return false;
        }
        while self.height < level && !self.over {
            self.step();
        }
        self.work.count();
        self.height >= level
    }

    fn height(&self) -> f64 {
        self.height
    }

    fn fork(&mut self, branch: u32) {
        self.engine.fork(branch);
    }

    fn steps(&self) -> u64 {
        self.steps
    }
}
