//! What a session shows, and to whom.

use serde::Serialize;

use crate::exercise::Input;
use crate::exercise::seat::View;
use crate::model::{Action, DecisionId, InjectId, SeatId, World};
use crate::time::{SimDuration, SimTime};

/// What is shown in answer to one input, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screen {
    /// Where the story stands.
    pub at: SimTime,
    /// Where the room's clock stands.
    pub timer: Timer,
    /// What is shown.
    pub shown: Vec<Shown>,
}

/// Where the room's clock stands, as it was when the last input was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Timer {
    /// The module, from 0.
    pub module: usize,
    /// Time of the room that it has taken.
    pub played: SimDuration,
    /// Whether the clock is stopped.
    pub paused: bool,
}

/// One thing that is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// Who may see it.
    pub to: Audience,
    /// What it is.
    pub what: What,
}

/// Who may see something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Audience {
    /// Everybody in the room.
    Everyone,
    /// Facilitators and evaluators.
    Control,
    /// These seats.
    Seats(Vec<SeatId>),
}

/// Something to show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum What {
    /// A module begins; its text is read aloud.
    Module {
        /// Which, from 0.
        module: usize,
        /// The text, its gaps filled.
        read_aloud: String,
    },
    /// What a seat sees.
    View(View),
    /// An inject has come.
    Inject {
        /// Which.
        inject: InjectId,
        /// The text, its gaps filled.
        text: String,
    },
    /// A question is put.
    Question {
        /// Which.
        decision: DecisionId,
        /// Whether it can be left open for now.
        may_wait: bool,
    },
    /// A decision has been made.
    Decided {
        /// Which.
        decision: DecisionId,
        /// The choice, by its place.
        choice: usize,
        /// What was done.
        actions: Vec<Action>,
    },
    /// A decision is left open for now.
    LeftOpen {
        /// Which.
        decision: DecisionId,
    },
    /// What facilitators and evaluators put in was taken.
    Taken(Input),
    /// The last input was taken back.
    Undone(Input),
    /// The story has run to its end. What was true is told with the next step.
    Ended,
    /// Only now is the world told.
    Over {
        /// What was true.
        world: World,
    },
}

impl Screen {
    /// What one seat may see of it.
    pub fn for_seat(&self, seat: SeatId) -> impl Iterator<Item = &What> {
        let may = move |shown: &&Shown| match &shown.to {
            Audience::Everyone => true,
            Audience::Control => false,
            Audience::Seats(seats) => seats.contains(&seat),
        };
        self.shown.iter().filter(may).map(|shown| &shown.what)
    }
}
