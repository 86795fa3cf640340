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

    /// The head and the rows, each of one line or more, with columns as wide as their widest cell. Where that is more than
    /// `most` characters, the widest columns are made narrower and their cells broken between words.
    pub(crate) fn lines(&self, most: usize) -> (Vec<String>, Vec<String>) {
        let mut widths: Vec<usize> = (0..self.head.len())
            .map(|at| self.rows.iter().chain([&self.head]).map(|row| row[at].chars().count()).max().unwrap_or(0))
            .collect();
        while 2 * widths.len() + widths.iter().sum::<usize>() > most {
            let Some(widest) = widths.iter_mut().max().filter(|width| **width > NARROWEST) else { break };
            *widest -= 1;
        }
        let line = |row: &Vec<String>| -> Vec<String> {
            let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, width)| broken(cell, *width)).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            let nth = |n: usize| {
                let parts = cells
                    .iter()
                    .zip(&widths)
                    .map(|(cell, width)| format!("{:<width$}", cell.get(n).map_or("", String::as_str)));
                format!("  {}", parts.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
            };
            (0..height).map(nth).collect()
        };
        (line(&self.head), self.rows.iter().flat_map(line).collect())
    }
}

/// Columns are not made narrower than this.
const NARROWEST: usize = 9;

/// A cell in lines of at most `width` characters, broken between words; a longer word is cut.
fn broken(cell: &str, width: usize) -> Vec<String> {
    if cell.chars().count() <= width {
        return vec![cell.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in cell.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        loop {
            let last = lines.last().map_or(0, |line| line.chars().count());
            let room = width - if last > 0 { last + 1 } else { 0 }.min(width);
            if word.len() <= room {
                break;
            }
            if last > 0 {
                lines.push(String::new());
                continue;
            }
            let rest = word.split_off(room.max(1));
            if let Some(line) = lines.last_mut() {
                line.extend(word);
            }
            lines.push(String::new());
            word = rest;
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(word);
        }
    }
    lines
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
        assert_eq!(grid.lines(80), (vec!["  a     b".to_owned()], vec!["  long  1".to_owned()]));
    }

    #[test]
    fn what_is_too_wide_is_broken_between_words() {
        let grid = Grid {
            title: "t".into(),
            head: vec!["what".into(), "is".into()],
            rows: vec![vec!["seven consignments wait".into(), "an-endless-word-of-no-sense".into()]],
            note: String::new(),
        };
        let (_, rows) = grid.lines(30);
        assert_eq!(rows, ["  seven          an-endless-wo", "  consignments   rd-of-no-sens", "  wait           e"]);
        assert!(rows.iter().all(|line| line.chars().count() <= 30));
    }
}
