//! Monthly tonnage from a CSV whose rows are parts of a month's total.

use std::collections::BTreeMap;
use std::io::Read;

use thiserror::Error;

use super::defect::{DefectKind, DefectReport};
use super::table::{Column, Filter, Limits, Row, Table, TableError};
use crate::model::{Month, MonthlyTonnage, TonnageError};

/// The most that one row may weigh \[t\]. The busiest hubs handle about half of it in a year.
pub const MOST_TONNES_A_ROW: f64 = 10_000_000.0;

const GRAMS_A_TONNE: f64 = 1_000_000.0;

/// Which columns hold what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlyColumns {
    /// The month as `YYYYMM`.
    pub month: String,
    /// The weight, in `unit`.
    pub weight: String,
    /// Unit of the weight.
    pub unit: MassUnit,
}

/// Unit of a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MassUnit {
    /// 1,000 kg.
    Tonnes,
    /// Kilograms.
    Kilograms,
    /// International avoirdupois pounds of exactly 0.45359237 kg.
    Pounds,
}

/// Something read from a file, and what was wrong with the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported<T> {
    /// What was read.
    pub value: T,
    /// What was wrong and survived.
    pub defects: DefectReport,
    /// Rows that were used.
    pub rows: u64,
}

/// Why no series came of a file.
#[derive(Debug, Error)]
pub enum MonthlyError {
    /// The table could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Its figures are no series.
    #[error(transparent)]
    Tonnage(#[from] TonnageError),
    /// No row could be used.
    #[error("no row passes the filters with a month and a weight")]
    NoRows {
        /// What was wrong with them.
        defects: DefectReport,
    },
}

impl MassUnit {
    /// Tonnes in one of this unit.
    pub const fn tonnes(self) -> f64 {
        match self {
            MassUnit::Tonnes => 1.0,
            MassUnit::Kilograms => 1e-3,
            MassUnit::Pounds => 0.453_592_37e-3,
        }
    }
}

/// Adds up the rows of `source` that pass all `filters` by month.
///
/// A month that the file knows but none of whose rows passes counts as 0 t; a month between the first and the last
/// that the file does not know is a gap, and an error. Sums are taken in whole grams, so that neither the order of
/// rows nor their aggregation changes a bit of them.
pub fn read_monthly<R: Read>(
    source: R,
    columns: &MonthlyColumns,
    filters: &[Filter],
    limits: Limits,
) -> Result<Imported<MonthlyTonnage>, MonthlyError> {
    let mut table = Table::open(source, limits)?;
    let (month, weight) = (table.column(&columns.month)?, table.column(&columns.weight)?);
    for filter in filters {
        table.filter(filter)?;
    }
    let mut defects = DefectReport::default();
    let mut sums: BTreeMap<Month, Option<u128>> = BTreeMap::new();
    let mut rows = 0;
    while let Some(row) = table.next(&mut defects)? {
        let Some(of) = month_in(&row, &month, &mut defects) else { continue };
        let sum = sums.entry(of).or_insert(None);
        if !row.passes {
            continue;
        }
        let Some(grams) = grams_in(&row, &weight, columns.unit, &mut defects) else { continue };
        *sum = Some(sum.unwrap_or(0) + u128::from(grams));
        rows += 1;
    }
    table.finish(&mut defects);
    if rows == 0 {
        return Err(MonthlyError::NoRows { defects });
    }
    for _ in sums.values().filter(|sum| sum.is_none()) {
        defects.note(DefectKind::NothingPassed, "", 0);
    }
    let figures = sums.into_iter().map(|(month, grams)| (month, grams.unwrap_or(0) as f64 / GRAMS_A_TONNE)).collect();
    Ok(Imported { value: MonthlyTonnage::new(figures)?, defects, rows })
}

/// The month in `column`; none, and a defect, if there is no such.
pub(super) fn month_in(row: &Row<'_>, column: &Column, defects: &mut DefectReport) -> Option<Month> {
    let month = Month::parse_yyyymm(row.text(column));
    if month.is_none() {
        defects.note(DefectKind::NotAMonth, column.name(), row.line);
    }
    month
}

/// The weight in `column` in whole grams; none, and a defect, if it is none.
pub(super) fn grams_in(row: &Row<'_>, column: &Column, unit: MassUnit, defects: &mut DefectReport) -> Option<u64> {
    let tonnes = row.number(column, defects)? * unit.tonnes();
    let refused = match tonnes {
        t if t < 0.0 => Some(DefectKind::Negative),
        t if t > MOST_TONNES_A_ROW => Some(DefectKind::TooLarge),
        _ => None,
    };
    if let Some(kind) = refused {
        defects.note(kind, column.name(), row.line);
        return None;
    }
    if tonnes == 0.0 {
        defects.note(DefectKind::Zero, column.name(), row.line);
    }
    Some((tonnes * GRAMS_A_TONNE).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> MonthlyColumns {
        MonthlyColumns { month: "month".into(), weight: "t".into(), unit: MassUnit::Tonnes }
    }

    fn text(skip: Option<u32>) -> String {
        let mut text = String::from("month,t,kind\n");
        for i in (0..30).filter(|&i| Some(i) != skip) {
            let month = Month::new(2010, 1).unwrap().plus(i as usize);
            text += &format!("{:04}{:02},{i}.25,Mail\n{0:04}{1:02},1,Cargo\n", month.year(), month.month());
        }
        text
    }

    fn read(text: &str, filters: &[Filter]) -> Result<Imported<MonthlyTonnage>, MonthlyError> {
        read_monthly(text.as_bytes(), &columns(), filters, Limits::default())
    }

    #[test]
    fn rows_add_up_by_month() {
        let all = read(&text(None), &[]).unwrap();
        assert_eq!((all.value.tonnes()[3], all.rows), (4.25, 60));
        let mail = Filter { column: "kind".into(), one_of: vec!["Mail".into()] };
        assert_eq!(read(&text(None), &[mail]).unwrap().value.tonnes()[3], 3.25);
    }

    #[test]
    fn defects_of_rows_are_survived_and_counted() {
        let bad = "2010,1,Mail\n201001,,Mail\n201001,-1,Mail\n201001,1e9,Mail\n201001,0,Mail\n201001,x,Mail\n";
        let all = read(&(text(None) + bad), &[]).unwrap();
        let found: Vec<_> =
            all.defects.iter().map(|(kind, _, defect)| (kind, defect.count, defect.first_line)).collect();
        assert_eq!(
            found,
            [
                (DefectKind::NotANumber, 2, 63),
                (DefectKind::Negative, 1, 64),
                (DefectKind::TooLarge, 1, 65),
                (DefectKind::Zero, 1, 66),
                (DefectKind::NotAMonth, 1, 62),
            ]
        );
        assert_eq!(all.value.tonnes()[0], 1.25);
    }

    #[test]
    fn a_month_without_rows_is_a_gap_and_one_without_passing_rows_is_zero() {
        assert!(matches!(read(&text(Some(7)), &[]), Err(MonthlyError::Tonnage(TonnageError::Gap { count: 1, .. }))));
        let mail = Filter { column: "kind".into(), one_of: vec!["Mail".into()] };
        let quiet = read(&(text(Some(7)) + "201008,5,Cargo\n"), &[mail]).unwrap();
        assert_eq!((quiet.value.tonnes()[7], quiet.defects.count(DefectKind::NothingPassed)), (0.0, 1));
        let none = Filter { column: "kind".into(), one_of: vec!["Letters".into()] };
        assert!(matches!(read(&text(None), &[none]), Err(MonthlyError::NoRows { .. })));
    }

    #[test]
    fn units_are_turned_into_tonnes() {
        assert_eq!((MassUnit::Pounds.tonnes() * 45_423.0 * 1000.0).round(), 20_604.0);
    }
}
