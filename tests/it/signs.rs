//! Which way safeguards and layers may move the measures: none moves one the wrong way.
//!
//! One hub, a scripted adversary that never pauses, a desk with more analysts than work. Each safeguard of the library
//! and one layer of each kind is an option of its own, and is compared with none under the same luck. A mean difference
//! counts as the wrong way beyond 4 of its standard errors: of the some 800 comparisons a right program fails one with
//! chance under 1 in 30 with new seeds. The seeds are fixed. What may go the other way is listed with the reason.

use std::fmt::Write as _;

use airside::document::library_ids;
use airside::measure::{Measure, Record};
use airside::model::World;
use airside::plan::Plan;
use airside::stats::Summary;

use super::rig::{Lab, run, watch};

const RUNS: u64 = 40;

/// Layers by their kind: name, what it watches, what it notices, more fields, how.
const LAYERS: [(&str, &str, &str, &str, &str); 19] = [
    (
        "per-item",
        "Station(\"gate\")",
        "Alter",
        "covers: Percent(60)",
        "PerItem(catches: Percent(40), false_alarms: Percent(1))",
    ),
    (
        "per-flight",
        "Station(\"gate\")",
        "Alter",
        "covers: Percent(60)",
        "PerFlight(opens: 1, catches: Percent(40), false_alarms: Percent(1))",
    ),
    (
        "risk-based",
        "Station(\"gate\")",
        "Alter",
        "covers: Percent(30)",
        "RiskBased(at_random: Percent(30), every: Days(30), catches: Percent(60), false_alarms: Percent(1))",
    ),
    (
        "screening",
        "Station(\"gate\")",
        "Alter",
        "covers: Percent(60)",
        "Screening(d_prime: 2, criterion: 0.5, prevalence_effect: 0.3, prevalence: Percent(5))",
    ),
    (
        "by-day",
        "Station(\"gate\")",
        "Alter",
        "covers: Percent(90), hours: {\"06:00\": Percent(100), \"18:00\": Percent(10)}",
        "PerItem(catches: Percent(40), false_alarms: Percent(1))",
    ),
    (
        "consignees",
        "Delivered",
        "Alter",
        "covers: Percent(40)",
        "PerItem(catches: Percent(50), false_alarms: Percent(0.5))",
    ),
    ("market", "Acting", "Alter", "covers: Percent(60)", "PerItem(catches: Percent(90), false_alarms: Percent(0))"),
    (
        "monitor",
        "AllOperators",
        "Collect, MoveOut",
        "covers: Percent(80)",
        "Monitor(alarms_if_misused: PerYear(9), false_alarms: PerYear(3))",
    ),
    (
        "poisson-cusum",
        "AllOperators",
        "Collect",
        "covers: Percent(100)",
        "Chart(counts: Uses(adds: 6), every: Days(7), usual: 5, if_misused: 8, by: PoissonCusum(limit: 12, head_start: 6))",
    ),
    (
        "cusum",
        "AllOperators",
        "Collect",
        "covers: Percent(100)",
        "Chart(counts: Uses(adds: 30), every: Days(7), usual: 100, if_misused: 115, by: Cusum(limit: 4, head_start: 2))",
    ),
    (
        "ewma",
        "AllOperators",
        "Collect",
        "covers: Percent(100)",
        "Chart(counts: Uses(adds: 30), every: Days(7), usual: 100, if_misused: 115, by: Ewma(weight: 0.2, limit: 2.8))",
    ),
    (
        "cameras",
        "Zones",
        "Alter",
        "covers: Percent(80), zones: {\"hall\": Percent(60), \"annex\": Percent(60)}",
        "Surveillance(sees: Percent(30), false_alarms: PerYear(2))",
    ),
    (
        "fence",
        "Zones",
        "Collect",
        "covers: Percent(100), zones: {\"hall\": Percent(100)}",
        "Breach(paths: [(name: \"gate\", taken: Percent(100), tasks: [(detects: Percent(60), place: Begin, delay: (mean: Seconds(90), deviation: Seconds(20)))])], response: (mean: Seconds(60), deviation: Seconds(20)), communicates: Percent(90), neutralises: Percent(90), reading: Literal, false_alarms: PerYear(1))",
    ),
    (
        "audit",
        "AllOperators",
        "Collect, Alter",
        "covers: Percent(80)",
        "Audit(every: Days(120), announced: false, finds: Percent(40), false_findings: Percent(3))",
    ),
    (
        "surprise",
        "AllOperators",
        "Collect, Alter",
        "covers: Percent(80)",
        "SurpriseAudit(visits: PerYear(3), finds: Percent(40), false_findings: Percent(3))",
    ),
    (
        "game",
        "AllOperators",
        "Collect, Alter",
        "covers: Percent(80)",
        "AuditGame(period: Days(30), periods: 12, visits: 3, finds: Percent(40), false_findings: Percent(3))",
    ),
    (
        "tips",
        "AllOperators",
        "Recruit, Collect",
        "covers: Percent(100)",
        "Tip(true_reports: PerYear(1), false_reports: PerYear(0.1))",
    ),
    (
        "staff",
        "AllOperators",
        "Recruit, Collect, Alter",
        "covers: Percent(100)",
        "Whistleblower(who_know: 3, speaks_up: PerYear(0.3), protection: Percent(50), false_reports: PerYear(0.02))",
    ),
    (
        "partners",
        "AllOperators",
        "Collect, MoveOut, Alter",
        "covers: Percent(100)",
        "Intelligence(tips_at_full_activity: PerYear(1), false_tips: PerYear(0.2), reliable_if_true: Percent(70), reliable_if_false: Percent(20))",
    ),
];

