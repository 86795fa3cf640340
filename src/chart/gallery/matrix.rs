//! Ordinary, crowded, empty and hostile figures in cells.

use super::{Dice, LONG, frame};
use crate::chart::Matrix;
use crate::chart::matrix::{Cell, Row};
use crate::chart::number::figure;

pub(crate) fn matrices() -> Vec<(&'static str, Matrix)> {
    let cell = |value: f64| Cell { value, text: figure(value) };
    let row = |name: &str, chosen, values: &[f64]| Row {
        name: name.to_owned(),
        chosen,
        cells: values.iter().map(|value| cell(*value)).collect(),
    };
    let chart = |name, finding, columns: &[&str], rows| Matrix {
        frame: frame(name, finding, "Regret: mean of the best option less the option's", "units", ""),
        rows,
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        scale: "darker: more units known by the campaign than under the best option".to_owned(),
    };
    let columns = ["as written", "seals are forged", "the desk is slow", "many more consignments"];
    let ordinary = vec![
        row("as-today", false, &[61.0, 74.0, 58.0, 120.0]),
        row("seal checks", false, &[0.0, 35.0, 2.5, 0.0]),
        row("audits", true, &[4.2, 0.0, 0.0, 12.0]),
        row("seal checks and audits of the purpose of use", false, &[9.7, 3.1, 7.0, 48.0]),
    ];
    let mut dice = Dice(4);
    let crowd = (0..12).map(|i| {
        let values: Vec<f64> = (0..8).map(|_| dice.next() * 1.2e6).collect();
        row(&if i == 5 { LONG.to_owned() } else { format!("Option number {i} of the list") }, i == 5, &values)
    });
    let crowd = crowd.collect();
    let long = [LONG, "as written", "W".repeat(60).as_str(), "x", LONG, "twice as many forwarders", "y", LONG]
        .map(str::to_owned);
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let hostile = vec![
        row("nan", true, &[f64::NAN, f64::INFINITY, 1.0]),
        row("\u{202e}<&>\n", false, &[-4.0]),
        row("none", false, &[]),
        Row { cells: vec![Cell { value: f64::MAX, text: LONG.to_owned() }; 30], ..row("many", false, &[]) },
    ];
    vec![
        ("ordinary", chart("matrix-ordinary", "Audits leave the least to regret", &columns, ordinary)),
        ("crowded", chart("matrix-crowded", "Twelve options in eight sets of worlds", &long, crowd)),
        ("zero", chart("matrix-zero", "Nothing to regret", &["as written"], vec![row("alone", true, &[0.0])])),
        ("empty", chart("matrix-empty", "Nothing was compared", &columns, Vec::new())),
        ("hostile", chart("matrix-hostile", "Figures that are none", &["a"], hostile)),
    ]
}
