//! What a verb about a study has found, the same way for all of them: sentences, tables, pictures, notes and files.

use maud::html;
use serde_json::Value;

use crate::chart::Chart;
use crate::report::{Context, Folder, Grid, ReportError, html as page, run::pretty, write_charts};

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
