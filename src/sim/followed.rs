//! Goods that are followed where the others are not simulated: those that could be altered, those that are, and those of
//! which records are copied.

use crate::model::{ItemId, OperatorId, SystemId, TrafficId, ZoneId};
use crate::plan::Stage;
use crate::random::Purpose;
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::{CRITICAL, Goods, ORPHAN};
use crate::sim::inspection::Looks;
use crate::sim::intake::Handling;
use crate::sim::record::Observer;
use crate::sim::touched::{Kind, Point, Touched, Writer};
use crate::time::{SimDuration, SimTime};

/// Altered goods on their way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transit {
    goods: Goods,
    /// Uniform: which journey they take.
    way: f64,
    /// The next stage at which somebody looks, or the last.
    stage: usize,
}

impl Engine<'_> {
    /// An alteration waits: the goods that come within reach next are looked out for.
    pub(super) fn await_goods(&mut self) {
        let Some(touched) = &self.touched else { return };
        if touched.awaited.is_some() || self.alteration.wanted == 0 {
            return;
        }
        let plan = self.plan;
        let luck_of = |day| self.luck_of(SimTime::from_days(day));
        let mut first: Option<(SimTime, TrafficId, Point)> = None;
        for (t, class) in plan.scenario.traffic.iter().enumerate() {
            let ours = self.adversary.operator == Some(class.handled_by);
            if !ours || class.integrity_critical.get() <= 0.0 || self.leaves_alone(t) {
                continue;
            }
            let next = touched.next_in_reach(plan, luck_of, TrafficId::from_index(t), self.now);
            if let Some((at, point)) = next.filter(|(at, _)| first.is_none_or(|(other, ..)| *at < other)) {
                first = Some((at, TrafficId::from_index(t), point));
            }
        }
        if let (Some((at, traffic, point)), Some(touched)) = (first, &mut self.touched) {
            touched.awaited = Some((traffic, point));
            self.calendar.schedule(at, Event::Reach);
        }
    }

    /// The goods that were looked out for come within reach.
    pub(crate) fn reach<O: Observer>(&mut self, observer: &mut O) {
        self.flow.model_events += 1;
        let Some(touched) = &mut self.touched else { return };
        let Some((traffic, point)) = touched.awaited.take() else { return };
        let plan = self.plan;
        let Some(stage) = plan.traffic[traffic.index()].reach else { return };
        let out = touched.out[plan.scenario.traffic[traffic.index()].handled_by.index()];
        let goods = Goods {
            arrived: point.arrived,
            node: 0,
            flight: point.arrived.day() as u32,
            item: None,
            looks: Looks::default(),
            business: 0,
            exposure: 0,
            place: point.place as u16,
            traffic: traffic.0 as u16,
            flags: if out.is_some_and(|out| out <= point.arrived) { CRITICAL | ORPHAN } else { CRITICAL },
        };
        if let Stage::Visit { station, .. } = plan.traffic[traffic.index()].program.stages[stage]
            && let Some(item) = self.alter(&goods, station, observer)
        {
            let looks = Looks { picked: self.picked(&goods), suspect: 0 };
            let goods = Goods { item: Some(item), looks, ..goods };
            if let Some(touched) = &mut self.touched {
                touched.transits.push(Transit { goods, way: point.way, stage });
            }
            self.go_on_to_look(item);
        }
        self.await_goods();
    }

    /// The layers that open some of each flight and have picked these goods.
    fn picked(&self, goods: &Goods) -> u32 {
        let traffic = TrafficId(u32::from(goods.traffic));
        let class = &self.plan.scenario.traffic[traffic.index()];
        let entity = self.plan.traffic[traffic.index()].entity.nth(u64::from(goods.flight)).nth(u64::from(goods.place));
        let mut picked = 0;
        for (k, layer) in self.plan.traffic[traffic.index()].item_layers.iter().enumerate() {
            if let crate::model::Method::PerItem { picks: crate::model::Picks::PerFlight(opens), .. } =
                self.plan.scenario.layers[layer.index()].method
            {
                let share = class.share_opened(opens);
                let own = entity.nth(self.plan.layers[layer.index()].entity.0);
                let u = self.luck.stream(Purpose::TOUCHED, own).uniform();
                picked |= u32::from(u < share * self.covers_now(*layer)) << k;
            }
        }
        picked
    }

    /// Schedules the next place where somebody looks at altered goods, or their leaving.
    fn go_on_to_look(&mut self, item: ItemId) {
        let plan = self.plan;
        let Some(touched) = &mut self.touched else { return };
        let transit = &mut touched.transits[item.index()];
        let traffic = TrafficId(u32::from(transit.goods.traffic));
        let stages = &plan.traffic[traffic.index()].program.stages;
        let way = touched.journeys.pick(traffic, transit.way);
        let looked_at = |stage: &usize| match stages[*stage] {
            Stage::Visit { station, .. } => {
                way.over(*stage).is_some() && !plan.stations[station.index()].layers.is_empty()
            }
            _ => false,
        };
        transit.stage = (transit.stage..stages.len()).find(looked_at).unwrap_or(stages.len() - 1);
        let at = transit.goods.arrived + SimDuration::from_millis(way.over(transit.stage).unwrap_or(way.left()));
        self.calendar.schedule(at.max(self.now), Event::Pass(item));
    }

    /// Altered goods come to those who look, or leave.
    pub(crate) fn pass<O: Observer>(&mut self, item: ItemId, observer: &mut O) {
        self.flow.model_events += 1;
        let plan = self.plan;
        let Some(touched) = &mut self.touched else { return };
        let transit = &mut touched.transits[item.index()];
        let (goods, stage) = (transit.goods, transit.stage);
        transit.stage += 1;
        if let Stage::Visit { station, .. } = plan.traffic[usize::from(goods.traffic)].program.stages[stage] {
            self.look_at(&goods, &plan.stations[station.index()].layers, observer);
            return self.go_on_to_look(item);
        }
        self.deliver(item, observer);
        if !plan.at_delivery.is_empty() {
            self.look_at(&goods, &plan.at_delivery, observer);
        }
    }
}

