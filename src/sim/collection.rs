//! What is recorded, copied, moved out, and so known: the catalogue.

use std::collections::VecDeque;

use crate::model::{OperatorId, StationId, SystemId, TrafficId, ZoneId};
use crate::numeric::estimate_seen::Seen;
use crate::plan::{Plan, remaining};
use crate::random::{Entity, Purpose, unit};
use crate::sim::detail::{Detail, tell};
use crate::sim::engine::Engine;
use crate::sim::goods::{Goods, ORPHAN, SENSITIVE};
use crate::sim::record::{Observer, Record};
use crate::time::SimTime;

/// Records that could be copied, copies, and what the adversary knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collection {
    systems: Vec<SystemState>,
    staged: Vec<Copied>,
    facts: Vec<FactState>,
    /// What is known of pairs of facts, as it was worth at an instant.
    pairs: Vec<(f64, SimTime)>,
    /// Records copied so far from systems.
    copied: u64,
}

/// A copy of a record.
#[derive(Clone, Copy, Debug)]
struct Copied {
    fact: u32,
    written: SimTime,
    logged: bool,
}

#[derive(Clone, Debug, Default)]
struct SystemState {
    /// Records still kept, oldest first.
    kept: VecDeque<Entry>,
    /// What is known through this system, as it was worth at `as_of`.
    worth: f64,
    as_of: SimTime,
}

/// A record of a sensitive consignment.
#[derive(Clone, Copy, Debug)]
struct Entry {
    written: SimTime,
    fact: u32,
    /// Uniform: it is copied if this lies under the copier's scope.
    exposure: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct FactState {
    sightings: u32,
    /// Of those, the ones that left a trace in the logs.
    logged: u32,
    last: SimTime,
    /// What age has left of it, as of an instant: several records of it leave at once.
    left: f64,
    left_at: SimTime,
}

impl Collection {
    pub(crate) fn restart(&mut self, plan: &Plan) {
        self.systems.resize_with(plan.scenario.information.len(), SystemState::default);
        for s in &mut self.systems {
            s.kept.clear();
            s.worth = 0.0;
            s.as_of = SimTime::ZERO;
        }
        self.staged.clear();
        self.pairs.clear();
        self.pairs.resize(plan.facts.pairs.len(), (0.0, SimTime::ZERO));
        self.copied = 0;
        self.facts.clear();
        self.facts.resize(plan.facts.worth.len(), FactState::default());
    }
}

impl Engine<'_> {
    /// A station has worked on a consignment: the systems that record there write it down.
    #[inline]
    pub(crate) fn write_records<O: Observer>(&mut self, at: u32, station: StationId, observer: &mut O) {
        let goods = *self.flow.goods.get(at);
        let plan = self.plan;
        let handler = plan.scenario.traffic[usize::from(goods.traffic)].handled_by;
        // Records that nobody will copy need not be kept: what is seen of them is nothing.
        if !goods.is(SENSITIVE) || goods.is(ORPHAN) || !self.takes_part(handler) {
            return;
        }
        for &system in &plan.stations[station.index()].systems {
            let says = &plan.scenario.information[system.index()];
            let block =
                plan.facts.blocks.iter().find(|b| b.system == system && b.traffic.0 == u32::from(goods.traffic));
            let (Some(block), true) = (block, says.operator == handler) else { continue };
            let open = self.defence.open_share(system);
            let mark = unit(u64::from(goods.exposure) << 32);
            let consignment = goods.name();
            tell(observer, self.now, || Detail::Recorded { consignment, station, system, open: mark < open });
            if mark >= open {
                continue;
            }
            let fact = block.pick(unit(u64::from(goods.business) << 32));
            let kept = &mut self.collection.systems[system.index()].kept;
            let keeps = self.defence.keeps(system);
            while kept.front().is_some_and(|e| e.written + keeps < self.now) {
                kept.pop_front();
            }
            self.keep(system, fact, self.now, mark, open);
        }
    }

    /// A record of goods with this mark of exposure is kept, if it is still open.
    pub(super) fn keep(&mut self, system: SystemId, fact: u32, written: SimTime, mark: f64, open: f64) {
        if mark < open {
            let exposure = (mark / open) as f32;
            self.collection.systems[system.index()].kept.push_back(Entry { written, fact, exposure });
        }
    }

