//! `airside exercise`: a session at this keyboard.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::ExerciseArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::screen::Screen;
use crate::exercise::{Digest, Durable, FORMAT, Header, Play, PlayError, Setup};
use crate::model::Story;
use crate::report::Input;
use crate::terminal::{self, Answers, Look, Stopped};

/// The log's name within its folder.
const LOG: &str = "session.jsonl";

/// Sessions are set for the narrowest screen that is still common, and for a projector.
const WIDTH: usize = 80;

/// Runs the verb.
pub(crate) fn run(args: &ExerciseArgs, screen: &Screen) -> Result<Exit, Failure> {
    let (exercise, inputs) = input::load_exercise(&args.exercise, screen)?;
    let script = args.script.as_deref().map(read_script).transpose()?;
    let Story::Seed(own) = exercise.story;
    let seed = args.seed.unwrap_or(own);
    let setup = Setup::new(exercise)?;
    let header = Header {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        exercise: stored(&args.exercise),
        handling: setup.exercise.handling.label().to_owned(),
        documents: digests(&inputs),
        seed,
        world: setup.world(seed),
    };
    let folder = input::folder_of(args.out.as_ref(), &input::name_of(&args.exercise), "exercise");
    let path = folder.join(LOG);
    let not_written = |cause| Failure::NotWritten { file: path.display().to_string(), cause };
    let log = create(&folder, screen).map_err(not_written)?;
    let mut play = Play::begin(&setup, header, log).map_err(|error| match error {
        PlayError::Log(cause) => not_written(cause),
        PlayError::Refused(why) => Failure::Usage(why.to_string()),
    })?;
    let mut keyboard = io::stdin().lock();
    let mut script = script.as_deref();
    let mut answers = match &mut script {
        Some(script) => Answers::scripted(script),
        None => Answers::typed(&mut keyboard),
    };
    let look = look(screen);
    screen.note(format_args!("Every answer is kept at once, in {}", path.display()));
    let over = terminal::play(&mut play, &mut answers, &mut io::stdout(), &mut io::stderr(), look);
    if let Err(Stopped::Screen(cause)) = &over
        && cause.kind() == io::ErrorKind::BrokenPipe
    {
        // Whoever read has read enough, as with the other verbs. The log holds what was answered.
        return Ok(Exit::Fine);
    }
    let over = over.map_err(|stopped| match stopped {
        Stopped::Log(cause) => not_written(cause),
        Stopped::Screen(cause) => Failure::NotWritten { file: "standard output".to_owned(), cause },
        Stopped::Answers(cause) => Failure::NotRead { file: "the answers".to_owned(), cause },
        Stopped::Script { line, why } => {
            Failure::Usage(format!("line {line} of the script: {why} The log holds what came before."))
        }
    })?;
    screen.text(terminal::summary(&play, look));
    screen.note(format_args!("\nAgain: airside replay {}", path.display()));
    if over {
        screen.note("With another choice in decision N: the same, and --branch N --choose CHOICE");
    }
    Ok(Exit::Fine)
}

/// How a session looks on this screen.
pub(crate) fn look(screen: &Screen) -> Look {
    Look { colour: screen.colour_out, width: screen.width().min(WIDTH) }
}

/// The documents as the log names them.
pub(crate) fn digests(inputs: &[Input]) -> Vec<Digest> {
    inputs.iter().map(|input| Digest { file: input.file.clone(), sha256: input.sha256.clone() }).collect()
}

/// The exercise's path as the log keeps it: nothing of it tells about the machine.
fn stored(path: &Path) -> String {
    let kept = if path.is_absolute() { path.file_name().map(Path::new) } else { Some(path) };
    kept.unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn read_script(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| Failure::NotRead { file: path.display().to_string(), cause })
}

/// A new log. What people have played cannot be played again by them, so an earlier log is kept under another name.
fn create(folder: &Path, screen: &Screen) -> io::Result<LogFile> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(LOG);
    if path.exists() {
        let aside = |n: u32| -> PathBuf { folder.join(format!("session-{n}.jsonl")) };
        let free = (1..).map(aside).find(|path| !path.exists()).unwrap_or_else(|| aside(0));
        std::fs::rename(&path, &free)?;
        screen.note(format_args!("the log of an earlier session is now {}", free.display()));
    }
    let file = File::create_new(path)?;
    // The name must survive the loss of power too; where folders cannot be synchronised, nothing more can be done.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(LogFile(file))
}

/// A log on disk.
struct LogFile(File);

impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Durable for LogFile {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}
