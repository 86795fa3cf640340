//! The simulator: one engine, stepped event by event by whoever calls it.
//!
//! `sim` does no input or output, reads no clock, and looks nothing up by name. Each process has its file: goods on
//! their way (`flow`, from their `intake` through a `station` or its `workload`), the campaign (`adversary`, its demands in `compulsion`, its attempts in `attempt`, what it chooses in `choice`, what alerts do to it in `heat`, what it
//! holds in `foothold`), what is learnt (`collection`), what is altered (`alteration`), who notices (`detection`, and of
//! its kinds `inspection`, `risk`, `audit`, `counting`, `intrusion`, `covert_test`), who weighs it (`desk`), and what is
//! done about it (`defence`). Where not all goods are simulated, `touched`, `suspects` and `followed` stand in for `flow`.

mod adversary;
mod alteration;
mod arrivals;
mod attempt;
mod audit;
mod belief;
mod calendar;
mod choice;
mod collection;
mod compulsion;
mod counting;
mod covert_test;
mod defence;
mod desk;
mod detail;
mod detection;
mod engine;
mod event;
mod flight_draws;
mod flow;
mod followed;
mod foothold;
mod gaps;
mod goods;
mod heap;
mod heat;
mod inspection;
mod intake;
mod intrusion;
mod journeys;
mod leaving;
mod ledger;
mod nodes;
mod policy;
mod record;
mod ring;
mod risk;
mod situation;
mod station;
mod suspects;
mod touched;
mod workload;

pub use detail::{Bearing, Because, Charge, ChargedFor, Detail, Look};
pub use engine::{Engine, Progress, REVIEW_EVERY};
pub use event::Phase;
pub use journeys::{Journeys, Scout};
pub use ledger::Ledger;
pub use policy::{DoNothing, Interest, Policy, Rules, holds};
pub use record::{Closing, Consignment, Day, FlowCount, Observer, Record, StationWork, Unobserved};
pub use situation::{CaseView, DecisionPoint, FlowView, OperatorView, Reason, SafeguardView, SignalView, Situation};
