//! Checks of a document as a whole: what is well formed and probably does not say what was meant.

mod campaign;
mod effects;
mod evidence;
mod layers;
mod load;
mod names;
mod rules;
mod unused;

use super::convert::{At, Context};
use super::sections::{Definitions, Header};
use super::{Code, Severity};
use crate::model::Scenario;

/// A document that is being checked.
pub(super) struct Checked<'c, 'd> {
    pub(super) header: &'c Header<'d>,
    pub(super) all: &'c Definitions<'d>,
    /// Where each layer stands, those that safeguards bring included.
    pub(super) layers: &'c [At<'d>],
}

impl<'d> Checked<'_, 'd> {
    /// Checks of what refers to what. They need every entry, so that nothing is called unused that a broken entry uses.
    pub(super) fn references(&self, context: &mut Context<'d>) {
        if self.header.campaign.is_some() {
            names::check(context);
        }
        let broken = |code: Code| code.severity() == Severity::Error && code < Code::UnknownId;
        if !context.any_code(broken) {
            unused::check(self, context);
        }
    }

    /// Checks of what the numbers come to, for a document without errors.
    pub(super) fn figures(&self, scenario: &Scenario, context: &mut Context<'d>) {
        load::check(self, scenario, context);
        let reach = campaign::check(self, scenario, context);
        layers::check(self, scenario, reach.as_ref(), context);
        effects::check(self, scenario, context);
        evidence::check(self, scenario, context);
        rules::check(self, scenario, context);
    }
}

/// A share as a percentage with at most one decimal.
fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

/// A number with two decimals at most.
fn two(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
