//! What not knowing the inputs does to a measure, beside what luck does to it.

use crate::experiment::Table;
use crate::measure::{Better, Measure};
use crate::model::{OptionId, World};
use crate::stats::{Clusters, VarianceSplit, difference};

/// Doubt about the inputs, as the spread of the world draws' means. It shrinks with better inputs and not with more runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// Nine world draws in ten have a mean between these, luck taken out.
    pub range: (f64, f64),
    /// Variance of single runs: between world draws, and within them.
    pub split: VarianceSplit,
}

impl Doubt {
    /// `None` unless there are two world draws and two runs of one of them: else doubt cannot be told from luck.
    pub fn of(clusters: &Clusters) -> Option<Doubt> {
        Some(Doubt { range: clusters.nine_in_ten()?, split: clusters.split()? })
    }
}

impl Table {
    /// Doubt about a measure of one option in one world. `None` if inputs were as written, or as [`Doubt::of`].
    pub fn doubt(&self, world: World, option: OptionId, measure: Measure) -> Option<Doubt> {
        if self.design().draws == 0 {
            return None;
        }
        Doubt::of(&self.clusters(world, option, measure)?)
    }

    /// What an option averts, or gains where more is better, run by run against the reference: positive is good. By world
    /// draw or point. `None` if some run lacks the measure.
    pub fn averted(
        &self,
        world: World,
        (reference, option): (OptionId, OptionId),
        measure: Measure,
    ) -> Option<Vec<Vec<f64>>> {
        let cells = || self.cell(world, reference).zip(self.cell(world, option));
        if cells().any(|(a, b)| a.lacks(measure) || b.lacks(measure)) {
            return None;
        }
        let sign = if measure.better() == Better::Higher { -1.0 } else { 1.0 };
        let runs: Vec<f64> = cells().map(|(a, b)| 0.0 + sign * difference(a.get(measure), b.get(measure))).collect();
        Some(self.by_draw(&runs).map(<[f64]>::to_vec).collect())
    }

    /// Reference less option, run by run under the same draw and luck, taken apart by world draw.
    pub fn differences(
        &self,
        world: World,
        reference: OptionId,
        option: OptionId,
        measure: Measure,
    ) -> Option<Clusters> {
        let (reference, option) = (self.values(world, reference, measure), self.values(world, option, measure));
        let pairs: Vec<f64> = reference.iter().zip(&option).map(|(r, o)| difference(*r, *o)).collect();
        Clusters::of(self.by_draw(&pairs).map(<[f64]>::to_vec))
    }
}
