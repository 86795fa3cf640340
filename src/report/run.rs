//! What `airside run` leaves: one story, or a table of many.

use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::chart::Chart;
use crate::chart::number::percent;
use crate::measure::{Measure, Outcome, Sojourns, Story};
use crate::model::{Scenario, World};
use crate::report::narrative::{self, Line};
use crate::report::{Context, Folder, Manifest, ReportError, html as page, pictures, records, tables, write_charts};

/// Writes a single run's files.
pub(crate) fn write_story(
    folder: &Folder,
    context: &Context<'_>,
    manifest: &Manifest,
    told: &Told<'_>,
) -> Result<(), ReportError> {
    let charts = pictures::of_run(context, told.story, told.outcome, told.sojourns);
    write_charts(folder, &charts)?;
    folder.write("records.jsonl", records::lines(context.scenario, told.story).as_bytes())?;
    folder.write("summary.json", pretty(&summary(context, told.outcome)).as_bytes())?;
    let lead = finding(context.scenario, told.world, told.outcome);
    let body = body(context, told, &charts);
    folder.write("report.html", page::page(context, "One run", &lead, &body).as_bytes())?;
    folder.write("manifest.json", manifest.json().as_bytes())?;
    Ok(())
}

/// A run and what it came to.
pub(crate) struct Told<'r> {
    pub(crate) world: World,
    pub(crate) story: &'r Story,
    pub(crate) outcome: &'r Outcome,
    pub(crate) sojourns: &'r Sojourns,
}

/// The measures of one run as a JSON object: seed, model events, and every measure. Times that the horizon cut off are
/// null, and so are those of goods if none left.
pub(crate) fn summary(context: &Context<'_>, outcome: &Outcome) -> Value {
    let mut object = Map::new();
    object.insert("scenario".into(), context.scenario.title.clone().into());
    object.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    object.insert("seed".into(), context.seed.into());
    object.insert("replications".into(), context.replications.into());
    object.insert("setting".into(), context.setting.clone().into());
    object.insert("model_events".into(), outcome.model_events.into());
    for measure in Measure::all() {
        let none = outcome.is_censored(measure) || outcome.lacks(measure);
        let value = if none { Value::Null } else { outcome.get(measure).into() };
        object.insert(measure.id().into(), value);
    }
    Value::Object(object)
}

pub(crate) fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The run in two sentences.
pub(crate) fn finding(scenario: &Scenario, world: World, outcome: &Outcome) -> String {
    if scenario.campaign.is_none() && scenario.desk.is_none() {
        if outcome.lacks(Measure::MeanSojourn) {
            return "No goods left the hub.".to_owned();
        }
        return format!(
            "Goods stayed {:.0} minutes on average; {} left the hub.",
            outcome.get(Measure::MeanSojourn),
            super::counted(outcome.get(Measure::Throughput) as u64, "consignment", "consignments")
        );
    }
    let known = percent(outcome.get(Measure::CatalogueShare));
    let shipped = super::counted(outcome.get(Measure::Shipped) as u64, "altered consignment", "altered consignments");
    let gained = match world {
        World::Innocent => "Nothing was going on.".to_owned(),
        World::Real | World::Elsewhere => {
            format!("In this one run, {known} of the catalogue was known at the end and {shipped} left the hub.")
        }
    };
    let named = match (outcome.get(Measure::Attributed) > 0.0, outcome.get(Measure::WronglyAttributed) > 0.0) {
        (true, false) => "The desk named the right operator.",
        (true, true) => "The desk named the right operator, and a wrong one.",
        (false, true) => "The desk named an operator that takes no part.",
        (false, false) => "The desk named nobody.",
    };
    format!("{gained} {named}")
}

fn body(context: &Context<'_>, told: &Told<'_>, charts: &[Chart]) -> Markup {
    let scenario = context.scenario;
    let lines = narrative::tell(scenario, told.story);
    html! {
        section {
            h2 { "The run at a glance" }
            p { "One run is one story: what could have happened, not what to expect. For that, run many (" code { "--replications" } ") or compare the options." }
            (measures(scenario, told.outcome))
        }
        section {
            h2 { "Pictures" }
            @for chart in charts { (page::figure(chart)) }
        }
        @if !lines.is_empty() {
            section {
                h2 { "The story" }
                p { "What the campaign does is told here because this is a model. The desk sees signals only, and not whether there is something behind them." }
                (story(scenario, &lines))
            }
        }
    }
}

fn measures(scenario: &Scenario, outcome: &Outcome) -> Markup {
    html! {
        div.table { table {
            @for (title, list) in tables::groups() {
                @let list: Vec<Measure> = list.into_iter().filter(|m| tables::applies(scenario, *m)).collect();
                @if !list.is_empty() {
                    tbody {
                        tr.head { th colspan="3" { (title) } }
                        @for m in list {
                            tr { td { (m.label()) } td.n { (tables::value(outcome, m)) } td.minor { (m.definition()) } }
                        }
                    }
                }
            }
        } }
    }
}

/// At most this many lines of the story on the page; the records hold all.
const MOST_LINES: usize = 400;

fn story(scenario: &Scenario, lines: &[Line]) -> Markup {
    let left_out = lines.len().saturating_sub(MOST_LINES);
    // If not all fit, what turns the story goes first.
    let shown: Vec<&Line> = if left_out == 0 {
        lines.iter().collect()
    } else {
        lines.iter().filter(|l| l.major).take(MOST_LINES).collect()
    };
    html! {
        div.table { table.story {
            thead { tr { th { "date" } th { "day" } th { "who" } th { "what" } } }
            tbody { @for line in &shown {
                tr {
                    td { (scenario.calendar.date(line.at)) }
                    td.n { (line.at.day()) }
                    td { (line.lane.name()) }
                    td class={ "lane-" (line.lane.name()) } { span.minor[!line.major] { (line.text) } }
                }
            } }
        } }
        @if shown.len() < lines.len() {
            p.minor { (lines.len() - shown.len()) " further lines are in " code { "records.jsonl" } "." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    #[test]
    fn where_nothing_left_there_is_no_time_in_the_hub() {
        let text = include_str!("../../scenarios/bench/hub10.scenario.ron");
        let source = crate::document::Source::new("hub10", text.to_owned());
        let (scenario, _) = crate::document::load_scenario(&source, &crate::document::Folder(".".into()));
        let plan = Plan::new(scenario.unwrap()).unwrap();
        // A run that nobody has let begin: nothing has left.
        let outcome = crate::measure::Tally::new(&plan).outcome();
        let context = Context {
            fidelity: crate::experiment::Fidelity::Full,
            scenario: &plan.scenario,
            setting: String::new(),
            seed: 1,
            replications: 1,
            drawn: &crate::experiment::WorldDraws::none(),
            main_measure: crate::measure::Measure::CatalogueShare,
            tolerances: &[],
            digest: String::new(),
        };
        let said = summary(&context, &outcome);
        assert_eq!((&said["mean_sojourn_min"], &said["p95_sojourn_min"]), (&Value::Null, &Value::Null));
        assert_eq!(said["throughput"], 0.0);
        assert_eq!(tables::value(&outcome, Measure::MeanSojourn), "none left");
        assert_eq!(tables::value(&outcome, Measure::LoggedCoverage), "nothing logged");
        assert_eq!(finding(&plan.scenario, World::Innocent, &outcome), "No goods left the hub.");
        let chart = pictures::sojourn(&context, &Sojourns::new());
        assert!(!chart.alt.contains(" 0 minutes"), "{}", chart.alt);
    }
}