    /// The campaign copies what its operator's systems keep.
    pub(crate) fn collect<O: Observer>(&mut self, observer: &mut O) {
        let Some(operator) = self.adversary.operator else { return };
        self.catch_up_records(operator);
        let scope = self.defence.scope(operator);
        let mut traces = self.luck.stream(Purpose::CAMPAIGN, Entity::of("campaign.copies"));
        traces.skip_to(self.collection.copied);
        for (s, system) in self.plan.scenario.information.iter().enumerate() {
            if system.operator != operator {
                continue;
            }
            let now = self.now;
            let keeps = self.defence.keeps(SystemId::from_index(s));
            let mut kept = std::mem::take(&mut self.collection.systems[s].kept);
            let (looked_through, before) = (kept.len() as u32, self.collection.staged.len());
            // What has been looked through is not looked through again.
            for entry in kept.drain(..) {
                if entry.written + keeps >= now && f64::from(entry.exposure) < scope {
                    let logged = traces.uniform() < system.logged.get();
                    self.collection.staged.push(Copied { fact: entry.fact, written: entry.written, logged });
                }
            }
            self.collection.systems[s].kept = kept;
            let copied = (self.collection.staged.len() - before) as u32;
            self.collection.copied += u64::from(copied);
            let system = SystemId::from_index(s);
            tell(observer, now, || Detail::Copied { system, kept: looked_through, copied });
        }
    }

    /// Somebody goes through a zone and reads what lies there: no system has a say in it, and no log.
    pub(crate) fn read_labels<O: Observer>(&mut self, zone: ZoneId, observer: &mut O) {
        let plan = self.plan;
        let before = self.collection.staged.len();
        self.read_touched(zone);
        for at in 0..self.flow.goods.places() {
            let Some(goods) = self.flow.goods.present(at) else { continue };
            let traffic = usize::from(goods.traffic);
            let stop = self.stop_now(goods.node);
            let there = !stop.is_wait() && !stop.is_last() && plan.stations[stop.at().index()].zone == zone;
            if !goods.is(SENSITIVE) || !there {
                continue;
            }
            let (exposure, business) = (goods.exposure, goods.business);
            self.read_label(
                TrafficId::from_index(traffic),
                unit(u64::from(exposure) << 32),
                unit(u64::from(business) << 32),
            );
        }
        let copied = (self.collection.staged.len() - before) as u32;
        tell(observer, self.now, || Detail::Read { zone, copied });
    }

    /// Reads the label of one consignment, by its marks of exposure and of business.
    pub(super) fn read_label(&mut self, traffic: TrafficId, exposure: f64, business: f64) {
        let plan = self.plan;
        for block in plan.facts.blocks.iter().filter(|b| b.traffic == traffic) {
            if exposure < self.defence.open_share(block.system) {
                let fact = block.pick(business);
                self.collection.staged.push(Copied { fact, written: self.now, logged: false });
            }
        }
    }

    /// Whether copies wait to be moved out.
    pub(crate) fn has_copies(&self) -> bool {
        !self.collection.staged.is_empty()
    }

    /// Copies that have not left the hub are gone. Whether there were any.
    pub(super) fn lose_copies(&mut self) -> bool {
        let any = !self.collection.staged.is_empty();
        self.collection.staged.clear();
        any
    }

    /// The copies leave the hub: what is in them is known from now on.
    pub(crate) fn move_out<O: Observer>(&mut self, observer: &mut O) {
        let staged = std::mem::take(&mut self.collection.staged);
        for copied in &staged {
            let Copied { fact, written, logged } = *copied;
            self.learn(fact, written);
            self.collection.facts[fact as usize].logged += u32::from(logged);
            tell(observer, self.now, || Detail::Learnt { fact, written, logged });
        }
        observer.record(self.now, &Record::MovedOut { records: staged.len() as u32 });
        self.collection.staged = staged;
        self.collection.staged.clear();
    }

