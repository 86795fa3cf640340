//! What players may read before the exercise. Their documents are made from this and from nothing else, so that nothing
//! else can stand in them.

use super::clock::{Clock, Slot};
use crate::exercise::Words;
use crate::model::{About, Exercise, Gap, Handling, Knows, Module, Piece};
use crate::time::SimDuration;

/// The part of an exercise that players may read.
#[derive(Debug)]
pub(crate) struct Public<'e> {
    pub(super) title: &'e str,
    pub(super) handling: Handling,
    pub(super) about: &'e About,
    /// Text and core capability of each objective; what evaluators look for is not in it.
    pub(super) objectives: Vec<(&'e str, &'e str)>,
    pub(super) seats: Vec<Card<'e>>,
    /// What is read aloud as the first module begins.
    pub(super) opening: String,
    pub(super) modules: Vec<Part<'e>>,
    pub(super) agenda: Vec<Slot>,
    clock: Clock<'e>,
}

/// A seat, as its card tells it.
#[derive(Debug)]
pub(super) struct Card<'e> {
    pub(super) title: &'e str,
    pub(super) organisation: &'e str,
    pub(super) brief: &'e str,
    pub(super) knows: Vec<&'static str>,
}

/// A module.
#[derive(Debug)]
pub(super) struct Part<'e> {
    pub(super) title: &'e str,
    pub(super) takes: SimDuration,
    pub(super) questions: &'e [String],
}

impl<'e> Public<'e> {
    /// Of an exercise.
    pub(crate) fn of(exercise: &'e Exercise) -> Self {
        let seats = exercise.seats.iter().map(|seat| Card {
            title: &seat.title,
            organisation: &seat.organisation,
            brief: &seat.brief,
            knows: seat.knows.iter().map(|what| knows(*what)).collect(),
        });
        let modules = exercise.modules.iter();
        Public {
            title: &exercise.title,
            handling: exercise.handling,
            about: &exercise.about,
            objectives: exercise.objectives.iter().map(|it| (it.text.as_str(), it.capability.as_str())).collect(),
            seats: seats.collect(),
            opening: exercise.modules.first().map_or_else(String::new, |first| opening(exercise, first)),
            modules: modules.map(|it| Part { title: &it.title, takes: it.takes, questions: &it.questions }).collect(),
            agenda: Clock(exercise).agenda(),
            clock: Clock(exercise),
        }
    }

    /// A time of the agenda.
    pub(super) fn time(&self, after: SimDuration) -> String {
        self.clock.shown(after)
    }
}

/// The opening words. What only the session can fill in stays open.
fn opening(exercise: &Exercise, first: &Module) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(plain) => plain.clone(),
        Piece::Gap(Gap::Date) => Words(&exercise.scenario).date(first.from).to_string(),
        Piece::Gap(Gap::Day) => first.from.day().to_string(),
        Piece::Gap(_) => "……".to_owned(),
    };
    first.read_aloud.pieces().iter().map(piece).collect()
}

fn knows(what: Knows) -> &'static str {
    match what {
        Knows::Signals => "what has been reported to the desk: by which layer, about which operator, and when",
        Knows::Cases => "which cases are open, and how far they are",
        Knows::Belief => "how strongly the desk's arithmetic suspects each operator",
        Knows::Queues => "how many consignments wait at each station",
        Knows::Costs => "what everything has cost so far, and who paid",
        Knows::Measures => "which measures have been bought, and what is in force against whom",
    }
}
