//! What the brief says of the options: the range over the stated doubts first, sampling error second, then what would
//! reverse the order.

use crate::chart::number::percent;
use crate::experiment::{Standing, Why};
use crate::measure::{Better, Measure, Nature};
use crate::model::{OptionId, World};
use crate::report::brief::block::{Block, Grid};
use crate::report::brief::{Brief, doubts, world_of};
use crate::report::many::{csv_text, in_words};
use crate::report::{counted, drawn, findings, tables};
use crate::stats::heavy_tail::share_of_highest;
use crate::stats::{Summary, Verdict};

/// Fewer runs than this say little, and the brief says so.
const FEW: u64 = 100;
/// Share of a mean that the top hundredth of the runs may carry.
const HEAVY: f64 = 0.25;

/// The answer in a few sentences, the most important first.
pub(crate) fn headline(brief: &Brief<'_>) -> Vec<String> {
    let mut out = vec![leader(brief)];
    out.extend(brief.others().filter_map(|option| answer(brief, option)));
    out.push(doubts::reversal(brief));
    out
}

/// Which option does best, and whether its lead is shown.
fn leader(brief: &Brief<'_>) -> String {
    let (world, main) = (world_of(brief.study), brief.main());
    let plain = brief.plain();
    let Some(standing) = Standing::of(&plain.table, world, main) else {
        return format!("Of {} nothing can be said in the {} world: some runs lack it.", main.label(), world.name());
    };
    let options = &plain.table.design().options;
    let lead = standing.leader;
    let equals: Vec<&str> = (0..options.len())
        .filter(|o| *o != lead && standing.ranks[*o] <= standing.ranks[lead])
        .map(|o| brief.name(options[o]))
        .collect();
    let direction = if main.better() == Better::Higher { "highest" } else { "lowest" };
    let first = format!(
        "Question: {} in the {} world, by {} after {}. ",
        main.label(),
        world.name(),
        counted(options.len() as u64, "option", "options"),
        counted(brief.context.scenario.calendar.horizon.days().round() as u64, "day", "days"),
    );
    if standing.all_equal() {
        return format!("{first}In this measure all options come out exactly the same.");
    }
    let units = if standing.are_draws { "of the sampled worlds" } else { "of the runs (luck alone)" };
    if equals.is_empty() {
        format!(
            "{first}{} comes out {direction} on average, and that is shown against every other option at this number of runs; it does best in {} {units}.",
            brief.name(options[lead]),
            percent(standing.best_in[lead]),
        )
    } else {
        format!(
            "{first}{} comes out {direction} on average, but at this number of runs it is not shown to differ from {}; it does best in {} {units}.",
            brief.name(options[lead]),
            listed(&equals),
            percent(standing.best_in[lead]),
        )
    }
}

/// What one option does against the reference: doubt, then sampling error, then what the uninvolved bear.
fn answer(brief: &Brief<'_>, option: OptionId) -> Option<String> {
    let (world, main) = (world_of(brief.study), brief.main());
    let plain = brief.plain();
    let paired = plain.comparison.get(world, option, main)?;
    let reference = brief.name(brief.study.reference);
    let mut said = format!("Against {reference}, {}", brief.name(option));
    let range = doubts::range(brief, option);
    match (&range, paired.verdict) {
        (_, Verdict::ExactlyEqual) => said += &format!(" leaves {} exactly as it is", main.label()),
        (Some(range), _) => {
            said += &format!(": {range}; on average it {}", findings::clause(main, paired));
        }
        (None, _) => said += &format!(" {}", findings::clause(main, paired)),
    }
    if range.is_none() && paired.verdict != Verdict::ExactlyEqual {
        said += " (sampling error alone; inputs are held as written)";
    }
    said.push('.');
    let wrong = wronged(brief, option);
    if !wrong.is_empty() {
        said += &format!(" {wrong}");
    }
    Some(said)
}

