//! Test help: each chart with ordinary, crowded, empty and hostile figures, and a way to look at them all.
//!
//! `AIRSIDE_GALLERY=DIR cargo test --lib chart::gallery` writes every picture to `DIR` as SVG and PNG.

use crate::chart::cost::{Line, Payer};
use crate::chart::differences::{Better, Panel, Row};
use crate::chart::exceedance::{Curve, Step};
use crate::chart::hub_map::{Flow, Station, Zone};
use crate::chart::sojourn::Bin;
use crate::chart::suspicion::{Course, Threshold};
use crate::chart::timeline::{Moment, Signal};
use crate::chart::{
    Chart, Cost, Differences, Exceedance, Frame, HubMap, Interval, Marking, Sojourn, Suspicion, Timeline, inspect, png,
};

/// Numbers between 0 and 1 that look random and never change.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn frame(name: &str, finding: &str, measure: &str, unit: &str, setting: &str) -> Frame {
    Frame {
        finding: finding.into(),
        measure: measure.into(),
        unit: unit.into(),
        setting: setting.into(),
        ..inspect::frame(name)
    }
}

pub(crate) const LONG: &str =
    "Temperature-controlled pharmaceuticals and dangerous goods acceptance hall (north-east annexe)";

pub(crate) fn hub_maps() -> Vec<(&'static str, HubMap)> {
    let station = |name: &str, utilisation| Station { name: name.into(), utilisation };
    let zone = |name: &str, kind: &str, operator: &str, at, stations: Vec<Station>| Zone {
        name: name.into(),
        kind: kind.into(),
        operator: operator.into(),
        at,
        stations,
    };
    let flow = |from, to, per_day| Flow { from, to, per_day };
    let named = |name| {
        let finding = "Screening works at 91% of what it can do; the bonded store has room";
        frame(name, finding, "Utilisation of stations and flow between zones", "consignments a day", "option: as today")
    };
    let ordinary = vec![
        zone("Apron", "airside", "Carrier 01", (0.0, 5.0), vec![station("Unloading", 0.62), station("Loading", 0.55)]),
        zone(
            "Import hall",
            "airside",
            "Handler",
            (4.0, 2.0),
            vec![station("Screening", 0.91), station("Secondary", 0.72)],
        ),
        zone("Export hall", "airside", "Handler", (4.0, 8.0), vec![station("Sorting", 0.44)]),
        zone("Bonded store", "controlled", "Customs agent", (8.0, 2.0), vec![station("Release", 0.31)]),
        zone(
            "Truck dock",
            "landside",
            "Forwarder",
            (9.0, 8.0),
            vec![station("Acceptance", 0.83), station("Seal check", 1.04)],
        ),
    ];
    let ordinary_flows = vec![
        flow(0, 1, 2400.0),
        flow(1, 3, 900.0),
        flow(1, 2, 1300.0),
        flow(2, 0, 2350.0),
        flow(3, 4, 880.0),
        flow(4, 2, 1010.0),
        flow(1, 4, 160.0),
    ];
    let mut dice = Dice(3);
    let crowd = |at: &dyn Fn(usize) -> (f64, f64), dice: &mut Dice, long: bool| {
        let zones: Vec<Zone> = (0..12)
            .map(|i| {
                let stations = (0..i % 5)
                    .map(|s| {
                        station(if long { LONG } else { "Weighing and labelling" }, dice.next() * 1.2 + s as f64 * 0.01)
                    })
                    .collect();
                let name = if long { LONG.to_owned() } else { format!("Zone number {}", i + 1) };
                zone(&name, "controlled area", if long { LONG } else { "Handling agent 02" }, at(i), stations)
            })
            .collect();
        let flows: Vec<Flow> =
            (0..20).map(|i| flow(i % 12, (i * 5 + 3) % 12, dice.next() * dice.next() * 2500.0)).collect();
        (zones, flows)
    };
    let scattered = crowd(&|i| ((i * 37 % 100) as f64, (i * 53 % 100) as f64), &mut dice, false);
    let long = crowd(&|i| ((i % 4) as f64, (i / 4) as f64), &mut dice, true);
    let line = crowd(&|i| (i as f64, 1.0), &mut dice, false);
    let spot = crowd(&|_| (1.0, 1.0), &mut dice, false);
    let map = |name, zones: Vec<Zone>, flows: Vec<Flow>| HubMap { frame: named(name), zones, flows };
    vec![
        ("ordinary", map("hub-ordinary", ordinary.clone(), ordinary_flows)),
        (
            "three in a line",
            map(
                "hub-three",
                ordinary[..3].iter().cloned().enumerate().map(|(i, z)| Zone { at: (i as f64, 1.0), ..z }).collect(),
                vec![flow(0, 1, 40.0), flow(1, 2, 40.0), flow(2, 0, 0.0), flow(0, 2, f64::NAN)],
            ),
        ),
        ("scattered", map("hub-scattered", scattered.0, scattered.1)),
        ("long names", map("hub-long", long.0, long.1)),
        ("collinear", map("hub-line", line.0, line.1)),
        ("one spot", map("hub-spot", spot.0, spot.1)),
        ("one zone", map("hub-one", ordinary[..1].to_vec(), vec![flow(0, 0, 3.0), flow(0, 9, 3.0)])),
        ("empty", map("hub-empty", vec![], vec![flow(0, 1, 1.0)])),
    ]
}

