//! From shapes to the model: every number checked against its range, every name resolved. One file a noun.
//!
//! Each function looks at everything in its entry before it gives up, so that all problems come out at once.

mod assumption;
mod campaign;
mod context;
mod data;
mod decision;
mod desk;
mod effect;
mod exercise;
mod hub;
mod information;
mod inject;
mod law;
mod layer;
mod measured;
mod method;
mod operator;
mod option;
mod place;
mod quantity;
mod safeguard;
mod scenario;
mod standard;
mod study;
mod traffic;

pub(crate) use assumption::{Place, Places, convert as assumptions};
pub(crate) use campaign::Raw as RawCampaign;
pub(crate) use context::{Context, Named, Noun};
pub(crate) use desk::Raw as RawDesk;
pub(crate) use effect::Layers;
pub(crate) use exercise::convert as exercise;
pub(crate) use layer::looks_at_items;
pub(crate) use operator::{HUB, hub_itself};
pub(crate) use place::At;
use quantity::Length;
pub(crate) use safeguard::{brought_places, brought_shapes};
pub(crate) use study::convert as study;
