//! The results of a design: a row for each world, option, world draw and replication.

use crate::experiment::{Design, Fidelity, WorldDraws, needs_every_consignment};
use crate::measure::{Measure, Outcome};
use crate::model::{OptionId, Target, World};
use crate::stats::Clusters;

/// All outcomes of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    design: Design,
    drawn: WorldDraws,
    /// By world draw, then replication, then world, then option.
    rows: Vec<Outcome>,
}

impl Table {
    pub(crate) fn new(design: Design, drawn: WorldDraws, rows: Vec<Outcome>) -> Self {
        debug_assert_eq!(rows.len() as u64, design.runs());
        Table { design, drawn, rows }
    }

    /// The values of the uncertain inputs.
    pub fn drawn(&self) -> &WorldDraws {
        &self.drawn
    }

    /// What was run.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The outcomes of one option in one world, by world draw and replication. Empty if the design does not have them.
    pub fn cell(&self, world: World, option: OptionId) -> impl Iterator<Item = &Outcome> + Clone {
        let w = self.design.worlds.iter().position(|x| *x == world);
        let o = self.design.options.iter().position(|x| *x == option);
        let (worlds, options) = (self.design.worlds.len(), self.design.options.len());
        let first = w.zip(o).map_or(self.rows.len(), |(w, o)| w * options + o);
        self.rows[first..].iter().step_by((worlds * options).max(1))
    }

    /// One measure of one option in one world, by world draw and replication.
    pub fn values(&self, world: World, option: OptionId, measure: Measure) -> Vec<f64> {
        self.cell(world, option).map(|row| row.get(measure)).collect()
    }

    /// Whether runs have something in common besides the option, as far as a measure goes: inputs that were drawn, or a
    /// pilot run. Then these are the units, and not the runs.
    pub fn in_units(&self, measure: Measure) -> bool {
        self.design.draws > 0 || (self.design.fidelity != Fidelity::Full && needs_every_consignment(measure))
    }

    /// One measure of one option in one world, taken apart by world draw or pilot run; of those runs that have it. A time
    /// that the horizon cut off counts as the horizon. `None` if no run has the measure.
    pub fn clusters(&self, world: World, option: OptionId, measure: Measure) -> Option<Clusters> {
        let rows: Vec<&Outcome> = self.cell(world, option).collect();
        let of_draw = |rows: &[&Outcome]| {
            let having = rows.iter().filter(|row| !row.lacks(measure));
            having.map(|row| row.get(measure)).collect::<Vec<f64>>()
        };
        Clusters::of(self.by_draw(&rows).map(of_draw))
    }

    /// Things of one cell, one a run, taken apart by world draw, or without one by pilot run.
    pub(crate) fn by_draw<'t, T>(&self, runs: &'t [T]) -> std::slice::Chunks<'t, T> {
        let each = match self.design.draws {
            0 => self.design.runs_of_a_pilot(),
            _ => self.design.replications.max(1) as usize,
        };
        runs.chunks(each)
    }

    /// The means of things of one cell, one a run, by world draw, or without one by pilot run.
    pub fn means_of_units(&self, runs: &[f64]) -> Vec<f64> {
        Clusters::of(self.by_draw(runs).map(<[f64]>::to_vec)).map_or(Vec::new(), |it| it.means().to_vec())
    }

    /// Whether each unit, a world draw if inputs were drawn and a run if not, meets all targets in its mean.
    pub fn meets(&self, world: World, option: OptionId, targets: &[Target]) -> Vec<bool> {
        let drawn = self.design.draws > 0;
        let of_target = |target: &Target| {
            let runs = self.values(world, option, target.measure);
            let units = if drawn { self.means_of_units(&runs) } else { runs };
            units.into_iter().map(|value| target.is_met(value)).collect::<Vec<bool>>()
        };
        let units = if drawn { self.design.draws } else { self.design.replications };
        let mut met = vec![true; units as usize];
        for of in targets.iter().map(of_target) {
            met.iter_mut().zip(of).for_each(|(all, one)| *all &= one);
        }
        met
    }

    /// Model events of all runs.
    pub fn model_events(&self) -> u64 {
        self.rows.iter().map(|row| row.model_events).sum()
    }
}
