//! A quantity of a run that can be watched as it grows, and how far it must get to be the outcome that is asked for.

use crate::measure::Measure;
use crate::model::{DefenceOption, Scenario, StepClass, Then, World};

/// What is watched. The outcome is that it gets to a threshold at some time of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// The desk's greatest belief in the misuse of an operator that takes no part, as of signals, ends of stages and days.
    InnocentBelief,
    /// Drastic acts against operators that take no part.
    WrongfulActions,
    /// Operators that take no part and were named.
    WronglyAttributed,
    /// Signals with nothing behind them that the desk heard.
    FalseAlarms,
    /// Share of the catalogue that the adversary knows.
    CatalogueShare,
    /// Goods altered.
    Altered,
    /// Altered goods that left unnoticed.
    Shipped,
    /// Altered goods that acted.
    Activated,
    /// Harm index.
    Harm,
}

/// How a quantity is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// In whole numbers.
    Count,
    /// From 0 to 1.
    Share,
    /// In numbers over 0.
    Index,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Quantity; 9] = [
        Quantity::InnocentBelief,
        Quantity::WrongfulActions,
        Quantity::WronglyAttributed,
        Quantity::FalseAlarms,
        Quantity::CatalogueShare,
        Quantity::Altered,
        Quantity::Shipped,
        Quantity::Activated,
        Quantity::Harm,
    ];

    /// Name on the command line; of a measure, the measure's.
    pub fn id(self) -> &'static str {
        match self {
            Quantity::InnocentBelief => "innocent_belief",
            Quantity::FalseAlarms => "false_alarms",
            Quantity::WrongfulActions => Measure::WrongfulActions.id(),
            Quantity::WronglyAttributed => Measure::WronglyAttributed.id(),
            Quantity::CatalogueShare => Measure::CatalogueShare.id(),
            Quantity::Altered => Measure::Altered.id(),
            Quantity::Shipped => Measure::Shipped.id(),
            Quantity::Activated => Measure::Activated.id(),
            Quantity::Harm => Measure::Harm.id(),
        }
    }

    /// The quantity with this name; `-` is as good as `_`.
    pub fn by_id(id: &str) -> Option<Quantity> {
        let id = id.replace('-', "_");
        Quantity::ALL.into_iter().find(|quantity| quantity.id() == id)
    }

    /// How it is counted.
    pub fn scale(self) -> Scale {
        match self {
            Quantity::InnocentBelief | Quantity::CatalogueShare => Scale::Share,
            Quantity::Harm => Scale::Index,
            _ => Scale::Count,
        }
    }

    /// Whether it can be anything but zero with this option in this world, as far as can be told without a run.
    pub fn is_possible(self, scenario: &Scenario, option: &DefenceOption, world: World) -> bool {
        let campaign = scenario.campaign.as_ref().filter(|_| world != World::Innocent);
        let bystanders = scenario.operators.len() > usize::from(campaign.is_some());
        let responds = |is: fn(crate::model::Response) -> bool| {
            option.rules.iter().any(|rule| matches!(rule.then, Then::Respond(response) if is(response)))
        };
        match self {
            Quantity::InnocentBelief | Quantity::FalseAlarms => scenario.desk.is_some() && bystanders,
            Quantity::WrongfulActions => scenario.desk.is_some() && bystanders && responds(|r| r.is_drastic()),
            Quantity::WronglyAttributed => {
                let stages = scenario.desk.as_ref().is_some_and(|desk| !desk.stages.is_empty());
                stages && bystanders && responds(|r| r == crate::model::Response::Investigate)
            }
            Quantity::CatalogueShare => campaign.is_some(),
            Quantity::Altered | Quantity::Shipped | Quantity::Activated | Quantity::Harm => {
                campaign.is_some_and(|campaign| campaign.steps.iter().any(|step| step.class == StepClass::Alter))
            }
        }
    }
}

/// A quantity and how far it must get.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    quantity: Quantity,
    at_least: f64,
}

/// Why a number is no threshold of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoThreshold {
    /// It is not a whole number from 1 on.
    #[error("is counted in whole numbers; write 1 or more, up to a million")]
    NotACount,
    /// It is not a share over 0.
    #[error("is a share; write a number over 0 and up to 1, such as 0.8")]
    NotAShare,
    /// It is not a number over 0.
    #[error("is a number over 0; write one")]
    NotOverZero,
}

impl Threshold {
    /// A threshold that the quantity can get to and does not begin at.
    pub fn new(quantity: Quantity, at_least: f64) -> Result<Threshold, NoThreshold> {
        let (fits, why) = match quantity.scale() {
            Scale::Count => ((1.0..=1e6).contains(&at_least) && at_least.fract() == 0.0, NoThreshold::NotACount),
            Scale::Share => (at_least > 0.0 && at_least <= 1.0, NoThreshold::NotAShare),
            Scale::Index => (at_least > 0.0 && at_least.is_finite(), NoThreshold::NotOverZero),
        };
        if fits { Ok(Threshold { quantity, at_least }) } else { Err(why) }
    }

    /// What is watched.
    pub fn quantity(self) -> Quantity {
        self.quantity
    }

    /// How far it must get.
    pub fn at_least(self) -> f64 {
        self.at_least
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_is_found_by_its_name() {
        for quantity in Quantity::ALL {
            assert_eq!(Quantity::by_id(quantity.id()), Some(quantity));
            assert_eq!(Quantity::by_id(&quantity.id().replace('_', "-")), Some(quantity));
        }
        assert_eq!(Quantity::by_id("burden"), None);
    }

    #[test]
    fn thresholds_that_mean_nothing_are_refused() {
        let refused = [
            (Quantity::FalseAlarms, 0.0, NoThreshold::NotACount),
            (Quantity::FalseAlarms, 1.5, NoThreshold::NotACount),
            (Quantity::WrongfulActions, f64::NAN, NoThreshold::NotACount),
            (Quantity::InnocentBelief, 0.0, NoThreshold::NotAShare),
            (Quantity::InnocentBelief, 80.0, NoThreshold::NotAShare),
            (Quantity::Harm, f64::INFINITY, NoThreshold::NotOverZero),
            (Quantity::Harm, -1.0, NoThreshold::NotOverZero),
        ];
        for (quantity, at_least, why) in refused {
            assert_eq!(Threshold::new(quantity, at_least), Err(why), "{quantity:?} {at_least}");
        }
        for (quantity, at_least) in
            [(Quantity::FalseAlarms, 1.0), (Quantity::CatalogueShare, 1.0), (Quantity::Harm, 0.1)]
        {
            assert_eq!(Threshold::new(quantity, at_least).map(Threshold::at_least), Ok(at_least));
        }
    }
}
