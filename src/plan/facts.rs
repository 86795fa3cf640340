//! What there is to know: a fact for each system, traffic class and business, and what it is worth.

use crate::model::{Field, Scenario, SystemId, TrafficId};
use crate::random::draw::Weights;
use crate::time::SimDuration;

/// The facts that one system's records of one traffic class can tell.
#[derive(Clone, Debug, PartialEq)]
pub struct FactBlock {
    /// The system.
    pub system: SystemId,
    /// The traffic class.
    pub traffic: TrafficId,
    /// Index of the first fact; the k-th business is `first + k`.
    pub first: u32,
    /// What share of the goods each business ships.
    pub businesses: Weights,
}

/// All facts of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// A block for each system and each class that it records.
    pub blocks: Vec<FactBlock>,
    /// Worth of each fact to somebody who does not hold it elsewhere, as a share of all value in the hub's data.
    pub worth: Vec<f64>,
    /// The system of each fact.
    pub system: Vec<SystemId>,
    /// What is worth more together.
    pub pairs: Vec<FactPair>,
    /// By system: how far a fact is known after so many records of it.
    known: Vec<Vec<f64>>,
}

/// Records of one fact for which it is known beforehand how much they tell, at most.
const MOST_RECORDS: usize = 1 << 10;

/// Two blocks of one traffic class whose facts about one business are worth more together than apart.
#[derive(Clone, Debug, PartialEq)]
pub struct FactPair {
    /// First fact of each of the two blocks.
    pub firsts: [u32; 2],
    /// Worth of knowing both facts of each business, over and above what they are worth apart, to somebody who does not
    /// know both elsewhere.
    pub worth: Vec<f64>,
}

impl FactPair {
    /// The business that a fact is about and the fact that goes with it, if it is of this pair.
    pub fn partner(&self, fact: u32) -> Option<(usize, u32)> {
        let n = self.worth.len() as u32;
        let place = |first: u32| (first..first + n).contains(&fact).then(|| fact - first);
        let [a, b] = self.firsts;
        place(a).map(|k| (k as usize, b + k)).or_else(|| place(b).map(|k| (k as usize, a + k)))
    }
}

impl Facts {
    /// Every sensitive consignment is worth the same; a business is worth what it ships; the value is split evenly
    /// between the field classes that are recorded, and between the systems that record one (docs/method.md).
    pub fn new(scenario: &Scenario) -> Self {
        let known = scenario.information.iter().map(|system| known_by_records(system.one_record_tells.get())).collect();
        let mut facts = Facts { known, ..Facts::default() };
        let mut total = 0.0;
        let mut values = Vec::new();
        for (s, system) in scenario.information.iter().enumerate() {
            for (t, traffic) in scenario.traffic.iter().enumerate() {
                let passes = system.written_at.iter().any(|&at| scenario.routes[traffic.route.index()].passes(at));
                if traffic.handled_by != system.operator || !passes {
                    continue;
                }
                let sharing = |field| {
                    scenario
                        .information
                        .iter()
                        .filter(|o| o.operator == system.operator && o.fields.contains(field))
                        .count()
                };
                let fields: f64 = Field::ALL
                    .iter()
                    .filter(|f| system.fields.contains(**f))
                    .map(|f| 1.0 / (Field::ALL.len() * sharing(*f)) as f64)
                    .sum();
                let value = traffic.consignments_a_day() * traffic.sensitive.get() * fields;
                let weights: Vec<f64> = (1..=traffic.shippers.businesses)
                    .map(|k| libm::pow(f64::from(k), -traffic.shippers.exponent))
                    .collect();
                let sum: f64 = weights.iter().sum();
                let shares: Vec<f64> = weights.iter().map(|w| w / sum).collect();
                // Nobody ships anything of the class: there is nothing to know.
                let Ok(businesses) = Weights::new(&shares) else { continue };
                total += value;
                values.push(value);
                facts.blocks.push(FactBlock {
                    system: SystemId::from_index(s),
                    traffic: TrafficId::from_index(t),
                    first: facts.worth.len() as u32,
                    businesses,
                });
                let open = system.held_elsewhere.complement().get();
                facts.worth.extend(weights.iter().map(|w| value * open * w / sum));
                facts.system.resize(facts.worth.len(), SystemId::from_index(s));
            }
        }
        total += facts.join(scenario, &values);
        if total > 0.0 {
            facts.worth.iter_mut().for_each(|w| *w /= total);
            facts.pairs.iter_mut().flat_map(|p| &mut p.worth).for_each(|w| *w /= total);
        }
        facts
    }

