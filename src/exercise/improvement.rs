//! What a safeguard would have done for a session: the room's decisions once more, with the safeguard in force from day 0.

use crate::exercise::stories::{For, again, kept, score};
use crate::exercise::{Session, Setup, Watching};
use crate::experiment::{LEVEL, Watcher, spread};
use crate::measure::Outcome;
use crate::model::{SafeguardId, World};
use crate::plan::ArrivalsError;
use crate::stats::{Interval, bonferroni, stratified};

/// Stories of each world in which a safeguard is tried.
pub const TRIED_IN: usize = 60;

/// A safeguard that a session is tried with.
#[derive(Clone, Debug)]
pub struct Improved {
    /// The safeguard.
    pub safeguard: SafeguardId,
    /// In each world under the session's own luck.
    pub same_luck: Vec<SameLuck>,
    /// What a story's score is more with the safeguard than without \[€\], in [`TRIED_IN`] stories of each world that no
    /// session was played in; less than 0 is better.
    pub more: Vec<(World, Vec<f64>)>,
    /// Mean of those over the worlds, weighted as they are drawn or, if the world is fixed, all alike, and its interval,
    /// which holds for all safeguards that were tried together.
    pub mean: Option<(f64, Interval)>,
}

/// A story without a safeguard and with it.
#[derive(Clone, Debug)]
pub struct SameLuck {
    /// The world.
    pub world: World,
    /// Without it. In the session's world it is the session itself, unless the facilitator stepped in.
    pub without: Outcome,
    /// With it.
    pub with: Outcome,
}

impl SameLuck {
    /// What the score is more with the safeguard \[€\].
    pub fn more(&self, setup: &Setup) -> f64 {
        score(setup, &self.with) - score(setup, &self.without)
    }
}

impl Improved {
    /// Tries each safeguard by itself, on `jobs` threads (0: as many as there are cores). `Ok(None)` if the watcher ended it.
    /// Fails as [`Setup::new`] does.
    pub fn of<O: Watching>(
        setup: &Setup,
        session: &Session<'_, O>,
        safeguards: &[SafeguardId],
        jobs: usize,
        watcher: &dyn Watcher,
    ) -> Result<Option<Vec<Improved>>, ArrivalsError> {
        if safeguards.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let (kept, luck, worlds) = (kept(setup, session), session.luck(), setup.worlds());
        // Under the session's luck it is played as the session was: in full.
        let own = |setup: Setup| spread(jobs, worlds.len(), watcher, |w| again(&setup, luck, worlds[w], &kept));
        let others = |setup: &Setup| {
            spread(jobs, worlds.len() * TRIED_IN, watcher, |i| {
                let luck = For::OtherLuck.luck(luck.seed(), i % TRIED_IN);
                score(setup, &again(setup, luck, worlds[i / TRIED_IN], &kept))
            })
        };
        let (Some(own_without), Some(without)) = (own(setup.clone().in_full()), others(setup)) else { return Ok(None) };
        let level = bonferroni(LEVEL, safeguards.len());
        let mut all = Vec::new();
        for safeguard in safeguards {
            let improved = setup.with_safeguard(*safeguard)?;
            let (Some(own_with), Some(with)) = (own(improved.clone().in_full()), others(&improved)) else {
                return Ok(None);
            };
            let pairs = own_without.iter().cloned().zip(own_with);
            let same_luck =
                worlds.iter().zip(pairs).map(|(world, (without, with))| SameLuck { world: *world, without, with });
            let difference: Vec<f64> = with.iter().zip(&without).map(|(with, without)| with - without).collect();
            let of_worlds = difference.chunks(TRIED_IN).map(<[f64]>::to_vec);
            let more: Vec<(World, Vec<f64>)> = worlds.iter().copied().zip(of_worlds).collect();
            let mean = stratified(&weighted(setup, &more), level);
            all.push(Improved { safeguard: *safeguard, same_luck: same_luck.collect(), mean, more });
        }
        Ok(Some(all))
    }
}

/// Values of each world, with the world's weight for those who know the document alone.
pub(crate) fn weighted<'v>(setup: &Setup, by_world: &'v [(World, Vec<f64>)]) -> Vec<(f64, &'v [f64])> {
    let weights = setup.worlds_at_first();
    let weight = |world| World::ALL.iter().position(|it| *it == world).map_or(0.0, |w| weights[w]);
    by_world.iter().map(|(world, values)| (weight(*world), values.as_slice())).collect()
}
