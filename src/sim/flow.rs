//! Goods on their way: arrivals, queues, services, departures.

use crate::model::{StationId, TrafficId};
use crate::plan::{Plan, Stop};
use crate::random::{Luck, Purpose, unit};
use crate::sim::arrivals::Source;
use crate::sim::detail::{Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::goods::{Arena, CRITICAL, Goods, ORPHAN, SENSITIVE, Spot};
use crate::sim::record::{FlowCount, Observer, StationWork};
use crate::sim::station::StationState;

/// Draws that mark a consignment: sensitive, critical, business, exposure.
const MARKS: usize = 4;

/// The state of everything that moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub(crate) goods: Arena,
    /// The last is the waiting room.
    pub(super) stations: Vec<StationState>,
    /// Figures by station, as of the last time that they were asked for.
    pub(crate) work: Vec<StationWork>,
    pub(crate) sources: Vec<Source>,
    pub(crate) count: FlowCount,
    pub(crate) exposure_moved: u64,
    pub(crate) model_events: u64,
    /// Marks of one flight while it is taken in.
    marks: Vec<u64>,
}

impl Flow {
    pub(crate) fn restart(&mut self, plan: &Plan, luck: Luck) {
        self.goods.clear(plan.most_stops);
        self.stations.clear();
        self.stations.extend(plan.scenario.stations.iter().map(StationState::new));
        self.stations.push(StationState::waiting_room());
        self.work.clear();
        for t in 0..plan.traffic.len() {
            let traffic = TrafficId::from_index(t);
            match self.sources.get_mut(t) {
                Some(source) => source.restart(plan, traffic, luck),
                None => self.sources.push(Source::new(plan, traffic, luck)),
            }
        }
        self.count = FlowCount::default();
        self.exposure_moved = 0;
        self.model_events = 0;
    }

    /// The stations of the scenario.
    pub(crate) fn stations(&self) -> &[StationState] {
        &self.stations[..self.stations.len() - 1]
    }
}

