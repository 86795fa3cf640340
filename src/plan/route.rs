//! Routes as small programs: a list of stages that goods go through.

use crate::model::{Leg, OperatorId, Route, StationId, ZoneId};
use crate::plan::{Sampler, StationPlan};

/// One stage of a route. `slot` is the place of its draw among the consignment's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    /// Be served at a station.
    Visit {
        /// The station.
        station: StationId,
        /// Draw of the service time.
        slot: u16,
        /// Whether all goods on the route come here. Their service times are made for all of a flight at once, which is
        /// faster; others' for those who come here.
        all: bool,
    },
    /// Go on with the next stage if the draw lies under `share`, else jump.
    Branch {
        /// Share that goes on.
        share: f64,
        /// Stage that the others jump to.
        skip_to: usize,
        /// Draw of the choice.
        slot: u16,
    },
    /// Spend time.
    Wait {
        /// Draw of the time, made like the service times of all.
        slot: u16,
    },
    /// Leave the hub.
    Leave(ZoneId),
}

/// A compiled route.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The stages; the last one is `Leave`.
    pub stages: Vec<Stage>,
    /// Of each wait, its slot and the time in milliseconds.
    waits: Vec<(u16, Sampler)>,
    /// Draws that one consignment needs.
    pub slots: u16,
}

impl Program {
    /// Compiles a route.
    pub fn new(route: &Route) -> Self {
        let mut program = Program { stages: Vec::new(), waits: Vec::new(), slots: 0 };
        for leg in &route.legs {
            match leg {
                Leg::Visit(station) => program.visit(*station, true),
                Leg::Detour { share, through } => {
                    let slot = program.slot();
                    let skip_to = program.stages.len() + 1 + through.len();
                    program.stages.push(Stage::Branch { share: share.get(), skip_to, slot });
                    for &station in through {
                        program.visit(station, false);
                    }
                }
                Leg::Wait(law) => {
                    let slot = program.slot();
                    program.stages.push(Stage::Wait { slot });
                    program.waits.push((slot, Sampler::tabulated(law.law())));
                }
                Leg::Leave(zone) => program.stages.push(Stage::Leave(*zone)),
            }
        }
        program
    }

    /// Whether goods on this route can be served at a station.
    pub fn visits(&self, station: StationId) -> bool {
        self.stages.iter().any(|s| matches!(s, Stage::Visit { station: at, .. } if *at == station))
    }

    /// Makes times in milliseconds of the draws of some consignments, where all goods need them.
    pub fn make_times(&self, stations: &[StationPlan], draws: &mut [u64]) {
        let mut make = |slot: u16, takes: &Sampler| {
            if let Some(draws) = draws.get_mut(usize::from(slot)..) {
                takes.make_durations(draws, usize::from(self.slots));
            }
        };
        for stage in &self.stages {
            if let Stage::Visit { station, slot, all: true, .. } = *stage {
                make(slot, &stations[station.index()].takes);
            }
        }
        self.waits.iter().for_each(|(slot, takes)| make(*slot, takes));
    }

    /// The stage at which goods of an operator come within its reach, if there is one: the first at a station of its own.
    pub fn reach(&self, stations: &[StationPlan], operator: OperatorId) -> Option<usize> {
        let own = |station: StationId| stations[station.index()].run_by == Some(operator);
        self.stages.iter().position(|stage| matches!(stage, Stage::Visit { station, .. } if own(*station)))
    }

    fn visit(&mut self, station: StationId, all: bool) {
        let slot = self.slot();
        self.stages.push(Stage::Visit { station, slot, all });
    }

    fn slot(&mut self) -> u16 {
        self.slots += 1;
        self.slots - 1
    }
}
