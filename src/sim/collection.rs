//! What is recorded, copied, moved out, and so known: the catalogue.

use std::collections::VecDeque;

use crate::model::{OperatorId, StationId, SystemId};
use crate::plan::{Plan, remaining};
use crate::random::unit;
use crate::sim::engine::Engine;
use crate::sim::goods::{Goods, ORPHAN, SENSITIVE};
use crate::sim::record::{Observer, Record};
use crate::time::SimTime;

/// Records that could be copied, copies, and what the adversary knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collection {
    systems: Vec<SystemState>,
    staged: Vec<(u32, SimTime)>,
    facts: Vec<FactState>,
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
    last: SimTime,
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
        self.facts.clear();
        self.facts.resize(plan.facts.worth.len(), FactState::default());
    }
}

impl Engine<'_> {
    /// A station has worked on a consignment: the systems that record there write it down.
    #[inline]
    pub(crate) fn write_records(&mut self, at: u32, station: StationId) {
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
            if mark >= open {
                continue;
            }
            let fact = block.pick(unit(u64::from(goods.business) << 32));
            let kept = &mut self.collection.systems[system.index()].kept;
            let keeps = self.defence.keeps(system);
            while kept.front().is_some_and(|e| e.written + keeps < self.now) {
                kept.pop_front();
            }
            kept.push_back(Entry { written: self.now, fact, exposure: (mark / open) as f32 });
        }
    }

    /// The campaign copies what its operator's systems keep.
    pub(crate) fn collect(&mut self) {
        let Some(operator) = self.adversary.operator else { return };
        let scope = self.defence.scope(operator);
        for (s, system) in self.plan.scenario.information.iter().enumerate() {
            if system.operator != operator {
                continue;
            }
            let now = self.now;
            let keeps = self.defence.keeps(SystemId::from_index(s));
            let state = &mut self.collection.systems[s];
            // What has been looked through is not looked through again.
            for entry in state.kept.drain(..) {
                if entry.written + keeps >= now && f64::from(entry.exposure) < scope {
                    self.collection.staged.push((entry.fact, entry.written));
                }
            }
        }
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
        for &(fact, written) in &staged {
            self.learn(fact, written);
        }
        observer.record(self.now, &Record::MovedOut { records: staged.len() as u32 });
        self.collection.staged = staged;
        self.collection.staged.clear();
    }

    fn learn(&mut self, fact: u32, written: SimTime) {
        let f = fact as usize;
        let system = self.plan.facts.system[f];
        let says = &self.plan.scenario.information[system.index()];
        let (now, half) = (self.now, says.value_halves_in);
        let state = &mut self.collection.facts[f];
        let worth = |state: &FactState| {
            let known = 1.0 - libm::pow(1.0 - says.one_record_tells.get(), f64::from(state.sightings));
            self.plan.facts.worth[f] * known * remaining(now.since(state.last), half)
        };
        let before = worth(state);
        state.sightings += 1;
        state.last = state.last.max(written);
        let more = worth(state) - before;
        let system = &mut self.collection.systems[system.index()];
        system.worth = system.worth * remaining(now.since(system.as_of), half) + more;
        system.as_of = now;
    }

    /// Share of the catalogue's value that the adversary knows now.
    pub(crate) fn catalogue_share(&self) -> f64 {
        let systems = self.plan.scenario.information.iter().zip(&self.collection.systems);
        systems
            .filter(|(_, state)| state.worth > 0.0)
            .map(|(says, state)| state.worth * remaining(self.now.since(state.as_of), says.value_halves_in))
            // Not `sum`, which is -0 of nothing.
            .fold(0.0, |all, one| all + one)
    }

    /// Facts that are more likely known than not and fresher than their half-life.
    pub(crate) fn facts_fresh(&self) -> u32 {
        let fresh = |(f, state): &(usize, &FactState)| {
            let says = &self.plan.scenario.information[self.plan.facts.system[*f].index()];
            let known = 1.0 - libm::pow(1.0 - says.one_record_tells.get(), f64::from(state.sightings));
            state.sightings > 0 && known >= 0.5 && self.now.since(state.last) <= says.value_halves_in
        };
        self.collection.facts.iter().enumerate().filter(fresh).count() as u32
    }

    /// The operator that handles a consignment, unless it has left.
    pub(crate) fn handler(&self, goods: &Goods) -> Option<OperatorId> {
        (!goods.is(ORPHAN)).then(|| self.plan.scenario.traffic[usize::from(goods.traffic)].handled_by)
    }
}
