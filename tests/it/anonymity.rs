//! No carrier of the published statistics is named outside `tests/data`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where no name may stand. Whoever adds a folder that output is kept in adds it here.
const FOLDERS: [&str; 11] = [
    "scenarios",
    "src",
    "docs",
    "tests",
    "output",
    "assets",
    "examples",
    "benches",
    "README.md",
    "CHANGELOG.md",
    "ARCHITECTURE.md",
];
/// The one folder that keeps the published files.
const RAW: &str = "tests/data";
/// The list of real names that documents are warned about.
const LIST: &str = "src/document/check/real_names.txt";

struct Names {
    whole: BTreeSet<String>,
    codes: BTreeSet<String>,
}

/// Operating and published names, each also without its mark of a former name, and codes of both.
fn names() -> Names {
    let mut names = Names { whole: BTreeSet::new(), codes: BTreeSet::new() };
    let mut raw = csv::Reader::from_path(Path::new(RAW).join("air-cargo-monthly-raw.csv")).unwrap();
    for row in raw.records() {
        let row = row.unwrap();
        for (name, code) in [(&row[1], &row[2]), (&row[3], &row[4])] {
            names.whole.insert(name.trim().to_lowercase());
            names.whole.insert(name.split(" - Pre ").next().unwrap().trim().to_lowercase());
            if !code.trim().is_empty() {
                names.codes.insert(code.trim().to_owned());
            }
        }
    }
    let mut raw = csv::Reader::from_path(Path::new(RAW).join("july-departures-raw.csv")).unwrap();
    let carrier = raw.headers().unwrap().iter().position(|name| name == "carrier").unwrap();
    names.codes.extend(raw.records().map(|row| row.unwrap()[carrier].to_owned()));
    names
}

/// Every name in `text` as a whole word, in any case; every code that is a whole field of a CSV.
fn named(names: &Names, path: &Path, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let alone = |at: usize, length: usize| {
        let before = lower[..at].chars().next_back();
        let after = lower[at + length..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let mut found: Vec<String> = names
        .whole
        .iter()
        .filter(|name| lower.match_indices(name.as_str()).any(|(at, _)| alone(at, name.len())))
        .cloned()
        .collect();
    // Two letters are also an ordinary word or a country, so codes are looked for only where a code would stand.
    if path.extension().is_some_and(|extension| extension == "csv") {
        let fields: BTreeSet<&str> =
            text.split([',', '\n', '\r']).map(|field| field.trim_matches([' ', '"'])).collect();
        found.extend(names.codes.iter().filter(|code| fields.contains(code.as_str())).cloned());
    }
    found
}

fn files(path: &Path, all: &mut Vec<PathBuf>) {
    if path.starts_with(RAW) || path == Path::new(LIST) {
        return;
    }
    if path.is_dir() {
        let mut inside: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        inside.sort();
        inside.iter().for_each(|path| files(path, all));
    } else if path.is_file() {
        all.push(path.to_owned());
    }
}

#[test]
fn no_file_names_a_carrier() {
    let names = names();
    assert!(names.whole.len() > 90 && names.codes.len() > 80);
    let mut all = Vec::new();
    FOLDERS.iter().for_each(|folder| files(Path::new(folder), &mut all));
    assert!(all.iter().any(|path| path.ends_with("bay-gateway/cargo-monthly.csv")));
    let mut offences = Vec::new();
    for path in all {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        offences.extend(named(&names, &path, &text).iter().map(|name| format!("{}: {name}", path.display())));
    }
    assert!(offences.is_empty(), "carriers are named:\n{}", offences.join("\n"));
}

/// Everything that a run on the real volumes says and leaves.
#[test]
fn no_output_names_a_carrier() {
    let names = names();
    let folder = tempfile::tempdir().unwrap();
    let scenario = "scenarios/bay-gateway/bay-gateway.scenario.ron";
    let ways = [("check", &[][..]), ("run", &["--world", "elsewhere"]), ("compare", &["--replications", "2"])];
    for (verb, more) in ways {
        let out = folder.path().join(verb);
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_airside"));
        command.args([verb, scenario]).args(more);
        if verb != "check" {
            command.arg("--out").arg(&out);
        }
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        for (said, text) in [("standard-output", done.stdout), ("standard-error", done.stderr)] {
            fs::write(folder.path().join(format!("{verb}-{said}.txt")), text).unwrap();
        }
    }
    let mut all = Vec::new();
    files(folder.path(), &mut all);
    assert!(all.iter().any(|path| path.ends_with("run/records.jsonl")));
    assert!(all.iter().any(|path| path.ends_with("compare/report.html")));
    let mut seen = String::new();
    for path in all {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert_eq!(named(&names, &path, &text), Vec::<String>::new(), "{}", path.display());
        seen += &text;
    }
    assert!(seen.contains("Bay Gateway"), "the outputs are of the right scenario");
}

#[test]
fn a_name_is_found_where_it_stands() {
    let names = names();
    let whole = names.whole.iter().next().unwrap();
    let code = names.codes.iter().next_back().unwrap();
    let text = format!("month,carrier\n201301,{}\n", whole.to_uppercase());
    assert_eq!(named(&names, Path::new("a.csv"), &text), [whole.as_str()]);
    assert_eq!(named(&names, Path::new("a.csv"), &format!("a,\"{code}\",1\n")), [code.as_str()]);
    assert_eq!(named(&names, Path::new("a.md"), code), Vec::<String>::new());
    assert_eq!(named(&names, Path::new("a.md"), &format!("un{whole}s")), Vec::<String>::new());
    for name in &names.whole {
        assert!(!named(&names, Path::new("a.html"), &format!("<b>{name}</b>")).is_empty(), "{name}");
    }
}
