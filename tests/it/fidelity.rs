//! The fidelity that simulates touched goods alone against the one that simulates all.

use airside::experiment::{
    Comparison, Design, Estimate, Fidelity, LEVEL, Silent, Table, needs_every_consignment, replicate,
};
use airside::measure::Measure;
use airside::model::{OptionId, World};
use airside::plan::{Intensity, Plan};
use airside::random::Luck;
use airside::sim::{Engine, Rules, Scout};
use airside::stats::Paired;
use airside::time::SimDuration;

use super::rig::{option, plan, scenario, text_of};

/// Eastmarch with a tenth of its traffic, a year long; its layers then find more on each item.
fn small_eastmarch() -> Plan {
    let text = text_of("eastmarch/eastmarch");
    let edits = [
        ("PerDay(8), at_night", "PerDay(1), at_night"),
        ("PerDay(27), at_night", "PerDay(3), at_night"),
        ("PerDay(5), at_night", "PerDay(1), at_night"),
    ];
    let text = edits.iter().fold(text, |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let mut scenario = scenario(&text);
    scenario.calendar.horizon = SimDuration::from_days(365);
    plan(scenario)
}

fn design(plan: &Plan, options: &[&str], worlds: &[World], replications: u32) -> Design {
    let options = options.iter().map(|name| option(plan, name)).collect();
    Design { options, worlds: worlds.to_vec(), draws: 0, replications, first: 0, seed: 12, fidelity: Fidelity::Full }
}

fn touched(plan: &Plan, design: &Design) -> Table {
    replicate(plan, &design.clone().with_fidelity(Fidelity::touched(design)), 0, &Silent).unwrap()
}

/// How far the means of a security measure may lie apart, in standard deviations of its full runs: a third is what
/// Cohen calls small. Two one-sided tests at 5 %: the 90 % interval of the mean difference lies within.
const MARGIN: f64 = 0.35;
/// But not less than this of an item, a day or a chance: what happens once in all runs has hardly a deviation.
const SMALL: f64 = 0.05;

/// Campaign, desk and tips have the same luck in both fidelities, so that the runs are pairs. 60 comparisons at a fixed
/// seed: if fidelities agreed exactly, each would fail with a chance of less than 1 in 200.
#[test]
fn every_security_measure_agrees_within_its_margin() {
    let plan = small_eastmarch();
    let names = ["audit-use", "share-less", "expel"];
    for (name, world) in names.into_iter().zip([World::Real, World::Elsewhere, World::Real]) {
        let design = design(&plan, &[name], &[world], 220);
        let full = replicate(&plan, &design, 0, &Silent).unwrap();
        let touched = touched(&plan, &design);
        let id = option(&plan, name);
        let mut compared = 0;
        for measure in Measure::all().filter(|m| !needs_every_consignment(*m)) {
            let (all, some) = (full.values(world, id, measure), touched.values(world, id, measure));
            let paired = Paired::of(&all, &some, 0.90, 1).unwrap();
            let n = all.len() as f64;
            let mean = all.iter().sum::<f64>() / n;
            let sd = (all.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
            if sd == 0.0 {
                let most = some.iter().map(|v| (v - mean).abs()).fold(0.0, f64::max);
                assert!(most <= 0.03 * mean.abs(), "{} under {name}: {mean} in full, off by {most}", measure.id());
                continue;
            }
            compared += 1;
            let (low, high) = (paired.interval.low, paired.interval.high);
            // Counts of all that goes elsewhere hardly vary: there a hundredth of the mean is close enough.
            let margin = (MARGIN * sd).max(0.01 * mean.abs()).max(SMALL);
            assert!(low > -margin && high < margin, "{} under {name}: {low} to {high}, margin {margin}", measure.id());
        }
        assert!(compared >= 15, "{compared} measures varied under {name}");
    }
}

#[test]
fn what_needs_every_consignment_comes_from_the_pilot_runs_with_their_interval() {
    let plan = small_eastmarch();
    let design = design(&plan, &["open-more"], &[World::Innocent], 8);
    let (full, touched) = (replicate(&plan, &design, 0, &Silent).unwrap(), touched(&plan, &design));
    let id = option(&plan, "open-more");
    for measure in [Measure::MeanSojourn, Measure::P95Sojourn, Measure::Throughput, Measure::InBuilding] {
        let (all, some) = (full.values(World::Innocent, id, measure), touched.values(World::Innocent, id, measure));
        // Four pilot runs with the luck of the first four; runs 0 and 1 share the first.
        assert_eq!(some, [0, 0, 1, 1, 2, 2, 3, 3].map(|pilot: usize| all[pilot]), "{}", measure.id());
        let four = airside::stats::Summary::of(&all[..4]).unwrap();
        let Some(Estimate::Number { mean, interval, .. }) = touched.estimate(World::Innocent, id, measure) else {
            panic!("{}", measure.id())
        };
        assert!((mean - four.mean()).abs() < 1e-9 * mean, "{}", measure.id());
        let right = four.mean_interval(LEVEL);
        assert!((interval.high - right.high).abs() < 1e-9 * mean, "{}: {interval:?}, not {right:?}", measure.id());
    }
}

/// One pilot run stands for all worlds where no rule of an option gets in the way of goods; otherwise each world has its
/// own. Either way it is what a run in full gives there.
#[test]
fn pilot_runs_hold_in_the_world_that_they_are_used_for() {
    let rule = "(when: AllOf([Belief(AtLeast(Percent(90))), LinkFound]), then: RestrictScope(Percent(80)))";
    let text = text_of("eastmarch/eastmarch");
    assert!(text.contains(rule));
    let mut suspends = scenario(&text.replace(rule, "(when: Belief(AtLeast(Percent(8))), then: Suspend)"));
    suspends.calendar.horizon = SimDuration::from_days(300);
    suspends.traffic.iter_mut().for_each(|class| class.per_flight = 2);
    for (plan, differ) in [(small_eastmarch(), false), (plan(suspends), true)] {
        let design = design(&plan, &["share-less", "audit-use"], &[World::Innocent, World::Real], 4);
        let design = Design { seed: 40, ..design };
        let (full, touched) = (replicate(&plan, &design, 0, &Silent).unwrap(), touched(&plan, &design));
        let values = |table: &Table, world, option| table.values(world, option, Measure::Throughput);
        for &world in &design.worlds {
            for &id in &design.options {
                assert_eq!(values(&full, world, id), values(&touched, world, id), "{id:?}, {}", world.name());
            }
        }
        let worlds = design.worlds.iter().map(|world| values(&full, *world, option(&plan, "audit-use")));
        let worlds: Vec<Vec<f64>> = worlds.collect();
        assert_eq!(worlds[0] != worlds[1], differ, "{worlds:?}");
    }
}

#[test]
fn any_number_of_threads_and_any_other_option_gives_the_same_runs() {
    let plan = small_eastmarch();
    let few = design(&plan, &["do-nothing", "audit-use"], &[World::Real, World::Elsewhere], 6);
    let few = few.clone().with_fidelity(Fidelity::touched(&few));
    let one = replicate(&plan, &few, 1, &Silent).unwrap();
    for jobs in [2, 5] {
        assert!(replicate(&plan, &few, jobs, &Silent).unwrap() == one, "{jobs} threads");
    }
    let more = Design { options: vec![few.options[0], option(&plan, "open-more"), few.options[1]], ..few.clone() };
    let more = replicate(&plan, &more, 2, &Silent).unwrap();
    for &id in &few.options {
        assert!(one.cell(World::Real, id).eq(more.cell(World::Real, id)), "{id:?}");
    }
}

/// Options thin the same goods: an option that does nothing different differs by exactly nothing.
#[test]
fn options_share_their_luck() {
    let text = text_of("eastmarch/eastmarch").replace("PerDay(27), at_night", "PerDay(3), at_night").replace(
        "\"do-nothing\":  (safeguards: [], response: []),",
        "\"do-nothing\":  (safeguards: [], response: []), \"idle\": (safeguards: [], response: []),",
    );
    let mut scenario = scenario(&text);
    scenario.calendar.horizon = SimDuration::from_days(200);
    let plan = plan(scenario);
    let design = design(&plan, &["do-nothing", "idle", "share-less"], &[World::Real], 40);
    let table = touched(&plan, &design);
    let comparison = Comparison::of(&table, option(&plan, "do-nothing"));
    for d in comparison.differences.iter().filter(|d| d.option == option(&plan, "idle")) {
        assert_eq!((d.paired.mean, d.paired.interval.high), (0.0, 0.0), "{}", d.measure.id());
    }
    let less = comparison.get(World::Real, option(&plan, "share-less"), Measure::FactsSeen).unwrap();
    let values = |name| table.values(World::Real, option(&plan, name), Measure::FactsSeen);
    assert!(less.mean > 0.0);
    assert!(
        values("do-nothing").iter().zip(values("share-less")).all(|(all, some)| some <= *all),
        "fewer points, not others"
    );
}

#[test]
fn a_day_brings_what_its_profile_says() {
    let plan = small_eastmarch();
    for block in &plan.facts.blocks {
        let class = &plan.scenario.traffic[block.traffic.index()];
        let intensity = Intensity::new(&plan, block.traffic, &[]);
        let all: f64 = (0..intensity.days()).map(|day| intensity.of_day(day)).sum();
        let expected = class.consignments_a_day() * 365.0;
        assert!((all / expected - 1.0).abs() < 0.02, "{}: {all}, not {expected}", class.id);
        let night = (0..1_000).filter(|i| {
            let hour = intensity.time_of_day((f64::from(*i) + 0.5) / 1_000.0) / airside::time::HOUR;
            !(6..22).contains(&hour)
        });
        let share = night.count() as f64 / 1_000.0;
        let right = if class.id == "web-orders" { 0.45 } else { 0.30 };
        assert!((share - right).abs() < 0.002, "{}: {share} of it comes at night, not {right}", class.id);
    }
}

/// An engine of touched goods can be cloned, and a clone goes on as the original.
#[test]
fn a_clone_goes_on_as_the_original() {
    let plan = small_eastmarch();
    let id: OptionId = option(&plan, "audit-use");
    let mut scout = Scout::new(&plan);
    Engine::new(&plan, id, World::Innocent, Luck::new(1))
        .run(&mut Rules::new(&plan.scenario.options[id.index()]), &mut scout);
    let journeys = scout.journeys();
    let mut engine = Engine::touching(&plan, &journeys, id, World::Real, Luck::new(3));
    let mut tally = airside::measure::Tally::new(&plan);
    for _ in 0..2_000 {
        if let airside::sim::Progress::AwaitingDecision(_) = engine.step(&mut tally) {
            engine.answer(&[], &mut tally);
        }
    }
    let (mut other, mut others) = (engine.clone(), tally.clone());
    let mut nobody = airside::sim::DoNothing;
    engine.run(&mut nobody, &mut tally);
    other.run(&mut nobody, &mut others);
    assert_eq!(tally.outcome(), others.outcome());
    let mut forked = Engine::touching(&plan, &journeys, id, World::Real, Luck::new(3));
    let mut another = airside::measure::Tally::new(&plan);
    forked.fork(1);
    forked.run(&mut nobody, &mut another);
    assert_ne!(another.outcome(), tally.outcome(), "a fork has a luck of its own");
}
