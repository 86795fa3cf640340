//! Fully sequential selection, after Kim and Nelson: options are dropped run by run, as soon as they are shown to be worse.
//!
//! S.-H. Kim and B. L. Nelson, ACM TOMACS 11, 2001, 251-273.
//!
//! Replication r of each option should have the same luck: the procedure works on the variances of differences, so that
//! common random numbers save runs, and its promise holds with them.

use thiserror::Error;

use super::Goal;

/// eta for c = 1: (1/2) ((2 alpha/(options - 1))^(-2/(first - 1)) - 1). Alpha is shared out among the comparisons as
/// Bonferroni does, which dependence between options cannot spoil. `None` unless there are two options and two first runs
/// at least and 0 < alpha < 1 - 1/options: beyond that, guessing would do as well.
pub fn eta(alpha: f64, options: usize, first: usize) -> Option<f64> {
    if options < 2 || first < 2 || alpha.is_nan() || alpha <= 0.0 || alpha >= 1.0 - 1.0 / options as f64 {
        return None;
    }
    let each = 2.0 * alpha / (options - 1) as f64;
    Some(0.5 * libm::expm1(-2.0 / (first - 1) as f64 * libm::log(each)))
}

/// h^2 = 2 eta (first - 1). `None` as for [`eta`].
pub fn h_squared(alpha: f64, options: usize, first: usize) -> Option<f64> {
    Some(2.0 * eta(alpha, options, first)? * (first - 1) as f64)
}

/// W: by how much a mean of `n` runs may lie behind another before its option is dropped,
/// max(0, delta/(2 n) (h^2 S^2/delta^2 - n)), where S^2 is the variance of the two options' differences in the first runs.
pub fn margin(h_squared: f64, variance: f64, delta: f64, n: usize) -> f64 {
    let n = n as f64;
    (0.5 * delta / n * (h_squared * variance / (delta * delta) - n)).max(0.0)
}

/// The run from which on the margin is 0, so that no pair of options needs more: h^2 S^2/delta^2, rounded up.
pub fn longest(h_squared: f64, variance: f64, delta: f64) -> f64 {
    (h_squared * variance / (delta * delta)).ceil()
}

/// What a selection is to promise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KimNelsonPlan {
    /// How many options there are, 1 at least.
    pub options: usize,
    /// Which end of the measure is good.
    pub goal: Goal,
    /// The indifference zone, in the unit of the measure, above 0: a difference that is worth telling.
    pub delta: f64,
    /// The chance of a wrong selection that is allowed, 0 to 1 - 1/options.
    pub alpha: f64,
    /// Runs of each option before any is dropped, 2 at least. The variances come from these alone; 10 to 50 are usual.
    pub first: usize,
    /// Runs of an option at most. A selection that ends there promises nothing.
    pub cap: usize,
}

/// A selection under way. Give it one replication after another with [`KimNelson::observe`] until [`KimNelson::ended`].
#[derive(Clone, Debug)]
pub struct KimNelson {
    plan: KimNelsonPlan,
    h_squared: f64,
    /// Options still in, rising.
    left: Vec<usize>,
    dropped: Vec<Dropped>,
    sums: Vec<f64>,
    /// The first replications, until the variances are made of them.
    pilot: Vec<Vec<f64>>,
    /// Variance of the difference of options i and l, at i * options + l.
    variances: Vec<f64>,
    replications: usize,
    total: u64,
    ended: Option<Ended>,
}

/// An option that was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Which one.
    pub option: usize,
    /// After how many replications.
    pub after: usize,
    /// Behind which other option it lay furthest beyond the margin.
    pub behind: usize,
}

/// How a selection ended, and with which option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// One option is left, or the margins are 0 and it has the best mean. With chance 1 - alpha at least it is the best
    /// option, if that is better than all others by delta or more; normal values, independent replications.
    Selected(usize),
    /// As above, but other options have exactly the same mean; this is the first of them.
    Tied(usize),
    /// The cap came first. This option has the best mean so far; nothing is promised.
    Capped(usize),
}

