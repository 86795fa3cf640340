//! Ordinary, crowded, empty and hostile curves over the value of a unit.

use super::{LONG, frame};
use crate::chart::ByValue;
use crate::chart::by_value::Curve;

pub(crate) fn by_values() -> Vec<(&'static str, ByValue)> {
    let values: Vec<f64> = (0..21).map(|i| f64::from(i) * 5000.0).collect();
    let curve = |option: &str, reference: bool, height: &dyn Fn(f64) -> f64| Curve {
        option: option.into(),
        reference,
        heights: (0..21).map(|i| height(f64::from(i) / 20.0)).collect(),
    };
    let acceptability = |name, finding, curves, chosen| ByValue {
        frame: frame(name, finding, "Share of sampled worlds in which an option does best", "", "reference: as-today"),
        across: "value of one unit averted, in the money of the table".into(),
        up: "best in this share of sampled worlds".into(),
        shares: true,
        values: values.clone(),
        curves,
        chosen,
        chosen_means: "the option with the highest mean net benefit: the one to choose at that value".into(),
        beside: None,
    };
    // Shares that add to 1: falling, rising, and a hump between.
    let fall = |x: f64| libm::exp(-4.0 * x);
    let rise = |x: f64| (1.0 - libm::exp(-4.0 * x)) * x * 0.7;
    let hump = move |x: f64| 1.0 - fall(x) - rise(x);
    let three = || {
        vec![
            curve("as-today", true, &fall),
            curve("seal checks", false, &hump),
            curve("purpose-of-use audit", false, &rise),
        ]
    };
    let chosen: Vec<Option<usize>> = (0..21).map(|i| Some(usize::from(i > 3) + usize::from(i > 15))).collect();
    let loss = |x: f64, at: f64| 2e5 * (x - at) * (x - at) + 8e3;
    let losses = ByValue {
        shares: false,
        up: "expected loss, in the money of the table".into(),
        curves: vec![
            curve("as-today", true, &|x| loss(x, 0.0)),
            curve("seal checks", false, &|x| loss(x, 0.45)),
            curve("purpose-of-use audit", false, &|x| loss(x, 0.9)),
        ],
        chosen_means: "the least expected loss: what it would be worth to know which world it is (EVPI)".into(),
        beside: Some(("EVPI with luck taken out".into(), (0..21).map(|_| 6e3).collect())),
        frame: frame(
            "by-value-losses",
            "Knowing more is worth most near 20,000 a unit",
            "Expected loss of each option beside the best one of each world",
            "",
            "reference: as-today",
        ),
        ..acceptability("", "", vec![], chosen.clone())
    };
    let crowd = (0..11).map(|i| {
        let name = if i == 3 { LONG.to_owned() } else { format!("Option {i}") };
        curve(&name, i == 0, &move |x| (0.09 + 0.02 * x * (f64::from(i) - 5.0) / 5.0).max(0.0))
    });
    let mut broken = three();
    broken[1].heights[4] = f64::NAN;
    broken[2].heights.truncate(3);
    vec![
        (
            "ordinary",
            acceptability(
                "by-value-ordinary",
                "From 20,000 a unit on, seal checks are the choice, and the audit from 80,000",
                three(),
                chosen.clone(),
            ),
        ),
        ("losses", losses),
        ("crowded", acceptability("by-value-crowded", "Eleven options that hardly differ", crowd.collect(), chosen)),
        ("broken", acceptability("by-value-broken", "Not every number is one", broken, vec![None, Some(9), Some(1)])),
        (
            "single",
            ByValue {
                values: vec![5e4],
                ..acceptability("by-value-single", "One value was asked for", three(), vec![Some(1)])
            },
        ),
        ("empty", acceptability("by-value-empty", "No options", vec![], vec![])),
    ]
}
