//! The desk that hears the signals, weighs them and opens cases.

use crate::model::{DurationLaw, Money, Probability, Rate, StepClass};
use crate::time::SimDuration;

/// The investigation desk.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Desk {
    /// Analysts; each works on one stage of one case at a time.
    pub analysts: u32,
    /// Belief in misuse of an operator before any signal.
    pub prior: Probability,
    /// Belief before any signal that a traffic class is tampered with.
    pub flow_prior: Probability,
    /// Belief before any signal that somebody on an operator's staff has been won over.
    pub people_prior: Probability,
    /// Time that an analyst spends on each signal before the desk believes anything of it; none if it costs no time.
    pub each_signal_takes: Option<DurationLaw>,
    /// How often the desk expects each class of step if an operator is misused.
    pub expects: Vec<(StepClass, Rate)>,
    /// Of misuse, the share that the desk expects to have a lawful order behind it, where layers that do not see
    /// purpose notice nothing.
    pub expects_authorised: Probability,
    /// The weight of a signal halves in this time.
    pub forgets_half_in: SimDuration,
    /// Belief at which a subject is watched.
    pub watches_at: Probability,
    /// Belief at which the desk would investigate.
    pub investigates_at: Probability,
    /// Belief at which, with a linking item, the desk attributes.
    pub acts_at: Probability,
    /// Stages of a case, in order.
    pub stages: Vec<Stage>,
    /// What a recall achieves.
    pub recall: Recall,
    /// How often each layer that looks at items finds an altered one at each operator even if nothing is going on:
    /// ordinary theft and mischief.
    pub finds_anyway: Rate,
    /// Yearly cost, paid by the state.
    pub cost: Money,
}

/// A stage of a case.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stage {
    /// Name in the document.
    pub name: String,
    /// Working time.
    pub takes: DurationLaw,
    /// Chance that it finds an item that links the subject to a campaign that there is.
    pub finds_link: Probability,
    /// Chance that it finds such an item where there is none.
    pub false_link: Probability,
}

/// What happens when altered goods are called back.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Recall {
    /// Rate at which a traceable latent item is found.
    pub finds: Rate,
    /// Share of latent items that can be traced at all.
    pub traceable: Probability,
}
