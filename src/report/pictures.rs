//! The charts of one run, filled from its story.

use std::collections::BTreeMap;

use crate::chart::number::percent;
use crate::chart::{Chart, Cost, Exceedance, Frame, HubMap, Interval, Marking, Sojourn, Suspicion, Timeline};
use crate::chart::{cost, exceedance, hub_map, sojourn, suspicion, timeline};
use crate::experiment::Table;
use crate::measure::{Measure, Nature, Outcome, Record, Sojourns, Story};
use crate::model::{Handling, Leg, Line, OptionId, Payer, RunBy, Scenario, StationId, TrafficId, World, ZoneId};
use crate::report::Context;
use crate::report::names::counted;
use crate::report::narrative::{self, Lane};
use crate::stats::Summary;

/// All charts of a run.
pub(crate) fn of_run(context: &Context<'_>, story: &Story, outcome: &Outcome, sojourns: &Sojourns) -> Vec<Chart> {
    let mut charts = vec![map(context, story)];
    if context.scenario.desk.is_some() {
        charts.push(timeline(context, story));
        charts.push(suspicion(context, story, outcome));
    }
    charts.push(sojourn(context, sojourns));
    if outcome.get(Measure::CostTotal) != 0.0 {
        charts.push(cost(context, story, outcome));
    }
    charts
}

/// A frame with everything that all charts of a context share.
pub(crate) fn frame(context: &Context<'_>, name: &str, finding: String, measure: &str, unit: &str) -> Frame {
    // Inputs as written need no words on every chart: the page and the terminal say so.
    let notes = if context.is_drawn() { vec![context.inputs_in_words()] } else { Vec::new() };
    Frame {
        name: name.to_owned(),
        finding,
        measure: measure.to_owned(),
        unit: unit.to_owned(),
        setting: context.setting.clone(),
        n: context.runs(),
        n_of: if context.runs() == 1 { "run" } else { "runs" }.to_owned(),
        seed: context.seed,
        scenario: context.scenario.title.clone(),
        digest: context.digest.clone(),
        horizon: counted(context.scenario.calendar.horizon.days().round() as u64, "day", "days"),
        version: format!("airside {}", env!("CARGO_PKG_VERSION")),
        marking: marking(context.scenario.handling),
        notes,
    }
}

pub(super) fn marking(handling: Handling) -> Marking {
    match handling {
        Handling::Clear => Marking::Clear,
        Handling::Green => Marking::Green,
        Handling::Amber => Marking::Amber,
        Handling::AmberStrict => Marking::AmberStrict,
        Handling::Red => Marking::Red,
    }
}

fn map(context: &Context<'_>, story: &Story) -> Chart {
    let s = context.scenario;
    let use_of = |i: usize| story.stations.get(i).map_or(0.0, |w| w.utilisation());
    let busiest = (0..s.stations.len()).max_by(|a, b| use_of(*a).total_cmp(&use_of(*b)));
    let finding = match busiest {
        Some(i) => format!("{} works hardest, at {} of its time", s.stations[i].id, percent(use_of(i))),
        None => "A hub without stations".to_owned(),
    };
    let zones = s.zones.iter().enumerate().map(|(z, zone)| hub_map::Zone {
        name: zone.id.clone(),
        kind: format!("{:?}", zone.kind).to_lowercase(),
        operator: match zone.run_by {
            RunBy::Hub => "the hub".to_owned(),
            RunBy::Operator(o) => s.operators[o.index()].id.clone(),
            RunBy::Outside => "outside".to_owned(),
        },
        at: zone.map,
        stations: s
            .stations
            .iter()
            .enumerate()
            .filter(|(_, st)| st.zone.index() == z)
            .map(|(i, st)| hub_map::Station { name: st.id.clone(), utilisation: use_of(i) })
            .collect(),
    });
    let mut frame =
        frame(context, "hub-map", finding, "Station time in use; flows between zones", "share; consignments a day");
    frame.notes.push("Flows and use of stations are what this run came to, averaged over its days.".to_owned());
    HubMap { frame, zones: zones.collect(), flows: flows(s, story) }.chart()
}

