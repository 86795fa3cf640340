//! Where things stand in the hub, who works there, and the ways that goods take through it.

use serde::Deserialize;

use crate::model::{DurationLaw, OperatorId, Probability, StationId, ZoneId};
use crate::time::{DAY, SimTime};

/// A part of the hub's ground.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Zone {
    /// Name in the document.
    pub id: String,
    /// What the zone is for.
    pub kind: ZoneKind,
    /// Place on the hub's map, in map units: x to the right, y down.
    pub map: (f64, f64),
    /// Who runs it, and so has daily access to what passes.
    pub run_by: RunBy,
}

/// What a zone is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ZoneKind {
    /// Apron and ramp.
    Airside,
    /// Storage.
    Warehouse,
    /// Sorting hall.
    Sort,
    /// Security screening.
    Screening,
    /// Customs-bonded storage.
    Bonded,
    /// Offices.
    Office,
    /// Computer rooms.
    It,
    /// Outside the hub: consignees.
    Downstream,
}

/// Who runs a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunBy {
    /// The airport itself.
    Hub,
    /// An operator.
    Operator(OperatorId),
    /// Nobody at the hub.
    Outside,
}

/// A place where servers work on one consignment at a time.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Station {
    /// Name in the document.
    pub id: String,
    /// Where it stands.
    pub zone: ZoneId,
    /// What is done there.
    pub job: Job,
    /// Servers through the day, in order of the time of day; one entry from midnight at least.
    pub staff: Vec<Shift>,
    /// Service time.
    pub takes: DurationLaw,
    /// Who is served first.
    pub queue: Discipline,
}

/// From a time of day on, so many servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Milliseconds since midnight.
    pub from: u64,
    /// Servers at work.
    pub servers: u32,
}

impl Station {
    /// Servers at work at an instant.
    pub fn servers_at(&self, at: SimTime) -> u32 {
        let time_of_day = at.millis() % DAY;
        self.staff.iter().take_while(|s| s.from <= time_of_day).last().map_or(0, |s| s.servers)
    }

    /// Servers, averaged over the day.
    pub fn mean_servers(&self) -> f64 {
        let ends = self.staff.iter().skip(1).map(|s| s.from).chain([DAY]);
        self.staff.iter().zip(ends).map(|(s, end)| f64::from(s.servers) * (end - s.from) as f64).sum::<f64>()
            / DAY as f64
    }
}

/// What a station does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Job {
    /// Takes goods off an aircraft or truck.
    Unload,
    /// Screens goods.
    Screen,
    /// Opens or re-screens what the first screening picked.
    Secondary,
    /// Checks documents.
    Documents,
    /// Sorts.
    Sort,
    /// Stores.
    Store,
    /// Builds up unit load devices.
    BuildUp,
    /// Loads an aircraft or truck.
    Load,
    /// Hands over to the consignee.
    HandOver,
}

impl Job {
    /// As written in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Job::Unload => "Unload",
            Job::Screen => "Screen",
            Job::Secondary => "Secondary",
            Job::Documents => "Documents",
            Job::Sort => "Sort",
            Job::Store => "Store",
            Job::BuildUp => "BuildUp",
            Job::Load => "Load",
            Job::HandOver => "HandOver",
        }
    }
}

/// Who is served first at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Discipline {
    /// First come, first served.
    Fifo,
    /// Lower priority number first (see `Traffic::priority`), first come first served within it. Nobody is interrupted.
    Priority,
}

/// A way through the hub.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Route {
    /// Name in the document.
    pub id: String,
    /// The legs in order. The last one is `Leave`, and no other is.
    pub legs: Vec<Leg>,
}

impl Route {
    /// Whether goods on this route can be served at a station.
    pub fn passes(&self, station: StationId) -> bool {
        self.legs.iter().any(|leg| match leg {
            Leg::Visit(s) => *s == station,
            Leg::Detour { through, .. } => through.contains(&station),
            Leg::Wait(_) | Leg::Leave(_) => false,
        })
    }
}

/// One leg of a route.
#[derive(Clone, Debug, PartialEq)]
pub enum Leg {
    /// Go to a station, wait for a server, be served.
    Visit(StationId),
    /// A share of the goods visits further stations on the way; the rest goes straight on.
    Detour {
        /// The share that takes the detour.
        share: Probability,
        /// The stations of the detour, in order.
        through: Vec<StationId>,
    },
    /// Spend time without needing a server.
    Wait(DurationLaw),
    /// Leave the hub for a zone outside.
    Leave(ZoneId),
}

/// Stations of one hub at most.
pub(crate) const MOST_STATIONS: usize = 1000;

/// The highest priority number that goods can have; 0 is served first.
pub(crate) const MAX_PRIORITY: u8 = 3;