/// Why a replication was refused. The selection is as it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ObservationError {
    /// The selection has ended.
    #[error("the selection has ended")]
    Ended,
    /// There is not one value for each option.
    #[error("{got} values for {options} options")]
    Length {
        /// How many values there were.
        got: usize,
        /// How many options there are, the dropped ones among them.
        options: usize,
    },
    /// The value of an option that is still in is not finite.
    #[error("the value of option {0} is not finite")]
    NotFinite(usize),
}

impl KimNelson {
    /// `None` for a plan out of the stated ranges. A single option is selected at once.
    pub fn new(plan: KimNelsonPlan) -> Option<KimNelson> {
        let KimNelsonPlan { options, delta, alpha, first, cap, .. } = plan;
        if options == 0 || !delta.is_finite() || delta <= 0.0 || first < 2 || cap < first {
            return None;
        }
        let h_squared = if options == 1 { 0.0 } else { h_squared(alpha, options, first)? };
        Some(KimNelson {
            plan,
            h_squared,
            left: (0..options).collect(),
            dropped: Vec::new(),
            sums: vec![0.0; options],
            pilot: Vec::with_capacity(first),
            variances: Vec::new(),
            replications: 0,
            total: 0,
            ended: (options == 1).then_some(Ended::Selected(0)),
        })
    }

    /// Takes the next replication: a value for each option, by its index. Values of options that were dropped are not
    /// looked at, so that a block of replications may be run before it is known who is left.
    pub fn observe(&mut self, values: &[f64]) -> Result<Option<Ended>, ObservationError> {
        if self.ended.is_some() {
            return Err(ObservationError::Ended);
        }
        if values.len() != self.plan.options {
            return Err(ObservationError::Length { got: values.len(), options: self.plan.options });
        }
        if let Some(&option) = self.left.iter().find(|&&option| !values[option].is_finite()) {
            return Err(ObservationError::NotFinite(option));
        }
        self.replications += 1;
        self.total += self.left.len() as u64;
        for &option in &self.left {
            self.sums[option] += values[option];
        }
        if self.replications <= self.plan.first {
            self.pilot.push(values.to_vec());
        }
        if self.replications == self.plan.first {
            self.variances = variances_of_differences(&self.pilot, self.plan.options);
            self.pilot = Vec::new();
        }
        if self.replications >= self.plan.first {
            self.screen();
        }
        Ok(self.ended)
    }

    /// Options that are still in, rising.
    pub fn left(&self) -> &[usize] {
        &self.left
    }

    /// Options that were dropped, in the order in which it happened.
    pub fn dropped(&self) -> &[Dropped] {
        &self.dropped
    }

    /// How it ended, once it has.
    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// The chance that the selection is right, as far as it promises one: 1 - alpha, under the conditions of
    /// [`Ended::Selected`]; 1 for a single option. None while it is under way, and where the cap ended it.
    pub fn promise(&self) -> Option<f64> {
        match self.ended? {
            Ended::Capped(_) => None,
            Ended::Selected(_) | Ended::Tied(_) if self.plan.options == 1 => Some(1.0),
            Ended::Selected(_) | Ended::Tied(_) => Some(1.0 - self.plan.alpha),
        }
    }

    /// Replications so far, of the options that are still in.
    pub fn replications(&self) -> usize {
        self.replications
    }

    /// Runs so far, of all options together.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The mean of an option that is still in, over all its runs; NaN before the first, or for no such option.
    pub fn mean(&self, option: usize) -> f64 {
        if self.left.contains(&option) { self.sums[option] / self.replications as f64 } else { f64::NAN }
    }

    /// Replications after which it ends at the latest, the cap aside: where the margins of all pairs left are 0. None
    /// before the first runs are in.
    pub fn latest_end(&self) -> Option<f64> {
        if self.variances.is_empty() {
            return None;
        }
        let all = self.pairs().map(|(i, l)| longest(self.h_squared, self.variance(i, l), self.plan.delta));
        Some(all.fold(self.plan.first as f64, f64::max))
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.left.iter().flat_map(|&i| self.left.iter().filter(move |&&l| l > i).map(move |&l| (i, l)))
    }

