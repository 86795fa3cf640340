//! The command line: arguments in, exit code out. One file a verb; what a verb does is the library's.

mod args;
mod check;
mod compare;
mod compare_table;
mod debrief;
mod diagnostics;
mod draws;
mod exercise;
mod exit;
mod explain;
mod extract;
mod forecast;
mod input;
mod ladder;
mod league;
mod new;
mod numbers;
mod optimise;
mod pack;
mod progress;
mod question;
mod rare;
mod rehearse;
mod replay;
mod robust;
mod run;
mod screen;
mod sensitivity;
mod session;
mod sweep;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Verb};
pub use exit::Exit;
use screen::Screen;

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(refusal) => {
            // Asking for help is no error.
            let code = if refusal.use_stderr() { Exit::Usage } else { Exit::Fine };
            let _ = refusal.print();
            return code.into();
        }
    };
    let screen = Screen::new(args.no_color, args.quiet);
    let result = match &args.verb {
        Verb::Check(a) => check::run(a, &screen),
        Verb::Run(a) => run::run(a, &screen),
        Verb::Compare(a) => compare::run(a, &screen),
        Verb::Robust(a) => robust::run(a, &screen),
        Verb::Sensitivity(a) => sensitivity::run(a, &screen),
        Verb::Sweep(a) => sweep::run(a, &screen),
        Verb::Optimise(a) => optimise::run(a, &screen),
        Verb::Verify(a) => verify::run(a, &screen),
        Verb::Explain(a) => explain::run(a, &screen),
        Verb::Rare(a) => rare::run(a, &screen),
        Verb::Extract(a) => extract::run(a).map(|()| Exit::Fine).map_err(Into::into),
        Verb::Exercise(a) => exercise::run(a, &screen),
        Verb::Replay(a) => replay::run(a, &screen),
        Verb::Forecast(a) => forecast::run(a, &screen),
        Verb::Ladder(a) => ladder::run(a, &screen),
        Verb::Pack(a) => pack::run(a, &screen),
        Verb::League(a) => league::run(a, &screen),
        Verb::Debrief(a) => debrief::run(a, &screen),
        Verb::New(a) => new::run(a, &screen),
    };
    match result {
        Ok(code) => code.into(),
        Err(error) => {
            screen.error(&error);
            error.exit().into()
        }
    }
}
