//! How hard a story is: where it stands among many that the plan plays.

use crate::exercise::players::{Players, Tail, play_out};
use crate::exercise::stories::{For, score, story};
use crate::exercise::{Session, Setup};
use crate::experiment::{Watcher, spread};
use crate::measure::{Measure, Outcome, Tally};
use crate::model::{Better, Nature, Story};
use crate::random::Luck;

/// Stories with which one is compared.
pub const OTHERS: usize = 99;

/// How a story came to be told, and where it stands among stories that nobody picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Difficulty {
    /// How the document picks its story; none if somebody named another luck.
    pub picked: Option<Story>,
    /// The plan's score in it \[€\].
    pub score: f64,
    /// The plan's scores in others, whose worlds are drawn as the document says \[€\].
    pub others: Vec<f64>,
}

impl Difficulty {
    /// Of the story of a seed, which somebody has named or the document has picked, beside [`OTHERS`] others. `None` if the
    /// watcher ended it.
    pub fn of(setup: &Setup, seed: u64, named: bool, jobs: usize, watcher: &dyn Watcher) -> Option<Difficulty> {
        let all = spread(jobs, OTHERS + 1, watcher, |i| {
            let luck = match i {
                0 => Luck::new(seed),
                n => For::Difficulty.luck(seed, n),
            };
            score(setup, &story(setup, luck, &Players::Plan))
        })?;
        let (own, others) = all.split_first()?;
        Some(Difficulty { picked: (!named).then_some(setup.exercise.story), score: *own, others: others.to_vec() })
    }

    /// Share of the others that go better for the plan; of those that go as well, half.
    pub fn quantile(&self) -> f64 {
        let below = self.others.iter().filter(|other| **other < self.score).count() as f64;
        let alike = self.others.iter().filter(|other| **other == self.score).count() as f64;
        (below + 0.5 * alike) / self.others.len().max(1) as f64
    }

    /// The mean score of the others \[€\].
    pub fn unselected_mean(&self) -> f64 {
        self.others.iter().sum::<f64>() / self.others.len().max(1) as f64
    }
}

/// The seed of the story that is to be told: the document's, or the one of so many that is so difficult for the plan, in
/// full as it will be played. `None` if the watcher ended it.
pub fn seed_of(setup: &Setup, jobs: usize, watcher: &dyn Watcher) -> Option<u64> {
    let (of, at, among) = match setup.exercise.story {
        Story::Seed(seed) => return Some(seed),
        Story::Quantile { of, at, among } => (of, at, among),
    };
    let mut all = spread(jobs, among as usize, watcher, |i| {
        let seed = i as u64 + 1;
        let mut session: Session<'_, Tally> = Session::counting(setup, None, Luck::new(seed), setup.world(seed));
        session.begin();
        play_out(&mut session, &Tail::Players(&Players::Plan));
        (hardness(&session.watching().outcome(), of), seed)
    })?;
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let place = (at.get() * all.len().saturating_sub(1) as f64).round() as usize;
    all.get(place).map(|(_, seed)| *seed)
}

/// A measure as difficulty: more is harder. What never came about in time is harder than what came late.
fn hardness(outcome: &Outcome, measure: Measure) -> f64 {
    let value = match measure.nature() {
        Nature::Time if outcome.is_censored(measure) => return f64::INFINITY,
        _ => outcome.get(measure),
    };
    if measure.better() == Better::Higher { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_stands_among_others_with_ties_in_the_middle() {
        let among = |score, others: &[f64]| Difficulty { picked: None, score, others: others.to_vec() }.quantile();
        assert_eq!(among(5.0, &[1.0, 2.0, 3.0, 9.0]), 0.75);
        assert_eq!(among(2.0, &[2.0, 2.0, 2.0, 2.0]), 0.5);
        assert_eq!(among(0.0, &[1.0, 2.0]), 0.0);
    }
}
