//! Ordinary, tied, long-named, empty and hostile shares.

use super::{LONG, frame};
use crate::chart::Best;
use crate::chart::best::Row;

pub(crate) fn bests() -> Vec<(&'static str, Best)> {
    let row = |option: &str, share, best_on_average, rank: &str| Row {
        option: option.to_owned(),
        share,
        best_on_average,
        rank: rank.to_owned(),
    };
    let chart = |name, finding, rows| Best {
        frame: frame(name, finding, "Which option does best on catalogue known", "share", "world: real"),
        units: "sampled worlds".to_owned(),
        rows,
    };
    vec![
        (
            "ordinary",
            chart(
                "best-ordinary",
                "Seal checks do best in more worlds, and audits do best on average",
                vec![
                    row("baseline", 0.0, false, "4"),
                    row("seal checks", 0.48, false, "1="),
                    row("audits", 0.37, true, "1="),
                    row("fewer fields", 0.15, false, "3"),
                ],
            ),
        ),
        ("long", chart("best-long", LONG, (0..7).map(|i| row(LONG, 1.0 / 7.0, i == 3, "1=")).collect())),
        ("empty", chart("best-empty", "Nothing was compared", Vec::new())),
        (
            "hostile",
            chart(
                "best-hostile",
                "Shares that are none",
                vec![row("nan", f64::NAN, false, "1"), row("one", 1.0, true, "1"), row("over", 7.0, false, "2")],
            ),
        ),
    ]
}
