//! What the user typed for the verbs about a study.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{FidelityArg, Output};

/// Arguments of `airside compare`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// A study, or a scenario to be compared in all its options, worlds and usual measures.
    #[arg(value_name = "STUDY", required_unless_present = "from")]
    pub(crate) document: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) table: crate::cli::compare_table::TableArgs,
    #[command(flatten)]
    pub(crate) posed: Posed,
}

/// How a study is run: what is typed goes over what it says.
#[derive(Debug, clap::Args)]
pub(crate) struct Posed {
    /// Runs of each option in each world, in each world draw; as the study says, or 50, or 10 with --draws.
    #[arg(long, value_name = "R", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) replications: Option<u32>,
    /// World draws: how often the numbers under `assumptions` are drawn anew from their ranges; as the study says, or 0:
    /// numbers as written.
    #[arg(long, value_name = "W", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) draws: Option<u32>,
    /// The luck; as the study says, or 1. The same seed gives the same bytes.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// How much of the hub is simulated.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fidelity: FidelityArg,
    /// Go on with work that was stopped: what it had finished is taken from its folder. Results are the same bytes.
    #[arg(long)]
    pub(crate) resume: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Arguments of `airside robust`.
#[derive(Debug, clap::Args)]
pub(crate) struct RobustArgs {
    /// A study with world sets, or with world draws; or a scenario, with --draws.
    #[arg(value_name = "STUDY")]
    pub(crate) study: PathBuf,
    #[command(flatten)]
    pub(crate) posed: Posed,
}

/// Arguments of `airside sensitivity`.
#[derive(Debug, clap::Args)]
pub(crate) struct SensitivityArgs {
    /// A study, or a scenario, whose assumptions have ranges.
    #[arg(value_name = "STUDY")]
    pub(crate) study: PathBuf,
    /// The option whose difference from the reference is looked at; the one that does best on average if not given.
    #[arg(long)]
    pub(crate) option: Option<String>,
    /// Random paths of the screening (Morris), each of as many points as there are inputs and one; 0 leaves it out.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) trajectories: u32,
    /// Inputs that the screening keeps for their shares of the doubt, at most.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub(crate) keep: u32,
    /// Base points of the shares of the doubt (Sobol), best a power of two; each takes as many points as inputs are kept
    /// and two. 0 leaves them out.
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = clap::value_parser!(u32).range(0..=65_536))]
    pub(crate) base: u32,
    #[command(flatten)]
    pub(crate) posed: Posed,
}

/// Arguments of `airside optimise`.
#[derive(Debug, clap::Args)]
pub(crate) struct OptimiseArgs {
    /// A study that says under `optimise` what to choose from.
    #[arg(value_name = "STUDY")]
    pub(crate) study: PathBuf,
    /// Designs that a search tries, where there are too many (over 500) to try all.
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub(crate) evaluations: u32,
    /// Runs of a design at which the race ends, whoever is left; it guarantees nothing then.
    #[arg(long, value_name = "R", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub(crate) cap: u32,
    /// Runs of the selected design on fresh luck.
    #[arg(long, value_name = "R", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub(crate) holdout: u32,
    #[command(flatten)]
    pub(crate) posed: Posed,
}

/// Arguments of `airside sweep`.
#[derive(Debug, clap::Args)]
pub(crate) struct SweepArgs {
    /// A study, or a scenario, whose assumptions have ranges.
    #[arg(value_name = "STUDY")]
    pub(crate) study: PathBuf,
    /// Path of an input that has a range, over which it is moved, or over LOW to HIGH in its unit. Once, or twice for a
    /// plane; if not given, all inputs are moved at once.
    #[arg(long, value_name = "PATH[=LOW..HIGH]")]
    pub(crate) input: Vec<String>,
    /// Values along each input: 11 of one, 7 of each of two; points over all inputs: 64.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65_536))]
    pub(crate) points: Option<u32>,
    /// How points lie where all inputs are moved at once; sobol if not given.
    #[arg(long, value_enum)]
    pub(crate) spread: Option<Spread>,
    /// One option instead of all.
    #[arg(long)]
    pub(crate) option: Option<String>,
    #[command(flatten)]
    pub(crate) posed: Posed,
}

/// How points are spread over all inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Spread {
    /// Latin hypercube.
    Lhs,
    /// A scrambled Sobol sequence; best with a power of two points.
    Sobol,
}

impl Spread {
    /// As it is typed.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Spread::Lhs => "lhs",
            Spread::Sobol => "sobol",
        }
    }
}
