//! When a comparison has enough runs: by precision, looked at a few times, and capped.

use crate::experiment::{Comparison, Difference, Table};
use crate::model::{HalfWidth, Measure, OptionId, Precision, World};

/// Looks at a growing table, after twice as many replications, or world draws, each time.
#[derive(Clone, Debug)]
pub struct Enough {
    precision: Option<Precision>,
    measure: Measure,
    reference: OptionId,
    looks: Vec<u32>,
    widest: Option<Widest>,
    why: Why,
}

/// Why a comparison ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing but a number of runs was asked for.
    AsAsked,
    /// All intervals are as narrow as was asked for.
    Precise,
    /// No difference varied at all, so that nothing can be said of precision: an outcome that was never seen looks so too.
    Constant,
    /// The most runs that were allowed are done, and some interval is wider than was asked for.
    Capped,
}

/// The interval that is furthest from what was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Widest {
    /// The world.
    pub world: World,
    /// The option.
    pub option: OptionId,
    /// Half the width of the widened interval, in the unit of the measure.
    pub half_width: f64,
    /// What was asked for, in the same unit.
    pub asked: f64,
}

impl Enough {
    /// Before the first look. Without a precision the first look is the last.
    pub fn new(precision: Option<Precision>, measure: Measure, reference: OptionId) -> Self {
        Enough { precision, measure, reference, looks: Vec::new(), widest: None, why: Why::AsAsked }
    }

    /// Looks at a table of `n` replications, or world draws if inputs were drawn. `None` if it is enough, else how many are
    /// wanted in all.
    ///
    /// Every look is at the level of a single one: with few looks, each after twice as many runs, that costs little, and the
    /// looks are told.
    pub fn look(&mut self, table: &Table) -> Option<u32> {
        let n = if table.design().draws > 0 { table.design().draws } else { table.design().replications };
        self.looks.push(n);
        let precision = self.precision?;
        let widths = self.widths(table, precision.half_width);
        // The first among equals, so that it depends on nothing else.
        self.widest = widths
            .iter()
            .copied()
            .reduce(|worst, it| if worst.half_width - worst.asked >= it.half_width - it.asked { worst } else { it });
        // Without any difference, since some runs lack the measure, there is nothing that could be precise.
        if self.widest.is_some_and(|it| it.half_width <= it.asked) {
            let varies = widths.iter().any(|it| it.half_width > 0.0);
            self.why = if varies { Why::Precise } else { Why::Constant };
            return None;
        }
        if n >= precision.at_most {
            self.why = Why::Capped;
            return None;
        }
        Some(n.saturating_mul(2).min(precision.at_most))
    }

    /// Of every option in every world. The intervals are those that are reported, whatever their units: runs, world draws
    /// or pilot runs.
    fn widths(&self, table: &Table, asked: HalfWidth) -> Vec<Widest> {
        let comparison = Comparison::of(table, self.reference);
        let of_measure = comparison.differences.iter().filter(|d| d.measure == self.measure);
        let width = |d: &Difference| {
            let asked = match asked {
                HalfWidth::Absolute(width) => width,
                HalfWidth::OfReference(share) => {
                    let mean = table.estimate(d.world, self.reference, self.measure).map_or(0.0, |it| it.middle());
                    share * mean.abs()
                }
            };
            Widest { world: d.world, option: d.option, half_width: d.paired.adjusted.half_width(), asked }
        };
        of_measure.map(width).collect()
    }

    /// Replications, or world draws, at each look.
    pub fn looks(&self) -> &[u32] {
        &self.looks
    }

    /// Why it ended.
    pub fn why(&self) -> Why {
        self.why
    }

    /// The widest interval at the last look, if a precision was asked for.
    pub fn widest_interval(&self) -> Option<Widest> {
        self.widest
    }
}
