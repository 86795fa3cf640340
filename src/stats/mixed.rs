//! A share of events where events and the others were sampled apart, and stand for known parts of the whole.
//!
//! As many runs are made with misuse as without, although one operator in 25 may be misused. The share among the runs is
//! then not the share in the world: its odds are to be multiplied by the odds of the parts (Bayes). That is monotone, so
//! the bounds of an interval go the same way, and it keeps its level. To weigh the trials first and to take the interval
//! then would not do: ten runs of the rare part and none of the other would look like ten trials out of ten, where one
//! run of the other part would outweigh them (compare N. D. Mercaldo, K. F. Lau and X. H. Zhou, Statistics in Medicine
//! 26, 2007, 2170-2183, on predictive values of samples of cases and controls).

use super::{Interval, interval};

/// The share of events among trials that come in independent units, of two samples.
#[derive(Clone, Debug, PartialEq)]
pub struct MixedShare {
    /// Events and all trials of each unit that has any.
    units: Vec<(f64, f64)>,
    /// As many independent trials as there could be at most.
    most: u64,
    odds: f64,
    events: f64,
    trials: f64,
}

impl MixedShare {
    /// `units` holds for each independent unit its trials that are events and those that are not; units without any
    /// are left out. `most`: how many of the trials could be independent of each other. `odds`: what an event weighs
    /// against a trial that is none. `None` if there is no trial, a number is negative or not finite, or `odds` is 0.
    pub fn of(units: impl IntoIterator<Item = (f64, f64)>, most: u64, odds: f64) -> Option<MixedShare> {
        let units: Vec<(f64, f64)> = units.into_iter().collect();
        let fits = |x: f64| x.is_finite() && x >= 0.0;
        if !units.iter().all(|(events, others)| fits(*events) && fits(*others)) || !fits(odds) || odds == 0.0 {
            return None;
        }
        let units: Vec<(f64, f64)> =
            units.into_iter().map(|(events, others)| (events, events + others)).filter(|unit| unit.1 > 0.0).collect();
        let (events, trials) = units.iter().fold((0.0, 0.0), |(a, b), (events, trials)| (a + events, b + trials));
        (trials > 0.0).then_some(MixedShare { units, most, odds, events, trials })
    }

    /// The share in the whole: the share s among the trials as odds s / (1 - s), times `odds`.
    pub fn share(&self) -> f64 {
        self.in_the_whole(self.events / self.trials)
    }

    /// Its interval, from that of the share among the trials: Wilson's with as many trials as would be worth the same
    /// without units, s (1 - s) / se^2, but no more than `most`, and with the quantile of Student's t for the units (E. L.
    /// Korn and B. I. Graubard, Survey Methodology 24, 1998, 193-201, for the effective size). se is that of the
    /// jackknife that leaves out one unit at a time (B. Efron and C. Stein, Annals of Statistics 9, 1981, 586-596), since
    /// the number of trials varies too. Where no trial or every trial was an event, the exact interval of one trial a
    /// unit. 0 to 1 for fewer than two units.
    pub fn interval(&self, level: f64) -> Interval {
        let k = self.units.len();
        if k < 2 {
            return Interval { low: 0.0, high: 1.0, level };
        }
        let share = self.events / self.trials;
        let even = if self.events == 0.0 || self.units.iter().all(|(events, trials)| events == trials) {
            Interval::clopper_pearson(if self.events == 0.0 { 0 } else { k as u64 }, k as u64, level)
        } else {
            let (square, most) = (self.jackknife(), self.most as f64);
            let worth = if square > 0.0 { (share * (1.0 - share) / square).min(most) } else { most };
            interval::score(share, worth, interval::t_quantile(level, k), level)
        };
        Interval { low: self.in_the_whole(even.low), high: self.in_the_whole(even.high), level }
    }

    /// The jackknife's variance of the share among the trials: (k - 1)/k times the sum over the units of the squared
    /// distance of the share without that unit from the mean of all these shares.
    fn jackknife(&self) -> f64 {
        let k = self.units.len() as f64;
        let without = |(events, trials): &(f64, f64)| (self.events - events) / (self.trials - trials);
        let shares: Vec<f64> = self.units.iter().map(without).collect();
        let mean = shares.iter().sum::<f64>() / k;
        (k - 1.0) / k * shares.iter().map(|share| (share - mean) * (share - mean)).sum::<f64>()
    }

