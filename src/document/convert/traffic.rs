//! Traffic classes.

use std::collections::BTreeMap;

use super::{At, Context, Noun};
use crate::document::Code;
use crate::document::limits::FLIGHTS_A_DAY;
use crate::document::shape::{self, Shippers};
use crate::model::{Flights, MAX_PRIORITY, Monthly, OperatorId, Population, Profile, RouteId, Traffic, factors};

/// Consignments on one flight.
const MOST_PER_FLIGHT: u32 = 65_000;
/// Businesses behind one class.
const MOST_BUSINESSES: u32 = 100_000;

impl Context<'_> {
    /// A traffic class. `implicit` is who handles goods in a document without operators.
    pub(crate) fn traffic(
        &mut self,
        id: &str,
        traffic: &shape::Traffic,
        at: At,
        implicit: Option<OperatorId>,
    ) -> Option<Traffic> {
        let route = self.resolve(Noun::Route, &traffic.route, at.field("route")).map(RouteId::from_index);
        let flights = self.flights(&traffic.flights, at.field("flights"));
        let per_flight = self.per_flight(traffic, flights.as_ref(), at);
        let handled_by = match &traffic.handled_by {
            Some(name) => self.operator_id(name, at.field("handled_by")),
            None if implicit.is_some() => implicit,
            None => {
                let help = "add `handled_by: \"…\"`, naming one of the operators";
                self.report_head(Code::MissingField, at, "the field `handled_by` is missing", help);
                None
            }
        };
        let sensitive = self.share(traffic.sensitive, at.field("sensitive"));
        let integrity_critical = self.share(traffic.integrity_critical, at.field("integrity_critical"));
        let criticality = self.number(traffic.criticality, at.field("criticality"), 0.0, 1000.0);
        let downstream_check = self.share(traffic.downstream_check, at.field("downstream_check"));
        let Shippers::Zipf { businesses, exponent } = traffic.shippers;
        let place = at.field("shippers");
        let businesses = self.count(businesses, place.field("businesses"), 1, MOST_BUSINESSES, "number of businesses");
        let exponent = self.number(exponent, place.field("exponent"), 0.0, 4.0);
        let priority = self.count(traffic.priority, at.field("priority"), 0, u32::from(MAX_PRIORITY), "priority");
        Some(Traffic {
            id: id.to_owned(),
            route: route?,
            flights: flights?,
            per_flight: per_flight?,
            handled_by: handled_by?,
            sensitive: sensitive?,
            integrity_critical: integrity_critical?,
            criticality: criticality?,
            downstream_check: downstream_check?,
            shippers: Population { businesses: businesses?, exponent: exponent? },
            priority: priority? as u8,
        })
    }

    /// Consignments on a flight: stated, or what monthly tonnes come to on average.
    fn per_flight(&mut self, traffic: &shape::Traffic, flights: Option<&Flights>, at: At) -> Option<u32> {
        match (traffic.per_flight, &traffic.flights) {
            (Some(_), shape::Flights::Monthly { .. }) => {
                let message = "monthly tonnes say how many consignments a flight has";
                self.report(Code::Contradiction, at.field("per_flight"), message, "remove `per_flight`");
                None
            }
            (None, shape::Flights::Monthly { .. }) => {
                let Some(Flights::Monthly(m)) = flights else { return None };
                let mean = m.flight_load * 1000.0 / m.weight.law().mean();
                if mean <= f64::from(MOST_PER_FLIGHT) / 2.0 {
                    return Some((mean.ceil() as u32).max(1));
                }
                let message = format!("a flight would carry {mean:.0} consignments");
                self.report(
                    Code::LimitExceeded,
                    at.field("flights"),
                    message,
                    "make the consignments heavier or the flights lighter",
                );
                None
            }
            (Some(count), _) => {
                self.count(count, at.field("per_flight"), 1, MOST_PER_FLIGHT, "number of consignments on a flight")
            }
            (None, _) => {
                self.report_head(
                    Code::MissingField,
                    at,
                    "the field `per_flight` is missing",
                    "say how many consignments a flight has: `per_flight: 40`",
                );
                None
            }
        }
    }

    fn flights(&mut self, flights: &shape::Flights, at: At) -> Option<Flights> {
        match flights {
            shape::Flights::Poisson { .. } => self.poisson(flights, at),
            shape::Flights::Timetable { file, date, minute, delay, only } => {
                self.timetable((file, date, minute, delay), only, at).map(Flights::Timetable)
            }
            shape::Flights::Monthly { file, month, weight, unit, only, fitted, flight_load, consignment, hours } => {
                let place = at.field("fitted");
                let (from, to) =
                    (self.month(&fitted.from, place.field("from")), self.month(&fitted.to, place.field("to")));
                let load = self.kilograms(*flight_load, at.field("flight_load"));
                let consignment = self.mass_law(consignment, at.field("consignment"));
                let none = BTreeMap::new();
                let hours_of = match hours {
                    shape::HoursOf::Even => Some(None),
                    shape::HoursOf::Like { file, date, minute, delay } => {
                        self.timetable((file, date, minute, delay), &none, at.field("hours")).map(Some)
                    }
                };
                let fitted = self.monthly_tonnage((file, month, weight, *unit), only, (from?, to?), at)?;
                let load = load.filter(|kg| *kg > 0.0);
                if load.is_none() {
                    self.report(
                        Code::BadAmount,
                        at.field("flight_load"),
                        "a flight carries something",
                        "write a load over 0",
                    );
                }
                Some(Flights::Monthly(Box::new(Monthly {
                    fitted,
                    flight_load: load? / 1000.0,
                    weight: consignment?,
                    hours_of: hours_of?,
                })))
            }
        }
    }

    fn poisson(&mut self, flights: &shape::Flights, at: At) -> Option<Flights> {
        let shape::Flights::Poisson { rate, at_night, hours, weekdays, months } = flights else { return None };
        let place = at.field("rate");
        let rate = self.any_rate(*rate, place);
        if rate.is_some_and(|rate| rate.a_day() > FLIGHTS_A_DAY) {
            let message = format!("`{}` is more than {FLIGHTS_A_DAY} flights a day", self.written(place));
            self.report(
                Code::RateOutOfRange,
                place,
                message,
                "check the unit: PerHour, PerDay, PerWeek, PerMonth, PerYear",
            );
            return None;
        }
        if at_night.is_some() && hours.is_some() {
            let message = "`at_night` and `hours` both say when in the day flights come";
            self.report(Code::Contradiction, at.field("at_night"), message, "remove one of the two");
            return None;
        }
        let night = at_night.map(|share| self.share(share, at.field("at_night")));
        let hours = self.weights::<24>(hours.as_deref(), at.field("hours"), "hour");
        let weekdays = self.weights::<7>(weekdays.as_deref(), at.field("weekdays"), "weekday");
        let months = self.weights::<12>(months.as_deref(), at.field("months"), "month");
        let hours = match night {
            Some(share) => Profile::at_night(share?).hours,
            None => hours?,
        };
        Some(Flights::Poisson {
            rate: rate?,
            profile: Box::new(Profile { hours, weekdays: weekdays?, months: months? }),
        })
    }

    /// Weights as factors with mean 1; all 1 if none are given.
    fn weights<const N: usize>(&mut self, weights: Option<&[f64]>, at: At, what: &str) -> Option<[f64; N]> {
        let Some(weights) = weights else { return Some([1.0; N]) };
        let Ok(exact) = <[f64; N]>::try_from(weights) else {
            let message = format!("there are {} weights, not one for each {what}", weights.len());
            self.report(Code::WrongLength, at, message, format!("list {N} weights"));
            return None;
        };
        for (nth, weight) in exact.iter().enumerate() {
            self.number(*weight, at.nth(nth), 0.0, 1e6)?;
        }
        let scaled = factors(exact);
        if scaled.is_none() {
            let message = format!("every {what} has weight 0, so that no flight could ever come");
            self.report(Code::NumberOutOfRange, at, message, "give at least one a weight over 0");
        }
        scaled
    }
}