    fn variance(&self, i: usize, l: usize) -> f64 {
        self.variances[i * self.plan.options + l]
    }

    /// Drops options that lie behind another one of this round by more than the margin, and ends if it can.
    fn screen(&mut self) {
        let (r, delta) = (self.replications, self.plan.delta);
        let gains: Vec<f64> = self.sums.iter().map(|sum| self.plan.goal.gain(sum / r as f64)).collect();
        let beyond = |i: usize, l: usize| gains[l] - gains[i] - margin(self.h_squared, self.variance(i, l), delta, r);
        let mut fallen = Vec::new();
        for &i in &self.left {
            let others = self.left.iter().filter(|&&l| l != i).map(|&l| (l, beyond(i, l)));
            let worst = others.fold(None, |most: Option<(usize, f64)>, (l, by)| match most {
                Some((_, far)) if far >= by => most,
                _ => Some((l, by)),
            });
            if let Some((behind, by)) = worst
                && by > 0.0
            {
                fallen.push(Dropped { option: i, after: r, behind });
            }
        }
        self.left.retain(|i| fallen.iter().all(|dropped| dropped.option != *i));
        self.dropped.extend(fallen);

        let best = self.left.iter().copied().reduce(|best, i| if gains[i] > gains[best] { i } else { best });
        // The best of a round lies behind nobody, so that there always is one.
        let Some(best) = best else { return };
        let closed = self.pairs().all(|(i, l)| margin(self.h_squared, self.variance(i, l), delta, r) == 0.0);
        self.ended = if self.left.len() == 1 {
            Some(Ended::Selected(best))
        } else if closed {
            // With margins of 0 only options of exactly the best mean are left.
            Some(Ended::Tied(best))
        } else if r >= self.plan.cap {
            Some(Ended::Capped(best))
        } else {
            None
        };
    }
}

