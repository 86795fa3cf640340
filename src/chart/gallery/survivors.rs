//! Ordinary, tied, crowded, empty and hostile races.

use super::{LONG, frame};
use crate::chart::Survivors;
use crate::chart::survivors::Drop;

pub(crate) fn survivors() -> Vec<(&'static str, Survivors)> {
    let drop = |after, option: &str| Drop { after, option: option.to_owned() };
    let chart = |name, finding, options, drops: Vec<Drop>, end, winner: &str| Survivors {
        frame: frame(name, finding, "Options still in the race", "", "world: real"),
        across: "runs of each option".to_owned(),
        options,
        drops,
        end,
        winner: winner.to_owned(),
    };
    let ordinary = vec![
        drop(64, "as-today"),
        drop(64, "more guards"),
        drop(96, "fewer fields"),
        drop(160, "seal checks"),
        drop(420, "audits of the purpose of use"),
        drop(1_400, "random openings"),
        drop(1_950, "seals and openings"),
    ];
    let together = (0..30).map(|i| drop(if i < 20 { 50 } else { 900 }, &format!("Option number {i}"))).collect();
    let crowd = (0..180_u64).map(|i| drop(i * i / 8, &format!("Option number {i} of the search")));
    let hostile = vec![drop(u64::MAX, LONG), drop(0, "\u{202e}<&>\n"), drop(7, ""), drop(u64::MAX, LONG)];
    vec![
        (
            "ordinary",
            chart(
                "survivors-ordinary",
                "After 2,000 runs of each, seal checks and audits are left of eight options",
                8,
                ordinary,
                2_000,
                "seal checks and audits",
            ),
        ),
        ("together", chart("survivors-together", "Many drop out at once", 31, together, 1_000, LONG)),
        ("crowded", chart("survivors-crowded", "Many options", 200, crowd.collect(), 4_200, "")),
        ("undecided", chart("survivors-undecided", "Nobody dropped out", 3, Vec::new(), 500, "")),
        ("empty", chart("survivors-empty", "No race", 0, vec![drop(1, "nobody")], 0, "")),
        ("hostile", chart("survivors-hostile", "More drops than options", 2, hostile.clone(), 0, "")),
        ("vast", chart("survivors-vast", "Options beyond number", usize::MAX, hostile, u64::MAX, LONG)),
    ]
}
