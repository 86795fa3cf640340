//! Ordinary, crowded, empty and hostile courses of belief.

use super::{Dice, LONG, frame};
use crate::chart::Suspicion;
use crate::chart::suspicion::{Course, Threshold};

pub(crate) fn suspicions() -> Vec<(&'static str, Suspicion)> {
    let named = |name, finding| {
        frame(name, finding, "Catalogue share and the desk's belief", "percent", "option: seal checks; world: real")
    };
    let thresholds = || {
        [("watch", 0.2), ("investigate", 0.5), ("act", 0.9)]
            .map(|(name, probability)| Threshold { name: name.into(), probability })
            .to_vec()
    };
    let mut dice = Dice(23);
    let mut belief = |name: &str, drift: f64| {
        let mut logit: f64 = -4.0;
        let points = (0..730).map(|day| {
            logit += if dice.next() < 0.03 + drift { 0.9 } else { -0.02 * (logit + 4.0) };
            (f64::from(day), 1.0 / (1.0 + libm::exp(-logit)))
        });
        Course { name: name.into(), points: points.collect() }
    };
    let catalogue = |rate: f64| {
        let points =
            (0..730).map(|day| (f64::from(day), 1.0 - libm::exp(-rate * f64::from((day - 30).max(0)).min(372.0))));
        Course { name: "catalogued".into(), points: points.collect() }
    };
    let ordinary = Suspicion {
        frame: named(
            "suspicion-ordinary",
            "Belief in Carrier 03 passes the threshold to act on day 402, with 41% catalogued",
        ),
        days: 730.0,
        catalogue: vec![catalogue(0.0014)],
        beliefs: vec![belief("Carrier 03", 0.06), belief("Handler", 0.0), belief("Customs agent", 0.005)],
        thresholds: thresholds(),
    };
    let crowded = Suspicion {
        frame: named("suspicion-crowded", "Fourteen operators are suspected at one time or another"),
        days: 730.0,
        catalogue: vec![
            catalogue(0.00001),
            Course { name: "known to the operator alone".into(), ..catalogue(0.00002) },
        ],
        beliefs: (0..14).map(|i| belief(&format!("Forwarder of perishables {i}"), 0.004 * f64::from(i % 9))).collect(),
        thresholds: thresholds(),
    };
    let single = Suspicion {
        frame: named("suspicion-single", "One point each"),
        days: 730.0,
        catalogue: vec![Course { name: "catalogued".into(), points: vec![(0.0, 0.0)] }],
        beliefs: vec![Course { name: LONG.into(), points: vec![(100.0, 0.5), (f64::NAN, 0.4)] }],
        thresholds: vec![
            Threshold { name: LONG.into(), probability: 0.5 },
            Threshold { name: "act".into(), probability: 0.5 },
        ],
    };
    let none = Suspicion {
        frame: named("suspicion-empty", "Nobody was suspected"),
        days: 730.0,
        catalogue: vec![],
        beliefs: vec![],
        thresholds: thresholds(),
    };
    vec![("ordinary", ordinary), ("crowded", crowded), ("single", single), ("empty", none)]
}
