//! Layers one by one against the figures that their fields state.
//!
//! Means are compared by 4.5 standard errors of 60 runs: with new seeds a right program fails one comparison with chance
//! under 1 in 5,000. The seeds are fixed.

use airside::document::Folder;
use airside::measure::{Measure, Record};
use airside::model::{Method, Probability, World};
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{DoNothing, Engine, Scout};

use super::rig::{Lab, Watch, near, option, scenario_with, text_of, watch};

/// Two alterations a day from the first, and nothing else.
const ALTER: &str = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2))"#;
const NEVER: &str = "Fixed(Days(3000))";

fn layer(watches: &str, notices: &str, covers: u32, method: &str) -> String {
    format!(
        r#"{{"it": (watches: {watches}, notices: [{notices}], sees_purpose: false, covers: Percent({covers}), report_takes: Hours(1),
            method: {method}, cost: EuroPerYear(0))}}"#
    )
}

/// Flights of twenty, so that something can be picked from each.
fn flights_of_twenty(days: u32) -> Lab {
    let class = |name: &str, way: &str, by: &str| {
        format!(
            r#""{name}": (route: "{way}", flights: Poisson(rate: PerDay(3)), per_flight: 20, handled_by: "{by}",
                sensitive: Percent(100), integrity_critical: Percent(100)),"#
        )
    };
    let traffic = class("our-goods", "our-way", "ours") + &class("their-goods", "their-way", "theirs");
    Lab::new(days).with("traffic", format!("{{{traffic}}}"))
}

fn runs(plan: &Plan) -> Vec<Watch> {
    (1..=60).map(|seed| watch(plan, "", World::Real, seed)).collect()
}

fn counts(runs: &[Watch], is: impl Fn(&Record) -> bool) -> Vec<f64> {
    runs.iter().map(|run| run.count(&is) as f64).collect()
}

fn shares(runs: &[Watch], is: impl Fn(&Record) -> bool, of: impl Fn(&Record) -> bool) -> Vec<f64> {
    counts(runs, is).iter().zip(counts(runs, of)).map(|(some, all)| some / all).collect()
}

fn altered(r: &Record) -> bool {
    matches!(r, Record::Altered { .. })
}

fn found(r: &Record) -> bool {
    matches!(r, Record::Found { .. })
}

fn noticed(r: &Record) -> bool {
    matches!(r, Record::Noticed { .. })
}

