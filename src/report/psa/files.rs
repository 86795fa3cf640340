//! The files of a compared table: CSV for other tools, JSON for machines.

use serde_json::{Map, Value, json};

use super::analysis::{Analysis, AtValue};
use crate::report::many::csv_text;
use crate::report::{CAVEAT, RANDOM_NUMBERS};
use crate::stats::Interval;
use crate::stats::value::{Increment, Region};

/// The CSV files by name; `None` for one that this table does not have.
pub(super) fn tables(analysis: &Analysis) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("frontier.csv", Some(frontier(analysis))),
        ("paired.csv", (!analysis.pairs.is_empty()).then(|| paired(analysis))),
        ("acceptability.csv", Some(acceptability(analysis))),
        ("evpi.csv", Some(evpi(analysis))),
        ("evppi.csv", (!analysis.given.inputs.is_empty()).then(|| evppi(analysis))),
    ]
}

fn frontier(analysis: &Analysis) -> String {
    let mut out = String::from("option,status,mean_cost,mean_effect,extra_cost,extra_effect,icer,same_as\n");
    for row in &analysis.frontier.rows {
        let step = row.step.map_or(",,".to_owned(), |step| format!("{},{},{}", step.cost, step.effect, step.ratio));
        let same = row.same_as.map_or(String::new(), |other| csv_text(analysis.name(other)));
        let name = csv_text(analysis.name(row.option));
        out.push_str(&format!("{name},{},{},{},{step},{same}\n", row.status.letters(), row.cost, row.effect));
    }
    out
}

fn paired(analysis: &Analysis) -> String {
    let mut out = String::from(
        "option,reference,n,extra_cost,extra_cost_low,extra_cost_high,averted,averted_low,averted_high,averts_in,quadrant,cost_per_unit,region,region_low,region_high\n",
    );
    let reference = csv_text(analysis.name(analysis.reference));
    for pair in &analysis.pairs {
        let (kind, low, high) = region(&pair.per_unit.region);
        out.push_str(&format!(
            "{},{reference},{},{},{},{},{},{},{kind},{},{}\n",
            csv_text(analysis.name(pair.option)),
            pair.averted.n,
            increment(&pair.extra_cost),
            increment(&pair.averted),
            pair.averts_in,
            pair.per_unit.quadrant.name(),
            pair.per_unit.ratio.map_or(String::new(), |ratio| ratio.to_string()),
            bound(low),
            bound(high),
        ));
    }
    out
}

fn acceptability(analysis: &Analysis) -> String {
    let mut out = String::from(
        "value,option,mean_net_benefit,best_on_average,best_in_share_of_worlds,evidence_average_best,expected_loss,more_than_reference,more_low,more_high\n",
    );
    for at in &analysis.at {
        for option in 0..analysis.given.options.len() {
            out.push_str(&format!(
                "{},{},{},{},{},{},{},{}\n",
                at.value,
                csv_text(analysis.name(option)),
                at.means[option],
                at.best.contains(&option),
                at.shares[option],
                at.evidence.as_ref().map_or(String::new(), |shares| shares[option].to_string()),
                at.losses[option],
                at.increments[option].as_ref().map_or(",,".to_owned(), increment),
            ));
        }
    }
    out
}

fn evpi(analysis: &Analysis) -> String {
    let mut out = String::from("value,evpi,evpi_low,evpi_high,luck_taken_out,of_the_table,luck_share\n");
    for at in &analysis.at {
        let (value, range) = Analysis::evpi(at);
        let luck = at.learnable.map_or(String::new(), |it| it.luck_share.to_string());
        out.push_str(&format!(
            "{},{value},{},{},{},{},{luck}\n",
            at.value,
            bound(range.low),
            bound(range.high),
            at.learnable.is_some(),
            at.evpi
        ));
    }
    out
}

fn evppi(analysis: &Analysis) -> String {
    let mut out = String::from("value,input,evppi,evppi_low,evppi_high,with_noise,blocks\n");
    for at in &analysis.at {
        for ((name, _), found) in analysis.given.inputs.iter().zip(&at.evppi) {
            let told = found.map_or(",,,,".to_owned(), |it| {
                format!(
                    "{},{},{},{},{}",
                    it.value,
                    bound(it.interval.low),
                    bound(it.interval.high),
                    it.naive,
                    it.blocks
                )
            });
            out.push_str(&format!("{},{},{told}\n", at.value, csv_text(name)));
        }
    }
    out
}

/// One JSON object with everything.
pub(crate) fn summary(analysis: &Analysis) -> Value {
    let names = |options: &[usize]| options.iter().map(|d| analysis.name(*d)).collect::<Vec<_>>();
    let frontier: Vec<Value> = analysis
        .frontier
        .rows
        .iter()
        .map(|row| {
            json!({
                "option": analysis.name(row.option),
                "status": row.status.letters(),
                "mean_cost": row.cost,
                "mean_effect": row.effect,
                "icer": row.step.map(|step| step.ratio),
                "same_as": row.same_as.map(|other| analysis.name(other)),
            })
        })
        .collect();
    let pairs: Map<String, Value> = analysis
        .pairs
        .iter()
        .map(|pair| {
            let (kind, low, high) = region(&pair.per_unit.region);
            let told = json!({
                "extra_cost": increment_json(&pair.extra_cost),
                "averted": increment_json(&pair.averted),
                "averts_in_worlds": pair.averts_in,
                "quadrant": pair.per_unit.quadrant.name(),
                "cost_per_unit": pair.per_unit.ratio,
                "cost_per_unit_region": { "kind": kind, "ends": [finite(low), finite(high)] },
            });
            (analysis.name(pair.option).to_owned(), told)
        })
        .collect();
    json!({
        "schema": "airside/psa-summary/1",
        "table": analysis.given.name,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": analysis.seed,
        "worlds": analysis.psa.worlds(),
        "runs": analysis.given.cost.len(),
        "options": analysis.given.options,
        "reference": analysis.name(analysis.reference),
        "comparisons_sharing_the_level": analysis.pairs.len(),
        "frontier": frontier,
        "against_reference": pairs,
        "by_value": analysis.at.iter().map(|at| {
            let best = names(&at.best);
            at_json(analysis, at, &best)
        }).collect::<Vec<_>>(),
    })
}

