//! A sheet of a spreadsheet program, read as rows of text from CSV or from a workbook. Formulas are never computed.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader, Xlsx};

use super::table::separator;

/// The largest file, and the largest that a workbook may unpack to \[bytes\].
pub(crate) const MOST_BYTES: u64 = 32 << 20;
/// The most rows that are read.
const MOST_ROWS: usize = 5_000;
/// The most columns that are read.
const MOST_COLUMNS: usize = 200;

/// Why a sheet cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SheetError {
    #[error("it is no text in UTF-8; save it as CSV in UTF-8, or as .xlsx")]
    NotText,
    #[error("it is larger than {} MiB, or unpacks to more", MOST_BYTES >> 20)]
    TooLarge,
    #[error("it is no workbook that can be read ({0}); save it as .xlsx or as CSV in UTF-8")]
    NoWorkbook(String),
    #[error("it has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")]
    TooWide,
}

/// Reads a sheet: of a workbook, which is known by its first bytes, the one of this name, or else the first.
pub(crate) fn read_sheet(bytes: &[u8], name: &str) -> Result<Vec<Vec<String>>, SheetError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(SheetError::TooLarge);
    }
    if bytes.starts_with(b"PK") { of_workbook(bytes, name) } else { of_csv(bytes) }
}

fn of_csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, SheetError> {
    let text = std::str::from_utf8(bytes).map_err(|_| SheetError::NotText)?;
    let mut rows = Vec::new();
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(bytes))
        .from_reader(text.as_bytes());
    for row in reader.into_records() {
        // What is text can be split in any case.
        let row = row.map_err(|_| SheetError::NotText)?;
        if rows.len() >= MOST_ROWS || row.len() > MOST_COLUMNS {
            return Err(SheetError::TooWide);
        }
        rows.push(row.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect());
    }
    Ok(rows)
}

fn of_workbook(bytes: &[u8], name: &str) -> Result<Vec<Vec<String>>, SheetError> {
    unpacks_to_little(bytes)?;
    let failed = |error: calamine::XlsxError| SheetError::NoWorkbook(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let names = book.sheet_names();
    let Some(name) = names.iter().find(|own| *own == name).or(names.first()) else { return Ok(Vec::new()) };
    let mut cells = book.worksheet_cells_reader(name).map_err(failed)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    // Cell by cell: a sheet of two far cells would otherwise be a thousand million.
    while let Some(cell) = cells.next_cell().map_err(failed)? {
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(SheetError::TooWide);
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
fn unpacks_to_little(bytes: &[u8]) -> Result<(), SheetError> {
    let failed = |error: zip::result::ZipError| SheetError::NoWorkbook(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut left = MOST_BYTES;
    for i in 0..archive.len() {
        let file = archive.by_index(i).map_err(failed)?;
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|error| SheetError::NoWorkbook(error.to_string()))?;
        left = left.checked_sub(read).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}
