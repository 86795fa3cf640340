//! What another choice leads to under many lucks, with intervals, in a table and in sentences that hedge.

use crate::exercise::{KEY_MEASURES, Setup};
use crate::experiment::LEVEL;
use crate::measure::{Measure, Nature, Outcome};
use crate::report::Grid;
use crate::report::played::prices;
use crate::report::tables::{applies, number};
use crate::stats::{Interval, Paired};

/// How both choices ended, future by future: as it was, and otherwise.
type Pairs = [(Outcome, Outcome)];

/// Mean differences by measure, for both tails.
pub(crate) fn futures(setup: &Setup, sticky: &Pairs, by_plan: &Pairs) -> Grid {
    let row = |measure: Measure| {
        let cell = |pairs: &Pairs| difference(pairs, measure).map_or_else(|| "-".to_owned(), |it| told(measure, &it));
        vec![measure.label().to_owned(), cell(sticky), cell(by_plan)]
    };
    Grid {
        title: format!("The other choice less the one that was made, over {} futures", sticky.len()),
        head: ["", "the room decides on", "the plan decides on"].map(str::to_owned).to_vec(),
        rows: measures(setup).map(row).collect(),
        note:
            "Futures from in front of the decision, each pair under a luck of its own that both share. The past is the \
               session's, truth included: this says what the choice leads to here, and not what had to be expected. In \
               brackets: paired 95% intervals of the mean."
                .to_owned(),
    }
}

/// What is shown, and whether it hangs on who decides later.
pub(crate) fn sentences(setup: &Setup, sticky: &Pairs, by_plan: &Pairs) -> Vec<String> {
    let score = |pairs: &Pairs| {
        let of = |outcome: &Outcome| setup.exercise.score.of(|measure| outcome.get(measure));
        let (was, other): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(was, other)| (of(was), of(other))).unzip();
        Paired::of(&was, &other, LEVEL, 1)
    };
    let (Some(sticky), Some(by_plan)) = (score(sticky), score(by_plan)) else { return Vec::new() };
    let verdict = |paired: &Paired| {
        let Interval { low, high, .. } = paired.interval;
        if paired.mean == 0.0 && paired.sd == 0.0 {
            "ends the same in every future"
        } else if low > 0.0 {
            "ends better on average"
        } else if high < 0.0 {
            "ends worse on average"
        } else {
            "is not shown to end better or worse"
        }
    };
    let (room, plan) = (verdict(&sticky), verdict(&by_plan));
    let mut out =
        vec![format!("By the exercise's prices, in this model, the other choice {room} if the room decides on.")];
    out.push(match room == plan {
        true => "So it does if the plan decides what comes later.".to_owned(),
        false => format!("If the plan decides what comes later, it {plan}: the answer hangs on what follows."),
    });
    out.push(prices(setup));
    out
}

fn measures(setup: &Setup) -> impl Iterator<Item = Measure> + '_ {
    // Days that may never come have no mean difference.
    KEY_MEASURES.into_iter().filter(|m| applies(&setup.exercise.scenario, *m) && m.nature() != Nature::Time)
}

/// Other less made.
fn difference(pairs: &Pairs, measure: Measure) -> Option<Paired> {
    let there: Vec<_> = pairs.iter().filter(|(a, b)| !a.lacks(measure) && !b.lacks(measure)).collect();
    let (was, other): (Vec<f64>, Vec<f64>) = there.iter().map(|(a, b)| (a.get(measure), b.get(measure))).unzip();
    Paired::of(&other, &was, LEVEL, 1)
}

fn told(measure: Measure, paired: &Paired) -> String {
    let value = |v: f64| match measure.is_share() {
        true => format!("{} points", super::tables::plain(100.0 * v)),
        false => number(measure, v),
    };
    if paired.sd == 0.0 {
        return value(paired.mean);
    }
    let Interval { low, high, .. } = paired.interval;
    format!("{} ({} to {})", value(paired.mean), value(low), value(high))
}
