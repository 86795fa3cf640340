//! Goods on their way: arrivals, queues, services, departures.

use std::hint::select_unpredictable;

use crate::model::{StationId, TrafficId};
use crate::plan::{Plan, Stage};
use crate::random::{Luck, Purpose, unit};
use crate::sim::arrivals::Source;
use crate::sim::detail::{Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::{Arena, CRITICAL, Goods, Moving, NOBODY, ORPHAN, SENSITIVE};
use crate::sim::record::{FlowCount, Observer, StationWork};
use crate::sim::station::StationState;
use crate::time::SimDuration;

/// Draws that mark a consignment: sensitive, critical, business, exposure.
const MARKS: usize = 4;

/// The state of everything that moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub(crate) goods: Arena,
    pub(crate) stations: Vec<StationState>,
    /// Figures by station, as of the last time that they were asked for.
    pub(crate) work: Vec<StationWork>,
    pub(crate) sources: Vec<Source>,
    pub(crate) count: FlowCount,
    pub(crate) exposure_moved: u64,
    pub(crate) model_events: u64,
    /// Draws of one flight while it is taken in.
    draws: Vec<u64>,
    marks: Vec<u64>,
}

impl Flow {
    pub(crate) fn restart(&mut self, plan: &Plan, luck: Luck) {
        self.goods.clear(plan.draws_each);
        self.stations.clear();
        self.stations.extend(plan.scenario.stations.iter().map(StationState::new));
        self.work.clear();
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
        let entity = t.entity.nth(number);
        let (flight, count) = (number as u32, count as usize);
        let each = usize::from(t.program.slots);

        let mut draws = std::mem::take(&mut self.flow.draws);
        draws.resize(count * each, 0);
        let mut marks = std::mem::take(&mut self.flow.marks);
        marks.resize(if t.marked { count * MARKS } else { 0 }, 0);
        let source = &mut self.flow.sources[traffic.index()];
        source.draw_goods(self.luck, (entity, number), &mut draws, &mut marks);
        t.program.make_times(&plan.stations, &mut draws);
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
            let moving = Moving {
                joined: self.now,
                next: NOBODY,
                stage: t.first,
                traffic: traffic.0 as u16,
                counts: self.now >= self.counting_from,
            };
            let goods = Goods {
                arrived: self.now,
                flight,
                item: None,
                looks: looks.get(place).copied().unwrap_or_default(),
                business,
                exposure,
                place: place as u16,
                traffic: traffic.0 as u16,
                flags,
            };
            let at = self.flow.goods.insert(moving, goods, &draws[place * each..][..each]);
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
        self.charge_diverted(traffic, 1, observer);
    }

    /// Walks a consignment's counter to the next stage that takes time.
    #[inline(always)]
    pub(crate) fn go_on<O: Observer>(&mut self, at: u32, observer: &mut O) {
        let plan = self.plan;
        loop {
            let at_stage = self.flow.goods.moving(at).stage;
            let stage = &plan.stages[at_stage as usize];
            match *stage {
                Stage::Visit { station, reach, .. } => {
                    if reach {
                        self.come_within_reach(at, station, observer);
                    }
                    return self.join(at, stage);
                }
                Stage::Branch { share, skip_to, slot } => {
                    let on = unit(self.flow.goods.draw(at, slot)) < share;
                    self.flow.goods.moving_mut(at).stage = if on { at_stage + 1 } else { skip_to };
                }
                Stage::Wait { slot } => {
                    let takes = SimDuration::from_millis(self.flow.goods.draw(at, slot));
                    return self.calendar.schedule(self.now + takes, Event::Served(at));
                }
                Stage::Leave(_) => return self.leave(at, observer),
            }
        }
    }

    /// A service or a wait has ended. With all that follows at once it stands in the engine's loop: as calls, a fifteenth of
    /// all instructions would be theirs.
    #[inline(always)]
    pub(crate) fn served<O: Observer>(&mut self, at: u32, observer: &mut O) {
        let plan = self.plan;
        self.flow.model_events += 1;
        let goods = self.flow.goods.moving(at);
        let (stage, hop) = (&plan.stages[goods.stage as usize], &plan.hops[goods.stage as usize]);
        let draw = self.flow.goods.draw(at, hop.slot);
        self.flow.goods.moving_mut(at).stage = select_unpredictable(draw < hop.limit, hop.on, hop.skip_to);
        let mut place = None;
        if let Stage::Visit { station, seen, .. } = *stage {
            self.release(station);
            if seen {
                self.see(at, station, observer);
            }
            place = Some(station);
        }
        if let Some(goods) = self.flow.goods.present(at) {
            observer.stage(self.now, goods.name(), place);
        }
        self.go_on(at, observer);
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
