//! Anonymised extracts of public statistics: what a scenario needs, and nobody's name.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::defect::{DefectKind, DefectReport};
use super::departures::{DepartureColumns, read_departures};
use super::monthly::{Imported, MassUnit, grams_in, month_in};
use super::table::{Limits, Table, TableError};
use crate::model::{Date, Month};

/// Columns of a cargo extract.
pub const CARGO_HEADER: [&str; 7] = ["month", "carrier", "direction", "cargo_type", "aircraft", "market", "tonnes"];
/// Columns of a departures extract.
pub const DEPARTURES_HEADER: [&str; 3] = ["date", "minute", "delay_min"];

/// Which columns of a carrier's monthly statistics hold what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoColumns {
    /// The month as `YYYYMM`.
    pub month: String,
    /// The carrier's name, replaced by a label.
    pub carrier: String,
    /// The carrier's code, looked at for defects only.
    pub code: String,
    /// Into or out of the airport.
    pub direction: String,
    /// Cargo, mail, express.
    pub cargo_type: String,
    /// Freighter, passenger, combi.
    pub aircraft: String,
    /// Domestic or international.
    pub market: String,
    /// The weight in tonnes.
    pub tonnes: String,
}

/// Why there is no extract. An older file of its name is left as it was.
#[derive(Debug, Error)]
pub enum ExtractError {
    /// The table could not be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A kept column holds a carrier's name.
    #[error("the value `{value}` of a column that is kept contains a carrier's name; map the columns otherwise")]
    NameKept {
        /// The value.
        value: String,
    },
    /// No row could be used.
    #[error("no row could be used")]
    NoRows {
        /// What was wrong with them.
        defects: DefectReport,
    },
    /// A file could not be opened.
    #[error("could not open {path}: {cause}")]
    Open {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file could not be written.
    #[error("could not write {path}: {cause}")]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl Default for CargoColumns {
    /// The columns of the city's air-cargo statistics that `scenarios/bay-gateway` is made from.
    fn default() -> Self {
        CargoColumns {
            month: "Activity Period".into(),
            carrier: "Operating Airline".into(),
            code: "Operating Airline IATA Code".into(),
            direction: "Activity Type Code".into(),
            cargo_type: "Cargo Type Code".into(),
            aircraft: "Cargo Aircraft Type".into(),
            market: "GEO Summary".into(),
            tonnes: "Cargo Metric TONS".into(),
        }
    }
}

/// The bytes of a cargo extract: rows that agree in all that is kept are added up, carriers become `Carrier 01`,
/// `Carrier 02` ... in the order of their total tonnes, the heaviest first, and then of their names.
pub fn extract_cargo<R: Read>(
    source: R,
    columns: &CargoColumns,
    limits: Limits,
) -> Result<Imported<Vec<u8>>, ExtractError> {
    let mut table = Table::open(source, limits)?;
    let (month, carrier, code) =
        (table.column(&columns.month)?, table.column(&columns.carrier)?, table.column(&columns.code)?);
    let kept = [&columns.direction, &columns.cargo_type, &columns.aircraft, &columns.market];
    let kept = [table.column(kept[0])?, table.column(kept[1])?, table.column(kept[2])?, table.column(kept[3])?];
    let tonnes = table.column(&columns.tonnes)?;

    let mut defects = DefectReport::default();
    let mut carriers: BTreeMap<String, u128> = BTreeMap::new();
    let mut sums: BTreeMap<(Month, String, [String; 4]), u128> = BTreeMap::new();
    while let Some(row) = table.next(&mut defects)? {
        let Some(of) = month_in(&row, &month, &mut defects) else { continue };
        let Some(grams) = grams_in(&row, &tonnes, MassUnit::Tonnes, &mut defects) else { continue };
        match row.text(&code).chars().count() {
            0 => defects.note(DefectKind::Empty, code.name(), row.line),
            2 => {}
            _ => defects.note(DefectKind::OddCode, code.name(), row.line),
        }
        let name = present_name(row.text(&carrier));
        if name != row.text(&carrier) {
            defects.note(DefectKind::FormerName, carrier.name(), row.line);
        }
        *carriers.entry(name.to_owned()).or_default() += u128::from(grams);
        let key = (of, name.to_owned(), kept.each_ref().map(|column| row.text(column).to_owned()));
        if sums.contains_key(&key) {
            defects.note(DefectKind::Duplicate, "", row.line);
        }
        *sums.entry(key).or_default() += u128::from(grams);
    }
    if sums.is_empty() {
        return Err(ExtractError::NoRows { defects });
    }
    let values: BTreeSet<&String> = sums.keys().flat_map(|(_, _, values)| values).collect();
    if let Some(value) =
        values.iter().find(|value| carriers.keys().any(|name| !name.is_empty() && value.contains(name)))
    {
        return Err(ExtractError::NameKept { value: (*value).clone() });
    }

    let labels = labels(&carriers);
    let rows = sums.len() as u64;
    let mut lines: BTreeMap<(Month, &str, &[String; 4]), u128> = BTreeMap::new();
    for ((month, name, values), grams) in &sums {
        lines.insert((*month, labels[name.as_str()].as_str(), values), *grams);
    }
    let mut text = Lines::new(&CARGO_HEADER);
    for ((month, label, [direction, cargo_type, aircraft, market]), grams) in lines {
        let month = format!("{:04}{:02}", month.year(), month.month());
        text.line(&[&month, label, direction, cargo_type, aircraft, market, &tonnes_text(grams)]);
    }
    Ok(Imported { value: text.bytes(), defects, rows })
}

/// The bytes of a departures extract: scheduled local date and minute, and delay (empty if cancelled), in this order;
/// nothing else of a flight is kept.
pub fn extract_departures<R: Read>(
    source: R,
    columns: &DepartureColumns,
    limits: Limits,
) -> Result<Imported<Vec<u8>>, ExtractError> {
    let mut read = read_departures(source, columns, &[], limits)?;
    if read.value.is_empty() {
        return Err(ExtractError::NoRows { defects: read.defects });
    }
    read.value.sort_unstable();
    let mut text = Lines::new(&DEPARTURES_HEADER);
    for departure in &read.value {
        let date: Date = departure.date;
        let delay = departure.delay.map_or(String::new(), |minutes| minutes.to_string());
        text.line(&[&date.to_string(), &departure.minute.to_string(), &delay]);
    }
    Ok(Imported { value: text.bytes(), defects: read.defects, rows: read.rows })
}

/// Writes `bytes` to `path` whole or not at all: to a new file beside it, which then takes its name.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ExtractError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = std::fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&part, path));
    written.map_err(|cause| {
        // Nothing is left behind; that this may fail too changes nothing about the error.
        let _ = std::fs::remove_file(&part);
        ExtractError::Write { path: path.to_owned(), cause }
    })
}

