//! What is wrong with the rows of a table, all of it at once.

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

    /// Those that are kept in the order of their lines, and how many more there are.
    pub(super) fn in_order(mut self) -> (Vec<Problem>, u64) {
        self.kept.sort_by_key(|problem| problem.line);
        (self.kept, self.more)
    }
}

/// All in words, one a line.
pub(super) fn told(problems: &[Problem], more: u64) -> String {
    let mut lines: Vec<String> =
        problems.iter().map(|problem| format!("line {}: {}", problem.line, problem.cause)).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}
