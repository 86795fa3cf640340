//! Charts of inputs and their influence.

use super::analysis::Sensitivity;
use crate::chart::number::{Interval as Figures, percent};
use crate::chart::{Chart, Frame, Indices, Response, Screening, Tornado, indices, response, screening, tornado};
use crate::report::tables::value_of;
use crate::report::{Context, pictures};
use crate::stats::Interval;

/// Bars that a tornado shows: the table has all.
const BARS: usize = 15;

/// Tornado, screening, shares of the doubt, and the worth of knowing.
pub(super) fn charts(context: &Context<'_>, it: &Sensitivity<'_>) -> Vec<Chart> {
    let mut charts = vec![one_way(context, it)];
    if !it.screened.is_empty() {
        charts.push(screened(context, it));
    }
    charts.extend(shares(context, it));
    charts.extend(course(context, it));
    charts.extend(worth(context, it));
    charts
}

/// A frame of runs at points, where nothing is drawn.
fn frame(context: &Context<'_>, it: &Sensitivity<'_>, name: &str, finding: String, measure: &str) -> Frame {
    let mut frame = pictures::frame(context, name, finding, measure, it.unit());
    frame.notes.clear();
    frame.n = it.runs_at_points();
    frame.n_of = "runs at each point".to_owned();
    frame
}

fn one_way(context: &Context<'_>, it: &Sensitivity<'_>) -> Chart {
    let finding = match it.one_way.first().filter(|way| way.swing() > 0.0) {
        Some(way) => format!("One at a time, {} moves the answer most", it.short_name(way.input)),
        None => "No single input moves the answer".to_owned(),
    };
    let mut frame = frame(context, it, "tornado", finding, "One input at a time, at the ends of its range");
    frame.notes.push(
        "Ends: 10th and 90th percentile of the input's range. Thin lines: 95% intervals of the change, same luck."
            .to_owned(),
    );
    if it.one_way.len() > BARS {
        frame.notes.push(format!("The {BARS} that move it most; the table has all {}.", it.one_way.len()));
    }
    let row = |way: &super::analysis::OneWay| {
        let input = &it.inputs[way.input];
        let from = |base: f64, change: Figures| Figures::new(base + change.low, base + change.mid, base + change.high);
        tornado::Row {
            input: it.short_name(way.input),
            at_low: value_of(input, way.ends.0),
            at_high: value_of(input, way.ends.1),
            low: from(it.base.mid, way.low),
            high: from(it.base.mid, way.high),
        }
    };
    Tornado { frame, across: it.quantity(), base: it.base.mid, rows: it.one_way.iter().take(BARS).map(row).collect() }
        .chart()
}

fn screened(context: &Context<'_>, it: &Sensitivity<'_>) -> Chart {
    let strongest = (0..it.screened.len()).max_by(|a, b| it.screened[*a].mu_star.total_cmp(&it.screened[*b].mu_star));
    let finding = match strongest.filter(|nth| it.screened[*nth].mu_star > 0.0) {
        Some(nth) => format!("Moved together, {} has the largest effect", it.short_name(nth)),
        None => "Moved together, no input changes the answer".to_owned(),
    };
    let measure = "All inputs moved together: size and spread of their effects";
    let mut frame = frame(context, it, "screening", finding, measure);
    frame.notes.push(format!("{} random paths; bars: 95% intervals.", it.trajectories));
    let kept = |nth: &usize| it.kept.contains(nth);
    let point = |(nth, effect): (usize, &crate::stats::sensitivity::Elementary)| screening::Point {
        input: it.short_name(nth),
        importance: Figures::new(effect.mu_star_interval.low.max(0.0), effect.mu_star, effect.mu_star_interval.high),
        spread: effect.sigma,
        kept: kept(&nth),
    };
    Screening {
        frame,
        across: format!("mean size of the effect of a whole range on {}", it.quantity()),
        up: "spread of the effects".to_owned(),
        points: it.screened.iter().enumerate().map(point).collect(),
    }
    .chart()
}

