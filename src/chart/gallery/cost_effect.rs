//! Ordinary, crowded, empty and hostile planes of cost and effect.

use super::{Dice, LONG, frame};
use crate::chart::cost_effect::{Point, Standing};
use crate::chart::{CostEffect, Interval};

pub(crate) fn cost_effects() -> Vec<(&'static str, CostEffect)> {
    use Standing::{Dominated, Extended, Frontier};
    let point = |option: &str, effect: (f64, f64), cost: (f64, f64), standing| Point {
        option: option.into(),
        reference: effect.0 == 0.0 && cost.0 == 0.0,
        effect: Interval::new(effect.0 - effect.1, effect.0, effect.0 + effect.1),
        cost: Interval::new(cost.0 - cost.1, cost.0, cost.0 + cost.1),
        standing,
    };
    let make = |name, finding, points| CostEffect {
        frame: frame(name, finding, "Extra cost and units averted, means", "", "reference: as-today"),
        across: "units averted against as-today; more is better".into(),
        up: "extra cost, in the money of the table".into(),
        points,
    };
    let mut dice = Dice(5);
    let crowd = (0..24).map(|i| {
        let (x, y) = (dice.next() * 40.0 - 8.0, dice.next() * 9e5 - 1e5);
        let standing = [Frontier, Extended, Dominated][usize::from(i > 4) + usize::from(i > 9)];
        let (x, y) = if i < 5 { (f64::from(i) * 8.0, f64::from(i * i) * 4e4) } else { (x, y) };
        let name = if i == 20 { LONG.to_owned() } else { format!("Option {i}") };
        point(&name, (x, if i == 0 { 0.0 } else { 2.0 }), (y, if i == 0 { 0.0 } else { 3e4 }), standing)
    });
    vec![
        (
            "ordinary",
            make(
                "cost-effect-ordinary",
                "Two of five options are never worth a look",
                vec![
                    point("as-today", (0.0, 0.0), (0.0, 0.0), Frontier),
                    point("seal checks", (12.0, 3.0), (9e4, 1e4), Frontier),
                    point("purpose-of-use audit", (14.0, 4.0), (2.4e5, 3e4), Extended),
                    point("expulsion", (31.0, 5.0), (4.1e5, 2e4), Frontier),
                    point("cameras", (5.0, 4.0), (3.2e5, 1e4), Dominated),
                ],
            ),
        ),
        ("crowded", make("cost-effect-crowded", "Many options", crowd.collect())),
        (
            "negative",
            make(
                "cost-effect-negative",
                "Everything saves money, and some of it does harm",
                vec![
                    point("as-today", (0.0, 0.0), (0.0, 0.0), Dominated),
                    point("less", (-4.0, 1.0), (-50.0, 5.0), Frontier),
                    point("better", (3.0, 1.0), (-20.0, 5.0), Frontier),
                    Point {
                        effect: Interval::new(f64::NAN, f64::NAN, 1.0),
                        ..point("broken", (1.0, 1.0), (1.0, 1.0), Frontier)
                    },
                    Point {
                        effect: Interval::new(f64::NEG_INFINITY, 1.0, f64::INFINITY),
                        ..point("one world", (1.0, 1.0), (-20.0, 0.0), Dominated)
                    },
                ],
            ),
        ),
        (
            "equal",
            make(
                "cost-effect-equal",
                "All options are one",
                (0..9).map(|i| point(&format!("copy {i}"), (0.0, 0.0), (0.0, 0.0), Frontier)).collect(),
            ),
        ),
        ("empty", make("cost-effect-empty", "No options", vec![])),
    ]
}
