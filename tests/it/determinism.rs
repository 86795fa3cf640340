//! The same inputs give the same run: twice, on any number of threads, from a clone, after a restart.

use airside::experiment::{Design, Silent, replicate};
use airside::measure::{Measure, Outcome};
use airside::model::{Line, Scenario, World};
use airside::plan::Plan;
use airside::random::{Entity, Luck, Purpose};
use airside::sim::{Engine, Rules};

use super::rig::{Lab, Watch, lakeside, option, plan, run, scenario, step, text_of, watch};

#[test]
fn the_same_seed_gives_the_same_run_and_another_one_another() {
    let plan = plan(lakeside(100));
    for world in World::ALL {
        let (one, two) = (watch(&plan, "look-and-limit", world, 8), watch(&plan, "look-and-limit", world, 8));
        assert_eq!(one.canonical(), two.canonical());
        assert!(one.moves == two.moves);
        assert_ne!(one.canonical(), watch(&plan, "look-and-limit", world, 9).canonical());
    }
}

#[test]
fn any_number_of_threads_gives_the_same_table() {
    let plan = plan(lakeside(60));
    let design = Design::full(&plan.scenario, 7, 4);
    let one = replicate(&plan, &design, 1, &Silent).unwrap();
    for jobs in [2, 5] {
        assert!(replicate(&plan, &design, jobs, &Silent).unwrap() == one, "{jobs} threads");
    }
    // A row is the run that anybody can do alone.
    let row = one.cell(World::Elsewhere, option(&plan, "look")).nth(3).unwrap();
    let mut tally = airside::measure::Tally::new(&plan);
    let mut engine = Engine::new(&plan, option(&plan, "look"), World::Elsewhere, Luck::new(4).replication(3));
    engine.run(&mut Rules::new(&plan.scenario.options[option(&plan, "look").index()]), &mut tally);
    assert_eq!(tally.outcome(), *row);
}

/// A run with everything that goes on with it.
#[derive(Clone)]
struct Whole<'p> {
    engine: Engine<'p>,
    policy: Rules<'p>,
    watch: Watch,
}

impl<'p> Whole<'p> {
    fn new(plan: &'p Plan, name: &str, world: World, seed: u64) -> Self {
        let option = option(plan, name);
        Whole {
            engine: Engine::new(plan, option, world, Luck::new(seed)),
            policy: Rules::new(&plan.scenario.options[option.index()]),
            watch: Watch::new(plan),
        }
    }

    fn step(&mut self) -> bool {
        step(&mut self.engine, &mut self.policy, &mut self.watch)
    }

    fn finish(mut self) -> Watch {
        while self.step() {}
        self.watch
    }
}

/// How many steps a run takes, so that the tests below stop within it however busy the hub is.
fn steps_of(plan: &Plan, name: &str, world: World, seed: u64) -> u64 {
    let mut whole = Whole::new(plan, name, world, seed);
    let mut steps = 0;
    while whole.step() {
        steps += 1;
    }
    steps
}

#[track_caller]
fn same(one: &Watch, other: &Watch, what: &str) {
    assert!(one.canonical() == other.canonical(), "{what}: records or figures differ");
    assert!(one.moves == other.moves, "{what}: goods moved otherwise");
}

#[test]
fn a_clone_continues_as_the_original_would() {
    let plan = plan(lakeside(120));
    let uninterrupted = watch(&plan, "look-and-limit", World::Real, 6);
    let length = steps_of(&plan, "look-and-limit", World::Real, 6);
    let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("clone"));
    let mut whole = Whole::new(&plan, "look-and-limit", World::Real, 6);
    let mut steps = 0u64;
    for round in 0..5 {
        for _ in 0..(stream.uniform() * length as f64 / 5.0) as u64 {
            assert!(whole.step(), "the run is longer than that");
            steps += 1;
        }
        // The clone first, so that whatever the two still shared would show in the original.
        same(&whole.clone().finish(), &uninterrupted, &format!("clone {round} after {steps} steps"));
    }
    same(&whole.finish(), &uninterrupted, "the original");
}

