//! Teams side by side: what their decisions come to without luck, and what luck made of them.

use maud::html;
use serde_json::{Value, json};

use crate::chart::indices::Format;
use crate::chart::ladder::Row;
use crate::chart::number::{euro, euro_interval, percent};
use crate::chart::{self, Chart};
use crate::exercise::{League, OTHER_LUCK, Setup, Team, truth};
use crate::report::handout::Handout;
use crate::report::html::figure;
use crate::report::played::{Played, prices};
use crate::report::{CAVEAT, Grid, counted};
use crate::stats::Interval;

/// Teams, best decisions first.
pub(crate) fn grids(setup: &Setup, league: &League) -> Vec<Grid> {
    let order = order(league);
    let row = |i: &usize| {
        let (team, behind) = (&league.teams[*i], league.behind(setup, *i));
        let first = Some(*i) == league.first();
        let behind = behind.filter(|_| !first).map_or_else(|| "-".to_owned(), |(mean, it)| money(mean, it));
        let foretold =
            team.brier().map_or_else(|| "-".to_owned(), |it| format!("{it:.2} of {}", team.predictions.len()));
        vec![
            team.name.clone(),
            money(team.skill.0, team.skill.1),
            behind,
            euro(team.score),
            format!("better than {}", percent(team.luck)),
            foretold,
        ]
    };
    let mut grids = vec![Grid {
        title: "Decisions without luck, and luck apart".to_owned(),
        head: [
            "team",
            "decisions, without luck",
            "more than the first",
            "session's end",
            "its luck",
            "foretold (Brier)",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: order.iter().map(row).collect(),
        note: format!(
            "Less is better. Without luck: the mean score of the same decisions in {OTHER_LUCK} other stories of each world, \
             the same stories for all teams; worlds count as the document draws them. In brackets: 95% intervals over \
             stories; those of differences are paired and hold together. Luck: how many of the stories in the world that \
             was played end worse than the session did, with the same decisions. Brier: 0 is certainty that was right, \
             0.25 is what saying 50% always gives."
        ),
    }];
    let worlds: Vec<&str> =
        league.teams.first().map_or_else(Vec::new, |team| team.others.iter().map(|(world, _)| world.name()).collect());
    if worlds.len() > 1 {
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len().max(1) as f64;
        let row = |i: &usize| {
            let team = &league.teams[*i];
            let cells = team.others.iter().map(|(_, scores)| euro(mean(scores)));
            std::iter::once(team.name.clone()).chain(cells).collect()
        };
        grids.push(Grid {
            title: "The same decisions in each world".to_owned(),
            head: std::iter::once("team".to_owned()).chain(worlds.iter().map(|it| (*it).to_owned())).collect(),
            rows: order.iter().map(row).collect(),
            note: "Mean scores, luck left out. Nobody in the room knew the world.".to_owned(),
        });
    }
    let differ = league.differ();
    if !differ.is_empty() {
        let choice = |team: &Team, d: usize| {
            let decision = &setup.exercise.decisions[d];
            team.choices[d].1.map_or_else(|| "not asked".to_owned(), |choice| decision.choices[choice].id.clone())
        };
        let row = |d: usize| {
            let cells = order.iter().map(|i| choice(&league.teams[*i], d));
            std::iter::once(setup.exercise.decisions[d].id.clone()).chain(cells).collect()
        };
        grids.push(Grid {
            title: "Where they chose differently".to_owned(),
            head: std::iter::once("decision".to_owned())
                .chain(order.iter().map(|i| league.teams[*i].name.clone()))
                .collect(),
            rows: differ.into_iter().map(|id| row(id.index())).collect(),
            note: String::new(),
        });
    }
    grids
}

/// What can be said, and what not.
pub(crate) fn sentences(setup: &Setup, league: &League) -> Vec<String> {
    let mut out = vec![format!("{} All teams played this story.", truth(&setup.exercise, league.world))];
    let Some(first) = league.first() else { return out };
    let name = |i: usize| &league.teams[i].name;
    for i in order(league).into_iter().filter(|i| *i != first) {
        let Some((mean, interval)) = league.behind(setup, i) else { continue };
        out.push(if interval.low > 0.0 {
            let text = money(mean, interval);
            format!("In this model, and without luck, {}'s decisions cost {text} more than {}'s.", name(i), name(first))
        } else if interval.low == 0.0 && interval.high == 0.0 {
            format!("Without luck, {}'s decisions and {}'s come to the same in every story.", name(i), name(first))
        } else {
            format!(
                "Between {}'s decisions and {}'s no difference is shown once luck is left out.",
                name(i),
                name(first)
            )
        });
    }
    let ended = |a: &usize, b: &usize| league.teams[*a].score.total_cmp(&league.teams[*b].score);
    if let Some(ended) = (0..league.teams.len()).min_by(ended)
        && ended != first
        && league.teams[ended].score < league.teams[first].score
    {
        out.push(format!("The session of {} ended best; that is not the team whose decisions did.", name(ended)));
    }
    out.push(
        "Teams are compared, never persons. One session is few decisions: it says little about a team, and nothing about \
         anybody in it."
            .to_owned(),
    );
    out.push(prices(setup));
    if league.fidelity == "touched" {
        out.push(
            "Stories that nobody played simulate touched goods only; costs of waiting goods are left out of them."
                .to_owned(),
        );
    }
    out
}

/// The teams as a picture.
pub(crate) fn chart(of: Played<'_>, league: &League) -> Chart {
    let finding = match league.first().map(|first| &league.teams[first]) {
        Some(first) => format!("Without luck, the decisions of {} come to {}", first.name, euro(first.skill.0)),
        None => String::new(),
    };
    let across = "mean score of the same decisions in other stories";
    let mut frame = of.frame("league", finding, across, "€; less is better");
    let worlds = league.teams.first().map_or(0, |team| team.others.len());
    (frame.n, frame.n_of) = ((OTHER_LUCK * worlds) as u64, "stories, the same for each team".to_owned());
    frame.notes.push("Bars: 95% intervals of each mean. Teams meet the same stories, so that bars that overlap may still differ: see the table.".to_owned());
    let row = |i: usize| {
        let (mid, Interval { low, high, .. }) = league.teams[i].skill;
        Row {
            policy: league.teams[i].name.clone(),
            mean: chart::Interval { low, mid, high },
            is_bound: false,
            is_room: false,
        }
    };
    let rows = order(league).into_iter().map(row).collect();
    chart::Ladder { frame, across: "score".to_owned(), format: Format::Euro, rows }.chart()
}

/// The page.
pub(crate) fn page(of: Played<'_>, league: &League) -> String {
    let exercise = &of.setup.exercise;
    let sentences = sentences(of.setup, league);
    let (lead, rest) = sentences.split_first().map_or(("", &[][..]), |(lead, rest)| (lead.as_str(), rest));
    let origin = format!(
        "{} · exercise {} · seed {} · airside {} · {CAVEAT}",
        counted(league.teams.len() as u64, "team", "teams"),
        of.digest,
        of.seed,
        env!("CARGO_PKG_VERSION")
    );
    let body = html! {
        section { @for sentence in rest { p { (sentence) } } (figure(&chart(of, league))) }
        @for grid in grids(of.setup, league) { (grid.html()) }
    };
    let handout = Handout {
        title: &exercise.title,
        document: "Teams that played the same story",
        edition: "",
        handling: exercise.handling,
        lead,
        origin: &origin,
    };
    handout.page(&body)
}

/// Everything for machines.
pub(crate) fn json(of: Played<'_>, league: &League) -> Value {
    let team = |i: usize| {
        let team = &league.teams[i];
        let interval =
            |(mean, it): (f64, Interval)| json!({"mean": mean, "low": it.low, "high": it.high, "level": it.level});
        let choices = team.choices.iter().map(|(id, choice)| {
            let decision = &of.setup.exercise.decisions[id.index()];
            (decision.id.clone(), json!(choice.map(|choice| &decision.choices[choice].id)))
        });
        json!({
            "team": team.name,
            "score": team.score,
            "score_alike": team.score_alike,
            "without_luck": interval(team.skill),
            "more_than_first": league.behind(of.setup, i).map(interval),
            "ended_better_than": team.luck,
            "brier": team.brier(),
            "predictions": team.predictions.len(),
            "choices": choices.collect::<serde_json::Map<_, _>>(),
            "other_stories": team.others.iter().map(|(world, scores)| (world.name().to_owned(), json!(scores))).collect::<serde_json::Map<_, _>>(),
        })
    };
    json!({
        "schema": "airside-league/1",
        "title": of.setup.exercise.title,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": league.seed,
        "world": league.world.name(),
        "fidelity": league.fidelity,
        "caveat": CAVEAT,
        "prices": prices(of.setup),
        "teams": order(league).into_iter().map(team).collect::<Vec<_>>(),
    })
}

/// Places of the teams, best decisions first; equals as they were given.
fn order(league: &League) -> Vec<usize> {
    let mut order: Vec<usize> = (0..league.teams.len()).collect();
    order.sort_by(|a, b| league.teams[*a].skill.0.total_cmp(&league.teams[*b].skill.0));
    order
}

fn money(mean: f64, interval: Interval) -> String {
    if interval.low == interval.high {
        return euro(mean);
    }
    euro_interval(chart::number::Interval { low: interval.low, mid: mean, high: interval.high })
}
