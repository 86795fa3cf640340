//! Who answers at decision points when no person does.

use crate::model::{Action, Condition, DefenceOption, OperatorId, Response, Then};
use crate::sim::situation::{OperatorView, Situation};

/// What a policy looks at before it decides. What it does not look at is not written down for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Nothing: it never does anything.
    Nothing,
    /// The instant, operators and cases.
    Operators,
    /// The whole situation.
    Everything,
}

/// Decides from what the defenders could know.
pub trait Policy {
    /// What it looks at.
    fn interest(&self) -> Interest {
        Interest::Everything
    }

    /// Adds what is to be done now to `actions`.
    fn decide(&mut self, situation: &Situation, actions: &mut Vec<Action>);
}

/// Does nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct DoNothing;

impl Policy for DoNothing {
    fn interest(&self) -> Interest {
        Interest::Nothing
    }

    fn decide(&mut self, _: &Situation, _: &mut Vec<Action>) {}
}

/// An option's own rules. Each rule is used once against each operator; an investigation is opened again whenever its
/// condition holds and no case is open.
#[derive(Clone, Debug)]
pub struct Rules<'s> {
    option: &'s DefenceOption,
    used: Vec<(usize, OperatorId)>,
}

impl<'s> Rules<'s> {
    /// The rules of an option, none used yet.
    pub fn new(option: &'s DefenceOption) -> Self {
        Rules { option, used: Vec::new() }
    }
}

impl Policy for Rules<'_> {
    fn interest(&self) -> Interest {
        if self.option.rules.is_empty() { Interest::Nothing } else { Interest::Operators }
    }

    fn decide(&mut self, situation: &Situation, actions: &mut Vec<Action>) {
        for (r, rule) in self.option.rules.iter().enumerate() {
            for view in &situation.operators {
                let again = matches!(rule.then, Then::Respond(Response::Investigate));
                let used = self.used.contains(&(r, view.operator));
                if (used && !again) || !holds(&rule.when, situation, view) {
                    continue;
                }
                match rule.then {
                    Then::Respond(Response::Investigate) if situation.has_case(view.operator) => continue,
                    Then::Respond(response) => actions.push(Action::Respond { response, subject: view.operator }),
                    Then::Buy(safeguard) => actions.push(Action::Buy(safeguard)),
                }
                if !used {
                    self.used.push((r, view.operator));
                }
            }
        }
    }
}

/// Whether a condition holds for an operator.
pub fn holds(condition: &Condition, situation: &Situation, view: &OperatorView) -> bool {
    match condition {
        Condition::Belief(at_least) => view.belief >= at_least.get(),
        Condition::LinkFound => view.link,
        Condition::Signals(at_least) => view.signals >= *at_least,
        Condition::From(at) => situation.at >= *at,
        Condition::AllOf(list) => list.iter().all(|c| holds(c, situation, view)),
        Condition::AnyOf(list) => list.iter().any(|c| holds(c, situation, view)),
        Condition::Not(c) => !holds(c, situation, view),
    }
}
