//! A debrief of a session: two pages for the room, and everything for machines.

mod page;
pub(super) mod words;

use serde_json::{Value, json};

use crate::exercise::{About, Debrief, KEY_MEASURES};
use crate::measure::Outcome;
use crate::model::World;
use crate::report::CAVEAT;
use crate::report::played::Played;
use crate::report::tables::applies;

pub(crate) use page::html;

/// Everything for machines.
pub(crate) fn json(of: Played<'_>, debrief: &Debrief) -> Value {
    let exercise = &of.setup.exercise;
    let ends = |outcome: &Outcome| -> Value {
        let all = KEY_MEASURES.into_iter().filter(|m| applies(&exercise.scenario, *m));
        let value = |m| (!outcome.is_censored(m) && !outcome.lacks(m)).then(|| outcome.get(m));
        all.map(|m| (m.id().to_owned(), json!(value(m)))).collect::<serde_json::Map<_, _>>().into()
    };
    let decisions = debrief.decisions.iter().map(|looked| {
        let decision = &exercise.decisions[looked.expected.decision.index()];
        let expected = &looked.expected;
        let choices = decision.choices.iter().enumerate().map(|(i, choice)| {
            json!({
                "choice": choice.id,
                "made": i == expected.chosen,
                "expected_score": expected.choices[i].map(|it| it.score),
                "expected_over_made": expected.choices[i].map(|it| {
                    let (mean, interval) = it.more_than_chosen;
                    json!({"mean": mean, "low": interval.low, "high": interval.high})
                }),
                "realised_over_made": looked.realised(of.setup, i),
                "end": ends(&looked.ends[i]),
                "end_by_plan": ends(&looked.ends_by_plan[i]),
            })
        });
        json!({
            "decision": decision.id,
            "day": expected.at.days(),
            "belief": expected.belief,
            "suspect": expected.suspect.map(|it| of.setup.words().operator(it)),
            "worlds": World::ALL.iter().zip(expected.worlds).map(|(world, weight)| (world.name().to_owned(), json!(weight))).collect::<serde_json::Map<_, _>>(),
            "like_futures": expected.like,
            "enough": expected.is_enough(),
            "choices": choices.collect::<Vec<_>>(),
        })
    });
    json!({
        "schema": "airside-debrief/1",
        "title": exercise.title,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": of.seed,
        "session": of.digest,
        "caveat": CAVEAT,
        "fidelity": debrief.fidelity,
        "world": debrief.world.name(),
        "score": debrief.score,
        "end": ends(&debrief.outcome),
        "same_decisions": debrief.worlds.iter().map(|(world, outcome)| (world.name().to_owned(), ends(outcome))).collect::<serde_json::Map<_, _>>(),
        "decisions": decisions.collect::<Vec<_>>(),
        "other_luck": {"stories": debrief.other_luck.len(), "ended_worse": debrief.luck(), "scores": debrief.other_luck},
        "difficulty": {
            "quantile": debrief.difficulty.quantile(),
            "plan_score": debrief.difficulty.score,
            "unselected_mean": debrief.difficulty.unselected_mean(),
            "others": debrief.difficulty.others.len(),
        },
        "predictions": debrief.predictions.iter().map(|it| json!({
            "decision": exercise.decisions[it.decision.index()].id,
            "about": match it.about { About::Suspect(_) => "suspect", About::Foretold => "foretold" },
            "said": it.said,
            "came_true": it.came_true,
        })).collect::<Vec<_>>(),
        "brier": debrief.brier(),
    })
}

/// What a terminal shows of it.
pub(crate) fn sentences(of: Played<'_>, debrief: &Debrief) -> Vec<String> {
    let mut out = vec![words::lead(of.setup, debrief)];
    for looked in &debrief.decisions {
        let decision = &of.setup.exercise.decisions[looked.expected.decision.index()];
        let choice = &decision.choices[looked.expected.chosen].id;
        let (quality, realised) = (words::quality(of.setup, &looked.expected), words::realised(of.setup, looked));
        out.push(format!("{} ({choice}): {quality} Under the same luck: {realised}", decision.id));
    }
    out.extend(words::luck(of.setup, debrief));
    out.push(words::calibration(debrief));
    out
}
