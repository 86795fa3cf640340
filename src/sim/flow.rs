//! Goods on their way: arrivals, queues, services, departures.

use crate::model::{Discipline, Effect, StationId, TrafficId};
use crate::plan::{Plan, Stage};
use crate::random::{Luck, Purpose, unit};
use crate::sim::arrivals::Source;
use crate::sim::detail::{Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::{Arena, CRITICAL, Goods, NOBODY, ORPHAN, SENSITIVE};
use crate::sim::record::{FlowCount, Observer, StationWork};
use crate::time::{DAY, SimDuration, SimTime};

/// Draws that mark a consignment: sensitive, critical, business, exposure.
const MARKS: usize = 4;

/// The state of everything that moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub(crate) goods: Arena,
    pub(crate) stations: Vec<StationState>,
    /// Figures by station, kept apart from the hot state.
    pub(crate) work: Vec<StationWork>,
    pub(crate) sources: Vec<Source>,
    pub(crate) count: FlowCount,
    pub(crate) exposure_moved: u64,
    pub(crate) model_events: u64,
    /// Draws of one flight while it is taken in.
    draws: Vec<u64>,
    marks: Vec<u64>,
}

/// A station's queue and servers.
#[derive(Clone, Debug)]
pub(crate) struct StationState {
    servers: u32,
    busy: u32,
    waiting: u32,
    heads: [u32; 4],
    tails: [u32; 4],
    priority: bool,
    /// What safeguards add to each service.
    slower: SimDuration,
    /// What safeguards add to the servers on duty.
    more: u32,
    /// Servers at work, servers on duty and consignments in the queue, over time.
    at_work: Integral,
    on_duty: Integral,
    queue: Integral,
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

impl StationState {
    pub(crate) fn waiting(&self) -> u32 {
        self.waiting
    }

    /// Servers at work, and others on duty. Who finishes a service after the shift is on duty until then.
    fn duty(&self) -> u32 {
        self.servers.max(self.busy)
    }

    /// Takes the next from the queue, in which somebody is.
    #[inline]
    fn take(&mut self, now: u64, goods: &Arena) -> u32 {
        let level = self.heads.iter().position(|&head| head != NOBODY).unwrap_or(0);
        let at = self.heads[level];
        self.heads[level] = goods.get(at).next;
        if self.heads[level] == NOBODY {
            self.tails[level] = NOBODY;
        }
        self.waiting -= 1;
        self.queue.down(now);
        at
    }

    /// Length of the queue, integrated up to an instant \[consignment ms\].
    pub(crate) fn queued(&self, at: u64) -> u64 {
        self.queue.up_to(at, self.waiting)
    }
}

impl Flow {
    pub(crate) fn restart(&mut self, plan: &Plan, luck: Luck) {
        self.goods.clear(plan.draws_each);
        self.stations.clear();
        self.stations.extend(plan.scenario.stations.iter().map(|s| StationState {
            servers: s.servers_at(SimTime::ZERO),
            busy: 0,
            waiting: 0,
            heads: [NOBODY; 4],
            tails: [NOBODY; 4],
            priority: s.queue == Discipline::Priority,
            slower: SimDuration::ZERO,
            more: 0,
            at_work: Integral::default(),
            on_duty: Integral::default(),
            queue: Integral::default(),
        }));
        self.work.clear();
        self.work.resize(plan.stations.len(), StationWork::default());
        self.sources.clear();
        self.sources.extend((0..plan.traffic.len()).map(|t| Source::new(plan, TrafficId::from_index(t), luck)));
        self.count = FlowCount::default();
        self.exposure_moved = 0;
        self.model_events = 0;
    }
}

impl Engine<'_> {
    pub(crate) fn start_flow(&mut self) {
        let at = self.counted();
        for s in &mut self.flow.stations {
            s.on_duty.change(0, s.servers, at);
        }
        for t in 0..self.plan.traffic.len() {
            self.next_flight(TrafficId::from_index(t));
        }
        for s in 0..self.plan.stations.len() {
            self.next_shift(StationId::from_index(s));
        }
    }

