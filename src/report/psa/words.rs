//! What is said of a table of worlds and options: sentences, and grids for the terminal and the page.

use super::analysis::{Analysis, AtValue, Pair};
use crate::chart::number::{Interval as Figures, figure, interval, percent};
use crate::report::Grid;
use crate::stats::Interval;
use crate::stats::value::{Increment, Quadrant, Region};

/// Columns of options that a grid shows; the files hold all.
const MOST_COLUMNS: usize = 7;

/// The findings, the choice first. Each is hedged by its interval.
pub(crate) fn sentences(analysis: &Analysis) -> Vec<String> {
    let mut all = vec![choice(analysis)];
    all.extend(analysis.pairs.iter().map(|pair| compared(analysis, pair)));
    all
}

/// Which option is best on average at which values.
fn choice(analysis: &Analysis) -> String {
    let names = |best: &[usize]| {
        best.iter().map(|option| format!("`{}`", analysis.name(*option))).collect::<Vec<_>>().join(" and ")
    };
    let stretches: Vec<String> = analysis
        .at
        .chunk_by(|a, b| a.best == b.best)
        .filter_map(|stretch| {
            let (first, last) = (stretch.first()?, stretch.last()?);
            let values = match stretch.len() {
                1 => figure(first.value),
                _ => format!("{} to {}", figure(first.value), figure(last.value)),
            };
            let words = if first.best.len() > 1 { "are equally good on average" } else { "is best on average" };
            Some(format!("{} {words} at {values} a unit", names(&first.best)))
        })
        .collect();
    format!("{}.", stretches.join("; "))
}

/// One option beside the reference.
fn compared(analysis: &Analysis, pair: &Pair) -> String {
    let (option, reference) = (analysis.name(pair.option), analysis.name(analysis.reference));
    let worlds = analysis.psa.worlds();
    let (more, less) = if analysis.given.losses { ("averts", "adds") } else { ("gains", "loses") };
    let cost = match pair.extra_cost.mean {
        mean if mean < 0.0 => format!("at a cost that is {} less", with_interval(&turned(&pair.extra_cost))),
        _ => format!("at an extra cost of {}", with_interval(&pair.extra_cost)),
    };
    let words = if pair.averted.is_more() {
        format!("Against `{reference}`, `{option}` {more} {} units {cost}", with_interval(&pair.averted))
    } else if pair.averted.is_less() {
        format!("Against `{reference}`, `{option}` {less} {} units {cost}", with_interval(&turned(&pair.averted)))
    } else {
        format!(
            "Against `{reference}`, no difference in units is shown for `{option}` at this number of worlds ({}), {cost}",
            with_interval(&pair.averted)
        )
    };
    format!("{words}; it {more} in {} of {worlds} sampled worlds.", pair.averts_in)
}

/// How it is to be read.
pub(crate) fn notes(analysis: &Analysis) -> Vec<String> {
    let comparisons = analysis.pairs.len();
    let mut notes = vec![
        "Money and units are those of the table. Net benefit at a value is that value times the units, less the cost."
            .to_owned(),
        "`Best in a share of sampled worlds` tells how often an option does best, and not how sure it is that its average is best: that is the evidence from resampled worlds, and grows with them."
            .to_owned(),
    ];
    if comparisons > 1 {
        notes.push(format!(
            "Intervals against the reference hold at 95% for all {comparisons} comparisons together (Bonferroni)."
        ));
    }
    if analysis.given.replicated {
        let luck = analysis.at.iter().filter_map(|at| at.learnable).map(|it| it.luck_share).fold(0.0, f64::max);
        notes.push(match analysis.at.iter().any(|at| at.learnable.is_some()) {
            true => format!(
                "EVPI has the luck of single runs taken out; luck is up to {} of the variance of world means. Shares of worlds and expected losses still hold it.",
                percent(luck.min(1.0))
            ),
            false => "No world has two runs, so that luck cannot be taken out: EVPI is too high.".to_owned(),
        });
    } else {
        notes.push("Each world has one line. If it is a mean over luck, EVPI is what knowing the world is worth. If it is a single run, EVPI prices luck too and is too high: give several runs a world, with a column `replication`.".to_owned());
    }
    if analysis.psa.worlds() < 2 {
        notes.push("One world gives no interval and no evidence.".to_owned());
    }
    notes
}

