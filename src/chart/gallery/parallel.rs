//! Ordinary, crowded, empty and hostile designs.

use super::{Dice, LONG, frame};
use crate::chart::Parallel;
use crate::chart::number::figure;
use crate::chart::parallel::{Axis, Line};

pub(crate) fn parallels() -> Vec<(&'static str, Parallel)> {
    let axis = |name: &str, low: f64, high: f64, target: Option<(f64, &str)>, lower_is_better| Axis {
        name: name.to_owned(),
        low,
        high,
        low_text: figure(low),
        high_text: figure(high),
        target: target.map(|(value, text)| (value, text.to_owned())),
        lower_is_better,
    };
    let line = |name: &str, values: &[f64], meets_all, chosen| Line {
        name: name.to_owned(),
        values: values.to_vec(),
        meets_all,
        chosen,
    };
    let chart = |name, finding, axes, lines| Parallel {
        frame: frame(name, finding, "Candidate designs by five measures", "", "world: real"),
        axes,
        lines,
    };
    let axes = || {
        vec![
            axis("units lost", 0.0, 80.0, Some((25.0, "at most 25")), true),
            axis("cost in a year, k€", 0.0, 900.0, Some((600.0, "at most 600")), true),
            axis("share of finds that are true", 0.0, 1.0, Some((0.5, "at least 50%")), false),
            axis("delay of goods, hours", 2.0, 30.0, None, true),
            axis("regret in the worst world", 0.0, 120.0, Some((120.0, "at most 120")), true),
        ]
    };
    let mut dice = Dice(9);
    let mut cloud = |count: usize, from: f64, to: f64, meets| -> Vec<Line> {
        let mut value = |best: f64, worst: f64| best + (worst - best) * (from + (to - from) * dice.next());
        let line = |i: usize| {
            let values = [value(0.0, 80.0), value(100.0, 900.0), value(1.0, 0.0), value(2.0, 30.0), value(0.0, 120.0)];
            line(&format!("design {}", i + 1), &values, meets, false)
        };
        (0..count).map(line).collect()
    };
    let mut ordinary = cloud(40, 0.2, 1.0, false);
    ordinary.extend(cloud(4, 0.05, 0.3, true));
    ordinary.push(line("seals, monthly audits", &[9.0, 410.0, 0.71, 9.0, 22.0], true, true));
    let mut crowd = cloud(900, 0.0, 1.0, false);
    crowd.extend(cloud(60, 0.0, 0.4, true));
    crowd.push(line(LONG, &[70.0, 880.0, 0.1, 29.0, 111.0], false, true));
    let many: Vec<Axis> = (0..12).map(|i| axis(LONG, 0.0, 1e6, Some((f64::from(i) * 1e5, LONG)), i % 2 == 0)).collect();
    let wild = [f64::NAN, f64::INFINITY, -f64::MAX, f64::MAX, 0.0, 1.0, 2.0];
    let broken = vec![
        axis("\u{202e}<&>\n", f64::NAN, 1.0, Some((0.5, "x")), true),
        axis("beyond", -f64::MAX, f64::MAX, None, true),
        axis("all", -1e308, 7e307, Some((f64::NAN, "x")), true),
        axis("none", 3.0, 3.0, Some((f64::MAX, "")), false),
        axis("turned", 9.0, 1.0, Some((4.0, "four")), false),
    ];
    let mut hostile: Vec<Line> = (0..7).map(|i| line(LONG, &wild[i..], i % 2 == 0, i % 3 == 0)).collect();
    hostile.push(line("short", &[], true, true));
    vec![
        ("ordinary", chart("parallel-ordinary", "Five of 45 designs meet all targets", axes(), ordinary)),
        ("crowded", chart("parallel-crowded", "No design stands out from a cloud", axes(), crowd)),
        (
            "long",
            chart(
                "parallel-long",
                LONG,
                many,
                vec![line("alone", &[4e5; 12], true, true), line("b", &[5e5; 4], false, false)],
            ),
        ),
        (
            "single",
            chart("parallel-single", "One measure", axes()[..1].to_vec(), vec![line("alone", &[4.0], true, true)]),
        ),
        ("empty", chart("parallel-empty", "No design was tried", axes(), Vec::new())),
        ("hostile", chart("parallel-hostile", "Values that are none", broken, hostile)),
    ]
}