    /// How far a fact is known, from 0 to 1, and what age has left of that by now.
    fn known(&self, fact: u32) -> (f64, f64) {
        let f = fact as usize;
        let system = self.plan.facts.system[f];
        let says = &self.plan.scenario.information[system.index()];
        let state = &self.collection.facts[f];
        if state.sightings == 0 {
            return (0.0, 1.0);
        }
        let left = if state.left_at == self.now {
            state.left
        } else {
            remaining(self.now.since(state.last), says.value_halves_in)
        };
        (self.plan.facts.known(system, state.sightings), left)
    }

    fn learn(&mut self, fact: u32, written: SimTime) {
        let plan = self.plan;
        let f = fact as usize;
        let half = |fact: u32| plan.scenario.information[plan.facts.system[fact as usize].index()].value_halves_in;
        let now = self.now;
        let worth = plan.facts.worth[f];
        let before = self.known(fact);
        let state = &mut self.collection.facts[f];
        state.sightings += 1;
        state.last = state.last.max(written);
        state.left = remaining(now.since(state.last), half(fact));
        state.left_at = now;
        let after = self.known(fact);
        let system = &mut self.collection.systems[plan.facts.system[f].index()];
        system.worth = system.worth * remaining(now.since(system.as_of), half(fact))
            + (worth * after.0 * after.1 - worth * before.0 * before.1);
        system.as_of = now;
        for (p, pair) in plan.facts.pairs.iter().enumerate() {
            let Some((business, other)) = pair.partner(fact) else { continue };
            let (known, left) = self.known(other);
            let more = pair.worth[business] * (after.0 * after.1 - before.0 * before.1) * known * left;
            let (worth, as_of) = self.collection.pairs[p];
            let age = now.since(as_of);
            self.collection.pairs[p] = (worth * remaining(age, half(fact)) * remaining(age, half(other)) + more, now);
        }
    }

    /// Share of the catalogue's value that the adversary knows now.
    pub(crate) fn catalogue_share(&self) -> f64 {
        let systems = self.plan.scenario.information.iter().zip(&self.collection.systems);
        systems
            .filter(|(_, state)| state.worth > 0.0)
            .map(|(says, state)| state.worth * remaining(self.now.since(state.as_of), says.value_halves_in))
            // Not `sum`, which is -0 of nothing.
            .fold(0.0, |all, one| all + one)
            + self.known_together()
    }

    fn known_together(&self) -> f64 {
        let half =
            |fact: u32| self.plan.scenario.information[self.plan.facts.system[fact as usize].index()].value_halves_in;
        let pairs = self.plan.facts.pairs.iter().zip(&self.collection.pairs);
        pairs
            .filter(|(_, (worth, _))| *worth > 0.0)
            .map(|(pair, (worth, as_of))| {
                let age = self.now.since(*as_of);
                worth * remaining(age, half(pair.firsts[0])) * remaining(age, half(pair.firsts[1]))
            })
            .fold(0.0, |all, one| all + one)
    }

    /// Businesses of which records have left the hub, and what the logs show of it: how often each was logged.
    pub(crate) fn seen(&self) -> (u32, Seen) {
        let facts = self.collection.facts.iter().filter(|f| f.sightings > 0);
        let logged = Seen::of(facts.clone().map(|f| u64::from(f.logged)));
        (facts.count() as u32, logged)
    }

    /// Facts that are more likely known than not and fresher than their half-life.
    pub(crate) fn facts_fresh(&self) -> u32 {
        let fresh = |(f, state): &(usize, &FactState)| {
            let system = self.plan.facts.system[*f];
            let says = &self.plan.scenario.information[system.index()];
            let known = self.plan.facts.known(system, state.sightings);
            state.sightings > 0 && known >= 0.5 && self.now.since(state.last) <= says.value_halves_in
        };
        self.collection.facts.iter().enumerate().filter(fresh).count() as u32
    }

    /// The operator that handles a consignment, unless it has left.
    pub(crate) fn handler(&self, goods: &Goods) -> Option<OperatorId> {
        (!goods.is(ORPHAN)).then(|| self.plan.scenario.traffic[usize::from(goods.traffic)].handled_by)
    }
}
