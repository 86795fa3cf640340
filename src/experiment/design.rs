//! What is to be run.

use crate::experiment::Fidelity;
use crate::model::{OptionId, Scenario, World};

/// What a pilot run takes, in runs that do not simulate every consignment.
pub(crate) const PILOT_RUN: u64 = 100;

/// Options, worlds, draws of the uncertain inputs, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// Options, in the order of the table.
    pub options: Vec<OptionId>,
    /// Worlds, in the order of the table.
    pub worlds: Vec<World>,
    /// World draws: how often the uncertain inputs are drawn anew. 0: they are as written.
    pub draws: u32,
    /// Replications of each option in each world, in each world draw.
    pub replications: u32,
    /// Number of the first of them: later ones go on where earlier ones stopped.
    pub first: u32,
    /// The seed. Replication r of a world draw meets the same luck in every cell, and another one in every other draw.
    pub seed: u64,
    /// How much of the hub is simulated.
    pub fidelity: Fidelity,
}

impl Design {
    /// Every option of a scenario in every world, with inputs as written. A scenario without a campaign has the innocent world alone.
    pub fn full(scenario: &Scenario, replications: u32, seed: u64) -> Self {
        let worlds = if scenario.campaign.is_some() { World::ALL.to_vec() } else { vec![World::Innocent] };
        let options = (0..scenario.options.len()).map(OptionId::from_index).collect();
        Design { options, worlds, draws: 0, replications, first: 0, seed, fidelity: Fidelity::Full }
    }

    /// The same with so many world draws.
    #[must_use]
    pub fn with_draws(self, draws: u32) -> Self {
        Design { draws, ..self }
    }

    /// The same in another fidelity.
    #[must_use]
    pub fn with_fidelity(self, fidelity: Fidelity) -> Self {
        Design { fidelity, ..self }
    }

    /// Runs that take what they do not simulate from one pilot run.
    pub(crate) fn runs_of_a_pilot(&self) -> usize {
        self.replications.max(1).div_ceil(self.fidelity.pilots().max(1)) as usize
    }

    /// All the work, in runs that do not simulate every consignment: a pilot run takes about a hundred times as long.
    pub fn work(&self) -> u64 {
        let pilots = u64::from(self.fidelity.pilots()) * u64::from(self.draws.max(1));
        self.runs() + PILOT_RUN * pilots * (self.options.len() * self.worlds.len()) as u64
    }

    /// Runs of each option in each world.
    pub fn runs_each(&self) -> u64 {
        u64::from(self.draws.max(1)) * u64::from(self.replications)
    }

    /// Runs in all.
    pub fn runs(&self) -> u64 {
        self.options.len() as u64 * self.worlds.len() as u64 * self.runs_each()
    }
}
