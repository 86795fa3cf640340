//! What many runs of one option in one world leave: a table of measures with intervals.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::chart::Chart;
use crate::chart::number::{Interval as Figures, euro_interval, fixed, interval, percent};
use crate::experiment::{Estimate, Table};
use crate::measure::{Measure, Nature};
use crate::model::{OptionId, Scenario, World};
use crate::report::{
    Context, Folder, Manifest, ReportError, drawn, html as page, pictures, rare, run::pretty, tables, write_charts,
};

/// Writes the files of many runs.
pub(crate) fn write(
    folder: &Folder,
    context: &Context<'_>,
    manifest: &Manifest,
    table: &Table,
    (world, option): (World, OptionId),
) -> Result<(), ReportError> {
    let charts: Vec<Chart> = pictures::exceedances(context, table, &[option], world);
    write_charts(folder, &charts)?;
    write_runs(folder, context, table)?;
    folder.write("summary.json", pretty(&summary(context, table, world, option)).as_bytes())?;
    let body = html! {
        section { h2 { "Measures" } (measures(context, table, world, option)) }
        @if !charts.is_empty() { section { h2 { "Pictures" } @for c in &charts { (page::figure(c)) } } }
    };
    let lead = if context.is_drawn() {
        "What this option came to in this world, over many draws of the uncertain inputs and many plays of luck."
    } else {
        "What this option came to in this world, over many plays of luck. Intervals are for the mean and shrink with more runs; the spread is luck and does not."
    };
    folder.write("report.html", page::page(context, "Many runs", lead, &body).as_bytes())?;
    folder.write("manifest.json", manifest.json().as_bytes())?;
    Ok(())
}

/// Means as a JSON object, with the intervals beside them. The mean time in the hub is pooled over all consignments.
pub(crate) fn summary(context: &Context<'_>, table: &Table, world: World, option: OptionId) -> Value {
    let mut object = Map::new();
    object.insert("scenario".into(), context.scenario.title.clone().into());
    object.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    object.insert("seed".into(), context.seed.into());
    object.insert("replications".into(), context.replications.into());
    if context.is_drawn() {
        object.insert("draws".into(), context.drawn.draws().into());
        object.insert("drawn_from".into(), paths(context));
    }
    object.insert("fidelity".into(), context.fidelity.name().into());
    object.insert("pilots".into(), context.fidelity.pilots().into());
    object.insert("setting".into(), context.setting.clone().into());
    object.insert("model_events".into(), table.model_events().into());
    let mut intervals = Map::new();
    for measure in Measure::all() {
        let Some(estimate) = table.estimate(world, option, measure) else {
            object.insert(measure.id().into(), Value::Null);
            continue;
        };
        // Where the event never came there is no time to give; a restricted mean would be the horizon itself.
        let never = matches!(estimate, Estimate::Time { events: 0, .. });
        object.insert(measure.id().into(), if never { Value::Null } else { estimate.middle().into() });
        intervals.insert(measure.id().into(), bounds(&estimate));
    }
    let (sum, count) = table.cell(world, option).fold((0, 0), |(s, n), row| (s + row.sojourn_sum, n + row.sojourns));
    if count > 0 {
        let minutes = sum as f64 / count as f64 / crate::time::MINUTE as f64;
        object.insert(Measure::MeanSojourn.id().into(), minutes.into());
    }
    object.insert("intervals".into(), Value::Object(intervals));
    let too_rare = rare::too_rare(context.scenario, table, world, option);
    if !too_rare.is_empty() {
        object.insert("too_rare_to_count".into(), too_rare.iter().map(|it| it.quantity.id()).collect());
    }
    if context.is_drawn() {
        let doubt = |m: Measure| Some((m.id().to_owned(), drawn::json(&table.doubt(world, option, m)?)));
        object.insert("doubt".into(), Value::Object(Measure::all().filter_map(doubt).collect()));
    }
    Value::Object(object)
}

/// `[low, high]`; a bound that nothing is known about is null.
pub(crate) fn bounds(estimate: &Estimate) -> Value {
    let i = estimate.interval();
    let bound = |b: f64| if b.is_finite() { json!(b) } else { Value::Null };
    json!([bound(i.low), bound(i.high)])
}

/// Paths of the inputs that were drawn.
pub(crate) fn paths(context: &Context<'_>) -> Value {
    context.drawn.ranges().iter().map(|range| range.path.clone()).collect()
}

/// Writes every run, and the values that were drawn.
pub(crate) fn write_runs(folder: &Folder, context: &Context<'_>, table: &Table) -> Result<(), ReportError> {
    folder.write("replications.csv", replications_csv(context.scenario, table).as_bytes())?;
    if context.is_drawn() {
        folder.write("draws.csv", drawn::draws_csv(context.drawn).as_bytes())?;
    } else {
        folder.leave_out("draws.csv")?;
    }
    Ok(())
}

