//! Who was charged how much for what.

use std::collections::BTreeMap;

use crate::measure::account::term::{Amount, Explained, Part, Reading, Term};
use crate::measure::{Measure, StationWork};
use crate::model::{Line, Money, Payer, StationId};
use crate::plan::Plan;
use crate::sim::{Charge, ChargedFor};
use crate::time::HOUR;

/// The ledger item by item.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs {
    charged: BTreeMap<(Line, Payer, ChargedFor), (u32, Money)>,
}

impl Costs {
    pub(super) fn charge(&mut self, charge: &Charge) {
        let (times, sum) = self.charged.entry((charge.line, charge.payer, charge.what)).or_default();
        *times += 1;
        *sum += charge.amount;
    }

    /// What falls to a measure of cost; anything else falls to none.
    pub(super) fn explain(&self, measure: Measure, plan: &Plan, work: &[StationWork]) -> Explained {
        let mut terms = Vec::new();
        for ((line, payer, what), (times, sum)) in &self.charged {
            let (falls, under) = match measure {
                Measure::CostTotal => (true, Part::Line(*line)),
                Measure::CostOf(of) => (of == *payer, Part::Line(*line)),
                Measure::CostOn(on) => (on == *line, Part::Payer(*payer)),
                _ => (false, Part::Line(*line)),
            };
            if !falls || *sum == Money::ZERO {
                continue;
            }
            let mut add = |part, cents| terms.push(Term::under(under.clone(), part, Amount::Whole(cents)));
            if *what == ChargedFor::Waiting {
                waits(plan, work, &mut add);
            } else {
                add(Part::Charge(*what, *times), sum.cents());
            }
        }
        Explained::new(measure, Reading::Cents, terms)
    }
}

/// Waiting is charged once for all stations. A station's part is what it adds to the running total, which is rounded to
/// whole cents as the total is.
fn waits(plan: &Plan, work: &[StationWork], add: &mut impl FnMut(Part, i64)) {
    let price = plan.scenario.costs.delay_hour;
    let (mut queued, mut before) = (0_u64, Money::ZERO);
    for (s, work) in work.iter().enumerate() {
        queued += work.queued;
        let now = price.times(queued as f64 / HOUR as f64);
        if now != before {
            add(Part::Queue(StationId::from_index(s)), (now - before).cents());
        }
        before = now;
    }
}
