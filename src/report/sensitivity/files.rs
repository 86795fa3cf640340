//! Tables of inputs and their influence, for other tools and for machines.

use serde_json::{Value, json};

use super::analysis::Sensitivity;
use crate::report::Context;
use crate::report::many::csv_text;
use crate::report::paper::headed;

/// The files by name.
pub(super) fn tables(it: &Sensitivity<'_>) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("tornado.csv", Some(one_way(it))),
        ("morris.csv", (!it.screened.is_empty()).then(|| morris(it))),
        ("sobol.csv", it.indices.as_ref().map(|_| sobol(it))),
        ("evppi.csv", it.by_value.as_ref().map(|_| evppi(it))),
    ]
}

fn bound(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

fn one_way(it: &Sensitivity<'_>) -> String {
    let mut out = String::from("input,end,value,averted_or_change,low,high,unit\n");
    let unit = csv_text(it.unit());
    let mut line = |input: &str, end: &str, value: &str, of: crate::chart::Interval| {
        out.push_str(&format!("{input},{end},{value},{},{},{},{unit}\n", of.mid, bound(of.low), bound(of.high)));
    };
    line("", "as-written", "", it.base);
    for way in &it.one_way {
        let path = csv_text(&it.inputs[way.input].path);
        line(&path, "p10", &way.ends.0.to_string(), way.low);
        line(&path, "p90", &way.ends.1.to_string(), way.high);
    }
    out
}

fn morris(it: &Sensitivity<'_>) -> String {
    let mut out = String::from("input,mu_star,mu_star_low,mu_star_high,mu,sigma,kept\n");
    for (nth, effect) in it.screened.iter().enumerate() {
        out.push_str(&format!(
            "{},{},{},{},{},{},{}\n",
            csv_text(&it.inputs[nth].path),
            effect.mu_star,
            bound(effect.mu_star_interval.low),
            bound(effect.mu_star_interval.high),
            effect.mu,
            effect.sigma,
            it.kept.contains(&nth)
        ));
    }
    out
}

/// The indices, then their course: total indices from the first base points alone.
fn sobol(it: &Sensitivity<'_>) -> String {
    let mut out = String::from("input,base_points,first,first_low,first_high,total,total_low,total_high\n");
    let Some(indices) = &it.indices else { return out };
    for (nth, of) in indices.of.iter().enumerate() {
        out.push_str(&format!(
            "{},{},{},{},{},{},{},{}\n",
            csv_text(&it.inputs[it.kept[nth]].path),
            indices.base_points,
            of.first,
            bound(of.first_interval.low),
            bound(of.first_interval.high),
            of.total,
            bound(of.total_interval.low),
            bound(of.total_interval.high),
        ));
    }
    for (n, totals) in &indices.course {
        for (nth, total) in totals.iter().enumerate() {
            out.push_str(&format!("{},{n},,,,{total},,\n", csv_text(&it.inputs[it.kept[nth]].path)));
        }
    }
    out
}

fn evppi(it: &Sensitivity<'_>) -> String {
    let mut out = String::from("input,evppi,evppi_low,evppi_high,value_of_a_unit\n");
    let Some(by_value) = &it.by_value else { return out };
    let value = by_value.told_value().map_or(String::new(), |(value, _)| value.to_string());
    for (name, of) in by_value.worth_asking() {
        out.push_str(&format!("{},{},{},{},{value}\n", csv_text(&name), of.mid, bound(of.low), bound(of.high)));
    }
    out
}

/// Everything for machines.
pub(super) fn summary(context: &Context<'_>, it: &Sensitivity<'_>) -> Value {
    let finite = |value: f64| if value.is_finite() { Value::from(value) } else { Value::Null };
    let figures = |of: crate::chart::Interval| json!({"mean": of.mid, "interval": [finite(of.low), finite(of.high)]});
    let interval = |of: crate::stats::Interval| json!([finite(of.low), finite(of.high)]);
    let one_way: Vec<Value> = it
        .one_way
        .iter()
        .map(|way| {
            json!({
                "input": it.inputs[way.input].path,
                "low": {"value": way.ends.0, "change": figures(way.low)},
                "high": {"value": way.ends.1, "change": figures(way.high)},
            })
        })
        .collect();
    let morris: Vec<Value> = it
        .screened
        .iter()
        .enumerate()
        .map(|(nth, effect)| {
            json!({
                "input": it.inputs[nth].path, "mu_star": effect.mu_star, "mu": effect.mu, "sigma": effect.sigma,
                "mu_star_interval": interval(effect.mu_star_interval), "kept": it.kept.contains(&nth),
            })
        })
        .collect();
    let sobol = it.indices.as_ref().map(|indices| {
        let of: Vec<Value> = indices
            .of
            .iter()
            .enumerate()
            .map(|(nth, of)| {
                json!({
                    "input": it.inputs[it.kept[nth]].path, "first": of.first, "total": of.total,
                    "first_interval": interval(of.first_interval), "total_interval": interval(of.total_interval),
                })
            })
            .collect();
        json!({
            "base_points": indices.base_points, "replications": indices.replications, "share_of_luck": indices.noise,
            "indices": of,
        })
    });
    let evppi: Option<Vec<Value>> = it.by_value.as_ref().map(|by_value| {
        let of = by_value.worth_asking();
        of.into_iter().map(|(name, of)| json!({"input": name, "evppi": figures(of)})).collect()
    });
    let own = json!({
        "unit": it.unit(),
        "option": it.option_name(),
        "reference": it.reference_name(),
        "as_written": figures(it.base),
        "one_way": one_way,
        "morris": morris,
        "sobol": sobol,
        "evppi": evppi,
    });
    headed(context, it.brief.study, "airside-sensitivity-1", own)
}
