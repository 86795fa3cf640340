//! Flights to come: candidates of a Poisson process, rows of a timetable, or the flights of a month.

use crate::model::{Month, Profile, TrafficId};
use crate::plan::replay::Replay;
use crate::plan::{Arrivals, MonthlyPlan, Plan};
use crate::random::{Entity, Luck, Purpose};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::flight_draws::FlightDraws;
use crate::sim::gaps::Gaps;
use crate::sim::record::Observer;
use crate::time::{DAY, MINUTE, SimDuration, SimTime};

/// Where the flights of a class come from, and how far it has come.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    gaps: Option<Gaps>,
    /// What is drawn for the goods of its flights.
    pub(super) draws: FlightDraws,
    /// Flights, candidates or rows so far.
    next: u64,
    /// For monthly tonnes: the flights of the month under way, and what they carry.
    month: MonthState,
}

#[derive(Clone, Debug, Default)]
struct MonthState {
    /// Tonnes of the calendar's months.
    tonnes: Vec<f64>,
    planned: usize,
    /// Arrivals of the month still to come, latest first.
    times: Vec<SimTime>,
    /// Load of each flight \[kg\].
    load: f64,
    /// Load that the last consignment of the flight before has already taken \[kg\].
    over: f64,
}

impl Source {
    pub(crate) fn new(plan: &Plan, traffic: TrafficId, luck: Luck) -> Self {
        let t = &plan.traffic[traffic.index()];
        let mut month = MonthState::default();
        if let Arrivals::Monthly(monthly) = &t.arrivals {
            let mut stream = luck.stream(Purpose::TONNAGE, t.entity);
            let uniforms: Vec<f64> = (0..monthly.forecast.uniforms()).map(|_| stream.uniform()).collect();
            // The number of uniforms is the one that the forecast asks for.
            month.tonnes = monthly.forecast.path(&uniforms).unwrap_or_default().split_off(monthly.skip);
        }
        let gaps = match &t.arrivals {
            Arrivals::Poisson { gap, profile, .. } if gap.is_finite() => {
                Some(Gaps::new(luck.stream(Purpose::ARRIVALS, t.entity), *gap, profile.is_some()))
            }
            _ => None,
        };
        Source { gaps, draws: FlightDraws::new(t.entity, &t.arrivals, luck), next: 0, month }
    }

    /// Starts again under other luck, with the memory of the run before.
    pub(crate) fn restart(&mut self, plan: &Plan, traffic: TrafficId, luck: Luck) {
        let before = std::mem::replace(self, Source::new(plan, traffic, luck));
        self.draws.take_memory(before.draws);
        if let (Some(gaps), Some(before)) = (&mut self.gaps, before.gaps) {
            gaps.take_memory(before);
        }
    }

    /// Tonnes of the calendar's months, if that is what the class is made of.
    pub(crate) fn tonnes(&self) -> &[f64] {
        &self.month.tonnes
    }

    /// What is drawn from now on is drawn under new luck.
    pub(crate) fn rekey(&mut self, plan: &Plan, traffic: TrafficId, luck: Luck) {
        let t = &plan.traffic[traffic.index()];
        if let Some(gaps) = &mut self.gaps {
            gaps.rekey(luck.stream(Purpose::ARRIVALS, t.entity));
        }
        self.draws = FlightDraws::new(t.entity, &t.arrivals, luck);
    }
}

/// How long before its scheduled time a row of a timetable is looked at. No flight is earlier than that.
const AHEAD: u64 = DAY;

