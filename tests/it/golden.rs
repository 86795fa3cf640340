//! What every shipped scenario gives at three seeds, as digests of the files that `airside run` writes.
//!
//! A change that is meant is written down with `AIRSIDE_WRITE_GOLDEN=1 cargo test --test it golden`, and the commit says
//! why. Of a line's three digests the first two are of numbers, and the third is of words and pictures as well.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

const SEEDS: [u64; 3] = [1, 2, 3];
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/digests.txt");

/// Scenario, and the option and world that its seeds are played in, so that rules and safeguards are met as well.
const SHIPPED: [(&str, [(&str, &str); 3]); 5] = [
    ("bay-gateway/bay-gateway", [("", "real"), ("", "innocent"), ("", "elsewhere")]),
    ("bench/hub10", [("", "innocent"); 3]),
    ("eastmarch/eastmarch", [("", "real"), ("audit-use", "real"), ("expel", "elsewhere")]),
    ("lakeside/lakeside", [("", "real"), ("look-and-limit", "real"), ("expel-now", "innocent")]),
    ("starter/starter", [("", "real"), ("", "innocent"), ("", "elsewhere")]),
];

#[test]
fn bay_gateway() {
    check("bay-gateway/bay-gateway");
}

#[test]
fn hub10() {
    check("bench/hub10");
}

#[test]
fn eastmarch() {
    check("eastmarch/eastmarch");
}

#[test]
fn lakeside() {
    check("lakeside/lakeside");
}

#[test]
fn starter() {
    check("starter/starter");
}

#[test]
fn every_shipped_scenario_is_here() {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")).unwrap() {
        let folder = folder.unwrap();
        if !folder.file_type().unwrap().is_dir() || folder.file_name() == "invalid" {
            continue;
        }
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if let Some(stem) = name.strip_suffix(".scenario.ron") {
                found.push(format!("{}/{stem}", folder.file_name().to_str().unwrap()));
            }
        }
    }
    found.sort();
    assert_eq!(found, SHIPPED.map(|(name, _)| name));
}

#[track_caller]
fn check(name: &str) {
    let played = SHIPPED.iter().find(|(shipped, _)| *shipped == name).unwrap().1;
    let lines: Vec<String> =
        SEEDS.iter().zip(played).map(|(seed, (option, world))| digest(name, *seed, option, world)).collect();
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    let before: Vec<&str> = kept.lines().filter(|line| line.starts_with(&format!("{name} "))).collect();
    if before == lines {
        return;
    }
    assert!(std::env::var_os("AIRSIDE_WRITE_GOLDEN").is_some(), "\n{before:#?}\nnow\n{lines:#?}");
    write(name, lines);
}

/// Scenarios are tested side by side, and one of them writes at a time.
fn write(name: &str, lines: Vec<String>) {
    static WRITING: Mutex<()> = Mutex::new(());
    let _one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    let others = kept.lines().filter(|line| !line.starts_with(&format!("{name} ")) && !line.starts_with('#'));
    let mut all: Vec<String> = others.map(str::to_owned).chain(lines).collect();
    all.sort();
    let text = format!(
        "# scenario, seed, option, world: records.jsonl, summary.json, all files but PNG\n{}\n",
        all.join("\n")
    );
    std::fs::write(KEPT, text).unwrap();
}

/// One run by the program, as anybody would do it.
fn digest(name: &str, seed: u64, option: &str, world: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_airside"));
    command.args(["run", &format!("scenarios/{name}.scenario.ron"), "--quiet", "--world", world]);
    command.args(["--seed", &seed.to_string(), "--out"]).arg(folder.path());
    if !option.is_empty() {
        command.args(["--option", option]);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR")).assert().success();
    let file = |name: &str| short(Sha256::new_with_prefix(std::fs::read(folder.path().join(name)).unwrap()));
    let option = if option.is_empty() { "-" } else { option };
    format!(
        "{name} {seed} {option} {world}: {} {} {}",
        file("records.jsonl"),
        file("summary.json"),
        whole(folder.path())
    )
}

/// Names and contents of all files in a folder. PNG pictures are drawn from the SVG ones.
fn whole(folder: &Path) -> String {
    let mut paths: Vec<_> = [folder.to_owned(), folder.join("charts")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|kind| kind != "png"))
        .collect();
    paths.sort();
    let mut all = Sha256::new();
    for path in paths {
        all.update(path.file_name().unwrap().as_encoded_bytes());
        all.update(std::fs::read(path).unwrap());
    }
    short(all)
}

fn short(digest: Sha256) -> String {
    digest.finalize()[..8].iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}
