//! Regret, targets and ranks of options over world sets, which are never averaged without a weight.

use crate::experiment::{LEVEL, Standing, Table};
use crate::measure::{Better, Measure};
use crate::model::{OptionId, Study, World};
use crate::report::brief::{Part, world_of};
use crate::report::robust::discovery::Discovery;
use crate::stats::value::Payoffs;
use crate::stats::{Paired, Verdict};

/// How options stand over the world sets of a study. Lists by set are in the order of its parts, lists by option in that of
/// the study.
#[derive(Debug)]
pub(crate) struct Robust<'r> {
    pub(crate) study: &'r Study,
    names: Vec<String>,
    pub(super) sets: Vec<Set<'r>>,
    /// Of the means of the sets.
    pub(super) payoffs: Payoffs,
    /// By set, of every sampled world, if inputs were drawn.
    pub(super) sampled: Option<Vec<Payoffs>>,
    /// The options whose largest regret is least.
    pub(super) least: Vec<usize>,
    discovery: Option<Discovery>,
}

/// One world set.
#[derive(Debug)]
pub(super) struct Set<'r> {
    pub(super) part: &'r Part,
    pub(super) means: Vec<f64>,
    pub(super) standing: Standing,
    /// How much worse an option does than the best one on average there; none for that one.
    pub(super) behind: Vec<Option<Paired>>,
    /// Share of the units that meet all targets, if there are any.
    pub(super) met: Option<Vec<f64>>,
}

impl<'r> Robust<'r> {
    /// `None` if some run lacks the main measure.
    pub(crate) fn of(study: &'r Study, names: Vec<String>, parts: &'r [Part]) -> Option<Robust<'r>> {
        let (world, main) = (world_of(study), study.main_measure);
        let sets: Vec<Set<'_>> = parts.iter().map(|part| set(study, part)).collect::<Option<_>>()?;
        let options = study.options.len();
        let by_option = |value: &dyn Fn(&Set<'_>, usize) -> f64| -> Vec<Vec<f64>> {
            (0..options).map(|o| sets.iter().map(|set| value(set, o)).collect()).collect()
        };
        let of_means = payoffs(main, &by_option(&|set, o| set.means[o]))?;
        let drawn = parts.iter().all(|part| part.table.design().draws > 0);
        let of_part = |part: &Part| {
            let of = |option: &OptionId| units(&part.table, world, *option, main);
            payoffs(main, &study.options.iter().map(of).collect::<Vec<Vec<f64>>>())
        };
        let sampled = drawn.then(|| parts.iter().map(of_part).collect::<Option<Vec<Payoffs>>>());
        let least = of_means.minimax_regret();
        let mut robust =
            Robust { study, names, sets, payoffs: of_means, sampled: sampled.flatten(), least, discovery: None };
        robust.discovery = Discovery::of(&robust);
        Some(robust)
    }

    pub(super) fn name(&self, option: usize) -> &str {
        &self.names[option]
    }

    pub(super) fn main(&self) -> Measure {
        self.study.main_measure
    }

    pub(super) fn world(&self) -> World {
        world_of(self.study)
    }

    /// The option that is recommended by the least of the largest regrets, the first among equals.
    pub(super) fn choice(&self) -> usize {
        self.least.first().copied().unwrap_or(0)
    }

    /// Where the recommended option fails, if inputs were drawn and it fails somewhere and not everywhere.
    pub(crate) fn discovery(&self) -> Option<&Discovery> {
        self.discovery.as_ref()
    }

    /// Sampled worlds of all sets together; 0 if inputs are as written.
    pub(super) fn worlds(&self) -> usize {
        self.sampled.as_ref().map_or(0, |sets| sets.iter().map(Payoffs::worlds).sum())
    }

    /// By option, the 90th percentile of the regrets in the sampled worlds of the set where it is largest.
    pub(super) fn ninetieths(&self) -> Option<Vec<f64>> {
        self.worst_set(|it| it.regret_quantiles(0.9))
    }

    /// By option, the largest regret in any sampled world.
    pub(super) fn largest_in_worlds(&self) -> Option<Vec<f64>> {
        self.worst_set(Payoffs::max_regrets)
    }

    fn worst_set(&self, of: impl Fn(&Payoffs) -> Vec<f64>) -> Option<Vec<f64>> {
        let sets: Vec<Vec<f64>> = self.sampled.as_ref()?.iter().map(of).collect();
        let worst = |o: usize| sets.iter().map(|set| set[o]).fold(0.0, f64::max);
        Some((0..self.study.options.len()).map(worst).collect())
    }
}

/// The means of one option by world draw, or single runs.
pub(super) fn units(table: &Table, world: World, option: OptionId, measure: Measure) -> Vec<f64> {
    let runs = table.values(world, option, measure);
    if table.in_units(measure) { table.means_of_units(&runs) } else { runs }
}

fn set<'r>(study: &Study, part: &'r Part) -> Option<Set<'r>> {
    let (world, main) = (world_of(study), study.main_measure);
    let standing = Standing::of(&part.table, world, main)?;
    // As of the ranks: the best one was picked from the same runs.
    let family = study.options.len() * study.options.len().saturating_sub(1) / 2;
    let values = |o: usize| units(&part.table, world, study.options[o], main);
    let best = values(standing.leader);
    let behind = |o: usize| (o != standing.leader).then(|| Paired::of(&values(o), &best, LEVEL, family)).flatten();
    let share = |option: &OptionId| {
        let met = part.table.meets(world, *option, &study.targets);
        met.iter().filter(|met| **met).count() as f64 / met.len().max(1) as f64
    };
    Some(Set {
        part,
        means: standing.means.clone(),
        behind: (0..study.options.len()).map(behind).collect(),
        met: (!study.targets.is_empty()).then(|| study.options.iter().map(share).collect()),
        standing,
    })
}

impl Set<'_> {
    /// Whether an option is shown to do worse than the best one of the set.
    pub(super) fn is_shown_behind(&self, option: usize) -> bool {
        let verdict = self.behind[option].as_ref().map(|paired| paired.verdict);
        matches!(verdict, Some(Verdict::Lower | Verdict::Higher))
    }
}

fn payoffs(measure: Measure, rows: &[Vec<f64>]) -> Option<Payoffs> {
    if measure.better() == Better::Higher { Payoffs::of(rows) } else { Payoffs::of_losses(rows) }
}
