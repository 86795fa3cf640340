//! Groups game and attack-graph of `security-cases.json`.
//!
//! Over new seeds each of the thirteen simulated values would fail a right program with chance 6 in 100,000.

use airside::measure::Measure;
use airside::model::{Line, World};
use airside::numeric::common_cause::{self, Group};
use airside::numeric::reset_game::{self, Player};
use airside::numeric::step_graph::{Needs, Step, StepGraph};
use airside::numeric::{inspection_game, matrix_game};
use airside::plan::Plan;
use airside::random::Stream;
use airside::stats::Summary;
use serde_json::Value;

use super::super::rig::{Lab, run};
use super::number;
use super::sheet::{Entry, Sheet, holds};

pub(super) static CASES: [Entry; 4] =
    [Entry::new("G-1", g_1), Entry::new("G-5", g_5), Entry::new("A-1", a_1), Entry::new("A-3", a_3)];

fn g_1(sheet: &mut Sheet) {
    let games: Vec<(u32, u32)> = serde_json::from_value(sheet.case["inputs"]["n_m"].clone()).unwrap();
    for (i, (periods, inspections)) in games.into_iter().enumerate() {
        let pointer = format!("/expected/{i}");
        // The file prints eight digits; by the exact recursion the value is held to the tolerance.
        let value = inspection_game::value(periods, inspections);
        sheet.compares(&pointer, number(&sheet.case, &pointer), value, 5e-9);
        let what = format!("v({periods},{inspections})");
        let recursion = inspection_game::value_by_recursion(periods, inspections);
        sheet.compares(&format!("{what} by recursion"), recursion, value, 1e-12);
        let first = |kept: u32| inspection_game::value(periods - 1, kept);
        let game = [vec![1.0, first(inspections - 1)], vec![-1.0, first(inspections)]];
        sheet.compares(&format!("{what} by linear programme"), matrix_game::solve(&game).unwrap().value, value, 1e-12);
        // Both sides play their optimal chances, period by period.
        let sample = sheet.simulate(&pointer, |stream| inspected(stream, periods, inspections));
        sheet.agrees(&sample, number(&sheet.case, &pointer), 5e-9, &pointer);
    }
}

/// One play of the inspection game: what the inspector gets.
fn inspected(stream: &mut Stream, periods: u32, inspections: u32) -> f64 {
    let mut left = inspections;
    for n in (1..=periods).rev() {
        let inspects = stream.uniform() < inspection_game::inspection_chance(n, left);
        if stream.uniform() < inspection_game::violation_chance(n, left) {
            return if inspects { 1.0 } else { -1.0 };
        }
        left -= u32::from(inspects);
    }
    0.0
}

