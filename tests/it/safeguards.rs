//! What safeguards change, one effect at a time, against the figures that their fields state.
//!
//! Means are compared by 4.5 standard errors of 60 runs: with new seeds a right program fails one comparison with chance
//! under 1 in 5,000. The seeds are fixed.

use airside::measure::{Measure, Outcome, Record, Story};
use airside::model::World;
use airside::plan::Plan;
use airside::time::SimTime;

use super::rig::{Lab, near};

const ALTER: &str = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2))"#;
/// A foothold, won in a day, and a copy of everything each day.
const COPY: &str = r#""win": (class: Recruit, after: Start, takes: Days(1), repeats: Every(Days(1))),
    "copy": (class: Collect, after: AllOf(["win"]), takes: Hours(1), repeats: Every(Days(1))),
    "send": (class: MoveOut, after: AllOf(["copy"]), takes: Hours(1), repeats: Every(Days(1)))"#;
const ORDERED: &str = r#""order": (class: Compel, after: Start, takes: Days(1)),
    "copy": (class: Collect, after: AllOf(["order"]), takes: Hours(1), repeats: Every(Days(1))),
    "send": (class: MoveOut, after: AllOf(["copy"]), takes: Hours(1), repeats: Every(Days(1)))"#;
const NEVER: &str = "Fixed(Days(3000))";

/// A lab with a safeguard that is ready at once, and a book of all goods.
fn lab(days: u32, steps: &str, does: &str) -> Lab {
    Lab::new(days)
        .flights(4)
        .campaign(steps, 0, NEVER)
        .with(
            "information",
            r#"{"book": (operator: "ours", written_at: ["bench"], fields: [Parties], keeps: Days(365), value_halves_in: Days(3000),
                 held_elsewhere: Percent(0))}"#,
        )
        .with(
            "safeguards",
            format!(
                r#"{{"it": Own(does: [{does}], aimed_at: Nobody, paid_by: Hub, once: Euro(0), yearly: EuroPerYear(0), ready_after: Days(0),
                     legal: Contract, ids: [])}}"#
            ),
        )
        .with("options", r#"{"without": (safeguards: [], response: []), "with": (safeguards: ["it"], response: [])}"#)
        .with("compare_with", "\"without\"")
}

/// A run: what it came to, and what happened in it.
struct Run(Outcome, Story);

impl Run {
    fn of(plan: &Plan, option: &str, world: World, seed: u64) -> Run {
        let (outcome, story) = super::rig::run(plan, option, world, seed);
        Run(outcome, story)
    }

    fn get(&self, measure: Measure) -> f64 {
        self.0.get(measure)
    }

    fn records(&self) -> &[(SimTime, Record)] {
        &self.1.records
    }

    fn count(&self, is: impl Fn(&Record) -> bool) -> usize {
        self.records().iter().filter(|(_, record)| is(record)).count()
    }
}

fn runs(plan: &Plan, option: &str) -> Vec<Run> {
    (1..=60).map(|seed| Run::of(plan, option, World::Real, seed)).collect()
}

fn counts(runs: &[Run], is: impl Fn(&Record) -> bool) -> Vec<f64> {
    runs.iter().map(|run| run.count(&is) as f64).collect()
}

fn share(runs: &[Run], is: impl Fn(&Record) -> bool, of: impl Fn(&Record) -> bool) -> Vec<f64> {
    counts(runs, is).iter().zip(counts(runs, of)).map(|(some, all)| some / all).collect()
}

fn values(runs: &[Run], measure: Measure) -> Vec<f64> {
    runs.iter().map(|run| run.get(measure)).collect()
}

fn attempted(r: &Record) -> bool {
    matches!(r, Record::Attempted { .. })
}

fn worked(r: &Record) -> bool {
    matches!(r, Record::Attempted { worked: true, .. })
}

#[test]
fn hindered_attempts_work_less_often_in_proportion() {
    let plan = lab(200, ALTER, "Hinder(steps: [Alter], by: Percent(40))").plan();
    near("hindered", &share(&runs(&plan, "with"), worked, attempted), 0.6, 4.5);
    assert!(runs(&plan, "without").iter().all(|run| run.count(worked) == run.count(attempted)));
}

#[test]
fn what_a_demand_covers_is_not_hindered() {
    let hinder = "Hinder(steps: [Recruit, Collect, MoveOut], by: Percent(100))";
    let known = |steps, option| values(&runs(&lab(200, steps, hinder).plan(), option), Measure::CatalogueShare);
    assert!(known(COPY, "without").iter().all(|v| *v > 0.5) && known(COPY, "with").iter().all(|v| *v == 0.0));
    assert_eq!(known(ORDERED, "with"), known(ORDERED, "without"));
}