/// Consignments a day between zones, as they went in this run.
fn flows(s: &Scenario, story: &Story) -> Vec<hub_map::Flow> {
    let zone_of = |station: StationId| s.stations[station.index()].zone;
    let exit_of = |traffic: TrafficId| {
        let legs = &s.routes[s.traffic[traffic.index()].route.index()].legs;
        legs.iter().find_map(|leg| if let Leg::Leave(zone) = leg { Some(*zone) } else { None })
    };
    let moves = story.moves.iter().map(|((from, to), n)| (zone_of(*from), zone_of(*to), *n));
    let exits = story.exits.iter().filter_map(|((class, from), n)| Some((zone_of(*from), exit_of(*class)?, *n)));
    let mut counts: BTreeMap<(ZoneId, ZoneId), u64> = BTreeMap::new();
    for (from, to, n) in moves.chain(exits).filter(|(from, to, _)| from != to) {
        *counts.entry((from, to)).or_default() += n;
    }
    let days = s.calendar.horizon.days();
    let flow = |((from, to), n): ((ZoneId, ZoneId), u64)| hub_map::Flow {
        from: from.index(),
        to: to.index(),
        per_day: n as f64 / days,
    };
    counts.into_iter().map(flow).collect()
}

fn timeline(context: &Context<'_>, story: &Story) -> Chart {
    let lines = narrative::tell(context.scenario, story);
    let lane = |lane: Lane| -> Vec<timeline::Moment> {
        let of_lane = lines.iter().filter(|l| l.lane == lane);
        of_lane
            .map(|l| timeline::Moment { day: l.at.days(), until: None, text: l.text.clone(), major: l.major })
            .collect()
    };
    let signals: Vec<timeline::Signal> = story
        .records
        .iter()
        .filter_map(|(at, r)| match r {
            Record::Reported { genuine, .. } => Some(timeline::Signal { day: at.days(), is_true: *genuine }),
            _ => None,
        })
        .collect();
    let genuine = signals.iter().filter(|s| s.is_true).count() as u64;
    let false_ones = signals.len() as u64 - genuine;
    let named = story.records.iter().find_map(|(at, r)| match r {
        Record::Attributed { operator, rightly } => Some((at.day(), *operator, *rightly)),
        _ => None,
    });
    let verdict = match named {
        Some((day, operator, true)) => {
            format!("{} is rightly named on day {day}", context.scenario.operators[operator.index()].id)
        }
        Some((day, operator, false)) => {
            format!("{} is wrongly named on day {day}", context.scenario.operators[operator.index()].id)
        }
        None => "nobody is named".to_owned(),
    };
    let finding = format!(
        "{} among {}; {verdict}",
        counted(genuine, "true signal", "true signals"),
        counted(false_ones, "false alarm", "false alarms")
    );
    let frame = frame(context, "timeline", finding, "What happened, what the desk heard, what was done", "days");
    Timeline {
        frame,
        days: context.scenario.calendar.horizon.days(),
        campaign: lane(Lane::Campaign),
        signals,
        desk: lane(Lane::Desk),
        responses: lane(Lane::Response),
    }
    .chart()
}

