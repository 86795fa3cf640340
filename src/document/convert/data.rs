//! Traffic from data files: what is read, and what was wrong with it.

use std::collections::BTreeMap;

use super::{At, Context};
use crate::document::defect::DefectReport;
use crate::document::departures::{DepartureColumns, ScheduledColumns, read_timetable};
use crate::document::monthly::{MassUnit, MonthlyColumns, read_monthly};
use crate::document::shape;
use crate::document::table::{Filter, Limits, MOST_BYTES};
use crate::document::{Code, Diagnostic, clip};
use crate::model::{Month, MonthlyTonnage, Timetable};

impl Context<'_> {
    /// A repeating timetable; `at` holds the fields that name the file and its columns.
    pub(crate) fn timetable(
        &mut self,
        (file, date, minute, delay): (&str, &str, &str, &str),
        only: &BTreeMap<String, Vec<String>>,
        at: At,
    ) -> Option<Timetable> {
        let bytes = self.data(file, at)?;
        let columns = DepartureColumns {
            scheduled: ScheduledColumns::Local { date: date.to_owned(), minute: minute.to_owned() },
            actual: None,
            delay: delay.to_owned(),
        };
        match read_timetable(&bytes[..], &columns, &filters(only), Limits::default()) {
            Ok(read) => {
                self.tell_defects(file, &read.defects, at);
                Some(read.value)
            }
            Err(error) => self.refuse_data(file, &error, at),
        }
    }

    /// A series of monthly tonnes, cut to the months that are fitted.
    pub(crate) fn monthly_tonnage(
        &mut self,
        (file, month, weight, unit): (&str, &str, &str, shape::MassUnit),
        only: &BTreeMap<String, Vec<String>>,
        (from, to): (Month, Month),
        at: At,
    ) -> Option<MonthlyTonnage> {
        let bytes = self.data(file, at)?;
        let unit = match unit {
            shape::MassUnit::Tonnes => MassUnit::Tonnes,
            shape::MassUnit::Kilograms => MassUnit::Kilograms,
            shape::MassUnit::Pounds => MassUnit::Pounds,
        };
        let columns = MonthlyColumns { month: month.to_owned(), weight: weight.to_owned(), unit };
        match read_monthly(&bytes[..], &columns, &filters(only), Limits::default()) {
            Ok(read) => {
                self.tell_defects(file, &read.defects, at);
                match read.value.window(from, to) {
                    Ok(series) => Some(series),
                    Err(error) => self.refuse_data(file, &error, at),
                }
            }
            Err(error) => self.refuse_data(file, &error, at),
        }
    }

    /// A month written as `YYYYMM`.
    pub(crate) fn month(&mut self, text: &str, at: At) -> Option<Month> {
        let month = Month::parse_yyyymm(text);
        if month.is_none() {
            let message = format!("`{}` is no month", clip(text, 40));
            self.report(Code::BadDate, at, message, "write year and month as six digits, such as \"201812\"");
        }
        month
    }

    fn data(&mut self, file: &str, at: At) -> Option<Vec<u8>> {
        match self.files().open(file, MOST_BYTES as usize) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let message = format!("`{}` cannot be used: {error}", clip(file, 80));
                self.report(Code::FileRefused, at.field("file"), message, "name a file beside this document");
                None
            }
        }
    }

    fn refuse_data<T>(&mut self, file: &str, error: &dyn std::fmt::Display, at: At) -> Option<T> {
        let message = format!("`{}`: {}", clip(file, 80), clip(&error.to_string(), 300));
        self.report(
            Code::DataRefused,
            at.field("file"),
            message,
            "correct the file, or the columns and filters that are named here",
        );
        None
    }

    /// Each kind of defect once, with its count.
    fn tell_defects(&mut self, file: &str, defects: &DefectReport, at: At) {
        if defects.is_empty() {
            return;
        }
        let kinds: Vec<String> = defects.to_string().lines().map(|line| line.trim().to_owned()).collect();
        let message = format!("`{}` has defects: {}", clip(file, 80), kinds.join("; "));
        let place = at.field("file");
        self.push(
            place.file,
            Diagnostic::new(Code::DataDefects, place.node.span, message)
                .help("nothing need be done; the figures are used as said"),
        );
    }
}

fn filters(only: &BTreeMap<String, Vec<String>>) -> Vec<Filter> {
    only.iter().map(|(column, one_of)| Filter { column: column.clone(), one_of: one_of.clone() }).collect()
}
