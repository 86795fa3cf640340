//! What is to be run.

use crate::model::{OptionId, Scenario, World};

/// Options, worlds, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// Options, in the order of the table.
    pub options: Vec<OptionId>,
    /// Worlds, in the order of the table.
    pub worlds: Vec<World>,
    /// Replications of each option in each world.
    pub replications: u32,
    /// The seed. Replication r of every cell meets the same luck.
    pub seed: u64,
}

impl Design {
    /// Every option of a scenario in every world. A scenario without a campaign has the innocent world alone.
    pub fn full(scenario: &Scenario, replications: u32, seed: u64) -> Self {
        let worlds = if scenario.campaign.is_some() { World::ALL.to_vec() } else { vec![World::Innocent] };
        let options = (0..scenario.options.len()).map(OptionId::from_index).collect();
        Design { options, worlds, replications, seed }
    }

    /// Runs in all.
    pub fn runs(&self) -> u64 {
        self.options.len() as u64 * self.worlds.len() as u64 * u64::from(self.replications)
    }
}