/// All grids.
pub(crate) fn grids(analysis: &Analysis) -> Vec<Grid> {
    let mut grids = vec![frontier(analysis)];
    if !analysis.pairs.is_empty() {
        grids.push(beside(analysis));
    }
    grids.push(by_option(
        analysis,
        "Best in this share of sampled worlds",
        "* best on average at that value: the choice, whatever its share",
        &|at, option| percent(at.shares[option]),
        None,
    ));
    if analysis.at.iter().any(|at| at.evidence.is_some()) {
        grids.push(by_option(
            analysis,
            "Evidence that its average is best",
            "Share of resampled sets of worlds in which the option's mean net benefit is the highest.",
            &|at, option| at.evidence.as_ref().map_or(String::new(), |shares| percent(shares[option])),
            None,
        ));
    }
    grids.push(by_option(
        analysis,
        "Expected loss, and EVPI",
        "What each option loses on average beside the best one of each world. EVPI with its 95% interval: the least of these, or less where luck is taken out.",
        &|at, option| figure(at.losses[option]),
        Some(("EVPI", &|at| {
            let (value, range) = Analysis::evpi(at);
            range_in_words(value, &range)
        })),
    ));
    if !analysis.given.inputs.is_empty() {
        grids.push(learning(analysis));
    }
    grids
}

fn frontier(analysis: &Analysis) -> Grid {
    let outcome = if analysis.given.losses { "mean loss" } else { "mean effect" };
    let row = |row: &crate::stats::value::FrontierRow| {
        let effect = if analysis.given.losses { 0.0 - row.effect } else { row.effect };
        let same = row.same_as.map_or(String::new(), |other| format!(", the same as {}", analysis.name(other)));
        vec![
            analysis.name(row.option).to_owned(),
            format!("{} {}{same}", row.status.letters(), row.status.name()),
            figure(row.cost),
            figure(effect),
            row.step.map_or(String::new(), |step| figure(step.ratio)),
        ]
    };
    Grid {
        title: "Frontier".into(),
        head: ["option", "where it stands", "mean cost", outcome, "cost of each further unit"]
            .map(str::to_owned)
            .to_vec(),
        rows: analysis.frontier.rows.iter().map(row).collect(),
        note: String::new(),
    }
}

fn beside(analysis: &Analysis) -> Grid {
    let more = if analysis.given.losses { "units averted" } else { "units gained" };
    let row = |pair: &Pair| {
        vec![
            analysis.name(pair.option).to_owned(),
            with_interval(&pair.extra_cost),
            with_interval(&pair.averted),
            per_unit(pair),
        ]
    };
    Grid {
        title: format!("Against {}", analysis.name(analysis.reference)),
        head: ["option", "extra cost", more, "cost for each unit"].map(str::to_owned).to_vec(),
        rows: analysis.pairs.iter().map(row).collect(),
        note: "A cost for each unit is a ratio: it is told only where both of its parts are shown to be above 0, with what the data do not exclude (Fieller).".into(),
    }
}

/// What a unit costs, where that means something.
pub(crate) fn per_unit(pair: &Pair) -> String {
    match (pair.per_unit.quadrant, pair.per_unit.ratio, pair.per_unit.region) {
        (Quadrant::DearerAndBetter, Some(ratio), Region::Between { low, high }) => {
            interval(Figures::new(low, ratio, high))
        }
        (quadrant, ..) => quadrant.name().to_owned(),
    }
}

/// A column's name and what stands in it.
type LastColumn<'a> = (&'a str, &'a dyn Fn(&AtValue) -> String);

/// A row a value, a column an option.
fn by_option(
    analysis: &Analysis,
    title: &str,
    note: &str,
    cell: &dyn Fn(&AtValue, usize) -> String,
    last: Option<LastColumn<'_>>,
) -> Grid {
    let columns = &analysis.shown[..analysis.shown.len().min(MOST_COLUMNS)];
    let mut head = vec!["value of a unit".to_owned()];
    head.extend(columns.iter().map(|option| analysis.name(*option).to_owned()));
    head.extend(last.map(|(name, _)| name.to_owned()));
    let row = |at: &AtValue| {
        let mut row = vec![figure(at.value)];
        row.extend(columns.iter().map(|option| {
            let mark = if at.best.contains(option) { " *" } else { "" };
            format!("{}{mark}", cell(at, *option))
        }));
        row.extend(last.map(|(_, told)| told(at)));
        row
    };
    let left = analysis.shown.len() - columns.len();
    let note = if left == 0 { note.to_owned() } else { format!("{note} {left} more options are in the files.") };
    Grid { title: title.to_owned(), head, rows: analysis.at.iter().map(row).collect(), note }
}

