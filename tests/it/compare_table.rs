//! `airside compare --from`: a table of another model, from the file to the report.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The table of the case `tiny-psa-3x8`, in the long form.
fn tiny() -> String {
    let losses = [
        [200, 150, 100],
        [100, 90, 80],
        [300, 200, 90],
        [50, 50, 50],
        [400, 250, 200],
        [120, 60, 60],
        [80, 70, 20],
        [150, 90, 40],
    ];
    let mut text = String::from("option,world,loss,cost,input:first,remark\n");
    for (world, row) in losses.iter().enumerate() {
        for ((option, cost), loss) in [("as-is", 0), ("patrol", 40), ("wall", 70)].iter().zip(row) {
            text.push_str(&format!("{option},w{world},{loss},{cost},{},x\n", row[0]));
        }
    }
    text
}

fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_airside")).args(args).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_table_is_compared_and_leaves_its_files_twice_the_same() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tiny.csv"), tiny()).unwrap();
    let typed =
        ["compare", "--from", "tiny.csv", "--value-of-unit", "0.5,1", "--value-of-unit", "2", "--handling", "green"];
    let (code, said, noted) = run(folder.path(), &typed);
    assert_eq!(code, Some(0), "{said}{noted}");
    for part in [
        "TLP:GREEN · reference option as-is · 8 worlds · seed 1",
        "`as-is` is best on average at 0.500 a unit; `wall` is best on average at 1 to 2 a unit.",
        "Against `as-is`, `patrol` averts 55 (4 to 106) units",
        "What it is worth to know one input (EVPPI)",
        "prices luck",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(noted.contains("not read: the columns `remark`"), "{noted}");
    let output = folder.path().join("output/tiny/compare");
    let names = [
        "frontier.csv",
        "paired.csv",
        "acceptability.csv",
        "evpi.csv",
        "evppi.csv",
        "summary.json",
        "manifest.json",
        "report.html",
        "charts/cost-effect.svg",
        "charts/acceptability.png",
        "charts/expected-loss.svg",
    ];
    let read = || names.map(|name| std::fs::read(output.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")));
    let first = read();
    let summary: Value = serde_json::from_slice(&first[5]).unwrap();
    assert_eq!(summary.pointer("/by_value/1/evpi").and_then(Value::as_f64), Some(20.0));
    let (_, _, noted) = run(folder.path(), &typed);
    assert!(noted.contains("replacing the results"), "{noted}");
    assert!(read() == first, "same inputs, same bytes");
}

#[test]
fn json_is_the_summary_and_the_reference_can_be_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tiny.csv"), tiny()).unwrap();
    let typed = ["compare", "--from", "tiny.csv", "--reference", "wall", "--format", "json", "--out", "there"];
    let (code, said, noted) = run(folder.path(), &typed);
    assert_eq!(code, Some(0), "{noted}");
    let summary: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(summary["reference"], "wall");
    assert_eq!(summary["by_value"].as_array().map(Vec::len), Some(21));
    assert!(folder.path().join("there/report.html").exists());
}

#[test]
fn what_is_wrong_is_told_with_lines_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.csv"), tiny().replace("wall,w2,90,", "wall,w2,ninety,")).unwrap();
    let (code, _, noted) = run(folder.path(), &["compare", "--from", "bad.csv"]);
    assert_eq!(code, Some(3), "{noted}");
    assert!(noted.contains("bad.csv: line 10: loss is `ninety`, and must be a finite number"), "{noted}");
    assert!(!folder.path().join("output").exists());
    for (typed, wanted) in [
        (vec!["compare"], "required"),
        (vec!["compare", "--from", "none.csv"], "cannot read none.csv"),
        (vec!["compare", "--from", "bad.csv", "--value-of-unit", "-1"], "value-of-unit"),
        (vec!["compare", "x.ron", "--reference", "y"], "--from"),
        (vec!["compare", "x.ron", "--from", "bad.csv"], "cannot be used with"),
    ] {
        let (code, _, noted) = run(folder.path(), &typed);
        assert!(code == Some(2) && noted.contains(wanted), "{typed:?}: {code:?} {noted}");
    }
}
