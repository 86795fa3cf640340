//! EVPI of a simulator with luck in it: a design of world draws and replications.

use super::evidence::places;
use super::learnable::{self, Group};
use super::net_benefit::NetBenefit;
use crate::stats::{Interval, Summary};

/// Net benefits of several runs in each world. All options of one run met the same luck.
#[derive(Clone, Debug)]
pub struct Replicated {
    means: NetBenefit,
    groups: Vec<Group>,
}

/// Expected value of perfect information about the world, luck taken out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evpi {
    /// The estimate.
    pub value: f64,
    /// Percentile interval of the estimate over resampled worlds (bootstrap).
    pub interval: Interval,
    /// What the world means would give if they were read as if they held no luck: too high.
    pub naive: f64,
    /// The share of the variance of world means that is luck: near 0 with many runs a world, and 1 or more where runs
    /// show nothing else.
    pub luck_share: f64,
}

impl Replicated {
    /// From worlds, in each of them runs, in each run one value an option. Worlds may have different numbers of runs.
    /// `None` if there is no world, a world has no run, runs differ in length or are empty, or a value is not finite.
    pub fn of(worlds: &[Vec<Vec<f64>>]) -> Option<Replicated> {
        let tables: Option<Vec<NetBenefit>> = worlds.iter().map(|runs| NetBenefit::of(runs)).collect();
        let tables = tables?;
        let means = NetBenefit::of(&tables.iter().map(NetBenefit::means).collect::<Vec<_>>())?;
        let group = |runs: &Vec<Vec<f64>>| Group::of(1.0, runs.iter().map(Vec::as_slice));
        Some(Replicated { means, groups: worlds.iter().filter_map(group).collect() })
    }

    /// The world means, for means over worlds. What it says of single worlds still holds luck.
    pub fn means(&self) -> &NetBenefit {
        &self.means
    }

