//! What a campaign does beyond its script: triggers, losses, hidden traces, alerts, choices, and what is known together.
//!
//! Means are compared by 4.5 standard errors of 60 runs: with new seeds a right program fails one comparison with chance
//! under 1 in 5,000. The seeds are fixed.

use airside::measure::{Measure, Record};
use airside::model::{Action, Line, OperatorId, Payer, Probability, Response, World};
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Progress};
use airside::time::SimTime;

use super::rig::{Lab, Watch, near, watch};

const NEVER: &str = "Fixed(Days(3000))";
const ALTER: &str = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2)),"#;
const COPY: &str = r#""copy": (class: Collect, after: Start, takes: Hours(1), repeats: PerDay(1)),
    "send": (class: MoveOut, after: Start, takes: Hours(1), repeats: PerDay(1)),"#;

fn runs(plan: &Plan) -> Vec<Watch> {
    (1..=60).map(|seed| watch(plan, "", World::Real, seed)).collect()
}

fn counts(runs: &[Watch], is: impl Fn(&Record) -> bool) -> Vec<f64> {
    runs.iter().map(|run| run.count(&is) as f64).collect()
}

fn ratio(some: &[f64], all: &[f64]) -> Vec<f64> {
    some.iter().zip(all).map(|(some, all)| some / all).collect()
}

fn acted(r: &Record) -> bool {
    matches!(r, Record::Acted { .. })
}

/// The same lab with other fields of the campaign.
fn campaign(lab: Lab, steps: &str, acts: &str, more: &str) -> Lab {
    lab.with(
        "campaign",
        format!(
            "Campaign(uses: \"ours\", elsewhere: \"theirs\", starts: Days(0), pauses_after_alert: Percent(0), {more}
                goals: (catalogue: Percent(40), alter: Percent(40), exploit: Percent(20)),
                steps: {{{steps}}}, altered_goods_act_after: {acts})"
        ),
    )
}

/// A run in which the defenders do one thing on one day.
fn with_action(plan: &Plan, seed: u64, day: u64, action: Action) -> Watch {
    with_actions(plan, seed, day, &[action])
}

fn with_actions(plan: &Plan, seed: u64, day: u64, actions: &[Action]) -> Watch {
    let mut seen = Watch::new(plan);
    let mut engine = Engine::new(plan, plan.scenario.compare_with, World::Real, Luck::new(seed));
    engine.ask_at(SimTime::from_days(day));
    let mut done = false;
    loop {
        match engine.step(&mut seen) {
            Progress::Advanced => {}
            Progress::Finished => return seen,
            Progress::AwaitingDecision(_) if !done && engine.now() >= SimTime::from_days(day) => {
                done = true;
                engine.answer(actions, &mut seen);
            }
            Progress::AwaitingDecision(_) => engine.answer(&[], &mut seen),
        }
    }
}

fn ours(plan: &Plan) -> OperatorId {
    plan.scenario.campaign.as_ref().unwrap().uses
}

/// An alert that changes nothing else.
const LOOK: Response = Response::RestrictAccess(Probability::ZERO);

fn alert(plan: &Plan) -> Action {
    Action::Respond { response: LOOK, subject: ours(plan) }
}

#[test]
fn a_trigger_makes_its_share_act_at_once() {
    let steps =
        format!(r#"{ALTER} "signal": (class: Trigger, after: Start, takes: Days(100), sets_off: Percent(40)),"#);
    let plan = campaign(Lab::new(150), &steps, "OnTrigger", "").plan();
    let seen = runs(&plan);
    let out_by_then = |run: &Watch| {
        run.days_of(|r| matches!(r, Record::Shipped { .. })).iter().filter(|d| **d < 100.0).count() as f64
    };
    let outside: Vec<f64> = seen.iter().map(out_by_then).collect();
    near("share that acts", &ratio(&counts(&seen, acted), &outside), 0.4, 4.5);
    assert!(seen.iter().all(|run| run.days_of(acted).iter().all(|day| *day == 100.0)));
    // Nothing acts by itself.
    let plan = campaign(Lab::new(150), ALTER, "OnTrigger", "").plan();
    assert!(runs(&plan).iter().all(|run| run.count(acted) == 0 && run.outcome().get(Measure::Latent) > 0.0));
}

#[test]
fn harm_and_losses_follow_criticality_and_the_downstream_check() {
    let class = |name: &str, way: &str, by: &str| {
        format!(
            r#""{name}": (route: "{way}", flights: Poisson(rate: PerDay(24)), per_flight: 1, handled_by: "{by}",
                integrity_critical: Percent(100), criticality: 2.5, downstream_check: Percent(30)),"#
        )
    };
    let traffic = class("our-goods", "our-way", "ours") + &class("their-goods", "their-way", "theirs");
    let lab = campaign(Lab::new(100), ALTER, "Exponential(mean: Days(10))", "");
    let plan = lab.with("traffic", format!("{{{traffic}}}")).with("costs", "(harm: Euro(1000))").plan();
    for run in runs(&plan) {
        let outcome = run.outcome();
        let acted = outcome.get(Measure::Activated);
        assert!(acted > 0.0 && (outcome.get(Measure::Harm) - 1.75 * acted).abs() < 1e-9);
        assert_eq!(outcome.get(Measure::CostOn(Line::Losses)), 1750.0 * acted);
        assert_eq!(outcome.get(Measure::CostOf(Payer::Consignors)), 1750.0 * acted);
    }
}

