//! Ordinary, crowded, equal, empty and hostile planes of effects.

use super::{Dice, LONG, frame};
use crate::chart::screening::Point;
use crate::chart::{Interval, Screening};

pub(crate) fn screenings() -> Vec<(&'static str, Screening)> {
    let point = |input: &str, mid: f64, half: f64, spread: f64, kept| Point {
        input: input.into(),
        importance: Interval::new(mid - half, mid, mid + half),
        spread,
        kept,
    };
    let make = |name, finding, points| Screening {
        frame: frame(name, finding, "Elementary effects of the inputs", "", "option: seal checks"),
        across: "mean absolute effect on the share that becomes known (µ*)".into(),
        up: "standard deviation of the effects (σ)".into(),
        points,
    };
    let mut dice = Dice(11);
    let crowd = (0..60).map(|i| {
        let mid = dice.next() * dice.next() * 40.0;
        let spread = mid * (0.2 + dice.next());
        let name = if i % 9 == 0 { LONG.to_owned() } else { format!("Input {i}") };
        point(&name, mid, 0.5 + mid * 0.15, spread, mid > 8.0)
    });
    vec![
        (
            "ordinary",
            make(
                "screening-ordinary",
                "Four of twelve inputs matter; attention works through others",
                vec![
                    point("Seal check rate", 0.24, 0.03, 0.06, true),
                    point("Days that a field stays open", 0.17, 0.025, 0.11, true),
                    point("Attention of the desk", 0.12, 0.03, 0.16, true),
                    point("Batch size", 0.1, 0.02, 0.03, true),
                    point("Shift pattern", 0.03, 0.01, 0.012, false),
                    point("Dwell time", 0.025, 0.01, 0.03, false),
                    point("Badge colour", 0.0, 0.0, 0.0, false),
                    point("Peak hours", 0.015, 0.008, 0.01, false),
                    point("Flights a day", 0.04, 0.012, 0.02, false),
                    point("Share of transit", 0.02, 0.01, 0.018, false),
                    point("Price of a seal", 0.005, 0.004, 0.004, false),
                    point("Trucks a day", 0.035, 0.01, 0.04, false),
                ],
            ),
        ),
        ("crowded", make("screening-crowded", "Many inputs", crowd.collect())),
        (
            "equal",
            make(
                "screening-equal",
                "All inputs are one",
                (0..9).map(|i| point(&format!("Input {i}"), 3.0, 1.0, 2.0, true)).collect(),
            ),
        ),
        (
            "still",
            make(
                "screening-still",
                "No input has an effect",
                (0..3).map(|i| point(&format!("Input {i}"), 0.0, 0.0, 0.0, i == 0)).collect(),
            ),
        ),
        ("empty", make("screening-empty", "No inputs", Vec::new())),
        (
            "hostile",
            make(
                "screening-hostile",
                "Effects that are none",
                vec![
                    point("nan", f64::NAN, 1.0, 1.0, true),
                    point("endless", 1.0, 0.2, f64::INFINITY, true),
                    point("huge", f64::MAX, 1.0, f64::MAX, true),
                    point("below", -3.0, f64::INFINITY, -1e299, true),
                    point("\u{202e}<&>\n\"x", 0.0, 0.0, -5.0, false),
                ],
            ),
        ),
    ]
}
