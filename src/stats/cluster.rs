//! Values that come in clusters: runs of one draw of the inputs have those inputs in common.
//!
//! The cluster is the unit. Runs of one cluster are alike, so that many runs in few clusters say less than they seem to.

use super::summary::{Summary, moments};
use super::{Interval, interval};

/// Values by cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Clusters {
    /// None of them empty, all values finite.
    clusters: Vec<Vec<f64>>,
    means: Vec<f64>,
}

/// The variance of single values, taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceSplit {
    /// Variance of the clusters' true means: doubt. Unbiased before it is cut at 0.
    pub between: f64,
    /// Variance within clusters: luck. Unbiased.
    pub within: f64,
}

impl Clusters {
    /// Empty clusters are left out. `None` if there is no other, or a value is not finite.
    pub fn of(clusters: impl IntoIterator<Item = Vec<f64>>) -> Option<Clusters> {
        let clusters: Vec<Vec<f64>> = clusters.into_iter().filter(|values| !values.is_empty()).collect();
        if clusters.is_empty() || clusters.iter().flatten().any(|value| !value.is_finite()) {
            return None;
        }
        let means = clusters.iter().map(|values| moments(values).0).collect();
        Some(Clusters { clusters, means })
    }

    /// The mean of each cluster, in order.
    pub fn means(&self) -> &[f64] {
        &self.means
    }

    /// All values, in order.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.clusters.iter().flatten().copied()
    }

    /// The mean of the clusters' means, so that each cluster counts the same.
    pub fn mean(&self) -> f64 {
        moments(&self.means).0
    }

    /// The t interval of that mean: the clusters are the sample, whatever varies within them or between them.
    pub fn mean_interval(&self, level: f64) -> Interval {
        let (mean, sd) = moments(&self.means);
        let n = self.means.len();
        Interval::of_mean(mean, sd / (n as f64).sqrt(), n, level)
    }

    /// The one-way analysis of variance with random effects (R. A. Fisher; S. R. Searle, G. Casella and C. E. McCulloch,
    /// *Variance Components*, section 3.6): with the mean squares between and within clusters,
    /// within = MSW and between = (MSB - MSW) / n0, where n0 is the size of the clusters, or for unequal ones
    /// (N - sum n_i^2 / N) / (clusters - 1). A negative difference is cut to 0. `None` for fewer than two clusters, or if
    /// none of them has two values: then luck and doubt cannot be told apart.
    pub fn split(&self) -> Option<VarianceSplit> {
        let k = self.clusters.len();
        let sizes: Vec<f64> = self.clusters.iter().map(|values| values.len() as f64).collect();
        let n: f64 = sizes.iter().sum();
        if k < 2 || n <= k as f64 {
            return None;
        }
        let grand = self.means.iter().zip(&sizes).map(|(mean, n)| mean * n).sum::<f64>() / n;
        let squares = |values: &[f64]| {
            let (_, sd) = moments(values);
            if values.len() < 2 { 0.0 } else { sd * sd * (values.len() - 1) as f64 }
        };
        let within = self.clusters.iter().map(|values| squares(values)).sum::<f64>() / (n - k as f64);
        let off = self.means.iter().zip(&sizes).map(|(mean, n)| n * (mean - grand) * (mean - grand));
        let between = off.sum::<f64>() / (k - 1) as f64;
        let size = (n - sizes.iter().map(|n| n * n).sum::<f64>() / n) / (k - 1) as f64;
        Some(VarianceSplit { between: ((between - within) / size).max(0.0), within })
    }

    /// Where nine clusters in ten lie, were each known without luck: 5 % and 95 % quantiles of the clusters' means, drawn
    /// together towards their mean until their variance is that between the clusters. The plain means would spread too
    /// far, since each still holds some luck (T. A. Louis, JASA 79, 1984, 393-398). `None` as for [`Clusters::split`].
    pub fn nine_in_ten(&self) -> Option<(f64, f64)> {
        let split = self.split()?;
        let (mean, sd) = moments(&self.means);
        let shrink = if sd > 0.0 { (split.between.sqrt() / sd).min(1.0) } else { 0.0 };
        let drawn: Vec<f64> = self.means.iter().map(|m| mean + shrink * (m - mean)).collect();
        let summary = Summary::of(&drawn)?;
        Some((summary.quantile(0.05), summary.quantile(0.95)))
    }

    /// The share of values above `x` with its interval, see [`Interval::of_clustered_share`].
    pub fn share_above(&self, x: f64, level: f64) -> (f64, Interval) {
        let count = |values: &Vec<f64>| (values.iter().filter(|value| **value > x).count() as u64, values.len() as u64);
        let counts: Vec<(u64, u64)> = self.clusters.iter().map(count).collect();
        let (events, n) = counts.iter().fold((0, 0), |(a, b), (events, n)| (a + events, b + n));
        (events as f64 / n as f64, Interval::of_clustered_share(&counts, level))
    }
}

