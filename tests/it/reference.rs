//! Published and derived numbers, read from `tests/reference`, against this crate's.

mod detection;
mod game;
mod physical;
mod policy;
mod security;
mod selection;
mod sensitivity;
mod sequential;
mod sheet;
mod timing;
mod validation;
mod value;

use serde_json::Value;

/// The case with this id in the file `tests/reference/NAME.json`.
pub(crate) fn case(name: &str, id: &str) -> Value {
    let path = format!("{}/tests/reference/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("{name} has no case {id}")).clone()
}

/// The number at a JSON pointer: `/inputs/c`.
pub(crate) fn number(case: &Value, pointer: &str) -> f64 {
    case.pointer(pointer).and_then(Value::as_f64).unwrap_or_else(|| panic!("no number at {pointer}"))
}

/// The list of numbers at a JSON pointer.
fn numbers(case: &Value, pointer: &str) -> Vec<f64> {
    let list = case.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("no list at {pointer}"));
    list.iter().map(|value| value.as_f64().unwrap()).collect()
}

/// A whole number at a JSON pointer, however it is written.
fn whole(case: &Value, pointer: &str) -> u64 {
    number(case, pointer) as u64
}

/// Asserts |expect - got| <= abs + rel |expect|.
#[track_caller]
fn within(got: f64, expect: f64, abs: f64, rel: f64, what: &str) {
    assert!((expect - got).abs() <= abs + rel * expect.abs(), "{what}: got {got}, expected {expect}");
}
