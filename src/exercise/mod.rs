//! A tabletop session on the simulator: a state machine over what people decide, and a log that replays.
//!
//! Every rule of an exercise is here and none is in the program around it. [`Session`] takes inputs and says what to
//! show; [`Play`] writes each input to a log before anything is shown; [`replay()`] and [`branch()`] live from such a
//! log. Whoever calls supplies where the log goes, and shows the screens.
//!
//! What a seat is shown is made from a [`crate::sim::Situation`], which holds none of the truth.

mod branch;
mod decision;
mod inject;
mod input;
mod log;
mod play;
mod replay;
mod seat;
mod session;
mod setup;
mod shown;
mod summary;
mod words;

pub use branch::{BranchError, Branched, branch};
pub use decision::Made;
pub use input::{Input, Prompt, Refusal};
pub use log::{Damage, Digest, Durable, End, Entry, FORMAT, Fault, Header, Log, Taken, Torn, digest};
pub use play::{Play, PlayError};
pub use replay::{ReplayError, Replayed, replay};
pub use seat::{BeliefSeen, CaseSeen, MeasuresSeen, SignalSeen, View};
pub use session::Session;
pub use setup::Setup;
pub use shown::{Audience, Screen, Shown, What};
pub use summary::{KEY_MEASURES, how_found, truth};
pub use words::{Words, euro, grouped, percent};
