//! What many runs of one option in one world say about a measure. Where inputs were drawn, the world draw is the unit.

use crate::experiment::Table;
use crate::measure::{Measure, Nature};
use crate::model::{OptionId, World};
use crate::stats::{Clusters, FollowUp, Interval, Summary, Survival};

/// Confidence level of all intervals.
pub const LEVEL: f64 = 0.95;

/// An estimate that fits the nature of its measure.
#[derive(Clone, Debug, PartialEq)]
pub enum Estimate {
    /// Of a number.
    Number {
        /// Mean over the runs, or of the world draws' means.
        mean: f64,
        /// Interval of the mean: sampling error, which shrinks with more runs, or with more world draws.
        interval: Interval,
        /// Nine runs in ten lie between these: luck, which does not shrink, together with doubt if inputs were drawn.
        spread: (f64, f64),
        /// Median run.
        median: f64,
        /// Mean of the worst twentieth, on the side that the measure calls worse.
        tail: f64,
    },
    /// Of something that happens or not.
    Share {
        /// Runs in which it happened.
        events: u64,
        /// Runs.
        n: u64,
        /// Interval of the probability.
        interval: Interval,
    },
    /// Of a time that the horizon may cut off.
    Time {
        /// Runs in which it happened by the horizon.
        events: u64,
        /// Runs.
        n: u64,
        /// Median day, if half of the runs got that far.
        median: Option<f64>,
        /// Mean of the time spent without it, up to the horizon \[days\].
        restricted_mean: f64,
        /// Interval of that mean.
        interval: Interval,
    },
}

impl Estimate {
    /// The middle of it: a mean, a share, or a restricted mean.
    pub fn middle(&self) -> f64 {
        match self {
            Estimate::Number { mean, .. } => *mean,
            Estimate::Share { events, n, .. } => *events as f64 / *n as f64,
            Estimate::Time { restricted_mean, .. } => *restricted_mean,
        }
    }

    /// Its interval.
    pub fn interval(&self) -> Interval {
        match self {
            Estimate::Number { interval, .. } | Estimate::Share { interval, .. } | Estimate::Time { interval, .. } => {
                *interval
            }
        }
    }
}

impl Table {
    /// Share of the runs of one cell in which a measure is more than a value, with its interval; of those that have it.
    /// Without any, `None`.
    pub fn share_above(&self, world: World, option: OptionId, measure: Measure, value: f64) -> Option<(f64, Interval)> {
        let having = self.cell(world, option).filter(|row| !row.lacks(measure));
        let above: Vec<bool> = having.map(|row| row.get(measure) > value).collect();
        let count = |runs: &[bool]| (runs.iter().filter(|it| **it).count() as u64, runs.len() as u64);
        let (events, n) = count(&above);
        let interval = match self.in_units(measure) {
            true => Interval::of_clustered_share(&self.by_draw(&above).map(count).collect::<Vec<_>>(), LEVEL),
            false => Interval::of_share(events, n, LEVEL),
        };
        (n > 0).then_some((events as f64 / n as f64, interval))
    }

    /// Estimates a measure from those runs of one cell that have it. `None` if there are none.
    pub fn estimate(&self, world: World, option: OptionId, measure: Measure) -> Option<Estimate> {
        let having = self.cell(world, option).filter(|row| !row.lacks(measure));
        let values: Vec<f64> = having.map(|row| row.get(measure)).collect();
        let drawn = self.in_units(measure);
        match measure.nature() {
            Nature::Number => {
                let s = Summary::of(&values)?;
                let worse: Vec<f64> = match measure.better() {
                    crate::measure::Better::Higher => values.iter().map(|v| -v).collect(),
                    _ => values,
                };
                let clusters = if drawn { Some(self.clusters(world, option, measure)?) } else { None };
                let sign = if measure.better() == crate::measure::Better::Higher { -1.0 } else { 1.0 };
                Some(Estimate::Number {
                    mean: clusters.as_ref().map_or(s.mean(), Clusters::mean),
                    interval: clusters.as_ref().map_or(s.mean_interval(LEVEL), |it| it.mean_interval(LEVEL)),
                    spread: (s.quantile(0.05), s.quantile(0.95)),
                    median: s.quantile(0.5),
                    tail: sign * crate::stats::tail_value_at_risk(&Summary::of(&worse)?, 0.95),
                })
            }
            Nature::YesNo => {
                let n = values.len() as u64;
                let events = values.iter().filter(|v| **v > 0.0).count() as u64;
                let interval = if drawn {
                    let count = |runs: &[f64]| (runs.iter().filter(|v| **v > 0.0).count() as u64, runs.len() as u64);
                    let counts: Vec<(u64, u64)> = self.by_draw(&values).map(count).collect();
                    Interval::of_clustered_share(&counts, LEVEL)
                } else {
                    Interval::of_share(events, n, LEVEL)
                };
                (n > 0).then_some(Estimate::Share { events, n, interval })
            }
            Nature::Time => {
                let follow_ups: Vec<FollowUp> = self
                    .cell(world, option)
                    .map(|row| FollowUp { time: row.get(measure), happened: !row.is_censored(measure) })
                    .collect();
                let horizon = follow_ups.iter().map(|f| f.time).fold(0.0, f64::max);
                let survival = Survival::of(&follow_ups)?;
                let (mean, interval) = if drawn {
                    // The horizon cuts all times at one moment, so each draw has a restricted mean of its own.
                    let of_draw = |runs: &[FollowUp]| Some(Survival::of(runs)?.restricted_mean(horizon));
                    let means = self.by_draw(&follow_ups).map(of_draw).collect::<Option<Vec<f64>>>()?;
                    let means = Clusters::of(means.into_iter().map(|mean| vec![mean]))?;
                    (means.mean(), means.mean_interval(LEVEL))
                } else {
                    let mean = survival.restricted_mean(horizon);
                    let error = survival.restricted_mean_error(horizon);
                    (mean, Interval::of_mean(mean, error, follow_ups.len(), LEVEL))
                };
                Some(Estimate::Time {
                    events: follow_ups.iter().filter(|f| f.happened).count() as u64,
                    n: follow_ups.len() as u64,
                    median: survival.median(),
                    restricted_mean: mean,
                    interval,
                })
            }
        }
    }
}
