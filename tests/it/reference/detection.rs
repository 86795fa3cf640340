//! Group detection of `security-cases.json`: signal detection and base rates.
//!
//! Over new seeds the one simulated value would fail a right program with chance 6 in 100,000.

use airside::numeric::screening::{self, Screener};
use airside::stats::Summary;

use super::number;
use super::sheet::{Entry, Sheet, holds};

pub(super) static CASES: [Entry; 2] = [Entry::new("SDT-1", sdt_1), Entry::new("SDT-2", sdt_2)];

fn sdt_1(sheet: &mut Sheet) {
    let [hits, alarms, choice, curve] =
        ["H", "F", "d_for_2afc", "d_for_auc"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    let screener = Screener::from_rates(hits, alarms);
    sheet.meets("/expected/d", screener.sensitivity);
    sheet.meets("/expected/pc2afc", screening::two_alternatives(choice));
    sheet.meets("/expected/auc", screening::area_under_curve(curve));
    // Back from sensitivity and criterion to the rates.
    sheet.compares("H from d' and criterion", hits, screener.hits(), 1e-12);
    sheet.compares("F from d' and criterion", alarms, screener.false_alarms(), 1e-12);
}

fn sdt_2(sheet: &mut Sheet) {
    let [prevalence, hits, alarms] =
        ["prevalence", "p_detect", "p_false_alarm"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
    sheet.meets("/expected", screening::positive_predictive_value(prevalence, hits, alarms));
    // Of items that raised an alarm, those that hold what is looked for; the mean is over alarms.
    let mut right = Vec::new();
    sheet.simulate("", |stream| {
        let there = stream.uniform() < prevalence;
        if stream.uniform() < if there { hits } else { alarms } {
            right.push(f64::from(u8::from(there)));
        }
        0.0
    });
    sheet.simulates("/expected", &Summary::of(&right).unwrap());
}

#[test]
fn sdt_1_sensitivity_from_rates() {
    holds(&CASES, "SDT-1");
}

#[test]
fn sdt_2_what_an_alarm_is_worth_when_the_thing_is_rare() {
    holds(&CASES, "SDT-2");
}
