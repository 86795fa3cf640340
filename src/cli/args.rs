//! What the user typed.

mod exercise;
mod study;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::experiment::{Design, Fidelity};
use crate::model::{Scenario, World};
pub(crate) use exercise::{
    DebriefArgs, ExerciseArgs, ForecastArgs, LadderArgs, LeagueArgs, LogArgs, PackArgs, PolicyArg, ReplayArgs,
};
pub(crate) use study::{CompareArgs, OptimiseArgs, Posed, RobustArgs, SensitivityArgs, Spread, SweepArgs};

/// A tabletop threat-scenario simulator for cargo hubs.
///
/// Scenario files describe a hub, its operators and what may be going on; runs play it out under one seed.
/// Results go to standard output and to a folder, progress to standard error.
/// Exit codes: 0 fine, 1 unexpected, 2 usage, 3 document invalid, 4 could not write, 5 verification failed, 130 ended.
#[derive(Debug, Parser)]
#[command(name = "airside", version, max_term_width = 100)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
    /// No colours (so does a NO_COLOR in the environment).
    #[arg(long, global = true)]
    pub(crate) no_color: bool,
    /// Nothing on standard error but errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Say everything that is wrong with documents, and where.
    Check(CheckArgs),
    /// Play a scenario out: one seeded story, or many runs as a table.
    Run(RunArgs),
    /// Run every option in every world under the same luck, and compare them with the reference option.
    Compare(CompareArgs),
    /// See which option stands whatever holds: regret, targets and ranks over world sets, and where the choice fails.
    Robust(RobustArgs),
    /// See on which inputs the answer hangs: one at a time, all together, and which fact is worth asking for.
    Sensitivity(SensitivityArgs),
    /// Follow the options over the values of one input, two, or all at once, and find where they break even.
    Sweep(SweepArgs),
    /// Choose safeguards under a budget and limits: all sets of them, or a search, then a race with a stated guarantee.
    Optimise(OptimiseArgs),
    /// Make the results of a study again from the documents in their folder, and compare every file and number.
    Verify(VerifyArgs),
    /// Take one run apart: the terms of every measure, and the chains of events behind them.
    Explain(ExplainArgs),
    /// Estimate the probability of an outcome that is too rare to be counted in plain runs.
    Rare(RareArgs),
    /// Make an anonymised extract of public statistics for a scenario's folder.
    Extract(crate::cli::extract::Args),
    /// Play a tabletop exercise at this keyboard.
    Exercise(ExerciseArgs),
    /// Play a session again from its log, check it, or see what another choice would have led to.
    Replay(ReplayArgs),
    /// See how a session may go on from where it stands: many futures, in pictures. For the facilitator.
    Forecast(ForecastArgs),
    /// Let policies play the same stories of an exercise, from deciding by lot to knowing all.
    Ladder(LadderArgs),
    /// Write the documents of an exercise for paper: manual, list of events, handbook, guides, cards and forms.
    Pack(PackArgs),
    /// Compare teams that played the same exercise and the same story; luck is told apart.
    League(LeagueArgs),
    /// Look back at a session: what each decision led to, and what was luck.
    Debrief(DebriefArgs),
    /// Write a small scenario and an exercise to start from.
    New(NewArgs),
}

/// Arguments of `airside check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Scenarios, studies or exercises.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// List every illustrative number of a scenario too.
    #[arg(long)]
    pub(crate) numbers: bool,
    /// Let policies play each exercise in so many stories, and say what of it a room will meet.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub(crate) rehearse: Option<u32>,
    /// Text for people or JSON for machines.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// How often uncertain inputs are drawn.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Draws {
    /// World draws: how often the numbers under `assumptions` are drawn anew from their ranges, with R runs in each draw.
    /// 0: numbers as written.
    #[arg(long = "draws", value_name = "W", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) draws: u32,
}

