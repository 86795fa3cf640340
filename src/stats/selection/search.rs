//! A search for good subsets of many items, by several goals, where there are too many to try them all.
//!
//! The search asks for designs and is told what they give, so that they can be evaluated anywhere and in any order:
//!
//! ```
//! use airside::random::Luck;
//! use airside::stats::selection::{Goal, Search, SearchPlan};
//!
//! let plan = SearchPlan {
//!     items: 20,
//!     goals: vec![Goal::Smallest, Goal::Largest],
//!     widths: vec![1.0, 1.0],
//!     population: 16,
//!     evaluations: 200,
//! };
//! let few = |design: u64| design.count_ones() <= 8;
//! let mut search = Search::new(plan, Luck::new(1), few).unwrap();
//! loop {
//!     let designs = search.ask();
//!     if designs.is_empty() {
//!         break;
//!     }
//!     let told: Vec<(u64, Vec<f64>)> =
//!         designs.into_iter().map(|it| (it, vec![f64::from(it.count_ones()), (it % 1000) as f64])).collect();
//!     search.tell(&told).unwrap();
//! }
//! assert!(search.archive().count() > 1);
//! ```

use std::collections::BTreeMap;

use thiserror::Error;

use super::Goal;
use super::pareto::{Archive, dominates};
use crate::random::{Entity, Luck, Purpose, Stream};

/// Generations without a change of the archive after which half of the designs start afresh.
const STALE: usize = 5;

/// How often a new design is tried for before a generation stays smaller.
const TRIES: usize = 100;

/// What is searched for, and how long.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPlan {
    /// Items that a design has or has not, 1 to 64: item i is bit i of the design.
    pub items: usize,
    /// Which end of each measure is good.
    pub goals: Vec<Goal>,
    /// The difference that is worth telling, of each measure in its unit: the width of a cell of the archive.
    pub widths: Vec<f64>,
    /// Designs of a generation, 2 at least. 20 to 100 are usual.
    pub population: usize,
    /// Designs to evaluate at most.
    pub evaluations: usize,
}

/// A seeded evolutionary search with an archive of the best designs (K. Deb, M. Mohan and S. Mishra, Evolutionary
/// Computation 13, 2005, 501-525): one parent is a member of the archive, the other won against another design of the
/// population; a child has each item from either with even chance, and then each item turns over with a chance of one
/// in their number. It promises nothing: what it found is to be compared on fresh runs.
///
/// What it asks for depends on the plan, the luck and the values told alone, not on the order in which the designs of a
/// generation are told.
#[derive(Clone)]
pub struct Search<F> {
    plan: SearchPlan,
    luck: Luck,
    allowed: F,
    archive: Archive,
    /// All designs in the order in which they were asked for, with their values once they were told.
    designs: Vec<(u64, Option<Vec<f64>>)>,
    /// Places of the designs in that list.
    places: BTreeMap<u64, usize>,
    /// Designs of the last generation that values are missing of.
    missing: usize,
    /// Where the last generation begins.
    generation_from: usize,
    /// Places of the designs that may become parents.
    population: Vec<usize>,
    generations: usize,
    /// Generations since the archive changed.
    unchanged: usize,
}

/// Why values were refused. The search is as it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TellError {
    /// The design was not asked for, or its values have been told.
    #[error("design {0:#b} does not wait for values")]
    NotAsked(u64),
    /// There is not one value for each goal.
    #[error("design {design:#b} has {got} values for {goals} goals")]
    Length {
        /// The design.
        design: u64,
        /// How many values there were.
        got: usize,
        /// How many goals there are.
        goals: usize,
    },
}

impl<F: Fn(u64) -> bool> Search<F> {
    /// A search among the designs that are `allowed`; it must answer the same for the same design. `None` for no item
    /// or more than 64, a population under 2, no goal, or widths that are not positive, finite and one for each goal.
    pub fn new(plan: SearchPlan, luck: Luck, allowed: F) -> Option<Search<F>> {
        let archive = Archive::new(&plan.goals, &plan.widths)?;
        ((1..=64).contains(&plan.items) && plan.population > 1).then(|| Search {
            plan,
            luck,
            allowed,
            archive,
            designs: Vec::new(),
            places: BTreeMap::new(),
            missing: 0,
            generation_from: 0,
            population: Vec::new(),
            generations: 0,
            unchanged: 0,
        })
    }

