//! Whether the evidence that can come reaches what the desk asks for.

use super::{Checked, two};
use crate::document::Code;
use crate::document::convert::Context;
use crate::model::{Effect, LayerId, SafeguardId, Scenario, Then, Watches};
use crate::time::SimTime;

pub(super) fn check<'d>(checked: &Checked<'_, 'd>, scenario: &Scenario, context: &mut Context<'d>) {
    let (Some(desk), Some(campaign), Some(raw)) = (&scenario.desk, &scenario.campaign, &checked.header.desk) else {
        return;
    };
    if desk.prior >= desk.watches_at {
        let place = raw.at.field("believes_at_start");
        let message = format!(
            "`{}` is no less than `watches_at`: every operator is watched from the start",
            context.written(place)
        );
        context.report(Code::AlreadyWatched, place, message, "lower it, or raise the threshold");
    }
    let years = (SimTime::ZERO + scenario.calendar.horizon).since(campaign.starts).years();
    if years <= 0.0 {
        return;
    }
    let a_year = a_year(scenario);
    let fades = std::f64::consts::LN_2 / desk.forgets_half_in.years();
    let gathered = a_year * -libm::expm1(-fades * years) / fades;
    let needed = desk.investigates_at.logit() - desk.prior.logit();
    if gathered < needed {
        let operator = &scenario.operators[campaign.uses.index()].id;
        let message = format!(
            "evidence against `{operator}` cannot reach this threshold: {} nats a year add up to {} of the {} needed before they fade",
            two(a_year),
            two(gathered),
            two(needed)
        );
        let help = "a nat is the unit of log odds; strengthen or add layers, expect more if misused, forget more slowly, or lower the threshold";
        context.report(Code::OutOfReach, raw.at.field("investigates_at"), message, help);
    }
}

/// What all layers gain a year at best, if the campaign's operator is misused as the desk expects \[nats\].
fn a_year(scenario: &Scenario) -> f64 {
    let Some(campaign) = &scenario.campaign else { return 0.0 };
    let rules = scenario.options.iter().flat_map(|option| &option.rules);
    let bought = rules.filter_map(|rule| match rule.then {
        Then::Buy(safeguard) => Some(safeguard),
        Then::Respond(_) => None,
    });
    let mut bought: Vec<SafeguardId> =
        scenario.options.iter().flat_map(|option| &option.safeguards).copied().chain(bought).collect();
    bought.sort_unstable();
    bought.dedup();
    let effects: Vec<Effect> = bought.iter().flat_map(|id| &scenario.safeguards[id.index()].does).copied().collect();
    let mut sum = 0.0;
    for (index, layer) in scenario.layers.iter().enumerate() {
        let id = LayerId::from_index(index);
        if !layer.standing && !effects.contains(&Effect::AddLayer(id)) {
            continue;
        }
        let mut layer = layer.clone();
        for effect in &effects {
            match (effect, &mut layer.method) {
                (Effect::Cover(it, to), _) if *it == id && *to > layer.covers => layer.covers = *to,
                (Effect::Catch(it, to), crate::model::Method::PerItem { catches, .. })
                    if *it == id && *to > *catches =>
                {
                    *catches = *to;
                }
                (Effect::Sharpen(by), crate::model::Method::PerItem { catches, .. })
                    if matches!(layer.watches, Watches::Station(_)) =>
                {
                    *catches = catches.complement().and(by.complement()).complement();
                }
                _ => {}
            }
        }
        sum += scenario.weights(&layer, campaign.uses).yearly_if_misused.max(0.0);
    }
    sum
}
