//! The consignments in the building: an arena whose places are used again.

use crate::model::{ItemId, TrafficId};
use crate::sim::inspection::Looks;
use crate::sim::record::Consignment;
use crate::time::SimTime;

/// No consignment.
pub(crate) const NOBODY: u32 = u32::MAX;

/// What every event asks of a consignment. The rest stands apart, so that this stays close to the processor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moving {
    /// When it joined the queue where it is.
    pub joined: SimTime,
    /// Next in the same queue.
    pub next: u32,
    /// Its place among the plan's stages.
    pub stage: u32,
    /// Traffic class.
    pub traffic: u16,
    /// Whether it arrived after the warm-up.
    pub counts: bool,
}

/// One consignment in the building.
#[derive(Clone, Copy, Debug)]
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

/// All consignments in the building, and the draws that belong to each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    moving: Vec<Moving>,
    goods: Vec<Goods>,
    draws: Vec<u64>,
    free: Vec<u32>,
    draws_each: usize,
}

impl Arena {
    pub(crate) fn clear(&mut self, draws_each: usize) {
        self.moving.clear();
        self.goods.clear();
        self.draws.clear();
        self.free.clear();
        self.draws_each = draws_each;
    }

    #[inline]
    pub(crate) fn insert(&mut self, moving: Moving, goods: Goods, draws: &[u64]) -> u32 {
        let at = match self.free.pop() {
            Some(at) => {
                self.moving[at as usize] = moving;
                self.goods[at as usize] = goods;
                at
            }
            None => {
                self.moving.push(moving);
                self.goods.push(goods);
                self.draws.resize(self.goods.len() * self.draws_each, 0);
                self.goods.len() as u32 - 1
            }
        };
        let from = at as usize * self.draws_each;
        self.draws[from..from + draws.len()].copy_from_slice(draws);
        at
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
    pub(crate) fn draw(&self, at: u32, slot: u16) -> u64 {
        self.draws[at as usize * self.draws_each + usize::from(slot)]
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
