//! What doubt does to the answer: inputs that were drawn, world sets, and what would reverse the order.

use crate::chart::number::Interval as Figures;
use crate::experiment::{Standing, influences};
use crate::measure::{Better, Measure};
use crate::model::{Grade, OptionId};
use crate::report::brief::block::{Block, Grid};
use crate::report::brief::{Brief, Part, listed, world_of};
use crate::report::many::{csv_text, difference, in_words};
use crate::report::{drawn, tables};
use crate::stats::Verdict;

/// Inputs of which the influence is told.
const TOLD: usize = 12;

/// What doubt does to an option's change of the main measure, over world draws and over world sets, as a clause. None
/// without either.
pub(super) fn range(brief: &Brief<'_>, option: OptionId) -> Option<String> {
    let (world, main) = (world_of(brief.study), brief.main());
    let plain = brief.plain();
    let said = |low: f64, high: f64| drawn::range(main, low, high).replace(" %", " points");
    let mut clauses = Vec::new();
    if let Some(doubted) = plain.comparison.doubt(world, option, main) {
        let draws = brief.context.drawn.draws();
        let range = match &doubted.doubt {
            Some(doubt) if doubt.split.between > 0.0 => {
                format!("over the drawn inputs {} changes by {}", main.label(), said(-doubt.range.1, -doubt.range.0))
            }
            _ => format!("the drawn inputs are not shown to change what it does to {} beyond luck", main.label()),
        };
        let better = if main.better() == Better::Higher { doubted.higher_in } else { doubted.lower_in };
        clauses.push(format!("{range}; it does better than the reference in {better} of {draws} sampled worlds"));
    }
    if brief.parts.len() > 1 {
        let means = brief.parts.iter().filter_map(|part| Some(-part.comparison.get(world, option, main)?.mean));
        let (low, high) = means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        clauses.push(format!(
            "in the {} world sets its mean change is {}",
            brief.parts.len(),
            if low < high { said(low, high) } else { format!("{} in each", amount(main, low)) }
        ));
    }
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

/// What would put another option first.
pub(super) fn reversal(brief: &Brief<'_>) -> String {
    let (world, main) = (world_of(brief.study), brief.main());
    let plain = brief.plain();
    let Some(standing) = Standing::of(&plain.table, world, main) else { return String::new() };
    let options = &plain.table.design().options;
    let lead = standing.leader;
    let mut said = Vec::new();
    let others: Vec<&Part> = brief.parts[1..]
        .iter()
        .filter(|part| Standing::of(&part.table, world, main).is_some_and(|it| it.leader != lead))
        .collect();
    for part in &others {
        if let Some(it) = Standing::of(&part.table, world, main) {
            let name = brief.name(options[it.leader]);
            said.push(format!("if {} ({}), {name} does best", part.title, part.id));
        }
    }
    if standing.are_draws {
        let mut rivals: Vec<(f64, usize)> = (0..options.len()).map(|o| (standing.ahead_of_leader[o], o)).collect();
        rivals.sort_by(|a, b| b.0.total_cmp(&a.0));
        if let Some((share, rival)) = rivals.first().filter(|(share, _)| *share > 0.0) {
            said.push(format!(
                "in {} of the sampled worlds {} does better",
                crate::chart::number::percent(*share),
                brief.name(options[*rival])
            ));
        }
        let leader = options[lead];
        if leader != brief.study.reference {
            let shown: Vec<String> = influences(&plain.table, world, (brief.study.reference, leader), main)
                .into_iter()
                .filter(|it| it.is_shown)
                .take(2)
                .map(|it| plain.table.drawn().ranges()[it.input].path.clone())
                .collect();
            let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
            if !shown.is_empty() {
                said.push(format!("what {} is worth hangs most on {}", brief.name(leader), listed(&shown)));
            }
        }
    }
    match (said.is_empty(), brief.parts.len() > 1 || standing.are_draws) {
        (false, _) => format!("What would reverse or weaken this: {}.", said.join("; ")),
        (true, true) => "Nothing among the stated doubts was seen to put another option first.".to_owned(),
        (true, false) => {
            "What would reverse this was not looked for: the study draws no inputs and names no world sets.".to_owned()
        }
    }
}

/// World sets: what each option does in each of them, and the regret of choosing it.
pub(super) fn blocks(brief: &Brief<'_>) -> Vec<Block> {
    if brief.parts.len() < 2 {
        return Vec::new();
    }
    let (world, main) = (world_of(brief.study), brief.main());
    let head = std::iter::once("option".to_owned()).chain(brief.parts.iter().map(|part| part.id.clone()));
    let cell = |part: &Part, option: OptionId| {
        let estimate = part.table.estimate(world, option, main);
        let figures = estimate.map_or(tables::lacking(main).to_owned(), |it| in_words(main, &it));
        let place = part.table.design().options.iter().position(|o| *o == option);
        let rank = Standing::of(&part.table, world, main).zip(place).map(|(it, place)| it.rank_in_words(place));
        rank.map_or(figures.clone(), |rank| format!("{figures}, rank {rank}"))
    };
    let rows = brief.study.options.iter().map(|option| {
        std::iter::once(brief.name(*option).to_owned())
            .chain(brief.parts.iter().map(|part| cell(part, *option)))
            .collect()
    });
    let sets: Vec<String> = brief.parts.iter().map(|part| format!("{}: {}", part.id, part.title)).collect();
    let mut blocks = vec![
        Block::Heading("If the assumptions are wrong".to_owned()),
        Block::Bullets(sets),
        Block::Table(Grid {
            caption: format!(
                "{}, {} world, by world set, with the rank in it. World sets are compared and not averaged: {}.",
                main.label(),
                world.name(),
                if brief.study.weights.is_some() {
                    "the weights of the study are used below"
                } else {
                    "no weights are given"
                }
            ),
            head: head.collect(),
            rows: rows.collect(),
        }),
    ];
    blocks.push(regret(brief));
    blocks
}

/// By world set: how much worse an option does than the best one there, and the weighted mean if there are weights.
fn regret(brief: &Brief<'_>) -> Block {
    let main = brief.main();
    let regrets = regrets(brief);
    let mut head = vec!["option".to_owned()];
    head.extend(brief.parts.iter().map(|part| part.id.clone()));
    head.push("largest".to_owned());
    if brief.study.weights.is_some() {
        head.push("weighted mean".to_owned());
    }
    let shown = |value: f64| amount(main, value);
    let row = |(option, of): (&OptionId, &Vec<f64>)| {
        let mut row = vec![brief.name(*option).to_owned()];
        row.extend(of.iter().map(|value| shown(*value)));
        row.push(shown(of.iter().copied().fold(0.0, f64::max)));
        if let Some(weights) = &brief.study.weights {
            row.push(shown(of.iter().zip(weights).map(|(value, weight)| value * weight).sum()));
        }
        row
    };
    Block::Table(Grid {
        caption: format!(
            "Regret on {}: how much worse the option's average is than that of the option that does best in the world set. Sampling error is not in it.",
            main.label()
        ),
        head,
        rows: brief.study.options.iter().zip(&regrets).map(row).collect(),
    })
}

/// A difference of a measure, in its unit; of shares it is in points.
fn amount(measure: Measure, value: f64) -> String {
    difference(measure, Figures::exact(value))
}

/// By option of the study, then part.
fn regrets(brief: &Brief<'_>) -> Vec<Vec<f64>> {
    let (world, main) = (world_of(brief.study), brief.main());
    let sign = if main.better() == Better::Higher { -1.0 } else { 1.0 };
    let mean = |part: &Part, option: OptionId| {
        part.table.estimate(world, option, main).map_or(f64::NAN, |it| sign * it.middle())
    };
    let best = |part: &Part| brief.study.options.iter().map(|o| mean(part, *o)).fold(f64::INFINITY, f64::min);
    brief.study.options.iter().map(|o| brief.parts.iter().map(|part| mean(part, *o) - best(part)).collect()).collect()
}

/// The inputs that nobody is sure of, by their influence on what the options do.
pub(super) fn inputs(brief: &Brief<'_>) -> Vec<Block> {
    let plain = brief.plain();
    let (world, main) = (world_of(brief.study), brief.main());
    let scenario = brief.context.scenario;
    let mut blocks = vec![Block::Heading("What the numbers rest on".to_owned())];
    let illustrative = scenario.assumptions.iter().filter(|it| it.grade == Grade::Illustrative).count();
    blocks.push(Block::Text(format!(
        "Every number that is not listed is graded {} by the scenario. {illustrative} of {} listed inputs are Illustrative: made up so that there is a number. Conclusions that hang on them are conclusions about the document.",
        scenario.unsourced_numbers.name(),
        scenario.assumptions.len(),
    )));
    if !brief.context.is_drawn() {
        let rows = scenario.assumptions.iter().map(|a| {
            vec![a.path.clone(), tables::range(a), a.shown(a.written), a.grade.name().to_owned(), a.source.clone()]
        });
        blocks.push(Block::Table(Grid {
            caption: "Inputs are held as written; their influence was not looked at (draw from their ranges for that)."
                .to_owned(),
            head: ["input", "range", "as written", "grade", "source"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }));
        return blocks;
    }
    let ranges = plain.table.drawn().ranges();
    for option in brief.others() {
        let all = influences(&plain.table, world, (brief.study.reference, option), main);
        if all.is_empty() {
            continue;
        }
        let rows = all.iter().take(TOLD).map(|it| {
            let input = &ranges[it.input];
            let way = match (it.is_shown, it.rises) {
                (false, _) => "not shown".to_owned(),
                (true, true) => format!("{}, rises with it", crate::chart::number::percent(it.share)),
                (true, false) => format!("{}, falls with it", crate::chart::number::percent(it.share)),
            };
            vec![input.path.clone(), way, tables::range(input), input.grade.name().to_owned(), input.source.clone()]
        });
        blocks.push(Block::Table(Grid {
            caption: format!(
                "Inputs by their influence on the change of {} under {} in the {} world: the share of the doubt that goes along with the input in a straight line.",
                main.label(),
                brief.name(option),
                world.name()
            ),
            head: ["input", "influence", "range", "grade", "source"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }));
    }
    blocks
}

/// `world-sets.csv`: the difference from the reference on each shown measure, in each world set, and the regret.
pub(super) fn csv(brief: &Brief<'_>) -> String {
    let mut out = String::from(
        "world_set,weight,world,option,measure,mean_more_than_reference,adjusted_low,adjusted_high,shown,regret\n",
    );
    let regrets = regrets(brief);
    for (nth, part) in brief.parts.iter().enumerate() {
        let weight = brief.study.weights.as_ref().map_or(String::new(), |weights| weights[nth].to_string());
        for d in part.comparison.differences.iter().filter(|d| brief.study.measures.contains(&d.measure)) {
            let regret = match (
                d.measure == brief.main() && d.world == world_of(brief.study),
                brief.study.options.iter().position(|o| *o == d.option),
            ) {
                (true, Some(option)) => regrets[option][nth].to_string(),
                _ => String::new(),
            };
            let finite = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
            let shown =
                !matches!(d.paired.verdict, Verdict::NoDifferenceShown | Verdict::ExactlyEqual | Verdict::Negligible);
            out.push_str(&format!(
                "{},{weight},{},{},{},{},{},{},{shown},{regret}\n",
                csv_text(&part.id),
                d.world.name(),
                csv_text(brief.name(d.option)),
                d.measure.id(),
                finite(-d.paired.mean),
                finite(-d.paired.adjusted.high),
                finite(-d.paired.adjusted.low),
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_shares_are_in_points() {
        assert_eq!(amount(Measure::CatalogueShare, -0.02).trim_start_matches('−'), "2.00 points");
        assert!(amount(Measure::Shipped, 2.5).ends_with("consignments"));
    }
}