fn suspicion(context: &Context<'_>, story: &Story, outcome: &Outcome) -> Chart {
    let s = context.scenario;
    let catalogue = vec![suspicion::Course {
        name: "known".to_owned(),
        points: story.catalogue.iter().map(|(at, share)| (at.days(), *share)).collect(),
    }];
    let beliefs: Vec<suspicion::Course> = story
        .beliefs
        .iter()
        .zip(&s.operators)
        .map(|(course, operator)| suspicion::Course {
            name: operator.id.clone(),
            points: story.catalogue.iter().zip(course).map(|((at, _), b)| (at.days(), *b)).collect(),
        })
        .collect();
    let peak = story
        .beliefs
        .iter()
        .zip(&s.operators)
        .map(|(course, o)| (course.iter().copied().fold(0.0, f64::max), &o.id))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let known = percent(outcome.get(Measure::CatalogueShare));
    let finding = match peak {
        Some((belief, operator)) => {
            format!("{known} of the catalogue is known at the end; belief peaks at {} ({operator})", percent(belief))
        }
        None => format!("{known} of the catalogue is known at the end"),
    };
    let thresholds = s.desk.iter().flat_map(|d| {
        [("watch", d.watches_at), ("investigate", d.investigates_at), ("act", d.acts_at)]
            .map(|(name, p)| suspicion::Threshold { name: name.to_owned(), probability: p.get() })
    });
    let mut frame =
        frame(context, "suspicion", finding, "Catalogue known to the adversary; the desk's belief in misuse", "share");
    frame.notes.push("The desk does not see the upper panel. Its belief is what its own rates make of the signals; with forgetting it is not calibrated.".to_owned());
    Suspicion { frame, days: s.calendar.horizon.days(), catalogue, beliefs, thresholds: thresholds.collect() }.chart()
}

pub(crate) fn sojourn(context: &Context<'_>, sojourns: &Sojourns) -> Chart {
    let (mean, p95) = (sojourns.mean().minutes(), sojourns.quantile(0.95).minutes());
    let mut frame = frame(context, "sojourn", String::new(), "Time from arrival to departure", "minutes");
    (frame.n, frame.n_of) = (sojourns.count(), "consignments".to_owned());
    let minutes = sojourns.by_minute();
    // The histogram ends where all but a thousandth of the goods have left.
    let end = (sojourns.quantile(0.999).minutes().ceil() as usize).clamp(1, minutes.len().max(1));
    let width = [1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 720].into_iter().find(|w| end / w <= 60).unwrap_or(1440);
    let count = |from: usize, to: usize| minutes.iter().take(to).skip(from).map(|n| u64::from(*n)).sum();
    let bins: Vec<sojourn::Bin> = (0..end.div_ceil(width))
        .map(|b| (b * width, (b + 1) * width))
        .map(|(from, to)| sojourn::Bin { from: from as f64, to: to as f64, count: count(from, to) })
        .collect();
    let shown: u64 = bins.iter().map(|b| b.count).sum();
    let beyond = sojourns.count() - shown;
    let mut chart = Sojourn { frame, bins, beyond, mean: Interval::exact(mean), p95: Interval::exact(p95) };
    let (by, unit) = chart.unit();
    let length = |minutes: f64| format!("{:.*} {unit}", usize::from(by > 1.0), minutes / by);
    chart.frame.finding = if sojourns.count() == 0 {
        "No goods left the hub, so there is no stay to tell of".to_owned()
    } else {
        format!("Goods stay {} on average; one in twenty stays longer than {}", length(mean), length(p95))
    };
    chart.chart()
}

fn cost(context: &Context<'_>, story: &Story, outcome: &Outcome) -> Chart {
    let dearest = Line::ALL.into_iter().max_by_key(|l| story.ledger.by_line(*l));
    let total = crate::chart::number::euro(outcome.get(Measure::CostTotal));
    let finding = match dearest {
        Some(line) => format!("{total} in all; most goes to {}", line.name()),
        None => total,
    };
    let payers = Payer::ALL.into_iter().map(|payer| cost::Payer {
        name: payer.name().to_owned(),
        total: Some(Interval::exact(story.ledger.by_payer(payer).as_euro())),
        lines: Line::ALL
            .into_iter()
            .filter(|line| story.ledger.entry(payer, *line) != crate::model::Money::ZERO)
            .map(|line| cost::Line {
                name: line.name().to_owned(),
                amount: Interval::exact(story.ledger.entry(payer, line).as_euro()),
            })
            .collect(),
    });
    let mut frame = frame(context, "cost", finding, "Cost over the horizon by payer and line of the ledger", "euro");
    let nothing = |line: &Line| story.ledger.by_line(*line) == crate::model::Money::ZERO;
    let nothing: Vec<&str> = Line::ALL.into_iter().filter(nothing).map(Line::name).collect();
    if !nothing.is_empty() {
        frame.notes.push(format!("Nothing was spent on: {}.", nothing.join(", ")));
    }
    Cost { frame, payers: payers.filter(|p| !p.lines.is_empty()).collect() }.chart()
}

