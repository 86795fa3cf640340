//! A rehearsal: an exercise played many times by policies, to see what of it a room will meet.

use crate::exercise::players::{Players, Tail, play_while};
use crate::exercise::stories::For;
use crate::exercise::{Prompt, Session, Setup};
use crate::experiment::{Watcher, spread};
use crate::measure::Tally;
use crate::model::{DecisionId, Exercise};
use crate::random::Luck;
use crate::time::{SimDuration, SimTime};

/// What a rehearsal found, policy by policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsal {
    /// How many stories each policy played; their worlds are drawn as the document says.
    pub stories: usize,
    /// By policy.
    pub by: Vec<RehearsedBy>,
}

/// What one policy met.
#[derive(Clone, Debug, PartialEq)]
pub struct RehearsedBy {
    /// The policy's name.
    pub policy: &'static str,
    /// Of each inject, the share of stories in which it came.
    pub injects: Vec<f64>,
    /// Of each decision, the share of stories in which something but the calendar asked for it.
    pub asked_early: Vec<f64>,
    /// Of each objective, the share of stories in which a decision or an inject practised it.
    pub objectives: Vec<f64>,
    /// Of each module, the mean time that its decisions take of the room.
    pub decisions_take: Vec<SimDuration>,
    /// Of each module, the longest time of the room in which nothing comes, in the mean.
    pub dead: Vec<SimDuration>,
}

/// What one story showed.
struct Seen {
    injects: Vec<bool>,
    asked_early: Vec<bool>,
    objectives: Vec<bool>,
    decisions_take: Vec<u64>,
    dead: Vec<u64>,
}

impl Rehearsal {
    /// Plays `stories` stories with each of four policies, on `jobs` threads (0: as many as there are cores). `None` if the
    /// watcher ended it.
    pub fn of(setup: &Setup, seed: u64, stories: usize, jobs: usize, watcher: &dyn Watcher) -> Option<Rehearsal> {
        let policies = [
            ("nothing", Players::Nothing),
            ("random", Players::Random),
            ("plan", Players::Plan),
            ("heuristic", Players::Heuristic),
        ];
        let all = spread(jobs, policies.len() * stories, watcher, |i| {
            let luck = For::Rehearsal.luck(seed, i % stories);
            rehearse(setup, luck, &policies[i / stories].1)
        })?;
        let by = policies.iter().zip(all.chunks(stories.max(1))).map(|((name, _), seen)| summed(name, seen));
        Some(Rehearsal { stories, by: by.collect() })
    }

    /// The most often that something came with any policy: 0 if no policy ever met it.
    pub fn at_best(&self, of: impl Fn(&RehearsedBy) -> f64) -> f64 {
        self.by.iter().map(of).fold(0.0, f64::max)
    }
}

fn summed(policy: &'static str, all: &[Seen]) -> RehearsedBy {
    let n = all.len().max(1) as f64;
    let share = |of: fn(&Seen) -> &Vec<bool>| {
        let count = all.first().map_or(0, |seen| of(seen).len());
        (0..count).map(|i| all.iter().filter(|seen| of(seen)[i]).count() as f64 / n).collect()
    };
    let mean = |of: fn(&Seen) -> &Vec<u64>| {
        let count = all.first().map_or(0, |seen| of(seen).len());
        let sum = |i: usize| all.iter().map(|seen| of(seen)[i]).sum::<u64>();
        (0..count).map(|i| SimDuration::from_millis_f64(sum(i) as f64 / n)).collect()
    };
    RehearsedBy {
        policy,
        injects: share(|seen| &seen.injects),
        asked_early: share(|seen| &seen.asked_early),
        objectives: share(|seen| &seen.objectives),
        decisions_take: mean(|seen| &seen.decisions_take),
        dead: mean(|seen| &seen.dead),
    }
}

fn rehearse(setup: &Setup, luck: Luck, players: &Players) -> Seen {
    let exercise = &setup.exercise;
    let mut session: Session<'_, Tally> = Session::counting(setup, setup.journeys(), luck, setup.world_under(luck));
    session.begin();
    let mut asked_early = vec![false; exercise.decisions.len()];
    // From stop to stop, so that each question is seen; what lies behind the last module is nobody's.
    while session.prompt() != Prompt::Over && session.now() < exercise.ends() {
        if let Prompt::Decide { decision, may_wait } = session.prompt() {
            asked_early[decision.index()] |= may_wait;
        }
        let (before, given) = (session.now(), session.given().len());
        play_while(&mut session, &Tail::Players(players), |session| session.given().len() == given);
        if session.now() == before && session.given().len() == given {
            break;
        }
    }
    let mut events: Vec<SimTime> = session.injects().iter().filter_map(|fate| fate.come).collect();
    let mut decisions_take = vec![0; exercise.modules.len()];
    let mut objectives = vec![false; exercise.objectives.len()];
    for (id, made) in session.made() {
        let decision = &exercise.decisions[id.index()];
        events.extend(session.asked(id));
        events.push(made.at);
        if let Some(module) = module_of(exercise, made.at) {
            decisions_take[module] += decision.takes.millis();
        }
        if let Some(objective) = decision.objective {
            objectives[objective.index()] = true;
        }
    }
    for (inject, fate) in exercise.injects.iter().zip(session.injects()) {
        if let (Some(objective), Some(_)) = (inject.objective, fate.come) {
            objectives[objective.index()] = true;
        }
    }
    Seen {
        injects: session.injects().iter().map(|fate| fate.come.is_some()).collect(),
        asked_early: (0..exercise.decisions.len())
            .map(|d| asked_early[d] && session.asked(DecisionId::from_index(d)).is_some())
            .collect(),
        objectives,
        decisions_take,
        dead: dead(exercise, events),
    }
}

fn module_of(exercise: &Exercise, at: SimTime) -> Option<usize> {
    exercise.modules.iter().position(|module| (module.from..module.to).contains(&at))
}

/// Of each module, the longest time of the room between two events, its beginning and its end included.
fn dead(exercise: &Exercise, mut events: Vec<SimTime>) -> Vec<u64> {
    events.sort_unstable();
    let of = |module: &crate::model::Module| {
        let inside = events.iter().copied().filter(|at| (module.from..module.to).contains(at));
        let mut last = module.from;
        let mut longest = 0;
        for at in inside.chain(std::iter::once(module.to)) {
            longest = longest.max(at.since(last).millis());
            last = at;
        }
        let days = module.to.since(module.from).millis() as f64;
        (longest as f64 / days * module.takes.millis() as f64) as u64
    };
    exercise.modules.iter().map(of).collect()
}
