//! What is said of options at points of the inputs.

use super::analysis::{Answer, Followed, Plane, Swept};
use crate::chart::number::{Interval as Figures, count, euro_interval, interval, percent};
use crate::report::paper::not_used;
use crate::report::tables::value_of;
use crate::report::{Grid, counted};
use crate::stats::sensitivity::BreakEven;

/// Points of which a table is shown; the files hold all.
const SHOWN: usize = 25;
/// Share of the resamples that must find a break-even point for it to be told as one.
const SURE: f64 = 0.95;

/// The findings.
pub(super) fn sentences(it: &Swept<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for followed in &it.options {
        all.push(ends(it, followed));
        all.extend(turning(
            it,
            followed,
            &followed.averted,
            "does as well as the reference",
            ("is shown to do better than the reference", "is shown to do worse than the reference"),
        ));
        if let Some(benefit) = &followed.benefit {
            all.extend(turning(
                it,
                followed,
                benefit,
                "is worth exactly what it costs",
                ("is shown to be worth more than it costs", "is shown to be worth less than it costs"),
            ));
        }
    }
    all
}

/// From where to where an option's answer goes.
fn ends(it: &Swept<'_>, followed: &Followed) -> String {
    let name = it.name(followed.option);
    let figures = &followed.averted.figures;
    let told = |of: &Figures| with_unit(it, *of);
    let verb = if it.main().better() == crate::measure::Better::Higher { "gains" } else { "averts" };
    let of = it.main().label();
    match &it.plane {
        Plane::Line { input, xs } => {
            let (Some(first), Some(last), Some(low), Some(high)) =
                (figures.first(), figures.last(), xs.first(), xs.last())
            else {
                return String::new();
            };
            let input = &it.inputs[*input];
            format!(
                "{name} {verb} {} of {of} with {} at {}, and {} at {}.",
                told(first),
                input.path,
                value_of(input, *low),
                told(last),
                value_of(input, *high)
            )
        }
        Plane::Grid { .. } | Plane::Cloud => {
            let better = figures.iter().filter(|it| it.low > 0.0).count();
            let worse = figures.iter().filter(|it| it.high < 0.0).count();
            let points = counted(figures.len() as u64, "point", "points");
            let rest = figures.len() - better - worse;
            let lead = format!(
                "{name} is shown to do better than the reference at {} of {points}, worse at {}, and neither is shown at {}",
                count(better as u64),
                count(worse as u64),
                count(rest as u64)
            );
            match (&it.plane, it.strongest(followed).first()) {
                (Plane::Cloud, Some((input, share))) if *share > 0.0 => format!(
                    "{lead}. What it {verb} goes along most with {} (r² {}).",
                    it.inputs[*input].path,
                    percent(*share)
                ),
                _ => format!("{lead}."),
            }
        }
    }
}

/// Where an answer passes nothing.
fn turning(it: &Swept<'_>, followed: &Followed, answer: &Answer, what: &str, sides: (&str, &str)) -> Vec<String> {
    let name = it.name(followed.option);
    match &it.plane {
        Plane::Line { input, xs } => {
            let input = &it.inputs[*input];
            if answer.break_evens.is_empty() {
                let Some(side) = answer.figures.iter().map(|it| it.mid).find(|mid| *mid != 0.0) else {
                    return Vec::new();
                };
                let (low, high) = (value_of(input, xs[0]), value_of(input, xs[xs.len() - 1]));
                let shown = answer.figures.iter().all(|it| it.is_finite() && !it.spans_zero());
                let (better, worse) = sides;
                return vec![match (shown, side > 0.0) {
                    (true, true) => {
                        format!("At every value of {} tried, from {low} to {high}, {name} {better}.", input.path)
                    }
                    (true, false) => {
                        format!("At every value of {} tried, from {low} to {high}, {name} {worse}.", input.path)
                    }
                    (false, _) => format!(
                        "Between {} at {low} and at {high} the averages of {name} do not change sides, but that is not shown at every value tried.",
                        input.path
                    ),
                }];
            }
            let told = |at: &BreakEven| {
                let low = at.low.map_or("below what was tried".to_owned(), |low| value_of(input, low));
                let high = at.high.map_or("beyond what was tried".to_owned(), |high| value_of(input, high));
                let sure = match at.found_in < SURE {
                    true => format!(
                        "; that there is such a value here is not shown: only {} of the resampled runs have one",
                        percent(at.found_in)
                    ),
                    false => String::new(),
                };
                format!(
                    "{name} {what} with {} at {} (95% interval {low} to {high}){sure}.",
                    input.path,
                    value_of(input, at.at)
                )
            };
            answer.break_evens.iter().map(told).collect()
        }
        Plane::Grid { inputs, .. } => match answer.contour.is_empty() {
            true => vec![format!("Nowhere between the values that were tried is there a line on which {name} {what}.")],
            false => vec![format!(
                "There is a line between {} and {} on which {name} {what}: see the picture.",
                it.inputs[inputs[0]].path, it.inputs[inputs[1]].path
            )],
        },
        Plane::Cloud => Vec::new(),
    }
}

