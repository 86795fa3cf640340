//! How fast the engine is on this machine: model events and replications a second, and memory.
//!
//! `cargo bench` runs all cases and compares them with `benches/baseline.json`, as ratios. `cargo bench -- --save` makes
//! this machine's figures the baseline. `cargo bench -- scale` measures Eastmarch with more traffic and other horizons.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark measures by the clock, talks to its user and ends on the first failure"
)]

use std::time::Instant;

use airside::document::{NoFiles, Source, load_scenario};
use airside::measure::Tally;
use airside::model::{Flights, OptionId, Rate, Scenario, World};
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Journeys, Rules, Scout};
use airside::time::SimDuration;

const BASELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/baseline.json");

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures/scale.svg");

/// Rounds of each case; the best counts, since other work on the machine only ever slows.
const ROUNDS: u32 = 5;

/// One server, exponential times: half of the events are arrivals.
const MM1: &str = r#"Scenario(format: 1, title: "M/M/1", handling: Clear,
    calendar: (starts: "2031-01-06", horizon: Days(100), warm_up: Days(0)), unsourced_numbers: Illustrative,
    zones: {"hall": (kind: Sort, map: (0, 0), run_by: Hub), "onward": (kind: Downstream, map: (4, 0), run_by: Outside)},
    stations: {"desk": (zone: "hall", job: Sort, staff: Always(1), takes: Exponential(mean: Minutes(1)))},
    routes: {"through": [Visit("desk"), Leave("onward")]},
    traffic: {"all": (route: "through", flights: Poisson(rate: PerHour(48)), per_flight: 1)},
)"#;

/// Two classes that share stations, one before the other, in flights of a few consignments.
const FORK: &str = r#"Scenario(format: 1, title: "two classes", handling: Clear,
    calendar: (starts: "2031-01-06", horizon: Days(14), warm_up: Days(0)), unsourced_numbers: Illustrative,
    zones: {"hall": (kind: Sort, map: (0, 0), run_by: Hub), "onward": (kind: Downstream, map: (4, 0), run_by: Outside)},
    stations: {
        "unload": (zone: "hall", job: Unload, staff: Always(8), takes: Exponential(mean: Minutes(2)), queue: Priority),
        "papers": (zone: "hall", job: Documents, staff: Always(4), takes: Lognormal(median: Minutes(1.5), p95: Minutes(4))),
        "open":   (zone: "hall", job: Secondary, staff: Always(3), takes: Gamma(mean: Minutes(8), shape: 2.0)),
        "load":   (zone: "hall", job: Load, staff: Always(7), takes: Uniform(low: Minutes(1), high: Minutes(2))),
    },
    routes: {
        "fast": [Visit("unload"), Visit("load"), Leave("onward")],
        "slow": [Visit("unload"), Visit("papers"), Detour(share: Percent(20), through: ["open"]), Wait(Exponential(mean: Hours(3))), Visit("load"), Leave("onward")],
    },
    traffic: {
        "mail":   (route: "fast", flights: Poisson(rate: PerHour(20)), per_flight: 4, priority: 0),
        "cargo":  (route: "slow", flights: Poisson(rate: PerHour(7)), per_flight: 12, priority: 1),
    },
)"#;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => cases(false),
        ["--save"] => cases(true),
        ["scale"] => scale(),
        _ => {
            println!("usage: cargo bench [-- --save | -- scale]");
            std::process::exit(2);
        }
    }
}

/// What a case came to.
struct Figures {
    events: f64,
    replications: f64,
    bytes: u64,
}

