//! What a session shows, and to whom.

use serde::Serialize;

use crate::exercise::seat::View;
use crate::model::{Action, DecisionId, InjectId, SeatId, World};
use crate::time::SimTime;

/// What is shown in answer to one input, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screen {
    /// Where the story stands.
    pub at: SimTime,
    /// What is shown.
    pub shown: Vec<Shown>,
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
    /// The story has ended. Only now is the world told.
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
            Audience::Seats(seats) => seats.contains(&seat),
        };
        self.shown.iter().filter(may).map(|shown| &shown.what)
    }
}
