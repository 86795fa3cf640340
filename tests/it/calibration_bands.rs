//! What the calibration chart is made of: bands of belief at checkpoints, and shares of misused operators.

use airside::document::{NoFiles, Source, load_uncertain};
use airside::experiment::{Calibration, Design, Silent, Table, WorldDraws, replicate, replicate_draws};
use airside::measure::{BANDS, Story, Tally};
use airside::model::World;
use airside::plan::Plan;
use airside::random::Luck;
use airside::sim::{Engine, Rules};

use super::calibration::{PRIOR, lab, layer};
use super::rig::{Lab, option, plan, scenario};

/// Layers whose rates the desk knows.
fn known() -> Lab {
    let all = "covers: Percent(80)";
    lab(&[
        layer(
            "logs",
            "AllOperators",
            "Collect",
            all,
            "Monitor(alarms_if_misused: PerYear(6), false_alarms: PerYear(3))",
        ),
        layer("tips", "AllOperators", "Collect", all, "Tip(true_reports: PerYear(1), false_reports: PerYear(0.2))"),
    ]
    .concat())
}

fn edited(lab: &Lab, from: &str, to: &str) -> Plan {
    let text = lab.text();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    plan(scenario(&text.replace(from, to)))
}

fn table(plan: &Plan, replications: u32, seed: u64) -> Table {
    replicate(plan, &Design::full(&plan.scenario, replications, seed), 0, &Silent).unwrap()
}

/// The same runs once more, one by one: beliefs in our operator at the checkpoints from `from` on.
fn by_hand(plan: &Plan, world: World, replications: u32, seed: u64, from: usize) -> Vec<Vec<f64>> {
    let one = |r: u32| {
        let mut seen = (Tally::new(plan), Story::default());
        let reference = option(plan, "");
        let mut policy = Rules::new(&plan.scenario.options[reference.index()]);
        Engine::new(plan, reference, world, Luck::new(seed).world_draw(0).replication(r)).run(&mut policy, &mut seen);
        let days = (1..=12).map(|month| 30 * month).filter(|day| *day >= from);
        days.map(|day| seen.1.beliefs[0][day - 1]).collect()
    };
    (0..replications).map(one).collect()
}

#[test]
fn bands_hold_what_is_counted_by_hand_from_the_start_of_the_campaign() {
    let plan = edited(&known(), "starts: Days(0)", "starts: Days(61)");
    for (seed, prior) in [(1, PRIOR), (2, 0.04)] {
        let of = |world| by_hand(&plan, world, 40, seed, 61);
        let worlds = [(of(World::Real), prior), (of(World::Innocent), 1.0 - prior)];
        let found = Calibration::of(&table(&plan, 40, seed), option(&plan, ""), prior);
        let mut next = found.bands.iter();
        let (mut checkpoints, mut shown) = (0, 0);
        for band in 0..10 {
            let (low, high) = (f64::from(band) / 10.0, f64::from(band + 1) / 10.0);
            let within = |runs: &[Vec<f64>]| -> Vec<Vec<f64>> {
                let of_run = |run: &Vec<f64>| run.iter().copied().filter(|b| (low..high).contains(b)).collect();
                runs.iter().map(of_run).filter(|run: &Vec<f64>| !run.is_empty()).collect()
            };
            let (mut runs, mut n, mut sum, mut weight, mut misused) = (0, 0, 0.0, 0.0, 0.0);
            for (world, (all, part)) in worlds.iter().enumerate() {
                let here = within(all);
                let beliefs: Vec<f64> = here.iter().flatten().copied().collect();
                runs += here.len() as u64;
                n += beliefs.len() as u64;
                sum += part * beliefs.iter().sum::<f64>();
                weight += part * beliefs.len() as f64;
                misused += if world == 0 { part * beliefs.len() as f64 } else { 0.0 };
            }
            if n == 0 {
                continue;
            }
            let band = next.next().unwrap();
            assert_eq!((band.runs, band.checkpoints), (runs, n));
            assert!((band.stated - sum / weight).abs() < 1e-12, "{} and {}", band.stated, sum / weight);
            assert!((band.share - misused / weight).abs() < 1e-12, "{} and {}", band.share, misused / weight);
            assert!(band.interval.contains(band.share) && band.adjusted.half_width() >= band.interval.half_width());
            checkpoints += n;
            shown += i32::from(band.is_shown());
        }
        assert_eq!(next.next(), None);
        assert_eq!(checkpoints, 2 * 40 * 10, "days 90 to 360, in 40 real and 40 innocent runs");
        assert!(shown >= 5, "{shown}");
    }
}