fn shares(context: &Context<'_>, it: &Sensitivity<'_>) -> Option<Chart> {
    let of = it.told_indices()?;
    let most = (0..of.of.len()).max_by(|a, b| of.of[*a].total.total_cmp(&of.of[*b].total))?;
    let finding = match of.of[most].total_interval.low > 0.0 {
        true => format!(
            "{} accounts for {} of the doubt about the answer, interactions included",
            it.short_name(it.kept[most]),
            percent(of.of[most].total.clamp(0.0, 1.0))
        ),
        false => "No input is shown to account for a share of the doubt".to_owned(),
    };
    let measure = "Share of the doubt about the answer that each input accounts for";
    let mut frame = Frame { unit: "share".to_owned(), ..frame(context, it, "shares-of-doubt", finding, measure) };
    frame.notes.push(format!("{} base points; luck taken out; 95% bootstrap intervals.", of.base_points));
    let mut order: Vec<usize> = (0..of.of.len()).collect();
    order.sort_by(|a, b| of.of[*b].total.total_cmp(&of.of[*a].total).then(a.cmp(b)));
    let figures = |value: f64, interval: Interval| Figures::new(interval.low, value, interval.high);
    let row = |nth: &usize| {
        let index = &of.of[*nth];
        indices::Row {
            input: it.short_name(it.kept[*nth]),
            first: Some(figures(index.first, index.first_interval)),
            total: Some(figures(index.total, index.total_interval)),
        }
    };
    let chart = Indices {
        frame,
        across: "share of the doubt".to_owned(),
        rows: order.iter().map(row).collect(),
        first_is: "alone".to_owned(),
        total_is: "with all its interactions".to_owned(),
        format: indices::Format::Share,
    };
    Some(chart.chart())
}

/// Total indices from the first base points alone: whether there were enough.
fn course(context: &Context<'_>, it: &Sensitivity<'_>) -> Option<Chart> {
    let of = it.told_indices().filter(|of| of.course.len() > 2)?;
    let last = |nth: usize, back: usize| of.course[of.course.len() - 1 - back].1[nth];
    let moved = (0..of.of.len()).map(|nth| (last(nth, 0) - last(nth, 1)).abs()).fold(0.0, f64::max);
    let finding = format!("Doubling the base points moved a share by {} at most", percent(moved));
    let measure = "Shares of the doubt with all interactions, from the first base points alone";
    let mut frame = Frame { unit: "share".to_owned(), ..frame(context, it, "shares-by-points", finding, measure) };
    frame.notes.push("Steady lines: there are enough base points. Luck taken out; no intervals shown.".to_owned());
    let curve = |nth: usize| response::Curve {
        option: it.short_name(it.kept[nth]),
        points: of.course.iter().map(|(n, totals)| (*n as f64, Figures::exact(100.0 * totals[nth]))).collect(),
    };
    let chart = Response {
        frame,
        across: "base points".to_owned(),
        up: "share of the doubt, percent".to_owned(),
        curves: (0..of.of.len()).map(curve).collect(),
        break_evens: Vec::new(),
        written: None,
    };
    Some(chart.chart())
}

fn worth(context: &Context<'_>, it: &Sensitivity<'_>) -> Option<Chart> {
    let by_value = it.by_value.as_ref()?;
    let worth = by_value.worth_asking();
    let (value, unit) = by_value.told_value()?;
    let (name, most) = worth.first()?;
    let finding = match most.low > 0.0 {
        true => format!("The fact most worth asking for is {name}"),
        false => "No single fact is shown to be worth asking for".to_owned(),
    };
    let mut frame = pictures::frame(context, "worth-of-knowing", finding, "What knowing one input is worth", "euro");
    frame.notes.push(format!(
        "With {unit} at {}; 95% intervals; other inputs and luck taken out.",
        crate::chart::number::euro(value)
    ));
    let row = |(name, figures): (String, Figures)| indices::Row { input: name, first: None, total: Some(figures) };
    let chart = Indices {
        frame,
        across: "worth of knowing the input before choosing".to_owned(),
        rows: worth.into_iter().take(BARS).map(row).collect(),
        first_is: String::new(),
        total_is: String::new(),
        format: indices::Format::Euro,
    };
    Some(chart.chart())
}
