//! What is asked of a study besides a brief: robustness, sensitivity, sweeps and optimisation, each made again byte for byte.

use std::fs;

use serde_json::Value;

use super::place::Place;

const STUDY: &str = r#"Study(format: 1, title: "small", handling: Green, scenario: "small.scenario.ron",
    options: ["as-today", "look", "expel-now"], draws: 24, replications: 2, seed: 5,
    targets: {"catalogue_share": AtMost(Percent(3)), "wrongful_actions": AtMost(Number(0.5))},
    tolerances: {"catalogue_share": [(more_than: Percent(1), in_at_most: Percent(50))]},
    worth: (averting: Percent(1), is: Euro(50_000), source: "made up"),
    budget: Euro(300_000),
    world_sets: {"complies": (title: "it meets every demand", sets: {"operators.parcelline.law.complied_with": Percent(100)})},
    optimise: (among: ["ask-why", "fewer-fields", "expel"], delta: Percent(1), at_most: 2,
               limits: {"mean_sojourn_min": AtMost(Hours(24))}),
    adversary_moves: {"hasty": (title: "it reads more often", sets: {"campaign.steps.read.repeats": PerMonth(8)})},
)"#;

/// Runs a verb twice, the second time by `verify`, and gives its summary.
#[track_caller]
fn asked(place: &Place, verb: &str, more: &[&str]) -> Value {
    let mut line = vec![verb, "small.study.ron", "--out", "out", "--format", "json"];
    line.extend(more);
    let said = place.fine(&line);
    let summary: Value = serde_json::from_str(said.trim().lines().last().unwrap()).unwrap();
    let page = fs::read_to_string(place.path("out/report.html")).unwrap();
    assert!(page.contains("TLP:GREEN") && page.contains("seed 5"), "{verb}");
    let said = place.fine(&["verify", "out"]);
    assert!(said.contains("byte for byte"), "{verb}: {said}");
    fs::remove_dir_all(place.path("out")).unwrap();
    summary
}

fn by<'v>(list: &'v Value, key: &str, name: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|it| it[key] == name).unwrap_or_else(|| panic!("no {name} in {list}"))
}

#[test]
fn regret_is_what_an_option_stays_behind_in_each_world_set() {
    let place = Place::new(STUDY);
    let found = asked(&place, "robust", &[]);
    for set in ["as-written", "complies"] {
        let of = |option: &str, key: &str| by(&found["options"], "option", option)["world_sets"][set][key].as_f64();
        let best = ["as-today", "look", "expel-now"].map(|o| of(o, "mean").unwrap()).into_iter().fold(1.0, f64::min);
        for option in ["as-today", "look", "expel-now"] {
            let (mean, regret) = (of(option, "mean").unwrap(), of(option, "regret").unwrap());
            assert!((mean - best - regret).abs() < 1e-12 && regret >= 0.0, "{option} in {set}");
        }
    }
    let least: Vec<f64> =
        found["options"].as_array().unwrap().iter().map(|it| it["largest_regret"].as_f64().unwrap()).collect();
    let chosen = found["options"].as_array().unwrap().iter().find(|it| it["least_regret"] == true).unwrap();
    assert_eq!(chosen["largest_regret"].as_f64().unwrap(), least.into_iter().fold(1.0, f64::min));
}

