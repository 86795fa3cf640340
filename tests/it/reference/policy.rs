//! Cases of `policy-cases.json` that statistics and special functions alone can answer.

use airside::numeric::compound_poisson::CompoundPoisson;
use airside::numeric::pert::{Pert, PertConvention};
use airside::numeric::{erlang, lognormal, normal, student};
use airside::random::{Entity, Luck, Purpose, draw};
use airside::stats::{Interval, Paired, Summary, Verdict, tail_value_at_risk, value_at_risk};
use serde_json::Value;

use super::{number, numbers, within};

fn case(id: &str) -> Value {
    super::case("policy-cases", id)
}

#[test]
fn paired_t_sleep() {
    let case = case("paired-t-sleep");
    let abs = number(&case, "/tolerance/abs");
    let paired = Paired::of(&numbers(&case, "/inputs/x"), &numbers(&case, "/inputs/y"), 0.95, 1).unwrap();
    let (t, df) = (paired.mean / paired.standard_error(), number(&case, "/expected/paired/df"));
    assert_eq!(paired.n as f64 - 1.0, df);
    within(t, number(&case, "/expected/paired/t"), abs, 0.0, "t");
    // Printed to six places.
    within(2.0 * student::cdf(-t.abs(), df), number(&case, "/expected/paired/p"), 5e-7, 0.0, "p");
    within(paired.interval.low, number(&case, "/expected/paired/ci95/0"), abs, 0.0, "low");
    within(paired.interval.high, number(&case, "/expected/paired/ci95/1"), abs, 0.0, "high");
    assert_eq!(paired.verdict, Verdict::Higher);
}

#[test]
fn tiny_psa_paired_losses() {
    let case = case("tiny-psa-3x8");
    let abs = number(&case, "/tolerance/abs");
    let rows = case["inputs"]["loss"].as_array().unwrap();
    let loss = |option: usize| rows.iter().map(|row| row[option].as_f64().unwrap()).collect::<Vec<f64>>();
    for option in [1, 2] {
        let paired = Paired::of(&loss(0), &loss(option), 0.95, 2).unwrap();
        let expect = |field: &str| number(&case, &format!("/expected/paired_loss_averted_vs_0/{option}/{field}"));
        within(paired.mean, expect("mean"), abs, 0.0, "mean");
        within(paired.sd, expect("sd"), abs, 0.0, "sd");
        within(paired.interval.low, expect("ci95/0"), abs, 0.0, "low");
        within(paired.interval.high, expect("ci95/1"), abs, 0.0, "high");
        assert!(paired.adjusted.half_width() > paired.interval.half_width());
    }
}

#[test]
fn t_quantiles() {
    let case = case("t-quantiles");
    for (df, expect) in numbers(&case, "/inputs/df").into_iter().zip(numbers(&case, "/expected/q")) {
        let got = student::quantile(number(&case, "/inputs/p"), df);
        within(got, expect, number(&case, "/tolerance/abs"), 0.0, &format!("{df} degrees of freedom"));
    }
}

#[test]
fn wilson_newcombe() {
    let case = case("wilson-newcombe");
    let abs = number(&case, "/tolerance/abs");
    for i in 0..case["inputs"]["cases"].as_array().unwrap().len() {
        let pair = numbers(&case, &format!("/inputs/cases/{i}"));
        let expect = numbers(&case, &format!("/expected/wilson95/{i}"));
        let interval = Interval::wilson(pair[0] as u64, pair[1] as u64, 0.95);
        within(interval.low, expect[0], abs, 0.0, &format!("{pair:?} low"));
        within(interval.high, expect[1], abs, 0.0, &format!("{pair:?} high"));
    }
}