pub(crate) fn timelines() -> Vec<(&'static str, Timeline)> {
    let at = |day: f64, text: &str| Moment { day, text: text.into(), ..Moment::default() };
    let lasting = |day: f64, until: f64, text: &str| Moment { day, until: Some(until), text: text.into(), major: true };
    let mut dice = Dice(11);
    let mut signals = |n: usize, share: f64, days: f64| -> Vec<Signal> {
        (0..n).map(|_| Signal { day: dice.next() * days, is_true: dice.next() < share }).collect()
    };
    let named = |name, finding| frame(name, finding, "Story of one run", "days", "option: seal checks; world: real");
    let ordinary = Timeline {
        frame: named("timeline-ordinary", "The desk acts on day 402, after 41% of the catalogue is gone"),
        days: 730.0,
        campaign: vec![
            at(12.0, "Operator compelled"),
            at(30.0, "Cataloguing begins"),
            at(188.0, "A quarter catalogued"),
            Moment { major: true, ..at(301.0, "First consignment altered") },
            at(344.0, "Altered goods leave"),
            at(402.5, "Campaign falls silent"),
        ],
        signals: signals(74, 0.3, 730.0),
        desk: vec![at(96.0, "Watch"), at(240.0, "Investigate"), at(260.0, "Interview"), at(402.0, "Act")],
        responses: vec![
            lasting(245.0, 300.0, "Random openings doubled"),
            lasting(402.0, 730.0, "Operator suspended"),
            lasting(640.0, 730.0, "Access rules rewritten"),
        ],
    };
    let crowded_lane = |n: usize, days: f64, dice: &mut Dice| -> Vec<Moment> {
        (0..n)
            .map(|i| Moment {
                day: dice.next() * days,
                until: (i % 3 == 0).then(|| dice.next() * days),
                text: format!("Case {} {}", i + 1, ["opened", "closed for want of evidence", LONG][i % 3]),
                major: i % 9 == 0,
            })
            .collect()
    };
    let mut more = Dice(5);
    let crowded = Timeline {
        frame: named(
            "timeline-crowded",
            "2,000 signals, most of them false, keep the desk busy for two years without a single decision that lasts",
        ),
        days: 730.0,
        campaign: crowded_lane(40, 730.0, &mut more),
        signals: signals(2000, 0.06, 730.0),
        desk: crowded_lane(120, 730.0, &mut more),
        responses: crowded_lane(14, 730.0, &mut more),
    };
    let quiet = Timeline {
        frame: named("timeline-quiet", "Without a campaign the desk sees only false signals"),
        days: 730.0,
        campaign: vec![],
        signals: signals(180, 0.0, 730.0),
        desk: vec![at(730.0, "Quarterly review finds nothing to do")],
        responses: vec![],
    };
    let edges = Timeline {
        frame: named("timeline-edges", "Everything at the edges"),
        days: 1.0,
        campaign: vec![
            at(0.0, "At the very start"),
            at(1.0, "At the very end"),
            at(f64::NAN, "never"),
            at(0.5, LONG),
            lasting(0.99, 0.2, "Ends before it begins"),
        ],
        signals: vec![
            Signal { day: 0.0, is_true: true },
            Signal { day: 1.0, is_true: false },
            Signal { day: f64::INFINITY, is_true: true },
        ],
        desk: vec![],
        responses: vec![lasting(0.0, 1.0, "In force throughout")],
    };
    let none = Timeline {
        frame: named("timeline-empty", "Nothing happened in two years"),
        days: 730.0,
        campaign: vec![],
        signals: vec![],
        desk: vec![],
        responses: vec![],
    };
    vec![("ordinary", ordinary), ("crowded", crowded), ("quiet", quiet), ("edges", edges), ("empty", none)]
}

