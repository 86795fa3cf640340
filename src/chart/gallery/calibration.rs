//! Ordinary, crowded, empty and hostile calibrations.

use super::{Dice, LONG, frame};
use crate::chart::calibration::Point;
use crate::chart::{Calibration, Interval};

pub(crate) fn calibrations() -> Vec<(&'static str, Calibration)> {
    let named = |name, finding| {
        let setting = "reference option as today";
        frame(name, finding, "How often beliefs are right, every 30 days", "percent", setting)
    };
    let point = |stated: f64, low: f64, mid: f64, high: f64, runs: u64| Point {
        stated,
        share: Interval::new(low, mid, high),
        runs,
    };
    let ordinary = vec![
        point(0.04, 0.02, 0.03, 0.05, 200),
        point(0.14, 0.08, 0.12, 0.18, 143),
        point(0.26, 0.13, 0.21, 0.32, 104),
        point(0.35, 0.18, 0.28, 0.41, 88),
        point(0.44, 0.2, 0.32, 0.47, 79),
        point(0.55, 0.22, 0.36, 0.52, 70),
        point(0.74, 0.31, 0.45, 0.6, 61),
        point(0.93, 0.58, 0.79, 0.91, 44),
    ];
    let low =
        vec![point(0.012, 0.023, 0.036, 0.057, 120), point(0.12, 0.0, 0.02, 0.4, 6), point(0.21, 0.09, 1.0, 1.0, 5)];
    let mut dice = Dice(31);
    let crowded = (0..60)
        .map(|i| {
            let (stated, mid) = (dice.next(), dice.next());
            point(stated, mid * dice.next(), mid, mid + (1.0 - mid) * dice.next(), 1 + i * 7919)
        })
        .collect();
    let steep = (0..10)
        .map(|i| {
            let stated = 0.05 + 0.1 * f64::from(i);
            point(stated, (stated - 0.4).max(0.0), stated, (stated + 0.4).min(1.0), 1_234_567)
        })
        .collect();
    let hostile = vec![
        point(f64::NAN, 0.1, 0.2, 0.3, 9),
        point(0.5, f64::NEG_INFINITY, 0.5, f64::INFINITY, 9),
        point(-3.0, -2.0, 0.4, 9.0, u64::MAX),
        point(7.0, 0.9, 0.1, 0.2, 0),
        point(0.5, 0.5, 0.5, 0.5, 1),
    ];
    let make = |name, finding, points| Calibration { frame: named(name, finding), points };
    vec![
        (
            "ordinary",
            make(
                "calibration-ordinary",
                "Where the desk says 74%, the operator is misused in 45% (31% to 60%)",
                ordinary,
            ),
        ),
        ("low", make("calibration-low", "Hardly anybody is suspected", low)),
        ("steep", make("calibration-steep", "Ten bands on the line of equality, with wide intervals", steep)),
        ("crowded", make("calibration-crowded", "More points than there is room for", crowded)),
        ("hostile", make("calibration-hostile", LONG, hostile)),
        ("empty", make("calibration-empty", "No belief at all", vec![])),
    ]
}
