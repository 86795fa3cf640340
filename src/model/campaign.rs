//! What may be going on: an adversary's goals and the steps towards them, as rates and durations.

use serde::Deserialize;

use crate::model::{DurationLaw, Money, OperatorId, Probability, Rate, StandardId, StepId, ZoneId};
use crate::time::{SimDuration, SimTime};

/// A covert campaign. In the innocent world nothing of it happens.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Campaign {
    /// The operator that it runs through in the real world.
    pub uses: OperatorId,
    /// The operator that it runs through in the elsewhere world.
    pub elsewhere: OperatorId,
    /// When it begins.
    pub starts: SimTime,
    /// How the adversary chooses.
    pub adversary: Adversary,
    /// Chance that it pauses when it notices that someone looks.
    pub pauses_after_alert: Probability,
    /// How long a pause lasts.
    pub pause: SimDuration,
    /// What else it does when it notices that someone looks.
    pub heat: Heat,
    /// All rates of attempts are multiplied by this.
    pub tempo: f64,
    /// Effort that the campaign can spend on attempts; none if there is no limit.
    pub budget: Option<f64>,
    /// What it is after.
    pub goals: Goals,
    /// The steps, in the document's order.
    pub steps: Vec<Step>,
    /// Time from delivery of altered goods until they act; none if they wait for a trigger.
    pub altered_goods_act_after: Option<DurationLaw>,
}

/// How the adversary chooses what to do when an attempt is due.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Adversary {
    /// Follows the script whatever it believes (level 0).
    Fixed,
    /// Does what it holds for the best just now (level 1).
    Myopic(Caution),
    /// Does what it holds for better more often: with chance in proportion to exp(sharpness * utility) (quantal
    /// response; R. D. McKelvey and T. R. Palfrey, Games and Economic Behavior 10, 1995).
    Quantal {
        /// What it fears.
        caution: Caution,
        /// How sharply it chooses: 0 is blind chance.
        sharpness: f64,
    },
}

/// What an adversary believes of the defence, and what it makes of it. It knows nothing of the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caution {
    /// Chance that an attempt is noticed, as it believes before anything has happened.
    pub fears: Probability,
    /// What being noticed costs it, in successes of a goal of weight 1.
    pub loses: f64,
}

/// Attempts that the first belief of an adversary is worth: each alert that it notices counts against them.
pub const PRIOR_ATTEMPTS: f64 = 20.0;

/// What an alert does to a campaign besides pauses.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Heat {
    /// Share by which each alert lowers the tempo.
    pub slows: Probability,
    /// Chance that it moves on to the other operator.
    pub changes_operator: Probability,
    /// Chance that it leaves the traffic class alone in which it altered goods last.
    pub changes_goods: Probability,
}

impl Campaign {
    /// How cautious the adversary is, if it chooses.
    pub fn caution(&self) -> Option<Caution> {
        match self.adversary {
            Adversary::Fixed => None,
            Adversary::Myopic(caution) | Adversary::Quantal { caution, .. } => Some(caution),
        }
    }
}

/// Weights of the goals; they sum to 1. A goal of weight 0 is not pursued at all.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Goals {
    /// Learn who ships what to whom.
    pub catalogue: Probability,
    /// Change goods in transit.
    pub alter: Probability,
    /// Use the picture for gain.
    pub exploit: Probability,
}

/// A step of the campaign.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Name in the document.
    pub id: String,
    /// Its class. The model stops at the class: there is no finer detail.
    pub class: StepClass,
    /// What must be done first.
    pub after: After,
    /// How long an attempt takes.
    pub takes: SimDuration,
    /// Chance that an attempt works.
    pub succeeds: Probability,
    /// Whether it is tried again.
    pub repeats: Repeats,
    /// What it stands for in published standards.
    pub ids: Vec<StandardId>,
    /// The zone that an attempt breaks into, if it does.
    pub enters: Option<ZoneId>,
    /// What an attempt takes from the budget.
    pub effort: f64,
    /// What it does besides, once it has worked.
    pub effect: StepEffect,
}

/// What a step that has worked does besides counting as done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepEffect {
    /// What its class says.
    Plain,
    /// Traces of the campaign are hidden from those who look at records.
    Hides {
        /// Share of what they would notice that they do not.
        share: Probability,
        /// For so long after each success.
        lasts: SimDuration,
    },
    /// Altered goods outside act at once, each with this chance.
    SetsOff(Probability),
    /// What is known is used: consignors lose this much if everything is known, and in proportion if less is.
    Loses(Money),
}

/// What must be done before a step can begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing: it begins with the campaign.
    Start,
    /// All of these steps.
    AllOf(Vec<StepId>),
    /// One of these steps.
    AnyOf(Vec<StepId>),
}

/// Whether a step is tried again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Repeats {
    /// One attempt.
    Once,
    /// Attempts at random times at this rate, for as long as the campaign runs.
    At(Rate),
    /// Attempts at fixed intervals, the first at a random time within the first interval.
    Every(SimDuration),
}

impl Repeats {
    /// Whether there is never an attempt.
    pub fn is_never(self) -> bool {
        self == Repeats::At(Rate::ZERO)
    }
}

/// The class of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum StepClass {
    /// The operator is made to comply by lawful order.
    Compel,
    /// A member of staff is won over.
    Recruit,
    /// Records are copied.
    Collect,
    /// Copies leave the hub.
    MoveOut,
    /// Goods are altered.
    Alter,
    /// Traces are hidden.
    Conceal,
    /// Altered goods are made to act.
    Trigger,
    /// The picture is used for gain.
    Exploit,
}

impl StepClass {
    /// All classes in order.
    pub const ALL: [StepClass; 8] = [
        StepClass::Compel,
        StepClass::Recruit,
        StepClass::Collect,
        StepClass::MoveOut,
        StepClass::Alter,
        StepClass::Conceal,
        StepClass::Trigger,
        StepClass::Exploit,
    ];

    /// Whether a demand that was complied with makes it lawful use.
    pub const fn can_be_authorised(self) -> bool {
        matches!(self, StepClass::Collect | StepClass::MoveOut)
    }

    /// As written in documents.
    pub const fn name(self) -> &'static str {
        match self {
            StepClass::Compel => "Compel",
            StepClass::Recruit => "Recruit",
            StepClass::Collect => "Collect",
            StepClass::MoveOut => "MoveOut",
            StepClass::Alter => "Alter",
            StepClass::Conceal => "Conceal",
            StepClass::Trigger => "Trigger",
            StepClass::Exploit => "Exploit",
        }
    }
}

/// A set of step classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepClasses(u8);

impl StepClasses {
    /// The set of the listed classes.
    pub fn of(classes: &[StepClass]) -> Self {
        StepClasses(classes.iter().fold(0, |set, &c| set | 1 << c as u8))
    }

    /// Whether the class is in the set.
    pub const fn contains(self, class: StepClass) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// The classes in order.
    pub fn iter(self) -> impl Iterator<Item = StepClass> {
        StepClass::ALL.into_iter().filter(move |&c| self.contains(c))
    }
}
