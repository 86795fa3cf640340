//! Control charts, people in zones, break-ins, risk scores and covert tests against the figures that their fields state.
//!
//! Means are compared by 4.5 standard errors of 60 runs: with new seeds a right program fails one comparison with chance
//! under 1 in 5,000. The seeds are fixed.

use airside::measure::Record;
use airside::model::{Method, World};
use airside::numeric::breach::{Reading, interruption};
use airside::plan::Plan;

use super::rig::{Lab, Watch, near, watch};

const NEVER: &str = "Fixed(Days(3000))";

fn layer(watches: &str, notices: &str, more: &str, method: &str) -> String {
    format!(
        r#"watches: {watches}, notices: [{notices}], sees_purpose: true, {more}, report_takes: Hours(1),
            method: {method}, cost: EuroPerYear(0)"#
    )
}

fn only(layer: &str) -> String {
    format!(r#"{{"it": ({layer})}}"#)
}

fn runs(plan: &Plan, world: World) -> Vec<Watch> {
    (1..=60).map(|seed| watch(plan, "", world, seed)).collect()
}

fn counts(runs: &[Watch], is: impl Fn(&Record) -> bool) -> Vec<f64> {
    runs.iter().map(|run| run.count(&is) as f64).collect()
}

fn altered(r: &Record) -> bool {
    matches!(r, Record::Altered { .. })
}

fn found(r: &Record) -> bool {
    matches!(r, Record::Found { .. })
}

fn rings(r: &Record, right: bool) -> bool {
    matches!(r, Record::Noticed { genuine, .. } if *genuine == right)
}

/// Alarms of one chart that are expected in so many periods of counts with this mean: it starts anew after each, so that
/// they are renewals.
fn renewals(plan: &Plan, mean: f64, periods: usize) -> f64 {
    let Method::Chart(chart) =
        plan.scenario.layers.iter().find(|l| matches!(l.method, Method::Chart(_))).unwrap().method
    else {
        panic!("a chart")
    };
    use airside::model::ChartKind::{Cusum, Ewma, PoissonCusum};
    let standard = (mean - chart.usual) / chart.usual.sqrt();
    let length = match chart.kind {
        PoissonCusum(c) => c.poisson_run_length(mean),
        Cusum(c) => c.normal_run_length(standard),
        Ewma(e) => e.normal_run_length(standard),
    };
    let by: Vec<f64> = (0..=periods as u64).map(|n| length.by(n)).collect();
    let mut expected = vec![0.0; periods + 1];
    for t in 1..=periods {
        expected[t] = by[t] + (1..t).map(|k| (by[k] - by[k - 1]) * expected[t - k]).sum::<f64>();
    }
    expected[periods]
}

#[test]
fn a_chart_of_uses_rings_as_its_run_length_says() {
    let check = |usual: f64, misused: f64, by: &str, off: f64| {
        let method =
            format!("Chart(counts: Uses(adds: 1), every: Days(1), usual: {usual}, if_misused: {misused}, by: {by})");
        let it = layer("Operator(\"ours\")", "Collect", "covers: Percent(100)", &method);
        let plan = Lab::new(300).flights(1).with("layers", only(&it)).plan();
        let alarms = counts(&runs(&plan, World::Innocent), |r| rings(r, false));
        let expect = renewals(&plan, usual, 299);
        let alarms: Vec<f64> = alarms.iter().map(|n| n - off * expect).collect();
        near(&method, &alarms, expect * (1.0 - off), 4.5);
    };
    check(4.0, 6.0, "PoissonCusum(limit: 6, head_start: 0)", 0.0);
    check(4.0, 6.0, "PoissonCusum(limit: 8, head_start: 4)", 0.0);
    // Counts of 10,000 are near enough to normal.
    check(10_000.0, 10_100.0, "Cusum(limit: 3, head_start: 0)", 0.0);
    check(10_000.0, 10_100.0, "Cusum(limit: 3, head_start: 1.5)", 0.0);
    check(10_000.0, 10_100.0, "Ewma(weight: 0.2, limit: 2.2)", 0.0);
}

#[test]
fn what_attempts_add_brings_the_run_length_of_the_higher_mean() {
    let copy = r#""copy": (class: Collect, after: Start, takes: Hours(0), repeats: PerDay(2))"#;
    let method = "Chart(counts: Uses(adds: 1), every: Days(1), usual: 4, if_misused: 6, by: PoissonCusum(limit: 8, head_start: 0))";
    let check = |covers: u32| {
        let it = layer("Operator(\"ours\")", "Collect", &format!("covers: Percent({covers})"), method);
        let plan = Lab::new(200).flights(1).campaign(copy, 0, NEVER).with("layers", only(&it)).plan();
        let seen = runs(&plan, World::Real);
        let alarms = counts(&seen, |r| rings(r, true) || rings(r, false));
        near("alarms", &alarms, renewals(&plan, 4.0 + 0.02 * f64::from(covers), 199), 4.5);
        // Most of them would not have come without the campaign.
        assert!(counts(&seen, |r| rings(r, true)).iter().sum::<f64>() > 0.5 * alarms.iter().sum::<f64>());
    };
    check(100);
    check(50);
}

#[test]
fn a_chart_of_alarms_counts_what_the_other_layer_rang() {
    let check = layer(
        "Station(\"gate\")",
        "Alter",
        "covers: Percent(100)",
        "PerItem(catches: Percent(0), false_alarms: Percent(25))",
    );
    let method = "Chart(counts: AlarmsOf(\"check\"), every: Days(1), usual: 6, if_misused: 9, by: PoissonCusum(limit: 10, head_start: 0))";
    let it = layer("Operator(\"ours\")", "Alter", "covers: Percent(50)", method);
    // Twenty-four flights of one a day, a quarter of them rung at, half of those counted: 3 a day.
    let plan = Lab::new(200).with("layers", format!(r#"{{"check": ({check}), "it": ({it})}}"#)).plan();
    let chart = plan.charts[0];
    let of_chart = |r: &Record| matches!(r, Record::Noticed { layer, .. } if *layer == chart);
    let alarms = counts(&runs(&plan, World::Innocent), of_chart);
    assert_eq!(renewals(&plan, 3.0, 199) < 0.2, alarms.iter().sum::<f64>() < 30.0);
    // With the usual mean of 6, all of them counted.
    let it = it.replace("Percent(50)", "Percent(100)");
    let plan = Lab::new(200).with("layers", format!(r#"{{"check": ({check}), "it": ({it})}}"#)).plan();
    let alarms = counts(&runs(&plan, World::Innocent), of_chart);
    near("alarms of the chart", &alarms, renewals(&plan, 6.0, 199), 4.5);
}

/// Two alterations a day from the first, and nothing else.
const ALTER: &str = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2))"#;

fn share_found(plan: &Plan) -> Vec<f64> {
    let seen = runs(plan, World::Real);
    counts(&seen, found).iter().zip(counts(&seen, altered)).map(|(some, all)| some / all).collect()
}

#[test]
fn a_layer_that_works_some_hours_finds_what_passes_in_them() {
    let check = |hours: &str, expect: f64| {
        let covers = format!("covers: Percent(80), hours: {hours}");
        let it =
            layer("Station(\"gate\")", "Alter", &covers, "PerItem(catches: Percent(50), false_alarms: Percent(0))");
        let plan = Lab::new(150).campaign(ALTER, 0, NEVER).with("layers", only(&it)).plan();
        near(hours, &share_found(&plan), expect, 4.5);
        assert!((plan.scenario.layers[0].mean_share() * 0.4 - expect).abs() < 1e-12);
    };
    check(r#"{"06:00": Percent(100), "18:00": Percent(0)}"#, 0.2);
    // From midnight on the last one holds until the first begins.
    check(r#"{"08:00": Percent(25), "20:00": Percent(75)}"#, 0.4 * 0.5);
    check(r#"{"00:00": Percent(30)}"#, 0.12);
}

#[test]
fn people_who_watch_a_zone_see_what_is_done_there() {
    let check = |zones: &str, expect: f64| {
        let covers = format!("covers: Percent(50), zones: {zones}");
        let it = layer("Zones", "Alter", &covers, "Surveillance(sees: Percent(60), false_alarms: PerYear(0))");
        let plan = Lab::new(150).campaign(ALTER, 0, NEVER).with("layers", only(&it)).plan();
        let seen = runs(&plan, World::Real);
        let shares = counts(&seen, |r| rings(r, true))
            .iter()
            .zip(counts(&seen, altered))
            .map(|(s, a)| s / a)
            .collect::<Vec<_>>();
        near(zones, &shares, expect, 4.5);
        assert_eq!(counts(&seen, |r| rings(r, false)).iter().sum::<f64>(), 0.0);
    };
    check(r#"{"hall": Percent(100)}"#, 0.3);
    check(r#"{"hall": Percent(40), "apron": Percent(100)}"#, 0.12);
}

/// The published base case of EASI (H. A. Bennett, 1977; case EASI-1) as a scenario.
fn guard(reading: &str, neutralises: u32) -> String {
    let task = |detects: u32, mean: u32, sd: u32, place: &str| {
        format!(
            "(detects: Percent({detects}), place: {place}, delay: (mean: Seconds({mean}), deviation: Seconds({sd})))"
        )
    };
    let tasks = [task(40, 60, 18, "Begin"), task(70, 90, 27, "Middle"), task(90, 30, 9, "End")].join(", ");
    format!(
        "Breach(paths: [(name: \"fence\", taken: Percent(100), tasks: [{tasks}])], response: (mean: Seconds(80), deviation: Seconds(24)),
            communicates: Percent(80), neutralises: Percent({neutralises}), reading: {reading}, false_alarms: PerYear(0))"
    )
}

#[test]
fn a_break_in_is_stopped_as_often_as_the_race_says() {
    let alter = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(6), enters: "hall")"#;
    for (reading, name) in [(Reading::Literal, "Literal"), (Reading::Conditional, "Conditional")] {
        let it = layer("Zones", "Alter", "covers: Percent(100), zones: {\"hall\": Percent(100)}", &guard(name, 75));
        let plan = Lab::new(150).campaign(alter, 0, NEVER).with("layers", only(&it)).plan();
        let Method::Breach { guard, .. } = &plan.scenario.layers[0].method else { panic!("guards") };
        let expect = interruption(&guard.paths[0].tasks, &guard.response, reading) * 0.75;
        let seen = runs(&plan, World::Real);
        let tries = counts(&seen, |r| matches!(r, Record::BrokeIn { .. }));
        let shares = |of: Vec<f64>| of.iter().zip(&tries).map(|(some, all)| some / all).collect::<Vec<_>>();
        near(name, &shares(counts(&seen, |r| matches!(r, Record::BrokeIn { stopped: true, .. }))), expect, 4.5);
        // Some sensor detects in 98.2 %.
        near("detected", &shares(counts(&seen, |r| rings(r, true))), 1.0 - 0.6 * 0.3 * 0.1, 4.5);
        // What is stopped does not work.
        let stopped = |r: &Record| matches!(r, Record::BrokeIn { stopped: true, .. });
        let worked = |r: &Record| matches!(r, Record::Attempted { worked: true, .. });
        assert!(
            seen.iter()
                .all(|run| run.count(stopped) + run.count(worked)
                    == run.count(|r| matches!(r, Record::Attempted { .. })))
        );
    }
}

#[test]
fn risk_scores_find_more_with_the_same_work() {
    // Of our goods one class in ten flights is worth altering.
    let class = |name: &str, rate: u32, critical: u32| {
        format!(
            r#""{name}": (route: "our-way", flights: Poisson(rate: PerDay({rate})), per_flight: 10, handled_by: "ours",
                sensitive: Percent(0), integrity_critical: Percent({critical})),"#
        )
    };
    let others = r#""their-goods": (route: "their-way", flights: Poisson(rate: PerDay(1)), per_flight: 1, handled_by: "theirs", integrity_critical: Percent(100)),"#;
    let traffic = format!("{{{}{}{others}}}", class("plain", 9, 0), class("critical", 1, 100));
    let plan = |method: &str| {
        let it = layer("Station(\"gate\")", "Alter", "covers: Percent(10)", method);
        let lab = Lab::new(200).with("traffic", traffic.clone()).campaign(ALTER, 0, NEVER);
        lab.with("layers", only(&it)).plan()
    };
    let evenly = plan("PerItem(catches: Percent(100), false_alarms: Percent(2))");
    let by_risk =
        plan("RiskBased(at_random: Percent(20), every: Days(7), catches: Percent(100), false_alarms: Percent(2))");
    let (evenly, by_risk) = (runs(&evenly, World::Real), runs(&by_risk, World::Real));
    let finds = |runs: &[Watch]| counts(runs, found).iter().sum::<f64>();
    assert!(finds(&by_risk) > 3.0 * finds(&evenly), "{} {}", finds(&by_risk), finds(&evenly));
    // 101 items a day, a tenth looked at. Of one that is altered the alarm is a find, of others it rings at one in fifty.
    let looks = |runs: &[Watch]| {
        let false_alarms = counts(runs, |r| rings(r, false));
        false_alarms.iter().zip(counts(runs, found)).map(|(alarms, finds)| alarms / 0.02 + finds).collect::<Vec<_>>()
    };
    near("looks by chance", &looks(&evenly), 200.0 * 101.0 * 0.1, 4.5);
    near("looks by risk", &looks(&by_risk), 200.0 * 101.0 * 0.1, 4.5);
}

#[test]
fn those_who_miss_a_test_learn_and_forget() {
    let tries = |lifts: u32, half: u32| {
        let it = layer(
            "Station(\"gate\")",
            "Alter",
            "covers: Percent(100)",
            "PerItem(catches: Percent(30), false_alarms: Percent(0))",
        );
        let method =
            format!("CovertTest(of: \"it\", tests: PerDay(4), lifts: Percent({lifts}), fades_half_in: Days({half}))");
        let test = layer("Station(\"gate\")", "Alter", "covers: Percent(100)", &method);
        Lab::new(120).campaign(ALTER, 0, NEVER).with("layers", format!(r#"{{"it": ({it}), "test": ({test})}}"#)).plan()
    };
    // Nothing is learnt, or everything at the first miss and for ever.
    near("no lesson", &share_found(&tries(0, 100)), 0.3, 4.5);
    let found = share_found(&tries(100, 60_000));
    assert!(found.iter().sum::<f64>() / 60.0 > 0.97, "{found:?}");
    // What is forgotten in a day is worth less than what is kept for a month.
    let mean = |half| share_found(&tries(40, half)).iter().sum::<f64>() / 60.0;
    let (short, long) = (mean(1), mean(30));
    assert!(0.35 < short && short + 0.1 < long, "{short} {long}");
    let tested = counts(&runs(&tries(0, 100), World::Innocent), |r| matches!(r, Record::Tested { .. }));
    near("tests", &tested, 480.0, 4.5);
}
