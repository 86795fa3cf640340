//! The fidelity in which only those goods are simulated that the campaign or a layer touches.
//!
//! Sensitive goods, critical goods and goods on which a layer may raise a false alarm are thinned from the arrivals as
//! Poisson processes, and take ways through the hub that were seen in a full run. Which there are depends on luck alone:
//! all options thin the same ones.

use crate::model::{OperatorId, SystemId, TrafficId};
use crate::plan::{Arrivals, FactBlock, Intensity, Plan, Stage};
use crate::random::{Entity, Luck, Purpose, Stream, draw};
use crate::sim::flow::Flow;
use crate::sim::followed::Transit;
use crate::sim::journeys::Journeys;
use crate::sim::suspects::Suspect;
use crate::time::{DAY, SimDuration, SimTime};

/// What stands in for the goods of which nothing is simulated, and for those that are.
#[derive(Clone, Debug)]
pub(crate) struct Touched<'p> {
    pub(super) journeys: &'p Journeys,
    pub(super) intensities: Vec<Intensity>,
    pub(super) classes: Vec<Class>,
    pub(super) suspects: Vec<Suspect>,
    /// Altered goods that are on their way, by item.
    pub(super) transits: Vec<Transit>,
    /// The critical goods that come within reach next, if an alteration waits for them.
    pub(super) awaited: Option<(TrafficId, Point)>,
    /// From when on an operator's goods are no longer its own.
    pub(super) out: Vec<Option<SimTime>>,
    /// By system: what share of a record's content has been open, from which instants on.
    open: Vec<Vec<(SimTime, f64)>>,
    /// By system: records before this have been looked through, or were not kept.
    pub(super) looked_until: Vec<SimTime>,
}

/// What does not change about a traffic class.
#[derive(Clone, Debug)]
pub(super) struct Class {
    sensitive: Entity,
    critical: Entity,
    pub(super) diverted: Entity,
    /// What the operator's systems write down of it.
    pub(super) writers: Vec<Writer>,
}

/// A system that writes down goods of a class.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    /// Place of what its records tell among a plan's blocks of facts.
    pub(super) block: usize,
    /// Stages at which it does.
    pub(super) stages: Vec<usize>,
}

impl Writer {
    fn all(plan: &Plan, traffic: TrafficId) -> Vec<Writer> {
        let stages = &plan.traffic[traffic.index()].program.stages;
        let blocks = plan.facts.blocks.iter().enumerate().filter(|(_, block)| block.traffic == traffic);
        let writer = |(place, block): (usize, &FactBlock)| {
            let written_at = &plan.scenario.information[block.system.index()].written_at;
            let writes =
                |stage: &usize| matches!(&stages[*stage], Stage::Visit { station, .. } if written_at.contains(station));
            Writer { block: place, stages: (0..stages.len()).filter(writes).collect() }
        };
        blocks.map(writer).collect()
    }
}

/// Kinds of goods that are worth following.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Records of it are worth cataloguing.
    Sensitive,
    /// Altering it could do harm.
    Critical,
}

/// Goods that are simulated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// Its number among those of its kind, class and day.
    pub(super) place: u32,
    pub(super) arrived: SimTime,
    /// Uniforms: which journey it takes, which business ships it, its mark of exposure.
    pub(super) way: f64,
    pub(super) business: f64,
    pub(super) exposure: f64,
}

/// The goods of a kind, class and day, in no order.
pub(super) struct Points<'t> {
    stream: Stream,
    intensity: &'t Intensity,
    day: u64,
    next: u32,
    of: u32,
}

impl Iterator for Points<'_> {
    type Item = Point;

    #[inline]
    fn next(&mut self) -> Option<Point> {
        if self.next >= self.of {
            return None;
        }
        let place = self.next;
        self.next += 1;
        let mut u = || self.stream.uniform();
        let (time, way, business, exposure) = (u(), u(), u(), u());
        let arrived = SimTime::from_millis(self.day * DAY + self.intensity.time_of_day(time));
        Some(Point { place, arrived, way, business, exposure })
    }
}

impl<'p> Touched<'p> {
    pub(crate) fn new(plan: &'p Plan, journeys: &'p Journeys) -> Self {
        let class = |t: usize| {
            let entity = plan.traffic[t].entity;
            Class {
                sensitive: entity.with("sensitive"),
                critical: entity.with("critical"),
                diverted: entity.with("diverted"),
                writers: Writer::all(plan, TrafficId::from_index(t)),
            }
        };
        Touched {
            journeys,
            intensities: Vec::new(),
            classes: (0..plan.traffic.len()).map(class).collect(),
            suspects: Vec::new(),
            transits: Vec::new(),
            awaited: None,
            out: Vec::new(),
            open: Vec::new(),
            looked_until: Vec::new(),
        }
    }

