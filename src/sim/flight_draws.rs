//! What is drawn for the goods of a class, flight by flight.

use crate::plan::Arrivals;
use crate::random::{Entity, Luck, Purpose, Stream};

/// Draws that are made at once, at least, where flights are so small that each by itself would be slow.
const AT_ONCE: usize = 128;

/// The draws of a class's goods: a fixed slot for each draw of each consignment of each flight of the class. Flights of
/// different sizes have streams of their own.
#[derive(Clone, Debug)]
pub(super) struct FlightDraws {
    /// Service times, detours and waits.
    times: Stream,
    /// What the goods are.
    marks: Stream,
    order: Order,
    /// Times made ahead: of flights from this one on.
    ahead: Vec<u64>,
    ahead_from: u64,
}

/// How the flights of a class follow each other.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    /// One after the other: times of a few can be made ahead.
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
            ahead_from: 0,
        }
    }

    /// Uses the memory of others, which are no longer needed.
    pub(super) fn take_memory(&mut self, other: FlightDraws) {
        self.ahead = other.ahead;
        self.ahead.clear();
    }

    /// Makes the times and other draws of the goods of one flight (its class and number), `count` in all, and tells from where on they are among
    /// [`FlightDraws::times`]. `make` makes times of draws.
    #[inline]
    pub(super) fn prepare(
        &mut self,
        luck: Luck,
        flight: (Entity, u64),
        count: usize,
        make: impl FnOnce(&mut [u64]),
    ) -> usize {
        let from = flight.1.saturating_sub(self.ahead_from) as usize * count;
        if self.order == Order::Steady && from + count <= self.ahead.len() {
            return from;
        }
        self.draw(luck, flight, count);
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

    /// Draws for the goods of a flight, and of more if the next ones are known to follow.
    #[cold]
    fn draw(&mut self, luck: Luck, (entity, number): (Entity, u64), count: usize) {
        let flights = if self.order == Order::Steady { AT_ONCE.div_ceil(count.max(1)) } else { 1 };
        self.ahead.resize(flights * count, 0);
        self.ahead_from = number;
        if self.order == Order::OfTheirOwn {
            return luck.stream(Purpose::FLIGHT, entity.nth(number)).fill(&mut self.ahead);
        }
        self.times.skip_to(number * count as u64);
        self.times.fill(&mut self.ahead);
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
        for number in 0..200 {
            let mut one = luck_of(number, entity);
            let from = ahead.prepare(luck, (entity, number), 3, |_| made += 1);
            assert_eq!(
                ahead.times()[from..from + 3],
                [one.next_u64(), one.next_u64(), one.next_u64()],
                "flight {number}"
            );
        }
        assert!((4..=6).contains(&made), "43 flights at once, and not each by itself: {made}");
        // After flights that were not asked for, it goes on where it should.
        let mut one = luck_of(1_000, entity);
        let from = ahead.prepare(luck, (entity, 1_000), 3, |_| {});
        assert_eq!(ahead.times()[from], one.next_u64());
    }

    fn luck_of(flight: u64, entity: Entity) -> Stream {
        let mut stream = Luck::new(1).stream(Purpose::FLIGHT, entity);
        stream.skip_to(flight * 3);
        stream
    }
}
