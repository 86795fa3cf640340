//! How a story may go on from where it stands: many futures from the same past, each with a luck of its own.

use crate::exercise::Session;
use crate::exercise::course::Watching;
use crate::exercise::players::{Players, Tail, play_out};
use crate::experiment::{Silent, Watcher, spread};
use crate::measure::{Measure, Outcome, Tally};
use crate::plan::Plan;
use crate::sim::{Day, Observer};
use crate::time::SimTime;

/// Futures of a forecast if nobody says otherwise: so many that all of [`QUANTILES`] are values of futures.
pub const FUTURES: u32 = 99;

/// The quantiles that a forecast tells.
pub const QUANTILES: [f64; 5] = [0.10, 0.25, 0.50, 0.75, 0.90];

/// As few futures as give all of [`QUANTILES`] as one of them, but for the quartiles.
const FUTURES_ASIDE: u32 = 19;

/// How a story may go on. It rests on the whole past, truth included, so that it is for the facilitator; the room's later
/// decisions are taken to be the plan's.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The instant from which on the futures differ.
    pub from: SimTime,
    /// How many futures.
    pub futures: u32,
    /// Share of the catalogue that is known at the end of each coming day.
    pub catalogue: Vec<OnDay>,
    /// The desk's belief in the misuse of whom it suspects most, at the end of each coming day.
    pub belief: Vec<OnDay>,
    /// How the futures end.
    pub ends: Vec<Outcome>,
}

/// Quantiles over the futures at an instant, as [`QUANTILES`] lists them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnDay {
    /// When.
    pub at: SimTime,
    /// The quantiles.
    pub quantiles: [f64; 5],
}

/// What a forecast watches of each day.
#[derive(Clone, Debug, Default)]
struct Daily {
    days: Vec<(SimTime, f64, f64)>,
}

impl Observer for Daily {
    fn day(&mut self, at: SimTime, day: &Day<'_>) {
        let belief = day.beliefs.iter().copied().fold(0.0, f64::max);
        self.days.push((at, day.catalogue_share, belief));
    }
}

impl Watching for (Tally, Daily) {
    fn fresh(plan: &Plan) -> Self {
        (Tally::new(plan), Daily::default())
    }

    fn tally(&self) -> &Tally {
        &self.0
    }
}

impl Forecast {
    /// A forecast in the middle of a session: of so few futures that nobody waits long. `None` if the session is over.
    pub fn aside<O: Watching + Sync>(session: &Session<'_, O>) -> Option<Forecast> {
        Forecast::of(session, FUTURES_ASIDE, 0, &Silent)
    }

    /// Plays `futures` futures of a session on, on `jobs` threads (0: as many as there are cores). `None` if the watcher
    /// ended it, or if the session is over.
    pub fn of<O: Watching + Sync>(
        session: &Session<'_, O>,
        futures: u32,
        jobs: usize,
        watcher: &dyn Watcher,
    ) -> Option<Forecast> {
        if session.outcome().is_some() {
            return None;
        }
        let start = session.watched_by(|tally| (tally.clone(), Daily::default()));
        let one = |future: usize| {
            let mut session = start.clone();
            session.fork(1 + future as u32);
            session.run_on();
            play_out(&mut session, &Tail::Players(&Players::Plan));
            let outcome = session.outcome().map(|(_, outcome)| outcome)?;
            Some((session.watching().1.days.clone(), outcome))
        };
        let all: Option<Vec<_>> = spread(jobs, futures as usize, watcher, one)?.into_iter().collect();
        let (days, ends): (Vec<_>, Vec<Outcome>) = all?.into_iter().unzip();
        let on_day = |pick: fn(&(SimTime, f64, f64)) -> f64| {
            let count = days.iter().map(Vec::len).min().unwrap_or(0);
            let day = |d: usize| OnDay { at: days[0][d].0, quantiles: quantiles(days.iter().map(|all| pick(&all[d]))) };
            (0..count).map(day).collect()
        };
        Some(Forecast {
            from: session.now(),
            futures,
            catalogue: on_day(|day| day.1),
            belief: on_day(|day| day.2),
            ends,
        })
    }

    /// Quantiles of a measure at the end of the story, as [`QUANTILES`] lists them, over the futures that have it.
    pub fn at_the_end(&self, measure: Measure) -> Option<[f64; 5]> {
        let has = |outcome: &&Outcome| !outcome.lacks(measure) && !outcome.is_censored(measure);
        let mut values = self.ends.iter().filter(has).map(|outcome| outcome.get(measure)).peekable();
        values.peek()?;
        Some(quantiles(values))
    }
}

/// Quantiles such that another value of the same law lies below the quantile of p with probability p: the value of rank
/// p (n + 1), between two ranks in a straight line (Weibull's positions; Hyndman and Fan, American Statistician 50, 1996,
/// type 6).
fn quantiles(values: impl Iterator<Item = f64>) -> [f64; 5] {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    QUANTILES.map(|p| {
        let rank = (p * (sorted.len() + 1) as f64).clamp(1.0, sorted.len() as f64);
        let below = rank.floor();
        let (low, high) = (sorted[below as usize - 1], sorted[(rank.ceil() as usize - 1).min(sorted.len() - 1)]);
        low + (rank - below) * (high - low)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_99_values_are_values() {
        let all = quantiles((1..=99).rev().map(f64::from));
        assert_eq!(all, [10.0, 25.0, 50.0, 75.0, 90.0]);
        assert_eq!(quantiles((1..=19).map(f64::from)), [2.0, 5.0, 10.0, 15.0, 18.0]);
        // Fewer values than a quantile needs give their ends.
        assert_eq!(quantiles([3.0, 7.0].into_iter()), [3.0, 3.0, 5.0, 7.0, 7.0]);
        assert_eq!(quantiles(std::iter::once(4.0)), [4.0; 5]);
    }
}
