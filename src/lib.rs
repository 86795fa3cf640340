//! A tabletop threat-scenario simulator for cargo hubs.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "charts")]
pub mod chart;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod document;
pub mod exercise;
pub mod experiment;
pub mod measure;
pub mod model;
pub mod numeric;
pub mod plan;
pub mod random;
#[cfg(feature = "cli")]
mod report;
pub mod sim;
pub mod stats;
#[cfg(feature = "cli")]
mod terminal;
pub mod time;
