//! `airside forecast`: how a session may go on from where it stands.

use crate::cli::args::ForecastArgs;
use crate::cli::exercise::look;
use crate::cli::exit::{Exit, Failure};
use crate::cli::progress::{Bar, end_in_order};
use crate::cli::screen::{Ink, Screen};
use crate::cli::session::Stored;
use crate::exercise::{Forecast, before_decision, digest};
use crate::report::{CAVEAT, Folder, ReportError, forecast as report, played::Played, write_charts};
use crate::terminal;

/// Runs the verb.
pub(crate) fn run(args: &ForecastArgs, screen: &Screen) -> Result<Exit, Failure> {
    let stored = Stored::read(&args.log, screen)?;
    let replayed = stored.replay()?;
    let session = match args.at {
        None => replayed.play.session().clone(),
        Some(number) => {
            let before = before_decision(replayed.play.session(), number);
            before.ok_or_else(|| Failure::Usage(format!("there is no decision {number} in the session")))?
        }
    };
    if session.outcome().is_some() {
        let help = "the session was played to its end; name a decision with --at N to look from in front of it";
        return Err(Failure::Usage(help.to_owned()));
    }
    let beside = args.log.log.parent().map(|folder| folder.join("forecast"));
    let folder =
        Folder::open(&args.out.clone().or(beside).unwrap_or_else(|| "forecast".into())).map_err(ReportError::from)?;
    end_in_order();
    let bar = Bar::new(0, screen);
    let forecast = Forecast::of(&session, args.futures, args.jobs, &bar);
    bar.finish();
    let Some(forecast) = forecast else { return Ok(Exit::Ended) };
    screen.line(screen.ink(Ink::Bold, &stored.setup.exercise.title));
    screen.line(format_args!("{} · seed {} · {CAVEAT}", stored.log.header.handling, stored.log.header.seed));
    screen.line("");
    screen.grid(&report::grid(&stored.setup, &forecast));
    screen.text(terminal::wrap(report::NOTE, 0, look(screen)));
    // What came is shown only if the session has been played to its end.
    let whole = replayed.play.session();
    let came = whole.outcome().map(|_| whole.story());
    let digest = digest("", &stored.bytes).sha256;
    let of = Played { setup: &stored.setup, seed: stored.log.header.seed, digest: digest.get(..8).unwrap_or("") };
    write_charts(&folder, &report::charts(of, &forecast, session.story(), came))?;
    for (name, days) in [("catalogue.csv", &forecast.catalogue), ("suspicion.csv", &forecast.belief)] {
        folder.write(name, report::csv(days).as_bytes()).map_err(ReportError::from)?;
    }
    screen.line(format_args!("Pictures, and day by day: {}", folder.path().display()));
    Ok(Exit::Fine)
}
