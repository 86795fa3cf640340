//! The whole document as one value.

use serde::{Deserialize, Serialize};

use crate::model::{
    Assumption, Calendar, Campaign, Costs, DefenceOption, Desk, FailTogether, Grade, InformationSystem, Layer,
    Operator, OptionId, Route, Safeguard, Station, Traffic, Zone,
};

/// A scenario: the world, what may be going on in it, who might notice, and what could be done.
///
/// Ids index the lists: `scenario.stations[id.index()]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Scenario {
    /// Title.
    pub title: String,
    /// How the document and everything made from it may be passed on.
    pub handling: Handling,
    /// When and how long.
    pub calendar: Calendar,
    /// Grade of every number that `assumptions` does not list.
    pub unsourced_numbers: Grade,
    /// Which versions of the standards its ids are from, if that is said.
    pub standards: Option<String>,
    /// Zones.
    pub zones: Vec<Zone>,
    /// Stations.
    pub stations: Vec<Station>,
    /// Routes.
    pub routes: Vec<Route>,
    /// Traffic classes.
    pub traffic: Vec<Traffic>,
    /// Operators.
    pub operators: Vec<Operator>,
    /// Information systems.
    pub information: Vec<InformationSystem>,
    /// The campaign, if the document has one.
    pub campaign: Option<Campaign>,
    /// Detection layers: the standing ones, then those that safeguards bring.
    pub layers: Vec<Layer>,
    /// Groups of layers with a common cause of failure. A layer is in one group at most.
    pub fail_together: Vec<FailTogether>,
    /// The desk, if the document has one.
    pub desk: Option<Desk>,
    /// Prices.
    pub costs: Costs,
    /// Safeguards.
    pub safeguards: Vec<Safeguard>,
    /// Options. There is at least one.
    pub options: Vec<DefenceOption>,
    /// The option that the others are compared with.
    pub compare_with: OptionId,
    /// Uncertain numbers.
    pub assumptions: Vec<Assumption>,
}

impl Scenario {
    /// The option with this name.
    pub fn option(&self, id: &str) -> Option<OptionId> {
        self.options.iter().position(|o| o.id == id).map(OptionId::from_index)
    }

    /// The uncertain numbers that have a range, in the order of the document. World draws draw from these.
    pub fn ranges(&self) -> impl Iterator<Item = &Assumption> {
        self.assumptions.iter().filter(|assumption| assumption.range.ends().is_some())
    }
}

/// The Traffic Light Protocol (2.0) label of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Handling {
    /// TLP:CLEAR.
    Clear,
    /// TLP:GREEN.
    Green,
    /// TLP:AMBER.
    Amber,
    /// TLP:AMBER+STRICT.
    AmberStrict,
    /// TLP:RED.
    Red,
}

impl Handling {
    /// The label as it must be printed; it is never translated.
    pub const fn label(self) -> &'static str {
        match self {
            Handling::Clear => "TLP:CLEAR",
            Handling::Green => "TLP:GREEN",
            Handling::Amber => "TLP:AMBER",
            Handling::AmberStrict => "TLP:AMBER+STRICT",
            Handling::Red => "TLP:RED",
        }
    }
}

/// What is true in a run. Every option is scored in all three under the same luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum World {
    /// The campaign runs through the suspected operator.
    Real,
    /// There is no campaign.
    Innocent,
    /// The same campaign runs through another operator.
    Elsewhere,
}

impl World {
    /// All worlds, in the order in which they are printed.
    pub const ALL: [World; 3] = [World::Real, World::Innocent, World::Elsewhere];

    /// As written on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            World::Real => "real",
            World::Innocent => "innocent",
            World::Elsewhere => "elsewhere",
        }
    }
}
