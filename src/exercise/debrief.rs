//! What a session came to, taken apart: what each decision did under the same luck, what it had to be expected to do, what
//! the same decisions do in the other worlds, and how much of the end was luck.

use crate::exercise::difficulty::Difficulty;
use crate::exercise::players::{Kept, Players, Tail, decide, play_out};
use crate::exercise::quality::{Expectation, expectations};
use crate::exercise::stories::{For, again, kept, score};
use crate::exercise::{Session, Setup, Watching};
use crate::experiment::{Watcher, spread};
use crate::measure::{Measure, Outcome, Tally};
use crate::model::{DecisionId, InjectId, Line, OperatorId, Payer, World};

/// Stories with the session's decisions and another luck.
pub const OTHER_LUCK: usize = 99;

/// What a session came to.
#[derive(Clone, Debug)]
pub struct Debrief {
    /// What was true.
    pub world: World,
    /// How it ended.
    pub outcome: Outcome,
    /// What that costs \[€\].
    pub score: f64,
    /// Of each decision, in the order in which they were made.
    pub decisions: Vec<Looked>,
    /// How the same decisions end in every world, under the same luck.
    pub worlds: Vec<(World, Outcome)>,
    /// Scores of the same decisions in the same world under another luck \[€\]; comparable with `score_alike`.
    pub other_luck: Vec<f64>,
    /// The session's score as those are counted \[€\].
    pub score_alike: f64,
    /// Where the story stands among others.
    pub difficulty: Difficulty,
    /// What was foretold, and what came of it.
    pub predictions: Vec<Prediction>,
    /// How stories that nobody played were simulated.
    pub fidelity: &'static str,
}

/// A decision, looked back at.
#[derive(Clone, Debug)]
pub struct Looked {
    /// What had to be expected of its choices.
    pub expected: Expectation,
    /// How the story ends with each choice under the same luck; the room's later decisions stay, where they can. That of the
    /// choice that was made is the session's own end.
    pub ends: Vec<Outcome>,
    /// The same with the plan deciding what comes later; the choice that was made too.
    pub ends_by_plan: Vec<Outcome>,
    /// The last inject that had reached the seat.
    pub after: Option<InjectId>,
}

/// Something that a seat said before it could know.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// With which decision.
    pub decision: DecisionId,
    /// About what.
    pub about: About,
    /// How likely it was held, from 0 to 1.
    pub said: f64,
    /// Whether it was so.
    pub came_true: bool,
}

/// What a prediction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Whether the operator that the desk suspected most takes part.
    Suspect(OperatorId),
    /// What the document asked to be foretold.
    Foretold,
}

impl Prediction {
    /// Brier's score: 0 for certainty that was right, 1 for certainty that was wrong.
    pub fn brier(&self) -> f64 {
        let miss = self.said - f64::from(self.came_true);
        miss * miss
    }

    /// Mean of Brier's score, if there is anything.
    pub(crate) fn brier_of(all: &[Prediction]) -> Option<f64> {
        let n = all.len();
        (n > 0).then(|| all.iter().map(Prediction::brier).sum::<f64>() / n as f64)
    }
}

impl Looked {
    /// What the choice of this place costs over the one that was made, under the same luck \[€\].
    pub fn realised(&self, setup: &Setup, choice: usize) -> f64 {
        score(setup, &self.ends[choice]) - score(setup, &self.ends[self.expected.chosen])
    }

    /// The largest such difference, in size.
    pub fn weight(&self, setup: &Setup) -> f64 {
        (0..self.ends.len()).map(|choice| self.realised(setup, choice).abs()).fold(0.0, f64::max)
    }
}

impl Debrief {
    /// Looks back at a finished session, whose luck somebody `named` or the document picked, on `jobs` threads (0: as many as
    /// there are cores). `None` if the session is not over, or if the watcher ended it.
    pub fn of<O: Watching>(
        setup: &Setup,
        session: &Session<'_, O>,
        named: bool,
        jobs: usize,
        watcher: &dyn Watcher,
    ) -> Option<Debrief> {
        let (world, outcome) = session.outcome()?;
        let luck = session.luck();
        let kept = kept(setup, session);
        let expected = expectations(setup, session, jobs, watcher)?;
        let before = before_each(setup, session, world);
        let decisions: Option<Vec<Looked>> = expected
            .into_iter()
            .zip(&before)
            .map(|(expected, before)| looked(setup, expected, before, &kept, jobs, watcher))
            .collect();
        let other_luck = spread(jobs, OTHER_LUCK, watcher, |r| {
            score(setup, &again(setup, For::OtherLuck.luck(luck.seed(), r), world, &kept))
        })?;
        let (worlds, in_full) = (setup.worlds(), setup.clone().in_full());
        let ends = spread(jobs, worlds.len(), watcher, |w| {
            if worlds[w] == world {
                return outcome.clone();
            }
            again(&in_full, luck, worlds[w], &kept)
        })?;
        Some(Debrief {
            world,
            score: score(setup, &outcome),
            decisions: decisions?,
            worlds: worlds.into_iter().zip(ends).collect(),
            other_luck,
            score_alike: alike(setup, &outcome),
            difficulty: Difficulty::of(setup, luck.seed(), named, jobs, watcher)?,
            predictions: predictions(setup, session, world, &outcome),
            fidelity: setup.fidelity(),
            outcome,
        })
    }

