//! Exercises: what their entries look like.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Duration, Instant, Share, given};
use crate::model::{Channel, Knows};

/// `world`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum WorldChoice {
    Real,
    Innocent,
    Elsewhere,
    Drawn { real: Share, innocent: Share, elsewhere: Share },
}

/// `story`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Story {
    Seed(u64),
    /// Read so that it can be refused by name.
    #[allow(dead_code, reason = "only its form is checked in this version")]
    Quantile {
        of: String,
        at: Share,
    },
}

/// An entry of `objectives`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Objective {
    pub(crate) text: String,
    pub(crate) capability: String,
}

/// An entry of `seats`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seat {
    pub(crate) title: String,
    pub(crate) knows: Vec<Knows>,
}

/// An element of `modules`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Module {
    pub(crate) title: String,
    pub(crate) takes: Duration,
    pub(crate) covers: Covers,
    pub(crate) read_aloud: String,
    #[serde(default)]
    pub(crate) questions: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Covers {
    pub(crate) from: Instant,
    pub(crate) to: Instant,
}

/// An entry of `injects`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inject {
    pub(crate) to: Vec<String>,
    pub(crate) from: String,
    pub(crate) by: Channel,
    pub(crate) when: When,
    pub(crate) text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum When {
    On(Instant),
    Signal { layer: String, nth: u32 },
    NotDecided { decision: String, by: Duration },
}

/// An entry of `decisions`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    pub(crate) seat: String,
    #[serde(default, deserialize_with = "given")]
    pub(crate) question: Option<String>,
    pub(crate) asked: Asked,
    pub(crate) else_asked_on: Instant,
    pub(crate) takes: Duration,
    #[serde(default, deserialize_with = "given")]
    pub(crate) objective: Option<String>,
    #[serde(deserialize_with = "in_order")]
    pub(crate) choices: Vec<(String, Choice)>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expected: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) hint: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) enum Asked {
    AfterInject(String),
    On(Instant),
}

/// An entry of `choices`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    #[serde(default, deserialize_with = "given")]
    pub(crate) text: Option<String>,
    pub(crate) does: Vec<Deed>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) enum Deed {
    Respond(Response),
    Buy(String),
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Response {
    Watch,
    Investigate,
    RestrictScope(Share),
    RestrictAccess(Share),
    Suspend,
    Replace,
    Recall,
}

/// A map's entries in the order of the document: choices are numbered at the table as they are written.
fn in_order<'de, D: Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Vec<(String, T)>, D::Error> {
    struct InOrder<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
        type Value = Vec<(String, T)>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    reader.deserialize_map(InOrder(PhantomData))
}
