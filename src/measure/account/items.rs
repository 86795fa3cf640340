//! The chain of events behind each altered consignment, and the counts that hang on it.

use std::collections::{BTreeMap, VecDeque};

use crate::measure::Measure;
use crate::measure::account::goods::Past;
use crate::measure::account::term::{Amount, Explained, Note, Part, Reading, Term};
use crate::model::{ItemId, LayerId, StationId, StepId, SystemId};
use crate::sim::{Consignment, Detail, Look, Record};
use crate::time::SimTime;

/// What happened to an altered consignment, from its arrival on.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemChain {
    /// The item.
    pub item: ItemId,
    /// Which consignment it is.
    pub consignment: Consignment,
    /// What happened, in order.
    pub links: Vec<(SimTime, Link)>,
    /// What had become of it by the end.
    pub end: ItemEnd,
}

/// A link of a chain. None goes beyond the class of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Link {
    /// Its flight arrived.
    Arrived,
    /// It was done with at a station, or with a wait.
    Passed(Option<StationId>),
    /// A system wrote it down.
    Recorded {
        /// Where.
        station: StationId,
        /// The system.
        system: SystemId,
        /// Whether the record says enough to be worth copying.
        open: bool,
    },
    /// It was altered, by an attempt at a step that ended earlier.
    Altered(Option<(StepId, SimTime)>),
    /// A layer had to do with it.
    Looked(LayerId, Look),
    /// It left the hub unnoticed.
    Left,
    /// It would act at an instant, if nothing came before.
    WillAct(SimTime),
    /// A recall looked for it, and would find it at an instant, if it could be traced.
    Traced(Option<SimTime>),
    /// It was found, by a layer or by a recall.
    Found(Option<LayerId>),
    /// It acted.
    Acted,
    /// That was because of a trigger.
    Triggered,
}

/// What had become of an altered item by the end of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemEnd {
    /// It is in the building.
    InBuilding,
    /// It is outside and has not acted.
    Latent,
    /// It was found.
    Found,
    /// It has acted.
    Acted,
}

/// Altered goods.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    chains: Vec<ItemChain>,
    by_consignment: BTreeMap<Consignment, ItemId>,
    /// Alterations prepared and not yet met with goods, oldest first.
    prepared: VecDeque<(StepId, SimTime)>,
    guarded: u32,
    attempts: Vec<(StepId, SimTime, bool)>,
    /// Items that acted, in that order, and their harm.
    acted: Vec<(ItemId, SimTime, f64)>,
}

impl Items {
    pub(super) fn chains(&self) -> &[ItemChain] {
        &self.chains
    }

    pub(super) fn record(&mut self, at: SimTime, record: &Record) {
        match *record {
            Record::Attempted { step, worked, alters: true, .. } => {
                self.attempts.push((step, at, worked));
                if worked {
                    self.prepared.push_back((step, at));
                }
            }
            Record::Shipped { item } => self.add(item, at, Link::Left, Some(ItemEnd::Latent)),
            Record::Found { item, by } => self.add(item, at, Link::Found(by), Some(ItemEnd::Found)),
            Record::Acted { item, harm } => {
                self.acted.push((item, at, harm));
                self.add(item, at, Link::Acted, Some(ItemEnd::Acted));
            }
            // Those that have just acted did so because of it.
            Record::Triggered { acted } => {
                for nth in self.acted.len() - acted as usize..self.acted.len() {
                    self.add(self.acted[nth].0, at, Link::Triggered, None);
                }
            }
            // What was prepared is left behind.
            Record::MovedOn { .. } => self.prepared.clear(),
            _ => {}
        }
    }

    /// `past` is what the goods of the detail have behind them.
    pub(super) fn detail(&mut self, at: SimTime, detail: &Detail, past: &[(SimTime, Past)]) {
        match *detail {
            Detail::Reached { consignment, arrived, item } => {
                let prepared = self.prepared.pop_front();
                match item {
                    Some(item) => self.begin(item, consignment, arrived, past),
                    None => self.guarded += 1,
                }
                if let Some(item) = item {
                    self.add(item, at, Link::Altered(prepared), None);
                }
            }
            Detail::Recorded { consignment, station, system, open } => {
                self.pass(at, consignment, Past::Recorded { station, system, open });
            }
            Detail::Looked { item, layer, look } => self.add(item, at, Link::Looked(layer, look), None),
            Detail::Sleeps { item, until } => self.add(item, at, Link::WillAct(until), None),
            Detail::Traced { item, found } => self.add(item, at, Link::Traced(found), None),
            _ => {}
        }
    }

