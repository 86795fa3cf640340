//! The ladder of policies, in a table and in sentences that hedge.

use serde_json::{Value, json};

use crate::chart::indices::Format;
use crate::chart::ladder::Row;
use crate::chart::number::euro_interval;
use crate::chart::{self, Chart};
use crate::exercise::{Ladder, Rung, Setup};
use crate::experiment::LEVEL;
use crate::report::Grid;
use crate::report::played::{Played, prices};
use crate::report::rare::capital;
use crate::report::tables::number;
use crate::stats::{Interval, Paired};

/// The policy that others are compared with.
const PLAN: &str = "plan";

/// Policies, their scores and what they avert of the plan's.
pub(crate) fn grid(ladder: &Ladder) -> Grid {
    let plan = ladder.rungs.iter().find(|rung| rung.name == PLAN);
    let row = |rung: &Rung| {
        let score = rung.summary().map_or_else(String::new, |it| {
            let interval = Interval::of_mean(it.mean(), it.standard_error(), it.n(), LEVEL);
            euro_interval(chart::Interval { low: interval.low, mid: it.mean(), high: interval.high })
        });
        let against = plan.filter(|plan| plan.name != rung.name).and_then(|plan| against(ladder, plan, rung));
        let averted = against.map_or_else(String::new, |paired| {
            let Interval { low, high, .. } = paired.adjusted;
            euro_interval(chart::Interval { low: -high, mid: -paired.mean, high: -low })
        });
        vec![rung.name.to_owned(), score, averted, rung.what.to_owned()]
    };
    Grid {
        title: "Policies on the same stories, lowest rung first".to_owned(),
        head: ["policy", "mean score", "more than the plan", "what it does"].map(str::to_owned).to_vec(),
        rows: ladder.rungs.iter().map(row).collect(),
        note: "Score: what a story's end costs at the document's prices; less is better. In brackets: 95% intervals of the \
               mean over stories; those of differences are paired and hold together."
            .to_owned(),
    }
}

/// What can be said, and what not.
pub(crate) fn sentences(setup: &Setup, ladder: &Ladder) -> Vec<String> {
    let mut out = Vec::new();
    for two in ladder.rungs.windows(2) {
        let [lower, upper] = two else { continue };
        let Some(paired) = against(ladder, lower, upper) else { continue };
        let Interval { low, high, .. } = paired.adjusted;
        out.push(if low > 0.0 {
            format!("In this model, on these stories, {} ends better than {}.", policy(upper.name), policy(lower.name))
        } else if high < 0.0 {
            format!(
                "In this model {} ends worse than {}: the ladder is out of order here.",
                policy(upper.name),
                policy(lower.name)
            )
        } else if paired.mean == 0.0 && paired.sd == 0.0 {
            format!("{} and {} end alike in every story.", capital(&policy(upper.name)), policy(lower.name))
        } else {
            format!(
                "Between {} and {} no difference is shown at this number of stories.",
                policy(upper.name),
                policy(lower.name)
            )
        });
    }
    out.push(
        "The all-knowing bound knows which world it is and what luck will bring. No policy can reach it; it says how much \
         of the score is anybody's to win."
            .to_owned(),
    );
    out.push(prices(setup));
    if ladder.fidelity == "touched" {
        out.push("Only touched goods were simulated; costs of waiting goods are left out.".to_owned());
    }
    out
}

/// The ladder as a picture.
pub(crate) fn chart(of: Played<'_>, ladder: &Ladder) -> Chart {
    let best = ladder.rungs.iter().filter(|rung| !rung.is_bound).min_by(|a, b| mean(a).total_cmp(&mean(b)));
    let finding = best.map_or_else(String::new, |best| {
        format!("Of the policies tried, {} ends lowest on average, at {}", policy(best.name), euros(mean(best)))
    });
    let mut frame = of.frame("ladder", finding, "score of the end by the exercise's prices", "€; less is better");
    (frame.n, frame.n_of) = (ladder.stories as u64, "stories of each policy".to_owned());
    frame
        .notes
        .push("Bars: 95% intervals of the mean over stories. The bound knows the world and all luck.".to_owned());
    let row = |rung: &Rung| {
        let interval = rung.summary().map(|it| Interval::of_mean(it.mean(), it.standard_error(), it.n(), LEVEL));
        let mid = mean(rung);
        let (low, high) = interval.map_or((mid, mid), |it| (it.low, it.high));
        Row {
            policy: rung.name.to_owned(),
            mean: chart::Interval { low, mid, high },
            is_bound: rung.is_bound,
            is_room: false,
        }
    };
    let rows = ladder.rungs.iter().map(row).collect();
    chart::Ladder { frame, across: "score".to_owned(), format: Format::Euro, rows }.chart()
}

/// Everything for machines.
pub(crate) fn json(of: Played<'_>, ladder: &Ladder) -> Value {
    let rungs = ladder.rungs.iter().map(|rung| {
        json!({"policy": rung.name, "what": rung.what, "is_bound": rung.is_bound, "mean_score": mean(rung), "scores": rung.scores})
    });
    json!({
        "schema": "airside-ladder/1",
        "title": of.setup.exercise.title,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": ladder.seed,
        "stories": ladder.stories,
        "fidelity": ladder.fidelity,
        "caveat": crate::report::CAVEAT,
        "prices": prices(of.setup),
        "rungs": rungs.collect::<Vec<_>>(),
    })
}

/// A policy's name in a sentence.
fn policy(name: &str) -> String {
    match name {
        "best" => "the best that a search found".to_owned(),
        "random" => "deciding by lot".to_owned(),
        "nothing" => "doing nothing".to_owned(),
        "all-knowing" => "knowing all".to_owned(),
        name => format!("the {name}"),
    }
}

fn mean(rung: &Rung) -> f64 {
    rung.summary().map_or(0.0, |it| it.mean())
}

/// What the second averts of the first.
fn against(ladder: &Ladder, first: &Rung, second: &Rung) -> Option<Paired> {
    second.averts_of(first, ladder.rungs.len() - 1)
}

fn euros(value: f64) -> String {
    number(crate::measure::Measure::CostTotal, value)
}