const RECORDS: &str = r#"{
    "book": (operator: "ours", written_at: ["bench"], fields: [Parties, Timing], keeps: Days(30), value_halves_in: Days(70000),
             held_elsewhere: Percent(0), one_record_tells: Percent(100), logged: Percent(100), adds_with: {"list": Percent(50)}),
    "list": (operator: "ours", written_at: ["gate"], fields: [Contents], keeps: Days(30), value_halves_in: Days(70000),
             held_elsewhere: Percent(0), one_record_tells: Percent(100), logged: Percent(0)),
}"#;

#[test]
fn what_is_known_is_used_against_consignors_in_proportion() {
    let steps = format!(
        r#"{COPY} "use": (class: Exploit, after: Start, takes: Days(1), repeats: PerMonth(1), consignors_lose: Euro(1_000_000)),"#
    );
    let plan = campaign(Lab::new(200), &steps, NEVER, "").with("information", RECORDS).plan();
    let mut losses = 0.0;
    for run in runs(&plan) {
        let each: Vec<(f64, f64)> = run
            .records()
            .iter()
            .filter_map(
                |(at, r)| if let Record::Exploited { loss } = r { Some((at.days(), loss.as_euro())) } else { None },
            )
            .collect();
        let sum: f64 = each.iter().map(|(_, loss)| loss).sum();
        assert!((run.outcome().get(Measure::CostOn(Line::Losses)) - sum).abs() < 0.005);
        for (day, loss) in each {
            // The share known at the end of the day before and of the same day.
            let share = |day: usize| run.story.catalogue.get(day).map_or(0.0, |(_, share)| *share) * 1e6;
            let (before, after) = (if day < 1.0 { 0.0 } else { share(day as usize - 1) }, share(day as usize));
            assert!(before * 0.999 <= loss && (loss <= after * 1.001 || after == 0.0), "{before} {loss} {after}");
        }
        losses += sum;
    }
    assert!(losses > 0.0);
}

#[test]
fn all_facts_and_what_they_tell_together_are_worth_one() {
    // Two hundred days of twenty-four goods a day of fifty businesses: nearly all are seen in both systems.
    let known = |records: &str| {
        let plan = campaign(Lab::new(200), COPY, NEVER, "").with("information", records).plan();
        let seen = runs(&plan);
        seen.iter().map(|run| run.outcome().get(Measure::CatalogueShare)).sum::<f64>() / 60.0
    };
    let theirs = r#""theirs": (operator: "theirs", written_at: ["shelf"], fields: [Parties, Contents, Timing], keeps: Days(30),
        value_halves_in: Days(70000), held_elsewhere: Percent(0), one_record_tells: Percent(100)),"#;
    let alone = known(RECORDS);
    assert!((0.98..=1.000_001).contains(&alone), "{alone}");
    // Half of the value is theirs; the mosaic adds half to ours: 1.5 of 2.5.
    let both = known(&RECORDS.replacen('{', &format!("{{{theirs}"), 1));
    assert!((both - 0.6).abs() < 0.012, "{both}");
    // One half alone tells nothing of the combination: 2 of 3 fields of 1.5 times their worth.
    let half = known(&RECORDS.replace("fields: [Contents], keeps: Days(30)", "fields: [Contents], keeps: Days(0)"));
    assert!((half - 2.0 / 4.5).abs() < 0.01, "{half}");
}

#[test]
fn logs_tell_how_many_businesses_are_in_the_copies() {
    let plan = |logged: u32| {
        let records = RECORDS.replace("logged: Percent(100)", &format!("logged: Percent({logged})"));
        campaign(Lab::new(20), COPY, NEVER, "").flights(4).with("information", records).plan()
    };
    for run in runs(&plan(100)) {
        let outcome = run.outcome();
        let (seen, estimate) = (outcome.get(Measure::FactsSeen), outcome.get(Measure::FactsSeenEstimate));
        // The labels' system is not logged: of the two, half is told of, and Chao adds what was seen once.
        assert!(seen > 10.0 && estimate >= seen / 2.0 - 3.0, "{seen} {estimate}");
        assert!((0.0..=1.0).contains(&outcome.get(Measure::LoggedCoverage)) && !outcome.lacks(Measure::LoggedCoverage));
    }
    for run in runs(&plan(0)) {
        assert!(run.outcome().lacks(Measure::LoggedCoverage) && run.outcome().get(Measure::FactsSeenEstimate) == 0.0);
    }
}

