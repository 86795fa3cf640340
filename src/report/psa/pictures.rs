//! The charts of a compared table.

use super::Look;
use super::analysis::{Analysis, AtValue};
use super::words::sentences;
use crate::chart::cost_effect::{Point, Standing};
use crate::chart::number::{Interval as Figures, percent};
use crate::chart::{ByValue, Chart, CostEffect, Frame, by_value};
use crate::report::pictures::marking;
use crate::stats::value::{Increment, Status};

/// So many times the largest expected loss of what is chosen somewhere, and an option is left out of that chart.
const FAR: f64 = 3.0;

/// All charts: cost against effect, acceptability, expected loss.
pub(crate) fn charts(analysis: &Analysis, look: &Look) -> [Chart; 3] {
    [cost_effect(analysis, look).chart(), acceptability(analysis, look).chart(), expected_loss(analysis, look).chart()]
}

fn frame(look: &Look, name: &str, finding: String, measure: &str) -> Frame {
    Frame { name: name.to_owned(), finding, measure: measure.to_owned(), ..look.frame.clone() }
}

/// What all charts of a table from elsewhere share.
pub(super) fn template(analysis: &Analysis) -> Frame {
    Frame {
        name: String::new(),
        finding: String::new(),
        measure: String::new(),
        unit: String::new(),
        setting: analysis.setting(),
        n: analysis.psa.worlds() as u64,
        n_of: if analysis.psa.worlds() == 1 { "world" } else { "worlds" }.to_owned(),
        seed: analysis.seed,
        scenario: analysis.given.name.clone(),
        digest: analysis.given.short_digest().to_owned(),
        horizon: String::new(),
        version: format!("airside {}", env!("CARGO_PKG_VERSION")),
        marking: marking(analysis.given.handling),
        notes: Vec::new(),
    }
}

fn cost_effect(analysis: &Analysis, look: &Look) -> CostEffect {
    let reference = analysis.name(analysis.reference);
    let figures = |it: &Increment| Figures::new(it.adjusted.low, it.mean, it.adjusted.high);
    let point = |option: &usize| {
        let pair = analysis.pairs.iter().find(|pair| pair.option == *option);
        let status = analysis.frontier.rows.iter().find(|row| row.option == *option).map(|row| row.status);
        Point {
            option: analysis.name(*option).to_owned(),
            reference: *option == analysis.reference,
            effect: pair.map_or(Figures::exact(0.0), |pair| figures(&pair.averted)),
            cost: pair.map_or(Figures::exact(0.0), |pair| figures(&pair.extra_cost)),
            standing: match status {
                Some(Status::NotDominated) => Standing::Frontier,
                Some(Status::ExtendedDominated) => Standing::Extended,
                _ => Standing::Dominated,
            },
        }
    };
    let on = analysis.frontier.with(Status::NotDominated).len();
    let all = analysis.given.options.len();
    let finding = match on {
        _ if on == all => "Every option is worth a look at some value of a unit".to_owned(),
        1 => format!("{} costs least and does most", analysis.name(analysis.frontier.options()[0])),
        _ => format!("{on} of {all} options are worth a look at some value of a unit"),
    };
    let measure = format!("Mean extra cost and mean {}", look.units);
    let mut frame = frame(look, "cost-effect", finding, &measure);
    frame.notes.push(match analysis.pairs.len() {
        0 | 1 => "Bars: 95% intervals of the means over worlds.".to_owned(),
        n => format!("Bars: intervals of the means over worlds, at 95% for all {n} comparisons together."),
    });
    let averted = if analysis.given.losses { "averted" } else { "gained" };
    CostEffect {
        frame,
        across: format!("{} {averted} against {reference}; more is better", look.units),
        up: format!("extra cost, {}", look.money),
        points: analysis.shown.iter().map(point).collect(),
    }
}

