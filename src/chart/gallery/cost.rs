//! Ordinary, crowded, empty and hostile ledgers.

use super::{LONG, frame};
use crate::chart::cost::{Line, Payer};
use crate::chart::{Cost, Interval};

pub(crate) fn costs() -> Vec<(&'static str, Cost)> {
    let line = |name: &str, low, mid, high| Line { name: name.into(), amount: Interval::new(low, mid, high) };
    let payer = |name: &str, total, lines| Payer { name: name.into(), total, lines };
    let named = |name, finding| {
        frame(name, finding, "Cost by ledger line over two years", "euro", "option: seal checks; world: real")
    };
    let ordinary = vec![
        payer(
            "Cargo handlers",
            Some(Interval::new(1.3e6, 1.52e6, 1.8e6)),
            vec![
                line("Seal checks, staff", 0.9e6, 1.1e6, 1.3e6),
                line("Seals", 310e3, 340e3, 370e3),
                line("Delay of honest goods", 60e3, 82e3, 104e3),
                line("Training", 0.0, 0.0, 0.0),
            ],
        ),
        payer(
            "Airport",
            Some(Interval::exact(420e3)),
            vec![line("Cameras at the truck dock", 420e3, 420e3, 420e3), line("Legal fees", 0.0, 0.0, 0.0)],
        ),
        payer(
            "State",
            None,
            vec![line("Analysts at the desk", 260e3, 260e3, 260e3), line("Fines received", -210e3, -150e3, -90e3)],
        ),
        payer("Nobody", None, vec![line("Insurance", 0.0, 0.0, 0.0)]),
    ];
    let crowded = (0..5)
        .map(|p| {
            payer(
                LONG,
                Some(Interval::new(-9e11, 5e11, 3e12)),
                (0..8)
                    .map(|i| {
                        line(
                            LONG,
                            -1e3 * f64::from(i * p),
                            10.0 * libm::pow(10.0, f64::from(i)),
                            1e12 / f64::from(i + 1),
                        )
                    })
                    .collect(),
            )
        })
        .collect();
    vec![
        (
            "ordinary",
            Cost {
                frame: named("cost-ordinary", "Handlers pay two thirds of what seal checks cost"),
                payers: ordinary,
            },
        ),
        ("crowded", Cost { frame: named("cost-crowded", "Five payers share forty lines"), payers: crowded }),
        (
            "negative",
            Cost {
                frame: named("cost-negative", "All that remains is money saved"),
                payers: vec![payer(
                    "State",
                    None,
                    vec![line("Grants", -0.4, -0.4, -0.4), line("Broken", f64::NAN, 1.0, 2.0)],
                )],
            },
        ),
        (
            "empty",
            Cost {
                frame: named("cost-empty", "Nothing was spent"),
                payers: vec![payer("State", None, vec![line("Grants", 0.0, 0.0, 0.0)])],
            },
        ),
    ]
}
