//! Every measure is explained to the last unit, and explaining changes nothing.

use airside::document::Folder;
use airside::measure::{Account, Explanation, Outcome, Story, Tally};
use airside::model::{Scenario, World};
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Rules};
use airside::time::SimDuration;

use super::rig::{option, plan, run, scenario_with, text_of};

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
    check("bench/hub10", 10, 1..=2);
}

#[test]
fn eastmarch_is_explained_to_the_last_unit() {
    check("eastmarch/eastmarch", 250, 1..=1);
}

#[test]
fn lakeside_is_explained_to_the_last_unit() {
    check("lakeside/lakeside", 365, 1..=6);
}

#[test]
fn starter_is_explained_to_the_last_unit() {
    check("starter/starter", 365, 1..=4);
}