/// The widened intervals hold together with chance 95 % or more, so that each of the two seeds fails with chance 1 in 20
/// at most if it is a new one. The seeds are fixed.
#[test]
fn bands_agree_where_beliefs_are_calibrated_and_not_where_the_desk_forgets_or_has_a_wrong_prior() {
    let calibrated = known().plan();
    let forgets = edited(&known(), "forgets_half_in: Days(70000)", "forgets_half_in: Days(15)");
    for seed in [1, 2] {
        let table_of = |plan: &Plan| table(plan, 200, seed);
        let off = |table: &Table, plan: &Plan, prior: f64| -> Vec<f64> {
            let found = Calibration::of(table, option(plan, ""), prior);
            let shown: Vec<f64> = found.bands.iter().filter(|band| band.is_shown()).map(|band| band.off()).collect();
            assert!(shown.len() >= 3, "seed {seed}: {found:?}");
            shown
        };
        let right = table_of(&calibrated);
        assert!(off(&right, &calibrated, PRIOR).iter().all(|off| *off == 0.0), "seed {seed}");
        assert!(off(&right, &calibrated, 0.02).iter().any(|off| *off > 0.1), "seed {seed}: few are misused");
        assert!(off(&table_of(&forgets), &forgets, PRIOR).iter().any(|off| *off > 0.02), "seed {seed}: forgets");
    }
}

/// A desk whose prior is drawn is right if its own prior is, in each world draw.
#[test]
fn a_drawn_prior_weighs_the_runs_of_its_own_draw() {
    let range =
        r#"{"desk.believes_at_start": Uniform(low: Percent(5), high: Percent(60), grade: Judgement, source: "test")}"#;
    let text = known().with("assumptions", range).text();
    let uncertain = load_uncertain(&Source::new("test.ron", text), &NoFiles).0.unwrap();
    let make = |values: &[f64]| Ok::<Plan, String>(Plan::new(uncertain.with(values).unwrap()).unwrap());
    let reference = uncertain.scenario().compare_with;
    for seed in [1, 2] {
        let drawn = WorldDraws::of(uncertain.scenario(), 8, seed);
        let design = Design::full(uncertain.scenario(), 5, seed).with_draws(8);
        let table = replicate_draws(drawn, &make, &design, 0, &Silent).unwrap().unwrap();
        let cell = |world| table.cell(world, reference).map(|row| row.checkpoints).collect::<Vec<_>>();
        let (real, innocent) = (cell(World::Real), cell(World::Innocent));
        let prior = |run: usize| table.drawn().values(run as u32 / 5)[0] / 100.0;
        let mut found = Calibration::of(&table, reference, 0.99).bands.into_iter();
        for band in 0..BANDS {
            let sum = |of: &dyn Fn(usize) -> f64| (0..40).map(of).sum::<f64>();
            let misused = sum(&|run| prior(run) * f64::from(real[run].count(band)));
            let others = sum(&|run| (1.0 - prior(run)) * f64::from(innocent[run].count(band)));
            let beliefs = sum(&|run| prior(run) * real[run].sum(band) + (1.0 - prior(run)) * innocent[run].sum(band));
            if misused + others > 0.0 {
                let band = found.next().unwrap();
                assert!((band.share - misused / (misused + others)).abs() < 1e-12, "seed {seed}: {band:?}");
                assert!((band.stated - beliefs / (misused + others)).abs() < 1e-12, "seed {seed}: {band:?}");
                assert!(band.interval.contains(band.share), "seed {seed}: {band:?}");
            }
        }
        assert_eq!(found.next(), None);
    }
}

#[test]
fn without_a_campaign_a_desk_or_a_world_there_are_no_bands() {
    let plan = known().plan();
    let full = Design::full(&plan.scenario, 2, 1);
    for worlds in [vec![World::Real, World::Elsewhere], vec![World::Innocent]] {
        let table = replicate(&plan, &Design { worlds, ..full.clone() }, 0, &Silent).unwrap();
        assert_eq!(Calibration::of(&table, option(&plan, ""), PRIOR).bands, []);
    }
    let steps = r#""copy": (class: Collect, after: Start, takes: Hours(1), repeats: PerDay(1)),"#;
    let quiet = Lab::new(90).flights(1).campaign(steps, 0, "Fixed(Days(3000))").plan();
    assert_eq!(Calibration::of(&table(&quiet, 2, 1), option(&quiet, ""), PRIOR).bands, [], "nobody believes anything");
}
