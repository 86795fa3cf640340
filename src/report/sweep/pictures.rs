//! Charts of options at points of the inputs.

use super::analysis::{Answer, Followed, Plane, Swept};
use crate::chart::number::{Interval as Figures, percent};
use crate::chart::{Chart, Frame, Response, TwoWay, response, two_way};
use crate::report::tables::value_of;
use crate::report::{Context, pictures};

/// Inputs along which a cloud of points is shown.
const ALONG: usize = 2;

/// Lines, planes, or what a cloud of points goes along with.
pub(super) fn charts(context: &Context<'_>, it: &Swept<'_>) -> Vec<Chart> {
    match &it.plane {
        Plane::Line { input, xs } => {
            let mut charts = vec![line(context, it, (*input, xs), "response", &it.quantity(), &|of| Some(&of.averted))];
            if it.options.iter().any(|followed| followed.benefit.is_some()) {
                let quantity = "net benefit against the reference, euro";
                charts.push(line(context, it, (*input, xs), "net-benefit", quantity, &|of| of.benefit.as_ref()));
            }
            charts
        }
        Plane::Grid { inputs, xs, ys } => it
            .options
            .iter()
            .flat_map(|followed| {
                let name = it.name(followed.option);
                let averted = plane(context, it, (*inputs, xs, ys), followed, (&followed.averted, "plane"));
                let benefit = followed.benefit.as_ref();
                let benefit =
                    benefit.map(|of| plane(context, it, (*inputs, xs, ys), followed, (of, "net-benefit-plane")));
                debug_assert!(!name.is_empty());
                std::iter::once(averted).chain(benefit)
            })
            .collect(),
        Plane::Cloud => cloud(context, it),
    }
}

fn frame(context: &Context<'_>, it: &Swept<'_>, name: &str, finding: String, measure: &str, unit: &str) -> Frame {
    let mut frame = pictures::frame(context, name, finding, measure, unit);
    frame.notes.clear();
    frame.n = u64::from(it.replications);
    frame.n_of = "runs at each point".to_owned();
    frame
}

fn line<'s>(
    context: &Context<'_>,
    it: &'s Swept<'_>,
    (input, xs): (usize, &[f64]),
    name: &str,
    quantity: &str,
    answer: &dyn Fn(&'s Followed) -> Option<&'s Answer>,
) -> Chart {
    let assumption = &it.inputs[input];
    let answers: Vec<(&Followed, &Answer)> =
        it.options.iter().filter_map(|followed| Some((followed, answer(followed)?))).collect();
    let passing = answers.iter().find_map(|(followed, of)| Some((followed, of.break_evens.first()?)));
    let finding = match passing {
        Some((followed, at)) => {
            format!("{} breaks even at {}", it.name(followed.option), value_of(assumption, at.at))
        }
        None => format!("No option changes sides between the values of {} that were tried", assumption.path),
    };
    let mut frame = frame(context, it, name, finding, &format!("Answer by {}", assumption.path), "");
    frame.notes.push(
        "Bands: 95% intervals of the difference from the reference, widened for the options; same luck at all values."
            .to_owned(),
    );
    let curve = |(followed, of): &(&Followed, &Answer)| response::Curve {
        option: it.name(followed.option).to_owned(),
        points: xs.iter().copied().zip(of.figures.iter().copied()).collect(),
    };
    let marks = answers.iter().flat_map(|(followed, of)| {
        of.break_evens.iter().map(|at| response::BreakEven {
            option: it.name(followed.option).to_owned(),
            at: Figures::new(at.low.unwrap_or(f64::NEG_INFINITY), at.at, at.high.unwrap_or(f64::INFINITY)),
        })
    });
    let unit = assumption.unit.name();
    Response {
        frame,
        across: format!("{}{}", assumption.path, if unit.is_empty() { String::new() } else { format!(", {unit}") }),
        up: quantity.to_owned(),
        curves: answers.iter().map(curve).collect(),
        break_evens: marks.collect(),
        written: Some(assumption.written),
    }
    .chart()
}

fn plane(
    context: &Context<'_>,
    it: &Swept<'_>,
    (inputs, xs, ys): ([usize; 2], &[f64], &[f64]),
    followed: &Followed,
    (answer, kind): (&Answer, &str),
) -> Chart {
    let option = it.name(followed.option);
    let money = kind != "plane";
    let finding = match answer.contour.is_empty() {
        false => format!("{option} breaks even along a line between the two inputs"),
        true if answer.figures.iter().all(|it| it.mid >= 0.0) => {
            format!("{option} does not do worse than the reference anywhere here, on average")
        }
        true => format!("{option} does not break even anywhere here"),
    };
    let (measure, unit) = match money {
        true => (format!("Net benefit of {option} against the reference"), "euro"),
        false => (format!("{option}: {}", it.quantity()), it.unit()),
    };
    let name = format!("{kind}-{}", file_name(option));
    let mut frame = frame(context, it, &name, finding, &measure, unit);
    frame.notes.push("Hatched: the 95% interval holds 0. Line: break-even. Circle: as written.".to_owned());
    let cell = |(nx, ny): (usize, usize)| {
        let of = answer.figures[nx * ys.len() + ny];
        two_way::Cell { value: of.mid, shown: !of.spans_zero() }
    };
    let axis = |input: usize| {
        let of = &it.inputs[input];
        let unit = of.unit.name();
        if unit.is_empty() { of.path.clone() } else { format!("{}, {unit}", of.path) }
    };
    TwoWay {
        frame,
        across: axis(inputs[0]),
        up: axis(inputs[1]),
        xs: xs.to_vec(),
        ys: ys.to_vec(),
        cells: (0..ys.len()).map(|ny| (0..xs.len()).map(|nx| cell((nx, ny))).collect()).collect(),
        contour: answer.contour.clone(),
        written: Some((it.inputs[inputs[0]].written, it.inputs[inputs[1]].written)),
        positive_means: format!("{option} is better"),
        negative_means: "the reference is better".to_owned(),
    }
    .chart()
}

fn cloud(context: &Context<'_>, it: &Swept<'_>) -> Vec<Chart> {
    let Some(first) = it.options.first() else { return Vec::new() };
    let strongest = it.strongest(first).into_iter().take(ALONG);
    let chart = |(nth, (input, share)): (usize, (usize, f64))| {
        let of = &it.inputs[input];
        let finding = format!("{} and what {} does: r² {}", of.path, it.name(first.option), percent(share));
        let mut frame =
            frame(context, it, &format!("along-{}", nth + 1), finding, &format!("Answer by {}", of.path), "");
        frame.notes.push("Each point of a line is the mean of an eighth of the points, with its 95% interval; all inputs move at once.".to_owned());
        let unit = of.unit.name();
        let curve = |followed: &Followed| response::Curve {
            option: it.name(followed.option).to_owned(),
            points: it.along(followed, input),
        };
        Response {
            frame,
            across: if unit.is_empty() { of.path.clone() } else { format!("{}, {unit}", of.path) },
            up: it.quantity(),
            curves: it.options.iter().map(curve).collect(),
            break_evens: Vec::new(),
            written: Some(of.written),
        }
        .chart()
    };
    strongest.enumerate().map(chart).collect()
}

/// A name of letters, digits and hyphens.
fn file_name(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
