//! A folder with an exercise and its pack, to look into; and lists of events as other programs leave them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use airside::document::{Folder, Source, load_exercise};
use airside::model::Exercise;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// The design's columns, in its order.
pub(crate) const COLUMNS: [&str; 20] = [
    "Event number",
    "Designated scenario time",
    "Real time",
    "Module",
    "Event category",
    "Event synopsis",
    "Originator (from)",
    "Recipient (to)",
    "Delivery method",
    "Inject text",
    "Responsible controller",
    "Special instructions (controller / evaluator)",
    "Expected player action",
    "Deadline (minutes)",
    "Objective",
    "Core capability",
    "Critical task",
    "Status",
    "Notes: actual time",
    "Notes: actual response",
];

pub(crate) type Grid = Vec<Vec<String>>;

/// A folder with an exercise, its scenario and its pack.
pub(crate) struct Packed {
    pub(crate) folder: tempfile::TempDir,
    name: &'static str,
}

impl Packed {
    /// The pack of a shipped exercise, after an edit of its text.
    pub(crate) fn of(name: &'static str, edit: impl Fn(&str) -> String) -> Packed {
        let folder = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(format!("scenarios/{name}")).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_file() {
                std::fs::copy(&entry, folder.path().join(entry.file_name().unwrap())).unwrap();
            }
        }
        let packed = Packed { folder, name };
        let text = std::fs::read_to_string(packed.document()).unwrap();
        std::fs::write(packed.document(), edit(&text)).unwrap();
        packed.airside(&["--out", "pack"]).success();
        packed
    }

    pub(crate) fn shipped(name: &'static str) -> Packed {
        Packed::of(name, str::to_owned)
    }

    pub(crate) fn document(&self) -> std::path::PathBuf {
        self.folder.path().join(format!("{}.exercise.ron", self.name))
    }

    pub(crate) fn exercise(&self) -> Exercise {
        let text = std::fs::read_to_string(self.document()).unwrap();
        load_exercise(&Source::new("x.ron", text), &Folder(self.folder.path().into())).0.unwrap()
    }

    pub(crate) fn airside(&self, rest: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_airside"));
        command.args(["pack", &format!("{}.exercise.ron", self.name)]).args(rest).current_dir(self.folder.path());
        command.timeout(Duration::from_secs(60)).assert()
    }

    /// Names and contents of all files, by name.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        for part in ["", "players", "controllers"] {
            for entry in std::fs::read_dir(self.folder.path().join("pack").join(part)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let name = Path::new(part).join(path.file_name().unwrap()).display().to_string();
                    all.insert(name, std::fs::read(path).unwrap());
                }
            }
        }
        all
    }

    pub(crate) fn file(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join("pack/controllers").join(name)).unwrap()
    }

    pub(crate) fn csv(&self) -> Grid {
        let file = self.file("msel-long.csv");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_slice());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    pub(crate) fn compare(&self, name: &str, bytes: &[u8]) -> Value {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
        let done = self.airside(&["--compare", name, "--format", "json"]).success();
        serde_json::from_slice(&done.get_output().stdout).unwrap()
    }

    /// What is said of a file that says nothing else.
    #[track_caller]
    pub(crate) fn is_unchanged(&self, name: &str, bytes: &[u8]) {
        let told = self.compare(name, bytes);
        for list in ["differences", "notes", "remarks"] {
            assert_eq!(told[list], serde_json::json!([]), "{name}: {list}");
        }
        assert!(told["rows"].as_u64().unwrap() > 5);
    }
}

pub(crate) fn written(rows: &Grid, separator: u8) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new().flexible(true).delimiter(separator).from_writer(Vec::new());
    rows.iter().for_each(|row| out.write_record(row).unwrap());
    out.into_inner().unwrap()
}

/// A workbook by an independent hand; what looks like a number is one.
pub(crate) fn workbook(rows: &Grid) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (y, row) in (0u32..).zip(rows) {
        for (x, cell) in (0u16..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(y, x, number).unwrap(),
                Err(_) => sheet.write_string(y, x, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// The cell of an event in a column, in a grid with a row of names.
pub(crate) fn cell<'g>(rows: &'g mut Grid, event: &str, column: &str) -> &'g mut String {
    let names = rows.iter().find(|row| row.contains(&COLUMNS[0].to_owned())).unwrap();
    let at = names.iter().position(|name| name == column).unwrap();
    let number = names.iter().position(|name| name == COLUMNS[0]).unwrap();
    &mut rows.iter_mut().find(|row| row.get(number).is_some_and(|it| it == event)).unwrap()[at]
}

/// What people read on a page: no tags, no style, blanks as one.
pub(crate) fn readable(html: &[u8]) -> String {
    let html = std::str::from_utf8(html).unwrap();
    let (mut text, mut rest) = (String::new(), html.split_once("</style>").unwrap().1);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').unwrap().1;
    }
    for (entity, plain) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        text = text.replace(entity, plain);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
