//! Every measure is explained to the last unit, and explaining changes nothing.

use std::path::Path;

use airside::document::Folder;
use airside::measure::{
    Account, Amount, DeskEvent, Explanation, Faulty, Link, Measure, Outcome, Part, Record, Story, Tally,
};
use airside::model::{Scenario, World};
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Rules};
use airside::time::SimDuration;

use assert_cmd::Command;
use serde_json::Value;

use super::rig::{Lab, option, plan, run, scenario_with, text_of};

fn shipped(name: &str) -> Scenario {
    let folder = format!("{}/scenarios/{}", env!("CARGO_MANIFEST_DIR"), name.split('/').next().unwrap());
    scenario_with(&text_of(name), &Folder(folder.into()))
}

/// A run that is watched by those who explain and those who do not.
#[track_caller]
fn explained(plan: &Plan, name: &str, world: World, seed: u64) -> (Outcome, Story, Explanation) {
    let option = option(plan, name);
    let mut seen = (Tally::new(plan), (Story::default(), Account::new(plan, world)));
    let mut policy = Rules::new(&plan.scenario.options[option.index()]);
    Engine::new(plan, option, world, Luck::new(seed)).run(&mut policy, &mut seen);
    let (tally, (story, account)) = seen;
    (tally.outcome(), story, account.explain())
}

/// Terms lead to what was reported, and the run is the one that nobody explains.
#[track_caller]
fn check(name: &str, most_days: u64, seeds: std::ops::RangeInclusive<u64>) {
    let mut scenario = shipped(name);
    scenario.calendar.horizon = scenario.calendar.horizon.min(SimDuration::from_days(most_days));
    let plan = plan(scenario);
    for option in &plan.scenario.options {
        for world in World::ALL {
            for seed in seeds.clone() {
                let what = format!("{name} {} {world:?} {seed}", option.id);
                let (outcome, story, explanation) = explained(&plan, &option.id, world, seed);
                assert_eq!(explanation.faults(&outcome), [], "{what}");
                let (plain, told) = run(&plan, &option.id, world, seed);
                assert_eq!(format!("{outcome:?}"), format!("{plain:?}"), "{what}");
                assert_eq!(format!("{story:?}"), format!("{told:?}"), "{what}");
            }
        }
    }
}

#[test]
fn bay_gateway_is_explained_to_the_last_unit() {
    check("bay-gateway/bay-gateway", 60, 1..=2);
}

#[test]
fn hub10_is_explained_to_the_last_unit() {
    check("bench/hub10", 5, 1..=2);
}

#[test]
fn eastmarch_is_explained_to_the_last_unit() {
    check("eastmarch/eastmarch", 60, 1..=2);
}

#[test]
fn lakeside_is_explained_to_the_last_unit() {
    check("lakeside/lakeside", 365, 1..=6);
}

#[test]
fn starter_is_explained_to_the_last_unit() {
    check("starter/starter", 365, 1..=4);
}

