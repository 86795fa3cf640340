//! Stations at which it is known as goods come when they will have been served.

use std::hint::select_unpredictable;

use crate::plan::{MOST_FORESEEN, Stop};
use crate::sim::record::StationWork;
use crate::time::{SimDuration, SimTime};

/// When each server of a station will have done all that has come so far (the workload of Kiefer and Wolfowitz, 1955).
///
/// First come, first served: who comes now is served by the server who is free first, and nothing that comes later
/// changes that. So the station keeps no queue, and takes part in no event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workload {
    /// When the first server is free \[ms\].
    next_free: u64,
    /// When each server is free, the soonest first; after those that there are, never. Not kept for one server alone.
    free: [Instant; MOST_FORESEEN],
    servers: u32,
    longest: u32,
    /// Goods that have come.
    came: u64,
    /// The last of them, in a ring as long as the longest queue at least: all who wait are among them.
    last: Vec<Served>,
    /// When services begin, over all that have come. It wraps; differences do not.
    sum: u64,
    /// Sums over all that have come, of which what is yet to be must be taken away. Of services begun, the waits before
    /// them and those without one only goods count that arrived after the warm-up.
    begun: u64,
    waited: u64,
    unwaited: u64,
    /// From the warm-up on.
    busy: u64,
    queued: u64,
}

/// Goods that have come.
#[derive(Clone, Copy, Debug, Default)]
struct Served {
    came: u64,
    /// When their service begins \[ms\].
    begins: u64,
    /// The sum of that, over all until these.
    sum: u64,
    counts: u64,
}

/// Milliseconds since the start of a number that the processor compares faster: 2^52 more, so that the bits are the same but
/// for the upper ones.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Instant(f64);

impl Default for Instant {
    fn default() -> Self {
        Instant::NEVER
    }
}

impl Instant {
    const ZERO: Instant = Instant(Self::AT_ZERO as f64);
    const NEVER: Instant = Instant(f64::INFINITY);
    /// Instants are before this one: 142,000 years.
    const FAR: u64 = Self::AT_ZERO - 1;
    const AT_ZERO: u64 = 1 << 52;

    fn at(ms: u64) -> Instant {
        Instant(f64::from_bits(Self::ZERO.0.to_bits() | ms.min(Self::FAR)))
    }

    fn millis(self) -> u64 {
        self.0.to_bits() & Self::FAR
    }
}

impl Workload {
    /// Starts again with so many servers, who are free.
    pub(crate) fn restart(&mut self, servers: u32) {
        let mut last = std::mem::take(&mut self.last);
        last.resize(last.len().max(4), Served::default());
        *self = Workload { last, servers, ..Workload::default() };
        self.free.iter_mut().take(servers as usize).for_each(|free| *free = Instant::ZERO);
    }

    /// Goods come to be served: when they will have been.
    #[inline(always)]
    pub(crate) fn join(&mut self, now: SimTime, stop: Stop, counting_from: SimTime) -> SimTime {
        let (came, from) = (now.millis(), counting_from.millis());
        // Whether goods wait is not foretold.
        let begins = select_unpredictable(self.next_free > came, self.next_free, came);
        let end = (begins + stop.takes().millis()).min(Instant::FAR);
        self.next_free = end;
        if self.servers > 1 {
            self.put(Instant::at(end));
        }
        let (waits, counts) = (begins - came, u64::from(stop.counts()));
        self.begun += counts;
        self.waited = self.waited.wrapping_add(waits * counts);
        self.unwaited += u64::from(waits == 0) & counts;
        if came >= from {
            self.busy = self.busy.wrapping_add(end - begins);
            self.queued = self.queued.wrapping_add(waits);
        } else {
            let counted = begins.max(from);
            self.busy = self.busy.wrapping_add(end.max(from) - counted);
            self.queued = self.queued.wrapping_add(counted - from);
        }
        let mask = self.last.len() - 1;
        self.sum = self.sum.wrapping_add(begins);
        self.last[self.came as usize & mask] = Served { came, begins, sum: self.sum, counts };
        // The queue is longer than ever if who came as many places before waits too.
        if self.last[(self.came - u64::from(self.longest)) as usize & mask].begins > came {
            self.lengthen();
        }
        self.came += 1;
        SimTime::from_millis(end)
    }

    /// The server who is free first is free again at another time, which is not before.
    #[inline(always)]
    fn put(&mut self, end: Instant) {
        let later = |a: Instant, b: Instant| if a > b { a } else { b };
        let mut free = self.free;
        for (free, (this, next)) in free.iter_mut().zip(self.free.iter().zip(&self.free[1..])) {
            let at_least = later(*this, end);
            *free = if *next < at_least { *next } else { at_least };
        }
        free[MOST_FORESEEN - 1] = later(free[MOST_FORESEEN - 1], end);
        self.free = free;
        self.next_free = free[0].millis();
    }

    /// The queue has become longer by one.
    #[cold]
    #[inline(never)]
    fn lengthen(&mut self) {
        self.longest += 1;
        let before = self.last.len();
        if (self.longest as usize) < before {
            return;
        }
        self.last.resize(before * 2, Served::default());
        // Those whose place is another one in a ring twice as long.
        for n in (0..=self.came).rev().take(before).filter(|n| *n as usize & before != 0) {
            let (old, new) = (n as usize & (before - 1), n as usize & (2 * before - 1));
            self.last[new] = self.last[old];
        }
    }

    /// How many wait at an instant after which nobody has come. Who comes later begins later, so they are the last ones.
    fn waiting_at(&self, at: u64) -> u64 {
        let (mut none, mut some) = (0, self.came.min(u64::from(self.longest)) + 1);
        while some - none > 1 {
            let middle = none + (some - none) / 2;
            if self.nth_last(middle).begins > at { none = middle } else { some = middle }
        }
        none
    }

