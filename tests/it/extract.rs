//! The shipped extracts are what `airside extract` makes of the published files, whose defects it survives.

use std::fs::{self, File};

use airside::document::defect::DefectKind;
use airside::document::departures::{DepartureColumns, ScheduledColumns, read_timetable};
use airside::document::extract::{CargoColumns, extract_cargo, extract_departures};
use airside::document::monthly::{MassUnit, MonthlyColumns, read_monthly};
use airside::document::table::{Filter, Limits};
use airside::plan::hours::HourWeights;

const RAW_CARGO: &str = "tests/data/air-cargo-monthly-raw.csv";
const RAW_DEPARTURES: &str = "tests/data/july-departures-raw.csv";
const CARGO: &str = "scenarios/bay-gateway/cargo-monthly.csv";
const DEPARTURES: &str = "scenarios/bay-gateway/july-departures.csv";

fn raw_departure_columns() -> DepartureColumns {
    DepartureColumns {
        scheduled: ScheduledColumns::UtcHourAndClock { utc_hour: "time_hour".into(), clock: "sched_dep_time".into() },
        actual: Some("dep_time".into()),
        delay: "dep_delay".into(),
    }
}

fn departure_columns() -> DepartureColumns {
    DepartureColumns {
        scheduled: ScheduledColumns::Local { date: "date".into(), minute: "minute".into() },
        actual: None,
        delay: "delay_min".into(),
    }
}

fn open(path: &str) -> File {
    File::open(path).unwrap()
}

#[test]
fn the_shipped_cargo_extract_is_made_from_the_published_file() {
    let made = extract_cargo(open(RAW_CARGO), &CargoColumns::default(), Limits::default()).unwrap();
    // Compared without printing two megabytes when they differ.
    assert!(made.value == fs::read(CARGO).unwrap(), "make it again with `airside extract cargo`");
    let found: Vec<_> = made.defects.iter().map(|(kind, _, defect)| (kind, defect.count, defect.first_line)).collect();
    assert_eq!(
        found,
        [
            (DefectKind::Empty, 54, 3_876),
            (DefectKind::OddCode, 56, 23_905),
            (DefectKind::Zero, 32, 385),
            (DefectKind::FormerName, 2_503, 173),
            (DefectKind::Duplicate, 3_993, 31),
        ]
    );
    let quoted = fs::read_to_string(RAW_CARGO).unwrap().lines().filter(|line| line.contains('"')).count();
    assert_eq!(quoted, 1_029, "names with a comma, which are no defect");
}

#[test]
fn the_shipped_departures_are_made_from_the_published_file() {
    let made = extract_departures(open(RAW_DEPARTURES), &raw_departure_columns(), Limits::default()).unwrap();
    assert!(made.value == fs::read(DEPARTURES).unwrap(), "make it again with `airside extract departures`");
    assert_eq!(
        made.defects.to_string(),
        "206 rows in `dep_time`: no actual time; counted as cancelled (first on line 108)\n"
    );
}

#[test]
fn raw_file_and_extract_give_the_same_series_bit_for_bit() {
    for (raw_column, column, value) in [
        ("Cargo Type Code", "cargo_type", "Mail"),
        ("Cargo Aircraft Type", "aircraft", "Freighter"),
        ("Activity Type Code", "direction", "Deplaned"),
        ("GEO Summary", "market", "International"),
    ] {
        let read = |path, month: &str, weight: &str, column: &str| {
            let columns = MonthlyColumns { month: month.into(), weight: weight.into(), unit: MassUnit::Tonnes };
            let filter = Filter { column: column.into(), one_of: vec![value.into()] };
            read_monthly(open(path), &columns, &[filter], Limits::default()).unwrap().value
        };
        let raw = read(RAW_CARGO, "Activity Period", "Cargo Metric TONS", raw_column);
        assert_eq!(raw, read(CARGO, "month", "tonnes", column), "{value}");
        assert_eq!((raw.first().to_string(), raw.last().to_string()), ("2005-07".into(), "2021-09".into()));
    }
}

#[test]
fn raw_file_and_extract_give_the_same_timetable() {
    let raw = read_timetable(open(RAW_DEPARTURES), &raw_departure_columns(), &[], Limits::default()).unwrap().value;
    let kept = read_timetable(open(DEPARTURES), &departure_columns(), &[], Limits::default()).unwrap().value;
    assert_eq!(raw, kept);
    assert_eq!((raw.weeks(), raw.departures().len(), raw.cancelled()), (4, 9_042, 206));
    let mean = raw.delays().iter().map(|&minutes| f64::from(minutes)).sum::<f64>() / raw.delays().len() as f64;
    assert!((mean - 25.188).abs() < 0.001, "{mean}");
    let weights = HourWeights::of(&raw);
    let night: f64 = (0..168).filter(|hour| hour % 24 < 5).map(|hour| weights.share(hour)).sum();
    assert_eq!(night, 0.0, "no departure is scheduled between midnight and five");
}
