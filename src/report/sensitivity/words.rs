//! What is said of inputs and their influence.

use crate::chart::number::{Interval as Figures, count, interval, percent, percent_interval};
use crate::report::Grid;
use crate::report::brief::listed;
use crate::report::paper::not_used;
use crate::report::sensitivity::analysis::{OneWay, Sensitivity};
use crate::report::tables::value_of;
use crate::stats::Interval;
use crate::stats::sensitivity::SobolIndices;

/// Inputs that a sentence names.
const NAMED: usize = 3;

/// The findings, the most important first.
pub(super) fn sentences(it: &Sensitivity<'_>) -> Vec<String> {
    let mut all = vec![base(it)];
    all.extend(turning(it));
    all.extend(screening(it));
    all.extend(shares(it));
    all.extend(asking(it));
    all
}

fn base(it: &Sensitivity<'_>) -> String {
    let (option, reference) = (it.option_name(), it.reference_name());
    let figures = with_unit(it, it.base);
    let shown = if it.base.spans_zero() { ", which does not differ from nothing at this number of runs" } else { "" };
    let better = it.main().better() == crate::measure::Better::Higher;
    let verb = if better { "gains" } else { "averts" };
    format!(
        "With all inputs as written, {option} {verb} {figures} of {} against {reference}{shown}.",
        it.main().label()
    )
}

/// The input that moves the answer most by itself, and those that turn it round.
fn turning(it: &Sensitivity<'_>) -> Option<String> {
    let turning: Vec<&str> =
        it.one_way.iter().filter(|way| way.turns).map(|way| it.inputs[way.input].path.as_str()).take(NAMED).collect();
    let Some(largest) = it.one_way.first().filter(|way| way.swing() > 0.0) else {
        return Some("One at a time, no input changes the answer at all.".to_owned());
    };
    let name = &it.inputs[largest.input].path;
    let lead = format!(
        "One at a time, {name} moves the answer most: by {} at {} and by {} at {}",
        with_unit(it, largest.low),
        value_of(&it.inputs[largest.input], largest.ends.0),
        with_unit(it, largest.high),
        value_of(&it.inputs[largest.input], largest.ends.1),
    );
    Some(match turning.is_empty() {
        true => format!("{lead}. No single input is shown to turn the answer round within its range."),
        false => format!("{lead}. Within its range {} turns the answer round.", listed(&turning)),
    })
}

fn screening(it: &Sensitivity<'_>) -> Option<String> {
    let mut order: Vec<usize> = (0..it.screened.len()).filter(|nth| it.screened[*nth].mu_star > 0.0).collect();
    order.sort_by(|a, b| it.screened[*b].mu_star.total_cmp(&it.screened[*a].mu_star));
    let still = it.screened.len() - order.len();
    let names: Vec<&str> = order.iter().take(NAMED).map(|nth| it.inputs[*nth].path.as_str()).collect();
    if it.screened.is_empty() {
        return None;
    }
    if names.is_empty() {
        return Some("Moved together, no input changes the answer at all.".to_owned());
    }
    let rest = match still {
        0 => String::new(),
        n => format!("; {} of {} inputs change nothing at all", count(n as u64), count(it.screened.len() as u64)),
    };
    Some(format!("Moved together over their whole ranges, the strongest are {}{rest}.", listed(&names)))
}

fn shares(it: &Sensitivity<'_>) -> Option<String> {
    if let Some((noise, wanted)) = it.too_loud() {
        return Some(format!(
            "Shares of the doubt are not told: {} of the variance between base points is luck. About {} replications at each point would bring that to a half.",
            percent(noise),
            count(wanted)
        ));
    }
    let Some(indices) = &it.indices else {
        return (!it.kept.is_empty()).then(|| {
            "Shares of the doubt are not told: all that differs between the points may be luck. More replications would help."
                .to_owned()
        });
    };
    let mut order: Vec<usize> = (0..indices.of.len()).collect();
    order.sort_by(|a, b| indices.of[*b].total.total_cmp(&indices.of[*a].total));
    let shown: Vec<String> = order
        .iter()
        .filter(|nth| indices.of[**nth].total_interval.low > 0.0)
        .take(NAMED)
        .map(|nth| {
            let of = &indices.of[*nth];
            format!("{} {}", it.inputs[it.kept[*nth]].path, percent(of.total.clamp(0.0, 1.0)))
        })
        .collect();
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    Some(match shown.is_empty() {
        true => "No input is shown to account for a share of the doubt at this number of runs.".to_owned(),
        false => format!(
            "Of the doubt about the answer, interactions included, these account for the most: {}.",
            listed(&shown)
        ),
    })
}

/// Which fact is worth asking for.
fn asking(it: &Sensitivity<'_>) -> Option<String> {
    let by_value = it.by_value.as_ref()?;
    let worth = by_value.worth_asking();
    if !by_value.can_tell_of_inputs() {
        return None;
    }
    let (value, unit) = by_value.told_value()?;
    let stated = if by_value.is_stated() {
        ""
    } else {
        " (the study states no worth: a value in the middle of those looked at)"
    };
    let Some((name, figures)) = worth.first() else {
        return Some(
            "No single fact is shown to be worth asking for before this choice, at this number of draws.".to_owned(),
        );
    };
    let sure = if figures.low > 0.0 { "" } else { ", which is not shown to be more than nothing" };
    Some(format!(
        "The fact most worth asking for is {name}: knowing it before choosing is worth {}{sure}, with {unit} at {}{stated}.",
        crate::chart::number::euro_interval(*figures),
        crate::chart::number::euro(value)
    ))
}

