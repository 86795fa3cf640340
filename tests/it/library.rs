//! The shipped safeguards: each one does what it is for, and the page about them says what they are.
//!
//! A safeguard must move its measure its way by 4 standard errors of the mean paired difference. One that does nothing
//! would pass with chance under 1 in 30,000. A right one, of which each stands at 8 errors or more, would fail with new
//! seeds with chance under 1 in 10,000. The seeds are fixed.

use std::fmt::Write as _;

use airside::document::{library_ids, library_standards};
use airside::measure::Measure;
use airside::model::{AimedAt, Effect, Money, Safeguard, Scenario, World};
use airside::stats::Summary;

use super::documentation::expect;
use super::rig::{Lab, run};

/// Steps of a campaign, and how long the book of goods keeps its records \[days\].
type Campaign = (&'static str, u32);

/// Nothing begins before the slowest safeguard is ready.
const WAIT: &str = r#""wait": (class: Conceal, after: Start, takes: Days(370)),"#;
/// Records are read by somebody who was won over, and moved out.
const COVERT: Campaign = (
    r#""win":  (class: Recruit, after: AllOf(["wait"]), takes: Days(10)),
       "read": (class: Collect, after: AllOf(["win"]), takes: Days(1), succeeds: Percent(50), repeats: PerYear(50)),
       "send": (class: MoveOut, after: AllOf(["read"]), takes: Days(1), succeeds: Percent(50), repeats: PerYear(20))"#,
    10,
);
/// Somebody is hard to win over, and nothing else.
const INSIDER: Campaign = (
    r#""win": (class: Recruit, after: AllOf(["wait"]), takes: Days(10), succeeds: Percent(30), repeats: PerYear(2))"#,
    10,
);
/// Records are read under a demand, and moved out.
const ORDERED: Campaign = (
    r#""order": (class: Compel,  after: AllOf(["wait"]), takes: Days(20)),
       "read":  (class: Collect, after: AllOf(["order"]), takes: Days(5), repeats: PerYear(6)),
       "send":  (class: MoveOut, after: AllOf(["read"]), takes: Days(1), repeats: PerYear(8))"#,
    120,
);
/// One demand after another.
const DEMANDS: Campaign = (
    r#""first":  (class: Compel, after: AllOf(["wait"]),   takes: Days(20)),
       "second": (class: Compel, after: AllOf(["first"]),  takes: Days(20)),
       "third":  (class: Compel, after: AllOf(["second"]), takes: Days(20)),
       "fourth": (class: Compel, after: AllOf(["third"]),  takes: Days(20)),
       "fifth":  (class: Compel, after: AllOf(["fourth"]), takes: Days(20))"#,
    10,
);
/// Goods are altered.
const TAMPER: Campaign = (r#""alter": (class: Alter, after: Start, takes: Days(2), repeats: PerYear(100))"#, 10);

use Measure::{Altered, CatalogueShare, ControlShare, FirstSignalDay, Found, Harm, MeanSojourn, Shipped};
use Way::{Less, More};

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Less,
    More,
}

/// Safeguard, campaign, measure, which way it must move, and in how many runs.
type Row = (&'static str, Campaign, Measure, Way, u64);

const ROWS: [Row; 30] = [
    ("data-minimisation", COVERT, CatalogueShare, Less, 40),
    ("field-encryption", COVERT, CatalogueShare, Less, 40),
    ("short-retention", ORDERED, CatalogueShare, Less, 60),
    ("local-trustee", ORDERED, ControlShare, Less, 200),
    ("notice-of-demands", DEMANDS, FirstSignalDay, Less, 100),
    ("least-privilege", COVERT, CatalogueShare, Less, 50),
    ("multi-factor-login", COVERT, CatalogueShare, Less, 60),
    ("segmented-network", COVERT, CatalogueShare, Less, 120),
    ("periodic-reset", COVERT, ControlShare, Less, 40),
    ("access-log-analytics", COVERT, FirstSignalDay, Less, 40),
    ("egress-monitoring", COVERT, FirstSignalDay, Less, 40),
    ("decoy-records", ORDERED, FirstSignalDay, Less, 100),
    ("purpose-of-use-audit", ORDERED, FirstSignalDay, Less, 150),
    ("zone-access", TAMPER, Altered, Less, 40),
    ("cctv-review", TAMPER, FirstSignalDay, Less, 40),
    ("seal-programme", TAMPER, Harm, Less, 40),
    ("seal-programme", TAMPER, MeanSojourn, More, 10),
    ("random-opening", TAMPER, Altered, Less, 40),
    ("random-opening", TAMPER, MeanSojourn, More, 10),
    ("covert-test", TAMPER, Shipped, Less, 40),
    ("chain-of-custody", TAMPER, Found, More, 40),
    ("chain-of-custody", TAMPER, MeanSojourn, More, 10),
    ("downstream-attestation", TAMPER, Harm, Less, 40),
    ("vetting", INSIDER, ControlShare, Less, 400),
    ("protected-reporting-line", ORDERED, FirstSignalDay, Less, 150),
    ("regulated-agent-status", TAMPER, Altered, Less, 40),
    ("ownership-review", DEMANDS, FirstSignalDay, Less, 700),
    ("unannounced-audit", COVERT, FirstSignalDay, Less, 150),
    ("threat-intelligence-sharing", ORDERED, FirstSignalDay, Less, 150),
    ("incident-desk", TAMPER, Found, More, 40),
];

/// A hub of four years with these safeguards of the library. Altered goods are called back on day 500.
fn lab((steps, keeps): Campaign, ids: &[&str]) -> Lab {
    let law =
        r#"(staff: 9, helps_auditors: Percent(80), law: Applies(demands: PerYear(4), complied_with: Percent(50)))"#;
    let traffic = |way: &str, by: &str, rate: &str| {
        format!(
            r#"(route: "{way}", flights: Poisson(rate: {rate}), per_flight: 1, handled_by: "{by}", sensitive: Percent(100),
                integrity_critical: Percent(100), shippers: Zipf(businesses: 50, exponent: 1.0))"#
        )
    };
    let station =
        |zone: &str, job: &str| format!(r#"(zone: "{zone}", job: {job}, staff: Always(50), takes: Fixed(Minutes(1)))"#);
    let stations = [
        ("dock", "apron", "Unload"),
        ("bench", "hall", "Sort"),
        ("shelf", "annex", "Sort"),
        ("gate", "apron", "Screen"),
    ];
    let stations: String =
        stations.iter().map(|(id, zone, job)| format!("{id:?}: {},\n", station(zone, job))).collect();
    let safeguards: String = ids.iter().map(|id| format!("{id:?}: Library({id:?}),\n")).collect();
    let recall = r#"[(when: From(Day(500)), then: Recall)]"#;
    Lab::new(1460)
        .with(
            "traffic",
            format!(
                r#"{{"a": {}, "b": {}}}"#,
                traffic("our-way", "ours", "PerDay(1)"),
                traffic("their-way", "theirs", "PerYear(9)")
            ),
        )
        .campaign(&format!("{WAIT}{steps}"), 0, "Weibull(mean: Days(600), shape: 2)")
        .with("stations", format!("{{{stations}}}"))
        .with("operators", format!(r#"{{"ours": {law}, "theirs": {law}}}"#))
        .with(
            "information",
            format!(
                r#"{{"book": (operator: "ours", written_at: ["bench"], fields: [Parties], keeps: Days({keeps}),
                     value_halves_in: Days(400), held_elsewhere: Percent(0), one_record_tells: Percent(10))}}"#
            ),
        )
        .with(
            "desk",
            r#"(analysts: 2, believes_at_start: Percent(5), if_misused_expects: {Alter: PerYear(10)}, forgets_half_in: Days(365),
                watches_at: Percent(97), investigates_at: Percent(98), acts_at: Percent(99),
                stages: [(name: "look", takes: Fixed(Days(9)), finds_link: Percent(20))],
                recall: (finds: PerYear(2), traceable: Percent(50)))"#,
        )
        .with("safeguards", format!("{{{safeguards}}}"))
        .with("options", format!(r#"{{"without": (safeguards: [], response: {recall}), "with": (safeguards: {ids:?}, response: {recall})}}"#))
        .with("compare_with", "\"without\"")
}

/// Screeners at the gate. Where they stand, theirs is the first signal.
const SCREENING: &str = r#"{"screening": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent(100),
    report_takes: Hours(1), method: PerItem(catches: Percent(20), false_alarms: Percent(0.1)), cost: EuroPerYear(0))}"#;

