//! Options: safeguards and rules.

use super::{At, Context, Noun};
use crate::document::shape::{self, AtLeast};
use crate::model::{Condition, DefenceOption, Response, Rule, SafeguardId, Then};

impl Context<'_> {
    pub(crate) fn option(&mut self, id: &str, option: &shape::DefenceOption, at: At) -> Option<DefenceOption> {
        let list = at.field("safeguards");
        self.no_repeats(&option.safeguards, list);
        let safeguards: Vec<Option<SafeguardId>> =
            option.safeguards.iter().enumerate().map(|(nth, name)| self.safeguard_id(name, list.nth(nth))).collect();
        let list = at.field("response");
        let rules: Vec<Option<Rule>> =
            option.response.iter().enumerate().map(|(nth, rule)| self.rule(rule, list.nth(nth))).collect();
        Some(DefenceOption {
            id: id.to_owned(),
            safeguards: safeguards.into_iter().collect::<Option<_>>()?,
            rules: rules.into_iter().collect::<Option<_>>()?,
        })
    }

    fn safeguard_id(&mut self, name: &str, at: At) -> Option<SafeguardId> {
        self.resolve(Noun::Safeguard, name, at).map(SafeguardId::from_index)
    }

    fn rule(&mut self, rule: &shape::Rule, at: At) -> Option<Rule> {
        let when = self.condition(&rule.when, at.field("when"));
        let place = at.field("then");
        let then = match &rule.then {
            shape::Then::Watch => Some(Then::Respond(Response::Watch)),
            shape::Then::Investigate => Some(Then::Respond(Response::Investigate)),
            shape::Then::RestrictScope(by) => {
                self.share(*by, place.inside()).map(|by| Then::Respond(Response::RestrictScope(by)))
            }
            shape::Then::RestrictAccess(by) => {
                self.share(*by, place.inside()).map(|by| Then::Respond(Response::RestrictAccess(by)))
            }
            shape::Then::Suspend => Some(Then::Respond(Response::Suspend)),
            shape::Then::Replace => Some(Then::Respond(Response::Replace)),
            shape::Then::Recall => Some(Then::Respond(Response::Recall)),
            shape::Then::Buy(name) => self.safeguard_id(name, place.inside()).map(Then::Buy),
        };
        Some(Rule { when: when?, then: then? })
    }

    /// Depth is bounded by the scanner.
    pub(super) fn condition(&mut self, condition: &shape::Condition, at: At) -> Option<Condition> {
        match condition {
            shape::Condition::Belief(AtLeast::AtLeast(share)) => {
                self.share(*share, at.inside().inside()).map(Condition::Belief)
            }
            shape::Condition::LinkFound => Some(Condition::LinkFound),
            shape::Condition::Signals(AtLeast::AtLeast(count)) => Some(Condition::Signals(*count)),
            shape::Condition::From(instant) => self.instant(*instant, at.inside()).map(Condition::From),
            shape::Condition::AllOf(list) => self.conditions(list, at.inside()).map(Condition::AllOf),
            shape::Condition::AnyOf(list) => self.conditions(list, at.inside()).map(Condition::AnyOf),
            shape::Condition::Not(one) => self.condition(one, at.inside()).map(|one| Condition::Not(Box::new(one))),
        }
    }

    fn conditions(&mut self, list: &[shape::Condition], at: At) -> Option<Vec<Condition>> {
        let some = self.not_empty(list, at, "condition");
        let read: Vec<Option<Condition>> =
            list.iter().enumerate().map(|(nth, one)| self.condition(one, at.nth(nth))).collect();
        some?;
        read.into_iter().collect()
    }
}
