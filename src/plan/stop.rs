//! What luck makes of a route for one consignment: the stops that it makes, known when it arrives.

use crate::model::StationId;
use crate::plan::{Plan, Stage, StationPlan};
use crate::random::unit;
use crate::time::SimDuration;

/// One stop of a consignment on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// How long it is served, or waits.
    pub takes: SimDuration,
    /// Where. Waits are at a station of their own, which comes after all others: there is room for everything in it.
    pub at: StationId,
    flags: u8,
}

const REACH: u8 = 1;
const SEEN: u8 = 2;
const LAST: u8 = 4;

impl Stop {
    /// It leaves the hub here.
    pub const LAST: Stop = Stop { takes: SimDuration::ZERO, at: StationId(u32::MAX), flags: LAST };

    /// Whether it leaves the hub here.
    #[inline]
    pub fn is_last(self) -> bool {
        self.flags & LAST != 0
    }

    /// Whether it comes within reach or leaves.
    #[inline]
    pub fn is_special(self) -> bool {
        self.flags & (LAST | REACH) != 0
    }

    /// Whether somebody records or looks when it is done here.
    #[inline]
    pub fn is_seen(self) -> bool {
        self.flags & SEEN != 0
    }
}

/// The stops of a class of goods, of which each consignment makes those that its draws say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stops(Vec<Candidate>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    stop: Stop,
    /// Draw of the time.
    slot: u16,
    /// Whether times have been made of the draws already.
    made: bool,
    /// The stop is made by those whose draw is this or less.
    choice: u16,
    most: u64,
}

impl Stops {
    /// The stops among the stages of a class, of which the first is the plan's `first`.
    pub(super) fn new(stages: &[Stage], first: usize, waiting_room: StationId) -> Stops {
        let mut stops = Vec::new();
        let (mut choice, mut until) = (Some((0, u64::MAX)), 0);
        for (at, stage) in stages.iter().enumerate() {
            if at == until {
                choice = Some((0, u64::MAX));
            }
            let (stop, slot, made) = match *stage {
                Stage::Branch { share, skip_to, slot } => {
                    until = skip_to as usize - first;
                    choice = last_under(share).map(|most| (slot, most));
                    continue;
                }
                Stage::Visit { station, slot, all, reach, seen } => {
                    let flags = (u8::from(reach) * REACH) | (u8::from(seen) * SEEN);
                    (Stop { takes: SimDuration::ZERO, at: station, flags }, slot, all)
                }
                Stage::Wait { slot } => (Stop { takes: SimDuration::ZERO, at: waiting_room, flags: 0 }, slot, true),
                Stage::Leave(_) => (Stop::LAST, 0, true),
            };
            stops.extend(choice.map(|(choice, most)| Candidate { stop, slot, made, choice, most }));
        }
        Stops(stops)
    }

    /// How many a consignment makes at most, with the last.
    pub fn most(&self) -> usize {
        self.0.len()
    }

    /// Writes down the stops of a consignment by its draws, of which times that all goods need have been made already.
    #[inline(always)]
    pub fn write(&self, stations: &[StationPlan], draws: &[u64], to: &mut [Stop]) {
        let mut to = to.iter_mut();
        for candidate in &self.0 {
            if candidate.most < u64::MAX && draws[usize::from(candidate.choice)] > candidate.most {
                continue;
            }
            let draw = draws[usize::from(candidate.slot)];
            let takes = if candidate.made {
                SimDuration::from_millis(draw)
            } else {
                stations[candidate.stop.at.index()].takes.duration(unit(draw))
            };
            if let Some(to) = to.next() {
                *to = Stop { takes, ..candidate.stop };
            }
        }
    }
}

/// The last draw that is under a share, if any is.
fn last_under(share: f64) -> Option<u64> {
    let (mut under, mut over) = (0, u64::MAX);
    if unit(over) < share {
        return Some(over);
    }
    if unit(under) >= share {
        return None;
    }
    while over - under > 1 {
        let middle = under + (over - under) / 2;
        if unit(middle) < share { under = middle } else { over = middle }
    }
    Some(under)
}

impl Plan {
    /// The station at which goods wait that are at no station.
    pub fn waiting_room(&self) -> StationId {
        StationId::from_index(self.stations.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_draw_under_a_share_is_that() {
        for share in [1e-9, 0.08, 0.5, 0.999_999_999] {
            let last = last_under(share).unwrap();
            assert!(unit(last) < share && unit(last + 1) >= share, "{share}");
        }
        assert_eq!((last_under(0.0), last_under(1.0)), (None, Some(u64::MAX)));
    }

    #[test]
    fn goods_make_the_stops_that_their_draws_say() {
        let visit =
            |station, slot, reach| Stage::Visit { station: StationId(station), slot, all: true, reach, seen: false };
        let stages = [
            visit(0, 0, false),
            Stage::Branch { share: 0.25, skip_to: 14, slot: 1 },
            visit(1, 2, true),
            visit(2, 3, false),
            Stage::Branch { share: 0.0, skip_to: 16, slot: 4 },
            visit(1, 5, false),
            Stage::Wait { slot: 6 },
            Stage::Leave(crate::model::ZoneId(0)),
        ];
        let stops = Stops::new(&stages, 10, StationId(3));
        assert_eq!(stops.most(), 5);
        let check = |choice: u64, expect: &[(u32, u64)]| {
            let mut made = [Stop::LAST; 6];
            stops.write(&[], &[11, choice, 22, 33, 0, 44, 55], &mut made);
            let seen: Vec<_> = made.iter().take_while(|s| !s.is_last()).map(|s| (s.at.0, s.takes.millis())).collect();
            assert_eq!(seen, expect, "{choice}");
        };
        check(0, &[(0, 11), (1, 22), (2, 33), (3, 55)]);
        check(u64::MAX / 2, &[(0, 11), (3, 55)]);
    }
}
