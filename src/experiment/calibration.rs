//! How often the desk is right where it believes so much: stated beliefs beside the share of misused operators.

use crate::experiment::{LEVEL, Table};
use crate::measure::{BANDS, Checkpoints};
use crate::model::{OptionId, World};
use crate::stats::{Interval, MixedShare, bonferroni};

/// Runs that a band must have for its share to be shown. Set by judgement.
const FEWEST_RUNS: u64 = 5;

/// The path of the desk's prior, which world draws may draw.
const PRIOR: &str = "desk.believes_at_start";

/// The desk's beliefs in the operator that the campaign uses, every 30 days, in bands of ten points.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Bands that beliefs lay in, in rising order.
    pub bands: Vec<Band>,
}

/// The checkpoints at which belief lay in one band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Mean belief, 0 to 1.
    pub stated: f64,
    /// Of these checkpoints, the share at which the operator was misused, 0 to 1.
    pub share: f64,
    /// The share's interval at 95 %.
    pub interval: Interval,
    /// The same, widened so that those of all shown bands hold together.
    pub adjusted: Interval,
    /// Runs that have such a checkpoint.
    pub runs: u64,
    /// Checkpoints, in all runs.
    pub checkpoints: u64,
}

impl Band {
    /// Whether there are enough runs to show it.
    pub fn is_shown(&self) -> bool {
        self.runs >= FEWEST_RUNS
    }

    /// How far the stated belief lies outside the widened interval; 0 inside.
    pub fn off(&self) -> f64 {
        (self.adjusted.low - self.stated).max(self.stated - self.adjusted.high).max(0.0)
    }
}

impl Calibration {
    /// Of one option. Operators are misused with chance `prior`, or in a world draw that draws the desk's prior, with
    /// that one: what is asked is whether the desk is right if its prior is. So runs of the real world have the weight of
    /// the prior, and runs of the innocent world the rest. The replication, or the world draw, is the unit. No bands
    /// unless both worlds were run.
    pub fn of(table: &Table, option: OptionId, prior: f64) -> Calibration {
        let [real, innocent] =
            [World::Real, World::Innocent].map(|world| table.cell(world, option).map(|row| &row.checkpoints));
        let runs: Vec<Pair<'_>> = real.zip(innocent).collect();
        let draws = table.design().draws;
        let units: Vec<&[Pair<'_>]> = if draws > 0 { table.by_draw(&runs).collect() } else { runs.chunks(1).collect() };
        let drawn = table.drawn().ranges().iter().position(|range| range.path == PRIOR);
        let priors: Vec<f64> = match drawn {
            Some(range) => (0..draws).map(|draw| table.drawn().values(draw)[range] / 100.0).collect(),
            None => vec![prior; units.len()],
        };
        let found: Vec<(Band, MixedShare)> = (0..BANDS).filter_map(|band| of_band(&units, &priors, band)).collect();
        let level = bonferroni(LEVEL, found.iter().filter(|(band, _)| band.is_shown()).count());
        let widened = |(band, share): (Band, MixedShare)| Band { adjusted: share.interval(level), ..band };
        Calibration { bands: found.into_iter().map(widened).collect() }
    }
}

/// Checkpoints of the real and of the innocent run of one replication.
type Pair<'t> = (&'t Checkpoints, &'t Checkpoints);

/// What the units leave in one band. `None` if no belief lay in it.
fn of_band(units: &[&[Pair<'_>]], priors: &[f64], band: usize) -> Option<(Band, MixedShare)> {
    let prior = priors.iter().sum::<f64>() / priors.len() as f64;
    let (mut runs, mut checkpoints, mut sum, mut weight) = (0, 0, 0.0, 0.0);
    let mut trials = Vec::with_capacity(units.len());
    for (pairs, own) in units.iter().zip(priors) {
        let (mut events, mut others) = (0.0, 0.0);
        for (real, innocent) in *pairs {
            // A unit counts in each part by its own prior; 1 each where all have the same.
            for (one, into, prior, own) in
                [(real, &mut events, prior, *own), (innocent, &mut others, 1.0 - prior, 1.0 - own)]
            {
                let count = f64::from(one.count(band));
                *into += count * (own / prior);
                runs += u64::from(one.count(band) > 0);
                checkpoints += u64::from(one.count(band));
                sum += own * one.sum(band);
                weight += own * count;
            }
        }
        trials.push((events, others));
    }
    let share = MixedShare::of(trials, runs, prior / (1.0 - prior))?;
    let interval = share.interval(LEVEL);
    let band = Band { stated: sum / weight, share: share.share(), interval, adjusted: interval, runs, checkpoints };
    Some((band, share))
}
