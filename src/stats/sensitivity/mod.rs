//! Which inputs a model's output hangs on: screening, shares of the variance, and boxes in which something happens.
//!
//! Each method comes in two halves: a design, which says at which points of the unit cube to run the model, and an
//! analysis of what it gave there, in the same order. So the model can be slow, and run anywhere.

mod fast;
mod morris;
mod prim;
mod sobol_indices;
mod variance_reduction;

pub use fast::{FastDesign, FastIndices};
pub use morris::{Elementary, MorrisDesign};
pub use prim::{PrimBox, PrimLimit, prim};
pub use sobol_indices::{NoisyIndices, SobolDesign, SobolIndices};
pub use variance_reduction::{Controlled, antithetic, control_variate};