fn by_value(
    analysis: &Analysis,
    look: &Look,
    frame: Frame,
    shown: &[usize],
    height: &dyn Fn(&AtValue, usize) -> f64,
) -> ByValue {
    let curve = |option: &usize| by_value::Curve {
        option: analysis.name(*option).to_owned(),
        reference: *option == analysis.reference,
        heights: analysis.at.iter().map(|at| height(at, *option)).collect(),
    };
    let place = |option: &usize| shown.iter().position(|shown| shown == option);
    ByValue {
        frame,
        across: format!("value of {}, {}", look.a_unit, look.money),
        up: String::new(),
        shares: false,
        values: analysis.at.iter().map(|at| at.value).collect(),
        curves: shown.iter().map(curve).collect(),
        chosen: analysis.at.iter().map(|at| at.best.first().and_then(place)).collect(),
        chosen_means: String::new(),
        beside: None,
    }
}

fn acceptability(analysis: &Analysis, look: &Look) -> ByValue {
    // Where the option that is best most often is not the choice, that is the finding.
    let apart = analysis.at.iter().find_map(|at| {
        let most = (0..at.shares.len()).max_by(|a, b| at.shares[*a].total_cmp(&at.shares[*b]))?;
        let best = *at.best.first()?;
        let clear = at.shares[most] > at.shares[best];
        clear.then(|| {
            let (often, choice) = (analysis.name(most), analysis.name(best));
            let (share, own) = (percent(at.shares[most]), percent(at.shares[best]));
            format!(
                "At {} {often} is best most often ({share}), and {choice} ({own}) on average",
                look.a_value(at.value)
            )
        })
    });
    let finding = apart.or_else(|| sentences(analysis).into_iter().next()).unwrap_or_default().replace('`', "");
    let frame = frame(look, "acceptability", finding, "Share of sampled worlds in which an option does best");
    ByValue {
        up: "best in this share of sampled worlds".to_owned(),
        shares: true,
        chosen_means: "the option with the highest mean net benefit: the choice, whatever its share".to_owned(),
        ..by_value(analysis, look, frame, &analysis.shown, &|at, option| at.shares[option])
    }
}

/// The options whose expected losses can be read beside each other, and the others with the least that they lose: one that
/// loses far more than all that are ever chosen, and than the reference, would press those onto the axis.
fn near_the_choice(analysis: &Analysis) -> (Vec<usize>, Vec<(usize, f64)>) {
    let losses = |option: usize| analysis.at.iter().map(move |at| at.losses[option]);
    let chosen =
        |option: &usize| *option == analysis.reference || analysis.at.iter().any(|at| at.best.contains(option));
    let most = |option: usize| losses(option).fold(0.0, f64::max);
    let top = analysis.shown.iter().filter(|it| chosen(it)).map(|it| most(*it)).fold(0.0, f64::max);
    let least = |option: usize| losses(option).fold(f64::INFINITY, f64::min);
    let is_near = |option: &usize| chosen(option) || least(*option) <= FAR * top;
    let (near, far): (Vec<usize>, Vec<usize>) = analysis.shown.iter().copied().partition(|option| is_near(option));
    (near, far.into_iter().map(|option| (option, least(option))).collect())
}

fn expected_loss(analysis: &Analysis, look: &Look) -> ByValue {
    let dearest = analysis.at.iter().max_by(|a, b| Analysis::evpi(a).0.total_cmp(&Analysis::evpi(b).0));
    let finding = dearest.map_or(String::new(), |at| match Analysis::evpi(at).0 {
        evpi if evpi > 0.0 => {
            format!("Knowing the world is worth most at {}: {}", look.a_value(at.value), look.money(evpi))
        }
        _ => "The choice is the same in every sampled world".to_owned(),
    });
    let measure = "Mean loss beside the best option of each world";
    let mut frame = frame(look, "expected-loss", finding, measure);
    if !analysis.given.replicated {
        frame.notes.push("Where lines of the table are single runs, this prices luck too and is too high.".to_owned());
    }
    let (near, far) = near_the_choice(analysis);
    if !far.is_empty() {
        let told =
            far.iter().map(|(option, least)| format!("{} ({} or more)", analysis.name(*option), look.money(*least)));
        frame.notes.push(format!("Beyond the chart: {}.", told.collect::<Vec<_>>().join(", ")));
    }
    let corrected = analysis.at.iter().any(|at| at.learnable.is_some()).then(|| {
        let heights = analysis.at.iter().map(|at| at.learnable.map_or(f64::NAN, |it| it.value)).collect();
        ("EVPI with the luck of single runs taken out".to_owned(), heights)
    });
    ByValue {
        up: format!("expected loss, {}", look.money),
        chosen_means: match corrected {
            None => "the least expected loss, of the choice: what knowing the world is worth (EVPI)".to_owned(),
            Some(_) => "the least expected loss, of the choice; luck is part of it".to_owned(),
        },
        beside: corrected,
        ..by_value(analysis, look, frame, &near, &|at, option| at.losses[option])
    }
}

