//! Queues through the engine, against Erlang, Pollaczek and Khinchine, and Cobham; and what every flow of goods keeps.
//!
//! Each comparison allows 4.5 standard errors of a mean over sixteen runs. A right program then fails with chance under
//! 1 in 2,000 for each comparison with new seeds; the seeds are fixed.

use std::collections::BTreeMap;

use airside::model::World;
use airside::numeric::erlang;
use airside::sim::{Consignment, StationWork};
use airside::time::{DAY, SimTime};
use proptest::prelude::*;

use super::reference::{case, number};
use super::rig::{Move, Watch, near, plan, run, scenario, watch};

const RUNS: u64 = 16;

/// One station and what passes it: a class for each `(flights a day, priority)`, one consignment a flight.
fn one_station(days: u32, station: &str, classes: &[(f64, u32)]) -> String {
    let traffic: String = classes
        .iter()
        .enumerate()
        .map(|(nth, (rate, priority))| {
            format!(
                r#""class-{nth}": (route: "way", per_flight: 1, priority: {priority}, flights: Poisson(rate: PerDay({rate}))),"#
            )
        })
        .collect();
    format!(
        r#"Scenario(
            format: 1, title: "One station", handling: Clear,
            calendar: (starts: "2031-01-06", horizon: Days({days}), warm_up: Days(3)),
            unsourced_numbers: Illustrative,
            zones: {{ "hall": (kind: Sort, map: (0, 0), run_by: Hub), "out": (kind: Downstream, map: (1, 0), run_by: Outside) }},
            stations: {{ "work": (zone: "hall", job: Sort, {station}) }},
            routes: {{ "way": [Visit("work"), Leave("out")] }},
            traffic: {{ {traffic} }},
        )"#
    )
}

/// The station's figures in sixteen runs.
fn worked(document: &str) -> Vec<StationWork> {
    let plan = plan(scenario(document));
    (1..=RUNS).map(|seed| run(&plan, "", World::Innocent, seed).1.stations[0]).collect()
}

/// Compares waits [min], queues and utilisation with their steady state.
fn check_steady(what: &str, days: u32, station: &str, a_day: f64, wait: f64, utilisation: f64) {
    let work = worked(&one_station(days, station, &[(a_day, 0)]));
    let each = |figure: &dyn Fn(&StationWork) -> f64| work.iter().map(figure).collect::<Vec<_>>();
    near(&format!("{what}: wait"), &each(&|w| w.mean_wait() / 60_000.0), wait, 4.5);
    near(&format!("{what}: utilisation"), &each(&StationWork::utilisation), utilisation, 4.5);
    // Little: the mean queue is the rate times the mean wait.
    near(&format!("{what}: queue"), &each(&StationWork::mean_queue), a_day / 1440.0 * wait, 4.5);
}

#[test]
fn q1_screening_lanes_through_the_engine() {
    let case = case("security-cases", "Q-1");
    let (service, servers) = (number(&case, "/inputs/service_s"), number(&case, "/inputs/c"));
    let rate = number(&case, "/inputs/lam_per_s");
    let station = format!("staff: Always({servers}), takes: Exponential(mean: Seconds({service}))");
    let wait = erlang::mean_wait(servers as u32, rate * service, service) / 60.0;
    check_steady("Q-1", 20, &station, rate * 86_400.0, wait, number(&case, "/expected/util"));

    // The share that waits at all, to the printed digits.
    let work = worked(&one_station(20, &station, &[(rate * 86_400.0, 0)]));
    let waits: Vec<f64> = work.iter().map(|w| 1.0 - w.unwaited as f64 / w.begun as f64).collect();
    near("Q-1: share that waits", &waits, erlang::waiting(servers as u32, rate * service), 4.5);
}

#[test]
fn q2_fourteen_servers_through_the_engine() {
    let case = case("security-cases", "Q-2");
    let (load, service) = (number(&case, "/inputs/erlangs"), number(&case, "/inputs/service_s"));
    let servers = number(&case, "/inputs/c");
    let station = format!("staff: Always({servers}), takes: Exponential(mean: Seconds({service}))");
    let wait = erlang::mean_wait(servers as u32, load, service) / 60.0;
    check_steady("Q-2", 40, &station, load / service * 86_400.0, wait, load / servers);
}

