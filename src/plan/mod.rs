//! A scenario compiled for speed: dense ids, flat tables, every safeguard in it, all switched off.
//!
//! Options, worlds and luck are not in a plan: one plan serves every run of a scenario.

mod arrivals;
mod facts;
pub mod forecast;
pub mod hours;
mod intensity;
pub mod replay;
mod route;
mod sampler;
pub mod split;
mod stop;

pub use arrivals::{Arrivals, ArrivalsError, MonthlyPlan};
pub use facts::{FactBlock, FactPair, Facts, remaining};
pub use intensity::Intensity;
pub use route::{Program, Stage};
pub use sampler::Sampler;
pub use stop::{Stop, Stops};

use crate::model::{
    Discipline, Effect, LayerId, Method, OperatorId, Picks, Profile, RunBy, Scenario, Schedule, StationId, StepClass,
    SystemId, Traffic, TrafficId, Watches, Weights, ZoneId,
};
use crate::numeric::inspection_game;
use crate::random::Entity;
use crate::time::{DAY, HOUR, SimTime};

/// A compiled scenario.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The nouns, for everything that is not hot.
    pub scenario: Scenario,
    /// End of the story.
    pub end: SimTime,
    /// Traffic classes.
    pub traffic: Vec<TrafficPlan>,
    /// Stations.
    pub stations: Vec<StationPlan>,
    /// Detection layers.
    pub layers: Vec<LayerPlan>,
    /// Layers that look at goods as they are delivered.
    pub at_delivery: Vec<LayerId>,
    /// Layers that see altered goods act.
    pub at_action: Vec<LayerId>,
    /// Layers that watch what is done in zones.
    pub in_zones: Vec<LayerId>,
    /// Layers that are control charts.
    pub charts: Vec<LayerId>,
    /// What there is to know.
    pub facts: Facts,
    /// Stops that a consignment makes at most, the last with them, at which it leaves.
    pub most_stops: usize,
    /// Time from delivery until altered goods act, in milliseconds.
    pub latency: Option<Sampler>,
    /// Working time on a signal, in milliseconds.
    pub signal_takes: Option<Sampler>,
    /// Working time of each stage of a case, in milliseconds.
    pub case_stages: Vec<Sampler>,
}

/// A compiled traffic class.
#[derive(Clone, Debug)]
pub struct TrafficPlan {
    /// Whose luck it is.
    pub entity: Entity,
    /// Its way through the hub.
    pub program: Program,
    /// Arrivals.
    pub arrivals: Arrivals,
    /// Per-item layers that its goods can pass.
    pub item_layers: Vec<LayerId>,
    /// The stage at which its operator can reach its goods, if ever.
    pub reach: Option<usize>,
    /// The stops that its goods make.
    pub stops: Stops,
    /// Whether sensitivity and the like matter to anything.
    pub marked: bool,
    /// Whether of its goods nothing matters but when they are where.
    pub plain: bool,
    /// Who handles it.
    pub handled_by: OperatorId,
    /// Consignments on a flight, unless the flights are made of monthly tonnes.
    pub per_flight: u32,
}

/// A compiled station.
#[derive(Clone, Debug)]
pub struct StationPlan {
    /// Service time in milliseconds.
    pub takes: Sampler,
    /// Per-item layers that look at goods here.
    pub layers: Vec<LayerId>,
    /// Systems that record goods here.
    pub systems: Vec<SystemId>,
    /// The zone that it stands in.
    pub zone: ZoneId,
    /// Who runs the zone.
    pub run_by: Option<OperatorId>,
    /// Whether it is known as goods come when they will have been served: by first come, first served, and by a few
    /// who are always the same, whatever anybody does.
    pub foreseen: bool,
}

/// Servers of a station that is foreseen, at most.
pub const MOST_FORESEEN: usize = 16;

/// A compiled layer.
#[derive(Clone, Debug)]
pub struct LayerPlan {
    /// Whose luck it is.
    pub entity: Entity,
    /// Whom its signals can be about.
    pub watched: Vec<OperatorId>,
    /// What the desk makes of it, by operator.
    pub weights: Vec<Weights>,
    /// The same as evidence that goods of a traffic class are tampered with.
    pub flow_weights: Vec<Weights>,
    /// The same as evidence that somebody on an operator's staff has been won over.
    pub people_weights: Vec<Weights>,
    /// For a layer that picks items by chance, no innocent one can raise an alarm whose draw is over this.
    pub false_alarm_bound: f64,
    /// The group that shares its failures, if any.
    pub group: Option<usize>,
    /// Items a day of each traffic class that pass it, for a layer that looks at items.
    pub volumes: Vec<f64>,
    /// For audits by the inspection game: chance of a visit, by periods left less 1, then visits left.
    pub visits: Vec<Vec<f64>>,
}