    /// The designs to evaluate next: as many as the population has, or fewer where the plan or what is new ends. They
    /// are allowed, and none was asked for before. Empty when the search has ended.
    ///
    /// As long as values of the last generation are missing, it asks for those designs again.
    pub fn ask(&mut self) -> Vec<u64> {
        if self.missing > 0 {
            let last = &self.designs[self.generation_from..];
            return last.iter().filter(|(_, values)| values.is_none()).map(|(design, _)| *design).collect();
        }
        let wanted = self.plan.population.min(self.plan.evaluations - self.designs.len());
        let mut stream = self.stream("search");
        self.generation_from = self.designs.len();
        let afresh = self.unchanged >= STALE;
        if afresh {
            self.unchanged = 0;
            self.thin(&mut stream);
        }
        if self.designs.is_empty() {
            // Nothing and everything are the ends of what can be had.
            [0, self.everything()].into_iter().take(wanted).for_each(|design| self.add(design));
        }
        // Random ones first, so that they take the free places of the population.
        let at_random = if afresh { wanted / 2 } else { 0 };
        for nth in 0..2 * TRIES * wanted {
            if self.missing == wanted {
                break;
            }
            // A crowded place breeds what is known already: the later half of the tries looks elsewhere.
            let breeds = self.missing >= at_random && nth < TRIES * wanted && !self.population.is_empty();
            let design = if breeds { self.child(&mut stream) } else { self.any(&mut stream) };
            let design = self.thinned_out(design, &mut stream);
            self.add(design);
        }
        if self.missing > 0 {
            self.generations += 1;
        } else {
            // It has ended for good.
            self.plan.evaluations = self.designs.len();
        }
        self.designs[self.generation_from..].iter().map(|(design, _)| *design).collect()
    }

    /// Takes the values of designs that were asked for, in any order and in as many parts as suits, one value for each
    /// goal. A design with a value that is not finite counts as evaluated and is never good.
    pub fn tell(&mut self, values: &[(u64, Vec<f64>)]) -> Result<(), TellError> {
        for (nth, (design, of_design)) in values.iter().enumerate() {
            let waits = self.places.get(design).is_some_and(|place| self.designs[*place].1.is_none());
            if !waits || values[..nth].iter().any(|(other, _)| other == design) {
                return Err(TellError::NotAsked(*design));
            }
            let (got, goals) = (of_design.len(), self.plan.goals.len());
            if got != goals {
                return Err(TellError::Length { design: *design, got, goals });
            }
        }
        for (design, of_design) in values {
            if let Some(place) = self.places.get(design) {
                self.designs[*place].1 = Some(of_design.clone());
                self.missing -= 1;
            }
        }
        if self.missing == 0 && !values.is_empty() {
            self.take_in();
        }
        Ok(())
    }

    /// The best designs so far with their values, by their first value, rising: of those that no other dominates, one
    /// in each cell. Designs of a generation join together, once all their values have been told.
    pub fn archive(&self) -> impl Iterator<Item = (u64, &[f64])> {
        self.archive.members().iter().map(|member| (self.designs[member.id].0, member.values.as_slice()))
    }

    /// All designs that values were told of, in the order in which they were asked for.
    pub fn evaluated(&self) -> impl Iterator<Item = (u64, &[f64])> {
        self.designs.iter().filter_map(|(design, values)| Some((*design, values.as_deref()?)))
    }

    /// Generations that were asked for.
    pub fn generations(&self) -> usize {
        self.generations
    }

    /// The draws of one generation.
    fn stream(&self, what: &str) -> Stream {
        let entity = Entity::of("search of subsets").with(what).nth(self.generations as u64);
        self.luck.stream(Purpose::METHOD, entity)
    }

