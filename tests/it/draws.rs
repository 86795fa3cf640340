//! World draws: a draw is the document with the drawn values typed in, draws do not disturb each other, and doubt is told
//! from luck.

use std::collections::BTreeMap;

use airside::document::{Files, NoFiles, Severity, Source, Uncertain, load_uncertain};
use airside::experiment::{
    Comparison, Design, Estimate, Refused, Silent, Table, WorldDraws, replicate, replicate_draws,
};
use airside::measure::{Measure, Tally};
use airside::model::World;
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Rules};
use airside::stats::Verdict;
use statrs::distribution::{Beta, ContinuousCDF, Triangular, Uniform};

use super::rig::{Lab, near, option, scenario, text_of};

#[track_caller]
fn uncertain_with(name: &str, text: &str, files: &dyn Files) -> Uncertain {
    let (uncertain, found) = load_uncertain(&Source::new(name, text), files);
    let errors = found.iter().filter(|d| d.severity() == Severity::Error);
    let said: Vec<String> = errors.map(|d| format!("{}: {}", d.path, d.message)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    uncertain.unwrap()
}

#[track_caller]
fn uncertain(text: &str) -> Uncertain {
    uncertain_with("test.ron", text, &NoFiles)
}

/// Lakeside, cut to so many days by its own text.
fn lakeside(days: u32) -> String {
    edit(&text_of("lakeside/lakeside"), "horizon: Days(365)", &format!("horizon: Days({days})"))
}

#[track_caller]
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn a_draw_is_the_document_with_its_values_typed_in() {
    let text = lakeside(365);
    let uncertain = uncertain(&text);
    let paths: Vec<&str> = uncertain.ranges().map(|range| range.path.as_str()).collect();
    assert_eq!(paths[2], "layers.seal-check.method.catches");
    assert_eq!(uncertain.with(&uncertain.as_written()).unwrap(), *uncertain.scenario());
    let mut values = uncertain.as_written();
    (values[2], values[5]) = (61.25, 7.5);
    let typed = edit(&text, "method: PerItem(catches: Percent(35)", "method: PerItem(catches: Percent(61.25)");
    let typed = edit(&typed, "believes_at_start: Percent(4)", "believes_at_start: Percent(7.5)");
    assert_eq!(uncertain.with(&values).unwrap(), scenario(&typed));
}

#[test]
fn numbers_of_included_files_and_of_json_are_drawn_too() {
    let text = r#"Scenario(
        format: 1, title: "With a shared hall", handling: Green, include: ["../shared/hall.ron"],
        calendar: (starts: "2031-01-06", horizon: Days(7), warm_up: Days(0)), unsourced_numbers: Illustrative,
        zones: { "onward": (kind: Downstream, map: (4, 0), run_by: Outside) },
        routes: { "through": [Visit("sort"), Leave("onward")] },
        traffic: { "all": (route: "through", flights: Poisson(rate: PerDay(5)), per_flight: 40) },
        assumptions: {
            "stations.sort.takes.mean": Uniform(low: Minutes(1), high: Minutes(3), grade: Judgement, source: "asked"),
            "traffic.all.per_flight": Uniform(low: 30, high: 50, grade: Judgement, source: "asked"),
        },
    )"#;
    let hall = r#"Shared(
        format: 1, handling: Clear,
        zones: { "hall": (kind: Sort, map: (0, 0), run_by: Hub) },
        stations: { "sort": (zone: "hall", job: Sort, staff: Always(2), takes: Exponential(mean: Minutes(2))) },
    )"#;
    let files = BTreeMap::from([("../shared/hall.ron".to_owned(), hall.as_bytes().to_vec())]);
    let shared = uncertain_with("a.ron", text, &files);
    let drawn = shared.with(&[2.5, 44.0]).unwrap();
    assert!((drawn.stations[0].takes.law().mean() - 150_000.0).abs() < 1e-9);
    let whole: Vec<bool> = shared.ranges().map(|range| range.whole).collect();
    assert_eq!((drawn.traffic[0].per_flight, whole), (44, vec![false, true]));
    assert!(shared.corners(&|_| None).is_empty());

    let json = r#"{"Scenario": {
        "format": 1, "title": "As a machine writes it", "handling": "Clear",
        "calendar": {"starts": "2031-01-06", "horizon": {"Days": 7}, "warm_up": {"Days": 0}},
        "unsourced_numbers": "Illustrative",
        "zones": {"ramp": {"kind": "Airside", "map": [0, 0], "run_by": "Hub"},
                  "onward": {"kind": "Downstream", "map": [4, 0], "run_by": "Outside"}},
        "stations": {"unload": {"zone": "ramp", "job": "Unload", "staff": {"Always": 2},
                                "takes": {"Exponential": {"mean": {"Minutes": 1.5}}}}},
        "routes": {"through": [{"Visit": "unload"}, {"Leave": "onward"}]},
        "traffic": {"all": {"route": "through", "flights": {"Poisson": {"rate": {"PerDay": 5}}}, "per_flight": 40}},
        "assumptions": {"stations.unload.takes.mean":
            {"Uniform": {"low": {"Minutes": 1}, "high": {"Minutes": 2}, "grade": "Judgement", "source": "asked"}}}
    }}"#;
    let machine = uncertain_with("small.json", json, &NoFiles);
    let drawn = WorldDraws::of(machine.scenario(), 20, 4);
    for draw in 0..20 {
        let value = drawn.values(draw)[0];
        let mean = machine.with(&[value]).unwrap().stations[0].takes.law().mean();
        assert_eq!(mean, value * 60_000.0, "every reader of numbers reads a drawn value exactly");
    }
}