/// The file has no numbers for the exact interval. These are Newcombe's for the same four proportions (table I,
/// method 5), recalled; that they are reproduced to the last digit is the evidence for both.
#[test]
fn clopper_pearson_newcombe() {
    let printed = [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)];
    for (events, n, low, high) in printed {
        let interval = Interval::clopper_pearson(events, n, 0.95);
        within(interval.low, low, 5e-5, 0.0, &format!("{events} of {n} low"));
        within(interval.high, high, 5e-5, 0.0, &format!("{events} of {n} high"));
    }
}

/// Two patterns of mean 0, equal variance and no correlation, mixed so that the sample correlation is exactly rho.
#[test]
fn crn_variance() {
    let case = case("crn-variance");
    let (a, b) = ([1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]);
    let rhos = numbers(&case, "/inputs/rho");
    for (rho, expect) in rhos.into_iter().zip(numbers(&case, "/expected/ratio_to_independent")) {
        let mixed: Vec<f64> = a.iter().zip(&b).map(|(a, b)| rho * a + f64::sqrt(1.0 - rho * rho) * b).collect();
        let ratio = Paired::of(&a, &mixed, 0.95, 1).unwrap().variance_ratio.unwrap();
        within(ratio, expect, number(&case, "/tolerance/abs"), 0.0, &format!("rho {rho}"));
    }
}

#[test]
fn tvar_closed() {
    let case = case("tvar-closed");
    let rel = number(&case, "/tolerance/rel");
    let expect = |field: &str| number(&case, &format!("/expected/{field}"));
    within(lognormal::quantile(0.95, 0.0, 1.0), expect("lognormal01_VaR95"), 0.0, rel, "lognormal VaR");
    within(lognormal::tail_mean(0.95, 0.0, 1.0), expect("lognormal01_TVaR95"), 0.0, rel, "lognormal TVaR");
    within(normal::tail_mean(0.95), expect("normal01_TVaR95"), 0.0, rel, "normal TVaR");

    // The estimators on a million equally likely quantiles: what is left is the width of the last cells.
    let n = 1_000_000;
    let grid = |inverse: &dyn Fn(f64) -> f64| {
        let values: Vec<f64> = (0..n).map(|i| inverse((f64::from(i) + 0.5) / f64::from(n))).collect();
        Summary::of(&values).unwrap()
    };
    let sample = grid(&|u| draw::lognormal(u, 0.0, 1.0));
    within(value_at_risk(&sample, 0.95), number(&case, "/expected/lognormal01_VaR95"), 0.0, 1e-4, "sample VaR");
    within(tail_value_at_risk(&sample, 0.95), number(&case, "/expected/lognormal01_TVaR95"), 0.0, 1e-4, "sample TVaR");
}

/// Exceedance of a Poisson number of exponential losses, first in closed form, then drawn.
#[test]
fn cpois_exp_aep() {
    let case = case("cpois-exp-aep");
    let (rate, scale, rel) =
        (number(&case, "/inputs/lam"), number(&case, "/inputs/theta"), number(&case, "/tolerance/analytic_rel"));
    let losses = CompoundPoisson::exponential(rate, scale).unwrap();
    for (x, expect) in case["expected"]["AEP"].as_object().unwrap() {
        // Printed to ten places.
        let got = losses.aggregate_exceedance(x.parse().unwrap());
        within(got, expect.as_f64().unwrap(), 5e-11, rel, &format!("AEP at {x}"));
    }

    let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("cpois-exp-aep"));
    let years: Vec<f64> = (0..1_000_000)
        .map(|_| {
            let losses = draw::poisson(stream.uniform(), rate);
            (0..losses).map(|_| draw::exponential(stream.uniform(), scale)).sum()
        })
        .collect();
    let sample = Summary::of(&years).unwrap();
    for (level, expect) in case["expected"]["VaR"].as_object().unwrap() {
        let (p, var) = (level.parse::<f64>().unwrap(), expect.as_f64().unwrap());
        let tvar = number(&case, &format!("/expected/TVaR/{level}"));
        within(losses.aggregate_value_at_risk(p), var, 0.0, rel, &format!("VaR {level}"));
        within(losses.aggregate_tail_value_at_risk(p), tvar, 0.0, rel, &format!("TVaR {level}"));
        // Four standard errors of a quantile need the density; the order statistics' interval at the level of four
        // standard deviations needs nothing. Three false failures in 10,000 for the six comparisons, seed fixed.
        let band = sample.quantile_interval(p, 1.0 - 2.0 * normal::cdf(-4.0));
        assert!(band.contains(var), "VaR {level}: {var} is not in {band:?}");
        // The tail's mean has the variance of its excess, and that of how many values lie in it.
        let excess: Vec<f64> = years.iter().map(|year| (year - var).max(0.0)).collect();
        let error = Summary::of(&excess).unwrap().standard_error() / (1.0 - p);
        within(tail_value_at_risk(&sample, p), tvar, 4.0 * error, 0.0, &format!("drawn TVaR {level}"));
    }
}