    fn everything(&self) -> u64 {
        u64::MAX >> (64 - self.plan.items)
    }

    /// Asks for a design, if it is new and allowed.
    fn add(&mut self, design: u64) {
        if !self.places.contains_key(&design) && (self.allowed)(design) {
            self.places.insert(design, self.designs.len());
            self.designs.push((design, None));
            self.missing += 1;
        }
    }

    /// Each item with one chance, which is drawn first: small and large designs are as likely as those of half the
    /// items.
    fn any(&self, stream: &mut Stream) -> u64 {
        let chance = stream.uniform();
        self.each_with(chance, stream)
    }

    fn each_with(&self, chance: f64, stream: &mut Stream) -> u64 {
        (0..self.plan.items).filter(|_| stream.uniform() < chance).fold(0, |design, item| design | 1 << item)
    }

    fn child(&self, stream: &mut Stream) -> u64 {
        let members = self.archive.members();
        let won = self.winner(stream);
        let other = if members.is_empty() { self.winner(stream) } else { members[choose(members.len(), stream)].id };
        let mask = stream.next_u64();
        let crossed = (self.designs[won].0 & mask) | (self.designs[other].0 & !mask);
        crossed ^ self.each_with(1.0 / self.plan.items as f64, stream)
    }

    /// Of two designs of the population the one that dominates the other, or else the first.
    fn winner(&self, stream: &mut Stream) -> usize {
        let mut pick = || self.population[choose(self.population.len(), stream)];
        let (a, b) = (pick(), pick());
        if self.beats(b, a) { b } else { a }
    }

    /// Whether one evaluated design dominates another. One without finite values is beaten by all that have them.
    fn beats(&self, a: usize, b: usize) -> bool {
        let finite = |place: usize| self.designs[place].1.as_ref().filter(|all| all.iter().all(|x| x.is_finite()));
        match (finite(a), finite(b)) {
            (Some(a), Some(b)) => dominates(a, b, &self.plan.goals),
            (a, b) => a.is_some() && b.is_none(),
        }
    }

    /// Takes items out one after the other until the design is allowed: a way back under a budget.
    fn thinned_out(&self, mut design: u64, stream: &mut Stream) -> u64 {
        while design != 0 && !(self.allowed)(design) {
            let nth = choose(design.count_ones() as usize, stream);
            let above = (0..nth).fold(design, |rest, _| rest & (rest - 1));
            design &= !(1 << above.trailing_zeros());
        }
        design
    }

    /// Takes half of the population out, so that the next designs join whatever they are worth.
    fn thin(&mut self, stream: &mut Stream) {
        for _ in 0..self.population.len() / 2 {
            let gone = choose(self.population.len(), stream);
            self.population.remove(gone);
        }
    }

    /// Offers the last generation to archive and population, in the order in which it was asked for.
    fn take_in(&mut self) {
        let mut stream = self.stream("population");
        let mut changed = false;
        for place in self.generation_from..self.designs.len() {
            if let Some(values) = &self.designs[place].1 {
                changed |= self.archive.offer(place, values);
            }
            if self.population.len() < self.plan.population {
                self.population.push(place);
                continue;
            }
            // It takes the place of one that it dominates, or of any if none dominates it.
            let beaten: Vec<usize> =
                (0..self.population.len()).filter(|nth| self.beats(place, self.population[*nth])).collect();
            if !beaten.is_empty() {
                self.population[beaten[choose(beaten.len(), &mut stream)]] = place;
            } else if !self.population.iter().any(|other| self.beats(*other, place)) {
                let gone = choose(self.population.len(), &mut stream);
                self.population[gone] = place;
            }
        }
        self.unchanged = if changed { 0 } else { self.unchanged + 1 };
    }
}

/// A number below `n`, which is 1 at least.
fn choose(n: usize, stream: &mut Stream) -> usize {
    // A uniform is below 1, and its product with n may round up to n.
    ((stream.uniform() * n as f64) as usize).min(n - 1)
}

#[cfg(test)]
mod tests;