#[test]
fn records_that_are_not_kept_are_not_copied() {
    let copy = r#""copy": (class: Collect, after: Start, takes: Hours(1), repeats: Every(Days(30))),
        "send": (class: MoveOut, after: AllOf(["copy"]), takes: Hours(1), repeats: Every(Days(30)))"#;
    let each = |does: &str| {
        let mut records = Vec::new();
        for run in runs(&lab(330, copy, does).plan(), "with") {
            let moved =
                |(_, r): &_| if let Record::MovedOut { records } = r { Some(f64::from(*records)) } else { None };
            records.extend(run.records().iter().filter_map(moved).filter(|n| *n > 0.0).skip(1));
        }
        records
    };
    // 4 flights of one consignment a day.
    near("kept for five days", &each("KeepAll(to: Days(5))"), 4.0 * 5.0, 4.5);
    near("the same for one system", &each(r#"Keep(system: "book", to: Days(5))"#), 4.0 * 5.0, 4.5);
    near("a longer time changes nothing", &each("KeepAll(to: Days(3000))"), 4.0 * 30.0, 4.5);
}

#[test]
fn sharper_eyes_miss_less_in_proportion() {
    let layer = r#"{"it": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent(100), report_takes: Hours(1),
        method: PerItem(catches: Percent(40), false_alarms: Percent(0)), cost: EuroPerYear(0))}"#;
    let plan = lab(200, ALTER, "Sharpen(by: Percent(50)), Sharpen(by: Percent(20))").with("layers", layer).plan();
    let found = |option| {
        let altered = |r: &Record| matches!(r, Record::Altered { .. });
        share(&runs(&plan, option), |r| matches!(r, Record::Found { .. }), altered)
    };
    near("without", &found("without"), 0.4, 4.5);
    near("with", &found("with"), 1.0 - 0.6 * 0.5 * 0.8, 4.5);
}

#[test]
fn a_job_that_takes_longer_takes_longer_at_all_its_stations() {
    // Bench and shelf sort; nobody waits, so that all goods stay three minutes longer.
    let plan = lab(30, ALTER, "SlowJob(job: Sort, by: Minutes(3))").plan();
    for seed in 1..=3 {
        let stays = |option| Run::of(&plan, option, World::Innocent, seed).get(Measure::MeanSojourn);
        assert!((stays("with") - stays("without") - 3.0).abs() < 1e-6, "{} {}", stays("with"), stays("without"));
    }
}