/// What an option does to those who take no part, in the worlds in which its suspicion is wrong.
fn wronged(brief: &Brief<'_>, option: OptionId) -> String {
    let plain = brief.plain();
    let worlds = brief.study.worlds.iter().copied().filter(|world| *world != World::Real);
    let said: Vec<String> = worlds
        .filter_map(|world| {
            let of = |measure| {
                let paired = plain.comparison.get(world, option, measure)?;
                matches!(paired.verdict, Verdict::Lower | Verdict::Higher).then(|| findings::clause(measure, paired))
            };
            let clauses: Vec<String> = [Measure::Burden, Measure::WrongfulActions, Measure::FalseAlarmsAMonth]
                .into_iter()
                .filter_map(of)
                .collect();
            (!clauses.is_empty()).then(|| format!("in the {} world it {}", world.name(), clauses.join(" and ")))
        })
        .collect();
    match said.is_empty() {
        true => String::new(),
        false => format!("Where the suspicion is wrong: {}.", said.join("; ")),
    }
}

/// A column an option. In `front`, what the question is about beside what the uninvolved bear where the suspicion is wrong;
/// else every shown measure.
pub(super) fn side_by_side(brief: &Brief<'_>, front: bool) -> Block {
    let plain = brief.plain();
    let world = world_of(brief.study);
    let options = &plain.table.design().options;
    let standing = Standing::of(&plain.table, world, brief.main());
    let shown = if front { &brief.study.measures[..1] } else { &brief.study.measures[..] };
    let mut rows: Vec<(Measure, World)> = shown.iter().map(|m| (*m, world)).collect();
    for other in brief.study.worlds.iter().copied().filter(|it| *it != world) {
        rows.extend([Measure::WrongfulActions, Measure::Burden].map(|m| (m, other)));
        rows.extend((!front).then_some((Measure::FalseAlarmsAMonth, other)));
    }
    rows.retain(|(measure, _)| tables::applies(brief.context.scenario, *measure));
    let row = |(measure, world): (Measure, World)| {
        let figures = options.iter().map(|option| {
            let estimate = plain.table.estimate(world, *option, measure);
            estimate.map_or(tables::lacking(measure).to_owned(), |it| in_words(measure, &it))
        });
        std::iter::once(format!("{}, {} world", measure.label(), world.name())).chain(figures).collect::<Vec<_>>()
    };
    let mut all: Vec<Vec<String>> = Vec::new();
    if let Some(standing) = standing {
        let ranks = (0..options.len()).map(|nth| standing.rank_in_words(nth));
        all.push(std::iter::once(format!("rank on {}", brief.main().label())).chain(ranks).collect());
        let best = standing.best_in.iter().map(|share| percent(*share));
        let of = if standing.are_draws {
            "best in so many of the sampled worlds"
        } else {
            "best in so many runs (luck alone)"
        };
        all.push(std::iter::once(of.to_owned()).chain(best).collect());
        if let Some(evidence) = &standing.evidence {
            let evidence = evidence.iter().map(|share| percent(*share));
            all.push(std::iter::once("evidence that its average is best".to_owned()).chain(evidence).collect());
        }
    }
    all.extend(rows.into_iter().map(row));
    Block::Table(Grid {
        caption: "Averages with their 95% intervals. Options that cannot be told apart on the main measure share a rank, such as 1=; for that, intervals are widened for all pairs. Evidence: in so many resampled sets of them its average is the best.".to_owned(),
        head: std::iter::once(String::new()).chain(options.iter().map(|o| brief.name(*o).to_owned())).collect(),
        rows: all,
    })
}

