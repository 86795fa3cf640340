//! What reaches the seats of an exercise.

use serde::{Deserialize, Serialize};

use crate::model::{Condition, DecisionId, LayerId, ObjectiveId, SeatId, Text};
use crate::time::{SimDuration, SimTime};

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
    /// What it is about, in a line; may be empty.
    pub synopsis: String,
    /// What it says.
    pub text: Text,
    /// What the seats should do about it.
    pub expects: Option<ExpectedAction>,
    /// What it practises.
    pub objective: Option<ObjectiveId>,
    /// Who brings it; may be empty.
    pub controller: String,
    /// For controllers and evaluators; may be empty.
    pub guidance: String,
}

impl Inject {
    /// Whether it comes only if something expected does not happen.
    pub fn is_contingency(&self) -> bool {
        matches!(self.when, When::NotDecided { .. })
    }
}

/// What seats should do about an inject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedAction {
    /// What.
    pub action: String,
    /// Within what time of the room.
    pub within: SimDuration,
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
#[derive(Clone, Debug, PartialEq)]
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
    /// Once this holds of the operator that the desk suspects most.
    Known(Condition),
    /// So much later than a decision, if it was decided so.
    Chosen {
        /// The decision.
        decision: DecisionId,
        /// The choice, by its place.
        choice: usize,
        /// How much later, in the story.
        after: SimDuration,
    },
}
