//! Who might notice.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Duration, Rate, Share, YearlyAmount, defaults, given};
use crate::model::{Payer, StepClass};

/// An entry of `layers`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layer {
    pub(crate) watches: Watches,
    pub(crate) notices: Vec<StepClass>,
    pub(crate) sees_purpose: bool,
    pub(crate) covers: Share,
    /// By time of day, `"06:00"`.
    #[serde(default, deserialize_with = "given")]
    pub(crate) hours: Option<BTreeMap<String, Share>>,
    /// By zone.
    #[serde(default, deserialize_with = "given")]
    pub(crate) zones: Option<BTreeMap<String, Share>>,
    pub(crate) report_takes: Duration,
    pub(crate) method: Method,
    pub(crate) cost: YearlyAmount,
    #[serde(default = "defaults::paid_by")]
    pub(crate) paid_by: Payer,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) enum Watches {
    Station(String),
    System(String),
    Operator(String),
    AllOperators,
    Delivered,
    Acting,
    Zones,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Method {
    PerItem {
        catches: Share,
        false_alarms: Share,
    },
    Monitor {
        alarms_if_misused: Rate,
        false_alarms: Rate,
    },
    Audit {
        every: Duration,
        announced: bool,
        finds: Share,
        false_findings: Share,
    },
    Tip {
        true_reports: Rate,
        false_reports: Rate,
    },
    PerFlight {
        opens: u32,
        catches: Share,
        false_alarms: Share,
    },
    Screening {
        d_prime: f64,
        criterion: f64,
        prevalence_effect: f64,
        prevalence: Share,
    },
    SurpriseAudit {
        visits: Rate,
        finds: Share,
        false_findings: Share,
    },
    AuditGame {
        period: Duration,
        periods: u32,
        visits: u32,
        finds: Share,
        false_findings: Share,
    },
    Whistleblower {
        who_know: u32,
        speaks_up: Rate,
        protection: Share,
        false_reports: Rate,
    },
    Intelligence {
        tips_at_full_activity: Rate,
        false_tips: Rate,
        reliable_if_true: Share,
        reliable_if_false: Share,
    },
    RiskBased {
        at_random: Share,
        every: Duration,
        catches: Share,
        false_alarms: Share,
    },
    Chart {
        counts: Counts,
        every: Duration,
        usual: f64,
        if_misused: f64,
        by: By,
    },
    Surveillance {
        sees: Share,
        false_alarms: Rate,
    },
    Breach {
        paths: Vec<Path>,
        response: Spread,
        communicates: Share,
        neutralises: Share,
        reading: Reading,
        false_alarms: Rate,
    },
    CovertTest {
        of: String,
        tests: Rate,
        lifts: Share,
        fades_half_in: Duration,
    },
}

/// What a chart counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Counts {
    Uses { adds: u32 },
    AlarmsOf(String),
}

/// Which chart.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum By {
    PoissonCusum { limit: f64, head_start: f64 },
    Cusum { limit: f64, head_start: f64 },
    Ewma { weight: f64, limit: f64 },
}

/// A way in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Path {
    pub(crate) name: String,
    pub(crate) taken: Share,
    pub(crate) tasks: Vec<Task>,
}

/// A task on a path.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Task {
    pub(crate) detects: Share,
    pub(crate) place: Place,
    pub(crate) delay: Spread,
}

/// A time with its spread.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spread {
    pub(crate) mean: Duration,
    pub(crate) deviation: Duration,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Place {
    Begin,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Reading {
    Literal,
    Conditional,
}

/// An element of `fail_together`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FailTogether {
    pub(crate) layers: Vec<String>,
    pub(crate) share: Share,
}
