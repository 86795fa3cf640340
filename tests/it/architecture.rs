//! The walls between the modules, and other things that no compiler looks at. The table of imports is read from
//! ARCHITECTURE.md, so that the page and the rule cannot drift apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Lines that a file of `src` may have.
const MOST_LINES: usize = 450;

#[test]
fn modules_use_only_what_the_table_allows() {
    let table = import_table();
    let mut wrong = Vec::new();
    for file in sources() {
        if file.module == "lib" {
            continue;
        }
        let Some(allowed) = table.iter().find(|(module, _)| *module == file.module).map(|(_, allowed)| allowed) else {
            wrong.push(format!("{}: the module `{}` has no row in the table", file.path, file.module));
            continue;
        };
        for used in used_modules(&file.code, file.depth) {
            if used != file.module && !allowed.contains(&used) {
                wrong.push(format!("{}: `{}` uses `{used}`", file.path, file.module));
            }
        }
    }
    assert!(wrong.is_empty(), "not in the table of ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_of_imports_runs_one_way() {
    let table = import_table();
    let modules: BTreeSet<&str> = table.iter().map(|(module, _)| module.as_str()).collect();
    assert_eq!(modules.len(), table.len(), "a module has two rows");
    for (row, (module, allowed)) in table.iter().enumerate() {
        for other in allowed {
            let below = table[row + 1..].iter().any(|(module, _)| module == other);
            assert!(below, "`{module}` may use `{other}`, which has no row below it");
        }
    }
    let there: BTreeSet<String> = sources().map(|file| file.module).filter(|module| module != "lib").collect();
    for module in modules {
        assert!(there.contains(module), "the table has a row for `{module}`, which is not in src");
    }
}

#[test]
fn the_simulator_touches_nothing_outside_itself() {
    const REFUSED: &[(&str, &str)] = &[
        ("std::fs", "reads or writes files"),
        ("std::io", "reads or writes"),
        ("std::net", "reaches out"),
        ("std::env", "depends on its surroundings"),
        ("std::process", "depends on its surroundings"),
        ("std::time", "reads a clock"),
        ("std::thread", "starts threads"),
        ("print!", "prints"),
        ("println!", "prints"),
        ("eprint!", "prints"),
        ("eprintln!", "prints"),
        ("dbg!", "prints"),
        ("serde", "knows documents"),
        ("ron::", "knows documents"),
        ("BTreeMap", "looks things up by key"),
        ("BTreeSet", "looks things up by key"),
        ("String", "handles names"),
        ("dyn ", "calls through a pointer"),
    ];
    let mut wrong = Vec::new();
    for file in sources().filter(|file| file.module == "sim") {
        for (word, why) in REFUSED {
            if has_word(&file.code, word) {
                wrong.push(format!("{}: `{word}`: {why}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_defenders_see_holds_no_truth() {
    let code = code_only(&read(&root().join("src/sim/situation.rs")));
    for word in ["World", "genuine", "ItemId", "StepId", "Campaign", "Record", "takes_part", "Adversary"] {
        assert!(!has_word(&code, word), "src/sim/situation.rs names `{word}`");
    }
}

#[test]
fn nothing_is_kept_in_a_hash_map() {
    let wrong: Vec<String> = sources()
        .filter(|file| has_word(&file.whole, "HashMap") || has_word(&file.whole, "HashSet"))
        .map(|file| file.path)
        .collect();
    assert!(wrong.is_empty(), "hash maps have no order of their own: {}", wrong.join(", "));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in sources() {
        let text = read(&root().join(&file.path));
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines; at most {MOST_LINES}", file.path));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("{}: does not begin with a line that says what it is", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_invariants_name_tests_that_there_are() {
    let page = read(&root().join("ARCHITECTURE.md"));
    let section = page.split("\n## Invariants").nth(1).expect("ARCHITECTURE.md has its invariants");
    let mut texts = String::new();
    for path in files_in(&root().join("src"), "rs").iter().chain(&files_in(&root().join("tests"), "rs")) {
        texts.push_str(&read(path));
    }
    let rows = section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    let mut named = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let tests = row.split('|').nth(2).unwrap();
        for test in tests.split('`').skip(1).step_by(2) {
            assert!(texts.contains(&format!("fn {test}(")), "there is no test `{test}`");
            named += 1;
        }
    }
    assert!(named > 0);
}

#[test]
fn nothing_names_a_place_on_somebodys_machine() {
    // Put together here, so that this file does not find itself.
    let places = ["home", "root", "Users", "work", "tmp", "mnt"].map(|folder| format!("/{folder}/"));
    let mut wrong = Vec::new();
    for path in kept_files() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (nth, line) in text.lines().enumerate() {
            for place in &places {
                // The same words within a longer path or an address are not places on a machine.
                let starts = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "./_-)}".contains(c));
                if line.match_indices(place.as_str()).any(|(at, _)| starts(at)) {
                    wrong.push(format!("{}:{}: {place}…", shown(&path), nth + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn code_is_told_from_comments_and_text() {
    let code = code_only(
        r##"use crate::a; // crate::b "x
        let s = "crate::c \" // "; /* crate::d /* */ */ let t = r#"crate::e""#; let c = '"'; fn f<'x>(x: &'x str) {} crate::g"##,
    );
    assert_eq!(used_modules(&code, 2), ["a", "g"].map(str::to_owned).into());
    let code = "use crate::{self, a::{b, c}, d, e::*}; super::super::f(); super::g();";
    assert_eq!(used_modules(code, 2), ["a", "d", "e", "f"].map(str::to_owned).into());
}

/// A file of `src`.
struct SourceFile {
    /// From the project's root, with `/`.
    path: String,
    /// The module under the crate's root that it belongs to.
    module: String,
    /// How many modules deep it is: 1 for `src/sim/mod.rs`, 2 for `src/sim/flow.rs`.
    depth: usize,
    /// Its code without comments, text and unit tests; empty for a file that only tests use.
    code: String,
    /// Its code without comments and text.
    whole: String,
}

fn sources() -> impl Iterator<Item = SourceFile> {
    let paths = files_in(&root().join("src"), "rs");
    let texts: BTreeMap<PathBuf, String> = paths.iter().map(|path| (path.clone(), code_only(&read(path)))).collect();
    let of_tests: Vec<PathBuf> = texts.iter().flat_map(|(path, code)| test_modules(path, code)).collect();
    let sources: Vec<SourceFile> = texts
        .into_iter()
        .map(|(path, whole)| {
            let parts: Vec<String> = shown(&path).split('/').skip(1).map(|part| part.replace(".rs", "")).collect();
            let depth = parts.len() - usize::from(parts.last().is_some_and(|last| last == "mod"));
            let only_tests = of_tests.iter().any(|stem| path.starts_with(stem) || path.with_extension("") == *stem)
                || path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("_tests"));
            let code = if only_tests { String::new() } else { without_tests(&whole).to_owned() };
            SourceFile { path: shown(&path), module: parts[0].clone(), depth, code, whole }
        })
        .collect();
    sources.into_iter()
}

/// Files without ending, or folders, of the modules that a file declares for tests alone.
fn test_modules(path: &Path, code: &str) -> Vec<PathBuf> {
    let is_root = path.file_stem().is_some_and(|stem| stem == "mod" || stem == "lib");
    let folder = if is_root { path.parent().unwrap().to_owned() } else { path.with_extension("") };
    code.split("#[cfg(test)]")
        .skip(1)
        .filter_map(|rest| {
            let declared = rest.trim_start().split(';').next()?;
            let name = declared.rsplit("mod ").next()?.trim();
            let plain = declared.contains("mod ") && name.chars().all(|c| c.is_alphanumeric() || c == '_');
            plain.then(|| folder.join(name))
        })
        .collect()
}

/// Code up to the unit tests, which stand last.
fn without_tests(code: &str) -> &str {
    let tests = code.match_indices("#[cfg(test)]").find(|(at, mark)| {
        let rest = code[at + mark.len()..].trim_start();
        rest.starts_with("mod ") && rest.find('{') < rest.find(';')
    });
    tests.map_or(code, |(at, _)| &code[..at])
}

/// The rows of the table: a module, and what it may use.
fn import_table() -> Vec<(String, Vec<String>)> {
    let page = read(&root().join("ARCHITECTURE.md"));
    let section = page.split("\n## Who may import whom").nth(1).expect("ARCHITECTURE.md has its table of imports");
    let rows = section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let mut cells = line
                .split('|')
                .skip(1)
                .map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
            let (module, allowed) = (cells.next().unwrap(), cells.next().unwrap());
            assert_eq!(module.len(), 1, "one module a row: {line}");
            (module[0].clone(), allowed)
        })
        .collect()
}

/// The modules under the crate's root that some code names, whichever way.
fn used_modules(code: &str, depth: usize) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for root in ["crate::", "airside::"] {
        for (at, _) in code.match_indices(root) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                named(&code[at + root.len()..], &mut used);
            }
        }
    }
    // A chain of `super` that is as long as the file is deep ends at the crate's root.
    let chain = "super::".repeat(depth);
    for (at, _) in code.match_indices(&chain) {
        named(&code[at + chain.len()..], &mut used);
    }
    used
}

/// The first names of a path, or of each path of a group in braces.
fn named(path: &str, into: &mut BTreeSet<String>) {
    let name = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(group) = path.strip_prefix('{') else {
        into.insert(name(path));
        return;
    };
    let (mut depth, mut first) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return,
            '}' => depth -= 1,
            ',' if depth == 0 => first = true,
            c if first && !c.is_whitespace() => {
                first = false;
                let found = name(&group[at..]);
                if found != "self" && !found.is_empty() {
                    into.insert(found);
                }
            }
            _ => {}
        }
    }
}

/// Source text with comments and the contents of literals taken out.
fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let before = code.chars().last();
        let raw = rest.strip_prefix('r').filter(|_| !before.is_some_and(|c| c.is_alphanumeric() || c == '_'));
        let hashes = raw.map_or(0, |raw| raw.len() - raw.trim_start_matches('#').len());
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if raw.is_some_and(|raw| raw[hashes..].starts_with('"')) {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            rest[body..].find(&end).map_or(rest.len(), |found| body + found + end.len())
        } else if rest.starts_with('"') {
            quoted(rest, '"')
        } else if rest.starts_with("'\\") || (rest.starts_with('\'') && rest.chars().nth(2) == Some('\'')) {
            quoted(rest, '\'')
        } else {
            0
        };
        if skip == 0 {
            let c = rest.chars().next().unwrap();
            code.push(c);
            at += c.len_utf8();
        } else {
            code.push(' ');
            at += skip;
        }
    }
    code
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn quoted(text: &str, end: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == end => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a word stands in some code by itself.
fn has_word(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let after = &code[at + word.len()..];
        !code[..at].ends_with(part) && (!word.ends_with(part) || !after.starts_with(part))
    })
}

/// Files of the project that are kept under version control, as far as can be told without asking for it.
fn kept_files() -> Vec<PathBuf> {
    let mut kept = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", ".git", "output", "node_modules"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name != ".git" {
                kept.push(path);
            }
        }
    }
    kept.sort();
    kept
}

fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A path from the project's root, with `/` on every platform.
fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
