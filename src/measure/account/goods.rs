//! Where goods spent their time, which came out, and which went elsewhere.

use std::collections::BTreeMap;

use crate::measure::account::term::{Amount, Explained, Note, Part, Reading, Term};
use crate::measure::sojourns::{BINS, Sojourns};
use crate::measure::{Measure, StationWork};
use crate::model::{OperatorId, StationId, SystemId, TrafficId};
use crate::plan::Plan;
use crate::sim::Consignment;
use crate::time::{MINUTE, SimDuration, SimTime};

/// What a consignment in the building has behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Past {
    /// A service at a station, or a wait.
    Stage(Option<StationId>),
    /// A system wrote it down, with or without what makes the record worth copying.
    Recorded { station: StationId, system: SystemId, open: bool },
}

/// Counts of goods.
#[derive(Clone, Debug)]
pub(super) struct Goods {
    counting_from: SimTime,
    classes: Vec<Class>,
    /// What those in the building have behind them.
    inside: BTreeMap<Consignment, Vec<(SimTime, Past)>>,
    /// Gone elsewhere, and exposed there, by operator and class.
    diverted: BTreeMap<(OperatorId, TrafficId), (u64, u64)>,
}

/// What a class did.
#[derive(Clone, Debug)]
struct Class {
    handled_by: OperatorId,
    arrived: u64,
    left: u64,
    stays: Sojourns,
    /// Time of counted consignments at each station \[ms\].
    at: Vec<u64>,
    /// Their waits between stations \[ms\].
    waits: u64,
}

impl Goods {
    pub(super) fn new(plan: &Plan) -> Self {
        let class = |traffic: &crate::model::Traffic| Class {
            handled_by: traffic.handled_by,
            arrived: 0,
            left: 0,
            stays: Sojourns::new(),
            at: vec![0; plan.stations.len()],
            waits: 0,
        };
        Goods {
            counting_from: SimTime::ZERO + plan.scenario.calendar.warm_up,
            classes: plan.scenario.traffic.iter().map(class).collect(),
            inside: BTreeMap::new(),
            diverted: BTreeMap::new(),
        }
    }

    pub(super) fn arrive(&mut self, traffic: TrafficId, consignments: u32) {
        self.classes[traffic.index()].arrived += u64::from(consignments);
    }

    pub(super) fn pass(&mut self, at: SimTime, consignment: Consignment, past: Past) {
        self.inside.entry(consignment).or_default().push((at, past));
    }

    /// What a consignment in the building has behind it.
    pub(super) fn past(&self, consignment: Consignment) -> &[(SimTime, Past)] {
        self.inside.get(&consignment).map_or(&[], |past| past)
    }

    pub(super) fn leave(&mut self, at: SimTime, consignment: Consignment, arrived: SimTime) {
        let past = self.inside.remove(&consignment).unwrap_or_default();
        let class = &mut self.classes[consignment.traffic.index()];
        class.left += 1;
        if arrived < self.counting_from {
            return;
        }
        class.stays.add(at.since(arrived));
        let mut from = arrived;
        for (to, stage) in past {
            match stage {
                Past::Stage(Some(station)) => class.at[station.index()] += to.since(from).millis(),
                Past::Stage(None) => class.waits += to.since(from).millis(),
                Past::Recorded { .. } => continue,
            }
            from = to;
        }
    }

    pub(super) fn divert(&mut self, traffic: TrafficId, exposed: bool) {
        let operator = self.classes[traffic.index()].handled_by;
        let (gone, seen) = self.diverted.entry((operator, traffic)).or_default();
        *gone += 1;
        *seen += u64::from(exposed);
    }

    pub(super) fn explain(&self, measure: Measure, work: &[StationWork]) -> Explained {
        match measure {
            Measure::MeanSojourn => self.mean(work),
            Measure::P95Sojourn => self.percentile(),
            Measure::InBuilding => self.in_building(),
            Measure::ThroughputLost => self.elsewhere(measure, |(gone, _)| gone),
            Measure::ExposureMoved => self.elsewhere(measure, |(_, exposed)| exposed),
            _ => {
                let out = self.classes().filter(|(_, class)| class.left > 0);
                let terms = out.map(|(t, class)| Term::alone(Part::Traffic(t), Amount::count(class.left)));
                Explained::new(measure, Reading::Itself, terms.collect())
            }
        }
    }

    fn classes(&self) -> impl Iterator<Item = (TrafficId, &Class)> {
        self.classes.iter().enumerate().map(|(t, class)| (TrafficId::from_index(t), class))
    }

