//! A flight arrives, and its consignments enter the hub, or go elsewhere.

use crate::model::TrafficId;
use crate::plan::TrafficPlan;
use crate::random::{Purpose, unit};
use crate::sim::detail::{Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::goods::{CRITICAL, Goods, ORPHAN, SENSITIVE, Spot};
use crate::sim::record::{Consignment, Observer};

/// Draws that mark a consignment: sensitive, critical, business, exposure.
const MARKS: usize = 4;

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

impl Engine<'_> {
    /// A flight of a class arrives, by its number, of whose goods the times stand from a place on.
    #[inline(always)]
    pub(super) fn take_in<O: Observer>(
        &mut self,
        t: &TrafficPlan,
        (traffic, number): (TrafficId, u64),
        from: usize,
        count: u32,
        handling: Handling,
        observer: &mut O,
    ) {
        self.flow.model_events += 1;
        let each = usize::from(t.program.slots);
        let first = Consignment { traffic, flight: number as u32, place: 0 };
        let taken = if t.plain && handling == Handling::Normal {
            let counts = self.now >= self.counting_from;
            for place in 0..count {
                self.enter(t, Consignment { place, ..first }, from + place as usize * each, counts, observer);
            }
            self.flow.count.arrived += u64::from(count);
            count
        } else {
            self.take_in_marked(t, first, from, (number, count), handling, observer)
        };
        observer.flight(self.now, traffic, taken);
    }

    /// Goods enter the hub of which nothing matters but when.
    #[inline(always)]
    fn enter<O: Observer>(&mut self, t: &TrafficPlan, name: Consignment, from: usize, counts: bool, observer: &mut O) {
        let times = self.flow.sources[name.traffic.index()].draws.times();
        let draws = &times[from..][..usize::from(t.program.slots)];
        if let Some(stop) = t.stops.only(draws, counts) {
            // It needs no place in the building.
            let done = self.flow.workloads[stop.at().index()].join(self.now, stop, self.counting_from);
            self.complete(Some(name), Some(stop.at()), done, observer);
            return self.leave_then(name, self.now, done, observer);
        }
        let (at, mut place) = self.flow.goods.prepare();
        let stops = self.flow.goods.stops_of(at);
        t.stops.write(&self.plan.stations, draws, counts, stops);
        let mut stop = stops[0];
        let mut comes = None;
        if stop.is_certain() {
            let done = self.flow.workloads[stop.at().index()].join(self.now, stop, self.counting_from);
            let (next, next_stop, then) = self.look_ahead(Some(name), place, Some(stop.at()), done, observer);
            if next_stop.leaves_unseen() {
                return self.leave_then(name, self.now, then, observer);
            }
            (place, stop, comes) = (next, next_stop, Some(then));
        }
        let node = self.calendar.admit();
        self.flow.goods.keep(at, Goods::plain(self.now, node, name));
        match comes {
            Some(then) => self.calendar.bring(Spot { at, node }, place, then),
            None => self.come_to(Spot { at, node }, place, stop, self.counted(), observer),
        }
    }

    /// Goods of a flight enter the hub of which more is to be known, or which may go elsewhere. How many do.
    #[inline(never)]
    fn take_in_marked<O: Observer>(
        &mut self,
        t: &TrafficPlan,
        first: Consignment,
        from: usize,
        (number, count): (u64, u32),
        handling: Handling,
        observer: &mut O,
    ) -> u32 {
        let (plan, traffic, count) = (self.plan, first.traffic, count as usize);
        let first = Goods::plain(self.now, 0, first);
        let class = &plan.scenario.traffic[traffic.index()];
        let each = usize::from(t.program.slots);
        let entity = || t.entity.nth(number);
        let mut marks = Vec::new();
        if t.marked {
            marks = std::mem::take(&mut self.flow.marks);
            marks.resize(count * MARKS, 0);
            self.flow.sources[traffic.index()].draws.fill_marks(self.luck, (t.entity, number), &mut marks);
        }
        let looks = if t.item_layers.is_empty() { Vec::new() } else { self.looks(traffic, entity(), count) };
        let mut gone = match handling {
            Handling::Normal | Handling::ByTheHub => None,
            Handling::Leaves(share) => Some((share, self.luck.stream(Purpose::DIVERSION, entity()))),
        };

        let mut taken = 0;
        let (now, counts) = (self.counted(), self.now >= self.counting_from);
        for place in 0..count {
            let mut flags = if handling == Handling::Normal { 0 } else { ORPHAN };
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
            let looks = looks.get(place).copied().unwrap_or_default();
            let node = self.calendar.admit();
            let (at, stops) = self.flow.goods.prepare();
            let draws = &self.flow.sources[traffic.index()].draws.times()[from + place * each..][..each];
            t.stops.write(&plan.stations, draws, counts, self.flow.goods.stops_of(at));
            let goods = Goods { node, place: place as u16, looks, business, exposure, flags, ..first };
            self.flow.goods.keep(at, goods);
            taken += 1;
            self.flow.count.arrived += 1;
            let stop = self.flow.goods.stop(stops);
            self.come_to(Spot { at, node }, stops, stop, now, observer);
        }
        if t.marked {
            self.flow.marks = marks;
        }
        if !t.item_layers.is_empty() {
            self.return_looks(looks);
        }
        taken
    }

    fn divert<O: Observer>(&mut self, traffic: TrafficId, flags: u8, observer: &mut O) {
        let operator = self.plan.scenario.traffic[traffic.index()].handled_by;
        let exposed = flags & SENSITIVE != 0 && self.campaign_runs_through(operator);
        self.flow.count.diverted += 1;
        self.flow.exposure_moved += u64::from(exposed);
        tell(observer, self.now, || Detail::Diverted { traffic, exposed });
        self.charge_diverted(traffic, 1, observer);
    }
}