impl Engine<'_> {
    /// Schedules the next candidate of a class.
    pub(crate) fn schedule_flight(&mut self, traffic: TrafficId) {
        if let Some(at) = self.next_flight(traffic) {
            self.calendar.schedule(at, Event::Flight(traffic));
        }
    }

    /// A candidate of a class: it may be a flight, now or later.
    #[inline(always)]
    pub(crate) fn flight<O: Observer>(&mut self, traffic: TrafficId, observer: &mut O) {
        let plan = self.plan;
        match &plan.traffic[traffic.index()].arrivals {
            Arrivals::Poisson { profile, peak, .. } => {
                return self.flights(traffic, profile.as_deref(), *peak, observer);
            }
            Arrivals::Timetable(replay) => self.scheduled_flight(traffic, replay),
            Arrivals::Monthly(monthly) => self.loaded_flight(traffic, monthly, observer),
        }
        self.schedule_flight(traffic);
    }

    /// A candidate of a Poisson process, and all after it that come before everything else.
    #[inline(always)]
    fn flights<O: Observer>(&mut self, traffic: TrafficId, profile: Option<&Profile>, peak: f64, observer: &mut O) {
        let plan = self.plan;
        let t = &plan.traffic[traffic.index()];
        let size = t.per_flight as usize * usize::from(t.program.slots);
        let handling = self.defence.handling(t.handled_by);
        loop {
            let source = &mut self.flow.sources[traffic.index()];
            let Some(gaps) = &mut source.gaps else { return };
            let is_flight = profile.is_none_or(|profile| gaps.choice() * peak < plan.factor(profile, self.now));
            let after = gaps.next();
            if is_flight {
                let number = source.next;
                source.next += 1;
                let from = match source.draws.take_prepared(size) {
                    Some(from) => from,
                    None => {
                        source.draws.prepare(self.luck, (t.entity, number), size, |draws| t.make_times(plan, draws))
                    }
                };
                self.take_in(t, (traffic, number), from, t.per_flight, handling, observer);
            }
            let at = self.now + after;
            if !self.calendar.is_before_all(at) {
                return self.calendar.schedule(at, Event::Flight(traffic));
            }
            self.now = at;
        }
    }

    /// A flight that is not of a Poisson process arrives.
    #[inline(never)]
    fn other_flight<O: Observer>(&mut self, traffic: TrafficId, number: u64, count: u32, observer: &mut O) {
        let plan = self.plan;
        let t = &plan.traffic[traffic.index()];
        let size = count as usize * usize::from(t.program.slots);
        let draws = &mut self.flow.sources[traffic.index()].draws;
        let from = draws.prepare(self.luck, (t.entity, number), size, |draws| t.make_times(plan, draws));
        let handling = self.defence.handling(t.handled_by);
        self.take_in(t, (traffic, number), from, count, handling, observer);
    }

    /// When the next candidate of a class comes, if there is one.
    fn next_flight(&mut self, traffic: TrafficId) -> Option<SimTime> {
        let source = &mut self.flow.sources[traffic.index()];
        match &self.plan.traffic[traffic.index()].arrivals {
            Arrivals::Poisson { .. } => source.gaps.as_mut().map(|gaps| self.now + gaps.next()),
            Arrivals::Timetable(replay) if replay.flights_a_period() == 0 => None,
            Arrivals::Timetable(replay) => {
                Some((replay.scheduled(source.next) - SimDuration::from_millis(AHEAD)).max(self.now))
            }
            Arrivals::Monthly(monthly) => self.next_loaded(traffic, monthly),
        }
    }

    /// A row of a timetable is looked at.
    fn scheduled_flight(&mut self, traffic: TrafficId, replay: &Replay) {
        let entity = self.plan.traffic[traffic.index()].entity;
        let source = &mut self.flow.sources[traffic.index()];
        let number = source.next;
        source.next += 1;
        let u = self.luck.stream(Purpose::TIMETABLE, entity.nth(number)).uniform();
        // A cancelled flight never comes.
        if let Some(at) = replay.flight(number, u).actual {
            self.calendar.schedule(at.max(self.now), Event::Land(traffic, number as u32));
        }
    }

    /// A flight of a month arrives, with as much as is its part.
    #[inline(never)]
    fn loaded_flight<O: Observer>(&mut self, traffic: TrafficId, monthly: &MonthlyPlan, observer: &mut O) {
        let entity = self.plan.traffic[traffic.index()].entity;
        let source = &mut self.flow.sources[traffic.index()];
        let number = source.next;
        source.next += 1;
        let mut weights = self.luck.stream(Purpose::TONNAGE, entity.nth(number));
        let mut count = 0;
        let mut loaded = source.month.over;
        while loaded < source.month.load && count < MOST_ON_A_FLIGHT {
            loaded += monthly.weight.at(weights.uniform());
            count += 1;
        }
        source.month.over = (loaded - source.month.load).max(0.0);
        self.other_flight(traffic, number, count, observer);
    }

    #[inline(never)]
    fn next_loaded(&mut self, traffic: TrafficId, monthly: &MonthlyPlan) -> Option<SimTime> {
        let (plan, entity) = (self.plan, self.plan.traffic[traffic.index()].entity);
        let source = &mut self.flow.sources[traffic.index()];
        while source.month.times.is_empty() && source.month.planned < monthly.months {
            plan_month(source, monthly, plan, entity, self.luck);
        }
        source.month.times.pop().map(|at| at.max(self.now))
    }

    /// A flight of a timetable arrives.
    pub(crate) fn land<O: Observer>(&mut self, traffic: TrafficId, number: u32, observer: &mut O) {
        let count = self.plan.traffic[traffic.index()].per_flight;
        self.other_flight(traffic, u64::from(number), count, observer);
    }
}

/// Consignments on one flight, at most; places are 16-bit.
const MOST_ON_A_FLIGHT: u32 = 65_000;

fn plan_month(source: &mut Source, monthly: &MonthlyPlan, plan: &Plan, entity: Entity, luck: Luck) {
    let n = source.month.planned;
    source.month.planned += 1;
    let calendar = &plan.scenario.calendar;
    let (year, first, _) = calendar.starts.parts();
    let (Some(tonnes), Some(start)) = (source.month.tonnes.get(n), Month::new(year, first).map(|m| m.plus(n))) else {
        return;
    };
    let mut stream = luck.stream(Purpose::ARRIVALS, entity.with("month").nth(n as u64));
    let Ok(split) = monthly.loads.split(*tonnes, stream.uniform(), 0.5) else { return };
    source.month.load = tonnes * 1000.0 / split.flights() as f64;
    let Some(first_day) = crate::model::Date::new(start.year(), start.month(), 1) else { return };
    // Days since the calendar's start; negative for the part of the first month that lies before it.
    let offset = i64::from(first_day.days()) - i64::from(calendar.starts.days());
    for _ in 0..split.flights() {
        let minutes = monthly.hours.minute_of_month(start, stream.uniform());
        let ms = offset * DAY as i64 + (minutes * MINUTE as f64) as i64;
        if let Ok(ms) = u64::try_from(ms) {
            source.month.times.push(SimTime::from_millis(ms));
        }
    }
    source.month.times.sort_unstable_by(|a, b| b.cmp(a));
}
