//! Layers that look at goods, item by item: which ones they pick, and what they miss.

use crate::model::{ItemId, LayerId, Method, OperatorId, Picks, StepClass, TrafficId};
use crate::random::{Entity, Purpose, unit};
use crate::sim::detail::{Detail, Look, tell};
use crate::sim::engine::Engine;
use crate::sim::goods::Goods;
use crate::sim::record::Observer;

/// The layers of its class that have to do with a consignment: bit k is the k-th of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks {
    /// Those that might raise a false alarm on it.
    pub(crate) suspect: u32,
    /// Those that have picked it from its flight.
    pub(crate) picked: u32,
}

/// Memory for the draws of one flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffers {
    looks: Vec<Looks>,
    draws: Vec<u64>,
    ranks: Vec<u64>,
}

impl Engine<'_> {
    /// For each consignment of a flight, the per-item layers that have picked it or might raise a false alarm on it.
    /// Drawn for the whole flight at once: nearly all goods are then never looked up again.
    pub(crate) fn looks(&mut self, traffic: TrafficId, flight: Entity, count: usize) -> Vec<Looks> {
        let mut marks = std::mem::take(&mut self.detection.buffers.looks);
        marks.clear();
        let layers = &self.plan.traffic[traffic.index()].item_layers;
        if layers.is_empty() {
            return marks;
        }
        marks.resize(count, Looks::default());
        let luck = self.luck_of(self.now);
        self.detection.buffers.draws.resize(count, 0);
        for (k, layer) in layers.iter().enumerate() {
            let plan = &self.plan.layers[layer.index()];
            let entity = flight.nth(plan.entity.0);
            if let Method::PerItem { picks: Picks::PerFlight(opens), .. } =
                self.plan.scenario.layers[layer.index()].method
            {
                self.pick(*layer, entity, opens as usize, k, &mut marks);
                continue;
            }
            luck.stream(Purpose::LAYER, entity).fill(&mut self.detection.buffers.draws);
            for (looks, &draw) in marks.iter_mut().zip(&self.detection.buffers.draws) {
                looks.suspect |= u32::from(unit(draw) < plan.false_alarm_bound) << k;
            }
        }
        marks
    }

    /// Picks so many consignments of a flight for a layer: those with the least marks. A mark belongs to its place on
    /// the flight, so that a layer that opens more opens the same ones too.
    fn pick(&mut self, layer: LayerId, entity: Entity, opens: usize, k: usize, looks: &mut [Looks]) {
        let mut stream = self.luck.stream(Purpose::LAYER, entity.nth(1));
        if stream.uniform() >= self.covers_now(layer) {
            return;
        }
        stream.fill(&mut self.detection.buffers.draws);
        let marks = &self.detection.buffers.draws;
        let ranks = &mut self.detection.buffers.ranks;
        ranks.clear();
        ranks.extend(marks);
        let last = if opens < ranks.len() { *ranks.select_nth_unstable(opens).1 } else { u64::MAX };
        for (looks, &mark) in looks.iter_mut().zip(marks) {
            looks.picked |= u32::from(mark < last) << k;
        }
    }

    /// Gives the buffer back.
    pub(crate) fn return_looks(&mut self, looks: Vec<Looks>) {
        self.detection.buffers.looks = looks;
    }

    /// Per-item layers look at a consignment.
    #[inline]
    pub(crate) fn look_at<O: Observer>(&mut self, goods: &Goods, layers: &[LayerId], observer: &mut O) {
        let Some(operator) = self.handler(goods) else { return };
        let plan = self.plan;
        let altered = goods.item.filter(|i| self.is_altered(*i));
        let known = &plan.traffic[usize::from(goods.traffic)].item_layers;
        let marked = goods.looks.suspect | goods.looks.picked;
        for &layer in layers {
            if !self.defence.works(layer) {
                continue;
            }
            let says = &plan.scenario.layers[layer.index()];
            let Method::PerItem { picks, false_alarms, .. } = says.method else { continue };
            // Few goods are marked, and for the others it need not be looked which bit it is.
            let bit = if marked == 0 { 0 } else { known.iter().position(|l| *l == layer).map_or(0, |k| 1 << k) };
            let covers = match picks {
                Picks::ByChance => self.covers_now(layer),
                Picks::ByRisk { .. } => self.share_by_risk(layer, usize::from(goods.traffic), 1.0),
                Picks::PerFlight(_) if goods.looks.picked & bit != 0 => 1.0,
                Picks::PerFlight(_) => {
                    if let Some(item) = altered {
                        tell(observer, self.now, || Detail::Looked { item, layer, look: Look::NotPicked });
                    }
                    continue;
                }
            };
            if let Some(item) = altered.filter(|_| says.notices.contains(StepClass::Alter)) {
                let (u, together) = self.item_draw(layer, goods, item);
                let chance = covers * self.catches(layer);
                // It may have been found at this place by the layer before.
                let (there, caught) = (self.is_altered(item), u < chance);
                if there {
                    let look = Look::Tried { caught, chance, together };
                    tell(observer, self.now, || Detail::Looked { item, layer, look });
                }
                if there && caught {
                    self.detection.scores[layer.index()].find(usize::from(goods.traffic));
                    self.find(item, Some(layer), observer);
                    self.notice_item(layer, operator, goods.name().traffic, true, observer);
                    continue;
                }
            } else if marked & bit != 0 && self.own_draw(layer, goods) < covers * false_alarms.get() {
                self.notice_item(layer, operator, goods.name().traffic, false, observer);
                continue;
            }
            let cell = self.detection.cell(layer, operator);
            let looked = match picks {
                Picks::ByRisk { .. } => covers / self.covers_now(layer).max(f64::MIN_POSITIVE),
                Picks::ByChance | Picks::PerFlight(_) => 1.0,
            };
            self.detection.clean[cell] += looked;
            self.detection.clean_flows[layer.index() * plan.traffic.len() + usize::from(goods.traffic)] += looked;
        }
    }

    /// Layers that watch goods outside hear of an altered one that has acted.
    pub(crate) fn look_at_action<O: Observer>(&mut self, item: ItemId, observer: &mut O) {
        let plan = self.plan;
        let Some(operator) = self.adversary.operator else { return };
        for &layer in &plan.at_action {
            if !self.defence.works(layer) || !plan.scenario.layers[layer.index()].notices.contains(StepClass::Alter) {
                continue;
            }
            let entity = self.item_entity(item).nth(plan.layers[layer.index()].entity.0);
            let u = self.luck.stream(Purpose::LAYER, entity.nth(1)).uniform();
            let chance = self.covers_now(layer) * self.catches(layer);
            let look = Look::Tried { caught: u < chance, chance, together: false };
            tell(observer, self.now, || Detail::Looked { item, layer, look });
            if u < chance {
                self.notice_item(layer, operator, self.item_traffic(item), true, observer);
            }
        }
    }

    /// A layer raises an alarm on an item; if it was altered, it is found for everyone to see.
    pub(super) fn notice_item<O: Observer>(
        &mut self,
        layer: LayerId,
        operator: OperatorId,
        flow: TrafficId,
        found: bool,
        observer: &mut O,
    ) {
        self.notice(layer, operator, found, observer);
        if let Some(signal) = self.detection.signals.last_mut() {
            signal.found = found;
            signal.flow = Some(flow);
        }
    }

    /// The layer's own draw for a consignment. It has been looked at before, when the flight arrived.
    fn own_draw(&self, layer: LayerId, goods: &Goods) -> f64 {
        let flight = self.plan.traffic[usize::from(goods.traffic)].entity.nth(u64::from(goods.flight));
        let luck = self.luck_of(goods.arrived);
        let mut stream = luck.stream(Purpose::LAYER, flight.nth(self.plan.layers[layer.index()].entity.0));
        stream.skip_to(u64::from(goods.place));
        stream.uniform()
    }

    /// The draw that decides whether a layer catches an altered item: its own, or one that its group shares. With one
    /// common draw all miss together with the least of their miss chances, as the beta-factor model says. Whether it was
    /// the shared one stands beside it.
    fn item_draw(&self, layer: LayerId, goods: &Goods, item: ItemId) -> (f64, bool) {
        if let Some(g) = self.plan.layers[layer.index()].group {
            // A group draws under the name of its first layer: other groups change nothing.
            let first = self.plan.scenario.fail_together[g].layers[0];
            let entity = self.item_entity(item).nth(self.plan.layers[first.index()].entity.0);
            let mut stream = self.luck_of(goods.arrived).stream(Purpose::LAYER, entity);
            if stream.uniform() < self.plan.scenario.fail_together[g].share.get() {
                return (stream.uniform(), true);
            }
        }
        (self.own_draw(layer, goods), false)
    }
}
