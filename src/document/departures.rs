//! A timetable with delays from a CSV with one row a flight.

use std::io::Read;

use thiserror::Error;

use super::defect::{DefectKind, DefectReport};
use super::monthly::Imported;
use super::table::{Column, Filter, Limits, Row, Table, TableError};
use crate::model::timetable::{DAY_MINUTES, WEEK_MINUTES};
use crate::model::{Date, Timetable, TimetableError};

/// The longest delay that is believed \[minutes\]: a week. One that is longer, or early by more than a day, is a defect.
pub const LONGEST_DELAY: f64 = 7.0 * 1_440.0;

/// Which columns hold what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartureColumns {
    /// When the flight should leave.
    pub scheduled: ScheduledColumns,
    /// The actual departure, empty if the flight was cancelled. Without such a column an empty delay says the same.
    pub actual: Option<String>,
    /// The delay in minutes, negative if early.
    pub delay: String,
}

/// How the scheduled departure is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScheduledColumns {
    /// Local date `YYYY-MM-DD` and minute of the local day.
    Local {
        /// Column of the date.
        date: String,
        /// Column of the minute, 0 to 1439.
        minute: String,
    },
    /// The hour in universal time as `YYYY-MM-DDThh`, anything after, and the local clock as `hmm` or `hhmm` without a
    /// colon. The local date follows from both: the zone is taken to lie between 12 hours behind and 11 ahead.
    UtcHourAndClock {
        /// Column of the hour in universal time.
        utc_hour: String,
        /// Column of the local clock time.
        clock: String,
    },
}

/// One flight as it was planned and as it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Departure {
    /// Scheduled local date.
    pub date: Date,
    /// Scheduled minute of the local day.
    pub minute: u32,
    /// Delay \[minutes, negative if early\]; none if cancelled.
    pub delay: Option<i32>,
}

