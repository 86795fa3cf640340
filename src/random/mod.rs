//! Keyed random streams and the draws made from them.
//!
//! Every draw is a function of *what it is for*: seed, world draw, replication, branch, purpose, entity and the index
//! in that stream. Nothing is drawn from a shared running stream, so a part of the model that draws more shifts nobody
//! else's draws, and two options compared under one seed meet the same luck.
//!
//! ```
//! use airside::random::{Entity, Luck, Purpose, draw};
//!
//! let luck = Luck::new(7).replication(3);
//! let mut gaps = luck.stream(Purpose::ARRIVALS, Entity::of("flight.morning"));
//! let wait_hours = draw::exponential(gaps.uniform(), 2.5);
//! assert!(wait_hours > 0.0);
//! ```

pub mod draw;
mod key;
mod luck;
mod stream;

pub use key::{Entity, Key, Purpose};
pub use luck::Luck;
pub use stream::{Stream, unit};
