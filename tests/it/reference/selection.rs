//! Cases of `policy-cases.json` on selection among options, stopping, heavy tails and risk figures, and published tables of
//! the same.
//!
//! A simulated figure is held against one that was simulated too. Tolerances are the file's; beside them stands how often
//! a right program would miss them with new seeds. Seeds are fixed.

use airside::numeric::compound_poisson::CompoundPoisson;
use airside::numeric::fair::{self, Moments};
use airside::numeric::pert::{Pert, PertConvention};
use airside::numeric::{erlang, normal, order_statistics, root};
use airside::random::{Entity, Luck, Purpose, Stream, draw};
use airside::stats::heavy_tail::{Caution, cautions};
use airside::stats::selection::{
    Ended, Goal, KimNelson, KimNelsonPlan, Looks, PrecisionRule, Reason, Target, TwoStage, kim_nelson, ocba, two_stage,
    winners_curse,
};
use airside::stats::{Interval, Running, Summary, YearlyLosses, tail_value_at_risk, value_at_risk};
use serde_json::Value;

use super::{number, numbers, within};

fn case(id: &str) -> Value {
    super::case("policy-cases", id)
}

fn stream(name: &str) -> Stream {
    Luck::new(1).stream(Purpose::TEST, Entity::of(name))
}

fn standard_normal(stream: &mut Stream) -> f64 {
    normal::quantile(stream.uniform())
}

/// 4,000 selections a row. The share of right ones has a standard error of 0.003, and lies three of them above 0.95 or
/// more; the mean number of runs one of 0.4 % or less where 5 % are allowed, to which comes that of the figure itself. A
/// right program fails with 2 of 1,000 new seeds.
#[test]
fn kn_slippage() {
    let case = case("kn-slippage");
    for (nth, row) in case["expected"].as_array().unwrap().iter().enumerate() {
        let [options, first, alpha, rho] = ["/k", "/n0", "/alpha", "/rho"].map(|pointer| number(row, pointer));
        let (options, first) = (options as usize, first as usize);
        let rel = number(&case, "/tolerance/eta_rel");
        within(kim_nelson::eta(alpha, options, first).unwrap(), number(row, "/eta"), 5e-11, rel, "eta");
        within(kim_nelson::h_squared(alpha, options, first).unwrap(), number(row, "/h2"), 5e-11, rel, "h2");

        let delta = 1.0 / (first as f64).sqrt();
        let plan = KimNelsonPlan { options, goal: Goal::Largest, delta, alpha, first, cap: 1_000_000 };
        let mut stream = stream(&format!("kn-slippage-{nth}"));
        let (mut right, mut total) = (0, 0);
        for _ in 0..4000 {
            let mut selection = KimNelson::new(plan).unwrap();
            while selection.ended().is_none() {
                let common = rho.sqrt() * standard_normal(&mut stream);
                let mut values = vec![0.0; options];
                for &option in selection.left() {
                    values[option] = common + (1.0 - rho).sqrt() * standard_normal(&mut stream);
                }
                values[0] += delta;
                selection.observe(&values).unwrap();
            }
            right += u64::from(selection.ended() == Some(Ended::Selected(0)));
            total += selection.total();
        }
        let (share, runs) = (right as f64 / 4000.0, total as f64 / 4000.0);
        assert!(share >= 0.95 && Interval::wilson(right, 4000, 0.98).low >= 0.93, "row {nth}: {share}");
        within(runs, number(row, "/mean_total_reps_seen"), 0.0, number(&case, "/tolerance/reps_rel"), "runs");
    }
}

