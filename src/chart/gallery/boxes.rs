//! Ordinary, crowded, empty and hostile boxes.

use super::{Dice, LONG, frame};
use crate::chart::Boxes;
use crate::chart::boxes::{Limit, Point};

pub(crate) fn boxes() -> Vec<(&'static str, Boxes)> {
    let limit = |input: &str, range, within, texts: [&str; 4]| {
        let [low, high, lowest, highest] = texts.map(str::to_owned);
        Limit { input: input.to_owned(), range, within, low, high, lowest, highest }
    };
    let chart = |name, finding, points, chosen, limits| Boxes {
        frame: frame(name, finding, "Worlds in which audits fail", "", "option: audits"),
        points,
        chosen,
        limits,
    };
    let peel = |count: u32| {
        let point = move |i: u32| {
            let t = f64::from(i) / f64::from(count - 1);
            Point { coverage: 1.0 - 0.75 * t * t, density: 0.18 + 0.8 * libm::sqrt(t), restricted: (t * 5.0) as usize }
        };
        (0..count).map(point).collect::<Vec<_>>()
    };
    let mut few = peel(15);
    few[7] = Point { coverage: 0.78, density: 0.83, restricted: 2 };
    let limits = vec![
        limit("probability that a forged seal is noticed", (0.0, 1.0), (0.0, 0.32), ["0%", "32%", "0.0%", "100%"]),
        limit(
            "days until the desk answers",
            (2.0, 40.0),
            (18.5, 40.0),
            ["18.5 days", "40 days", "2 days", "40.0 days"],
        ),
    ];
    let many = (0..8).map(|i| {
        let at = f64::from(i) / 8.0;
        limit(
            if i == 2 { LONG } else { "share of consignments with a second forwarder" },
            (0.0, 1.0),
            (at, at + 0.02),
            if i == 5 { [LONG; 4] } else { ["1,000,000", "1,020,000", "0", "8,000,000"] },
        )
    });
    let mut dice = Dice(5);
    let mut wild = || match (dice.next() * 6.0) as u32 {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => f64::MAX,
        3 => -f64::MAX,
        _ => dice.next(),
    };
    let points = (0..30).map(|i| Point { coverage: wild(), density: wild(), restricted: usize::MAX >> (i * 2) });
    let points = points.collect();
    let hostile = (0..12).map(|_| limit("\u{202e}<&>\n", (wild(), wild()), (wild(), wild()), ["", LONG, "", ""]));
    let hostile = hostile.collect();
    vec![
        (
            "ordinary",
            chart(
                "boxes-ordinary",
                "Audits fail where seals are seldom noticed and the desk is slow",
                few,
                Some(7),
                limits,
            ),
        ),
        ("crowded", chart("boxes-crowded", "Many small steps and eight inputs", peel(60), Some(45), many.collect())),
        ("whole", chart("boxes-whole", "No box but the whole", peel(2)[..1].to_vec(), Some(0), Vec::new())),
        ("empty", chart("boxes-empty", "No box was found", Vec::new(), None, Vec::new())),
        ("hostile", chart("boxes-hostile", "Boxes that are none", points, Some(900), hostile)),
    ]
}