use Measure::{
    Activated, Altered, Attributed, AttributionDay, Burden, CatalogueShare, ControlShare, CostTotal, FactsKnown,
    FactsSeen, FalseAlarmHours, FalseAlarmsAMonth, FirstSignalDay, Harm, InvestigationDay, MeanSojourn, P95Sojourn,
    Shipped, Throughput, WronglyAttributed,
};

/// Which way nothing may move a measure: -1 for down, +1 for up.
const NEVER: [(Measure, f64); 20] = [
    (CatalogueShare, 1.0),
    (FactsKnown, 1.0),
    (FactsSeen, 1.0),
    (Altered, 1.0),
    (Shipped, 1.0),
    (Activated, 1.0),
    (Harm, 1.0),
    (ControlShare, 1.0),
    (FirstSignalDay, 1.0),
    (InvestigationDay, 1.0),
    (AttributionDay, 1.0),
    (Attributed, -1.0),
    (WronglyAttributed, -1.0),
    (FalseAlarmsAMonth, -1.0),
    (FalseAlarmHours, -1.0),
    (Burden, -1.0),
    (MeanSojourn, -1.0),
    (P95Sojourn, -1.0),
    (Throughput, 1.0),
    (CostTotal, -1.0),
];

/// With less going on there is less to notice: these keep the campaign from getting far, or make it begin later, so that
/// it may be noticed later and less.
const PREVENT: [&str; 15] = [
    "data-minimisation",
    "field-encryption",
    "short-retention",
    "local-trustee",
    "notice-of-demands",
    "least-privilege",
    "multi-factor-login",
    "segmented-network",
    "periodic-reset",
    "zone-access",
    "random-opening",
    "vetting",
    "regulated-agent-status",
    "ownership-review",
    "fence",
];
const NOTICED: [Measure; 4] = [FirstSignalDay, InvestigationDay, AttributionDay, Attributed];

/// Who sees more is wrong less often about others, and opens fewer needless cases.
const CLEARS: [Measure; 2] = [WronglyAttributed, Burden];

fn options() -> Vec<String> {
    library_ids().map(str::to_owned).chain(LAYERS.map(|(name, ..)| name.to_owned())).collect()
}

