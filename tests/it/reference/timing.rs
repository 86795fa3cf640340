//! Group timing of `security-cases.json`: audits, and goods that act late.
//!
//! Over new seeds each of the seven simulated values would fail a right program with chance 6 in 100,000.

use airside::numeric::audit::Schedule;
use airside::numeric::latent::{self, Latency};
use airside::random::draw;
use airside::stats::Summary;

use super::sheet::{Entry, Sheet, holds};
use super::{number, numbers};

pub(super) static CASES: [Entry; 2] = [Entry::new("T-1", t_1), Entry::new("T-3", t_3)];

fn t_1(sheet: &mut Sheet) {
    let horizon = number(&sheet.case, "/inputs/horizon");
    let chances = numbers(&sheet.case, "/inputs/p");
    for (i, (period, chance)) in numbers(&sheet.case, "/inputs/T").into_iter().zip(chances).enumerate() {
        let pointer = format!("/expected/mean_days/{i}");
        let audits = Schedule::Periodic { period };
        sheet.meets(&pointer, audits.mean_delay(chance));
        // A phase, and the audits that find nothing.
        let mut days = Vec::new();
        let sample = sheet.simulate(&pointer, |stream| {
            let first = period * stream.uniform();
            days.push(first + period * draw::geometric(stream.uniform(), chance) as f64);
            *days.last().unwrap()
        });
        sheet.simulates(&pointer, &sample);
        if i == 0 {
            sheet.meets("/expected/P_365", audits.found_by(chance, horizon));
            let found: Vec<f64> = days.iter().map(|&day| f64::from(u8::from(day <= horizon))).collect();
            sheet.simulates("/expected/P_365", &Summary::of(&found).unwrap());
        }
    }
}

fn t_3(sheet: &mut Sheet) {
    let [rate, mean, t] =
        ["lam_per_day", "mean_latency", "t"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    for (i, law) in [Latency::Exponential { mean }, Latency::Weibull { mean, shape: 2.0 }].into_iter().enumerate() {
        let [waiting, acted] = ["latent", "activated"].map(|what| format!("/expected/{what}/{i}"));
        sheet.meets(&waiting, latent::latent(rate, &law, t));
        sheet.meets(&acted, latent::activated(rate, &law, t));
        let by_survival = latent::latent_of(rate, |s| law.survival(s), t);
        sheet.compares(&format!("latent/{i} by quadrature"), latent::latent(rate, &law, t), by_survival, 1e-8);
        let mut activated = Vec::new();
        let sample = sheet.simulate(&waiting, |stream| {
            let (mut waits, mut acts) = (0.0, 0.0);
            let mut day = draw::exponential(stream.uniform(), 1.0 / rate);
            while day < t {
                let luck = stream.uniform();
                let latency = match law {
                    Latency::Weibull { shape, .. } => draw::weibull_with_mean(luck, mean, shape),
                    _ => draw::exponential(luck, mean),
                };
                *(if day + latency > t { &mut waits } else { &mut acts }) += 1.0;
                day += draw::exponential(stream.uniform(), 1.0 / rate);
            }
            activated.push(acts);
            waits
        });
        sheet.simulates(&waiting, &sample);
        sheet.simulates(&acted, &Summary::of(&activated).unwrap());
    }
}

#[test]
fn t_1_audits_at_a_random_phase() {
    holds(&CASES, "T-1");
}

#[test]
fn t_3_goods_that_wait() {
    holds(&CASES, "T-3");
}
