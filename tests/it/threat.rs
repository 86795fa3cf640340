//! The threat loop against closed forms: demands, alterations, layers, the desk's belief, the ledger.
//!
//! Comparisons of means allow 4.5 standard errors of 40 runs or more: a right program fails one with chance under 1 in
//! 5,000 with new seeds. The seeds are fixed.

use airside::measure::{Measure, Record};
use airside::model::{Action, Line, Payer, ResponseKind, World};
use airside::plan::Plan;
use proptest::prelude::*;

use super::rig::{Lab, Watch, lakeside, near, plan, run, watch};

const RUNS: u64 = 60;

fn runs(plan: &Plan, world: World) -> Vec<Watch> {
    (1..=RUNS).map(|seed| watch(plan, "", world, seed)).collect()
}

/// In each run, how many records are such.
fn counts(runs: &[Watch], is: impl Fn(&Record) -> bool) -> Vec<f64> {
    runs.iter().map(|run| run.count(&is) as f64).collect()
}

fn layer(name: &str, watches: &str, covers: u32, method: &str) -> String {
    format!(
        r#""{name}": (watches: {watches}, notices: [Alter], sees_purpose: false, covers: Percent({covers}), report_takes: Hours(1),
            method: {method}, cost: EuroPerYear(0)),"#
    )
}

/// Two alterations a day from the first, and nothing else.
const ALTER: &str = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2))"#;
const NEVER: &str = "Fixed(Days(3000))";

