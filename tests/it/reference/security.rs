//! Groups queue, sampling and coverage of `security-cases.json`.
//!
//! Simulated values may differ from the expected by four standard errors, estimated from the sample. With fixed seeds a
//! test passes always or never; over new seeds each of the nine simulated values would fail a right program with
//! chance 6 in 100,000 (normal law), any of them 1 in 1,700.

use airside::numeric::{coverage, erlang, hypergeometric};
use airside::random::draw;
use airside::stats::Summary;

use super::sheet::{Entry, Sheet, holds};
use super::{number, numbers, whole};

pub(super) static CASES: [Entry; 7] = [
    Entry::new("Q-1", q1),
    Entry::new("Q-2", q2),
    Entry::new("Q-3", q3),
    Entry::new("S-1", s1),
    Entry::new("S-4", s4),
    Entry::new("C-1", c1),
    Entry::new("C-3", c3),
];

fn q1(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    let (service, servers) = (number(&case, "/inputs/service_s"), whole(&case, "/inputs/c") as u32);
    let load = number(&case, "/inputs/lam_per_s") * service;
    sheet.meets("/expected/erlangs", load);
    sheet.meets("/expected/util", load / f64::from(servers));
    sheet.meets("/expected/p_wait", erlang::waiting(servers, load));
    sheet.meets("/expected/mean_wait_s", erlang::mean_wait(servers, load, service));
    let within_target = erlang::served_within(servers, load, service, number(&case, "/inputs/t"));
    sheet.meets("/expected/served_within_15s", within_target);
}

fn q2(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    let (load, servers) = (number(&case, "/inputs/erlangs"), whole(&case, "/inputs/c") as u32);
    let service = number(&case, "/inputs/service_s");
    sheet.meets("/expected/p_wait", erlang::waiting(servers, load));
    sheet.meets("/expected/ASA_s", erlang::mean_wait(servers, load, service));
    let within_target = erlang::served_within(servers, load, service, number(&case, "/inputs/t"));
    sheet.meets("/expected/within20", within_target);
}

fn q3(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    let (rate, service) = (number(&case, "/inputs/lam"), number(&case, "/inputs/ES"));
    let wait = |scv| erlang::pollaczek_khinchine(rate, service, scv);
    sheet.meets("/expected/Wq_MM1", wait(1.0));
    sheet.meets("/expected/Wq_MD1", wait(0.0));
    sheet.meets("/expected/Wq_MG1", wait(0.25));
    sheet.meets("/expected/Lq_MM1", rate * wait(1.0));
    sheet.meets("/expected/Wq_MM1", erlang::mean_wait(1, rate * service, service));
    sheet.meets("/expected/Lq_MM1", erlang::mean_queue(1, rate * service));
}

fn s1(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    let [lot, marked, sample] = ["/inputs/N", "/inputs/D", "/inputs/n"].map(|pointer| whole(&case, pointer));
    let target = number(&case, "/inputs/target");
    sheet.meets("/expected/P_detect", hypergeometric::detects(lot, marked, sample));
    let size = hypergeometric::sample_size(lot, marked, target).unwrap();
    sheet.meets("/expected/n_for_95", size as f64);
    let (lot_2, marked_2) = (whole(&case, "/inputs/N2"), whole(&case, "/inputs/D2"));
    let size = hypergeometric::sample_size(lot_2, marked_2, target).unwrap();
    sheet.meets("/expected/n_for_95_small", size as f64);

    // Items are opened one by one; each of those left is the next with equal chance.
    let sample_share = sheet.simulate("", |stream| {
        let found = (0..sample).any(|opened| stream.uniform() * ((lot - opened) as f64) < marked as f64);
        f64::from(u8::from(found))
    });
    sheet.agrees(&sample_share, number(&case, "/expected/P_detect"), 5e-6, "/expected/P_detect");
}

fn s4(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    let (p, n) = (number(&case, "/inputs/p_check"), whole(&case, "/inputs/n_targeted"));
    let per_day = number(&case, "/inputs/declarations") / number(&case, "/inputs/days");
    sheet.meets("/expected/per_day_million", per_day / 1e6);
    sheet.meets("/expected/checked_per_day", per_day * p);
    let any = coverage::at_least_one(p, n);
    sheet.meets("/expected/P_any_of_1000_checked", any);
    // The file's tolerance fits its larger numbers; the printed digits are all right.
    sheet.compares("P_any_of_1000_checked, to the printed digits", 0.0582, any, 5e-5);

    // The number that pass before the first is checked.
    let sample = sheet.simulate("", |stream| f64::from(u8::from(draw::geometric(stream.uniform(), p) < n)));
    sheet.agrees(&sample, any, 0.0, "/expected/P_any_of_1000_checked");
}

fn c1(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    for (i, n) in numbers(&case, "/inputs/n").into_iter().enumerate() {
        let pointer = format!("/expected/{i}");
        sheet.meets(&pointer, coverage::collector_mean(n as u64));
        let sample = sheet.simulate(&pointer, |stream| {
            let (mut seen, mut missing, mut draws) = (vec![false; n as usize], n as usize, 0.0);
            while missing > 0 {
                let item = (stream.uniform() * n) as usize;
                missing -= usize::from(!std::mem::replace(&mut seen[item], true));
                draws += 1.0;
            }
            draws
        });
        sheet.agrees(&sample, number(&case, &pointer), 0.005, &pointer);
    }
}

fn c3(sheet: &mut Sheet) {
    let case = sheet.case.clone();
    let weights = coverage::zipf(whole(&case, "/inputs/n") as usize, 1.0);
    let table = draw::Weights::new(&weights).unwrap();
    for (i, draws) in numbers(&case, "/inputs/m").into_iter().enumerate() {
        let draws = draws as u64;
        let [distinct, mass] = ["distinct", "mass"].map(|what| format!("/expected/{what}/{i}"));
        sheet.meets(&distinct, coverage::expected_distinct(&weights, draws));
        sheet.meets(&mass, coverage::expected_mass(&weights, draws));

        let mut masses = Vec::new();
        let sample = sheet.simulate(&distinct, |stream| {
            let mut seen = vec![false; weights.len()];
            for _ in 0..draws {
                seen[table.pick(stream.uniform())] = true;
            }
            masses.push(seen.iter().zip(&weights).filter(|(seen, _)| **seen).map(|(_, weight)| weight).sum::<f64>());
            seen.into_iter().filter(|&seen| seen).count() as f64
        });
        sheet.agrees(&sample, number(&case, &distinct), 5e-4, &distinct);
        let sample = Summary::of(&masses).unwrap();
        sheet.agrees(&sample, number(&case, &mass), 5e-6, &mass);
    }
}

#[test]
fn q1_screening_lanes() {
    holds(&CASES, "Q-1");
}

#[test]
fn q2_investigators_desk() {
    holds(&CASES, "Q-2");
}

#[test]
fn q3_one_station_with_any_law_of_service() {
    holds(&CASES, "Q-3");
}

#[test]
fn s1_opening_a_random_sample() {
    holds(&CASES, "S-1");
}

#[test]
fn s4_untargeted_checks_at_a_hub() {
    holds(&CASES, "S-4");
}

#[test]
fn c1_meeting_every_trading_partner() {
    holds(&CASES, "C-1");
}

#[test]
fn c3_partners_with_heavy_tailed_trade() {
    holds(&CASES, "C-3");
}
