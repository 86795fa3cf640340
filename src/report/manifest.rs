//! What a folder's results were made from: enough to make them again, and nothing that differs between machines.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::experiment::WorldDraws;

/// `manifest.json`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Manifest {
    pub(crate) tool: &'static str,
    pub(crate) version: &'static str,
    pub(crate) random_numbers: &'static str,
    pub(crate) command: &'static str,
    pub(crate) title: String,
    pub(crate) handling: &'static str,
    pub(crate) seed: u64,
    /// World draws that were asked for, in a comparison; more may have been drawn until they were enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draws_asked: Option<u32>,
    /// World draws; left out if inputs are as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) draws: Option<u32>,
    /// How much of the hub was simulated; left out of single stories, which are in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fidelity: Option<&'static str>,
    /// Paths of the inputs that were drawn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) drawn_from: Vec<String>,
    pub(crate) replications: u32,
    /// What else was asked of the verb, as it would be typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) arguments: Vec<String>,
    pub(crate) options: Vec<String>,
    pub(crate) worlds: Vec<&'static str>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) caveat: &'static str,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Input {
    /// Name relative to the scenario's folder.
    pub(crate) file: String,
    pub(crate) sha256: String,
    /// What is in it.
    #[serde(skip)]
    pub(crate) content: Vec<u8>,
}

impl Input {
    pub(crate) fn new(file: impl Into<String>, content: &[u8]) -> Self {
        let digest = Sha256::digest(content);
        Input {
            file: file.into(),
            sha256: digest.iter().map(|b| format!("{b:02x}")).collect(),
            content: content.to_vec(),
        }
    }
}

impl Manifest {
    /// States what was drawn.
    pub(crate) fn with_draws(mut self, drawn: &WorldDraws) -> Self {
        self.draws = (drawn.draws() > 0).then_some(drawn.draws());
        self.drawn_from = drawn.ranges().iter().map(|range| range.path.clone()).collect();
        self
    }

    /// First digits of the scenario's digest, for charts.
    pub(crate) fn short_digest(&self) -> String {
        self.inputs.first().map_or(String::new(), |i| i.sha256.chars().take(8).collect())
    }

    /// The file's text.
    pub(crate) fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// The scheme of random numbers; a change of it changes every result.
pub(crate) const RANDOM_NUMBERS: &str = "ChaCha8, keyed by purpose, seed, world draw, replication, branch and entity";
/// What every result must say of itself.
pub(crate) const CAVEAT: &str = "model result, not a forecast";