#[test]
fn q3_one_server_with_any_law_of_service_through_the_engine() {
    let case = case("security-cases", "Q-3");
    let load = number(&case, "/inputs/lam") * number(&case, "/inputs/ES");
    let expect = |name: &str| number(&case, &format!("/expected/{name}"));
    for (law, wait) in [
        ("Exponential(mean: Minutes(1))", expect("Wq_MM1")),
        ("Fixed(Minutes(1))", expect("Wq_MD1")),
        ("Erlang(mean: Minutes(1), stages: 4)", expect("Wq_MG1")),
        ("Gamma(mean: Minutes(1), shape: 4)", expect("Wq_MG1")),
    ] {
        check_steady(law, 80, &format!("staff: Always(1), takes: {law}"), load * 1440.0, wait, load);
    }
}

/// A. Cobham, Operations Research 2, 1954: with W0 the mean work found in service, class k waits
/// W0 / ((1 - s(k-1)) (1 - s(k))), where s(k) is the load of the classes up to k.
#[test]
fn priority_classes_wait_as_cobham_says() {
    let (loads, station) = ([0.3, 0.3, 0.2], "staff: Always(1), queue: Priority, takes: Exponential(mean: Minutes(1))");
    let document = one_station(60, station, &[(0.3 * 1440.0, 0), (0.3 * 1440.0, 1), (0.2 * 1440.0, 2)]);
    let plan = plan(scenario(&document));
    let mut waits: [Vec<f64>; 3] = Default::default();
    for seed in 1..=RUNS {
        let mut sums = [(0.0, 0u32); 3];
        for (at, what) in watch(&plan, "", World::Innocent, seed).moves {
            if let Move::Left(Consignment { traffic, .. }, arrived) = what
                && arrived >= SimTime::from_days(3)
            {
                let sum = &mut sums[traffic.index()];
                *sum = (sum.0 + at.since(arrived).minutes() - 1.0, sum.1 + 1);
            }
        }
        for (waits, (sum, n)) in waits.iter_mut().zip(sums) {
            waits.push(sum / f64::from(n));
        }
    }
    let in_service: f64 = loads.iter().sum();
    let mut before = 0.0;
    for (class, load) in loads.iter().enumerate() {
        let expect = in_service / ((1.0 - before) * (1.0 - before - load));
        near(&format!("class {class}"), &waits[class], expect, 4.5);
        before += load;
    }
}

#[test]
fn nobody_is_served_out_of_hours_and_what_is_begun_is_finished() {
    let station = r#"staff: Shifts({"06:00": 2, "14:00": 1, "22:00": 0}), takes: Fixed(Minutes(10))"#;
    let plan = plan(scenario(&one_station(30, station, &[(120.0, 0)])));
    let seen = watch(&plan, "", World::Innocent, 3);
    let mut begun: BTreeMap<u64, u32> = BTreeMap::new();
    let mut late = 0;
    for (at, what) in &seen.moves {
        if let Move::Stage(..) = what {
            let ends = at.millis() % DAY;
            let begins = (ends + DAY - 600_000) % DAY;
            assert!((6 * 3_600_000..22 * 3_600_000).contains(&begins), "begun at {begins} ms of the day");
            late += u32::from(ends > 22 * 3_600_000);
            *begun.entry(at.millis() - 600_000).or_default() += 1;
        }
    }
    assert!(late > 5, "some finish after hours: {late}");
    // At the first moment of a day both servers find work: the night's flights wait.
    let mornings = (1..30).filter(|day| begun.get(&(day * DAY + 6 * 3_600_000)) == Some(&2)).count();
    assert_eq!(mornings, 29);
}

#[test]
fn one_server_serves_in_the_order_of_arrival() {
    let station = "staff: Always(1), takes: Exponential(mean: Minutes(1))";
    let plan = plan(scenario(&one_station(20, station, &[(1200.0, 0)])));
    let served: Vec<u32> = watch(&plan, "", World::Innocent, 1)
        .moves
        .iter()
        .filter_map(|(_, what)| if let Move::Left(c, _) = what { Some(c.flight) } else { None })
        .collect();
    assert!(served.len() > 20_000 && served.is_sorted());
}

