//! What the desk believes against what is true, where the model says that both must agree: no fading, independent
//! signals, the layers' true rates, and as many misused operators as the prior says.
//!
//! Beliefs are read at fixed days. In each band of belief the misused are counted; a sum of independent yes-or-no
//! outcomes with the stated chances lies within 4 of its standard deviations but for 1 in 10,000 bands with new seeds.
//! The seeds are fixed.

use airside::model::World;
use airside::plan::Plan;
use airside::random::{Entity, Luck, Purpose};

use super::rig::{Lab, run};

pub(super) const PRIOR: f64 = 0.3;
const RUNS: u64 = 1500;
const DAYS: [usize; 3] = [30, 120, 360];

/// A hub on which beliefs are calibrated with these layers.
pub(super) fn lab(layers: &str) -> Lab {
    let steps = r#""copy": (class: Collect, after: Start, takes: Hours(1), repeats: PerDay(1)),
        "send": (class: MoveOut, after: Start, takes: Hours(1), repeats: PerDay(1)),
        "alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerYear(20)),"#;
    let desk = r#"(analysts: 1, believes_at_start: Percent(30), if_misused_expects: {Alter: PerYear(20)}, forgets_half_in: Days(70000),
            watches_at: Percent(40), investigates_at: Percent(60), acts_at: Percent(90), finds_anyway: PerYear(0.5),
            stages: [(name: "look", takes: Fixed(Days(1)), finds_link: Percent(1))])"#;
    let lab = Lab::new(365).flights(3).campaign(steps, 0, "Fixed(Days(3000))");
    lab.with("layers", format!("{{{layers}}}")).with("desk", desk)
}

/// Beliefs in our operator at the checkpoints with whether it was misused, run by run.
fn beliefs(plan: &Plan) -> Vec<([f64; DAYS.len()], bool)> {
    let one = |seed: u64| {
        // A coin of its own decides what is true.
        let misused = Luck::new(seed).stream(Purpose::TEST, Entity::of("calibration")).uniform() < PRIOR;
        let world = if misused { World::Real } else { World::Innocent };
        let (_, story) = run(plan, "", world, seed);
        (DAYS.map(|day| story.beliefs[0][day - 1]), misused)
    };
    (1..=RUNS).map(one).collect()
}

#[track_caller]
fn calibrated(name: &str, layers: &str) {
    let seen = beliefs(&lab(layers).plan());
    for (d, day) in DAYS.iter().enumerate() {
        let (mut bands, mut spread) = (0, 0.0_f64);
        for band in 0..10 {
            let (low, high) = (f64::from(band) / 10.0, f64::from(band + 1) / 10.0);
            let within = seen.iter().filter(|(beliefs, _)| (low..high).contains(&beliefs[d]));
            let (mut stated, mut variance, mut misused, mut n) = (0.0, 0.0, 0.0, 0);
            for (beliefs, truth) in within {
                stated += beliefs[d];
                variance += beliefs[d] * (1.0 - beliefs[d]);
                misused += f64::from(u8::from(*truth));
                n += 1;
            }
            if n < 20 {
                continue;
            }
            bands += 1;
            spread = spread.max(high);
            let off = (misused - stated) / variance.sqrt();
            assert!(
                off.abs() < 4.0,
                "{name}, day {day}, {low} to {high}: {misused} of {n}, stated {stated}, off by {off}"
            );
        }
        // The test says nothing if beliefs stay where they began.
        assert!(*day < 360 || (bands >= 2 && spread > 0.6), "{name}: {bands} bands, up to {spread}");
    }
}

/// A layer that sees purpose and reports at once.
pub(super) fn layer(id: &str, watches: &str, notices: &str, covers: &str, method: &str) -> String {
    format!(
        r#""{id}": (watches: {watches}, notices: [{notices}], sees_purpose: true, {covers}, report_takes: Hours(0),
            method: {method}, cost: EuroPerYear(0)),"#
    )
}

#[test]
fn monitors_and_informants_are_calibrated() {
    let all = "covers: Percent(80)";
    calibrated(
        "rates",
        &[
            layer("logs", "AllOperators", "Collect", all, "Monitor(alarms_if_misused: PerYear(6), false_alarms: PerYear(3))"),
            layer("tips", "AllOperators", "Collect", all, "Tip(true_reports: PerYear(1), false_reports: PerYear(0.2))"),
            layer("staff", "AllOperators", "Collect", all, "Whistleblower(who_know: 2, speaks_up: PerYear(0.4), protection: Percent(50), false_reports: PerYear(0.02))"),
            layer("partners", "AllOperators", "Collect, MoveOut", all, "Intelligence(tips_at_full_activity: PerYear(1), false_tips: PerYear(0.5), reliable_if_true: Percent(70), reliable_if_false: Percent(30))"),
        ]
        .concat(),
    );
}

#[test]
fn audits_are_calibrated() {
    let all = "covers: Percent(80)";
    calibrated(
        "audits",
        &[
            layer(
                "monthly",
                "AllOperators",
                "Collect",
                all,
                "Audit(every: Days(30), announced: false, finds: Percent(30), false_findings: Percent(8))",
            ),
            layer(
                "surprise",
                "AllOperators",
                "Collect",
                all,
                "SurpriseAudit(visits: PerYear(6), finds: Percent(40), false_findings: Percent(10))",
            ),
        ]
        .concat(),
    );
}

#[test]
fn people_who_watch_zones_are_calibrated() {
    calibrated(
        "zones",
        &layer(
            "cameras",
            "Zones",
            "Alter",
            "covers: Percent(80), zones: {\"hall\": Percent(50)}",
            "Surveillance(sees: Percent(30), false_alarms: PerYear(1))",
        ),
    );
}

#[test]
fn looks_at_items_are_calibrated() {
    calibrated(
        "items",
        &layer(
            "seal",
            "Station(\"gate\")",
            "Alter",
            "covers: Percent(50)",
            "PerItem(catches: Percent(30), false_alarms: Percent(1))",
        ),
    );
}
