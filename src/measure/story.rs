//! Keeps what a single run tells: its records, and where things stood at the end of each day.

use crate::sim::{Day, FlowCount, Ledger, Observer, Record, StationWork};
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
}

impl Observer for Story {
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
