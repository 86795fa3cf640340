//! Ordinary, crowded, empty and hostile times in the hub.

use super::frame;
use crate::chart::sojourn::Bin;
use crate::chart::{Frame, Interval, Sojourn};

pub(crate) fn sojourns() -> Vec<(&'static str, Sojourn)> {
    let named = |name, finding| Frame {
        n: 33_601,
        n_of: "consignments".into(),
        ..frame(name, finding, "Time from unloading to loading", "minutes", "")
    };
    let bins = |width: f64, shape: &dyn Fn(f64) -> f64, n: usize| -> Vec<Bin> {
        (0..n)
            .map(|i| Bin {
                from: i as f64 * width,
                to: (i + 1) as f64 * width,
                count: shape(i as f64 / n as f64) as u64,
            })
            .collect()
    };
    let hump = |t: f64| 2600.0 * libm::exp(-(t - 0.45) * (t - 0.45) / 0.03);
    vec![
        (
            "ordinary",
            Sojourn {
                frame: named("sojourn-ordinary", "Half of all consignments leave within three hours and a quarter"),
                bins: bins(10.0, &hump, 42),
                beyond: 12,
                mean: Interval::new(191.2, 191.6, 192.0),
                p95: Interval::new(320.0, 331.0, 342.0),
            },
        ),
        (
            "days",
            Sojourn {
                frame: named("sojourn-days", "A strike holds goods for three weeks"),
                bins: bins(600.0, &|t| 1e7 * libm::exp(-8.0 * t), 60),
                beyond: 0,
                mean: Interval::exact(4500.0),
                p95: Interval::exact(35_000.0),
            },
        ),
        (
            "one bin",
            Sojourn {
                frame: named("sojourn-one", "A single consignment"),
                bins: vec![Bin { from: 30.0, to: 40.0, count: 1 }, Bin { from: f64::NAN, to: 1.0, count: 4 }],
                beyond: 0,
                mean: Interval::exact(35.0),
                p95: Interval::exact(35.0),
            },
        ),
        (
            "empty",
            Sojourn {
                frame: named("sojourn-empty", "No consignment left"),
                bins: vec![],
                beyond: 0,
                mean: Interval::exact(f64::NAN),
                p95: Interval::exact(f64::NAN),
            },
        ),
    ]
}
