//! Layers that can never notice anything, and signals that tell nothing.

use super::Checked;
use super::campaign::Reach;
use crate::document::Code;
use crate::document::convert::Context;
use crate::model::{Counted, Effect, Layer, LayerId, Method, OperatorId, Scenario, Schedule, StepClass, Watches};

pub(super) fn check<'d>(
    checked: &Checked<'_, 'd>,
    scenario: &Scenario,
    reach: Option<&Reach>,
    context: &mut Context<'d>,
) {
    for (index, (layer, at)) in scenario.layers.iter().zip(checked.layers).enumerate() {
        let id = LayerId::from_index(index);
        let blind = misdirected(scenario, layer).or_else(|| blind(scenario, layer, id, reach));
        if let Some((field, reason, help)) = blind {
            let place = at.field(field);
            let message = format!("`{}` can never fire: {reason}", layer.id);
            context.report(Code::BlindLayer, place, message, help);
        } else if matches!(layer.method, Method::CovertTest { .. }) {
            // It tells the hub something about a layer, and the desk nothing about an operator.
        } else if scenario.desk.is_some() && is_worthless(scenario, layer) {
            let (field, reason, help) = worthless(layer);
            let message = format!("an alarm of `{}` tells the desk nothing: {reason}", layer.id);
            context.report(Code::WorthlessSignal, at.field(field), message, help);
        }
    }
}

type Reason = (&'static str, String, &'static str);

/// Why a layer never notices anything: the field, the reason, the next step.
fn blind(scenario: &Scenario, layer: &Layer, id: LayerId, reach: Option<&Reach>) -> Option<Reason> {
    if covered(scenario, layer, id) == 0.0 {
        return Some(("covers", "it looks at nothing".to_owned(), "write a share over 0"));
    }
    if let Watches::Station(station) = layer.watches
        && scenario.visits_a_day(station, None) == 0.0
    {
        let reason = format!("no goods pass `{}`", scenario.stations[station.index()].id);
        return Some(("watches", reason, "watch a station on the route of a traffic class"));
    }
    let quiet = match layer.method {
        Method::PerItem { catches, false_alarms, .. } => {
            let catches = best(scenario, catches.get(), |effect| match effect {
                Effect::Catch(it, to) if *it == id => Some(to.get()),
                _ => None,
            });
            catches == 0.0 && false_alarms.get() == 0.0
        }
        Method::Audit { schedule: Schedule::AtRandom(visits), .. } if visits.a_day() == 0.0 => true,
        Method::Audit { finds, false_findings, .. } => finds.get() == 0.0 && false_findings.get() == 0.0,
        Method::Surveillance { sees, .. } if sees.get() > 0.0 => false,
        Method::Breach { ref guard, .. } if guard.detection() > 0.0 => false,
        Method::Chart(_) => false,
        Method::CovertTest { tests, .. } => tests.a_day() == 0.0,
        Method::Monitor { .. }
        | Method::Tip { .. }
        | Method::Whistleblower { .. }
        | Method::Intelligence { .. }
        | Method::Surveillance { .. }
        | Method::Breach { .. } => {
            let rates = scenario.watched(layer).into_iter().filter_map(|o| {
                let (rightly, falsely) = layer.signal_rates(&scenario.operators[o.index()])?;
                Some(rightly.a_day() + falsely.a_day())
            });
            rates.sum::<f64>() == 0.0
        }
    };
    if quiet {
        return Some(("method", "all of its rates are 0".to_owned(), "write rates over 0, or remove the layer"));
    }
    if matches!(layer.method, Method::CovertTest { .. }) {
        return None;
    }
    if matches!(layer.method, Method::PerItem { .. }) && !layer.notices.contains(StepClass::Alter) {
        let reason = "a look at items notices nothing but Alter".to_owned();
        return Some(("notices", reason, "add Alter to it, or choose another method"));
    }
    blind_to_campaign(scenario, layer, id, reach?)
}