    /// The n-th of those that have come, counted from the last one, which is the first.
    fn nth_last(&self, n: u64) -> &Served {
        &self.last[(self.came - n) as usize & (self.last.len() - 1)]
    }

    pub(crate) fn waiting(&self, now: SimTime) -> u32 {
        self.waiting_at(now.millis()) as u32
    }

    /// Length of the queue, integrated from the warm-up to an instant \[consignment ms\].
    pub(crate) fn queued(&self, at: u64) -> u64 {
        let waiting = self.waiting_at(at);
        if waiting == 0 {
            return self.queued;
        }
        let first = self.nth_last(waiting);
        let begin = self.sum.wrapping_sub(first.sum).wrapping_add(first.begins);
        self.queued.wrapping_sub(begin.wrapping_sub(waiting.wrapping_mul(at)))
    }

    /// What the station has done until now, of a time that is `over` long and ends `at`: now, or with the warm-up.
    pub(crate) fn work(&self, now: SimTime, at: u64, over: SimDuration) -> StationWork {
        let mut work = StationWork {
            served: self.came,
            begun: self.begun,
            waited: self.waited,
            unwaited: self.unwaited,
            busy: self.busy,
            on_duty: u64::from(self.servers) * over.millis(),
            queued: self.queued(at),
            longest: self.longest,
            over,
        };
        for goods in (1..=self.waiting_at(now.millis())).map(|n| self.nth_last(n)) {
            work.served -= 1;
            work.begun -= goods.counts;
            work.waited = work.waited.wrapping_sub((goods.begins - goods.came) * goods.counts);
        }
        let several = self.free.iter().take(self.servers as usize).skip(1).map(|free| free.millis());
        for free in several.chain([self.next_free]) {
            work.served -= u64::from(free > now.millis());
            work.busy = work.busy.wrapping_sub(free.saturating_sub(at));
        }
        work
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// Goods by when they come, how long they are served and whether they count.
    type Goods = (u64, u64, bool);

    /// The station millisecond by millisecond: who is there, who waits, who is served. What it has done by each.
    fn by_the_clock(goods: &[Goods], servers: usize, from: u64, until: u64) -> Vec<(StationWork, u32)> {
        let (mut to_come, mut queue) = (goods.iter().peekable(), VecDeque::new());
        let mut busy: Vec<u64> = Vec::new();
        let mut work = StationWork::default();
        let mut seen = Vec::new();
        for now in 0..=until {
            let over = SimDuration::from_millis(now.saturating_sub(from));
            (work.over, work.on_duty) = (over, servers as u64 * over.millis());
            while let Some(goods) = to_come.next_if(|goods| goods.0 == now) {
                queue.push_back(*goods);
            }
            loop {
                let before = busy.len();
                busy.retain(|end| *end > now);
                work.served += (before - busy.len()) as u64;
                if queue.is_empty() || busy.len() == servers {
                    break;
                }
                let (came, takes, counts) = queue.pop_front().unwrap();
                busy.push(now + takes);
                work.begun += u64::from(counts);
                work.waited += u64::from(counts) * (now - came);
                work.unwaited += u64::from(counts && now == came);
            }
            work.longest = work.longest.max(queue.len() as u32);
            seen.push((work, queue.len() as u32));
            if now >= from {
                work.busy += busy.len() as u64;
                work.queued += queue.len() as u64;
            }
        }
        seen
    }

    #[test]
    fn it_does_what_servers_and_a_queue_do_by_the_clock() {
        let mut x = 7_u64;
        let mut any = |below: u64| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (x >> 33) % below
        };
        let mut queued = 0;
        for servers in [1, 2, 3, 7, 16] {
            for from in [0, 400] {
                // At once, one by one, and more than can be served; some take no time.
                let mut came = 0;
                let mut goods = Vec::new();
                for n in 0..300 * servers as u64 {
                    came += u64::from(n % 3 == 0) * any(16) / servers as u64;
                    goods.push((came, any(5) * any(6), came >= from));
                }
                let expect = by_the_clock(&goods, servers, from, came + 300);
                let mut workload = Workload::default();
                workload.restart(servers as u32);
                let mut to_come = goods.iter().peekable();
                for (now, (work, waiting)) in expect.into_iter().enumerate() {
                    let at = SimTime::from_millis(now as u64);
                    while let Some((_, takes, counts)) = to_come.next_if(|goods| goods.0 == now as u64) {
                        let stop = Stop::taking_at(*takes, *counts);
                        workload.join(at, stop, SimTime::from_millis(from));
                    }
                    let counted = (now as u64).max(from);
                    assert_eq!(workload.work(at, counted, work.over), work, "{servers} servers at {now}");
                    assert_eq!(workload.waiting(at), waiting, "{servers} servers at {now}");
                    queued = queued.max(waiting);
                }
                assert!(to_come.next().is_none());
            }
        }
        assert!(queued > 40, "the ring has become longer: {queued}");
    }

    #[test]
    fn what_lasts_for_ever_does_not_end() {
        let mut workload = Workload::default();
        workload.restart(2);
        let ever = Stop::taking_at(u64::MAX, true);
        for n in 0..2_000 {
            let end = workload.join(SimTime::ZERO, ever, SimTime::ZERO);
            assert!(end <= SimTime::from_millis(Instant::FAR) && end.days() > 1e5, "{n}: {end:?}");
        }
        let work = workload.work(SimTime::from_days(1), 86_400_000, SimDuration::from_days(1));
        assert_eq!((work.served, work.begun, work.busy, work.queued), (0, 2, 2 * 86_400_000, 1_998 * 86_400_000));
        assert_eq!((workload.waiting(SimTime::from_days(1)), work.longest), (1_998, 1_998));
    }
}