    fn in_the_whole(&self, share: f64) -> f64 {
        let (events, others) = (self.odds * share, 1.0 - share);
        if others <= 0.0 { 1.0 } else { events / (events + others) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose, Stream};

    #[track_caller]
    fn near(value: f64, expect: f64, by: f64) {
        assert!((value - expect).abs() <= by, "{value}, not {expect}");
    }

    #[track_caller]
    fn mixed(units: &[(f64, f64)], odds: f64) -> MixedShare {
        MixedShare::of(units.iter().copied(), units.len() as u64 * 2, odds).unwrap()
    }

    #[test]
    fn a_small_case_is_met_by_hand() {
        // 6 events of 9 trials. Without each unit: 4/6, 3/5, 5/7.
        let share = mixed(&[(2.0, 1.0), (3.0, 1.0), (0.0, 0.0), (1.0, 1.0)], 1.0 / 3.0);
        let without = [4.0 / 6.0, 3.0 / 5.0, 5.0 / 7.0];
        let mean = without.iter().sum::<f64>() / 3.0;
        let square = 2.0 / 3.0 * without.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>();
        near(square, 436.0 / 99_225.0, 1e-15);
        near(share.jackknife(), square, 1e-15);
        // Odds 2 times 1/3.
        near(share.share(), 0.4, 1e-15);
        // (2/9)/0.00439 is 50 trials, but there are 8 runs; t of 2 degrees of freedom is 4.302653.
        let even = interval::score(2.0 / 3.0, 8.0, 4.302_652_73, 0.95);
        let interval = share.interval(0.95);
        near(interval.low, even.low / (even.low + 3.0 * (1.0 - even.low)), 1e-8);
        near(interval.high, even.high / (even.high + 3.0 * (1.0 - even.high)), 1e-8);
    }

    #[test]
    fn one_kind_of_trial_alone_has_the_exact_interval_at_the_odds_of_the_whole() {
        let events = mixed(&[(3.0, 0.0); 10], 0.04 / 0.96);
        let interval = events.interval(0.95);
        // 0.025^(1/10) = 0.6915029: odds 2.241521, in the whole 0.0933967.
        near(interval.low, 0.085_418_88, 1e-8);
        assert_eq!((events.share(), interval.high), (1.0, 1.0), "ten rare runs say little of the common ones");
        let none = mixed(&[(0.0, 3.0); 10], 0.04 / 0.96);
        near(none.interval(0.95).high, 0.018_249_34, 1e-8);
        assert_eq!((none.share(), none.interval(0.95).low), (0.0, 0.0));
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(MixedShare::of([(0.0, 0.0)], 2, 1.0), None);
        assert_eq!(MixedShare::of([(1.0, f64::NAN)], 2, 1.0), None);
        assert_eq!(MixedShare::of([(1.0, -1.0)], 2, 1.0), None);
        assert_eq!(MixedShare::of([(1.0, 1.0)], 2, 0.0), None);
        assert_eq!(MixedShare::of([(1.0, 1.0)], 2, f64::INFINITY), None);
        let one = mixed(&[(1.0, 1.0)], 1.0);
        assert_eq!((one.share(), one.interval(0.9)), (0.5, Interval { low: 0.0, high: 1.0, level: 0.9 }));
        // Units that are all alike do not vary: the trials that could be independent are what there is.
        let alike = mixed(&[(1.0, 1.0); 4], 1.0).interval(0.95);
        assert_eq!(alike, interval::score(0.5, 8.0, interval::t_quantile(0.95, 4), 0.95));
    }

    /// What 40 replications leave in one band: of each its trials that are events, and those that are not. Runs of one
    /// replication share half of their luck, and the checkpoints of a run hang together.
    fn replications(stream: &mut Stream, chances: [f64; 2], stays: [f64; 2]) -> (Vec<(f64, f64)>, u64) {
        let mut runs = 0;
        let units = (0..40)
            .map(|_| {
                let (shared, own) = (stream.uniform(), [stream.uniform(), stream.uniform()]);
                let common = stream.uniform() < 0.5;
                let mut one = |world: usize| {
                    let comes = if common { shared } else { own[world] } < chances[world];
                    let mut checkpoints = f64::from(u8::from(comes));
                    while comes && stream.uniform() < stays[world] {
                        checkpoints += 1.0;
                    }
                    runs += u64::from(comes);
                    checkpoints
                };
                (one(0), one(1))
            })
            .collect();
        (units, runs)
    }

    /// The level is kept whatever the parts of the whole. An interval of the weighted trials does not keep it, and nor
    /// does one that takes all checkpoints for independent.
    ///
    /// A share of 95 % in 2,000 repetitions has a standard error of 0.0049. If the level is kept, one of the four cases
    /// falls 3.5 of them short with chance under 1 in 1,000.
    #[test]
    fn the_interval_of_a_mixed_share_keeps_its_level() {
        let mut stream = Luck::new(5).stream(Purpose::TEST, Entity::of("mixed"));
        let cases = [
            (0.04, [0.6, 0.05], [0.7, 0.3]),
            (0.04, [0.3, 0.3], [0.5, 0.5]),
            (0.3, [0.5, 0.2], [0.7, 0.7]),
            (0.5, [0.2, 0.9], [0.3, 0.8]),
        ];
        for (prior, chances, stays) in cases {
            let odds = prior / (1.0 - prior);
            let mean = |world: usize| chances[world] / (1.0 - stays[world]);
            let truth = odds * mean(0) / (odds * mean(0) + mean(1));
            let (mut kept, mut weighted, mut single) = (0, 0, 0);
            for _ in 0..2000 {
                let (units, runs) = replications(&mut stream, chances, stays);
                let (events, others) = units.iter().fold((0.0, 0.0), |(a, b), unit| (a + unit.0, b + unit.1));
                let one_by_one = Interval::wilson(events as u64, (events + others) as u64, 0.95);
                let at = |share: f64| odds * share / (odds * share + 1.0 - share);
                single += i32::from(at(one_by_one.low) <= truth && truth <= at(one_by_one.high));
                let weighed = units.iter().map(|unit| (prior * unit.0, (1.0 - prior) * unit.1));
                weighted += i32::from(MixedShare::of(weighed, runs, 1.0).unwrap().interval(0.95).contains(truth));
                kept += i32::from(MixedShare::of(units, runs, odds).unwrap().interval(0.95).contains(truth));
            }
            let share = |count: i32| f64::from(count) / 2000.0;
            assert!((0.933..0.998).contains(&share(kept)), "{prior}, {chances:?}: {}", share(kept));
            assert!(share(single) < 0.92, "{prior}, {chances:?}: {}", share(single));
            assert!(chances[1] > 0.05 || share(weighted) < 0.9, "{}", share(weighted));
        }
    }
}
