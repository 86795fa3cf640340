//! Exit codes and the errors that end a verb.

use std::process::ExitCode;

use crate::document::extract::ExtractError;
use crate::plan::ArrivalsError;
use crate::report::ReportError;

/// What the process's exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// Something that should not happen did.
    Unexpected = 1,
    /// The arguments are not understood.
    Usage = 2,
    /// A document has errors.
    Invalid = 3,
    /// Results could not be written.
    NotWritten = 4,
    /// A verification failed.
    NotVerified = 5,
    /// The user ended it.
    Ended = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a verb ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file could not be read.
    #[error("cannot read {file}: {cause}")]
    NotRead { file: String, cause: std::io::Error },
    /// The document has errors, which have been printed.
    #[error("{file} has {}; correct them and run `airside check {file}`", errors(*.count))]
    Invalid { file: String, count: usize },
    /// A table has errors, which have been printed.
    #[error("{file} has {}; correct them and try again", errors(*.count))]
    Table { file: String, count: usize },
    /// A draw of the uncertain inputs contradicts the rest of the document.
    #[error(
        "world draw {draw} of {file} contradicts the document, {why}; narrow the ranges (`airside check {file}` tries their ends)"
    )]
    Draw { file: String, draw: u32, why: String },
    /// An argument names nothing.
    #[error("{0}")]
    Usage(String),
    /// Something other than a report could not be written.
    #[error("cannot write {file}: {cause}")]
    NotWritten { file: String, cause: std::io::Error },
    /// A log is not what was written, or does not lead where it says.
    #[error("{file}: {why}")]
    NotVerified { file: String, why: String },
    /// A report could not be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The scenario cannot be compiled.
    #[error("the scenario cannot be played: {0}")]
    Plan(#[from] ArrivalsError),
    /// An extract could not be made.
    #[error(transparent)]
    Extract(#[from] ExtractError),
}

impl Failure {
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::NotRead { .. } | Failure::Usage(_) => Exit::Usage,
            Failure::Invalid { .. } | Failure::Table { .. } | Failure::Draw { .. } | Failure::Plan(_) => Exit::Invalid,
            Failure::Extract(ExtractError::Write { .. }) => Exit::NotWritten,
            Failure::Extract(_) => Exit::Usage,
            Failure::NotWritten { .. } | Failure::Report(ReportError::Write(_)) => Exit::NotWritten,
            Failure::NotVerified { .. } => Exit::NotVerified,
            Failure::Report(ReportError::Picture(_)) => Exit::Unexpected,
        }
    }
}

fn errors(n: usize) -> String {
    if n == 1 { "1 error".to_owned() } else { format!("{n} errors") }
}
