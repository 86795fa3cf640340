//! Ordinary, crowded, empty and hostile places.

use super::{Dice, LONG, frame};
use crate::chart::Ranks;
use crate::chart::ranks::Line;

pub(crate) fn ranks() -> Vec<(&'static str, Ranks)> {
    let line = |option: &str, places: &[usize], labels: &[&str]| Line {
        option: option.to_owned(),
        places: places.to_vec(),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
    };
    let chart = |name, finding, columns: &[&str], lines| Ranks {
        frame: frame(name, finding, "Place by the share of the catalogue known", "", "world: real"),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        lines,
    };
    let columns = ["as written", "seals are forged", "the desk is slow", "many more consignments", "no insider"];
    let ordinary = vec![
        line("as-today", &[5, 5, 4, 5, 5], &["5", "5", "4", "5", "5"]),
        line("seal checks", &[1, 4, 3, 1, 2], &["1=", "4", "3", "1", "2"]),
        line("audits", &[2, 1, 1, 3, 3], &["1=", "1", "1", "3", "3="]),
        line("fewer fields", &[3, 2, 5, 4, 4], &["3", "2=", "5", "4", "3="]),
        line("seal checks and audits", &[4, 3, 2, 2, 1], &["4", "2=", "2", "2", "1"]),
    ];
    let mut dice = Dice(8);
    let mut orders: Vec<Vec<usize>> = Vec::new();
    for _ in 0..8 {
        let mut order: Vec<usize> = (1..=12).collect();
        order.sort_by_key(|_| (dice.next() * 1e6) as u64);
        orders.push(order);
    }
    let crowd = (0..12).map(|i| {
        let places: Vec<usize> = orders.iter().map(|order| order[i]).collect();
        let labels: Vec<String> = places.iter().map(|place| format!("{}=", place.div_ceil(3) * 3 - 2)).collect();
        let name = if i == 4 { LONG.to_owned() } else { format!("Option number {i}") };
        Line { option: name, places, labels }
    });
    let crowd = crowd.collect();
    let hostile = vec![
        line("\u{202e}<&>\n", &[0, 0, usize::MAX], &[LONG, "", "1"]),
        line("same", &[0, 0, usize::MAX], &[]),
        line("none", &[], &["1", "2"]),
        line(LONG, &[3; 40], &["1="]),
    ];
    vec![
        ("ordinary", chart("ranks-ordinary", "Audits lead unless there is no insider", &columns, ordinary)),
        ("crowded", chart("ranks-crowded", "Twelve options under eight assumptions", &[LONG; 8], crowd)),
        ("single", chart("ranks-single", "One assumption", &["as written"], vec![line("alone", &[1], &["1"])])),
        ("empty", chart("ranks-empty", "Nothing was ranked", &columns, Vec::new())),
        ("hostile", chart("ranks-hostile", "Places that are none", &["W"; 30], hostile)),
    ]
}
