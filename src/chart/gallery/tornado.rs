//! Ordinary, one-sided, long-named, empty and hostile inputs moved to their ends.

use super::{LONG, frame};
use crate::chart::tornado::Row;
use crate::chart::{Interval, Tornado};

pub(crate) fn tornados() -> Vec<(&'static str, Tornado)> {
    let row = |input: &str, (at_low, at_high): (&str, &str), low: f64, high: f64, half: f64| Row {
        input: input.into(),
        at_low: at_low.into(),
        at_high: at_high.into(),
        low: Interval::new(low - half, low, low + half),
        high: Interval::new(high - half, high, high + half),
    };
    let make = |name, finding, base, rows| Tornado {
        frame: frame(name, finding, "Outcome with one input at a time at its ends", "share", "option: seal checks"),
        across: "share of the catalogue that becomes known".into(),
        base,
        rows,
    };
    let broken = |low, high| Row { low, high, ..row("broken", ("low", "high"), 0.0, 0.0, 0.0) };
    vec![
        (
            "ordinary",
            make(
                "tornado-ordinary",
                "The seal check rate moves the outcome most; the shift pattern shows no effect",
                0.45,
                vec![
                    row("Seal check rate", ("5%", "60%"), 0.582, 0.314, 0.022),
                    row("Days that a field stays open", ("2 days", "30 days"), 0.38, 0.52, 0.02),
                    row("Attention of the desk on weekdays and at night", ("0.2", "0.9"), 0.5, 0.43, 0.025),
                    row("Batch size", ("1", "40"), 0.47, 0.484, 0.02),
                    row("Shift pattern", ("two", "three"), 0.447, 0.453, 0.02),
                    row("Badge colour", ("red", "blue"), 0.45, 0.45, 0.0),
                ],
            ),
        ),
        (
            "long",
            make(
                "tornado-long",
                LONG,
                -2.5e6,
                (0..18)
                    .map(|i| {
                        let way = 2e5 * f64::from(18 - i) * if i % 3 == 0 { -1.0 } else { 1.0 };
                        row(LONG, (LONG, "7,000,000 consignments"), -2.5e6 - way, -2.5e6 + way * 0.7, 4e5)
                    })
                    .collect(),
            ),
        ),
        (
            "onesided",
            make(
                "tornado-onesided",
                "Every change makes it worse",
                10.0,
                vec![
                    row("Patience", ("1", "9"), 14.0, 12.0, 1.0),
                    row("Haste", ("slow", "fast"), 11.0, 10.0, 0.2),
                    row("Luck", ("none", "some"), 10.4, 10.5, 3.0),
                ],
            ),
        ),
        ("empty", make("tornado-empty", "No inputs were moved", 1.0, Vec::new())),
        ("baseless", make("tornado-baseless", "No base", f64::NAN, vec![row("a", ("1", "2"), 1.0, 2.0, 0.5)])),
        (
            "hostile",
            make(
                "tornado-hostile",
                "Outcomes that are none",
                0.0,
                vec![
                    broken(Interval::new(f64::NAN, f64::NAN, 1.0), Interval::exact(3.0)),
                    broken(Interval::new(f64::NEG_INFINITY, 1.0, f64::INFINITY), Interval::exact(3.0)),
                    broken(Interval::exact(f64::MIN), Interval::new(5.0, f64::MAX, -7.0)),
                    row("\u{202e}<&>\n\"x", ("\u{0}", ""), 1.0, -1.0, 0.1),
                ],
            ),
        ),
    ]
}
