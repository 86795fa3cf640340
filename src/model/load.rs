//! How much work the hub gets: visits and utilisation, before anything is simulated.

use crate::model::{Flights, Layer, Leg, Method, OperatorId, Picks, RunBy, Scenario, StationId, Traffic, Watches};

impl Traffic {
    /// Expected flights a day.
    pub fn flights_a_day(&self) -> f64 {
        let consignments = self.consignments_a_day();
        match &self.flights {
            Flights::Monthly(monthly) => consignments * monthly.weight.law().mean() / 1000.0 / monthly.flight_load,
            _ => consignments / f64::from(self.per_flight),
        }
    }

    /// Share of a flight's consignments that somebody opens who opens so many of each flight.
    pub fn share_opened(&self, opens: u32) -> f64 {
        let on_a_flight = self.consignments_a_day() / self.flights_a_day();
        if on_a_flight > 0.0 { (f64::from(opens) / on_a_flight).min(1.0) } else { 0.0 }
    }

    /// Expected consignments a day.
    pub fn consignments_a_day(&self) -> f64 {
        match &self.flights {
            Flights::Poisson { rate, .. } => rate.a_day() * f64::from(self.per_flight),
            Flights::Timetable(t) => {
                let flights = t.departures().len() as f64 * (1.0 - t.cancelled_share());
                flights / (7.0 * f64::from(t.weeks())) * f64::from(self.per_flight)
            }
            // What is to come is forecast later; here the last year that is known serves.
            Flights::Monthly(m) => {
                let months = 12.min(m.fitted.tonnes().len());
                let last = &m.fitted.tonnes()[m.fitted.tonnes().len() - months..];
                let a_day = last.iter().sum::<f64>() / months as f64 / (crate::time::DAYS_PER_YEAR / 12.0);
                a_day * 1000.0 / m.weight.law().mean()
            }
        }
    }
}

impl Scenario {
    /// Expected model events a day: flights and the stages that their goods complete.
    pub fn model_events_a_day(&self) -> f64 {
        let of_class = |t: &Traffic| {
            let stages = self.routes[t.route.index()].legs.iter().map(|leg| match leg {
                Leg::Visit(_) | Leg::Wait(_) => 1.0,
                Leg::Detour { share, through } => share.get() * through.len() as f64,
                Leg::Leave(_) => 0.0,
            });
            t.flights_a_day() + t.consignments_a_day() * stages.sum::<f64>()
        };
        self.traffic.iter().map(of_class).sum()
    }

    /// Expected visits a day to a station by goods of one operator, or of all.
    pub fn visits_a_day(&self, station: StationId, by: Option<OperatorId>) -> f64 {
        self.traffic
            .iter()
            .filter(|t| by.is_none_or(|o| t.handled_by == o))
            .map(|t| t.consignments_a_day() * self.visits_each(t, station))
            .sum()
    }

    /// Expected items a day that pass a layer that looks at items: goods of one operator, or of all. None pass a layer
    /// that looks at something else.
    pub fn items_a_day(&self, layer: &Layer, by: Option<OperatorId>) -> f64 {
        match layer.watches {
            Watches::Station(station) => self.visits_a_day(station, by),
            Watches::Delivered | Watches::Acting => {
                let own = self.traffic.iter().filter(|t| by.is_none_or(|o| t.handled_by == o));
                own.map(Traffic::consignments_a_day).sum()
            }
            Watches::System(_) | Watches::Operator(_) | Watches::AllOperators | Watches::Zones => 0.0,
        }
    }

    /// Expected items a day of a traffic class that pass a layer that looks at items.
    pub fn items_of_class(&self, layer: &Layer, traffic: &Traffic) -> f64 {
        match layer.watches {
            Watches::Station(station) => traffic.consignments_a_day() * self.visits_each(traffic, station),
            Watches::Delivered | Watches::Acting => traffic.consignments_a_day(),
            Watches::System(_) | Watches::Operator(_) | Watches::AllOperators | Watches::Zones => 0.0,
        }
    }

    /// Whether goods that were altered through an operator pass a station: it lies on their way, at or after the first
    /// station in a zone that the operator runs.
    pub fn passes_altered(&self, station: StationId, through: OperatorId) -> bool {
        let runs = |s: &StationId| {
            let zone = self.stations[s.index()].zone;
            self.zones[zone.index()].run_by == RunBy::Operator(through)
        };
        self.traffic.iter().filter(|t| t.handled_by == through).any(|t| {
            let mut way = self.routes[t.route.index()].legs.iter().flat_map(|leg| match leg {
                Leg::Visit(s) => std::slice::from_ref(s),
                Leg::Detour { through, .. } => through.as_slice(),
                _ => &[],
            });
            let mut reached = false;
            way.any(|s| {
                reached |= runs(s);
                reached && *s == station
            })
        })
    }

    /// Share of the items of an operator that a layer looks at, on average.
    pub fn looks_at(&self, layer: &Layer, by: OperatorId) -> f64 {
        let Method::PerItem { picks: Picks::PerFlight(opens), .. } = layer.method else { return layer.covers.get() };
        let own = self.traffic.iter().filter(|t| t.handled_by == by);
        let (mut goods, mut opened) = (0.0, 0.0);
        for traffic in own {
            let a_day = traffic.consignments_a_day();
            goods += a_day;
            opened += a_day.min(traffic.flights_a_day() * f64::from(opens));
        }
        if goods > 0.0 { layer.covers.get() * opened / goods } else { 0.0 }
    }

    /// Share of a station's working time that goods would take: offered load over servers. Over 1, queues grow without
    /// end. Infinite if nobody works there.
    pub fn utilisation(&self, station: StationId) -> f64 {
        let s = &self.stations[station.index()];
        let work = self.visits_a_day(station, None) * s.takes.mean().days();
        if work == 0.0 { 0.0 } else { work / s.mean_servers() }
    }

    fn visits_each(&self, traffic: &Traffic, station: StationId) -> f64 {
        let legs = &self.routes[traffic.route.index()].legs;
        legs.iter()
            .map(|leg| match leg {
                Leg::Visit(s) if *s == station => 1.0,
                Leg::Detour { share, through } => {
                    share.get() * through.iter().filter(|s| **s == station).count() as f64
                }
                _ => 0.0,
            })
            .sum()
    }
}
