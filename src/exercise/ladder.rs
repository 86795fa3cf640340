//! The ladder of policies: how they do on the same stories, all knowing what the seats know.
//!
//! The lowest rung decides by lot, which with drastic choices is worse than to do nothing; the highest is a search's best
//! find; above them stands a bound that no policy reaches.

use crate::exercise::Setup;
use crate::exercise::players::{Answer, Players};
use crate::exercise::stories::{For, score, story};
use crate::experiment::{LEVEL, Watcher, spread};
use crate::measure::Outcome;
use crate::random::Luck;
use crate::stats::{Paired, Summary};

/// Stories that a search learns from, apart from those on which the ladder stands.
const LESSONS: usize = 64;

/// Standard errors by which a change has to help on them. What helps by less is mostly their luck. By judgement.
const SEEN: f64 = 1.0;

/// Rounds of a search over all decisions.
const ROUNDS: usize = 2;

/// Policies on the same stories, lowest first.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// The policies.
    pub rungs: Vec<Rung>,
    /// Seed of the stories; each is a replication of it.
    pub seed: u64,
    /// How many stories.
    pub stories: usize,
    /// How they were simulated.
    pub fidelity: &'static str,
}

/// A policy and how it did.
#[derive(Clone, Debug)]
pub struct Rung {
    /// What it is called.
    pub name: &'static str,
    /// What it does, in a clause.
    pub what: &'static str,
    /// Whether it is no policy, but a bound: it knows which world it is and what luck will bring.
    pub is_bound: bool,
    /// The score of each story \[€\]; less is better.
    pub scores: Vec<f64>,
    /// How each story ended.
    pub outcomes: Vec<Outcome>,
}

impl Rung {
    /// Mean score with its interval.
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(&self.scores)
    }

    /// What the rung averts of the score of `other`, story by story; as one of `comparisons`.
    pub fn averts_of(&self, other: &Rung, comparisons: usize) -> Option<Paired> {
        Paired::of(&other.scores, &self.scores, LEVEL, comparisons)
    }
}

impl Ladder {
    /// Plays `stories` stories with each policy, on `jobs` threads (0: as many as there are cores). `None` if the watcher
    /// ended it.
    pub fn of(setup: &Setup, seed: u64, stories: usize, jobs: usize, watcher: &dyn Watcher) -> Option<Ladder> {
        let found = best_found(setup, seed, jobs, watcher)?;
        let policies = [
            ("random", "decides by lot", Players::Random),
            ("nothing", "decides as late as it may, and whatever does least", Players::Nothing),
            ("plan", "decides as the document expects", Players::Plan),
            ("heuristic", "as the plan, as hard as the suspicion carries", Players::Heuristic),
            ("best", "the best that a search found on other stories", Players::Found(found.clone())),
        ];
        let play = |players: &Players| {
            spread(jobs, stories, watcher, |r| {
                let luck = For::Ladder.luck(seed, r);
                story(setup, luck, players)
            })
        };
        let mut rungs = Vec::new();
        for (name, what, players) in &policies {
            let outcomes = play(players)?;
            rungs.push(rung(setup, name, what, false, outcomes));
        }
        let in_hindsight = spread(jobs, stories, watcher, |r| {
            let luck = For::Ladder.luck(seed, r);
            let all: Vec<Outcome> = rungs.iter().map(|rung| rung.outcomes[r].clone()).collect();
            hindsight(setup, luck, &found, all)
        })?;
        rungs.push(rung(
            setup,
            "all-knowing",
            "knows the world and all luck; a bound, not a policy",
            true,
            in_hindsight,
        ));
        Some(Ladder { rungs, seed, stories, fidelity: setup.fidelity() })
    }
}

fn rung(setup: &Setup, name: &'static str, what: &'static str, is_bound: bool, outcomes: Vec<Outcome>) -> Rung {
    let scores = outcomes.iter().map(|outcome| score(setup, outcome)).collect();
    Rung { name, what, is_bound, scores, outcomes }
}

/// Answers to all decisions that do best on average on stories of their own: from the heuristic or the plan, one decision at
/// a time is changed as long as that is seen to help.
pub(crate) fn best_found(setup: &Setup, seed: u64, jobs: usize, watcher: &dyn Watcher) -> Option<Vec<Answer>> {
    let scores = |answers: &[Answer]| {
        let players = Players::Found(answers.to_vec());
        spread(jobs, LESSONS, watcher, |r| score(setup, &story(setup, For::Lessons.luck(seed, r), &players)))
    };
    let decisions = &setup.exercise.decisions;
    let plan: Vec<Answer> =
        decisions.iter().map(|it| it.expected.map_or(Answer::Proportionate, Answer::Choice)).collect();
    let mut best = vec![Answer::Proportionate; decisions.len()];
    let mut of_best = scores(&best)?;
    let of_plan = scores(&plan)?;
    if helps(&of_best, &of_plan, 0.0) {
        (best, of_best) = (plan, of_plan);
    }
    for _ in 0..ROUNDS {
        let before = best.clone();
        for d in 0..decisions.len() {
            for answer in answers(decisions[d].choices.len()) {
                if answer == best[d] {
                    continue;
                }
                let mut tried = best.clone();
                tried[d] = answer;
                let of_tried = scores(&tried)?;
                if helps(&of_best, &of_tried, SEEN) {
                    (best, of_best) = (tried, of_tried);
                }
            }
        }
        if best == before {
            break;
        }
    }
    Some(best)
}

/// Whether the second scores are less than the first, story by story, by so many standard errors of the mean difference.
fn helps(scores: &[f64], others: &[f64], errors: f64) -> bool {
    Paired::of(scores, others, LEVEL, 1)
        .is_some_and(|paired| paired.mean > 0.0 && paired.mean >= errors * paired.sd / (paired.n as f64).sqrt())
}

/// The best end of a story that was found by trying, one decision at a time, knowing how it ends; from what is known of it.
fn hindsight(setup: &Setup, luck: Luck, found: &[Answer], known: Vec<Outcome>) -> Outcome {
    let ends: Vec<(f64, Outcome)> = known.into_iter().map(|outcome| (score(setup, &outcome), outcome)).collect();
    let least = |a: &(f64, Outcome), b: &(f64, Outcome)| a.0.total_cmp(&b.0);
    let mut own = found.to_vec();
    let mut of_own = ends.last().map_or(f64::INFINITY, |end| end.0);
    let mut best = ends.into_iter().min_by(least);
    for d in 0..own.len() {
        for answer in answers(setup.exercise.decisions[d].choices.len()) {
            let mut tried = own.clone();
            tried[d] = answer;
            let outcome = story(setup, luck, &Players::Found(tried.clone()));
            let of_tried = score(setup, &outcome);
            if of_tried < of_own {
                (own, of_own) = (tried, of_tried);
                if best.as_ref().is_none_or(|best| of_own < best.0) {
                    best = Some((of_own, outcome));
                }
            }
        }
    }
    best.map_or_else(|| story(setup, luck, &Players::Plan), |(_, outcome)| outcome)
}

fn answers(choices: usize) -> impl Iterator<Item = Answer> {
    (0..choices).map(Answer::Choice).chain(std::iter::once(Answer::Proportionate))
}
