//! What could be learnt, told from luck that could not: the value of information from means that still hold noise.

use super::net_benefit::maximum;
use crate::numeric::symmetric::{Eigen, product};

/// The mean net benefit of some runs that have something in common, and how far their luck may have moved it.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Its share of all; shares need not sum to 1.
    pub(super) weight: f64,
    /// Mean of each option, less the mean of all options: what is common to them decides nothing.
    mean: Vec<f64>,
    /// Covariance of those means that luck has given them, row by row; `None` for a single run.
    noise: Option<Vec<f64>>,
    /// Runs.
    n: usize,
}

/// A value of information with and without the luck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) corrected: f64,
    pub(super) naive: f64,
    /// The share of the group means' variance that is luck, 0 to 1, or more where luck alone explains all.
    pub(super) luck_share: f64,
}

impl Group {
    /// From runs, each with a value for every option. `None` of no runs.
    pub(super) fn of<'a>(weight: f64, runs: impl Iterator<Item = &'a [f64]> + Clone) -> Option<Group> {
        let options = runs.clone().next()?.len();
        let contrast = |run: &'a [f64]| {
            let common = run.iter().sum::<f64>() / options as f64;
            run.iter().map(move |value| value - common)
        };
        let (mut mean, mut n) = (vec![0.0; options], 0_usize);
        for run in runs.clone() {
            mean.iter_mut().zip(contrast(run)).for_each(|(sum, value)| *sum += value);
            n += 1;
        }
        mean.iter_mut().for_each(|sum| *sum /= n as f64);
        if n < 2 {
            return Some(Group { weight, mean, noise: None, n });
        }
        let mut noise = vec![0.0; options * options];
        let mut off = vec![0.0; options];
        for run in runs {
            off.iter_mut().zip(contrast(run).zip(&mean)).for_each(|(off, (value, mean))| *off = value - mean);
            for (i, x) in off.iter().enumerate() {
                noise[i * options..].iter_mut().zip(&off).for_each(|(sum, y)| *sum += x * y);
            }
        }
        let scale = 1.0 / ((n - 1) as f64 * n as f64);
        noise.iter_mut().for_each(|sum| *sum *= scale);
        Some(Group { weight, mean, noise: Some(noise), n })
    }
}

/// The value of knowing the group before choosing. `None` if there is no group, or none of them has two runs.
///
/// Naive: E max_d m_d(g) - max_d E m_d(g) of the groups' means m. These spread by what differs between the groups and
/// by luck: their covariance S is that of what could be learnt, and the average N of their own covariances by luck. The
/// means are therefore drawn together around their average by the linear map T with T S T' = S - N that moves them
/// least, T = S^(-1/2) (S^(1/2) (S - N) S^(1/2))^(1/2) S^(-1/2) (Olkin and Pukelsheim, Linear Algebra and its
/// Applications 48, 1982, 257-263), and the same is computed of those. Exact for normal means; elsewhere both vanish
/// together as luck does. Where N exceeds S in a direction, nothing is left of it.
pub(super) fn value<'g>(groups: impl Iterator<Item = &'g Group> + Clone) -> Option<Found> {
    let options = groups.clone().next()?.mean.len();
    let total: f64 = groups.clone().map(|group| group.weight).sum();
    let mut centre = vec![0.0; options];
    for group in groups.clone() {
        centre.iter_mut().zip(&group.mean).for_each(|(sum, mean)| *sum += group.weight / total * mean);
    }
    let each = pooled(groups.clone(), options)?;
    let (mut spread, mut noise) = (vec![0.0; options * options], vec![0.0; options * options]);
    for group in groups.clone() {
        let share = group.weight / total;
        let own = |at: usize| group.noise.as_ref().map_or(each[at] / group.n as f64, |noise| noise[at]);
        for i in 0..options {
            for j in 0..options {
                let at = i * options + j;
                spread[at] += share * (group.mean[i] - centre[i]) * (group.mean[j] - centre[j]);
                // The group's own luck is in the centre too.
                noise[at] += share * (1.0 - share) * own(at);
            }
        }
    }
    let trace = |matrix: &[f64]| (0..options).map(|i| matrix[i * options + i]).sum::<f64>();
    let luck_share = if trace(&spread) > 0.0 { trace(&noise) / trace(&spread) } else { 0.0 };
    let map = shrinking(&rows(&spread, options), &rows(&noise, options))?;
    let best = (0..options).max_by(|a, b| centre[*a].total_cmp(&centre[*b]))?;
    let (mut naive, mut corrected) = (0.0, 0.0);
    for group in groups {
        let share = group.weight / total;
        let off: Vec<f64> = group.mean.iter().zip(&centre).map(|(mean, centre)| mean - centre).collect();
        let drawn_in = |row: &Vec<f64>| row.iter().zip(&off).map(|(weight, off)| weight * off).sum::<f64>();
        let drawn: Vec<f64> = map.iter().zip(&centre).map(|(row, centre)| centre + drawn_in(row)).collect();
        naive += share * (maximum(&group.mean) - group.mean[best]);
        corrected += share * (maximum(&drawn) - drawn[best]);
    }
    Some(Found { corrected, naive, luck_share })
}

