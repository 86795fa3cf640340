//! The common currency of a comparison: what each option costs and what good it does in each sampled world.

use std::collections::BTreeMap;

use super::frontier::Frontier;
use super::net_benefit::{Increment, NetBenefit};
use super::ratio::CostPerUnit;

/// A table world x option x (cost, effect), as a probabilistic sensitivity analysis leaves it. Effects are units of
/// good, or of loss averted: more is better. Everything is finite; every option is in every world.
#[derive(Clone, Debug, PartialEq)]
pub struct Psa {
    options: Vec<String>,
    /// World by world, and within a world option by option.
    cost: Vec<f64>,
    effect: Vec<f64>,
}

/// One line of the long form.
#[derive(Clone, Debug, PartialEq)]
pub struct PsaRow {
    /// The world's name.
    pub world: String,
    /// The option's name.
    pub option: String,
    /// Cost of the option in that world, in money.
    pub cost: f64,
    /// Units of good in that world; more is better.
    pub effect: f64,
}

/// Why a table is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PsaError {
    /// No world.
    #[error("the table has no world")]
    NoWorld,
    /// No option.
    #[error("the table has no option")]
    NoOption,
    /// Costs and effects are not of as many worlds.
    #[error("there are costs of {costs} worlds and effects of {effects}")]
    Worlds {
        /// Rows of costs.
        costs: usize,
        /// Rows of effects.
        effects: usize,
    },
    /// A world has another number of values than there are options.
    #[error("world {world} has {found} values for {options} options")]
    Options {
        /// The world, counted from 1.
        world: usize,
        /// Values found.
        found: usize,
        /// Options named.
        options: usize,
    },
    /// Two options have one name.
    #[error("two options are called `{name}`")]
    SameName {
        /// The name.
        name: String,
    },
    /// A cost or effect is not a finite number.
    #[error("a cost or effect of `{option}` in world {world} is not a finite number")]
    NotFinite {
        /// The world, counted from 1 in the order of the table.
        world: usize,
        /// The option.
        option: String,
    },
    /// An option is missing in a world.
    #[error("`{option}` is missing in world `{world}`")]
    Missing {
        /// The world.
        world: String,
        /// The option.
        option: String,
    },
    /// An option is in a world twice.
    #[error("`{option}` is in world `{world}` twice")]
    Twice {
        /// The world.
        world: String,
        /// The option.
        option: String,
    },
    /// Sums over the worlds would overflow.
    #[error("the numbers are too large to be summed")]
    TooLarge,
}

impl Psa {
    /// From costs and effects, one row a world with one value an option, in the order of the names.
    pub fn new(options: Vec<String>, cost: &[Vec<f64>], effect: &[Vec<f64>]) -> Result<Psa, PsaError> {
        if options.is_empty() {
            return Err(PsaError::NoOption);
        }
        if let Some((_, name)) = options.iter().enumerate().find(|(i, name)| options[..*i].contains(name)) {
            return Err(PsaError::SameName { name: name.clone() });
        }
        if cost.len() != effect.len() {
            return Err(PsaError::Worlds { costs: cost.len(), effects: effect.len() });
        }
        if cost.is_empty() {
            return Err(PsaError::NoWorld);
        }
        for (at, (costs, effects)) in cost.iter().zip(effect).enumerate() {
            if let Some(row) = [costs, effects].into_iter().find(|row| row.len() != options.len()) {
                return Err(PsaError::Options { world: at + 1, found: row.len(), options: options.len() });
            }
            let odd = (0..options.len()).find(|d| !costs[*d].is_finite() || !effects[*d].is_finite());
            if let Some(d) = odd {
                return Err(PsaError::NotFinite { world: at + 1, option: options[d].clone() });
            }
        }
        let total = |rows: &[Vec<f64>]| rows.iter().flatten().map(|value| value.abs()).sum::<f64>();
        if !total(cost).is_finite() || !total(effect).is_finite() {
            return Err(PsaError::TooLarge);
        }
        Ok(Psa { options, cost: cost.concat(), effect: effect.concat() })
    }

    /// As [`Psa::new`], from losses: the effect is the loss with the other sign, so that net benefit is
    /// -(cost + k loss), and what is averted against a reference is the reference's loss less the option's.
    pub fn from_losses(options: Vec<String>, cost: &[Vec<f64>], loss: &[Vec<f64>]) -> Result<Psa, PsaError> {
        // From 0, so that no zero gets a sign.
        let effect: Vec<Vec<f64>> = loss.iter().map(|row| row.iter().map(|value| 0.0 - value).collect()).collect();
        Psa::new(options, cost, &effect)
    }

