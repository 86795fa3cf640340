//! Ordinary, ended, narrow, single-day, equal, empty and hostile fans.

use super::{Dice, LONG, frame};
use crate::chart::Fan;
use crate::chart::fan::Quantiles;
use crate::chart::indices::Format;

pub(crate) fn fans() -> Vec<(&'static str, Fan)> {
    let exact = |day, value| Quantiles { day, q10: value, q25: value, q50: value, q75: value, q90: value };
    let make = |name, finding, format, past: Vec<(f64, f64)>, futures, came| Fan {
        frame: frame(name, finding, "Money that the hub has lost", "euro", "policy: seal checks"),
        up: "money lost so far, euro".into(),
        format,
        now: 40.0,
        past,
        futures,
        came,
    };
    let mut dice = Dice(5);
    let mut lost = 0.0;
    let past: Vec<(f64, f64)> = (0..=40)
        .map(|day| {
            lost += dice.next() * dice.next() * 3e4;
            (f64::from(day), lost)
        })
        .collect();
    let futures: Vec<Quantiles> = (41..=120)
        .map(|day| {
            let on = f64::from(day - 40);
            let (mid, wide) = (lost + on * 9e3, libm::sqrt(on) * 4.5e4);
            let q = |part: f64| mid + part * wide;
            Quantiles { day: f64::from(day), q10: lost.max(q(-0.7)), q25: q(-0.35), q50: mid, q75: q(0.5), q90: q(1.1) }
        })
        .collect();
    let mut came = |to: i32| -> Vec<(f64, f64)> {
        let mut on = lost;
        let day = |day| {
            on += dice.next() * 3.2e4 * if day > 70 { 0.2 } else { 1.0 };
            (f64::from(day), on)
        };
        (41..=to).map(day).collect()
    };
    let share = |p: &(f64, f64)| (p.0, 0.93 + p.0 * 0.0002);
    let shares = (41..=43).map(|day| {
        let rest = f64::from(44 - day) * 0.01;
        let q90 = 1.0;
        Quantiles { day: f64::from(day), q10: 0.9 - rest, q25: 0.94, q50: 0.97, q75: 0.99, q90 }
    });
    let wild = [f64::NAN, f64::INFINITY, f64::MAX, f64::MIN, 0.0].map(|value| exact(41.0 + value.min(1e9), value));
    let broken = Quantiles { q10: f64::MAX, q25: 4.0, q50: f64::MIN, ..exact(50.0, -7.0) };
    let early = Fan { now: 0.0, ..make("fan-early", LONG, Format::Euro, vec![], futures.clone(), vec![]) };
    let late = Fan { up: LONG.repeat(3), ..make("fan-late", LONG, Format::Number, past.clone(), vec![], vec![]) };
    let hostile = vec![(f64::NAN, 1.0), (f64::MIN, f64::MAX), (3.0, f64::NEG_INFINITY), (9.0, 1.0), (f64::MAX, 2.0)];
    vec![
        (
            "ordinary",
            make(
                "fan-ordinary",
                "By day 120 the hub may have lost between €0.7 M and €1.4 M",
                Format::Euro,
                past.clone(),
                futures.clone(),
                vec![],
            ),
        ),
        (
            "debrief",
            make(
                "fan-debrief",
                "What came was worse than most futures until day 70, and then the losses ended",
                Format::Euro,
                past.clone(),
                futures.clone(),
                came(120),
            ),
        ),
        ("half way", make("fan-half-way", "The story goes on", Format::Euro, past.clone(), futures.clone(), came(75))),
        (
            "shares",
            make(
                "fan-shares",
                "Three days ahead",
                Format::Share,
                past.iter().map(share).collect(),
                shares.clone().collect(),
                vec![(43.0, 0.2)],
            ),
        ),
        ("early", early),
        (
            "no width",
            make(
                "fan-no-width",
                "All futures are one",
                Format::Number,
                past.iter().map(|p| (p.0, p.0)).collect(),
                (41..90).map(|day| exact(f64::from(day), f64::from(day))).collect(),
                vec![],
            ),
        ),
        ("single", make("fan-single", "One day", Format::Share, vec![], shares.take(1).collect(), vec![])),
        ("now only", make("fan-now-only", "One value", Format::Euro, vec![(40.0, 5e5)], vec![], vec![])),
        (
            "equal",
            make(
                "fan-equal",
                "All values are equal",
                Format::Euro,
                vec![(0.0, 5e5), (40.0, 5e5)],
                vec![exact(60.0, 5e5)],
                vec![(60.0, 5e5)],
            ),
        ),
        (
            "zero",
            make(
                "fan-zero",
                "Nothing was lost and nothing will be",
                Format::Euro,
                vec![(0.0, 0.0), (40.0, 0.0)],
                vec![exact(60.0, 0.0), exact(90.0, 0.0)],
                vec![(60.0, 0.0), (90.0, 0.0)],
            ),
        ),
        ("no futures", late),
        ("nothing", make("fan-nothing", "No story", Format::Euro, vec![], vec![], vec![])),
        (
            "hostile",
            make(
                "fan-hostile",
                "Figures that are none",
                Format::Number,
                hostile.clone(),
                wild.into_iter().chain([broken]).collect(),
                hostile.clone(),
            ),
        ),
        (
            "timeless",
            Fan {
                now: f64::NAN,
                ..make("fan-timeless", "No day is now", Format::Share, hostile, vec![broken], vec![])
            },
        ),
    ]
}