/// Covariance of one run by luck, averaged over the groups that show it, each by its runs less one. `None` if none
/// does.
fn pooled<'g>(groups: impl Iterator<Item = &'g Group>, options: usize) -> Option<Vec<f64>> {
    let (mut sum, mut freedom) = (vec![0.0; options * options], 0.0);
    for group in groups {
        if let Some(noise) = &group.noise {
            let own = (group.n - 1) as f64;
            sum.iter_mut().zip(noise).for_each(|(sum, value)| *sum += own * group.n as f64 * value);
            freedom += own;
        }
    }
    (freedom > 0.0).then(|| sum.iter().map(|value| value / freedom).collect())
}

/// The map T of [`value`], from the means' covariance and the part of it that is luck.
fn shrinking(spread: &[Vec<f64>], noise: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let eigen = Eigen::of(spread)?;
    let most = maximum(&eigen.values);
    // Directions in which nothing spreads: that of what is common to all options, and those of equal options.
    let is_flat = |value: f64| value <= FLAT * most;
    let root = eigen.map(|value| if is_flat(value) { 0.0 } else { value.sqrt() });
    let inverse = eigen.map(|value| if is_flat(value) { 0.0 } else { 1.0 / value.sqrt() });
    let learnt: Vec<Vec<f64>> =
        spread.iter().zip(noise).map(|(s, n)| s.iter().zip(n).map(|(s, n)| s - n).collect()).collect();
    let middle = Eigen::of(&product(&product(&root, &learnt), &root))?.map(|value| value.max(0.0).sqrt());
    Some(product(&product(&inverse, &middle), &inverse))
}

/// Variance below this share of the largest is rounding.
const FLAT: f64 = 1e-12;

fn rows(matrix: &[f64], options: usize) -> Vec<Vec<f64>> {
    matrix.chunks_exact(options).map(<[f64]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transposed(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
        (0..matrix.len()).map(|j| matrix.iter().map(|row| row[j]).collect()).collect()
    }

    #[test]
    fn the_map_takes_luck_out_of_the_covariance() {
        let spread = vec![vec![5.0, 1.0, 0.5], vec![1.0, 4.0, -1.0], vec![0.5, -1.0, 3.0]];
        let noise = vec![vec![1.0, 0.4, 0.0], vec![0.4, 2.0, -0.5], vec![0.0, -0.5, 0.5]];
        let map = shrinking(&spread, &noise).unwrap();
        let left = product(&product(&map, &spread), &transposed(&map));
        for i in 0..3 {
            for j in 0..3 {
                assert!((left[i][j] - (spread[i][j] - noise[i][j])).abs() < 1e-12, "{left:?}");
                assert!((map[i][j] - map[j][i]).abs() < 1e-12, "the shortest way is symmetric");
            }
        }
    }

    #[test]
    fn without_luck_nothing_moves_and_with_luck_alone_nothing_is_left() {
        let spread = vec![vec![2.0, -2.0], vec![-2.0, 2.0]];
        let none = shrinking(&spread, &[vec![0.0; 2], vec![0.0; 2]]).unwrap();
        // A half of the identity: the direction common to both options has no spread.
        for (got, want) in none.iter().flatten().zip([0.5, -0.5, -0.5, 0.5]) {
            assert!((got - want).abs() < 1e-12);
        }
        let twice: Vec<Vec<f64>> = spread.iter().map(|row| row.iter().map(|value| 2.0 * value).collect()).collect();
        assert_eq!(shrinking(&spread, &twice), Some(vec![vec![0.0; 2]; 2]));
        assert_eq!(shrinking(&[vec![0.0; 2], vec![0.0; 2]], &spread), Some(vec![vec![0.0; 2]; 2]));
    }

    #[test]
    fn a_group_keeps_the_covariance_of_its_mean() {
        let runs = [[4.0, 0.0], [8.0, 0.0], [6.0, 0.0]];
        let group = Group::of(1.0, runs.iter().map(|run| run.as_slice())).unwrap();
        assert_eq!(group.mean, [3.0, -3.0]);
        // Contrasts 2, 4, 3 have a variance of 1, their mean a third.
        for (got, want) in group.noise.unwrap().iter().zip([1.0, -1.0, -1.0, 1.0]) {
            assert!((got - want / 3.0).abs() < 1e-15);
        }
        let single = Group::of(1.0, runs[..1].iter().map(|run| run.as_slice())).unwrap();
        assert!(single.noise.is_none() && value([single].iter()).is_none());
        assert!(Group::of(1.0, std::iter::empty()).is_none());
    }
}