#[test]
fn a_restarted_engine_is_a_new_one() {
    let plan = plan(lakeside(90));
    let luck = Luck::new(5).replication(2);
    for (used_to, world) in [(0, World::Innocent), (40_000, World::Elsewhere), (u64::MAX, World::Real)] {
        let mut used = Whole::new(&plan, "expel-now", World::Real, 1);
        let mut steps = 0;
        while steps < used_to && used.step() {
            steps += 1;
        }
        let option = option(&plan, "look");
        let policy = || Rules::new(&plan.scenario.options[option.index()]);
        used.engine.restart(option, world, luck);
        let again = Whole { engine: used.engine, policy: policy(), watch: Watch::new(&plan) }.finish();
        let fresh =
            Whole { engine: Engine::new(&plan, option, world, luck), policy: policy(), watch: Watch::new(&plan) };
        same(&again, &fresh.finish(), &format!("used for {steps} steps"));
    }
}

#[test]
fn a_fork_has_the_same_past_and_another_future() {
    let plan = plan(lakeside(100));
    let mut trunk = Whole::new(&plan, "look", World::Real, 3);
    for _ in 0..steps_of(&plan, "look", World::Real, 3) / 2 {
        assert!(trunk.step());
    }
    let (now, past) = (trunk.engine.now(), trunk.watch.moves.len());
    let forked = |branch| {
        let mut whole = trunk.clone();
        whole.engine.fork(branch);
        whole.finish()
    };
    let (zero, one, again, two) = (forked(0), forked(1), forked(1), forked(2));
    same(&one, &again, "the same branch");
    same(&zero, &trunk.clone().finish(), "branch 0 is the trunk");
    for other in [&one, &two] {
        assert!(other.moves[..past] == zero.moves[..past]);
        let differ = other.moves.iter().zip(&zero.moves).find(|(a, b)| a != b);
        assert!(differ.is_some_and(|((at, _), _)| *at >= now), "futures differ, and only futures");
    }
    assert!(one.moves != two.moves);
}

/// Outcomes of all options of lakeside by name, bit by bit.
fn rows(plan: &Plan, seed: u64) -> Vec<(String, Outcome)> {
    let names = ["as-today", "look", "look-and-limit", "expel-now"];
    names.iter().map(|name| (name.to_string(), run(plan, name, World::Real, seed).0)).collect()
}

fn lakeside_text(change: impl Fn(String) -> String) -> Scenario {
    let text = text_of("lakeside/lakeside");
    let changed = change(text.clone());
    assert_ne!(changed, text, "the document has changed; so must this test");
    let mut scenario = scenario(&changed);
    scenario.calendar.horizon = airside::time::SimDuration::from_days(200);
    scenario
}

/// A change of the document that must change no outcome of the options that were there.
#[track_caller]
fn check_unmoved(what: &str, change: impl Fn(String) -> String) {
    let (before, after) = (plan(lakeside(200)), plan(lakeside_text(change)));
    for seed in [1, 2] {
        assert_eq!(rows(&before, seed), rows(&after, seed), "{what}");
    }
}

#[test]
fn names_that_own_no_luck_change_no_number() {
    check_unmoved("another title", |t| t.replace("two operators, one hall", "a new title"));
    check_unmoved("another station", |t| t.replace("\"hand-over\"", "\"passing-on\""));
    check_unmoved("another zone", |t| t.replace("\"annex\"", "\"extension\""));
    check_unmoved("another route", |t| t.replace("\"parcel-way\"", "\"the-way\""));
    check_unmoved("another system", |t| t.replace("\"parcel-book\"", "\"parcel-files\""));
    check_unmoved("another stage of a case", |t| t.replace("\"inquire\"", "\"dig\""));
    check_unmoved("another safeguard", |t| t.replace("\"open-more\"", "\"look-inside\""));
}