    /// Goods go on. Of altered ones it is noted, until they are found.
    pub(super) fn pass(&mut self, at: SimTime, consignment: Consignment, past: Past) {
        let Some(item) = self.by_consignment.get(&consignment) else { return };
        let chain = &mut self.chains[item.index()];
        // What is found is followed no further than where it was found.
        let over = chain.end == ItemEnd::Found && chain.links.last().is_none_or(|(last, _)| *last < at);
        if !over {
            chain.links.push((at, link(past)));
        }
    }

    fn begin(&mut self, item: ItemId, consignment: Consignment, arrived: SimTime, past: &[(SimTime, Past)]) {
        let chain = ItemChain { item, consignment, links: vec![(arrived, Link::Arrived)], end: ItemEnd::InBuilding };
        self.chains.push(chain);
        self.by_consignment.insert(consignment, item);
        for (at, past) in past {
            self.pass(*at, consignment, *past);
        }
    }

    fn add(&mut self, item: ItemId, at: SimTime, link: Link, end: Option<ItemEnd>) {
        let Some(chain) = self.chains.get_mut(item.index()) else { return };
        chain.links.push((at, link));
        chain.end = end.unwrap_or(chain.end);
    }

    pub(super) fn explain(&self, measure: Measure) -> Explained {
        let mut terms = Vec::new();
        if measure == Measure::AlterationsAttempted {
            terms.extend(self.attempts.iter().map(|(step, at, worked)| {
                Term::under(Part::Step(*step), Part::Attempt { at: *at, worked: *worked }, Amount::ONE)
            }));
        } else if measure == Measure::Harm {
            terms.extend(self.acted.iter().map(|(item, at, harm)| {
                let class = self.chains[item.index()].consignment.traffic;
                Term::under(Part::Traffic(class), Part::Item(*item, *at), Amount::Real(*harm))
            }));
        } else {
            for chain in &self.chains {
                if let Some((at, under)) = chain.counts_as(measure) {
                    terms.push(Term::under(under, Part::Item(chain.item, at), Amount::ONE));
                }
            }
        }
        let mut explained = Explained::new(measure, Reading::Itself, terms);
        if measure == Measure::Altered {
            let left = self.prepared.len() as u32;
            explained.notes.extend((self.guarded > 0).then_some(Note::Guarded(self.guarded)));
            explained.notes.extend((left > 0).then_some(Note::Waiting(left)));
        }
        explained
    }
}

impl ItemChain {
    /// When it came to count for a measure, and in which group it does.
    fn counts_as(&self, measure: Measure) -> Option<(SimTime, Part)> {
        let class = Part::Traffic(self.consignment.traffic);
        let first = |is: fn(&Link) -> bool| self.links.iter().find(|(_, link)| is(link)).copied();
        match measure {
            Measure::Altered => first(|l| matches!(l, Link::Altered(_))).map(|(at, _)| (at, class)),
            Measure::Shipped => first(|l| matches!(l, Link::Left)).map(|(at, _)| (at, class)),
            Measure::Latent if self.end == ItemEnd::Latent => {
                first(|l| matches!(l, Link::Left)).map(|(at, _)| (at, class))
            }
            Measure::Activated => first(|l| matches!(l, Link::Acted)).map(|(at, _)| (at, class)),
            Measure::Found => first(|l| matches!(l, Link::Found(_))).map(|(at, link)| match link {
                Link::Found(Some(layer)) => (at, Part::Layer(layer)),
                _ => (at, Part::Recall),
            }),
            _ => None,
        }
    }
}

fn link(past: Past) -> Link {
    match past {
        Past::Stage(station) => Link::Passed(station),
        Past::Recorded { station, system, open } => Link::Recorded { station, system, open },
    }
}
