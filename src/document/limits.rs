//! What a document may ask for, so that neither a mistake nor malice exhausts the machine.

use super::Code;
use super::convert::{At, Context, Named, Noun};
use super::sections::{Definitions, Header};
use crate::model::{
    CompulsionLaw, Effect, Leg, MOST_STATIONS, Method, OperatorId, Repeats, Scenario, Schedule, Watches,
};

const ZONES: usize = 1000;
const ROUTES: usize = 200;
const TRAFFIC: usize = 200;
const OPERATORS: usize = 100;
const SYSTEMS: usize = 200;
const LAYERS: usize = 200;
const SAFEGUARDS: usize = 500;
const OPTIONS: usize = 100;
const RULES: usize = 100;
const STEPS: usize = 200;
const CASE_STAGES: usize = 100;
const GROUPS: usize = 100;
const ASSUMPTIONS: usize = 2000;

/// Layers of one document, those that safeguards bring included.
const ALL_LAYERS: usize = 400;
/// Layers that look at each item of one traffic class.
const ITEM_LAYERS: usize = 32;
/// Flights a day of one class; far beyond any airport.
pub(super) const FLIGHTS_A_DAY: f64 = 100_000.0;
/// Expected consignments of one run.
const CONSIGNMENTS: f64 = 2e8;
/// Expected stages of consignments of one run.
const CONSIGNMENT_STAGES: f64 = 4e9;
/// Legs of the routes of all traffic classes, stations of detours included.
const ALL_LEGS: usize = 5000;
/// Businesses that can be known, by system and traffic class.
const FACTS: u64 = 5_000_000;
/// Expected events of layers and campaign in one run.
const EVENTS: f64 = 5e7;

/// Counts the entries of each section before anything is done with them.
pub(super) fn sections<'d>(all: &Definitions<'d>, header: &Header<'d>, context: &mut Context<'d>) -> Option<()> {
    let mut fine = true;
    let mut most = |count: usize, most: usize, what: &str, at: Option<At<'d>>| {
        if count > most {
            let message = format!("the document has {count} {what}; at most {most} are possible");
            context.report_head(Code::LimitExceeded, at.unwrap_or(header.root), message, "join or remove some");
            fine = false;
        }
    };
    most(all.zones.len(), ZONES, Noun::Zone.words(), beyond(&all.zones, ZONES));
    most(all.stations.len(), MOST_STATIONS, Noun::Station.words(), beyond(&all.stations, MOST_STATIONS));
    most(all.routes.len(), ROUTES, Noun::Route.words(), beyond(&all.routes, ROUTES));
    most(all.traffic.len(), TRAFFIC, Noun::Traffic.words(), beyond(&all.traffic, TRAFFIC));
    most(all.operators.len(), OPERATORS, Noun::Operator.words(), beyond(&all.operators, OPERATORS));
    most(all.information.len(), SYSTEMS, Noun::System.words(), beyond(&all.information, SYSTEMS));
    most(all.layers.len(), LAYERS, Noun::Layer.words(), beyond(&all.layers, LAYERS));
    most(all.safeguards.len(), SAFEGUARDS, Noun::Safeguard.words(), beyond(&all.safeguards, SAFEGUARDS));
    most(all.options.len(), OPTIONS, Noun::Option.words(), beyond(&all.options, OPTIONS));
    most(all.assumptions.len(), ASSUMPTIONS, "assumptions", all.assumptions.get(ASSUMPTIONS).map(|(.., at)| *at));
    most(header.fail_together.len(), GROUPS, "groups of layers", header.fail_together.get(GROUPS).map(|(at, _)| *at));
    for option in &all.options {
        let rules = option.value.as_ref().map_or(0, |it| it.response.len());
        most(rules, RULES, "rules in one option", Some(option.at));
    }
    if let Some(campaign) = &header.campaign {
        most(campaign.steps.len(), STEPS, Noun::Step.words(), beyond(&campaign.steps, STEPS));
    }
    if let Some(desk) = &header.desk {
        most(desk.stages.len(), CASE_STAGES, "stages", desk.stages.get(CASE_STAGES).map(|(at, _)| *at));
    }
    fine.then_some(())
}

/// The first entry beyond a limit.
fn beyond<'d, T>(entries: &[Named<'d, T>], most: usize) -> Option<At<'d>> {
    entries.get(most).map(|entry| entry.at)
}

/// Estimates what a run of the scenario would take.
pub(super) fn work<'d>(
    all: &Definitions<'d>,
    header: &Header<'d>,
    scenario: &Scenario,
    context: &mut Context<'d>,
) -> Option<()> {
    goods(all, scenario, context)?;
    let mut too_much = |message: String, help: &str, at: At<'d>| -> Option<()> {
        context.report_head(Code::LimitExceeded, at, message, help);
        None
    };
    let layers = scenario.layers.len();
    if layers > ALL_LAYERS {
        let message =
            format!("safeguards and document have {layers} layers together; at most {ALL_LAYERS} are possible");
        return too_much(message, "remove some", header.root.field("safeguards"));
    }
    for (traffic, entry) in scenario.traffic.iter().zip(&all.traffic) {
        let route = &scenario.routes[traffic.route.index()];
        let looks = |layer: &&crate::model::Layer| match (&layer.method, layer.watches) {
            (Method::PerItem { .. }, Watches::Station(station)) => route.passes(station),
            (Method::PerItem { .. }, Watches::Delivered) => true,
            _ => false,
        };
        let count = scenario.layers.iter().filter(looks).count();
        if count > ITEM_LAYERS {
            let message = format!("{count} layers look at each item of `{}`; at most {ITEM_LAYERS} can", traffic.id);
            return too_much(message, "join layers that look alike", entry.at);
        }
    }
    let facts = facts(scenario);
    if facts > FACTS {
        let message =
            format!("the systems could know of {facts} businesses, by traffic class; at most {FACTS} are possible");
        return too_much(message, "lower `businesses` of the `shippers`", header.root.field("information"));
    }
    let events = events(scenario);
    if events > EVENTS {
        let message = format!(
            "layers and campaign would bring about {events:.0} events in one run; at most {EVENTS:.0} are possible"
        );
        return too_much(message, "check the units of their rates", header.root.field("layers"));
    }
    Some(())
}

