//! `airside exercise`: a session at this keyboard, from a script, or played by a policy.

use std::io;
use std::path::Path;

use crate::cli::args::{ExerciseArgs, LogArgs, PolicyArg};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::session::{LogFile, Stored, digests};
use crate::exercise::{self, FORMAT, Header, Log, Play, PlayError, Players, ResumeError, Setup};
use crate::model::Story;
use crate::terminal::{self, Answers, Look, Stopped, Table};
use crate::time::SimDuration;

/// The log's name within its folder.
const LOG: &str = "session.jsonl";

/// Sessions are set for the narrowest screen that is still common, and for a projector.
const WIDTH: usize = 80;

/// Runs the verb.
pub(crate) fn run(args: &ExerciseArgs, screen: &Screen) -> Result<Exit, Failure> {
    let script = args.script.as_deref().map(read_script).transpose()?;
    let script = script.as_deref();
    match (&args.resume, &args.exercise) {
        (Some(log), _) => go_on(args, script, log, screen),
        (None, Some(exercise)) => begin(args, script, exercise, screen),
        (None, None) => Err(Failure::Usage("name an exercise, or a log with --resume".to_owned())),
    }
}

fn begin(args: &ExerciseArgs, script: Option<&[u8]>, file: &Path, screen: &Screen) -> Result<Exit, Failure> {
    let (exercise, inputs) = input::load_exercise(file, screen)?;
    let setup = Setup::new(exercise)?;
    let Some(seed) = seed(args, &setup, screen) else { return Ok(Exit::Ended) };
    let header = Header {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        exercise: stored(file),
        handling: setup.exercise.handling.label().to_owned(),
        documents: digests(&inputs),
        seed,
        named: args.seed.is_some(),
        world: setup.world(seed),
    };
    let path = input::folder_of(args.out.as_ref(), &input::name_of(file), "exercise").join(LOG);
    let not_written = |cause| Failure::NotWritten { file: path.display().to_string(), cause };
    if args.script.is_none() && args.auto.is_none() {
        no_unfinished(&path)?;
    }
    let log = LogFile::create(&path, screen).map_err(not_written)?;
    let play = Play::begin(&setup, header, log).map_err(|error| not_taken(error, &path))?;
    table(args, script, play, &path, screen)
}

/// Refuses to begin a session where one was cut off: whoever types the command a second time means to go on.
fn no_unfinished(path: &Path) -> Result<(), Failure> {
    let Ok(bytes) = std::fs::read(path) else { return Ok(()) };
    let unfinished = Log::read(&bytes).is_ok_and(|log| log.end.is_none() && !log.taken.is_empty());
    if !unfinished {
        return Ok(());
    }
    let path = path.display();
    Err(Failure::Usage(format!(
        "there is an unfinished session in {path}; `airside exercise --resume {path}` goes on with it, and --out FOLDER \
         begins another one elsewhere"
    )))
}

fn go_on(args: &ExerciseArgs, script: Option<&[u8]>, path: &Path, screen: &Screen) -> Result<Exit, Failure> {
    let stored = Stored::read(&LogArgs { log: path.to_owned(), exercise: None }, screen)?;
    if stored.log.end.is_some() {
        let file = path.display();
        return Err(Failure::Usage(format!("the session was played to its end; `airside debrief {file}` looks back")));
    }
    // Whether it can be gone on with is known before the file is touched.
    stored.replay()?;
    let not_written = |cause| Failure::NotWritten { file: path.display().to_string(), cause };
    let sink = LogFile::go_on(path, &stored.log).map_err(not_written)?;
    let play = exercise::resume(&stored.setup, &stored.documents, (&stored.log, &stored.bytes), sink);
    let play = play.map_err(|error| match error {
        ResumeError::Replay(error) => stored.not_verified(&error),
        ResumeError::Play(error) => not_taken(error, path),
    })?;
    screen.note(format_args!("{} inputs were played again; the session goes on", stored.log.taken.len()));
    table(args, script, play, path, screen)
}

