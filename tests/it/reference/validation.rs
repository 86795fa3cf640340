//! The page `docs/validation.md`, written from the checks.

use std::fmt::Write;

use serde_json::Value;

use super::sheet::Entry;
use super::{detection, game, physical, security, sequential, timing};

/// All cases that are checked, in the order of the file.
fn entries() -> impl Iterator<Item = &'static Entry> {
    physical::CASES
        .iter()
        .chain(&sequential::CASES)
        .chain(&detection::CASES)
        .chain(&security::CASES)
        .chain(&game::CASES)
        .chain(&timing::CASES)
}

#[test]
fn no_case_of_the_file_is_missing() {
    let path = format!("{}/tests/reference/security-cases.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases: Vec<&str> = file["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect();
    assert_eq!(entries().map(|entry| entry.id).collect::<Vec<_>>(), cases);
}

#[test]
fn the_validation_page_says_what_the_checks_found() {
    let path = format!("{}/docs/validation.md", env!("CARGO_MANIFEST_DIR"));
    let wanted = page();
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old == wanted {
        return;
    }
    if std::env::var_os("AIRSIDE_WRITE_DOCS").is_some() {
        std::fs::write(path, wanted).unwrap();
        return;
    }
    let changed: Vec<&str> = wanted.lines().filter(|line| !old.lines().any(|other| other == *line)).collect();
    panic!("docs/validation.md has fallen behind; run `just docs`:\n{}", changed.join("\n"));
}

fn page() -> String {
    let mut page = String::from(
        "# Validation\n\n\
         Made by a test from the checks of `tests/it/reference/`, which any `cargo test` repeats. Cases, sources and \
         tolerances stand in `tests/reference/security-cases.json`; formulas in [method.md](method.md). A simulated value \
         may be off by four standard errors and the digits that the source prints, or by what the case itself says. Seeds \
         are fixed. Queues are also simulated, by `tests/it/queues.rs`.\n\n\
         The formulas are those of `src/numeric/`, where any other published case can be put to them.\n",
    );
    let (mut checks, mut met) = (0, 0);
    let mut tables = String::new();
    for entry in entries() {
        let case = entry.case();
        let text = |name: &str| case[name].as_str().unwrap().to_owned();
        let _ = write!(
            tables,
            "\n## {}: {}\n\nSource ({}): {}.\n\n| what | how | expected | got | tolerance | within |\n\
             | --- | --- | ---: | ---: | ---: | --- |\n",
            entry.id,
            text("title"),
            text("kind"),
            text("source").trim_end_matches('.'),
        );
        for check in entry.checks() {
            checks += 1;
            met += usize::from(check.is_met());
            let _ = writeln!(
                tables,
                "| {} | {} | {} | {} | {} | {} |",
                if check.what.is_empty() { "value" } else { &check.what },
                if check.simulated { "simulated" } else { "formula" },
                shown(check.expected, 8),
                shown(check.got, 6),
                shown(check.tolerance, 2),
                if check.is_met() { "yes" } else { "**no**" },
            );
        }
    }
    let _ = write!(page, "\n{} cases, {checks} comparisons, {met} within tolerance.\n", entries().count());
    page + &tables
}

/// A number with so many significant digits, without needless noughts.
fn shown(x: f64, digits: i32) -> String {
    if x.abs() < 1e-12 {
        return if x == 0.0 || digits > 2 { "0".to_owned() } else { format!("{x:.0e}") };
    }
    let order = libm::floor(libm::log10(x.abs())) as i32;
    if order < -4 {
        return format!("{x:.*e}", (digits - 1).clamp(0, 3) as usize);
    }
    let text = format!("{x:.*}", (digits - 1 - order).max(0) as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