/// All tables.
pub(super) fn grids(it: &Swept<'_>) -> Vec<Grid> {
    let moved: Vec<usize> = match &it.plane {
        Plane::Line { input, .. } => vec![*input],
        Plane::Grid { inputs, .. } => inputs.to_vec(),
        Plane::Cloud => return it.options.iter().map(|followed| along(it, followed)).collect(),
    };
    let mut head: Vec<String> = moved.iter().map(|input| it.inputs[*input].path.clone()).collect();
    for followed in &it.options {
        head.push(it.name(followed.option).to_owned());
        head.extend(followed.benefit.is_some().then(|| format!("net benefit, {}", it.name(followed.option))));
    }
    let row = |point: usize| {
        let mut row: Vec<String> =
            moved.iter().map(|input| value_of(&it.inputs[*input], it.points[point][*input])).collect();
        for followed in &it.options {
            row.push(bounded(followed.averted.figures[point]));
            row.extend(followed.benefit.as_ref().map(|benefit| euro_interval(benefit.figures[point])));
        }
        row
    };
    let left = it.points.len().saturating_sub(SHOWN);
    let more = if left > 0 { format!(" {} more points are in the files.", count(left as u64)) } else { String::new() };
    vec![Grid {
        title: it.quantity(),
        head,
        rows: (0..it.points.len().min(SHOWN)).map(row).collect(),
        note: format!("Against the reference, with 95% intervals widened for the options.{more}"),
    }]
}

/// Of points over all inputs: the inputs that what an option averts goes along with.
fn along(it: &Swept<'_>, followed: &Followed) -> Grid {
    let row = |(input, share): &(usize, f64)| {
        let of = &it.inputs[*input];
        let groups = it.along(followed, *input);
        let end = |at: Option<&(f64, Figures)>| {
            at.map_or("–".to_owned(), |(x, figures)| format!("{}: {}", value_of(of, *x), bounded(*figures)))
        };
        vec![of.path.clone(), percent(*share), end(groups.first()), end(groups.last())]
    };
    Grid {
        title: format!("{}: {}", it.name(followed.option), it.quantity()),
        head: ["input", "r²", "where it is low", "where it is high"].map(str::to_owned).to_vec(),
        rows: it.strongest(followed).iter().take(12).map(row).collect(),
        note: "r²: share of the variance between points that goes along with the input in a straight line. Low and high: the means of an eighth of the points, with 95% intervals.".to_owned(),
    }
}

/// How it is to be read.
pub(super) fn notes(it: &Swept<'_>) -> Vec<String> {
    let mut notes = vec![match &it.plane {
        Plane::Cloud => format!(
            "{} over the ranges of all {}; {} at each point, under luck of its own. Each interval is by itself, and not widened for the points.",
            counted(it.points.len() as u64, "point", "points"),
            counted(it.inputs.len() as u64, "input", "inputs"),
            counted(u64::from(it.replications), "replication", "replications")
        ),
        _ => format!(
            "{} at each of {}, under the same luck at all of them; all other inputs are as written.",
            counted(u64::from(it.replications), "replication", "replications"),
            counted(it.points.len() as u64, "point", "points")
        ),
    }];
    if matches!(it.plane, Plane::Line { .. }) {
        notes.push("A break-even point lies between two values that were tried, in a straight line; its interval resamples whole replications.".to_owned());
    }
    if let Some(worth) = &it.study.worth {
        notes
            .push(format!("Net benefit: what is averted at its stated worth ({}), less the extra cost.", worth.source));
    }
    notes.extend(not_used(it.study));
    notes
}

fn bounded(figures: Figures) -> String {
    if figures.is_finite() { interval(figures) } else { interval(Figures::exact(figures.mid)) }
}

fn with_unit(it: &Swept<'_>, figures: Figures) -> String {
    format!("{} {}", bounded(figures), it.unit()).trim_end().to_owned()
}