impl Plan {
    /// Compiles a scenario. The scenario's own numbers are used; uncertain ones as written. Fails if monthly tonnes
    /// cannot be forecast for its calendar, which the loader has tried.
    pub fn new(scenario: Scenario) -> Result<Self, ArrivalsError> {
        let s = &scenario;
        let programs: Vec<Program> = s.routes.iter().map(Program::new).collect();
        let layers: Vec<LayerPlan> = (0..s.layers.len()).map(|l| layer(s, LayerId::from_index(l))).collect();
        let stations: Vec<StationPlan> = (0..s.stations.len()).map(|i| station(s, StationId::from_index(i))).collect();
        let class = |t: usize| traffic(s, TrafficId::from_index(t), &programs, &stations);
        let classes = (0..s.traffic.len()).map(class).collect::<Result<Vec<_>, _>>()?;
        let most_stops = classes.iter().map(|class| class.stops.most()).max().unwrap_or(0).max(1);
        Ok(Plan {
            end: SimTime::ZERO + s.calendar.horizon,
            traffic: classes,
            stations,
            layers,
            at_delivery: watching(s, Watches::Delivered),
            at_action: watching(s, Watches::Acting),
            in_zones: watching(s, Watches::Zones),
            charts: (0..s.layers.len())
                .map(LayerId::from_index)
                .filter(|l| matches!(s.layers[l.index()].method, Method::Chart(_)))
                .collect(),
            facts: Facts::new(s),
            most_stops,
            latency: s.campaign.as_ref().and_then(|c| Some(Sampler::new(c.altered_goods_act_after.as_ref()?.law()))),
            signal_takes: s.desk.as_ref().and_then(|d| Some(Sampler::new(d.each_signal_takes.as_ref()?.law()))),
            case_stages: s.desk.iter().flat_map(|d| &d.stages).map(|stage| Sampler::new(stage.takes.law())).collect(),
            scenario,
        })
    }

    /// By what a profile multiplies the mean rate at an instant.
    pub fn factor(&self, profile: &Profile, at: SimTime) -> f64 {
        let date = self.scenario.calendar.date(at);
        let (_, month, _) = date.parts();
        let hour = (at.millis() % DAY / HOUR) as usize;
        profile.hours[hour] * profile.weekdays[date.weekday() as usize] * profile.months[month as usize - 1]
    }

    /// Whose luck an operator is.
    pub fn operator_entity(&self, operator: OperatorId) -> Entity {
        Entity::of("operators").with(&self.scenario.operators[operator.index()].id)
    }
}

impl TrafficPlan {
    /// Makes times in milliseconds of the draws of some consignments, where all goods need them.
    pub fn make_times(&self, plan: &Plan, draws: &mut [u64]) {
        self.program.make_times(&plan.stations, draws);
    }
}

fn traffic(
    s: &Scenario,
    id: TrafficId,
    programs: &[Program],
    stations: &[StationPlan],
) -> Result<TrafficPlan, ArrivalsError> {
    let t = &s.traffic[id.index()];
    let program = programs[t.route.index()].clone();
    let reach = program.reach(stations, t.handled_by);
    let item_layers: Vec<LayerId> = (0..s.layers.len())
        .map(LayerId::from_index)
        .filter(|l| {
            let layer = &s.layers[l.index()];
            let passes = match layer.watches {
                Watches::Station(at) => program.visits(at),
                Watches::Delivered => true,
                _ => false,
            };
            passes && matches!(layer.method, Method::PerItem { .. })
        })
        .collect();
    let delivered = s.layers.iter().any(|layer| layer.watches == Watches::Delivered);
    let (marked, noticed) = (s.campaign.is_some(), s.campaign.is_some() || delivered);
    Ok(TrafficPlan {
        entity: Entity::of("traffic").with(&t.id),
        arrivals: Arrivals::new(&t.flights, &s.calendar)?,
        plain: !marked && item_layers.is_empty(),
        handled_by: t.handled_by,
        per_flight: t.per_flight,
        item_layers,
        reach,
        stops: Stops::new(&program.stages, stations, reach.filter(|_| marked), t.priority, noticed),
        marked,
        program,
    })
}

