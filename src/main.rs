//! The `airside` program: a thin face over the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    airside::cli::main()
}