/// A campaign with all that campaigns can do, and layers and a desk that answer.
fn busy(days: u32) -> Lab {
    let class = |name: &str, way: &str, by: &str| {
        format!(
            r#""{name}": (route: "{way}", flights: Poisson(rate: PerDay(12)), per_flight: 3, handled_by: "{by}",
                sensitive: Percent(60), integrity_critical: Percent(50), criticality: 1.7, downstream_check: Percent(30),
                shippers: Zipf(businesses: 90, exponent: 1.0)),"#
        )
    };
    let traffic = class("our-goods", "our-way", "ours") + &class("their-goods", "their-way", "theirs");
    let system = |name: &str, by: &str, at: &str, fields: &str, more: &str| {
        format!(
            r#""{name}": (operator: "{by}", written_at: ["{at}"], fields: [{fields}], keeps: Days(30),
                value_halves_in: Days(90), held_elsewhere: Percent(20), one_record_tells: Percent(30), logged: Percent(50){more}),"#
        )
    };
    let systems = system("book", "ours", "bench", "Parties, Timing", r#", adds_with: {"list": Percent(50)}"#)
        + &system("list", "ours", "gate", "Contents", "")
        + &system("file", "theirs", "shelf", "Parties, Contents", "");
    let layer = |watches: &str, notices: &str, method: &str| {
        format!(
            "(watches: {watches}, notices: [{notices}], sees_purpose: true, covers: Percent(80), \
             report_takes: Hours(6), method: {method}, cost: EuroPerYear(1234.56), paid_by: Operators)"
        )
    };
    let layers = format!(
        r#"{{"seal-check": {}, "opening": {}, "log-watch": {}, "tips": {}, "walk": {}}}"#,
        layer(r#"Station("gate")"#, "Alter", "PerItem(catches: Percent(20), false_alarms: Percent(0.3))"),
        layer("Delivered", "Alter", "PerFlight(opens: 1, catches: Percent(40), false_alarms: Percent(0.2))"),
        layer("AllOperators", "Collect", "Monitor(alarms_if_misused: PerYear(20), false_alarms: PerYear(2))"),
        layer("AllOperators", "Collect", "Tip(true_reports: PerYear(20), false_reports: PerYear(2))"),
        layer(
            "AllOperators",
            "Alter",
            "Audit(every: Days(40), announced: true, finds: Percent(30), false_findings: Percent(2))"
        ),
    );
    let steps = r#"
        "order": (class: Compel, after: Start, takes: Days(2)),
        "win": (class: Recruit, after: Start, takes: Days(5), repeats: PerMonth(4)),
        "copy": (class: Collect, after: AnyOf(["order", "win"]), takes: Days(1), repeats: PerDay(0.3)),
        "read": (class: Collect, after: Start, takes: Hours(1), repeats: PerDay(0.5), enters: "hall"),
        "send": (class: MoveOut, after: Start, takes: Hours(1), repeats: PerDay(0.3)),
        "alter": (class: Alter, after: AnyOf(["order", "win"]), takes: Hours(1), repeats: PerDay(0.5)),
        "call": (class: Trigger, after: AllOf(["alter"]), takes: Hours(1), repeats: PerMonth(1), sets_off: Percent(40)),
        "use": (class: Exploit, after: AllOf(["send"]), takes: Days(1), repeats: PerMonth(1), consignors_lose: Euro(1_000_000)),"#;
    let campaign = format!(
        "Campaign(uses: \"ours\", elsewhere: \"theirs\", starts: Days(3), pauses_after_alert: Percent(20),
            after_alert: (changes_operator: Percent(60), slows: Percent(10)), pause_lasts: Days(10),
            goals: (catalogue: Percent(40), alter: Percent(40), exploit: Percent(20)),
            steps: {{{steps}}}, altered_goods_act_after: Exponential(mean: Days(60)))"
    );
    let stage = |name: &str| {
        format!(r#"(name: "{name}", takes: Fixed(Days(4)), finds_link: Percent(40), false_link: Percent(25))"#)
    };
    let desk = format!(
        "(analysts: 1, each_signal_takes: Fixed(Hours(2)), believes_at_start: Percent(10), if_misused_expects: {{Alter: PerYear(50), Collect: PerYear(50)}},
            forgets_half_in: Days(100), watches_at: Percent(12), investigates_at: Percent(15), acts_at: Percent(16),
            stages: [{}, {}], recall: (finds: PerYear(20), traceable: Percent(70)), cost: EuroPerYear(99_999.99))",
        stage("look"),
        stage("ask")
    );
    let option = r#"{"act": (safeguards: ["lock"], response: [
        (when: Belief(AtLeast(Percent(15))), then: Investigate),
        (when: Belief(AtLeast(Percent(15))), then: RestrictAccess(Percent(30))),
        (when: AllOf([LinkFound, Belief(AtLeast(Percent(60)))]), then: Recall),
        (when: AllOf([LinkFound, Belief(AtLeast(Percent(90)))]), then: Suspend)])}"#;
    let safeguard = r#"{"lock": Own(does: [GuardGoods(by: Percent(10)), Minimise(system: "book", by: Percent(10)),
        Slow(station: "bench", by: Seconds(20))], aimed_at: Everyone, severity: Percent(3), paid_by: Hub, once: Euro(3333.33),
        yearly: EuroPerYear(777.77), ready_after: Days(9), legal: Contract, ids: []}"#;
    let safeguard = safeguard.replace("ids: []}", "ids: [])}");
    let stations = r#"{
        "dock":  (zone: "apron", job: Unload, staff: Always(50), takes: Fixed(Minutes(1))),
        "bench": (zone: "hall",  job: Sort,   staff: Always(1), takes: Exponential(mean: Minutes(20))),
        "shelf": (zone: "annex", job: Sort,   staff: Always(1), takes: Exponential(mean: Minutes(20))),
        "gate":  (zone: "apron", job: Load,   staff: Always(50), takes: Fixed(Minutes(1))),
    }"#;
    Lab::new(days)
        .with("stations", stations)
        .with("traffic", format!("{{{traffic}}}"))
        .with("information", format!("{{{systems}}}"))
        .with("layers", layers)
        .with("campaign", campaign)
        .with("desk", desk)
        .with("safeguards", safeguard)
        .with("options", option)
        .with(
            "costs",
            "(delay: EuroPerHour(3.33), false_alarm: Euro(12.34), diverted: Euro(5.67), harm: Euro(1000.01), \
             responses: {Investigate: Euro(100.1), RestrictAccess: Euro(10.01), Recall: Euro(55.55)})",
        )
}

