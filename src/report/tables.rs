//! Measures as rows of text.

use crate::chart::number::{euro, fixed, percent};
use crate::measure::{Measure, Nature, Outcome};
use crate::model::{Assumption, Range, Scenario};

/// Measures in groups, as tables show them. Costs by line come last.
pub(crate) fn groups() -> Vec<(&'static str, Vec<Measure>)> {
    let costs = Measure::all().filter(|m| matches!(m, Measure::CostTotal | Measure::CostOf(_) | Measure::CostOn(_)));
    vec![
        (
            "What the adversary gained",
            vec![
                Measure::CatalogueShare,
                Measure::FactsKnown,
                Measure::FactsSeen,
                Measure::FactsSeenEstimate,
                Measure::LoggedCoverage,
                Measure::AlterationsAttempted,
                Measure::Altered,
                Measure::Shipped,
                Measure::Found,
                Measure::Latent,
                Measure::Activated,
                Measure::Harm,
                Measure::ControlShare,
            ],
        ),
        (
            "What the desk came to know",
            vec![
                Measure::FirstSignalDay,
                Measure::InvestigationDay,
                Measure::DetectedByTip,
                Measure::AttributionDay,
                Measure::Attributed,
                Measure::FalseAlarmsAMonth,
                Measure::FalseAlarmHours,
                Measure::OpenCases,
            ],
        ),
        ("What the uninvolved bore", vec![Measure::Burden, Measure::WrongfulActions, Measure::WronglyAttributed]),
        (
            "What the hub did",
            vec![
                Measure::Throughput,
                Measure::MeanSojourn,
                Measure::P95Sojourn,
                Measure::InBuilding,
                Measure::ThroughputLost,
                Measure::ExposureMoved,
            ],
        ),
        ("What it cost", costs.collect()),
    ]
}

/// Whether a measure can be anything but zero or censored in this scenario.
pub(crate) fn applies(scenario: &Scenario, measure: Measure) -> bool {
    match measure {
        Measure::Throughput | Measure::MeanSojourn | Measure::P95Sojourn | Measure::InBuilding => true,
        Measure::CostTotal | Measure::CostOf(_) | Measure::CostOn(_) | Measure::ThroughputLost => {
            scenario.desk.is_some() || !scenario.layers.is_empty() || !scenario.safeguards.is_empty()
        }
        Measure::FalseAlarmHours => scenario.desk.as_ref().is_some_and(|desk| desk.each_signal_takes.is_some()),
        _ => scenario.desk.is_some() || scenario.campaign.is_some(),
    }
}

/// What stands in place of a measure that a run lacks.
pub(crate) fn lacking(measure: Measure) -> &'static str {
    match measure {
        Measure::LoggedCoverage => "nothing logged",
        Measure::DetectedByTip => "no case opened",
        _ => "none left",
    }
}

/// A measure's value with its unit: `38 %`, `day 212`, `not within 730 days`.
pub(crate) fn value(outcome: &Outcome, measure: Measure) -> String {
    if outcome.is_censored(measure) {
        return format!("not within {} days", fixed(outcome.get(measure), 0));
    }
    if outcome.lacks(measure) {
        return lacking(measure).to_owned();
    }
    number(measure, outcome.get(measure))
}

/// A value of a measure, as people read it.
pub(crate) fn number(measure: Measure, v: f64) -> String {
    match (measure.nature(), measure.unit()) {
        (Nature::YesNo, _) => if v == 1.0 { "yes" } else { "no" }.to_owned(),
        (Nature::Time, _) => format!("day {}", fixed(v.floor(), 0)),
        (_, "share") => percent(v),
        (_, "€") => euro(v),
        (_, unit) => format!("{} {}", plain(v), if v == 1.0 { singular(unit) } else { unit }).trim_end().to_owned(),
    }
}

/// One of a unit.
fn singular(unit: &str) -> &str {
    unit.strip_suffix('s').unwrap_or(unit)
}

/// Whole numbers whole, others with two digits at most.
pub(crate) fn plain(v: f64) -> String {
    fixed(
        v,
        if v.fract() == 0.0 || v.abs() >= 100.0 {
            0
        } else if v.abs() >= 10.0 {
            1
        } else {
            2
        },
    )
}

/// A value of an input in the document's own unit, with three digits.
pub(crate) fn value_of(assumption: &Assumption, value: f64) -> String {
    let figure = crate::chart::number::figure(value);
    match assumption.unit.name() {
        "" => figure,
        unit => format!("{unit}({figure})"),
    }
}

/// An assumption's range in the document's own unit.
pub(crate) fn range(assumption: &Assumption) -> String {
    let unit = assumption.unit.name();
    let of = |v: f64| if unit.is_empty() { plain(v) } else { format!("{unit}({})", plain(v)) };
    match assumption.range {
        Range::Uniform { low, high } => format!("{} to {}", of(low), of(high)),
        Range::Triangular { low, mode, high } | Range::Pert { low, mode, high } => {
            format!("{} to {}, most likely {}", of(low), of(high), of(mode))
        }
        _ => "as written".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_printed_in_one_group() {
        let mut printed: Vec<Measure> = groups().into_iter().flat_map(|(_, list)| list).collect();
        printed.sort_unstable();
        let mut all: Vec<Measure> = Measure::all().collect();
        all.sort_unstable();
        assert_eq!(printed, all);
    }
}
