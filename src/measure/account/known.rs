//! What the adversary came to know: records written, looked through, copied, moved out, and the facts that they tell.

use std::collections::BTreeMap;

use crate::measure::Measure;
use crate::measure::account::term::{Amount, Explained, Part, Reading, Term};
use crate::model::SystemId;
use crate::plan::{FactBlock, Plan, remaining};
use crate::sim::{Detail, Record};
use crate::time::SimTime;

/// The story of what is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Copies made and moved out, in order.
    pub events: Vec<(SimTime, KnownEvent)>,
    /// What each system wrote and gave away, by system.
    pub systems: Vec<SystemKnown>,
}

/// What a system's records came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SystemKnown {
    /// Records of the campaign's operator's sensitive goods that it would have written.
    pub written: u64,
    /// Those of them that say too little to be worth copying.
    pub closed: u64,
    /// Records looked through.
    pub looked_through: u64,
    /// Records copied.
    pub copied: u64,
    /// Records that left the hub.
    pub out: u64,
    /// Businesses of which anything left the hub.
    pub businesses: u64,
    /// Worth of what is known at the end, as a share of the catalogue.
    pub share: f64,
}

/// A copy or a departure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KnownEvent {
    /// A system's records were looked through.
    Copied {
        /// The system.
        system: SystemId,
        /// Records that it kept.
        kept: u32,
        /// Those that were copied.
        copied: u32,
    },
    /// Copies left the hub.
    MovedOut {
        /// Records in them.
        records: u32,
        /// Businesses of which nothing had left before.
        businesses: u32,
        /// Share of the catalogue known after it.
        share: f64,
    },
}

/// What is known, fact by fact.
#[derive(Clone, Debug)]
pub(super) struct Knowledge {
    facts: BTreeMap<u32, Fact>,
    /// The engine's running sum of each system, worked out again: worth, and as of when.
    sums: Vec<(f64, SimTime)>,
    known: Known,
    new: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Fact {
    sightings: u32,
    last: SimTime,
}

/// Rounding left over by the order of addition may be this share of the whole; more is a mistake.
const MOST_ROUNDING: f64 = 1e-9;

impl Knowledge {
    pub(super) fn new(plan: &Plan) -> Self {
        let systems = plan.scenario.information.len();
        Knowledge {
            facts: BTreeMap::new(),
            sums: vec![(0.0, SimTime::ZERO); systems],
            known: Known { events: Vec::new(), systems: vec![SystemKnown::default(); systems] },
            new: 0,
        }
    }

    pub(super) fn detail(&mut self, at: SimTime, detail: &Detail, plan: &Plan) {
        match *detail {
            Detail::Recorded { system, open, .. } => {
                let system = &mut self.known.systems[system.index()];
                system.written += 1;
                system.closed += u64::from(!open);
            }
            Detail::Copied { system, kept, copied } => {
                self.known.events.push((at, KnownEvent::Copied { system, kept, copied }));
                let system = &mut self.known.systems[system.index()];
                system.looked_through += u64::from(kept);
                system.copied += u64::from(copied);
            }
            Detail::Learnt { fact, written } => self.learn(at, fact, written, plan),
            _ => {}
        }
    }

    fn learn(&mut self, at: SimTime, id: u32, written: SimTime, plan: &Plan) {
        let system = plan.facts.system[id as usize];
        let half = plan.scenario.information[system.index()].value_halves_in;
        let fact = self.facts.entry(id).or_default();
        let before = worth(plan, id, fact, at);
        self.new += u32::from(fact.sightings == 0);
        self.known.systems[system.index()].out += 1;
        self.known.systems[system.index()].businesses += u64::from(fact.sightings == 0);
        fact.sightings += 1;
        fact.last = fact.last.max(written);
        let more = worth(plan, id, fact, at) - before;
        let (sum, as_of) = &mut self.sums[system.index()];
        *sum = *sum * remaining(at.since(*as_of), half) + more;
        *as_of = at;
    }

    pub(super) fn record(&mut self, at: SimTime, record: &Record, plan: &Plan) {
        if let Record::MovedOut { records } = *record {
            let (businesses, share) = (std::mem::take(&mut self.new), self.share(at, plan));
            self.known.events.push((at, KnownEvent::MovedOut { records, businesses, share }));
        }
    }

    /// Worth known through each system at an instant.
    fn shares(&self, at: SimTime, plan: &Plan) -> Vec<f64> {
        let systems = plan.scenario.information.iter().zip(&self.sums);
        systems.map(|(says, (sum, as_of))| sum * remaining(at.since(*as_of), says.value_halves_in)).collect()
    }

    fn share(&self, at: SimTime, plan: &Plan) -> f64 {
        self.shares(at, plan).into_iter().filter(|share| *share > 0.0).fold(0.0, |all, one| all + one)
    }

    /// The story up to the end.
    pub(super) fn story(&self, end: SimTime, plan: &Plan) -> Known {
        let mut known = self.known.clone();
        for (system, share) in known.systems.iter_mut().zip(self.shares(end, plan)) {
            system.share = share;
        }
        known
    }

    pub(super) fn explain(&self, measure: Measure, end: SimTime, plan: &Plan) -> Explained {
        let mut terms: Vec<(usize, f64, Term)> = Vec::new();
        for (id, fact) in &self.facts {
            let Some((nth, block)) = block_of(plan, *id) else { continue };
            let amount = match measure {
                Measure::CatalogueShare => Amount::Real(worth(plan, *id, fact, end)),
                _ if is_fresh(plan, *id, fact, end) => Amount::ONE,
                _ => continue,
            };
            let part = Part::Business { rank: id - block.first + 1, sightings: fact.sightings, last: fact.last };
            let under = Part::Records(block.system, block.traffic);
            terms.push((nth, amount.real(), Term::under(under, part, amount)));
        }
        // The largest of each block first; businesses are ranked by what they ship, which decides among equals.
        terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        let mut explained =
            Explained::new(measure, Reading::Itself, terms.into_iter().map(|(.., term)| term).collect());
        if measure == Measure::CatalogueShare {
            // The engine keeps a running sum, which adds the same in another order.
            let (whole, facts) = (self.share(end, plan), explained.value());
            let over = whole - facts;
            if over != 0.0 && over.abs() <= MOST_ROUNDING * whole {
                explained.terms.push(Term::alone(Part::Rounding, Amount::Real(over)));
            }
        }
        explained
    }
}

/// The block that a fact belongs to, and its place in the list.
fn block_of(plan: &Plan, fact: u32) -> Option<(usize, &FactBlock)> {
    let nth = plan.facts.blocks.partition_point(|block| block.first <= fact).checked_sub(1)?;
    Some((nth, &plan.facts.blocks[nth]))
}

/// Chance that a fact is known from its sightings.
fn is_known(plan: &Plan, id: u32, fact: &Fact) -> f64 {
    let says = &plan.scenario.information[plan.facts.system[id as usize].index()];
    1.0 - libm::pow(1.0 - says.one_record_tells.get(), f64::from(fact.sightings))
}

fn worth(plan: &Plan, id: u32, fact: &Fact, at: SimTime) -> f64 {
    let half = plan.scenario.information[plan.facts.system[id as usize].index()].value_halves_in;
    plan.facts.worth[id as usize] * is_known(plan, id, fact) * remaining(at.since(fact.last), half)
}

fn is_fresh(plan: &Plan, id: u32, fact: &Fact, at: SimTime) -> bool {
    let half = plan.scenario.information[plan.facts.system[id as usize].index()].value_halves_in;
    is_known(plan, id, fact) >= 0.5 && at.since(fact.last) <= half
}