/// Table of equal sample sizes with known variances (Bechhofer 1954; J. D. Gibbons, I. Olkin and M. Sobel, *Selecting and
/// Ordering Populations*, table A.1), recalled; that they are reproduced to the last digit is the evidence for both. The
/// longer ones by another package's quadrature.
#[test]
fn bechhofer_h() {
    let printed = [
        (2, 0.95, 2.3262),
        (3, 0.90, 2.2302),
        (3, 0.95, 2.7101),
        (3, 0.99, 3.6173),
        (4, 0.95, 2.9162),
        (5, 0.95, 3.0552),
        (10, 0.95, 3.4182),
        (10, 0.99, 4.2456),
    ];
    for (options, p, h) in printed {
        within(two_stage::bechhofer(options, p).unwrap(), h, 5e-5, 0.0, &format!("{options} at {p}"));
    }
    for (options, p, h) in [(10, 0.95, 3.418_178_963_8), (3, 0.99, 3.617_297_997_6), (100, 0.95, 4.305_979_726_9)] {
        within(two_stage::bechhofer(options, p).unwrap(), h, 1e-9, 0.0, &format!("{options} at {p}"));
    }
}

/// J. Banks, J. S. Carson, B. L. Nelson and D. M. Nicol, *Discrete-Event System Simulation*, table A.12, whose third place
/// is off by up to two; the longer ones by another package's quadrature.
#[test]
fn rinott_h() {
    let printed = [
        (0.90, 5, 2, 2.291),
        (0.90, 20, 10, 3.437),
        (0.95, 5, 10, 5.797),
        (0.95, 10, 2, 2.614),
        (0.95, 10, 8, 4.106),
        (0.95, 20, 10, 3.875),
        (0.95, 50, 2, 2.373),
        (0.975, 10, 8, 4.635),
    ];
    for (p, first, options, h) in printed {
        within(two_stage::rinott(options, p, first).unwrap(), h, 2e-3, 0.0, &format!("{options} at {p}, {first}"));
    }
    for (p, first, options, h) in [
        (0.90, 5, 2, 2.290_887_325_4),
        (0.95, 10, 8, 4.106_212_772_5),
        (0.95, 5, 10, 5.795_329_898_9),
        (0.95, 20, 10, 3.875_276_635_6),
        (0.95, 3, 5, 8.646_486_270_4),
        (0.99, 10, 100, 7.337_237_452_2),
        (0.95, 2, 3, 23.387_017_989_3),
    ] {
        within(two_stage::rinott(options, p, first).unwrap(), h, 0.0, 1e-8, &format!("{options} at {p}, {first}"));
    }
}

/// 2,000 selections among four options of unequal variances, the best one ahead by delta: the promise is 0.9, which is on
/// the safe side, and a standard error is 0.007. Four of them are allowed; 1 in 10,000 fails.
#[test]
fn two_stages_keep_their_promise() {
    let (sds, delta) = ([1.0, 2.0, 0.5, 1.5], 0.8);
    let plan = TwoStage::new(4, 0.9, 8, delta).unwrap();
    let mut stream = stream("two-stage");
    let mut right = 0;
    for _ in 0..2000 {
        let batches: Vec<Vec<f64>> =
            sds.iter().map(|sd| (0..8).map(|_| sd * standard_normal(&mut stream)).collect()).collect();
        let seen: Vec<f64> = batches.iter().map(|batch| Summary::of(batch).unwrap().sd()).collect();
        let sizes = plan.sizes(&seen).unwrap();
        let mut means = Vec::new();
        for (option, n) in sizes.into_iter().enumerate() {
            let more = (8..n).map(|_| sds[option] * standard_normal(&mut stream)).sum::<f64>();
            means.push((batches[option].iter().sum::<f64>() + more) / n as f64);
        }
        means[1] -= delta;
        right += u32::from(Goal::Smallest.best(&means) == Some(1));
    }
    assert!(f64::from(right) / 2000.0 > 0.9 - 0.028, "{right}");
}

#[test]
fn ocba_allocation() {
    let case = case("ocba-allocation");
    let abs = number(&case, "/tolerance/abs");
    for (nth, inputs) in case["inputs"]["cases"].as_array().unwrap().iter().enumerate() {
        let (means, sds) = (numbers(inputs, "/mean"), numbers(inputs, "/sd"));
        let budget = number(inputs, "/T");
        let got = ocba::allocation(&means, &sds, Goal::Smallest, budget).unwrap();
        for (got, expect) in got.iter().zip(numbers(&case, &format!("/expected/{nth}"))) {
            within(*got, expect, abs, 0.0, &format!("case {nth}"));
        }
        let whole = ocba::rounded(&got, budget as usize);
        assert_eq!(whole.iter().sum::<usize>(), budget as usize);
        assert!(whole.iter().zip(&got).all(|(whole, exact)| (*whole as f64 - exact).abs() < 1.0));
    }
}

