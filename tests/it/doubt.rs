//! What the program says and leaves of world draws: files that an auditor can repeat them from, and words that keep doubt,
//! luck and sampling error apart.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use super::rig::text_of;

/// A folder with lakeside cut to a hundred days, perhaps with another edit.
struct Place(tempfile::TempDir);

impl Place {
    fn new(edits: &[(&str, &str)]) -> Place {
        let mut text = text_of("lakeside/lakeside").replace("horizon: Days(365)", "horizon: Days(100)");
        for (from, to) in edits {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text = text.replacen(from, to, 1);
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("small.scenario.ron"), text).unwrap();
        Place(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Types `airside verb small.scenario.ron rest`; exit code, standard output and standard error.
    fn airside(&self, verb: &str, rest: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_airside"));
        command.arg(verb).arg("small.scenario.ron").args(rest).current_dir(self.0.path());
        let done = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    #[track_caller]
    fn fine(&self, verb: &str, rest: &[&str]) -> String {
        let (code, said, wrong) = self.airside(verb, rest);
        assert_eq!(code, 0, "{said}{wrong}");
        said
    }
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&read(folder, name)).unwrap()
}

/// All rows of a CSV file, by columns.
fn rows(text: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (head, reader.records().map(Result::unwrap).collect())
}

#[test]
fn a_comparison_over_draws_leaves_what_an_auditor_needs() {
    let place = Place::new(&[]);
    let said = place.fine("compare", &["--draws", "4", "--replications", "2", "--seed", "5"]);
    let out = place.path("output/small/compare");
    for part in [
        "4 world draws x 2 replications",
        "sampling error",
        "Doubt:",
        "doubt and luck together",
        "Drawn from:",
        "desk.believes_at_start",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!said.to_lowercase().contains("held fixed"), "{said}");

    let (head, draws) = rows(&read(&out, "draws.csv"));
    assert_eq!((head.join(","), draws.len()), ("draw,path,value,unit".to_owned(), 4 * 6));
    let manifest = json(&out, "manifest.json");
    assert_eq!((manifest["draws"].as_u64(), manifest["replications"].as_u64()), (Some(4), Some(2)));
    assert_eq!(manifest["drawn_from"].as_array().unwrap().len(), 6);
    let (head, runs) = rows(&read(&out, "replications.csv"));
    assert_eq!(head[..4], ["world", "option", "draw", "replication"]);
    assert_eq!(runs.len(), 3 * 4 * 4 * 2, "world x option x draw x replication");
    assert_eq!(runs[5].iter().skip(2).take(2).collect::<Vec<_>>(), ["2", "1"]);
    let (head, paired) = rows(&read(&out, "paired.csv"));
    let column = |name: &str| head.iter().position(|own| own == name).unwrap();
    assert!(paired.iter().all(|row| &row[column("n")] == "4"), "pairs are world draws");
    assert!(paired.iter().all(|row| row.len() == head.len()) && head.contains(&"variance_of_doubt".to_owned()));
    let summary = json(&out, "summary.json");
    assert_eq!(summary["draws"].as_u64(), Some(4));
    let share = &summary["worlds"]["real"]["as-today"]["throughput"]["doubt"]["share_of_variance"];
    assert!(share.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)), "{share}");
    let page = read(&out, "report.html");
    assert!(page.contains("4 world draws x 2 replications") && page.contains("How sure this is"));
    assert!(page.contains("of 4 world draws"), "in how many draws an option lowers");
    assert!(!page.contains("held at the value that is written"));
    let chart = fs::read_dir(out.join("charts"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.ends_with("exceedance-catalogue-share.svg") || p.extension().is_some_and(|e| e == "svg"));
    assert!(fs::read_to_string(chart.unwrap()).unwrap().contains("4 world draws x 2 replications"));

    // The values of a draw, typed into the document, are what was run: a run of every row's seed would need the luck of
    // its draw, so the document is compared, by what it says of its numbers.
    let value = |path: &str| draws.iter().find(|row| &row[0] == "0" && &row[1] == path).unwrap()[2].to_owned();
    let catches = value("layers.seal-check.method.catches");
    let typed = Place::new(&[(
        "method: PerItem(catches: Percent(35)",
        &format!("method: PerItem(catches: Percent({catches})"),
    )]);
    let told: Value = serde_json::from_str(&typed.fine("check", &["--format", "json"])).unwrap();
    let assumption = told["scenarios"][0]["assumptions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["path"] == "layers.seal-check.method.catches")
        .unwrap();
    assert_eq!(assumption["value"].to_string().parse::<f64>().unwrap(), catches.parse::<f64>().unwrap());

    // Threads change no byte, and a run without draws leaves no values of an earlier one.
    let again = place.path("again");
    place.fine(
        "compare",
        &["--draws", "4", "--replications", "2", "--seed", "5", "--jobs", "1", "--out", again.to_str().unwrap()],
    );
    for file in ["draws.csv", "replications.csv", "paired.csv", "summary.json", "manifest.json", "report.html"] {
        assert!(read(&out, file) == read(&again, file), "{file}");
    }
    let said = place.fine("compare", &["--replications", "2"]);
    assert!(said.contains("6 ranges are not drawn from (--draws W draws from them)"), "{said}");
    assert!(!out.join("draws.csv").exists());
    assert!(!read(&out, "manifest.json").contains("draw\":") && !read(&out, "replications.csv").contains("draw"));
}

#[test]
fn many_runs_over_draws_tell_doubt_luck_and_sampling_error_apart() {
    let place = Place::new(&[]);
    let said = place.fine("run", &["--draws", "5", "--replications", "3", "--seed", "2"]);
    for part in ["5 world draws x 3 replications", "doubt", "nine runs in ten", "of the variance", "Drawn from:"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let out = place.path("output/small/run");
    assert_eq!(rows(&read(&out, "replications.csv")).1.len(), 15);
    assert!(read(&out, "report.html").contains("<th>doubt</th>"));
    // With one run in each draw the two cannot be told apart, and it is said.
    let single = place.fine("run", &["--draws", "5", "--replications", "1"]);
    assert!(single.contains("doubt and luck are not told apart") && !single.contains("of the variance"), "{single}");
    // Ten replications if nobody says.
    let lines = place.fine("run", &["--draws", "2", "--format", "json"]);
    let last: Value = serde_json::from_str(lines.trim().lines().last().unwrap()).unwrap();
    assert_eq!((last["draws"].as_u64(), last["replications"].as_u64()), (Some(2), Some(10)));
    assert!(last["doubt"]["throughput"]["variance_of_luck"].as_f64().unwrap() > 0.0);
    // A story is of the numbers as written, and says so.
    let story = place.fine("run", &["--seed", "2"]);
    assert!(story.contains("6 ranges are not drawn from"), "{story}");
}

#[test]
fn draws_that_cannot_be_are_refused_before_anything_is_written() {
    let range = r#""desk.believes_at_start":                Uniform(low: Percent(1), high: Percent(10), "#;
    let wider = r#""desk.watches_at": Uniform(low: Percent(10), high: Percent(60), grade: Judgement, source: "test"),
        "desk.believes_at_start":                Uniform(low: Percent(1), high: Percent(10), "#;
    let place = Place::new(&[(range, wider)]);
    let (code, said, _) = place.airside("check", &[]);
    assert_eq!(code, 3);
    assert!(said.contains("E0255 range-contradicts") && said.contains("`desk.watches_at` at Percent(60)"), "{said}");
    let (code, _, wrong) = place.airside("compare", &["--draws", "30", "--replications", "1"]);
    assert_eq!(code, 3, "{wrong}");
    assert!(
        wrong.contains("world draw ") && wrong.contains("`desk.watches_at` at Percent(") && wrong.contains("E0240"),
        "{wrong}"
    );
    assert!(!place.path("output").exists());
    // As written the document can be run all the same.
    place.fine("run", &[]);

    let usage = |place: &Place, rest: &[&str], part: &str| {
        let (code, _, wrong) = place.airside("compare", rest);
        assert!(code == 2 && wrong.contains(part), "{code} {wrong}");
    };
    let place = Place::new(&[]);
    usage(&place, &["--draws", "1"], "one world draw");
    usage(&place, &["--draws", "2000", "--replications", "1000"], "more than 1000000 runs");
    usage(&place, &["--replications", "1"], "two runs");
    let text = fs::read_to_string(place.path("small.scenario.ron")).unwrap();
    let (before, rest) = text.split_once("    assumptions: {").unwrap();
    let after = rest.split_once("\n    },\n").unwrap().1;
    fs::write(place.path("small.scenario.ron"), format!("{before}{after}")).unwrap();
    usage(&place, &["--draws", "5"], "no ranges under `assumptions`");
}

#[test]
fn check_lists_assumptions_and_every_illustrative_number() {
    let place = Place::new(&[]);
    let short = place.fine("check", &[]);
    assert!(
        short.contains("layers.seal-check.method.catches  Percent(35)  Percent(10) to Percent(80)  Illustrative"),
        "{short}"
    );
    assert!(short.contains("illustrative numbers: stations") && short.contains("(--numbers lists them)"), "{short}");
    let long = place.fine("check", &["--numbers"]);
    assert!(long.contains("      sort  staff Always(1), "), "{long}");
    let told: Value = serde_json::from_str(&place.fine("check", &["--numbers", "--format", "json"])).unwrap();
    let scenario = &told["scenarios"][0];
    assert_eq!(scenario["assumptions"].as_array().unwrap().len(), 6);
    let numbers = scenario["illustrative"].as_array().unwrap();
    assert_eq!(scenario["illustrative_numbers"].as_u64(), Some(numbers.len() as u64));
    let is = |path: &str| numbers.iter().any(|n| n["path"] == path && n["value"].is_number() && n["unit"].is_string());
    assert!(is("layers.seal-check.method.catches") && is("desk.stages.ask.finds_link"));
    assert!(!numbers.iter().any(|n| n["path"] == "desk.believes_at_start"), "it is a judgement");
}
