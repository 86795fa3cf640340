//! A tabletop exercise on a scenario: who sits at the table, for how long, and what is to be practised.

use serde::{Deserialize, Serialize};

use crate::model::{Decision, Handling, Inject, Measure, OptionId, Probability, Scenario, Score, Text, World};
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
    /// What documents for the room say of it.
    pub about: About,
    /// Time that the room has.
    pub length: SimDuration,
    /// What of that time is not for modules.
    pub agenda: Agenda,
    /// The scenario.
    pub scenario: Scenario,
    /// The option in force from day 0. Its rules answer wherever no person is asked.
    pub option: OptionId,
    /// What is true. No seat is told before the end.
    pub world: WorldChoice,
    /// Whose luck it is.
    pub story: Story,
    /// What a bad end costs.
    pub score: Score,
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

    /// Time that modules and everything around them take.
    pub fn takes(&self) -> SimDuration {
        let breaks = self.modules.len().saturating_sub(1) as u64;
        let modules: u64 = self.modules.iter().map(|m| m.takes.millis()).sum();
        let Agenda { starts: _, welcome, pause, hot_wash } = self.agenda;
        SimDuration::from_millis(welcome.millis() + hot_wash.millis() + breaks * pause.millis() + modules)
    }
}

/// What documents for the room say of an exercise. Everything may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Who pays for it or asks for it.
    pub sponsor: String,
    /// What it covers and what not.
    pub scope: String,
    /// Mission areas, such as prevention or response.
    pub mission_areas: String,
    /// The threat or hazard.
    pub threat: String,
    /// The story in two or three sentences.
    pub scenario: String,
    /// Who takes part.
    pub organisations: Vec<String>,
    /// Whom to ask.
    pub contact: String,
    /// Who answers for the list of events.
    pub responsible: String,
    /// When it takes place, as the planners write it.
    pub dates: String,
    /// When the list of events was changed last, as the planners write it.
    pub revised: String,
    /// Plans and policies that the room is to use.
    pub plans: Vec<String>,
    /// What is not as it would be.
    pub artificialities: Vec<String>,
}

/// What of an exercise's time is not for modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// When it begins by the clock on the wall, counted from midnight, if the planners have said so.
    pub starts: Option<SimDuration>,
    /// Before the first module.
    pub welcome: SimDuration,
    /// Between two modules.
    pub pause: SimDuration,
    /// After the last module.
    pub hot_wash: SimDuration,
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
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Story {
    /// The one of this seed.
    Seed(u64),
    /// The one that is so difficult, of many.
    Quantile {
        /// By what it is difficult.
        of: Measure,
        /// Share of the stories that are easier.
        at: Probability,
        /// How many stories are looked at.
        among: u32,
    },
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
    /// What an evaluator looks for.
    pub targets: Vec<EvaluationTarget>,
}

/// What an evaluator looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EvaluationTarget {
    /// The organisation's target.
    pub text: String,
    /// Critical tasks. There is at least one.
    pub tasks: Vec<String>,
    /// The plan or policy that they come from; may be empty.
    pub plan: String,
}

/// A role at the table. A seat is not a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seat {
    /// Name in the document.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// For whom it speaks; may be empty.
    pub organisation: String,
    /// What stands on its card; may be empty.
    pub brief: String,
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
    /// For the facilitator; may be empty.
    pub guidance: String,
}
