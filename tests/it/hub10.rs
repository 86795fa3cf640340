//! The queueing reference, and what counts as a model event.

use std::collections::BTreeMap;

use airside::experiment::{Design, Fidelity, Silent, replicate};
use airside::measure::Measure;
use airside::model::World;

use super::rig::{plan, scenario, scenario_with, text_of, watch};

const REPLICATIONS: u32 = 120;

/// The reference mean and its standard error, from 8,000 replications of an independent program \[min\].
const REFERENCE: (f64, f64) = (191.6, 0.13);

/// Total sojourn over consignments out is a ratio of sums; its error is that of the residuals (delta method). Three
/// standard errors of the difference fail a right program with chance 3 in 1,000 over new seeds; the seed is fixed.
#[test]
fn the_mean_sojourn_agrees_with_the_reference() {
    let plan = plan(scenario(&text_of("bench/hub10")));
    let option = plan.scenario.compare_with;
    let design = Design {
        options: vec![option],
        worlds: vec![World::Innocent],
        draws: 0,
        replications: REPLICATIONS,
        first: 0,
        seed: 10,
        fidelity: Fidelity::Full,
    };
    let table = replicate(&plan, &design, 0, &Silent).unwrap();
    let rows: Vec<(f64, f64)> = table
        .cell(World::Innocent, option)
        .map(|row| (row.sojourn_sum as f64 / 60_000.0, row.sojourns as f64))
        .collect();
    let n = rows.len() as f64;
    let (minutes, count) = rows.iter().fold((0.0, 0.0), |(s, c), row| (s + row.0, c + row.1));
    let mean = minutes / count;
    let residuals: f64 = rows.iter().map(|(s, c)| (s - mean * c) * (s - mean * c)).sum();
    let own = (residuals / (n * (n - 1.0))).sqrt() / (count / n);
    let error = (own * own + REFERENCE.1 * REFERENCE.1).sqrt();
    assert!(own < 1.5, "too few replications to say anything: {own}");
    assert!((mean - REFERENCE.0).abs() <= 3.0 * error, "mean {mean} min, {error} of the difference");
}

/// One flight a day at 06:00 and no delays.
const TIMETABLE: &str = "day,minute,late
2031-01-06,360,0\n2031-01-07,360,0\n2031-01-08,360,0\n2031-01-09,360,0\n2031-01-10,360,0\n2031-01-11,360,0\n2031-01-12,360,0\n";

/// Two consignments a flight; one server at `first` and two at `third`. All go through `second`, none through `never`.
const COUNTED: &str = r#"Scenario(
    format: 1, title: "Counted by hand", handling: Clear,
    calendar: (starts: "2031-01-06", horizon: HORIZON, warm_up: Days(0)),
    unsourced_numbers: Illustrative,
    zones: { "hall": (kind: Sort, map: (0, 0), run_by: Hub), "out": (kind: Downstream, map: (1, 0), run_by: Outside) },
    stations: {
        "first":  (zone: "hall", job: Unload, staff: Always(1), takes: Fixed(Minutes(10))),
        "second": (zone: "hall", job: Secondary, staff: Always(2), takes: Fixed(Minutes(5))),
        "never":  (zone: "hall", job: Secondary, staff: Always(2), takes: Fixed(Minutes(5))),
        "third":  (zone: "hall", job: Load, staff: Always(2), takes: Fixed(Minutes(1))),
    },
    routes: { "way": [Visit("first"), Detour(share: Percent(100), through: ["second"]),
                      Detour(share: Percent(0), through: ["never"]), Wait(Fixed(Hours(1))), Visit("third"), Leave("out")] },
    traffic: { "all": (route: "way", per_flight: 2,
                       flights: Timetable(file: "days.csv", date: "day", minute: "minute", delay: "late")) },
)"#;

/// A flight, then for each consignment `first`, `second`, the wait, `third`: 1 + 2 x 4 = 9 events. The first consignment
/// is out after 10 + 5 + 60 + 1 = 76 minutes, the second 10 minutes later.
fn check(horizon: &str, events: u64, sojourns: &[u64]) {
    let files = BTreeMap::from([("days.csv".to_owned(), TIMETABLE.as_bytes().to_vec())]);
    let plan = plan(scenario_with(&COUNTED.replace("HORIZON", horizon), &files));
    let seen = watch(&plan, "", World::Innocent, 1);
    assert_eq!(seen.outcome().model_events, events, "{horizon}");
    assert_eq!(seen.events, events, "{horizon}");
    let told = seen.moves.iter().filter(|(_, what)| !matches!(what, super::rig::Move::Left(..))).count();
    assert_eq!(told as u64, events, "{horizon}: what an observer is told");
    assert_eq!(seen.outcome().sojourns, sojourns.len() as u64, "{horizon}");
    assert_eq!(seen.outcome().sojourn_sum, sojourns.iter().sum::<u64>() * 60_000, "{horizon}");
}

#[test]
fn a_model_event_is_a_flight_or_a_completed_stage_and_nothing_else() {
    check("Hours(5)", 0, &[]);
    check("Hours(6.1)", 1, &[]);
    // 06:12: the first consignment has left `first`.
    check("Hours(6.2)", 2, &[]);
    // 06:21: it has left `second`, and the other one `first`.
    check("Hours(6.35)", 4, &[]);
    // 07:18: the first is out, the other still waits.
    check("Hours(7.3)", 7, &[76]);
    check("Hours(12)", 9, &[76, 86]);
    // Two whole days, and the third flight with three stages behind it.
    check("Hours(54.35)", 2 * 9 + 4, &[76, 86, 76, 86]);
    check("Days(7)", 7 * 9, &[[76, 86]; 7].concat());
}

#[test]
fn waits_and_work_of_a_station_counted_by_hand() {
    let files = BTreeMap::from([("days.csv".to_owned(), TIMETABLE.as_bytes().to_vec())]);
    let plan = plan(scenario_with(&COUNTED.replace("HORIZON", "Days(7)"), &files));
    let seen = watch(&plan, "", World::Innocent, 1);
    let first = seen.story.stations[0];
    assert_eq!((first.served, first.begun, first.unwaited, first.longest), (14, 14, 7, 1));
    assert_eq!((first.waited, first.queued, first.busy), (7 * 600_000, 7 * 600_000, 14 * 600_000));
    assert_eq!(first.on_duty, 7 * 86_400_000);
    assert_eq!(seen.story.stations[2].served, 0);
    assert_eq!(seen.outcome().get(Measure::MeanSojourn), 81.0);
    assert_eq!(seen.outcome().get(Measure::Throughput), 14.0);
}