#[test]
fn mmc_table() {
    let case = case("mmc-table");
    let rel = number(&case, "/tolerance/formula_rel");
    for row in case["expected"].as_array().unwrap() {
        let [c, load] = ["/c", "/lam"].map(|pointer| number(row, pointer));
        let servers = c as u32;
        // Printed to ten places, so half a unit of the last is allowed beside the file's tolerance.
        let meets = |field: &str, got: f64| within(got, number(row, field), 5e-11, rel, &format!("c = {c} {field}"));
        meets("/P_wait", erlang::waiting(servers, load));
        meets("/Lq", erlang::mean_queue(servers, load));
        meets("/Wq", erlang::mean_wait(servers, load, 1.0));
        meets("/W", erlang::mean_time(servers, load, 1.0));
        meets("/L", erlang::mean_number(servers, load));
        meets("/ErlangB_loss", erlang::loss(servers, load));
    }
}

#[test]
fn lognormal_from_a_ninety_percent_range() {
    let case = case("lognormal-90ci-1");
    let rel = number(&case, "/tolerance/rel");
    let (mu, sigma) = draw::lognormal_from_quantiles(number(&case, "/inputs/p05"), number(&case, "/inputs/p95"));
    within(mu, number(&case, "/expected/mu"), 0.0, rel, "mu");
    within(sigma, number(&case, "/expected/sigma"), 0.0, rel, "sigma");
    within(libm::exp(mu + 0.5 * sigma * sigma), number(&case, "/expected/mean"), 0.0, rel, "mean");
}

#[test]
fn pert_in_both_conventions() {
    let case = case("pert-5-20-50-g2");
    let rel = number(&case, "/tolerance/rel");
    let [low, mode, high, shape] =
        ["/inputs/low", "/inputs/mode", "/inputs/high", "/inputs/gamma"].map(|pointer| number(&case, pointer));
    for (name, convention) in [("standard", PertConvention::Standard), ("pyfair", PertConvention::FixedSpread)] {
        let pert = Pert::new(low, mode, high, shape, convention).unwrap();
        let meets = |got: f64, field: &str| {
            within(got, number(&case, &format!("/expected/{name}/{field}")), 0.0, rel, &format!("{name} {field}"));
        };
        meets(pert.shapes().0, "alpha");
        meets(pert.shapes().1, "beta");
        meets(pert.sd(), "sd");
        within(pert.mean(), number(&case, "/expected/mean"), 0.0, rel, name);
        for (i, p) in [0.05, 0.5, 0.95].into_iter().enumerate() {
            meets(pert.quantile(p), &format!("p05_p50_p95/{i}"));
        }
    }
    // The sampler draws in the standard convention.
    for (u, expect) in [0.05, 0.5, 0.95].into_iter().zip(numbers(&case, "/expected/standard/p05_p50_p95")) {
        let got = draw::pert_shaped(u, low, mode, high, shape);
        within(got, expect, 0.0, rel, &format!("quantile at {u}"));
    }
}
