//! Reading a CSV row by row: columns by name, row filters, limits, and defects that do not stop it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};
use thiserror::Error;

use super::defect::{DefectKind, DefectReport};

/// The largest file that is read \[bytes\]: 64 MiB.
pub const MOST_BYTES: u64 = 64 << 20;
/// The most rows that are read, the header not counted.
pub const MOST_ROWS: u64 = 2_000_000;
/// The most columns that a header may name.
pub const MOST_COLUMNS: usize = 1_000;

/// How much of a file may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes.
    pub bytes: u64,
    /// Rows, the header not counted.
    pub rows: u64,
}

/// Keeps the rows whose `column` is one of some values, letter by letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Name of the column.
    pub column: String,
    /// Values that pass.
    pub one_of: Vec<String>,
}

/// Why a table cannot be read at all. Nothing of it is kept.
#[derive(Debug, Error)]
pub enum TableError {
    /// Reading failed.
    #[error("could not read the table: {0}")]
    Io(#[from] std::io::Error),
    /// The file is empty.
    #[error("the file is empty; its first line must name the columns")]
    NoHeader,
    /// The header is no text.
    #[error("the first line is not UTF-8 text; save the file as CSV in UTF-8")]
    HeaderNotText,
    /// The header names more columns than are allowed.
    #[error("the first line names {found} columns; at most {MOST_COLUMNS} are read")]
    TooManyColumns {
        /// How many it names.
        found: usize,
    },
    /// The header names a column twice that is wanted.
    #[error("the first line names the column `{column}` more than once")]
    ColumnTwice {
        /// Its name.
        column: String,
    },
    /// A wanted column is missing.
    #[error("no column `{wanted}`{}; the columns are {}", suggestion(.nearest), quoted(.present))]
    NoColumn {
        /// The name looked for.
        wanted: String,
        /// The present name nearest to it, if any is near.
        nearest: Option<String>,
        /// All names present.
        present: Vec<String>,
    },
    /// The file has more bytes than the limit.
    #[error("the file is larger than {limit} bytes")]
    TooManyBytes {
        /// The limit.
        limit: u64,
    },
    /// The file has more rows than the limit.
    #[error("the file has more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: u64,
    },
}

/// A table being read.
pub struct Table<R> {
    csv: csv::Reader<BufReader<Counted<R>>>,
    header: Vec<String>,
    filters: Vec<Sieve>,
    record: ByteRecord,
    fields: Vec<String>,
    line: u64,
    rows: u64,
    limits: Limits,
}

/// A column of one table.
#[derive(Clone, Debug)]
pub struct Column {
    index: usize,
    name: String,
}

/// One row.
pub struct Row<'t> {
    fields: &'t [String],
    /// Its line in the file, counted from 1.
    pub line: u64,
    /// Whether every filter lets it pass.
    pub passes: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: MOST_BYTES, rows: MOST_ROWS }
    }
}

impl<R: Read> Table<R> {
    /// Reads the header of `source`. Fields are separated by commas; by semicolons if the first line has those and no
    /// comma, as spreadsheets write where the comma is for decimals.
    pub fn open(source: R, limits: Limits) -> Result<Table<R>, TableError> {
        let mut source = BufReader::new(Counted { source, left: limits.bytes, over: false });
        let separator = separator(source.fill_buf()?);
        let mut csv = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(source);
        let mut record = ByteRecord::new();
        if !csv.read_byte_record(&mut record).map_err(|error| failed(error, limits))? {
            return Err(TableError::NoHeader);
        }
        if csv.get_ref().get_ref().over {
            return Err(TableError::TooManyBytes { limit: limits.bytes });
        }
        if record.len() > MOST_COLUMNS {
            return Err(TableError::TooManyColumns { found: record.len() });
        }
        let mut header = Vec::with_capacity(record.len());
        for name in &record {
            let name = std::str::from_utf8(name).ok().filter(|name| !name.contains('\0'));
            let name = name.ok_or(TableError::HeaderNotText)?;
            header.push(name.trim_start_matches('\u{feff}').trim().to_owned());
        }
        let fields = vec![String::new(); header.len()];
        Ok(Table { csv, header, filters: Vec::new(), record, fields, line: 0, rows: 0, limits })
    }

