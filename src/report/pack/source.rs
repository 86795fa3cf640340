//! From where in the document a cell of a list of events comes.

use super::column::{Column, plain};
use super::event::{Entry, Event};
use super::meaning::unmarked;
use super::place::Place;
use crate::model::{Decision, Exercise, ObjectiveId};

/// From where a cell comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// It is written there.
    Written(Place),
    /// It follows from what is written there.
    Follows(Place),
    /// Controllers write it; no document holds it.
    Free,
}

/// From where a cell comes. `now` is what people have written into it: it may tell which part they mean.
pub(super) fn source(exercise: &Exercise, event: &Event, column: Column, now: &str) -> Source {
    if matches!(column, Column::Status | Column::ActualTime | Column::ActualResponse) {
        return Source::Free;
    }
    match event.entry {
        Entry::Module(nth) => module(nth, column),
        Entry::End => Source::Follows(Place::of(&["modules"]).nth(exercise.modules.len())),
        Entry::Inject(nth) => {
            let inject = &exercise.injects[nth];
            let own = Place::of(&["injects", &inject.id]);
            let field = match column {
                Column::ScenarioTime | Column::RealTime => "when",
                Column::Category | Column::Module => return Source::Follows(own.then("when")),
                Column::Synopsis => "synopsis",
                Column::Originator => "from",
                Column::Recipient => "to",
                Column::Method => "by",
                Column::Text => "text",
                Column::Controller => "controller",
                Column::Instructions => "guidance",
                Column::Expected => return Source::Written(own.then("expects").then("action")),
                Column::Deadline => return Source::Written(own.then("expects").then("within")),
                Column::Objective | Column::Capability | Column::Tasks => {
                    return Source::Written(practised(exercise, inject.objective, own, column, now));
                }
                Column::Number | Column::Status | Column::ActualTime | Column::ActualResponse => {
                    return Source::Follows(own);
                }
            };
            Source::Written(own.then(field))
        }
        Entry::Decision(nth) => {
            let decision = &exercise.decisions[nth];
            let own = Place::of(&["decisions", &decision.id]);
            match column {
                Column::ScenarioTime | Column::RealTime => Source::Written(own.then("asked")),
                Column::Module => Source::Follows(own.then("asked")),
                Column::Synopsis => Source::Written(own.then("question")),
                Column::Recipient => Source::Written(own.then("seat")),
                Column::Text => Source::Written(question(decision, event, own, now)),
                Column::Instructions => Source::Written(own.then("guidance")),
                Column::Expected => Source::Written(own.then("expected")),
                Column::Deadline => Source::Written(own.then("takes")),
                Column::Objective | Column::Capability | Column::Tasks => {
                    Source::Written(practised(exercise, decision.objective, own, column, now))
                }
                _ => Source::Follows(own),
            }
        }
    }
}

fn module(nth: usize, column: Column) -> Source {
    let own = Place::of(&["modules"]).nth(nth + 1);
    match column {
        Column::ScenarioTime => Source::Written(own.then("covers").then("from")),
        Column::Synopsis => Source::Written(own.then("title")),
        Column::Text => Source::Written(own.then("read_aloud")),
        Column::Instructions => Source::Written(own.then("guidance")),
        _ => Source::Follows(own),
    }
}

/// Another objective is named with the event; another wording stands with the objective.
fn practised(exercise: &Exercise, objective: Option<ObjectiveId>, own: Place, column: Column, now: &str) -> Place {
    let Some(objective) = objective.map(|id| &exercise.objectives[id.index()]) else { return own.then("objective") };
    let there = Place::of(&["objectives", &objective.id]);
    match column {
        Column::Capability => there.then("capability"),
        Column::Tasks => there.then("targets"),
        _ if now.split(':').next().is_some_and(|id| plain(id) == plain(&objective.id)) => there.then("text"),
        _ => own.then("objective"),
    }
}

/// The question, or the choice whose line is another one.
fn question(decision: &Decision, event: &Event, own: Place, now: &str) -> Place {
    let (was, now) = (unmarked(event.cell(Column::Text)).0, unmarked(now).0);
    let (was, now): (Vec<&str>, Vec<&str>) = (was.split('\n').collect(), now.split('\n').collect());
    if was.len() != now.len() || was.len() != decision.choices.len() + 1 {
        return own.then("choices");
    }
    let other = was.iter().zip(&now).position(|(was, now)| was != now);
    match other.and_then(|line| line.checked_sub(1)).and_then(|nth| decision.choices.get(nth)) {
        Some(choice) => own.then("choices").then(&choice.id).then("text"),
        None => own.then("question"),
    }
}