    fn next_shift(&mut self, station: StationId) {
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

    /// A flight arrives: its consignments enter the hub.
    pub(crate) fn take_in<O: Observer>(&mut self, traffic: TrafficId, number: u64, count: u32, observer: &mut O) {
        let plan = self.plan;
        let (class, t) = (&plan.scenario.traffic[traffic.index()], &plan.traffic[traffic.index()]);
        let entity = t.entity.nth(number);
        let (flight, count) = (number as u32, count as usize);
        let each = usize::from(t.program.slots);

        let mut draws = std::mem::take(&mut self.flow.draws);
        draws.resize(count * each, 0);
        self.luck.stream(Purpose::FLIGHT, entity).fill(&mut draws);
        t.program.make_times(&plan.stations, &mut draws);
        let mut marks = std::mem::take(&mut self.flow.marks);
        if t.marked {
            marks.resize(count * MARKS, 0);
            self.luck.stream(Purpose::MARKS, entity).fill(&mut marks);
        }
        let looks = self.looks(traffic, entity, count);
        let handling = self.defence.handling(class.handled_by);
        let mut gone = match handling {
            Handling::Normal | Handling::ByTheHub => None,
            Handling::Leaves(share) => Some((share, self.luck.stream(Purpose::DIVERSION, entity))),
        };

        self.flow.model_events += 1;
        let mut taken = 0;
        for place in 0..count {
            let mut flags = if matches!(handling, Handling::Normal) { 0 } else { ORPHAN };
            let (mut business, mut exposure) = (0, 0);
            if t.marked {
                let m = &marks[place * MARKS..][..MARKS];
                flags |= if unit(m[0]) < class.sensitive.get() { SENSITIVE } else { 0 };
                flags |= if unit(m[1]) < class.integrity_critical.get() { CRITICAL } else { 0 };
                business = (m[2] >> 32) as u32;
                exposure = (m[3] >> 32) as u32;
            }
            if let Some((share, stream)) = &mut gone
                && stream.uniform() < *share
            {
                self.divert(traffic, flags, observer);
                continue;
            }
            let goods = Goods {
                arrived: self.now,
                joined: self.now,
                flight,
                next: NOBODY,
                item: None,
                looks: looks.get(place).copied().unwrap_or_default(),
                business,
                exposure,
                place: place as u16,
                traffic: traffic.0 as u16,
                stage: 0,
                flags,
            };
            let at = self.flow.goods.insert(goods, &draws[place * each..][..each]);
            taken += 1;
            self.flow.count.arrived += 1;
            self.go_on(at, observer);
        }
        self.flow.draws = draws;
        self.flow.marks = marks;
        self.return_looks(looks);
        observer.flight(self.now, traffic, taken);
    }

    fn divert<O: Observer>(&mut self, traffic: TrafficId, flags: u8, observer: &mut O) {
        let operator = self.plan.scenario.traffic[traffic.index()].handled_by;
        let exposed = flags & SENSITIVE != 0 && self.campaign_runs_through(operator);
        self.flow.count.diverted += 1;
        self.flow.exposure_moved += u64::from(exposed);
        tell(observer, self.now, || Detail::Diverted { traffic, exposed });
        self.charge_diverted(traffic, observer);
    }

    /// Walks a consignment's counter to the next stage that takes time.
    #[inline]
    pub(crate) fn go_on<O: Observer>(&mut self, at: u32, observer: &mut O) {
        let plan = self.plan;
        loop {
            let goods = self.flow.goods.get(at);
            let (traffic, stage) = (usize::from(goods.traffic), goods.stage);
            match plan.traffic[traffic].program.stages[usize::from(stage)] {
                Stage::Visit { station, .. } => {
                    if plan.traffic[traffic].reach == Some(stage) {
                        self.come_within_reach(at, station, observer);
                    }
                    return self.join(at, station);
                }
                Stage::Branch { share, skip_to, slot } => {
                    let on = unit(self.flow.goods.draw(at, slot)) < share;
                    self.flow.goods.get_mut(at).stage = if on { stage + 1 } else { skip_to };
                }
                Stage::Wait { slot } => {
                    let takes = SimDuration::from_millis(self.flow.goods.draw(at, slot));
                    return self.calendar.schedule(self.now + takes, Event::Served(at));
                }
                Stage::Leave(_) => return self.leave(at, observer),
            }
        }
    }

    /// A service or a wait has ended.
    #[inline]
    pub(crate) fn served<O: Observer>(&mut self, at: u32, observer: &mut O) {
        let plan = self.plan;
        self.flow.model_events += 1;
        let goods = self.flow.goods.get_mut(at);
        let stage = usize::from(goods.stage);
        goods.stage += 1;
        let (traffic, name) = (usize::from(goods.traffic), goods.name());
        if let Stage::Visit { station, .. } = plan.traffic[traffic].program.stages[stage] {
            self.release(station);
            let here = &plan.stations[station.index()];
            if !here.systems.is_empty() {
                self.write_records(at, station, observer);
            }
            if !here.layers.is_empty() {
                let goods = *self.flow.goods.get(at);
                self.look_at(&goods, &here.layers, observer);
            }
            observer.stage(self.now, name, Some(station));
        } else {
            observer.stage(self.now, name, None);
        }
        self.go_on(at, observer);
    }

    fn leave<O: Observer>(&mut self, at: u32, observer: &mut O) {
        let goods = *self.flow.goods.get(at);
        self.flow.goods.remove(at);
        self.flow.count.left += 1;
        if let Some(item) = goods.item {
            self.deliver(item, observer);
        }
        if !self.plan.at_delivery.is_empty() {
            self.look_at(&goods, &self.plan.at_delivery, observer);
        }
        observer.left(self.now, goods.name(), goods.arrived);
    }

    #[inline]
    fn join(&mut self, at: u32, station: StationId) {
        let now = self.counted();
        let s = &mut self.flow.stations[station.index()];
        self.flow.goods.get_mut(at).joined = self.now;
        if s.busy < s.servers {
            s.busy += 1;
            s.at_work.up(now);
            self.begin(at, station);
            return;
        }
        s.waiting += 1;
        s.queue.up(now);
        let work = &mut self.flow.work[station.index()];
        work.longest = work.longest.max(s.waiting);
        let goods = self.flow.goods.get_mut(at);
        goods.next = NOBODY;
        let traffic = usize::from(goods.traffic);
        let level = if s.priority { usize::from(self.plan.scenario.traffic[traffic].priority) } else { 0 };
        let tail = s.tails[level];
        s.tails[level] = at;
        if tail == NOBODY { s.heads[level] = at } else { self.flow.goods.get_mut(tail).next = at }
    }

    /// A server is free: it takes the next in the queue, or rests.
    #[inline]
    fn release(&mut self, station: StationId) {
        let now = self.counted();
        self.flow.work[station.index()].served += 1;
        let s = &mut self.flow.stations[station.index()];
        if s.waiting > 0 && s.busy <= s.servers {
            let at = s.take(now, &self.flow.goods);
            return self.begin(at, station);
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
            let at = s.take(now, &self.flow.goods);
            self.begin(at, station);
        }
    }

    #[inline]
    fn begin(&mut self, at: u32, station: StationId) {
        let plan = self.plan;
        let goods = self.flow.goods.get(at);
        let waited = self.now.since(goods.joined).millis();
        let counts = goods.arrived >= self.counting_from;
        let stage = &plan.traffic[usize::from(goods.traffic)].program.stages[usize::from(goods.stage)];
        let Stage::Visit { slot, all, .. } = *stage else { return };
        let work = &mut self.flow.work[station.index()];
        if counts {
            work.begun += 1;
            work.waited += waited;
            work.unwaited += u64::from(waited == 0);
        }
        let draw = self.flow.goods.draw(at, slot);
        let takes = if all {
            SimDuration::from_millis(draw)
        } else {
            plan.stations[station.index()].takes.duration(unit(draw))
        };
        let slower = self.flow.stations[station.index()].slower;
        self.calendar.schedule(self.now + takes + slower, Event::Served(at));
    }

    /// Now, as far as figures are concerned: the warm-up does not count \[ms\].
    #[inline]
    pub(crate) fn counted(&self) -> u64 {
        self.now.max(self.counting_from).millis()
    }

    /// Brings the stations' figures up to now.
    pub(crate) fn account(&mut self) {
        let (now, over) = (self.counted(), self.now.since(self.counting_from));
        for (s, work) in self.flow.stations.iter().zip(&mut self.flow.work) {
            work.busy = s.at_work.up_to(now, s.busy);
            work.on_duty = s.on_duty.up_to(now, s.duty());
            work.queued = s.queued(now);
            work.over = over;
        }
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

/// What becomes of the goods of an operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Handling {
    /// The operator handles them.
    Normal,
    /// Somebody trusted does.
    ByTheHub,
    /// A share goes elsewhere, the hub handles the rest.
    Leaves(f64),
}
