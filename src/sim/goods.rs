//! The consignments in the building: an arena whose places are used again.

use crate::model::{ItemId, TrafficId};
use crate::plan::Stop;
use crate::sim::inspection::Looks;
use crate::sim::record::Consignment;
use crate::time::SimTime;

/// One consignment in the building.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goods {
    /// When its flight arrived.
    pub arrived: SimTime,
    /// Its node in the calendar, if it is in the building.
    pub node: u32,
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

/// Nobody.
const NOBODY: Goods = Goods {
    arrived: SimTime::ZERO,
    node: 0,
    flight: 0,
    item: None,
    looks: Looks { suspect: 0, picked: 0 },
    business: 0,
    exposure: 0,
    place: 0,
    traffic: 0,
    flags: GONE,
};

/// Consignments in the building by their places, and the stops that each makes. Not those of which it is known when they leave,
/// and that nothing happens to before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    goods: Vec<Goods>,
    stops: Vec<Stop>,
    stops_each: usize,
    free: Vec<u32>,
}

/// Where what is known of a consignment stands: its place in the building, and its node in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) at: u32,
    pub(crate) node: u32,
}

impl Arena {
    pub(crate) fn clear(&mut self, stops_each: usize) {
        self.goods.clear();
        self.stops.clear();
        self.free.clear();
        self.stops_each = stops_each;
    }

    /// A free place, and that of its first stop.
    #[inline(always)]
    pub(crate) fn prepare(&mut self) -> (u32, u32) {
        let at = match self.free.last() {
            Some(at) => *at,
            None => self.grow(),
        };
        (at, at * self.stops_each as u32)
    }

    /// The stops of a place.
    #[inline(always)]
    pub(crate) fn stops_of(&mut self, at: u32) -> &mut [Stop] {
        &mut self.stops[at as usize * self.stops_each..][..self.stops_each]
    }

    /// Gives the place that has been prepared to a consignment.
    #[inline(always)]
    pub(crate) fn keep(&mut self, at: u32, goods: Goods) {
        self.free.pop();
        self.goods[at as usize] = goods;
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> u32 {
        self.goods.push(NOBODY);
        self.stops.resize(self.goods.len() * self.stops_each, Stop::LAST);
        assert!(u32::try_from(self.stops.len()).is_ok(), "more stops in the building than can be counted, in 32 GiB");
        let at = self.goods.len() as u32 - 1;
        self.free.push(at);
        at
    }

    #[inline]
    pub(crate) fn remove(&mut self, at: u32) {
        self.goods[at as usize].flags |= GONE;
        self.free.push(at);
    }

    /// Places that are or were somebody's.
    pub(crate) fn places(&self) -> u32 {
        self.goods.len() as u32
    }

    /// The consignment at a place, if there is one now.
    pub(crate) fn present(&self, at: u32) -> Option<&Goods> {
        self.goods.get(at as usize).filter(|goods| !goods.is(GONE))
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

    /// Consignments that have a place.
    pub(crate) fn len(&self) -> u32 {
        (self.goods.len() - self.free.len()) as u32
    }
}

impl Goods {
    /// Goods of which nothing matters.
    pub(crate) fn plain(arrived: SimTime, node: u32, name: Consignment) -> Goods {
        let Consignment { traffic, flight, place } = name;
        Goods { arrived, node, flight, place: place as u16, traffic: traffic.0 as u16, flags: 0, ..NOBODY }
    }

    pub(crate) fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn name(&self) -> Consignment {
        Consignment { traffic: TrafficId(u32::from(self.traffic)), flight: self.flight, place: u32::from(self.place) }
    }
}