impl Engine<'_> {
    /// Writes down what an operator's systems have recorded since they were last looked through.
    pub(super) fn catch_up_records(&mut self, operator: OperatorId) {
        let Some(mut touched) = self.touched.take() else { return };
        for (t, class) in self.plan.scenario.traffic.iter().enumerate() {
            let traffic = TrafficId::from_index(t);
            if class.handled_by == operator && touched.journeys.has(traffic) {
                self.catch_up_class(&touched, traffic);
            }
        }
        touched.records_from(self.plan, operator, self.now);
        self.touched = Some(touched);
    }

    fn catch_up_class(&mut self, touched: &Touched, traffic: TrafficId) {
        let plan = self.plan;
        let out = touched.out[plan.scenario.traffic[traffic.index()].handled_by.index()];
        let writers = &touched.classes[traffic.index()].writers;
        let system = |writer: &Writer| plan.facts.blocks[writer.block].system;
        let looked_until = |id: SystemId| touched.looked_until[id.index()];
        let wanted_from = |id: SystemId| looked_until(id).max(self.now - self.defence.keeps(id));
        let Some(from) = writers.iter().map(|writer| wanted_from(system(writer))).min() else { return };
        for day in touched.days(traffic, from, self.now) {
            for point in touched.points(plan, self.luck_of(SimTime::from_days(day)), traffic, Kind::Sensitive, day) {
                if out.is_some_and(|out| out <= point.arrived) {
                    continue;
                }
                let way = touched.journeys.pick(traffic, point.way);
                for writer in writers {
                    let block = &plan.facts.blocks[writer.block];
                    let id = block.system;
                    for over in writer.stages.iter().filter_map(|stage| way.over(*stage)) {
                        let written = point.arrived + SimDuration::from_millis(over);
                        let kept_from = self.now - self.defence.keeps(id);
                        if written > looked_until(id) && written >= kept_from && written <= self.now {
                            self.flow.model_events += 1;
                            let open = touched.open_at(id, written);
                            self.keep(id, block.pick(point.business), written, point.exposure, open);
                        }
                    }
                }
            }
        }
    }

    /// Reads the labels of goods that lie in a zone now.
    pub(super) fn read_touched(&mut self, zone: ZoneId) {
        let Some(touched) = self.touched.take() else { return };
        let plan = self.plan;
        for t in 0..plan.traffic.len() {
            let traffic = TrafficId::from_index(t);
            if !touched.journeys.has(traffic) {
                continue;
            }
            let operator = plan.scenario.traffic[t].handled_by;
            let stages = &plan.traffic[t].program.stages;
            let here = |stage: &usize| match stages[*stage] {
                Stage::Visit { station, .. } => plan.stations[station.index()].zone == zone,
                _ => false,
            };
            let elsewhere = match self.defence.handling(operator) {
                Handling::Leaves(share) => share,
                _ => 0.0,
            };
            for day in touched.days(traffic, self.now, self.now) {
                for point in touched.points(plan, self.luck_of(SimTime::from_days(day)), traffic, Kind::Sensitive, day)
                {
                    let left = touched.out[operator.index()].is_some_and(|out| out <= point.arrived);
                    if point.arrived > self.now || (left && point.way < elsewhere) {
                        continue;
                    }
                    let way = touched.journeys.pick(traffic, point.way);
                    let passed = self.now.since(point.arrived).millis();
                    let is_there =
                        |stage: &usize| way.over(*stage).is_some_and(|o| passed < o) && way.began(*stage) <= passed;
                    if (0..stages.len()).filter(here).any(|stage| is_there(&stage)) {
                        self.flow.model_events += 1;
                        self.read_label(traffic, point.exposure, point.business);
                    }
                }
            }
        }
        self.touched = Some(touched);
    }
}