/// Paired differences, with less without, in standard errors of their mean; how far they go the right way.
fn errors((id, campaign, measure, way, runs): Row) -> f64 {
    let lab = lab(campaign, &[id]);
    let plan = if id == "covert-test" { lab.with("layers", SCREENING) } else { lab }.plan();
    let get = |option, seed| run(&plan, option, World::Real, seed).0.get(measure);
    let sign = if way == Less { -1.0 } else { 1.0 };
    let differences: Vec<f64> = (1..=runs).map(|seed| sign * (get("with", seed) - get("without", seed))).collect();
    let summary = Summary::of(&differences).unwrap();
    summary.mean() / summary.standard_error()
}

fn check(of: &[Campaign]) {
    let mut weak = String::new();
    for row in ROWS.into_iter().filter(|(_, campaign, ..)| of.contains(campaign)) {
        let errors = errors(row);
        if errors.is_nan() || errors < 4.0 {
            let _ = writeln!(weak, "{} moves {} by {errors:.1} standard errors", row.0, row.2.id());
        }
    }
    assert!(weak.is_empty(), "{weak}");
}

#[test]
fn safeguards_against_covert_use_do_what_they_are_for() {
    check(&[COVERT, INSIDER]);
}

#[test]
fn safeguards_against_demands_do_what_they_are_for() {
    check(&[ORDERED, DEMANDS]);
}

