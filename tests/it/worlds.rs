//! Three worlds under one luck: what they share, what differs, and who bears what.

use airside::experiment::{Design, Silent, replicate};
use airside::measure::{Measure, Record};
use airside::model::{Action, Line, Payer, World};
use airside::plan::Plan;
use airside::time::SimTime;

use super::rig::{self, Move, Watch, lakeside, plan, run, scenario, text_of, watch};

const HARM: [Measure; 7] = [
    Measure::CatalogueShare,
    Measure::FactsKnown,
    Measure::AlterationsAttempted,
    Measure::Altered,
    Measure::Shipped,
    Measure::Activated,
    Measure::Harm,
];

/// Nothing that a campaign does is there, and nothing is called a true signal.
#[track_caller]
fn check_harmless(plan: &Plan, name: &str, world: World, seed: u64) {
    let (outcome, story) = run(plan, name, world, seed);
    for measure in HARM {
        assert_eq!(outcome.get(measure).to_bits(), 0.0f64.to_bits(), "{} {name} {world:?}", measure.id());
    }
    assert!(outcome.is_censored(Measure::FirstSignalDay) && outcome.is_censored(Measure::InvestigationDay));
    assert_eq!(outcome.get(Measure::Attributed), 0.0);
    assert!(story.catalogue.iter().all(|(_, share)| *share == 0.0));
    let does = |record: &Record| {
        matches!(
            record,
            Record::CampaignBegan { .. }
                | Record::Demanded { .. }
                | Record::Attempted { .. }
                | Record::MovedOut { .. }
                | Record::Altered { .. }
                | Record::Noticed { genuine: true, .. }
                | Record::Attributed { rightly: true, .. }
        )
    };
    assert!(!story.records.iter().any(|(_, record)| does(record)));
}

#[test]
fn without_a_campaign_nothing_is_known_altered_or_harmed() {
    let with = plan(lakeside(365));
    let mut without = lakeside(365);
    without.campaign = None;
    let without = plan(without);
    for seed in 1..=3 {
        for option in ["as-today", "look-and-limit", "expel-now"] {
            check_harmless(&with, option, World::Innocent, seed);
            for world in World::ALL {
                check_harmless(&without, option, world, seed);
            }
        }
    }
}

#[test]
fn the_innocent_world_is_the_document_without_its_campaign() {
    let with = plan(lakeside(200));
    let mut without = lakeside(200);
    without.campaign = None;
    let without = plan(without);
    for option in ["look", "look-and-limit", "expel-now"] {
        let (one, other) = (watch(&with, option, World::Innocent, 5), watch(&without, option, World::Real, 5));
        assert_eq!(one.canonical(), other.canonical(), "{option}");
        assert!(one.in_order() == other.in_order(), "{option}: goods move alike");
    }
}

/// What moved before an instant; all of it if nothing acts.
fn before(watch: &Watch, at: SimTime) -> Vec<(SimTime, Move)> {
    let mut moves = watch.in_order();
    moves.truncate(moves.partition_point(|(t, _)| *t < at));
    moves
}

#[test]
fn worlds_share_every_arrival_and_service_until_a_response_acts() {
    let plan = plan(lakeside(120));
    for seed in [2, 7] {
        for option in ["as-today", "look"] {
            let [real, innocent, elsewhere] = World::ALL.map(|world| watch(&plan, option, world, seed));
            assert!(real.moves.len() > 20_000);
            assert!(real.moves == innocent.moves && real.moves == elsewhere.moves, "{option}: nothing touches goods");
            assert_ne!(real.records(), innocent.records(), "the worlds do differ");
            assert_ne!(real.records(), elsewhere.records(), "the worlds do differ");
        }
    }
}

#[test]
fn options_share_every_arrival_and_service_until_an_effect_acts() {
    let plan = plan(lakeside(120));
    let ready = SimTime::from_days(90);
    let today = watch(&plan, "as-today", World::Real, 3);
    let expel = watch(&plan, "expel-now", World::Real, 3);
    assert!(before(&today, ready) == before(&expel, ready), "expulsion is ready on day 90");
    assert!(today.moves != expel.moves, "and then it acts");
    // Flights still come at the same instants; fewer of their goods stay.
    let flights = |watch: &Watch| -> Vec<SimTime> {
        watch.moves.iter().filter(|(_, what)| matches!(what, Move::Flight(..))).map(|(at, _)| *at).collect()
    };
    assert_eq!(flights(&today), flights(&expel));
}

