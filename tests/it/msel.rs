//! The list of events: its columns, and there and back through spreadsheet programs.

use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::packed::{COLUMNS, Packed, cell, readable, workbook, written};

const SHIPPED: [&str; 2] = ["lakeside", "eastmarch"];
const EXERCISE: &str = "EXERCISE EXERCISE EXERCISE";

#[test]
fn the_list_of_events_has_every_column_and_every_event() {
    let packed = Packed::shipped("eastmarch");
    let exercise = packed.exercise();
    let rows = packed.csv();
    let names = rows.iter().position(|row| row[0] == COLUMNS[0]).unwrap();
    assert_eq!(rows[names], COLUMNS);
    assert_eq!(rows[1][1], exercise.title);
    let events = exercise.injects.len() + exercise.decisions.len() + exercise.modules.len() + 1;
    assert_eq!(rows.len(), names + 1 + events + 1);
    let mut rows = rows;
    let mut said = |event: &str, column: &str| cell(&mut rows, event, column).clone();
    assert_eq!(said("inject limit-nudge", "Event category"), "Contingency Inject");
    assert_eq!(said("inject reporter", "Event category"), "Inject");
    assert_eq!(said("decision ways", "Event category"), "Expected Action");
    assert_eq!(said("module 2", "Event category"), "Other");
    // Minute 148 of the session, a welcome of 15 minutes and two breaks of 10.
    assert_eq!(said("inject limit-nudge", "Real time"), "T+03:03");
    assert_eq!(said("module 2", "Real time"), "T+01:25");
    assert!(said("inject reporter", "Inject text").starts_with(EXERCISE));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(packed.file("msel.xlsx"))).unwrap();
    assert_eq!(book.sheet_names(), ["MSEL long form", "MSEL short form"]);
    let sheet = book.worksheet_range("MSEL long form").unwrap();
    let heads: Vec<String> = sheet.rows().nth(names).unwrap().iter().map(Data::to_string).collect();
    assert_eq!(heads, COLUMNS);
    assert_eq!(sheet.rows().count(), rows.len());
}

#[test]
fn the_clock_on_the_wall_is_told_where_the_document_says_when_it_starts() {
    let packed = Packed::of("eastmarch", |text| text.replacen("agenda: (", "agenda: (starts: \"08:30\", ", 1));
    let mut rows = packed.csv();
    assert_eq!(cell(&mut rows, "module 2", "Real time"), "T+01:25 (09:55)");
    assert!(readable(&packed.files()["players/situation-manual.html"]).contains("T+01:15 (09:45)"));
    *cell(&mut rows, "module 2", "Real time") = "0.0590277777777778".to_owned();
    packed.is_unchanged("wall.xlsx", &workbook(&rows));
    packed.is_unchanged("msel.xlsx", &packed.file("msel.xlsx"));
    let wrong = Packed::shipped("lakeside");
    let text = std::fs::read_to_string(wrong.document()).unwrap();
    std::fs::write(wrong.document(), text.replacen("option:", "agenda: (starts: \"25:00\"), option:", 1)).unwrap();
    let said = wrong.airside(&[]).code(3);
    assert!(String::from_utf8_lossy(&said.get_output().stderr).contains("`25:00` is no time of day"));
}

#[test]
fn a_list_that_nobody_has_changed_says_what_the_document_says() {
    for name in SHIPPED {
        let packed = Packed::shipped(name);
        for file in ["msel-long.csv", "msel-short.csv", "msel.xlsx"] {
            packed.is_unchanged(file, &packed.file(file));
        }
        // Other rows first, other columns first, another separator, a mark, other line ends, blanks, empty rows.
        let mut rows = packed.csv();
        let names = rows.iter().position(|row| row[0] == COLUMNS[0]).unwrap();
        rows[names + 1..].reverse();
        for row in rows[names..].iter_mut().filter(|row| row.len() > 1) {
            row.rotate_left(7);
            row.iter_mut().for_each(|text| *text = text.replace('\n', "\r\n") + "  ");
            row.extend([String::new(), String::new()]);
        }
        rows.insert(names + 3, vec![String::new(); 5]);
        let semicolons = [b"\xEF\xBB\xBF".to_vec(), written(&rows, b';')].concat();
        packed.is_unchanged("semicolons.csv", &semicolons);
        packed.is_unchanged("tabs.csv", &written(&rows, b'\t'));
        packed.is_unchanged("other.xlsx", &workbook(&rows));
        let wide: Vec<u8> = String::from_utf8(semicolons).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
        packed.is_unchanged("wide.csv", &wide);
    }
}

