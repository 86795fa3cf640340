//! Where the decisions of a session stand.

use crate::model::{Action, Asked, Decision, Then};
use crate::sim::Situation;
use crate::time::SimTime;

/// A decision that has been made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// When, in the story.
    pub at: SimTime,
    /// Which choice, by its place.
    pub choice: usize,
    /// Why, in the words of those who decided.
    pub why: Option<String>,
    /// What was done.
    pub actions: Vec<Action>,
}

/// Where one decision stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    /// Whether it has been put to its seat.
    pub(crate) asked: bool,
    pub(crate) made: Option<Made>,
}

/// Whether it is time to ask for the first time. `come` says which injects have come.
pub(crate) fn is_due(decision: &Decision, now: SimTime, come: &[bool]) -> bool {
    now >= decision.else_asked_on
        || match decision.asked {
            Asked::AfterInject(inject) => come[inject.index()],
            Asked::On(at) => now >= at,
        }
}

/// What a choice does in a situation. A response is aimed at the operator that the desk suspects most.
pub(crate) fn actions(does: &[Then], situation: &Situation) -> Vec<Action> {
    let suspect = situation.prime_suspect();
    let action = |deed: &Then| match *deed {
        Then::Buy(safeguard) => Some(Action::Buy(safeguard)),
        Then::Respond(response) => suspect.map(|subject| Action::Respond { response, subject }),
    };
    does.iter().filter_map(action).collect()
}
