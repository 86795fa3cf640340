//! Cases of `policy-cases.json` on designs, sensitivity and variance reduction.

use airside::random::{Entity, Luck, Purpose};
use airside::stats::design::{discrepancy, randomised, scrambled, sobol};
use airside::stats::sensitivity::{FastDesign, MorrisDesign, SobolDesign, antithetic, control_variate};
use serde_json::Value;

use super::{number, numbers, within};

fn case(id: &str) -> Value {
    super::case("policy-cases", id)
}

/// Ishigami's function of three uniform points.
fn ishigami(u: &[f64]) -> f64 {
    let x = |i: usize| (2.0 * u[i] - 1.0) * std::f64::consts::PI;
    let sin = libm::sin;
    sin(x(0)) + 7.0 * sin(x(1)) * sin(x(1)) + 0.1 * x(2) * x(2) * x(2) * x(2) * sin(x(0))
}

/// First and total indices of Ishigami's function, moved by a constant.
fn indices(n: usize, seed: u64, moved: f64) -> Vec<f64> {
    let design = SobolDesign::new(n, 3, Luck::new(seed)).unwrap();
    let outputs: Vec<f64> = design.points().map(|u| ishigami(&u) + moved).collect();
    let indices = design.indices(&outputs, 0.95, Luck::new(seed)).unwrap();
    indices.iter().map(|it| it.first).chain(indices.iter().map(|it| it.total)).collect()
}

#[test]
fn sobol_ishigami() {
    let case = case("sobol-ishigami");
    let expected = [numbers(&case, "/expected/S1"), numbers(&case, "/expected/ST")].concat();
    for (n, name) in [(1024, "N1024_abs"), (4096, "N4096_abs"), (16_384, "N16384_abs")] {
        let abs = number(&case, &format!("/tolerance/{name}"));
        for seed in [1, 2, 3] {
            for (got, expect) in indices(n, seed, 0.0).into_iter().zip(&expected) {
                within(got, *expect, abs, 0.0, &format!("{n} points, seed {seed}"));
            }
        }
    }
}

#[test]
fn sobol_shift_invariance() {
    let case = case("sobol-shift-invariance");
    let n = number(&case, "/inputs/N") as usize;
    let change = number(&case, "/tolerance/shift_change_abs");
    for (plain, moved) in indices(n, 1, 0.0).into_iter().zip(indices(n, 1, 1000.0)) {
        within(moved, plain, change, 0.0, "moved by a thousand");
    }
}

#[test]
fn sobol_ab_design() {
    let case = case("sobol-ab-design");
    let abs = number(&case, "/tolerance/N4096_abs");
    let expected = [numbers(&case, "/expected/S1"), numbers(&case, "/expected/ST")].concat();
    for (got, expect) in indices(4096, 9, 0.0).into_iter().zip(expected) {
        within(got, expect, abs, 0.0, "halves of the columns of one sequence");
    }
    // The rule itself: A and B are halves of the columns.
    let design = SobolDesign::new(16, 3, Luck::new(9)).unwrap();
    let points: Vec<Vec<f64>> = design.points().collect();
    for (row, base) in points.chunks(5).zip(scrambled(16, 6, Luck::new(9), 0).unwrap()) {
        assert_eq!((&row[0][..], &row[4][..]), base.split_at(3));
        assert_eq!(row[2], [base[0], base[4], base[2]]);
    }
}

/// Sobol's G function of eight inputs: shares from its closed form.
#[test]
fn sobol_g_of_eight() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let own = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all = own.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
    let design = SobolDesign::new(4096, 8, Luck::new(4)).unwrap();
    let g = |u: Vec<f64>| u.iter().zip(a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product::<f64>();
    let outputs: Vec<f64> = design.points().map(g).collect();
    for (it, own) in design.indices(&outputs, 0.95, Luck::new(4)).unwrap().iter().zip(own) {
        let total = own * (1.0 + all) / (1.0 + own) / all;
        within(it.first, own / all, 0.02, 0.0, "first");
        within(it.total, total, 0.02, 0.0, "total");
    }
}

