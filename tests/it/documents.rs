//! Shipped documents load without a word, and documents mean what the format says.

use std::collections::BTreeMap;

use airside::document::{Diagnostics, Files, NoFiles, Source, load_scenario};
use airside::model::{Discipline, Flights, Payer, Scenario, Shift};
use airside::time::HOUR;

use super::rig::Lab;

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn load(name: &str, text: &str, files: &dyn Files) -> (Option<Scenario>, Vec<String>) {
    let source = Source::new(name, text);
    let (scenario, found) = load_scenario(&source, files);
    let said = told(&source, &found);
    (scenario, said)
}

fn told(source: &Source, found: &Diagnostics) -> Vec<String> {
    let line = |one: &airside::document::Diagnostic| {
        let at = source.position(one.span.start);
        let inner = one.inner.as_ref().map_or(String::new(), |inner| {
            let at = inner.source.position(inner.problem.span.start);
            format!("in {}, {}:{}: ", inner.source.name(), at.line, at.column)
        });
        format!("{} {}:{} {}: {inner}{}", one.code.id(), at.line, at.column, one.path, one.message)
    };
    found.iter().map(line).collect()
}

/// A document that loads without a word.
fn good(name: &str, text: &str) -> Scenario {
    let (scenario, said) = load(name, text, &NoFiles);
    assert_eq!(said, Vec::<String>::new());
    scenario.unwrap()
}

#[test]
fn the_example_of_the_grammar_loads() {
    let scenario = good("grammar.ron", &read("tests/documents/grammar.scenario.ron"));
    assert_eq!(scenario.stations.len(), 4);
    assert_eq!(scenario.layers.len(), 4, "three stand and the library's safeguard brings one");
    assert!(scenario.layers[..3].iter().all(|layer| layer.standing) && !scenario.layers[3].standing);
    let screen = &scenario.stations[1];
    let shift = |from, servers| Shift { from: from * HOUR, servers };
    assert_eq!(screen.staff, [shift(0, 3), shift(6, 2), shift(22, 3)], "the night shift runs past midnight");
}

#[test]
fn the_queueing_reference_loads_with_everything_that_it_leaves_out() {
    let scenario = good("hub10.ron", &read("scenarios/bench/hub10.scenario.ron"));
    assert!(scenario.campaign.is_none() && scenario.desk.is_none() && scenario.layers.is_empty());
    assert_eq!((scenario.options.len(), scenario.options[0].id.as_str()), (1, "as-is"));
    assert_eq!((scenario.operators.len(), scenario.operators[0].id.as_str()), (1, "hub"));
    assert_eq!(scenario.stations[0].queue, Discipline::Fifo);
    assert!((scenario.traffic[0].consignments_a_day() - 4800.0).abs() < 1e-9);
}

#[test]
fn lakeside_loads() {
    let scenario = good("lakeside.ron", &read("scenarios/lakeside/lakeside.scenario.ron"));
    assert_eq!(scenario.options.len(), 4);
    assert!(scenario.layers.len() >= 6);
    assert_eq!(scenario.layers[0].paid_by, Payer::Hub);
}

const SMALL: &str = r#"{"Scenario": {
    "format": 1, "title": "As a machine writes it", "handling": "Clear",
    "calendar": {"starts": "2031-01-06", "horizon": {"Days": 7}, "warm_up": {"Days": 0}},
    "unsourced_numbers": "Illustrative",
    "zones": {"ramp": {"kind": "Airside", "map": [0, 0], "run_by": {"Operator": "north"}},
              "onward": {"kind": "Downstream", "map": [4, 0], "run_by": "Outside"}},
    "stations": {"unload": {"zone": "ramp", "job": "Unload", "staff": {"Shifts": {"06:00": 2}},
                            "takes": {"Erlang": {"mean": {"Minutes": 1.5}, "stages": 3}}}},
    "routes": {"through": [{"Visit": "unload"}, {"Wait": {"Fixed": {"Hours": 1}}}, {"Leave": "onward"}]},
    "traffic": {"all": {"route": "through", "flights": {"Poisson": {"rate": {"PerDay": 5}, "at_night": {"Percent": 30}}},
                        "per_flight": 40, "handled_by": "north"}},
    "operators": {"north": {"staff": 9, "helps_auditors": {"Percent": 90}, "law": "DoesNotApply"}},
    "campaign": "NoCampaign",
    "assumptions": {"traffic.all.flights.at_night":
        {"Uniform": {"low": {"Percent": 20}, "high": {"Percent": 40}, "grade": "Judgement", "source": "asked"}}}
}}"#;

#[test]
fn the_same_document_is_read_as_json() {
    let scenario = good("small.json", SMALL);
    assert_eq!(scenario.assumptions[0].unit.name(), "Percent");
    assert_eq!(scenario.stations[0].staff, [Shift { from: 0, servers: 2 }, Shift { from: 6 * HOUR, servers: 2 }]);
    let Flights::Poisson { profile, .. } = &scenario.traffic[0].flights else { panic!("Poisson") };
    assert!((profile.hours[23] - 0.9).abs() < 1e-12 && (profile.hours[12] - 1.05).abs() < 1e-12);
}

