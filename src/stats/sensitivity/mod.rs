//! Which inputs a model's output hangs on: screening, shares of the variance, and boxes in which something happens.
//!
//! Each method comes in two halves: a design, which says at which points of the unit cube to run the model, and an
//! analysis of what it gave there, in the same order. So the model can be slow, and run anywhere.

mod break_even;
mod contour;
mod fast;
mod morris;
mod pasting;
mod prim;
mod sobol_indices;
mod variance_reduction;

pub use break_even::{BreakEven, break_even};
pub use contour::two_way_contour;
pub use fast::{FastDesign, FastIndices};
pub use morris::{Elementary, MorrisDesign};
pub use pasting::pasted;
pub use prim::{PrimBox, PrimLimit, chosen, prim};
pub use sobol_indices::{NoisyIndices, SobolDesign, SobolIndices};
pub use variance_reduction::{Controlled, antithetic, control_variate};
