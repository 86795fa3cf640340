//! Ordinary, crowded, empty and hostile exceedance curves.

use super::{LONG, frame};
use crate::chart::Exceedance;
use crate::chart::exceedance::{Curve, Step};

pub(crate) fn exceedances() -> Vec<(&'static str, Exceedance)> {
    let curve = |option: &str, reference: bool, scale: f64, n: usize| Curve {
        option: option.into(),
        reference,
        steps: (0..=n)
            .map(|i| {
                let p = 0.92 * (1.0 - i as f64 / n as f64);
                let value =
                    if i == 0 { 0.0 } else { scale * libm::pow(-libm::log(1.0 - i as f64 / (n as f64 + 1.0)), 2.0) };
                let half = 1.96 * libm::sqrt(p * (1.0 - p) / n as f64);
                Step { value, low: (p - half).max(0.0), probability: p, high: (p + half).min(1.0) }
            })
            .collect(),
    };
    let make = |name, finding, curves, log_x, tolerance| Exceedance {
        frame: frame(name, finding, "Probability that the loss is larger than a given one", "euro", "world: real"),
        quantity: "loss in two years".into(),
        unit: "euro".into(),
        curves,
        log_x,
        tolerance,
    };
    let five = || {
        vec![
            curve("As today", true, 9e5, 300),
            curve("Seal checks", false, 5e5, 300),
            curve("Purpose-of-use audit", false, 2.4e5, 300),
            curve("Expulsion", false, 0.8e5, 300),
        ]
    };
    let tolerance = Some(vec![(1e3, 0.9), (1e5, 0.5), (1e6, 0.1), (2e7, 0.01)]);
    vec![
        (
            "ordinary",
            make(
                "exceedance-ordinary",
                "Expulsion makes a loss above one million euro a rare event",
                five(),
                false,
                None,
            ),
        ),
        ("log", make("exceedance-log", "Only expulsion stays below what is tolerated", five(), true, tolerance)),
        (
            "crowded",
            make(
                "exceedance-crowded",
                "Nine options that hardly differ",
                (0..9)
                    .map(|i| curve(&format!("{i} {LONG}"), i == 0, 4e5 * (1.0 + 0.04 * f64::from(i)), 1000))
                    .collect(),
                false,
                None,
            ),
        ),
        (
            "single",
            make(
                "exceedance-single",
                "No run had any loss",
                vec![Curve {
                    option: "As today".into(),
                    reference: true,
                    steps: vec![
                        Step { value: 0.0, low: 0.0, probability: 0.0, high: 0.004 },
                        Step { value: f64::NAN, low: 0.0, probability: 0.0, high: 0.0 },
                    ],
                }],
                true,
                None,
            ),
        ),
        ("empty", make("exceedance-empty", "No runs", vec![], true, None)),
    ]
}