/// A hub whose goods come by the hour; what its assumptions are is in `ranges`.
fn lab(ranges: &str) -> Lab {
    Lab::new(2).with("assumptions", format!("{{{ranges}}}"))
}

const RATE: &str = r#""traffic.our-goods.flights.rate": Uniform(low: PerDay(10), high: PerDay(30), grade: Judgement, source: "test"),"#;
const STAFF: &str =
    r#""stations.bench.staff": Uniform(low: Always(48), high: Always(52), grade: Judgement, source: "test"),"#;
const MINUTES: &str = r#""stations.dock.takes": Triangular(low: Minutes(0.5), mode: Minutes(1), high: Minutes(4), grade: Judgement, source: "test"),"#;
const SHARE: &str = r#""traffic.our-goods.sensitive": Pert(low: Percent(20), mode: Percent(90), high: Percent(100), grade: Illustrative, source: "test"),"#;

#[test]
fn the_path_of_a_law_of_one_number_is_refused_and_that_of_its_number_is_not() {
    // `takes: Fixed(Minutes(1))` is a law; its one number is reached through it.
    let (_, found) = load_uncertain(&Source::new("test.ron", lab(MINUTES).text()), &NoFiles);
    assert!(found.has_errors());
}

/// Kolmogorov and Smirnov's statistic over 4,000 draws. The bound 2.0 on sqrt(n) D fails a right sampler with chance
/// 2 exp(-8), 1 in 1,500; the seed is fixed.
#[test]
fn draws_follow_their_ranges() {
    let ranges = r#"
        "traffic.our-goods.flights.rate": Uniform(low: PerDay(10), high: PerDay(30), grade: Judgement, source: "test"),
        "traffic.our-goods.integrity_critical": Triangular(low: Percent(0), mode: Percent(10), high: Percent(60), grade: Judgement, source: "test"),
        "traffic.our-goods.sensitive": Pert(low: Percent(20), mode: Percent(90), high: Percent(100), grade: Judgement, source: "test"),
        "operators.ours.staff": Uniform(low: 3, high: 7, grade: Judgement, source: "test"),
        "operators.theirs.staff": Triangular(low: 0, mode: 2, high: 4, grade: Judgement, source: "test"),
        "operators.ours.helps_auditors": AsWritten(grade: Measured, source: "test"),"#;
    let n = 4000;
    let drawn = WorldDraws::of(uncertain(&lab(ranges).text()).scenario(), n, 11);
    let column = |nth: usize| (0..n).map(|draw| drawn.values(draw)[nth]).collect::<Vec<f64>>();
    assert_eq!(drawn.ranges().len(), 5, "what is as written is not drawn");
    let uniform = Uniform::new(10.0, 30.0).unwrap();
    let triangular = Triangular::new(0.0, 60.0, 10.0).unwrap();
    let beta = Beta::new(1.0 + 4.0 * 70.0 / 80.0, 1.0 + 4.0 * 10.0 / 80.0).unwrap();
    let laws: [&dyn Fn(f64) -> f64; 3] =
        [&|x| uniform.cdf(x), &|x| triangular.cdf(x), &|x| beta.cdf((x - 20.0) / 80.0)];
    for (nth, cdf) in laws.iter().enumerate() {
        let mut values = column(nth);
        values.sort_unstable_by(f64::total_cmp);
        let count = values.len() as f64;
        let off = values
            .iter()
            .enumerate()
            .map(|(i, &x)| (cdf(x) - i as f64 / count).abs().max(((i + 1) as f64 / count - cdf(x)).abs()));
        let statistic = off.fold(0.0, f64::max) * count.sqrt();
        assert!(statistic < 2.0, "{}: {statistic}", drawn.ranges()[nth].path);
    }
    // Counts: whole numbers, of a uniform range all equally often. Standard deviation of a share: 0.0063; four of them
    // fail with chance 1 in 3,000 for five shares.
    let counts = column(3);
    for whole in 3..=7 {
        let share = counts.iter().filter(|v| **v == f64::from(whole)).count() as f64 / f64::from(n);
        assert!((share - 0.2).abs() < 0.0253, "{whole}: {share}");
    }
    // A triangle of 0, 2 and 4 to the nearest whole number: 1/32, 1/4, 7/16, 1/4, 1/32.
    let counts = column(4);
    for (whole, chance) in [(0, 1.0 / 32.0), (1, 0.25), (2, 7.0 / 16.0), (3, 0.25), (4, 1.0 / 32.0)] {
        let share = counts.iter().filter(|v| **v == f64::from(whole)).count() as f64 / f64::from(n);
        assert!((share - chance).abs() < 0.032, "{whole}: {share}");
    }
}

