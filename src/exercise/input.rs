//! What people say to a session, what it waits for, and why it does not take something.

use serde::{Deserialize, Serialize};

use crate::model::DecisionId;

/// What people put in. Names are those of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Input {
    /// Go on. In front of a question: not now.
    Next,
    /// Decide.
    Decide(Verdict),
    /// The facilitator brings an inject now, whatever it waits for.
    Release {
        /// Which.
        inject: String,
    },
    /// The facilitator keeps an inject back until it is released.
    Hold {
        /// Which.
        inject: String,
    },
    /// The facilitator leaves an inject out.
    Skip {
        /// Which.
        inject: String,
    },
    /// The facilitator lets the story go on to a day, or to the first decision before it that cannot wait.
    Jump {
        /// The day of the story.
        day: u64,
    },
    /// The room stops its clock to talk.
    Pause,
    /// The room goes on.
    Resume,
    /// Something worth remembering.
    Note {
        /// In words.
        text: String,
    },
    /// An evaluator has seen a target being met, or not.
    Observe(Observation),
    /// An evaluator rates an objective.
    Rate {
        /// The objective.
        objective: String,
        /// How it went.
        rating: Rating,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// The facilitator decides in place of a seat, at any time, also what has been decided already.
    Override(Verdict),
    /// Somebody takes a seat. A seat is not a person.
    Sit {
        /// The seat.
        seat: String,
        /// Who, as the room calls them.
        who: String,
    },
    /// The last input is taken back.
    Undo,
}

/// A decision and what goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// What was asked.
    pub decision: String,
    /// What is chosen.
    pub choice: String,
    /// Why, in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// How sure they are that the operator which the desk suspects most takes part \[%\].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<u8>,
    /// How likely they hold what the document asks them to foretell \[%\].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foretold: Option<u8>,
}

/// What an evaluator has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The objective.
    pub objective: String,
    /// Which of its targets, from 1.
    pub target: u32,
    /// Which of the target's tasks, from 1.
    pub task: u32,
    /// How it went.
    pub rating: Rating,
    /// What was seen.
    pub text: String,
}

/// How something went, by HSEEP's four ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

impl Rating {
    /// All, best first.
    pub const ALL: [Rating; 4] = [Rating::P, Rating::S, Rating::M, Rating::U];

    /// Its letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Rating::P => "P",
            Rating::S => "S",
            Rating::M => "M",
            Rating::U => "U",
        }
    }

    /// Its name.
    pub const fn words(self) -> &'static str {
        match self {
            Rating::P => "performed without challenges",
            Rating::S => "performed with some challenges",
            Rating::M => "performed with major challenges",
            Rating::U => "unable to be performed",
        }
    }

    /// HSEEP's definition (US government work), each spelled out.
    pub const fn definition(self) -> &'static str {
        match self {
            Rating::P => {
                "The targets and critical tasks associated with the core capability were completed in a manner that \
                 achieved the objective(s) and did not negatively impact the performance of other activities. \
                 Performance of this activity did not contribute to additional health and/or safety risks for the public \
                 or for emergency workers, and it was conducted in accordance with applicable plans, policies, \
                 procedures, regulations, and laws."
            }
            Rating::S => {
                "The targets and critical tasks associated with the core capability were completed in a manner that \
                 achieved the objective(s) and did not negatively impact the performance of other activities. \
                 Performance of this activity did not contribute to additional health and/or safety risks for the public \
                 or for emergency workers, and it was conducted in accordance with applicable plans, policies, \
                 procedures, regulations, and laws. However, opportunities to enhance effectiveness and/or efficiency \
                 were identified."
            }
            Rating::M => {
                "The targets and critical tasks associated with the core capability were completed in a manner that \
                 achieved the objective(s), but some or all of the following were observed: demonstrated performance had \
                 a negative impact on the performance of other activities; contributed to additional health and/or safety \
                 risks for the public or for emergency workers; and/or was not conducted in accordance with applicable \
                 plans, policies, procedures, regulations, and laws."
            }
            Rating::U => {
                "The targets and critical tasks associated with the core capability were not performed in a manner that \
                 achieved the objective(s)."
            }
        }
    }
}

impl Input {
    /// Whether it can be taken back: the clock and who sits where cannot.
    pub(crate) fn can_be_undone(&self) -> bool {
        !matches!(self, Input::Pause | Input::Resume | Input::Sit { .. } | Input::Undo)
    }

    /// Whether it moves the story, which it may not while the clock stands.
    pub(crate) fn moves(&self) -> bool {
        matches!(self, Input::Next | Input::Decide(_) | Input::Release { .. } | Input::Jump { .. } | Input::Override(_))
    }

    /// The decision that it makes, if it makes one.
    pub fn verdict(&self) -> Option<&Verdict> {
        match self {
            Input::Decide(verdict) | Input::Override(verdict) => Some(verdict),
            _ => None,
        }
    }
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// For the room to go on.
    Next,
    /// For a decision.
    Decide {
        /// Which.
        decision: DecisionId,
        /// Whether it can be left open for now.
        may_wait: bool,
    },
    /// For nothing: it is over.
    Over,
}

/// Why an input is not taken. The session stands as it stood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing left to say.
    #[error("the session is over")]
    Over,
    /// The story has run to its end, and only what was true is left to be told.
    #[error("the story has come to its end; ratings and notes are still taken")]
    Ended,
    /// A decision was given that is not asked for now.
    #[error("`{0}` is not asked now")]
    NotAsked(String),
    /// There is no such thing in the document.
    #[error("there is no {noun} `{name}`; there is: {}", .known.join(", "))]
    Unknown {
        /// What kind of thing.
        noun: &'static str,
        /// What was named.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A choice is not one of the decision's.
    #[error("`{decision}` has no choice `{choice}`; it has: {}", .known.join(", "))]
    NoChoice {
        /// The decision.
        decision: String,
        /// What was chosen.
        choice: String,
        /// What there is.
        known: Vec<String>,
    },
    /// It is the last moment for this decision.
    #[error("`{0}` has to be decided now")]
    MustDecide(String),
    /// The inject has come already, or was left out.
    #[error("`{0}` has come already, or was left out")]
    Gone(String),
    /// The inject tells of a signal that nobody has heard.
    #[error("`{0}` tells of a signal that has not been heard yet")]
    NoSignal(String),
    /// The day is past, or the story does not reach it.
    #[error("day {day} is not ahead: the story stands on day {now} and the table is served until day {last}")]
    NotAhead {
        /// The day asked for.
        day: u64,
        /// Today.
        now: u64,
        /// The last day of the last module.
        last: u64,
    },
    /// The clock stands.
    #[error("the clock stands; resume first")]
    Paused,
    /// The clock does not stand.
    #[error("the clock is not stopped")]
    NotPaused,
    /// Nothing has been put in that could be taken back.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// More than certain.
    #[error("{0}% is more than certain")]
    OverCertain(u8),
    /// Nothing was said.
    #[error("there are no words in it")]
    NoWords,
    /// The decision foretells nothing.
    #[error("`{0}` asks for nothing to be foretold")]
    NothingForetold(String),
}