pub(crate) fn suspicions() -> Vec<(&'static str, Suspicion)> {
    let named = |name, finding| {
        frame(name, finding, "Catalogue share and the desk's belief", "percent", "option: seal checks; world: real")
    };
    let thresholds = || {
        [("watch", 0.2), ("investigate", 0.5), ("act", 0.9)]
            .map(|(name, probability)| Threshold { name: name.into(), probability })
            .to_vec()
    };
    let mut dice = Dice(23);
    let mut belief = |name: &str, drift: f64| {
        let mut logit: f64 = -4.0;
        let points = (0..730).map(|day| {
            logit += if dice.next() < 0.03 + drift { 0.9 } else { -0.02 * (logit + 4.0) };
            (f64::from(day), 1.0 / (1.0 + libm::exp(-logit)))
        });
        Course { name: name.into(), points: points.collect() }
    };
    let catalogue = |rate: f64| {
        let points =
            (0..730).map(|day| (f64::from(day), 1.0 - libm::exp(-rate * f64::from((day - 30).max(0)).min(372.0))));
        Course { name: "catalogued".into(), points: points.collect() }
    };
    let ordinary = Suspicion {
        frame: named(
            "suspicion-ordinary",
            "Belief in Carrier 03 passes the threshold to act on day 402, with 41% catalogued",
        ),
        days: 730.0,
        catalogue: vec![catalogue(0.0014)],
        beliefs: vec![belief("Carrier 03", 0.06), belief("Handler", 0.0), belief("Customs agent", 0.005)],
        thresholds: thresholds(),
    };
    let crowded = Suspicion {
        frame: named("suspicion-crowded", "Fourteen operators are suspected at one time or another"),
        days: 730.0,
        catalogue: vec![
            catalogue(0.00001),
            Course { name: "known to the operator alone".into(), ..catalogue(0.00002) },
        ],
        beliefs: (0..14).map(|i| belief(&format!("Forwarder of perishables {i}"), 0.004 * f64::from(i % 9))).collect(),
        thresholds: thresholds(),
    };
    let single = Suspicion {
        frame: named("suspicion-single", "One point each"),
        days: 730.0,
        catalogue: vec![Course { name: "catalogued".into(), points: vec![(0.0, 0.0)] }],
        beliefs: vec![Course { name: LONG.into(), points: vec![(100.0, 0.5), (f64::NAN, 0.4)] }],
        thresholds: vec![
            Threshold { name: LONG.into(), probability: 0.5 },
            Threshold { name: "act".into(), probability: 0.5 },
        ],
    };
    let none = Suspicion {
        frame: named("suspicion-empty", "Nobody was suspected"),
        days: 730.0,
        catalogue: vec![],
        beliefs: vec![],
        thresholds: thresholds(),
    };
    vec![("ordinary", ordinary), ("crowded", crowded), ("single", single), ("empty", none)]
}

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

