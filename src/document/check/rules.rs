//! Rules whose condition can never hold.

use super::Checked;
use crate::document::Code;
use crate::document::convert::{At, Context};
use crate::model::{Condition, Scenario};
use crate::time::SimTime;

pub(super) fn check<'d>(checked: &Checked<'_, 'd>, scenario: &Scenario, context: &mut Context<'d>) {
    for (option, entry) in scenario.options.iter().zip(&checked.all.options) {
        let rules = entry.at.field("response");
        for (nth, rule) in option.rules.iter().enumerate() {
            visit(&rule.when, rules.nth(nth).field("when"), scenario, context);
        }
    }
}

/// What stands under a `Not` is left alone: that it never holds may be the point.
fn visit<'d>(condition: &Condition, at: At<'d>, scenario: &Scenario, context: &mut Context<'d>) {
    if let Condition::AllOf(list) | Condition::AnyOf(list) = condition {
        for (nth, one) in list.iter().enumerate() {
            visit(one, at.inside().nth(nth), scenario, context);
        }
    } else if let Some((reason, help)) = impossible(condition, scenario) {
        let message = format!("`{}` never holds: {reason}", context.written(at));
        context.report(Code::NeverHolds, at, message, help);
    }
}

fn impossible(condition: &Condition, scenario: &Scenario) -> Option<(&'static str, &'static str)> {
    const NO_DESK: Option<(&str, &str)> = Some(("there is no desk", "add a `desk`, or remove the rule"));
    match condition {
        Condition::Belief(_) | Condition::LinkFound | Condition::Signals(1..) if scenario.desk.is_none() => NO_DESK,
        Condition::Belief(at_least) if at_least.get() >= 1.0 => {
            Some(("no evidence makes the desk certain", "write less than Percent(100)"))
        }
        Condition::Signals(1..) if scenario.layers.is_empty() => {
            Some(("there is no layer to give a signal", "add layers, or remove the rule"))
        }
        Condition::LinkFound
            if scenario
                .desk
                .iter()
                .flat_map(|desk| &desk.stages)
                .all(|stage| stage.finds_link.get() == 0.0 && stage.false_link.get() == 0.0) =>
        {
            Some(("no stage of the desk ever finds a link", "give a stage a chance of it in `finds_link`"))
        }
        Condition::From(at) if *at >= SimTime::ZERO + scenario.calendar.horizon => {
            Some(("the story is over by then", "name a day within the horizon"))
        }
        _ => None,
    }
}
