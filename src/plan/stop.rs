//! What luck makes of a route for one consignment: the stops that it makes, known when it arrives.

use crate::model::{MAX_PRIORITY, MOST_STATIONS, StationId};
use crate::plan::{Stage, StationPlan};
use crate::random::unit;
use crate::time::SimDuration;

/// One stop of a consignment on its way: a station, how long it is served there or waits, and what comes with it. Packed,
/// since there are a few for everything in the building: flags, then the station, then the time in the upper bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop(u64);

const REACH: u64 = 1;
const SEEN: u64 = 2;
const LAST: u64 = 4;
const COUNTS: u64 = 8;
/// From this bit on: the priority of the goods.
const LEVEL_SHIFT: u32 = 4;
const WAIT: u64 = 1 << 6;
const FORESEEN: u64 = 1 << 7;
const STATION_SHIFT: u32 = 8;
const TAKES_SHIFT: u32 = 20;
const STATIONS: u64 = 1 << (TAKES_SHIFT - STATION_SHIFT);
/// 557 years. What takes longer is cut there.
const MOST: u64 = u64::MAX >> TAKES_SHIFT;

const _: () = assert!((MAX_PRIORITY as u64) < WAIT >> LEVEL_SHIFT, "a priority fits");
const _: () = assert!((MOST_STATIONS as u64) <= STATIONS, "all stations fit");

impl Stop {
    /// It leaves the hub here.
    pub const LAST: Stop = Stop(LAST | SEEN);

    fn at_station(station: StationId, flags: u64) -> Stop {
        assert!(u64::from(station.0) < STATIONS, "a hub has fewer stations than {STATIONS}");
        Stop((u64::from(station.0) << STATION_SHIFT) | flags)
    }

    /// The same for so long, of one that takes no time.
    #[inline(always)]
    fn taking(self, takes: SimDuration) -> Stop {
        Stop(self.0 | (takes.millis().min(MOST) << TAKES_SHIFT))
    }

    /// A service of so many milliseconds somewhere, for tests.
    #[cfg(test)]
    pub(crate) fn taking_at(takes: u64, counts: bool) -> Stop {
        Stop(u64::from(counts) * COUNTS).taking(SimDuration::from_millis(takes))
    }

    /// How long it is served, or waits.
    #[inline]
    pub fn takes(self) -> SimDuration {
        SimDuration::from_millis(self.0 >> TAKES_SHIFT)
    }

    /// Where, unless it is a wait or the last.
    #[inline]
    pub fn at(self) -> StationId {
        StationId(((self.0 >> STATION_SHIFT) % STATIONS) as u32)
    }

    /// Whether it leaves the hub here.
    #[inline]
    pub fn is_last(self) -> bool {
        self.0 & LAST != 0
    }

    /// Whether it spends the time at no station.
    #[inline]
    pub fn is_wait(self) -> bool {
        self.0 & WAIT != 0
    }

    /// Whether it is at a station that is foreseen (see [`StationPlan::foreseen`]).
    #[inline]
    pub fn is_foreseen(self) -> bool {
        self.0 & FORESEEN != 0
    }

    /// Whether it is at a station that is foreseen, and nobody reaches for the goods or looks at them there.
    #[inline]
    pub fn is_certain(self) -> bool {
        self.0 & (FORESEEN | REACH | SEEN) == FORESEEN
    }

    /// Whether it leaves the hub here, and nothing depends on when and what.
    #[inline]
    pub fn leaves_unseen(self) -> bool {
        self.0 & (LAST | SEEN) == LAST
    }

    /// Whether it comes within reach or leaves.
    #[inline]
    pub fn is_special(self) -> bool {
        self.0 & (LAST | REACH) != 0
    }

    /// Whether it is among the figures: the goods arrived after the warm-up.
    #[inline]
    pub fn counts(self) -> bool {
        self.0 & COUNTS != 0
    }

    /// The priority of the goods; 0 comes first.
    #[inline]
    pub fn level(self) -> usize {
        (self.0 >> LEVEL_SHIFT) as usize % (WAIT >> LEVEL_SHIFT) as usize
    }

    /// Whether somebody records or looks when it is done here.
    #[inline]
    pub fn is_seen(self) -> bool {
        self.0 & SEEN != 0
    }
}

