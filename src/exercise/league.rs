//! Teams that played the same exercise and the same story, side by side: what their decisions had to be expected to lead to,
//! and apart from that what luck made of them.

use crate::exercise::debrief::{OTHER_LUCK, Prediction, alike, predictions, share_worse};
use crate::exercise::improvement::weighted;
use crate::exercise::stories::{For, again, kept, score};
use crate::exercise::{Session, Setup, Watching};
use crate::experiment::{LEVEL, Watcher, spread};
use crate::measure::Outcome;
use crate::model::{DecisionId, World};
use crate::stats::{Interval, bonferroni, stratified};

/// Teams on the same stories, in the order in which they were given.
#[derive(Clone, Debug)]
pub struct League {
    /// The teams.
    pub teams: Vec<Team>,
    /// What was true for all of them.
    pub world: World,
    /// Seed of the story that they played.
    pub seed: u64,
    /// How stories that nobody played were simulated.
    pub fidelity: &'static str,
}

/// A team, and what it came to.
#[derive(Clone, Debug)]
pub struct Team {
    /// What it is called.
    pub name: String,
    /// How its session ended.
    pub outcome: Outcome,
    /// What that costs \[€\].
    pub score: f64,
    /// The same counted as in other stories \[€\].
    pub score_alike: f64,
    /// Its choices by decision; none where it was not asked.
    pub choices: Vec<(DecisionId, Option<usize>)>,
    /// Scores of its decisions in [`OTHER_LUCK`] other stories of each world \[€\]: the same stories for all teams.
    pub others: Vec<(World, Vec<f64>)>,
    /// Mean of those over the worlds, weighted as they are drawn or, if the world is fixed, all alike, and its interval:
    /// what its decisions come to when luck is left out.
    pub skill: (f64, Interval),
    /// Share of the other stories in the world that was played that end worse than its session.
    pub luck: f64,
    /// What it foretold, and what came of it.
    pub predictions: Vec<Prediction>,
}

impl League {
    /// Compares finished sessions of one exercise, each with the team's name. `jobs` as everywhere; `None` if the watcher
    /// ended it, or if one of them is not over or played another story.
    pub fn of<O: Watching>(
        setup: &Setup,
        sessions: &[(String, &Session<'_, O>)],
        jobs: usize,
        watcher: &dyn Watcher,
    ) -> Option<League> {
        let (_, first) = sessions.first()?;
        let (world, luck) = (first.outcome()?.0, first.luck());
        let worlds = setup.worlds();
        let mut teams = Vec::new();
        for (name, session) in sessions {
            let (own, outcome) = session.outcome()?;
            if own != world || session.luck() != luck {
                return None;
            }
            let kept = kept(setup, session);
            let scores = spread(jobs, worlds.len() * OTHER_LUCK, watcher, |i| {
                let luck = For::OtherLuck.luck(luck.seed(), i % OTHER_LUCK);
                score(setup, &again(setup, luck, worlds[i / OTHER_LUCK], &kept))
            })?;
            let of_worlds = scores.chunks(OTHER_LUCK).map(<[f64]>::to_vec);
            let others: Vec<(World, Vec<f64>)> = worlds.iter().copied().zip(of_worlds).collect();
            let score_alike = alike(setup, &outcome);
            let in_world = others.iter().find(|(of, _)| *of == world).map_or(&[][..], |(_, scores)| scores);
            let decisions = (0..setup.exercise.decisions.len()).map(DecisionId::from_index);
            let choice = |id: DecisionId| session.made().find(|(own, _)| *own == id).map(|(_, made)| made.choice);
            teams.push(Team {
                name: name.clone(),
                score: score(setup, &outcome),
                score_alike,
                choices: decisions.map(|id| (id, choice(id))).collect(),
                skill: stratified(&weighted(setup, &others), LEVEL)?,
                luck: share_worse(in_world, score_alike),
                predictions: predictions(setup, session, world, &outcome),
                others,
                outcome,
            });
        }
        Some(League { teams, world, seed: luck.seed(), fidelity: setup.fidelity() })
    }

    /// The team whose decisions come to least when luck is left out; the first of equals.
    pub fn first(&self) -> Option<usize> {
        let skill = |i: &usize| self.teams[*i].skill.0;
        (0..self.teams.len()).min_by(|a, b| skill(a).total_cmp(&skill(b)))
    }

    /// What a team's decisions cost more than those of the first, on the same stories \[€\], and the interval of that, which
    /// holds for all teams together.
    pub fn behind(&self, setup: &Setup, team: usize) -> Option<(f64, Interval)> {
        let first = &self.teams[self.first()?];
        let more: Vec<(World, Vec<f64>)> = self.teams[team]
            .others
            .iter()
            .zip(&first.others)
            .map(|((world, own), (_, first))| (*world, own.iter().zip(first).map(|(own, first)| own - first).collect()))
            .collect();
        stratified(&weighted(setup, &more), bonferroni(LEVEL, self.teams.len().saturating_sub(1).max(1)))
    }

    /// Decisions in which not all teams chose alike.
    pub fn differ(&self) -> Vec<DecisionId> {
        let Some(first) = self.teams.first() else { return Vec::new() };
        let apart = |d: &usize| self.teams.iter().any(|team| team.choices[*d].1 != first.choices[*d].1);
        (0..first.choices.len()).filter(apart).map(DecisionId::from_index).collect()
    }
}

impl Team {
    /// Mean of Brier's score over what it foretold.
    pub fn brier(&self) -> Option<f64> {
        Prediction::brier_of(&self.predictions)
    }
}