fn cases(save: bool) {
    let eastmarch = || shipped("eastmarch/eastmarch");
    let list: [(&str, Scenario, u32, bool); 5] = [
        ("hub10", shipped("bench/hub10"), 60, false),
        ("mm1", scenario(MM1), 40, false),
        ("two-classes", scenario(FORK), 40, false),
        ("eastmarch-full", eastmarch(), 1, false),
        ("eastmarch-touched", eastmarch(), 60, true),
    ];
    let baseline = std::fs::read_to_string(BASELINE).unwrap_or_default();
    let baseline: serde_json::Value = serde_json::from_str(&baseline).unwrap_or_default();
    let mut written = serde_json::Map::new();
    println!("{:<20} {:>14} {:>16} {:>10} {:>12}", "case", "M events/s", "replications/s", "MiB", "to baseline");
    for (name, scenario, replications, touched) in list {
        let figures = measure(&Plan::new(scenario).unwrap(), replications, touched);
        let ratio = baseline[name]["replications_a_second"].as_f64().map(|before| figures.replications / before);
        println!(
            "{name:<20} {:>14.2} {:>16.2} {:>10.2} {:>12}",
            figures.events / 1e6,
            figures.replications,
            figures.bytes as f64 / f64::from(1 << 20),
            ratio.map_or("none".to_owned(), |ratio| format!("{ratio:.2}")),
        );
        let entry = serde_json::json!({
            "events_a_second": figures.events.round(),
            "replications_a_second": (figures.replications * 100.0).round() / 100.0,
            "bytes": figures.bytes,
        });
        written.insert(name.to_owned(), entry);
    }
    if save {
        let text = serde_json::to_string_pretty(&written).unwrap();
        std::fs::write(BASELINE, text + "\n").unwrap();
        println!("written to benches/baseline.json");
    }
}

/// Eastmarch with more traffic and as many more servers, and over other horizons.
fn scale() {
    println!(
        "| eastmarch | days | model events | M events/s | MiB | ns an event |\n| --- | --- | --- | --- | --- | --- |"
    );
    let mut points = Vec::new();
    let rows = [(1, 7), (1, 30), (1, 365), (1, 730), (1, 1825), (10, 30), (10, 365), (100, 30)];
    for (times, days) in rows {
        let mut scenario = shipped("eastmarch/eastmarch");
        scenario.calendar.horizon = SimDuration::from_days(days);
        for class in &mut scenario.traffic {
            if let Flights::Poisson { rate, .. } = &mut class.flights {
                *rate = Rate::per_day(rate.a_day() * f64::from(times)).unwrap();
            }
        }
        for shift in scenario.stations.iter_mut().flat_map(|station| &mut station.staff) {
            shift.servers *= times;
        }
        let plan = Plan::new(scenario).unwrap();
        let before = Instant::now();
        let mut events = 0;
        let counted = allocation_counter::measure(|| events = run(&plan, 1, None));
        let took = before.elapsed().as_secs_f64();
        println!(
            "| x{times} | {days} | {events} | {:.1} | {:.1} | {:.0} |",
            events as f64 / took / 1e6,
            counted.bytes_max as f64 / f64::from(1 << 20),
            took * 1e9 / events as f64
        );
        points.push((format!("x{times}, {days} days"), events as f64, took));
    }
    std::fs::write(PICTURE, picture(&points)).unwrap();
    println!("drawn in docs/pictures/scale.svg");
}