/// The session itself.
fn table(
    args: &ExerciseArgs,
    script: Option<&[u8]>,
    mut play: Play<'_, LogFile>,
    path: &Path,
    screen: &Screen,
) -> Result<Exit, Failure> {
    let from = play.session().room().clock();
    let players = match args.auto {
        None => None,
        Some(policy) => match players(policy, &play, args.jobs, screen) {
            Some(players) => Some(players),
            None => return Ok(Exit::Ended),
        },
    };
    let wall = clock(from);
    let mut keyboard = io::stdin().lock();
    let mut script = script;
    let mut answers = match (&mut script, &players) {
        (_, Some(players)) => Answers::by(players, from),
        (Some(script), None) => Answers::scripted(script, from),
        (None, None) => Answers::typed(&mut keyboard, &wall),
    };
    let (look, seating) = (look(screen), Table { hand_round: args.hand_round });
    screen.note(format_args!("Every answer is kept at once, in {}", path.display()));
    let over = terminal::play(&mut play, &mut answers, &mut io::stdout(), &mut io::stderr(), seating, look);
    if let Err(Stopped::Screen(cause)) = &over
        && cause.kind() == io::ErrorKind::BrokenPipe
    {
        // Whoever read has read enough, as with the other verbs. The log holds what was answered.
        return Ok(Exit::Fine);
    }
    let over = over.map_err(|stopped| match stopped {
        Stopped::Log(cause) => Failure::NotWritten { file: path.display().to_string(), cause },
        Stopped::Screen(cause) => Failure::NotWritten { file: "standard output".to_owned(), cause },
        Stopped::Answers(cause) => Failure::NotRead { file: "the answers".to_owned(), cause },
        Stopped::Script { line, why } => {
            Failure::Usage(format!("line {line} of the script: {why} The log holds what came before."))
        }
    })?;
    screen.text(terminal::summary(&play, look));
    let path = path.display();
    if over {
        screen.note(format_args!("\nLook back: airside debrief {path}"));
        screen.note(format_args!("Again: airside replay {path}"));
        screen.note("With another choice in decision N: the same, and --branch N --choose CHOICE");
    } else {
        screen.note(format_args!("\nGo on: airside exercise --resume {path}"));
    }
    Ok(Exit::Fine)
}

/// The story that is told. None if the user ended its choice.
fn seed(args: &ExerciseArgs, setup: &Setup, screen: &Screen) -> Option<u64> {
    if let Some(seed) = args.seed {
        return Some(seed);
    }
    let bar = Bar::new(0, screen);
    let seed = exercise::seed_of(setup, args.jobs, &bar);
    bar.finish();
    if let (Story::Quantile { among, .. }, Some(_)) = (setup.exercise.story, seed) {
        screen.note(format_args!("the story was picked by its difficulty, among {among}"));
    }
    seed
}

fn players(policy: PolicyArg, play: &Play<'_, LogFile>, jobs: usize, screen: &Screen) -> Option<Players> {
    Some(match policy {
        PolicyArg::Nothing => Players::Nothing,
        PolicyArg::Random => Players::Random,
        PolicyArg::Plan => Players::Plan,
        PolicyArg::Heuristic => Players::Heuristic,
        PolicyArg::Best => {
            let bar = Bar::new(0, screen);
            let found = Players::best(play.session().setup(), jobs, &bar);
            bar.finish();
            found?
        }
    })
}

fn not_taken(error: PlayError, path: &Path) -> Failure {
    match error {
        PlayError::Log(cause) => Failure::NotWritten { file: path.display().to_string(), cause },
        PlayError::Refused(why) => Failure::Usage(why.to_string()),
    }
}

/// How a session looks on this screen.
pub(crate) fn look(screen: &Screen) -> Look {
    Look { colour: screen.colour_out, width: screen.width().min(WIDTH) }
}

/// The time since now, over what has passed before.
#[allow(clippy::disallowed_types, reason = "how long people talk is part of a session; replays take it from the log")]
fn clock(before: SimDuration) -> impl Fn() -> SimDuration {
    let start = std::time::Instant::now();
    move || {
        let since = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        SimDuration::from_millis(before.millis().saturating_add(since))
    }
}

/// The exercise's path as the log keeps it: nothing of it tells about the machine.
fn stored(path: &Path) -> String {
    let kept = if path.is_absolute() { path.file_name().map(Path::new) } else { Some(path) };
    kept.unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn read_script(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| Failure::NotRead { file: path.display().to_string(), cause })
}
