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

/// The stops of a class of goods but for the last, of which each consignment makes those that its draws say.
#[derive(Clone, Debug, PartialEq)]
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
    /// The stops among a route's stages. At the stage `reach`, if any, goods come within their operator's reach.
    pub(super) fn new(stages: &[Stage], stations: &[StationPlan], reach: Option<usize>) -> Stops {
        let mut stops = Vec::new();
        let (mut choice, mut until) = (Some((0, u64::MAX)), 0);
        for (at, stage) in stages.iter().enumerate() {
            if at == until {
                choice = Some((0, u64::MAX));
            }
            let (place, flags, slot, made) = match *stage {
                Stage::Branch { share, skip_to, slot } => {
                    until = skip_to;
                    choice = last_under(share).map(|most| (slot, most));
                    continue;
                }
                Stage::Visit { station, slot, all } => {
                    let here = &stations[station.index()];
                    let seen = !here.systems.is_empty() || !here.layers.is_empty();
                    let flags = (u8::from(reach == Some(at)) * REACH) | (u8::from(seen) * SEEN);
                    (station, flags, slot, all)
                }
                Stage::Wait { slot } => (waiting_room(stations), 0, slot, true),
                Stage::Leave(_) => break,
            };
            let stop = Stop { takes: SimDuration::ZERO, at: place, flags };
            stops.extend(choice.map(|(choice, most)| Candidate { stop, slot, made, choice, most }));
        }
        Stops(stops)
    }

    /// How many a consignment makes at most, with the last.
    pub fn most(&self) -> usize {
        self.0.len() + 1
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
        if let Some(to) = to.next() {
            *to = Stop::LAST;
        }
    }
}

/// The station at which goods wait that are at no station.
fn waiting_room(stations: &[StationPlan]) -> StationId {
    StationId::from_index(stations.len())
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
        waiting_room(&self.stations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LayerId, ZoneId};
    use crate::plan::Sampler;

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
        let station = |seen: bool| StationPlan {
            takes: Sampler::Fixed(77.0),
            layers: if seen { vec![LayerId(0)] } else { Vec::new() },
            systems: Vec::new(),
            zone: ZoneId(0),
            run_by: None,
        };
        let stations = [station(false), station(true), station(false)];
        let visit = |station, slot, all| Stage::Visit { station: StationId(station), slot, all };
        let stages = [
            visit(0, 0, true),
            Stage::Branch { share: 0.25, skip_to: 4, slot: 1 },
            visit(1, 2, false),
            visit(2, 3, false),
            Stage::Branch { share: 0.0, skip_to: 6, slot: 4 },
            visit(1, 5, false),
            Stage::Wait { slot: 6 },
            Stage::Leave(ZoneId(0)),
        ];
        let stops = Stops::new(&stages, &stations, Some(2));
        assert_eq!(stops.most(), 5);
        let check = |choice: u64, expect: &[(u32, u64, bool, bool)]| {
            // What was there before does not matter.
            let mut made = [Stop { takes: SimDuration::ZERO, at: StationId(9), flags: REACH }; 5];
            stops.write(&stations, &[11, choice, 22, 33, 0, 44, 55], &mut made);
            let told = |s: &Stop| (s.at.0, s.takes.millis(), s.is_special(), s.is_seen());
            let seen: Vec<_> = made.iter().take_while(|stop| !stop.is_last()).map(told).collect();
            assert_eq!(seen, expect, "{choice}");
        };
        check(0, &[(0, 11, false, false), (1, 77, true, true), (2, 77, false, false), (3, 55, false, false)]);
        check(u64::MAX / 2, &[(0, 11, false, false), (3, 55, false, false)]);
    }

    #[test]
    fn goods_may_leave_at_once() {
        let stops = Stops::new(&[Stage::Leave(ZoneId(0))], &[], None);
        let mut made = [Stop { takes: SimDuration::ZERO, at: StationId(0), flags: 0 }];
        stops.write(&[], &[], &mut made);
        assert_eq!((stops.most(), made), (1, [Stop::LAST]));
    }
}
