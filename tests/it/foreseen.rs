//! Stations of which it is known as goods come when they will have been served, against the same with a queue.

use airside::model::{Effect, Job, Scenario, World};
use airside::plan::Plan;
use airside::sim::Record;
use airside::time::SimDuration;

use super::rig::{Lab, lakeside, plan, scenario, text_of, watch};

/// The same with a safeguard that nobody buys and that would slow each station: none is foreseen.
fn with_queues(mut scenario: Scenario) -> Scenario {
    let slows = (0..scenario.stations.len())
        .map(|n| Effect::Slow(serde_json::from_value(n.into()).unwrap(), SimDuration::from_millis(1)));
    let mut safeguard = lakeside(1).safeguards.remove(0);
    (safeguard.id, safeguard.does, safeguard.ids) = ("never-bought".to_owned(), slows.collect(), Vec::new());
    scenario.safeguards.push(safeguard);
    scenario
}

fn foreseen(plan: &Plan) -> usize {
    plan.stations.iter().filter(|station| station.foreseen).count()
}

/// All that is told, measured and counted is the same.
fn check(scenario: &Scenario, option: &str, world: World, foreseen_of: (usize, usize), seed: u64) {
    let (ours, queues) = (plan(scenario.clone()), plan(with_queues(scenario.clone())));
    assert_eq!((foreseen(&ours), ours.stations.len(), foreseen(&queues)), (foreseen_of.0, foreseen_of.1, 0));
    let (one, other) = (watch(&ours, option, world, seed), watch(&queues, option, world, seed));
    let sorted = |watch: &super::rig::Watch| {
        let mut moves: Vec<String> =
            watch.moves.iter().map(|(at, what)| format!("{:012} {what:?}", at.millis())).collect();
        moves.sort();
        moves
    };
    let (moves, others) = (sorted(&one), sorted(&other));
    let differ = moves.iter().zip(&others).find(|(a, b)| a != b);
    assert!(differ.is_none() && moves.len() == others.len(), "{option}, seed {seed}: {differ:?}");
    assert_eq!(one.records(), other.records(), "{option}, seed {seed}");
    assert_eq!(one.story.in_building, other.story.in_building, "{option}, seed {seed}");
    assert_eq!((one.story.flow, one.events), (other.story.flow, other.events), "{option}, seed {seed}");
    assert_eq!(one.story.stations, other.story.stations, "{option}, seed {seed}");
    let (one, other) = (one.outcome(), other.outcome());
    assert_eq!((one.values(), one.sojourns, one.sojourn_sum), (other.values(), other.sojourns, other.sojourn_sum));
}

const NETWORKS: [&str; 4] = [
    // One station, from nearly idle to more than it can do.
    r#"stations: { "a": (zone: "hall", job: Sort, staff: Always(1), takes: Exponential(mean: Minutes(20))) },
       routes: { "way": [Visit("a"), Leave("out")] },
       traffic: { "all": (route: "way", per_flight: 1, flights: Poisson(rate: PerHour(2.9))) },"#,
    r#"stations: { "a": (zone: "hall", job: Sort, staff: Always(3), takes: Weibull(mean: Minutes(20), shape: 0.7), queue: Priority) },
       routes: { "way": [Visit("a"), Wait(Exponential(mean: Hours(2))), Leave("out")] },
       traffic: { "all": (route: "way", per_flight: 3, flights: Poisson(rate: PerHour(3.3), at_night: Percent(60))) },"#,
    // Waits at both ends and two in a row, detours, stations that are met twice, two classes.
    r#"stations: {
           "a": (zone: "hall", job: Unload, staff: Always(2), takes: Exponential(mean: Minutes(2))),
           "b": (zone: "hall", job: Secondary, staff: Always(16), takes: Gamma(mean: Minutes(90), shape: 2)),
           "c": (zone: "hall", job: Load, staff: Always(1), takes: Uniform(low: Minutes(0.5), high: Minutes(1.5))),
       },
       routes: {
           "long":  [Wait(Uniform(low: Minutes(5), high: Minutes(50))), Visit("a"), Detour(share: Percent(40), through: ["b", "c"]),
                     Wait(Uniform(low: Hours(1), high: Hours(2))), Wait(Exponential(mean: Minutes(9))), Visit("c"), Leave("out")],
           "short": [Visit("c"), Visit("a"), Wait(Exponential(mean: Hours(30))), Leave("out")],
       },
       traffic: {
           "one": (route: "long", per_flight: 12, flights: Poisson(rate: PerHour(1))),
           "two": (route: "short", per_flight: 5, flights: Poisson(rate: PerHour(2), at_night: Percent(80))),
       },"#,
    // Beside a station that is not foreseen.
    r#"stations: {
           "a": (zone: "hall", job: Unload, staff: Shifts({"05:00": 3, "19:00": 1}), takes: Exponential(mean: Minutes(2))),
           "b": (zone: "hall", job: Secondary, staff: Always(2), takes: Exponential(mean: Minutes(9))),
           "c": (zone: "hall", job: Load, staff: Always(17), takes: Exponential(mean: Minutes(50))),
       },
       routes: { "way": [Visit("b"), Visit("a"), Wait(Fixed(Minutes(7))), Visit("c"), Visit("b"), Leave("out")] },
       traffic: { "all": (route: "way", per_flight: 4, flights: Poisson(rate: PerHour(1.5))) },"#,
];