#[test]
fn goods_that_stay_after_an_expulsion_keep_the_services_that_they_had() {
    // Enough servers that no queue carries an effect from one consignment to the next.
    let mut roomy = lakeside(60);
    for station in &mut roomy.stations {
        station.staff.truncate(1);
        station.staff[0].from = 0;
        station.staff[0].servers = 500;
    }
    for safeguard in &mut roomy.safeguards {
        safeguard.ready_after = airside::time::SimDuration::from_days(10);
    }
    let plan = plan(roomy);
    let today = watch(&plan, "as-today", World::Real, 3);
    let expel = watch(&plan, "expel-now", World::Real, 3);
    let mut rest = today.moves.iter().filter(|(_, what)| !matches!(what, Move::Flight(..)));
    let mut stayed = 0;
    for one in expel.moves.iter().filter(|(_, what)| !matches!(what, Move::Flight(..))) {
        assert!(rest.any(|other| other == one), "{one:?} differs or comes in another order");
        stayed += 1;
    }
    assert!(stayed > 10_000 && rest.next().is_none_or(|(at, _)| *at > SimTime::from_days(59)));
    assert!(expel.outcome().get(Measure::ThroughputLost) > 1_000.0);
}

/// Lakeside for a year without a desk, so that nothing but the expulsion burdens anybody.
fn no_desk() -> Plan {
    let mut scenario = lakeside(365);
    scenario.desk = None;
    plan(scenario)
}

#[test]
fn expulsion_burdens_the_uninvolved_from_its_ready_day_exactly() {
    let plan = no_desk();
    for (world, burden, wrongful) in
        [(World::Real, 0.0, 0.0), (World::Innocent, 275.0, 1.0), (World::Elsewhere, 275.0, 1.0)]
    {
        let (outcome, story) = run(&plan, "expel-now", world, 1);
        assert_eq!(outcome.get(Measure::Burden), burden, "{world:?}: 365 - 90 days at severity 1");
        assert_eq!(outcome.get(Measure::WrongfulActions), wrongful, "{world:?}");
        let ready = story.records.iter().filter(|(_, r)| matches!(r, Record::Ready { .. })).count();
        assert_eq!(ready, 1);
    }
    let (outcome, _) = run(&plan, "as-today", World::Innocent, 1);
    assert_eq!(outcome.get(Measure::Burden), 0.0);
}

#[test]
fn burden_is_severity_times_days_for_each_one_aimed_at() {
    // `ask-why` is aimed at everyone at 3 % from day 120; in the real world one of the two takes part.
    let plan = no_desk();
    let days = 365.0 - 120.0;
    for (world, subjects) in [(World::Real, 1.0), (World::Innocent, 2.0), (World::Elsewhere, 1.0)] {
        let (outcome, _) = run(&plan, "look", world, 1);
        let expect = subjects * days * 0.03;
        assert!((outcome.get(Measure::Burden) - expect).abs() < 1e-9, "{world:?}");
        assert_eq!(outcome.get(Measure::WrongfulActions), 0.0, "a general rule wrongs nobody");
    }
}

#[test]
fn a_response_against_the_uninvolved_is_wrongful_and_burdens_from_its_hour() {
    let mut scenario = lakeside(100);
    scenario.options[0].rules = scenario.options[1].rules.clone();
    let text = text_of("lakeside/lakeside").replace(
        r#""as-today":  (safeguards: [], response: [])"#,
        r#""as-today":  (safeguards: [], response: [(when: From(Day(30)), then: Suspend)])"#,
    );
    let mut scenario = rig::scenario(&text);
    scenario.calendar.horizon = airside::time::SimDuration::from_days(100);
    // Nobody is watched: the review of day 30 is the first decision that the rule meets, or a signal after it.
    let plan = plan(scenario);
    for (world, innocents) in [(World::Real, 1.0), (World::Innocent, 2.0), (World::Elsewhere, 1.0)] {
        let (outcome, story) = run(&plan, "as-today", world, 1);
        let took: Vec<f64> = story
            .records
            .iter()
            .filter(|(_, r)| matches!(r, Record::Took { action: Action::Respond { .. }, .. }))
            .map(|(at, _)| at.days())
            .collect();
        assert_eq!(took, [30.0, 30.0], "{world:?}: each operator once");
        assert_eq!(outcome.get(Measure::WrongfulActions), innocents, "{world:?}");
        let burden = outcome.get(Measure::Burden);
        // Watching beforehand may add a fiftieth of a day a day.
        assert!((innocents * 70.0..=innocents * (70.0 + 30.0 * 0.02)).contains(&burden), "{world:?}: {burden}");
    }
}

