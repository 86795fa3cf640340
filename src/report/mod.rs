//! What a command leaves on disk: manifest, tables, records, charts, a page for people.

mod calibration;
pub(crate) mod compare;
mod defences;
pub(crate) mod drawn;
pub(crate) mod explain;
pub(crate) mod findings;
mod folder;
mod html;
mod manifest;
pub(crate) mod many;
mod names;
pub(crate) mod narrative;
mod pictures;
pub(crate) mod psa;
pub(crate) mod rare;
mod records;
pub(crate) mod run;
pub(crate) mod tables;

pub(crate) use folder::{Folder, WriteError};
pub(crate) use manifest::{CAVEAT, Input, Manifest, RANDOM_NUMBERS};
pub(crate) use names::counted;

use crate::chart::Chart;
use crate::chart::png::{PngError, png};
use crate::experiment::{Fidelity, WorldDraws};
use crate::model::Scenario;

/// What all parts of a report need to know.
#[derive(Clone, Debug)]
pub(crate) struct Context<'s> {
    pub(crate) scenario: &'s Scenario,
    /// Which option, world or reference it is about.
    pub(crate) setting: String,
    pub(crate) seed: u64,
    /// Runs of each option in each world, in each world draw.
    pub(crate) replications: u32,
    /// The values of the uncertain inputs, if they were drawn.
    pub(crate) drawn: &'s WorldDraws,
    /// How much of the hub was simulated.
    pub(crate) fidelity: Fidelity,
    /// First digits of the scenario's digest.
    pub(crate) digest: String,
}

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A chart could not be rasterised.
    #[error("could not {0}")]
    Picture(#[from] PngError),
}

/// Writes charts as SVG and PNG into `charts/`, and removes those of an earlier run that are no more.
pub(crate) fn write_charts(folder: &Folder, charts: &[Chart]) -> Result<(), ReportError> {
    let mut names = Vec::new();
    for chart in charts {
        for (ending, content) in [("svg", chart.svg_standalone().into_bytes()), ("png", png(chart)?)] {
            let name = format!("{}.{ending}", chart.name);
            folder.write(&format!("charts/{name}"), &content)?;
            names.push(name);
        }
    }
    folder.keep_only("charts", &names)?;
    Ok(())
}