/// What it is worth to know each input, the most valuable first.
fn learning(analysis: &Analysis) -> Grid {
    let inputs = &analysis.given.inputs;
    let most = |input: &usize| {
        analysis.at.iter().filter_map(|at| at.evppi[*input]).map(|it| it.value).fold(f64::NEG_INFINITY, f64::max)
    };
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    order.sort_by(|a, b| most(b).total_cmp(&most(a)).then(a.cmp(b)));
    let left = order.len().saturating_sub(MOST_COLUMNS);
    order.truncate(MOST_COLUMNS);
    let mut head = vec!["value of a unit".to_owned()];
    head.extend(order.iter().map(|input| inputs[*input].0.clone()));
    let row = |at: &AtValue| {
        let told =
            |input: &usize| at.evppi[*input].map_or("–".to_owned(), |it| range_in_words(it.value, &it.interval));
        std::iter::once(figure(at.value)).chain(order.iter().map(told)).collect()
    };
    let more = if left == 0 { String::new() } else { format!(" {left} more inputs are in the files.") };
    Grid {
        title: "What it is worth to know one input (EVPPI)".into(),
        head,
        rows: analysis.at.iter().map(row).collect(),
        note: format!("By blocks of worlds, with its 95% interval; other inputs and luck taken out.{more}"),
    }
}

fn turned(increment: &Increment) -> Increment {
    let turn = |it: Interval| Interval { low: 0.0 - it.high, high: 0.0 - it.low, ..it };
    Increment {
        mean: 0.0 - increment.mean,
        interval: turn(increment.interval),
        adjusted: turn(increment.adjusted),
        ..*increment
    }
}

/// A mean with the interval that holds for all comparisons together.
fn with_interval(increment: &Increment) -> String {
    range_in_words(increment.mean, &increment.adjusted)
}

fn range_in_words(mean: f64, range: &Interval) -> String {
    let figures = Figures::new(range.low, mean, range.high);
    if figures.is_finite() { interval(figures) } else { format!("{} (no interval)", figure(mean)) }
}

#[cfg(test)]
mod tests {
    use super::super::analysis::tests::tiny;
    use super::super::analysis::{Asked, Given};
    use super::*;

    fn analysis(values: &[f64]) -> Analysis {
        Analysis::of(tiny(), &Asked { values: values.to_vec(), seed: 1, ..Asked::default() }).unwrap()
    }

    #[test]
    fn findings_are_hedged_by_their_intervals() {
        let said = sentences(&analysis(&[0.5, 1.0, 2.0]));
        assert_eq!(said[0], "`as-is` is best on average at 0.500 a unit; `wall` is best on average at 1 to 2 a unit.");
        assert_eq!(
            said[1],
            "Against `as-is`, `patrol` averts 55 (4 to 106) units at an extra cost of 40.0; it averts in 7 of 8 sampled worlds."
        );
        let mut shaky = tiny();
        shaky.outcome[0][1] = 900.0;
        let said = sentences(&Analysis::of(shaky, &Asked::default()).unwrap());
        assert!(said[1].starts_with("Against `as-is`, no difference in units is shown for `patrol`"), "{}", said[1]);
    }

    #[test]
    fn a_cost_for_each_unit_is_told_only_where_it_means_something() {
        let it = analysis(&[1.0]);
        assert!(per_unit(&it.pairs[0]).starts_with("0.7 ("), "{}", per_unit(&it.pairs[0]));
        let cheaper = Given { cost: vec![vec![100.0, 40.0, 70.0]; 8], ..tiny() };
        let it = Analysis::of(cheaper, &Asked::default()).unwrap();
        assert_eq!(per_unit(&it.pairs[0]), "cheaper and better");
    }

    #[test]
    fn grids_mark_the_choice_and_are_as_wide_as_their_heads() {
        for it in [analysis(&[0.5, 1.0]), analysis(&[])] {
            let grids = grids(&it);
            assert_eq!(grids.len(), 6);
            for grid in &grids {
                assert!(grid.rows.iter().all(|row| row.len() == grid.head.len()), "{grid:?}");
            }
        }
        let shares = &grids(&analysis(&[1.0]))[2];
        assert_eq!(
            shares.rows[0].iter().map(|cell| cell.replace('\u{a0}', " ")).collect::<Vec<_>>(),
            ["1", "38%", "50% *", "12%"]
        );
    }

    #[test]
    fn one_world_and_one_option_are_told_without_intervals() {
        let one = Given {
            options: vec!["a".into()],
            runs: vec![1],
            cost: vec![vec![1.0]],
            outcome: vec![vec![2.0]],
            inputs: vec![],
            ..tiny()
        };
        let it = Analysis::of(one, &Asked::default()).unwrap();
        assert_eq!((sentences(&it).len(), grids(&it).len()), (1, 3));
        assert!(notes(&it).iter().any(|note| note.starts_with("One world")));
    }
}
