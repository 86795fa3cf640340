//! What the adversary does when an attempt is due. It acts on its belief about the defence, never on the truth.

use crate::model::{Adversary, PRIOR_ATTEMPTS, Repeats, Step, StepClass, StepEffect, StepId};
use crate::random::Purpose;
use crate::sim::engine::Engine;

impl Engine<'_> {
    /// Whether the adversary chooses what it holds for the best, rather than by a script.
    pub(super) fn chooses(&self) -> bool {
        self.plan.scenario.campaign.as_ref().is_some_and(|c| c.adversary != Adversary::Fixed)
    }

    /// Chance that an attempt is noticed, as the adversary believes by now: its first belief counts like some attempts,
    /// and each alert that it has noticed since counts against it.
    pub(super) fn feared(&self, fears: f64) -> f64 {
        let alerts = f64::from(self.adversary.alerts);
        let tries = f64::from(self.adversary.tries).max(alerts);
        (fears * PRIOR_ATTEMPTS + alerts) / (PRIOR_ATTEMPTS + tries)
    }

    /// The step that is attempted when one is due; none if the adversary would rather wait.
    pub(super) fn choose(&self, due_step: StepId, due: u32) -> Option<StepId> {
        let campaign = self.plan.scenario.campaign.as_ref()?;
        let caution = campaign.caution()?;
        let feared = self.feared(caution.fears.get());
        let utility = |step: &Step| self.worth(step, feared * caution.loses) - self.risk(step, feared) * caution.loses;
        let moves = || {
            let steps = campaign.steps.iter().zip(&self.adversary.steps).enumerate().filter(|(_, (step, state))| {
                state.open && step.class != StepClass::Compel && step.repeats != Repeats::Once
            });
            let steps = steps.map(|(s, (step, _))| (Some(StepId::from_index(s)), utility(step)));
            // To wait gains nothing and risks nothing.
            std::iter::once((None, 0.0)).chain(steps)
        };
        let best = moves().fold((None, 0.0), |best, one| if one.1 > best.1 { one } else { best });
        let Adversary::Quantal { sharpness, .. } = campaign.adversary else { return best.0 };
        let weight = |utility: f64| libm::exp(sharpness * (utility - best.1));
        let mut stream = self.luck.stream(Purpose::CAMPAIGN, self.attempt_entity(due_step, due));
        stream.skip_to(2);
        let mut left = stream.uniform() * moves().map(|(_, u)| weight(u)).sum::<f64>();
        for (step, utility) in moves() {
            left -= weight(utility);
            if left < 0.0 {
                return step;
            }
        }
        best.0
    }

    /// What a success is worth to it, in successes of a goal of weight 1. `danger` is what it expects to lose by an
    /// attempt that leaves all its traces.
    fn worth(&self, step: &Step, danger: f64) -> f64 {
        let Some(campaign) = &self.plan.scenario.campaign else { return 0.0 };
        let goals = &campaign.goals;
        let if_any = |any: bool, worth: f64| if any { worth } else { 0.0 };
        let worth = match step.class {
            // Copies are worth nothing until they are out, and more of them little while some wait.
            StepClass::Collect => if_any(!self.has_copies(), goals.catalogue.get()),
            StepClass::MoveOut => if_any(self.has_copies(), goals.catalogue.get()),
            StepClass::Alter => goals.alter.get(),
            StepClass::Trigger => if_any(self.alteration.latent > 0, goals.alter.get()),
            StepClass::Exploit => goals.exploit.get() * self.catalogue_share(),
            // Whoever is won over opens the way to everything.
            StepClass::Recruit => 1.0,
            StepClass::Conceal => match step.effect {
                StepEffect::Hides { share, .. } if self.traces() == 1.0 => share.get() * danger,
                _ => 0.0,
            },
            StepClass::Compel => 0.0,
        };
        worth * step.succeeds.get()
    }

    /// Chance that an attempt at a step is noticed, as it believes: hidden traces give less away.
    fn risk(&self, step: &Step, feared: f64) -> f64 {
        match step.class {
            StepClass::Collect | StepClass::MoveOut => feared * self.traces(),
            _ => feared,
        }
    }
}
