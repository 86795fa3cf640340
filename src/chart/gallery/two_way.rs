//! Ordinary, fine, empty and hostile differences over two inputs.

use super::{Dice, LONG, frame};
use crate::chart::TwoWay;
use crate::chart::two_way::Cell;

pub(crate) fn two_ways() -> Vec<(&'static str, TwoWay)> {
    let steps = |n: u32, most: f64| (0..n).map(|i| most * f64::from(i) / f64::from(n - 1)).collect::<Vec<f64>>();
    let grid = |xs: &[f64], ys: &[f64], height: &dyn Fn(f64, f64) -> f64| -> Vec<Vec<Cell>> {
        let cell = |value: f64| Cell { value, shown: value.abs() > 3.0 };
        ys.iter().map(|y| xs.iter().map(|x| cell(height(*x, *y))).collect()).collect()
    };
    let slope = |x: f64, y: f64| 45.0 * x - 0.6 * y - 2.0 + 6.0 * x * y / 40.0;
    let chart = |name, finding, xs: Vec<f64>, ys: Vec<f64>, height: &dyn Fn(f64, f64) -> f64| TwoWay {
        frame: frame(name, finding, "Units kept: audits less seal checks", "units", "world: real"),
        across: "probability that a forged seal is noticed".to_owned(),
        up: "days until the desk answers".to_owned(),
        cells: grid(&xs, &ys, height),
        contour: vec![ys.iter().map(|y| ((0.6 * y + 2.0) / (45.0 + 0.15 * y), *y)).filter(|p| p.0 < 1.0).collect()],
        xs,
        ys,
        written: Some((0.35, 12.0)),
        positive_means: "audits keep more".to_owned(),
        negative_means: "seal checks keep more".to_owned(),
    };
    let ordinary = chart(
        "two-way-ordinary",
        "Audits keep more than seal checks unless forged seals are seldom noticed",
        steps(21, 1.0),
        steps(13, 40.0),
        &slope,
    );
    let fine = chart("two-way-fine", "A finer grid", steps(41, 1.0), steps(31, 40.0), &slope);
    let long = TwoWay {
        across: LONG.repeat(2),
        up: LONG.repeat(2),
        positive_means: LONG.to_owned(),
        negative_means: LONG.to_owned(),
        written: Some((1.0, 40.0)),
        ..chart("two-way-long", LONG, vec![0.0, 0.1, 0.5, 1.0], steps(3, 40.0), &|x, y| 1e6 * (x - y))
    };
    let single = chart("two-way-single", "One cell", vec![0.4], vec![0.0], &|_, _| 0.0);
    let mut dice = Dice(3);
    let mut wild = || match (dice.next() * 7.0) as u32 {
        0 => f64::NAN,
        1 => f64::NEG_INFINITY,
        2 => f64::MAX,
        3 => -f64::MAX,
        _ => dice.next() * 1e18,
    };
    let mut hostile = chart(
        "two-way-hostile",
        "Inputs in disorder, and differences that are none",
        (0..14).map(|_| if wild().is_nan() { f64::NAN } else { (wild() % 1e15).max(-9e14) }).collect(),
        (0..9).map(|i| f64::from(i * 5 % 9)).collect(),
        &|_, _| 1.0,
    );
    hostile.cells =
        (0..7).map(|row| (0..row * 3).map(|i| Cell { value: wild(), shown: i % 2 == 0 }).collect()).collect();
    hostile.contour = vec![vec![], vec![(0.0, 0.0)], (0..20).map(|_| (wild(), wild())).collect()];
    hostile.written = Some((f64::NAN, f64::INFINITY));
    let beyond = TwoWay {
        xs: vec![f64::MAX, -f64::MAX, f64::NAN],
        frame: frame("two-way-beyond", "Inputs beyond what can be drawn", "Units kept", "units", ""),
        ..hostile.clone()
    };
    let mut broken = chart("two-way-broken", "Cells are missing", steps(11, 1.0), steps(9, 40.0), &slope);
    broken.cells[2].truncate(4);
    broken.cells[5][5].value = f64::NAN;
    broken.cells.truncate(7);
    broken.written = Some((4.0, 4.0));
    vec![
        ("ordinary", ordinary),
        ("fine", fine),
        ("long", long),
        ("single", single),
        ("broken", broken),
        ("hostile", hostile),
        ("beyond", beyond),
        ("empty", chart("two-way-empty", "Nothing was varied", vec![], vec![], &slope)),
    ]
}