#[test]
fn a_draw_depends_on_its_number_its_path_and_the_seed_alone() {
    let value = |drawn: &WorldDraws, path: &str| -> Vec<f64> {
        let nth = drawn.ranges().iter().position(|range| range.path == path).unwrap();
        (0..drawn.draws()).map(|draw| drawn.values(draw)[nth]).collect()
    };
    let draws = |lab: &Lab, draws| WorldDraws::of(uncertain(&lab.text()).scenario(), draws, 3);
    let path = "traffic.our-goods.flights.rate";
    let alone = value(&draws(&lab(RATE), 6), path);
    let others = lab(&format!("{STAFF}{RATE}{SHARE}"));
    assert_eq!(value(&draws(&others, 6), path), alone, "another assumption before or after");
    let options =
        lab(RATE).with("options", r#"{"a": (safeguards: [], response: []), "b": (safeguards: [], response: [])}"#);
    assert_eq!(value(&draws(&options, 6), path), alone, "another option");
    assert_eq!(value(&draws(&lab(RATE), 60), path)[..6], alone, "more draws");
    let other_seed = WorldDraws::of(uncertain(&lab(RATE).text()).scenario(), 6, 4);
    assert!(value(&other_seed, path).iter().all(|v| !alone.contains(v)));
    let (drawn, staff) = (draws(&others, 60), "stations.bench.staff");
    assert_ne!(value(&drawn, path), value(&drawn, staff));
    let mut different = alone.clone();
    different.dedup();
    assert_eq!(different.len(), 6);
}

/// A table over world draws.
#[track_caller]
fn table(uncertain: &Uncertain, draws: u32, replications: u32, seed: u64, jobs: usize) -> Table {
    let drawn = WorldDraws::of(uncertain.scenario(), draws, seed);
    let design = Design::full(uncertain.scenario(), replications, seed).with_draws(draws);
    let make = |values: &[f64]| Ok::<Plan, String>(Plan::new(uncertain.with(values).unwrap()).unwrap());
    replicate_draws(drawn, &make, &design, jobs, &Silent).unwrap().unwrap()
}

#[test]
fn any_number_of_threads_gives_the_same_table_of_draws() {
    let uncertain = uncertain(&lakeside(60));
    let one = table(&uncertain, 5, 2, 4, 1);
    for jobs in [2, 5] {
        assert!(table(&uncertain, 5, 2, 4, jobs) == one, "{jobs} threads");
    }
    // A time that the horizon cuts off: each draw has its restricted mean, and the draws are the sample.
    let as_today = uncertain.scenario().compare_with;
    let days = one.clusters(World::Real, as_today, Measure::FirstSignalDay).unwrap();
    let estimate = one.estimate(World::Real, as_today, Measure::FirstSignalDay).unwrap();
    assert!((estimate.middle() - days.mean()).abs() < 1e-9 && days.means().len() == 5);
    let (interval, of_draws) = (estimate.interval(), days.mean_interval(0.95));
    assert!((interval.low - of_draws.low).abs() < 1e-9 && (interval.high - of_draws.high).abs() < 1e-9, "{interval:?}");
    // A row is the run that anybody can do alone, from the values of its draw.
    let plan = Plan::new(uncertain.with(one.drawn().values(3)).unwrap()).unwrap();
    let look = option(&plan, "look");
    let mut tally = Tally::new(&plan);
    let luck = Luck::new(4).world_draw(3).replication(1);
    Engine::new(&plan, look, World::Elsewhere, luck)
        .run(&mut Rules::new(&plan.scenario.options[look.index()]), &mut tally);
    assert_eq!(tally.outcome(), *one.cell(World::Elsewhere, look).nth(3 * 2 + 1).unwrap());
    // The first draw's luck is that of runs without draws, so that only the inputs differ.
    let written = Plan::new(uncertain.scenario().clone()).unwrap();
    let plain = replicate(&written, &Design::full(uncertain.scenario(), 2, 4), 2, &Silent).unwrap();
    assert_eq!((plain.design().draws, plain.drawn().draws()), (0, 0));
    let first = Plan::new(uncertain.with(one.drawn().values(0)).unwrap()).unwrap();
    let again = replicate(&first, &Design::full(uncertain.scenario(), 2, 4), 2, &Silent).unwrap();
    let rows = |table: &Table, world| table.cell(world, look).take(2).cloned().collect::<Vec<_>>();
    assert_eq!(rows(&again, World::Real), rows(&one, World::Real));
    assert_ne!(rows(&plain, World::Real), rows(&one, World::Real));
}

/// Flights of one consignment come at 24 a day for one operator and at a rate spread evenly from 10 to 30 a day for the
/// other. In two days that is 88 consignments on average; doubt has the variance 2^2 20^2 / 12 = 133.3, luck that of a
/// Poisson count, 88.
#[test]
fn a_known_doubt_is_told_from_a_known_luck() {
    let uncertain = uncertain(&lab(RATE).text());
    let table = table(&uncertain, 400, 5, 9, 0);
    let (world, as_is) = (World::Innocent, uncertain.scenario().compare_with);
    let means = table.clusters(world, as_is, Measure::Throughput).unwrap();
    // A consignment is two or three minutes under way, so that one in 600 is still in the building: 0.2 of 88.
    near("consignments out", means.means(), 87.8, 4.0);
    let doubt = table.doubt(world, as_is, Measure::Throughput).unwrap();
    // Standard deviations of the two estimates over 400 draws of 5: below 9 and 3.2. Four of them fail with chance 1 in
    // 15,000 each.
    assert!((doubt.split.between - 133.3).abs() < 36.0, "{doubt:?}");
    assert!((doubt.split.within - 88.0).abs() < 13.0, "{doubt:?}");
    let (low, high) = doubt.range;
    assert!((low - 70.0).abs() < 5.0 && (high - 106.0).abs() < 5.0, "5 and 95 % of 68 to 108: {doubt:?}");
    // The unit is the draw: sd of a draw's mean is sqrt(133.3 + 88/5) = 12.3, over 400 draws 0.61; t is 1.966.
    let estimate = table.estimate(world, as_is, Measure::Throughput).unwrap();
    let Estimate::Number { interval, mean, .. } = estimate else { panic!("a number") };
    assert!((interval.half_width() - 1.966 * 0.614).abs() < 0.12, "{interval:?}");
    assert!(interval.contains(mean));
    let plain = airside::stats::Summary::of(&table.values(world, as_is, Measure::Throughput)).unwrap();
    assert!(plain.mean_interval(0.95).half_width() < 0.65 * interval.half_width(), "as if runs were independent");
}

#[test]
fn options_meet_the_same_draws_and_the_same_luck() {
    let lab = lab(RATE)
        .with("options", r#"{"a": (safeguards: [], response: []), "b": (safeguards: [], response: []), "c": (safeguards: ["slow"], response: [])}"#)
        .with(
            "safeguards",
            r#"{"slow": Own(does: [Slow(station: "dock", by: Minutes(5))], aimed_at: Everyone, paid_by: Hub, once: Euro(100),
                yearly: EuroPerYear(0), ready_after: Days(0), legal: Contract, ids: [])}"#,
        );
    let uncertain = uncertain(&lab.text());
    let table = table(&uncertain, 12, 3, 5, 0);
    let id = |name| uncertain.scenario().option(name).unwrap();
    let comparison = Comparison::of(&table, id("a"));
    for measure in [Measure::Throughput, Measure::MeanSojourn, Measure::CostTotal] {
        let same = comparison.get(World::Innocent, id("b"), measure).unwrap();
        assert_eq!((same.verdict, same.n), (Verdict::ExactlyEqual, 12), "{measure:?}");
    }
    let slower = comparison.get(World::Innocent, id("c"), Measure::MeanSojourn).unwrap();
    assert_eq!(slower.verdict, Verdict::Higher);
    assert!((slower.mean + 5.0).abs() < 0.05, "{slower:?}");
    let doubt = comparison.doubt(World::Innocent, id("c"), Measure::MeanSojourn).unwrap();
    assert_eq!((doubt.lower_in, doubt.higher_in), (0, 12));
    // What all draws have in common is no doubt about the difference.
    assert!(doubt.doubt.unwrap().split.between < 1e-3, "{doubt:?}");
}

