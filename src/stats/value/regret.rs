//! Choice among options when nobody says how probable the world sets are: regret, and the classical rules.

use super::net_benefit::{maximum, ties};
use crate::stats::Summary;

/// Options x world sets, in the unit of one measure. Finite, with at least one of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Payoffs {
    /// Option by option; more is better.
    rows: Vec<Vec<f64>>,
    /// -1 for losses: what is told of single world sets is in the sign that was given.
    sign: f64,
}

/// Values that differ by less than this share of the largest in the table tie.
const GRAIN: f64 = 1e-12;

impl Payoffs {
    /// From payoffs, of which more is better: one row an option with one value a world set. `None` if there is no
    /// option or no world set, rows differ in length, or a value is not finite.
    pub fn of(rows: &[Vec<f64>]) -> Option<Payoffs> {
        let worlds = rows.first()?.len();
        let sound = worlds > 0 && rows.iter().all(|row| row.len() == worlds && row.iter().all(|v| v.is_finite()));
        // Differences must be finite too.
        let wide = rows.iter().flatten().all(|value| value.abs() < f64::MAX / (4.0 * worlds as f64));
        (sound && wide).then(|| Payoffs { rows: rows.to_vec(), sign: 1.0 })
    }

    /// From losses, of which less is better. Values and means that are returned are losses again.
    pub fn of_losses(rows: &[Vec<f64>]) -> Option<Payoffs> {
        let turned: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| 0.0 - value).collect()).collect();
        Payoffs::of(&turned).map(|it| Payoffs { sign: -1.0, ..it })
    }

    /// Number of options.
    pub fn options(&self) -> usize {
        self.rows.len()
    }

    /// Number of world sets.
    pub fn worlds(&self) -> usize {
        self.rows[0].len()
    }

    /// Regret of each option in each world set: how far it stays behind the best option there (Savage, Journal of the
    /// American Statistical Association 46, 1951, 55-67). Never negative, in the unit of the measure, and not divided
    /// by anything; 0 for the best.
    pub fn regrets(&self) -> Vec<Vec<f64>> {
        let best: Vec<f64> = (0..self.worlds()).map(|w| maximum(&self.column(w))).collect();
        self.rows.iter().map(|row| row.iter().zip(&best).map(|(value, best)| best - value).collect()).collect()
    }

    /// The largest regret of each option.
    pub fn max_regrets(&self) -> Vec<f64> {
        self.regrets().iter().map(|row| maximum(row)).collect()
    }

    /// The mean regret of each option with such a weight for each world set. Weights need not sum to 1. `None` if there
    /// is another number of them, one is negative or not finite, or none is above 0: world sets are not averaged
    /// without weights that somebody has stated.
    pub fn mean_regrets(&self, weights: &[f64]) -> Option<Vec<f64>> {
        weighted(&self.regrets(), weights)
    }

    /// The quantile of each option's regrets over world sets at `p`, 0 to 1, between neighbours in proportion (type 7
    /// of Hyndman and Fan, The American Statistician 50, 1996, 361-365): 0.9 for the 90th percentile.
    pub fn regret_quantiles(&self, p: f64) -> Vec<f64> {
        self.regrets().iter().map(|row| Summary::of(row).map_or(0.0, |it| it.quantile(p))).collect()
    }

    /// The options whose largest regret is least, ties and all, in order.
    pub fn minimax_regret(&self) -> Vec<usize> {
        self.highest(&self.max_regrets().iter().map(|regret| -regret).collect::<Vec<_>>())
    }

    /// Each option's value in its worst world set.
    pub fn worst(&self) -> Vec<f64> {
        self.told(self.rows.iter().map(|row| row.iter().copied().fold(f64::INFINITY, f64::min)))
    }

    /// The options whose worst world set is the least bad (Wald): ties and all, in order.
    pub fn maximin(&self) -> Vec<usize> {
        self.by(&self.worst())
    }

    /// Each option's value in its best world set.
    pub fn top(&self) -> Vec<f64> {
        self.told(self.rows.iter().map(|row| maximum(row)))
    }

    /// The options whose best world set is the best: ties and all, in order.
    pub fn maximax(&self) -> Vec<usize> {
        self.by(&self.top())
    }

    /// Each option's mean with equal weights, Laplace's rule of insufficient reason. It is a rule that one may choose,
    /// and no estimate.
    pub fn laplace(&self) -> Vec<f64> {
        let n = self.worlds() as f64;
        self.told(self.rows.iter().map(|row| row.iter().sum::<f64>() / n))
    }

    /// The options with the best mean with equal weights: ties and all, in order.
    pub fn laplace_best(&self) -> Vec<usize> {
        self.by(&self.laplace())
    }

    /// Each option's mean with such weights. `None` as of [`Payoffs::mean_regrets`].
    pub fn means(&self, weights: &[f64]) -> Option<Vec<f64>> {
        weighted(&self.rows, weights).map(|means| self.told(means.into_iter()))
    }

    /// Hurwicz's compromise of each option: `alpha` of its best world set and 1 - `alpha` of its worst, so that 1 is
    /// the optimist and 0 the pessimist. `None` if `alpha` is not from 0 to 1.
    pub fn hurwicz(&self, alpha: f64) -> Option<Vec<f64>> {
        let mix = |(top, worst): (f64, f64)| alpha * top + (1.0 - alpha) * worst;
        (0.0..=1.0).contains(&alpha).then(|| self.top().into_iter().zip(self.worst()).map(mix).collect())
    }

    /// The options with the best compromise: ties and all, in order. `None` if `alpha` is not from 0 to 1.
    pub fn hurwicz_best(&self, alpha: f64) -> Option<Vec<usize>> {
        self.hurwicz(alpha).map(|values| self.by(&values))
    }

    /// For each option the share of world sets in which it meets the target: a payoff of at least so much, or a loss of
    /// at most so much. `None` for a target that is not a number.
    pub fn satisficing(&self, target: f64) -> Option<Vec<f64>> {
        satisficing(&[(self, target)])
    }

    /// Whether each world set meets the target, option by option.
    fn meets(&self, target: f64) -> impl Iterator<Item = Vec<bool>> {
        let bound = self.sign * target;
        self.rows.iter().map(move |row| row.iter().map(|value| *value >= bound).collect())
    }

    fn column(&self, world: usize) -> Vec<f64> {
        self.rows.iter().map(|row| row[world]).collect()
    }

    /// Values in the sign that was given. Never minus zero.
    fn told(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        values.map(|value| 0.0 + self.sign * value).collect()
    }

    /// The best of values in the sign that was given.
    fn by(&self, values: &[f64]) -> Vec<usize> {
        self.highest(&values.iter().map(|value| self.sign * value).collect::<Vec<_>>())
    }

    fn highest(&self, values: &[f64]) -> Vec<usize> {
        let size = self.rows.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        ties(values, size * GRAIN)
    }
}

