//! Nothing is allocated while a run goes on, once its memory is there.

use airside::measure::Tally;
use airside::model::World;
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Rules, Scout};
use airside::time::SimDuration;

use super::rig::{option, plan, scenario, text_of};

fn shipped(name: &str, days: u64) -> Plan {
    let mut scenario = scenario(&text_of(name));
    scenario.calendar.horizon = SimDuration::from_days(days);
    plan(scenario)
}

/// Runs replications 0 to 4 until the calendar has fitted its slots to them, then all of them again: what was enough
/// once is enough.
fn check(plan: &Plan, engine: &mut Engine<'_>, name: &str, world: World) {
    let id = option(plan, name);
    let rules = Rules::new(&plan.scenario.options[id.index()]);
    let mut tally = Tally::new(plan);
    let mut all = |engine: &mut Engine<'_>| {
        for r in 0..5 {
            let mut policy = rules.clone();
            engine.restart(id, world, Luck::new(6).replication(r));
            tally.restart();
            engine.run(&mut policy, &mut tally);
        }
    };
    all(engine);
    all(engine);
    let counted = allocation_counter::measure(|| all(engine));
    // A rule that has been used is remembered in the policy, which is new for each run.
    let rules_used = 5 * plan.scenario.options[id.index()].rules.len() as u64;
    assert!(
        counted.count_total <= rules_used,
        "{}, {name}, {}: {} allocations",
        plan.scenario.title,
        world.name(),
        counted.count_total
    );
}

#[test]
fn a_second_round_of_runs_allocates_nothing() {
    for (file, name, days) in
        [("bench/hub10", "", 3), ("lakeside/lakeside", "look-and-limit", 60), ("eastmarch/eastmarch", "audit-use", 60)]
    {
        let plan = shipped(file, days);
        let world = if plan.scenario.campaign.is_some() { World::Real } else { World::Innocent };
        let mut engine = Engine::new(&plan, option(&plan, name), world, Luck::new(6));
        check(&plan, &mut engine, name, world);
    }
}

#[test]
fn nor_do_runs_of_touched_goods() {
    let plan = shipped("eastmarch/eastmarch", 100);
    let id = option(&plan, "audit-use");
    let mut scout = Scout::new(&plan);
    Engine::new(&plan, id, World::Innocent, Luck::new(1))
        .run(&mut Rules::new(&plan.scenario.options[id.index()]), &mut scout);
    let journeys = scout.journeys();
    let mut engine = Engine::touching(&plan, &journeys, id, World::Real, Luck::new(6));
    check(&plan, &mut engine, "audit-use", World::Real);
}

/// What a run holds on to does not grow from run to run.
#[test]
fn memory_is_flat() {
    let plan = shipped("lakeside/lakeside", 60);
    let id = option(&plan, "look-and-limit");
    let mut engine = Engine::new(&plan, id, World::Real, Luck::new(6));
    let mut tally = Tally::new(&plan);
    let mut some = |from: u32, to: u32| {
        allocation_counter::measure(|| {
            for r in from..to {
                engine.restart(id, World::Real, Luck::new(6).replication(r));
                tally.restart();
                engine.run(&mut Rules::new(&plan.scenario.options[id.index()]), &mut tally);
            }
        })
    };
    some(0, 100);
    let later = some(100, 400);
    // A buffer may double once more, when a run is busier than any before.
    assert!(later.bytes_current < 32_768, "{} bytes more after 300 more runs", later.bytes_current);
}
