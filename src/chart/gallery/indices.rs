//! Ordinary, single, long-named, empty and hostile indices.

use super::{LONG, frame};
use crate::chart::indices::{Format, Row};
use crate::chart::{Indices, Interval};

pub(crate) fn indices() -> Vec<(&'static str, Indices)> {
    let about = |mid: f64, half: f64| Some(Interval::new(mid - half, mid, mid + half));
    let row = |input: &str, first, total| Row { input: input.into(), first, total };
    let make = |name, finding, measure, across: &str, format, rows| Indices {
        frame: frame(name, finding, measure, "", "option: seal checks"),
        across: across.into(),
        rows,
        first_is: "first-order: the input alone".into(),
        total_is: "total: with all its interactions".into(),
        format,
    };
    let shares = "share of the outcome's variance";
    vec![
        (
            "ordinary",
            make(
                "indices-ordinary",
                "Two inputs explain most of the spread, and mostly each by itself",
                "Sobol indices of the units averted",
                shares,
                Format::Share,
                vec![
                    row("Seal check rate", about(0.41, 0.05), about(0.52, 0.06)),
                    row("Days that a field stays open", about(0.28, 0.04), about(0.36, 0.05)),
                    row("Attention of the desk on weekdays and at night", about(0.02, 0.03), about(0.15, 0.04)),
                    row("Batch size", about(-0.01, 0.03), about(0.04, 0.03)),
                    row("Shift pattern", None, about(0.0, 0.0)),
                ],
            ),
        ),
        (
            "money",
            make(
                "indices-money",
                "Nothing is worth learning but the seal check rate",
                "Expected value of partial perfect information",
                "worth of knowing the input, euro a year",
                Format::Euro,
                vec![
                    row("Seal check rate", None, about(1.2e6, 2e5)),
                    row("Days that a field stays open", None, about(2.2e5, 8e4)),
                    row("Attention of the desk on weekdays and at night", None, about(-1e4, 6e4)),
                    row("Shift pattern", None, None),
                ],
            ),
        ),
        (
            "long",
            make(
                "indices-long",
                LONG,
                "Numbers",
                LONG,
                Format::Number,
                (0..20)
                    .map(|i| row(LONG, about(40.0 / f64::from(i + 1), 3.0), about(60.0 / f64::from(i + 1) - 2.0, 4.0)))
                    .collect(),
            ),
        ),
        ("first", make("indices-first", "Only one", "x", shares, Format::Share, vec![row("a", about(0.4, 0.1), None)])),
        (
            "zero",
            make("indices-zero", "All are zero", "x", shares, Format::Share, vec![row("a", None, about(0.0, 0.0))]),
        ),
        ("empty", make("indices-empty", "No inputs", "x", shares, Format::Share, Vec::new())),
        ("none", make("indices-none", "No figures", "x", shares, Format::Share, vec![row("a", None, None)])),
        (
            "hostile",
            make(
                "indices-hostile",
                "Figures that are none",
                "x",
                "\u{202e}<&>\n\"x",
                Format::Euro,
                vec![
                    row("nan", about(f64::NAN, 0.0), about(f64::INFINITY, 0.0)),
                    row("wide", Some(Interval::new(f64::NEG_INFINITY, -1.0, f64::INFINITY)), about(0.5, f64::NAN)),
                    row("huge", Some(Interval::exact(f64::MAX)), Some(Interval::new(3.0, f64::MIN, -3.0))),
                    row("\u{202e}<&>\n\"x", None, None),
                ],
            ),
        ),
    ]
}
