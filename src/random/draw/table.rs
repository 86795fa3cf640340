//! Choices in proportion to weights, and values drawn from data.

use thiserror::Error;

/// Why a table could not be built; nothing was.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum TableError {
    /// No entries, or none with a positive weight.
    #[error("nothing in the table can be drawn")]
    Empty,
    /// A weight is negative or not finite.
    #[error("weight {0} is negative or not finite")]
    Weight(usize),
    /// A value is not finite.
    #[error("value {0} is not finite")]
    Value(usize),
    /// There are more values than weights, or fewer.
    #[error("{values} values have {weights} weights")]
    Length {
        /// How many values were given.
        values: usize,
        /// How many weights were given.
        weights: usize,
    },
}

/// A choice among entries in proportion to their weights, by one uniform, in a time that does not grow with their
/// number: a guide table names where to begin (Chen and Asau, AIIE Transactions 6, 1974, 163-166), and about two steps
/// lead from there to the entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Running sums; the last is the total and positive.
    cumulative: Vec<f64>,
    /// The first entry whose sum is above each of as many even parts of the total.
    guide: Vec<u32>,
    /// The last entry with a weight.
    last: usize,
}

impl Weights {
    /// Entries in the order given; their weights are finite and not negative, and one is positive.
    pub fn new(weights: &[f64]) -> Result<Weights, TableError> {
        if let Some(i) = weights.iter().position(|w| !w.is_finite() || *w < 0.0) {
            return Err(TableError::Weight(i));
        }
        let cumulative: Vec<f64> = weights
            .iter()
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum)
            })
            .collect();
        let total = cumulative.last().copied().unwrap_or(0.0);
        if total == f64::INFINITY {
            return Err(TableError::Weight(weights.len() - 1));
        }
        if total == 0.0 {
            return Err(TableError::Empty);
        }
        // A weight lost in the sum's rounding is no weight.
        let last = cumulative.partition_point(|&sum| sum < total);
        let parts = cumulative.len();
        let begin = |part: usize| {
            let edge = part as f64 / parts as f64 * total;
            cumulative.partition_point(|&sum| sum <= edge).min(last) as u32
        };
        let guide = (0..parts).map(begin).collect();
        Ok(Weights { cumulative, guide, last })
    }

    /// The entry at `u`, non-decreasing in it; one of weight 0 is never returned.
    #[inline]
    pub fn pick(&self, u: f64) -> usize {
        let parts = self.guide.len();
        let mut entry = self.guide[((u * parts as f64) as usize).min(parts - 1)] as usize;
        let at = u * self.total();
        // The product may be rounded up to the total: then the last entry with a weight is meant.
        while entry < self.last && self.cumulative[entry] <= at {
            entry += 1;
        }
        entry
    }

    /// The entry at `u`, and how far within it that lies, from 0 to 1.
    #[inline]
    pub fn pick_within(&self, u: f64) -> (usize, f64) {
        let entry = self.pick(u);
        let before = if entry == 0 { 0.0 } else { self.cumulative[entry - 1] };
        let own = self.cumulative[entry] - before;
        (entry, ((u * self.total() - before) / own).clamp(0.0, 1.0))
    }

    /// The weights, as differences of their running sums.
    pub fn weights(&self) -> impl Iterator<Item = f64> {
        let before = std::iter::once(0.0).chain(self.cumulative.iter().copied());
        self.cumulative.iter().zip(before).map(|(sum, before)| sum - before)
    }

    /// The sum of the weights.
    pub fn total(&self) -> f64 {
        self.cumulative.last().copied().unwrap_or(0.0)
    }

    /// The number of entries, 1 at least.
    #[expect(clippy::len_without_is_empty, reason = "a table is never empty")]
    pub fn len(&self) -> usize {
        self.cumulative.len()
    }
}

/// A distribution given by data: each value has its weight, and no other value is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    /// In rising order, so that draws rise with the uniform.
    values: Vec<f64>,
    weights: Weights,
}

impl Empirical {
    /// Finite values of equal weight, in any order.
    pub fn new(values: &[f64]) -> Result<Empirical, TableError> {
        Empirical::weighted(values, &vec![1.0; values.len()])
    }

    /// Finite values with a weight each, in any order.
    pub fn weighted(values: &[f64], weights: &[f64]) -> Result<Empirical, TableError> {
        if values.len() != weights.len() {
            return Err(TableError::Length { values: values.len(), weights: weights.len() });
        }
        if let Some(i) = values.iter().position(|v| !v.is_finite()) {
            return Err(TableError::Value(i));
        }
        // Weights are checked before sorting, so that an error names the entry as given.
        Weights::new(weights)?;
        let mut pairs: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (values, weights): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        Ok(Empirical { values, weights: Weights::new(&weights)? })
    }

    /// The value at `u`.
    #[inline]
    pub fn draw(&self, u: f64) -> f64 {
        self.values[self.weights.pick(u)]
    }