#[test]
fn morris_ishigami() {
    let case = case("morris-ishigami-L4");
    let (levels, trajectories) = (number(&case, "/inputs/levels"), number(&case, "/inputs/trajectories"));
    let design = MorrisDesign::new(3, trajectories as usize, levels as usize, Luck::new(1)).unwrap();
    let outputs: Vec<f64> = design.points().map(ishigami).collect();
    let effects = design.effects(&outputs, 0.95).unwrap();
    for (it, expect) in effects.iter().zip(numbers(&case, "/expected/mu_star")) {
        within(it.mu_star, expect, 0.0, number(&case, "/tolerance/rel"), "mean size");
    }
    within(effects[1].mu_star, 7.875, 1e-9, 0.0, "every effect of the second has one size");
}

#[test]
fn fast_ishigami() {
    let case = case("fast-ishigami");
    let abs = number(&case, "/tolerance/abs");
    let design = FastDesign::new(number(&case, "/inputs/N") as usize, 3, Luck::new(1)).unwrap();
    let outputs: Vec<f64> = design.points().map(|u| ishigami(&u)).collect();
    let indices = design.indices(&outputs).unwrap();
    for (i, it) in indices.iter().enumerate() {
        within(it.first, numbers(&case, "/expected/S1")[i], abs, 0.0, &format!("first {i}"));
        within(it.total, numbers(&case, "/expected/ST")[i], abs, 0.0, &format!("total {i}"));
    }
}

#[test]
fn sobol_first_eight() {
    let case = case("sobol-first8");
    let expected: Vec<Vec<f64>> = (0..8).map(|i| numbers(&case, &format!("/expected/{i}"))).collect();
    assert_eq!(sobol(8, 3).unwrap(), expected);
}

#[test]
fn discrepancies() {
    let case = case("discrepancy");
    let (low, high) = (number(&case, "/inputs/bounds/0"), number(&case, "/inputs/bounds/1"));
    let scaled =
        |i: usize| numbers(&case, &format!("/inputs/points/{i}")).iter().map(|x| (x - low) / (high - low)).collect();
    let points: Vec<Vec<f64>> = (0..6).map(scaled).collect();
    let rel = number(&case, "/tolerance/rel");
    let all = [
        ("CD", discrepancy::centred(&points)),
        ("WD", discrepancy::wrap_around(&points)),
        ("MD", discrepancy::mixture(&points)),
        ("L2star", discrepancy::star(&points)),
    ];
    for (name, got) in all {
        within(got.unwrap(), number(&case, &format!("/expected/{name}")), 0.0, rel, name);
    }
}

/// E[exp(U)] with 20,000 pairs: variances within the case's tolerance for simulation.
#[test]
fn variance_reduction_exp() {
    let case = case("variance-reduction-exp");
    let (expected, rel) =
        (|name: &str| number(&case, &format!("/expected/{name}")), number(&case, "/tolerance/mc_rel"));
    let mut stream = Luck::new(3).stream(Purpose::TEST, Entity::of("variance reduction"));
    let points: Vec<Vec<f64>> = (0..20_000).map(|_| vec![stream.uniform()]).collect();
    let pairs = antithetic(&points, |u| libm::exp(u[0])).unwrap();
    within(pairs.mean(), expected("mean"), 0.0, 0.002, "mean of pairs");
    within(pairs.sd() * pairs.sd(), expected("var_antithetic_pair_mean"), 0.0, rel, "variance of pairs");
    let x: Vec<f64> = points.iter().map(|u| u[0]).collect();
    let y: Vec<f64> = x.iter().map(|x| libm::exp(*x)).collect();
    let controlled = control_variate(&y, &x, 0.5, 2_000, 0.95).unwrap();
    within(controlled.beta, expected("cv_beta"), 0.0, rel, "slope");
    within(controlled.mean, expected("mean"), 0.0, 0.002, "mean with a control");
    let ratio = expected("var_control_variate") / expected("var_crude");
    within(controlled.variance_ratio, ratio, 0.0, rel, "variance with a control");
}

/// The G function of eight inputs has the mean 1; 16 scrambles of 1,024 points come within a thousandth of it, where as many
/// independent points would be off by four thousandths (one standard error).
#[test]
fn scrambled_points_integrate_better_than_chance() {
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let g = |u: &[f64]| u.iter().zip(a).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product::<f64>();
    let (mean, interval) = randomised(1024, 8, 16, Luck::new(1), 0.999, g).unwrap();
    within(mean, 1.0, 0.001, 0.0, "mean");
    assert!(interval.contains(1.0) && interval.half_width() < 0.002, "{interval:?}");
}
