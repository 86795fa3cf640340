//! Goods on their way: from stop to stop, until they leave.

use crate::model::{StationId, TrafficId};
use crate::plan::{Plan, Stop};
use crate::random::Luck;
use crate::sim::arrivals::Source;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::{Arena, Goods, Spot};
use crate::sim::leaving::Leaving;
use crate::sim::record::{Consignment, FlowCount, Observer, StationWork};
use crate::sim::station::StationState;
use crate::sim::workload::Workload;
use crate::time::SimTime;

/// The state of everything that moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub(crate) goods: Arena,
    /// By station, each of one kind of use: to those that are not foreseen, and to those that are.
    pub(super) stations: Vec<StationState>,
    pub(super) workloads: Vec<Workload>,
    /// When consignments leave of which that is known already.
    pub(super) leaving: Leaving,
    /// Figures by station, as of the last time that they were asked for.
    pub(crate) work: Vec<StationWork>,
    pub(crate) sources: Vec<Source>,
    pub(crate) count: FlowCount,
    pub(crate) exposure_moved: u64,
    pub(crate) model_events: u64,
    /// Marks of one flight while it is taken in.
    pub(super) marks: Vec<u64>,
}

impl Flow {
    pub(crate) fn restart(&mut self, plan: &Plan, luck: Luck) {
        self.goods.clear(plan.most_stops);
        self.stations.clear();
        self.stations.extend(plan.scenario.stations.iter().map(StationState::new));
        self.workloads.resize_with(self.stations.len(), Workload::default);
        for (workload, station) in self.workloads.iter_mut().zip(&plan.scenario.stations) {
            workload.restart(station.servers_at(SimTime::ZERO));
        }
        self.leaving.restart(plan.end);
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
            self.schedule_flight(TrafficId::from_index(t));
        }
        for s in 0..self.plan.stations.len() {
            self.next_shift(StationId::from_index(s));
        }
    }

    /// A consignment comes to a stop.
    #[inline(always)]
    pub(super) fn come_to<O: Observer>(&mut self, spot: Spot, place: u32, stop: Stop, now: u64, observer: &mut O) {
        if stop.is_special() {
            if stop.is_last() {
                return self.leave(spot, observer);
            }
            self.come_within_reach(spot.at, stop.at(), observer);
        }
        if stop.is_foreseen() {
            let done = self.flow.workloads[stop.at().index()].join(self.now, stop, self.counting_from);
            if stop.is_seen() {
                return self.calendar.serve(spot, place, done);
            }
            self.go_on(spot, place, Some(stop.at()), done, observer);
        } else if stop.is_wait() {
            self.go_on(spot, place, None, self.now + stop.takes(), observer);
        } else {
            self.join(spot, place, stop, now);
        }
    }

    /// A consignment has come to the stop at which it is to be.
    #[inline(always)]
    pub(crate) fn arrive_at<O: Observer>(&mut self, spot: Spot, place: u32, observer: &mut O) {
        let (stop, now) = (self.flow.goods.stop(place), self.counted());
        self.come_to(spot, place, stop, now, observer);
    }

    /// A service has ended. With all that follows at once it stands in the engine's loop: as calls, a fifteenth of all
    /// instructions would be theirs.
    #[inline(always)]
    pub(crate) fn served<O: Observer>(&mut self, spot: Spot, place: u32, observer: &mut O) {
        let at = spot.at;
        let now = self.counted();
        let [stop, next] = self.flow.goods.stop_and_next(place);
        if !stop.is_foreseen() {
            self.release(stop.at(), now);
        }
        if stop.is_seen() {
            self.see(at, stop.at(), observer);
        }
        let name = self.flow.goods.present(at).map(Goods::name);
        self.complete(name, Some(stop.at()), self.now, observer);
        self.come_to(spot, place + 1, next, now, observer);
    }

    /// It is known when the stop ends that a consignment makes, and nobody looks at it then.
    #[inline(always)]
    fn go_on<O: Observer>(
        &mut self,
        spot: Spot,
        place: u32,
        station: Option<StationId>,
        then: SimTime,
        observer: &mut O,
    ) {
        let name = self.flow.goods.present(spot.at).map(Goods::name);
        let (place, stop, then) = self.look_ahead(name, place, station, then, observer);
        if !stop.leaves_unseen() {
            return self.calendar.bring(spot, place, then);
        }
        let goods = self.flow.goods.get(spot.at);
        let (name, arrived) = (goods.name(), goods.arrived);
        self.flow.goods.remove(spot.at);
        self.calendar.dismiss(spot.node);
        self.leave_then(name, arrived, then, observer);
    }

    /// It is known when a stop ends: what follows is known as far as time is spent, and no more. The place of the stop at
    /// which it ends, the stop, and when the goods come to it.
    #[inline(always)]
    pub(super) fn look_ahead<O: Observer>(
        &mut self,
        name: Option<Consignment>,
        mut place: u32,
        station: Option<StationId>,
        mut then: SimTime,
        observer: &mut O,
    ) -> (u32, Stop, SimTime) {
        self.complete(name, station, then, observer);
        loop {
            place += 1;
            let stop = self.flow.goods.stop(place);
            if !stop.is_wait() {
                return (place, stop, then);
            }
            then += stop.takes();
            self.complete(name, None, then, observer);
        }
    }

    /// A consignment completes a stage, now or at a later instant: it does not if the story is over by then. It is always known
    /// by name; an option, so that looking it up goes away where nobody watches.
    #[inline(always)]
    pub(super) fn complete<O: Observer>(
        &mut self,
        name: Option<Consignment>,
        station: Option<StationId>,
        then: SimTime,
        observer: &mut O,
    ) {
        let happens = then <= self.plan.end;
        self.flow.model_events += u64::from(happens);
        if happens && let Some(name) = name {
            observer.stage(then, name, station);
        }
    }

    /// A consignment will leave, and nobody looks at it before or then.
    #[inline(always)]
    pub(super) fn leave_then<O: Observer>(
        &mut self,
        name: Consignment,
        arrived: SimTime,
        then: SimTime,
        observer: &mut O,
    ) {
        let happens = then <= self.plan.end;
        self.flow.leaving.add(then, happens);
        if happens {
            self.flow.count.left += 1;
            observer.left(then, name, arrived);
        }
    }

    /// The stop that the consignment of a node makes now.
    pub(crate) fn stop_now(&self, node: u32) -> Stop {
        let goods = &self.flow.goods;
        let (event, mut then) = self.calendar.of_goods(node);
        let (Event::Served(_, mut place) | Event::Comes(_, mut place)) = event else { return Stop::LAST };
        if matches!(event, Event::Comes(..)) {
            place -= 1;
            while goods.stop(place).is_wait() && then.since(self.now) > goods.stop(place).takes() {
                then = then - goods.stop(place).takes();
                place -= 1;
            }
        }
        goods.stop(place)
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
