//! What a choice is worth: net benefit, dominance, acceptability, value of information, regret.
//!
//! One table is the common currency: [`Psa`], worlds x options x (cost, effect). [`Psa::at`] turns it into net benefit
//! at a stated value of a unit, and every result is a function of one of the two. Luck is never priced as something one
//! could learn: [`NetBenefit::evpi`] is for means over luck, [`Replicated::evpi`] for runs.
//!
//! ```
//! use airside::stats::value::Psa;
//!
//! let (names, cost) = (vec!["as-is".to_owned(), "patrol".to_owned()], vec![vec![0.0, 40.0]; 3]);
//! let loss = [vec![200.0, 150.0], vec![100.0, 90.0], vec![300.0, 200.0]];
//! let table = Psa::from_losses(names, &cost, &loss).expect("two options in three worlds");
//! let benefit = table.at(1.0).expect("a value of a unit that is a number");
//! assert_eq!(benefit.best(), [1]);
//! assert_eq!(benefit.best_shares(), [1.0 / 3.0, 2.0 / 3.0]);
//! ```

mod evidence;
mod frontier;
mod gaussian;
mod learnable;
mod net_benefit;
mod partial;
mod psa;
mod ratio;
mod regret;
mod replicated;

pub use evidence::ResampledMeans;
pub use frontier::{Frontier, FrontierRow, Status, Step};
pub use gaussian::{GaussianIncrement, evpi_gaussian, evsi_gaussian, naive_evpi_gaussian};
pub use net_benefit::{Increment, NetBenefit};
pub use partial::{Evppi, evppi};
pub use psa::{Psa, PsaError, PsaRow};
pub use ratio::{CostPerUnit, Quadrant, Region, fieller};
pub use regret::{Payoffs, satisficing};
pub use replicated::{Evpi, Replicated};