    pub(crate) fn restart(&mut self, plan: &Plan, flow: &Flow, luck: Luck) {
        self.transits.clear();
        self.awaited = None;
        self.out.clear();
        self.out.resize(plan.scenario.operators.len(), None);
        self.open.iter_mut().for_each(Vec::clear);
        self.open.resize_with(plan.scenario.information.len(), Vec::new);
        self.open.iter_mut().for_each(|open| open.push((SimTime::ZERO, 1.0)));
        self.looked_until.clear();
        self.looked_until.resize(plan.scenario.information.len(), SimTime::ZERO);
        for t in 0..plan.traffic.len() {
            let monthly = matches!(plan.traffic[t].arrivals, Arrivals::Monthly(_));
            if t < self.intensities.len() && !monthly {
                continue;
            }
            let intensity = Intensity::new(plan, TrafficId::from_index(t), flow.sources[t].tonnes());
            if t < self.intensities.len() {
                self.intensities[t] = intensity;
            } else {
                self.intensities.push(intensity);
            }
        }
        if self.suspects.is_empty() {
            self.suspects = Suspect::all(plan, self.journeys, luck);
        }
        self.suspects.iter_mut().for_each(|pair| pair.restart(luck));
    }

    /// Goods of another option's hub take other ways.
    pub(crate) fn set_journeys(&mut self, plan: &Plan, journeys: &'p Journeys) {
        self.journeys = journeys;
        self.suspects.iter_mut().for_each(|pair| pair.look_later(plan, journeys));
    }

    /// What is drawn from now on is drawn under new luck.
    pub(crate) fn rekey(&mut self, luck: Luck) {
        self.suspects.iter_mut().for_each(|pair| pair.rekey(luck));
    }

    /// An operator's goods are no longer its own.
    pub(crate) fn out_from(&mut self, operator: OperatorId, now: SimTime) {
        let out = &mut self.out[operator.index()];
        *out = out.or(Some(now));
    }

    /// Records of an operator that are older than this have been looked through, or were not kept.
    pub(crate) fn records_from(&mut self, plan: &Plan, operator: OperatorId, now: SimTime) {
        for (until, system) in self.looked_until.iter_mut().zip(&plan.scenario.information) {
            if system.operator == operator {
                *until = now;
            }
        }
    }

    /// These shares of the systems' records are open from now on.
    pub(crate) fn open_from(&mut self, shares: &[f64], now: SimTime) {
        self.open.iter_mut().zip(shares).for_each(|(open, share)| open.push((now, *share)));
    }

    /// What share of a record was open when it was written.
    pub(super) fn open_at(&self, system: SystemId, written: SimTime) -> f64 {
        let then = self.open[system.index()].iter().rev().find(|(from, _)| *from <= written);
        then.map_or(1.0, |(_, share)| *share)
    }

    /// How many goods of a share of a class come on a day. Two draws, however many.
    pub(super) fn count(&self, traffic: TrafficId, day: u64, share: f64, stream: &mut Stream) -> u64 {
        let intensity = &self.intensities[traffic.index()];
        let expected = intensity.of_day(day);
        let (goods, taken) = (stream.uniform(), stream.uniform());
        match intensity.per_flight {
            // Flights come by chance; what is on one, comes together.
            Some(each) => {
                let flights = draw::poisson(goods, expected / f64::from(each));
                draw::binomial(taken, flights * u64::from(each), share)
            }
            None => draw::poisson(taken, expected * share),
        }
    }

    /// The goods of a kind and class that arrive on a day, by the luck of that day.
    pub(super) fn points(&self, plan: &Plan, luck: Luck, traffic: TrafficId, kind: Kind, day: u64) -> Points<'_> {
        let class = &plan.scenario.traffic[traffic.index()];
        let (share, entity) = match kind {
            Kind::Sensitive => (class.sensitive, self.classes[traffic.index()].sensitive),
            Kind::Critical => (class.integrity_critical, self.classes[traffic.index()].critical),
        };
        let intensity = &self.intensities[traffic.index()];
        let mut stream = luck.stream(Purpose::TOUCHED, entity.nth(day));
        let of = if share.get() > 0.0 { self.count(traffic, day, share.get(), &mut stream) } else { 0 };
        Points { stream, intensity, day, next: 0, of: u32::try_from(of).unwrap_or(u32::MAX) }
    }

    /// The days on which goods may have arrived that were in the building at some time between two.
    pub(super) fn days(&self, traffic: TrafficId, from: SimTime, to: SimTime) -> std::ops::RangeInclusive<u64> {
        (from - SimDuration::from_millis(self.journeys.longest(traffic))).day()..=to.day()
    }

    /// The first critical goods of a class that come within reach after an instant, with when they do.
    pub(super) fn next_in_reach(
        &self,
        plan: &Plan,
        luck_of: impl Fn(u64) -> Luck,
        traffic: TrafficId,
        after: SimTime,
    ) -> Option<(SimTime, Point)> {
        let stage = plan.traffic[traffic.index()].reach.filter(|_| self.journeys.has(traffic))?;
        let mut first: Option<(SimTime, Point)> = None;
        for day in *self.days(traffic, after, after).start()..self.intensities[traffic.index()].days() {
            if first.is_some_and(|(at, _)| at <= SimTime::from_days(day)) {
                break;
            }
            for point in self.points(plan, luck_of(day), traffic, Kind::Critical, day) {
                let way = self.journeys.pick(traffic, point.way);
                let at = point.arrived + SimDuration::from_millis(way.began(stage));
                let sooner = first.is_none_or(|(other, _)| at < other);
                if at > after && sooner && way.over(stage).is_some() {
                    first = Some((at, point));
                }
            }
        }
        first
    }
}
