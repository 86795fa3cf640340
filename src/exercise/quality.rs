//! The quality of decisions, apart from the luck that came after them: what each choice had to be expected to lead to, given
//! what its seat knew.
//!
//! A clone of the session holds the truth, so that no expectation is taken from it. Fresh stories of the three worlds go
//! through the decisions so far, and are kept where the desk suspects whom it suspected in the session, as much; from there each choice
//! is played out by the plan. Worlds count by what was believed.

use crate::exercise::players::{Kept, Players, Tail, decide, play_out, play_while};
use crate::exercise::stories::{For, kept, score};
use crate::exercise::{Input, Made, Prompt, Session, Setup, Watching};
use crate::experiment::{LEVEL, Watcher, spread};
use crate::measure::{Outcome, Tally};
use crate::model::{DecisionId, OperatorId, World};
use crate::random::Luck;
use crate::sim::Situation;
use crate::stats::{Interval, stratified};
use crate::time::SimTime;

/// How far a belief may be off for a story to be like the session's.
pub const LIKE: f64 = 0.10;

/// As few like futures as say something.
pub const ENOUGH: usize = 50;

/// Stories in each world that are looked through, from their start to the last decision.
const LOOKED_AT: usize = 200;

/// For each decision that has found too few by then, so many more whole stories in each world, or as many more as their
/// time makes of stories up to that decision.
const LOOKED_FOR: f64 = 60.0;

/// Like stories of each world and for each decision after which no more are looked for.
const PLAYED_OUT: usize = 30;

/// The most stories that are looked through for one decision.
const MOST_LOOKED_AT: usize = 2_000;

/// Stories that are looked through at once.
const BLOCK: usize = 20;

/// What the choices of one decision had to be expected to lead to.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// The decision.
    pub decision: DecisionId,
    /// When it was made.
    pub at: SimTime,
    /// The choice that was made, by its place.
    pub chosen: usize,
    /// Whom the desk suspected most then, if there is anybody.
    pub suspect: Option<OperatorId>,
    /// How much.
    pub belief: f64,
    /// Weight of each world by that belief, in the order of [`World::ALL`].
    pub worlds: [f64; 3],
    /// Stories like the session's that were found in each world.
    pub like: [usize; 3],
    /// What is to be expected of each choice; none if there were no like stories in a world that counts.
    pub choices: Vec<Option<Expected>>,
}

/// What a choice had to be expected to lead to.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The score \[€\].
    pub score: f64,
    /// The score less that of the choice that was made \[€\], with its interval.
    pub more_than_chosen: (f64, Interval),
}

impl Expectation {
    /// Whether there are enough like stories to say anything: [`ENOUGH`] in all, and some in each world that counts.
    pub fn is_enough(&self) -> bool {
        self.like.iter().sum::<usize>() >= ENOUGH && self.choices.iter().all(Option::is_some)
    }

    /// The choice that was best by what was known.
    pub fn best(&self) -> Option<usize> {
        let scores = self.choices.iter().enumerate().filter_map(|(i, it)| Some((i, it.as_ref()?.score)));
        scores.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
    }

    /// What the choice that was made is expected to cost over the best one \[€\], and the interval of that.
    pub fn regret(&self) -> Option<(f64, Interval)> {
        let (mean, interval) = self.choices[self.best()?]?.more_than_chosen;
        Some((-mean, Interval { low: -interval.high, high: -interval.low, level: interval.level }))
    }
}

/// Scores of the choices in each like story, by decision.
type Ends = Vec<Vec<Vec<f64>>>;

/// Looks at all decisions of a session. `None` if the watcher ended it.
pub fn expectations<O: Watching>(
    setup: &Setup,
    session: &Session<'_, O>,
    jobs: usize,
    watcher: &dyn Watcher,
) -> Option<Vec<Expectation>> {
    let made = points(session);
    let kept = kept(setup, session);
    let seed = session.luck().seed();
    let worlds = setup.worlds();
    let horizon = setup.exercise.scenario.calendar.horizon.days();
    let mut ends: Vec<Ends> = Vec::new();
    for world in World::ALL {
        let mut of_world: Ends = vec![Vec::new(); made.len()];
        let mut told = 0;
        let searches = if worlds.contains(&world) { searches(&made, horizon) } else { Vec::new() };
        for Search { upto, stories, earlier } in searches {
            let last = told + stories;
            while told < last {
                // What has enough is not played out again; blocks do not depend on threads.
                let wanted: Vec<bool> =
                    of_world.iter().enumerate().map(|(d, ends)| d <= upto && ends.len() < PLAYED_OUT).collect();
                if !(wanted[upto] || earlier && wanted.contains(&true)) {
                    break;
                }
                let found = spread(jobs, BLOCK, watcher, |r| {
                    let luck = For::Likeness.luck(seed, told + r);
                    like(setup, luck, world, &kept, &made, (&wanted, upto))
                })?;
                told += BLOCK;
                for (d, ends) in of_world.iter_mut().enumerate() {
                    ends.extend(found.iter().filter_map(|story| story[d].clone()));
                }
            }
        }
        ends.push(of_world);
    }
    let of = |(d, point): (usize, &Point)| {
        let by_world: Vec<&Vec<Vec<f64>>> = ends.iter().map(|ends| &ends[d]).collect();
        point.expectation(setup, &by_world)
    };
    Some(made.iter().enumerate().map(of).collect())
}

/// A decision as it was made.
struct Point {
    decision: DecisionId,
    at: SimTime,
    chosen: usize,
    suspect: Option<OperatorId>,
    belief: f64,
}

