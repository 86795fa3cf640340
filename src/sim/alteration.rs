//! Goods that are altered, and what becomes of them.

use crate::model::{ItemId, LayerId, Recall, StationId, StepClass, TrafficId};
use crate::random::{Entity, Purpose};
use crate::sim::detail::{ChargedFor, Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::event::Event;
use crate::sim::goods::{CRITICAL, Goods};
use crate::sim::record::{Consignment, Observer, Record};
use crate::time::SimDuration;

/// Altered goods.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alteration {
    /// Alterations prepared, each waiting for goods to come within reach.
    pub(crate) wanted: u32,
    /// Alterations that came to nothing at the goods.
    guarded: u32,
    items: Vec<Item>,
    /// Altered goods outside that have not acted.
    pub(crate) latent: u32,
    /// Triggers so far.
    triggers: u32,
    recalled: bool,
}

#[derive(Clone, Copy, Debug)]
struct Item {
    consignment: Consignment,
    state: ItemState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ItemState {
    InTransit,
    Latent,
    Found,
    Acted,
}

impl Alteration {
    pub(crate) fn restart(&mut self) {
        self.wanted = 0;
        self.guarded = 0;
        self.items.clear();
        self.latent = 0;
        self.triggers = 0;
        self.recalled = false;
    }
}

impl Engine<'_> {
    /// A consignment comes within its operator's reach: if an alteration waits for one like it, it happens now.
    #[inline]
    pub(crate) fn come_within_reach<O: Observer>(&mut self, at: u32, station: StationId, observer: &mut O) {
        if self.alteration.wanted == 0 || self.shut_out() {
            return;
        }
        let goods = *self.flow.goods.get(at);
        if let Some(item) = self.alter(&goods, station, observer) {
            self.flow.goods.get_mut(at).item = Some(item);
        }
    }

    /// Goods are at a station within reach: they are altered if an alteration waits for goods like these and comes to
    /// something.
    pub(crate) fn alter<O: Observer>(&mut self, goods: &Goods, station: StationId, observer: &mut O) -> Option<ItemId> {
        if self.alteration.wanted == 0 || self.shut_out() {
            return None;
        }
        let ours = self.handler(goods).is_some_and(|o| self.campaign_runs_through(o));
        if !ours || !goods.is(CRITICAL) || goods.item.is_some() || self.leaves_alone(usize::from(goods.traffic)) {
            return None;
        }
        self.adversary.altered_last = Some(goods.name().traffic);
        self.alteration.wanted -= 1;
        let tries = self.alteration.items.len() as u64 + u64::from(self.alteration.guarded);
        let mut stream = self.luck.stream(Purpose::TARGET, Entity::of("campaign.targets").nth(tries));
        if stream.uniform() >= self.handler(goods).map_or(1.0, |o| self.defence.access(o)) {
            self.alteration.guarded += 1;
            let (consignment, arrived) = (goods.name(), goods.arrived);
            tell(observer, self.now, || Detail::Reached { consignment, arrived, item: None });
            return None;
        }
        let item = ItemId::from_index(self.alteration.items.len());
        self.alteration.items.push(Item { consignment: goods.name(), state: ItemState::InTransit });
        let (consignment, arrived) = (goods.name(), goods.arrived);
        observer.record(self.now, &Record::Altered { item, consignment });
        tell(observer, self.now, || Detail::Reached { consignment, arrived, item: Some(item) });
        if !self.plan.in_zones.is_empty() {
            let zone = self.plan.stations[station.index()].zone;
            self.seen_in(StepClass::Alter, zone, self.item_entity(item).nth(2), observer);
        }
        Some(item)
    }

    /// Whether the item is still altered and unnoticed.
    pub(crate) fn is_altered(&self, item: ItemId) -> bool {
        matches!(self.alteration.items[item.index()].state, ItemState::InTransit | ItemState::Latent)
    }

    /// The traffic class of an altered consignment.
    pub(crate) fn item_traffic(&self, item: ItemId) -> TrafficId {
        self.alteration.items[item.index()].consignment.traffic
    }

