//! What is to be run.

use crate::model::{OptionId, Scenario, World};

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
    /// The seed. Replication r of a world draw meets the same luck in every cell, and another one in every other draw.
    pub seed: u64,
}

impl Design {
    /// Every option of a scenario in every world, with inputs as written. A scenario without a campaign has the innocent world alone.
    pub fn full(scenario: &Scenario, replications: u32, seed: u64) -> Self {
        let worlds = if scenario.campaign.is_some() { World::ALL.to_vec() } else { vec![World::Innocent] };
        let options = (0..scenario.options.len()).map(OptionId::from_index).collect();
        Design { options, worlds, draws: 0, replications, seed }
    }

    /// The same with so many world draws.
    #[must_use]
    pub fn with_draws(self, draws: u32) -> Self {
        Design { draws, ..self }
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
