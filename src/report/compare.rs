//! What `airside compare` leaves: options against the reference, in all worlds, with intervals.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::chart::number::Interval as Figures;
use crate::chart::{Chart, Differences, differences};
use crate::experiment::{Comparison, Doubt, Table};
use crate::measure::{Better, Measure};
use crate::model::{OptionId, World};
use crate::report::findings::{mix_notes, sentences};
use crate::report::many::{bounds, csv_text, in_words, paths, write_runs};
use crate::report::{
    Context, Folder, ReportError, calibration, drawn, html as page, pictures, run::pretty, tables, write_charts,
};
use crate::stats::{NEGLIGIBLE_IN_WORDS, Verdict, difference};

/// Writes the comparison's files, but for the manifest. `measures` are shown in front; the tables hold everything. `more`
/// are charts of other pages in the same folder.
pub(crate) fn write(
    folder: &Folder,
    context: &Context<'_>,
    table: &Table,
    comparison: &Comparison,
    measures: &[Measure],
    more: Vec<Chart>,
) -> Result<(), ReportError> {
    let mut charts = charts(context, table, comparison);
    charts.extend(more);
    write_charts(folder, &charts)?;
    write_runs(folder, context, table)?;
    folder.write("paired.csv", paired_csv(context, comparison).as_bytes())?;
    folder.write("summary.json", pretty(&summary(context, table, comparison)).as_bytes())?;
    let sentences = sentences(context, comparison);
    let lead = sentences.first().cloned().unwrap_or_default();
    let body = body(context, (table, comparison), (&sentences, measures), &charts);
    folder.write("report.html", page::page(context, "Options compared", &lead, &body).as_bytes())?;
    Ok(())
}

/// One JSON object: every option in every world with every measure's mean and interval, and the paired differences.
pub(crate) fn summary(context: &Context<'_>, table: &Table, comparison: &Comparison) -> Value {
    let name = |o: OptionId| context.scenario.options[o.index()].id.clone();
    let mut worlds = Map::new();
    for &world in &table.design().worlds {
        let mut options = Map::new();
        for &option in &table.design().options {
            let mut measures = Map::new();
            for measure in Measure::all() {
                let Some(estimate) = table.estimate(world, option, measure) else {
                    measures.insert(measure.id().into(), json!({"mean": null, "interval": [null, null]}));
                    continue;
                };
                let mut entry = json!({"mean": estimate.middle(), "interval": bounds(&estimate)});
                if let (Some(doubt), Value::Object(e)) = (table.doubt(world, option, measure), &mut entry) {
                    e.insert("doubt".into(), drawn::json(&doubt));
                }
                if let (Some(p), Value::Object(e)) = (comparison.get(world, option, measure), &mut entry) {
                    e.insert("less_than_reference".into(), p.mean.into());
                    e.insert(
                        "less_than_reference_interval".into(),
                        json!([finite(p.adjusted.low), finite(p.adjusted.high)]),
                    );
                }
                if let (Some(d), Value::Object(e)) = (comparison.doubt(world, option, measure), &mut entry) {
                    e.insert("lower_in_draws".into(), d.lower_in.into());
                    e.insert("higher_in_draws".into(), d.higher_in.into());
                    e.insert("less_than_reference_doubt".into(), d.doubt.as_ref().map_or(Value::Null, drawn::json));
                }
                measures.insert(measure.id().into(), entry);
            }
            options.insert(name(option), Value::Object(measures));
        }
        worlds.insert(world.name().into(), Value::Object(options));
    }
    let mut whole = json!({
        "scenario": context.scenario.title,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": context.seed,
        "replications": context.replications,
        "fidelity": context.fidelity.name(),
        "pilots": context.fidelity.pilots(),
        "reference": name(comparison.reference),
        "comparisons_sharing_the_level": comparison.family,
        "model_events": table.model_events(),
        "worlds": worlds,
    });
    if let (true, Value::Object(whole)) = (context.is_drawn(), &mut whole) {
        whole.insert("draws".into(), context.drawn.draws().into());
        whole.insert("drawn_from".into(), paths(context));
    }
    whole
}

fn finite(v: f64) -> Value {
    if v.is_finite() { v.into() } else { Value::Null }
}

