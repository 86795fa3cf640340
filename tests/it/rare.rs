//! Rare outcomes through the engine: against closed forms, against plain counting, on any number of threads.
//!
//! Seeds are fixed. An estimate may be off by four standard errors, which new seeds would exceed once in 10,000.

use airside::experiment::{Design, Quantity, RareEstimate, RareSearch, Silent, Threshold, Watcher, rare, replicate};
use airside::measure::{Measure, Record};
use airside::model::World;
use airside::numeric::poisson;
use airside::plan::Plan;
use assert_cmd::Command;

use super::rig::{Lab, Watch, option, step};

/// A hub without goods, and two operators each of whom a watch without flaws wrongly suspects three times a year.
fn false_alarms() -> Plan {
    let traffic = r#"{"goods": (route: "our-way", flights: Poisson(rate: PerYear(0.01)), per_flight: 1, handled_by: "ours",
        sensitive: Percent(0), integrity_critical: Percent(0), shippers: Zipf(businesses: 2, exponent: 1.0))}"#;
    let layers = r#"{"logs": (watches: AllOperators, notices: [Collect], sees_purpose: true, covers: Percent(100), report_takes: Hours(0),
        method: Monitor(alarms_if_misused: PerYear(3), false_alarms: PerYear(3)), cost: EuroPerYear(0))}"#;
    let desk = r#"(analysts: 1, believes_at_start: Percent(5), if_misused_expects: {Collect: PerYear(20)}, forgets_half_in: Days(180),
        watches_at: Percent(40), investigates_at: Percent(60), acts_at: Percent(90),
        stages: [(name: "look", takes: Fixed(Days(1)), finds_link: Percent(1))])"#;
    Lab::new(365).with("traffic", traffic).with("layers", layers).with("desk", desk).plan()
}

fn search(plan: &Plan, quantity: Quantity, at_least: f64, effort: u32, repetitions: u32) -> RareSearch {
    let threshold = Threshold::new(quantity, at_least).unwrap();
    let option = option(plan, "");
    RareSearch { threshold, option, world: World::Innocent, seed: 11, effort, repetitions }
}

fn near(found: &RareEstimate, exact: f64, known_within: f64) {
    let error = (found.estimates.variance() + known_within * known_within).sqrt();
    let p = found.probability();
    assert!(error > 0.0 && error < 0.3 * exact, "{p} +- {error} says nothing");
    assert!((p - exact).abs() < 4.0 * error, "{p} +- {error}, expected {exact}");
}

/// False alarms are a Poisson process, so that their number by the horizon has a tail in closed form.
#[test]
fn many_false_alarms_are_as_likely_as_the_poisson_law_says() {
    let plan = false_alarms();
    let mean = 2.0 * 3.0;
    let exact = poisson::above(18, mean);
    assert!((1e-5..3e-5).contains(&exact), "{exact}");
    let found = rare(&plan, &search(&plan, Quantity::FalseAlarms, 19.0, 500, 40), 0, &Silent).unwrap();
    near(&found, exact, 0.0);
    assert!(found.interval.contains(exact), "{:?}, exactly {exact}", found.interval);
}

/// Counted in steps of the engine, those of the pilot included.
#[test]
fn counting_would_need_over_ten_times_the_steps_at_one_in_ten_thousand() {
    let plan = false_alarms();
    let exact = poisson::above(16, 6.0);
    assert!((1e-4..2e-4).contains(&exact), "{exact}");
    let found = rare(&plan, &search(&plan, Quantity::FalseAlarms, 17.0, 100, 40), 0, &Silent).unwrap();
    near(&found, exact, 0.0);
    let counting = exact * (1.0 - exact) / found.equal_runs();
    let gain = counting / found.estimates.variance();
    assert!(gain > 10.0, "{gain}");
    assert!(found.steps > found.pilot_steps && found.pilot_steps > 0);
}

/// A hub whose goods wait for days before they are looked at, alarms of two layers, and a rule that acts on belief.
fn busy(checks: &str) -> Lab {
    let stations = r#"{
        "dock":  (zone: "apron", job: Unload, staff: Always(50), takes: Fixed(Minutes(1))),
        "bench": (zone: "hall",  job: Sort,   staff: Always(500), takes: Fixed(Days(20))),
        "shelf": (zone: "annex", job: Sort,   staff: Always(500), takes: Fixed(Days(20))),
        "gate":  (zone: "apron", job: Load,   staff: Always(500), takes: Fixed(Days(20))),
    }"#;
    let desk = r#"(analysts: 1, believes_at_start: Percent(5), if_misused_expects: {Collect: PerYear(20), Alter: PerYear(20)},
        forgets_half_in: Days(180), watches_at: Percent(40), investigates_at: Percent(60), acts_at: Percent(90),
        stages: [(name: "look", takes: Fixed(Days(3)), finds_link: Percent(20), false_link: Percent(5))])"#;
    let options = r#"{"act": (safeguards: [], response: [
        (when: Belief(AtLeast(Percent(40))), then: Investigate),
        (when: Belief(AtLeast(Percent(70))), then: RestrictScope(Percent(50)))])}"#;
    Lab::new(200)
        .flights(2)
        .with("stations", stations)
        .with("layers", format!("{{{checks}}}"))
        .with("desk", desk)
        .with("options", options)
        .with("compare_with", "\"act\"")
}

