//! A page in blocks, so that HTML and Markdown say the same.

use maud::{Markup, html};

use crate::chart::Chart;
use crate::report::brief::Brief;
use crate::report::html::{Sheet, figure, sheet};
use crate::report::{CAVEAT, Context, counted};

/// A piece of a page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Heading(String),
    Text(String),
    Bullets(Vec<String>),
    Table(Grid),
    Figure(Chart),
}

/// A table: a line that says what it shows, a head, and rows of the same length.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The brief as a page that stands on its own.
pub(super) fn page(brief: &Brief<'_>, front: &[Block], annex: &[Block]) -> String {
    let study = brief.study;
    let body = html! {
        section.front { @for block in front { (block.html()) } }
        section.annex { h2 { "Annex" } @for block in annex { (block.html()) } }
    };
    let around = Sheet {
        title: &study.title,
        heading: "Brief",
        label: study.handling.label(),
        lead: "",
        seed: brief.context.seed,
    };
    sheet(&around, &[html! { (conditions(brief)) }], &body)
}

/// The brief as Markdown.
pub(super) fn markdown(brief: &Brief<'_>, front: &[Block], annex: &[Block]) -> String {
    let mut out = format!(
        "# {}\n\n{}\n\n{}\n",
        escaped(&brief.study.title),
        brief.study.handling.label(),
        escaped(&conditions(brief))
    );
    front.iter().for_each(|block| block.markdown(&mut out));
    out.push_str("\n## Annex\n");
    annex.iter().for_each(|block| block.markdown(&mut out));
    out
}

/// Under which conditions all of it holds.
fn conditions(brief: &Brief<'_>) -> String {
    let context: &Context<'_> = brief.context;
    let study = brief.study;
    let payers: Vec<&str> = study.perspective.iter().map(|payer| payer.name()).collect();
    let prices = study.price_year.map_or(String::new(), |year| format!(" in prices of {year}"));
    let discount = match study.discount_rate {
        0.0 => String::new(),
        rate => format!(", discounted at {} a year to day 0", crate::chart::number::percent(rate)),
    };
    format!(
        "{} · {} · story of {} · costs to {}{prices}{discount} · seed {} · {} · scenario {} · airside {} · {CAVEAT}",
        context.scenario.title,
        context.setting,
        counted(context.scenario.calendar.horizon.days().round() as u64, "day", "days"),
        if payers.len() == crate::model::Payer::ALL.len() { "everybody".to_owned() } else { payers.join(", ") },
        context.seed,
        context.runs_in_words(),
        context.digest,
        env!("CARGO_PKG_VERSION"),
    )
}

impl Block {
    fn html(&self) -> Markup {
        match self {
            Block::Heading(text) => html! { h3 { (text) } },
            Block::Text(text) => html! { p { (text) } },
            Block::Bullets(items) => html! { ul { @for item in items { li { (item) } } } },
            Block::Table(grid) => html! {
                p.minor { (grid.caption) }
                div.table { table {
                    thead { tr { @for cell in &grid.head { th { (cell) } } } }
                    tbody { @for row in &grid.rows { tr { @for cell in row { td { (cell) } } } } }
                } }
            },
            Block::Figure(chart) => figure(chart),
        }
    }

    fn markdown(&self, out: &mut String) {
        let text = match self {
            Block::Heading(text) => format!("\n### {}\n", escaped(text)),
            Block::Text(text) => format!("\n{}\n", escaped(text)),
            Block::Bullets(items) => {
                format!("\n{}", items.iter().map(|item| format!("- {}\n", escaped(item))).collect::<String>())
            }
            Block::Table(grid) => {
                let line = |cells: &[String]| {
                    format!("| {} |\n", cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "))
                };
                let rule = format!("| {} |\n", vec!["---"; grid.head.len()].join(" | "));
                let rows: String = grid.rows.iter().map(|row| line(row)).collect();
                format!("\n{}\n\n{}{rule}{rows}", escaped(&grid.caption), line(&grid.head))
            }
            Block::Figure(chart) => format!("\n![{}](charts/{}.svg)\n", escaped(&chart.alt), chart.name),
        };
        out.push_str(&text);
    }
}

/// Text in which no character means something to Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '<' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
