//! Every fixture in `scenarios/invalid` produces exactly what its first lines say, and every code has a fixture.

use std::collections::BTreeSet;
use std::path::PathBuf;

use airside::document::{Code, Diagnostics, Folder, Severity, Source, load_exercise, load_study, load_uncertain};

/// Codes without a fixture, and why.
const WITHOUT_FIXTURE: [(Code, &str); 4] = [
    (Code::TooLarge, "the file would have 4 MiB; tested beside the source"),
    (Code::TooMany, "the file would have 250,000 values; tested beside the scanner"),
    (Code::BadValue, "for types that refuse values themselves; a scenario's are checked after they are read"),
    (Code::BadShape, "for objections of the reader of documents that nobody has thought of; none is known"),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/invalid")
}

fn fixtures() -> Vec<(String, Source, Diagnostics)> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ron"))
        .collect();
    names.sort();
    names.into_iter().map(load).collect()
}

fn load(name: String) -> (String, Source, Diagnostics) {
    let bytes = std::fs::read(folder().join(&name)).unwrap();
    let (source, found) = match Source::from_bytes(name.as_str(), &bytes) {
        Ok(source) => {
            let (refused, found) = if name.ends_with(".study.ron") {
                let (studied, found) = load_study(&source, &Folder(folder()));
                (studied.is_none(), found)
            } else if name.ends_with(".exercise.ron") {
                let (exercise, found) = load_exercise(&source, &Folder(folder()));
                (exercise.is_none(), found)
            } else {
                let (uncertain, mut found) = load_uncertain(&source, &Folder(folder()));
                let refused = uncertain.is_none();
                // As `airside check` does.
                let corners = uncertain.map_or_else(Diagnostics::new, |it| it.corners(&|_| None));
                found.extend(corners.iter().cloned());
                (refused || corners.has_errors(), found)
            };
            assert_eq!(refused, found.has_errors(), "{name}");
            (source, found)
        }
        Err(refused) => {
            let (source, refusal) = *refused;
            let mut found = Diagnostics::new();
            found.push(refusal);
            (source, found)
        }
    };
    (name, source, found)
}

/// `error: E0203 5:17`, from the lines at the top that hold such.
fn annotations(source: &Source) -> Vec<String> {
    let lines = source.text().lines().map_while(|line| line.strip_prefix("// "));
    let is_note = |line: &&str| line.starts_with("error: ") || line.starts_with("warning: ");
    lines.take_while(is_note).map(str::to_owned).collect()
}

#[test]
fn every_fixture_produces_exactly_its_annotations() {
    let mut wrong = String::new();
    let fixtures = fixtures();
    assert!(fixtures.len() >= 45);
    for (name, source, found) in &fixtures {
        let produced: Vec<String> = found
            .iter()
            .map(|one| {
                let kind = if one.severity() == Severity::Error { "error" } else { "warning" };
                let at = source.position(one.span.start);
                format!("{kind}: {} {}:{}", one.code.id(), at.line, at.column)
            })
            .collect();
        if annotations(source) == produced {
            continue;
        }
        wrong += &format!("{name}: expected {:?}\n", annotations(source));
        for (line, one) in produced.iter().zip(found) {
            wrong += &format!("    // {line}\n        {}: {} | {:?}\n", one.path, one.message, one.help);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_fixture() {
    let produced: BTreeSet<Code> = fixtures().iter().flat_map(|(.., found)| found.iter().map(|one| one.code)).collect();
    let without: Vec<Code> = WITHOUT_FIXTURE.iter().map(|(code, _)| *code).collect();
    for code in Code::ALL {
        assert_ne!(produced.contains(code), without.contains(code), "{} {}", code.id(), code.slug());
    }
}

#[test]
fn every_problem_says_what_to_do_next() {
    for (name, source, found) in fixtures() {
        for one in &found {
            assert!(one.help.is_some(), "{name}: {} {}", one.code.id(), one.message);
            assert!(!one.message.is_empty() && one.span.end as usize <= source.text().len() + 1, "{name}");
        }
    }
}