fn item_layer(id: &str, station: &str, catches: u32, errs: u32) -> String {
    format!(
        r#""{id}": (watches: Station("{station}"), notices: [Alter], sees_purpose: true, covers: Percent(100), report_takes: Hours(0),
            method: PerItem(catches: Percent({catches}), false_alarms: Percent({errs})), cost: EuroPerYear(0)),"#
    )
}

/// What is not rare can be counted: both ways agree.
#[test]
fn splitting_and_counting_agree_on_what_is_not_rare() {
    let logs = r#""logs": (watches: AllOperators, notices: [Collect], sees_purpose: true, covers: Percent(100), report_takes: Hours(5),
        method: Monitor(alarms_if_misused: PerYear(9), false_alarms: PerYear(1)), cost: EuroPerYear(0)),"#;
    let plan = busy(&(item_layer("seal", "gate", 30, 1) + logs)).plan();
    let design = Design {
        options: vec![option(&plan, "")],
        worlds: vec![World::Innocent],
        draws: 0,
        replications: 4000,
        first: 0,
        seed: 3,
        fidelity: airside::experiment::Fidelity::Full,
    };
    let table = replicate(&plan, &design, 0, &Silent).unwrap();
    let actions = table.values(World::Innocent, option(&plan, ""), Measure::WrongfulActions);
    let counted = actions.iter().filter(|actions| **actions >= 1.0).count() as f64 / actions.len() as f64;
    assert!((0.02..0.1).contains(&counted), "{counted}");
    let found = rare(&plan, &search(&plan, Quantity::WrongfulActions, 1.0, 50, 40), 0, &Silent).unwrap();
    assert!(found.levels.as_slice().len() > 1, "the estimate splits: {:?}", found.levels);
    near(&found, counted, (counted * (1.0 - counted) / actions.len() as f64).sqrt());
}

/// Runs of a lab, each with a luck of its own, forked when goods are in the building.
fn forked(plan: &Plan, world: World, runs: u32, at_day: u64) -> Vec<Watch> {
    let one = |r: u32| {
        let id = option(plan, "");
        let luck = airside::random::Luck::new(2).replication(r);
        let mut engine = airside::sim::Engine::new(plan, id, world, luck);
        let mut policy = airside::sim::Rules::new(&plan.scenario.options[id.index()]);
        let mut watch = Watch::new(plan);
        let mut forked = false;
        while step(&mut engine, &mut policy, &mut watch) {
            if !forked && engine.now().day() >= at_day {
                engine.fork(r + 1);
                forked = true;
            }
        }
        watch
    };
    (0..runs).map(one).collect()
}

/// Whether a layer errs on an item is drawn when the item comes. A fork in between takes away none of its errors.
#[test]
fn a_fork_leaves_goods_in_the_building_their_false_alarms() {
    let plan = busy(&item_layer("seal", "bench", 30, 10)).plan();
    let layer = |record: &Record| matches!(record, Record::Noticed { genuine: false, .. });
    let alarms: Vec<f64> = forked(&plan, World::Innocent, 300, 40)
        .iter()
        .map(|watch| watch.days_of(layer).into_iter().filter(|day| (41.0..59.0).contains(day)).count() as f64)
        .collect();
    // Items of 18 days, two a day, one in ten of them; the ordinary finds of mischief are not asked for here.
    super::rig::near("alarms", &alarms, 18.0 * 2.0 * 0.1, 4.0);
}

/// Of two layers that always fail together, the second finds nothing that the first of equal skill has missed, fork or
/// not.
#[test]
fn a_fork_leaves_layers_that_fail_together_together() {
    let layers = item_layer("seal", "bench", 50, 0) + &item_layer("xray", "gate", 50, 0);
    let steps = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2))"#;
    let lab = busy(&layers).campaign(steps, 0, "Fixed(Days(1000))");
    let plan = lab.with("fail_together", r#"[(layers: ["seal", "xray"], share: Percent(100))]"#).plan();
    let (mut first, mut second) = (0, 0);
    for watch in forked(&plan, World::Real, 40, 50) {
        let of = |name: &str| {
            let layer = plan.scenario.layers.iter().position(|l| l.id == name).unwrap();
            watch.count(|r| matches!(r, Record::Found { by: Some(l), .. } if l.index() == layer))
        };
        (first, second) = (first + of("seal"), second + of("xray"));
    }
    assert!(first > 500, "{first}");
    assert_eq!(second, 0);
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let plan = busy(&item_layer("seal", "gate", 30, 1)).plan();
    let search = search(&plan, Quantity::InnocentBelief, 0.3, 10, 7);
    let one = rare(&plan, &search, 1, &Silent).unwrap();
    assert!(one.probability() > 0.0 && one.estimates.variance() > 0.0, "{one:?}");
    for jobs in [2, 5] {
        assert_eq!(rare(&plan, &search, jobs, &Silent).unwrap(), one, "{jobs} threads");
    }
    let other = rare(&plan, &RareSearch { seed: 12, ..search }, 2, &Silent).unwrap();
    assert_ne!(other.estimates, one.estimates);
}

