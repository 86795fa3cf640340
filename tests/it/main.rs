//! The one integration test binary: a module per behaviour.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failing helper fails its test")]

mod allocations;
mod anonymity;
mod architecture;
mod calibration;
mod calibration_bands;
mod campaign;
mod compare_table;
mod determinism;
mod documentation;
mod documents;
mod doubt;
mod draws;
mod exercise;
mod explain;
mod extract;
mod fidelity;
mod golden;
mod hub10;
mod invalid;
mod invariants;
mod layers;
mod library;
mod mutations;
mod queues;
mod rare;
mod readme;
mod reference;
mod rig;
mod safeguards;
mod signs;
mod table;
mod threat;
mod tonnage;
mod watchers;
mod worlds;
