//! Where text goes: results to standard output, everything else to standard error; colours where they are wanted.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use crate::report::narrative::Lane;
use crate::report::{CAVEAT, Context, Grid, Paper};
use crate::terminal::{Look, wrap};

/// The terminal, or what stands in for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    pub(crate) colour_out: bool,
    pub(crate) colour_err: bool,
    pub(crate) quiet: bool,
    width: usize,
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// As it comes.
    Plain,
    /// Headings.
    Bold,
    /// What matters less.
    Faint,
    /// A lane of the story.
    Of(Lane),
}

impl Screen {
    pub(crate) fn new(no_colour: bool, quiet: bool) -> Self {
        let allowed = !no_colour && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let out = std::io::stdout();
        let width = columns.or_else(|| out.is_terminal().then(terminal_width).flatten()).unwrap_or(100);
        Screen {
            colour_out: allowed && !dumb && out.is_terminal(),
            colour_err: allowed && !dumb && std::io::stderr().is_terminal(),
            quiet,
            width: width.clamp(60, 160),
        }
    }

    /// The same with nothing on standard error but errors.
    pub(crate) fn hushed(&self) -> Self {
        Screen { quiet: true, ..*self }
    }

    /// Columns to fill.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// A line of results. A reader that has gone away ends the program quietly elsewhere, not with a panic here.
    pub(crate) fn line(&self, text: impl Display) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// A block of results that brings its own line feeds.
    pub(crate) fn text(&self, text: impl Display) {
        let _ = write!(std::io::stdout(), "{text}");
    }

    /// A table, with its title and note.
    pub(crate) fn grid(&self, grid: &Grid) {
        self.line(self.ink(Ink::Bold, &grid.title));
        let (head, rows) = grid.lines(self.width);
        head.iter().for_each(|line| self.line(self.ink(Ink::Faint, line)));
        rows.iter().for_each(|line| self.line(line));
        if !grid.note.is_empty() {
            self.faint(&format!("  {}", grid.note));
        }
    }

    /// A paragraph, broken between words.
    pub(crate) fn paragraph(&self, text: &str) {
        self.text(wrap(text, 0, Look { colour: false, width: self.width }));
    }

    fn faint(&self, text: &str) {
        for line in wrap(text, 2, Look { colour: false, width: self.width }).lines() {
            self.line(self.ink(Ink::Faint, line));
        }
    }

    /// What a verb has found.
    pub(crate) fn paper(&self, context: &Context<'_>, paper: &Paper) {
        self.line(self.ink(Ink::Bold, &context.scenario.title));
        self.line(format_args!(
            "{} · {} · {} · seed {} · {CAVEAT}",
            context.scenario.handling.label(),
            context.setting,
            context.runs_in_words(),
            context.seed,
        ));
        for grid in &paper.grids {
            self.line("");
            self.grid(grid);
        }
        self.line("");
        paper.sentences.iter().for_each(|sentence| self.line(sentence));
        paper.notes.iter().for_each(|note| self.line(self.ink(Ink::Faint, note)));
    }

    /// A remark.
    pub(crate) fn note(&self, text: impl Display) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// A block of diagnostics; quiet does not silence errors.
    pub(crate) fn complain(&self, text: impl Display) {
        let _ = write!(std::io::stderr(), "{text}");
    }

    /// An error that ends the verb.
    pub(crate) fn error(&self, error: &dyn Display) {
        let word = if self.colour_err { "\x1b[1;31merror\x1b[0m" } else { "error" };
        let _ = writeln!(std::io::stderr(), "{word}: {error}");
    }

    /// Text in an ink, for standard output.
    pub(crate) fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.colour_out || ink == Ink::Plain {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Plain => "0",
            Ink::Bold => "1",
            Ink::Faint => "2",
            Ink::Of(Lane::Campaign) => "38;5;208",
            Ink::Of(Lane::Signal) => "38;5;39",
            Ink::Of(Lane::Desk) => "38;5;36",
            Ink::Of(Lane::Response) => "38;5;141",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

fn terminal_width() -> Option<usize> {
    // comfy-table asks the terminal already; a table that is told to fill it knows the width.
    comfy_table::Table::new().width().map(usize::from)
}