    /// How far a fact of a system is known after so many records of it, from 0 to 1.
    pub fn known(&self, system: SystemId, records: u32) -> f64 {
        let known = &self.known[system.index()];
        known.get(records as usize).copied().unwrap_or_else(|| match known.last() {
            Some(&1.0) => 1.0,
            _ => after_records(known[1], records),
        })
    }

    /// Finds the pairs of blocks that are worth more together; `values` are those of the blocks. Gives the value that
    /// they add.
    fn join(&mut self, scenario: &Scenario, values: &[f64]) -> f64 {
        let mut total = 0.0;
        for (a, first) in self.blocks.iter().enumerate() {
            for (b, second) in self.blocks.iter().enumerate() {
                let system = &scenario.information[first.system.index()];
                let adds = system.adds_with.iter().find(|(with, _)| *with == second.system);
                let Some((_, share)) = adds.filter(|_| first.traffic == second.traffic) else { continue };
                let value = share.get() * (values[a] + values[b]);
                total += value;
                let other = &scenario.information[second.system.index()];
                let unknown = 1.0 - system.held_elsewhere.get() * other.held_elsewhere.get();
                let worth = first.businesses.weights().map(|own| value * unknown * own);
                self.pairs.push(FactPair { firsts: [first.first, second.first], worth: worth.collect() });
            }
        }
        total
    }
}

impl FactBlock {
    /// The fact about the business that a uniform `u` picks.
    #[inline]
    pub fn pick(&self, u: f64) -> u32 {
        self.first + self.businesses.pick(u) as u32
    }
}

/// How far a fact is known after so many records of which each tells so much.
fn after_records(tells: f64, records: u32) -> f64 {
    1.0 - libm::pow(1.0 - tells, f64::from(records))
}

/// The same for no record, for one, and for each number more until all is known.
fn known_by_records(tells: f64) -> Vec<f64> {
    let mut known = vec![0.0, after_records(tells, 1)];
    while known.len() < MOST_RECORDS && known[known.len() - 1] < 1.0 {
        known.push(after_records(tells, known.len() as u32));
    }
    known
}

/// 2^(-age / half-life).
pub fn remaining(age: SimDuration, half_life: SimDuration) -> f64 {
    match (half_life, age) {
        (SimDuration::ZERO, _) => 0.0,
        (_, SimDuration::ZERO) => 1.0,
        _ => libm::exp2(-age.days() / half_life.days()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_the_same_from_the_table_and_beyond_it() {
        for tells in [0.0, 0.001, 0.05, 0.5, 0.9, 1.0] {
            let facts = Facts { known: vec![known_by_records(tells)], ..Facts::default() };
            for records in 0..3_000 {
                let expect = 1.0 - libm::pow(1.0 - tells, f64::from(records));
                let known = facts.known(SystemId(0), records);
                assert!((known - expect).abs() < 1e-15, "{tells}, {records}: {known} and not {expect}");
            }
        }
    }

    #[test]
    fn what_is_told_fades_by_half_in_a_half_life() {
        let day = SimDuration::from_days(1);
        let left = |age| remaining(SimDuration::from_days(age), day);
        assert_eq!([left(0), left(1), left(3)], [1.0, 0.5, 0.125]);
        assert_eq!(remaining(SimDuration::ZERO, SimDuration::ZERO), 0.0);
    }
}