    /// From the long form, in any order. Worlds and options come in the order in which they are first named. Refuses
    /// with the first thing in that order that is missing or there twice, or with what [`Psa::new`] refuses.
    pub fn from_rows(rows: &[PsaRow]) -> Result<Psa, PsaError> {
        let (mut worlds, mut options) = (Names::default(), Names::default());
        let mut cells: Vec<(usize, usize, &PsaRow)> =
            rows.iter().map(|row| (worlds.place(&row.world), options.place(&row.option), row)).collect();
        cells.sort_by_key(|(world, option, _)| (*world, *option));
        let (n, k) = (worlds.list.len(), options.list.len());
        // In this order, the cell that belongs at each place is known: nothing is kept for cells that are not there.
        for at in 0..cells.len().max(1) {
            let Some((world, option, _)) = cells.get(at) else { return Err(PsaError::NoWorld) };
            let names = |world: usize, option: usize| (worlds.list[world].clone(), options.list[option].clone());
            if at > 0 && cells[at - 1].0 == *world && cells[at - 1].1 == *option {
                let (world, option) = names(*world, *option);
                return Err(PsaError::Twice { world, option });
            }
            if (*world, *option) != (at / k, at % k) {
                let (world, option) = names(at / k, at % k);
                return Err(PsaError::Missing { world, option });
            }
        }
        if cells.len() < n * k {
            let (world, option) = (worlds.list[n - 1].clone(), options.list[cells.len() % k].clone());
            return Err(PsaError::Missing { world, option });
        }
        let part = |pick: fn(&PsaRow) -> f64| -> Vec<Vec<f64>> {
            cells.chunks_exact(k).map(|row| row.iter().map(|(_, _, cell)| pick(cell)).collect()).collect()
        };
        let (cost, effect) = (part(|row| row.cost), part(|row| row.effect));
        Psa::new(options.list, &cost, &effect)
    }

    /// Names of the options, in the order of all results.
    pub fn options(&self) -> &[String] {
        &self.options
    }

    /// The place of the option with this name.
    pub fn option(&self, name: &str) -> Option<usize> {
        self.options.iter().position(|option| option == name)
    }

    /// Number of worlds.
    pub fn worlds(&self) -> usize {
        self.cost.len() / self.options.len()
    }

    /// Costs of an option, world by world. Empty if there is no such option.
    pub fn costs(&self, option: usize) -> Vec<f64> {
        self.column(&self.cost, option)
    }

    /// Effects of an option, world by world. Empty if there is no such option.
    pub fn effects(&self, option: usize) -> Vec<f64> {
        self.column(&self.effect, option)
    }

    /// Mean cost of each option.
    pub fn mean_costs(&self) -> Vec<f64> {
        means(&self.cost, self.options.len())
    }

    /// Mean effect of each option.
    pub fn mean_effects(&self) -> Vec<f64> {
        means(&self.effect, self.options.len())
    }

    /// Net benefit in money where one unit is worth `k`: k times the effect, less the cost (Stinnett and Mullahy,
    /// Medical Decision Making 18, 1998, S68-S80). `None` if `k` is negative or not finite, or a result overflows.
    pub fn at(&self, k: f64) -> Option<NetBenefit> {
        if !(k.is_finite() && k >= 0.0) {
            return None;
        }
        let options = self.options.len();
        let values = self.cost.iter().zip(&self.effect).map(|(cost, effect)| k * effect - cost).collect();
        let size = |(costs, effects): (&[f64], &[f64])| {
            costs.iter().zip(effects).fold(0.0_f64, |most, (cost, effect)| most.max(cost.abs()).max((k * effect).abs()))
        };
        let sizes = self.cost.chunks_exact(options).zip(self.effect.chunks_exact(options)).map(size).collect();
        NetBenefit::with_sizes(options, values, sizes)
    }

    /// What an option costs more than the reference. `None` if there is no such option.
    pub fn extra_cost(&self, option: usize, reference: usize, level: f64, comparisons: usize) -> Option<Increment> {
        Increment::of(&self.costs(option), &self.costs(reference), level, comparisons)
    }

    /// How many units an option averts or gains against the reference. `None` if there is no such option.
    pub fn averted(&self, option: usize, reference: usize, level: f64, comparisons: usize) -> Option<Increment> {
        Increment::of(&self.effects(option), &self.effects(reference), level, comparisons)
    }

    /// Extra cost for each unit averted against the reference. `None` if there is no such option.
    pub fn cost_per_unit(&self, option: usize, reference: usize, level: f64) -> Option<CostPerUnit> {
        let difference = |values: fn(&Psa, usize) -> Vec<f64>| -> Vec<f64> {
            values(self, option)
                .iter()
                .zip(values(self, reference))
                .map(|(a, b)| crate::stats::difference(*a, b))
                .collect()
        };
        CostPerUnit::of(&difference(Psa::costs), &difference(Psa::effects), level)
    }

    /// The frontier of mean cost and mean effect.
    pub fn frontier(&self) -> Option<Frontier> {
        Frontier::of(&self.mean_costs(), &self.mean_effects())
    }

    /// Costs and effects world by world, as they are kept.
    pub(super) fn tables(&self) -> (&[f64], &[f64]) {
        (&self.cost, &self.effect)
    }

    fn column(&self, values: &[f64], option: usize) -> Vec<f64> {
        if option >= self.options.len() {
            return Vec::new();
        }
        values.iter().skip(option).step_by(self.options.len()).copied().collect()
    }
}

