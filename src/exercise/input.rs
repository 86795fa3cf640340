//! What people say to a session, what it waits for, and why it does not take something.

use serde::{Deserialize, Serialize};

use crate::model::DecisionId;

/// What people put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Input {
    /// Go on. In front of a question: not now.
    Next,
    /// Decide.
    Decide {
        /// What was asked, by its name in the document.
        decision: String,
        /// What is chosen, by its name in the document.
        choice: String,
        /// Why, in their own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
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
    /// A decision was given that is not asked for now.
    #[error("`{0}` is not asked now")]
    NotAsked(String),
    /// A choice is not one of the decision's.
    #[error("`{decision}` has no choice `{choice}`")]
    NoChoice {
        /// The decision.
        decision: String,
        /// What was chosen.
        choice: String,
    },
    /// It is the last moment for this decision.
    #[error("`{0}` has to be decided now")]
    MustDecide(String),
}