#[test]
fn an_input_that_nothing_hangs_on_changes_nothing() {
    // Expulsion takes ninety days.
    let place = Place::new(&STUDY.replace("seed: 5,", "seed: 5, horizon: Days(160),"));
    let found = asked(
        &place,
        "sensitivity",
        &["--option", "expel-now", "--trajectories", "4", "--base", "4", "--keep", "2", "--draws", "4"],
    );
    // Expulsion does not ask what the desk believes.
    let belief = by(&found["one_way"], "input", "desk.believes_at_start");
    assert_eq!(
        (belief["low"]["change"]["mean"].as_f64(), belief["high"]["change"]["mean"].as_f64()),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(by(&found["morris"], "input", "desk.believes_at_start")["mu_star"].as_f64(), Some(0.0));
    assert!(found["as_written"]["mean"].as_f64().unwrap() > 0.0, "{found}");
    let kept = found["morris"].as_array().unwrap().iter().filter(|it| it["kept"] == true).count();
    assert!((1..=2).contains(&kept), "{kept}");
}

#[test]
fn a_sweep_meets_the_same_luck_at_all_points() {
    let place = Place::new(STUDY);
    let input = "desk.believes_at_start";
    let found =
        asked(&place, "sweep", &["--input", input, "--points", "3", "--replications", "4", "--option", "expel-now"]);
    let averted = found["options"][0]["averted"].as_array().unwrap();
    assert_eq!(averted.len(), 3);
    assert!(averted.iter().all(|it| it == &averted[0]), "what the input does not touch is the same to the last bit");
    let plane = asked(
        &place,
        "sweep",
        &["--input", input, "--input", "operators.parcelline.law.demands=0..9", "--points", "2", "--replications", "3"],
    );
    assert_eq!((plane["points"].as_array().unwrap().len(), plane["options"].as_array().unwrap().len()), (4, 2));
    let cloud = asked(&place, "sweep", &["--spread", "lhs", "--points", "6", "--replications", "2"]);
    assert_eq!(cloud["points"].as_array().unwrap().len(), 6);
    let (code, _, wrong) = place.airside(&["sweep", "small.study.ron", "--input", "desk.believes_at_strat"]);
    assert!(code == 2 && wrong.contains("did you mean `desk.believes_at_start`?"), "{wrong}");
}

#[test]
fn a_design_is_chosen_within_the_budget_against_the_answer_to_it() {
    let place = Place::new(STUDY);
    let found = asked(&place, "optimise", &["--replications", "6", "--cap", "12", "--holdout", "8"]);
    // Of eight sets one has more than two safeguards; expulsion alone costs 4 million.
    assert_eq!(found["designs_tried"], 7);
    let selected = found["selection"]["selected"].as_str().unwrap();
    assert!(!selected.contains("expel"), "{selected}");
    assert!(found["designs_that_keep_the_limits"].as_u64().unwrap() <= 4, "{found}");
    let moves: Vec<&str> =
        found["holdout"]["moves"].as_array().unwrap().iter().map(|it| it["move"].as_str().unwrap()).collect();
    assert_eq!(moves, ["as-written", "hasty"]);
    let got = |nth: usize| found["holdout"]["moves"][nth]["adversary_gets"].as_f64().unwrap();
    assert!(got(1) >= got(0), "who reads more often knows more");
    let bare = STUDY.replace("optimise: (", "// optimise: (").replace("limits: {\"mean", "// limits: {\"mean");
    let other = Place::new(&bare);
    let (code, _, wrong) = other.airside(&["optimise", "small.study.ron"]);
    assert!(code == 2 && wrong.contains("write `optimise: (among"), "{wrong}");
}

#[test]
fn two_runs_part_where_their_options_first_matter() {
    let place = Place::new(STUDY);
    let explain = |against: &str| {
        let line = ["explain", "small.scenario.ron", "--option", "expel-now", "--against", against, "--seed", "2"];
        place.airside(&line)
    };
    let (code, said, wrong) = explain("as-today");
    assert_eq!(code, 0, "{wrong}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Under expel-now alone: expel is bought (day 0") && said.contains("In the end"), "{said}");
    let (code, _, wrong) = explain("expel-now");
    assert!(code == 2 && wrong.contains("both options are `expel-now`"), "{wrong}");
}

/// Ended by a signal, as by Ctrl-C: it says how to go on, and goes on to the same bytes.
#[cfg(unix)]
#[test]
fn work_that_is_interrupted_ends_in_order_and_goes_on() {
    let place = Place::new(&STUDY.replace("replications: 2", "replications: 8"));
    let line = ["compare", "small.study.ron", "--out", "out"];
    let child = place.command(&line).stderr(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn();
    let child = child.unwrap();
    // The first block of runs is on disk before it is interrupted.
    let kept = place.path("out/unfinished-0.rows");
    let begun = || fs::metadata(&kept).is_ok_and(|file| file.len() > 1000);
    let mut waited = 0;
    while !begun() && waited < 600 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        waited += 1;
    }
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(130), "{said}");
    assert!(said.contains("--resume goes on"), "{said}");
    let (code, _, wrong) = place.airside(&["compare", "small.study.ron", "--out", "out", "--resume"]);
    assert!(code == 0 && wrong.contains("taken over"), "{wrong}");
    let said = place.fine(&["verify", "out"]);
    assert!(said.contains("byte for byte"), "{said}");
}