/// Exceedance curves of what may be lost, for some options in one world.
pub(crate) fn exceedances(context: &Context<'_>, table: &Table, options: &[OptionId], world: World) -> Vec<Chart> {
    let usual = [Measure::CatalogueShare, Measure::Shipped, Measure::CostTotal];
    let tolerated = context.tolerances.iter().map(|it| it.measure);
    let mut wanted: Vec<Measure> = Vec::new();
    for measure in std::iter::once(context.main_measure).chain(tolerated).chain(usual) {
        // Of what happens or not, and of what the horizon cuts off, such a curve says nothing.
        if measure.nature() == Nature::Number && !wanted.contains(&measure) {
            wanted.push(measure);
        }
    }
    wanted.into_iter().filter_map(|measure| exceedance(context, table, (options, world), measure)).collect()
}

/// Factor and unit in which a measure's axis is marked.
fn axis_of(measure: Measure) -> (f64, &'static str) {
    match measure.unit() {
        "share" => (100.0, "percent"),
        "€" => (1.0, "euro"),
        unit => (1.0, unit),
    }
}

fn exceedance(
    context: &Context<'_>,
    table: &Table,
    (options, world): (&[OptionId], World),
    measure: Measure,
) -> Option<Chart> {
    let (scale, unit) = axis_of(measure);
    let mut samples = Vec::new();
    for &option in options {
        samples.push((option, Summary::of(&table.values(world, option, measure))?));
    }
    if samples.iter().any(|(option, _)| table.cell(world, *option).any(|row| row.lacks(measure))) {
        return None;
    }
    // One value for every option: a curve says nothing.
    if samples.iter().all(|(_, sample)| sample.min() == sample.max()) {
        return None;
    }
    // Where the axis begins every run is above, and how sure that is belongs to the band.
    let start = samples.iter().map(|(_, sample)| sample.min()).fold(0.0, f64::min);
    let curve = |(option, sample): &(OptionId, Summary)| {
        let at = |xs: &[f64]| points(table, (world, *option, measure), sample, xs);
        let lead = if sample.min() > start { at(&[start]) } else { Vec::new() };
        let steps = lead.into_iter().chain(at(&values(sample)));
        let step = |p: crate::stats::ExceedancePoint| exceedance::Step {
            value: p.x * scale,
            low: p.band.low,
            probability: p.probability,
            high: p.band.high,
        };
        exceedance::Curve {
            option: context.scenario.options[option.index()].id.clone(),
            reference: *option == context.scenario.compare_with,
            steps: steps.map(step).collect(),
        }
    };
    let curves = samples.iter().map(curve).collect();
    let horizon = counted(context.scenario.calendar.horizon.days().round() as u64, "day", "days");
    let (told, sample) =
        samples.iter().find(|(o, _)| *o == context.scenario.compare_with).or_else(|| samples.first())?;
    let finding = format!(
        "In the {} world, {}: {}",
        world.name(),
        passed(&context.scenario.options[told.index()].id, sample, measure),
        measure.label()
    );
    let mut frame = frame(
        context,
        &format!("exceedance-{}", measure.id().replace('_', "-")),
        finding,
        &format!("Probability that {} is more than x", measure.label()),
        unit,
    );
    frame.notes.push(match context.is_drawn() {
        false => format!("Curves of the {} world. Bands: 95%, pointwise.", world.name()),
        true => format!(
            "Curves of the {} world, doubt and luck together. Bands: 95%, pointwise, by world draw.",
            world.name()
        ),
    });
    let quantity = format!("{} in {horizon}", measure.label());
    let tolerance = context.tolerances.iter().find(|it| it.measure == measure);
    let tolerance = tolerance.map(|it| it.corners.iter().map(|c| (c.value * scale, c.in_at_most)).collect());
    Some(Exceedance { frame, quantity, unit: unit.to_owned(), curves, log_x: false, tolerance }.chart())
}