#[test]
fn a_draw_that_cannot_be_is_told_with_its_values() {
    let ranges = r#"
        "traffic.our-goods.flights.rate": Uniform(low: PerDay(10), high: PerDay(30), grade: Judgement, source: "test"),
        "operators.ours.staff": Uniform(low: 5, high: 2000000, grade: Judgement, source: "test"),"#;
    let uncertain = uncertain(&lab(ranges).text());
    let values = [20.0, 1_500_000.0];
    let refused = uncertain.with(&values).unwrap_err();
    let said = uncertain.explain(&values, &|_| None, &refused);
    assert!(said.contains("`operators.ours.staff` at 1500000: E0207"), "{said}");
    assert!(!said.contains("flights.rate"), "only what is needed for it: {said}");
    let corners = uncertain.corners(&|_| None);
    let told: Vec<String> = corners.iter().map(|one| format!("{} {}", one.code.id(), one.path)).collect();
    assert_eq!(told, ["E0255 assumptions.operators.ours.staff"]);

    // Of several draws that fail the first is told, however fast the threads are.
    let drawn = WorldDraws::of(uncertain.scenario(), 9, 1);
    let make = |values: &[f64]| match values[1] > 1e6 {
        true => Err("too many"),
        false => Ok(Plan::new(uncertain.with(values).unwrap()).unwrap()),
    };
    let first = (0..9).find(|draw| drawn.values(*draw)[1] > 1e6).unwrap();
    for jobs in [1, 3] {
        let design = Design::full(uncertain.scenario(), 1, 1);
        let refused = replicate_draws(drawn.clone(), &make, &design, jobs, &Silent).unwrap_err();
        assert_eq!(refused, Refused { draw: first, why: "too many" });
    }
}

#[test]
fn shipped_ranges_can_be_drawn_from_end_to_end() {
    for name in ["lakeside/lakeside", "eastmarch/eastmarch", "starter/starter"] {
        let corners = uncertain(&text_of(name)).corners(&|_| None);
        let told: Vec<&str> = corners.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(told, Vec::<&str>::new(), "{name}");
    }
}
