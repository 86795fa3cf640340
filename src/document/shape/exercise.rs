//! Exercises: what their entries look like.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Amount, Condition, Duration, Instant, Level, Share, Target, given};
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
    Quantile {
        of: String,
        at: Share,
        #[serde(default = "many_stories")]
        among: u32,
    },
}

fn many_stories() -> u32 {
    200
}

/// `about`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct About {
    pub(crate) sponsor: String,
    pub(crate) scope: String,
    pub(crate) mission_areas: String,
    pub(crate) threat: String,
    pub(crate) scenario: String,
    pub(crate) organisations: Vec<String>,
    pub(crate) contact: String,
    pub(crate) responsible: String,
    pub(crate) dates: String,
    pub(crate) revised: String,
    pub(crate) plans: Vec<String>,
    pub(crate) artificialities: Vec<String>,
}

/// `agenda`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agenda {
    #[serde(default, deserialize_with = "given")]
    pub(crate) starts: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) welcome: Option<Duration>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) pause: Option<Duration>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) hot_wash: Option<Duration>,
}

/// `score`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Score {
    #[serde(deserialize_with = "in_order")]
    pub(crate) prices: Vec<(String, Price)>,
    pub(crate) source: String,
}

/// An entry of a score's `prices`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Price {
    pub(crate) each: Level,
    pub(crate) costs: Amount,
}

/// An entry of `objectives`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Objective {
    pub(crate) text: String,
    pub(crate) capability: String,
    #[serde(default)]
    pub(crate) targets: Vec<EvaluationTarget>,
}

/// An element of an objective's `targets`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvaluationTarget {
    pub(crate) text: String,
    pub(crate) tasks: Vec<String>,
    #[serde(default)]
    pub(crate) plan: String,
}

/// An entry of `seats`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seat {
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) organisation: String,
    #[serde(default)]
    pub(crate) brief: String,
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
    #[serde(default)]
    pub(crate) guidance: String,
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
    #[serde(default)]
    pub(crate) synopsis: String,
    pub(crate) text: String,
    #[serde(default, deserialize_with = "given")]
    pub(crate) expects: Option<ExpectedAction>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) objective: Option<String>,
    #[serde(default)]
    pub(crate) controller: String,
    #[serde(default)]
    pub(crate) guidance: String,
}

/// `expects`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedAction {
    pub(crate) action: String,
    pub(crate) within: Duration,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum When {
    On(Instant),
    Signal { layer: String, nth: u32 },
    NotDecided { decision: String, by: Duration },
    Known(Condition),
    Chosen { decision: String, choice: String, after: Duration },
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
    #[serde(default, deserialize_with = "given")]
    pub(crate) foretell: Option<Foretold>,
    #[serde(default)]
    pub(crate) guidance: String,
}

/// `foretell`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Foretold {
    pub(crate) text: String,
    pub(crate) measure: String,
    pub(crate) is: Target,
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
