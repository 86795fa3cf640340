//! Rows of a file that people have edited, and how much of such a file is read.

/// The largest file that is read \[bytes\]: 4 MiB.
pub(crate) const MOST_BYTES: u64 = 4 << 20;

/// A sheet of a workbook, or a whole CSV.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// What its tab says; empty of a CSV.
    pub(super) name: String,
    /// Rows with the line on which each begins, from 1.
    pub(super) rows: Vec<(u64, Vec<Cell>)>,
}

/// What stands in a cell. A formula is not reckoned: it is what its program kept as its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
}

impl Cell {
    /// As text.
    pub(super) fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
        }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Number(_) => false,
        }
    }
}

/// Why a file cannot be read as a list of events.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// It is larger than any list of events.
    #[error("this is larger than any list of events: {0}")]
    TooLarge(String),
    /// It is no CSV and no workbook, or a damaged one.
    #[error("this cannot be read: {0}; save it as CSV or XLSX and try again")]
    Broken(String),
    /// No row names the columns.
    #[error("no row names the columns; one cell of it must be `Event number`, as in the file that was exported")]
    NoColumns,
}

/// How much of a file is read. Behind each bound lies nothing that people type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Cells of a row.
    pub(super) columns: usize,
    /// The number of the last row.
    pub(super) rows: usize,
    /// Cells of a file.
    pub(super) cells: usize,
    /// Text of a file \[bytes\].
    pub(super) text: usize,
    /// Parts of a workbook.
    pub(super) parts: usize,
    /// A workbook unpacked \[bytes\].
    pub(super) unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { columns: 200, rows: 20_000, cells: 200_000, text: 8 << 20, parts: 500, unpacked: 32 << 20 }
    }
}

impl Limits {
    /// What is left at first.
    pub(super) fn start(&self) -> Left {
        Left { cells: self.cells, text: self.text }
    }
}

/// What may still be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    cells: usize,
    text: usize,
}

impl Left {
    /// Takes some cells and their text, if so much may still be read.
    pub(super) fn take(&mut self, cells: usize, text: usize) -> Result<(), Unreadable> {
        let (Some(cells), Some(text)) = (self.cells.checked_sub(cells), self.text.checked_sub(text)) else {
            return Err(Unreadable::TooLarge("too many cells, or too much text in them".to_owned()));
        };
        *self = Left { cells, text };
        Ok(())
    }
}
