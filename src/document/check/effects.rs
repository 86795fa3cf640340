//! Safeguards that change nothing in the document that they stand in.

use super::Checked;
use crate::document::Code;
use crate::document::convert::Context;
use crate::model::{CompulsionLaw, Effect, Method, Safeguard, Scenario, StepClass, StepClasses, Watches};
use crate::time::SimDuration;

pub(super) fn check<'d>(checked: &Checked<'_, 'd>, scenario: &Scenario, context: &mut Context<'d>) {
    for (safeguard, entry) in scenario.safeguards.iter().zip(&checked.all.safeguards) {
        let idle: Vec<Option<String>> = safeguard.does.iter().map(|effect| idle(scenario, effect)).collect();
        if safeguard.from_library {
            if let Some(reason) = shipped(safeguard, &idle) {
                let help = "leave it out, or copy it as Own(…) and change what does not fit";
                let message = format!("`{}` {reason}", safeguard.id);
                context.report(Code::NoEffect, entry.at, message, help);
            }
            continue;
        }
        let place = entry.at.field("does");
        for (nth, reason) in idle.iter().enumerate() {
            if let Some(reason) = reason {
                let message = format!("this changes nothing: {reason}");
                context.report(Code::NoEffect, place.nth(nth), message, "remove it, or change what it says");
            }
        }
    }
}

/// What is wrong with a shipped safeguard. Of several effects some may be idle; a delay that is nowhere would make the
/// others seem cheaper than they are.
fn shipped(safeguard: &Safeguard, idle: &[Option<String>]) -> Option<String> {
    let delays = safeguard.does.iter().zip(idle).find(|(effect, reason)| effect.delay().is_some() && reason.is_some());
    if let Some((_, Some(reason))) = delays {
        return Some(format!("delays nothing here, so that it seems to cost no time: {reason}"));
    }
    let reasons: Option<Vec<&str>> = idle.iter().map(Option::as_deref).collect();
    reasons.map(|reasons| format!("changes nothing here: {}", reasons.join("; ")))
}

/// Why an effect changes nothing, if it does not. A layer that is brought is checked with the other layers.
fn idle(scenario: &Scenario, effect: &Effect) -> Option<String> {
    match *effect {
        Effect::Minimise(_, by)
        | Effect::MinimiseAll(by)
        | Effect::BlockDemands(_, by)
        | Effect::BlockAllDemands(by)
        | Effect::Hinder(_, by)
        | Effect::GuardGoods(by)
        | Effect::Sharpen(by)
            if by.get() == 0.0 =>
        {
            Some("its share is 0 %".to_owned())
        }
        Effect::Slow(_, by) | Effect::SlowJob(_, by) if by == SimDuration::ZERO => Some("it takes no time".to_owned()),
        Effect::MinimiseAll(_) | Effect::KeepAll(_) if scenario.information.is_empty() => {
            Some("there is no information system".to_owned())
        }
        Effect::Keep(id, to) => {
            let system = &scenario.information[id.index()];
            (to >= system.keeps).then(|| format!("`{}` keeps records no longer than that as it is", system.id))
        }
        Effect::KeepAll(to) => {
            let longer = scenario.information.iter().any(|system| system.keeps > to);
            (!longer).then(|| "no system keeps records longer than that".to_owned())
        }
        Effect::BlockDemands(id, _) => {
            let operator = &scenario.operators[id.index()];
            (operator.law == CompulsionLaw::DoesNotApply).then(|| format!("no law can compel `{}`", operator.id))
        }
        Effect::BlockAllDemands(_) => {
            let any = scenario.operators.iter().any(|operator| operator.law != CompulsionLaw::DoesNotApply);
            (!any).then(|| "no law can compel any operator".to_owned())
        }
        Effect::Hinder(steps, _) => never_taken(scenario, steps),
        Effect::Reset(id, _) => {
            let campaign = scenario.campaign.as_ref()?;
            let used = [campaign.uses, campaign.elsewhere].contains(&id);
            let name = &scenario.operators[id.index()].id;
            (!used)
                .then(|| format!("the campaign runs through `{name}` in no world"))
                .or_else(|| never_taken(scenario, StepClasses::of(&[StepClass::Recruit, StepClass::Collect])))
        }
        Effect::ResetAll(_) => never_taken(scenario, StepClasses::of(&[StepClass::Recruit, StepClass::Collect])),
        Effect::GuardGoods(_) => never_taken(scenario, StepClasses::of(&[StepClass::Alter])),
        Effect::Cover(id, to) => {
            let layer = &scenario.layers[id.index()];
            (to <= layer.covers).then(|| format!("`{}` looks at no less as it is", layer.id))
        }
        Effect::Catch(id, to) => {
            let layer = &scenario.layers[id.index()];
            let Method::PerItem { catches, .. } = layer.method else { return None };
            (to <= catches).then(|| format!("`{}` catches no less as it is", layer.id))
        }
        Effect::Sharpen(_) => {
            let looks = |layer: &crate::model::Layer| {
                matches!((layer.watches, &layer.method), (Watches::Station(_), Method::PerItem { .. }))
            };
            let any = scenario.layers.iter().any(looks);
            (!any).then(|| "no layer looks at goods at a station".to_owned())
        }
        Effect::Trace(to) => {
            let recall = scenario.desk.as_ref().map(|desk| desk.recall);
            recall.is_none_or(|recall| to <= recall.traceable).then(|| "a recall traces no less as it is".to_owned())
        }
        Effect::HastenRecall(to) => {
            let recall = scenario.desk.as_ref().map(|desk| desk.recall);
            recall.is_none_or(|recall| to <= recall.finds).then(|| "a recall is no slower as it is".to_owned())
        }
        Effect::SlowJob(job, _) => {
            let any = scenario.stations.iter().any(|station| station.job == job);
            (!any).then(|| format!("no station has the job {}", job.name()))
        }
        Effect::Analysts(_) => scenario.desk.is_none().then(|| "there is no desk".to_owned()),
        Effect::Minimise(..)
        | Effect::MinimiseAll(_)
        | Effect::AddLayer(_)
        | Effect::Slow(..)
        | Effect::Staff(..)
        | Effect::Remove(..) => None,
    }
}

/// Whether the campaign, if there is one, has no step of these classes.
fn never_taken(scenario: &Scenario, steps: StepClasses) -> Option<String> {
    let campaign = scenario.campaign.as_ref()?;
    let taken = campaign.steps.iter().any(|step| steps.contains(step.class));
    let names: Vec<&str> = steps.iter().map(StepClass::name).collect();
    (!taken).then(|| format!("the campaign has no step of {}", names.join(" or ")))
}