/// All tables.
pub(super) fn grids(it: &Sensitivity<'_>) -> Vec<Grid> {
    let mut grids = vec![one_way(it)];
    if !it.screened.is_empty() {
        grids.push(screened(it));
    }
    grids.extend(it.told_indices().map(|indices| of_indices(it, &indices.of)));
    grids.extend(Some(worth(it)).filter(|grid| !grid.rows.is_empty()));
    grids
}

fn one_way(it: &Sensitivity<'_>) -> Grid {
    let row = |way: &OneWay| {
        let input = &it.inputs[way.input];
        vec![
            input.path.clone(),
            format!("{}: {}", value_of(input, way.ends.0), change(way.low)),
            format!("{}: {}", value_of(input, way.ends.1), change(way.high)),
            input.grade.name().to_owned(),
        ]
    };
    Grid {
        title: format!("One input at a time: change of {}", it.quantity()),
        head: ["input", "at its 10th percentile", "at its 90th percentile", "grade"].map(str::to_owned).to_vec(),
        rows: it.one_way.iter().map(row).collect(),
        note: format!(
            "From {} with all inputs as written; 95% intervals of the change under the same luck.",
            interval(it.base)
        ),
    }
}

fn screened(it: &Sensitivity<'_>) -> Grid {
    let mut order: Vec<usize> = (0..it.screened.len()).collect();
    order.sort_by(|a, b| it.screened[*b].mu_star.total_cmp(&it.screened[*a].mu_star).then(a.cmp(b)));
    let row = |nth: &usize| {
        let effect = &it.screened[*nth];
        let figures = Figures::new(effect.mu_star_interval.low.max(0.0), effect.mu_star, effect.mu_star_interval.high);
        vec![
            it.inputs[*nth].path.clone(),
            interval(figures),
            interval(Figures::exact(effect.mu)),
            interval(Figures::exact(effect.sigma)),
        ]
    };
    Grid {
        title: format!("All inputs moved together (Morris): {}", it.quantity()),
        head: ["input", "mean size of its effect", "mean effect", "spread of effects"].map(str::to_owned).to_vec(),
        rows: order.iter().map(row).collect(),
        note: format!(
            "Effects for a whole range of the input, along {} random paths. A spread as large as the size means that the effect bends or hangs on other inputs.",
            it.trajectories
        ),
    }
}

fn of_indices(it: &Sensitivity<'_>, of: &[SobolIndices]) -> Grid {
    let told = |value: f64, interval: Interval| percent_interval(Figures::new(interval.low, value, interval.high));
    let mut order: Vec<usize> = (0..of.len()).collect();
    order.sort_by(|a, b| of[*b].total.total_cmp(&of[*a].total).then(a.cmp(b)));
    let row = |nth: &usize| {
        let index = &of[*nth];
        vec![
            it.inputs[it.kept[*nth]].path.clone(),
            told(index.first, index.first_interval),
            told(index.total, index.total_interval),
        ]
    };
    let left = it.inputs.len() - it.kept.len();
    Grid {
        title: "Shares of the doubt about the answer (Sobol)".to_owned(),
        head: ["input", "alone", "with all its interactions"].map(str::to_owned).to_vec(),
        rows: order.iter().map(row).collect(),
        note: match left {
            0 => "With 95% bootstrap intervals; luck taken out.".to_owned(),
            n => format!(
                "With 95% bootstrap intervals; luck taken out. {} that were not kept for this stayed as written.",
                crate::report::counted(n as u64, "input", "inputs")
            ),
        },
    }
}

fn worth(it: &Sensitivity<'_>) -> Grid {
    let worth = it.by_value.as_ref().map_or(Vec::new(), |by_value| by_value.worth_asking());
    let row = |(name, figures): &(String, Figures)| vec![name.clone(), crate::chart::number::euro_interval(*figures)];
    Grid {
        title: "Which fact is worth asking for".to_owned(),
        head: ["input", "worth of knowing it before choosing (EVPPI)"].map(str::to_owned).to_vec(),
        rows: worth.iter().map(row).collect(),
        note: "For one decision; other inputs and luck taken out. Inputs that are not listed are not shown to be worth anything."
            .to_owned(),
    }
}

/// How it is to be read.
pub(super) fn notes(it: &Sensitivity<'_>) -> Vec<String> {
    let mut notes = vec![
        format!(
            "The answer is what {} averts against {} under the same luck: an input that moves both alike does not matter here.",
            it.option_name(),
            it.reference_name()
        ),
        "One way: each input at the 10th and 90th percentile of its range, all others as written. Together: the whole ranges, ends included."
            .to_owned(),
    ];
    if !it.screened.is_empty() {
        notes.push("Screening: effects are of averages over a few runs, the same luck at all points; an input that only shuffles luck has an effect too.".to_owned());
    }
    if let Some(indices) = &it.indices {
        notes.push(format!(
            "Indices from {} base points, {} replications each, the same luck at all points of a base point; {} of the variance between base points was luck that the replications leave, and is taken out.",
            count(indices.base_points as u64),
            count(indices.replications as u64),
            percent(indices.noise)
        ));
    }
    if it.by_value.is_none() {
        notes.push("What knowing an input is worth was not estimated: that takes world draws (--draws W).".to_owned());
    }
    notes.extend(not_used(it.brief.study));
    notes
}

/// A change with its sign.
fn change(figures: Figures) -> String {
    if figures.mid == 0.0 && figures.is_exact() { "no change".to_owned() } else { interval(figures) }
}

/// Figures of what is averted, with their unit.
fn with_unit(it: &Sensitivity<'_>, figures: Figures) -> String {
    let figures = if figures.is_finite() { interval(figures) } else { interval(Figures::exact(figures.mid)) };
    format!("{figures} {}", it.unit()).trim_end().to_owned()
}