#[test]
fn what_is_added_leaves_the_others_their_luck() {
    let safeguard = |t: String| {
        t.replace(
            "safeguards: {\n",
            "safeguards: {\n        \"a-new-one\": Own(does: [Catch(layer: \"opening\", to: Percent(99)), Cover(layer: \"opening\", to: Percent(90)),
                AddLayer(id: \"a-new-layer\", layer: (watches: Station(\"sort\"), notices: [Alter], sees_purpose: false, covers: Percent(50),
                    report_takes: Hours(1), method: PerItem(catches: Percent(50), false_alarms: Percent(1)), cost: EuroPerYear(0)))],
                aimed_at: Nobody, paid_by: Hub, once: Euro(1), yearly: EuroPerYear(1), ready_after: Days(1), legal: Voluntary, ids: []),\n",
        )
    };
    let option = |t: String| {
        t.replace(
            "options: {\n",
            "options: {\n        \"a-new-option\": (safeguards: [\"ask-why\"], response: [(when: From(Day(3)), then: Replace)]),\n",
        )
    };
    check_unmoved("an option that comes first", option);
    check_unmoved("a safeguard that comes first, with a layer", safeguard);
    check_unmoved("a safeguard and an option that buys it", |t| {
        option(safeguard(t))
            .replace("[\"ask-why\"], response: [(when: From(Day(3))", "[\"a-new-one\"], response: [(when: From(Day(3))")
    });
    check_unmoved("a zone that comes first", |t| {
        t.replace("zones: {\n", "zones: {\n        \"a-new-zone\": (kind: Office, map: (1, 9), run_by: Hub),\n")
    });
}

#[test]
fn a_group_that_fails_together_keeps_its_luck_when_another_is_added() {
    let group = r#"(layers: ["seal", "xray"], share: Percent(50))"#;
    let layer = |name: &str| {
        format!(
            r#""{name}": (watches: Station("gate"), notices: [Alter], sees_purpose: false, covers: Percent(100), report_takes: Hours(1),
                method: PerItem(catches: Percent(50), false_alarms: Percent(0)), cost: EuroPerYear(0)),"#
        )
    };
    let lab = |groups: String| {
        let layers: String = ["seal", "xray", "other", "another"].map(layer).concat();
        let layers = layers
            .replacen("Station(\"gate\")", "Station(\"GATE\")", 2)
            .replace("\"gate\"", "\"shelf\"")
            .replace("GATE", "gate");
        Lab::new(300)
            .campaign(
                r#""alter": (class: Alter, after: Start, takes: Hours(1), repeats: PerDay(2))"#,
                0,
                "Fixed(Days(1000))",
            )
            .with("layers", format!("{{{layers}}}"))
            .with("fail_together", format!("[{groups}]"))
            .plan()
    };
    let found = |plan: &Plan| run(plan, "", World::Real, 1).0;
    let (alone, after) =
        (lab(group.to_owned()), lab(format!(r#"(layers: ["other", "another"], share: Percent(50)), {group}"#)));
    assert!(found(&alone).get(Measure::Found) > 100.0);
    assert_eq!(found(&alone), found(&after));
}

#[test]
fn the_price_of_a_layer_changes_its_cost_and_nothing_else() {
    let dearer = lakeside_text(|t| t.replace("cost: EuroPerYear(25_000)", "cost: EuroPerYear(35_000)"));
    let (cheap, dear) = (plan(lakeside(200)), plan(dearer));
    let more = 10_000.0 * 200.0 / 365.0;
    for ((name, cheap), (_, dear)) in rows(&cheap, 1).iter().zip(rows(&dear, 1)) {
        for measure in Measure::all() {
            let expect = match measure {
                Measure::CostTotal | Measure::CostOn(Line::Layers) | Measure::CostOf(airside::model::Payer::Hub) => {
                    more
                }
                _ => 0.0,
            };
            let differ = dear.get(measure) - cheap.get(measure);
            assert!((differ - expect).abs() < 0.011, "{name} {}: {differ}", measure.id());
        }
    }
}
