//! What `airside compare` leaves: options against the reference, in all worlds, with intervals.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::chart::number::{Interval as Figures, euro};
use crate::chart::{Chart, Differences, differences};
use crate::experiment::{Comparison, MAIN_MEASURE, Table};
use crate::measure::{Better, Measure};
use crate::model::{OptionId, World};
use crate::report::many::{bounds, csv_text, figures, in_words, replications_csv};
use crate::report::{
    Context, Folder, Manifest, ReportError, html as page, pictures, run::pretty, tables, write_charts,
};
use crate::stats::{NEGLIGIBLE_IN_WORDS, Paired, Verdict, difference};

/// What is shown in front; the tables hold everything.
pub(crate) const SHOWN: [Measure; 8] = [
    Measure::CatalogueShare,
    Measure::Shipped,
    Measure::Harm,
    Measure::Attributed,
    Measure::Burden,
    Measure::WrongfulActions,
    Measure::MeanSojourn,
    Measure::CostTotal,
];

/// Writes the comparison's files.
pub(crate) fn write(
    folder: &Folder,
    context: &Context<'_>,
    manifest: &Manifest,
    table: &Table,
    comparison: &Comparison,
) -> Result<(), ReportError> {
    let charts = charts(context, table, comparison);
    write_charts(folder, &charts)?;
    folder.write("replications.csv", replications_csv(context.scenario, table).as_bytes())?;
    folder.write("paired.csv", paired_csv(context, comparison).as_bytes())?;
    folder.write("summary.json", pretty(&summary(context, table, comparison)).as_bytes())?;
    let sentences = sentences(context, comparison);
    let lead = sentences.first().cloned().unwrap_or_default();
    let body = body(context, (table, comparison), &sentences, &charts);
    folder.write("report.html", page::page(context, "Options compared", &lead, &body).as_bytes())?;
    folder.write("manifest.json", manifest.json().as_bytes())?;
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
                if let (Some(p), Value::Object(e)) = (comparison.get(world, option, measure), &mut entry) {
                    e.insert("less_than_reference".into(), p.mean.into());
                    e.insert(
                        "less_than_reference_interval".into(),
                        json!([finite(p.adjusted.low), finite(p.adjusted.high)]),
                    );
                }
                measures.insert(measure.id().into(), entry);
            }
            options.insert(name(option), Value::Object(measures));
        }
        worlds.insert(world.name().into(), Value::Object(options));
    }
    json!({
        "scenario": context.scenario.title,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": context.seed,
        "replications": context.replications,
        "reference": name(comparison.reference),
        "comparisons_sharing_the_level": comparison.family,
        "model_events": table.model_events(),
        "worlds": worlds,
    })
}

fn finite(v: f64) -> Value {
    if v.is_finite() { v.into() } else { Value::Null }
}

