//! What a safeguard changes once it is ready.

use crate::model::{Job, LayerId, OperatorId, Probability, Rate, StationId, StepClasses, SystemId};
use crate::time::SimDuration;

/// A change that a safeguard makes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// Records of a system show less: their exposure falls by a share.
    Minimise(SystemId, Probability),
    /// Records of every system show less.
    MinimiseAll(Probability),
    /// A system keeps records no longer than this.
    Keep(SystemId, SimDuration),
    /// No system keeps records longer than this.
    KeepAll(SimDuration),
    /// A share of unlawful demands to an operator is blocked.
    BlockDemands(OperatorId, Probability),
    /// A share of demands to any operator is blocked.
    BlockAllDemands(Probability),
    /// Attempts at steps of these classes work less often, by a share; what a complied demand covers is not hindered.
    Hinder(StepClasses, Probability),
    /// An operator's systems are set up anew at this interval: what is held there covertly is lost.
    Reset(OperatorId, SimDuration),
    /// The systems of every operator are.
    ResetAll(SimDuration),
    /// Access to goods falls by a share, at every operator: an attempt to alter finds no target with this chance.
    GuardGoods(Probability),
    /// A detection layer starts to work.
    AddLayer(LayerId),
    /// A layer looks at this share of what passes.
    Cover(LayerId, Probability),
    /// A per-item layer catches with this chance.
    Catch(LayerId, Probability),
    /// Every per-item layer at a station misses less, by a share.
    Sharpen(Probability),
    /// A recall can trace this share of altered goods.
    Trace(Probability),
    /// A recall finds traced goods at this rate.
    HastenRecall(Rate),
    /// Each service at a station takes so much longer.
    Slow(StationId, SimDuration),
    /// Each service at every station of a job takes so much longer.
    SlowJob(Job, SimDuration),
    /// A station has so many more servers at all times.
    Staff(StationId, u32),
    /// The desk has so many more analysts.
    Analysts(u32),
    /// An operator leaves the hub; a share of its goods moves to another hub, the rest is handled by the hub itself.
    Remove(OperatorId, Probability),
}
