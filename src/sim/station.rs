//! Stations: who is served, who waits, and for how long.

use crate::model::{Discipline, Effect, Station, StationId};
use crate::plan::Stop;
use crate::sim::calendar::Calendar;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::Spot;
use crate::sim::nodes::NONE;
use crate::sim::record::StationWork;
use crate::time::{DAY, SimDuration, SimTime};

/// A station's queue and servers. Of a size that is quickly multiplied by.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
pub(crate) struct StationState {
    servers: u32,
    busy: u32,
    waiting: u32,
    longest: u32,
    /// When somebody began or ended to wait last.
    changed: SimTime,
    /// By level; without priorities all are of level 0.
    heads: [u32; 4],
    tails: [u32; 4],
    priority: bool,
    /// What safeguards add to each service.
    slower: SimDuration,
    /// What safeguards add to the servers on duty.
    more: u32,
    served: u64,
    begun: u64,
    waited: u64,
    unwaited: u64,
    /// Servers at work, servers on duty and consignments in the queue, over time.
    at_work: Integral,
    on_duty: Integral,
    queue: Integral,
}

impl StationState {
    pub(crate) fn new(station: &Station) -> Self {
        StationState {
            servers: station.servers_at(SimTime::ZERO),
            busy: 0,
            waiting: 0,
            longest: 0,
            changed: SimTime::ZERO,
            heads: [NONE; 4],
            tails: [NONE; 4],
            priority: station.queue == Discipline::Priority,
            slower: SimDuration::ZERO,
            more: 0,
            served: 0,
            begun: 0,
            waited: 0,
            unwaited: 0,
            at_work: Integral::default(),
            on_duty: Integral::default(),
            queue: Integral::default(),
        }
    }

    /// Its servers come on duty as the story begins.
    pub(crate) fn open(&mut self, at: u64) {
        self.on_duty.change(0, self.servers, at);
    }

    /// Length of the queue, integrated up to an instant \[consignment ms\].
    fn queued(&self, at: u64) -> u64 {
        self.queue.up_to(at, self.waiting)
    }

    /// What the station has done up to an instant, of a time that is `over` long.
    fn work(&self, at: u64, over: SimDuration) -> StationWork {
        StationWork {
            served: self.served,
            begun: self.begun,
            waited: self.waited,
            unwaited: self.unwaited,
            busy: self.at_work.up_to(at, self.busy),
            on_duty: self.on_duty.up_to(at, self.duty()),
            queued: self.queued(at),
            longest: self.longest.max(self.waiting),
            over,
        }
    }

    /// Servers at work, and others on duty. Who finishes a service after the shift is on duty until then.
    fn duty(&self) -> u32 {
        self.servers.max(self.busy)
    }

    /// The queue is about to change: it has been as long as it is, unless it changes again at the same instant.
    #[inline(always)]
    fn notice_length(&mut self, now: SimTime) {
        self.longest = self.longest.max(if now > self.changed { self.waiting } else { 0 });
        self.changed = now;
    }

    /// Puts one at the end of the queue, by its node. Whom it comes behind, if anybody.
    #[inline(always)]
    fn queue_up(&mut self, node: u32, level: usize, now: u64, real: SimTime) -> u32 {
        self.notice_length(real);
        self.waiting += 1;
        self.queue.up(now);
        let level = if self.priority { level } else { 0 };
        let tail = std::mem::replace(&mut self.tails[level], node);
        if tail == NONE {
            self.heads[level] = node;
        }
        tail
    }

    /// Takes the next from the queue, in which somebody is: who, the place of its stop, and since when it has waited.
    #[inline(always)]
    fn take(&mut self, now: u64, real: SimTime, calendar: &Calendar) -> (Spot, u32, SimTime) {
        let level = if self.priority { self.heads.iter().position(|&head| head != NONE).unwrap_or(0) } else { 0 };
        let (spot, place, since, behind) = calendar.waiting(self.heads[level]);
        self.heads[level] = behind;
        if behind == NONE {
            self.tails[level] = NONE;
        }
        self.notice_length(real);
        self.waiting -= 1;
        self.queue.down(now);
        (spot, place, since)
    }
}

/// A count that changes now and then, integrated over time.
///
/// If it changes by d at t, all that follows counts d (T - t) up to any later T. So the parts that do not depend on T are
/// summed, and T is brought in when somebody asks. Sums wrap; the result does not.
#[derive(Clone, Copy, Debug, Default)]
struct Integral(u64);

impl Integral {
    #[inline]
    fn up(&mut self, at: u64) {
        self.0 = self.0.wrapping_sub(at);
    }

    #[inline]
    fn down(&mut self, at: u64) {
        self.0 = self.0.wrapping_add(at);
    }

    fn change(&mut self, from: u32, to: u32, at: u64) {
        self.0 = self.0.wrapping_add(u64::from(from).wrapping_sub(u64::from(to)).wrapping_mul(at));
    }

    /// Up to an instant at which the count is `level`.
    fn up_to(self, at: u64, level: u32) -> u64 {
        u64::from(level).wrapping_mul(at).wrapping_add(self.0)
    }
}