/// Routes from the shortest to the odd, and the minutes that goods then spend in a hub where nobody waits for a server.
#[test]
fn any_route_is_gone_to_its_end() {
    let routes: [(&str, &[f64]); 8] = [
        (r#"Leave("out")"#, &[0.0]),
        (r#"Wait(Fixed(Minutes(5))), Leave("out")"#, &[5.0]),
        (r#"Wait(Fixed(Minutes(0))), Visit("work"), Leave("out")"#, &[2.0]),
        (r#"Visit("work"), Visit("work"), Visit("work"), Leave("out")"#, &[6.0]),
        (r#"Detour(share: Percent(100), through: ["work"]), Leave("out")"#, &[2.0]),
        (r#"Detour(share: Percent(0), through: ["work", "more"]), Leave("out")"#, &[0.0]),
        (r#"Detour(share: Percent(50), through: ["work"]), Wait(Fixed(Minutes(5))), Leave("out")"#, &[5.0, 7.0]),
        (
            r#"Detour(share: Percent(50), through: ["work"]), Detour(share: Percent(50), through: ["work", "more"]), Leave("out")"#,
            &[0.0, 2.0, 4.0, 6.0],
        ),
    ];
    let check = |names: &[usize]| {
        let section = |row: &dyn Fn(usize) -> String| names.iter().map(|&n| row(n)).collect::<String>();
        let ways = section(&|n| format!(r#""way-{n}": [{}], "#, routes[n].0));
        let classes = section(&|n| {
            let flights = if n % 2 == 0 {
                "Poisson(rate: PerHour(4))"
            } else {
                "Poisson(rate: PerHour(4), hours: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0, 0])"
            };
            format!(r#""class-{n}": (route: "way-{n}", per_flight: {}, flights: {flights}), "#, 1 + 6 * n)
        });
        let plan = plan(scenario(&format!(
            r#"Scenario(
                format: 1, title: "Ways", handling: Clear, unsourced_numbers: Illustrative,
                calendar: (starts: "2031-01-06", horizon: Days(20), warm_up: Days(0)),
                zones: {{ "hall": (kind: Sort, map: (0, 0), run_by: Hub), "out": (kind: Downstream, map: (1, 0), run_by: Outside) }},
                stations: {{
                    "work": (zone: "hall", job: Sort, staff: Always(1000), takes: Fixed(Minutes(2))),
                    "more": (zone: "hall", job: Sort, staff: Always(1000), takes: Fixed(Minutes(2))),
                }},
                routes: {{ {ways} }},
                traffic: {{ {classes} }},
            )"#
        )));
        let seen = watch(&plan, "", World::Innocent, 1);
        let mut spent = vec![std::collections::BTreeSet::new(); names.len()];
        for (at, what) in &seen.moves {
            if let Move::Left(goods, arrived) = what {
                spent[goods.traffic.index()].insert(at.since(*arrived).millis());
            }
        }
        for (&n, spent) in names.iter().zip(&spent) {
            let minutes: Vec<f64> = spent.iter().map(|ms| *ms as f64 / 60_000.0).collect();
            assert_eq!(minutes, routes[n].1, "{} among {names:?}", routes[n].0);
        }
    };
    (0..routes.len()).for_each(|n| check(&[n]));
    check(&[0, 1, 2, 3, 4, 5, 6, 7]);
}

/// A small hub in which everything can happen: shifts, a detour, a wait, flights with many consignments.
fn hub(servers: [u32; 3], detour: u32, per_flight: u32, a_day: u32, priority: bool) -> String {
    let queue = if priority { "Priority" } else { "Fifo" };
    format!(
        r#"Scenario(
            format: 1, title: "Any hub", handling: Clear,
            calendar: (starts: "2031-01-06", horizon: Days(6), warm_up: Days(1)),
            unsourced_numbers: Illustrative,
            zones: {{ "hall": (kind: Sort, map: (0, 0), run_by: Hub), "out": (kind: Downstream, map: (1, 0), run_by: Outside) }},
            stations: {{
                "a": (zone: "hall", job: Unload, staff: Always({}), takes: Exponential(mean: Minutes(2)), queue: {queue}),
                "b": (zone: "hall", job: Secondary, staff: Shifts({{"05:00": {}, "19:00": 0}}), takes: Weibull(mean: Minutes(4), shape: 1.5)),
                "c": (zone: "hall", job: Load, staff: Always({}), takes: Uniform(low: Minutes(1), high: Minutes(2))),
            }},
            routes: {{
                "long":  [Visit("a"), Detour(share: Percent({detour}), through: ["b"]), Wait(Uniform(low: Hours(1), high: Hours(2))), Visit("c"), Leave("out")],
                "short": [Visit("a"), Leave("out")],
            }},
            traffic: {{
                "one": (route: "long", per_flight: {per_flight}, priority: 2, flights: Poisson(rate: PerDay({a_day}))),
                "two": (route: "short", per_flight: 3, priority: 1, flights: Poisson(rate: PerDay(4), at_night: Percent(80))),
            }},
        )"#,
        servers[0], servers[1], servers[2]
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Overloaded or idle: nobody is lost or made up, all go their way in order, and no server works twice at once.
    #[test]
    fn every_flow_is_conserved(
        servers in proptest::array::uniform3(1u32..4), detour in 0u32..=100, per_flight in 1u32..60, a_day in 1u32..25,
        priority: bool, seed: u64,
    ) {
        let plan = plan(scenario(&hub(servers, detour, per_flight, a_day, priority)));
        let seen = watch(&plan, "", World::Innocent, seed);
        let flow = seen.story.flow;
        let in_building = seen.outcome().get(airside::measure::Measure::InBuilding) as u64;
        prop_assert_eq!(flow.arrived, flow.left + in_building);
        let (mut arrived, mut left) = (0, 0);
        let mut ways: BTreeMap<Consignment, Vec<Option<usize>>> = BTreeMap::new();
        let (mut last_flight, mut last) = (SimTime::ZERO, BTreeMap::new());
        for (at, what) in &seen.moves {
            prop_assert!(*at <= plan.end);
            let before = match what {
                Move::Flight(..) => std::mem::replace(&mut last_flight, *at),
                Move::Stage(c, _) | Move::Left(c, _) => last.insert(*c, *at).unwrap_or(last_flight),
            };
            prop_assert!(*at >= before);
            match what {
                Move::Flight(_, n) => arrived += u64::from(*n),
                Move::Stage(c, station) => ways.entry(*c).or_default().push(station.map(|s| s.index())),
                Move::Left(c, _) => {
                    left += 1;
                    let way = ways.remove(c).unwrap_or_default();
                    let allowed: &[&[Option<usize>]] = match c.traffic.index() {
                        0 => &[&[Some(0), None, Some(2)], &[Some(0), Some(1), None, Some(2)]],
                        _ => &[&[Some(0)]],
                    };
                    prop_assert!(allowed.contains(&way.as_slice()), "{:?} went {:?}", c, way);
                }
            }
        }
        prop_assert_eq!((arrived, left), (flow.arrived, flow.left));
        for work in &seen.story.stations {
            prop_assert!(work.utilisation() <= 1.0);
        }
    }
}

/// The share of goods that take a detour is binomial: 4.5 of its standard errors.
#[test]
fn a_detour_takes_its_share() {
    let plan = plan(scenario(&hub([3, 3, 3], 8, 50, 20, false)));
    let seen: Vec<Watch> = (1..=4).map(|seed| watch(&plan, "", World::Innocent, seed)).collect();
    let through = |station| {
        let is = |what: &Move| matches!(what, Move::Stage(c, s) if c.traffic.index() == 0 && s.map(|s| s.index()) == Some(station));
        seen.iter().flat_map(|w| &w.moves).filter(|(_, what)| is(what)).count() as f64
    };
    let (all, detoured) = (through(0), through(1));
    assert!(all > 20_000.0);
    let error = (0.08 * 0.92 / all).sqrt();
    // Those in the queue of the night when the story ends are a few dozen of them.
    assert!((detoured / all - 0.08).abs() < 4.5 * error + 40.0 / all, "{detoured} of {all}");
}
