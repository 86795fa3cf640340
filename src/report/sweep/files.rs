//! Tables of options at points of the inputs, for other tools and for machines.

use serde_json::{Value, json};

use super::analysis::{Answer, Plane, Swept};
use crate::chart::Interval;
use crate::report::Context;
use crate::report::many::csv_text;
use crate::report::paper::headed;
use crate::report::run::pretty;

/// The files by name.
pub(super) fn tables(it: &Swept<'_>) -> Vec<(&'static str, Option<String>)> {
    let line = matches!(it.plane, Plane::Line { .. });
    vec![
        ("design.csv", Some(design(it))),
        ("sweep.csv", Some(sweep(it))),
        ("breakeven.json", line.then(|| pretty(&break_evens(it)))),
    ]
}

fn design(it: &Swept<'_>) -> String {
    let mut out = String::from("point");
    it.inputs.iter().for_each(|input| out.push_str(&format!(",{}", csv_text(&input.path))));
    out.push('\n');
    for (nth, point) in it.points.iter().enumerate() {
        out.push_str(&nth.to_string());
        point.iter().for_each(|value| out.push_str(&format!(",{value}")));
        out.push('\n');
    }
    out
}

fn sweep(it: &Swept<'_>) -> String {
    let mut out = String::from(
        "point,option,averted,averted_low,averted_high,unit,net_benefit,net_benefit_low,net_benefit_high\n",
    );
    let bound = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
    let told = |of: Interval| format!("{},{},{}", of.mid, bound(of.low), bound(of.high));
    for followed in &it.options {
        for (point, of) in followed.averted.figures.iter().enumerate() {
            let benefit = followed.benefit.as_ref().map_or(",,".to_owned(), |benefit| told(benefit.figures[point]));
            let (name, unit) = (csv_text(it.name(followed.option)), csv_text(it.unit()));
            out.push_str(&format!("{point},{name},{},{unit},{benefit}\n", told(*of)));
        }
    }
    out
}

fn break_evens(it: &Swept<'_>) -> Value {
    let of = |answer: &Answer| -> Vec<Value> {
        let one = |at: &crate::stats::sensitivity::BreakEven| {
            json!({
                "at": at.at, "low": at.low, "high": at.high, "rises": at.rises, "share_of_resamples": at.found_in,
            })
        };
        answer.break_evens.iter().map(one).collect()
    };
    let option = |followed: &super::analysis::Followed| {
        json!({
            "option": it.name(followed.option),
            "averted": of(&followed.averted),
            "net_benefit": followed.benefit.as_ref().map(of),
        })
    };
    let input = match &it.plane {
        Plane::Line { input, .. } => Some(it.inputs[*input].path.clone()),
        _ => None,
    };
    json!({"input": input, "options": it.options.iter().map(option).collect::<Vec<_>>()})
}

/// Everything for machines.
pub(super) fn summary(context: &Context<'_>, it: &Swept<'_>) -> Value {
    let finite = |value: f64| if value.is_finite() { Value::from(value) } else { Value::Null };
    let figures = |of: &Interval| json!({"mean": of.mid, "interval": [finite(of.low), finite(of.high)]});
    let answer = |of: &Answer| of.figures.iter().map(figures).collect::<Vec<_>>();
    let option = |followed: &super::analysis::Followed| {
        json!({
            "option": it.name(followed.option),
            "averted": answer(&followed.averted),
            "net_benefit": followed.benefit.as_ref().map(answer),
            "break_even_lines": followed.averted.contour,
        })
    };
    let moved: Vec<String> = match &it.plane {
        Plane::Line { input, .. } => vec![it.inputs[*input].path.clone()],
        Plane::Grid { inputs, .. } => inputs.iter().map(|input| it.inputs[*input].path.clone()).collect(),
        Plane::Cloud => it.inputs.iter().map(|input| input.path.clone()).collect(),
    };
    let own = json!({
        "unit": it.unit(),
        "moved": moved,
        "inputs": it.inputs.iter().map(|input| &input.path).collect::<Vec<_>>(),
        "points": it.points,
        "options": it.options.iter().map(option).collect::<Vec<_>>(),
        "break_evens": break_evens(it),
    });
    headed(context, it.study, "airside-sweep-1", own)
}
