//! Ordinary, crowded, empty and hostile paired differences.

use super::{LONG, frame};
use crate::chart::differences::{Better, Panel, Row, Shows};
use crate::chart::{Differences, Interval};

pub(crate) fn differences() -> Vec<(&'static str, Differences)> {
    let row = |option: &str, low: f64, mid: f64, high: f64, spread| Row {
        option: option.into(),
        mean: Interval::new(low, mid, high),
        spread,
        shows: match mid {
            0.0 => Shows::ExactlyEqual,
            3e-9 => Shows::Negligible("differs by less than one part in 10,000"),
            _ => Shows::Difference,
        },
    };
    let named = |name, finding| {
        frame(
            name,
            finding,
            "Share of the catalogue lost: option less reference",
            "percentage points",
            "reference: as today",
        )
    };
    let options = ["Seal checks", "Purpose-of-use audit", "Random openings", "Expulsion"];
    let worlds = |shift: f64| -> Vec<Panel> {
        [("real", 1.0), ("innocent", 0.0), ("elsewhere", 0.2)]
            .into_iter()
            .map(|(world, part)| Panel {
                world: world.into(),
                rows: options
                    .iter()
                    .enumerate()
                    .map(|(i, option)| {
                        let mid = part * (6.0 * i as f64 - 3.0) + shift;
                        let half = 1.4 + i as f64 * 0.8;
                        row(option, mid - half, mid, mid + half, Some((mid - half * 4.0, mid + half * 5.0)))
                    })
                    .collect(),
            })
            .collect()
    };
    let make = |name, finding, better, panels| Differences {
        frame: named(name, finding),
        reference: "as today".into(),
        unit: "percentage points".into(),
        better,
        panels,
    };
    let tiny = vec![
        Panel {
            world: LONG.into(),
            rows: vec![
                row(LONG, 1.0e-9, 2.0e-9, 3.0e-9, Some((-1e9, 1e9))),
                row("Sure", 3e-9, 3e-9, 3e-9, None),
                row("Not run", f64::NAN, 0.0, 0.0, None),
                row("Worse", -4e-9, -3.5e-9, -3e-9, Some((f64::NAN, 1.0))),
            ],
        },
        Panel { world: "empty".into(), rows: vec![] },
    ];
    let crowded = (0..3)
        .map(|w| Panel {
            world: format!("world {w}"),
            rows: (0..10)
                .map(|i| {
                    let mid = f64::from(i * i) * 1e5 - 1e6;
                    row(&format!("Option number {i} with several measures at once"), mid - 1e6, mid, mid + 2e6, None)
                })
                .collect(),
        })
        .collect();
    vec![
        (
            "ordinary",
            make(
                "differences-ordinary",
                "Expulsion adds 15 points in the real world and shows no difference in the others",
                Better::Right,
                worlds(0.3),
            ),
        ),
        ("left", make("differences-left", "All options cost more", Better::Left, worlds(30.0))),
        ("tiny", make("differences-tiny", "Very small differences, very wide luck", Better::Right, tiny)),
        ("crowded", make("differences-crowded", "Ten options in three worlds", Better::Right, crowded)),
        (
            "empty",
            make(
                "differences-empty",
                "One option alone",
                Better::Right,
                vec![Panel { world: "real".into(), rows: vec![] }],
            ),
        ),
    ]
}