#[test]
fn a_campaign_that_does_everything_is_explained_to_the_last_unit() {
    let plan = busy(150).plan();
    let (mut moved_on, mut triggered, mut together, mut met) = (0, 0, 0, vec![false; Measure::COUNT]);
    for world in World::ALL {
        for seed in 1..=12 {
            let (outcome, story, explanation) = explained(&plan, "act", world, seed);
            assert_eq!(explanation.faults(&outcome), [], "{world:?} {seed}");
            for (met, measure) in met.iter_mut().zip(Measure::all()) {
                *met |= !explanation.of(measure).terms.is_empty();
            }
            moved_on += story.records.iter().filter(|(_, r)| matches!(r, Record::MovedOn { .. })).count();
            let links = explanation.items.iter().flat_map(|chain| &chain.links);
            triggered += links.filter(|(_, link)| *link == Link::Triggered).count();
            let terms = &explanation.of(Measure::CatalogueShare).terms;
            together += terms.iter().filter(|term| matches!(term.under, Some(Part::Together(..)))).count();
        }
    }
    let never: Vec<&str> = Measure::all().zip(&met).filter(|(_, met)| !**met).map(|(m, _)| m.id()).collect();
    assert!(never.is_empty(), "no terms of {never:?}");
    assert!(moved_on > 0 && triggered > 0 && together > 0, "{moved_on} {triggered} {together}");
}

#[test]
fn a_term_that_is_off_by_little_is_found() {
    let plan = busy(150).plan();
    let mut tried = Vec::new();
    for (world, seed) in World::ALL.into_iter().flat_map(|world| (1..=8).map(move |seed| (world, seed))) {
        let (outcome, _, explanation) = explained(&plan, "act", world, seed);
        for measure in Measure::all().filter(|m| !explanation.of(*m).terms.is_empty()) {
            // Whether there is any, and a mean to the whole millisecond, do not change with every unit.
            let more = match measure {
                Measure::Attributed | Measure::WronglyAttributed | Measure::DetectedByTip => {
                    -(explanation.of(measure).terms.len() as i64)
                }
                Measure::MeanSojourn => outcome.sojourns as i64,
                _ => 1,
            };
            let mut off = explanation.clone();
            let amount = &mut off.measures[measure.index()].terms[0].amount;
            *amount = match *amount {
                Amount::Whole(n) => Amount::Whole(n + more),
                Amount::Real(x) => Amount::Real(x * (1.0 + 1e-12)),
            };
            let faults = off.faults(&outcome);
            let found = faults.iter().any(|fault| fault.of == Faulty::Measure(measure));
            assert!(found, "{} with {:?}", measure.id(), explanation.of(measure).terms[0]);
            tried.push(measure);
        }
        let mut off = explanation.clone();
        off.desk[0].balance.learnt += 0.1;
        let found = off.faults(&outcome).iter().any(|fault| matches!(fault.of, Faulty::Belief(_)));
        assert!(found, "a belief of {}", off.beliefs[0]);
    }
    let never: Vec<&str> = Measure::all().filter(|m| !tried.contains(m)).map(Measure::id).collect();
    assert!(never.is_empty(), "no terms were tried of {never:?}");
}

