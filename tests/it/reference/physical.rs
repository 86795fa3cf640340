//! Group physical of `security-cases.json`: detection, delay and response.
//!
//! Over new seeds each of the four simulated values would fail a right program with chance 6 in 100,000.

use airside::numeric::breach::{self, Duration, Place, Reading, Response, Task};
use serde_json::Value;

use super::number;
use super::sheet::{Entry, Sheet, holds};

pub(super) static CASES: [Entry; 5] = [
    Entry::new("EASI-1", |sheet| {
        race(sheet);
        let (tasks, response) = (tasks(&sheet.case), response(&sheet.case));
        let conditional = breach::interruption(&tasks, &response, Reading::Conditional);
        sheet.compares("P_I, conditional reading (note)", 0.4832, conditional, 5e-5);
        let sample = sheet.simulate("conditional", |stream| {
            let race = breach::play(&tasks, &response, Reading::Conditional, || stream.uniform());
            f64::from(u8::from(race.interrupted))
        });
        sheet.agrees(&sample, 0.4832, 5e-5, "P_I, conditional reading (note)");
    }),
    Entry::new("EASI-3", race),
    Entry::new("EASI-6", race),
    Entry::new("EASI-8", |sheet| {
        let mut tasks = tasks(&sheet.case);
        let time = number(&sheet.case, "/inputs/rft");
        sheet.meets("/expected/base", breach::timely_detection(&tasks, time));
        // The same through the race with fixed times and certain communication.
        for task in &mut tasks {
            task.delay.sd = 0.0;
        }
        let response = Response { communicates: 1.0, time: Duration { mean: time, sd: 0.0 } };
        sheet.meets("/expected/base", breach::interruption(&tasks, &response, Reading::Literal));
        tasks[0].detects = 0.9;
        sheet.meets("/expected/with_fence_sensor", breach::timely_detection(&tasks, time));
        sheet.meets("/expected/with_fence_sensor", breach::interruption(&tasks, &response, Reading::Literal));
    }),
    Entry::new("EASI-9", |sheet| {
        let [interruption, neutralisation, consequence] =
            ["P_I", "P_N", "C"].map(|name| number(&sheet.case, &format!("/inputs/{name}")));
        let effectiveness = breach::effectiveness(interruption, neutralisation);
        sheet.meets("/expected/P_E", effectiveness);
        sheet.meets("/expected/R_c", breach::conditional_risk(effectiveness, consequence));
    }),
];

fn race(sheet: &mut Sheet) {
    let (tasks, response) = (tasks(&sheet.case), response(&sheet.case));
    sheet.meets("/expected/P_I", breach::interruption(&tasks, &response, Reading::Literal));
    let sample = sheet.simulate("", |stream| {
        let race = breach::play(&tasks, &response, Reading::Literal, || stream.uniform());
        f64::from(u8::from(race.interrupted))
    });
    sheet.simulates("/expected/P_I", &sample);
}

fn tasks(case: &Value) -> Vec<Task> {
    let list = case.pointer("/inputs/tasks").and_then(Value::as_array).unwrap();
    list.iter()
        .map(|task| Task {
            detects: number(task, "/pd"),
            place: match task["loc"].as_str().unwrap() {
                "B" => Place::Begin,
                "M" => Place::Middle,
                _ => Place::End,
            },
            delay: Duration { mean: number(task, "/mean"), sd: number(task, "/sd") },
        })
        .collect()
}

fn response(case: &Value) -> Response {
    let [communicates, mean, sd] =
        ["p_comm", "rft_mean", "rft_sd"].map(|name| number(case, &format!("/inputs/{name}")));
    Response { communicates, time: Duration { mean, sd } }
}

#[test]
fn easi_1_a_path_of_six_tasks() {
    holds(&CASES, "EASI-1");
}

#[test]
fn easi_3_a_faster_response() {
    holds(&CASES, "EASI-3");
}

#[test]
fn easi_6_detection_half_way() {
    holds(&CASES, "EASI-6");
}

#[test]
fn easi_8_the_critical_detection_point() {
    holds(&CASES, "EASI-8");
}

#[test]
fn easi_9_effectiveness_and_risk() {
    holds(&CASES, "EASI-9");
}
