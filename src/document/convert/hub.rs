//! Zones, stations, routes.

use std::collections::BTreeMap;

use super::{At, Context, Noun};
use crate::document::shape::{self, Staff};
use crate::document::{Code, clip};
use crate::model::{DurationLaw, Leg, Route, RunBy, Shift, Station, StationId, Zone, ZoneId, ZoneKind};
use crate::time::{HOUR, MINUTE};

/// Servers at one station.
const MOST_SERVERS: u32 = 10_000;
/// Legs of one route, stations of detours included.
const MOST_LEGS: usize = 1000;
/// Map coordinates, either way.
const MAP: f64 = 10_000.0;

impl Context<'_> {
    pub(crate) fn zone(&mut self, id: &str, zone: &shape::Zone, at: At) -> Option<Zone> {
        let place = at.field("map");
        let x = self.number(zone.map.0, place.nth(0), -MAP, MAP);
        let y = self.number(zone.map.1, place.nth(1), -MAP, MAP);
        let run_by = match &zone.run_by {
            shape::RunBy::Hub => Some(RunBy::Hub),
            shape::RunBy::Outside => Some(RunBy::Outside),
            shape::RunBy::Operator(name) => self.operator_id(name, at.field("run_by").inside()).map(RunBy::Operator),
        };
        Some(Zone { id: id.to_owned(), kind: zone.kind, map: (x?, y?), run_by: run_by? })
    }

    pub(crate) fn station(&mut self, id: &str, station: &shape::Station, at: At) -> Option<Station> {
        let zone = self.resolve(Noun::Zone, &station.zone, at.field("zone")).map(ZoneId::from_index);
        let staff = self.staff(&station.staff, at.field("staff"));
        let takes = self.duration_law(&station.takes, at.field("takes"));
        Some(Station {
            id: id.to_owned(),
            zone: zone?,
            job: station.job,
            staff: staff?,
            takes: takes?,
            queue: station.queue,
        })
    }

    /// Shifts from midnight on: before the first stated time, the last one of the day before still holds.
    fn staff(&mut self, staff: &Staff, at: At) -> Option<Vec<Shift>> {
        let shifts = match staff {
            Staff::Always(servers) => {
                let servers = self.count(*servers, at.inside(), 0, MOST_SERVERS, "number of servers")?;
                vec![Shift { from: 0, servers }]
            }
            Staff::Shifts(times) => self.shifts(times, at.inside())?,
        };
        if shifts.iter().all(|shift| shift.servers == 0) {
            let help = "give it at least one server at some time of the day, or take it out of the routes";
            self.report(Code::NobodyWorks, at, "nobody ever works here, so that goods would wait for ever", help);
            return None;
        }
        Some(shifts)
    }

    fn shifts(&mut self, times: &BTreeMap<String, u32>, at: At) -> Option<Vec<Shift>> {
        if times.is_empty() {
            self.report(Code::Empty, at, "there is no shift in it", "add one, such as {\"06:00\": 2}");
            return None;
        }
        let mut shifts = Vec::with_capacity(times.len() + 1);
        let mut sound = true;
        for (time, servers) in times {
            let from = self.time_of_day(time, at);
            let servers = from.and(self.count(*servers, at.field(time), 0, MOST_SERVERS, "number of servers"));
            match (from, servers) {
                (Some(from), Some(servers)) => shifts.push(Shift { from, servers }),
                _ => sound = false,
            }
        }
        if !sound {
            return None;
        }
        if let (Some(first), Some(last)) = (shifts.first().copied(), shifts.last().copied())
            && first.from > 0
        {
            shifts.insert(0, Shift { from: 0, servers: last.servers });
        }
        Some(shifts)
    }

    /// Milliseconds since midnight of a key such as `06:00` of the map `at`.
    pub(crate) fn time_of_day(&mut self, time: &str, at: At) -> Option<u64> {
        let read = time_of_day(time);
        if read.is_none() {
            let message = format!("`{}` is not a time of day", clip(time, 20));
            let help = "write hours and minutes: \"00:00\" to \"23:59\"";
            self.report_span(Code::BadTimeOfDay, at.file, at.key(time), message, help);
        }
        read
    }

    /// A route; `zones` are those whose form is right, by index.
    pub(crate) fn route(&mut self, id: &str, legs: &[shape::Leg], at: At, zones: &[Option<ZoneKind>]) -> Option<Route> {
        let length: usize = legs
            .iter()
            .map(|leg| match leg {
                shape::Leg::Detour { through, .. } => 1 + through.len(),
                _ => 1,
            })
            .sum();
        if length > MOST_LEGS {
            let message =
                format!("this route has {length} legs, stations of detours included; at most {MOST_LEGS} are possible");
            self.report_head(Code::LimitExceeded, at, message, "join stations that always follow each other");
            return None;
        }
        let read: Vec<Option<Leg>> =
            legs.iter().enumerate().map(|(nth, leg)| self.leg(leg, at.nth(nth), zones)).collect();
        self.branches(legs, at);
        self.ending(legs, at)?;
        Some(Route { id: id.to_owned(), legs: read.into_iter().collect::<Option<_>>()? })
    }

    fn leg(&mut self, leg: &shape::Leg, at: At, zones: &[Option<ZoneKind>]) -> Option<Leg> {
        match leg {
            shape::Leg::Visit(station) => self.station_id(station, at.inside()).map(Leg::Visit),
            shape::Leg::Detour { share, through } => {
                let shape::Share::Percent(percent) = *share;
                let place = at.field("share");
                let share = if percent > 100.0 {
                    let message = format!("`{}` of the goods cannot branch off here", self.written(place));
                    self.report(
                        Code::BranchOverAll,
                        place,
                        message,
                        "a detour takes Percent(100) of the goods at most",
                    );
                    None
                } else {
                    self.share(*share, place)
                };
                let list = at.field("through");
                self.not_empty(through, list, "station")?;
                self.no_repeats(through, list);
                let through: Vec<Option<StationId>> =
                    through.iter().enumerate().map(|(nth, name)| self.station_id(name, list.nth(nth))).collect();
                Some(Leg::Detour { share: share?, through: through.into_iter().collect::<Option<_>>()? })
            }
            shape::Leg::Wait(law) => {
                let law: DurationLaw = self.duration_law(law, at.inside())?;
                Some(Leg::Wait(law))
            }
            shape::Leg::Leave(zone) => {
                let place = at.inside();
                let zone = self.resolve(Noun::Zone, zone, place)?;
                if let Some(Some(kind)) = zones.get(zone)
                    && *kind != ZoneKind::Downstream
                {
                    let message = format!("goods cannot leave to `{}`, which lies within the hub", self.written(place));
                    self.report(Code::LeaveInside, place, message, "name a zone whose kind is Downstream");
                    return None;
                }
                Some(Leg::Leave(ZoneId::from_index(zone)))
            }
        }
    }

    /// A route ends once, at its end.
    fn ending(&mut self, legs: &[shape::Leg], at: At) -> Option<()> {
        let leaves: Vec<usize> = legs
            .iter()
            .enumerate()
            .filter(|(_, leg)| matches!(leg, shape::Leg::Leave(_)))
            .map(|(nth, _)| nth)
            .collect();
        let Some(first) = leaves.first().copied() else {
            let help = "end it with Leave(\"…\"), naming a zone whose kind is Downstream";
            self.report_head(Code::RouteNeverEnds, at, "goods on this route never leave the hub", help);
            return None;
        };
        if first + 1 < legs.len() {
            let place = at.nth(first);
            let rest = match legs.len() - first - 1 {
                1 => "the leg after it is never reached".to_owned(),
                more => format!("the {more} legs after it are never reached"),
            };
            let help = "make it the last leg, and the only Leave of the route";
            self.report(Code::RouteGoesOn, place, format!("goods leave here; {rest}"), help);
            return None;
        }
        Some(())
    }

    /// Detours that follow each other directly read like alternatives.
    fn branches(&mut self, legs: &[shape::Leg], at: At) {
        let mut sum = 0.0;
        for (nth, leg) in legs.iter().enumerate() {
            let shape::Leg::Detour { share: shape::Share::Percent(percent), .. } = leg else {
                sum = 0.0;
                continue;
            };
            let before = sum;
            sum += percent;
            if before > 0.0 && before <= 100.0 && sum > 100.0 && *percent <= 100.0 {
                let message = format!("with this one, the detours here take {sum} % of the goods between them");
                let help = "each detour is drawn on its own, so some goods take several; lower the shares if they are alternatives";
                self.report(Code::BranchesOverlap, at.nth(nth).field("share"), message, help);
            }
        }
    }
}

/// Milliseconds since midnight of `06:00`.
fn time_of_day(text: &str) -> Option<u64> {
    let (hour, minute) = text.split_once(':')?;
    let two =
        |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u64>().ok())?;
    let (hour, minute) = (two(hour)?, two(minute)?);
    (hour < 24 && minute < 60).then_some(hour * HOUR + minute * MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_hours_and_minutes() {
        assert_eq!(time_of_day("06:30"), Some(6 * HOUR + 30 * MINUTE));
        assert_eq!(time_of_day("00:00"), Some(0));
        for text in ["24:00", "6:00", "06:60", "0600", "+6:00", "06:00:00", ""] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
