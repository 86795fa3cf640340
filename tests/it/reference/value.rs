//! Cases of `policy-cases.json` about the value of a choice: net benefit, frontier, information, regret.

use airside::numeric::normal;
use airside::random::{Entity, Luck, Purpose};
use airside::stats::value::{
    Frontier, GaussianIncrement, NetBenefit, Payoffs, Psa, Replicated, Status, evpi_gaussian, evppi, evsi_gaussian,
    naive_evpi_gaussian,
};
use serde_json::Value;

use super::{number, numbers, whole, within};

fn case(id: &str) -> Value {
    super::case("policy-cases", id)
}

/// The table at a JSON pointer.
fn table(case: &Value, pointer: &str) -> Vec<Vec<f64>> {
    let rows = case.pointer(pointer).and_then(Value::as_array).unwrap().len();
    (0..rows).map(|i| numbers(case, &format!("{pointer}/{i}"))).collect()
}

#[track_caller]
fn all_within(got: &[f64], expect: &[f64], abs: f64, what: &str) {
    assert_eq!(got.len(), expect.len(), "{what}");
    got.iter().zip(expect).for_each(|(got, expect)| within(*got, *expect, abs, 0.0, what));
}

/// Normal draws that no other test has.
fn normals(name: &str) -> impl FnMut(f64, f64) -> f64 {
    let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of(name));
    move |mean, sd| mean + sd * normal::quantile(stream.uniform())
}

#[test]
fn tiny_psa() {
    let case = case("tiny-psa-3x8");
    let abs = number(&case, "/tolerance/abs");
    let names = ["0", "1", "2"].map(str::to_owned).to_vec();
    let psa = Psa::from_losses(names, &table(&case, "/inputs/cost"), &table(&case, "/inputs/loss")).unwrap();
    assert_eq!(psa.worlds(), 8);
    for (k, at) in numbers(&case, "/inputs/k").into_iter().zip(["0.5", "1.0", "2.0"]) {
        let benefit = psa.at(k).unwrap();
        let expect = |field: &str| numbers(&case, &format!("/expected/{at}/{field}"));
        all_within(&benefit.means(), &expect("mean_net_benefit"), abs, "mean net benefit");
        assert_eq!(benefit.best(), [whole(&case, &format!("/expected/{at}/best_index")) as usize]);
        all_within(&benefit.best_shares(), &expect("prob_best_ties_split"), abs, "share of worlds");
        assert_eq!(benefit.frontier_share(), benefit.best_shares()[benefit.best()[0]]);
        within(benefit.evpi(), number(&case, &format!("/expected/{at}/EVPI")), abs, 0.0, "EVPI");
        all_within(&benefit.expected_losses(), &expect("expected_opportunity_loss"), abs, "expected loss");
        let options: Vec<Vec<f64>> = (0..3).map(|option| benefit.option(option).unwrap()).collect();
        all_within(&Payoffs::of(&options).unwrap().max_regrets(), &expect("regret_max"), abs, "largest regret");
    }
    for option in [1, 2] {
        let averted = psa.averted(option, 0, 0.95, 2).unwrap();
        let expect = |field: &str| number(&case, &format!("/expected/paired_loss_averted_vs_0/{option}/{field}"));
        within(averted.mean, expect("mean"), abs, 0.0, "mean averted");
        within(averted.sd, expect("sd"), abs, 0.0, "sd averted");
        within(averted.interval.low, expect("ci95/0"), abs, 0.0, "low");
        within(averted.interval.high, expect("ci95/1"), abs, 0.0, "high");
        assert!(averted.adjusted.low < averted.interval.low);
    }
    for (option, reference) in [(1, 0), (2, 1), (2, 0)] {
        let expect = number(&case, &format!("/expected/icer_mean/{option}_vs_{reference}"));
        let it = psa.cost_per_unit(option, reference, 0.95).unwrap();
        within(it.ratio.unwrap(), expect, abs, 0.0, "ratio of means");
        assert!(it.region.contains(expect) && it.region.is_bounded(), "{it:?}");
    }
    let ratios: Vec<f64> = psa.frontier().unwrap().ratios().into_iter().flatten().collect();
    let expect = ["1_vs_0", "2_vs_1"].map(|pair| number(&case, &format!("/expected/icer_mean/{pair}")));
    all_within(&ratios, &expect, abs, "frontier");
}