/// For each option the share of world sets in which it meets every target: tables of several measures for the same
/// options and world sets, each with its target. `None` for no table, tables of different shape, or a target that is
/// not a number.
pub fn satisficing(targets: &[(&Payoffs, f64)]) -> Option<Vec<f64>> {
    let (first, _) = targets.first()?;
    let (options, worlds) = (first.options(), first.worlds());
    if targets.iter().any(|(it, target)| it.options() != options || it.worlds() != worlds || target.is_nan()) {
        return None;
    }
    let mut all = vec![vec![true; worlds]; options];
    for (table, target) in targets {
        for (all, row) in all.iter_mut().zip(table.meets(*target)) {
            all.iter_mut().zip(row).for_each(|(all, one)| *all &= one);
        }
    }
    Some(all.iter().map(|row| row.iter().filter(|met| **met).count() as f64 / worlds as f64).collect())
}

fn weighted(rows: &[Vec<f64>], weights: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    let sound = rows.iter().all(|row| row.len() == weights.len()) && weights.iter().all(|w| w.is_finite() && *w >= 0.0);
    let mean = |row: &Vec<f64>| row.iter().zip(weights).map(|(value, weight)| value * (weight / total)).sum();
    (sound && total > 0.0 && total.is_finite()).then(|| rows.iter().map(mean).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payoffs(rows: &[&[f64]]) -> Payoffs {
        Payoffs::of(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    /// Doing better than the reference is no regret, and a baseline of 0 breaks nothing.
    #[test]
    fn regret_is_never_negative_and_is_in_the_unit_of_the_measure() {
        let it = payoffs(&[&[0.0, 0.0, -5.0], &[10.0, -10.0, -7.0]]);
        assert_eq!(it.regrets(), [[10.0, 0.0, 0.0], [0.0, 10.0, 2.0]]);
        assert_eq!((it.max_regrets(), it.minimax_regret()), (vec![10.0, 10.0], vec![0, 1]));
        assert_eq!(it.regret_quantiles(0.5), [0.0, 2.0]);
        assert_eq!(it.regret_quantiles(1.0), it.max_regrets());
    }

    /// A table of losses is the same choice told in losses.
    #[test]
    fn losses_are_told_as_losses() {
        let gains = [vec![50.0, 70.0, 30.0], vec![80.0, 60.0, 50.0]];
        let losses: Vec<Vec<f64>> = gains.iter().map(|row| row.iter().map(|v| 100.0 - v).collect()).collect();
        let (gains, losses) = (Payoffs::of(&gains).unwrap(), Payoffs::of_losses(&losses).unwrap());
        assert_eq!(gains.regrets(), losses.regrets());
        for (a, b) in [
            (gains.minimax_regret(), losses.minimax_regret()),
            (gains.maximin(), losses.maximin()),
            (gains.maximax(), losses.maximax()),
            (gains.laplace_best(), losses.laplace_best()),
            (gains.hurwicz_best(0.3).unwrap(), losses.hurwicz_best(0.3).unwrap()),
        ] {
            assert_eq!(a, b);
        }
        assert_eq!((losses.worst(), losses.top()), (vec![70.0, 50.0], vec![30.0, 20.0]));
        assert_eq!((losses.laplace()[0], losses.hurwicz(1.0)), (50.0, Some(losses.top())));
        assert_eq!(losses.satisficing(45.0), gains.satisficing(55.0));
        assert_eq!(losses.means(&[0.0, 0.0, 1.0]), Some(vec![70.0, 50.0]));
    }

    #[test]
    fn weights_are_stated_or_there_is_no_average() {
        let it = payoffs(&[&[1.0, 3.0], &[2.0, 0.0]]);
        assert_eq!(it.mean_regrets(&[1.0, 1.0]), Some(vec![0.5, 1.5]));
        assert_eq!(it.mean_regrets(&[3.0, 1.0]), Some(vec![0.75, 0.75]));
        for weights in [&[][..], &[1.0], &[0.0, 0.0], &[-1.0, 2.0], &[f64::NAN, 1.0], &[f64::INFINITY, 1.0]] {
            assert_eq!((it.mean_regrets(weights), it.means(weights)), (None, None), "{weights:?}");
        }
    }

    #[test]
    fn every_target_must_be_met() {
        let good = payoffs(&[&[1.0, 5.0, 9.0], &[6.0, 6.0, 6.0]]);
        let bad = Payoffs::of_losses(&[vec![0.0, 0.0, 8.0], vec![9.0, 1.0, 1.0]]).unwrap();
        assert_eq!(satisficing(&[(&good, 5.0), (&bad, 1.0)]), Some(vec![1.0 / 3.0, 2.0 / 3.0]));
        assert_eq!(good.satisficing(5.0), Some(vec![2.0 / 3.0, 1.0]));
        assert_eq!((satisficing(&[]), good.satisficing(f64::NAN)), (None, None));
        assert_eq!(satisficing(&[(&good, 5.0), (&payoffs(&[&[1.0]]), 1.0)]), None);
    }

    #[test]
    fn edges_are_as_documented() {
        for rows in [vec![], vec![vec![]], vec![vec![1.0], vec![]], vec![vec![f64::INFINITY]], vec![vec![f64::MAX]]] {
            assert_eq!(Payoffs::of(&rows), None);
        }
        let single = payoffs(&[&[-3.0]]);
        assert_eq!((single.regrets(), single.minimax_regret(), single.maximin()), (vec![vec![0.0]], vec![0], vec![0]));
        assert_eq!((single.hurwicz(1.5), single.hurwicz(f64::NAN), single.hurwicz_best(-0.1)), (None, None, None));
        // A tie but for rounding.
        assert_eq!(payoffs(&[&[0.1 + 0.2], &[0.3]]).maximin(), [0, 1]);
    }
}