#[test]
fn what_spreadsheets_make_of_times_dates_and_numbers_is_no_change() {
    let packed = Packed::shipped("lakeside");
    let mut rows = packed.csv();
    let mut set = |event: &str, column: &str, now: &str| *cell(&mut rows, event, column) = now.to_owned();
    set("inject press", "Real time", "0.00462962962962963");
    set("inject bill", "Real time", "0:28:00");
    set("inject press", "Designated scenario time", "40");
    set("inject bill", "Designated scenario time", "48054");
    set("module 2", "Designated scenario time", "2031-05-06");
    set("inject press", "Deadline (minutes)", "5.0");
    set("inject press", "Delivery method", "telephone");
    set("inject press", "Recipient (to)", "Airport authority; desk");
    packed.is_unchanged("numbers.xlsx", &workbook(&rows));
    packed.is_unchanged("numbers.csv", &written(&rows, b','));
}

#[test]
fn edits_are_told_by_event_column_and_place_in_the_document() {
    let packed = Packed::shipped("lakeside");
    let mut rows = packed.csv();
    let mut set = |event: &str, column: &str, now: &str| *cell(&mut rows, event, column) = now.to_owned();
    set("inject press", "Designated scenario time", "Day 45");
    set("inject press", "Event synopsis", "A reporter calls");
    set("inject bill", "Deadline (minutes)", "6");
    set("inject tip", "Recipient (to)", "Security desk; Airport authority");
    let text = cell(&mut rows, "decision limit", "Inject text");
    *text = text.replace("An inquiry, without limits", "A quiet inquiry");
    let mut set = |event: &str, column: &str, now: &str| *cell(&mut rows, event, column) = now.to_owned();
    set("inject press", "Event category", "Other");
    set("inject bill", "Status", "Approved");
    set("inject bill", "Notes: actual response", "They argued.");
    set("inject tip", "Status", "Perhaps");
    rows[4][1] = "Third version".to_owned();
    rows.retain(|row| row[0] != "inject reminder");
    let mut added = vec![String::new(); COLUMNS.len()];
    (added[0], added[5]) = ("inject extra".to_owned(), "Something new".to_owned());
    rows.insert(rows.len() - 1, added);
    let wanted = [
        "changed|header block|Last revision|Third version|about.revised",
        "changed|inject press|Designated scenario time|Day 45|injects.press.when",
        "changed|inject press|Event category|Other|injects.press.when",
        "changed|inject press|Event synopsis|A reporter calls|injects.press.synopsis",
        "changed|inject tip|Recipient (to)|Security desk; Airport authority|injects.tip.to",
        "changed|inject bill|Deadline (minutes)|6|injects.bill.expects.within",
        "changed|decision limit|Inject text||decisions.limit.choices.inquire.text",
        "row added|inject extra||Event synopsis: Something new|injects",
        "row missing|inject reminder|||injects.reminder",
    ];
    let document = std::fs::read_to_string(packed.document()).unwrap();
    for (name, bytes) in [("edited.csv", written(&rows, b',')), ("edited.xlsx", workbook(&rows))] {
        let told = packed.compare(name, &bytes);
        let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        let mut found: Vec<String> = Vec::new();
        for it in told["differences"].as_array().unwrap() {
            let long = text(it, "now").contains('\n');
            let now = if long { String::new() } else { text(it, "now") };
            found.push([text(it, "kind"), text(it, "event"), text(it, "column"), now, text(it, "change")].join("|"));
            assert_eq!(it["follows"], it["column"] == "Event category");
        }
        found.sort();
        let mut wanted = wanted.map(str::to_owned).to_vec();
        wanted.sort();
        assert_eq!(found, wanted, "{name}");
        let press =
            told["differences"].as_array().unwrap().iter().find(|it| it["change"] == "injects.press.when").unwrap();
        let line = document.lines().nth(press["document_line"].as_u64().unwrap() as usize - 1).unwrap();
        assert!(line.contains("\"press\":") && line.contains("when: On(Day(40))"), "{line}");
        assert_eq!(told["notes"].as_array().unwrap().len(), 3, "{}", told["notes"]);
        assert!(told["remarks"][0].as_str().unwrap().contains("`Perhaps` is no known status"), "{}", told["remarks"]);
    }
    let done = packed.airside(&["--compare", "edited.csv"]).success();
    let said = String::from_utf8_lossy(&done.get_output().stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("inject bill, Deadline (minutes)") && said.contains("was “4”, is “6”"), "{said}");
    assert!(said.contains("change injects.bill.expects.within (lakeside.exercise.ron:"), "{said}");
}