fn network(rest: &str, warm_up: u32) -> Scenario {
    scenario(&format!(
        r#"Scenario(
            format: 1, title: "Any hub", handling: Clear,
            calendar: (starts: "2031-01-06", horizon: Days(9), warm_up: Days({warm_up})),
            unsourced_numbers: Illustrative,
            zones: {{ "hall": (kind: Sort, map: (0, 0), run_by: Hub), "out": (kind: Downstream, map: (1, 0), run_by: Outside) }},
            {rest}
        )"#
    ))
}

#[test]
fn goods_move_as_they_would_through_queues() {
    for (n, of) in [(0, (1, 1)), (1, (1, 1)), (2, (3, 3)), (3, (1, 3))] {
        for (warm_up, seed) in [(0, 1), (0, 2), (3, 3), (3, 4)] {
            check(&network(NETWORKS[n], warm_up), "", World::Innocent, of, seed);
        }
    }
}

/// Stations at which layers look and systems record, goods within reach, responses that expel an operator.
#[test]
fn so_does_all_that_happens_to_goods_in_the_shipped_scenarios() {
    for (option, world) in [("as-today", World::Real), ("look-and-limit", World::Elsewhere), ("expel-now", World::Real)]
    {
        check(&lakeside(40), option, world, (3, 7), 5);
    }
    let mut eastmarch = scenario(&text_of("eastmarch/eastmarch"));
    eastmarch.calendar.horizon = SimDuration::from_days(60);
    let option = eastmarch.options[eastmarch.compare_with.index()].id.clone();
    check(&eastmarch, &option, World::Real, (3, 7), 1);
}

/// Labels are read of the goods that are in a zone, also where it is known already when they will be somewhere else.
#[test]
fn goods_are_where_they_would_be_when_somebody_reads_their_labels() {
    let stations = r#"{
        "dock":  (zone: "apron", job: Unload, staff: Always(3), takes: Exponential(mean: Minutes(9))),
        "bench": (zone: "hall",  job: Sort,   staff: Always(2), takes: Exponential(mean: Minutes(35))),
        "shelf": (zone: "annex", job: Sort,   staff: Always(9), takes: Exponential(mean: Minutes(5))),
        "gate":  (zone: "apron", job: Load,   staff: Always(4), takes: Exponential(mean: Minutes(3))),
    }"#;
    let routes = r#"{
        "our-way":   [Wait(Exponential(mean: Hours(2))), Visit("dock"), Wait(Exponential(mean: Minutes(40))), Visit("bench"),
                      Wait(Exponential(mean: Hours(3))), Wait(Exponential(mean: Hours(4))), Visit("gate"), Leave("out")],
        "their-way": [Visit("dock"), Visit("shelf"), Visit("gate"), Leave("out")],
    }"#;
    // Records of the gate are of the operator, so that there is somebody to learn about; nobody copies them.
    let records = r#"{"list": (operator: "ours", written_at: ["gate"], fields: [Contents], keeps: Days(30),
        value_halves_in: Days(70000), held_elsewhere: Percent(0), one_record_tells: Percent(100), logged: Percent(0))}"#;
    let mut read = Vec::new();
    for zone in ["hall", "apron"] {
        let steps = format!(
            r#""read": (class: Collect, after: Start, takes: Hours(1), repeats: PerDay(9), enters: "{zone}"),
               "send": (class: MoveOut, after: Start, takes: Hours(1), repeats: PerDay(20)),"#
        );
        let lab = Lab::new(30).campaign(&steps, 0, "Fixed(Days(3000))").with("information", records);
        let lab = lab.with("stations", stations).with("routes", routes).flights(50).scenario();
        for seed in 1..=3 {
            check(&lab, "", World::Real, (4, 4), seed);
        }
        let moved = watch(&plan(lab), "", World::Real, 1);
        let labels = |record: &Record| if let Record::MovedOut { records } = record { u64::from(*records) } else { 0 };
        read.push(moved.records().iter().map(|(_, record)| labels(record)).sum::<u64>());
    }
    assert!(read[0] > 200 && read[1] > 100 && read[0] != read[1], "{read:?}");
}

/// A station is foreseen only if nothing in the document can change who is served when.
#[test]
fn what_may_change_a_station_is_not_foreseen() {
    let station = |what: &str, more: &str| {
        let text =
            NETWORKS[0].replace("staff: Always(1)", what).replace("Minutes(20))", &format!("Minutes(20)){more}"));
        foreseen(&plan(network(&text, 0)))
    };
    assert_eq!(station("staff: Always(16)", ""), 1);
    assert_eq!(station("staff: Always(17)", ""), 0, "more servers than are kept in order");
    assert_eq!(station(r#"staff: Shifts({"05:00": 3, "19:00": 1})"#, ""), 0);
    assert_eq!(station("staff: Always(1)", ", queue: Priority"), 1, "all goods have one priority");
    let two = NETWORKS[1].replace(
        "traffic: {",
        r#"traffic: { "other": (route: "way", per_flight: 1, priority: 2, flights: Poisson(rate: PerHour(1))),"#,
    );
    assert_eq!(foreseen(&plan(network(&two, 0))), 0, "goods of two priorities");
    let with = |effect: Effect| {
        let mut scenario = with_queues(network(NETWORKS[0], 0));
        scenario.safeguards[0].does = vec![effect];
        foreseen(&plan(scenario))
    };
    assert_eq!(with(Effect::SlowJob(Job::Sort, SimDuration::from_millis(1))), 0);
    assert_eq!(with(Effect::SlowJob(Job::Load, SimDuration::from_millis(1))), 1);
    assert_eq!(with(Effect::Staff(serde_json::from_value(0.into()).unwrap(), 1)), 0);
}
