//! Risk scoring: where a layer looks most, learnt from what it has found.

use crate::model::{LayerId, Method, Picks};
use crate::numeric::allocation;
use crate::plan::Plan;
use crate::sim::engine::Engine;
use crate::time::SimTime;

/// What a layer that picks by risk knows of its traffic classes.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    /// When the work is shared out anew.
    next: SimTime,
    /// Share of each class that is looked at.
    shares: Vec<f64>,
    /// Altered items found in each class.
    finds: Vec<u32>,
    /// Items of each class looked at, as expected.
    looked: Vec<f64>,
}

impl Scores {
    pub(super) fn restart(&mut self, plan: &Plan, layer: LayerId) {
        let classes = match plan.scenario.layers[layer.index()].method {
            Method::PerItem { picks: Picks::ByRisk { .. }, .. } => plan.traffic.len(),
            _ => 0,
        };
        self.next = SimTime::ZERO;
        self.shares.clear();
        self.finds.clear();
        self.finds.resize(classes, 0);
        self.looked.clear();
        self.looked.resize(classes, 0.0);
    }

    pub(super) fn find(&mut self, traffic: usize) {
        if let Some(finds) = self.finds.get_mut(traffic) {
            *finds += 1;
        }
    }
}

impl Engine<'_> {
    /// Share of a class that a layer looks at now. So many items of the class have come since it was asked last.
    pub(super) fn share_by_risk(&mut self, layer: LayerId, traffic: usize, items: f64) -> f64 {
        let Method::PerItem { picks: Picks::ByRisk { at_random, every }, .. } =
            self.plan.scenario.layers[layer.index()].method
        else {
            return 0.0;
        };
        let covers = self.covers_now(layer);
        let now = self.now;
        let volumes = &self.plan.layers[layer.index()].volumes;
        let Scores { next, shares, finds, looked } = &mut self.detection.scores[layer.index()];
        if now >= *next {
            // What each class had at the start: one find in the looks of one period, if all were alike.
            let passing = volumes.iter().filter(|v| **v > 0.0).count().max(1) as f64;
            let base = covers * volumes.iter().sum::<f64>() / passing * every.days();
            let score = |i: usize| {
                let looks = if base > 0.0 { looked[i] / base } else { 0.0 };
                (1.0 + f64::from(finds[i])) / (1.0 + looks)
            };
            allocation::by_score(volumes, score, covers, at_random.get(), shares);
            *next = now + every;
        }
        looked[traffic] += shares[traffic] * items;
        shares[traffic]
    }
}
