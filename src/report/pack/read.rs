//! A list of events that was edited in a spreadsheet program, read back from CSV or from a workbook.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader, Xlsx};

use super::event::Column;
use crate::document::table::separator;

/// The largest file, and the largest that a workbook may unpack to \[bytes\].
const MOST_BYTES: u64 = 32 << 20;
/// The most rows that are read.
const MOST_ROWS: usize = 5_000;
/// The most columns that are read.
const MOST_COLUMNS: usize = 200;

/// A list as it was edited: its columns, and its rows with one text for each of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(super) columns: Vec<Column>,
    /// Heads that no column of the list has.
    pub(super) others: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("it is no text in UTF-8; save it as CSV in UTF-8, or as .xlsx")]
    NotText,
    #[error("it is larger than {} MiB, or unpacks to more; a list of events is not", MOST_BYTES >> 20)]
    TooLarge,
    #[error("it is no workbook that can be read ({0}); save it as .xlsx or as CSV in UTF-8")]
    NoWorkbook(String),
    #[error("no row of it has the head `{}` beside `{}`; keep the list's first row as it was exported", Column::Number.head(), Column::Text.head())]
    NoHead,
    #[error("the column `{0}` is there twice; delete one of them")]
    Twice(&'static str),
    #[error("it has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns; a list of events has not")]
    TooWide,
}

/// Reads a list. A workbook is known by its first bytes.
pub(crate) fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    let rows = if bytes.starts_with(b"PK") { of_workbook(bytes)? } else { of_csv(bytes)? };
    let is_head = |row: &Vec<String>| {
        [Column::Number, Column::Text].iter().all(|column| row.iter().any(|cell| column.head() == cell.trim()))
    };
    let head = rows.iter().position(is_head).ok_or(ReadError::NoHead)?;
    let mut sheet = Sheet::default();
    let mut places = Vec::new();
    for (place, cell) in rows[head].iter().enumerate() {
        match Column::ALL.into_iter().find(|column| column.head() == cell.trim()) {
            Some(column) if sheet.columns.contains(&column) => return Err(ReadError::Twice(column.head())),
            Some(column) => {
                sheet.columns.push(column);
                places.push(place);
            }
            None if cell.trim().is_empty() => {}
            None => sheet.others.push(cell.trim().to_owned()),
        }
    }
    let row = |row: &Vec<String>| -> Vec<String> {
        places.iter().map(|place| row.get(*place).map_or_else(String::new, |cell| plain(cell))).collect()
    };
    sheet.rows = rows[head + 1..].iter().map(row).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    Ok(sheet)
}

/// A cell without what spreadsheet programs do to it.
fn plain(cell: &str) -> String {
    let text = cell.replace("\r\n", "\n").replace(['\r', '\u{a0}'], "\n");
    let text = text.replace("_x000D_", "");
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn of_csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::NotText)?;
    let mut rows = Vec::new();
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(bytes))
        .from_reader(text.as_bytes());
    for row in reader.into_records() {
        // What is text can be split in any case.
        let row = row.map_err(|_| ReadError::NotText)?;
        if rows.len() >= MOST_ROWS || row.len() > MOST_COLUMNS {
            return Err(ReadError::TooWide);
        }
        rows.push(row.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect());
    }
    Ok(rows)
}

fn of_workbook(bytes: &[u8]) -> Result<Vec<Vec<String>>, ReadError> {
    unpacks_to_little(bytes)?;
    let failed = |error: calamine::XlsxError| ReadError::NoWorkbook(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let names = book.sheet_names();
    // The list's own sheet, wherever it stands; of other programs, the first.
    let name = names.iter().find(|name| *name == "MSEL").or(names.first()).cloned().ok_or(ReadError::NoHead)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(failed)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // Cell by cell: a sheet of two far cells would otherwise be a thousand million.
    while let Some(cell) = cells.next_cell().map_err(failed)? {
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(ReadError::TooWide);
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text;
    }
    Ok(rows)
}

/// A cell as text. What was taken for a time of day is one again.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(x) => x.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => {
            let minutes = (at.as_f64() * 1_440.0).round() as i64;
            format!("{}:{:02}", minutes / 60, minutes % 60)
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Unpacks all of it to nowhere, as far as the limit: what a file says of its own size may be a lie.
fn unpacks_to_little(bytes: &[u8]) -> Result<(), ReadError> {
    let failed = |error: zip::result::ZipError| ReadError::NoWorkbook(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut left = MOST_BYTES;
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(failed)?;
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|error| ReadError::NoWorkbook(error.to_string()))?;
        left = left.checked_sub(read).ok_or(ReadError::TooLarge)?;
    }
    Ok(())
}
