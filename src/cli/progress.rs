//! Progress on standard error, for work over a second.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::screen::Screen;
use crate::experiment::Watcher;

/// Whether the user has asked for an end.
static ENDED: AtomicBool = AtomicBool::new(false);

/// From now on the first Ctrl-C lets long work end where what is finished can be kept, and the second ends the process at once.
pub(crate) fn end_in_order() {
    // Where there can be no handler, Ctrl-C ends the process as always; finished runs are on disk all the same.
    let _ = ctrlc::set_handler(|| {
        if ENDED.swap(true, Ordering::Relaxed) {
            std::process::exit(crate::cli::exit::Exit::Ended as i32);
        }
    });
}

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
        !ENDED.load(Ordering::Relaxed)
    }
}
