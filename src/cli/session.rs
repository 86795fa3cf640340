//! The log of a session on disk: found, read, played again, and continued.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::LogArgs;
use crate::cli::exit::Failure;
use crate::cli::input;
use crate::cli::screen::Screen;
use crate::exercise::{self, Digest, Durable, Log, Replayed, Setup};
use crate::report::Input;

/// The longest log that is read.
const MOST_BYTES: u64 = 64 << 20;

/// A log with what it was played from.
pub(crate) struct Stored {
    pub(crate) file: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) log: Log,
    pub(crate) setup: Setup,
    pub(crate) documents: Vec<Digest>,
}

impl Stored {
    /// Reads a log, and the exercise that it names.
    pub(crate) fn read(args: &LogArgs, screen: &Screen) -> Result<Stored, Failure> {
        let file = args.log.display().to_string();
        let bytes = read(&args.log)?;
        let log =
            Log::read(&bytes).map_err(|fault| Failure::NotVerified { file: file.clone(), why: fault.to_string() })?;
        if let Some(torn) = log.torn {
            screen.note(format_args!(
                "{file}: line {} is torn, as after a loss of power; its {} bytes were never answered and are left out",
                torn.line, torn.bytes
            ));
        }
        let path = find(args, &log.header.exercise)?;
        let (exercise, inputs) = input::load_exercise(&path, screen)?;
        let setup = Setup::new(exercise)?;
        Ok(Stored { file, bytes, log, setup, documents: digests(&inputs) })
    }

    /// What is wrong with the log.
    pub(crate) fn not_verified(&self, why: &impl ToString) -> Failure {
        Failure::NotVerified { file: self.file.clone(), why: why.to_string() }
    }

    /// Plays the session again.
    pub(crate) fn replay(&self) -> Result<Replayed<'_>, Failure> {
        exercise::replay(&self.setup, &self.documents, &self.log, &self.bytes)
            .map_err(|error| self.not_verified(&error))
    }
}

/// The documents as a log names them.
pub(crate) fn digests(inputs: &[Input]) -> Vec<Digest> {
    inputs.iter().map(|input| Digest { file: input.file.clone(), sha256: input.sha256.clone() }).collect()
}

/// A log on disk.
pub(crate) struct LogFile(File);

impl LogFile {
    /// A new log in a folder. What people have played cannot be played again by them, so an earlier log is kept under
    /// another name.
    pub(crate) fn create(path: &Path, screen: &Screen) -> io::Result<LogFile> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        if path.exists() {
            let aside = |n: u32| -> PathBuf { folder.join(format!("session-{n}.jsonl")) };
            let free = (1..).map(aside).find(|path| !path.exists()).unwrap_or_else(|| aside(0));
            std::fs::rename(path, &free)?;
            screen.note(format_args!("the log of an earlier session is now {}", free.display()));
        }
        let file = File::create_new(path)?;
        // The name must survive the loss of power too; where folders cannot be synchronised, nothing more can be done.
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(LogFile(file))
    }

    /// Opens a log to be continued behind its whole lines; what was torn is cut off.
    pub(crate) fn go_on(path: &Path, log: &Log) -> io::Result<LogFile> {
        let file = OpenOptions::new().append(true).open(path)?;
        if log.torn.is_some() {
            file.set_len(log.bytes as u64)?;
            file.sync_all()?;
        }
        Ok(LogFile(file))
    }
}

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

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let not_read = |cause| Failure::NotRead { file: path.display().to_string(), cause };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(not_read)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(not_read)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::Usage(format!("{} is larger than any session log", path.display())));
    }
    Ok(bytes)
}

/// The exercise that a log names: as the user says, or from here, or from a folder above the log.
fn find(args: &LogArgs, stored: &str) -> Result<PathBuf, Failure> {
    if let Some(path) = &args.exercise {
        return Ok(path.clone());
    }
    let above = args.log.ancestors().skip(1).map(|folder| folder.join(stored));
    let here = std::iter::once(PathBuf::from(stored));
    here.chain(above).find(|path| path.is_file()).ok_or_else(|| {
        Failure::Usage(format!("the session was played from {stored}, which is not here; name it with --exercise FILE"))
    })
}
