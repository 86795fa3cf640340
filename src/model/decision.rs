//! What the seats of an exercise are asked.

use crate::model::{InjectId, ObjectiveId, SeatId, Target, Then};
use crate::time::{SimDuration, SimTime};

/// Something that a seat is asked, and will be asked whatever happens.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// Name in the document.
    pub id: String,
    /// Who decides.
    pub seat: SeatId,
    /// The question, if the document words it.
    pub question: Option<String>,
    /// When it is asked first.
    pub asked: Asked,
    /// When it is asked at the latest, and must be answered.
    pub else_asked_on: SimTime,
    /// Time that the room has for it.
    pub takes: SimDuration,
    /// What it practises.
    pub objective: Option<ObjectiveId>,
    /// What can be chosen. There are at least two.
    pub choices: Vec<Choice>,
    /// The choice that the exercise's author expects, by its place.
    pub expected: Option<usize>,
    /// For those who do not know how to go on.
    pub hint: Option<String>,
    /// What those who decide are asked to foretell.
    pub foretell: Option<Foretold>,
    /// For the facilitator; may be empty.
    pub guidance: String,
}

/// An end of the story of which a seat says how likely it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Foretold {
    /// In words.
    pub text: String,
    /// As a measure of the story's end.
    pub comes_true: Target,
}

/// What makes a seat be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Asked {
    /// An inject has come.
    AfterInject(InjectId),
    /// An instant has come.
    On(SimTime),
}

/// A choice.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// Name in the document.
    pub id: String,
    /// What it means, if the document words it.
    pub text: Option<String>,
    /// What is done. A response is aimed at the operator that the desk suspects most.
    pub does: Vec<Then>,
}
