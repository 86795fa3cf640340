//! `airside compare --from`: a table of worlds, options, costs and effects that another model has made.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::args::{CompareArgs, Format};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::screen::{Ink, Screen};
use crate::document::psa_table::{PsaTable, limits, read_psa_table};
use crate::model::Handling;
use crate::report::psa::{Analysis, Asked, Given, grids, notes, sentences, summary, write};
use crate::report::{CAVEAT, Folder, Input, ReportError};

/// Arguments of `airside compare --from`.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct TableArgs {
    /// Compare the options of a table that another model has made, instead of a scenario: a CSV with the columns world,
    /// option, cost and effect (or loss); if there are any, replication, and input:NAME with one value a world.
    #[arg(long, value_name = "TABLE", conflicts_with_all = ["document", "resume", "replications", "draws", "fidelity"])]
    pub(crate) from: Option<PathBuf>,
    /// With --from: what one unit of effect, or of averted loss, is worth in the money of the table. Several with
    /// commas, or by repeating it; if not given, 21 values from 0 to beyond twice the dearest unit on the frontier.
    #[arg(long, value_name = "MONEY", value_delimiter = ',', requires = "from")]
    #[arg(allow_negative_numbers = true, value_parser = money)]
    pub(crate) value_of_unit: Vec<f64>,
    /// With --from: where the 21 values end.
    #[arg(long, value_name = "MONEY", requires = "from", conflicts_with = "value_of_unit")]
    #[arg(allow_negative_numbers = true, value_parser = money)]
    pub(crate) up_to: Option<f64>,
    /// With --from: the option that the others are compared with; the first of the table if not given.
    #[arg(long, value_name = "OPTION", requires = "from")]
    pub(crate) reference: Option<String>,
    /// With --from: how the results may be passed on, as the Traffic Light Protocol has it; amber if not given.
    #[arg(long, value_enum, requires = "from")]
    pub(crate) handling: Option<HandlingArg>,
}

impl TableArgs {
    /// Refuses what is for tables where there is none. Requirements are not enough for that: a scenario excludes the
    /// table, and what is excluded is not missed.
    pub(crate) fn without_table(&self) -> Result<(), Failure> {
        let given = !self.value_of_unit.is_empty() || self.up_to.is_some();
        if given || self.reference.is_some() || self.handling.is_some() {
            let all = "--value-of-unit, --up-to, --reference and --handling";
            return Err(Failure::Usage(format!(
                "{all} are for a table, which --from names; a scenario says it itself"
            )));
        }
        Ok(())
    }
}

/// A label of the Traffic Light Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HandlingArg {
    /// No limit.
    Clear,
    /// Within the community.
    Green,
    /// Within the organisation and its clients.
    Amber,
    /// Within the organisation only.
    AmberStrict,
    /// Only those present.
    Red,
}

impl From<HandlingArg> for Handling {
    fn from(handling: HandlingArg) -> Handling {
        match handling {
            HandlingArg::Clear => Handling::Clear,
            HandlingArg::Green => Handling::Green,
            HandlingArg::Amber => Handling::Amber,
            HandlingArg::AmberStrict => Handling::AmberStrict,
            HandlingArg::Red => Handling::Red,
        }
    }
}

/// A finite number that is not negative.
fn money(text: &str) -> Result<f64, String> {
    let value = text.trim().parse().ok().filter(|value: &f64| value.is_finite() && *value >= 0.0);
    value.ok_or_else(|| "write a number that is not negative, such as 50000".to_owned())
}

/// Runs the verb on a table.
pub(crate) fn run(args: &CompareArgs, path: &Path, screen: &Screen) -> Result<Exit, Failure> {
    let folder = input::folder_of(args.posed.output.out.as_ref(), &input::name_of(path), "compare");
    let given = read(args, path, screen)?;
    let folder = Folder::open(&folder).map_err(ReportError::from)?;
    if folder.replaces() {
        screen.note(format_args!("replacing the results in {}", folder.path().display()));
    }
    let asked = Asked {
        values: args.table.value_of_unit.clone(),
        up_to: args.table.up_to,
        reference: args.table.reference.clone(),
        seed: args.posed.seed.unwrap_or(1),
    };
    let analysis = Analysis::of(given, &asked).map_err(Failure::Usage)?;
    write(&folder, &analysis)?;
    match args.posed.output.format {
        Format::Json => screen.line(summary(&analysis)),
        Format::Text => {
            print(&analysis, screen);
            screen.line(format_args!("Tables, pictures and report: {}", folder.path().join("report.html").display()));
        }
    }
    Ok(Exit::Fine)
}

fn read(args: &CompareArgs, path: &Path, screen: &Screen) -> Result<Given, Failure> {
    let file = path.display().to_string();
    let limits = limits();
    let bytes = input::bytes_of(path, limits.bytes)?;
    let table = read_psa_table(bytes.as_slice(), limits).map_err(|error| input::refused(&file, &error, screen))?;
    let PsaTable { options, runs, replicated, cost, outcome, losses, inputs, not_read, .. } = table;
    if !not_read.is_empty() {
        let names: Vec<String> = not_read.iter().map(|name| format!("`{name}`")).collect();
        screen.note(format_args!("{file}: not read: the columns {}", names.join(", ")));
    }
    let name = path.file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
    let sha256 = Input::new(name.clone(), &bytes).sha256;
    let inputs = inputs.into_iter().map(|input| (input.name, input.values)).collect();
    let handling = args.table.handling.unwrap_or(HandlingArg::Amber).into();
    Ok(Given { name, sha256, handling, options, runs, replicated, cost, outcome, losses, inputs })
}

fn print(analysis: &Analysis, screen: &Screen) {
    screen.line(screen.ink(Ink::Bold, &analysis.given.name));
    screen.line(format_args!(
        "{} · {} · {} · seed {} · {CAVEAT}",
        analysis.given.handling.label(),
        analysis.setting(),
        analysis.worlds_in_words(),
        analysis.seed
    ));
    for grid in grids(analysis) {
        screen.line("");
        screen.grid(&grid);
    }
    screen.line("");
    for sentence in sentences(analysis) {
        screen.line(sentence);
    }
    for note in notes(analysis) {
        screen.line(screen.ink(Ink::Faint, &note));
    }
}
