//! Where the recommended option fails: a box of inputs and assumptions in which its failures are dense.

use crate::measure::Better;
use crate::model::Assumption;
use crate::report::brief::world_of;
use crate::report::robust::analysis::{Robust, units};
use crate::report::tables::value_of;
use crate::stats::sensitivity::{PrimBox, chosen, pasted, prim};

/// Share of the rows that a peel takes, and below which it ends.
const PEEL: f64 = 0.1;
const STOP: f64 = 0.05;
/// Share of the failures that the box to tell of holds.
const COVERAGE: f64 = 0.5;
/// Fewer sampled worlds than this give no box.
const FEWEST: usize = 20;

/// What was searched, and what was found.
#[derive(Debug)]
pub(crate) struct Discovery {
    /// What failing means.
    pub(super) failing: String,
    /// Names of the inputs: paths, and world sets by `assuming ID`, which are 0 or 1.
    pub(super) inputs: Vec<String>,
    /// Those inputs that are numbers of the document, which come first.
    assumptions: Vec<Assumption>,
    /// Lowest and highest value of each.
    pub(super) ranges: Vec<(f64, f64)>,
    pub(super) worlds: usize,
    pub(super) failures: usize,
    /// All boxes that were passed through.
    pub(super) boxes: Vec<PrimBox>,
    /// Place of the one to tell of.
    pub(super) chosen: Option<usize>,
    /// That one, widened again as far as it becomes denser.
    pub(super) told: Option<PrimBox>,
}

impl Discovery {
    pub(super) fn of(robust: &Robust<'_>) -> Option<Discovery> {
        let study = robust.study;
        let (world, main, choice) = (world_of(study), study.main_measure, study.options[robust.choice()]);
        let first = robust.sets.first()?.part.table.drawn();
        // What some world set fixes is no input: that set stands for it.
        let everywhere = |path: &str| {
            robust.sets.iter().all(|set| set.part.table.drawn().ranges().iter().any(|range| range.path == path))
        };
        let assumptions: Vec<Assumption> =
            first.ranges().iter().filter(|range| everywhere(&range.path)).cloned().collect();
        let mut rows = Vec::new();
        let mut fails = Vec::new();
        let reference_is_chosen = choice == study.reference;
        for (nth, set) in robust.sets.iter().enumerate() {
            let table = &set.part.table;
            let drawn = table.drawn();
            let place = |input: &Assumption| drawn.ranges().iter().position(|range| range.path == input.path);
            let places: Vec<usize> = assumptions.iter().filter_map(place).collect();
            let of_set: Vec<bool> = match study.targets.is_empty() {
                false => table.meets(world, choice, &study.targets).iter().map(|met| !met).collect(),
                true => {
                    let sign = if main.better() == Better::Higher { -1.0 } else { 1.0 };
                    let own = units(table, world, choice, main);
                    let others = study.options.iter().filter(|o| **o != choice);
                    let others = others.filter(|o| reference_is_chosen || **o == study.reference);
                    let others: Vec<Vec<f64>> = others.map(|o| units(table, world, *o, main)).collect();
                    let worse = |(unit, own): (usize, &f64)| others.iter().any(|of| sign * of[unit] < sign * own);
                    own.iter().enumerate().map(worse).collect()
                }
            };
            for (draw, fails_there) in of_set.into_iter().enumerate() {
                let values = drawn.values(draw as u32);
                let mut row: Vec<f64> = places.iter().filter_map(|place| values.get(*place).copied()).collect();
                row.extend((1..robust.sets.len()).map(|other| if other == nth { 1.0 } else { 0.0 }));
                rows.push(row);
                fails.push(fails_there);
            }
        }
        let failures = fails.iter().filter(|it| **it).count();
        if robust.worlds() < FEWEST || failures == 0 || failures == rows.len() {
            return None;
        }
        let boxes = prim(&rows, &fails, PEEL, STOP)?;
        let chosen = chosen(&boxes, COVERAGE);
        let told = chosen.map(|nth| pasted(&rows, &fails, &boxes[nth], STOP).unwrap_or_else(|| boxes[nth].clone()));
        let d = rows.first().map_or(0, Vec::len);
        let range = |input: usize| {
            let values = || rows.iter().map(move |row| row[input]);
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
        };
        let sets = robust.sets.iter().skip(1).map(|set| format!("assuming {}", set.part.id));
        Some(Discovery {
            failing: failing(robust, reference_is_chosen),
            ranges: (0..d).map(range).collect(),
            inputs: assumptions.iter().map(|it| it.path.clone()).chain(sets).collect(),
            assumptions,
            worlds: rows.len(),
            failures,
            boxes,
            chosen,
            told,
        })
    }

    /// A value of an input, as the document would say it.
    pub(super) fn shown(&self, input: usize, value: f64) -> String {
        match self.assumptions.get(input) {
            Some(assumption) => value_of(assumption, value),
            None => (if value > 0.5 { "holds" } else { "does not hold" }).to_owned(),
        }
    }

    /// Whether an input is a world set, which holds or not.
    pub(super) fn is_set(&self, input: usize) -> bool {
        self.inputs[input].starts_with("assuming ")
    }
}

fn failing(robust: &Robust<'_>, reference_is_chosen: bool) -> String {
    match (robust.study.targets.is_empty(), reference_is_chosen) {
        (false, _) => "it misses a target of the study".to_owned(),
        (true, true) => format!("another option does better on {}", robust.main().label()),
        (true, false) => format!("the reference does better on {}", robust.main().label()),
    }
}
