//! How options stand beside each other on a measure: which is best in how many worlds, and which order is shown.

use crate::experiment::{LEVEL, Table};
use crate::measure::{Better, Measure};
use crate::model::{OptionId, World};
use crate::stats::value::NetBenefit;
use crate::stats::{Paired, Verdict, correlation};

/// Sets of units that are drawn again for the evidence.
const RESAMPLES: usize = 500;

/// How the options of a table stand in one world on one measure. Lists are in the order of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Means.
    pub means: Vec<f64>,
    /// Place of the option with the best mean, the first among equals.
    pub leader: usize,
    /// Share of the units in which the option does best; among equals it is divided.
    pub best_in: Vec<f64>,
    /// Share of the units in which the option does better than the one with the best mean.
    pub ahead_of_leader: Vec<f64>,
    /// Share of the resampled sets of units in which the option's mean is the best one: evidence that its average is best,
    /// which grows with the units. None for a single unit.
    pub evidence: Option<Vec<f64>>,
    /// 1 and the number of options that are shown to do better: options that cannot be told apart may share a rank.
    pub ranks: Vec<usize>,
    /// How many units there are.
    pub units: usize,
    /// Whether the units are sampled worlds, each the mean of its runs, and not single runs, whose differences are luck.
    pub are_draws: bool,
}

impl Standing {
    /// `None` if some option lacks the measure in some run.
    pub fn of(table: &Table, world: World, measure: Measure) -> Option<Standing> {
        let options = &table.design().options;
        let sign = if measure.better() == Better::Higher { -1.0 } else { 1.0 };
        let are_draws = table.design().draws > 0;
        let values: Vec<Vec<f64>> = options.iter().map(|o| units(table, world, *o, measure)).collect::<Option<_>>()?;
        let units = values.first()?.len();
        let mut best_in = vec![0.0; options.len()];
        for unit in 0..units {
            let least = values.iter().map(|of| sign * of[unit]).fold(f64::INFINITY, f64::min);
            let best: Vec<usize> = (0..values.len()).filter(|o| sign * values[*o][unit] == least).collect();
            best.iter().for_each(|o| best_in[*o] += 1.0 / best.len() as f64);
        }
        // Divided once, so that all of them is exactly 1.
        best_in.iter_mut().for_each(|share| *share /= units as f64);
        let means: Vec<f64> = values.iter().map(|of| of.iter().sum::<f64>() / units as f64).collect();
        let leader = (0..means.len()).min_by(|a, b| (sign * means[*a]).total_cmp(&(sign * means[*b]))).unwrap_or(0);
        let ahead = |o: usize| {
            let better = (0..units).filter(|unit| sign * values[o][*unit] < sign * values[leader][*unit]).count();
            better as f64 / units as f64
        };
        let benefit = |unit: usize| values.iter().map(|of| 0.0 - sign * of[unit]).collect::<Vec<f64>>();
        let benefits = NetBenefit::of(&(0..units).map(benefit).collect::<Vec<_>>());
        let evidence = benefits.filter(|_| units > 1).and_then(|it| it.evidence_best(RESAMPLES, table.design().seed));
        let pairs = options.len() * options.len().saturating_sub(1) / 2;
        let better = |one: usize, other: usize| {
            let verdict = Paired::of(&values[other], &values[one], LEVEL, pairs).map(|paired| paired.verdict);
            let wanted = if sign > 0.0 { Verdict::Lower } else { Verdict::Higher };
            verdict == Some(wanted)
        };
        let rank = |o: usize| 1 + (0..values.len()).filter(|other| better(*other, o)).count();
        Some(Standing {
            ahead_of_leader: (0..values.len()).map(ahead).collect(),
            leader,
            means,
            best_in,
            evidence,
            ranks: (0..values.len()).map(rank).collect(),
            units,
            are_draws,
        })
    }

    /// Whether no option differs from another in anything.
    pub fn all_equal(&self) -> bool {
        let share = 1.0 / self.best_in.len() as f64;
        self.best_in.iter().all(|it| (it - share).abs() < 1e-9) && self.ahead_of_leader.iter().all(|it| *it == 0.0)
    }

    /// `1`, or `1=` if another option has the same rank.
    pub fn rank_in_words(&self, option: usize) -> String {
        let rank = self.ranks[option];
        let shared = self.ranks.iter().filter(|other| **other == rank).count() > 1;
        format!("{rank}{}", if shared { "=" } else { "" })
    }
}

/// The means of world draws, or single runs; of runs that all have the measure.
fn units(table: &Table, world: World, option: OptionId, measure: Measure) -> Option<Vec<f64>> {
    if table.cell(world, option).any(|row| row.lacks(measure)) {
        return None;
    }
    match table.in_units(measure) {
        true => Some(table.clusters(world, option, measure)?.means().to_vec()),
        false => Some(table.values(world, option, measure)),
    }
}

/// How far a drawn input goes along with what an option does.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// Place among the inputs that were drawn.
    pub input: usize,
    /// Share of the variance of the draws' mean differences that a straight line over the input accounts for.
    pub share: f64,
    /// Whether the difference grows with the input.
    pub rises: bool,
    /// Whether that is shown: the correlation's t statistic lies beyond the 97.5th percentile of Student's law.
    pub is_shown: bool,
}

/// The influence of each input on the difference of an option from the reference, the strongest first. None without world
/// draws.
pub fn influences(
    table: &Table,
    world: World,
    (reference, option): (OptionId, OptionId),
    measure: Measure,
) -> Vec<Influence> {
    if table.design().draws < 4 {
        return Vec::new();
    }
    let Some(differences) = table.differences(world, reference, option, measure) else { return Vec::new() };
    let means = differences.means();
    let drawn = table.drawn();
    let input = |nth: usize| {
        let values: Vec<f64> = (0..means.len() as u32).map(|draw| drawn.values(draw)[nth]).collect();
        let r = correlation(&values, means);
        let n = means.len() as f64;
        let t = r.abs() * ((n - 2.0) / (1.0 - r * r).max(f64::MIN_POSITIVE)).sqrt();
        let is_shown = t > crate::stats::t_quantile(0.95, means.len() - 1);
        // Option less reference rises where reference less option falls.
        Influence { input: nth, share: r * r, rises: r < 0.0, is_shown }
    };
    let mut all: Vec<Influence> = (0..drawn.ranges().len()).map(input).collect();
    all.sort_by(|a, b| b.share.total_cmp(&a.share));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_are_not_told_apart_share_a_rank() {
        let standing = Standing {
            means: vec![0.3, 0.2, 0.2],
            leader: 1,
            ahead_of_leader: vec![0.0; 3],
            best_in: vec![0.0, 0.5, 0.5],
            evidence: None,
            ranks: vec![3, 1, 1],
            units: 10,
            are_draws: false,
        };
        assert_eq!([0, 1, 2].map(|o| standing.rank_in_words(o)), ["3", "1=", "1="]);
        assert!(!standing.all_equal());
    }
}