/// What is played out.
#[derive(Debug, clap::Args)]
pub(crate) struct Played {
    /// The scenario.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: PathBuf,
    /// Option to play; the scenario's reference option if not given.
    #[arg(long)]
    pub(crate) option: Option<String>,
    /// What is true: real if the scenario has a campaign, innocent if not.
    #[arg(long, value_enum)]
    pub(crate) world: Option<WorldArg>,
}

/// Arguments of `airside run`.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) played: Played,
    /// Runs; 1 if not given, 10 with --draws. With more than one, a table of measures takes the place of the story.
    #[arg(long, value_name = "R", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) replications: Option<u32>,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// How much of the hub is simulated; a single run always is in full.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fidelity: FidelityArg,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Arguments of `airside verify`.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// A folder that `airside compare`, `robust`, `sensitivity`, `sweep` or `optimise` has written.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// Threads; as many as there are cores if not given.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    /// Text for people or JSON for machines.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Arguments of `airside explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) played: Played,
    /// The luck, as of `airside run`.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Which of many runs under this seed, as numbered in the replications.csv of a run without --draws.
    #[arg(long, value_name = "R", default_value_t = 0)]
    pub(crate) replication: u32,
    /// All terms of one measure, by its id, and what led to them.
    #[arg(long, value_name = "ID", conflicts_with = "against")]
    pub(crate) measure: Option<String>,
    /// Another option, played under the same luck: the first event where the two runs part, and what it led to.
    #[arg(long, value_name = "OPTION")]
    pub(crate) against: Option<String>,
    /// Text for people, or everything as JSON for machines.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Arguments of `airside rare`.
#[derive(Debug, clap::Args)]
pub(crate) struct RareArgs {
    #[command(flatten)]
    pub(crate) played: Played,
    /// What is looked for: innocent_belief, wrongful_actions, wrongly_attributed, false_alarms, catalogue_share, altered,
    /// shipped, activated or harm.
    #[arg(long, value_name = "NAME")]
    pub(crate) outcome: String,
    /// How far it must get at some time of the story: a whole number of what is counted; of innocent_belief and
    /// catalogue_share a share such as 0.8 or 80%.
    #[arg(long, value_name = "X")]
    pub(crate) at_least: String,
    /// The luck. The same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Paths in each stage of a repetition. More make single estimates better, and take more memory.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(10..=10_000))]
    pub(crate) effort: u32,
    /// Independent repetitions, from which the interval comes.
    #[arg(long, value_name = "R", default_value_t = 20, value_parser = clap::value_parser!(u32).range(5..=10_000))]
    pub(crate) repetitions: u32,
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    /// Text for people, or JSON for machines.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Arguments of `airside new`.
#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// Folder to create; its name becomes the scenario's.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// Arguments that all long verbs share.
#[derive(Debug, clap::Args)]
pub(crate) struct Common {
    /// The luck. The same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Where results go, and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    /// Folder for the results; output/SCENARIO/VERB if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Text for people, or JSON for machines on the last line of standard output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// How much of the hub is simulated, as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FidelityArg {
    /// In full, unless there is a campaign and the runs would come to over 2,000 million model events.
    #[default]
    Auto,
    /// Every consignment.
    Full,
    /// Only goods that the campaign or a layer touches; times, queues and costs of delay from a few runs in full.
    Touched,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// A world by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WorldArg {
    /// The campaign runs through the suspected operator.
    Real,
    /// There is no campaign.
    Innocent,
    /// The campaign runs through another operator.
    Elsewhere,
}

impl FidelityArg {
    /// The fidelity of a design's runs.
    pub(crate) fn of(self, scenario: &Scenario, design: &Design) -> Fidelity {
        match self {
            FidelityArg::Auto => Fidelity::called_for(scenario, design),
            FidelityArg::Full => Fidelity::Full,
            FidelityArg::Touched => Fidelity::touched(design),
        }
    }
}

impl From<WorldArg> for World {
    fn from(world: WorldArg) -> World {
        match world {
            WorldArg::Real => World::Real,
            WorldArg::Innocent => World::Innocent,
            WorldArg::Elsewhere => World::Elsewhere,
        }
    }
}