#[cfg(test)]
mod tests {
    use super::super::analysis::tests::tiny;
    use super::super::analysis::{Asked, Given};
    use super::*;

    fn look(analysis: &Analysis) -> Look {
        Look::of_table(analysis)
    }

    #[test]
    fn the_choice_is_marked_and_not_the_highest_curve() {
        let it = Analysis::of(tiny(), &Asked::default()).unwrap();
        let chart = acceptability(&it, &look(&it));
        for (at, chosen) in it.at.iter().zip(&chart.chosen) {
            assert_eq!(chosen.map(|place| it.shown[place]), at.best.first().copied(), "at {}", at.value);
        }
        // One world in four loses nothing that patrol could avert, and one loses very much.
        let seldom = Given {
            options: vec!["as-is".into(), "patrol".into()],
            runs: vec![1; 4],
            cost: vec![vec![0.0, 1.0]; 4],
            outcome: vec![vec![0.0, 0.0], vec![0.0, 0.0], vec![0.0, 0.0], vec![100.0, 0.0]],
            inputs: vec![],
            ..tiny()
        };
        let it = Analysis::of(seldom, &Asked { values: vec![1.0], ..Asked::default() }).unwrap();
        let finding = acceptability(&it, &look(&it)).frame.finding;
        assert_eq!(finding, "At 1 a unit as-is is best most often (75%), and patrol (25%) on average");
    }

    #[test]
    fn the_least_expected_loss_is_evpi() {
        let it = Analysis::of(tiny(), &Asked::default()).unwrap();
        let chart = expected_loss(&it, &look(&it));
        for (i, at) in it.at.iter().enumerate() {
            let least = chart.curves.iter().map(|curve| curve.heights[i]).fold(f64::INFINITY, f64::min);
            let marked = chart.curves[chart.chosen[i].unwrap()].heights[i];
            assert!((least - at.evpi).abs() < 1e-9 && (marked - at.evpi).abs() < 1e-9, "at {}", at.value);
        }
    }

    #[test]
    fn an_option_that_loses_far_more_is_told_and_not_drawn() {
        let dear = Given { cost: vec![vec![0.0, 40.0, 90_000.0]; 8], ..tiny() };
        let it = Analysis::of(dear, &Asked { up_to: Some(2.0), ..Asked::default() }).unwrap();
        let chart = expected_loss(&it, &look(&it));
        let drawn: Vec<&str> = chart.curves.iter().map(|curve| curve.option.as_str()).collect();
        assert_eq!(drawn, ["as-is", "patrol"]);
        assert!(
            chart.frame.notes.iter().any(|note| note.starts_with("Beyond the chart: wall (")),
            "{:?}",
            chart.frame.notes
        );
        for (at, chosen) in it.at.iter().zip(&chart.chosen) {
            assert_eq!(chosen.map(|place| drawn[place]), at.best.first().map(|best| it.name(*best)));
        }
        let all = Analysis::of(tiny(), &Asked::default()).unwrap();
        assert_eq!(expected_loss(&all, &look(&all)).curves.len(), 3);
    }

    #[test]
    fn a_chart_of_a_table_says_so() {
        let it = Analysis::of(tiny(), &Asked::default()).unwrap();
        for chart in charts(&it, &look(&it)) {
            assert!(
                chart.svg.contains("Table tiny.csv (01234567)") && !chart.svg.contains("horizon"),
                "{}",
                chart.name
            );
        }
    }
}
