//! Options against a reference, under the same luck.

use crate::experiment::{LEVEL, Table};
use crate::measure::Measure;
use crate::model::{OptionId, World};
use crate::stats::Paired;

/// The measure that the intervals' family is stated for; all others are exploratory.
pub const MAIN_MEASURE: Measure = Measure::CatalogueShare;

/// One option against the reference, in one world, on one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The world.
    pub world: World,
    /// The option.
    pub option: OptionId,
    /// The measure.
    pub measure: Measure,
    /// Reference less option, run by run: positive is what the option takes away. Times are cut at the horizon.
    pub paired: Paired,
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
                    let values = |o| table.values(world, o, measure);
                    if let Some(paired) = Paired::of(&values(reference), &values(option), LEVEL, others.len()) {
                        differences.push(Difference { world, option, measure, paired });
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
}
