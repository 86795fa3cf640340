//! Test: the charts of a study, too, take whatever figures and names they are given.

use crate::chart::gallery::{Dice, LONG};
use crate::chart::indices::Format;
use crate::chart::wild::wild;
use crate::chart::{
    Boxes, Fan, Interval, Ladder, Matrix, Parallel, Ranks, Survivors, TwoWay, boxes, fan, inspect, ladder, matrix,
    parallel, ranks, survivors, two_way,
};

#[test]
fn wild_studies_neither_panic_nor_leave_the_page() {
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let w = &mut dice;
        let name = |w: &mut Dice| if w.next() < 0.5 { LONG.to_owned() } else { "\u{202e}<&>\n\"x".to_owned() };
        let some = |w: &mut Dice| 0..(w.next() * 20.0) as usize;
        let names = |w: &mut Dice| some(w).map(|_| name(w)).collect::<Vec<_>>();
        let numbers = |w: &mut Dice| some(w).map(|_| wild(w)).collect::<Vec<_>>();
        let frame = |name: &str| inspect::frame(name);

        let cells = |w: &mut Dice| some(w).map(|_| matrix::Cell { value: wild(w), text: name(w) }).collect();
        let rows = some(w).map(|i| matrix::Row { name: name(w), chosen: i % 3 == 0, cells: cells(w) }).collect();
        inspect::check(&Matrix { frame: frame("matrix"), rows, columns: names(w), scale: name(w) }.chart());

        let places = |w: &mut Dice| some(w).map(|_| (w.next() * 9.0) as usize).collect();
        let lines = some(w).map(|_| ranks::Line { option: name(w), places: places(w), labels: names(w) }).collect();
        inspect::check(&Ranks { frame: frame("ranks"), columns: names(w), lines }.chart());

        let cells =
            |w: &mut Dice| some(w).map(|i| two_way::Cell { value: wild(w), shown: i % 2 == 0 }).collect::<Vec<_>>();
        inspect::check(
            &TwoWay {
                frame: frame("two-way"),
                across: name(w),
                up: name(w),
                xs: numbers(w),
                ys: numbers(w),
                cells: some(w).map(|_| cells(w)).collect(),
                contour: vec![(0..9).map(|_| (wild(w), wild(w))).collect()],
                written: Some((wild(w), wild(w))),
                positive_means: name(w),
                negative_means: name(w),
            }
            .chart(),
        );

        let points = some(w).map(|restricted| boxes::Point { coverage: wild(w), density: wild(w), restricted });
        let points = points.collect();
        let limits = some(w).map(|_| boxes::Limit {
            input: name(w),
            range: (wild(w), wild(w)),
            within: (wild(w), wild(w)),
            low: name(w),
            high: name(w),
            lowest: name(w),
            highest: name(w),
        });
        let limits = limits.collect();
        inspect::check(&Boxes { frame: frame("boxes"), points, chosen: Some(3), limits }.chart());

        let drops = some(w).map(|_| survivors::Drop { after: (wild(w) * 1e3) as u64, option: name(w) }).collect();
        let (across, options, end, winner) = (name(w), (w.next() * 30.0) as usize, wild(w) as u64, name(w));
        inspect::check(&Survivors { frame: frame("survivors"), across, options, drops, end, winner }.chart());

        let axes = some(w).map(|i| parallel::Axis {
            name: name(w),
            low: wild(w),
            high: wild(w),
            low_text: name(w),
            high_text: name(w),
            target: Some((wild(w), name(w))),
            lower_is_better: i % 2 == 0,
        });
        let axes = axes.collect();
        let lines = some(w).map(|i| parallel::Line {
            name: name(w),
            values: numbers(w),
            meets_all: i % 2 == 0,
            chosen: i % 5 == 0,
        });
        let lines = lines.collect();
        inspect::check(&Parallel { frame: frame("parallel"), axes, lines }.chart());

        for format in [Format::Share, Format::Euro, Format::Number] {
            let pairs = |w: &mut Dice| some(w).map(|_| (wild(w), wild(w))).collect::<Vec<_>>();
            let quantiles = |w: &mut Dice| fan::Quantiles {
                day: wild(w),
                q10: wild(w),
                q25: wild(w),
                q50: wild(w),
                q75: wild(w),
                q90: wild(w),
            };
            let futures = some(w).map(|_| quantiles(w)).collect();
            let (up, now, past, came) = (name(w), wild(w), pairs(w), pairs(w));
            inspect::check(&Fan { frame: frame("fan"), up, format, now, past, futures, came }.chart());

            let row = |i: usize, w: &mut Dice| ladder::Row {
                policy: name(w),
                mean: Interval::new(wild(w), wild(w), wild(w)),
                is_bound: i.is_multiple_of(3),
                is_room: i.is_multiple_of(4),
            };
            let rows = some(w).map(|i| row(i, w)).collect();
            inspect::check(&Ladder { frame: frame("ladder"), across: name(w), format, rows }.chart());
        }
    }
}