pub(crate) fn costs() -> Vec<(&'static str, Cost)> {
    let line = |name: &str, low, mid, high| Line { name: name.into(), amount: Interval::new(low, mid, high) };
    let payer = |name: &str, total, lines| Payer { name: name.into(), total, lines };
    let named = |name, finding| {
        frame(name, finding, "Cost by ledger line over two years", "euro", "option: seal checks; world: real")
    };
    let ordinary = vec![
        payer(
            "Cargo handlers",
            Some(Interval::new(1.3e6, 1.52e6, 1.8e6)),
            vec![
                line("Seal checks, staff", 0.9e6, 1.1e6, 1.3e6),
                line("Seals", 310e3, 340e3, 370e3),
                line("Delay of honest goods", 60e3, 82e3, 104e3),
                line("Training", 0.0, 0.0, 0.0),
            ],
        ),
        payer(
            "Airport",
            Some(Interval::exact(420e3)),
            vec![line("Cameras at the truck dock", 420e3, 420e3, 420e3), line("Legal fees", 0.0, 0.0, 0.0)],
        ),
        payer(
            "State",
            None,
            vec![line("Analysts at the desk", 260e3, 260e3, 260e3), line("Fines received", -210e3, -150e3, -90e3)],
        ),
        payer("Nobody", None, vec![line("Insurance", 0.0, 0.0, 0.0)]),
    ];
    let crowded = (0..5)
        .map(|p| {
            payer(
                LONG,
                Some(Interval::new(-9e11, 5e11, 3e12)),
                (0..8)
                    .map(|i| {
                        line(
                            LONG,
                            -1e3 * f64::from(i * p),
                            10.0 * libm::pow(10.0, f64::from(i)),
                            1e12 / f64::from(i + 1),
                        )
                    })
                    .collect(),
            )
        })
        .collect();
    vec![
        (
            "ordinary",
            Cost {
                frame: named("cost-ordinary", "Handlers pay two thirds of what seal checks cost"),
                payers: ordinary,
            },
        ),
        ("crowded", Cost { frame: named("cost-crowded", "Five payers share forty lines"), payers: crowded }),
        (
            "negative",
            Cost {
                frame: named("cost-negative", "All that remains is money saved"),
                payers: vec![payer(
                    "State",
                    None,
                    vec![line("Grants", -0.4, -0.4, -0.4), line("Broken", f64::NAN, 1.0, 2.0)],
                )],
            },
        ),
        (
            "empty",
            Cost {
                frame: named("cost-empty", "Nothing was spent"),
                payers: vec![payer("State", None, vec![line("Grants", 0.0, 0.0, 0.0)])],
            },
        ),
    ]
}

pub(crate) fn differences() -> Vec<(&'static str, Differences)> {
    let row = |option: &str, low: f64, mid: f64, high: f64, spread| Row {
        option: option.into(),
        mean: Interval::new(low, mid, high),
        spread,
    };
    let named = |name, finding| {
        frame(
            name,
            finding,
            "Share of the catalogue lost: reference minus option",
            "percentage points",
            "reference: as today",
        )
    };
    let options = ["Seal checks", "Purpose-of-use audit", "Random openings", "Expulsion"];
    let worlds = |shift: f64| -> Vec<Panel> {
        [("real", 1.0), ("innocent", 0.0), ("elsewhere", 0.2)]
            .into_iter()
            .map(|(world, part)| Panel {
                world: world.into(),
                rows: options
                    .iter()
                    .enumerate()
                    .map(|(i, option)| {
                        let mid = part * (6.0 * i as f64 - 3.0) + shift;
                        let half = 1.4 + i as f64 * 0.8;
                        row(option, mid - half, mid, mid + half, Some((mid - half * 4.0, mid + half * 5.0)))
                    })
                    .collect(),
            })
            .collect()
    };
    let make = |name, finding, better, panels| Differences {
        frame: named(name, finding),
        reference: "as today".into(),
        unit: "percentage points".into(),
        better,
        panels,
    };
    let tiny = vec![
        Panel {
            world: LONG.into(),
            rows: vec![
                row(LONG, 1.0e-9, 2.0e-9, 3.0e-9, Some((-1e9, 1e9))),
                row("Sure", 3e-9, 3e-9, 3e-9, None),
                row("Not run", f64::NAN, 0.0, 0.0, None),
                row("Worse", -4e-9, -3.5e-9, -3e-9, Some((f64::NAN, 1.0))),
            ],
        },
        Panel { world: "empty".into(), rows: vec![] },
    ];
    let crowded = (0..3)
        .map(|w| Panel {
            world: format!("world {w}"),
            rows: (0..10)
                .map(|i| {
                    let mid = f64::from(i * i) * 1e5 - 1e6;
                    row(&format!("Option number {i} with several measures at once"), mid - 1e6, mid, mid + 2e6, None)
                })
                .collect(),
        })
        .collect();
    vec![
        (
            "ordinary",
            make(
                "differences-ordinary",
                "Expulsion averts 15 points in the real world and shows no difference in the others",
                Better::Right,
                worlds(0.3),
            ),
        ),
        ("left", make("differences-left", "All options cost more", Better::Left, worlds(30.0))),
        ("tiny", make("differences-tiny", "Very small differences, very wide luck", Better::Right, tiny)),
        ("crowded", make("differences-crowded", "Ten options in three worlds", Better::Right, crowded)),
        (
            "empty",
            make(
                "differences-empty",
                "One option alone",
                Better::Right,
                vec![Panel { world: "real".into(), rows: vec![] }],
            ),
        ),
    ]
}

