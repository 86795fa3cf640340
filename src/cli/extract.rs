//! `airside extract`: an anonymised extract of public statistics for a scenario's folder.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::document::departures::{DepartureColumns, ScheduledColumns};
use crate::document::extract::{CargoColumns, ExtractError, extract_cargo, extract_departures, write_whole};
use crate::document::monthly::Imported;
use crate::document::table::Limits;

/// Arguments of `airside extract`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Monthly tonnes by carrier; carriers become `Carrier 01` and so on
    Cargo(Files),
    /// Scheduled departures and delays; no carrier, flight, aircraft or destination is kept
    Departures(Files),
}

#[derive(Debug, clap::Args)]
struct Files {
    /// The statistics as they were published (CSV)
    raw: PathBuf,
    /// The extract to write; an older one is replaced
    #[arg(long)]
    out: PathBuf,
}

/// Makes the extract and tells on standard output what was wrong with the raw file.
pub(crate) fn run(args: &Args) -> Result<(), ExtractError> {
    let (files, extract) = match &args.what {
        What::Cargo(files) => (files, extract_cargo(open(&files.raw)?, &CargoColumns::default(), Limits::default())?),
        What::Departures(files) => {
            (files, extract_departures(open(&files.raw)?, &departure_columns(), Limits::default())?)
        }
    };
    write_whole(&files.out, &extract.value)?;
    tell(&extract, &files.out).map_err(|cause| ExtractError::Write { path: "standard output".into(), cause })
}

/// The columns of the published on-time data.
fn departure_columns() -> DepartureColumns {
    DepartureColumns {
        scheduled: ScheduledColumns::UtcHourAndClock { utc_hour: "time_hour".into(), clock: "sched_dep_time".into() },
        actual: Some("dep_time".into()),
        delay: "dep_delay".into(),
    }
}

fn open(path: &Path) -> Result<File, ExtractError> {
    File::open(path).map_err(|cause| ExtractError::Open { path: path.to_owned(), cause })
}

fn tell(extract: &Imported<Vec<u8>>, out: &Path) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    write!(stdout, "{}", extract.defects)?;
    writeln!(stdout, "wrote {} rows to {}", extract.rows, out.display())
}
