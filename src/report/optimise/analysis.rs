//! Designs that were tried, the race among those that keep all limits, and the winner on fresh luck.

use crate::chart::number::{Interval as Figures, percent};
use crate::experiment::{LEVEL, Table};
use crate::measure::{Better, Measure, Nature};
use crate::model::{Bound, Optimise, OptionId, Scenario, Study, Target, World};
use crate::report::brief::{cost_of, world_of};
use crate::report::tables::number;
use crate::stats::selection::pareto::non_dominated;
use crate::stats::selection::{Dropped, Ended, Goal};
use crate::stats::{Paired, Summary};

/// A design that was tried.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    /// Bit i: whether it has the i-th safeguard.
    pub(crate) design: u64,
    /// How it did, by move of the adversary; the scenario as it is written comes first.
    pub(crate) moves: Vec<OfMove>,
}

/// A design against one move of the adversary.
#[derive(Clone, Debug)]
pub(crate) struct OfMove {
    /// The main measure in the main world, run by run.
    pub(crate) main: Vec<f64>,
    /// Mean of what the adversary wants, in the main world.
    pub(super) wanted: f64,
    /// What is averted against the reference, in the main world, in the unit of the measure.
    pub(super) averted: Figures,
    /// Extra cost against the reference, by world of the study.
    pub(super) cost: Vec<Figures>,
    /// By limit, then world of the study; of a lower limit the main world alone.
    pub(super) limits: Vec<Vec<Figures>>,
    /// Burden on the uninvolved where the suspicion is wrong, if such a world is studied.
    pub(super) burden: Option<Figures>,
}

/// The race of Kim and Nelson among designs that keep all limits.
#[derive(Clone, Debug)]
pub(crate) struct Race {
    /// Places of the contestants among the trials.
    pub(crate) contestants: Vec<usize>,
    /// Places are among the contestants.
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) ended: Ended,
    pub(crate) promise: Option<f64>,
    pub(crate) alpha: f64,
    pub(crate) replications: usize,
    pub(crate) total: u64,
    /// Runs of each before any is dropped.
    pub(crate) first: usize,
}

/// The winner on fresh luck, by move.
#[derive(Clone, Debug)]
pub(crate) struct Holdout {
    pub(crate) seed: u64,
    pub(crate) replications: u32,
    pub(crate) moves: Vec<OfMove>,
}

/// Everything that was found.
#[derive(Debug)]
pub(crate) struct Optimised<'s> {
    pub(crate) study: &'s Study,
    pub(crate) asked: &'s Optimise,
    pub(crate) scenario: &'s Scenario,
    pub(crate) trials: Vec<Trial>,
    /// Whether all designs were tried, and not only those that a search asked for.
    pub(crate) all: bool,
    /// Nothing if no design keeps all limits.
    pub(crate) race: Option<Race>,
    pub(crate) holdout: Option<Holdout>,
}

/// How a design did in a table, of which `reference` and `option` are two options.
pub(crate) fn of_move(
    study: &Study,
    asked: &Optimise,
    table: &Table,
    (reference, option): (OptionId, OptionId),
) -> Option<OfMove> {
    let (world, main) = (world_of(study), study.main_measure);
    let averted = table.averted(world, (reference, option), main)?;
    let averted: Vec<f64> = averted.into_iter().flatten().collect();
    let costs = |world: World, option: OptionId| -> Vec<f64> {
        table.cell(world, option).map(|row| cost_of(study, row)).collect()
    };
    let extra = |world: &World| {
        let (own, of_reference) = (costs(*world, option), costs(*world, reference));
        // Option less reference: what it costs more.
        let paired = Paired::of(&in_units(table, &own), &in_units(table, &of_reference), LEVEL, 1)?;
        Some(Figures::new(paired.interval.low, paired.mean, paired.interval.high))
    };
    let limit = |target: &Target| -> Option<Vec<Figures>> {
        let counts = |it: &&World| target.bound == Bound::AtMost || **it == world;
        study.worlds.iter().filter(counts).map(|world| mean(table, *world, option, target.measure)).collect()
    };
    let innocent = study.worlds.iter().copied().find(|world| *world != World::Real);
    Some(OfMove {
        main: table.values(world, option, main),
        wanted: mean(table, world, option, study.adversary_wants)?.mid,
        averted: figures(&averted)?,
        cost: study.worlds.iter().map(extra).collect::<Option<_>>()?,
        limits: asked.limits.iter().map(limit).collect::<Option<_>>()?,
        burden: innocent.and_then(|world| mean(table, world, option, Measure::Burden)),
    })
}

/// Costs may hold what comes from pilot runs, which are the units then.
fn in_units(table: &Table, runs: &[f64]) -> Vec<f64> {
    if table.in_units(Measure::CostTotal) { table.means_of_units(runs) } else { runs.to_vec() }
}

fn mean(table: &Table, world: World, option: OptionId, measure: Measure) -> Option<Figures> {
    let estimate = table.estimate(world, option, measure)?;
    let interval = estimate.interval();
    Some(Figures::new(interval.low, estimate.middle(), interval.high))
}

fn figures(values: &[f64]) -> Option<Figures> {
    let summary = Summary::of(values)?;
    let interval = summary.mean_interval(LEVEL);
    Some(Figures::new(interval.low, summary.mean(), interval.high))
}