impl Engine<'_> {
    /// Goods come to a station: they are served at once, or wait. `place` is the place of their stop.
    #[inline(always)]
    pub(super) fn join(&mut self, spot: Spot, place: u32, stop: Stop, now: u64) {
        let s = &mut self.flow.stations[stop.at().index()];
        if s.busy < s.servers {
            s.busy += 1;
            s.at_work.up(now);
            let counts = u64::from(stop.counts());
            s.begun += counts;
            s.unwaited += counts;
            let done = self.now + (stop.takes() + s.slower);
            return self.calendar.serve(spot, place, done);
        }
        let behind = s.queue_up(spot.node, stop.level(), now, self.now);
        self.calendar.wait(spot, place, self.now, behind);
    }

    /// A service has ended: the server takes the next in the queue, or rests.
    #[inline(always)]
    pub(super) fn release(&mut self, station: StationId, now: u64) {
        let s = &mut self.flow.stations[station.index()];
        s.served += 1;
        if s.waiting > 0 && s.busy <= s.servers {
            return self.serve_next(station, now);
        }
        s.on_duty.change(s.duty(), s.servers.max(s.busy - 1), now);
        s.busy -= 1;
        s.at_work.down(now);
    }

    /// Puts those who wait to the servers who are free.
    fn fill_servers(&mut self, station: StationId) {
        let now = self.counted();
        loop {
            let s = &mut self.flow.stations[station.index()];
            if s.waiting == 0 || s.busy >= s.servers {
                return;
            }
            s.busy += 1;
            s.at_work.up(now);
            self.serve_next(station, now);
        }
    }

    /// Serves the first in the queue, in which somebody is.
    #[inline(always)]
    fn serve_next(&mut self, station: StationId, now: u64) {
        let s = &mut self.flow.stations[station.index()];
        let (spot, place, since) = s.take(now, self.now, &self.calendar);
        let stop = self.flow.goods.stop(place);
        let waited = self.now.since(since).millis();
        let counts = u64::from(stop.counts());
        s.begun += counts;
        s.waited += waited * counts;
        s.unwaited += u64::from(waited == 0) & counts;
        let done = self.now + (stop.takes() + s.slower);
        self.calendar.serve(spot, place, done);
    }

    /// Now, as far as figures are concerned: the warm-up does not count \[ms\].
    #[inline]
    pub(crate) fn counted(&self) -> u64 {
        self.now.max(self.counting_from).millis()
    }

    /// All stations.
    pub(crate) fn stations(&self) -> impl Iterator<Item = StationId> {
        (0..self.plan.stations.len()).map(StationId::from_index)
    }

    /// Consignments that wait at a station.
    pub(crate) fn waiting(&self, at: StationId) -> u32 {
        let at = at.index();
        if self.plan.stations[at].foreseen {
            self.flow.workloads[at].waiting(self.now)
        } else {
            self.flow.stations[at].waiting
        }
    }

    /// Length of a station's queue, integrated until now \[consignment ms\].
    pub(crate) fn queued(&self, at: StationId) -> u64 {
        let (at, now) = (at.index(), self.counted());
        if self.plan.stations[at].foreseen {
            self.flow.workloads[at].queued(now)
        } else {
            self.flow.stations[at].queued(now)
        }
    }

    /// Brings the stations' figures up to now.
    pub(crate) fn account(&mut self) {
        let (now, over) = (self.counted(), self.now.since(self.counting_from));
        let mut all = std::mem::take(&mut self.flow.work);
        all.clear();
        all.extend(self.stations().map(|at| {
            let at = at.index();
            if self.plan.stations[at].foreseen {
                self.flow.workloads[at].work(self.now, now, over)
            } else {
                self.flow.stations[at].work(now, over)
            }
        }));
        self.flow.work = all;
    }

    pub(super) fn next_shift(&mut self, station: StationId) {
        let shifts = &self.plan.scenario.stations[station.index()].staff;
        if shifts.len() < 2 {
            return;
        }
        let (day, time) = (self.now.day(), self.now.millis() % DAY);
        let next = match shifts.iter().find(|s| s.from > time) {
            Some(s) => SimTime::from_millis(day * DAY + s.from),
            None => SimTime::from_millis((day + 1) * DAY + shifts[0].from),
        };
        self.calendar.schedule(next, Event::Shift(station));
    }

    pub(crate) fn shift(&mut self, station: StationId) {
        let on = self.plan.scenario.stations[station.index()].servers_at(self.now);
        self.staff(station, |s| on + s.more);
        self.next_shift(station);
    }

    /// Changes how many servers there are.
    fn staff(&mut self, station: StationId, servers: impl Fn(&StationState) -> u32) {
        let now = self.counted();
        let s = &mut self.flow.stations[station.index()];
        let before = s.duty();
        s.servers = servers(s);
        s.on_duty.change(before, s.duty(), now);
        self.fill_servers(station);
    }

    /// What safeguards change about stations.
    pub(crate) fn change_station(&mut self, effect: Effect) {
        if let Effect::Slow(at, _) | Effect::Staff(at, _) = effect {
            debug_assert!(!self.plan.stations[at.index()].foreseen, "what may change is not foreseen");
        }
        match effect {
            Effect::Slow(station, by) => self.flow.stations[station.index()].slower += by,
            Effect::Staff(station, more) => {
                self.flow.stations[station.index()].more += more;
                self.staff(station, |s| s.servers + more);
            }
            _ => {}
        }
    }
}
