//! `airside robust`: how the options stand where nobody says which of the stated assumptions holds.

use crate::cli::args::RobustArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::question::Question;
use crate::cli::screen::Screen;
use crate::report::robust::{Robust, paper};

/// Runs the verb.
pub(crate) fn run(args: &RobustArgs, screen: &Screen) -> Result<Exit, Failure> {
    Ok(if robust(args, screen, true)? { Exit::Fine } else { Exit::Ended })
}

/// Runs all options in all world sets and writes what follows; whether it came to an end.
pub(crate) fn robust(args: &RobustArgs, screen: &Screen, aloud: bool) -> Result<bool, Failure> {
    let mut question = Question::pose(&args.study, &args.posed, "robust", screen)?;
    if question.variants.len() < 2 && question.study.draws == 0 {
        return Err(Failure::Usage(format!(
            "{} names no world sets and draws no inputs, so that nothing is in doubt; write some under `world_sets` of a study, or draw with --draws W",
            args.study.display()
        )));
    }
    let Some(parts) = question.parts()? else { return Ok(false) };
    let scenario = question.variants[0].scenario().clone();
    let context = question.context(&scenario, parts[0].table.drawn(), parts[0].table.design().replications);
    let names = question.study.options.iter().map(|o| scenario.options[o.index()].id.clone()).collect();
    let robust = Robust::of(&question.study, names, &parts).ok_or_else(|| question.lacking())?;
    let paper = paper(&context, &robust);
    question.deliver(&context, &paper, aloud)?;
    drop(robust);
    question.finish(parts[0].table.drawn())?;
    Ok(true)
}
