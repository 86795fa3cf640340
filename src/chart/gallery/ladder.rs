//! Ordinary, equal, long-named, single, empty and hostile ladders of policies.

use super::{LONG, frame};
use crate::chart::indices::Format;
use crate::chart::ladder::Row;
use crate::chart::{Interval, Ladder};

pub(crate) fn ladders() -> Vec<(&'static str, Ladder)> {
    let row = |policy: &str, mid: f64, half: f64| Row {
        policy: policy.into(),
        mean: Interval::new(mid - half, mid, mid + half),
        is_bound: false,
        is_room: false,
    };
    let bound = |row: Row| Row { is_bound: true, ..row };
    let room = |row: Row| Row { is_room: true, ..row };
    let endless = |mid| Interval::new(f64::NEG_INFINITY, mid, f64::INFINITY);
    let make = |name, finding, format, rows| Ladder {
        frame: frame(name, finding, "Cost to the hub over the story", "euro", "world: real"),
        across: "cost to the hub over the story; less is better".into(),
        format,
        rows,
    };
    let broken = |mean| Row { mean, ..row("broken", 0.0, 0.0) };
    vec![
        (
            "ordinary",
            make(
                "ladder-ordinary",
                "The room did better than seal checks alone, and €0.4 M worse than perfect foresight",
                Format::Euro,
                vec![
                    bound(row("perfect foresight", 8.1e5, 6e4)),
                    row("seal checks and audits", 1.05e6, 9e4),
                    room(row("what the room played", 1.21e6, 1.1e5)),
                    row("seal checks", 1.38e6, 1.2e5),
                    row("expel at first suspicion", 1.9e6, 2.6e5),
                    row("as today", 2.31e6, 1.7e5),
                ],
            ),
        ),
        (
            "twelve",
            make(
                "ladder-twelve",
                LONG,
                Format::Share,
                (0..12)
                    .map(|i| {
                        let long = row(&format!("{LONG} {i}"), 0.03 * f64::from(i), 0.004 * f64::from(i));
                        Row { is_bound: i % 5 == 0, is_room: i == 5 || i == 7, ..long }
                    })
                    .collect(),
            ),
        ),
        (
            "single run",
            make(
                "ladder-single-run",
                "One run of each says little",
                Format::Euro,
                vec![
                    bound(Row { mean: endless(9e5), ..row("perfect foresight", 0.0, 0.0) }),
                    room(Row { mean: endless(1.2e6), ..row("what the room played", 0.0, 0.0) }),
                    Row { mean: Interval::new(1e6, 1.3e6, f64::INFINITY), ..row("seal checks", 0.0, 0.0) },
                ],
            ),
        ),
        ("one", make("ladder-one", "One policy alone", Format::Number, vec![room(row("the room", 12.0, 3.0))])),
        (
            "equal",
            make(
                "ladder-equal",
                "All are equal",
                Format::Euro,
                ["a", "b", "c"].into_iter().map(|name| row(name, 4e5, 0.0)).collect(),
            ),
        ),
        (
            "zero",
            make(
                "ladder-zero",
                "Nothing was lost",
                Format::Share,
                vec![row("as today", 0.0, 0.0), bound(room(row("", 0.0, 0.0)))],
            ),
        ),
        (
            "gain",
            make(
                "ladder-gain",
                "Some gain and some lose",
                Format::Euro,
                vec![row("gain", -3_400.0, 900.0), bound(row("none", 100.0, 500.0)), room(row("loss", 8_000.0, 1e3))],
            ),
        ),
        ("empty", make("ladder-empty", "No policy was played", Format::Euro, Vec::new())),
        (
            "hostile",
            make(
                "ladder-hostile",
                "Figures that are none",
                Format::Euro,
                vec![
                    broken(Interval::new(f64::NAN, f64::NAN, 1.0)),
                    bound(broken(Interval::exact(f64::MIN))),
                    room(broken(Interval::new(5.0, f64::MAX, -7.0))),
                    row("\u{202e}<&>\n\"x", 1.0, 0.1),
                ],
            ),
        ),
    ]
}
