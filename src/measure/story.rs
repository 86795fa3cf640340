//! Keeps what a single run tells: its records, and where things stood at the end of each day.

use std::collections::BTreeMap;

use crate::model::{StationId, TrafficId};
use crate::sim::{Consignment, Day, FlowCount, Ledger, Observer, Record, StationWork};
use crate::time::SimTime;

/// The story of one run.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// What happened, in order.
    pub records: Vec<(SimTime, Record)>,
    /// Share of the catalogue known at the end of each day.
    pub catalogue: Vec<(SimTime, f64)>,
    /// Belief in misuse of each operator at the end of each day; `beliefs[operator][day]`.
    pub beliefs: Vec<Vec<f64>>,
    /// Consignments in the building at the end of each day.
    pub in_building: Vec<u32>,
    /// The ledger at the horizon.
    pub ledger: Ledger,
    /// Work of the stations.
    pub stations: Vec<StationWork>,
    /// Consignments in and out.
    pub flow: FlowCount,
    /// How often a consignment went from one station straight to another.
    pub moves: BTreeMap<(StationId, StationId), u64>,
    /// How many consignments of a class left the hub from a station.
    pub exits: BTreeMap<(TrafficId, StationId), u64>,
    /// Where the consignments in the building were served last.
    places: BTreeMap<Consignment, StationId>,
}

impl Story {
    /// Records alone.
    pub fn of(records: Vec<(SimTime, Record)>) -> Story {
        Story { records, ..Story::default() }
    }
}

impl Observer for Story {
    fn stage(&mut self, _: SimTime, consignment: Consignment, station: Option<StationId>) {
        let Some(to) = station else { return };
        if let Some(from) = self.places.insert(consignment, to) {
            *self.moves.entry((from, to)).or_default() += 1;
        }
    }

    fn left(&mut self, _: SimTime, consignment: Consignment, _: SimTime) {
        if let Some(from) = self.places.remove(&consignment) {
            *self.exits.entry((consignment.traffic, from)).or_default() += 1;
        }
    }

    fn record(&mut self, at: SimTime, record: &Record) {
        self.records.push((at, record.clone()));
    }

    fn day(&mut self, at: SimTime, day: &Day<'_>) {
        self.catalogue.push((at, day.catalogue_share));
        self.beliefs.resize(day.beliefs.len(), Vec::new());
        for (series, belief) in self.beliefs.iter_mut().zip(day.beliefs) {
            series.push(*belief);
        }
        self.in_building.push(day.in_building);
    }

    fn closed(&mut self, _: SimTime, closing: &crate::sim::Closing<'_>) {
        self.ledger = closing.ledger.clone();
        self.stations = closing.stations.to_vec();
        self.flow = closing.flow;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_counted_from_what_was_served() {
        let mut story = Story::default();
        let goods = |place| Consignment { traffic: TrafficId::from_index(0), flight: 1, place };
        let (dock, hall, gate) = (StationId::from_index(0), StationId::from_index(1), StationId::from_index(2));
        let at = SimTime::ZERO;
        for (place, way) in [(0, vec![dock, hall, gate]), (1, vec![dock, gate]), (2, vec![dock])] {
            for station in way {
                story.stage(at, goods(place), Some(station));
                story.stage(at, goods(place), None);
            }
        }
        story.left(at, goods(0), at);
        story.left(at, goods(1), at);
        let moves: Vec<_> = story.moves.iter().map(|(way, n)| (*way, *n)).collect();
        assert_eq!(moves, [((dock, hall), 1), ((dock, gate), 1), ((hall, gate), 1)]);
        assert_eq!(story.exits.iter().map(|(way, n)| (way.1, *n)).collect::<Vec<_>>(), [(gate, 2)]);
    }
}
