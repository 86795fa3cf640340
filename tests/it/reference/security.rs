//! Groups queue, sampling and coverage of `security-cases.json`.
//!
//! Simulated values may differ from the expected by four standard errors, estimated from the sample. With fixed seeds a
//! test passes always or never; over new seeds each of the nine simulated values would fail a right program with
//! chance 6 in 100,000 (normal law), any of them 1 in 1,700.

use airside::numeric::{coverage, erlang, hypergeometric};
use airside::random::{Entity, Luck, Purpose, Stream, draw};
use airside::stats::Summary;
use serde_json::Value;

use super::{number, numbers, whole, within};

fn case(id: &str) -> Value {
    super::case("security-cases", id)
}

/// Compares with the number at `pointer`, by the case's own tolerance.
#[track_caller]
fn meets(case: &Value, pointer: &str, got: f64) {
    let (abs, rel) = (number(case, "/tolerance_analytic/abs"), number(case, "/tolerance_analytic/rel"));
    within(got, number(case, pointer), abs, rel, &format!("{} {pointer}", case["id"]));
}

/// Simulates as often as the case asks.
fn simulate(case: &Value, part: &str, replication: impl FnMut(&mut Stream) -> f64) -> Summary {
    let mut replication = replication;
    let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of(case["id"].as_str().unwrap()).with(part));
    let values: Vec<f64> = (0..whole(case, "/monte_carlo/replications")).map(|_| replication(&mut stream)).collect();
    Summary::of(&values).unwrap()
}

/// Compares a simulated mean with the number `expect` by four standard errors; `printed` is what half a unit of the
/// expected value's last digit may add.
#[track_caller]
fn agrees(sample: &Summary, expect: f64, printed: f64, what: &str) {
    within(sample.mean(), expect, printed + 4.0 * sample.standard_error(), 0.0, what);
}

#[test]
fn q1_screening_lanes() {
    let case = case("Q-1");
    let (service, servers) = (number(&case, "/inputs/service_s"), whole(&case, "/inputs/c") as u32);
    let load = number(&case, "/inputs/lam_per_s") * service;
    meets(&case, "/expected/erlangs", load);
    meets(&case, "/expected/util", load / f64::from(servers));
    meets(&case, "/expected/p_wait", erlang::waiting(servers, load));
    meets(&case, "/expected/mean_wait_s", erlang::mean_wait(servers, load, service));
    let within_target = erlang::served_within(servers, load, service, number(&case, "/inputs/t"));
    meets(&case, "/expected/served_within_15s", within_target);
}

#[test]
fn q2_investigators_desk() {
    let case = case("Q-2");
    let (load, servers) = (number(&case, "/inputs/erlangs"), whole(&case, "/inputs/c") as u32);
    let service = number(&case, "/inputs/service_s");
    meets(&case, "/expected/p_wait", erlang::waiting(servers, load));
    meets(&case, "/expected/ASA_s", erlang::mean_wait(servers, load, service));
    let within_target = erlang::served_within(servers, load, service, number(&case, "/inputs/t"));
    meets(&case, "/expected/within20", within_target);
}

#[test]
fn q3_one_station_with_any_law_of_service() {
    let case = case("Q-3");
    let (rate, service) = (number(&case, "/inputs/lam"), number(&case, "/inputs/ES"));
    let wait = |scv| erlang::pollaczek_khinchine(rate, service, scv);
    meets(&case, "/expected/Wq_MM1", wait(1.0));
    meets(&case, "/expected/Wq_MD1", wait(0.0));
    meets(&case, "/expected/Wq_MG1", wait(0.25));
    meets(&case, "/expected/Lq_MM1", rate * wait(1.0));
    meets(&case, "/expected/Wq_MM1", erlang::mean_wait(1, rate * service, service));
    meets(&case, "/expected/Lq_MM1", erlang::mean_queue(1, rate * service));
}

