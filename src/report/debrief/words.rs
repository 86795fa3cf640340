//! A debrief's sentences. They hedge by rule, name the model, and judge decisions and never persons.

use crate::chart::number::{Interval as Range, euro, euro_interval, percent};
use crate::exercise::{About, Debrief, ENOUGH, Expectation, Expected, Looked, Prediction, Setup, truth};
use crate::model::{Story, World};
use crate::report::counted;
use crate::stats::Interval;

/// Luck that moves four stories in five by less than this share of the middle one makes little difference. By judgement.
const LITTLE: f64 = 0.05;

/// The first sentences: what was true, what it cost, how much of that was luck.
pub(in crate::report) fn lead(setup: &Setup, debrief: &Debrief) -> String {
    let truth = truth(&setup.exercise, debrief.world);
    format!("{truth} In this model the session ended at {} by the exercise's prices.", euro(debrief.score))
}

/// Luck and difficulty.
pub(in crate::report) fn luck(setup: &Setup, debrief: &Debrief) -> Vec<String> {
    let n = debrief.other_luck.len();
    let share = debrief.luck();
    let mut sorted = debrief.other_luck.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| sorted.get((p * n as f64) as usize).copied().unwrap_or(debrief.score_alike);
    let word = if share >= 0.75 {
        "The room had good luck"
    } else if share <= 0.25 {
        "The room had bad luck"
    } else {
        "Luck was neither good nor bad"
    };
    let little = at(0.9) - at(0.1) <= LITTLE * at(0.5).abs();
    let mut out = vec![if little {
        format!(
            "Luck made little difference: of {n} other stories in the same world, with the same decisions, four in five end \
             within {} of each other.",
            euro(at(0.9) - at(0.1))
        )
    } else {
        format!(
            "{word}: of {n} other stories in the same world, with the same decisions, {} end worse. Counted alike, the session \
         ended at {}; half of the others end below {}, and four in five between {} and {}.",
            percent(share),
            euro(debrief.score_alike),
            euro(at(0.5)),
            euro(at(0.1)),
            euro(at(0.9)),
        )
    }];
    let hard = debrief.difficulty.quantile();
    let picked = match debrief.difficulty.picked {
        Some(Story::Quantile { of, at, among }) => {
            format!("The story was picked among {among} as harder by {} than {} of them", of.label(), percent(at.get()))
        }
        Some(Story::Seed(_)) => "The story is the one of the document's seed".to_owned(),
        None => "The story was named by its seed when the session began, and not picked by the document".to_owned(),
    };
    out.push(format!(
        "{picked}; the plan does worse in it than in {} of {} stories that nobody picked. The plan's score here is {}, and \
         {} in the mean of those: a single story is no forecast.",
        percent(hard),
        debrief.difficulty.others.len(),
        euro(debrief.difficulty.score),
        euro(debrief.difficulty.unselected_mean()),
    ));
    if debrief.fidelity == "touched" {
        out.push(
            "Stories that nobody played simulate touched goods only; costs of waiting goods are left out of what is said \
             of them."
                .to_owned(),
        );
    }
    out.extend(mattered(setup, debrief));
    out
}

/// The inject in front of the decision that made the largest difference.
fn mattered(setup: &Setup, debrief: &Debrief) -> Option<String> {
    let looked = debrief.mattered(setup)?;
    let decision = &setup.exercise.decisions[looked.expected.decision.index()];
    let after = looked.after.map(|inject| &setup.exercise.injects[inject.index()]);
    let after = after.map_or_else(
        || "no inject had reached its seat before".to_owned(),
        |inject| format!("the last inject before it was {}, from {}", inject.id, inject.from),
    );
    Some(format!(
        "The decision with the largest difference between its choices under the same luck was {}: up to {}; {after}.",
        decision.id,
        euro(looked.weight(setup))
    ))
}