fn blind_to_campaign(scenario: &Scenario, layer: &Layer, id: LayerId, reach: &Reach) -> Option<Reason> {
    let campaign = scenario.campaign.as_ref()?;
    let watched = scenario.watched(layer);
    // A layer on somebody who takes part in no world rings falsely only, and may be meant to.
    let worlds: Vec<_> = reach.worlds.iter().filter(|world| watched.contains(&world.operator)).collect();
    if worlds.is_empty() {
        return None;
    }
    let noticed = |nth: usize| layer.notices.contains(campaign.steps[nth].class);
    let steps = || (0..campaign.steps.len()).filter(|nth| noticed(*nth));
    if !steps().any(|nth| worlds.iter().any(|world| world.begins[nth])) {
        let classes: Vec<_> = layer.notices.iter().map(StepClass::name).collect();
        let reason = format!("the campaign has no step of {} that begins", classes.join(" or "));
        return Some(("notices", reason, "let it notice what the campaign does"));
    }
    let seen = |nth: usize| {
        let class = campaign.steps[nth].class;
        // What a complied demand has authorised looks like any other use.
        let hides = !layer.sees_purpose && matches!(class, StepClass::Collect | StepClass::MoveOut);
        worlds.iter().any(|world| if hides { world.begins_unlawfully[nth] } else { world.begins[nth] })
    };
    if let Watches::Station(station) = layer.watches
        && !worlds.iter().any(|world| scenario.passes_altered(station, world.operator))
    {
        let operators: Vec<_> =
            worlds.iter().map(|world| format!("`{}`", scenario.operators[world.operator.index()].id)).collect();
        let reason = format!(
            "goods are altered where {} first handle them, and that is later on their way",
            operators.join(" and ")
        );
        return Some(("watches", reason, "watch a station from there on, or Delivered"));
    }
    if layer.watches == Watches::Zones
        && !steps()
            .any(|nth| worlds.iter().any(|world| done_in_zones(scenario, layer, &campaign.steps[nth], world.operator)))
    {
        let reason = "nothing that it notices is done in a zone that it watches".to_owned();
        return Some(("zones", reason, "watch the zone that a step `enters`, or that goods are altered in"));
    }
    if let Method::Audit { schedule: Schedule::Every { announced: true, .. }, finds, false_findings } = layer.method {
        let rests = campaign.pauses_after_alert.complement().get();
        let covers = covered(scenario, layer, id);
        let most = |o: &crate::model::OperatorId| covers * scenario.operators[o.index()].helps_auditors.get();
        let chance = worlds.iter().map(|world| most(&world.operator)).fold(0.0, f64::max) * finds.get() * rests;
        if chance <= false_findings.get() {
            let reason = format!(
                "the campaign rests over an announced audit, so that one finds it with chance {:.2} % and something else with {:.2} %",
                100.0 * chance,
                100.0 * false_findings.get()
            );
            return Some(("method", reason, "raise `finds` or `covers`, or come unannounced"));
        }
    }
    if !steps().any(seen) {
        let reason = "all that it notices is authorised by a demand, and it does not see purpose".to_owned();
        return Some((
            "sees_purpose",
            reason,
            "use a layer that sees purpose, such as Library(\"purpose-of-use-audit\")",
        ));
    }
    None
}

/// Whether a step is done in a zone that a layer watches: the one that it enters, or the first zone of its operator on
/// the way of goods that it alters.
fn done_in_zones(scenario: &Scenario, layer: &Layer, step: &crate::model::Step, operator: OperatorId) -> bool {
    if let Some(zone) = step.enters {
        return layer.share_in(zone) > 0.0;
    }
    let watched = |station: &crate::model::StationId| {
        layer.share_in(scenario.stations[station.index()].zone) > 0.0 && scenario.passes_altered(*station, operator)
    };
    let surveys = matches!(layer.method, Method::Surveillance { .. });
    surveys
        && step.class == StepClass::Alter
        && (0..scenario.stations.len()).map(crate::model::StationId::from_index).any(|s| watched(&s))
}

/// A layer that refers to another one of the wrong kind: where, what is wrong, what to do.
fn misdirected(scenario: &Scenario, layer: &Layer) -> Option<Reason> {
    match &layer.method {
        Method::CovertTest { of, .. } => {
            let tried = &scenario.layers[of.index()];
            if !matches!(tried.method, Method::PerItem { .. }) || tried.watches != layer.watches {
                let reason = format!("`{}` does not look at items where the test is made", tried.id);
                return Some(("method", reason, "name a layer that looks at items at the same station"));
            }
        }
        Method::Chart(chart) => {
            let Counted::AlarmsOf(of) = chart.counts else { return None };
            let counted = &scenario.layers[of.index()];
            if matches!(counted.method, Method::Chart(_) | Method::CovertTest { .. }) {
                let reason = format!("`{}` gives no alarms of its own to count", counted.id);
                return Some(("method", reason, "count the alarms of another layer, or Uses"));
            }
            let about = scenario.watched(counted);
            if !scenario.watched(layer).iter().any(|o| about.contains(o)) {
                let reason = format!("`{}` never rings about those that this one watches", counted.id);
                return Some(("watches", reason, "watch the same operators"));
            }
        }
        _ => {}
    }
    None
}

fn is_worthless(scenario: &Scenario, layer: &Layer) -> bool {
    let watched = scenario.watched(layer);
    let worth = |operator| {
        let weights = scenario.weights(layer, operator);
        if layer.watches == Watches::Acting { weights.find } else { weights.alarm }
    };
    !watched.is_empty() && watched.iter().all(|operator| worth(*operator) <= 1e-9)
}

fn worthless(layer: &Layer) -> Reason {
    match layer.method {
        Method::PerItem { catches, false_alarms, .. } if catches <= false_alarms => (
            "method",
            "it catches altered items no more often than it rings falsely".to_owned(),
            "raise `catches` over `false_alarms`",
        ),
        Method::PerItem { .. } => (
            "notices",
            "the desk expects no Alter if an operator is misused".to_owned(),
            "add `Alter: PerYear(…)` to the desk's `if_misused_expects`",
        ),
        Method::Surveillance { .. } | Method::Breach { .. } => (
            "notices",
            "the desk expects nothing that it notices if an operator is misused".to_owned(),
            "add a class that it notices to the desk's `if_misused_expects`",
        ),
        _ => (
            "method",
            "it comes no more often with misuse than without".to_owned(),
            "raise the true rate over the false one",
        ),
    }
}

/// What a layer looks at, at best.
fn covered(scenario: &Scenario, layer: &Layer, id: LayerId) -> f64 {
    best(scenario, layer.covers.get(), |effect| match effect {
        Effect::Cover(it, to) if *it == id => Some(to.get()),
        _ => None,
    })
}

/// The best that a safeguard makes of a share, or the share itself.
fn best(scenario: &Scenario, share: f64, effect: impl Fn(&Effect) -> Option<f64>) -> f64 {
    scenario.safeguards.iter().flat_map(|safeguard| &safeguard.does).filter_map(effect).fold(share, f64::max)
}