#[test]
fn icer_va_herc() {
    let case = case("icer-va-herc");
    let names = |pointer: &str| -> Vec<String> {
        let list = case.pointer(pointer).and_then(Value::as_array).unwrap();
        list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let strategy = names("/inputs/strategy");
    let found = Frontier::of(&numbers(&case, "/inputs/cost"), &numbers(&case, "/inputs/effect")).unwrap();
    let named = |options: Vec<usize>| options.into_iter().map(|d| strategy[d].clone()).collect::<Vec<_>>();
    assert_eq!(named(found.options()), names("/expected/order"));
    assert_eq!(named(found.with(Status::Dominated)), names("/expected/dominated"));
    assert_eq!(named(found.with(Status::ExtendedDominated)), names("/expected/extended_dominated"));
    let expect: Vec<Option<f64>> = case["expected"]["ICER"].as_array().unwrap().iter().map(Value::as_f64).collect();
    assert_eq!(found.ratios().len(), expect.len());
    for (got, expect) in found.ratios().into_iter().zip(expect) {
        assert_eq!(got.is_some(), expect.is_some());
        within(got.unwrap_or(0.0), expect.unwrap_or(0.0), number(&case, "/tolerance/abs"), 0.0, "ratio");
    }
}

#[test]
fn voi_gauss_in_closed_form_and_from_samples() {
    let case = case("voi-gauss-k1");
    let (k, abs) = (number(&case, "/inputs/k"), number(&case, "/tolerance/analytic_abs"));
    // Net benefits 0 and k p1 - p2, p1 of N(1, 1) and p2 of N(0, 2).
    let it = GaussianIncrement::new(k, vec![k, 2.0]).unwrap();
    let truths = ["EVPPI_p1", "EVPPI_p2", "EVPI"].map(|field| number(&case, &format!("/expected/{field}")));
    within(it.evpi(), truths[2], abs, 0.0, "EVPI");
    within(it.evppi(&[0]).unwrap(), truths[0], abs, 0.0, "EVPPI of p1");
    within(it.evppi(&[1]).unwrap(), truths[1], abs, 0.0, "EVPPI of p2");

    let mut normal = normals("voi-gauss");
    let (p1, p2): (Vec<f64>, Vec<f64>) = (0..10_000).map(|_| (normal(1.0, 1.0), normal(0.0, 2.0))).unzip();
    let rows: Vec<Vec<f64>> = p1.iter().zip(&p2).map(|(p1, p2)| vec![0.0, k * p1 - p2]).collect();
    let benefit = NetBenefit::of(&rows).unwrap();
    let abs = number(&case, "/tolerance/mc_1e4_abs");
    within(benefit.evpi(), truths[2], abs, 0.0, "EVPI of 10,000 worlds");
    for (input, truth) in [&p1, &p2].into_iter().zip(truths) {
        let found = evppi(&benefit, input, None, 0.95).unwrap();
        within(found.value, truth, abs, 0.0, "EVPPI of 10,000 worlds");
    }
}

#[test]
fn voi_evsi_p1() {
    let case = case("voi-evsi-p1");
    let abs = number(&case, "/tolerance/abs");
    for (n, expect) in numbers(&case, "/inputs/n").into_iter().zip(numbers(&case, "/expected/EVSI")) {
        let got = evsi_gaussian(1.0, number(&case, "/inputs/k"), 1.0, 1.0, n as u64).unwrap();
        within(got, expect, abs, 0.0, &format!("{n} observations"));
    }
}

/// Luck is not priced: a design of worlds and runs gives the value of what could be learnt.
#[test]
fn evpi_noise_trap() {
    let case = case("evpi-noise-trap");
    let abs = number(&case, "/tolerance/analytic_abs");
    let [mean, doubt, luck] =
        ["INB_mean", "sd_theta", "sd_replication_noise"].map(|field| number(&case, &format!("/inputs/{field}")));
    let truth = number(&case, "/expected/EVPI_true");
    within(evpi_gaussian(mean, doubt).unwrap(), truth, abs, 0.0, "true");
    for (runs, field) in [(1, "EVPI_naive_from_single_replications"), (100, "EVPI_with_100_inner_reps")] {
        let got = naive_evpi_gaussian(mean, doubt, luck, runs).unwrap();
        within(got, number(&case, &format!("/expected/{field}")), abs, 0.0, field);
    }

    let mut normal = normals("evpi-noise-trap");
    for (worlds, runs) in [(8000, 10), (2000, 100)] {
        let all: Vec<Vec<Vec<f64>>> = (0..worlds)
            .map(|_| {
                let increment = normal(mean, doubt);
                (0..runs).map(|_| vec![0.0, normal(increment, luck)]).collect()
            })
            .collect();
        // False failures: 1 in 1,000 for each of two, seed fixed.
        let found = Replicated::of(&all).unwrap().evpi(0.999, 100, 1).unwrap();
        let naive = naive_evpi_gaussian(mean, doubt, luck, runs).unwrap();
        assert!(found.interval.contains(truth), "{truth} is not in {found:?}");
        within(found.value, truth, 0.04, 0.0, &format!("{runs} runs a world"));
        within(found.naive, naive, 0.06, 0.0, &format!("naive of {runs} runs a world"));
    }
    // Single runs are refused: what they would give is the naive value.
    let single: Vec<Vec<Vec<f64>>> = (0..100).map(|_| vec![vec![0.0, normal(mean, luck)]]).collect();
    assert_eq!(Replicated::of(&single).unwrap().evpi(0.95, 100, 1), None);
}

#[test]
fn regret_3x4() {
    let case = case("regret-3x4");
    let abs = number(&case, "/tolerance/abs");
    let it = Payoffs::of(&table(&case, "/inputs/payoff")).unwrap();
    let expect = |field: &str| numbers(&case, &format!("/expected/{field}"));
    for (got, expect) in it.regrets().iter().zip(table(&case, "/expected/regret")) {
        all_within(got, &expect, abs, "regret");
    }
    all_within(&it.max_regrets(), &expect("max_regret"), abs, "largest regret");
    let ties: Vec<usize> = expect("minimax_regret_ties").into_iter().map(|option| option as usize).collect();
    assert_eq!(it.minimax_regret(), ties);
    assert_eq!(it.maximin(), [whole(&case, "/expected/maximin") as usize]);
    assert_eq!(it.maximax(), [whole(&case, "/expected/maximax") as usize]);
    all_within(&it.laplace(), &expect("laplace_means"), abs, "equal weights");
    let alpha = number(&case, "/inputs/alpha_hurwicz");
    all_within(&it.hurwicz(alpha).unwrap(), &expect("hurwicz"), abs, "Hurwicz");
    assert_eq!(it.hurwicz_best(alpha), Some(vec![0, 1]));
    all_within(&it.satisficing(55.0).unwrap(), &expect("satisfice_ge_55"), abs, "at least 55");
}
