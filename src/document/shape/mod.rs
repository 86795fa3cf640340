//! The form of a document's entries, as serde reads them: one file a noun, nothing checked but the form.
//!
//! Choices without values are read straight into the model's own types; everything that can be out of range, or that
//! refers to something, is kept as written and converted later.

mod campaign;
pub(crate) mod defaults;
mod desk;
mod exercise;
mod hub;
mod information;
mod law;
mod layer;
mod operator;
mod option;
mod quantity;
mod safeguard;
mod scenario;
mod study;
mod traffic;

pub(crate) use campaign::{Adversary, After, Goals, Heat, Repeats, Step};
pub(crate) use desk::{Recall, Stage};
pub(crate) use exercise::{
    About, Agenda, Asked, Choice, Decision, Deed, EvaluationTarget, Foretold, Inject, Module, Objective, Price,
    Response, Score, Seat, Story, When, WorldChoice,
};
pub(crate) use hub::{Leg, RunBy, Staff, Station, Zone};
pub(crate) use information::InformationSystem;
pub(crate) use law::Law;
pub(crate) use layer::{By, Counts, FailTogether, Layer, Method, Path, Place, Reading, Spread, Watches};
pub(crate) use operator::{Operator, OperatorLaw};
pub(crate) use option::{AtLeast, Condition, DefenceOption, Rule, Then};
pub(crate) use quantity::{Amount, Duration, HourlyAmount, Instant, Mass, Rate, Share, YearlyAmount};
pub(crate) use safeguard::{AimedAt, Effect, Safeguard};
pub(crate) use scenario::{Calendar, Costs};
pub(crate) use study::{Corner, HalfWidth, Level, Optimise, Precision, Target, World as StudiedWorld, Worth};
pub(crate) use traffic::{Flights, HoursOf, MassUnit, Shippers, Traffic};

use serde::{Deserialize, Deserializer};

/// For fields that may be left out: what is written is never wrapped in `Some`.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Option<T>, D::Error> {
    T::deserialize(reader).map(Some)
}
