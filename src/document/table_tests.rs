//! Tests of the reader of tables: whatever a file holds, each kind of defect is told once.

use super::*;

fn open(text: &str) -> Table<&[u8]> {
    Table::open(text.as_bytes(), Limits::default()).unwrap()
}

fn rows(table: &mut Table<&[u8]>, column: &str) -> (Vec<String>, DefectReport) {
    let column = table.column(column).unwrap();
    let (mut found, mut defects) = (Vec::new(), DefectReport::default());
    while let Some(row) = table.next(&mut defects).unwrap() {
        if row.passes {
            found.push(row.text(&column).to_owned());
        }
    }
    table.finish(&mut defects);
    (found, defects)
}

#[test]
fn quoted_commas_and_line_breaks_are_fine() {
    let mut table = open("name,t\n\"A, Inc\",1\r\n\"B\nC\",2\n");
    let (names, defects) = rows(&mut table, "name");
    assert_eq!(names, ["A, Inc", "B\nC"]);
    assert!(defects.is_empty());
}

#[test]
fn ragged_rows_are_counted_once_with_the_first_line() {
    let mut table = open("a,b\n1,2\n3\n4,5,6\n7,8\n");
    let (values, defects) = rows(&mut table, "a");
    assert_eq!(values, ["1", "7"]);
    let found: Vec<_> = defects.iter().map(|(kind, _, defect)| (kind, defect.count, defect.first_line)).collect();
    assert_eq!(found, [(DefectKind::Ragged, 2, 3)]);
}

#[test]
fn filters_pass_one_of_their_values_and_say_what_never_came() {
    let mut table = open("kind,t\nMail,1\nCargo,2\nMail,3\n");
    table.filter(&Filter { column: "kind".into(), one_of: vec!["Mail".into(), "Male".into()] }).unwrap();
    let (values, defects) = rows(&mut table, "t");
    assert_eq!(values, ["1", "3"]);
    assert_eq!(defects.to_string(), "1 filter value in `kind = Male`: no row has this value; it lets nothing pass\n");
}

#[test]
fn a_missing_column_is_an_error_that_names_those_present() {
    let table = open("\u{feff}Activity Period,Cargo Metric TONS\n");
    assert_eq!(table.column("Activity Period").unwrap().name(), "Activity Period");
    assert_eq!(
        table.column("Cargo metric tonnes").unwrap_err().to_string(),
        "no column `Cargo metric tonnes` (did you mean `Cargo Metric TONS`?); \
         the columns are `Activity Period`, `Cargo Metric TONS`"
    );
    assert!(!table.column("month").unwrap_err().to_string().contains("did you mean"));
    assert!(matches!(open("a,a\n").column("a"), Err(TableError::ColumnTwice { .. })));
}

#[test]
fn bytes_that_are_not_utf8_survive_in_a_row_and_not_in_the_header() {
    let mut table = Table::open(&b"name,t\nA\xe9rea,1\n"[..], Limits::default()).unwrap();
    let (names, defects) = rows(&mut table, "name");
    assert_eq!(names, ["A\u{fffd}rea"]);
    assert_eq!(defects.count(DefectKind::NotUtf8), 1);
    assert!(matches!(Table::open(&b"n\xe9,t\n"[..], Limits::default()), Err(TableError::HeaderNotText)));
    assert!(matches!(Table::open(&b"a\0,\0t\n"[..], Limits::default()), Err(TableError::HeaderNotText)));
    assert!(matches!(Table::open(&b""[..], Limits::default()), Err(TableError::NoHeader)));
}

#[test]
fn limits_on_rows_and_bytes_are_errors() {
    let text = "a,b\n1,2\n3,4\n";
    let read = |limits| {
        let mut table = Table::open(text.as_bytes(), limits)?;
        let mut defects = DefectReport::default();
        while table.next(&mut defects)?.is_some() {}
        Ok::<_, TableError>(())
    };
    let bytes = text.len() as u64;
    assert!(read(Limits { bytes, rows: 2 }).is_ok());
    assert!(matches!(read(Limits { bytes, rows: 1 }), Err(TableError::TooManyRows { limit: 1 })));
    assert!(matches!(read(Limits { bytes: bytes - 1, rows: 2 }), Err(TableError::TooManyBytes { .. })));
    assert!(matches!(read(Limits { bytes: 2, rows: 2 }), Err(TableError::TooManyBytes { .. })));
    let wide = ",".repeat(MOST_COLUMNS);
    assert!(matches!(Table::open(wide.as_bytes(), Limits::default()), Err(TableError::TooManyColumns { .. })));
}

#[test]
fn what_is_no_finite_number_is_a_defect() {
    let mut table = open("t\n1e400\nNaN\n-3.5\n\"1,5\"\n");
    let (column, mut defects) = (table.column("t").unwrap(), DefectReport::default());
    let mut found = Vec::new();
    while let Some(row) = table.next(&mut defects).unwrap() {
        let mut of_row = DefectReport::default();
        found.push(row.number(&column, &mut of_row));
    }
    assert_eq!(found, [None, None, Some(-3.5), None]);
}

#[test]
fn noise_neither_panics_nor_hangs() {
    let mut state = 1_u32;
    for _ in 0..200 {
        let noise: Vec<u8> = (0..200)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                b"a,\"\n\r\xff\0 1;"[(state >> 16) as usize % 10]
            })
            .collect();
        let Ok(mut table) = Table::open(&noise[..], Limits::default()) else { continue };
        let mut defects = DefectReport::default();
        while table.next(&mut defects).unwrap().is_some() {}
    }
}