fn plan() -> Plan {
    let steps = r#""win": (class: Recruit, after: Start, takes: Days(20), succeeds: Percent(50), repeats: PerYear(4)),
        "order": (class: Compel, after: Start, takes: Days(10)),
        "read": (class: Collect, after: AnyOf(["win", "order"]), takes: Days(2), repeats: PerYear(20), enters: "hall"),
        "copy": (class: Collect, after: AnyOf(["win", "order"]), takes: Days(2), repeats: PerYear(20)),
        "send": (class: MoveOut, after: AllOf(["copy"]), takes: Days(1), repeats: PerYear(20)),
        "alter": (class: Alter, after: AnyOf(["win", "order"]), takes: Days(2), repeats: PerYear(25)),"#;
    let mut safeguards = String::new();
    for id in library_ids() {
        let _ = writeln!(safeguards, "{id:?}: Library({id:?}),");
    }
    for (name, watches, notices, more, method) in LAYERS {
        let _ = writeln!(
            safeguards,
            r#""{name}": Own(does: [AddLayer(id: "{name}-layer", layer: (watches: {watches}, notices: [{notices}], sees_purpose: true, {more},
                report_takes: Days(2), method: {method}, cost: EuroPerYear(1000)))], aimed_at: Nobody, paid_by: Hub, once: Euro(1000),
                yearly: EuroPerYear(0), ready_after: Days(0), legal: Contract, ids: []),"#
        );
    }
    let rules = "[(when: Belief(AtLeast(Percent(40))), then: Investigate)]";
    let mut choices = format!("\"none\": (safeguards: [], response: {rules}),\n");
    for id in options() {
        let _ = writeln!(choices, "{id:?}: (safeguards: [{id:?}], response: {rules}),");
    }
    Lab::new(1000)
        .flights(2)
        .campaign(steps, 0, "Weibull(mean: Days(300), shape: 2)")
        .with(
            "information",
            r#"{"book": (operator: "ours", written_at: ["bench"], fields: [Parties, Timing], keeps: Days(90),
                 value_halves_in: Days(400), held_elsewhere: Percent(20), one_record_tells: Percent(20))}"#,
        )
        .with(
            "layers",
            r#"{"gate-look": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent(20), report_takes: Days(1),
                 method: PerItem(catches: Percent(20), false_alarms: Percent(1)), cost: EuroPerYear(0)),
               "old-tip": (watches: AllOperators, notices: [Collect], sees_purpose: true, covers: Percent(100), report_takes: Days(10),
                 method: Tip(true_reports: PerYear(0.6), false_reports: PerYear(0.1)), cost: EuroPerYear(0))}"#,
        )
        .with(
            "desk",
            r#"(analysts: 50, believes_at_start: Percent(10), if_misused_expects: {Alter: PerYear(25), Collect: PerYear(20)},
                forgets_half_in: Days(2000), watches_at: Percent(30), investigates_at: Percent(40), acts_at: Percent(80),
                stages: [(name: "look", takes: Fixed(Days(30)), finds_link: Percent(30), false_link: Percent(1))],
                each_signal_takes: Fixed(Hours(2)))"#,
        )
        .with("costs", "(delay: EuroPerHour(5), false_alarm: Euro(300))")
        .with("safeguards", format!("{{{safeguards}}}"))
        .with("options", format!("{{{choices}}}"))
        .with("compare_with", "\"none\"")
        .plan()
}

fn excused(option: &str, measure: Measure) -> bool {
    (PREVENT.contains(&option) && NOTICED.contains(&measure)) || CLEARS.contains(&measure)
}

fn wrong_ways(world: World, measures: &[(Measure, f64)]) -> String {
    let plan = plan();
    let outcomes = |option: &str| (1..=RUNS).map(|seed| run(&plan, option, world, seed).0).collect::<Vec<_>>();
    let without = outcomes("none");
    let mut wrong = String::new();
    for option in options() {
        let with = outcomes(&option);
        for &(measure, never) in measures.iter().filter(|(measure, _)| !excused(&option, *measure)) {
            let differences: Vec<f64> =
                with.iter().zip(&without).map(|(a, b)| never * (a.get(measure) - b.get(measure))).collect();
            let summary = Summary::of(&differences).unwrap();
            let (mean, error) = (summary.mean(), summary.standard_error());
            // What takes longer is recorded a little later, and has faded a little less at the end.
            if mean > 4.0 * error + 1e-6 {
                let _ = writeln!(wrong, "{option} moves {} by {mean} +- {error} the wrong way", measure.id());
            }
        }
    }
    wrong
}