impl Engine<'_> {
    pub(crate) fn start_flow(&mut self) {
        let at = self.counted();
        for s in &mut self.flow.stations {
            s.open(at);
        }
        if self.touched.is_some() {
            return self.start_touched();
        }
        for t in 0..self.plan.traffic.len() {
            self.next_flight(TrafficId::from_index(t));
        }
        for s in 0..self.plan.stations.len() {
            self.next_shift(StationId::from_index(s));
        }
    }

    /// A flight arrives: its consignments enter the hub.
    pub(crate) fn take_in<O: Observer>(&mut self, traffic: TrafficId, number: u64, count: u32, observer: &mut O) {
        let plan = self.plan;
        let (class, t) = (&plan.scenario.traffic[traffic.index()], &plan.traffic[traffic.index()]);
        let (flight, count) = (number as u32, count as usize);
        let entity = || t.entity.nth(number);
        let each = usize::from(t.program.slots);

        let mut marks = Vec::new();
        let drawn = &mut self.flow.sources[traffic.index()].draws;
        if t.marked {
            marks = std::mem::take(&mut self.flow.marks);
            marks.resize(count * MARKS, 0);
            drawn.fill_marks(self.luck, (t.entity, number), &mut marks);
        }
        let make = |draws: &mut [u64]| t.program.make_times(&plan.stations, draws);
        let from = drawn.prepare(self.luck, (t.entity, number), count * each, make);
        let looks = if t.item_layers.is_empty() { Vec::new() } else { self.looks(traffic, entity(), count) };
        let handling = self.defence.handling(class.handled_by);
        let mut gone = match handling {
            Handling::Normal | Handling::ByTheHub => None,
            Handling::Leaves(share) => Some((share, self.luck.stream(Purpose::DIVERSION, entity()))),
        };

        self.flow.model_events += 1;
        let mut taken = 0;
        let (now, counts) = (self.counted(), self.now >= self.counting_from);
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
                node: 0,
                flight,
                item: None,
                looks: looks.get(place).copied().unwrap_or_default(),
                business,
                exposure,
                place: place as u16,
                traffic: traffic.0 as u16,
                flags,
            };
            let draws = &self.flow.sources[traffic.index()].draws.times()[from + place * each..][..each];
            let node = self.calendar.admit();
            let write = |to: &mut [Stop]| t.stops.write(&plan.stations, draws, counts, to);
            let (at, place) = self.flow.goods.insert(Goods { node, ..goods }, write);
            taken += 1;
            self.flow.count.arrived += 1;
            let stop = self.flow.goods.stop(place);
            self.come_to(Spot { at, node }, place, stop, now, observer);
        }
        if t.marked {
            self.flow.marks = marks;
        }
        if !t.item_layers.is_empty() {
            self.return_looks(looks);
        }
        observer.flight(self.now, traffic, taken);
    }

    fn divert<O: Observer>(&mut self, traffic: TrafficId, flags: u8, observer: &mut O) {
        let operator = self.plan.scenario.traffic[traffic.index()].handled_by;
        let exposed = flags & SENSITIVE != 0 && self.campaign_runs_through(operator);
        self.flow.count.diverted += 1;
        self.flow.exposure_moved += u64::from(exposed);
        tell(observer, self.now, || Detail::Diverted { traffic, exposed });
        self.charge_diverted(traffic, 1, observer);
    }

    /// A consignment comes to a stop.
    #[inline(always)]
    fn come_to<O: Observer>(&mut self, spot: Spot, place: u32, stop: Stop, now: u64, observer: &mut O) {
        if stop.is_special() {
            if stop.is_last() {
                return self.leave(spot, observer);
            }
            self.come_within_reach(spot.at, stop.at(), observer);
        }
        self.join(spot, place, stop, now);
    }

    /// A service or a wait has ended. With all that follows at once it stands in the engine's loop: as calls, a fifteenth of
    /// all instructions would be theirs.
    #[inline(always)]
    pub(crate) fn served<O: Observer>(&mut self, spot: Spot, place: u32, observer: &mut O) {
        let at = spot.at;
        self.flow.model_events += 1;
        let now = self.counted();
        let [stop, next] = self.flow.goods.stop_and_next(place);
        self.release(stop.at(), now);
        if stop.is_seen() {
            self.see(at, stop.at(), observer);
        }
        if let Some(goods) = self.flow.goods.present(at) {
            let station = (stop.at() != self.plan.waiting_room()).then_some(stop.at());
            observer.stage(self.now, goods.name(), station);
        }
        self.come_to(spot, place + 1, next, now, observer);
    }

    /// Those who record or look at goods at a station do.
    fn see<O: Observer>(&mut self, at: u32, station: StationId, observer: &mut O) {
        let here = &self.plan.stations[station.index()];
        if !here.systems.is_empty() {
            self.write_records(at, station, observer);
        }
        if !here.layers.is_empty() {
            let goods = *self.flow.goods.get(at);
            self.look_at(&goods, &here.layers, observer);
        }
    }

    fn leave<O: Observer>(&mut self, Spot { at, node }: Spot, observer: &mut O) {
        let goods = *self.flow.goods.get(at);
        self.flow.goods.remove(at);
        self.calendar.dismiss(node);
        self.flow.count.left += 1;
        if let Some(item) = goods.item {
            self.deliver(item, observer);
        }
        if !self.plan.at_delivery.is_empty() {
            self.look_at(&goods, &self.plan.at_delivery, observer);
        }
        observer.left(self.now, goods.name(), goods.arrived);
    }
}

/// What becomes of the goods of an operator.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Handling {
    /// The operator handles them.
    #[default]
    Normal,
    /// Somebody trusted does.
    ByTheHub,
    /// A share goes elsewhere, the hub handles the rest.
    Leaves(f64),
}