#[test]
fn demands_come_as_a_poisson_process() {
    // Nobody complies, so that demands go on: six a year for a thousand days.
    let law =
        r#"(staff: 9, helps_auditors: Percent(100), law: Applies(demands: PerYear(6), complied_with: Percent(0)))"#;
    let lab = Lab::new(1000)
        .flights(1)
        .campaign(r#""order": (class: Compel, after: Start, takes: Days(1))"#, 0, NEVER)
        .with("operators", format!(r#"{{"ours": {law}, "theirs": {law}}}"#));
    let runs = runs(&lab.plan(), World::Real);
    let demands = counts(&runs, |r| matches!(r, Record::Demanded { complied: false, .. }));
    let expect = 6.0 * 1000.0 / 365.0;
    near("demands", &demands, expect, 4.5);
    // The index of dispersion of a Poisson count is 1, with standard error sqrt(2 / (n - 1)).
    let mean = demands.iter().sum::<f64>() / demands.len() as f64;
    let variance = demands.iter().map(|n| (n - mean) * (n - mean)).sum::<f64>() / (demands.len() - 1) as f64;
    let error = (2.0 / (demands.len() - 1) as f64).sqrt();
    assert!((variance / mean - 1.0).abs() < 4.5 * error, "dispersion {}", variance / mean);
}

#[test]
fn the_first_complied_demand_comes_after_an_exponential_time() {
    // Six demands a year, half of them complied with: three a year, and the watch is long enough not to cut it.
    let lab = Lab::new(4000).flights(1).campaign(r#""order": (class: Compel, after: Start, takes: Days(1))"#, 0, NEVER);
    let first: Vec<f64> = runs(&lab.plan(), World::Real)
        .iter()
        .map(|run| run.days_of(|r| matches!(r, Record::Demanded { complied: true, .. }))[0])
        .collect();
    near("first complied demand", &first, 365.0 / 3.0, 4.5);
}

#[test]
fn a_layer_finds_its_share_of_altered_items() {
    let seals = layer("seals", r#"Station("gate")"#, 60, "PerItem(catches: Percent(50), false_alarms: Percent(0))");
    let lab = Lab::new(200).campaign(ALTER, 0, NEVER).with("layers", format!("{{{seals}}}"));
    let runs = runs(&lab.plan(), World::Real);
    let altered = counts(&runs, |r| matches!(r, Record::Altered { .. }));
    let found = counts(&runs, |r| matches!(r, Record::Found { .. }));
    near("alterations", &altered, 2.0 * 200.0, 4.5);
    let shares: Vec<f64> = altered.iter().zip(&found).map(|(n, found)| found / n).collect();
    near("share found", &shares, 0.6 * 0.5, 4.5);
    for run in &runs {
        let (outcome, all) = (run.outcome(), run.count(|r| matches!(r, Record::Altered { .. })) as f64);
        let shipped = outcome.get(Measure::Shipped);
        // One may be on its way at the horizon.
        assert!((0.0..=1.0).contains(&(all - shipped - outcome.get(Measure::Found))));
        assert_eq!(outcome.get(Measure::Latent), shipped, "none has acted");
    }
}

/// Of items that pass two layers: the shares that the first finds and that neither does.
fn missed(group: &str) -> (Vec<f64>, Vec<f64>) {
    let method = "PerItem(catches: Percent(50), false_alarms: Percent(0))";
    let layers = layer("first", r#"Station("bench")"#, 80, method) + &layer("second", r#"Station("gate")"#, 60, method);
    let lab = Lab::new(200)
        .campaign(ALTER, 0, NEVER)
        .with("layers", format!("{{{layers}}}"))
        .with("fail_together", format!("[{group}]"));
    let plan = lab.plan();
    let first = plan.scenario.layers.iter().position(|l| l.id == "first").unwrap();
    let runs = runs(&plan, World::Real);
    let by_first = |r: &Record| matches!(r, Record::Found { by: Some(by), .. } if by.index() == first);
    let of = |n: Vec<f64>| {
        n.iter().zip(&runs).map(|(n, run)| n / run.count(|r| matches!(r, Record::Altered { .. })) as f64).collect()
    };
    (of(counts(&runs, by_first)), of(counts(&runs, |r| matches!(r, Record::Shipped { .. }))))
}

#[test]
fn layers_with_a_common_cause_miss_together_more_often() {
    let (first, neither) = missed("");
    near("apart: the first finds", &first, 0.4, 4.5);
    near("apart: both miss", &neither, 0.6 * 0.7, 4.5);
    let (first, neither) = missed(r#"(layers: ["first", "second"], share: Percent(50))"#);
    near("together: the first finds as often as before", &first, 0.4, 4.5);
    // docs/method.md: share * min m + (1 - share) * product m.
    near("together: both miss", &neither, 0.5 * 0.6 + 0.5 * 0.6 * 0.7, 4.5);
}

/// A. B. Clarke and others: what a Poisson stream of rate r leaves latent is r times the integral of 1 - G.
fn check_latent(acts: &str, expect: f64, exact: bool) {
    let plan = Lab::new(400).campaign(ALTER, 0, acts).plan();
    let latent: Vec<f64> = (1..=RUNS).map(|seed| run(&plan, "", World::Real, seed).0.get(Measure::Latent)).collect();
    near(acts, &latent, expect, 4.5);
    assert!(!exact || latent.iter().all(|n| n.fract() == 0.0));
}

#[test]
fn latent_goods_are_a_queue_with_servers_for_all() {
    check_latent("Fixed(Days(30))", 60.0, true);
    check_latent("Exponential(mean: Days(30))", 60.0, false);
    check_latent("Weibull(mean: Days(20), shape: 2)", 40.0, false);
}

#[test]
fn an_informant_speaks_at_the_true_rate_under_misuse_and_at_the_false_one_without() {
    let tip = layer("tip", "AllOperators", 50, "Tip(true_reports: PerYear(30), false_reports: PerYear(6))");
    let plan = Lab::new(730).flights(2).campaign(ALTER, 0, NEVER).with("layers", format!("{{{tip}}}")).plan();
    let runs = runs(&plan, World::Real);
    let about = |id: &str, genuine: Option<bool>| {
        let operator = plan.scenario.operators.iter().position(|o| o.id == id).unwrap();
        counts(
            &runs,
            |r| matches!(r, Record::Noticed { operator: o, genuine: g, .. } if o.index() == operator && genuine.is_none_or(|is| is == *g)),
        )
    };
    // r0 + covers (r1 - r0) = 6 + 0.5 * 24 = 18 a year, 6 of them with nothing behind them.
    near("about the misused one", &about("ours", None), 2.0 * 18.0, 4.5);
    near("and rightly", &about("ours", Some(true)), 2.0 * 12.0, 4.5);
    near("about the other", &about("theirs", None), 2.0 * 6.0, 4.5);
    assert!(about("theirs", Some(true)).iter().all(|n| *n == 0.0));
}

#[test]
fn audits_come_at_their_interval_and_find_with_their_chance() {
    let audit = layer(
        "audit",
        "AllOperators",
        80,
        "Audit(every: Days(10), announced: false, finds: Percent(50), false_findings: Percent(5))",
    );
    let plan = Lab::new(1000).flights(1).campaign(ALTER, 0, NEVER).with("layers", format!("{{{audit}}}")).plan();
    let runs = runs(&plan, World::Real);
    let findings = counts(&runs, |r| matches!(r, Record::Noticed { .. }));
    near("findings at both operators", &findings, 100.0 * 0.4 + 100.0 * 0.05, 4.5);
    for run in &runs {
        for operator in 0..2 {
            let days = run.days_of(|r| matches!(r, Record::Noticed { operator: o, .. } if o.index() == operator));
            let phase = days[0] % 10.0;
            assert!(days.iter().all(|day| (day % 10.0 - phase).abs() < 1e-6), "always on the same day of ten");
        }
    }
}

/// docs/method.md: X fades by half in so many days, a day's silence weighs -(r1 - r0)/365, a report ln(r1 / r0).
#[test]
fn belief_after_the_first_reports_is_what_the_formula_says() {
    let tip = layer("tip", "AllOperators", 100, "Tip(true_reports: PerYear(20), false_reports: PerYear(4))");
    let desk = r#"(analysts: 1, believes_at_start: Percent(5), if_misused_expects: {Alter: PerYear(10)}, forgets_half_in: Days(90),
        watches_at: Percent(98), investigates_at: Percent(98.5), acts_at: Percent(99),
        stages: [(name: "look", takes: Fixed(Days(1)), finds_link: Percent(5))], cost: EuroPerYear(0))"#;
    let plan = Lab::new(365)
        .flights(1)
        .campaign(ALTER, 0, NEVER)
        .with("layers", format!("{{{tip}}}"))
        .with("desk", desk)
        .plan();
    let mut compared = 0;
    for seed in 1..=10 {
        let seen = watch(&plan, "", World::Real, seed);
        let mut learnt = [0.0f64; 2];
        let mut days = 0;
        for (at, record) in seen.records() {
            let Record::Reported { operator, belief, .. } = record else { continue };
            while days < at.day() {
                for x in &mut learnt {
                    *x = *x * libm::exp2(-1.0 / 90.0) - 16.0 / 365.0;
                }
                days += 1;
            }
            let x = &mut learnt[operator.index()];
            *x += libm::log(20.0 / 4.0);
            let expect = 1.0 / (1.0 + libm::exp(-(libm::log(0.05 / 0.95) + *x)));
            assert!((belief - expect).abs() < 1e-9, "seed {seed}, day {}: {belief} and {expect}", at.day());
            compared += 1;
        }
    }
    assert!(compared > 100);
}

#[test]
fn each_response_is_charged_when_it_is_taken() {
    let plan = plan(lakeside(365));
    let price = |kind: ResponseKind| plan.scenario.costs.responses[kind as usize].as_euro();
    assert!(price(ResponseKind::Investigate) > 0.0 && price(ResponseKind::Watch) == 0.0);
    let mut charged = 0;
    for seed in 1..=100 {
        let seen = watch(&plan, "look-and-limit", World::Real, seed);
        let taken: Vec<f64> = seen
            .records()
            .iter()
            .filter_map(|(_, record)| match record {
                Record::Took { action: Action::Respond { response, .. }, .. } => Some(price(response.kind())),
                _ => None,
            })
            .collect();
        assert_eq!(seen.outcome().get(Measure::CostOn(Line::Responses)), taken.iter().sum::<f64>(), "seed {seed}");
        charged += usize::from(!taken.is_empty());
    }
    assert!(charged >= 3, "{charged} of 100 runs respond");
}

#[test]
fn a_step_waits_for_what_it_comes_after() {
    let plan = plan(lakeside(365));
    let steps = &plan.scenario.campaign.as_ref().unwrap().steps;
    let nth = |id: &str| steps.iter().position(|s| s.id == id).unwrap();
    let (read, pass_on, tamper, tidy) = (nth("read"), nth("pass-on"), nth("tamper"), nth("tidy-up"));
    let mut seen_any = [0; 4];
    for seed in 1..=30 {
        let seen = watch(&plan, "as-today", World::Real, seed);
        let first = |step: usize| {
            let is = |r: &Record| matches!(r, Record::Attempted { step: s, worked: true, .. } if s.index() == step);
            seen.days_of(is).first().copied()
        };
        let tried = |step: usize| {
            seen.days_of(|r| matches!(r, Record::Attempted { step: s, .. } if s.index() == step)).first().copied()
        };
        let entry = [first(nth("demand")), first(nth("win-over"))].into_iter().flatten().fold(f64::INFINITY, f64::min);
        for (kind, step, after) in [
            (0, read, entry),
            (1, pass_on, first(read).unwrap_or(f64::INFINITY)),
            (2, tamper, entry),
            (3, tidy, first(tamper).unwrap_or(f64::INFINITY)),
        ] {
            if let Some(day) = tried(step) {
                assert!(
                    day >= after,
                    "seed {seed}: {} on day {day}, and what it waits for on day {after}",
                    steps[step].id
                );
                seen_any[kind] += 1;
            }
        }
    }
    assert!(seen_any.iter().all(|n| *n >= 5), "{seen_any:?}");
}

#[test]
fn a_safeguard_that_shows_fewer_fields_lowers_what_is_known_and_never_raises_it() {
    let plan = plan(lakeside(365));
    let share = |option, seed| run(&plan, option, World::Real, seed).0.get(Measure::CatalogueShare);
    let mut lowered = 0;
    for seed in 1..=30 {
        // `look` and `look-and-limit` differ in `fewer-fields` and in what they do late; the first month's records count
        // alike, so that less is known wherever anything is.
        let (without, with) = (share("as-today", seed), share("look-and-limit", seed));
        assert!(with <= without + 1e-12, "seed {seed}: {with} over {without}");
        lowered += u32::from(with < without);
    }
    assert!(lowered >= 5, "{lowered} of 30");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// What everything costs is what its lines cost, and what its payers pay, to the cent.
    #[test]
    fn the_ledger_adds_up(seed: u64, option in 0usize..4, world in 0usize..3) {
        let plan = plan(lakeside(300));
        let name = plan.scenario.options[option].id.clone();
        let outcome = run(&plan, &name, World::ALL[world], seed).0;
        let total = outcome.get(Measure::CostTotal);
        let of = |is: &dyn Fn(&Measure) -> bool| Measure::all().filter(|m| is(m)).map(|m| outcome.get(m)).sum::<f64>();
        prop_assert!((of(&|m| matches!(m, Measure::CostOn(_))) - total).abs() < 0.005);
        prop_assert!((of(&|m| matches!(m, Measure::CostOf(_))) - total).abs() < 0.005);
        prop_assert!(outcome.get(Measure::CostOn(Line::Desk)) > 0.0 && outcome.get(Measure::CostOf(Payer::State)) > 0.0);
        let goods = outcome.get(Measure::Shipped) - outcome.get(Measure::Activated) - outcome.get(Measure::Latent);
        // Of what went out unnoticed the rest was found by a recall.
        prop_assert!(goods >= 0.0 && outcome.get(Measure::Harm) == outcome.get(Measure::Activated));
    }

    /// Under the same luck a layer that covers more finds every item that it found before.
    #[test]
    fn more_coverage_never_finds_fewer(seed: u64, less in 5u32..60, more in 1u32..40) {
        let found = |covers| {
            let seals = layer("seals", r#"Station("gate")"#, covers, "PerItem(catches: Percent(50), false_alarms: Percent(0))");
            let plan = Lab::new(60).campaign(ALTER, 0, NEVER).with("layers", format!("{{{seals}}}")).plan();
            let records = watch(&plan, "", World::Real, seed).story.records;
            records.iter().filter_map(|(_, r)| if let Record::Found { item, .. } = r { Some(*item) } else { None }).collect::<Vec<_>>()
        };
        let (few, many) = (found(less), found(less + more));
        prop_assert!(few.iter().all(|item| many.contains(item)));
    }
}