/// Time against model events, both in powers of ten, beside the line of 50 ns an event.
fn picture(points: &[(String, f64, f64)]) -> String {
    let (left, top, width, height) = (80.0, 70.0, 600.0, 330.0);
    let (right, foot) = (left + width, top + height);
    // From 10^4 to 10^8 events, and from 10^-3 to 10^1 seconds.
    let x = |events: f64| left + (events.log10() - 4.0) / 4.0 * width;
    let y = |seconds: f64| foot - (seconds.log10() + 3.0) / 4.0 * height;
    let text =
        |x: f64, y: f64, style: &str, said: &str| format!("<text x=\"{x:.1}\" y=\"{y:.1}\" {style}>{said}</text>\n");
    let line = |from: (f64, f64), to: (f64, f64), style: &str| {
        format!("<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" {style}/>\n", from.0, from.1, to.0, to.1)
    };
    let (middle, end, faint) = ("text-anchor=\"middle\"", "text-anchor=\"end\"", "fill=\"#555\"");
    let mut svg = String::from(HEAD);
    let (events, seconds) = (
        ["10 thousand", "100 thousand", "1 million", "10 million", "100 million"],
        ["1 ms", "10 ms", "0.1 s", "1 s", "10 s"],
    );
    for power in 0..5 {
        let (px, py) = (x(10f64.powi(4 + power)), y(10f64.powi(power - 3)));
        svg += &line((px, top), (px, foot), "stroke=\"#ddd\"");
        svg += &line((left, py), (right, py), "stroke=\"#ddd\"");
        svg += &text(px, foot + 20.0, middle, events[power as usize]);
        svg += &text(left - 8.0, py + 4.0, end, seconds[power as usize]);
    }
    svg += &text(left + width / 2.0, foot + 44.0, &format!("{middle} {faint}"), "model events of one run");
    svg += &line((x(1e-3 / 50e-9), y(1e-3)), (x(1e8), y(50e-9 * 1e8)), "stroke=\"#888\" stroke-dasharray=\"5 4\"");
    svg += &text(x(4.6e4), y(1.3e-3), faint, "line of 50 ns an event");
    for (label, events, took) in points {
        let (px, py) = (x(*events), y(*took));
        svg += &format!("<circle cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"4.5\" fill=\"#0072b2\"/>\n");
        // On the side of the line where no other label is.
        svg += &if ["x10, 30 days", "x100, 30 days"].contains(&label.as_str()) {
            text(px - 9.0, py - 8.0, end, label)
        } else {
            text(px + 9.0, py + 17.0, "", label)
        };
    }
    svg + "</svg>\n"
}

const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 470" font-family="sans-serif" font-size="13">
<title>Time of one run of Eastmarch against its model events</title>
<desc>Both axes in powers of ten. Points for more traffic and other horizons lie along a line of 50 ns an event; with a hundred times the traffic an event takes about twice as long.</desc>
<rect width="760" height="470" fill="white"/>
<text x="20" y="28" font-size="16" font-weight="bold">Time grows with the events</text>
<text x="20" y="50" fill="#555">Eastmarch, one run in full, one thread: traffic and servers x1, x10, x100; a week to five years</text>
"##;

fn measure(plan: &Plan, replications: u32, touched: bool) -> Figures {
    let journeys = touched.then(|| journeys(plan));
    let mut best: Option<Figures> = None;
    for _ in 0..ROUNDS {
        let (mut events, before) = (0, Instant::now());
        let counted = allocation_counter::measure(|| events = run(plan, replications, journeys.as_ref()));
        let took = before.elapsed().as_secs_f64();
        let figures = Figures {
            events: events as f64 / took,
            replications: f64::from(replications) / took,
            bytes: counted.bytes_max,
        };
        if best.as_ref().is_none_or(|best| figures.events > best.events) {
            best = Some(figures);
        }
    }
    best.unwrap()
}

/// Model events of some replications of the first option.
fn run(plan: &Plan, replications: u32, journeys: Option<&Journeys>) -> u64 {
    let (option, world) = (first(plan), world(plan));
    let mut engine = match journeys {
        Some(journeys) => Engine::touching(plan, journeys, option, world, Luck::new(1)),
        None => Engine::new(plan, option, world, Luck::new(1)),
    };
    let mut tally = Tally::new(plan);
    let mut events = 0;
    for r in 0..replications {
        engine.restart(option, world, Luck::new(1).replication(r));
        tally.restart();
        engine.run(&mut Rules::new(&plan.scenario.options[option.index()]), &mut tally);
        events += tally.outcome().model_events;
    }
    events
}

fn journeys(plan: &Plan) -> Journeys {
    let mut scout = Scout::new(plan);
    let mut engine = Engine::new(plan, first(plan), world(plan), Luck::new(1));
    engine.run(&mut Rules::new(&plan.scenario.options[first(plan).index()]), &mut scout);
    scout.journeys()
}

fn first(plan: &Plan) -> OptionId {
    plan.scenario.compare_with
}

fn world(plan: &Plan) -> World {
    if plan.scenario.campaign.is_some() { World::Real } else { World::Innocent }
}

fn shipped(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.scenario.ron", env!("CARGO_MANIFEST_DIR"));
    scenario(&std::fs::read_to_string(path).unwrap())
}

fn scenario(text: &str) -> Scenario {
    let (scenario, found) = load_scenario(&Source::new("bench.ron", text), &NoFiles);
    scenario.unwrap_or_else(|| {
        found.iter().for_each(|problem| println!("{}: {}", problem.path, problem.message));
        std::process::exit(3)
    })
}
