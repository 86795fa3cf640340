//! What each fact is worth to the adversary, alone and together with another, and the engine's running sums of it.

use std::collections::BTreeMap;

use crate::plan::{FactBlock, Plan, remaining};
use crate::time::{SimDuration, SimTime};

/// What is known of a fact.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fact {
    pub(super) sightings: u32,
    /// Of those, the ones that left a trace in the logs.
    pub(super) logged: u32,
    pub(super) last: SimTime,
}

/// All that is known.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) known: BTreeMap<u32, Fact>,
    /// By system and by pair: worth, and as of when. Worked out again as the engine does.
    systems: Vec<(f64, SimTime)>,
    pairs: Vec<(f64, SimTime)>,
}

impl Facts {
    pub(super) fn new(plan: &Plan) -> Self {
        Facts {
            known: BTreeMap::new(),
            systems: vec![(0.0, SimTime::ZERO); plan.scenario.information.len()],
            pairs: vec![(0.0, SimTime::ZERO); plan.facts.pairs.len()],
        }
    }

    /// A record has left. Whether it is the first about its fact.
    pub(super) fn learn(&mut self, at: SimTime, id: u32, written: SimTime, logged: bool, plan: &Plan) -> bool {
        let worth = plan.facts.worth[id as usize];
        let before = self.tells(plan, id, at);
        let fact = self.known.entry(id).or_default();
        fact.sightings += 1;
        fact.logged += u32::from(logged);
        fact.last = fact.last.max(written);
        let first = fact.sightings == 1;
        let after = self.tells(plan, id, at);
        let (sum, as_of) = &mut self.systems[plan.facts.system[id as usize].index()];
        *sum = *sum * remaining(at.since(*as_of), half(plan, id))
            + (worth * after.0 * after.1 - worth * before.0 * before.1);
        *as_of = at;
        for (p, pair) in plan.facts.pairs.iter().enumerate() {
            let Some((business, other)) = pair.partner(id) else { continue };
            let (known, left) = self.tells(plan, other, at);
            let more = pair.worth[business] * (after.0 * after.1 - before.0 * before.1) * known * left;
            let (sum, as_of) = &mut self.pairs[p];
            let age = at.since(*as_of);
            *sum = *sum * remaining(age, half(plan, id)) * remaining(age, half(plan, other)) + more;
            *as_of = at;
        }
        first
    }

    /// How far a fact is known, from 0 to 1, and what age has left of that.
    fn tells(&self, plan: &Plan, id: u32, at: SimTime) -> (f64, f64) {
        let fact = self.known.get(&id).copied().unwrap_or_default();
        let says = &plan.scenario.information[plan.facts.system[id as usize].index()];
        let known = 1.0 - libm::pow(1.0 - says.one_record_tells.get(), f64::from(fact.sightings));
        (known, remaining(at.since(fact.last), half(plan, id)))
    }

    /// Worth of a fact at an instant.
    pub(super) fn worth(&self, plan: &Plan, id: u32, at: SimTime) -> f64 {
        let (known, left) = self.tells(plan, id, at);
        plan.facts.worth[id as usize] * known * left
    }

    /// What the business of this rank, from 0, adds because both facts of a pair are known.
    pub(super) fn worth_together(&self, plan: &Plan, pair: usize, business: u32, at: SimTime) -> f64 {
        let pair = &plan.facts.pairs[pair];
        let [one, other] = pair.firsts.map(|first| self.tells(plan, first + business, at));
        pair.worth[business as usize] * (one.0 * one.1) * (other.0 * other.1)
    }

    /// Whether a fact is more likely known than not, and fresh.
    pub(super) fn is_fresh(&self, plan: &Plan, id: u32, at: SimTime) -> bool {
        let last = self.known.get(&id).map_or(SimTime::ZERO, |fact| fact.last);
        self.tells(plan, id, at).0 >= 0.5 && at.since(last) <= half(plan, id)
    }

    /// The running sum of each system at an instant.
    pub(super) fn by_system(&self, at: SimTime, plan: &Plan) -> Vec<f64> {
        let systems = plan.scenario.information.iter().zip(&self.systems);
        systems.map(|(says, (sum, as_of))| sum * remaining(at.since(*as_of), says.value_halves_in)).collect()
    }

    /// Share of the catalogue known at an instant, from the running sums.
    pub(super) fn share(&self, at: SimTime, plan: &Plan) -> f64 {
        let add = |all: f64, one: f64| all + one;
        let alone = self.by_system(at, plan).into_iter().filter(|share| *share > 0.0).fold(0.0, add);
        let pairs = plan.facts.pairs.iter().zip(&self.pairs).filter(|(_, (sum, _))| *sum > 0.0);
        let together = pairs.map(|(pair, (sum, as_of))| {
            let age = at.since(*as_of);
            sum * remaining(age, half(plan, pair.firsts[0])) * remaining(age, half(plan, pair.firsts[1]))
        });
        alone + together.fold(0.0, add)
    }
}

/// The block that a fact belongs to, and its place in the list.
pub(super) fn block_of(plan: &Plan, fact: u32) -> Option<(usize, &FactBlock)> {
    let nth = plan.facts.blocks.partition_point(|block| block.first <= fact).checked_sub(1)?;
    Some((nth, &plan.facts.blocks[nth]))
}

fn half(plan: &Plan, fact: u32) -> SimDuration {
    plan.scenario.information[plan.facts.system[fact as usize].index()].value_halves_in
}