/// The mean time in a queue of one server, against the square of its speed.
#[test]
fn simopt_mm1() {
    let case = case("simopt-mm1");
    let objective = |speed: f64| erlang::mean_time(1, 1.5 / speed, 1.0 / speed) + 0.1 * speed * speed;
    let speed = root::least(1.6, 10.0, objective);
    // Printed to ten places; the minimum is flat.
    within(speed, number(&case, "/expected/mu_star"), 1e-6, 0.0, "speed");
    within(objective(speed), number(&case, "/expected/obj_star"), 5e-11, 0.0, "objective");
    within(objective(3.0), number(&case, "/expected/obj_at_3"), 5e-11, 0.0, "at 3");
    within(objective(5.0), number(&case, "/expected/obj_at_5"), 5e-11, 0.0, "at 5");
}

/// 6,000 simulations a row, the rule looking after each value. Coverage has a standard error of 0.003. Long simulations,
/// 40,000 a row, put it at 0.937, 0.951, 0.947, 0.947, 0.934 and 0.934, so that the file's own figures are off by up to 0.010
/// where 0.02 is allowed; the mean number of runs has an error of 1 % or less, where 5 % is allowed. One row or another fails
/// with 1 of 1,000 new seeds.
#[test]
fn sequential_stopping() {
    let case = case("sequential-stopping");
    for (nth, row) in case["expected"].as_array().unwrap().iter().enumerate() {
        let (truth, law): (f64, fn(f64) -> f64) = match row["dist"].as_str().unwrap() {
            "N(10,3)" => (10.0, |u| 10.0 + 3.0 * normal::quantile(u)),
            "Exp(1)" => (1.0, |u| draw::exponential(u, 1.0)),
            "LogN(0,1)" => (libm::exp(0.5), |u| draw::lognormal(u, 0.0, 1.0)),
            other => panic!("no law {other}"),
        };
        let rule = PrecisionRule {
            target: Target::Relative(0.1),
            level: 0.95,
            first: number(row, "/n0") as usize,
            looks: Looks::Every,
            cap: 1_000_000,
        };
        let mut stream = stream(&format!("sequential-stopping-{nth}"));
        let (mut held, mut ns) = (0, Running::new());
        for _ in 0..6000 {
            let stopped = rule.run(|| law(stream.uniform()));
            let values = stopped.values;
            assert_eq!((stopped.reason, stopped.looks), (Reason::Met, values.n() - rule.first + 1));
            let interval = Interval::of_mean(values.mean(), values.standard_error(), values.n(), 0.95);
            held += u32::from(interval.contains(truth));
            ns.push(values.n() as f64);
        }
        let what = format!("row {nth}");
        let allowed = number(&case, "/tolerance/coverage_abs");
        within(f64::from(held) / 6000.0, number(row, "/coverage"), allowed, 0.0, &what);
        within(ns.mean(), number(row, "/mean_n"), 0.0, number(&case, "/tolerance/n_rel"), &what);
    }
}

/// At 50, 100, 200, ... runs the level is kept, or nearly so for skewed values: 40,000 simulations put it at 0.951 and 0.948.
/// 4,000 each: a standard error is 0.0035, and four of them are allowed below 0.95. Fewer than 1 of 1,000 new seeds fail.
#[test]
fn a_rule_that_looks_rarely_keeps_its_level() {
    type Law = fn(f64) -> f64;
    let normal: Law = |u| 10.0 + 3.0 * normal::quantile(u);
    let exponential: Law = |u| draw::exponential(u, 1.0);
    let looks = Looks::Doubling;
    let rule = PrecisionRule { target: Target::Relative(0.1), level: 0.95, first: 50, looks, cap: 100_000 };
    for (name, truth, law) in [("normal", 10.0, normal), ("exponential", 1.0, exponential)] {
        let mut stream = stream(&format!("doubling-{name}"));
        let mut held = 0;
        for _ in 0..4000 {
            let stopped = rule.run(|| law(stream.uniform()));
            let values = stopped.values;
            assert_eq!(values.n(), 50 << (stopped.looks - 1));
            let interval = Interval::of_mean(values.mean(), values.standard_error(), values.n(), 0.95);
            held += u32::from(interval.contains(truth));
        }
        assert!(f64::from(held) / 4000.0 > 0.95 - 0.014, "{name}: {held}");
    }
}