fn paired_csv(context: &Context<'_>, comparison: &Comparison) -> String {
    let name = |o: OptionId| csv_text(&context.scenario.options[o.index()].id);
    let mut out = String::from(
        "world,option,reference,measure,unit,n,mean_less_than_reference,sd,ci_low,ci_high,adjusted_low,adjusted_high,level,var_ratio\n",
    );
    let bound = |v: f64| if v.is_finite() { v.to_string() } else { String::new() };
    for d in &comparison.differences {
        let p = &d.paired;
        out.push_str(&format!(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
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
    }
    out
}

/// Findings in hedged sentences, one for each option and world on the main measure, then burden and cost.
pub(crate) fn sentences(context: &Context<'_>, comparison: &Comparison) -> Vec<String> {
    let reference = &context.scenario.options[comparison.reference.index()].id;
    let mut out = vec![
        "Inputs held fixed; not a finding about the world. The intervals below are for sampling error alone."
            .to_owned(),
    ];
    let mut options: Vec<OptionId> = comparison.differences.iter().map(|d| d.option).collect();
    options.dedup();
    options.sort_unstable();
    options.dedup();
    for option in options {
        let id = &context.scenario.options[option.index()].id;
        let mut parts: Vec<String> = Vec::new();
        for world in World::ALL {
            let of = |m| comparison.get(world, option, m);
            let measures: &[Measure] = match world {
                World::Innocent => &[Measure::Burden, Measure::WrongfulActions],
                World::Real | World::Elsewhere => &[MAIN_MEASURE, Measure::Shipped],
            };
            let clauses: Vec<String> = measures.iter().filter_map(|m| of(*m).map(|p| clause(*m, p))).collect();
            if !clauses.is_empty() {
                parts.push(format!("in the {} world it {}", world.name(), clauses.join(" and ")));
            }
        }
        if let Some(p) = comparison.get(World::Innocent, option, Measure::CostTotal) {
            let cost = match p.verdict {
                Verdict::ExactlyEqual => "costs as much as the reference".to_owned(),
                Verdict::Negligible => format!("{NEGLIGIBLE_IN_WORDS} from the reference in total cost"),
                Verdict::NoDifferenceShown => "shows no difference in total cost at this number of runs".to_owned(),
                Verdict::Lower => format!("costs {} less than the reference", euro(p.mean)),
                Verdict::Higher => format!("costs {} more than the reference", euro(-p.mean)),
            };
            parts.push(format!("in the innocent world it {cost}"));
        }
        if !parts.is_empty() {
            out.push(format!("In this model, against {reference}, {id}: {}.", parts.join("; ")));
        }
    }
    out
}

fn clause(measure: Measure, p: &Paired) -> String {
    let label = measure.label();
    let (low, high) = (p.adjusted.low, p.adjusted.high);
    let amount = |sign: f64| {
        let ends = if sign > 0.0 { (low, high) } else { (-high, -low) };
        figures(measure, Figures::new(ends.0, sign * p.mean, ends.1)).replace(" %", " points")
    };
    match p.verdict {
        Verdict::Lower => format!("lowers {label} by {}", amount(1.0)),
        Verdict::Higher => format!("raises {label} by {}", amount(-1.0)),
        Verdict::Negligible => format!("{NEGLIGIBLE_IN_WORDS} in {label}"),
        Verdict::NoDifferenceShown => format!("shows no difference in {label} at this number of runs"),
        Verdict::ExactlyEqual => format!("leaves {label} exactly as it is"),
    }
}

/// For each option that sends goods away: a longer or shorter stay is partly that of other goods.
pub(crate) fn mix_notes(context: &Context<'_>, table: &Table, comparison: &Comparison, world: World) -> Vec<String> {
    let mean = |o, m| table.estimate(world, o, m).map_or(0.0, |e| e.middle());
    let note = |option: &OptionId| {
        let gone = comparison.get(world, *option, Measure::ThroughputLost).map(|p| -p.mean)?;
        let all = mean(comparison.reference, Measure::Throughput);
        mix_note(&context.scenario.options[option.index()].id, gone, all)
    };
    table.design().options.iter().filter_map(note).collect()
}

/// What to say beside the time in the hub under an option that sends `gone` more consignments of `all` away.
fn mix_note(option: &str, gone: f64, all: f64) -> Option<String> {
    let number = |v: f64| crate::chart::number::count(v.abs().round() as u64);
    let way = if gone > 0.0 { "fewer" } else { "more" };
    (gone.abs() >= 0.5).then(|| {
        format!(
            "Mean time in the hub under {option} is partly a change of mix: about {} {way} consignments of {} pass \
             through the hub.",
            number(gone),
            number(all)
        )
    })
}

fn charts(context: &Context<'_>, table: &Table, comparison: &Comparison) -> Vec<Chart> {
    let mut charts = Vec::new();
    for measure in
        [Measure::CatalogueShare, Measure::Shipped, Measure::Burden, Measure::CostTotal, Measure::MeanSojourn]
    {
        charts.extend(difference_chart(context, table, comparison, measure));
    }
    let world = if table.design().worlds.contains(&World::Real) { World::Real } else { World::Innocent };
    charts.extend(pictures::exceedances(context, table, &table.design().options, world));
    charts
}

fn difference_chart(context: &Context<'_>, table: &Table, comparison: &Comparison, measure: Measure) -> Option<Chart> {
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
    frame.notes.push(format!(
        "The average's interval is at 95%, widened for {} comparisons in a world; of single runs nine in ten are shown. Same luck for every option.",
        comparison.family
    ));
    if measure == Measure::MeanSojourn {
        frame.notes.extend(mix_notes(context, table, comparison, focus(table, measure)));
    }
    if measure != MAIN_MEASURE {
        frame.notes.push("Exploratory: the main measure is the catalogue known.".to_owned());
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

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn body(
    context: &Context<'_>,
    (table, comparison): (&Table, &Comparison),
    sentences: &[String],
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
                (world_table(context, table, world))
                @for note in mix_notes(context, table, comparison, world) { p.minor { (note) } }
            }
        }
        section { h2 { "Pictures" } @for c in charts { (page::figure(c)) } }
    }
}

fn meaning(world: World) -> &'static str {
    match world {
        World::Real => "The campaign runs through the suspected operator.",
        World::Innocent => "There is no campaign: whatever is done, is done to operators that take no part.",
        World::Elsewhere => "The same campaign, with the same luck, runs through another operator.",
    }
}

fn world_table(context: &Context<'_>, table: &Table, world: World) -> Markup {
    let options = &table.design().options;
    html! {
        div.table { table {
            thead { tr { th { "measure" } @for o in options { th { (context.scenario.options[o.index()].id) } } } }
            tbody { @for m in SHOWN.into_iter().filter(|m| tables::applies(context.scenario, *m)) {
                tr {
                    td title=(m.definition()) { (m.label()) }
                    @for o in options { td { (table.estimate(world, *o, m).map_or(tables::NONE_LEFT.to_owned(), |e| in_words(m, &e))) } }
                }
            } }
        } }
        p.minor { "Mean over the runs with its 95% interval, cut where the measure itself ends." }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_goods_are_sent_away_the_time_in_the_hub_says_so() {
        let said = mix_note("expel-now", 15_066.4, 51_000.0);
        let want = "Mean time in the hub under expel-now is partly a change of mix: about 15,066 fewer consignments of \
                    51,000 pass through the hub.";
        assert_eq!(said.as_deref(), Some(want));
        assert_eq!(mix_note("look", 0.0, 51_000.0), None);
    }

    #[test]
    fn a_trivial_difference_is_not_told_as_a_finding() {
        let reference = [0.2, 0.3, 0.25];
        let paired = |by: f64| Paired::of(&reference, &reference.map(|v| v - by), 0.95, 1).unwrap();
        let said = |by| clause(Measure::CatalogueShare, &paired(by));
        assert_eq!(said(0.000_000_02), "differs by less than one part in 10,000 in catalogue known");
        assert_eq!(said(0.0), "leaves catalogue known exactly as it is");
        assert!(said(0.1).starts_with("lowers catalogue known by 10"), "{}", said(0.1));
        assert!(said(-0.1).starts_with("raises catalogue known by 10"), "{}", said(-0.1));
    }
}
