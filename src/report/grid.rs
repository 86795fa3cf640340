//! A table of words, for pages and the terminal.

use maud::{Markup, html};

/// Rows under a head, each with as many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) title: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// May be empty.
    pub(crate) note: String,
}

impl Grid {
    /// On a page.
    pub(crate) fn html(&self) -> Markup {
        html! {
            section {
                h2 { (self.title) }
                div.table { table {
                    thead { tr { @for head in &self.head { th { (head) } } } }
                    tbody { @for row in &self.rows { tr { @for cell in row { td { (cell) } } } } }
                } }
                @if !self.note.is_empty() { p.minor { (self.note) } }
            }
        }
    }

    /// The head and the rows with columns as wide as their widest cell.
    pub(crate) fn lines(&self) -> Vec<String> {
        let widths: Vec<usize> = (0..self.head.len())
            .map(|at| self.rows.iter().chain([&self.head]).map(|row| row[at].chars().count()).max().unwrap_or(0))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
        };
        std::iter::once(&self.head).chain(&self.rows).map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let grid = Grid {
            title: "t".into(),
            head: vec!["a".into(), "b".into()],
            rows: vec![vec!["long".into(), "1".into()]],
            note: String::new(),
        };
        assert_eq!(grid.lines(), ["  a     b", "  long  1"]);
    }
}