fn goods<'d>(all: &Definitions<'d>, scenario: &Scenario, context: &mut Context<'d>) -> Option<()> {
    let days = scenario.calendar.horizon.days();
    let (mut consignments, mut stages, mut legs) = (0.0, 0.0, 0);
    for (traffic, entry) in scenario.traffic.iter().zip(&all.traffic) {
        let own = scenario.routes[traffic.route.index()].legs.iter().map(length).sum::<usize>();
        legs += own;
        consignments += traffic.consignments_a_day() * days;
        stages += traffic.consignments_a_day() * days * own as f64;
        let message = if traffic.flights_a_day() > FLIGHTS_A_DAY {
            format!(
                "about {:.0} flights would come a day; at most {FLIGHTS_A_DAY:.0} are possible",
                traffic.flights_a_day()
            )
        } else if consignments > CONSIGNMENTS {
            format!(
                "about {consignments:.0} consignments would come in one run; at most {CONSIGNMENTS:.0} are possible"
            )
        } else if stages > CONSIGNMENT_STAGES {
            format!(
                "goods would go through about {stages:.0} stages in one run; at most {CONSIGNMENT_STAGES:.0} are possible"
            )
        } else if legs > ALL_LEGS {
            format!("the routes of all traffic classes have {legs} legs; at most {ALL_LEGS} are possible")
        } else {
            continue;
        };
        let help = "let a consignment stand for more goods, shorten the horizon, or check the unit of the rate";
        context.report_head(Code::LimitExceeded, entry.at.field("flights"), message, help);
        return None;
    }
    Some(())
}

/// A leg, and the stations of a detour.
fn length(leg: &Leg) -> usize {
    match leg {
        Leg::Detour { through, .. } => 1 + through.len(),
        _ => 1,
    }
}

fn facts(scenario: &Scenario) -> u64 {
    let of_system = |system: &crate::model::InformationSystem| -> u64 {
        let recorded = scenario.traffic.iter().filter(|traffic| traffic.handled_by == system.operator);
        recorded.map(|traffic| u64::from(traffic.shippers.businesses)).sum()
    };
    scenario.information.iter().map(of_system).sum()
}

/// Candidates of signals, audits, attempts at steps, demands, resets.
fn events(scenario: &Scenario) -> f64 {
    let horizon = scenario.calendar.horizon;
    let of_layer = |layer: &crate::model::Layer| -> f64 {
        let about = |operator: &OperatorId| match layer.method {
            Method::Audit { schedule: Schedule::Game { period, .. }, .. } => horizon.days() / period.days(),
            Method::Audit { schedule, .. } => horizon.days() / schedule.interval().days(),
            Method::Chart(chart) => horizon.days() / chart.every.days(),
            Method::CovertTest { tests, .. } => tests.over(horizon),
            // Ordinary mischief that it finds. What it rings at falsely comes with the goods.
            Method::PerItem { .. } => scenario.desk.as_ref().map_or(0.0, |desk| desk.finds_anyway.over(horizon)),
            _ => match layer.signal_rates(&scenario.operators[operator.index()]) {
                Some((a, b)) => a.over(horizon).max(b.over(horizon)),
                None => 0.0,
            },
        };
        scenario.watched(layer).iter().map(about).sum()
    };
    let layers: f64 = scenario.layers.iter().map(of_layer).sum();
    let steps = scenario.campaign.iter().flat_map(|campaign| campaign.steps.iter().map(move |step| (campaign, step)));
    let steps = steps.map(|(campaign, step)| match step.repeats {
        Repeats::Once => 1.0,
        Repeats::At(rate) => rate.over(horizon) * campaign.tempo,
        Repeats::Every(interval) => horizon.days() / interval.days() * campaign.tempo,
    });
    let demands = scenario.operators.iter().map(|operator| match operator.law {
        CompulsionLaw::Applies { demands, .. } => demands.over(horizon),
        CompulsionLaw::DoesNotApply => 0.0,
    });
    let resets = scenario.safeguards.iter().flat_map(|safeguard| &safeguard.does).map(|effect| match effect {
        Effect::Reset(_, every) => horizon.days() / every.days(),
        Effect::ResetAll(every) => scenario.operators.len() as f64 * horizon.days() / every.days(),
        _ => 0.0,
    });
    layers + steps.sum::<f64>() + demands.sum::<f64>() + resets.sum::<f64>()
}
