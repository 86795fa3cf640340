//! Progress on standard error, for work over a second.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::screen::Screen;
use crate::experiment::Watcher;

/// A bar for runs, or for another kind of work.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(runs: u64, screen: &Screen) -> Self {
        Bar::of(runs, "runs", screen)
    }

    pub(crate) fn of(pieces: u64, named: &str, screen: &Screen) -> Self {
        let shown = !screen.quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(pieces), target);
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{bar:32}} {{pos}} of {{len}} {named}, {{eta}} to go"))
        {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Bar(bar)
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Watcher for Bar {
    fn done(&self, runs: u64, of: u64) -> bool {
        self.0.set_length(of);
        self.0.set_position(runs);
        true
    }
}