/// 8,000 samples a figure, 20,000 of the last. Long simulations, 40,000 a figure, put coverage at 0.883, 0.918, 0.945, 0.655,
/// 0.740 and 0.855, so that the file's own figures are off by up to 0.012 where 0.02 is allowed. What is left is over three
/// standard errors each: one or another fails with 1 of 500 new seeds. The warning must come where the level is missed by
/// much.
#[test]
fn t_interval_heavy_tail() {
    let case = case("t-interval-heavy-tail");
    for row in case["expected"].as_array().unwrap() {
        let sigma = number(row, "/sigma");
        for (n, expect) in numbers(row, "/n").into_iter().zip(numbers(row, "/coverage")) {
            let mut stream = stream(&format!("heavy-{sigma}-{n}"));
            let truth = libm::exp(0.5 * sigma * sigma);
            let samples = if sigma * n > 1500.0 { 20_000 } else { 8_000 };
            let (mut held, mut warned) = (0, 0);
            for nth in 0..samples {
                let values: Vec<f64> = (0..n as usize).map(|_| draw::lognormal(stream.uniform(), 0.0, sigma)).collect();
                let mut running = Running::new();
                running.extend(values.iter().copied());
                let interval = Interval::of_mean(running.mean(), running.standard_error(), running.n(), 0.95);
                held += u32::from(interval.contains(truth));
                if nth < 500 {
                    let found = cautions(&Summary::of(&values).unwrap(), 0.95);
                    warned += u32::from(found.iter().any(|one| matches!(one, Caution::TooSkewed { .. })));
                }
            }
            let (coverage, warned) = (f64::from(held) / f64::from(samples), f64::from(warned) / 500.0);
            let what = format!("sigma {sigma}, {n} values");
            within(coverage, expect, number(&case, "/tolerance/coverage_abs"), 0.0, &what);
            assert!(expect > 0.93 || warned > 0.85, "{what}: warned in {warned}");
        }
    }
}

#[test]
fn winners_curse_of_equal_options() {
    let case = case("winners-curse");
    let abs = number(&case, "/tolerance/abs");
    for (k, expect) in numbers(&case, "/inputs/k").into_iter().zip(numbers(&case, "/expected/E_max")) {
        within(order_statistics::expected_maximum(k as u64), expect, abs, 0.0, &format!("{k}"));
        within(winners_curse::bias_of_the_best(k as usize, 1.0, 0.0), expect, abs, 0.0, &format!("{k}"));
        let bias = winners_curse::selection_bias(&vec![0.0; k as usize], &vec![1.0; k as usize], Goal::Smallest);
        within(bias.unwrap(), expect, abs, 0.0, &format!("{k}, by options"));
    }
}