fn watching(s: &Scenario, what: Watches) -> Vec<LayerId> {
    (0..s.layers.len()).map(LayerId::from_index).filter(|l| s.layers[l.index()].watches == what).collect()
}

fn station(s: &Scenario, id: StationId) -> StationPlan {
    let station = &s.stations[id.index()];
    let here = |l: &LayerId| {
        let layer = &s.layers[l.index()];
        layer.watches == Watches::Station(id) && matches!(layer.method, Method::PerItem { .. })
    };
    StationPlan {
        takes: Sampler::tabulated(station.takes.law()),
        layers: (0..s.layers.len()).map(LayerId::from_index).filter(here).collect(),
        systems: (0..s.information.len())
            .map(SystemId::from_index)
            .filter(|i| s.information[i.index()].written_at.contains(&id))
            .collect(),
        zone: station.zone,
        run_by: match s.zones[station.zone.index()].run_by {
            RunBy::Operator(o) => Some(o),
            RunBy::Hub | RunBy::Outside => None,
        },
        foreseen: foreseen(s, id),
    }
}

fn foreseen(s: &Scenario, id: StationId) -> bool {
    let station = &s.stations[id.index()];
    let few = |servers: u32| (1..=MOST_FORESEEN).contains(&(servers as usize));
    let comes_here = |t: &&Traffic| s.routes[t.route.index()].passes(id);
    let mut priorities = s.traffic.iter().filter(comes_here).map(|t| t.priority);
    let first = priorities.next();
    let in_order = match station.queue {
        Discipline::Fifo => true,
        Discipline::Priority => priorities.all(|priority| Some(priority) == first),
    };
    let changes = |effect: &Effect| match *effect {
        Effect::Slow(at, _) | Effect::Staff(at, _) => at == id,
        Effect::SlowJob(job, _) => job == station.job,
        _ => false,
    };
    let may_change = s.safeguards.iter().flat_map(|safeguard| &safeguard.does).any(changes);
    in_order && !may_change && matches!(station.staff[..], [shift] if few(shift.servers))
}

fn layer(s: &Scenario, id: LayerId) -> LayerPlan {
    let layer = &s.layers[id.index()];
    let effects = || s.safeguards.iter().flat_map(|g| &g.does);
    let covers = effects().fold(layer.covers.get(), |most, e| match e {
        Effect::Cover(l, to) if *l == id => most.max(to.get()),
        _ => most,
    });
    let false_alarm_bound = match layer.method {
        // By risk, a class may be looked at whole.
        Method::PerItem { picks: Picks::ByRisk { .. }, false_alarms, .. } => false_alarms.get(),
        Method::PerItem { false_alarms, .. } => covers * false_alarms.get(),
        _ => 0.0,
    };
    LayerPlan {
        entity: Entity::of("layers").with(&layer.id),
        watched: s.watched(layer),
        weights: (0..s.operators.len()).map(|o| s.weights(layer, OperatorId::from_index(o))).collect(),
        flow_weights: (0..s.traffic.len()).map(|t| s.flow_weights(layer, TrafficId::from_index(t))).collect(),
        people_weights: (0..s.operators.len()).map(|o| s.people_weights(layer, OperatorId::from_index(o))).collect(),
        false_alarm_bound,
        volumes: s.traffic.iter().map(|t| s.items_of_class(layer, t)).collect(),
        group: s.fail_together.iter().position(|g| g.layers.contains(&id)),
        visits: match layer.method {
            Method::Audit { schedule: Schedule::Game { periods, visits, .. }, .. } => {
                let row = |left: u32| (0..=visits).map(|v| inspection_game::inspection_chance(left, v)).collect();
                (1..=periods).map(row).collect()
            }
            _ => Vec::new(),
        },
    }
}

/// Whether a step serves a goal of weight 0, and so is never begun.
pub(crate) fn pursued(class: StepClass, goals: &crate::model::Goals) -> bool {
    match class {
        StepClass::Collect | StepClass::MoveOut => goals.catalogue.get() > 0.0,
        StepClass::Alter | StepClass::Trigger => goals.alter.get() > 0.0,
        StepClass::Exploit => goals.exploit.get() > 0.0,
        StepClass::Compel | StepClass::Recruit | StepClass::Conceal => true,
    }
}