    /// Names of all columns, as the first line has them.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Result<Column, TableError> {
        let mut found = (0..self.header.len()).filter(|&i| self.header[i] == name);
        match (found.next(), found.next()) {
            (Some(index), None) => Ok(Column { index, name: name.to_owned() }),
            (Some(_), Some(_)) => Err(TableError::ColumnTwice { column: name.to_owned() }),
            (None, _) => Err(TableError::NoColumn {
                wanted: name.to_owned(),
                nearest: nearest(name, &self.header),
                present: self.header.clone(),
            }),
        }
    }

    /// From now on, rows pass only if `filter` lets them.
    pub fn filter(&mut self, filter: &Filter) -> Result<(), TableError> {
        let column = self.column(&filter.column)?;
        self.filters.push(Sieve {
            column,
            unseen: filter.one_of.iter().cloned().collect(),
            one_of: filter.one_of.clone(),
        });
        Ok(())
    }

    /// The next row with as many fields as the header; none at the end. Others are noted in `defects` and left out.
    pub fn next(&mut self, defects: &mut DefectReport) -> Result<Option<Row<'_>>, TableError> {
        loop {
            let more = self.csv.read_byte_record(&mut self.record).map_err(|error| failed(error, self.limits))?;
            if self.csv.get_ref().get_ref().over {
                return Err(TableError::TooManyBytes { limit: self.limits.bytes });
            }
            if !more {
                return Ok(None);
            }
            self.rows += 1;
            if self.rows > self.limits.rows {
                return Err(TableError::TooManyRows { limit: self.limits.rows });
            }
            self.line = self.record.position().map_or(0, csv::Position::line);
            if self.record.len() == self.header.len() {
                break;
            }
            defects.note(DefectKind::Ragged, "", self.line);
        }
        for ((field, bytes), name) in self.fields.iter_mut().zip(&self.record).zip(&self.header) {
            field.clear();
            match std::str::from_utf8(bytes) {
                Ok(text) => field.push_str(text.trim()),
                Err(_) => {
                    defects.note(DefectKind::NotUtf8, name, self.line);
                    field.push_str(String::from_utf8_lossy(bytes).trim());
                }
            }
        }
        let mut passes = true;
        for sieve in &mut self.filters {
            passes &= sieve.passes(&self.fields[sieve.column.index]);
        }
        Ok(Some(Row { fields: &self.fields, line: self.line, passes }))
    }

    /// Notes the filter values that no row had. To be called after the last row.
    pub fn finish(&self, defects: &mut DefectReport) {
        for sieve in &self.filters {
            for value in &sieve.unseen {
                defects.note(DefectKind::NeverSeen, &format!("{} = {value}", sieve.column.name), 0);
            }
        }
    }
}

impl Row<'_> {
    /// The field in `column`, without spaces around it.
    pub fn text(&self, column: &Column) -> &str {
        &self.fields[column.index]
    }

    /// The finite number in `column`; none, and a defect, if there is no such.
    pub fn number(&self, column: &Column, defects: &mut DefectReport) -> Option<f64> {
        let number = self.text(column).parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            defects.note(DefectKind::NotANumber, &column.name, self.line);
        }
        number
    }
}

impl Column {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What separates fields in a file that begins so: a semicolon if its first line has one and no comma, else a comma.
fn separator(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if first.contains(&b';') && !first.contains(&b',') { b';' } else { b',' }
}

/// The one of `names` nearest to `wanted`: the same but for case, or at most a third of its letters away.
pub(super) fn nearest(wanted: &str, names: &[String]) -> Option<String> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(80).collect();
    names
        .iter()
        .map(|name| (distance(&wanted, &name.to_lowercase().chars().take(80).collect::<Vec<_>>()), name))
        .min()
        .filter(|&(distance, _)| distance <= 1.max(wanted.len() / 3))
        .map(|(_, name)| name.clone())
}

/// Levenshtein's distance: insertions, deletions and replacements.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

fn suggestion(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |name| format!(" (did you mean `{name}`?)"))
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// With bytes in and flexible rows, reading is all that can fail.
fn failed(error: csv::Error, limits: Limits) -> TableError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => TableError::Io(error),
        _ => TableError::TooManyBytes { limit: limits.bytes },
    }
}

/// A filter at work.
struct Sieve {
    column: Column,
    one_of: Vec<String>,
    unseen: BTreeSet<String>,
}

impl Sieve {
    fn passes(&mut self, value: &str) -> bool {
        let passes = self.one_of.iter().any(|wanted| wanted == value);
        if passes && !self.unseen.is_empty() {
            self.unseen.remove(value);
        }
        passes
    }
}

/// Ends the source at the byte limit and remembers whether there was more.
struct Counted<R> {
    source: R,
    left: u64,
    over: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            self.over = self.over || self.source.read(&mut [0])? > 0;
            return Ok(0);
        }
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.source.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
