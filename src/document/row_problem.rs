//! What is wrong with a table that people have written, all of it at once.

use super::table::TableError;

/// The most problems that are kept; the others are counted.
pub const MOST_PROBLEMS: usize = 50;

/// One problem, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, counted from 1; the header is line 1.
    pub line: u64,
    /// What is wrong there, and what would be right.
    pub cause: String,
}

/// Why a table is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It cannot be read as a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// It is a table, and what it says has such problems.
    #[error("{}", told(.problems, *.more))]
    Problems {
        /// The first [`MOST_PROBLEMS`] that were found, in the order of their lines.
        problems: Vec<Problem>,
        /// How many more there are.
        more: u64,
    },
}

impl Refused {
    /// How many problems there are.
    pub fn count(&self) -> usize {
        match self {
            Refused::Table(_) => 1,
            Refused::Problems { problems, more } => {
                problems.len().saturating_add(usize::try_from(*more).unwrap_or(usize::MAX))
            }
        }
    }
}

impl From<Problems> for Refused {
    fn from(mut problems: Problems) -> Self {
        problems.kept.sort_by_key(|problem| problem.line);
        Refused::Problems { problems: problems.kept, more: problems.more }
    }
}

/// The first problems found, and how many more.
#[derive(Default)]
pub(super) struct Problems {
    kept: Vec<Problem>,
    more: u64,
}

impl Problems {
    pub(super) fn note(&mut self, line: u64, cause: String) {
        if self.kept.len() < MOST_PROBLEMS {
            self.kept.push(Problem { line, cause });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

/// All in words, one a line.
fn told(problems: &[Problem], more: u64) -> String {
    let mut lines: Vec<String> =
        problems.iter().map(|problem| format!("line {}: {}", problem.line, problem.cause)).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}