#[test]
fn nothing_moves_a_measure_the_wrong_way_when_the_campaign_is_real() {
    let wrong = wrong_ways(World::Real, &NEVER);
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn nothing_spares_the_innocent_hub_its_costs() {
    let innocent =
        [(FalseAlarmsAMonth, -1.0), (FalseAlarmHours, -1.0), (MeanSojourn, -1.0), (Throughput, 1.0), (CostTotal, -1.0)];
    let wrong = wrong_ways(World::Innocent, &innocent);
    assert!(wrong.is_empty(), "{wrong}");
}

/// Two options that differ in a safeguard without effect differ in what it costs, and in nothing else.
#[test]
fn a_safeguard_without_effect_changes_costs_alone() {
    let plan = Lab::new(400)
        .campaign(r#""alter": (class: Alter, after: Start, takes: Days(2), repeats: PerYear(60))"#, 40, "Exponential(mean: Days(60))")
        .with(
            "layers",
            r#"{"look": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent(60), report_takes: Days(1),
                 method: PerItem(catches: Percent(40), false_alarms: Percent(1)), cost: EuroPerYear(100))}"#,
        )
        .with(
            "desk",
            r#"(analysts: 1, believes_at_start: Percent(10), if_misused_expects: {Alter: PerYear(25)}, forgets_half_in: Days(300),
                watches_at: Percent(20), investigates_at: Percent(30), acts_at: Percent(60),
                stages: [(name: "look", takes: Fixed(Days(30)), finds_link: Percent(30))])"#,
        )
        .with(
            "safeguards",
            r#"{"seal-of-approval": Own(does: [GuardGoods(by: Percent(0))], aimed_at: Nobody, paid_by: Hub, once: Euro(1000),
                 yearly: EuroPerYear(365), ready_after: Days(10), legal: Voluntary, ids: [])}"#,
        )
        .with(
            "options",
            r#"{"without": (safeguards: [], response: [(when: Belief(AtLeast(Percent(30))), then: Investigate)]),
                "with": (safeguards: ["seal-of-approval"], response: [(when: Belief(AtLeast(Percent(30))), then: Investigate)])}"#,
        )
        .plan();
    let own =
        |r: &Record| !matches!(r, Record::Took { action: airside::model::Action::Buy(_), .. } | Record::Ready { .. });
    for world in World::ALL {
        for seed in 1..=8 {
            let (without, with) = (watch(&plan, "without", world, seed), watch(&plan, "with", world, seed));
            let kept =
                |run: &super::rig::Watch| run.records().iter().filter(|(_, r)| own(r)).cloned().collect::<Vec<_>>();
            assert_eq!(kept(&without), kept(&with), "seed {seed}");
            assert_eq!((&without.moves, &without.story.beliefs), (&with.moves, &with.story.beliefs));
            let (a, b) = (without.outcome(), with.outcome());
            for measure in Measure::all() {
                let (before, after) = (a.get(measure), b.get(measure));
                match measure {
                    // 1,000 once and 365 a year for 400 days.
                    CostTotal | Measure::CostOf(airside::model::Payer::Hub) => {
                        assert!((after - before - 1400.0).abs() < 0.01)
                    }
                    Measure::CostOn(airside::model::Line::SafeguardOnce) => assert_eq!((before, after), (0.0, 1000.0)),
                    Measure::CostOn(airside::model::Line::SafeguardYearly) => assert_eq!((before, after), (0.0, 400.0)),
                    _ => assert_eq!(before.to_bits(), after.to_bits(), "{}", measure.id()),
                }
            }
        }
    }
}
