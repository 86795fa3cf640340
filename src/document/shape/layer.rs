//! Who might notice.

use serde::Deserialize;

use super::{Duration, Rate, Share, YearlyAmount, defaults};
use crate::model::{Payer, StepClass};

/// An entry of `layers`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layer {
    pub(crate) watches: Watches,
    pub(crate) notices: Vec<StepClass>,
    pub(crate) sees_purpose: bool,
    pub(crate) covers: Share,
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
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Method {
    PerItem { catches: Share, false_alarms: Share },
    Monitor { alarms_if_misused: Rate, false_alarms: Rate },
    Audit { every: Duration, announced: bool, finds: Share, false_findings: Share },
    Tip { true_reports: Rate, false_reports: Rate },
    PerFlight { opens: u32, catches: Share, false_alarms: Share },
    Screening { d_prime: f64, criterion: f64, prevalence_effect: f64, prevalence: Share },
    SurpriseAudit { visits: Rate, finds: Share, false_findings: Share },
    AuditGame { period: Duration, periods: u32, visits: u32, finds: Share, false_findings: Share },
    Whistleblower { who_know: u32, speaks_up: Rate, protection: Share, false_reports: Rate },
    Intelligence { tips_at_full_activity: Rate, false_tips: Rate, reliable_if_true: Share, reliable_if_false: Share },
}

/// An element of `fail_together`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FailTogether {
    pub(crate) layers: Vec<String>,
    pub(crate) share: Share,
}