    /// Whose luck an altered consignment is.
    pub(crate) fn item_entity(&self, item: ItemId) -> Entity {
        let c = self.alteration.items[item.index()].consignment;
        self.plan.traffic[c.traffic.index()].entity.nth(u64::from(c.flight)).nth(u64::from(c.place))
    }

    /// A consignment with an altered item leaves the hub.
    pub(crate) fn deliver<O: Observer>(&mut self, item: ItemId, observer: &mut O) {
        if self.alteration.items[item.index()].state != ItemState::InTransit {
            return;
        }
        self.alteration.items[item.index()].state = ItemState::Latent;
        self.alteration.latent += 1;
        observer.record(self.now, &Record::Shipped { item });
        if let Some(latency) = &self.plan.latency {
            let u = self.luck.stream(Purpose::LATENCY, self.item_entity(item)).uniform();
            let until = self.now + latency.duration(u);
            self.calendar.schedule(until, Event::Act(item));
            tell(observer, self.now, || Detail::Sleeps { item, until });
        }
        if self.alteration.recalled {
            self.seek(item, observer);
        }
    }

    pub(crate) fn act<O: Observer>(&mut self, item: ItemId, observer: &mut O) {
        let state = &mut self.alteration.items[item.index()].state;
        if *state == ItemState::Latent {
            *state = ItemState::Acted;
            self.alteration.latent -= 1;
            let traffic = self.alteration.items[item.index()].consignment.traffic;
            let class = &self.plan.scenario.traffic[traffic.index()];
            let harm = class.criticality * class.downstream_check.complement().get();
            observer.record(self.now, &Record::Acted { item, harm });
            self.charge_loss(self.plan.scenario.costs.harm.times(harm), ChargedFor::Harm(traffic), observer);
            self.look_at_action(item, observer);
        }
    }

    /// A trigger: altered goods outside act at once, each with this chance.
    pub(crate) fn trigger<O: Observer>(&mut self, chance: f64, observer: &mut O) {
        let n = self.alteration.triggers;
        self.alteration.triggers += 1;
        let before = self.alteration.latent;
        for i in 0..self.alteration.items.len() {
            let item = ItemId::from_index(i);
            let entity = self.item_entity(item).with("triggers").nth(u64::from(n));
            if self.alteration.items[i].state == ItemState::Latent
                && self.luck.stream(Purpose::LATENCY, entity).uniform() < chance
            {
                self.act(item, observer);
            }
        }
        observer.record(self.now, &Record::Triggered { acted: before - self.alteration.latent });
    }

    /// An altered item is found, by a layer or by a recall.
    pub(crate) fn find<O: Observer>(&mut self, item: ItemId, by: Option<LayerId>, observer: &mut O) {
        let state = &mut self.alteration.items[item.index()].state;
        match *state {
            ItemState::Latent => self.alteration.latent -= 1,
            ItemState::InTransit => {}
            ItemState::Found | ItemState::Acted => return,
        }
        *state = ItemState::Found;
        observer.record(self.now, &Record::Found { item, by });
    }

    /// Calls altered goods back: those outside now, and those that leave later.
    pub(crate) fn recall<O: Observer>(&mut self, observer: &mut O) {
        if self.alteration.recalled {
            return;
        }
        self.alteration.recalled = true;
        for i in 0..self.alteration.items.len() {
            if self.alteration.items[i].state == ItemState::Latent {
                self.seek(ItemId::from_index(i), observer);
            }
        }
    }

    fn seek<O: Observer>(&mut self, item: ItemId, observer: &mut O) {
        let Some(Recall { finds, traceable }) = self.defence.recall() else { return };
        let mut stream = self.luck.stream(Purpose::LATENCY, self.item_entity(item));
        stream.skip_to(1);
        let (traced, wait) = (stream.uniform(), stream.uniform());
        let found = (traced < traceable.get() && finds.a_milli() > 0.0).then(|| {
            let wait = crate::random::draw::exponential(wait, 1.0 / finds.a_milli());
            self.now + SimDuration::from_millis_f64(wait)
        });
        if let Some(at) = found {
            self.calendar.schedule(at, Event::RecallFinds(item));
        }
        tell(observer, self.now, || Detail::Traced { item, found });
    }
}