#[test]
fn json_problems_have_the_same_codes_and_exact_places() {
    let text = SMALL
        .replace(r#"{"Percent": 30}"#, r#"{"Percent": 130}"#)
        .replace(r#"{"Visit": "unload"}"#, r#"{"Visit": "unlaod"}"#)
        .replace(r#"{"Hours": 1}"#, r#"{"Hours": -1}"#);
    let (scenario, said) = load("small.json", &text, &NoFiles);
    assert!(scenario.is_none());
    let codes: Vec<&str> = said.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(codes, ["E0201", "E0204", "E0202"], "{said:?}");
}

#[test]
fn shared_definitions_come_from_files_beside_the_document() {
    let text = r#"Scenario(
        format: 1, title: "With a shared hall", handling: Green, include: ["../shared/hall.ron"],
        calendar: (starts: "2031-01-06", horizon: Days(7), warm_up: Days(0)), unsourced_numbers: Illustrative,
        zones: { "onward": (kind: Downstream, map: (4, 0), run_by: Outside) },
        routes: { "through": [Visit("sort"), Leave("onward")] },
        traffic: { "all": (route: "through", flights: Poisson(rate: PerDay(5)), per_flight: 40) },
        assumptions: { "stations.sort.takes.mean": Uniform(low: Minutes(1), high: Minutes(3), grade: Judgement, source: "asked") },
    )"#;
    let hall = r#"Shared(
        format: 1, handling: Clear,
        zones: { "hall": (kind: Sort, map: (0, 0), run_by: Hub), "attic": (kind: Warehouse, map: (0, 1), run_by: Hub) },
        stations: { "sort": (zone: "hall", job: Sort, staff: Always(2), takes: Exponential(mean: Minutes(2))) },
    )"#;
    let files = |text: &str| BTreeMap::from([("../shared/hall.ron".to_owned(), text.as_bytes().to_vec())]);
    let (scenario, said) = load("a.ron", text, &files(hall));
    assert_eq!(said, Vec::<String>::new(), "what a shared file defines may stay unused");
    assert_eq!(scenario.unwrap().stations[0].id, "sort");

    let (scenario, said) = load("a.ron", text, &files(&hall.replace("Minutes(2)", "Minutes(0)")));
    assert!(scenario.is_none());
    assert_eq!(
        said,
        ["E0206 2:76 stations.sort.takes.mean: in ../shared/hall.ron, 4:98: \
          no such distribution can be made with `Minutes(0)`: it must be over 0"]
    );
}

#[test]
fn the_library_loads_in_every_document() {
    let mut own = String::new();
    for id in airside::document::library_ids() {
        own += &format!("\"{id}\": Library(\"{id}\"),\n");
    }
    let names: Vec<String> = airside::document::library_ids().map(|id| format!("{id:?}")).collect();
    let text = read("scenarios/lakeside/lakeside.scenario.ron")
        .replace("safeguards: {\n", &format!("safeguards: {{\n{}", own))
        .replace("\"ask-why\":      Library(\"purpose-of-use-audit\"),", "")
        .replace("\"hot-line\":     Library(\"protected-reporting-line\"),", "")
        .replace("[\"ask-why\", \"hot-line\"]", &format!("[{}]", names.join(", ")))
        .replace("[\"ask-why\", \"fewer-fields\"]", "[\"fewer-fields\"]");
    let scenario = good("lakeside.ron", &text);
    assert_eq!(scenario.safeguards.iter().filter(|safeguard| safeguard.from_library).count(), names.len());
}

#[test]
fn what_would_never_end_is_refused() {
    let long = || Lab::new(7000).flights(1);
    let check = |text: &str| {
        let (scenario, said) = load("long.ron", text, &NoFiles);
        assert!(scenario.is_none() && said.iter().any(|line| line.starts_with("E0215")), "{said:?}");
    };
    // A hundred attempts an hour for nineteen years are many; at a hundred times the tempo they are too many.
    let steps = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerHour(100))"#;
    let text = long().campaign(steps, 0, "Fixed(Days(9))").text();
    assert!(load("long.ron", &text, &NoFiles).0.is_some());
    check(&text.replace("pause_lasts", "tempo: 100, pause_lasts"));
    // Mischief that each of two layers finds at each of two operators a hundred times an hour.
    let look = |name: &str| {
        format!(
            r#""{name}": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent(10), report_takes: Hours(1),
                method: PerItem(catches: Percent(10), false_alarms: Percent(0)), cost: EuroPerYear(0)),"#
        )
    };
    let desk = r#"(analysts: 1, believes_at_start: Percent(5), if_misused_expects: {Alter: PerYear(5)}, forgets_half_in: Days(90),
        watches_at: Percent(15), investigates_at: Percent(45), acts_at: Percent(90), finds_anyway: PerHour(100),
        stages: [(name: "look", takes: Fixed(Days(1)), finds_link: Percent(5))])"#;
    check(&long().with("layers", format!("{{{}{}}}", look("a"), look("b"))).with("desk", desk).text());
}
