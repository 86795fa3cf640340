//! How much of a hub is simulated.

use crate::experiment::Design;
use crate::measure::Measure;
use crate::model::{Line, Payer, Scenario};

/// How much of a hub is simulated. One design has one fidelity, so that they never mix in a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fidelity {
    /// Every consignment, at every station.
    #[default]
    Full,
    /// Only goods that the campaign or a layer touches. What needs the others comes from pilot runs in full.
    Touched {
        /// Pilot runs of each option in each world; where inputs are drawn, of each draw as well.
        pilots: u32,
    },
}

/// Pilot runs where inputs are as written, and in each world draw.
const PILOTS: u32 = 4;
const PILOTS_OF_DRAW: u32 = 1;

/// Model events from which runs in full take minutes.
const MANY_EVENTS: f64 = 2e9;

impl Fidelity {
    /// The fidelity without every consignment, for a design.
    pub fn touched(design: &Design) -> Fidelity {
        let most = if design.draws > 0 { PILOTS_OF_DRAW } else { PILOTS };
        Fidelity::Touched { pilots: most.min(design.replications.max(1)) }
    }

    /// The fidelity that a document and a design call for: in full, unless there is a campaign and the runs would come
    /// to more than two thousand million model events, as expected from traffic and routes.
    pub fn called_for(scenario: &Scenario, design: &Design) -> Fidelity {
        let much = Fidelity::takes_minutes(scenario, design.runs() as f64);
        if much { Fidelity::touched(design) } else { Fidelity::Full }
    }

    /// Whether there is a campaign and so many runs in full would take minutes.
    pub(crate) fn takes_minutes(scenario: &Scenario, runs: f64) -> bool {
        let events = scenario.model_events_a_day() * scenario.calendar.horizon.days() * runs;
        scenario.campaign.is_some() && events > MANY_EVENTS
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Fidelity::Full => "full",
            Fidelity::Touched { .. } => "touched",
        }
    }

    /// Pilot runs of each option in each world; none in full.
    pub fn pilots(self) -> u32 {
        match self {
            Fidelity::Full => 0,
            Fidelity::Touched { pilots } => pilots,
        }
    }
}

/// What is taken whole from a pilot run.
pub(super) const FROM_PILOTS: [Measure; 5] =
    [Measure::MeanSojourn, Measure::P95Sojourn, Measure::Throughput, Measure::InBuilding, Measure::CostOn(Line::Delay)];

/// Totals that a pilot run's costs of delay are added to.
pub(super) const WITH_DELAY: [Measure; 2] = [Measure::CostTotal, Measure::CostOf(Payer::Consignors)];

/// Whether a measure needs every consignment, so that it comes from pilot runs where they are not all simulated: at
/// least in part, as totals do that have the costs of delay in them.
pub fn needs_every_consignment(measure: Measure) -> bool {
    FROM_PILOTS.contains(&measure) || WITH_DELAY.contains(&measure)
}