pub(crate) fn exceedances() -> Vec<(&'static str, Exceedance)> {
    let curve = |option: &str, reference: bool, scale: f64, n: usize| Curve {
        option: option.into(),
        reference,
        steps: (0..=n)
            .map(|i| {
                let p = 0.92 * (1.0 - i as f64 / n as f64);
                let value =
                    if i == 0 { 0.0 } else { scale * libm::pow(-libm::log(1.0 - i as f64 / (n as f64 + 1.0)), 2.0) };
                let half = 1.96 * libm::sqrt(p * (1.0 - p) / n as f64);
                Step { value, low: (p - half).max(0.0), probability: p, high: (p + half).min(1.0) }
            })
            .collect(),
    };
    let make = |name, finding, curves, log_x, tolerance| Exceedance {
        frame: frame(name, finding, "Probability that the loss is larger than a given one", "euro", "world: real"),
        quantity: "loss in two years".into(),
        unit: "euro".into(),
        curves,
        log_x,
        tolerance,
    };
    let five = || {
        vec![
            curve("As today", true, 9e5, 300),
            curve("Seal checks", false, 5e5, 300),
            curve("Purpose-of-use audit", false, 2.4e5, 300),
            curve("Expulsion", false, 0.8e5, 300),
        ]
    };
    let tolerance = Some(vec![(1e3, 0.9), (1e5, 0.5), (1e6, 0.1), (2e7, 0.01)]);
    vec![
        (
            "ordinary",
            make(
                "exceedance-ordinary",
                "Expulsion makes a loss above one million euro a rare event",
                five(),
                false,
                None,
            ),
        ),
        ("log", make("exceedance-log", "Only expulsion stays below what is tolerated", five(), true, tolerance)),
        (
            "crowded",
            make(
                "exceedance-crowded",
                "Nine options that hardly differ",
                (0..9)
                    .map(|i| curve(&format!("{i} {LONG}"), i == 0, 4e5 * (1.0 + 0.04 * f64::from(i)), 1000))
                    .collect(),
                false,
                None,
            ),
        ),
        (
            "single",
            make(
                "exceedance-single",
                "No run had any loss",
                vec![Curve {
                    option: "As today".into(),
                    reference: true,
                    steps: vec![
                        Step { value: 0.0, low: 0.0, probability: 0.0, high: 0.004 },
                        Step { value: f64::NAN, low: 0.0, probability: 0.0, high: 0.0 },
                    ],
                }],
                true,
                None,
            ),
        ),
        ("empty", make("exceedance-empty", "No runs", vec![], true, None)),
    ]
}

/// All pictures.
fn all() -> Vec<Chart> {
    let mut charts: Vec<Chart> = hub_maps().iter().map(|(_, data)| data.chart()).collect();
    charts.extend(timelines().iter().map(|(_, data)| data.chart()));
    charts.extend(suspicions().iter().map(|(_, data)| data.chart()));
    charts.extend(sojourns().iter().map(|(_, data)| data.chart()));
    charts.extend(costs().iter().map(|(_, data)| data.chart()));
    charts.extend(differences().iter().map(|(_, data)| data.chart()));
    charts.extend(exceedances().iter().map(|(_, data)| data.chart()));
    charts
}

#[test]
fn every_picture_can_be_written_and_looked_at() {
    let kept = std::env::var_os("AIRSIDE_GALLERY").map(std::path::PathBuf::from);
    let temporary = tempfile::tempdir().expect("a directory");
    let folder = kept.clone().unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder).expect("a directory");
    for (i, chart) in all().into_iter().enumerate() {
        let file = |extension: &str| folder.join(format!("{}.{extension}", chart.name));
        std::fs::write(file("svg"), chart.svg_standalone()).expect("written");
        // Rasterising takes most of the time; without somebody to look, a few will do.
        if kept.is_some() || i % 9 == 0 {
            std::fs::write(file("png"), png::png(&chart).expect("a picture")).expect("written");
        }
    }
}

#[test]
fn every_handling_mark_fits_beside_a_long_title() {
    for marking in [Marking::Clear, Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red] {
        let frame = Frame { marking, ..frame("marking", LONG, LONG, "unit", "") };
        inspect::check(&frame.chart(60.0, "", &[], |_, _| {}));
    }
}