#[test]
fn labels_are_read_past_every_system() {
    let steps = COPY.replace(
        "takes: Hours(1), repeats: PerDay(1)),\n",
        "takes: Hours(1), repeats: PerDay(1), enters: \"hall\"),\n",
    );
    assert_ne!(steps, COPY);
    // A bench that takes half a day always has goods on it.
    let plan = |steps: &str| {
        let stations = r#"{
            "dock":  (zone: "apron", job: Unload, staff: Always(50), takes: Fixed(Minutes(1))),
            "bench": (zone: "hall",  job: Sort,   staff: Always(500), takes: Fixed(Hours(12))),
            "shelf": (zone: "annex", job: Sort,   staff: Always(50), takes: Fixed(Minutes(1))),
            "gate":  (zone: "apron", job: Load,   staff: Always(50), takes: Fixed(Minutes(1))),
        }"#;
        campaign(Lab::new(60), steps, NEVER, "").with("stations", stations).with("information", RECORDS).plan()
    };
    let close_all =
        |plan: &Plan| Action::Respond { response: Response::RestrictScope(Probability::ONE), subject: ours(plan) };
    let closed = |plan: Plan, seed| with_action(&plan, seed, 20, close_all(&plan));
    let after = |run: &Watch| {
        let moved = |r: &Record| matches!(r, Record::MovedOut { records } if *records > 0);
        run.days_of(moved).iter().filter(|day| **day > 30.0).count()
    };
    for seed in 1..=5 {
        assert_eq!(after(&closed(plan(COPY), seed)), 0);
        assert!(after(&closed(plan(&steps), seed)) > 10);
    }
}

#[test]
fn hidden_traces_are_noticed_less() {
    let monitor = r#"{"it": (watches: Operator("ours"), notices: [Collect], sees_purpose: true, covers: Percent(100), report_takes: Hours(1),
        method: Monitor(alarms_if_misused: PerDay(1), false_alarms: PerDay(0.25)), cost: EuroPerYear(0))}"#;
    let check = |hide: &str, expect: f64| {
        let plan =
            campaign(Lab::new(200).flights(1), &format!("{COPY}{hide}"), NEVER, "").with("layers", monitor).plan();
        let alarms = counts(&runs(&plan), |r| matches!(r, Record::Noticed { .. }));
        near(hide, &alarms, expect, 4.5);
    };
    check("", 200.0);
    check(
        r#""wipe": (class: Conceal, after: Start, takes: Hours(0), hides: Percent(60), lasts: Days(500)),"#,
        200.0 * (0.25 + 0.4 * 0.75),
    );
    check(
        r#""wipe": (class: Conceal, after: Start, takes: Hours(0), hides: Percent(60), lasts: Days(100)),"#,
        100.0 + 100.0 * 0.55,
    );
}

#[test]
fn a_budget_bounds_the_attempts() {
    let steps = r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2), effort: 3),"#;
    let plan = campaign(Lab::new(100), steps, NEVER, "budget: 31,").plan();
    assert!(runs(&plan).iter().all(|run| run.count(|r| matches!(r, Record::Attempted { .. })) == 10));
}

#[test]
fn tempo_and_alerts_change_how_often_it_tries() {
    let tries = |r: &Record| matches!(r, Record::Attempted { .. });
    let plan = campaign(Lab::new(100).flights(1), ALTER, NEVER, "tempo: 0.5,").plan();
    near("half tempo", &counts(&runs(&plan), tries), 100.0, 4.5);
    let plan = campaign(Lab::new(100).flights(1), ALTER, NEVER, "after_alert: (slows: Percent(75)),").plan();
    let after: Vec<f64> = (1..=60).map(|seed| with_action(&plan, seed, 50, alert(&plan)).count(tries) as f64).collect();
    // 100 before and 25 after; the gap that runs at the alert is of the old tempo.
    near("slowed down", &after, 125.375, 4.5);
}

