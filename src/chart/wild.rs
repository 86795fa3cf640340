//! Test: whatever figures and names a chart is given, it neither panics nor draws beyond its page.

use crate::chart::calibration::Point;
use crate::chart::cost::{Line, Payer};
use crate::chart::differences::{Better, Panel, Row, Shows};
use crate::chart::exceedance::{Curve, Step};
use crate::chart::gallery::{Dice, LONG};
use crate::chart::hub_map::{Flow, Station, Zone};
use crate::chart::indices::Format;
use crate::chart::response::BreakEven;
use crate::chart::sojourn::Bin;
use crate::chart::suspicion::{Course, Threshold};
use crate::chart::timeline::{Moment, Signal};
use crate::chart::{
    Calibration, Cost, Differences, Exceedance, HubMap, Indices, Interval, Response, Screening, Sojourn, Suspicion,
    Timeline, Tornado, indices, inspect, response, screening, tornado,
};

/// Any bits as a number: infinities, things that are no numbers, the tiny and the huge.
pub(crate) fn wild(dice: &mut Dice) -> f64 {
    match (dice.next() * 8.0) as u32 {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => f64::NEG_INFINITY,
        3 => f64::MAX,
        4 => -f64::MIN_POSITIVE,
        5 => 0.0,
        6 => (dice.next() - 0.5) * 1e18,
        _ => dice.next(),
    }
}

#[test]
fn wild_figures_neither_panic_nor_leave_the_page() {
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let frame = |name: &str| inspect::frame(name);
        let w = &mut dice;
        let name = |w: &mut Dice| if w.next() < 0.5 { LONG.to_owned() } else { "\u{202e}<&>\n\"x".to_owned() };
        let some = |w: &mut Dice| 0..(w.next() * 20.0) as usize;
        let interval = |w: &mut Dice| Interval::new(wild(w), wild(w), wild(w));
        let pairs = |w: &mut Dice| (0..40).map(|_| (wild(w), wild(w))).collect::<Vec<_>>();

        let stations =
            |w: &mut Dice| some(w).map(|_| Station { name: name(w), utilisation: wild(w) }).take(4).collect();
        let zones = some(w)
            .map(|_| Zone {
                name: name(w),
                kind: name(w),
                operator: String::new(),
                at: (wild(w), wild(w)),
                stations: stations(w),
            })
            .collect();
        let flows = (0..30).map(|i| Flow { from: i % 7, to: i * 3 % 11, per_day: wild(w) }).collect();
        inspect::check(&HubMap { frame: frame("hub"), zones, flows }.chart());

        let lane = |w: &mut Dice, n: usize| {
            (0..n)
                .map(|i| Moment {
                    day: wild(w),
                    until: Some(wild(w)).filter(|_| i % 2 == 0),
                    text: name(w),
                    major: i % 5 == 0,
                })
                .collect::<Vec<_>>()
        };
        let signals = (0..300).map(|i| Signal { day: wild(w), is_true: i % 4 == 0 }).collect();
        inspect::check(
            &Timeline {
                frame: frame("timeline"),
                days: wild(w),
                campaign: lane(w, 9),
                signals,
                desk: lane(w, 300),
                responses: lane(w, 1),
            }
            .chart(),
        );

        let courses = |w: &mut Dice| some(w).map(|_| Course { name: name(w), points: pairs(w) }).collect::<Vec<_>>();
        let thresholds = (0..3).map(|_| Threshold { name: name(w), probability: wild(w) }).collect();
        inspect::check(
            &Suspicion {
                frame: frame("suspicion"),
                days: wild(w),
                catalogue: courses(w),
                beliefs: courses(w),
                thresholds,
            }
            .chart(),
        );

        let bins = some(w).map(|_| Bin { from: wild(w), to: wild(w), count: (w.next() * 1e19) as u64 }).collect();
        inspect::check(
            &Sojourn { frame: frame("sojourn"), bins, beyond: u64::MAX, mean: interval(w), p95: interval(w) }.chart(),
        );

        let lines = |w: &mut Dice| some(w).map(|_| Line { name: name(w), amount: interval(w) }).collect();
        let payers = (0..3).map(|_| Payer { name: name(w), total: Some(interval(w)), lines: lines(w) }).collect();
        inspect::check(&Cost { frame: frame("cost"), payers }.chart());

        let rows = |w: &mut Dice| {
            some(w)
                .map(|_| Row {
                    option: name(w),
                    mean: interval(w),
                    spread: Some((wild(w), wild(w))),
                    shows: Shows::Difference,
                })
                .collect()
        };
        let panels = (0..2).map(|_| Panel { world: name(w), rows: rows(w) }).collect();
        inspect::check(
            &Differences {
                frame: frame("differences"),
                reference: name(w),
                unit: name(w),
                better: Better::Left,
                panels,
            }
            .chart(),
        );

        let steps = |w: &mut Dice| {
            (0..60).map(|_| Step { value: wild(w), low: wild(w), probability: wild(w), high: wild(w) }).collect()
        };
        let curves = some(w).map(|i| Curve { option: name(w), reference: i == 0, steps: steps(w) }).collect();
        inspect::check(
            &Exceedance {
                frame: frame("exceedance"),
                quantity: name(w),
                unit: name(w),
                curves,
                log_x: seed % 2 == 0,
                tolerance: Some(pairs(w)),
            }
            .chart(),
        );

        let points = some(w).map(|i| Point { stated: wild(w), share: interval(w), runs: u64::MAX >> i }).collect();
        inspect::check(&Calibration { frame: frame("calibration"), points }.chart());

        let rows = some(w)
            .map(|_| tornado::Row {
                input: name(w),
                at_low: name(w),
                at_high: name(w),
                low: interval(w),
                high: interval(w),
            })
            .collect();
        inspect::check(&Tornado { frame: frame("tornado"), across: name(w), base: wild(w), rows }.chart());

        let points = some(w)
            .map(|i| screening::Point { input: name(w), importance: interval(w), spread: wild(w), kept: i % 2 == 0 })
            .collect();
        inspect::check(&Screening { frame: frame("screening"), across: name(w), up: name(w), points }.chart());

        let (first_is, total_is) = (name(w), name(w));
        for format in [Format::Share, Format::Euro, Format::Number] {
            let figure = |w: &mut Dice| Some(interval(w)).filter(|_| w.next() < 0.8);
            let rows = some(w).map(|_| indices::Row { input: name(w), first: figure(w), total: figure(w) }).collect();
            let (first_is, total_is) = (first_is.clone(), total_is.clone());
            let chart = Indices { frame: frame("indices"), across: name(w), rows, first_is, total_is, format };
            inspect::check(&chart.chart());
        }

        let options: Vec<String> = some(w).map(|i| format!("{i} {}", name(w))).collect();
        let curve = |option: &String| response::Curve {
            option: option.clone(),
            points: some(w).map(|_| (wild(w), interval(w))).collect(),
        };
        let curves = options.iter().map(curve).collect();
        let break_evens = options.iter().map(|option| BreakEven { option: option.clone(), at: interval(w) }).collect();
        let written = Some(wild(w));
        let (across, up) = (name(w), name(w));
        inspect::check(&Response { frame: frame("response"), across, up, curves, break_evens, written }.chart());
    }
}