fn g_5(sheet: &mut Sheet) {
    let [k0, k1] = ["k0", "k1"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    let (a0, a1) = reset_game::equilibrium(k0, k1).unwrap();
    sheet.meets("/expected/a0", a0);
    sheet.meets("/expected/a1", a1);
    sheet.meets("/expected/attacker_share", reset_game::shares(a0, a1).1);
    let (defender, attacker) = reset_game::benefits(Player { rate: a0, cost: k0 }, Player { rate: a1, cost: k1 });
    sheet.meets("/expected/defender_benefit", defender);
    sheet.meets("/expected/attacker_benefit", attacker);
    sheet.compares("best response to a1", reset_game::best_response(a1, k0), a0, 1e-9);
    // The game is played by the engine: a foothold that is won again at fixed intervals, and a safeguard that resets the
    // operator's systems. A unit of time is a month of 30 days and worth EUR 3,000 to whoever is in control.
    const UNIT: f64 = 30.0;
    const WORTH: f64 = 3_000.0;
    let plan = contested(UNIT / a0, UNIT / a1, WORTH * k0 * a0 * 365.0 / UNIT);
    let mut seed = 0;
    let mut costs = Vec::new();
    let sample = sheet.simulate("", |_| {
        seed += 1;
        let outcome = run(&plan, "reset", World::Real, seed).0;
        costs.push(outcome.get(Measure::CostOn(Line::SafeguardYearly)) / (WORTH * HORIZON / UNIT));
        outcome.get(Measure::ControlShare)
    });
    sheet.simulates("/expected/attacker_share", &sample);
    let cost = Summary::of(&costs).unwrap().mean();
    let gets =
        |of: &dyn Fn(f64) -> f64| Summary::of(&sample.sorted().iter().map(|s| of(*s)).collect::<Vec<_>>()).unwrap();
    sheet.simulates("/expected/defender_benefit", &gets(&|share| 1.0 - share - cost));
    sheet.simulates("/expected/attacker_benefit", &gets(&|share| share - k1 * a1));
}

/// Days of the game. It is counted from day 150 on, when both have moved for sure.
const HORIZON: f64 = 750.0;

/// A lab in which a foothold is tried for once in `attack` days, and a safeguard at `yearly` euro resets systems once in
/// `reset` days, each from a random day on.
fn contested(reset: f64, attack: f64, yearly: f64) -> Plan {
    let traffic = |way: &str, by: &str| {
        format!(r#"(route: "{way}", flights: Poisson(rate: PerYear(1)), per_flight: 1, handled_by: "{by}")"#)
    };
    let win = format!(r#""win": (class: Recruit, after: Start, takes: Days(0), repeats: Every(Days({attack})))"#);
    Lab::new(HORIZON as u32)
        .with("calendar", format!(r#"(starts: "2031-01-06", horizon: Days({HORIZON}), warm_up: Days(150))"#))
        .with("traffic", format!(r#"{{"a": {}, "b": {}}}"#, traffic("our-way", "ours"), traffic("their-way", "theirs")))
        .campaign(&win, 0, "Fixed(Days(1))")
        .with(
            "safeguards",
            format!(
                r#"{{"reset": Own(does: [Reset(operator: "ours", every: Days({reset}))], aimed_at: Everyone, paid_by: Operators,
                     once: Euro(0), yearly: EuroPerYear({yearly}), ready_after: Days(0), legal: Contract, ids: [])}}"#
            ),
        )
        .with("options", r#"{"reset": (safeguards: ["reset"], response: [])}"#)
        .plan()
}

fn a_1(sheet: &mut Sheet) {
    let input = |name: &str| number(&sheet.case, &format!("/inputs/{name}"));
    let [trust, shell, service, local] = ["ftp_rhosts", "rsh", "sshd_bof", "local_bof"].map(input);
    // Two hosts: the first by either of two ways, the second from outside or through the first, then one step there.
    let graph = graph(&[
        (trust, Needs::All(vec![])),
        (shell, Needs::All(vec![0])),
        (service, Needs::All(vec![])),
        (1.0, Needs::Any(vec![1, 2])),
        (trust, Needs::All(vec![])),
        (shell, Needs::All(vec![4])),
        (trust, Needs::All(vec![3])),
        (shell, Needs::All(vec![6])),
        (1.0, Needs::Any(vec![5, 7])),
        (local, Needs::All(vec![8])),
    ]);
    let mut reached = [Vec::new(), Vec::new()];
    sheet.simulate("", |stream| {
        let works: Vec<bool> = graph.steps().iter().map(|step| stream.uniform() < step.works).collect();
        let all = graph.reached(&works);
        reached[0].push(f64::from(u8::from(all[3])));
        reached[1].push(f64::from(u8::from(all[9])));
        0.0
    });
    for (what, step, note, values) in [("user1", 3, 0.748, &reached[0]), ("root2", 9, 0.087_079_7, &reached[1])] {
        let pointer = format!("/expected/{what}");
        let exact = graph.exact(step).unwrap();
        sheet.meets(&pointer, exact);
        sheet.compares(&format!("{what}, exact (note)"), note, exact, 5e-8);
        sheet.compares(&format!("{what}, bottom-up, as nothing is shared"), exact, graph.naive(step).unwrap(), 1e-12);
        sheet.agrees(&Summary::of(values).unwrap(), note, 5e-8, &format!("{what}, exact (note)"));
    }
}

fn a_3(sheet: &mut Sheet) {
    let p = number(&sheet.case, "/inputs/p");
    let graph = graph(&[(p, Needs::All(vec![])), (1.0, Needs::Any(vec![0, 0]))]);
    sheet.meets("/expected/true", graph.exact(1).unwrap());
    sheet.meets("/expected/naive_bottom_up", graph.naive(1).unwrap());
    // One cause counted twice is the common-cause group with beta = 1; independence is beta = 0.
    let misses = [1.0 - p; 2];
    sheet.meets("/expected/true", common_cause::any_catches(&[Group { common: 1.0, misses: &misses }]));
    sheet.meets("/expected/naive_bottom_up", common_cause::any_catches(&[Group { common: 0.0, misses: &misses }]));
    let sample = sheet.simulate("", |stream| {
        let works = [stream.uniform() < p, true];
        f64::from(u8::from(graph.reached(&works)[1]))
    });
    sheet.simulates("/expected/true", &sample);
}

fn graph(steps: &[(f64, Needs)]) -> StepGraph {
    StepGraph::new(steps.iter().map(|(works, needs)| Step { works: *works, needs: needs.clone() }).collect()).unwrap()
}

#[test]
fn g_1_inspections_against_one_who_watches() {
    holds(&CASES, "G-1");
}

#[test]
fn g_5_control_against_resets() {
    holds(&CASES, "G-5");
}

#[test]
fn a_1_steps_with_two_ways_in() {
    holds(&CASES, "A-1");
}

#[test]
fn a_3_a_cause_that_is_counted_twice() {
    holds(&CASES, "A-3");
}

#[test]
fn games_of_the_file_have_as_many_values() {
    let case: Value = super::case("security-cases", "G-1");
    assert_eq!(case["inputs"]["n_m"].as_array().unwrap().len(), case["expected"].as_array().unwrap().len());
}