/// The stops of a class of goods but for the last, of which each consignment makes those that its draws say.
#[derive(Clone, Debug, PartialEq)]
pub struct Stops {
    candidates: Vec<Candidate>,
    last: Stop,
}

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
    /// The stops among a route's stages of goods of a priority. At the stage `reach`, if any, goods come within their
    /// operator's reach. If they are `noticed` it matters when and what leaves.
    pub(super) fn new(
        stages: &[Stage],
        stations: &[StationPlan],
        reach: Option<usize>,
        priority: u8,
        noticed: bool,
    ) -> Stops {
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
                    let flags = (u64::from(reach == Some(at)) * REACH)
                        | (u64::from(seen) * SEEN)
                        | (u64::from(here.foreseen) * FORESEEN);
                    (station, flags, slot, all)
                }
                Stage::Wait { slot } => (StationId(0), WAIT, slot, true),
                Stage::Leave(_) => break,
            };
            let stop = Stop::at_station(place, flags | (u64::from(priority.min(MAX_PRIORITY)) << LEVEL_SHIFT));
            stops.extend(choice.map(|(choice, most)| Candidate { stop, slot, made, choice, most }));
        }
        let last = if noticed { Stop::LAST } else { Stop(LAST) };
        Stops { candidates: stops, last }
    }

    /// How many a consignment makes at most, with the last.
    pub fn most(&self) -> usize {
        self.candidates.len() + 1
    }

    /// The stop that a consignment makes by its draws, if all make the same one alone, which is certain, and nothing depends
    /// on when they leave then.
    #[inline(always)]
    pub fn only(&self, draws: &[u64], counts: bool) -> Option<Stop> {
        match self.candidates[..] {
            [Candidate { stop, slot, made: true, most: u64::MAX, .. }]
                if stop.is_certain() && self.last.leaves_unseen() =>
            {
                let takes = SimDuration::from_millis(draws[usize::from(slot)]);
                Some(Stop(stop.taking(takes).0 | (u64::from(counts) * COUNTS)))
            }
            _ => None,
        }
    }

    /// Writes down the stops of a consignment by its draws, of which times that all goods need have been made already, and
    /// whether it is among the figures.
    #[inline(always)]
    pub fn write(&self, stations: &[StationPlan], draws: &[u64], counts: bool, to: &mut [Stop]) {
        let counts = u64::from(counts) * COUNTS;
        let mut to = to.iter_mut();
        for candidate in &self.candidates {
            if candidate.most < u64::MAX && draws[usize::from(candidate.choice)] > candidate.most {
                continue;
            }
            let draw = draws[usize::from(candidate.slot)];
            let takes = if candidate.made {
                SimDuration::from_millis(draw)
            } else {
                stations[candidate.stop.at().index()].takes.duration(unit(draw))
            };
            if let Some(to) = to.next() {
                *to = Stop(candidate.stop.taking(takes).0 | counts);
            }
        }
        if let Some(to) = to.next() {
            *to = self.last;
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
            foreseen: true,
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
        let stops = Stops::new(&stages, &stations, Some(2), 3, true);
        assert_eq!(stops.most(), 5);
        let check = |choice: u64, expect: &[(u32, u64, &str)]| {
            // What was there before does not matter.
            let mut made = [Stop::at_station(StationId(9), REACH); 5];
            stops.write(&stations, &[11, choice, 22, 33, 0, 44, 55], true, &mut made);
            let told = |s: &Stop| {
                let kind = match (s.is_wait(), s.is_certain()) {
                    (true, _) => "wait",
                    (_, true) => "certain",
                    _ if s.is_special() && s.is_seen() && s.is_foreseen() => "reach, seen, foreseen",
                    _ => "other",
                };
                (s.at().0, s.takes().millis(), kind)
            };
            let seen: Vec<_> = made.iter().take_while(|stop| !stop.is_last()).map(told).collect();
            assert_eq!(seen, expect, "{choice}");
            assert!(!made[seen.len()].leaves_unseen() && stops.only(&[11; 7], true).is_none());
        };
        check(0, &[(0, 11, "certain"), (1, 77, "reach, seen, foreseen"), (2, 77, "certain"), (0, 55, "wait")]);
        check(u64::MAX / 2, &[(0, 11, "certain"), (0, 55, "wait")]);
    }

    #[test]
    fn the_only_stop_is_the_one_that_is_written() {
        let station = |foreseen, seen: bool| StationPlan {
            takes: Sampler::Fixed(77.0),
            layers: if seen { vec![LayerId(0)] } else { Vec::new() },
            systems: Vec::new(),
            zone: ZoneId(0),
            run_by: None,
            foreseen,
        };
        let route = [Stage::Visit { station: StationId(0), slot: 0, all: true }, Stage::Leave(ZoneId(0))];
        let check = |station: StationPlan, noticed: bool, is_only: bool| {
            let stations = [station];
            let stops = Stops::new(&route, &stations, None, 1, noticed);
            let mut made = [Stop::LAST; 2];
            stops.write(&stations, &[123], true, &mut made);
            assert_eq!(stops.only(&[123], true), is_only.then_some(made[0]));
            assert_eq!(made[1].leaves_unseen(), !noticed);
        };
        check(station(true, false), false, true);
        check(station(true, false), true, false);
        check(station(true, true), false, false);
        check(station(false, false), false, false);
    }

    #[test]
    fn a_stop_says_what_was_put_into_it() {
        for station in [0, 1, 1_000, STATIONS as u32 - 1] {
            for (level, flags) in [(0, SEEN), (3, COUNTS | REACH)] {
                for takes in [0, 1, 86_400_000, MOST, u64::MAX] {
                    let stop = Stop::at_station(StationId(station), flags | (level << LEVEL_SHIFT));
                    let stop = stop.taking(SimDuration::from_millis(takes));
                    assert_eq!((stop.at(), stop.takes().millis()), (StationId(station), takes.min(MOST)));
                    assert_eq!((stop.level() as u64, stop.is_seen()), (level, flags & SEEN != 0));
                    assert_eq!(
                        (stop.counts(), stop.is_special(), stop.is_last()),
                        (flags != SEEN, flags != SEEN, false)
                    );
                }
            }
        }
    }

    #[test]
    fn goods_may_leave_at_once() {
        let stops = Stops::new(&[Stage::Leave(ZoneId(0))], &[], None, 0, true);
        let mut made = [Stop::at_station(StationId(0), 0)];
        stops.write(&[], &[], false, &mut made);
        assert_eq!((stops.most(), made), (1, [Stop::LAST]));
    }
}
