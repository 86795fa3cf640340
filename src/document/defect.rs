//! What was wrong with a data file and survived: each kind once, with its count and its first line.

use std::collections::BTreeMap;
use std::fmt;

/// A kind of defect, or of repair, that reading a table survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DefectKind {
    /// The row has more or fewer fields than the header; the row is skipped.
    Ragged,
    /// A field holds bytes that are not UTF-8; they are read as the replacement character.
    NotUtf8,
    /// A field that should name something is empty; the row is kept.
    Empty,
    /// A code that is not two characters long; the row is kept.
    OddCode,
    /// Not a number where one belongs; the row is skipped.
    NotANumber,
    /// A weight below zero; the row is skipped.
    Negative,
    /// A weight beyond what a month can hold; the row is skipped.
    TooLarge,
    /// A weight of exactly zero; the row is kept.
    Zero,
    /// A month that is not `YYYYMM`; the row is skipped.
    NotAMonth,
    /// A date or clock time that cannot be read; the row is skipped.
    NotATime,
    /// No actual time: the flight was cancelled; it is counted as such.
    Cancelled,
    /// A former name of a carrier; the row is joined with the carrier's present name.
    FormerName,
    /// Another row agrees in everything kept; the weights are added.
    Duplicate,
    /// No row of a month passed the filters; the month counts as 0 t.
    NothingPassed,
    /// A value that a filter asks for and no row has.
    NeverSeen,
}

/// Defects of one file, in the order of their kinds and then of their columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefectReport {
    found: BTreeMap<(DefectKind, String), Defect>,
}

/// How often a kind of defect occurred in a column, and where first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Rows (for [`DefectKind::NothingPassed`] months) that have it.
    pub count: u64,
    /// Line of the first, counted from 1; 0 if it lies in no one line.
    pub first_line: u64,
}

impl DefectReport {
    /// Counts one more defect of `kind`. `place` is the column, or empty where none is meant.
    pub fn note(&mut self, kind: DefectKind, place: &str, line: u64) {
        // Looked up before inserting, so that a million defective rows allocate one name.
        if let Some((_, defect)) = self.found.iter_mut().find(|((k, p), _)| *k == kind && p == place) {
            defect.count += 1;
        } else {
            self.found.insert((kind, place.to_owned()), Defect { count: 1, first_line: line });
        }
    }

    /// True if nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All defects with their kind and column, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (DefectKind, &str, &Defect)> {
        self.found.iter().map(|((kind, place), defect)| (*kind, place.as_str(), defect))
    }

    /// How many rows have a defect of `kind`, over all columns.
    pub fn count(&self, kind: DefectKind) -> u64 {
        self.iter().filter(|(k, _, _)| *k == kind).map(|(_, _, defect)| defect.count).sum()
    }

    /// Rows that reading left out.
    pub fn skipped(&self) -> u64 {
        self.iter().filter(|(kind, _, _)| kind.skips()).map(|(_, _, defect)| defect.count).sum()
    }
}

impl DefectKind {
    /// True if a row with this defect is left out.
    pub fn skips(self) -> bool {
        use DefectKind::*;
        matches!(self, Ragged | NotANumber | Negative | TooLarge | NotAMonth | NotATime)
    }

    fn says(self) -> (&'static str, &'static str) {
        use DefectKind::*;
        match self {
            Ragged => ("more or fewer fields than the header", "skipped"),
            NotUtf8 => ("bytes that are not UTF-8", "read as the replacement character"),
            Empty => ("empty", "kept"),
            OddCode => ("a code that is not two characters long", "kept"),
            NotANumber => ("not a number", "skipped"),
            Negative => ("below zero", "skipped"),
            TooLarge => ("too large to be tonnes of a month", "skipped"),
            Zero => ("weighs 0 t", "kept"),
            NotAMonth => ("not a month as YYYYMM", "skipped"),
            NotATime => ("not a date or clock time", "skipped"),
            Cancelled => ("no actual time", "counted as cancelled"),
            FormerName => ("a carrier's former name", "joined with its present one"),
            Duplicate => ("agrees with another row in all that is kept", "weights added"),
            NothingPassed => ("no row passes the filters", "counted as 0 t"),
            NeverSeen => ("no row has this value", "it lets nothing pass"),
        }
    }
}

impl fmt::Display for DefectReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, place, defect) in self.iter() {
            let noun = match (kind, defect.count) {
                (DefectKind::NothingPassed, 1) => "month",
                (DefectKind::NothingPassed, _) => "months",
                (DefectKind::NeverSeen, 1) => "filter value",
                (DefectKind::NeverSeen, _) => "filter values",
                (_, 1) => "row",
                _ => "rows",
            };
            let (what, then) = kind.says();
            write!(f, "{} {noun}", defect.count)?;
            if !place.is_empty() {
                write!(f, " in `{place}`")?;
            }
            write!(f, ": {what}; {then}")?;
            match defect.first_line {
                0 => writeln!(f)?,
                line => writeln!(f, " (first on line {line})")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_reported_once_with_its_count_and_first_line() {
        let mut report = DefectReport::default();
        report.note(DefectKind::Zero, "tonnes", 7);
        report.note(DefectKind::Zero, "tonnes", 9);
        report.note(DefectKind::Ragged, "", 3);
        assert_eq!(
            report.to_string(),
            "1 row: more or fewer fields than the header; skipped (first on line 3)\n\
             2 rows in `tonnes`: weighs 0 t; kept (first on line 7)\n"
        );
        assert_eq!((report.skipped(), report.count(DefectKind::Zero)), (1, 2));
    }
}