#[test]
fn no_cell_becomes_a_formula_and_each_comes_back() {
    let packed = Packed::of("lakeside", |text| {
        text.replace("from: \"Press office\"", "from: \"=HYPERLINK(1)\"")
            .replace("controller: \"Facilitator, as the press office\"", "controller: \"+49 30 1\"")
            .replace("from: \"Finance\"", "from: \"-1+2\"")
            .replace("from: \"Director\"", "from: \"'=quoted\"")
            .replace("responsible: \"The facilitator keeps the list of events\"", "responsible: \"@somebody\"")
    });
    for row in packed.csv() {
        assert!(!row.iter().any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(packed.file("msel.xlsx"))).unwrap();
    let formulas = book.worksheet_formula("MSEL long form").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    let sheet = book.worksheet_range("MSEL long form").unwrap();
    assert!(sheet.used_cells().any(|(_, _, cell)| *cell == Data::String("=HYPERLINK(1)".to_owned())));
    for file in ["msel-long.csv", "msel-short.csv", "msel.xlsx"] {
        packed.is_unchanged(file, &packed.file(file));
    }
}

#[test]
fn files_that_mean_harm_are_refused_in_time() {
    let packed = Packed::shipped("lakeside");
    let good = packed.file("msel.xlsx");
    let far = |row: u32, column: u16| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Event number").unwrap();
        sheet.write_string(row, column, "far away").unwrap();
        book.save_to_buffer().unwrap()
    };
    let mut rows = packed.csv();
    *cell(&mut rows, "inject press", "Event synopsis") = "a".repeat(5 << 20);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "bomb.xlsx",
            rewritten(&good, "xl/worksheets/sheet1.xml", |_| vec![b' '; 40 << 20]),
            "unpacked, it has more than 32 MiB",
        ),
        (
            "promise.xlsx",
            rewritten(&good, "xl/sharedStrings.xml", |text| {
                let (before, after) = text.split_once("uniqueCount=\"").unwrap();
                format!("{before}uniqueCount=\"99999999999{after}").into_bytes()
            }),
            "shares more than",
        ),
        ("far.xlsx", far(1_048_575, 0), "has cells behind row"),
        ("wide.xlsx", far(1, 16_383), "has cells behind row"),
        ("torn.xlsx", good[..good.len() / 2].to_vec(), "this cannot be read"),
        ("text.xlsx", b"Event number,Status\n".to_vec(), "is called a workbook and is none"),
        ("old.csv", [0xD0, 0xCF, 0x11, 0xE0, 0xA1].to_vec(), "an old workbook"),
        ("noise.csv", (0..99_999_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), ""),
        ("empty.csv", Vec::new(), "no row names the columns"),
        ("nothing.csv", b"a,b\n1,2\n".to_vec(), "no row names the columns"),
        ("huge.csv", written(&rows, b','), "more than 4 MiB"),
        ("commas.csv", vec![b','; 1 << 20], "more than 200 cells"),
    ];
    for (name, bytes, why) in cases {
        std::fs::write(packed.folder.path().join(name), bytes).unwrap();
        let done = packed.airside(&["--compare", name]).code(3);
        let said = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
        assert!(said.contains(why) && said.contains(name), "{name}: {said}");
    }
    packed.airside(&["--compare", "not-there.csv"]).code(2);
}

/// A workbook with one part written anew.
fn rewritten(book: &[u8], part: &str, edit: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for nth in 0..from.len() {
        let mut text = String::new();
        let mut file = from.by_index(nth).unwrap();
        file.read_to_string(&mut text).unwrap();
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        to.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&if name == part { edit(&text) } else { text.into_bytes() }).unwrap();
    }
    to.finish().unwrap().into_inner()
}
