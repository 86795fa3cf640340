//! A tabletop exercise on a scenario: who sits at the table, what reaches them, and what they are asked.

use serde::{Deserialize, Serialize};

use crate::model::{
    DecisionId, Handling, InjectId, LayerId, ObjectiveId, OptionId, Probability, Scenario, SeatId, Text, Then, World,
};
use crate::time::{SimDuration, SimTime};

/// An exercise document as one value, with the scenario that it is played on.
///
/// Ids index the lists, as in a scenario.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exercise {
    /// Title.
    pub title: String,
    /// How the document and everything made from it may be passed on.
    pub handling: Handling,
    /// Time that the room has.
    pub length: SimDuration,
    /// The scenario.
    pub scenario: Scenario,
    /// The option in force from day 0. Its rules answer wherever no person is asked.
    pub option: OptionId,
    /// What is true. No seat is told before the end.
    pub world: WorldChoice,
    /// Whose luck it is.
    pub story: Story,
    /// What is to be practised.
    pub objectives: Vec<Objective>,
    /// The seats. There is at least one.
    pub seats: Vec<Seat>,
    /// The modules, each beginning on the day on which the one before ends. There is at least one.
    pub modules: Vec<Module>,
    /// What reaches the seats.
    pub injects: Vec<Inject>,
    /// What the seats are asked.
    pub decisions: Vec<Decision>,
}

impl Exercise {
    /// The first instant at which somebody is at the table.
    pub fn begins(&self) -> SimTime {
        self.modules.first().map_or(SimTime::ZERO, |m| m.from)
    }

    /// The instant from which nobody is at the table; what is left of the story runs on alone.
    pub fn ends(&self) -> SimTime {
        self.modules.last().map_or(SimTime::ZERO, |m| m.to)
    }
}

/// What is true in a session, or how it is found out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WorldChoice {
    /// Always this world.
    Fixed(World),
    /// Drawn by the session's seed. The three sum to 1.
    Drawn {
        /// Chance of the real world.
        real: Probability,
        /// Chance of the innocent world.
        innocent: Probability,
        /// Chance of the elsewhere world.
        elsewhere: Probability,
    },
}

/// Which of the many stories that a scenario can tell is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Story {
    /// The one of this seed.
    Seed(u64),
}

/// What an exercise is to practise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Objective {
    /// Name in the document.
    pub id: String,
    /// What is practised.
    pub text: String,
    /// The core capability that it belongs to.
    pub capability: String,
}

/// A role at the table. A seat is not a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seat {
    /// Name in the document.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it may see.
    pub knows: Vec<Knows>,
}

/// Something that a seat may see. None of it is the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Knows {
    /// Signals that have reached the desk.
    Signals,
    /// Cases that are open.
    Cases,
    /// What the desk believes of each operator.
    Belief,
    /// Goods that wait at each station.
    Queues,
    /// What everything has cost so far.
    Costs,
    /// Safeguards that have been bought, and responses in force.
    Measures,
}

/// A part of the session, and the days of the story that it covers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Module {
    /// Title.
    pub title: String,
    /// Time that the room has for it.
    pub takes: SimDuration,
    /// Its first instant.
    pub from: SimTime,
    /// The instant at which it is over.
    pub to: SimTime,
    /// What is read to everybody as it begins.
    pub read_aloud: Text,
    /// What the room may talk about.
    pub questions: Vec<String>,
}

/// A message to seats.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Inject {
    /// Name in the document.
    pub id: String,
    /// Whom it reaches.
    pub to: Vec<SeatId>,
    /// Who sends it.
    pub from: String,
    /// How it comes.
    pub by: Channel,
    /// When it comes.
    pub when: When,
    /// What it says.
    pub text: Text,
}

/// How an inject comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By telephone.
    Phone,
    /// By radio.
    Radio,
    /// By fax.
    Fax,
    /// Somebody comes in.
    InPerson,
    /// From those who play the outside world.
    SimCell,
    /// On paper.
    Handout,
}

impl Channel {
    /// In a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Channel::Email => "by e-mail",
            Channel::Phone => "by telephone",
            Channel::Radio => "by radio",
            Channel::Fax => "by fax",
            Channel::InPerson => "in person",
            Channel::SimCell => "from the simulation cell",
            Channel::Handout => "on paper",
        }
    }
}

/// When an inject comes. Each condition rests on what somebody in the story could know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// At an instant.
    On(SimTime),
    /// When the desk hears the nth signal of a layer, counted from 1.
    Signal {
        /// The layer.
        layer: LayerId,
        /// Which of its signals.
        nth: u32,
    },
    /// At an instant, unless a decision has been made by then.
    NotDecided {
        /// The decision.
        decision: DecisionId,
        /// The instant that the modules give to the document's minute of the room.
        at: SimTime,
    },
}

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
