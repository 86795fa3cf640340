//! What the user typed for the verbs about exercises.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Format;

/// Arguments of `airside exercise`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExerciseArgs {
    /// The exercise.
    #[arg(value_name = "EXERCISE", required_unless_present = "resume")]
    pub(crate) exercise: Option<PathBuf>,
    /// Go on with a session that was cut off: its log is played again up to its last whole line, and continued.
    #[arg(long, value_name = "LOG", conflicts_with_all = ["exercise", "seed", "out"])]
    pub(crate) resume: Option<PathBuf>,
    /// Read the answers from a file, one a line, instead of the keyboard.
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
    /// Let a policy play all seats.
    #[arg(long, value_enum, value_name = "POLICY", conflicts_with_all = ["script", "hand_round"])]
    pub(crate) auto: Option<PolicyArg>,
    /// Each seat reads its own screens only: the keyboard goes round.
    #[arg(long)]
    pub(crate) hand_round: bool,
    /// The luck; the document's own story if not given. Another seed tells another story, perhaps in another world.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Folder for the session's log; output/EXERCISE/exercise if not given. An earlier log there is set aside.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Threads for what is reckoned beside the session; as many as there are cores if not given.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

/// Who plays all seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyArg {
    /// Decides as late as it may, and whatever does least.
    Nothing,
    /// Decides by lot.
    Random,
    /// Decides as the document expects.
    Plan,
    /// As the plan, as hard as the suspicion carries.
    Heuristic,
    /// The best that a search finds on other stories.
    Best,
}

/// A session's log, and where its exercise is.
#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    /// The session's log.
    #[arg(value_name = "LOG")]
    pub(crate) log: PathBuf,
    /// The exercise, if it is not where the log says.
    #[arg(long, value_name = "FILE")]
    pub(crate) exercise: Option<PathBuf>,
}

/// Arguments of `airside replay`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// Say only whether the log is whole and leads to the same session. Exit code 5 if not.
    #[arg(long, conflicts_with_all = ["branch", "choose"])]
    pub(crate) verify: bool,
    /// Go on from this decision, counted from 1 as they were made, with another choice and the same luck.
    #[arg(long, value_name = "N", requires = "choose")]
    pub(crate) branch: Option<usize>,
    /// The other choice, by its name in the exercise or its number on the screen.
    #[arg(long, value_name = "CHOICE", requires = "branch")]
    pub(crate) choose: Option<String>,
    /// Futures, each with a luck of its own that both choices share, for the mean difference with its interval; 0 leaves
    /// them out.
    #[arg(long, value_name = "N", requires = "branch", default_value_t = 40, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub(crate) futures: u32,
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

/// Arguments of `airside forecast`.
#[derive(Debug, clap::Args)]
pub(crate) struct ForecastArgs {
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// From in front of this decision, counted from 1 as they were made; from where the log ends if not given.
    #[arg(long, value_name = "N")]
    pub(crate) at: Option<usize>,
    /// Futures.
    #[arg(long, value_name = "N", default_value_t = crate::exercise::FUTURES, value_parser = clap::value_parser!(u32).range(9..=10_000))]
    pub(crate) futures: u32,
    /// Folder for the pictures; forecast beside the log if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

/// Arguments of `airside ladder`.
#[derive(Debug, clap::Args)]
pub(crate) struct LadderArgs {
    /// The exercise.
    #[arg(value_name = "EXERCISE")]
    pub(crate) exercise: PathBuf,
    /// Stories that each policy plays.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub(crate) stories: u32,
    /// The luck of the stories. The same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Folder for the picture and the scores; output/EXERCISE/ladder if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

/// Arguments of `airside debrief`.
#[derive(Debug, clap::Args)]
pub(crate) struct DebriefArgs {
    #[command(flatten)]
    pub(crate) log: LogArgs,
    /// The after-action report is no draft any more.
    #[arg(long)]
    pub(crate) r#final: bool,
    /// Folder for the pages; debrief beside the log if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

/// Arguments of `airside league`.
#[derive(Debug, clap::Args)]
pub(crate) struct LeagueArgs {
    /// Logs of finished sessions, each with the team's name: Red=red/session.jsonl. Without a name, the log's folder is it.
    #[arg(value_name = "[TEAM=]LOG", required = true, num_args = 2..=50)]
    pub(crate) logs: Vec<String>,
    /// The exercise, if it is not where the logs say.
    #[arg(long, value_name = "FILE")]
    pub(crate) exercise: Option<PathBuf>,
    /// Folder for the page; league beside the first log if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Threads; as many as there are cores if not given. Results do not depend on it.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

/// Arguments of `airside pack`.
#[derive(Debug, clap::Args)]
pub(crate) struct PackArgs {
    /// The exercise.
    #[arg(value_name = "EXERCISE")]
    pub(crate) exercise: PathBuf,
    /// Folder for the documents; output/EXERCISE/pack if not given.
    #[arg(long, value_name = "DIR", conflicts_with = "compare")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; tell what was changed in a list of events that was edited, as .csv or .xlsx.
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
    /// With json: a last line for machines.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