impl VarianceSplit {
    /// The share of the variance that lies between the clusters, 0 to 1; none if nothing varies. As a quotient of unbiased
    /// estimates it is not unbiased itself.
    pub fn share(&self) -> Option<f64> {
        let all = self.between + self.within;
        (all > 0.0).then(|| self.between / all)
    }
}

impl Interval {
    /// The interval of a proportion whose trials come in clusters, `(events, trials)` each: Wilson's with as many trials
    /// as would be worth the same without clusters, share (1 - share) / se^2 where se is the standard error over the
    /// clusters' own shares, but no more than there are; and with the quantile of Student's t for the clusters (E. L. Korn
    /// and B. I. Graubard, Survey Methodology 24, 1998, 193-201, for the effective size). Where no trial or every trial was
    /// an event, the exact interval of one trial a cluster, which is on the safe side. 0 to 1 for fewer than two clusters.
    pub fn of_clustered_share(counts: &[(u64, u64)], level: f64) -> Interval {
        let counts: Vec<(u64, u64)> = counts.iter().copied().filter(|(_, n)| *n > 0).collect();
        let k = counts.len();
        let (events, n) = counts.iter().fold((0, 0), |(a, b), (events, n)| (a + events, b + n));
        if k < 2 {
            return Interval { low: 0.0, high: 1.0, level };
        }
        if events == 0 || events >= n {
            return Interval::clopper_pearson(if events == 0 { 0 } else { k as u64 }, k as u64, level);
        }
        let shares: Vec<f64> = counts.iter().map(|(events, n)| *events as f64 / *n as f64).collect();
        let (_, sd) = moments(&shares);
        let share = events as f64 / n as f64;
        let error = sd / (k as f64).sqrt();
        let worth = if error > 0.0 { (share * (1.0 - share) / (error * error)).min(n as f64) } else { n as f64 };
        interval::score(share, worth, interval::t_quantile(level, k), level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::normal;
    use crate::random::{Entity, Luck, Purpose, Stream};

    fn clusters(values: &[&[f64]]) -> Clusters {
        Clusters::of(values.iter().map(|values| values.to_vec())).unwrap()
    }

    #[track_caller]
    fn near(value: f64, expect: f64, by: f64) {
        assert!((value - expect).abs() <= by, "{value}, not {expect}");
    }

    /// Calcium in four turnip leaves, four determinations each: G. W. Snedecor and W. G. Cochran, *Statistical Methods*,
    /// the usual example. Printed: mean squares 0.2961 and 0.0066, component of leaves 0.0724.
    #[test]
    fn the_printed_components_of_the_turnip_leaves_are_met() {
        let leaves = clusters(&[
            &[3.28, 3.09, 3.03, 3.03],
            &[3.52, 3.48, 3.38, 3.38],
            &[2.88, 2.80, 2.81, 2.76],
            &[3.34, 3.38, 3.23, 3.26],
        ]);
        let split = leaves.split().unwrap();
        near(split.within, 0.079_225 / 12.0, 1e-12);
        near(split.within, 0.0066, 5e-5);
        near(split.between, 0.0724, 5e-5);
        near(split.share().unwrap(), 0.916, 1e-3);
        // The interval is that of the four means, with three degrees of freedom: t = 3.18245.
        let interval = leaves.mean_interval(0.95);
        near(leaves.mean(), 3.165_625, 1e-12);
        near(interval.half_width(), 3.182_446 * (0.296_122_9_f64 / 16.0).sqrt(), 1e-5);
    }

    #[test]
    fn unequal_clusters_are_split_as_by_hand() {
        // Grand mean 4.5; SSB 19.5, SSW 10; n0 = (6 - 14/6)/2 = 11/6.
        let split = clusters(&[&[1.0, 3.0], &[4.0, 6.0, 8.0], &[5.0]]).split().unwrap();
        near(split.within, 10.0 / 3.0, 1e-12);
        near(split.between, 3.5, 1e-12);
    }

    #[test]
    fn more_luck_than_the_means_show_leaves_no_doubt() {
        let alike = clusters(&[&[1.0, 9.0], &[9.0, 1.0], &[2.0, 8.0]]);
        assert_eq!(alike.split().unwrap().between, 0.0);
        assert_eq!(alike.nine_in_ten(), Some((5.0, 5.0)));
        let sure = clusters(&[&[1.0, 1.0], &[2.0, 2.0], &[3.0, 3.0]]);
        assert_eq!(sure.split().unwrap(), VarianceSplit { between: 1.0, within: 0.0 });
        assert_eq!((sure.split().unwrap().share(), sure.nine_in_ten()), (Some(1.0), Some((1.1, 2.9))));
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Clusters::of([]), None);
        assert_eq!(Clusters::of([vec![], vec![]]), None);
        assert_eq!(Clusters::of([vec![1.0, f64::NAN]]), None);
        let ones = clusters(&[&[1.0], &[2.0], &[3.0]]);
        assert_eq!((ones.split(), ones.nine_in_ten()), (None, None), "one value each: no luck to be seen");
        let one = clusters(&[&[1.0, 2.0]]);
        assert_eq!((one.split(), one.mean_interval(0.95)), (None, Interval::unbounded(0.95)));
        assert_eq!(clusters(&[&[4.0, 4.0], &[4.0]]).split().unwrap().share(), None);
        let all = |low, high| Interval { low, high, level: 0.95 };
        assert_eq!(Interval::of_clustered_share(&[(3, 9)], 0.95), all(0.0, 1.0));
        assert_eq!(
            Interval::of_clustered_share(&[(0, 9), (0, 9), (0, 0)], 0.95),
            Interval::clopper_pearson(0, 2, 0.95)
        );
        assert_eq!(Interval::of_clustered_share(&[(9, 9), (9, 9)], 0.95), Interval::clopper_pearson(2, 2, 0.95));
    }

    fn stream(name: &str) -> Stream {
        Luck::new(3).stream(Purpose::TEST, Entity::of(name))
    }

    /// Doubt and luck with variance 1 each; ten clusters of five. The estimates are unbiased, the clusters' interval keeps
    /// its level, and one that takes all fifty values for independent does not.
    ///
    /// Of 4,000 repetitions, the share covered has a standard error of 0.0034: 3.5 of them fail with chance 1 in 2,000.
    #[test]
    fn the_interval_of_clusters_keeps_its_level() {
        let mut stream = stream("clusters");
        let mut normal = || normal::quantile(stream.uniform());
        let (mut kept, mut naive, mut between, mut within) = (0, 0, 0.0, 0.0);
        let repetitions = 4000;
        for _ in 0..repetitions {
            let draws: Vec<Vec<f64>> = (0..10)
                .map(|_| {
                    let doubt = normal();
                    (0..5).map(|_| doubt + normal()).collect()
                })
                .collect();
            let all = Summary::of(&draws.concat()).unwrap();
            naive += i32::from(all.mean_interval(0.95).contains(0.0));
            let clusters = Clusters::of(draws).unwrap();
            kept += i32::from(clusters.mean_interval(0.95).contains(0.0));
            let split = clusters.split().unwrap();
            between += split.between / f64::from(repetitions);
            within += split.within / f64::from(repetitions);
        }
        let share = |count: i32| f64::from(count) / f64::from(repetitions);
        near(share(kept), 0.95, 0.012);
        assert!(share(naive) < 0.75, "{}", share(naive));
        // Standard deviations of one estimate: about 0.57 and 0.22.
        near(between, 1.0, 0.035);
        near(within, 1.0, 0.014);
    }

    /// Events whose chance differs between clusters. Averaged over these cases the level is kept to about a point.
    #[test]
    fn the_interval_of_a_clustered_share_keeps_its_level() {
        let mut stream = stream("shares");
        for (low, high) in [(0.1, 0.5), (0.3, 0.7), (0.45, 0.55)] {
            let (mut kept, mut naive) = (0, 0);
            for _ in 0..2000 {
                let counts: Vec<(u64, u64)> = (0..20)
                    .map(|_| {
                        let chance = low + (high - low) * stream.uniform();
                        ((0..10).filter(|_| stream.uniform() < chance).count() as u64, 10)
                    })
                    .collect();
                let truth = 0.5 * (low + high);
                kept += i32::from(Interval::of_clustered_share(&counts, 0.95).contains(truth));
                let events = counts.iter().map(|(events, _)| events).sum();
                naive += i32::from(Interval::wilson(events, 200, 0.95).contains(truth));
            }
            let share = f64::from(kept) / 2000.0;
            assert!((0.93..=0.985).contains(&share), "{low} to {high}: {share}, naively {}", f64::from(naive) / 2000.0);
        }
    }
}