fn means(values: &[f64], options: usize) -> Vec<f64> {
    let worlds = values.len() / options;
    (0..options).map(|d| values.iter().skip(d).step_by(options).sum::<f64>() / worlds as f64).collect()
}

/// Names in the order of first mention.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.places.insert(name.to_owned(), self.list.len());
        self.list.push(name.to_owned());
        self.list.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    fn row(world: &str, option: &str, cost: f64, effect: f64) -> PsaRow {
        PsaRow { world: world.into(), option: option.into(), cost, effect }
    }

    #[test]
    fn the_long_form_in_any_order_is_the_table() {
        let wide = Psa::new(names(&["b", "a"]), &[vec![1.0, 2.0], vec![3.0, 4.0]], &[vec![5.0, 6.0], vec![7.0, 8.0]]);
        let long = [row("y", "b", 1.0, 5.0), row("x", "a", 4.0, 8.0), row("x", "b", 3.0, 7.0), row("y", "a", 2.0, 6.0)];
        let long = Psa::from_rows(&long).unwrap();
        assert_eq!(long, wide.unwrap());
        assert_eq!((long.option("a"), long.option("c"), long.worlds()), (Some(1), None, 2));
        assert_eq!((long.costs(1), long.effects(0), long.costs(2)), (vec![2.0, 4.0], vec![5.0, 7.0], vec![]));
        assert_eq!((long.mean_costs(), long.mean_effects()), (vec![2.0, 3.0], vec![6.0, 7.0]));
    }

    #[test]
    fn losses_are_effects_with_the_other_sign() {
        let psa = Psa::from_losses(names(&["as-is", "wall"]), &[vec![0.0, 10.0]], &[vec![30.0, 12.0]]).unwrap();
        assert_eq!(psa.at(2.0).unwrap().means(), [-60.0, -34.0]);
        assert_eq!(psa.averted(1, 0, 0.95, 1).unwrap().mean, 18.0);
        assert_eq!(psa.extra_cost(1, 0, 0.95, 1).unwrap().mean, 10.0);
        assert_eq!(psa.averted(1, 7, 0.95, 1), None);
    }

    /// 0.3 - 3 x 0.1 is not 0 in binary; a tie it is all the same, whatever the size of what cancels.
    #[test]
    fn rounding_breaks_no_tie() {
        let psa = Psa::new(names(&["a", "b"]), &[vec![0.0, 0.3e9]], &[vec![0.0, 0.1e9]]).unwrap();
        let benefit = psa.at(3.0).unwrap();
        assert_eq!((benefit.best(), benefit.best_shares()), (vec![0, 1], vec![0.5, 0.5]));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let one = [vec![1.0]];
        let refused = |options: &[&str], cost: &[Vec<f64>], effect: &[Vec<f64>]| {
            Psa::new(names(options), cost, effect).unwrap_err().to_string()
        };
        assert_eq!(refused(&[], &one, &one), "the table has no option");
        assert_eq!(refused(&["a"], &[], &[]), "the table has no world");
        assert_eq!(refused(&["a", "a"], &one, &one), "two options are called `a`");
        assert_eq!(refused(&["a"], &one, &[]), "there are costs of 1 worlds and effects of 0");
        assert_eq!(refused(&["a", "b"], &one, &one), "world 1 has 1 values for 2 options");
        let odd = "a cost or effect of `a` in world 1 is not a finite number";
        assert_eq!(refused(&["a"], &[vec![f64::NAN]], &one), odd);
        assert_eq!(refused(&["a"], &one, &[vec![f64::INFINITY]]), odd);
        assert_eq!(
            refused(&["a"], &vec![vec![f64::MAX]; 2], &vec![vec![1.0]; 2]),
            "the numbers are too large to be summed"
        );
        let rows = |rows: &[PsaRow]| Psa::from_rows(rows).unwrap_err().to_string();
        assert_eq!(rows(&[]), "the table has no world");
        assert_eq!(rows(&[row("x", "a", 1.0, 1.0), row("x", "a", 1.0, 1.0)]), "`a` is in world `x` twice");
        assert_eq!(rows(&[row("x", "a", 1.0, 1.0), row("y", "b", 1.0, 1.0)]), "`b` is missing in world `x`");
        let last = [row("x", "a", 1.0, 1.0), row("x", "b", 1.0, 1.0), row("y", "a", 1.0, 1.0)];
        assert_eq!(rows(&last), "`b` is missing in world `y`");
        // A row for each world and option of its own asks for a table of their product, which is never made.
        let apart: Vec<PsaRow> = (0..20_000).map(|i| row(&format!("w{i}"), &format!("o{i}"), 1.0, 1.0)).collect();
        assert_eq!(rows(&apart), "`o1` is missing in world `w0`");
    }

    #[test]
    fn a_value_of_a_unit_is_finite_and_not_negative() {
        let psa = Psa::new(names(&["a"]), &[vec![1.0]], &[vec![1e300]]).unwrap();
        for k in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(psa.at(k), None, "{k}");
        }
        assert_eq!(psa.at(0.0).unwrap().means(), [-1.0]);
    }
}
