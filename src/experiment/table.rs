//! The results of a design: a row for each world, option and replication.

use crate::experiment::Design;
use crate::measure::{Measure, Outcome};
use crate::model::{OptionId, World};

/// All outcomes of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    design: Design,
    /// By replication, then world, then option.
    rows: Vec<Outcome>,
}

impl Table {
    pub(crate) fn new(design: Design, rows: Vec<Outcome>) -> Self {
        debug_assert_eq!(rows.len() as u64, design.runs());
        Table { design, rows }
    }

    /// What was run.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The outcomes of one option in one world, by replication. Empty if the design does not have them.
    pub fn cell(&self, world: World, option: OptionId) -> impl Iterator<Item = &Outcome> + Clone {
        let w = self.design.worlds.iter().position(|x| *x == world);
        let o = self.design.options.iter().position(|x| *x == option);
        let (worlds, options) = (self.design.worlds.len(), self.design.options.len());
        let first = w.zip(o).map_or(self.rows.len(), |(w, o)| w * options + o);
        self.rows[first..].iter().step_by((worlds * options).max(1))
    }

    /// One measure of one option in one world, by replication.
    pub fn values(&self, world: World, option: OptionId, measure: Measure) -> Vec<f64> {
        self.cell(world, option).map(|row| row.get(measure)).collect()
    }

    /// Model events of all runs.
    pub fn model_events(&self) -> u64 {
        self.rows.iter().map(|row| row.model_events).sum()
    }
}
