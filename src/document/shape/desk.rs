//! The investigation desk. Its own fields are read one by one; here is what they hold.

use serde::Deserialize;

use super::{Duration, Law, Rate, Share, defaults};

/// An element of `stages`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stage {
    pub(crate) name: String,
    pub(crate) takes: Law<Duration>,
    pub(crate) finds_link: Share,
    #[serde(default = "defaults::false_link")]
    pub(crate) false_link: Share,
}

/// `recall` of a desk.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recall {
    pub(crate) finds: Rate,
    pub(crate) traceable: Share,
}
