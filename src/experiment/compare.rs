//! Options against a reference, under the same luck.

use crate::experiment::{Doubt, LEVEL, Table};
use crate::measure::Measure;
use crate::model::{OptionId, World};
use crate::stats::Paired;

/// One option against the reference, in one world, on one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The world.
    pub world: World,
    /// The option.
    pub option: OptionId,
    /// The measure.
    pub measure: Measure,
    /// Reference less option, run by run: positive is what the option takes away. Times are cut at the horizon. Where
    /// inputs were drawn the pairs are the means of the world draws, and where a measure comes from pilot runs theirs.
    pub paired: Paired,
    /// What doubt about the inputs does to the difference, if they were drawn.
    pub doubt: Option<DoubtedDifference>,
}

/// How a difference depends on the world draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubtedDifference {
    /// World draws in which the option's mean is lower than the reference's.
    pub lower_in: usize,
    /// World draws in which it is higher.
    pub higher_in: usize,
    /// Spread of the draws' mean differences, if it can be told from luck.
    pub doubt: Option<Doubt>,
}

/// All options against the reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The option that the others are compared with.
    pub reference: OptionId,
    /// How many comparisons share the level of the widened intervals: the other options, on one measure in one world.
    pub family: usize,
    /// By world, then option, then measure.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// Compares every option of a table with the reference on every measure that all their runs have.
    pub fn of(table: &Table, reference: OptionId) -> Self {
        let others: Vec<OptionId> = table.design().options.iter().copied().filter(|o| *o != reference).collect();
        let mut differences = Vec::new();
        for &world in &table.design().worlds {
            for &option in &others {
                for measure in Measure::all() {
                    let lacks = |o| table.cell(world, o).any(|row| row.lacks(measure));
                    if lacks(reference) || lacks(option) {
                        continue;
                    }
                    let pairs = match table.in_units(measure) {
                        false => Some([reference, option].map(|o| table.values(world, o, measure))),
                        true => pairs_of_units(table, world, [reference, option], measure),
                    };
                    let Some([of_reference, of_option]) = pairs else { continue };
                    if let Some(paired) = Paired::of(&of_reference, &of_option, LEVEL, others.len()) {
                        let doubt = doubted(table, world, (reference, option), measure);
                        differences.push(Difference { world, option, measure, paired, doubt });
                    }
                }
            }
        }
        Comparison { reference, family: others.len(), differences }
    }

    /// One comparison.
    pub fn get(&self, world: World, option: OptionId, measure: Measure) -> Option<&Paired> {
        let wanted = |d: &&Difference| d.world == world && d.option == option && d.measure == measure;
        self.differences.iter().find(wanted).map(|d| &d.paired)
    }

    /// What doubt does to one comparison.
    pub fn doubt(&self, world: World, option: OptionId, measure: Measure) -> Option<&DoubtedDifference> {
        let wanted = |d: &&Difference| d.world == world && d.option == option && d.measure == measure;
        self.differences.iter().find(wanted)?.doubt.as_ref()
    }
}

/// The means of both options by world draw or pilot run.
fn pairs_of_units(table: &Table, world: World, options: [OptionId; 2], measure: Measure) -> Option<[Vec<f64>; 2]> {
    let [one, other] = options.map(|o| Some(table.clusters(world, o, measure)?.means().to_vec()));
    Some([one?, other?])
}

fn doubted(
    table: &Table,
    world: World,
    (reference, option): (OptionId, OptionId),
    measure: Measure,
) -> Option<DoubtedDifference> {
    if table.design().draws == 0 {
        return None;
    }
    let clusters = table.differences(world, reference, option, measure)?;
    let count = |is: fn(&f64) -> bool| clusters.means().iter().filter(|mean| is(mean)).count();
    Some(DoubtedDifference {
        lower_in: count(|d| *d > 0.0),
        higher_in: count(|d| *d < 0.0),
        doubt: Doubt::of(&clusters),
    })
}
