//! Where a model is looked at: points that fill the unit cube evenly, and how evenly they do.

pub mod discrepancy;
mod latin_hypercube;
mod sobol_sequence;

pub use latin_hypercube::{Place, latin_hypercube};
pub use sobol_sequence::{MOST_DIMENSIONS, MOST_POINTS, randomised, scrambled, sobol};