    fn mean(&self, work: &[StationWork]) -> Explained {
        let mut terms = Vec::new();
        for (t, class) in self.classes() {
            let stations = class.at.iter().enumerate().map(|(s, ms)| (Part::Station(StationId::from_index(s)), *ms));
            for (part, ms) in stations.chain([(Part::Waits, class.waits)]).filter(|(_, ms)| *ms > 0) {
                terms.push(Term::under(Part::Traffic(t), part, Amount::count(ms)));
            }
        }
        let stays = self.classes.iter().map(|class| class.stays.count()).sum();
        let mut explained = Explained::new(Measure::MeanSojourn, Reading::MeanMinutes(stays), terms);
        let stayed = self.classes().filter(|(_, class)| class.stays.count() > 0);
        explained.notes.extend(stayed.map(|(traffic, class)| Note::MeanStay {
            traffic,
            stays: class.stays.count(),
            mean: class.stays.mean(),
        }));
        let worked = work.iter().enumerate().filter(|(_, work)| work.begun > 0);
        explained.notes.extend(worked.map(|(s, work)| Note::MeanWait(StationId::from_index(s), work.mean_wait())));
        explained
    }

    /// The same rule as [`Sojourns::quantile`], worked out from the classes apart.
    fn percentile(&self) -> Explained {
        let mut minutes = vec![0_u64; BINS];
        for class in &self.classes {
            for (all, n) in minutes.iter_mut().zip(class.stays.by_minute()) {
                *all += u64::from(*n);
            }
        }
        let of: u64 = minutes.iter().sum();
        let wanted = 0.95 * of as f64;
        let mut below = 0;
        let found = minutes.iter().position(|n| {
            let here = *n > 0 && (below + n) as f64 >= wanted;
            below += if here { 0 } else { *n };
            here
        });
        let Some(minute) = found else { return Explained::new(Measure::P95Sojourn, Reading::Minutes, Vec::new()) };
        let (within, whole) = (minutes[minute], minute as u64 * MINUTE);
        let terms = if minute == BINS - 1 {
            let longest = self.classes.iter().map(|class| class.stays.longest().millis()).max().unwrap_or(0);
            vec![Term::alone(Part::Longest, Amount::count(longest))]
        } else {
            let share = (wanted - below as f64) / within as f64;
            let all = SimDuration::from_millis_f64((minute as f64 + share) * MINUTE as f64).millis();
            vec![
                Term::alone(Part::WholeMinutes, Amount::count(whole)),
                Term::alone(Part::WithinTheMinute, Amount::count(all - whole)),
            ]
        };
        let mut explained = Explained::new(Measure::P95Sojourn, Reading::Minutes, terms);
        explained.notes.push(Note::Rank { minute: minute as u64, below, within, of });
        let after = |class: &Class| class.stays.by_minute().iter().skip(minute + 1).map(|n| u64::from(*n)).sum();
        explained.notes.extend(
            self.classes().filter(|(_, class)| class.stays.count() > 0).map(|(traffic, class)| Note::Longer {
                traffic,
                longer: after(class),
                of: class.stays.count(),
            }),
        );
        explained
    }

    fn in_building(&self) -> Explained {
        let mut places: BTreeMap<(TrafficId, Option<StationId>), u64> = BTreeMap::new();
        for (t, class) in self.classes() {
            places.insert((t, None), class.arrived - class.left);
        }
        for (consignment, past) in &self.inside {
            let station = past.iter().rev().find_map(|(_, past)| match past {
                Past::Stage(station) => *station,
                Past::Recorded { .. } => None,
            });
            if let Some(station) = station {
                *places.entry((consignment.traffic, Some(station))).or_default() += 1;
                *places.entry((consignment.traffic, None)).or_default() -= 1;
            }
        }
        let terms = places.into_iter().filter(|(_, n)| *n > 0).map(|((traffic, station), n)| {
            let part = station.map_or(Part::NoStation, Part::After);
            Term::under(Part::Traffic(traffic), part, Amount::count(n))
        });
        Explained::new(Measure::InBuilding, Reading::Itself, terms.collect())
    }

    fn elsewhere(&self, measure: Measure, which: impl Fn((u64, u64)) -> u64) -> Explained {
        let terms = self.diverted.iter().map(|((operator, traffic), counts)| (operator, traffic, which(*counts)));
        let terms = terms.filter(|(_, _, n)| *n > 0).map(|(operator, traffic, n)| {
            Term::under(Part::Operator(*operator), Part::Traffic(*traffic), Amount::count(n))
        });
        Explained::new(measure, Reading::Itself, terms.collect())
    }
}
