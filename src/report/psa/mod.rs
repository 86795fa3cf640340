//! What `airside compare --from` leaves: a table of worlds and options from elsewhere, with what follows from it.

mod analysis;
mod files;
mod pictures;
mod words;

pub(crate) use analysis::{Analysis, Asked, AtValue, Given};
pub(crate) use files::summary;
pub(crate) use pictures::charts;
pub(crate) use words::{grids, notes, sentences};

use maud::html;

use crate::chart::number::{euro, figure};
use crate::chart::{Chart, Frame};
use crate::report::{CAVEAT, Folder, ReportError, html as page, run::pretty, write_charts};

/// How charts of such a table look and what they call things.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// What all of them share; name, finding and measure are each chart's own.
    pub(crate) frame: Frame,
    /// `in euro`.
    pub(crate) money: String,
    /// `one unit`.
    pub(crate) a_unit: String,
    /// `units`.
    pub(crate) units: String,
    /// Whether the money is euro.
    pub(crate) euro: bool,
}

impl Look {
    /// An amount of money.
    fn money(&self, amount: f64) -> String {
        if self.euro { euro(amount) } else { figure(amount) }
    }

    /// `50 k a unit`.
    fn a_value(&self, value: f64) -> String {
        if self.euro { format!("{} for {}", euro(value), self.a_unit) } else { format!("{} a unit", figure(value)) }
    }

    /// Of a table from elsewhere, whose units nobody has named.
    fn of_table(analysis: &Analysis) -> Look {
        Look {
            frame: pictures::template(analysis),
            money: "in the money of the table".to_owned(),
            a_unit: "one unit".to_owned(),
            units: "units".to_owned(),
            euro: false,
        }
    }
}

/// Writes all files.
pub(crate) fn write(folder: &Folder, analysis: &Analysis) -> Result<(), ReportError> {
    let charts = pictures::charts(analysis, &Look::of_table(analysis));
    write_charts(folder, &charts)?;
    for (name, text) in files::tables(analysis) {
        match text {
            Some(text) => folder.write(name, text.as_bytes())?,
            None => folder.leave_out(name)?,
        }
    }
    folder.write("summary.json", pretty(&summary(analysis)).as_bytes())?;
    folder.write("report.html", report(analysis, &charts).as_bytes())?;
    folder.write("manifest.json", pretty(&files::manifest(analysis)).as_bytes())?;
    Ok(())
}

fn report(analysis: &Analysis, charts: &[Chart]) -> String {
    let sentences = sentences(analysis);
    let sheet = page::Sheet {
        title: &analysis.given.name,
        heading: "A table compared",
        label: analysis.given.handling.label(),
        lead: sentences.first().map_or("", String::as_str),
        seed: analysis.seed,
    };
    let conditions = html! {
        (analysis.setting()) " · " (analysis.worlds_in_words()) " · table " (analysis.given.short_digest())
        " · seed " (analysis.seed) " · airside " (env!("CARGO_PKG_VERSION")) " · " (CAVEAT)
    };
    let body = html! {
        section { h2 { "Findings" } ul { @for sentence in sentences.iter().skip(1) { li { (sentence) } } } }
        @for grid in grids(analysis) { (grid.html()) }
        section {
            h2 { "Pictures" }
            @for chart in charts { (page::figure(chart)) }
        }
        section { h2 { "How to read it" } ul { @for note in notes(analysis) { li { (note) } } } }
    };
    page::sheet(&sheet, &[conditions], &body)
}
