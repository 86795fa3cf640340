//! What a verb about a study has found, the same way for all of them: sentences, tables, pictures, notes and files.

use maud::html;
use serde_json::{Value, json};

use crate::chart::Chart;
use crate::model::Study;
use crate::report::{
    CAVEAT, Context, Folder, Grid, RANDOM_NUMBERS, ReportError, html as page, run::pretty, write_charts,
};

/// Findings, ready to be written and printed.
#[derive(Debug)]
pub(crate) struct Paper {
    /// What kind of findings they are.
    pub(crate) heading: &'static str,
    /// The most important first.
    pub(crate) sentences: Vec<String>,
    pub(crate) grids: Vec<Grid>,
    pub(crate) charts: Vec<Chart>,
    /// How it is to be read.
    pub(crate) notes: Vec<String>,
    /// Tables for other tools by name; `None` for one that there is not this time.
    pub(crate) files: Vec<(&'static str, Option<String>)>,
    /// Everything for machines.
    pub(crate) summary: Value,
}

/// A summary for machines, with what every verb's says of itself.
pub(super) fn headed(context: &Context<'_>, study: &Study, schema: &str, own: Value) -> Value {
    let mut whole = json!({
        "schema": schema,
        "title": study.title,
        "version": env!("CARGO_PKG_VERSION"),
        "random_numbers": RANDOM_NUMBERS,
        "seed": context.seed,
        "fidelity": context.fidelity.name(),
        "draws": context.drawn.draws(),
        "replications": context.replications,
        "measure": study.main_measure.id(),
        "caveat": CAVEAT,
    });
    if let (Value::Object(whole), Value::Object(own)) = (&mut whole, own) {
        whole.extend(own);
    }
    whole
}

/// What a study says and a verb that looks at the scenario as written does not use.
pub(super) fn not_used(study: &Study) -> Option<String> {
    let parts = [
        (!study.world_sets.is_empty(), "world_sets"),
        (study.weights.is_some(), "weights"),
        (study.precision.is_some(), "precision"),
    ];
    let named: Vec<String> = parts.iter().filter(|(is, _)| *is).map(|(_, name)| format!("`{name}`")).collect();
    (!named.is_empty()).then(|| format!("Not used here: the study's {}.", named.join(", ")))
}

impl Paper {
    /// Writes all files but the manifest.
    pub(crate) fn write(&self, folder: &Folder, context: &Context<'_>) -> Result<(), ReportError> {
        write_charts(folder, &self.charts)?;
        for (name, text) in &self.files {
            match text {
                Some(text) => folder.write(name, text.as_bytes())?,
                None => folder.leave_out(name)?,
            }
        }
        folder.write("summary.json", pretty(&self.summary).as_bytes())?;
        let body = html! {
            section { h2 { "Findings" } ul { @for sentence in self.sentences.iter().skip(1) { li { (sentence) } } } }
            @for grid in &self.grids { (grid.html()) }
            section { h2 { "Pictures" } @for chart in &self.charts { (page::figure(chart)) } }
            section { h2 { "How to read it" } ul { @for note in &self.notes { li { (note) } } } }
        };
        let lead = self.sentences.first().map_or("", String::as_str);
        folder.write("report.html", page::page(context, self.heading, lead, &body).as_bytes())?;
        Ok(())
    }
}
