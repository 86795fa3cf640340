//! The consignments in the building: an arena whose places are used again.

use crate::model::{ItemId, TrafficId};
use crate::plan::Stop;
use crate::sim::inspection::Looks;
use crate::sim::record::Consignment;
use crate::time::{SimDuration, SimTime};

/// No consignment.
pub(crate) const NOBODY: u32 = u32::MAX;

/// What a queue asks of a consignment. The rest stands apart, so that this stays close to the processor.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moving {
    /// When it joined the queue where it is.
    pub joined: SimTime,
    /// How long its service takes.
    pub takes: SimDuration,
    /// Next in the same queue.
    pub next: u32,
    /// The stop that it makes now.
    pub stop: u32,
    /// Traffic class.
    pub traffic: u16,
    /// Whether it arrived after the warm-up.
    pub counts: bool,
}

/// One consignment in the building.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Goods {
    /// When its flight arrived.
    pub arrived: SimTime,
    /// Number of its flight within the class.
    pub flight: u32,
    /// Altered item that it is, if any.
    pub item: Option<ItemId>,
    /// Per-item layers that have to do with it.
    pub looks: Looks,
    /// Which business ships it; meaningful if it is sensitive.
    pub business: u32,
    /// Its own draw for exposure, 32 bits.
    pub exposure: u32,
    /// Place on its flight.
    pub place: u16,
    /// Traffic class.
    pub traffic: u16,
    /// What it is.
    pub flags: u8,
}

/// Records of it are worth cataloguing.
pub(crate) const SENSITIVE: u8 = 1;
/// Altering it could do harm.
pub(crate) const CRITICAL: u8 = 2;
/// Its operator has left: the hub itself handles it.
pub(crate) const ORPHAN: u8 = 4;

/// It has left; its place is free.
const GONE: u8 = 8;

/// All consignments in the building, and the stops that each makes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    moving: Vec<Moving>,
    goods: Vec<Goods>,
    stops: Vec<Stop>,
    free: Vec<u32>,
    stops_each: usize,
}

impl Arena {
    pub(crate) fn clear(&mut self, stops_each: usize) {
        self.moving.clear();
        self.goods.clear();
        self.stops.clear();
        self.free.clear();
        self.stops_each = stops_each;
    }

    /// Takes a consignment in, whose stops `write` then writes down. Its place, and that of its first stop.
    #[inline]
    pub(crate) fn insert(&mut self, goods: Goods, counts: bool, write: impl FnOnce(&mut [Stop])) -> (u32, u32) {
        let at = match self.free.pop() {
            Some(at) => at,
            None => {
                self.moving.push(Moving::default());
                self.goods.push(Goods::default());
                self.stops.resize(self.goods.len() * self.stops_each, Stop::LAST);
                self.goods.len() as u32 - 1
            }
        };
        let first = at as usize * self.stops_each;
        write(&mut self.stops[first..first + self.stops_each]);
        // So many stops take 64 GiB; beyond them there is none, which would be noticed at once.
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        let moving = &mut self.moving[at as usize];
        (moving.stop, moving.traffic, moving.counts) = (first, goods.traffic, counts);
        self.goods[at as usize] = goods;
        (at, first)
    }

    #[inline]
    pub(crate) fn remove(&mut self, at: u32) {
        self.goods[at as usize].flags |= GONE;
        self.free.push(at);
    }

    /// Places in use or used before.
    pub(crate) fn places(&self) -> u32 {
        self.goods.len() as u32
    }

    /// The consignment at a place, if there is one now.
    pub(crate) fn present(&self, at: u32) -> Option<&Goods> {
        self.goods.get(at as usize).filter(|goods| !goods.is(GONE))
    }

    #[inline]
    pub(crate) fn moving(&self, at: u32) -> &Moving {
        &self.moving[at as usize]
    }

    #[inline]
    pub(crate) fn moving_mut(&mut self, at: u32) -> &mut Moving {
        &mut self.moving[at as usize]
    }

    #[inline]
    pub(crate) fn get(&self, at: u32) -> &Goods {
        &self.goods[at as usize]
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, at: u32) -> &mut Goods {
        &mut self.goods[at as usize]
    }

    #[inline]
    pub(crate) fn stop(&self, stop: u32) -> Stop {
        self.stops[stop as usize]
    }

    /// A stop that is not the last, and the one after it.
    #[inline(always)]
    pub(crate) fn stop_and_next(&self, stop: u32) -> [Stop; 2] {
        let stops = &self.stops[stop as usize..][..2];
        [stops[0], stops[1]]
    }

    /// The stop that a consignment makes now.
    pub(crate) fn stop_of(&self, at: u32) -> Stop {
        self.stop(self.moving(at).stop)
    }

    /// Consignments in the building.
    pub(crate) fn len(&self) -> u32 {
        (self.goods.len() - self.free.len()) as u32
    }
}

impl Goods {
    pub(crate) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn name(&self) -> Consignment {
        Consignment { traffic: TrafficId(u32::from(self.traffic)), flight: self.flight, place: u32::from(self.place) }
    }
}