fn paired_csv(context: &Context<'_>, comparison: &Comparison) -> String {
    let name = |o: OptionId| csv_text(&context.scenario.options[o.index()].id);
    let mut out = String::from(
        "world,option,reference,measure,unit,n,mean_less_than_reference,sd,ci_low,ci_high,adjusted_low,adjusted_high,level,var_ratio",
    );
    if context.is_drawn() {
        out.push_str(",lower_in_draws,higher_in_draws,doubt_low,doubt_high,variance_of_doubt,variance_of_luck");
    }
    out.push('\n');
    let bound = |v: f64| if v.is_finite() { v.to_string() } else { String::new() };
    for d in &comparison.differences {
        let p = &d.paired;
        out.push_str(&format!(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            d.world.name(),
            name(d.option),
            name(comparison.reference),
            d.measure.id(),
            d.measure.unit(),
            p.n,
            p.mean,
            p.sd,
            bound(p.interval.low),
            bound(p.interval.high),
            bound(p.adjusted.low),
            bound(p.adjusted.high),
            p.interval.level,
            p.variance_ratio.map_or(String::new(), |r| r.to_string()),
        ));
        if let Some(d) = &d.doubt {
            out.push_str(&format!(",{},{}", d.lower_in, d.higher_in));
            match &d.doubt {
                Some(Doubt { range: (low, high), split }) => {
                    out.push_str(&format!(",{low},{high},{},{}", split.between, split.within));
                }
                None => out.push_str(",,,,"),
            }
        }
        out.push('\n');
    }
    out
}

fn charts(context: &Context<'_>, table: &Table, comparison: &Comparison) -> Vec<Chart> {
    let mut charts = Vec::new();
    let usual = [Measure::Shipped, Measure::Burden, Measure::CostTotal, Measure::MeanSojourn];
    let main = context.main_measure;
    for measure in std::iter::once(main).chain(usual.into_iter().filter(|it| *it != main)) {
        charts.extend(difference_chart(context, table, comparison, measure));
    }
    let world = if table.design().worlds.contains(&World::Real) { World::Real } else { World::Innocent };
    charts.extend(pictures::exceedances(context, table, &table.design().options, world));
    charts.extend(calibration::of(context, table, comparison.reference));
    charts
}

pub(crate) fn difference_chart(
    context: &Context<'_>,
    table: &Table,
    comparison: &Comparison,
    measure: Measure,
) -> Option<Chart> {
    let scale = if measure.unit() == "share" { 100.0 } else { 1.0 };
    // Pairs are kept as reference less option. Pictures show option less reference, as the sentences say it: a plus is
    // more than under the reference. From 0, so that no zero gets a sign.
    let turned = |v: f64| 0.0 - v * scale;
    let panel = |world: &World| differences::Panel {
        world: world.name().to_owned(),
        rows: table
            .design()
            .options
            .iter()
            .filter_map(|o| comparison.get(*world, *o, measure).map(|p| (o, p)))
            .map(|(o, p)| {
                let d: Vec<f64> = table
                    .values(*world, comparison.reference, measure)
                    .iter()
                    .zip(table.values(*world, *o, measure))
                    .map(|(r, v)| turned(difference(*r, v)))
                    .collect();
                let spread = crate::stats::Summary::of(&d).map(|s| (s.quantile(0.05), s.quantile(0.95)));
                differences::Row {
                    option: context.scenario.options[o.index()].id.clone(),
                    mean: Figures::new(turned(p.adjusted.high), turned(p.mean), turned(p.adjusted.low)),
                    spread,
                    shows: match p.verdict {
                        Verdict::Lower | Verdict::Higher => differences::Shows::Difference,
                        Verdict::Negligible => differences::Shows::Negligible(NEGLIGIBLE_IN_WORDS),
                        Verdict::NoDifferenceShown => differences::Shows::Nothing,
                        Verdict::ExactlyEqual => differences::Shows::ExactlyEqual,
                    },
                }
            })
            .collect(),
    };
    let panels: Vec<differences::Panel> = table.design().worlds.iter().map(panel).collect();
    let varies = panels.iter().flat_map(|p| &p.rows).any(|r| r.mean.mid != 0.0 && r.mean.is_finite());
    if !varies {
        return None;
    }
    let reference = &context.scenario.options[comparison.reference.index()].id;
    let unit = match measure.unit() {
        "share" => "percentage points",
        "€" => "euro",
        "min" => "minutes",
        other => other,
    };
    let finding = finding(context, table, comparison, measure);
    let mut frame = pictures::frame(
        context,
        &format!("difference-{}", measure.id().replace('_', "-")),
        finding,
        &format!("{} under the option less under {reference}", capitalised(measure.label())),
        unit,
    );
    frame.notes.push(match context.is_drawn() {
        false => format!(
            "The average's interval is at 95%, widened for {} comparisons in a world; of single runs nine in ten are shown. Same luck for every option.",
            comparison.family
        ),
        true => format!(
            "The average's interval is at 95% by world draw, widened for {} comparisons in a world; of single runs nine in ten are shown, doubt and luck together. Same draws and luck for every option.",
            comparison.family
        ),
    });
    if measure == Measure::MeanSojourn {
        frame.notes.extend(mix_notes(context, table, comparison, focus(table, measure)));
    }
    if measure != context.main_measure {
        frame.notes.push(format!("Exploratory: the main measure is {}.", context.main_measure.label()));
    }
    let better =
        if measure.better() == Better::Higher { differences::Better::Right } else { differences::Better::Left };
    Some(Differences { frame, reference: reference.clone(), unit: unit.to_owned(), better, panels }.chart())
}