impl Trial {
    /// The move that the adversary chooses who sees the design: it gets the most of what it wants, the first among equals.
    pub(crate) fn response(&self) -> usize {
        let mut best = 0;
        for (nth, of) in self.moves.iter().enumerate() {
            if of.wanted > self.moves[best].wanted {
                best = nth;
            }
        }
        best
    }

    /// The design against that move.
    pub(crate) fn answered(&self) -> &OfMove {
        &self.moves[self.response()]
    }
}

impl OfMove {
    /// The mean of the main measure.
    pub(crate) fn main_mean(&self) -> f64 {
        self.main.iter().sum::<f64>() / self.main.len().max(1) as f64
    }

    /// The first limit that it is shown to break, in words; `shown` asks for an interval that lies beyond it, else the mean
    /// counts.
    pub(crate) fn breaks(&self, study: &Study, asked: &Optimise, shown: bool) -> Option<String> {
        if let Some(budget) = study.budget {
            let over = |of: &Figures| if shown && of.is_finite() { of.low > budget } else { of.mid > budget };
            if let Some(world) = self.cost.iter().position(over) {
                return Some(format!("over the budget in the {} world", study.worlds[world].name()));
            }
        }
        for (target, by_world) in asked.limits.iter().zip(&self.limits) {
            let main = [world_of(study)];
            let worlds = if target.bound == Bound::AtMost { &study.worlds[..] } else { &main[..] };
            for (of, world) in by_world.iter().zip(worlds) {
                let beyond = match target.bound {
                    Bound::AtMost => (if shown { of.low } else { of.mid }) > target.value,
                    Bound::AtLeast => (if shown { of.high } else { of.mid }) < target.value,
                };
                if beyond {
                    return Some(format!("{} in the {} world", target.measure.label(), world.name()));
                }
            }
        }
        None
    }

    /// Extra cost in the main world.
    pub(crate) fn main_cost(&self, study: &Study) -> Figures {
        let world = study.worlds.iter().position(|world| *world == world_of(study)).unwrap_or(0);
        self.cost.get(world).copied().unwrap_or(Figures::exact(f64::NAN))
    }
}

impl Optimised<'_> {
    pub(super) fn main(&self) -> Measure {
        self.study.main_measure
    }

    pub(super) fn name(&self, trial: usize) -> String {
        self.asked.name(self.scenario, self.trials[trial].design)
    }

    /// Place of the selected design among the trials.
    pub(crate) fn winner(&self) -> Option<usize> {
        self.race.as_ref().map(Race::winner)
    }

    /// Places of the designs that keep all limits, as far as is shown.
    pub(super) fn keeping(&self) -> Vec<usize> {
        let keeps = |nth: &usize| self.trials[*nth].answered().breaks(self.study, self.asked, true).is_none();
        (0..self.trials.len()).filter(keeps).collect()
    }

    /// Of these, the ones that no other beats in main measure, extra cost and burden at once, on average.
    pub(super) fn pareto(&self) -> Vec<usize> {
        self.beaten_by_none(3)
    }

    /// The same of main measure and extra cost alone.
    pub(super) fn frontier(&self) -> Vec<usize> {
        self.beaten_by_none(2)
    }

    fn beaten_by_none(&self, objectives: usize) -> Vec<usize> {
        let keeping = self.keeping();
        let goals = [goal(self.main()), Goal::Smallest, Goal::Smallest];
        let point = |nth: &usize| {
            let of = self.trials[*nth].answered();
            let all = [of.main_mean(), of.main_cost(self.study).mid, of.burden.map_or(0.0, |burden| burden.mid)];
            all[..objectives].to_vec()
        };
        let points: Vec<Vec<f64>> = keeping.iter().map(point).collect();
        non_dominated(&points, &goals[..objectives]).unwrap_or_default().into_iter().map(|it| keeping[it]).collect()
    }

    /// A limit as people read it.
    pub(super) fn limit_in_words(target: &Target) -> String {
        let side = if target.bound == Bound::AtMost { "at most" } else { "at least" };
        let value = match target.measure.nature() {
            Nature::YesNo => percent(target.value),
            _ => number(target.measure, target.value),
        };
        format!("{} {side} {value}", target.measure.label())
    }

    /// What a move is called.
    pub(super) fn move_name(&self, nth: usize) -> &str {
        match nth.checked_sub(1).and_then(|nth| self.study.adversary_moves.get(nth)) {
            Some(set) => &set.id,
            None => crate::model::AS_WRITTEN,
        }
    }
}

impl Race {
    /// Place of the selected design among the trials.
    pub(crate) fn winner(&self) -> usize {
        let (Ended::Selected(nth) | Ended::Tied(nth) | Ended::Capped(nth)) = self.ended;
        self.contestants[nth]
    }

    /// After how many runs a trial was dropped.
    pub(super) fn dropped_after(&self, trial: usize) -> Option<usize> {
        let of = self.dropped.iter().find(|it| self.contestants[it.option] == trial)?;
        Some(of.after)
    }
}

/// Which end of a measure is good.
pub(crate) fn goal(measure: Measure) -> Goal {
    if measure.better() == Better::Higher { Goal::Largest } else { Goal::Smallest }
}
