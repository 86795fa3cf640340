//! Where the decisions of a session stand.

use crate::exercise::inject::Fate;
use crate::model::{Action, Asked, Decision, OperatorId, Then};
use crate::sim::Situation;
use crate::time::{SimDuration, SimTime};

/// A decision that has been made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    /// When, in the story.
    pub at: SimTime,
    /// When, by the room's clock.
    pub clock: SimDuration,
    /// Which choice, by its place.
    pub choice: usize,
    /// Why, in the words of those who decided.
    pub why: Option<String>,
    /// How sure they were that the operator which the desk suspects most takes part \[%\].
    pub sure: Option<u8>,
    /// How likely they held what they were asked to foretell \[%\].
    pub foretold: Option<u8>,
    /// Whom the desk suspected most, if there is anybody.
    pub suspect: Option<OperatorId>,
    /// How much, from 0 to 1.
    pub belief: f64,
    /// Whether the facilitator decided in their place.
    pub overridden: bool,
    /// What was done.
    pub actions: Vec<Action>,
}

/// Where one decision stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    /// When it was put to its seat first.
    pub(crate) asked: Option<SimTime>,
    pub(crate) made: Option<Made>,
}

/// Whether it is time to ask for the first time. `injects` says which have come.
pub(crate) fn is_due(decision: &Decision, now: SimTime, injects: &[Fate]) -> bool {
    now >= decision.else_asked_on
        || match decision.asked {
            Asked::AfterInject(inject) => injects[inject.index()].come.is_some(),
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
