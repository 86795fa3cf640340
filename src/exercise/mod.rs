//! A tabletop session on the simulator: a state machine over what people decide, and a log that replays.
//!
//! Every rule of an exercise is here and none is in the program around it. [`Session`] takes inputs and says what to
//! show; [`Play`] writes each input to a log before anything is shown; [`replay()`] and [`Fork`] live from such a
//! log. Whoever calls supplies where the log goes, and shows the screens.
//!
//! What a seat is shown is made from a [`crate::sim::Situation`], which holds none of the truth.

mod branch;
mod course;
mod debrief;
mod decision;
mod difficulty;
mod forecast;
mod improvement;
mod inject;
mod input;
mod ladder;
mod league;
mod log;
mod play;
mod players;
mod quality;
mod rehearsal;
mod replay;
mod room;
mod seat;
mod session;
mod setup;
mod shown;
mod stories;
mod summary;
mod words;

pub use branch::{BranchError, Branched, Fork, Rest, before_decision};
pub use course::Watching;
pub use debrief::{About, Debrief, Looked, OTHER_LUCK, Prediction};
pub use decision::Made;
pub use difficulty::{Difficulty, OTHERS, seed_of};
pub use forecast::{FUTURES, Forecast, OnDay, QUANTILES};
pub use improvement::{Improved, SameLuck, TRIED_IN};
pub use inject::Fate;
pub use input::{Input, Observation, Prompt, Rating, Refusal, Verdict};
pub use ladder::{Ladder, Rung};
pub use league::{League, Team};
pub use log::{Damage, Digest, Durable, End, Entry, FORMAT, Fault, Header, Log, Taken, Torn, digest};
pub use play::{Play, PlayError};
pub use players::{Answer, Players};
pub use quality::{ENOUGH, Expectation, Expected, LIKE, expectations};
pub use rehearsal::{Rehearsal, RehearsedBy};
pub use replay::{ReplayError, Replayed, ResumeError, Seen, replay, resume};
pub use room::{ModuleTime, Room};
pub use seat::{BeliefSeen, CaseSeen, MeasuresSeen, SignalSeen, View};
pub use session::Session;
pub use setup::Setup;
pub use shown::{Audience, Screen, Shown, Timer, What};
pub use summary::{KEY_MEASURES, how_found, truth};
pub use words::{Words, euro, grouped, percent};
