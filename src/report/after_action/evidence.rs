//! What was seen in a session, by objective: ratings, strengths, areas for improvement.

use crate::exercise::{Debrief, Input, Looked, Rating, Session, Setup, Watching};
use crate::model::{Exercise, ObjectiveId};
use crate::report::debrief::words;
use crate::time::SimDuration;

/// What people put in besides decisions, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// Of each objective.
    pub(super) objectives: Vec<OfObjective>,
    /// What was noted, and when by the room's clock.
    pub(super) notes: Vec<(SimDuration, String)>,
    /// Injects that were kept back, brought or left out by hand, and when.
    pub(super) handled: Vec<(SimDuration, String)>,
    /// Who sat where, by seat.
    pub(super) sat: Vec<Vec<String>>,
}

/// What was seen of an objective.
#[derive(Clone, Debug, Default)]
pub(super) struct OfObjective {
    /// The last rating, and why.
    pub(super) rated: Option<(Rating, Option<String>)>,
    /// What evaluators saw.
    pub(super) seen: Vec<Seen>,
}

/// Something that an evaluator saw.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) rating: Rating,
    pub(super) target: String,
    pub(super) task: String,
    pub(super) text: String,
    /// Plan or policy that the target comes from; may be empty.
    pub(super) plan: String,
}

impl Evidence {
    /// Of a session.
    pub(super) fn of<O: Watching>(session: &Session<'_, O>) -> Evidence {
        let exercise = &session.setup().exercise;
        let mut all = Evidence {
            objectives: vec![OfObjective::default(); exercise.objectives.len()],
            sat: vec![Vec::new(); exercise.seats.len()],
            ..Evidence::default()
        };
        for (input, clock) in session.given() {
            match input {
                Input::Note { text } => all.notes.push((*clock, text.clone())),
                Input::Hold { inject } => all.handled.push((*clock, format!("{inject} was kept back"))),
                Input::Release { inject } => all.handled.push((*clock, format!("{inject} was brought by hand"))),
                Input::Skip { inject } => all.handled.push((*clock, format!("{inject} was left out"))),
                Input::Sit { seat, who } => {
                    if let Some(place) = exercise.seats.iter().position(|own| own.id == *seat)
                        && !all.sat[place].contains(who)
                    {
                        all.sat[place].push(who.clone());
                    }
                }
                Input::Rate { objective, rating, why } => {
                    if let Some(place) = place(exercise, objective) {
                        all.objectives[place].rated = Some((*rating, why.clone()));
                    }
                }
                Input::Observe(seen) => {
                    let Some(place) = place(exercise, &seen.objective) else { continue };
                    let target = exercise.objectives[place].targets.get(seen.target as usize - 1);
                    all.objectives[place].seen.push(Seen {
                        rating: seen.rating,
                        target: target.map_or_else(String::new, |it| it.text.clone()),
                        task: target.and_then(|it| it.tasks.get(seen.task as usize - 1)).cloned().unwrap_or_default(),
                        text: seen.text.clone(),
                        plan: target.map_or_else(String::new, |it| it.plan.clone()),
                    });
                }
                _ => {}
            }
        }
        all
    }
}

impl OfObjective {
    /// What went without challenges.
    pub(super) fn strengths(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|seen| seen.rating == Rating::P)
    }

    /// Why the objective as a whole was not rated without challenges, if no single observation says so.
    pub(super) fn reason(&self) -> Option<(Rating, &str)> {
        let (rating, why) = self.rated.as_ref().filter(|(rating, _)| *rating != Rating::P)?;
        why.as_deref().filter(|_| self.areas().next().is_none()).map(|why| (*rating, why))
    }

    /// What did not.
    pub(super) fn areas(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|seen| seen.rating != Rating::P)
    }
}

/// The decisions that practise an objective, looked back at.
pub(super) fn decisions<'d>(
    setup: &'d Setup,
    debrief: &'d Debrief,
    objective: ObjectiveId,
) -> impl Iterator<Item = &'d Looked> {
    let practises =
        move |looked: &&Looked| setup.exercise.decisions[looked.expected.decision.index()].objective == Some(objective);
    debrief.decisions.iter().filter(practises)
}

/// The choice that by what was known had to be expected to end better than the one that was made, if one is shown to.
pub(super) fn better(looked: &Looked) -> Option<usize> {
    let (_, interval) = looked.expected.regret().filter(|_| looked.expected.is_enough())?;
    looked.expected.best().filter(|best| *best != looked.expected.chosen && interval.low > 0.0)
}

/// A decision in one sentence: what was chosen, and what is to be said of that by what was known.
pub(super) fn judged(setup: &Setup, looked: &Looked) -> String {
    let decision = &setup.exercise.decisions[looked.expected.decision.index()];
    let choice = &decision.choices[looked.expected.chosen].id;
    format!("{} ({choice}): {}", decision.id, words::quality(setup, &looked.expected))
}

fn place(exercise: &Exercise, objective: &str) -> Option<usize> {
    exercise.objectives.iter().position(|own| own.id == objective)
}