fn at_json(analysis: &Analysis, at: &AtValue, best: &[&str]) -> Value {
    let (evpi, range) = Analysis::evpi(at);
    let options: Map<String, Value> = (0..analysis.given.options.len())
        .map(|option| {
            let told = json!({
                "mean_net_benefit": at.means[option],
                "best_in_share_of_worlds": at.shares[option],
                "evidence_average_best": at.evidence.as_ref().map(|shares| shares[option]),
                "expected_loss": at.losses[option],
                "more_than_reference": at.increments[option].as_ref().map(increment_json),
            });
            (analysis.name(option).to_owned(), told)
        })
        .collect();
    let inputs = analysis.given.inputs.iter().zip(&at.evppi);
    let evppi: Map<String, Value> = inputs
        .map(|((name, _), found)| {
            let told =
                found.map(|it| json!({"value": it.value, "interval": bounds(&it.interval), "blocks": it.blocks}));
            (name.clone(), told.unwrap_or(Value::Null))
        })
        .collect();
    json!({
        "value": at.value,
        "best_on_average": best,
        "evpi": evpi,
        "evpi_interval": bounds(&range),
        "evpi_of_the_table": at.evpi,
        "luck_taken_out": at.learnable.is_some(),
        "options": options,
        "evppi": evppi,
    })
}

/// What the results were made from.
pub(super) fn manifest(analysis: &Analysis) -> Value {
    json!({
        "tool": "airside",
        "version": env!("CARGO_PKG_VERSION"),
        "random_numbers": RANDOM_NUMBERS,
        "command": "compare --from",
        "handling": analysis.given.handling.label(),
        "seed": analysis.seed,
        "reference": analysis.name(analysis.reference),
        "values": analysis.at.iter().map(|at| at.value).collect::<Vec<_>>(),
        "options": analysis.given.options,
        "worlds": analysis.psa.worlds(),
        "runs": analysis.given.cost.len(),
        "inputs": [{ "file": analysis.given.name, "sha256": analysis.given.sha256 }],
        "caveat": CAVEAT,
    })
}

/// A region's name and its two ends; those of an unbounded one are where the gap begins and ends.
fn region(region: &Region) -> (&'static str, f64, f64) {
    match *region {
        Region::Between { low, high } => ("between", low, high),
        Region::Outside { below, above } => ("outside", below, above),
        Region::Everything => ("everything", f64::NEG_INFINITY, f64::INFINITY),
        Region::Nowhere => ("nowhere", f64::NAN, f64::NAN),
    }
}

fn increment(it: &Increment) -> String {
    format!("{},{},{}", it.mean, bound(it.adjusted.low), bound(it.adjusted.high))
}

fn increment_json(it: &Increment) -> Value {
    json!({"mean": it.mean, "sd": it.sd, "interval": bounds(&it.interval), "adjusted": bounds(&it.adjusted)})
}

fn bounds(interval: &Interval) -> Value {
    json!([finite(interval.low), finite(interval.high)])
}

/// A bound in a CSV: empty where there is none.
fn bound(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

fn finite(value: f64) -> Value {
    if value.is_finite() { value.into() } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::super::analysis::Asked;
    use super::super::analysis::tests::tiny;
    use super::*;

    fn analysis() -> Analysis {
        Analysis::of(tiny(), &Asked { values: vec![0.5, 1.0, 2.0], seed: 1, ..Asked::default() }).unwrap()
    }

    #[test]
    fn every_row_has_as_many_fields_as_its_head() {
        for (name, text) in tables(&analysis()) {
            let text = text.unwrap_or_else(|| panic!("{name}"));
            let fields: Vec<usize> = text.lines().map(|line| line.matches(',').count()).collect();
            assert!(fields.len() > 1 && fields.iter().all(|n| *n == fields[0]), "{name}:\n{text}");
        }
        let mut given = tiny();
        given.inputs.clear();
        given.options[0] = "a, \"b\"".into();
        let it = Analysis::of(given, &Asked::default()).unwrap();
        assert!(tables(&it).iter().any(|(name, text)| *name == "evppi.csv" && text.is_none()));
        assert!(frontier(&it).contains("\"a, \"\"b\"\"\",ND"));
    }

    #[test]
    fn the_summary_holds_the_numbers_of_the_reference_case() {
        let it = summary(&analysis());
        let at = |pointer: &str| it.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).clone();
        assert_eq!(at("/by_value/1/evpi"), 20.0);
        assert_eq!(at("/by_value/1/best_on_average/0"), "wall");
        assert_eq!(at("/by_value/0/options/as-is/best_in_share_of_worlds"), 0.75);
        assert_eq!(at("/by_value/2/options/patrol/expected_loss"), 66.25);
        assert_eq!(at("/against_reference/patrol/averted/mean"), 55.0);
        assert_eq!(at("/frontier/1/icer"), 40.0 / 55.0);
    }
}