/// How many runs there were, why no more, and what a fresh start says of the winner.
pub(super) fn how_sure(brief: &Brief<'_>) -> Vec<Block> {
    let plain = brief.plain();
    let mut items = vec![format!(
        "{} of each option in each world; every option met the same luck. {} share the level of the widened intervals.",
        brief.context.runs_in_words(),
        counted(plain.comparison.family as u64, "comparison", "comparisons"),
    )];
    let enough = &plain.enough;
    let looks: Vec<String> = enough.looks().iter().map(u32::to_string).collect();
    let unit = if plain.table.design().draws > 0 { "world draws" } else { "runs" };
    match (enough.why(), enough.widest_interval()) {
        (Why::AsAsked, _) => {}
        (why, widest) => {
            let end = if why == Why::Constant {
                "no difference varied from unit to unit, so that nothing can be said of precision (an outcome that never came looks so too)"
            } else if why == Why::Precise {
                "every interval was as narrow as was asked for"
            } else {
                "the most runs that were allowed were done, and not every interval is as narrow as was asked for"
            };
            let widest = widest.map_or(String::new(), |it| {
                format!(
                    ": the widest is that of {} in the {} world, {} either way ({} asked)",
                    brief.name(it.option),
                    it.world.name(),
                    tables::number(brief.main(), it.half_width),
                    tables::number(brief.main(), it.asked)
                )
            });
            items.push(format!("Looked at after {} {unit}; it ended because {end}{widest}.", looks.join(", ")));
        }
    }
    items.extend(rerun(brief));
    items.push(brief.context.fidelity_in_words());
    vec![Block::Heading("How sure this is".to_owned()), Block::Bullets(items)]
}

/// The winner on fresh seeds: the best of several looks better than it is.
fn rerun(brief: &Brief<'_>) -> Option<String> {
    let rerun = brief.rerun?;
    let (world, main) = (world_of(brief.study), brief.main());
    let before = brief.plain().comparison.get(world, rerun.option, main)?;
    let after = rerun.comparison.get(world, rerun.option, main)?;
    let agrees = before.verdict == after.verdict;
    Some(format!(
        "{}, which did best of those that differ from the reference, was run once more on fresh seeds (seed {}): there it {}. The first time: it {}. {}",
        brief.name(rerun.option),
        rerun.seed,
        findings::clause(main, after),
        findings::clause(main, before),
        if agrees { "Both say the same." } else { "The two do not say the same: trust neither without more runs." }
    ))
}

/// Every paired difference that is not exactly nothing.
pub(super) fn all_differences(brief: &Brief<'_>) -> Vec<Block> {
    let plain = brief.plain();
    let rows: Vec<Vec<String>> = plain
        .comparison
        .differences
        .iter()
        .filter(|d| brief.study.measures.contains(&d.measure) && d.paired.verdict != Verdict::ExactlyEqual)
        .map(|d| {
            vec![
                d.world.name().to_owned(),
                brief.name(d.option).to_owned(),
                d.measure.label().to_owned(),
                findings::clause(d.measure, &d.paired),
                d.paired.variance_ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}")),
                if d.measure == brief.main() { "main" } else { "exploratory" }.to_owned(),
            ]
        })
        .collect();
    let head = ["world", "option", "measure", "against the reference, same luck", "variance ratio", "question"];
    vec![
        Block::Heading("All differences".to_owned()),
        Block::Table(Grid {
            caption: "Intervals at 95%, widened for the options compared. Variance ratio: variance of the difference over what independent runs would give; below 1 the common luck helped. Differences that are exactly nothing are left out.".to_owned(),
            head: head.map(str::to_owned).to_vec(),
            rows,
        }),
    ]
}

