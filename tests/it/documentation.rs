//! Tables in the documentation that are made from the code. A page that has fallen behind fails; written anew it is by
//! `AIRSIDE_WRITE_DOCS=1 cargo test --test it documentation`, which `just docs` does.

use std::path::PathBuf;

use airside::document::{Code, DEFAULTS, NoFiles, Source, load_exercise, load_scenario, load_study};
use airside::measure::{Better, Measure};

#[test]
fn the_method_page_lists_every_measure() {
    let mut table = String::from("| id | name | unit | better | what it counts |\n| --- | --- | --- | --- | --- |\n");
    for measure in Measure::all() {
        let better = match measure.better() {
            Better::Lower => "lower",
            Better::Higher => "higher",
            Better::Neither => "–",
        };
        let unit = if measure.unit().is_empty() { "–" } else { measure.unit() };
        table.push_str(&format!(
            "| `{}` | {} | {unit} | {better} | {} |\n",
            measure.id(),
            measure.label(),
            measure.definition()
        ));
    }
    expect("docs/method.md", "measures", &table);
}

#[test]
fn the_format_page_lists_every_default() {
    let mut table = String::from("| field | if it is left out | because |\n| --- | --- | --- |\n");
    for default in DEFAULTS {
        let value = match default.value.chars().next() {
            Some(c) if c.is_lowercase() || default.value.contains(" if ") => default.value.to_owned(),
            _ => format!("`{}`", default.value),
        };
        table.push_str(&format!("| `{}` | {value} | {} |\n", default.path, default.why));
    }
    expect("docs/scenario-format.md", "defaults", &table);
}

#[test]
fn the_format_page_lists_everything_that_can_be_wrong() {
    let mut table = String::from("| code | name | meaning |\n| --- | --- | --- |\n");
    for code in Code::ALL {
        table.push_str(&format!("| {} | {} | {} |\n", code.id(), code.slug(), code.explanation()));
    }
    expect("docs/scenario-format.md", "codes", &table);
}

#[test]
fn the_format_page_names_every_field() {
    let page = read("docs/scenario-format.md");
    let mut missing = Vec::new();
    for path in files("src/document/shape").filter(|path| !path.ends_with("defaults.rs") && !path.ends_with("mod.rs")) {
        for line in read(&path).lines().filter(|line| !line.contains("fn ") && !line.trim_start().starts_with("//")) {
            let pieces: Vec<&str> = line.split(": ").collect();
            for before in &pieces[..pieces.len() - 1] {
                let name = before.rsplit(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap();
                let shown = [format!("`{name}`"), format!("({name}: "), format!(", {name}: ")];
                if !name.is_empty() && !shown.iter().any(|form| page.contains(form)) {
                    missing.push(format!("{name} ({path})"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "docs/scenario-format.md does not name: {}", missing.join(", "));
}

#[test]
fn examples_of_documents_have_the_right_form() {
    for page in ["README.md", "docs/guide.md", "docs/scenario-format.md"] {
        let text = read(page);
        for (nth, block) in text.split("```ron\n").skip(1).enumerate() {
            let example = block.split("```").next().unwrap();
            let named = example.trim_start().split_once('(').map(|(name, _)| name);
            let document = match example.trim_start().split_once('(') {
                Some(("Scenario" | "Shared", fields)) => format!("Scenario({fields}"),
                Some(("Exercise" | "Study", _)) => example.to_owned(),
                _ => format!("Scenario(format: 1, {example})"),
            };
            let source = Source::new("example.scenario.ron", document.clone());
            let found = match named {
                Some("Exercise") => load_exercise(&source, &NoFiles).1,
                Some("Study") => load_study(&source, &NoFiles).1,
                _ => load_scenario(&source, &NoFiles).1,
            };
            // An example shows a part: names and fields may be missing, but what is there must be well formed.
            let wrong: Vec<String> = found
                .iter()
                .filter(|one| one.code < Code::UnknownId && one.code != Code::MissingField)
                .map(|one| format!("{} {}", one.code.id(), one.message))
                .collect();
            assert!(wrong.is_empty(), "{page}, example {}: {}\n{document}", nth + 1, wrong.join("; "));
        }
    }
}

#[test]
fn the_code_map_names_every_file() {
    let mut map = String::new();
    let mut folder = String::new();
    let mut paths: Vec<String> = files("src").collect();
    // A folder's own files come before its folders.
    paths.sort_by_key(|path| (parent(path).to_owned(), !path.ends_with("/mod.rs"), path.clone()));
    for path in paths {
        if parent(&path) != folder {
            folder = parent(&path).to_owned();
            map.push_str(&format!("\n**`{folder}/`**\n\n| file | what it holds |\n| --- | --- |\n"));
        }
        let name = &path[folder.len() + 1..];
        map.push_str(&format!("| `{name}` | {} |\n", first_sentence(&read(&path))));
    }
    expect("ARCHITECTURE.md", "code map", map.trim_start());
}

/// The first sentence of what a file says of itself.
fn first_sentence(text: &str) -> String {
    let words: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let paragraph = words.join(" ");
    let end = paragraph.find(". ").map_or(paragraph.trim_end_matches('.').len(), |at| at);
    paragraph[..end].replace('|', "\\|")
}

/// What stands on a page between two marks must be this.
pub(super) fn expect(page: &str, mark: &str, wanted: &str) {
    let text = read(page);
    let (begin, end) = (format!("<!-- {mark}: made by a test -->\n"), format!("<!-- end of {mark} -->"));
    let from = text.find(&begin).unwrap_or_else(|| panic!("{page} lacks the line {begin:?}")) + begin.len();
    let to = from + text[from..].find(&end).unwrap_or_else(|| panic!("{page} lacks the line {end:?}"));
    if text[from..to] == *wanted {
        return;
    }
    if std::env::var_os("AIRSIDE_WRITE_DOCS").is_some() {
        std::fs::write(root().join(page), format!("{}{wanted}{}", &text[..from], &text[to..])).unwrap();
        return;
    }
    let old: Vec<&str> = text[from..to].lines().collect();
    let new: Vec<&str> = wanted.lines().collect();
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}\n"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}\n"));
    let changes: String = gone.chain(come).collect();
    panic!("{page} has fallen behind the code; run `just docs`:\n{changes}");
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Files of Rust under a folder, from the project's root, with `/`.
fn files(folder: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&path));
        } else if path.ends_with(".rs") {
            found.push(path);
        }
    }
    found.sort();
    found.into_iter()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
