//! Ordinary, crowded, single, empty and hostile responses.

use super::{LONG, frame};
use crate::chart::response::{BreakEven, Curve};
use crate::chart::{Interval, Response};

pub(crate) fn responses() -> Vec<(&'static str, Response)> {
    let curve = |option: &str, n: u32, f: &dyn Fn(f64) -> (f64, f64)| Curve {
        option: option.into(),
        points: (0..=n)
            .map(|i| {
                let x = 60.0 * f64::from(i) / f64::from(n.max(1));
                let (mid, half) = f(x);
                (x, Interval::new(mid - half, mid, mid + half))
            })
            .collect(),
    };
    let even = |option: &str, at: f64, half: f64| BreakEven {
        option: option.into(),
        at: Interval::new(at - half, at, at + half),
    };
    let make = |name, finding, curves, break_evens, written| Response {
        frame: frame(name, finding, "Net benefit over the seal check rate", "euro a year", "reference: as today"),
        across: "seal check rate, percent of consignments".into(),
        up: "net benefit against as today, euro a year".into(),
        curves,
        break_evens,
        written,
    };
    vec![
        (
            "ordinary",
            make(
                "response-ordinary",
                "Seal checks pay from a rate of about 21 percent on, audits from 38",
                vec![
                    curve("Seal checks", 12, &|x| ((x - 21.0) * 2e4 - (x - 21.0) * (x - 21.0) * 120.0, 6e4 + x * 1e3)),
                    curve("Purpose-of-use audit", 12, &|x| ((x - 38.0) * 1.1e4, 5e4)),
                    curve("Random openings", 12, &|x| (-1.5e5 - x * 3e3, 3e4)),
                ],
                vec![even("Seal checks", 21.0, 5.0), even("Purpose-of-use audit", 38.0, 7.0)],
                Some(30.0),
            ),
        ),
        (
            "crowded",
            make(
                "response-crowded",
                "Nine options that hardly differ, and all break even",
                (0..9)
                    .map(|i| curve(&format!("{i} {LONG}"), 40, &|x| ((x - 30.0 - f64::from(i)) * 1e6, 4e6)))
                    .collect(),
                (0..11).map(|i| even(&format!("{i} {LONG}"), 30.0 + f64::from(i), 4.0)).collect(),
                Some(58.0),
            ),
        ),
        (
            "positive",
            make(
                "response-positive",
                "It pays at any rate",
                vec![curve("Seal checks", 200, &|x| (1e5 + x * x * 50.0, 4e3 + x * 200.0))],
                Vec::new(),
                Some(60.0),
            ),
        ),
        (
            "single",
            make(
                "response-single",
                "One value alone",
                vec![curve("Seal checks", 0, &|_| (5.0, 1.0))],
                vec![even("Seal checks", 0.0, 0.0), even("nobody", 700.0, 1.0)],
                Some(0.0),
            ),
        ),
        ("empty", make("response-empty", "No options", Vec::new(), vec![even("nobody", 1.0, 1.0)], Some(1.0))),
        (
            "hostile",
            make(
                "response-hostile",
                "Outcomes that are none",
                vec![
                    curve("nan", 3, &|_| (f64::NAN, 1.0)),
                    curve("\u{202e}<&>\n\"x", 5, &|x| (if x > 30.0 { f64::MAX } else { f64::MIN }, f64::INFINITY)),
                    Curve {
                        option: "wild".into(),
                        points: vec![
                            (f64::INFINITY, Interval::exact(1.0)),
                            (f64::MAX, Interval::new(5.0, 0.0, -5.0)),
                            (f64::MIN, Interval::new(f64::MIN, 0.0, f64::MAX)),
                            (1.0, Interval::new(f64::NAN, 2.0, f64::NAN)),
                        ],
                    },
                ],
                vec![even("wild", 1e300, 1e300), even("wild", f64::NAN, 1.0), even("\u{0}", -1e299, f64::INFINITY)],
                Some(f64::NAN),
            ),
        ),
    ]
}