/// Expectations are exact where the file allows for a simulation; and with Poisson counts the year has another spread.
#[test]
fn pyfair_readme_model1() {
    let case = case("pyfair-readme-model1");
    let pert = |pointer: &str| {
        let v = numbers(&case, pointer);
        Pert::new(v[0], v[1], v[2], v[3], PertConvention::FixedSpread).unwrap()
    };
    let (events, primary) = (pert("/inputs/LEF_pert"), pert("/inputs/PL_pert"));
    let moments = |pert: &Pert, shift: f64| Moments { mean: pert.mean() + shift, variance: pert.sd() * pert.sd() };
    let (rate, loss) = (moments(&events, 0.0), moments(&primary, number(&case, "/inputs/SL_const")));
    let (product, year) = (fair::rate_times_magnitude(rate, loss), fair::yearly_loss(rate, loss));
    // Printed to 13 or 14 digits.
    for (got, field) in [(rate.mean, "E_LEF"), (primary.mean(), "E_PL"), (loss.mean, "E_LM"), (year.mean, "E_risk")] {
        within(got, number(&case, &format!("/expected/{field}")), 0.0, 1e-13, field);
    }
    assert_eq!(product.mean, year.mean);

    // Both spreads, simulated: 4 standard errors of a standard deviation of 20,000 values with few outliers, 2 %.
    let mut stream = stream("pyfair");
    let (mut products, mut years) = (Running::new(), Running::new());
    for _ in 0..20_000 {
        let rate = events.quantile(stream.uniform());
        let mut one = || primary.quantile(stream.uniform()) + 3.5e6;
        products.push(rate * one());
        // A year's magnitudes are many: their sum is normal but for a trifle.
        let count = draw::poisson(stream.uniform(), rate) as f64;
        let luck = (count * loss.variance).sqrt() * normal::quantile(stream.uniform());
        years.push(count * loss.mean + luck);
    }
    within(products.sd(), product.variance.sqrt(), 0.0, 0.02, "product");
    within(years.sd(), year.variance.sqrt(), 0.0, 0.02, "year");
}

/// Simulated years against both closed curves. For three levels of two curves four standard deviations, so that 1 in 1,000
/// seeds fails.
#[test]
fn simulated_years_follow_both_curves() {
    let (rate, mean) = (3.0, 250.0);
    let closed = CompoundPoisson::exponential(rate, mean).unwrap();
    let mut stream = stream("years");
    let years: Vec<Vec<f64>> = (0..100_000)
        .map(|_| {
            let count = draw::poisson(stream.uniform(), rate);
            (0..count).map(|_| draw::exponential(stream.uniform(), mean)).collect()
        })
        .collect();
    let losses = YearlyLosses::of(years.iter().map(Vec::as_slice)).unwrap();
    let level = 1.0 - 2.0 * normal::cdf(-4.0);
    for x in [100.0, 1000.0, 2500.0] {
        assert!(losses.aggregate_exceedance(x, level).1.contains(closed.aggregate_exceedance(x)), "AEP at {x}");
        assert!(losses.occurrence_exceedance(x, level).1.contains(closed.occurrence_exceedance(x)), "OEP at {x}");
    }
    let (sums, worst) = (losses.sums(), losses.worst());
    assert!(sums.quantile_interval(0.99, level).contains(closed.aggregate_value_at_risk(0.99)));
    assert!(worst.quantile_interval(0.99, level).contains(closed.occurrence_value_at_risk(0.99)));
    // Of 1,000 years in the tail, whose excess is about exponential: 4 standard errors of VaR and mean together, 2.5 %.
    within(tail_value_at_risk(sums, 0.99), closed.aggregate_tail_value_at_risk(0.99), 0.0, 0.025, "TVaR of sums");
    within(tail_value_at_risk(worst, 0.99), closed.occurrence_tail_value_at_risk(0.99), 0.0, 0.025, "TVaR of worst");
    assert!(value_at_risk(worst, 0.99) <= value_at_risk(sums, 0.99));
}

/// Other rates and means than the file's, by another package.
#[test]
fn compound_poisson_elsewhere() {
    for (rate, mean, p, var, tvar) in [
        (0.3, 2.0, 0.9, 2.212_545_728, 4.512_170_169_59),
        (0.3, 2.0, 0.999, 12.724_654_107_7, 14.973_117_214_1),
        (12.0, 250.0, 0.9, 4_633.923_630_01, 5_409.678_734_57),
        (12.0, 250.0, 0.99, 6_373.994_980_7, 7_009.359_367_48),
        (1.5, 1.0, 0.999, 10.806_288_424_4, 12.196_017_415_5),
    ] {
        let losses = CompoundPoisson::exponential(rate, mean).unwrap();
        within(losses.aggregate_value_at_risk(p), var, 0.0, 1e-9, &format!("VaR {rate} {p}"));
        within(losses.aggregate_tail_value_at_risk(p), tvar, 0.0, 1e-9, &format!("TVaR {rate} {p}"));
    }
}
