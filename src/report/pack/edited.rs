//! A list of events as it comes back: which row names the columns, which rows are events, and what stands around them.

use super::column::{Column, plain};
use super::delimited;
use super::event::Msel;
use super::table::{Cell, Limits, MOST_BYTES, Sheet, Unreadable};
use super::unpack;
use crate::report::handout::EXERCISE;

/// Behind so many rows nobody looks for the names of the columns.
const MOST_ABOVE: usize = 200;

/// A table of events in a file.
#[derive(Clone, Debug)]
pub(super) struct Edited {
    /// The sheet's name; empty of a CSV.
    pub(super) sheet: String,
    /// The header block: which of its lines, on which line of the file, and what it says.
    pub(super) header: Vec<(usize, u64, String)>,
    /// Columns that are known, with their place.
    columns: Vec<(Column, usize)>,
    /// Columns that a list of events has not.
    pub(super) strangers: Vec<String>,
    /// Rows with their line.
    pub(super) rows: Vec<(u64, Vec<Cell>)>,
}

impl Edited {
    /// The tables in a file: of a workbook, each sheet that has one.
    pub(super) fn read(bytes: &[u8], is_workbook: bool, msel: &Msel) -> Result<Vec<Edited>, Unreadable> {
        let limits = Limits::default();
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Unreadable::TooLarge(format!("more than {} MiB", MOST_BYTES >> 20)));
        }
        let sheets = if bytes.starts_with(b"PK") {
            unpack::read(bytes, &limits)?
        } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Unreadable::Broken("it is an old workbook, or one with a password".to_owned()));
        } else if is_workbook {
            return Err(Unreadable::Broken("it is called a workbook and is none".to_owned()));
        } else {
            vec![delimited::read(bytes, &limits)?]
        };
        let tables: Vec<Edited> = sheets.into_iter().filter_map(|sheet| Edited::of(sheet, msel)).collect();
        if tables.is_empty() { Err(Unreadable::NoColumns) } else { Ok(tables) }
    }

    fn of(sheet: Sheet, msel: &Msel) -> Option<Edited> {
        let is_names = |cells: &[Cell]| cells.iter().any(|cell| column(cell) == Some(Column::Number));
        let names = sheet.rows.iter().take(MOST_ABOVE).position(|(_, cells)| is_names(cells))?;
        let (mut columns, mut strangers) = (Vec::new(), Vec::new());
        for (at, cell) in sheet.rows[names].1.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            match column(cell) {
                Some(column) if !columns.iter().any(|(known, _)| *known == column) => columns.push((column, at)),
                _ => strangers.push(cell.text().trim().to_owned()),
            }
        }
        let mut header = Vec::new();
        for (line, cells) in &sheet.rows[..names] {
            let Some(first) = cells.first().map(|cell| plain(&cell.text())) else { continue };
            if let Some(nth) = msel.header.iter().position(|(name, _)| plain(name) == first) {
                header.push((nth, *line, cells.get(1).map(Cell::text).unwrap_or_default()));
            }
        }
        let is_event = |cells: &[Cell]| {
            let first = cells.iter().find(|cell| !cell.is_blank());
            first.is_some_and(|cell| !cell.text().trim_start().starts_with(EXERCISE))
        };
        let rows = sheet.rows.into_iter().skip(names + 1).filter(|(_, cells)| is_event(cells)).collect();
        Some(Edited { sheet: sheet.name, header, columns, strangers, rows })
    }

    /// What stands in a row's column; none if the file has no such column.
    pub(super) fn cell<'c>(&self, cells: &'c [Cell], column: Column) -> Option<&'c Cell> {
        const EMPTY: &Cell = &Cell::Empty;
        let (_, at) = self.columns.iter().find(|(known, _)| *known == column)?;
        Some(cells.get(*at).unwrap_or(EMPTY))
    }

    /// The known columns, in the file's order.
    pub(super) fn columns(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().map(|(column, _)| *column)
    }
}

fn column(cell: &Cell) -> Option<Column> {
    match cell {
        Cell::Text(name) => Column::named(name),
        Cell::Empty | Cell::Number(_) => None,
    }
}
