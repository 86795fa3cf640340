//! Group sequential of `security-cases.json`: monitors and tests that go on until they alarm.
//!
//! Over new seeds each of the 39 simulated values would fail a right program with chance 6 in 100,000 (normal law), any of
//! them 1 in 420; the digits that were printed are allowed for on top.

use airside::numeric::cusum::{self, Cusum};
use airside::numeric::ewma::{Ewma, Side};
use airside::numeric::sprt::{self, Sprt, Verdict};
use airside::numeric::{normal, poisson};
use airside::random::draw;
use airside::stats::Summary;

use super::sheet::{Entry, Sheet, holds};
use super::{number, numbers, whole};

pub(super) static CASES: [Entry; 6] = [
    Entry::new("CUSUM-1", cusum_1),
    Entry::new("CUSUM-3", cusum_3),
    Entry::new("EWMA-1", ewma_1),
    Entry::new("PCUSUM-1", pcusum_1),
    Entry::new("PCUSUM-2", pcusum_2),
    Entry::new("SPRT-1", sprt_1),
];

fn monitor(sheet: &Sheet, head_start: f64) -> Cusum {
    let [reference, limit] = ["k", "h"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    Cusum { reference, limit, head_start }
}

fn cusum_1(sheet: &mut Sheet) {
    let cusum = monitor(sheet, 0.0);
    for (i, mean) in numbers(&sheet.case, "/inputs/mu").into_iter().enumerate() {
        let pointer = format!("/expected/{i}");
        sheet.meets(&pointer, cusum.normal_run_length(mean).mean());
        let sample = sheet.simulate(&pointer, |stream| {
            let (mut sum, mut observations) = (cusum.head_start, 0.0);
            while !cusum.alarms(sum) {
                sum = cusum.next(sum, mean + normal::quantile(stream.uniform()));
                observations += 1.0;
            }
            observations
        });
        sheet.simulates(&pointer, &sample);
    }
}

fn cusum_3(sheet: &mut Sheet) {
    let cusum = monitor(sheet, number(&sheet.case, "/inputs/hs"));
    for (i, mean) in numbers(&sheet.case, "/inputs/mu").into_iter().enumerate() {
        let pointer = format!("/expected/{i}");
        sheet.meets(&pointer, cusum::two_sided_normal_mean(&cusum, mean));
        let sample = sheet.simulate(&pointer, |stream| {
            let (mut upper, mut lower, mut observations) = (cusum.head_start, cusum.head_start, 0.0);
            while !cusum.alarms(upper) && !cusum.alarms(lower) {
                let x = mean + normal::quantile(stream.uniform());
                (upper, lower) = (cusum.next(upper, x), cusum.next(lower, -x));
                observations += 1.0;
            }
            observations
        });
        sheet.simulates(&pointer, &sample);
    }
}

fn ewma_1(sheet: &mut Sheet) {
    let [lambda, width] = ["lam", "L"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    let ewma = Ewma { lambda, width, head_start: 0.0, side: Side::Both };
    for (i, mean) in numbers(&sheet.case, "/inputs/mu").into_iter().enumerate() {
        let pointer = format!("/expected/{i}");
        sheet.meets(&pointer, ewma.normal_run_length(mean).mean());
        let sample = sheet.simulate(&pointer, |stream| {
            let (mut z, mut observations) = (ewma.head_start, 0.0);
            while !ewma.alarms(z) {
                z = ewma.next(z, mean + normal::quantile(stream.uniform()));
                observations += 1.0;
            }
            observations
        });
        sheet.simulates(&pointer, &sample);
    }
}

/// Run lengths of a monitor of Poisson counts.
fn simulated_counts(sheet: &Sheet, part: &str, cusum: &Cusum, mean: f64) -> Vec<f64> {
    // A table is faster than the inversion; counts over 79 have chances below 1e-50.
    let chances: Vec<f64> = (0..80).map(|x| poisson::pmf(x, mean)).collect();
    let counts = draw::Weights::new(&chances).unwrap();
    let mut lengths = Vec::new();
    sheet.simulate(part, |stream| {
        let (mut sum, mut observations) = (cusum.head_start, 0.0);
        while !cusum.alarms(sum) {
            sum = cusum.next(sum, counts.pick(stream.uniform()) as f64);
            observations += 1.0;
        }
        lengths.push(observations);
        observations
    });
    lengths
}

fn pcusum_1(sheet: &mut Sheet) {
    let mean = number(&sheet.case, "/inputs/mu");
    for (i, start) in numbers(&sheet.case, "/inputs/starts").into_iter().enumerate() {
        let (pointer, cusum) = (format!("/expected/{i}"), monitor(sheet, start));
        sheet.meets(&pointer, cusum.poisson_run_length(mean).mean());
        let lengths = simulated_counts(sheet, &pointer, &cusum, mean);
        sheet.simulates(&pointer, &Summary::of(&lengths).unwrap());
    }
}

fn pcusum_2(sheet: &mut Sheet) {
    let (cusum, horizon) = (monitor(sheet, 0.0), whole(&sheet.case, "/inputs/horizon"));
    for (i, mean) in numbers(&sheet.case, "/inputs/mu").into_iter().enumerate() {
        let [all, within] = ["ARL", "P_alarm_104"].map(|what| format!("/expected/{what}/{i}"));
        let law = cusum.poisson_run_length(mean);
        sheet.meets(&all, law.mean());
        sheet.meets(&within, law.by(horizon));
        let lengths = simulated_counts(sheet, &all, &cusum, mean);
        sheet.simulates(&all, &Summary::of(&lengths).unwrap());
        let alarms: Vec<f64> = lengths.iter().map(|&n| f64::from(u8::from(n <= horizon as f64))).collect();
        sheet.simulates(&within, &Summary::of(&alarms).unwrap());
    }
}

fn sprt_1(sheet: &mut Sheet) {
    let [alpha, beta, shift] =
        ["alpha", "beta", "shift_sd"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    let test = Sprt::wald(alpha, beta).unwrap();
    sheet.meets("/expected/A", test.upper);
    sheet.meets("/expected/B", test.lower);
    sheet.meets("/expected/ASN_H1", test.mean_samples(1.0 - beta, sprt::normal_step(shift, shift)));
    sheet.meets("/expected/ASN_H0", test.mean_samples(alpha, sprt::normal_step(0.0, shift)));
    // What the case accepts of a simulation: overshoot makes the real test slower and safer.
    for (truth, samples, power, allowed) in [(shift, 36.6, 0.962, 0.002), (0.0, 26.0, 0.0077, 0.001)] {
        let mut verdicts = Vec::new();
        let part = format!("true mean {truth}");
        let sample = sheet.simulate(&part, |stream| {
            let (mut sum, mut observations) = (0.0, 0.0);
            loop {
                sum = test.next(sum, sprt::normal_step(truth + normal::quantile(stream.uniform()), shift));
                observations += 1.0;
                if let Some(verdict) = test.verdict(sum) {
                    verdicts.push(f64::from(u8::from(verdict == Verdict::Something)));
                    return observations;
                }
            }
        });
        sheet.accepts(&format!("samples, {part}"), samples, &sample, 0.2);
        sheet.accepts(&format!("verdicts for H1, {part}"), power, &Summary::of(&verdicts).unwrap(), allowed);
    }
}

#[test]
fn cusum_1_one_side_of_a_normal_monitor() {
    holds(&CASES, "CUSUM-1");
}

#[test]
fn cusum_3_both_sides_with_a_head_start() {
    holds(&CASES, "CUSUM-3");
}

#[test]
fn ewma_1_a_smoothed_monitor() {
    holds(&CASES, "EWMA-1");
}

#[test]
fn pcusum_1_a_monitor_of_rare_counts() {
    holds(&CASES, "PCUSUM-1");
}

#[test]
fn pcusum_2_a_weekly_monitor_over_two_years() {
    holds(&CASES, "PCUSUM-2");
}

#[test]
fn sprt_1_a_sequential_test() {
    holds(&CASES, "SPRT-1");
}
