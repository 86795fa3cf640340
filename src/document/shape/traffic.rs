//! What arrives.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Law, Mass, Rate, Share, defaults, given};

/// An entry of `traffic`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Traffic {
    pub(crate) route: String,
    pub(crate) flights: Flights,
    /// Needed unless the flights are filled from monthly tonnes.
    #[serde(default, deserialize_with = "given")]
    pub(crate) per_flight: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    pub(crate) handled_by: Option<String>,
    #[serde(default = "defaults::sensitive")]
    pub(crate) sensitive: Share,
    #[serde(default = "defaults::integrity_critical")]
    pub(crate) integrity_critical: Share,
    #[serde(default = "defaults::criticality")]
    pub(crate) criticality: f64,
    #[serde(default = "defaults::downstream_check")]
    pub(crate) downstream_check: Share,
    #[serde(default = "defaults::shippers")]
    pub(crate) shippers: Shippers,
    #[serde(default = "defaults::priority")]
    pub(crate) priority: u32,
}

/// When flights come. Weights are plain numbers: only their proportions count.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Flights {
    Poisson {
        rate: Rate,
        #[serde(default, deserialize_with = "given")]
        at_night: Option<Share>,
        #[serde(default, deserialize_with = "given")]
        hours: Option<Vec<f64>>,
        #[serde(default, deserialize_with = "given")]
        weekdays: Option<Vec<f64>>,
        #[serde(default, deserialize_with = "given")]
        months: Option<Vec<f64>>,
    },
    /// A CSV with one row a flight, repeated.
    Timetable {
        file: String,
        date: String,
        minute: String,
        delay: String,
        #[serde(default)]
        only: BTreeMap<String, Vec<String>>,
    },
    /// A CSV of tonnes by month.
    Monthly {
        file: String,
        month: String,
        weight: String,
        unit: MassUnit,
        #[serde(default)]
        only: BTreeMap<String, Vec<String>>,
        fitted: Window,
        flight_load: Mass,
        consignment: Law<Mass>,
        #[serde(default)]
        hours: HoursOf,
    },
}

/// Months from and to, as `YYYYMM`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Window {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// When in the week flights come.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum HoursOf {
    /// At all hours alike.
    #[default]
    Even,
    /// As the flights of a timetable do.
    Like { file: String, date: String, minute: String, delay: String },
}

/// Unit of a column of weights.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum MassUnit {
    Tonnes,
    Kilograms,
    Pounds,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Shippers {
    Zipf { businesses: u32, exponent: f64 },
}
