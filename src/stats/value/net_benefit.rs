//! Net benefit: what each option is worth in each world, in one unit, more is better.

use crate::stats::Interval;
use crate::stats::Paired;
use crate::stats::Summary;

/// A table of worlds and options. Everything in it is finite, and there is at least one world and one option.
#[derive(Clone, Debug, PartialEq)]
pub struct NetBenefit {
    options: usize,
    /// World by world, and within a world option by option.
    values: Vec<f64>,
    /// World by world, the difference up to which two options count as equal: rounding, and no more.
    grains: Vec<f64>,
}

/// How much more one option is worth than another over the same worlds: positive is good for the option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Increment {
    /// Worlds.
    pub n: usize,
    /// Mean over the worlds of option less reference.
    pub mean: f64,
    /// Standard deviation of the differences; 0 for a single world.
    pub sd: f64,
    /// The mean's paired t interval at the level asked for.
    pub interval: Interval,
    /// The same at the level that holds for all comparisons together (Bonferroni).
    pub adjusted: Interval,
}

/// Rounding, as a share of the sizes that went into a value.
const GRAIN: f64 = 1e-12;

impl NetBenefit {
    /// From one row a world with one value an option. `None` if there is no world or no option, rows differ in length,
    /// or a value is not finite.
    pub fn of(rows: &[Vec<f64>]) -> Option<NetBenefit> {
        let options = rows.first()?.len();
        if options == 0 || rows.iter().any(|row| row.len() != options) {
            return None;
        }
        let size = |row: &Vec<f64>| row.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        NetBenefit::with_sizes(options, rows.concat(), rows.iter().map(size).collect())
    }

    /// From values world by world, and for each world the largest number that a sum of its row was made of.
    pub(super) fn with_sizes(options: usize, values: Vec<f64>, sizes: Vec<f64>) -> Option<NetBenefit> {
        let sound = options > 0 && !sizes.is_empty() && values.len() == options * sizes.len();
        // Sums over worlds must not overflow either.
        let total: f64 = sizes.iter().sum();
        if !sound || !total.is_finite() || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        Some(NetBenefit { options, values, grains: sizes.iter().map(|size| size * GRAIN).collect() })
    }

    /// Number of options.
    pub fn options(&self) -> usize {
        self.options
    }

    /// Number of worlds.
    pub fn worlds(&self) -> usize {
        self.grains.len()
    }

    /// The worlds in order, each with one value an option.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.options)
    }

    /// An option's values, world by world. `None` if there is no such option.
    pub fn option(&self, option: usize) -> Option<Vec<f64>> {
        (option < self.options).then(|| self.rows().map(|row| row[option]).collect())
    }

    /// Mean of each option over the worlds.
    pub fn means(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.options];
        for row in self.rows() {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        sums.iter().map(|sum| sum / self.worlds() as f64).collect()
    }

    /// The options with the highest mean: one, or several that are equal but for rounding, in order.
    pub fn best(&self) -> Vec<usize> {
        let grain = self.grains.iter().sum::<f64>() / self.worlds() as f64;
        ties(&self.means(), grain)
    }

    /// For each option the share of worlds in which it does best; where several do, they split the world equally. Drawn
    /// against the value of a unit this is the acceptability curve (CEAC; van Hout and others, Health Economics 3,
    /// 1994, 309-319). It says "best in N% of sampled worlds", and not how sure one is that an average is best.
    pub fn best_shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.options];
        for (row, grain) in self.rows().zip(&self.grains) {
            let best = ties(row, *grain);
            best.iter().for_each(|option| shares[*option] += 1.0 / best.len() as f64);
        }
        shares.iter().map(|share| share / self.worlds() as f64).collect()
    }

    /// The share of [`NetBenefit::best_shares`] that belongs to the option with the highest mean, the first of several:
    /// a point of the acceptability frontier (CEAF; Fenwick, Claxton and Sculpher, Health Economics 10, 2001, 779-787).
    pub fn frontier_share(&self) -> f64 {
        let best = self.best();
        best.first().map_or(0.0, |option| self.best_shares()[*option])
    }

    /// Expected opportunity loss of each option: the mean over worlds of what the best option of each world is worth
    /// more. Never negative. Drawn against the value of a unit, the expected-loss curves (Alarid-Escudero and others,
    /// Value in Health 22, 2019, 611-618); their lower envelope is the EVPI of the table.
    pub fn expected_losses(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.options];
        for row in self.rows() {
            let most = maximum(row);
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += most - value);
        }
        sums.iter().map(|sum| sum / self.worlds() as f64).collect()
    }

    /// Expected value of perfect information about which world it is: E max - max E, which is the least of
    /// [`NetBenefit::expected_losses`]. Never negative; 0 for one option or one world.
    ///
    /// Rows must be means over luck. Of single runs it counts luck as something that one could learn, and is too high;
    /// see [`Replicated`](super::Replicated).
    pub fn evpi(&self) -> f64 {
        self.expected_losses().into_iter().fold(f64::INFINITY, f64::min)
    }

    /// The t interval of [`NetBenefit::evpi`] for the choice with the highest mean, cut at 0: sampling error of the
    /// worlds. Unbounded above for one world.
    pub fn evpi_interval(&self, level: f64) -> Interval {
        let option = self.best().first().copied().unwrap_or(0);
        let losses: Vec<f64> = self.rows().map(|row| maximum(row) - row[option]).collect();
        let found = Summary::of(&losses).map_or(Interval::unbounded(level), |it| it.mean_interval(level));
        Interval { low: found.low.max(0.0), ..found }
    }

    /// What an option is worth more than the reference, as one of `comparisons`. `None` if there is no such option.
    pub fn increment(&self, option: usize, reference: usize, level: f64, comparisons: usize) -> Option<Increment> {
        Increment::of(&self.option(option)?, &self.option(reference)?, level, comparisons)
    }
}

