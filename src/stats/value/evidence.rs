//! How sure it is that an option's average is best, from resampled worlds.

use super::net_benefit::{NetBenefit, maximum, ties};
use super::psa::Psa;
use crate::random::{Entity, Luck, Purpose};

/// Mean costs and effects of samples of worlds, drawn with replacement from the table's worlds (the non-parametric
/// bootstrap; Efron, Annals of Statistics 7, 1979, 1-26). All options are in each sample in the same worlds.
///
/// Made once, it answers for every value of a unit, since a mean net benefit is linear in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResampledMeans {
    options: usize,
    /// Sample by sample, option by option.
    cost: Vec<f64>,
    effect: Vec<f64>,
}

/// Mean net benefits that differ by less than this share of their size tie.
const GRAIN: f64 = 1e-12;

impl Psa {
    /// Resamples the worlds. The draws come from `seed` and the number of the sample alone. `None` for fewer than two
    /// worlds, or no resample.
    pub fn resampled_means(&self, resamples: usize, seed: u64) -> Option<ResampledMeans> {
        let (cost, effect) = self.tables();
        let options = self.options().len();
        let [cost, effect] = resampled([cost, effect], options, resamples, seed)?;
        Some(ResampledMeans { options, cost, effect })
    }
}

impl ResampledMeans {
    /// For each option the share of samples in which its mean net benefit is the highest where one unit is worth `k`;
    /// ties split a sample. It says "evidence that its average is best", and goes to 0 or 1 with more worlds, which
    /// [`NetBenefit::best_shares`] does not. `None` if `k` is negative or not finite.
    pub fn evidence_best(&self, k: f64) -> Option<Vec<f64>> {
        if !(k.is_finite() && k >= 0.0) {
            return None;
        }
        let benefit = |(cost, effect): (&f64, &f64)| k * effect - cost;
        let rows = self.cost.chunks_exact(self.options).zip(self.effect.chunks_exact(self.options));
        let means = rows.map(|(cost, effect)| {
            let size = cost.iter().zip(effect).fold(0.0_f64, |most, (c, e)| most.max(c.abs()).max((k * e).abs()));
            (cost.iter().zip(effect).map(benefit).collect(), size)
        });
        Some(shares_of_best(self.options, means))
    }
}

impl NetBenefit {
    /// As [`ResampledMeans::evidence_best`], of this table. `None` for fewer than two worlds, or no resample.
    pub fn evidence_best(&self, resamples: usize, seed: u64) -> Option<Vec<f64>> {
        let values: Vec<f64> = self.rows().flatten().copied().collect();
        let [means] = resampled([&values], self.options(), resamples, seed)?;
        let size = |row: &[f64]| row.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let rows = means.chunks_exact(self.options()).map(|row| (row.to_vec(), size(row)));
        Some(shares_of_best(self.options(), rows))
    }
}

/// Places of `n` things, drawn with replacement, for resample number `sample` of a method.
pub(super) fn places(method: &str, seed: u64, sample: usize, n: usize) -> impl Iterator<Item = usize> {
    let mut stream = Luck::new(seed).stream(Purpose::METHOD, Entity::of(method).nth(sample as u64));
    // A uniform is below 1, and its product with n may round up to n.
    (0..n).map(move |_| ((stream.uniform() * n as f64) as usize).min(n - 1))
}

/// Means of the columns of some tables over resampled rows, sample by sample.
fn resampled<const N: usize>(
    tables: [&[f64]; N],
    columns: usize,
    resamples: usize,
    seed: u64,
) -> Option<[Vec<f64>; N]> {
    let n = tables.first()?.len() / columns;
    if n < 2 || resamples == 0 {
        return None;
    }
    let mut means = [const { Vec::new() }; N];
    let mut counts = vec![0_u32; n];
    for sample in 0..resamples {
        counts.fill(0);
        places("bootstrap over worlds", seed, sample, n).for_each(|world| counts[world] += 1);
        for (table, means) in tables.iter().zip(&mut means) {
            let mut sums = vec![0.0; columns];
            for (row, count) in table.chunks_exact(columns).zip(&counts).filter(|(_, count)| **count > 0) {
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += f64::from(*count) * value);
            }
            means.extend(sums.iter().map(|sum| sum / n as f64));
        }
    }
    Some(means)
}