/// Log odds of the belief at the end against prior and evidence. Beliefs are kept as numbers between 0 and 1, which costs
/// some digits near 1: a millionth of a nat is allowed.
#[test]
fn prior_and_evidence_add_up_to_the_belief_at_the_end() {
    let plan = busy(150).plan();
    let (mut signals, mut links) = (0, 0);
    for seed in 1..=5 {
        for world in World::ALL {
            let (_, _, explanation) = explained(&plan, "act", world, seed);
            for (account, belief) in explanation.desk.iter().zip(&explanation.beliefs) {
                let evidence: f64 = account.balance.evidence.values().map(|(_, nats)| nats).sum();
                let odds = libm::log(belief / (1.0 - belief));
                let error = account.balance.prior + evidence - odds;
                assert!(error.abs() < 1e-6, "{world:?} {seed} {}: {error}", account.operator);
                for (_, event) in &account.events {
                    signals += u32::from(matches!(event, DeskEvent::Signal { .. }));
                    links += u32::from(matches!(event, DeskEvent::Stage { link: true, .. }));
                }
            }
        }
    }
    assert!(signals > 100 && links > 0, "{signals} signals and {links} links");
}

#[test]
fn what_counts_as_evidence_of_a_naming_is_what_had_happened_by_then() {
    let plan = busy(150).plan();
    let mut namings = 0;
    for seed in 1..=8 {
        let (outcome, _, explanation) = explained(&plan, "act", World::Real, seed);
        let named = explanation.desk.iter().filter_map(|account| Some((account, account.naming.as_ref()?)));
        for (account, naming) in named {
            let (at, last) = account.events[naming.events - 1];
            assert_eq!((at, last), (naming.at, DeskEvent::Named(naming.rightly)));
            let acts_at = plan.scenario.desk.as_ref().unwrap().acts_at.get();
            assert!(naming.balance.belief() >= acts_at - 1e-9, "the desk names at {acts_at}");
            let link = |(_, event): &(_, DeskEvent)| matches!(event, DeskEvent::Stage { link: true, .. });
            assert!(account.events[..naming.events].iter().any(link), "nobody is named without a link");
            if naming.rightly {
                assert!(outcome.get(Measure::AttributionDay) <= naming.at.days());
            }
            namings += 1;
        }
    }
    assert!(namings > 0);
}

/// Goods of one consignment a flight that a system records, a seal check looks at and a shipper waits for.
fn pallets() -> Lab {
    let step = r#""tamper": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(1))"#;
    let layer = |watches: &str, catches: u32| {
        format!(
            "(watches: {watches}, notices: [Alter], sees_purpose: false, covers: Percent(100), report_takes: Hours(1), \
             method: PerItem(catches: Percent({catches}), false_alarms: Percent(0)), cost: EuroPerYear(0))"
        )
    };
    let layers = format!(
        r#"{{"seal-check": {}, "opening": {}}}"#,
        layer(r#"Station("bench")"#, 30),
        layer(r#"Station("gate")"#, 30)
    );
    Lab::new(20).campaign(step, 0, "Fixed(Days(9))").with("layers", layers).with(
        "information",
        r#"{"book": (operator: "ours", written_at: ["bench"], fields: [Parties], keeps: Days(60),
            value_halves_in: Days(100), held_elsewhere: Percent(0))}"#,
    )
}

#[test]
fn a_pallet_is_followed_from_its_arrival_to_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("lab.scenario.ron"), pallets().text()).unwrap();
    let said = explain(folder.path(), &["lab.scenario.ron", "--seed", "3", "--measure", "altered"]);
    let from = said.find("  item 6 (").unwrap();
    let to = said.find("  item 8 (").unwrap();
    assert_eq!(&said[from..to], PALLETS);
    assert!(said.contains("goods altered: 24 consignments (altered, 24 terms)"), "{said}");
    assert!(said.contains("item 23 (consignment 1 of our-goods flight 459)"), "{said}");
}

const PALLETS: &str = "  \
  item 6 (consignment 1 of our-goods flight 129): arrived on day 5, altered,
    recorded by book, missed by seal-check and opening, delivered, active on day
    14
    day 5 03:17     its flight arrives
    day 5 03:18     done at dock; altered (step tamper, class Alter, ready on
                    day 5)
    day 5 03:19     recorded by book at bench; missed by seal-check (chance to
                    catch 30%); done at bench
    day 5 03:20     missed by opening (chance to catch 30%); done at gate;
                    leaves the hub unnoticed; would act on day 14
    day 14 03:20    acts
  item 7 (consignment 1 of our-goods flight 133): arrived on day 5, altered,
    recorded by book, missed by seal-check, found by opening on day 5
    day 5 05:05     its flight arrives
    day 5 05:06     done at dock; altered (step tamper, class Alter, ready on
                    day 5)
    day 5 05:07     recorded by book at bench; missed by seal-check (chance to
                    catch 30%); done at bench
    day 5 05:08     caught by opening (chance to catch 30%); done at gate
