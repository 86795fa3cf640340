//! How close a run has come to a rare outcome: the height that splitting climbs.

use crate::experiment::Quantity;
use crate::sim::{Day, Engine, Observer, Record};
use crate::time::SimTime;

/// Watches a run for one quantity.
///
/// The height is at least k exactly when the quantity is, for every threshold k that the quantity can have. Between two
/// counts it says how far the next one has come along: a fraction under 1, by judgement. It decides how well splitting
/// works, and nothing else; whatever it is, estimates are unbiased.
#[derive(Clone, Debug)]
pub(super) struct Gauge {
    quantity: Quantity,
    /// What has been counted, or summed up.
    count: f64,
    /// Altered goods of which neither a find nor an effect has been told.
    pending: u32,
    changed: bool,
}

impl Gauge {
    pub(super) fn new(quantity: Quantity) -> Gauge {
        Gauge { quantity, count: 0.0, pending: 0, changed: false }
    }

    /// The height now. `None` if nothing has happened that could have raised it.
    pub(super) fn read(&mut self, engine: &Engine<'_>) -> Option<f64> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let innocent = engine.suspects().filter(|(_, _, takes_part)| !takes_part);
        let most = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
        let pending = f64::from(self.pending);
        Some(match self.quantity {
            Quantity::InnocentBelief => most(&mut innocent.map(|(belief, ..)| belief)),
            Quantity::WrongfulActions => self.count + 0.9 * most(&mut innocent.map(|(belief, ..)| belief)),
            // A name takes belief and a link together.
            Quantity::WronglyAttributed => {
                self.count + most(&mut innocent.map(|(belief, link, _)| 0.6 * belief + if link { 0.3 } else { 0.0 }))
            }
            Quantity::CatalogueShare => engine.catalogue_share(),
            Quantity::Shipped | Quantity::Activated => self.count + 0.9 * pending / (1.0 + pending),
            Quantity::FalseAlarms | Quantity::Altered | Quantity::Harm => self.count,
        })
    }
}

impl Observer for Gauge {
    fn record(&mut self, _: SimTime, record: &Record) {
        self.changed = true;
        let counted = match (self.quantity, record) {
            (Quantity::WrongfulActions, Record::Took { wrongful: true, .. } | Record::Ready { wrongful: true, .. })
            | (Quantity::WronglyAttributed, Record::Attributed { rightly: false, .. })
            | (Quantity::FalseAlarms, Record::Reported { genuine: false, .. })
            | (Quantity::Altered, Record::Altered { .. })
            | (Quantity::Shipped, Record::Shipped { .. })
            | (Quantity::Activated, Record::Acted { .. }) => 1.0,
            (Quantity::Harm, Record::Acted { harm, .. }) => *harm,
            _ => 0.0,
        };
        self.count += counted;
        match record {
            Record::Altered { .. } => self.pending += 1,
            Record::Found { .. } | Record::Acted { .. } => self.pending = self.pending.saturating_sub(1),
            Record::Shipped { .. } if self.quantity == Quantity::Shipped => {
                self.pending = self.pending.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn day(&mut self, _: SimTime, _: &Day<'_>) {
        self.changed = true;
    }
}