/// In what share of rows each option is the largest, from rows with the size of what they were made of.
fn shares_of_best(options: usize, rows: impl Iterator<Item = (Vec<f64>, f64)>) -> Vec<f64> {
    let (mut shares, mut n) = (vec![0.0; options], 0.0);
    for (row, size) in rows {
        // A sum that overflowed ties with nothing and is not counted for anybody.
        if maximum(&row).is_finite() {
            let best = ties(&row, size * GRAIN);
            best.iter().for_each(|option| shares[*option] += 1.0 / best.len() as f64);
        }
        n += 1.0;
    }
    shares.iter().map(|share| share / n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::normal;

    /// Worlds in which option 1 is worth N(mean, 1) more than option 0.
    fn worlds(n: usize, mean: f64) -> NetBenefit {
        let mut stream = Luck::new(11).stream(Purpose::TEST, Entity::of("evidence"));
        let rows: Vec<Vec<f64>> = (0..n).map(|_| vec![0.0, mean + normal::quantile(stream.uniform())]).collect();
        NetBenefit::of(&rows).unwrap()
    }

    /// With more worlds the evidence grows; the share of worlds in which the option is best does not.
    #[test]
    fn evidence_grows_with_worlds_and_the_share_of_best_worlds_does_not() {
        for n in [100, 2500] {
            let it = worlds(n, 0.1);
            let mean = it.means()[1];
            let evidence = it.evidence_best(4000, 1).unwrap()[1];
            // A resampled mean is nearly normal around the mean with the standard error 1/sqrt n. Four standard errors
            // of a share of 4,000 are 3 points; one false failure in 10,000, seed fixed.
            let want = normal::cdf(mean * (n as f64).sqrt());
            assert!((evidence - want).abs() < 0.04, "{evidence} for {want} of {n} worlds");
            assert!((it.best_shares()[1] - normal::cdf(0.1)).abs() < 4.0 * 0.5 / (n as f64).sqrt());
        }
        assert!(worlds(2500, 0.1).evidence_best(1000, 1).unwrap()[1] > 0.99);
    }

    #[test]
    fn the_table_of_costs_and_effects_gives_what_its_net_benefit_gives() {
        let cost = [vec![0.0, 5.0], vec![0.0, 7.0], vec![0.0, 6.0], vec![0.0, 6.5]];
        let effect = [vec![1.0, 3.0], vec![2.0, 3.0], vec![1.0, 5.0], vec![0.0, 1.0]];
        let psa = Psa::new(vec!["a".into(), "b".into()], &cost, &effect).unwrap();
        let means = psa.resampled_means(500, 9).unwrap();
        for k in [0.0, 1.0, 3.0, 4.0, 100.0] {
            let (one, other) = (means.evidence_best(k).unwrap(), psa.at(k).unwrap().evidence_best(500, 9).unwrap());
            assert!(one.iter().zip(&other).all(|(a, b)| (a - b).abs() < 0.005), "{one:?} and {other:?} at {k}");
            assert!((one.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert_eq!(means, psa.resampled_means(500, 9).unwrap());
        assert_ne!(means, psa.resampled_means(500, 10).unwrap());
    }

    #[test]
    fn edges_are_as_documented() {
        let equal = NetBenefit::of(&[vec![1.0, 1.0], vec![3.0, 3.0]]).unwrap();
        assert_eq!(equal.evidence_best(10, 1), Some(vec![0.5, 0.5]));
        assert_eq!(equal.evidence_best(0, 1), None);
        assert_eq!(NetBenefit::of(&[vec![1.0, 2.0]]).unwrap().evidence_best(10, 1), None);
        let psa = Psa::new(vec!["a".into()], &[vec![1.0], vec![2.0]], &[vec![0.0], vec![0.0]]).unwrap();
        let means = psa.resampled_means(3, 1).unwrap();
        assert_eq!((means.evidence_best(1.0), means.evidence_best(f64::NAN)), (Some(vec![1.0]), None));
    }
}