    /// Share of the stories with the same decisions in the same world that end worse than the session; of those that end
    /// alike, half.
    pub fn luck(&self) -> f64 {
        share_worse(&self.other_luck, self.score_alike)
    }

    /// The decision with the largest difference between its choices under the same luck, if any makes one.
    pub fn mattered(&self, setup: &Setup) -> Option<&Looked> {
        let heaviest = self.decisions.iter().max_by(|a, b| a.weight(setup).total_cmp(&b.weight(setup)));
        heaviest.filter(|looked| looked.weight(setup) > 0.0)
    }

    /// Mean of Brier's score over all predictions.
    pub fn brier(&self) -> Option<f64> {
        Prediction::brier_of(&self.predictions)
    }
}

/// Share of other scores that are worse than one; of those that are alike, half.
pub(crate) fn share_worse(others: &[f64], score: f64) -> f64 {
    let worse = others.iter().filter(|other| **other > score).count() as f64;
    let same = others.iter().filter(|other| **other == score).count() as f64;
    (worse + 0.5 * same) / others.len().max(1) as f64
}

/// The session in front of each of its decisions, in the order in which they were made.
fn before_each<'p, O: Watching>(setup: &'p Setup, session: &Session<'_, O>, world: World) -> Vec<Session<'p, Tally>> {
    let mut again: Session<'p, Tally> = Session::counting(setup, None, session.luck(), world);
    again.begin();
    let mut before: Vec<Option<Session<'p, Tally>>> = vec![None; setup.exercise.decisions.len()];
    for (input, clock) in session.given() {
        if let Some(verdict) = input.verdict()
            && let Some(d) = setup.exercise.decisions.iter().position(|own| own.id == verdict.decision)
        {
            before[d] = Some(again.clone());
        }
        // It was taken in the session, in the same state.
        let _ = again.give(input, *clock);
    }
    session.made().filter_map(|(id, _)| before[id.index()].clone()).collect()
}

fn looked(
    setup: &Setup,
    expected: Expectation,
    before: &Session<'_, Tally>,
    kept: &[Kept],
    jobs: usize,
    watcher: &dyn Watcher,
) -> Option<Looked> {
    let decision = &setup.exercise.decisions[expected.decision.index()];
    let choices = decision.choices.len();
    let later: Vec<Kept> = kept.iter().filter(|kept| kept.at >= expected.at).cloned().collect();
    let tails = [Tail::Sticky(&later), Tail::Players(&Players::Plan)];
    let mut all = spread(jobs, choices * tails.len(), watcher, |i| {
        let mut story = before.clone();
        story.run_on();
        let input = decide(decision, i % choices);
        let input = match story.check(&input) {
            Ok(()) => input,
            // The facilitator decided when nobody was asked.
            Err(_) => input.verdict().cloned().map_or(input, crate::exercise::Input::Override),
        };
        let _ = story.give(&input, story.room().clock());
        play_out(&mut story, &tails[i / choices]);
        story.watching().outcome()
    })?;
    let ends_by_plan = all.split_off(choices);
    let seat = decision.seat;
    let injects = setup.exercise.injects.iter().zip(before.injects()).enumerate();
    let reached = injects.filter(|(_, (inject, _))| inject.to.contains(&seat));
    let after = reached.filter_map(|(i, (_, fate))| Some((fate.come?, i))).max().map(|(_, i)| InjectId::from_index(i));
    Some(Looked { expected, ends: all, ends_by_plan, after })
}

/// A score as stories that nobody played are counted: without costs of waiting goods if those are not simulated.
pub(crate) fn alike(setup: &Setup, outcome: &Outcome) -> f64 {
    if setup.journeys().is_none() {
        return score(setup, outcome);
    }
    let delay = outcome.get(Measure::CostOn(Line::Delay));
    setup.exercise.score.of(|measure| match measure {
        Measure::CostTotal | Measure::CostOf(Payer::Consignors) => outcome.get(measure) - delay,
        Measure::CostOn(Line::Delay) => 0.0,
        other => outcome.get(other),
    })
}

pub(crate) fn predictions<O: Watching>(
    setup: &Setup,
    session: &Session<'_, O>,
    world: World,
    outcome: &Outcome,
) -> Vec<Prediction> {
    let scenario = &setup.exercise.scenario;
    let guilty = scenario.campaign.as_ref().and_then(|campaign| match world {
        World::Real => Some(campaign.uses),
        World::Elsewhere => Some(campaign.elsewhere),
        World::Innocent => None,
    });
    let mut all = Vec::new();
    for (decision, made) in session.made() {
        if let (Some(sure), Some(suspect)) = (made.sure, made.suspect) {
            let (said, came_true) = (f64::from(sure) / 100.0, guilty == Some(suspect));
            all.push(Prediction { decision, about: About::Suspect(suspect), said, came_true });
        }
        let foretell = setup.exercise.decisions[decision.index()].foretell.as_ref();
        if let (Some(foretold), Some(foretell)) = (made.foretold, foretell) {
            let came_true = foretell.comes_true.is_met(outcome.get(foretell.comes_true.measure));
            all.push(Prediction { decision, about: About::Foretold, said: f64::from(foretold) / 100.0, came_true });
        }
    }
    all
}