/// A search for like stories.
struct Search {
    /// The decision up to which stories are told, by its place.
    upto: usize,
    /// At most so many.
    stories: usize,
    /// Whether it goes on for the sake of earlier decisions too.
    earlier: bool,
}

/// All searches in a world: first through all decisions, then for each by itself, earliest first. `horizon` are the days of
/// a whole story.
fn searches(made: &[Point], horizon: f64) -> Vec<Search> {
    let alone = |(upto, point): (usize, &Point)| {
        let stories = (LOOKED_FOR * horizon / point.at.days().max(1.0)) as usize;
        Search { upto, stories: stories.min(MOST_LOOKED_AT) / BLOCK * BLOCK, earlier: false }
    };
    let all = made.len().checked_sub(1).map(|upto| Search { upto, stories: LOOKED_AT, earlier: true });
    all.into_iter().chain(made.iter().enumerate().map(alone)).collect()
}

/// All decisions of a session, with what was believed when they were made.
fn points<O: Watching>(session: &Session<'_, O>) -> Vec<Point> {
    let point = |(decision, made): (DecisionId, &Made)| Point {
        decision,
        at: made.at,
        chosen: made.choice,
        suspect: made.suspect,
        belief: made.belief,
    };
    session.made().map(point).collect()
}

/// Plays a story through the session's decisions, up to the one at a place. For each that is wanted and finds the desk in
/// the same belief: the scores of all its choices, played out by the plan.
fn like(
    setup: &Setup,
    luck: Luck,
    world: World,
    kept: &[Kept],
    made: &[Point],
    (wanted, upto): (&[bool], usize),
) -> Vec<Option<Vec<f64>>> {
    let mut session: Session<'_, Tally> = Session::counting(setup, setup.journeys(), luck, world);
    session.begin();
    let tail = Tail::Sticky(kept);
    let mut found = vec![None; made.len()];
    loop {
        play_while(&mut session, &tail, |session| !matches!(tail.answer(session), Some(Input::Decide(_))));
        let Prompt::Decide { decision, .. } = session.prompt() else { return found };
        if let Some(d) = made.iter().position(|point| point.decision == decision)
            && wanted[d]
            && is_like(session.situation(), &made[d])
        {
            let choices = &setup.exercise.decisions[decision.index()].choices;
            found[d] = Some((0..choices.len()).map(|choice| end_of(setup, &session, decision, choice)).collect());
        }
        let Some(input) = tail.answer(&session).filter(|_| decision != made[upto].decision) else { return found };
        if session.give(&input, session.room().clock()).is_err() {
            return found;
        }
    }
}

/// Whether the desk suspects the same operator most, as much: whatever is chosen is aimed at that one.
fn is_like(situation: &Situation, point: &Point) -> bool {
    let suspect = situation.prime_suspect();
    let belief = suspect.map_or(0.0, |suspect| situation.operators[suspect.index()].belief);
    suspect == point.suspect && (belief - point.belief).abs() <= LIKE
}

fn end_of(setup: &Setup, session: &Session<'_, Tally>, decision: DecisionId, choice: usize) -> f64 {
    let mut session = session.clone();
    let input = decide(&setup.exercise.decisions[decision.index()], choice);
    // It is asked now, so that it is taken.
    let _ = session.give(&input, session.room().clock());
    play_out(&mut session, &Tail::Players(&Players::Plan));
    let outcome: Outcome = session.watching().outcome();
    score(setup, &outcome)
}

impl Point {
    fn expectation(&self, setup: &Setup, by_world: &[&Vec<Vec<f64>>]) -> Expectation {
        let worlds = self.worlds(setup);
        let choices = setup.exercise.decisions[self.decision.index()].choices.len();
        let expected = |choice: usize| {
            let by = |pick: &dyn Fn(&Vec<f64>) -> f64| -> Option<(f64, Interval)> {
                let values: Vec<Vec<f64>> = by_world.iter().map(|ends| ends.iter().map(pick).collect()).collect();
                let strata: Vec<(f64, &[f64])> = worlds.into_iter().zip(values.iter().map(Vec::as_slice)).collect();
                stratified(&strata, LEVEL)
            };
            let (score, _) = by(&|scores| scores[choice])?;
            Some(Expected { score, more_than_chosen: by(&|scores| scores[choice] - scores[self.chosen])? })
        };
        Expectation {
            decision: self.decision,
            at: self.at,
            chosen: self.chosen,
            suspect: self.suspect,
            belief: self.belief,
            worlds,
            like: std::array::from_fn(|w| by_world[w].len()),
            choices: (0..choices).map(expected).collect(),
        }
    }

    /// The belief is that the suspect takes part: in the real world, if it is the operator of that; or elsewhere. The other
    /// worlds share what is left as they did at first.
    fn worlds(&self, setup: &Setup) -> [f64; 3] {
        let first = setup.worlds_at_first();
        let Some(campaign) = &setup.exercise.scenario.campaign else { return first };
        let guilty = match self.suspect {
            Some(suspect) if suspect == campaign.uses => World::Real,
            Some(suspect) if suspect == campaign.elsewhere => World::Elsewhere,
            // Nobody whom the model could find guilty: the belief says nothing about the worlds.
            _ => return first,
        };
        let rest: f64 = (0..3).filter(|w| World::ALL[*w] != guilty).map(|w| first[w]).sum();
        std::array::from_fn(|w| match World::ALL[w] == guilty {
            true => self.belief,
            false if rest > 0.0 => (1.0 - self.belief) * first[w] / rest,
            false => 0.0,
        })
    }
}