/// The quality of a decision, by what was known.
pub(in crate::report) fn quality(setup: &Setup, expected: &Expectation) -> String {
    let decision = &setup.exercise.decisions[expected.decision.index()];
    let like: usize = expected.like.iter().sum();
    if !expected.is_enough() {
        let lacking = if like < ENOUGH { format!("{ENOUGH} needed") } else { "none in a world that counts".to_owned() };
        return format!("Not enough like futures ({like} found, {lacking}) to say what had to be expected.");
    }
    let (Some(best), Some((mean, interval))) = (expected.best(), expected.regret()) else { return String::new() };
    let best = &decision.choices[best].id;
    let text = money(mean, interval);
    if expected.best() == Some(expected.chosen) || mean == 0.0 {
        format!("By what was known, no choice is shown to be better ({like} like futures).")
    } else if interval.low > 0.0 {
        format!("By what was known, {best} had to be expected to end better, by {text} ({like} like futures).")
    } else {
        format!(
            "By what was known, no choice is shown to be better; {best} came out ahead by {text} ({like} like futures)."
        )
    }
}

/// What came of a decision, under the same luck.
pub(in crate::report) fn realised(setup: &Setup, looked: &Looked) -> String {
    let choices = &setup.exercise.decisions[looked.expected.decision.index()].choices;
    let others = (0..choices.len()).filter(|choice| *choice != looked.expected.chosen);
    let parts = others.map(|choice| {
        let cost = looked.realised(setup, choice);
        let word = if cost > 0.0 {
            format!("{} more", euro(cost))
        } else if cost < 0.0 {
            format!("{} less", euro(-cost))
        } else {
            "the same".to_owned()
        };
        format!("{} {word}", choices[choice].id)
    });
    format!("It would have cost: {}.", parts.collect::<Vec<_>>().join("; "))
}

/// Whether the two tails tell of different signs.
pub(super) fn tails(setup: &Setup, looked: &Looked) -> Option<String> {
    let score = |outcome: &crate::measure::Outcome| setup.exercise.score.of(|measure| outcome.get(measure));
    let own = score(&looked.ends_by_plan[looked.expected.chosen]);
    let choices = &setup.exercise.decisions[looked.expected.decision.index()].choices;
    let differ = (0..choices.len()).filter(|choice| {
        let (sticky, plan) = (looked.realised(setup, *choice), score(&looked.ends_by_plan[*choice]) - own);
        sticky * plan < 0.0
    });
    let names: Vec<&str> = differ.map(|choice| choices[choice].id.as_str()).collect();
    (!names.is_empty())
        .then(|| format!("With the plan deciding what comes later, the sign turns for {}.", names.join(", ")))
}

/// How the worlds were weighed.
pub(super) fn weights(expected: &Expectation) -> String {
    let parts = World::ALL.into_iter().zip(expected.worlds).zip(expected.like);
    let parts = parts.map(|((world, weight), like)| format!("{} {} ({like})", world.name(), percent(weight)));
    parts.collect::<Vec<_>>().join(", ")
}

/// What had to be expected of a choice, over the one that was made.
pub(super) fn more(expected: &Option<Expected>) -> String {
    expected.as_ref().map_or_else(
        || "not told".to_owned(),
        |it| {
            let (mean, interval) = it.more_than_chosen;
            money(mean, interval)
        },
    )
}

/// Predictions, one by one and together.
pub(super) fn calibration(debrief: &Debrief) -> String {
    let Some(brier) = debrief.brier() else {
        return "Nothing was foretold: an answer such as `2 60% why` says how sure a seat is.".to_owned();
    };
    let n = debrief.predictions.len() as u64;
    let right = debrief.predictions.iter().filter(|p| (p.said > 0.5) == p.came_true).count();
    format!(
        "{} of {} lay on the right side of 50%, those of the suspect in the first table among them; the mean Brier score is \
         {brier:.2}, where 0.25 is what saying 50% always gives. So few say little about a team's calibration.",
        right,
        counted(n, "prediction", "predictions")
    )
}

/// A prediction in words.
pub(super) fn foretold(setup: &Setup, prediction: &Prediction) -> [String; 3] {
    let about = match prediction.about {
        About::Suspect(operator) => format!("{} takes part", setup.words().operator(operator)),
        About::Foretold => {
            let decision = &setup.exercise.decisions[prediction.decision.index()];
            decision.foretell.as_ref().map_or_else(String::new, |it| it.text.clone())
        }
    };
    [about, percent(prediction.said), if prediction.came_true { "yes" } else { "no" }.to_owned()]
}

fn money(mean: f64, interval: Interval) -> String {
    if interval.low == interval.high {
        return euro(mean);
    }
    euro_interval(Range { low: interval.low, mid: mean, high: interval.high })
}
