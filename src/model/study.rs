//! A study: which options of a scenario are compared, on what, for whom, over which doubts, and how exactly.

use crate::model::{Handling, Measure, Optimise, OptionId, Payer, Scenario, World};

/// What the scenario as it is written is called among world sets.
pub const AS_WRITTEN: &str = "as-written";

/// A study document as one value. The scenarios that it makes of its scenario stand beside it, one for the assumptions as
/// written and one for each world set.
///
/// Ids index the lists of the scenario.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Study {
    /// Title.
    pub title: String,
    /// How the document and everything made from it may be passed on.
    pub handling: Handling,
    /// The options, at least two, in the order of the document.
    pub options: Vec<OptionId>,
    /// The option that the others are compared with; one of them.
    pub reference: OptionId,
    /// The worlds, in the order in which they are printed. There is at least one.
    pub worlds: Vec<World>,
    /// The measure that the question is about.
    pub main_measure: Measure,
    /// The measures that are shown in front, the main one first.
    pub measures: Vec<Measure>,
    /// What an option should reach.
    pub targets: Vec<Target>,
    /// How often a measure may be how bad.
    pub tolerances: Vec<Tolerance>,
    /// Whose costs count. There is at least one.
    pub perspective: Vec<Payer>,
    /// The year whose prices the scenario's amounts are in.
    pub price_year: Option<u16>,
    /// Yearly rate at which costs that fall due later count for less.
    pub discount_rate: f64,
    /// What averting is worth.
    pub worth: Option<Worth>,
    /// What may be spent over the reference option, by those whose costs count \[€\].
    pub budget: Option<f64>,
    /// World draws; 0 if inputs are taken as written.
    pub draws: u32,
    /// Replications in each world draw.
    pub replications: u32,
    /// When there are enough of them.
    pub precision: Option<Precision>,
    /// The seed.
    pub seed: u64,
    /// What designs are looked for, if any.
    pub optimise: Option<Optimise>,
    /// What the adversary may do instead of what the scenario says, knowing the option.
    pub adversary_moves: Vec<WorldSet>,
    /// What the adversary has the most of in the move that it chooses.
    pub adversary_wants: Measure,
    /// Assumptions about contested facts, beside the scenario as it is written.
    pub world_sets: Vec<WorldSet>,
    /// Weight of the scenario as it is written and of each world set, if the document gives any; they sum to 1.
    pub weights: Option<Vec<f64>>,
}

impl Study {
    /// What is shown in front if a study does not say.
    pub const SHOWN: [Measure; 9] = [
        Measure::CatalogueShare,
        Measure::Shipped,
        Measure::Harm,
        Measure::Attributed,
        Measure::Burden,
        Measure::WrongfulActions,
        Measure::MeanSojourn,
        Measure::ExposureMoved,
        Measure::CostTotal,
    ];

    /// All options of a scenario in all its worlds, on the usual measures.
    pub fn of_all(scenario: &Scenario) -> Study {
        Study {
            title: scenario.title.clone(),
            handling: scenario.handling,
            options: (0..scenario.options.len()).map(OptionId::from_index).collect(),
            reference: scenario.compare_with,
            worlds: if scenario.campaign.is_some() { World::ALL.to_vec() } else { vec![World::Innocent] },
            main_measure: Measure::CatalogueShare,
            measures: Study::SHOWN.to_vec(),
            targets: Vec::new(),
            tolerances: Vec::new(),
            perspective: Payer::ALL.to_vec(),
            price_year: None,
            discount_rate: 0.0,
            worth: None,
            budget: None,
            draws: 0,
            replications: 50,
            precision: None,
            seed: 1,
            optimise: None,
            adversary_moves: Vec::new(),
            adversary_wants: Measure::CatalogueShare,
            world_sets: Vec::new(),
            weights: None,
        }
    }
}

/// What an option should reach on a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The measure.
    pub measure: Measure,
    /// On which side of the value it should be.
    pub bound: Bound,
    /// The value, in the unit of the measure.
    pub value: f64,
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// That or less.
    AtMost,
    /// That or more.
    AtLeast,
}

impl Target {
    /// Whether a value of the measure is as it should be.
    pub fn is_met(&self, value: f64) -> bool {
        match self.bound {
            Bound::AtMost => value <= self.value,
            Bound::AtLeast => value >= self.value,
        }
    }
}

/// How often a measure may be more than some values.
#[derive(Clone, Debug, PartialEq)]
pub struct Tolerance {
    /// The measure.
    pub measure: Measure,
    /// By rising value; there is at least one.
    pub corners: Vec<Corner>,
}

/// In how many runs a measure may be more than a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// The value, in the unit of the measure.
    pub value: f64,
    /// Share of the runs, 0 to 1.
    pub in_at_most: f64,
}

/// What averting some of the main measure is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// Euro for one unit of the main measure.
    pub a_unit: f64,
    /// So much of it, as the document says it.
    pub averting: f64,
    /// Who says so.
    pub source: String,
}

/// When there are enough replications, or enough world draws if inputs are drawn: when the interval of every option's
/// difference from the reference on the main measure is narrow, in every world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// How narrow.
    pub half_width: HalfWidth,
    /// Replications, or world draws, after which it ends anyway.
    pub at_most: u32,
}

/// Half the width of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HalfWidth {
    /// As a share of the reference's mean.
    OfReference(f64),
    /// In the unit of the measure.
    Absolute(f64),
}

/// A named assumption about contested facts, never averaged with another one without a weight.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorldSet {
    /// Name in the document.
    pub id: String,
    /// What is assumed, in a few words.
    pub title: String,
    /// What it writes in the place of what the scenario says: path and text.
    pub sets: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_on_its_side_and_at_its_value() {
        let target = |bound| Target { measure: Measure::CatalogueShare, bound, value: 0.2 };
        let met = |bound| [0.1, 0.2, 0.3].map(|value| target(bound).is_met(value));
        assert_eq!(met(Bound::AtMost), [true, true, false]);
        assert_eq!(met(Bound::AtLeast), [false, true, true]);
    }
}
