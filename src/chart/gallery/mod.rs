//! Test help: each chart with ordinary, crowded, empty and hostile figures, and a way to look at them all.
//!
//! `AIRSIDE_GALLERY=DIR cargo test --lib chart::gallery` writes every picture to `DIR` as SVG and PNG.

mod best;
mod boxes;
mod by_value;
mod calibration;
mod cost;
mod cost_effect;
mod differences;
mod exceedance;
mod fan;
mod hub_map;
mod indices;
mod ladder;
mod matrix;
mod parallel;
mod ranks;
mod response;
mod screening;
mod sojourn;
mod survivors;
mod suspicion;
mod timeline;
mod tornado;
mod two_way;

use crate::chart::{Chart, Frame, Marking, inspect, png};

pub(crate) use best::bests;
pub(crate) use boxes::boxes;
pub(crate) use by_value::by_values;
pub(crate) use calibration::calibrations;
pub(crate) use cost::costs;
pub(crate) use cost_effect::cost_effects;
pub(crate) use differences::differences;
pub(crate) use exceedance::exceedances;
pub(crate) use fan::fans;
pub(crate) use hub_map::hub_maps;
pub(crate) use indices::indices;
pub(crate) use ladder::ladders;
pub(crate) use matrix::matrices;
pub(crate) use parallel::parallels;
pub(crate) use ranks::ranks;
pub(crate) use response::responses;
pub(crate) use screening::screenings;
pub(crate) use sojourn::sojourns;
pub(crate) use survivors::survivors;
pub(crate) use suspicion::suspicions;
pub(crate) use timeline::timelines;
pub(crate) use tornado::tornados;
pub(crate) use two_way::two_ways;

/// Numbers between 0 and 1 that look random and never change.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn frame(name: &str, finding: &str, measure: &str, unit: &str, setting: &str) -> Frame {
    Frame {
        finding: finding.into(),
        measure: measure.into(),
        unit: unit.into(),
        setting: setting.into(),
        ..inspect::frame(name)
    }
}

pub(crate) const LONG: &str =
    "Temperature-controlled pharmaceuticals and dangerous goods acceptance hall (north-east annexe)";

/// All pictures.
fn all() -> Vec<Chart> {
    let mut charts: Vec<Chart> = hub_maps().iter().map(|(_, data)| data.chart()).collect();
    charts.extend(timelines().iter().map(|(_, data)| data.chart()));
    charts.extend(suspicions().iter().map(|(_, data)| data.chart()));
    charts.extend(sojourns().iter().map(|(_, data)| data.chart()));
    charts.extend(costs().iter().map(|(_, data)| data.chart()));
    charts.extend(differences().iter().map(|(_, data)| data.chart()));
    charts.extend(exceedances().iter().map(|(_, data)| data.chart()));
    charts.extend(bests().iter().map(|(_, data)| data.chart()));
    charts.extend(calibrations().iter().map(|(_, data)| data.chart()));
    charts.extend(cost_effects().iter().map(|(_, data)| data.chart()));
    charts.extend(by_values().iter().map(|(_, data)| data.chart()));
    charts.extend(tornados().iter().map(|(_, data)| data.chart()));
    charts.extend(screenings().iter().map(|(_, data)| data.chart()));
    charts.extend(indices().iter().map(|(_, data)| data.chart()));
    charts.extend(responses().iter().map(|(_, data)| data.chart()));
    charts.extend(matrices().iter().map(|(_, data)| data.chart()));
    charts.extend(ranks().iter().map(|(_, data)| data.chart()));
    charts.extend(two_ways().iter().map(|(_, data)| data.chart()));
    charts.extend(boxes().iter().map(|(_, data)| data.chart()));
    charts.extend(survivors().iter().map(|(_, data)| data.chart()));
    charts.extend(parallels().iter().map(|(_, data)| data.chart()));
    charts.extend(fans().iter().map(|(_, data)| data.chart()));
    charts.extend(ladders().iter().map(|(_, data)| data.chart()));
    charts
}

#[test]
fn every_picture_can_be_written_and_looked_at() {
    let kept = std::env::var_os("AIRSIDE_GALLERY").map(std::path::PathBuf::from);
    let temporary = tempfile::tempdir().expect("a directory");
    let folder = kept.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder).expect("a directory");
    for (i, chart) in all().into_iter().enumerate() {
        let file = |extension: &str| folder.join(format!("{}.{extension}", chart.name));
        std::fs::write(file("svg"), chart.svg_standalone()).expect("written");
        // Rasterising takes most of the time; without somebody to look, a few will do.
        if kept.is_some() || i % 9 == 0 {
            std::fs::write(file("png"), png::png(&chart).expect("a picture")).expect("written");
        }
    }
}

#[test]
fn every_handling_mark_fits_beside_a_long_title() {
    for marking in [Marking::Clear, Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red] {
        let frame = Frame { marking, ..frame("marking", LONG, LONG, "unit", "") };
        inspect::check(&frame.chart(60.0, "", &[], |_, _| {}));
    }
}