/// The carrier's name without a mark of the time before a merger, ` - Pre MM/DD/YYYY`.
fn present_name(name: &str) -> &str {
    match name.rsplit_once(" - Pre ") {
        Some((present, date)) if date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'/') => {
            present.trim_end()
        }
        _ => name,
    }
}

fn labels(totals: &BTreeMap<String, u128>) -> BTreeMap<&str, String> {
    let mut order: Vec<(&str, u128)> = totals.iter().map(|(name, &grams)| (name.as_str(), grams)).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let digits = order.len().to_string().len().max(2);
    order.iter().enumerate().map(|(i, &(name, _))| (name, format!("Carrier {:0digits$}", i + 1))).collect()
}

/// Tonnes to the kilogram, or to the gram if there are any.
fn tonnes_text(grams: u128) -> String {
    let (tonnes, grams) = (grams / 1_000_000, grams % 1_000_000);
    if grams.is_multiple_of(1_000) { format!("{tonnes}.{:03}", grams / 1_000) } else { format!("{tonnes}.{grams:06}") }
}

/// CSV in memory: fields are quoted where they need it, lines end in a line feed on every platform.
struct Lines(Vec<u8>);

impl Lines {
    fn new(header: &[&str]) -> Lines {
        let mut lines = Lines(Vec::new());
        lines.line(header);
        lines
    }

    fn line(&mut self, fields: &[&str]) {
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.0.push(b',');
            }
            if field.contains([',', '"', '\n', '\r']) {
                self.0.extend_from_slice(format!("\"{}\"", field.replace('"', "\"\"")).as_bytes());
            } else {
                self.0.extend_from_slice(field.as_bytes());
            }
        }
        self.0.push(b'\n');
    }

    fn bytes(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Activity Period,Operating Airline,Operating Airline IATA Code,Activity Type Code,Cargo Type Code,\
                          Cargo Aircraft Type,GEO Summary,Cargo Metric TONS\n";

    fn extract(rows: &str) -> Result<Imported<Vec<u8>>, ExtractError> {
        extract_cargo((HEADER.to_owned() + rows).as_bytes(), &CargoColumns::default(), Limits::default())
    }

    #[test]
    fn carriers_become_labels_by_weight_and_former_names_are_joined() {
        let rows = "201301,Small Wings,SW,Deplaned,Mail,Passenger,Domestic,5.5\n\
                    201301,\"Big, Inc - Pre 07/01/2013\",BI,Deplaned,Mail,Passenger,Domestic,4\n\
                    201308,\"Big, Inc\",,Deplaned,Mail,Passenger,Domestic,3.0005\n\
                    201308,\"Big, Inc\",bxr,Deplaned,Mail,Passenger,Domestic,1\n";
        let extract = extract(rows).unwrap();
        assert_eq!(
            String::from_utf8(extract.value).unwrap(),
            "month,carrier,direction,cargo_type,aircraft,market,tonnes\n\
             201301,Carrier 01,Deplaned,Mail,Passenger,Domestic,4.000\n\
             201301,Carrier 02,Deplaned,Mail,Passenger,Domestic,5.500\n\
             201308,Carrier 01,Deplaned,Mail,Passenger,Domestic,4.000500\n"
        );
        let found: Vec<_> =
            extract.defects.iter().map(|(kind, _, defect)| (kind, defect.count, defect.first_line)).collect();
        assert_eq!(
            found,
            [
                (DefectKind::Empty, 1, 4),
                (DefectKind::OddCode, 1, 5),
                (DefectKind::FormerName, 1, 3),
                (DefectKind::Duplicate, 1, 5)
            ]
        );
    }

    #[test]
    fn a_name_in_a_kept_column_stops_the_extract() {
        let rows = "201301,Small Wings,SW,Deplaned,Mail,Passenger,for Small Wings,5.5\n";
        assert!(matches!(extract(rows), Err(ExtractError::NameKept { .. })));
        assert!(matches!(extract(""), Err(ExtractError::NoRows { .. })));
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_whole(&path, b"old").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert!(matches!(write_whole(&folder.path().join("no/a.csv"), b"x"), Err(ExtractError::Write { .. })));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
