//! A list of events as CSV: written so that no cell is taken for a formula, read as any spreadsheet program saves it.

use super::column::Column;
use super::event::Msel;
use super::table::{Cell, Limits, Sheet, Unreadable};
use crate::report::many::csv_text;

/// What a spreadsheet program takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What Windows-1252 has where Latin-1 has control characters, from 0x80.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The list in some columns. The marking is the first row and the last.
pub(super) fn write(msel: &Msel, columns: &[Column], marking: &str) -> String {
    let mut out = String::new();
    let mut row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| csv_text(&guarded(cell))).collect();
        out.push_str(&cells.join(","));
        // What the standard says, and what old spreadsheet programs want.
        out.push_str("\r\n");
    };
    row(&[marking]);
    for (name, value) in &msel.header {
        row(&[name, value]);
    }
    row(&columns.iter().map(|column| column.name()).collect::<Vec<_>>());
    for event in &msel.events {
        row(&columns.iter().map(|column| event.cell(*column)).collect::<Vec<_>>());
    }
    row(&[marking]);
    out
}

/// The rows of a CSV.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, Unreadable> {
    let text = decoded(bytes);
    let separator = separator(&text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut sheet = Sheet { name: String::new(), rows: Vec::new() };
    let mut left = limits.start();
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::Broken(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() > limits.columns {
            return Err(Unreadable::TooLarge(format!("line {line} has more than {} cells", limits.columns)));
        }
        let mut cells = Vec::with_capacity(record.len());
        for text in &record {
            left.take(1, text.len())?;
            cells.push(Cell::Text(unguarded(text).to_owned()));
        }
        sheet.rows.push((line, cells));
    }
    Ok(sheet)
}

/// A cell that no spreadsheet program takes for a formula. One that looks guarded already is guarded once more, so that
/// [`unguarded`] gives back what was there.
pub(in crate::report) fn guarded(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// What stood in a cell before it was guarded.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => text,
    }
}

/// Text as spreadsheet programs save it: UTF-8 with a mark or without, UTF-16, or Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    let wide = |of: fn([u8; 2]) -> u16| -> String {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| letter(*byte)).collect(),
        },
    };
    text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte) - 0x80],
        _ => char::from(byte),
    }
}

/// What separates cells: whichever of comma, semicolon and tab stands most often in the line that names the columns.
fn separator(text: &str) -> u8 {
    let named = |line: &&str| line.contains(Column::Number.name());
    let line = text.lines().take(100).find(named).or(text.lines().next()).unwrap_or_default();
    let count = |separator: u8| line.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula_and_all_come_back() {
        for text in ["=1+1", "+49 1", "-5", "@name", "'=1", "''-x", "\tx", "plain", "'quoted'", ""] {
            let kept = guarded(text);
            assert!(!kept.starts_with(FORMULA), "{kept}");
            assert_eq!(unguarded(&kept), text);
        }
    }

    #[test]
    fn text_is_read_as_spreadsheets_save_it() {
        let wide = |text: &str| -> Vec<u8> {
            let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        assert_eq!(decoded("\u{FEFF}é".as_bytes()), "é");
        assert_eq!(decoded(&wide("é€")), "é€");
        assert_eq!(decoded(b"\xE9 \x80 \x93"), "é € “");
    }

    #[test]
    fn the_separator_is_that_of_the_line_that_names_the_columns() {
        assert_eq!(separator("a,b,c,d\nEvent number;Real time,x;Status\n"), b';');
        assert_eq!(separator("Event number\tStatus\n"), b'\t');
        assert_eq!(separator("Event number,Status\n"), b',');
        assert_eq!(separator(""), b',');
    }
}