/// Values at which a curve of world draws is drawn: no chart has room for more.
const MOST_POINTS: usize = 1000;

/// The different values of a sample.
fn values(sample: &Summary) -> Vec<f64> {
    let mut values = sample.sorted().to_vec();
    values.dedup();
    values
}

/// Points of an exceedance curve, with bands of the world draws if there are any.
fn points(
    table: &Table,
    (world, option, measure): (World, OptionId, Measure),
    sample: &Summary,
    xs: &[f64],
) -> Vec<crate::stats::ExceedancePoint> {
    use crate::stats::Exceedance;
    let level = crate::experiment::LEVEL;
    let clusters = if table.in_units(measure) { table.clusters(world, option, measure) } else { None };
    let curve = match clusters {
        None => Exceedance::at(sample, xs, level),
        Some(clusters) => {
            // Whoever has a million runs sees no difference between neighbours.
            let step = xs.len().div_ceil(MOST_POINTS).max(1);
            let last = xs.len().saturating_sub(1);
            let some: Vec<f64> = (0..xs.len()).filter(|i| i % step == 0 || *i == last).map(|i| xs[i]).collect();
            Exceedance::of_clusters(&clusters, &some, level)
        }
    };
    curve.points().to_vec()
}

/// How many runs of an option pass the value that about half of them pass. Counts have ties, so the share is said.
fn passed(option: &str, sample: &Summary, measure: Measure) -> String {
    let unit = measure.unit();
    let figure = |value: f64| match unit {
        "share" => percent(value),
        "€" => crate::chart::number::euro(value),
        "consignments" if value == 1.0 => "1 consignment".to_owned(),
        _ => format!("{} {unit}", crate::chart::number::figure(value)).trim_end().to_owned(),
    };
    // What is printed is rounded unless it is a count.
    let counts = !["share", "€", "h", "min", "day", "subject-days"].contains(&unit);
    let exact = |value: f64| if counts && value.fract() == 0.0 && value < 1e5 { "" } else { "about " };
    let curve = crate::stats::Exceedance::of(sample, crate::experiment::LEVEL);
    match curve.nearest(0.5) {
        Some(p) if sample.min() < sample.max() => {
            let share = percent(p.probability);
            format!("{share} of the runs with {option} end at more than {}{}", exact(p.x), figure(p.x))
        }
        _ => format!("all runs with {option} end at {}{}", exact(sample.min()), figure(sample.min())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_an_exceedance_chart_is_true_of_counts_with_ties() {
        // 51 of 100 runs above 2, 32 above 3.
        let mut counts = vec![2.0; 49];
        counts.extend([3.0; 19]);
        counts.extend([5.0; 32]);
        let said =
            |values: &[f64], measure| passed("as-today", &Summary::of(values).unwrap(), measure).replace('\u{a0}', " ");
        let shipped = |values: &[f64]| said(values, Measure::Shipped);
        assert_eq!(shipped(&counts), "51% of the runs with as-today end at more than 2 consignments");
        assert_eq!(shipped(&[0.0, 0.0, 0.0, 1.0]), "25% of the runs with as-today end at more than 0 consignments");
        assert_eq!(shipped(&[1.0, 1.0]), "all runs with as-today end at 1 consignment");
        assert_eq!(
            said(&[375_801.0, 376_214.0], Measure::CostTotal),
            "50% of the runs with as-today end at more than about €376 k"
        );
    }
}