#[test]
fn a_layer_that_opens_some_of_each_flight_finds_in_proportion() {
    let check = |covers, opens, expect: f64| {
        let method = format!("PerFlight(opens: {opens}, catches: Percent(80), false_alarms: Percent(0))");
        let lab = flights_of_twenty(150).campaign(ALTER, 0, NEVER);
        let lab = lab.with("layers", layer(r#"Station("gate")"#, "Alter", covers, &method));
        near(&method, &shares(&runs(&lab.plan()), found, altered), expect, 4.5);
    };
    check(100, 5, 5.0 / 20.0 * 0.8);
    check(50, 5, 0.5 * 5.0 / 20.0 * 0.8);
    // More than there are is all of them.
    check(100, 50, 0.8);
}

#[test]
fn what_is_opened_of_each_flight_rings_falsely_in_proportion() {
    let method = "PerFlight(opens: 5, catches: Percent(0), false_alarms: Percent(10))";
    let lab = flights_of_twenty(100).with("layers", layer(r#"Station("gate")"#, "Alter", 60, method));
    let plan = lab.plan();
    let alarms: Vec<f64> = (1..=60).map(|seed| watch(&plan, "", World::Innocent, seed).count(noticed) as f64).collect();
    // 3 flights a day of each of two operators, of which 60 % are opened, 5 items each.
    near("false alarms", &alarms, 100.0 * 6.0 * 0.6 * 5.0 * 0.1, 4.5);
}

/// The same closed forms where only touched goods are simulated.
#[test]
fn so_it_does_where_the_other_goods_are_not_simulated() {
    let method = "PerFlight(opens: 5, catches: Percent(80), false_alarms: Percent(10))";
    let lab = flights_of_twenty(150).campaign(ALTER, 0, NEVER);
    let plan = lab.with("layers", layer(r#"Station("gate")"#, "Alter", 60, method)).plan();
    let mut scout = Scout::new(&plan);
    Engine::new(&plan, option(&plan, ""), World::Innocent, Luck::new(1)).run(&mut DoNothing, &mut scout);
    let journeys = scout.journeys();
    let run = |seed| {
        let mut watch = Watch::new(&plan);
        let luck = Luck::new(seed);
        Engine::touching(&plan, &journeys, option(&plan, ""), World::Real, luck).run(&mut DoNothing, &mut watch);
        watch
    };
    let runs: Vec<Watch> = (1..=60).map(run).collect();
    near("finds", &shares(&runs, found, altered), 0.6 * 5.0 / 20.0 * 0.8, 4.5);
    let alarms = counts(&runs, |r| matches!(r, Record::Noticed { genuine: false, .. }));
    near("false alarms", &alarms, 150.0 * 6.0 * 0.6 * 5.0 * 0.1, 4.5);
}

#[test]
fn a_layer_that_opens_more_opens_the_same_ones_too() {
    let finds = |opens: u32, seed| {
        let method = format!("PerFlight(opens: {opens}, catches: Percent(100), false_alarms: Percent(0))");
        let lab = flights_of_twenty(60).campaign(ALTER, 0, NEVER);
        let plan = lab.with("layers", layer(r#"Station("gate")"#, "Alter", 100, &method)).plan();
        let records = watch(&plan, "", World::Real, seed).story.records;
        let item = |r: &Record| if let Record::Found { item, .. } = r { Some(*item) } else { None };
        records.iter().filter_map(|(_, r)| item(r)).collect::<Vec<_>>()
    };
    for seed in 1..=10 {
        let (few, many) = (finds(3, seed), finds(9, seed));
        assert!(!few.is_empty() && few.len() < many.len());
        assert!(few.iter().all(|item| many.contains(item)), "seed {seed}");
    }
}

#[test]
fn screeners_find_less_where_there_is_less_to_find() {
    let rates = |psi, prevalence| {
        let Method::PerItem { catches, false_alarms, .. } =
            Method::screening(2.0, 0.0, psi, Probability::percent(prevalence).unwrap())
        else {
            panic!("looks at items")
        };
        (catches.get(), false_alarms.get())
    };
    // d' = 2 without bias: H = Phi(1), F = Phi(-1).
    let (hit, alarm) = rates(0.0, 1.0);
    assert!((hit - 0.841_344_746).abs() < 1e-9 && (alarm - 0.158_655_254).abs() < 1e-9);
    // The ideal observer at 1 in 100: c = ln(99) / 2.
    let (hit, alarm) = rates(1.0, 1.0);
    assert!((hit - 0.097_219).abs() < 1e-6 && (alarm - 0.000_487_6).abs() < 1e-7, "{hit} {alarm}");
    let falls: Vec<f64> = [50.0, 10.0, 1.0, 0.1].iter().map(|prevalence| rates(0.5, *prevalence).0).collect();
    assert!(falls.windows(2).all(|pair| pair[0] > pair[1]), "{falls:?}");
}

#[test]
fn a_screener_in_the_hall_finds_with_the_chance_that_the_formula_gives() {
    let method = "Screening(d_prime: 2, criterion: 0, prevalence_effect: 0, prevalence: Percent(1))";
    let lab = Lab::new(150).campaign(ALTER, 0, NEVER);
    let lab = lab.with("layers", layer(r#"Station("gate")"#, "Alter", 50, method));
    near("found", &shares(&runs(&lab.plan()), found, altered), 0.5 * 0.841_345, 4.5);
}

#[test]
fn surprise_visits_come_at_their_rate() {
    let method = "SurpriseAudit(visits: PerYear(36.5), finds: Percent(50), false_findings: Percent(5))";
    let lab = Lab::new(1000).flights(1).campaign(ALTER, 0, NEVER);
    let runs = runs(&lab.with("layers", layer("AllOperators", "Alter", 80, method)).plan());
    near("findings at both", &counts(&runs, noticed), 100.0 * 0.4 + 100.0 * 0.05, 4.5);
}

#[test]
fn the_inspection_game_keeps_its_number_of_visits_and_hides_their_dates() {
    let method = "AuditGame(period: Days(30), periods: 12, visits: 3, finds: Percent(100), false_findings: Percent(0))";
    // The horizon lies behind the last visit's report and before the next period's end.
    let lab = Lab::new(3 * 360 + 1).flights(1).campaign(ALTER, 0, NEVER);
    let runs = runs(&lab.with("layers", layer(r#"Operator("ours")"#, "Alter", 100, method)).plan());
    let mut first = [0.0; 12];
    for run in &runs {
        let days = run.days_of(noticed);
        assert!(days.iter().all(|day| day % 30.0 == 0.0), "visits come at the end of periods");
        for cycle in 0..3 {
            let periods = days.iter().map(|day| (day / 30.0) as usize - 1).filter(|period| period / 12 == cycle);
            assert_eq!(periods.count(), 3);
        }
        first[(days[0] / 30.0) as usize - 1] += 1.0;
    }
    // In the first period of twelve with three visits: (1 + v(11,3)) / (2 + v(11,3) - v(11,2)).
    let (same, less) = (-120.0 / 232.0, -45.0 / 67.0);
    let chance = (1.0 + same) / (2.0 + same - less);
    let error = (chance * (1.0 - chance) / 60.0_f64).sqrt();
    assert!((first[0] / 60.0 - chance).abs() < 4.5 * error, "{} and {chance}", first[0] / 60.0);
    assert!(first.iter().filter(|n| **n > 0.0).count() > 3, "the date can be foreseen: {first:?}");
}

#[test]
fn staff_who_know_speak_up_and_each_member_may_err() {
    let method =
        "Whistleblower(who_know: 4, speaks_up: PerYear(3), protection: Percent(50), false_reports: PerYear(0.5))";
    let lab = Lab::new(730).flights(1).campaign(ALTER, 0, NEVER);
    let plan = lab.with("layers", layer("AllOperators", "Alter", 100, method)).plan();
    let runs = runs(&plan);
    let is = |genuine: bool| move |r: &Record| matches!(r, Record::Noticed { genuine: g, .. } if *g == genuine);
    // Four who know, half again as often; nine members of staff at each of two operators.
    near("true reports", &counts(&runs, is(true)), 2.0 * 4.0 * 3.0 * 1.5, 4.5);
    near("false reports", &counts(&runs, is(false)), 2.0 * 2.0 * 9.0 * 0.5, 4.5);
}

#[test]
fn intelligence_hears_more_of_a_campaign_that_does_more() {
    let method = "Intelligence(tips_at_full_activity: PerYear(20), false_tips: PerYear(4), reliable_if_true: Percent(70), reliable_if_false: Percent(20))";
    let check = |steps: &str, expect| {
        let lab = Lab::new(730).flights(1).campaign(steps, 0, NEVER);
        let lab = lab.with("layers", layer(r#"Operator("ours")"#, "Alter, MoveOut", 100, method));
        let tips = counts(&runs(&lab.plan()), |r| matches!(r, Record::Noticed { genuine: true, .. }));
        near(steps, &tips, expect, 4.5);
    };
    check(ALTER, 2.0 * 20.0);
    // Of the two steps that it could hear of, one never goes on.
    let one = format!(
        r#"{ALTER}, "read": (class: Collect, after: Start, takes: Days(1), succeeds: Percent(0)),
        "send": (class: MoveOut, after: AllOf(["read"]), takes: Days(1), repeats: PerYear(4))"#
    );
    check(&one, 2.0 * 10.0);
}

#[test]
fn a_consignee_finds_what_the_hub_has_missed() {
    let method = "PerItem(catches: Percent(50), false_alarms: Percent(1))";
    let lab = Lab::new(200).campaign(ALTER, 0, NEVER);
    let runs = runs(&lab.with("layers", layer("Delivered", "Alter", 60, method)).plan());
    let shipped = |r: &Record| matches!(r, Record::Shipped { .. });
    near("found on receipt", &shares(&runs, found, shipped), 0.6 * 0.5, 4.5);
    let false_alarms = counts(&runs, |r| matches!(r, Record::Noticed { genuine: false, .. }));
    near("false alarms", &false_alarms, (200.0 * 48.0 - 400.0) * 0.6 * 0.01, 4.5);
    for run in &runs {
        let outcome = run.outcome();
        let left = outcome.get(Measure::Shipped) - outcome.get(Measure::Found);
        assert_eq!(outcome.get(Measure::Latent), left, "what is found on receipt never acts");
    }
}

#[test]
fn the_market_reports_what_has_acted() {
    let method = "PerItem(catches: Percent(40), false_alarms: Percent(0))";
    let lab = Lab::new(200).campaign(ALTER, 0, "Fixed(Days(20))");
    let runs = runs(&lab.with("layers", layer("Acting", "Alter", 50, method)).plan());
    let acted = |r: &Record| matches!(r, Record::Acted { .. });
    near("reported", &shares(&runs, noticed, acted), 0.2, 4.5);
    assert!(runs.iter().all(|run| run.outcome().get(Measure::Found) == 0.0), "it is too late for that");
}

#[test]
fn a_flight_of_monthly_tonnes_holds_its_load_over_the_mean_weight() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/bay-gateway");
    let scenario = scenario_with(&text_of("bay-gateway/bay-gateway"), &Folder(folder.into()));
    let freighters = scenario.traffic.iter().find(|traffic| traffic.id == "freighters").unwrap();
    // 45 t over the mean of a lognormal with median 700 kg and 95th percentile 2,600 kg, 962.2 kg.
    let each = freighters.consignments_a_day() / freighters.flights_a_day();
    assert!((each - 46.77).abs() < 0.01, "{each}");
}
