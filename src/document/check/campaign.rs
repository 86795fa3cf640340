//! Which steps of the campaign can come about, and through whom.

use super::Checked;
use crate::document::Code;
use crate::document::convert::{At, Context};
use crate::model::{After, Campaign, CompulsionLaw, OperatorId, Scenario, Step, StepClass};
use crate::time::SimTime;

/// What can come about in the worlds that have the campaign.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// For the operator of each such world.
    pub(super) worlds: [World; 2],
}

/// What can come about through one operator.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) operator: OperatorId,
    /// Steps that can begin.
    pub(super) begins: Vec<bool>,
    /// Steps that can begin without a complied demand behind them.
    pub(super) begins_unlawfully: Vec<bool>,
}

pub(super) fn check<'d>(checked: &Checked<'_, 'd>, scenario: &Scenario, context: &mut Context<'d>) -> Option<Reach> {
    let campaign = scenario.campaign.as_ref()?;
    let raw = checked.header.campaign.as_ref()?;
    if campaign.starts >= SimTime::ZERO + scenario.calendar.horizon {
        let place = raw.at.field("starts");
        let message = format!("the campaign begins with `{}`, when the story is over", context.written(place));
        context.report(Code::NeverBegins, place, message, "let it start within the horizon");
    }
    let worlds = [(campaign.uses, "uses"), (campaign.elsewhere, "elsewhere")];
    for (operator, field) in worlds {
        if !scenario.traffic.iter().any(|traffic| traffic.handled_by == operator && traffic.consignments_a_day() > 0.0)
        {
            // Without the field, its default is an operator that handles goods.
            let place = raw.at.field(field);
            let message = format!(
                "`{}` handles no goods, so that there is nothing to record or alter",
                scenario.operators[operator.index()].id
            );
            context.report_head(
                Code::NothingToUse,
                place,
                message,
                "name it as `handled_by` of a traffic class, or name another operator",
            );
        }
    }
    let worlds = worlds.map(|(operator, _)| World {
        operator,
        begins: begins(scenario, campaign, operator, true),
        begins_unlawfully: begins(scenario, campaign, operator, false),
    });
    let places: Vec<At> = raw.steps.iter().map(|step| step.at).collect();
    steps(scenario, campaign, &worlds[0], &places, context);
    Some(Reach { worlds })
}

/// Tells of each step that never begins or never ends, and of the reason that lies nearest.
fn steps<'d>(scenario: &Scenario, campaign: &Campaign, world: &World, places: &[At<'d>], context: &mut Context<'d>) {
    for ((step, at), begins) in campaign.steps.iter().zip(places).zip(&world.begins) {
        let (place, message, help) = if let Some(goal) = goal_given_up(step.class, campaign) {
            let message = format!("`{}` is never begun: the goal `{goal}` has weight 0", step.id);
            (at.field("class"), message, "give the goal a weight, or remove the step")
        } else if !begins {
            let message = format!("`{}` is never begun: what it waits for is never done", step.id);
            (at.field("after"), message, "let it wait for steps that can be done")
        } else if step.class == StepClass::Compel && !can_comply(scenario, world.operator) {
            let operator = &scenario.operators[world.operator.index()].id;
            let message = format!("`{}` is never done: no demand to `{operator}` is ever complied with", step.id);
            (at.field("class"), message, "let the operator's `law` apply with rates over 0, or remove the step")
        } else if step.repeats.is_never() {
            let message = format!("`{}` is never attempted", step.id);
            (at.field("repeats"), message, "write a rate over 0, or leave `repeats` out for one attempt")
        } else if step.class != StepClass::Compel && step.succeeds.get() == 0.0 {
            let message = format!("`{}` never succeeds", step.id);
            (at.field("succeeds"), message, "write a chance over 0, or remove the step")
        } else {
            continue;
        };
        context.report(Code::NeverBegins, place, message, help);
    }
}

/// The steps that can begin through an operator; `lawfully`: demands may be complied with.
fn begins(scenario: &Scenario, campaign: &Campaign, operator: OperatorId, lawfully: bool) -> Vec<bool> {
    let can_be_done = |step: &Step| match step.class {
        // A demand that everything starts with gives the authority; one that waits for something else does not.
        StepClass::Compel => can_comply(scenario, operator) && (lawfully || step.after != After::Start),
        _ => step.succeeds.get() > 0.0 && !step.repeats.is_never(),
    };
    let mut begins = vec![false; campaign.steps.len()];
    loop {
        let mut more = false;
        for (nth, step) in campaign.steps.iter().enumerate() {
            let done =
                |other: &crate::model::StepId| begins[other.index()] && can_be_done(&campaign.steps[other.index()]);
            let ready = match &step.after {
                After::Start => true,
                After::AllOf(others) => others.iter().all(done),
                After::AnyOf(others) => others.iter().any(done),
            };
            if ready && !begins[nth] && goal_given_up(step.class, campaign).is_none() {
                begins[nth] = true;
                more = true;
            }
        }
        if !more {
            return begins;
        }
    }
}

fn can_comply(scenario: &Scenario, operator: OperatorId) -> bool {
    match scenario.operators[operator.index()].law {
        CompulsionLaw::Applies { demands, complied_with } => demands.a_day() > 0.0 && complied_with.get() > 0.0,
        CompulsionLaw::DoesNotApply => false,
    }
}

/// The goal that a class of steps serves, if it has weight 0.
fn goal_given_up(class: StepClass, campaign: &Campaign) -> Option<&'static str> {
    let (weight, name) = match class {
        StepClass::Collect | StepClass::MoveOut => (campaign.goals.catalogue, "catalogue"),
        StepClass::Alter | StepClass::Trigger => (campaign.goals.alter, "alter"),
        StepClass::Exploit => (campaign.goals.exploit, "exploit"),
        StepClass::Compel | StepClass::Recruit | StepClass::Conceal => return None,
    };
    (weight.get() == 0.0).then_some(name)
}
