//! How a session may go on: a table of quantiles, pictures, and tables for other tools.

use crate::chart::fan::Quantiles;
use crate::chart::indices::Format;
use crate::chart::{Chart, Fan};
use crate::exercise::{Forecast, KEY_MEASURES, OnDay, Setup};
use crate::measure::{Nature, Story};
use crate::report::Grid;
use crate::report::played::Played;
use crate::report::tables::{applies, number, plain};

/// How a forecast is to be read.
pub(crate) const NOTE: &str = "For the facilitator, until they show it: the futures rest on the past as it truly was, which \
                               nobody at the table knows. Each has a luck of its own; what is still to be decided, the plan \
                               decides. In this model, four in five futures end between the outer columns.";

/// Quantiles of the end by measure.
pub(crate) fn grid(setup: &Setup, forecast: &Forecast) -> Grid {
    let measures = KEY_MEASURES.into_iter().filter(|m| applies(&setup.exercise.scenario, *m));
    let rows = measures.filter_map(|measure| {
        let label = measure.label().to_owned();
        if measure.nature() == Nature::YesNo {
            let yes = forecast.ends.iter().filter(|end| end.get(measure) == 1.0).count();
            let cell = format!("yes in {yes} of {}", forecast.ends.len());
            return Some(vec![label, cell, String::new(), String::new()]);
        }
        if measure.nature() == Nature::Time {
            let (never, n) = (forecast.ends.iter().filter(|end| end.is_censored(measure)).count(), forecast.ends.len());
            let cell = format!("within the story in {} of {n}", n - never);
            return Some(vec![label, cell, String::new(), String::new()]);
        }
        let [low, _, middle, _, high] = forecast.at_the_end(measure)?;
        Some(vec![label, number(measure, low), number(measure, middle), number(measure, high)])
    });
    Grid {
        title: format!("{} futures from day {}", forecast.futures, forecast.from.day()),
        head: ["", "one in ten below", "half below", "nine in ten below"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        note: String::new(),
    }
}

/// Two fans: what is known of the catalogue, and what the desk believes. `past` is the story so far; `came` the whole of it,
/// if it has been played to its end.
pub(crate) fn charts(of: Played<'_>, forecast: &Forecast, past: &Story, came: Option<&Story>) -> Vec<Chart> {
    let now = forecast.from.days();
    let known =
        |story: &Story| -> Vec<(f64, f64)> { story.catalogue.iter().map(|(at, share)| (at.days(), *share)).collect() };
    let believed = |story: &Story| -> Vec<(f64, f64)> {
        let most = |day: usize| story.beliefs.iter().filter_map(|days| days.get(day)).copied().fold(0.0, f64::max);
        story.catalogue.iter().enumerate().map(|(day, (at, _))| (at.days(), most(day))).collect()
    };
    let fan = |name: &str, measure: &str, up: &str, days: &[OnDay], line: &dyn Fn(&Story) -> Vec<(f64, f64)>| {
        let last = days.last().map_or([0.0; 5], |day| day.quantiles);
        let percent = crate::chart::number::percent;
        let finding = format!(
            "In four of five futures from day {}, {measure} ends between {} and {}",
            forecast.from.day(),
            percent(last[0]),
            percent(last[4])
        );
        let mut frame = of.frame(name, finding, measure, "share");
        (frame.n, frame.n_of) = (u64::from(forecast.futures), "futures".to_owned());
        frame.notes.push(
            "Bands hold four in five and one in two of the futures at each day; the past is as it truly was."
                .to_owned(),
        );
        let futures = days.iter().map(|day| {
            let [q10, q25, q50, q75, q90] = day.quantiles;
            Quantiles { day: day.at.days(), q10, q25, q50, q75, q90 }
        });
        let after = |story: &Story| line(story).into_iter().filter(|(day, _)| *day > now).collect();
        let past = line(past).into_iter().filter(|(day, _)| *day <= now).collect();
        let came = came.map_or_else(Vec::new, after);
        let fan = Fan { frame, up: up.to_owned(), format: Format::Share, now, past, futures: futures.collect(), came };
        fan.chart()
    };
    vec![
        fan("catalogue", "the share of the catalogue that is known", "catalogue known", &forecast.catalogue, &known),
        fan("suspicion", "suspicion of whom the desk suspects most", "suspicion", &forecast.belief, &believed),
    ]
}

/// A course of quantiles by day.
pub(crate) fn csv(days: &[OnDay]) -> String {
    let mut out = "day,q10,q25,q50,q75,q90\n".to_owned();
    for day in days {
        let cells: Vec<String> = day.quantiles.iter().map(f64::to_string).collect();
        out.push_str(&format!("{},{}\n", plain(day.at.days()), cells.join(",")));
    }
    out
}