impl Increment {
    /// Of an option's values less the reference's, world by world. As [`Paired::of`], turned round.
    pub fn of(option: &[f64], reference: &[f64], level: f64, comparisons: usize) -> Option<Increment> {
        let Paired { n, mean, sd, interval, adjusted, .. } = Paired::of(option, reference, level, comparisons)?;
        Some(Increment { n, mean, sd, interval, adjusted })
    }

    /// Whether all of the adjusted interval is above 0.
    pub fn is_more(&self) -> bool {
        self.adjusted.low > 0.0
    }

    /// Whether all of the adjusted interval is below 0.
    pub fn is_less(&self) -> bool {
        self.adjusted.high < 0.0
    }
}

/// The largest value; minus infinity of none.
pub(super) fn maximum(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// The places of the largest value, and of those that are less by `grain` at most.
pub(super) fn ties(values: &[f64], grain: f64) -> Vec<usize> {
    let most = maximum(values);
    (0..values.len()).filter(|i| values[*i] >= most - grain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f64]]) -> NetBenefit {
        NetBenefit::of(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn ties_are_named_and_split() {
        let it = table(&[&[1.0, 1.0, 0.0], &[2.0, 2.0, 2.0], &[3.0, 3.0, 9.0]]);
        assert_eq!(it.best(), [2]);
        let shares = it.best_shares();
        assert!((shares[0] - (0.5 + 1.0 / 3.0) / 3.0).abs() < 1e-15 && shares[0] == shares[1]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        // What differs by rounding only is a tie: 0.1 + 0.2 and 0.3.
        assert_eq!(table(&[&[0.1 + 0.2, 0.3, 0.0]]).best_shares(), [0.5, 0.5, 0.0]);
        assert_eq!(table(&[&[0.1 + 0.2, 0.3, 0.0]]).best(), [0, 1]);
        assert_eq!(table(&[&[1.0, 1.0 + 1e-9]]).best(), [1]);
    }

    /// The option that is best in most worlds need not be the one to choose.
    #[test]
    fn the_frontier_follows_the_mean_and_not_the_highest_curve() {
        let it = table(&[&[1.0, 0.0], &[1.0, 0.0], &[0.0, 9.0]]);
        assert_eq!((it.best(), it.frontier_share()), (vec![1], 1.0 / 3.0));
        assert_eq!(it.best_shares(), [2.0 / 3.0, 1.0 / 3.0]);
        // Losses 9/3 and 2/3.
        assert_eq!(it.expected_losses(), [3.0, 2.0 / 3.0]);
        assert_eq!(it.evpi(), 2.0 / 3.0);
    }

    #[test]
    fn what_is_common_to_all_options_changes_nothing() {
        let plain = table(&[&[1.0, 4.0], &[6.0, 2.0], &[3.0, 3.5]]);
        let shifted = table(&[&[101.0, 104.0], &[-4.0, -8.0], &[3.0, 3.5]]);
        assert!((plain.evpi() - shifted.evpi()).abs() < 1e-12);
        assert_eq!((plain.best(), plain.best_shares()), (shifted.best(), shifted.best_shares()));
    }

    #[test]
    fn an_increment_is_positive_where_the_option_is_worth_more() {
        let it = table(&[&[1.0, 4.0], &[2.0, 4.5], &[0.0, 3.5]]);
        let more = it.increment(1, 0, 0.95, 1).unwrap();
        assert!(more.is_more() && !more.is_less() && (more.mean - 3.0).abs() < 1e-12);
        let less = it.increment(0, 1, 0.95, 1).unwrap();
        assert!(less.is_less() && less.mean == -more.mean);
        assert_eq!(it.increment(2, 0, 0.95, 1), None);
    }

    #[test]
    fn edges_are_as_documented() {
        for rows in
            [vec![], vec![vec![]], vec![vec![1.0], vec![1.0, 2.0]], vec![vec![f64::NAN]], vec![vec![f64::MAX]; 2]]
        {
            assert_eq!(NetBenefit::of(&rows), None, "{rows:?}");
        }
        let single = table(&[&[-2.0]]);
        assert_eq!((single.best(), single.best_shares(), single.evpi()), (vec![0], vec![1.0], 0.0));
        assert_eq!(single.evpi_interval(0.95), Interval { low: 0.0, high: f64::INFINITY, level: 0.95 });
        let equal = table(&[&[5.0, 5.0], &[7.0, 7.0]]);
        assert_eq!((equal.best(), equal.best_shares(), equal.evpi()), (vec![0, 1], vec![0.5, 0.5], 0.0));
        assert_eq!(equal.evpi_interval(0.95), Interval { low: 0.0, high: 0.0, level: 0.95 });
    }
}