/// S^2 of all pairs of options, with divisor n-1.
fn variances_of_differences(rows: &[Vec<f64>], options: usize) -> Vec<f64> {
    let mut variances = vec![0.0; options * options];
    for i in 0..options {
        for l in i + 1..options {
            let differences: Vec<f64> = rows.iter().map(|row| row[i] - row[l]).collect();
            let (_, sd) = super::super::summary::moments(&differences);
            variances[i * options + l] = sd * sd;
            variances[l * options + i] = sd * sd;
        }
    }
    variances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose, draw};

    fn plan(options: usize, delta: f64) -> KimNelsonPlan {
        KimNelsonPlan { options, goal: Goal::Largest, delta, alpha: 0.05, first: 4, cap: 1000 }
    }

    #[test]
    fn a_small_selection_is_as_by_hand() {
        // eta of two options, n0 = 4, alpha = 0.05: (0.1^(-2/3) - 1)/2.
        let h2 = h_squared(0.05, 2, 4).unwrap();
        assert!((h2 - 3.0 * (libm::pow(0.1, -2.0 / 3.0) - 1.0)).abs() < 1e-12);
        let mut selection = KimNelson::new(plan(2, 1.0)).unwrap();
        // Differences 1, 3, 1, 3: mean 2, variance 4/3. The margin after 4 is (h2 * 4/3 - 4)/8 = 1.82, so the first round
        // drops the second option.
        for (r, ahead) in [1.0, 3.0, 1.0, 3.0].into_iter().enumerate() {
            let ended = selection.observe(&[10.0 + ahead, 10.0]).unwrap();
            assert_eq!(ended, (r == 3).then_some(Ended::Selected(0)));
        }
        assert!((margin(h2, 4.0 / 3.0, 1.0, 4) - (h2 * 4.0 / 3.0 - 4.0) / 8.0).abs() < 1e-12);
        assert_eq!(selection.dropped(), [Dropped { option: 1, after: 4, behind: 0 }]);
        assert_eq!((selection.left(), selection.replications(), selection.total()), ([0].as_slice(), 4, 8));
        assert_eq!(selection.observe(&[1.0, 2.0]), Err(ObservationError::Ended));
    }

    #[test]
    fn least_and_most_mirror_each_other_and_dropped_values_are_not_looked_at() {
        let run = |goal: Goal, sign: f64| {
            let mut stream = Luck::new(4).stream(Purpose::TEST, Entity::of("kn-mirror"));
            let mut selection = KimNelson::new(KimNelsonPlan { goal, ..plan(4, 0.3) }).unwrap();
            while selection.ended().is_none() {
                let mut values: Vec<f64> =
                    (0..4).map(|i| sign * (f64::from(i) * 0.4 + draw::uniform(stream.uniform(), 0.0, 2.0))).collect();
                for gone in selection.dropped() {
                    values[gone.option] = f64::NAN;
                }
                selection.observe(&values).unwrap();
            }
            (selection.ended(), selection.dropped().to_vec(), selection.total())
        };
        assert_eq!(run(Goal::Largest, 1.0), run(Goal::Smallest, -1.0));
        assert_eq!(run(Goal::Largest, 1.0).0, Some(Ended::Selected(3)));
    }

    #[test]
    fn equal_options_end_in_a_tie_and_caps_end_without_a_promise() {
        let mut equal = KimNelson::new(plan(3, 0.1)).unwrap();
        for r in 0..4 {
            equal.observe(&[f64::from(r), f64::from(r), -1.0]).unwrap();
        }
        assert_eq!(equal.ended(), None, "the third varies");
        let mut twins = KimNelson::new(plan(2, 0.1)).unwrap();
        let ends: Vec<_> = (0..4).map(|r| twins.observe(&[f64::from(r); 2]).unwrap()).collect();
        assert_eq!(ends, [None, None, None, Some(Ended::Tied(0))]);
        let mut capped = KimNelson::new(KimNelsonPlan { cap: 6, ..plan(2, 0.001) }).unwrap();
        let ends: Vec<_> = (0..6).map(|r| capped.observe(&[f64::from(r % 2), 0.4]).unwrap()).collect();
        assert_eq!(ends[4..], [None, Some(Ended::Capped(0))]);
        assert_eq!((equal.promise(), twins.promise(), capped.promise()), (None, Some(0.95), None));
    }

    #[test]
    fn it_ends_when_the_margins_are_gone() {
        let mut selection = KimNelson::new(plan(2, 0.5)).unwrap();
        assert_eq!(selection.latest_end(), None);
        while selection.ended().is_none() {
            // The means keep level on average; the last replication decides.
            let r = selection.replications();
            selection.observe(&[if r.is_multiple_of(2) { 1.0 } else { -1.0 }, 0.0]).unwrap();
        }
        let latest = longest(h_squared(0.05, 2, 4).unwrap(), 4.0 / 3.0, 0.5);
        assert!(selection.replications() as f64 <= latest, "{} of {latest}", selection.replications());
    }

    #[test]
    fn edges_are_as_documented() {
        assert!(KimNelson::new(plan(0, 1.0)).is_none() && KimNelson::new(plan(2, 0.0)).is_none());
        assert!(KimNelson::new(plan(2, f64::NAN)).is_none());
        for broken in [
            KimNelsonPlan { alpha: 0.5, ..plan(2, 1.0) },
            KimNelsonPlan { alpha: 0.0, ..plan(2, 1.0) },
            KimNelsonPlan { alpha: f64::NAN, ..plan(2, 1.0) },
            KimNelsonPlan { first: 1, ..plan(2, 1.0) },
            KimNelsonPlan { cap: 3, ..plan(2, 1.0) },
        ] {
            assert!(KimNelson::new(broken).is_none(), "{broken:?}");
        }
        assert_eq!(KimNelson::new(plan(1, 1.0)).unwrap().ended(), Some(Ended::Selected(0)));
        let mut selection = KimNelson::new(plan(2, 1.0)).unwrap();
        assert_eq!(selection.observe(&[1.0]), Err(ObservationError::Length { got: 1, options: 2 }));
        assert_eq!(selection.observe(&[1.0, f64::NAN]), Err(ObservationError::NotFinite(1)));
        assert_eq!((selection.replications(), selection.total()), (0, 0));
        assert!(selection.mean(0).is_nan() && selection.mean(7).is_nan());
    }
}