#[test]
fn in_the_elsewhere_world_the_campaign_runs_through_the_other_operator() {
    let plan = plan(lakeside(365));
    let campaign = plan.scenario.campaign.as_ref().unwrap();
    for seed in 1..=3 {
        for (world, operator) in [(World::Real, campaign.uses), (World::Elsewhere, campaign.elsewhere)] {
            let seen = watch(&plan, "look", world, seed);
            let mut began = false;
            for (_, record) in seen.records() {
                match record {
                    Record::CampaignBegan { operator: o } | Record::Demanded { operator: o, .. } => {
                        began = true;
                        assert_eq!(*o, operator);
                    }
                    Record::Noticed { genuine: true, operator: o, .. } => assert_eq!(*o, operator),
                    Record::Altered { consignment, .. } => {
                        let class = &plan.scenario.traffic[consignment.traffic.index()];
                        assert_eq!(class.handled_by, operator);
                    }
                    Record::CaseOpened { operator: o, rightly, .. } | Record::Attributed { operator: o, rightly } => {
                        assert_eq!(*rightly, *o == operator);
                    }
                    _ => {}
                }
            }
            assert!(began);
        }
    }
}

#[test]
fn the_same_campaign_meets_the_same_luck_in_both_worlds() {
    // Both operators are alike in law and nobody responds, so that steps end at the same instants with the same success.
    let mut scenario = lakeside(365);
    let law = scenario.operators[0].law;
    scenario.operators[1].law = law;
    let plan = plan(scenario);
    for seed in 1..=5 {
        let steps = |world| {
            let (_, story) = run(&plan, "as-today", world, seed);
            let of = |r: &Record| matches!(r, Record::Attempted { .. });
            story.records.into_iter().filter(|(_, r)| of(r)).collect::<Vec<_>>()
        };
        let (real, elsewhere) = (steps(World::Real), steps(World::Elsewhere));
        assert!(!real.is_empty());
        assert_eq!(real, elsewhere);
    }
}

#[test]
fn a_safeguard_without_effect_changes_nothing_but_cost() {
    // The seal check catches 35 % as it is.
    let text = text_of("lakeside/lakeside")
        .replace(
            "safeguards: {\n        \"ask-why\"",
            "safeguards: {\n        \"plaque\": Own(does: [Catch(layer: \"seal-check\", to: Percent(35))], aimed_at: Nobody, paid_by: Consignors, once: Euro(1000), yearly: EuroPerYear(730), ready_after: Days(5), legal: Voluntary, ids: []),\n        \"ask-why\"",
        )
        .replace(
            "options: {\n",
            "options: {\n        \"plaque-only\": (safeguards: [\"plaque\"], response: []),\n",
        );
    let mut scenario = scenario(&text);
    scenario.calendar.horizon = airside::time::SimDuration::from_days(100);
    let plan = plan(scenario);
    for world in World::ALL {
        let (with, without) = (watch(&plan, "plaque-only", world, 4), watch(&plan, "as-today", world, 4));
        assert!(with.moves == without.moves);
        let told = |watch: &Watch| -> Vec<(SimTime, Record)> {
            let own = |r: &Record| matches!(r, Record::Took { action: Action::Buy(_), .. } | Record::Ready { .. });
            watch.records().iter().filter(|(_, r)| !own(r)).cloned().collect()
        };
        assert_eq!(told(&with), told(&without));
        let (with, without) = (with.outcome(), without.outcome());
        for measure in Measure::all() {
            let more = match measure {
                Measure::CostOn(Line::SafeguardOnce) => 1000.0,
                Measure::CostOn(Line::SafeguardYearly) => 200.0,
                Measure::CostOf(Payer::Consignors) | Measure::CostTotal => 1200.0,
                _ => 0.0,
            };
            let (with, without) = (with.get(measure), without.get(measure));
            assert!((with - without - more).abs() < 1e-6, "{}: {with} and {without}", measure.id());
        }
    }
}

#[test]
fn replications_of_a_cell_meet_the_same_luck_in_every_world_and_option() {
    let plan = plan(lakeside(20));
    let table = replicate(&plan, &Design::full(&plan.scenario, 3, 9), 2, &Silent).unwrap();
    // No safeguard is ready by day 20 and nobody has responded: the flow is one flow.
    let first = table.values(World::Real, plan.scenario.compare_with, Measure::MeanSojourn);
    assert!(first[0] != first[1] && first[1] != first[2], "replications differ");
    for world in World::ALL {
        for option in ["as-today", "look", "look-and-limit", "expel-now"] {
            let option = plan.scenario.option(option).unwrap();
            assert_eq!(table.values(world, option, Measure::MeanSojourn), first);
        }
    }
}