/// One row a run, one column a measure. Times that the horizon cut off are empty, and
/// so are those of goods if none left. Where inputs were drawn, a column names the draw.
pub(crate) fn replications_csv(scenario: &Scenario, table: &Table) -> String {
    let drawn = table.design().draws > 0;
    let each = table.design().replications.max(1) as usize;
    let mut out = String::from(if drawn {
        "world,option,draw,replication,model_events"
    } else {
        "world,option,replication,model_events"
    });
    for measure in Measure::all() {
        out.push(',');
        out.push_str(measure.id());
    }
    out.push('\n');
    for &world in &table.design().worlds {
        for &option in &table.design().options {
            for (r, row) in table.cell(world, option).enumerate() {
                let id = &scenario.options[option.index()].id;
                let run = if drawn { format!("{},{}", r / each, r % each) } else { r.to_string() };
                out.push_str(&format!("{},{},{run},{}", world.name(), csv_text(id), row.model_events));
                for measure in Measure::all() {
                    out.push(',');
                    if !row.is_censored(measure) && !row.lacks(measure) {
                        out.push_str(&row.get(measure).to_string());
                    }
                }
                out.push('\n');
            }
        }
    }
    out
}

/// A field of CSV: quoted where it must be.
pub(crate) fn csv_text(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// Rows for a table: label, estimate with interval, and the spread of single runs.
pub(crate) fn rows(
    scenario: &Scenario,
    table: &Table,
    world: World,
    option: OptionId,
) -> Vec<(&'static str, Vec<Row>)> {
    let row = |measure: Measure| {
        let Some(estimate) = table.estimate(world, option, measure) else {
            let (doubt, spread) = (String::new(), String::new());
            return Some(Row { measure, mean: tables::lacking(measure).to_owned(), doubt, spread });
        };
        let nothing = measure.id().starts_with("cost_") && estimate.middle() == 0.0;
        let doubt =
            table.doubt(world, option, measure).and_then(|it| drawn::in_words(measure, &it)).unwrap_or_default();
        (!nothing).then(|| Row {
            measure,
            mean: in_words(measure, &estimate),
            doubt,
            spread: spread(measure, &estimate),
        })
    };
    tables::groups()
        .into_iter()
        .map(|(title, list)| {
            (title, list.into_iter().filter(|m| tables::applies(scenario, *m)).filter_map(row).collect::<Vec<Row>>())
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

/// A row of the table.
pub(crate) struct Row {
    pub(crate) measure: Measure,
    pub(crate) mean: String,
    /// Empty unless inputs were drawn.
    pub(crate) doubt: String,
    pub(crate) spread: String,
}

/// An estimate with its interval, as people read it.
pub(crate) fn in_words(measure: Measure, estimate: &Estimate) -> String {
    let i = estimate.interval();
    match estimate {
        // No measure is less than nothing, and no share more than all: a t interval does not know that.
        Estimate::Number { mean, .. } => {
            let most = if measure.unit() == "share" { 1.0 } else { f64::INFINITY };
            figures(measure, Figures::new(i.low.max(0.0), *mean, i.high.min(most)))
        }
        Estimate::Share { events: 0, n, .. } => format!("0 of {n} runs; up to {} is compatible", percent(i.high)),
        Estimate::Share { events, n, .. } => {
            format!("{} ({} to {})", percent(*events as f64 / *n as f64), percent(i.low), percent(i.high))
        }
        Estimate::Time { events: 0, n, .. } => format!("in 0 of {n} runs"),
        Estimate::Time { events, n, median, .. } => {
            let median = median.map_or("later than the horizon".to_owned(), |m| format!("day {}", fixed(m.floor(), 0)));
            format!("in {events} of {n} runs; median {median}")
        }
    }
}

/// Figures of a measure in its unit; a mean of one run has no interval.
pub(crate) fn figures(measure: Measure, figures: Figures) -> String {
    if !figures.is_finite() {
        return format!("{} (one run: no interval)", tables::number(measure, figures.mid));
    }
    match measure.unit() {
        "share" => {
            let i = interval(Figures::new(100.0 * figures.low, 100.0 * figures.mid, 100.0 * figures.high));
            format!("{i} %")
        }
        "€" => euro_interval(figures),
        unit => format!("{} {unit}", interval(figures)).trim_end().to_owned(),
    }
}

/// A difference of a measure, in its unit; of shares and probabilities it is in points.
pub(crate) fn difference(measure: Measure, value: Figures) -> String {
    match measure.is_share() {
        true => format!("{} points", interval(Figures::new(100.0 * value.low, 100.0 * value.mid, 100.0 * value.high))),
        false => figures(measure, value),
    }
}

fn spread(measure: Measure, estimate: &Estimate) -> String {
    match (estimate, measure.nature()) {
        (Estimate::Number { spread: (low, high), .. }, Nature::Number) if low != high => {
            format!("{} to {}", tables::number(measure, *low), tables::number(measure, *high))
        }
        _ => String::new(),
    }
}

fn measures(context: &Context<'_>, table: &Table, world: World, option: OptionId) -> Markup {
    let drawn = context.is_drawn();
    html! {
        div.table { table {
            thead { tr { th { "measure" } th { "mean (95% interval)" } @if drawn { th { "doubt" } } th { "nine runs in ten" } } }
            @for (title, rows) in rows(context.scenario, table, world, option) {
                tbody {
                    tr.head { th colspan=(if drawn { "4" } else { "3" }) { (title) } }
                    @for row in rows {
                        tr {
                            td title=(row.measure.definition()) { (row.measure.label()) }
                            td { (row.mean) }
                            @if drawn { td { (row.doubt) } }
                            td.minor { (row.spread) }
                        }
                    }
                }
            }
        } }
    }
}
