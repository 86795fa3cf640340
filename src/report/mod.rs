//! What a command leaves on disk: manifest, tables, records, charts, a page for people.

pub(crate) mod after_action;
pub(crate) mod branch;
pub(crate) mod brief;
mod calibration;
pub(crate) mod compare;
pub(crate) mod debrief;
mod defences;
pub(crate) mod drawn;
pub(crate) mod explain;
pub(crate) mod findings;
mod folder;
pub(crate) mod forecast;
mod grid;
pub(crate) mod handout;
mod html;
pub(crate) mod ladder;
pub(crate) mod league;
mod manifest;
pub(crate) mod many;
mod names;
pub(crate) mod narrative;
pub(crate) mod optimise;
pub(crate) mod pack;
mod paper;
pub(crate) mod parting;
mod pictures;
pub(crate) mod played;
pub(crate) mod psa;
pub(crate) mod rare;
mod records;
pub(crate) mod robust;
pub(crate) mod run;
pub(crate) mod sensitivity;
pub(crate) mod sweep;
pub(crate) mod tables;
mod unfinished;

pub(crate) use folder::{Folder, WriteError};
pub(crate) use grid::Grid;
pub(crate) use manifest::{CAVEAT, Input, Manifest, RANDOM_NUMBERS};
pub(crate) use names::counted;
pub(crate) use paper::Paper;
pub(crate) use unfinished::Unfinished;

use crate::chart::Chart;
use crate::chart::png::{PngError, png};
use crate::experiment::{Fidelity, WorldDraws};
use crate::measure::Measure;
use crate::model::{Scenario, Tolerance};

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
    /// The measure that the question is about; all others are exploratory.
    pub(crate) main_measure: Measure,
    /// What the study tolerates.
    pub(crate) tolerances: &'s [Tolerance],
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

/// Where a document that was read is kept in the folder of results, by its name relative to the first of them.
pub(crate) fn input_path(name: &str) -> String {
    match name.strip_prefix("../") {
        Some(beside) => format!("inputs/{beside}"),
        None => format!("inputs/document/{name}"),
    }
}

/// Writes the documents that results were made from beside them, so that whoever has the folder can make them again.
pub(crate) fn write_inputs(folder: &Folder, inputs: &[Input]) -> Result<(), ReportError> {
    for input in inputs {
        folder.write(&input_path(&input.file), &input.content)?;
    }
    Ok(())
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
