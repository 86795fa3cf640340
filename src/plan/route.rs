//! Routes as small programs: a list of stages that a consignment's counter walks through.

use crate::model::{Leg, Route, StationId, ZoneId};
use crate::plan::Sampler;

/// One stage of a route. `slot` is the place of its draw among the consignment's own.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Be served at a station.
    Visit {
        /// The station.
        station: StationId,
        /// Draw of the service time.
        slot: u16,
    },
    /// Go on with the next stage if the draw lies under `share`, else jump.
    Branch {
        /// Share that goes on.
        share: f64,
        /// Stage that the others jump to.
        skip_to: u16,
        /// Draw of the choice.
        slot: u16,
    },
    /// Spend time.
    Wait {
        /// The time, in milliseconds.
        takes: Sampler,
        /// Draw of the time.
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
    /// Draws that one consignment needs.
    pub slots: u16,
}

impl Program {
    /// Compiles a route.
    pub fn new(route: &Route) -> Self {
        let mut program = Program { stages: Vec::new(), slots: 0 };
        for leg in &route.legs {
            match leg {
                Leg::Visit(station) => program.visit(*station),
                Leg::Detour { share, through } => {
                    let slot = program.slot();
                    let skip_to = (program.stages.len() + 1 + through.len()) as u16;
                    program.stages.push(Stage::Branch { share: share.get(), skip_to, slot });
                    for &station in through {
                        program.visit(station);
                    }
                }
                Leg::Wait(law) => {
                    let slot = program.slot();
                    program.stages.push(Stage::Wait { takes: Sampler::new(law.law()), slot });
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

    fn visit(&mut self, station: StationId) {
        let slot = self.slot();
        self.stages.push(Stage::Visit { station, slot });
    }

    fn slot(&mut self) -> u16 {
        self.slots += 1;
        self.slots - 1
    }
}
