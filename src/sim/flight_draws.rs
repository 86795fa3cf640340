//! What is drawn for the goods of a class, flight by flight.

use crate::plan::Arrivals;
use crate::random::{Entity, Luck, Purpose, Stream};

/// Draws that are made at once, at least, where flights are so small that each by itself would be slow.
const AT_ONCE: usize = 512;

/// The draws of a class's goods: a fixed slot for each draw of each consignment of each flight of the class. Flights of
/// different sizes have streams of their own.
#[derive(Clone, Debug)]
pub(super) struct FlightDraws {
    /// Service times, detours and waits.
    times: Stream,
    /// What the goods are.
    marks: Stream,
    order: Order,
    /// Times made ahead, and from where on those of flights to come are among them.
    ahead: Vec<u64>,
    next: usize,
}

/// How the flights of a class follow each other.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    /// One after the other, and all of one size: times of a few can be made ahead.
    Steady,
    /// Late ones among others.
    Mixed,
    /// They differ in size.
    OfTheirOwn,
}

impl FlightDraws {
    pub(super) fn new(entity: Entity, arrivals: &Arrivals, luck: Luck) -> Self {
        FlightDraws {
            times: luck.stream(Purpose::FLIGHT, entity),
            marks: luck.stream(Purpose::MARKS, entity),
            order: match arrivals {
                Arrivals::Poisson { .. } => Order::Steady,
                Arrivals::Timetable(_) => Order::Mixed,
                Arrivals::Monthly(_) => Order::OfTheirOwn,
            },
            ahead: Vec::new(),
            next: 0,
        }
    }

    /// Uses the memory of others, which are no longer needed.
    pub(super) fn take_memory(&mut self, other: FlightDraws) {
        self.ahead = other.ahead;
        self.ahead.clear();
    }

    /// From where on the times of the goods of the next flight, `size` in all, are among [`FlightDraws::times`], if they have
    /// been made already.
    #[inline(always)]
    pub(super) fn take_prepared(&mut self, size: usize) -> Option<usize> {
        let from = self.next;
        self.next += size;
        (self.next <= self.ahead.len()).then_some(from)
    }

    /// Makes the times of the goods of one flight, by its class and number, and perhaps of some more: from where on they are
    /// among [`FlightDraws::times`]. `make` makes times of draws.
    #[cold]
    #[inline(never)]
    pub(super) fn prepare(
        &mut self,
        luck: Luck,
        (entity, number): (Entity, u64),
        size: usize,
        make: impl FnOnce(&mut [u64]),
    ) -> usize {
        let flights = if self.order == Order::Steady { AT_ONCE.div_ceil(size.max(1)) } else { 1 };
        self.ahead.resize(flights * size, 0);
        self.next = size;
        if self.order == Order::OfTheirOwn {
            luck.stream(Purpose::FLIGHT, entity.nth(number)).fill(&mut self.ahead);
        } else {
            self.times.skip_to(number * size as u64);
            self.times.fill(&mut self.ahead);
        }
        make(&mut self.ahead);
        0
    }

    /// What has been prepared.
    #[inline]
    pub(super) fn times(&self) -> &[u64] {
        &self.ahead
    }

    /// Fills in the draws of what the goods of one flight are.
    pub(super) fn fill_marks(&mut self, luck: Luck, (entity, number): (Entity, u64), marks: &mut [u64]) {
        if self.order == Order::OfTheirOwn {
            return luck.stream(Purpose::MARKS, entity.nth(number)).fill(marks);
        }
        self.marks.skip_to(number * marks.len() as u64);
        self.marks.fill(marks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_ahead_is_what_each_flight_would_draw() {
        let (entity, luck) = (Entity::of("all"), Luck::new(1));
        let arrivals = Arrivals::Poisson { gap: 1.0, profile: None, peak: 1.0 };
        let mut ahead = FlightDraws::new(entity, &arrivals, luck);
        let mut made = 0;
        for number in 0..1_000 {
            let mut one = luck.stream(Purpose::FLIGHT, entity);
            one.skip_to(number * 3);
            let from = ahead.take_prepared(3);
            let from = from.unwrap_or_else(|| ahead.prepare(luck, (entity, number), 3, |_| made += 1));
            let times = &ahead.times()[from..from + 3];
            assert_eq!(times, [one.next_u64(), one.next_u64(), one.next_u64()], "flight {number}");
        }
        assert_eq!(made, 1_000_usize.div_ceil(AT_ONCE.div_ceil(3)), "not each by itself");
    }
}
