//! Special functions, distribution functions and closed forms, on `libm` alone, so that bytes agree across platforms.
//!
//! Two conventions hold throughout. A parameter outside its domain gives NaN, and so does a NaN argument; no function
//! panics. A probability at or below 0 or at or above 1 asked of a quantile gives that end of the support.

pub mod allocation;
pub mod audit;
pub mod beta;
pub mod binomial;
pub mod breach;
pub mod common_cause;
pub mod compound_poisson;
pub mod coverage;
pub mod cusum;
pub mod erlang;
pub mod estimate_seen;
pub mod ewma;
pub mod fair;
pub mod finite_queue;
pub mod gamma;
pub mod hypergeometric;
pub mod inspection_game;
pub mod latent;
pub mod ln;
pub mod lognormal;
pub mod matrix_game;
pub mod normal;
pub mod order_statistics;
pub mod pert;
pub mod poisson;
pub mod quadrature;
pub mod reset_game;
pub mod root;
pub mod run_length;
pub mod screening;
pub mod security_game;
pub mod sprt;
pub mod step_graph;
pub mod student;
pub mod symmetric;

#[cfg(test)]
mod check;