/// Why no timetable came of a file.
#[derive(Debug, Error)]
pub enum DeparturesError {
    /// The table could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Its rows are no timetable.
    #[error(transparent)]
    Timetable(#[from] TimetableError),
}

/// Reads a repeating timetable.
pub fn read_timetable<R: Read>(
    source: R,
    columns: &DepartureColumns,
    filters: &[Filter],
    limits: Limits,
) -> Result<Imported<Timetable>, DeparturesError> {
    let departures = read_departures(source, columns, filters, limits)?;
    Ok(Imported { value: timetable(&departures.value)?, defects: departures.defects, rows: departures.rows })
}

/// Reads the flights of `source` that pass all `filters`, in the order of the file.
pub fn read_departures<R: Read>(
    source: R,
    columns: &DepartureColumns,
    filters: &[Filter],
    limits: Limits,
) -> Result<Imported<Vec<Departure>>, TableError> {
    let mut table = Table::open(source, limits)?;
    let (first, second) = match &columns.scheduled {
        ScheduledColumns::Local { date, minute } => (table.column(date)?, table.column(minute)?),
        ScheduledColumns::UtcHourAndClock { utc_hour, clock } => (table.column(utc_hour)?, table.column(clock)?),
    };
    let actual = columns.actual.as_ref().map(|name| table.column(name)).transpose()?;
    let delay = table.column(&columns.delay)?;
    for filter in filters {
        table.filter(filter)?;
    }
    let mut defects = DefectReport::default();
    let mut departures = Vec::new();
    while let Some(row) = table.next(&mut defects)? {
        if !row.passes {
            continue;
        }
        let scheduled = match &columns.scheduled {
            ScheduledColumns::Local { .. } => local(row.text(&first), row.text(&second)),
            ScheduledColumns::UtcHourAndClock { .. } => from_utc(row.text(&first), row.text(&second)),
        };
        let Some((date, minute)) = scheduled else {
            defects.note(DefectKind::NotATime, second.name(), row.line);
            continue;
        };
        let told = actual.as_ref().unwrap_or(&delay);
        let delay = if row.text(told).is_empty() {
            defects.note(DefectKind::Cancelled, told.name(), row.line);
            None
        } else {
            let Some(minutes) = delay_in(&row, &delay, &mut defects) else { continue };
            Some(minutes)
        };
        departures.push(Departure { date, minute, delay });
    }
    table.finish(&mut defects);
    let rows = departures.len() as u64;
    Ok(Imported { value: departures, defects, rows })
}

/// The repeating timetable of `departures`, whose dates must span whole weeks. Weekdays are kept: minute 0 is a Monday,
/// and days before the first Monday are taken to the end of the period.
pub fn timetable(departures: &[Departure]) -> Result<Timetable, TimetableError> {
    let first = departures.iter().map(|departure| departure.date).min().ok_or(TimetableError::Empty)?;
    let last = departures.iter().map(|departure| departure.date).max().ok_or(TimetableError::Empty)?;
    let days = (last.days() - first.days()) as u32 + 1;
    if !days.is_multiple_of(7) {
        return Err(TimetableError::NotWholeWeeks { days });
    }
    let weeks = days / 7;
    let monday = first.plus((7 - first.weekday() as i32) % 7);
    let scheduled = departures
        .iter()
        .map(|departure| {
            let day = (departure.date.days() - monday.days()).rem_euclid(days as i32) as u32;
            day * DAY_MINUTES + departure.minute
        })
        .collect();
    let delays: Vec<i32> = departures.iter().filter_map(|departure| departure.delay).collect();
    let cancelled = (departures.len() - delays.len()) as u32;
    debug_assert_eq!(weeks * WEEK_MINUTES, days * DAY_MINUTES);
    Timetable::new(weeks, scheduled, delays, cancelled)
}

fn local(date: &str, minute: &str) -> Option<(Date, u32)> {
    let minute = minute.parse().ok().filter(|&minute: &u32| minute < DAY_MINUTES)?;
    Some((Date::parse(date)?, minute))
}

fn from_utc(utc_hour: &str, clock: &str) -> Option<(Date, u32)> {
    let (date, rest) = (Date::parse(utc_hour.get(0..10)?)?, utc_hour.get(10..13)?);
    let utc: i32 = rest.strip_prefix('T').or_else(|| rest.strip_prefix(' '))?.parse().ok()?;
    let clock: u32 = clock.parse().ok()?;
    let (hour, minute) = (clock / 100, clock % 100);
    if !(0..24).contains(&utc) || hour > 23 || minute > 59 {
        return None;
    }
    // How far the zone is ahead of universal time, as the nearest of the whole hours that give this clock.
    let ahead = (hour as i32 - utc + 12).rem_euclid(24) - 12;
    Some((date.plus((utc + ahead).div_euclid(24)), hour * 60 + minute))
}

fn delay_in(row: &Row<'_>, column: &Column, defects: &mut DefectReport) -> Option<i32> {
    let minutes = row.number(column, defects)?;
    if !(-1_440.0..=LONGEST_DELAY).contains(&minutes) {
        defects.note(DefectKind::NotATime, column.name(), row.line);
        return None;
    }
    Some(minutes.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_date_follows_from_universal_time_and_the_clock() {
        let at = |utc, clock| from_utc(utc, clock).map(|(date, minute)| (date.to_string(), minute));
        assert_eq!(at("2013-07-01T09:00:00Z", "540"), Some(("2013-07-01".into(), 340)));
        assert_eq!(at("2013-07-02T03:00:00Z", "2359"), Some(("2013-07-01".into(), 1_439)));
        assert_eq!(at("2013-06-30T23:00:00Z", "0830"), Some(("2013-07-01".into(), 510)));
        for (utc, clock) in
            [("2013-07-01", "540"), ("2013-07-01T24", "540"), ("2013-07-01T09", "560x"), ("2013-07-01T09", "1261")]
        {
            assert_eq!(at(utc, clock), None, "{utc} {clock}");
        }
    }

    #[test]
    fn a_timetable_keeps_its_weekdays_and_needs_whole_weeks() {
        let wednesday = Date::new(2013, 7, 3).unwrap();
        let day = |i| Departure { date: wednesday.plus(i), minute: 10, delay: Some(i) };
        let week: Vec<_> = (0..7).map(day).collect();
        let timetable = timetable(&week).unwrap();
        assert_eq!(timetable.departures(), [10, 1_450, 2_890, 4_330, 5_770, 7_210, 8_650]);
        assert_eq!(super::timetable(&week[..6]), Err(TimetableError::NotWholeWeeks { days: 6 }));
    }

    #[test]
    fn cancelled_flights_count_and_defects_survive() {
        let text = "date,minute,delay_min\n2013-07-01,10,-3\n2013-07-07,20,\n2013-07-02,1440,0\n2013-07-02,1,x\n2013-07-02,1,99999\n";
        let columns = DepartureColumns {
            scheduled: ScheduledColumns::Local { date: "date".into(), minute: "minute".into() },
            actual: None,
            delay: "delay_min".into(),
        };
        let read = read_timetable(text.as_bytes(), &columns, &[], Limits::default()).unwrap();
        assert_eq!(
            (read.value.departures(), read.value.delays(), read.value.cancelled()),
            (&[10, 8_660][..], &[-3][..], 1)
        );
        assert_eq!((read.defects.count(DefectKind::NotATime), read.defects.count(DefectKind::NotANumber)), (2, 1));
    }
}