/// What in these runs calls for care.
pub(super) fn warnings(brief: &Brief<'_>) -> Vec<Block> {
    let plain = brief.plain();
    let mut items = Vec::new();
    if brief.context.runs() < FEW {
        items.push(format!(
            "Fewer than {FEW} runs of each option in each world: rare outcomes cannot be seen, and intervals of heavy tails are too narrow."
        ));
    }
    for &world in &brief.study.worlds {
        for &measure in brief.study.measures.iter().filter(|m| m.nature() == Nature::Number) {
            let heavy: Vec<&str> = plain
                .table
                .design()
                .options
                .iter()
                .filter(|option| is_heavy(&plain.table.values(world, **option, measure)))
                .map(|option| brief.name(*option))
                .collect();
            if !heavy.is_empty() {
                items.push(format!(
                    "{}, {} world: the top hundredth of the runs carries more than a quarter of the mean under {}. Its interval is likely too narrow; read the exceedance curve.",
                    measure.label(),
                    world.name(),
                    listed(&heavy)
                ));
            }
        }
        for &measure in brief.study.measures.iter().filter(|m| m.nature() == Nature::YesNo) {
            for &option in &plain.table.design().options {
                let values = plain.table.values(world, option, measure);
                if values.iter().all(|v| *v == 0.0) && tables::applies(brief.context.scenario, measure) {
                    let estimate = plain.table.estimate(world, option, measure);
                    let said = estimate.map_or(String::new(), |it| in_words(measure, &it));
                    items.push(format!("{}, {} world, {}: {said}.", measure.label(), world.name(), brief.name(option)));
                }
            }
        }
    }
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("Warnings".to_owned()), Block::Bullets(items)]
}

/// Whether the highest hundredth of the values carries more of their sum than it may; of fewer than a hundred nobody knows.
fn is_heavy(values: &[f64]) -> bool {
    let sample = Summary::of(values).filter(|it| it.n() >= 100);
    sample.and_then(|it| share_of_highest(&it, 0.01)).is_some_and(|share| share > HEAVY)
}

/// What the words mean.
pub(super) fn method(brief: &Brief<'_>) -> Block {
    let mut items = vec![
        "Sampling error shrinks with more runs; luck is how runs of one world differ and does not shrink; doubt is not knowing the inputs and shrinks with better inputs alone; assumptions are compared and not averaged.".to_owned(),
        "An option is shown to differ where all of its widened interval lies on one side of zero. Where it does not, no difference is shown at this number of runs, which is not the same as no difference.".to_owned(),
        "A time that the horizon cuts off counts as at least the horizon.".to_owned(),
        "To see the same numbers come out again: `airside verify` with the folder of this brief.".to_owned(),
    ];
    if brief.context.is_drawn() {
        items.push("Frontier, acceptability, expected loss and the value of knowing more follow from `worlds.csv`: `airside compare --from` with its path.".to_owned());
        items.push(drawn::legend(brief.context).join(" "));
    }
    Block::Bullets(items)
}

/// `options.csv`: how the options stand on the main measure.
pub(super) fn options_csv(brief: &Brief<'_>) -> String {
    let mut out =
        String::from("world,option,measure,mean,rank,best_in_share,evidence_average_best,units,units_are_draws\n");
    for &world in &brief.study.worlds {
        let Some(standing) = Standing::of(&brief.plain().table, world, brief.main()) else { continue };
        for (nth, option) in brief.plain().table.design().options.iter().enumerate() {
            out.push_str(&format!(
                "{},{},{},{},{},{},{},{},{}\n",
                world.name(),
                csv_text(brief.name(*option)),
                brief.main().id(),
                standing.means[nth],
                standing.ranks[nth],
                standing.best_in[nth],
                standing.evidence.as_ref().map_or(String::new(), |of| of[nth].to_string()),
                standing.units,
                standing.are_draws
            ));
        }
    }
    out
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_tail_is_seen() {
        let mut values = vec![1.0; 198];
        assert!(!is_heavy(&values));
        values.extend([500.0, 500.0]);
        assert!(is_heavy(&values));
        assert!(!is_heavy(&[0.0; 200]) && !is_heavy(&[9.0; 20]));
    }

    #[test]
    fn names_are_listed_as_people_do() {
        assert_eq!([listed(&["a"]), listed(&["a", "b"]), listed(&["a", "b", "c"])], ["a", "a and b", "a, b and c"]);
    }
}