";

/// What the verb says on standard output.
#[track_caller]
fn explain(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_airside"));
    let done = command.arg("explain").args(args).arg("--quiet").current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

const LAKESIDE: &str = "scenarios/lakeside/lakeside.scenario.ron";

#[test]
fn the_text_fits_into_eighty_columns_and_names_every_measure_that_applies() {
    for args in [
        vec![LAKESIDE, "--seed", "3", "--option", "look-and-limit"],
        vec![LAKESIDE, "--seed", "3", "--option", "look-and-limit", "--measure", "attributed"],
        vec![LAKESIDE, "--seed", "1", "--option", "expel-now", "--world", "innocent", "--measure", "burden"],
    ] {
        let said = explain(root(), &args);
        let long: Vec<&str> = said.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{long:#?}");
        assert!(said.contains("to the last unit"), "{said}");
        if args.len() == 5 {
            // Nobody at Lakeside's desk needs time for a signal.
            for measure in Measure::all().filter(|m| *m != Measure::FalseAlarmHours) {
                assert!(said.contains(&format!("({}", measure.id())), "{}\n{said}", measure.id());
            }
        }
    }
}

#[test]
fn the_json_is_whole_and_says_what_a_run_says() {
    let args = [LAKESIDE, "--seed", "4", "--option", "look"];
    let told: Value = serde_json::from_str(&explain(root(), &[&args[..], &["--format", "json"]].concat())).unwrap();
    let out = tempfile::tempdir().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_airside"));
    run.arg("run").args(args).args(["--format", "json", "--quiet", "--out"]).arg(out.path());
    let done = run.current_dir(root()).output().unwrap();
    let ran: Value = serde_json::from_slice(&done.stdout).unwrap();
    let measures = told["measures"].as_array().unwrap();
    assert_eq!(measures.len(), Measure::COUNT);
    for measure in measures {
        assert_eq!(measure["value"], ran[measure["id"].as_str().unwrap()], "{}", measure["id"]);
        let amounts = measure["terms"].as_array().unwrap().iter().map(|term| &term["amount"]);
        if let Some(sum) = measure["sum"].as_i64() {
            assert_eq!(amounts.map(|a| a.as_i64().unwrap()).sum::<i64>(), sum, "{}", measure["id"]);
        } else {
            let sum = amounts.fold(0.0, |sum, a| sum + a.as_f64().unwrap());
            assert_eq!(sum, measure["sum"].as_f64().unwrap(), "{}", measure["id"]);
        }
    }
    for part in ["altered_goods", "desk"] {
        assert!(!told[part].as_array().unwrap().is_empty(), "{part}");
    }
    assert!(!told["known"]["events"].as_array().unwrap().is_empty());
}

#[test]
fn a_replication_is_the_row_of_the_table() {
    let out = tempfile::tempdir().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_airside"));
    run.args(["run", LAKESIDE, "--seed", "9", "--replications", "3", "--quiet", "--out"]).arg(out.path());
    run.current_dir(root()).assert().success();
    let table = std::fs::read_to_string(out.path().join("replications.csv")).unwrap();
    let mut rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let (head, row) = (rows.next().unwrap(), rows.find(|row| row[2] == "2").unwrap());
    let args = [LAKESIDE, "--seed", "9", "--replication", "2", "--format", "json"];
    let told: Value = serde_json::from_str(&explain(root(), &args)).unwrap();
    for measure in told["measures"].as_array().unwrap() {
        let column = head.iter().position(|id| *id == measure["id"]).unwrap();
        assert_eq!(measure["value"].as_f64(), row[column].parse().ok(), "{}", measure["id"]);
    }
}

#[test]
fn what_there_is_not_is_refused_with_a_suggestion() {
    let check = |args: &[&str], expect: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_airside"));
        let done = command.arg("explain").args(args).current_dir(root()).output().unwrap();
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "{args:?}");
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(said.contains(expect), "{said}");
    };
    check(&[LAKESIDE, "--measure", "altred"], "there is no measure `altred`; did you mean `altered`?");
    check(&[LAKESIDE, "--option", "lok"], "there is no option `lok`; did you mean `look`?");
    check(&["scenarios/bench/hub10.scenario.ron", "--world", "real"], "its only world is the innocent one");
}
