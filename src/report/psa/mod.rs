//! What `airside compare --from` leaves: a table of worlds and options from elsewhere, with what follows from it.

mod analysis;
mod files;
mod pictures;
mod words;

pub(crate) use analysis::{Analysis, Asked, Given};
pub(crate) use files::summary;
pub(crate) use words::{Grid, grids, notes, sentences};

use maud::{Markup, html};

use crate::chart::Chart;
use crate::report::{CAVEAT, Folder, ReportError, html as page, run::pretty, write_charts};

/// Writes all files.
pub(crate) fn write(folder: &Folder, analysis: &Analysis) -> Result<(), ReportError> {
    let charts = pictures::charts(analysis);
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
        @for grid in grids(analysis) { (table(&grid)) }
        section {
            h2 { "Pictures" }
            @for chart in charts { (page::figure(chart)) }
        }
        section { h2 { "How to read it" } ul { @for note in notes(analysis) { li { (note) } } } }
    };
    page::sheet(&sheet, &[conditions], &body)
}

fn table(grid: &Grid) -> Markup {
    html! {
        section {
            h2 { (grid.title) }
            div.table { table {
                thead { tr { @for head in &grid.head { th { (head) } } } }
                tbody { @for row in &grid.rows { tr { @for cell in row { td { (cell) } } } } }
            } }
            @if !grid.note.is_empty() { p.minor { (grid.note) } }
        }
    }
}