#[test]
fn what_is_traced_is_found_by_a_recall() {
    // All goods of the first 60 days are recalled, by a rule, from day 60 on.
    let desk = r#"(analysts: 1, believes_at_start: Percent(5), if_misused_expects: {}, forgets_half_in: Days(90),
        watches_at: Percent(97), investigates_at: Percent(98), acts_at: Percent(99),
        stages: [(name: "look", takes: Fixed(Days(1)), finds_link: Percent(5))],
        recall: (finds: PerYear(2), traceable: Percent(30)))"#;
    let recalled = |does: &str| {
        let rule = "(when: From(Day(60)), then: Recall)";
        let plan = lab(150, ALTER, does)
            .with("desk", desk)
            .with("options", format!(r#"{{"with": (safeguards: ["it"], response: [{rule}])}}"#))
            .with("compare_with", "\"with\"")
            .plan();
        let runs = runs(&plan, "with");
        // Of what left before the recall, what was found within the 90 days from then on.
        let early = |run: &Run| {
            let shipped = |(at, r): &(SimTime, Record)| match r {
                Record::Shipped { item } if at.days() < 60.0 => Some(*item),
                _ => None,
            };
            run.records().iter().filter_map(shipped).collect::<Vec<_>>()
        };
        let share = |run: &Run| {
            let early = early(run);
            let found = run.count(|r| matches!(r, Record::Found { item, .. } if early.contains(item)));
            found as f64 / early.len() as f64
        };
        runs.iter().map(share).collect::<Vec<f64>>()
    };
    let by = |traceable: f64, a_year: f64| traceable * -libm::expm1(-a_year * 90.0 / 365.0);
    near("as the desk does", &recalled("Analysts(more: 1)"), by(0.3, 2.0), 4.5);
    near("traced", &recalled("Trace(to: Percent(80))"), by(0.8, 2.0), 4.5);
    near("hastened", &recalled("HastenRecall(to: PerYear(8))"), by(0.3, 8.0), 4.5);
    near("neither is worse", &recalled("Trace(to: Percent(10)), HastenRecall(to: PerYear(1))"), by(0.3, 2.0), 4.5);
}

fn lost(r: &Record) -> bool {
    matches!(r, Record::Reset { lost: true, .. })
}

#[test]
fn a_reset_ends_a_foothold_until_it_is_won_again() {
    let plan = lab(400, COPY, "ResetAll(every: Days(10))").plan();
    for run in runs(&plan, "with") {
        assert!((39..=41).contains(&run.count(lost)), "each reset takes what was won since the one before");
        // Won within two days at the latest: held for eight or nine of ten.
        let held = run.get(Measure::ControlShare);
        assert!((0.78..0.92).contains(&held), "{held}");
        let mut holds = false;
        for (at, record) in run.records() {
            match record {
                Record::Reset { lost: true, .. } => holds = false,
                Record::Attempted { step, worked: true, .. } if step.index() == 0 => holds = true,
                Record::Attempted { step, worked: true, .. } => {
                    assert!(holds, "step {} on day {}", step.index(), at.days())
                }
                _ => {}
            }
        }
    }
    for run in runs(&plan, "without") {
        assert!(run.get(Measure::ControlShare) > 0.99);
    }
}

#[test]
fn a_reset_takes_copies_that_have_not_left() {
    // Copies wait a month until they are sent, and a reset comes each week.
    let steps = r#""win": (class: Recruit, after: Start, takes: Hours(1), repeats: Every(Days(1))),
        "copy": (class: Collect, after: AllOf(["win"]), takes: Hours(1), repeats: Every(Days(1))),
        "send": (class: MoveOut, after: AllOf(["copy"]), takes: Hours(1), repeats: Every(Days(30)))"#;
    let plan = lab(400, steps, "ResetAll(every: Days(7))").plan();
    let moved = |run: &Run| {
        let records = |(_, r): &_| if let Record::MovedOut { records } = r { Some(*records) } else { None };
        run.records().iter().filter_map(records).map(f64::from).sum::<f64>()
    };
    let all = |option| runs(&plan, option).iter().map(moved).sum::<f64>();
    let (with, without) = (all("with"), all("without"));
    assert!(with > 0.0 && with < 0.25 * without, "{with} of {without}");
}

#[test]
fn what_is_held_by_a_demand_outlasts_resets() {
    let plan = lab(300, ORDERED, r#"Reset(operator: "ours", every: Days(5))"#).plan();
    for (with, without) in runs(&plan, "with").iter().zip(runs(&plan, "without")) {
        assert_eq!(with.count(lost), 0);
        for measure in [Measure::CatalogueShare, Measure::ControlShare] {
            assert_eq!(with.get(measure), without.get(measure));
        }
    }
}

#[test]
fn a_foothold_that_is_won_once_is_tried_once_more_after_each_reset() {
    let steps = r#""win": (class: Recruit, after: Start, takes: Days(2), succeeds: Percent(50)),
        "copy": (class: Collect, after: AllOf(["win"]), takes: Hours(1))"#;
    let plan = lab(100, steps, "ResetAll(every: Days(10))").plan();
    let tries = |run: &Run, n: usize| run.count(|r| matches!(r, Record::Attempted { step, .. } if step.index() == n));
    let (mut failed, mut again) = (0, 0);
    for run in runs(&plan, "with") {
        let wins = run.count(|r| matches!(r, Record::Attempted { step, worked: true, .. } if step.index() == 0));
        // After a failure nothing more is tried; after a success, once more when it is lost.
        assert_eq!(tries(&run, 0), run.count(lost).min(wins) + 1);
        assert_eq!(tries(&run, 1), wins, "each foothold serves for one copy");
        failed += usize::from(wins == 0);
        again += usize::from(wins >= 2);
    }
    assert!(failed > 10 && again > 5, "{failed} {again}");
}

#[test]
fn resets_come_at_their_interval_from_a_random_day_and_in_every_world() {
    let plan = lab(200, COPY, r#"Reset(operator: "theirs", every: Days(20))"#).plan();
    let mut phases = Vec::new();
    let resets = |world, seed| {
        let run = Run::of(&plan, "with", world, seed);
        assert_eq!(run.count(lost), 0, "the campaign is at the other operator");
        let such = run.records().iter().filter(|(_, r)| matches!(r, Record::Reset { .. }));
        such.map(|(at, _)| at.days()).collect::<Vec<f64>>()
    };
    for seed in 1..=60 {
        let days = resets(World::Innocent, seed);
        assert!(days.len() == 10 && days.windows(2).all(|pair| (pair[1] - pair[0] - 20.0).abs() < 1e-6));
        assert_eq!(days, resets(World::Real, seed));
        phases.push(days[0]);
    }
    near("the first", &phases, 10.0, 4.5);
}