#[test]
fn a_campaign_that_moves_on_begins_anew_and_both_have_taken_part() {
    let steps = r#""order": (class: Compel, after: Start, takes: Days(1)),
        "alter": (class: Alter, after: AllOf(["order"]), takes: Hours(1), repeats: PerDay(2)),"#;
    let plan = campaign(Lab::new(600), steps, NEVER, "after_alert: (changes_operator: Percent(100)),").plan();
    let expel = Action::Respond { response: Response::Suspend, subject: ours(&plan) };
    for (seed, action) in (1..=12).zip([alert(&plan), expel].into_iter().cycle()) {
        let run = with_action(&plan, seed, 300, action);
        assert_eq!(run.days_of(|r| matches!(r, Record::MovedOn { .. })), [300.0]);
        let ours_after =
            |r: &Record| matches!(r, Record::Altered { consignment, .. } if consignment.traffic.index() == 0);
        assert!(run.days_of(ours_after).iter().all(|day| *day <= 300.0));
        let demanded = |r: &Record| matches!(r, Record::Demanded { operator, .. } if operator.index() == 1);
        let altered = |r: &Record| matches!(r, Record::Altered { consignment, .. } if consignment.traffic.index() == 1);
        let first = |of: Vec<f64>| of.first().copied().unwrap_or(f64::INFINITY);
        let (demand, alteration) = (first(run.days_of(demanded)), first(run.days_of(altered)));
        assert!(300.0 <= demand && (demand < alteration || alteration.is_infinite()), "{demand} {alteration}");
        let outcome = run.outcome();
        assert_eq!((outcome.get(Measure::WrongfulActions), outcome.get(Measure::Burden)), (0.0, 0.0));
    }
}

#[test]
fn a_campaign_may_turn_to_other_goods() {
    let class = |name: &str, way: &str, by: &str| {
        format!(
            r#""{name}": (route: "{way}", flights: Poisson(rate: PerDay(10)), per_flight: 1, handled_by: "{by}", integrity_critical: Percent(100)),"#
        )
    };
    let traffic = class("a", "our-way", "ours") + &class("b", "our-way", "ours") + &class("c", "their-way", "theirs");
    let lab = Lab::new(100).with("traffic", format!("{{{traffic}}}"));
    let plan = campaign(lab, ALTER, NEVER, "after_alert: (changes_goods: Percent(100)),").plan();
    for seed in 1..=10 {
        let run = with_action(&plan, seed, 50, alert(&plan));
        let left = run
            .records()
            .iter()
            .find_map(|(_, r)| if let Record::ChangedGoods { leaves } = r { Some(*leaves) } else { None });
        let left = left.unwrap();
        let days = |class| {
            run.days_of(|r| matches!(r, Record::Altered { consignment, .. } if (consignment.traffic == left) == class))
        };
        assert!(days(true).iter().all(|day| *day <= 50.0) && !days(true).is_empty());
        assert!(days(false).iter().any(|day| *day > 50.0));
    }
}

/// Attempts made of those that came due at two a day for a hundred days.
fn made(adversary: &str) -> Vec<f64> {
    let plan = campaign(Lab::new(100).flights(1), ALTER, NEVER, &format!("adversary: {adversary},")).plan();
    counts(&runs(&plan), |r| matches!(r, Record::Attempted { .. }))
}

#[test]
fn the_bold_act_and_the_fearful_wait() {
    near("nothing to lose", &made("Myopic(fears: Percent(50), loses: 0)"), 200.0, 4.5);
    // An attempt is worth 0.4 and costs 0.05 times 10.
    assert_eq!(made("Myopic(fears: Percent(5), loses: 10)").iter().sum::<f64>(), 0.0);
    near("just worth it", &made("Myopic(fears: Percent(5), loses: 7.9)"), 200.0, 4.5);
}

#[test]
fn better_moves_are_taken_more_often() {
    let share = |utility: f64, sharpness: f64| 200.0 / (1.0 + libm::exp(-sharpness * utility));
    near("blind chance", &made("Quantal(fears: Percent(5), loses: 10, sharpness: 0)"), share(0.0, 0.0), 4.5);
    near("without fear", &made("Quantal(fears: Percent(0), loses: 10, sharpness: 3)"), share(0.4, 3.0), 4.5);
}

#[test]
fn alerts_teach_fear() {
    // Worth 0.4, feared 0.02 times 10. After three alerts in some twenty attempts it is feared 0.085 times 10.
    let adversary = "adversary: Myopic(fears: Percent(2), loses: 10),";
    let plan = campaign(Lab::new(100).flights(1), ALTER, NEVER, adversary).plan();
    let tries = |r: &Record| matches!(r, Record::Attempted { .. });
    let looks = [LOOK, Response::RestrictScope(Probability::ZERO), Response::Recall];
    let looks = looks.map(|response| Action::Respond { response, subject: ours(&plan) });
    for seed in 1..=10 {
        let days = with_actions(&plan, seed, 10, &looks).days_of(tries);
        assert!(!days.is_empty() && days.iter().all(|day| *day < 10.1), "{days:?}");
    }
}