#[test]
fn what_never_comes_has_an_upper_bound_and_what_always_comes_a_lower() {
    let plan = false_alarms();
    let never = rare(&plan, &search(&plan, Quantity::CatalogueShare, 0.5, 20, 10), 2, &Silent).unwrap();
    assert_eq!((never.probability(), never.interval.low, never.gain()), (0.0, 0.0, None));
    // Two sides of 95 %: 1 - 0.025^(1/200).
    assert!((never.interval.high - (1.0 - libm::pow(0.025, 1.0 / 200.0))).abs() < 1e-12, "{:?}", never.interval);
    // The prior is 5 %.
    let always = rare(&plan, &search(&plan, Quantity::InnocentBelief, 0.01, 20, 10), 2, &Silent).unwrap();
    assert_eq!((always.probability(), always.interval.high), (1.0, 1.0));
    assert!((always.interval.low - libm::pow(0.025, 1.0 / 200.0)).abs() < 1e-12, "{:?}", always.interval);
}

/// Ends after so many paths.
struct Impatient(u64);

impl Watcher for Impatient {
    fn done(&self, paths: u64, of: u64) -> bool {
        assert!(paths <= of, "{paths} of {of}");
        paths < self.0
    }
}

#[test]
fn a_watcher_can_end_it() {
    let plan = false_alarms();
    let search = search(&plan, Quantity::FalseAlarms, 12.0, 10, 10);
    for after in [1, 30, 200] {
        assert_eq!(rare(&plan, &search, 2, &Impatient(after)), None, "{after}");
    }
}

fn airside(line: &str) -> (i32, String, String) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let root = env!("CARGO_MANIFEST_DIR");
    let done = Command::new(env!("CARGO_BIN_EXE_airside")).args(words).current_dir(root).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

const STARTER: &str = "scenarios/starter/starter.scenario.ron --option limit --world innocent";

#[test]
fn the_verb_prints_for_people_and_for_machines_the_same_each_time() {
    let line = format!("rare {STARTER} --outcome innocent-belief --at-least 40% --effort 10 --repetitions 5 --jobs");
    let (code, text, _) = airside(&format!("{line} 2"));
    assert_eq!(code, 0);
    for part in ["Probability", "95% interval", "Levels", "airside 0.", "seed 1", "40% or more"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (_, json, _) = airside(&format!("{line} 1 --format json"));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((json["outcome"].as_str(), json["at_least"].as_f64()), (Some("innocent_belief"), Some(0.4)));
    let estimates: Vec<f64> = json["estimates"].as_array().unwrap().iter().map(|e| e.as_f64().unwrap()).collect();
    let mean = estimates.iter().sum::<f64>() / estimates.len() as f64;
    assert_eq!((estimates.len(), json["probability"].as_f64()), (5, Some(mean)));
    let (low, high) = (json["interval"][0].as_f64().unwrap(), json["interval"][1].as_f64().unwrap());
    assert!(low <= mean && mean <= high, "{low} {mean} {high}");
    assert_eq!(airside(&format!("{line} 1")).1, text);
}

#[test]
fn what_cannot_come_is_said_so_and_never_called_certain() {
    let (code, text, remark) =
        airside(&format!("rare {STARTER} --outcome altered --at-least 1 --effort 10 --repetitions 5"));
    assert_eq!(code, 0);
    assert!(text.contains("No path got there. Up to 7% is compatible"), "{text}");
    assert!(remark.contains("nothing in this option and world leads to `altered`"), "{remark}");
}

#[test]
fn slips_on_the_command_line_are_told_with_what_is_meant() {
    for (line, part) in [
        ("--outcome wrongful_action --at-least 1", "did you mean `wrongful_actions`?"),
        ("--outcome altered --at-least 0.5", "counted in whole numbers"),
        ("--outcome innocent_belief --at-least 80", "write a number over 0 and up to 1, such as 0.8"),
        ("--outcome harm --at-least much", "takes a number, not `much`"),
        ("--outcome harm --at-least 1 --repetitions 2", "5..=10000"),
    ] {
        let (code, _, error) = airside(&format!("rare {STARTER} {line}"));
        assert_eq!(code, 2, "{line}");
        assert!(error.contains(part), "{line}: {error}");
    }
}

#[test]
fn runs_that_never_had_an_outcome_say_how_to_look_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display();
    let (code, text, _) = airside(&format!("run {STARTER} --replications 3 --out {out}"));
    assert_eq!(code, 0);
    let wanted = "airside rare scenarios/starter/starter.scenario.ron --outcome wrongful_actions --at-least 1 --option limit --world innocent";
    assert!(text.contains(wanted), "{text}");
    // Without a campaign goods cannot be altered: that they are not is no matter of too few runs.
    assert!(!text.contains("--outcome activated"), "{text}");
    let summary = std::fs::read_to_string(folder.path().join("summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary["too_rare_to_count"], serde_json::json!(["wrongful_actions", "wrongly_attributed"]));
}