    /// EVPI with the luck of the world means taken out by their variance within worlds, and a bootstrap interval over
    /// worlds from `resamples` resamples under `seed`. `None` for fewer than two worlds, no resample, or if no world
    /// has two runs: a single run cannot tell luck from doubt, and a wrong answer is worse than none.
    ///
    /// The variance is taken out exactly, and the shape is that of the world means: exact where doubt and luck are
    /// normal, and close where either is and luck does not outweigh doubt. More runs a world make it exact for all.
    pub fn evpi(&self, level: f64, resamples: usize, seed: u64) -> Option<Evpi> {
        let n = self.groups.len();
        if n < 2 || resamples == 0 {
            return None;
        }
        let found = learnable::value(self.groups.iter())?;
        let drawn = (0..resamples).filter_map(|sample| {
            let of_worlds: Vec<&Group> =
                places("bootstrap of EVPI", seed, sample, n).map(|place| &self.groups[place]).collect();
            learnable::value(of_worlds.into_iter()).map(|found| found.corrected)
        });
        let drawn = Summary::of(&drawn.collect::<Vec<f64>>())?;
        let tail = 0.5 * (1.0 - level.clamp(0.0, 1.0));
        Some(Evpi {
            value: found.corrected,
            interval: Interval { low: drawn.quantile(tail), high: drawn.quantile(1.0 - tail), level },
            naive: found.naive,
            luck_share: found.luck_share,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::gaussian::evpi_gaussian;
    use super::*;
    use crate::numeric::normal;
    use crate::random::{Entity, Luck, Purpose};

    /// Worlds of a normal doubt about each option but the first, and runs with normal luck.
    fn design(worlds: usize, runs: usize, doubt: &[(f64, f64)], luck: f64, seed: u64) -> Replicated {
        let mut stream = Luck::new(seed).stream(Purpose::TEST, Entity::of("replicated"));
        let mut normal = |mean: f64, sd: f64| mean + sd * normal::quantile(stream.uniform());
        let world = |normal: &mut dyn FnMut(f64, f64) -> f64| -> Vec<Vec<f64>> {
            let truth: Vec<f64> = doubt.iter().map(|(mean, sd)| normal(*mean, *sd)).collect();
            let run = |_| {
                let common = normal(0.0, 30.0);
                std::iter::once(common).chain(truth.iter().map(|mean| common + normal(*mean, luck))).collect()
            };
            (0..runs).map(run).collect()
        };
        let all: Vec<Vec<Vec<f64>>> = (0..worlds).map(|_| world(&mut normal)).collect();
        Replicated::of(&all).unwrap()
    }

    #[test]
    fn few_runs_a_world_give_the_value_of_many() {
        let truth = evpi_gaussian(1.0, 2.0).unwrap();
        for (worlds, runs, seed) in [(4000, 2, 1), (2000, 5, 2), (400, 200, 3)] {
            let it = design(worlds, runs, &[(1.0, 2.0)], 3.0, seed).evpi(0.999, 200, 1).unwrap();
            // A false failure in 1,000 for each of three, seeds fixed.
            assert!(it.interval.contains(truth), "{truth} is not in {it:?}");
            assert!((it.value - truth).abs() < 0.1 && it.naive > it.value, "{it:?}");
        }
    }

    /// With two further options the maximum of three: compared with worlds that hold no luck at all.
    #[test]
    fn three_options_are_corrected_together() {
        let doubt = [(0.5, 2.0), (0.0, 1.0)];
        let truth = design(40_000, 1, &doubt, 0.0, 5).means().evpi();
        let it = design(6000, 3, &doubt, 3.0, 6).evpi(0.95, 50, 1).unwrap();
        // The standard error of either is below 0.025; four of both together.
        assert!((it.value - truth).abs() < 0.1, "{truth}, and {it:?}");
        assert!(it.naive > truth + 0.4);
    }

    /// No doubt at all: everything is luck, and luck has no price. 0 is the end of what can be estimated, so that half
    /// of all samples give it and the others little more.
    #[test]
    fn luck_alone_is_worth_nothing() {
        let it = design(3000, 4, &[(0.2, 0.0)], 5.0, 8).evpi(0.95, 50, 1).unwrap();
        assert!(it.value < 0.1 && it.naive > 0.8 && (it.luck_share - 1.0).abs() < 0.2, "{it:?}");
    }

    /// The interval holds the truth in 95 of 100 designs of 200 worlds and 5 runs, 19 of 20 or so: fewer than 86 in 100
    /// would come by chance once in 10,000.
    #[test]
    fn intervals_keep_their_level() {
        let truth = evpi_gaussian(1.0, 2.0).unwrap();
        let holds = |seed: &u64| {
            design(200, 5, &[(1.0, 2.0)], 3.0, 100 + seed).evpi(0.95, 200, *seed).unwrap().interval.contains(truth)
        };
        let held = (0..100).filter(holds).count();
        assert!(held >= 86, "{held}");
    }

    #[test]
    fn edges_are_as_documented() {
        let world = |values: &[&[f64]]| values.iter().map(|run| run.to_vec()).collect::<Vec<_>>();
        assert!(Replicated::of(&[]).is_none());
        assert!(Replicated::of(&[vec![]]).is_none());
        assert!(Replicated::of(&[world(&[&[1.0, 2.0]]), world(&[&[1.0]])]).is_none());
        assert!(Replicated::of(&[world(&[&[f64::NAN, 2.0]])]).is_none());
        let (one, two) = (world(&[&[5.0, 2.0], &[5.0, 4.0]]), world(&[&[0.0, 2.0]]));
        let single_runs = Replicated::of(&[two.clone(), two.clone()]).unwrap();
        assert_eq!(single_runs.evpi(0.95, 10, 1), None);
        assert_eq!(Replicated::of(std::slice::from_ref(&one)).unwrap().evpi(0.95, 10, 1), None);
        // A world with a single run borrows the luck of the others.
        let mixed = Replicated::of(&[one, two]).unwrap();
        assert_eq!(mixed.evpi(0.95, 0, 1), None);
        assert!(mixed.evpi(0.95, 10, 1).is_some_and(|it| it.naive > it.value));
        let equal = Replicated::of(&vec![world(&[&[3.0, 3.0], &[3.0, 3.0]]); 3]).unwrap().evpi(0.95, 10, 1).unwrap();
        assert_eq!((equal.value, equal.naive, equal.luck_share), (0.0, 0.0, 0.0));
    }
}