    /// The mean of the distribution.
    pub fn mean(&self) -> f64 {
        let sums = self.values.iter().zip(self.weights.weights()).map(|(value, weight)| value * weight);
        sums.sum::<f64>() / self.weights.total()
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::rises;
    use super::*;
    use crate::random::{Entity, Luck, Purpose, unit};

    /// Chi-squared with 3 degrees of freedom; above 21.1 with chance 1 in 10,000, seed fixed.
    #[test]
    fn entries_are_picked_in_proportion() {
        let weights = [1.0, 0.0, 2.5, 4.0, 0.5, 0.0];
        let table = Weights::new(&weights).unwrap();
        let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("weights"));
        let mut counts = [0.0; 6];
        for _ in 0..80_000 {
            counts[table.pick(stream.uniform())] += 1.0;
        }
        assert_eq!((counts[1], counts[5]), (0.0, 0.0));
        let statistic: f64 = (0..6)
            .filter(|&i| weights[i] > 0.0)
            .map(|i| {
                let expect = weights[i] * 10_000.0;
                (counts[i] - expect) * (counts[i] - expect) / expect
            })
            .sum();
        assert!(statistic < 21.1, "{statistic}: {counts:?}");
    }

    #[test]
    fn the_guide_leads_where_a_search_would() {
        let mut stream = Luck::new(2).stream(Purpose::TEST, Entity::of("guide"));
        for n in [1, 2, 3, 17, 1000] {
            let weights: Vec<f64> = (0..n).map(|i| if i % 3 == 1 { 0.0 } else { stream.uniform() }).collect();
            let table = Weights::new(&weights).unwrap();
            for _ in 0..5000 {
                let u = stream.uniform();
                let searched = table.cumulative.partition_point(|&sum| sum <= u * table.total());
                assert_eq!(table.pick(u), searched, "{n} entries at {u}");
            }
        }
    }

    #[test]
    fn places_within_an_entry_go_from_its_start_to_its_end() {
        let table = Weights::new(&[2.0, 0.0, 6.0]).unwrap();
        for (u, entry, within) in [(0.0625, 0, 0.25), (0.2, 0, 0.8), (0.25, 2, 0.0), (0.625, 2, 0.5), (1.0, 2, 1.0)] {
            let (picked, place) = table.pick_within(u);
            assert!(picked == entry && (place - within).abs() < 1e-12, "{u}: {picked}, {place}");
        }
        assert_eq!(table.weights().collect::<Vec<_>>(), [2.0, 0.0, 6.0]);
    }

    #[test]
    fn the_ends_pick_entries_with_a_weight() {
        for weights in [vec![0.0, 3.0, 0.0], vec![0.0, 0.1, 0.2, 0.0, 0.0], vec![1e300, 1.0, 0.0]] {
            let table = Weights::new(&weights).unwrap();
            for u in [unit(0), unit(u64::MAX)] {
                assert!(weights[table.pick(u)] > 0.0, "{weights:?} at {u}");
            }
        }
    }

    #[test]
    fn data_keep_their_mean_and_rise() {
        let data = Empirical::weighted(&[9.0, 1.0, 4.0], &[1.0, 2.0, 1.0]).unwrap();
        assert_eq!(data.mean(), 3.75);
        assert_eq!([0.1, 0.49, 0.51, 0.74, 0.76].map(|u| data.draw(u)), [1.0, 1.0, 4.0, 4.0, 9.0]);
        rises("empirical", |u| data.draw(u));
        let even = Empirical::new(&[3.0, 1.0, 2.0]).unwrap();
        assert_eq!((even.mean(), even.draw(0.34)), (2.0, 2.0));
    }

    #[test]
    fn faulty_tables_are_refused() {
        assert_eq!(Weights::new(&[]), Err(TableError::Empty));
        assert_eq!(Weights::new(&[0.0, 0.0]), Err(TableError::Empty));
        assert_eq!(Weights::new(&[1.0, -1.0]), Err(TableError::Weight(1)));
        assert_eq!(Weights::new(&[f64::NAN]), Err(TableError::Weight(0)));
        assert_eq!(Weights::new(&[f64::MAX, f64::MAX]), Err(TableError::Weight(1)));
        assert_eq!(Empirical::new(&[1.0, f64::INFINITY]), Err(TableError::Value(1)));
        assert_eq!(Empirical::weighted(&[1.0], &[1.0, 2.0]), Err(TableError::Length { values: 1, weights: 2 }));
        assert_eq!(Empirical::new(&[]), Err(TableError::Empty));
    }

    #[test]
    fn value_stability() {
        let table = Weights::new(&[0.1, 0.7, 0.2, 1.3, 0.4]).unwrap();
        let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("table"));
        let picks: Vec<usize> = (0..12).map(|_| table.pick(stream.uniform())).collect();
        assert_eq!(picks, VALUES);
    }

    const VALUES: [usize; 12] = [3, 3, 3, 2, 2, 3, 0, 3, 3, 3, 3, 1];
}
