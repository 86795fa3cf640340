//! Flights to come: candidates of a Poisson process, rows of a timetable, or the flights of a month.

use crate::model::{Month, TrafficId};
use crate::plan::{Arrivals, MonthlyPlan, Plan};
use crate::random::{Entity, Luck, Purpose};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::flight_draws::FlightDraws;
use crate::sim::gaps::Gaps;
use crate::sim::record::Observer;
use crate::time::{DAY, HOUR, MINUTE, SimDuration, SimTime};

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
    pub(crate) fn next_flight(&mut self, traffic: TrafficId) {
        let plan = self.plan;
        let source = &mut self.flow.sources[traffic.index()];
        let at = match &plan.traffic[traffic.index()].arrivals {
            Arrivals::Poisson { .. } => match &mut source.gaps {
                Some(gaps) => self.now + gaps.next(),
                None => return,
            },
            Arrivals::Timetable(replay) => {
                if replay.flights_a_period() == 0 {
                    return;
                }
                (replay.scheduled(source.next) - SimDuration::from_millis(AHEAD)).max(self.now)
            }
            Arrivals::Monthly(monthly) => {
                let entity = plan.traffic[traffic.index()].entity;
                while source.month.times.is_empty() && source.month.planned < monthly.months {
                    plan_month(source, monthly, plan, entity, self.luck);
                }
                match source.month.times.pop() {
                    Some(at) => at.max(self.now),
                    None => return,
                }
            }
        };
        self.calendar.schedule(at, Event::Flight(traffic));
    }

    /// A candidate of a class: it may be a flight, now or later.
    pub(crate) fn flight<O: Observer>(&mut self, traffic: TrafficId, observer: &mut O) {
        let plan = self.plan;
        let t = &plan.traffic[traffic.index()];
        let source = &mut self.flow.sources[traffic.index()];
        match &t.arrivals {
            Arrivals::Poisson { profile, peak, .. } => {
                let kept = match profile {
                    None => true,
                    Some(profile) => {
                        let date = plan.scenario.calendar.date(self.now);
                        let hour = (self.now.millis() % DAY / HOUR) as usize;
                        let (_, month, _) = date.parts();
                        let factor = profile.hours[hour]
                            * profile.weekdays[date.weekday() as usize]
                            * profile.months[month as usize - 1];
                        source.gaps.as_ref().is_some_and(|gaps| gaps.choice() * peak < factor)
                    }
                };
                if kept {
                    let number = source.next;
                    source.next += 1;
                    self.take_in(traffic, number, plan.scenario.traffic[traffic.index()].per_flight, observer);
                }
            }
            Arrivals::Timetable(replay) => {
                let number = source.next;
                source.next += 1;
                let u = self.luck.stream(Purpose::TIMETABLE, t.entity.nth(number)).uniform();
                // A cancelled flight never comes.
                if let Some(at) = replay.flight(number, u).actual {
                    self.calendar.schedule(at.max(self.now), Event::Land(traffic, number as u32));
                }
            }
            Arrivals::Monthly(monthly) => {
                let number = source.next;
                source.next += 1;
                let mut weights = self.luck.stream(Purpose::TONNAGE, t.entity.nth(number));
                let mut count = 0;
                let mut loaded = source.month.over;
                while loaded < source.month.load && count < MOST_ON_A_FLIGHT {
                    loaded += monthly.weight.at(weights.uniform());
                    count += 1;
                }
                source.month.over = (loaded - source.month.load).max(0.0);
                self.take_in(traffic, number, count, observer);
            }
        }
        self.next_flight(traffic);
    }

    /// A flight of a timetable arrives.
    pub(crate) fn land<O: Observer>(&mut self, traffic: TrafficId, number: u32, observer: &mut O) {
        let count = self.plan.scenario.traffic[traffic.index()].per_flight;
        self.take_in(traffic, u64::from(number), count, observer);
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
