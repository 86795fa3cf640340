//! What the adversary came to know: records written, looked through, copied, moved out, and the facts that they tell.

use std::collections::BTreeMap;

use crate::measure::Measure;
use crate::measure::account::facts::{Facts, block_of};
use crate::measure::account::term::{Amount, Explained, Part, Reading, Term};
use crate::model::{SystemId, ZoneId};
use crate::plan::Plan;
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
    /// Somebody read what lay in a zone.
    Read {
        /// The zone.
        zone: ZoneId,
        /// Facts that could be read off the goods there.
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
    facts: Facts,
    known: Known,
    /// Businesses new to the adversary since copies last left.
    new: u32,
}

/// Rounding left over by the order of addition may be this share of the whole; more is a mistake.
const MOST_ROUNDING: f64 = 1e-9;

impl Knowledge {
    pub(super) fn new(plan: &Plan) -> Self {
        let systems = vec![SystemKnown::default(); plan.scenario.information.len()];
        Knowledge { facts: Facts::new(plan), known: Known { events: Vec::new(), systems }, new: 0 }
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
            Detail::Read { zone, copied } => self.known.events.push((at, KnownEvent::Read { zone, copied })),
            Detail::Learnt { fact, written, logged } => {
                let first = self.facts.learn(at, fact, written, logged, plan);
                self.new += u32::from(first);
                let system = &mut self.known.systems[plan.facts.system[fact as usize].index()];
                system.out += 1;
                system.businesses += u64::from(first);
            }
            _ => {}
        }
    }

    pub(super) fn record(&mut self, at: SimTime, record: &Record, plan: &Plan) {
        if let Record::MovedOut { records } = *record {
            let (businesses, share) = (std::mem::take(&mut self.new), self.facts.share(at, plan));
            self.known.events.push((at, KnownEvent::MovedOut { records, businesses, share }));
        }
    }

    /// The story up to the end.
    pub(super) fn story(&self, end: SimTime, plan: &Plan) -> Known {
        let mut known = self.known.clone();
        for (system, share) in known.systems.iter_mut().zip(self.facts.by_system(end, plan)) {
            system.share = share;
        }
        known
    }

    pub(super) fn explain(&self, measure: Measure, end: SimTime, plan: &Plan) -> Explained {
        match measure {
            Measure::CatalogueShare => self.catalogue(end, plan),
            Measure::FactsSeenEstimate => self.estimate(plan),
            Measure::LoggedCoverage => self.coverage(),
            _ => {
                let fresh = |id| measure == Measure::FactsSeen || self.facts.is_fresh(plan, id, end);
                let terms = self.businesses(plan, |id| fresh(id).then_some(Amount::ONE));
                Explained::new(measure, Reading::Itself, terms)
            }
        }
    }

    /// A term for each fact, as far as it counts, the largest of each block first.
    fn businesses(&self, plan: &Plan, amount: impl Fn(u32) -> Option<Amount>) -> Vec<Term> {
        let mut terms: Vec<(usize, Term)> = Vec::new();
        for (id, fact) in &self.facts.known {
            let (Some((nth, block)), Some(amount)) = (block_of(plan, *id), amount(*id)) else { continue };
            let part = Part::Business { rank: id - block.first + 1, sightings: fact.sightings, last: fact.last };
            terms.push((nth, Term::under(Part::Records(block.system, block.traffic), part, amount)));
        }
        // Businesses are ranked by what they ship, which decides among equals.
        let size = |term: &Term| term.amount.real();
        terms.sort_by(|a, b| a.0.cmp(&b.0).then(size(&b.1).total_cmp(&size(&a.1))));
        terms.into_iter().map(|(_, term)| term).collect()
    }

    fn catalogue(&self, end: SimTime, plan: &Plan) -> Explained {
        let mut terms = self.businesses(plan, |id| Some(Amount::Real(self.facts.worth(plan, id, end))));
        for (p, pair) in plan.facts.pairs.iter().enumerate() {
            let [Some((_, one)), Some((_, other))] = pair.firsts.map(|first| block_of(plan, first)) else { continue };
            let under = Part::Together(one.system, other.system, one.traffic);
            for business in 0..pair.worth.len() as u32 {
                let worth = self.facts.worth_together(plan, p, business, end);
                if worth > 0.0 {
                    terms.push(Term::under(under.clone(), Part::InBoth(business + 1), Amount::Real(worth)));
                }
            }
        }
        let mut explained = Explained::new(Measure::CatalogueShare, Reading::Itself, terms);
        // The engine keeps running sums, which add the same in another order.
        let whole = self.facts.share(end, plan);
        let over = whole - explained.value();
        if over != 0.0 && over.abs() <= MOST_ROUNDING * whole {
            explained.terms.push(Term::alone(Part::Rounding, Amount::Real(over)));
        }
        explained
    }

    /// How many businesses the logs show once, twice, and the copies that they show.
    fn logged(&self) -> (u64, u64, u64) {
        let logged = || self.facts.known.values().map(|fact| fact.logged);
        let number = |wanted| logged().filter(|n| *n == wanted).count() as u64;
        (number(1), number(2), logged().map(u64::from).sum())
    }

    /// Chao's bound: what the logs show, and what the rare ones among it suggest.
    fn estimate(&self, plan: &Plan) -> Explained {
        let mut shown: BTreeMap<usize, u64> = BTreeMap::new();
        for (id, _) in self.facts.known.iter().filter(|(_, fact)| fact.logged > 0) {
            if let Some((nth, _)) = block_of(plan, *id) {
                *shown.entry(nth).or_default() += 1;
            }
        }
        let term = |(nth, n): (usize, u64)| {
            let block = &plan.facts.blocks[nth];
            Term::alone(Part::Logged(block.system, block.traffic), Amount::count(n))
        };
        let mut terms: Vec<Term> = shown.into_iter().map(term).collect();
        let (once, twice, _) = self.logged();
        let (f1, f2) = (once as f64, twice as f64);
        let unseen = if twice > 0 { f1 * f1 / (2.0 * f2) } else { 0.5 * f1 * (f1 - 1.0).max(0.0) };
        if unseen > 0.0 {
            terms.push(Term::alone(Part::Unlogged { once, twice }, Amount::Real(unseen)));
        }
        Explained::new(Measure::FactsSeenEstimate, Reading::Itself, terms)
    }

    /// Good and Turing's coverage: all copies, less the share of those that stand alone in the logs.
    fn coverage(&self) -> Explained {
        let (once, _, of) = self.logged();
        let mut terms = Vec::new();
        if of > 0 {
            terms.push(Term::alone(Part::AllCopies, Amount::Real(1.0)));
            terms.push(Term::alone(Part::LoggedOnce { once, of }, Amount::Real(-(once as f64 / of as f64))));
        }
        Explained::new(Measure::LoggedCoverage, Reading::Itself, terms)
    }
}
