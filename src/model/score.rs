//! What a bad end costs, in one number.

use crate::model::{Better, Measure};

/// Prices of what should not be, so that two ends can be compared in one number \[€\]. The prices are somebody's, and
/// whoever shows a score shows them too.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Score {
    /// What counts. There is at least one.
    pub prices: Vec<Price>,
    /// Where the prices are from.
    pub source: String,
}

/// The price of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// The measure; one of which less is better.
    pub measure: Measure,
    /// Of one unit of it \[€\].
    pub a_unit: f64,
}

impl Score {
    /// The total cost and nothing else.
    pub fn of_costs() -> Score {
        Score {
            prices: vec![Price { measure: Measure::CostTotal, a_unit: 1.0 }],
            source: "the ledger of the scenario".to_owned(),
        }
    }

    /// Whether a measure can have a price.
    pub fn takes(measure: Measure) -> bool {
        measure.better() == Better::Lower && measure.nature() != crate::model::Nature::Time
    }

    /// The score of an end \[€\].
    pub fn of(&self, value: impl Fn(Measure) -> f64) -> f64 {
        self.prices.iter().map(|price| price.a_unit * value(price.measure)).sum()
    }
}