#[test]
fn s1_opening_a_random_sample() {
    let case = case("S-1");
    let [lot, marked, sample] = ["/inputs/N", "/inputs/D", "/inputs/n"].map(|pointer| whole(&case, pointer));
    let target = number(&case, "/inputs/target");
    meets(&case, "/expected/P_detect", hypergeometric::detects(lot, marked, sample));
    let size = hypergeometric::sample_size(lot, marked, target).unwrap();
    meets(&case, "/expected/n_for_95", size as f64);
    let (lot_2, marked_2) = (whole(&case, "/inputs/N2"), whole(&case, "/inputs/D2"));
    let size = hypergeometric::sample_size(lot_2, marked_2, target).unwrap();
    meets(&case, "/expected/n_for_95_small", size as f64);

    // Items are opened one by one; each of those left is the next with equal chance.
    let sample_share = simulate(&case, "", |stream| {
        let found = (0..sample).any(|opened| stream.uniform() * ((lot - opened) as f64) < marked as f64);
        f64::from(u8::from(found))
    });
    agrees(&sample_share, number(&case, "/expected/P_detect"), 5e-6, "S-1 simulated");
}

#[test]
fn s4_untargeted_checks_at_a_hub() {
    let case = case("S-4");
    let (p, n) = (number(&case, "/inputs/p_check"), whole(&case, "/inputs/n_targeted"));
    let per_day = number(&case, "/inputs/declarations") / number(&case, "/inputs/days");
    meets(&case, "/expected/per_day_million", per_day / 1e6);
    meets(&case, "/expected/checked_per_day", per_day * p);
    let any = coverage::at_least_one(p, n);
    meets(&case, "/expected/P_any_of_1000_checked", any);
    // The file's tolerance fits its larger numbers; the printed digits are all right.
    within(any, number(&case, "/expected/P_any_of_1000_checked"), 5e-5, 0.0, "S-4 to the printed digits");

    // The number that pass before the first is checked.
    let sample = simulate(&case, "", |stream| f64::from(u8::from(draw::geometric(stream.uniform(), p) < n)));
    agrees(&sample, any, 0.0, "S-4 simulated");
}

#[test]
fn c1_meeting_every_trading_partner() {
    let case = case("C-1");
    for (i, n) in numbers(&case, "/inputs/n").into_iter().enumerate() {
        let pointer = format!("/expected/{i}");
        meets(&case, &pointer, coverage::collector_mean(n as u64));
        let sample = simulate(&case, &pointer, |stream| {
            let (mut seen, mut missing, mut draws) = (vec![false; n as usize], n as usize, 0.0);
            while missing > 0 {
                let item = (stream.uniform() * n) as usize;
                missing -= usize::from(!std::mem::replace(&mut seen[item], true));
                draws += 1.0;
            }
            draws
        });
        agrees(&sample, number(&case, &pointer), 0.005, &format!("C-1 simulated, n = {n}"));
    }
}

#[test]
fn c3_partners_with_heavy_tailed_trade() {
    let case = case("C-3");
    let weights = coverage::zipf(whole(&case, "/inputs/n") as usize, 1.0);
    let table = draw::Weights::new(&weights).unwrap();
    for (i, draws) in numbers(&case, "/inputs/m").into_iter().enumerate() {
        let draws = draws as u64;
        let [distinct, mass] = ["distinct", "mass"].map(|what| format!("/expected/{what}/{i}"));
        meets(&case, &distinct, coverage::expected_distinct(&weights, draws));
        meets(&case, &mass, coverage::expected_mass(&weights, draws));

        let mut masses = Vec::new();
        let sample = simulate(&case, &distinct, |stream| {
            let mut seen = vec![false; weights.len()];
            for _ in 0..draws {
                seen[table.pick(stream.uniform())] = true;
            }
            masses.push(seen.iter().zip(&weights).filter(|(seen, _)| **seen).map(|(_, weight)| weight).sum::<f64>());
            seen.into_iter().filter(|&seen| seen).count() as f64
        });
        agrees(&sample, number(&case, &distinct), 5e-4, &format!("C-3 simulated, distinct of {draws}"));
        let sample = Summary::of(&masses).unwrap();
        agrees(&sample, number(&case, &mass), 5e-6, &format!("C-3 simulated, mass of {draws}"));
    }
}
