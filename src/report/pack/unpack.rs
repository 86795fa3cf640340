//! Workbooks that people have edited, read with a bound on everything: parts, unpacked bytes, cells, text.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::table::{Cell, Limits, Sheet, Unreadable};

/// The most strings that a workbook may say it shares: room for so many is made as soon as it says so.
const MOST_STRINGS: u64 = 200_000;

/// The sheets of a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Unreadable> {
    unpacked(bytes, limits)?;
    // A workbook that contradicts itself may trip the reader; that must not end the program.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits)))
        .unwrap_or_else(|_| Err(Unreadable::Broken("it contradicts itself".to_owned())))
}

fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, Unreadable> {
    let broken = |error: calamine::XlsxError| Unreadable::Broken(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = limits.start();
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // Charts and macros have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut sheet = Sheet { name: name.clone(), rows: Vec::new() };
        // Cells come as they are written, so that one that is far away takes no room for those between.
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let cell = of(cell.get_value());
            if cell == Cell::Empty {
                continue;
            }
            let (row, column) = (row as usize, column as usize);
            if row >= limits.rows || column >= limits.columns {
                let most = format!("`{name}` has cells behind row {} or column {}", limits.rows, limits.columns);
                return Err(Unreadable::TooLarge(most));
            }
            left.take(1, if let Cell::Text(text) = &cell { text.len() } else { 0 })?;
            place(&mut sheet, row, column, cell);
        }
        sheet.rows.sort_by_key(|(line, _)| *line);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn place(sheet: &mut Sheet, row: usize, column: usize, cell: Cell) {
    let line = row as u64 + 1;
    // Rows come in their order, unless somebody means harm: then one is found twice and told so later.
    if sheet.rows.last().is_none_or(|(last, _)| *last != line) {
        sheet.rows.push((line, Vec::new()));
    }
    if let Some((_, cells)) = sheet.rows.last_mut() {
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
    }
}

fn of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(date) => Cell::Number(date.as_f64()),
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => Cell::Empty,
    }
}

/// Unpacks every part and keeps none, so that what is read later is known to be small, whatever the file says of itself.
fn unpacked(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let broken = |error: &dyn std::fmt::Display| Unreadable::Broken(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > limits.parts {
        return Err(Unreadable::TooLarge(format!("it has more than {} parts", limits.parts)));
    }
    let mut left = limits.unpacked;
    for nth in 0..archive.len() {
        let part = archive.by_index(nth).map_err(|error| broken(&error))?;
        let is_strings = String::from_utf8_lossy(part.name_raw()).to_ascii_lowercase().ends_with("sharedstrings.xml");
        let mut content = Vec::new();
        part.take(left + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
        left = left
            .checked_sub(content.len() as u64)
            .ok_or_else(|| Unreadable::TooLarge(format!("unpacked, it has more than {} MiB", limits.unpacked >> 20)))?;
        if is_strings && promises_too_much(&content) {
            return Err(Unreadable::TooLarge(format!("it says that it shares more than {MOST_STRINGS} strings")));
        }
    }
    Ok(())
}

/// Whether shared strings say that there are more of them than any list has. What cannot be looked through, for it is not
/// written in one byte a letter, is taken for such.
fn promises_too_much(content: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    if content.iter().any(|byte| matches!(byte, 0 | 0x1B)) {
        return true;
    }
    content.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME).any(|(at, _)| {
        let rest = &content[at + NAME.len()..];
        let digits: String = rest
            .iter()
            .map(|byte| char::from(*byte))
            .skip_while(|c| c.is_ascii_whitespace() || matches!(c, '=' | '"' | '\'' | '+'))
            .take_while(char::is_ascii_digit)
            .take(40)
            .collect();
        !digits.is_empty() && digits.parse::<u64>().map_or(true, |count| count > MOST_STRINGS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_of_many_strings_is_found_however_it_is_written() {
        for text in ["uniqueCount=\"200001\"", "uniqueCount = '+99999999999999999999999'", "uniqueCount\n=\"0300000\""]
        {
            assert!(promises_too_much(text.as_bytes()), "{text}");
        }
        assert!(promises_too_much(b"u\0n\0"));
        for text in ["uniqueCount=\"200\"", "<sst count=\"9999999\">", "the word uniqueCount"] {
            assert!(!promises_too_much(text.as_bytes()), "{text}");
        }
    }
}
