//! Progress on standard error, for work over a second.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::screen::Screen;
use crate::experiment::Watcher;

/// A bar for runs, or for another kind of work.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// For so much work.
    pub(crate) fn new(work: u64, screen: &Screen) -> Self {
        let shown = !screen.quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(work), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {percent}%, {eta} to go") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Bar(bar)
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Watcher for Bar {
    fn done(&self, work: u64, of: u64) -> bool {
        // Threads may tell in another order than they counted.
        self.0.update(|state| {
            state.set_len(of);
            state.set_pos(state.pos().max(work));
        });
        true
    }
}