#[test]
fn safeguards_of_goods_do_what_they_are_for() {
    check(&[TAMPER]);
}

#[test]
fn every_shipped_safeguard_is_tried() {
    for id in library_ids() {
        assert!(ROWS.iter().any(|(row, ..)| *row == id), "nothing says what `{id}` is for");
    }
    for (id, ..) in ROWS {
        assert!(library_ids().any(|shipped| shipped == id), "the library has no `{id}`");
    }
}

#[test]
fn the_page_on_safeguards_says_what_they_are() {
    let ids: Vec<&str> = library_ids().collect();
    let scenario = lab(COVERT, &ids).scenario();
    let mut does = String::from(
        "| id | what it is | what it does | aimed at | paid by | once | a year | ready after | delay |\n\
         | --- | --- | --- | --- | --- | ---: | ---: | --- | --- |\n",
    );
    let mut rests = String::from("| id | grade | source | legal basis | ids |\n| --- | --- | --- | --- | --- |\n");
    for safeguard in &scenario.safeguards {
        does.push_str(&what_it_does(safeguard, &scenario));
        let standards: Vec<&str> = safeguard.ids.iter().map(|id| id.text()).collect();
        let _ = writeln!(
            rests,
            "| `{}` | {} | {} | {} | {} |",
            safeguard.id,
            safeguard.grade.name(),
            safeguard.source.as_deref().unwrap_or("–"),
            safeguard.legal.in_words(),
            standards.join(", ")
        );
    }
    expect("docs/safeguards.md", "safeguards", &does);
    expect("docs/safeguards.md", "grounds", &format!("Versions: {}.\n\n{rests}", library_standards()));
}

fn what_it_does(safeguard: &Safeguard, scenario: &Scenario) -> String {
    let aimed_at = match safeguard.aimed_at {
        AimedAt::Everyone => format!("everyone, {} % a day", safeguard.severity * 100.0),
        AimedAt::Operator(_) => panic!("a shipped safeguard knows no operator"),
        AimedAt::Nobody => "nobody".to_owned(),
    };
    let paid_by = safeguard.paid_by.name().to_lowercase();
    let delays = |effect: &&Effect| effect.delay().is_some();
    let words = |effects: Vec<&Effect>| effects.iter().map(|e| e.in_words(scenario)).collect::<Vec<_>>().join("; ");
    let delay = words(safeguard.does.iter().filter(delays).collect());
    format!(
        "| `{}` | {} | {} | {aimed_at} | {paid_by} | {} | {} | {} days | {} |\n",
        safeguard.id,
        safeguard.title.as_deref().unwrap(),
        words(safeguard.does.iter().filter(|e| !delays(e)).collect()),
        euro(safeguard.once),
        euro(safeguard.yearly),
        safeguard.ready_after.days(),
        if delay.is_empty() { "–" } else { &delay },
    )
}

/// Whole euro with thousands apart.
fn euro(money: Money) -> String {
    let digits = (money.cents() / 100).to_string();
    let mut grouped = String::from("€");
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
