//! What could be done.

use serde::Deserialize;

use super::{Amount, Duration, Layer, Rate, Share, YearlyAmount, given};
use crate::model::{Grade, Job, LegalBasis, Payer, StepClass};

/// An entry of `safeguards`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Safeguard {
    /// Stated in full.
    Own {
        #[serde(default, deserialize_with = "given")]
        title: Option<String>,
        does: Vec<Effect>,
        aimed_at: AimedAt,
        #[serde(default, deserialize_with = "given")]
        severity: Option<Share>,
        paid_by: Payer,
        once: Amount,
        yearly: YearlyAmount,
        ready_after: Duration,
        legal: LegalBasis,
        ids: Vec<String>,
        #[serde(default, deserialize_with = "given")]
        grade: Option<Grade>,
        #[serde(default, deserialize_with = "given")]
        source: Option<String>,
    },
    /// A shipped one, by its id.
    Library(String),
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) enum AimedAt {
    Everyone,
    Operator(String),
    Nobody,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Effect {
    Minimise { system: String, by: Share },
    MinimiseAll { by: Share },
    Keep { system: String, to: Duration },
    KeepAll { to: Duration },
    BlockDemands { operator: String, by: Share },
    BlockAllDemands { by: Share },
    Hinder { steps: Vec<StepClass>, by: Share },
    Reset { operator: String, every: Duration },
    ResetAll { every: Duration },
    GuardGoods { by: Share },
    AddLayer { id: String, layer: Box<Layer> },
    Cover { layer: String, to: Share },
    Catch { layer: String, to: Share },
    Sharpen { by: Share },
    Trace { to: Share },
    HastenRecall { to: Rate },
    Slow { station: String, by: Duration },
    SlowJob { job: Job, by: Duration },
    Staff { station: String, more: u32 },
    Analysts { more: u32 },
    Remove { operator: String, moves_elsewhere: Share },
}
