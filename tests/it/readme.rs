//! What the README and the guide tell people to type is typed, and does what they say.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the shipped scenarios, as after a clone.
struct Clone(tempfile::TempDir);

impl Clone {
    fn new() -> Clone {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("scenarios"), &folder.path().join("scenarios"));
        Clone(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Types a line; what stands on standard output.
    #[track_caller]
    fn type_in(&self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ours = match words.as_slice() {
            ["cargo", "run", "--release", "--", rest @ ..] | ["airside", rest @ ..] => rest,
            ["mkdir", name] => return std::fs::create_dir(self.path(name)).map(|()| String::new()).unwrap(),
            ["cp", from, to] => return std::fs::copy(self.path(from), self.path(to)).map(|_| String::new()).unwrap(),
            // What runs this test, and what needs a network.
            ["cargo", "test"] | ["cargo", "install", ..] => return String::new(),
            _ => panic!("nobody knows how to test `{line}`"),
        };
        let done = Command::new(env!("CARGO_BIN_EXE_airside")).args(ours).current_dir(self.0.path()).output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{line}\n{said}\n{}", String::from_utf8_lossy(&done.stderr));
        said
    }

    /// Writes something else in a document, where exactly this stands.
    #[track_caller]
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        std::fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (entry, to) = entry.map(|e| (e.path(), to.join(e.file_name()))).unwrap();
        if entry.is_dir() { copy(&entry, &to) } else { std::fs::copy(&entry, &to).map(|_| ()).unwrap() }
    }
}

/// The blocks of a page in such a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    text.split(&format!("```{language}\n")).skip(1).map(|b| b.split("```").next().unwrap().to_owned()).collect()
}

fn commands(page: &str) -> Vec<String> {
    blocks(page, "sh").iter().flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_main_job_leaves_what_the_readme_says() {
    let (clone, lines) = (Clone::new(), commands("README.md"));
    assert_eq!(lines.len(), 2, "one runs the main job, one passes the tests: {lines:?}");
    let first = clone.type_in(&lines[0]);
    assert!(first.contains("Eastmarch") && first.contains("output/eastmarch/run/report.html"), "{first}");
    for file in
        ["manifest.json", "summary.json", "records.jsonl", "report.html", "charts/timeline.svg", "charts/timeline.png"]
    {
        assert!(std::fs::metadata(clone.path("output/eastmarch/run").join(file)).unwrap().len() > 100, "{file}");
    }
    assert_eq!(clone.type_in(&lines[1]), "");
}

#[test]
fn every_page_and_picture_that_is_linked_to_is_there() {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/guide.md",
        "docs/scenario-format.md",
        "docs/method.md",
        "docs/traffic.md",
    ] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        let folder = root().join(page).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if !link.is_empty() && !link.contains("://") {
                assert!(folder.join(link).exists(), "{page} links to {link}");
            }
        }
    }
}

/// The guide from the first line to the last, with its edits made where it says.
#[test]
fn the_guide_can_be_followed_to_its_end() {
    let clone = Clone::new();
    let lines = commands("docs/guide.md");
    let edits: Vec<String> = blocks("docs/guide.md", "ron")
        .iter()
        .map(|block| block.lines().skip(1).filter(|line| *line != "},").collect::<Vec<_>>().join("\n") + "\n")
        .collect();
    let [number, station, safeguard, option] = edits.as_slice() else { panic!("{edits:?}") };
    let mine = "mine/mine.scenario.ron";
    let mut left = lines.iter();
    let mut typed = |count: usize| left.by_ref().take(count).map(|line| clone.type_in(line)).last().unwrap_or_default();

    // To the first look at an innocent world, and many runs.
    typed(7);
    assert!(number.contains("catches: Percent(60)"));
    clone.edit(mine, "method: PerItem(catches: Percent(35)", "method: PerItem(catches: Percent(60)");
    let text = std::fs::read_to_string(clone.path(mine)).unwrap();
    let sort = text.lines().find(|line| line.trim_start().starts_with("\"sort\":")).unwrap().to_owned();
    clone.edit(mine, &sort, &format!("{sort}\n{}", station.trim_end()));
    clone.edit(mine, "Visit(\"break-up\")", "Visit(\"wiegh\"), Visit(\"break-up\")");
    let wrong =
        Command::new(env!("CARGO_BIN_EXE_airside")).args(["check", mine]).current_dir(clone.0.path()).output().unwrap();
    let said = String::from_utf8(wrong.stdout).unwrap();
    assert_eq!(wrong.status.code(), Some(3));
    assert!(
        said.contains("E0201 unknown-id")
            && said.contains("there is no station `wiegh`")
            && said.contains("did you mean `weigh`?"),
        "{said}"
    );
    clone.edit(mine, "wiegh", "weigh");
    typed(1);
    clone.edit(mine, "    safeguards: {\n", &format!("    safeguards: {{\n{safeguard}"));
    clone.edit(mine, "    options: {\n", &format!("    options: {{\n{option}"));
    let checked = typed(1);
    assert!(checked.contains("no problems"), "{checked}");
    typed(1);
    let compared = typed(1);
    assert!(compared.contains("lock-up"), "{compared}");
    assert!(clone.path("output/mine/compare/report.html").exists());
    let doubted = typed(1);
    assert!(doubted.contains("5 world draws x 2 replications") && doubted.contains("doubt"), "{doubted}");
    let explained = typed(2);
    assert!(explained.contains("(shipped") && explained.contains("to the last unit"), "{explained}");
    assert_eq!(left.next(), None, "all has been typed");
}
