//! Which sets of safeguards an optimisation tries, and the options that they make.

use crate::model::{DefenceOption, OptionId, SafeguardId, Scenario, Target};

/// Which sets of safeguards are tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimise {
    /// The safeguards that a design may have or not, 1 to 64.
    pub among: Vec<SafeguardId>,
    /// The option whose own safeguards and responses all designs share.
    pub on_top_of: OptionId,
    /// The smallest difference on the main measure that is worth telling, in its unit; above 0.
    pub delta: f64,
    /// Safeguards of a design, at most.
    pub at_most: usize,
    /// What a design must keep on average: upper limits in every world, lower ones in the main world.
    pub limits: Vec<Target>,
}

impl Optimise {
    /// Whether a design, in which bit i stands for the i-th safeguard, has no more safeguards than it may.
    pub fn allows(&self, design: u64) -> bool {
        design.count_ones() as usize <= self.at_most
    }

    /// All designs by rising number, if there are no more than `most`.
    pub fn all(&self, most: usize) -> Option<Vec<u64>> {
        let n = self.among.len();
        let mut count = 0u128;
        let mut ways = 1u128;
        for k in 0..=self.at_most.min(n) {
            count += ways;
            ways = ways * (n - k) as u128 / (k + 1) as u128;
        }
        if count > most as u128 {
            return None;
        }
        // So few there are only where few safeguards are named, or few may be taken.
        let mut all = Vec::new();
        self.more(0, 0, &mut all);
        all.sort_unstable();
        Some(all)
    }

    fn more(&self, design: u64, from: usize, all: &mut Vec<u64>) {
        all.push(design);
        if (design.count_ones() as usize) < self.at_most {
            for item in from..self.among.len() {
                self.more(design | (1 << item), item + 1, all);
            }
        }
    }

    /// The safeguards that a design adds.
    pub fn safeguards(&self, design: u64) -> impl Iterator<Item = SafeguardId> + '_ {
        self.among.iter().enumerate().filter(move |(nth, _)| design >> nth & 1 == 1).map(|(_, id)| *id)
    }

    /// What a design is called: the names of its safeguards.
    pub fn name(&self, scenario: &Scenario, design: u64) -> String {
        let names: Vec<&str> = self.safeguards(design).map(|id| scenario.safeguards[id.index()].id.as_str()).collect();
        if names.is_empty() { "nothing added".to_owned() } else { names.join(" + ") }
    }

    /// The scenario with an option for each design after its own, in their order.
    pub fn scenario_with(&self, scenario: &Scenario, designs: &[u64]) -> Scenario {
        let base = &scenario.options[self.on_top_of.index()];
        let option = |design: &u64| {
            let mut safeguards = base.safeguards.clone();
            safeguards.extend(self.safeguards(*design).filter(|id| !base.safeguards.contains(id)));
            DefenceOption { id: self.name(scenario, *design), safeguards, rules: base.rules.clone() }
        };
        let mut with = scenario.clone();
        with.options.extend(designs.iter().map(option));
        with
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn optimise(n: u32, at_most: usize) -> Optimise {
        let among = (0..n as usize).map(SafeguardId::from_index).collect();
        Optimise { among, on_top_of: OptionId(0), delta: 0.01, at_most, limits: Vec::new() }
    }

    #[test]
    fn all_designs_are_listed_if_they_are_few() {
        assert_eq!(optimise(3, 3).all(8).unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(optimise(3, 1).all(8).unwrap(), [0, 1, 2, 4]);
        assert_eq!(optimise(3, 3).all(7), None);
        assert_eq!(optimise(64, 64).all(500), None);
        assert_eq!(optimise(64, 1).all(500).unwrap().len(), 65);
        assert!(optimise(5, 2).allows(0b10100) && !optimise(5, 2).allows(0b10101));
    }

    #[test]
    fn an_option_is_made_of_each_design() {
        use crate::document::{NoFiles, Source, load_scenario};
        let text = include_str!("../../scenarios/lakeside/lakeside.scenario.ron");
        let scenario = load_scenario(&Source::new("lakeside.ron", text), &NoFiles).0.unwrap();
        let n = scenario.safeguards.len() as u32;
        let it = optimise(n, n as usize);
        let with = it.scenario_with(&scenario, &[0, (1 << n) - 1]);
        let made = &with.options[scenario.options.len()..];
        assert_eq!(made[0].safeguards, scenario.options[0].safeguards);
        assert_eq!(made[1].safeguards.len(), n as usize);
        assert_eq!((made[0].id.as_str(), &made[1].rules), ("nothing added", &scenario.options[0].rules));
    }
}
