//! The simulator: one engine, stepped event by event by whoever calls it.
//!
//! `sim` does no input or output, reads no clock, and looks nothing up by name. Each process has its file: goods on
//! their way (`flow`), the campaign (`adversary`, and what it holds, `foothold`), what is learnt (`collection`), what is
//! altered (`alteration`), who notices (`detection`, and of its kinds `inspection` and `audit`), who weighs it (`desk`),
//! and what is done about it (`defence`).

mod adversary;
mod alteration;
mod arrivals;
mod audit;
mod calendar;
mod collection;
mod defence;
mod desk;
mod detection;
mod engine;
mod event;
mod flow;
mod foothold;
mod goods;
mod inspection;
mod ledger;
mod policy;
mod record;
mod situation;

pub use engine::{Engine, Progress, REVIEW_EVERY};
pub use event::Phase;
pub use ledger::Ledger;
pub use policy::{DoNothing, Policy, Rules, holds};
pub use record::{Closing, Consignment, Day, FlowCount, Observer, Record, StationWork, Unobserved};
pub use situation::{CaseView, DecisionPoint, OperatorView, Reason, SafeguardView, SignalView, Situation};