/// The world in which a measure matters most, of those that were run.
fn focus(table: &Table, measure: Measure) -> World {
    let asked = if measure == Measure::Burden { World::Innocent } else { World::Real };
    let worlds = &table.design().worlds;
    if worlds.contains(&asked) { asked } else { worlds[0] }
}

/// What the chart of a measure shows in the world in which it matters most.
fn finding(context: &Context<'_>, table: &Table, comparison: &Comparison, measure: Measure) -> String {
    let design = table.design();
    let world = focus(table, measure);
    let most = |verdict: Verdict| {
        let of = |o: &OptionId| {
            comparison.get(world, *o, measure).filter(|p| p.verdict == verdict).map(|p| (p.mean.abs(), *o))
        };
        design.options.iter().filter_map(of).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, o)| o)
    };
    let (label, world) = (measure.label(), world.name());
    let id = |o: OptionId| &context.scenario.options[o.index()].id;
    match (most(Verdict::Lower), most(Verdict::Higher)) {
        (Some(o), _) => format!("In the {world} world, {} lowers {label} the most", id(o)),
        (None, Some(o)) => format!("In the {world} world, {} raises {label} the most, and none lowers it", id(o)),
        (None, None) => format!("In the {world} world, no option is shown to change {label}"),
    }
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn body(
    context: &Context<'_>,
    (table, comparison): (&Table, &Comparison),
    (sentences, measures): (&[String], &[Measure]),
    charts: &[Chart],
) -> Markup {
    html! {
        section {
            h2 { "Findings" }
            ul { @for s in sentences.iter().skip(1) { li { (s) } } }
        }
        @for &world in &table.design().worlds {
            section {
                h2 { (capitalised(world.name())) " world" }
                p.minor { (meaning(world)) }
                (world_table(context, table, world, measures))
                @for note in mix_notes(context, table, comparison, world) { p.minor { (note) } }
            }
        }
        section {
            h2 { "Pictures" }
            @for c in charts {
                (page::figure(c))
                @if c.name == calibration::NAME { p.minor { (calibration::MEANING) } }
            }
        }
    }
}

fn meaning(world: World) -> &'static str {
    match world {
        World::Real => "The campaign runs through the suspected operator.",
        World::Innocent => "There is no campaign: whatever is done, is done to operators that take no part.",
        World::Elsewhere => "The same campaign, with the same luck, runs through another operator.",
    }
}

fn world_table(context: &Context<'_>, table: &Table, world: World, measures: &[Measure]) -> Markup {
    let options = &table.design().options;
    html! {
        div.table { table {
            thead { tr { th { "measure" } @for o in options { th { (context.scenario.options[o.index()].id) } } } }
            tbody { @for m in measures.iter().copied().filter(|m| tables::applies(context.scenario, *m)) {
                tr {
                    td title=(m.definition()) { (m.label()) }
                    @for o in options { td {
                        (table.estimate(world, *o, m).map_or(tables::lacking(m).to_owned(), |e| in_words(m, &e)))
                        @if let Some(doubt) = table.doubt(world, *o, m).and_then(|it| drawn::in_words(m, &it)) {
                            br; span.minor { (doubt) }
                        }
                    } }
                }
            } }
        } }
        @if table.design().draws > 0 {
            p.minor { "Mean over the world draws with its 95% interval, cut where the measure itself ends. Below: doubt about the inputs." }
        } @else {
            p.minor { "Mean over the runs with its 95% interval, cut where the measure itself ends." }
        }
    }
}
