//! A figure for each option in each set of worlds, such as regret: the darker the cell, the larger.

use crate::chart::area::Area;
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::theme::{self, BODY, MARGIN, MORE, MUTED, SMALL, TEXT, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Options against sets of worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Title and conditions.
    pub frame: Frame,
    /// The options, in the order to show.
    pub rows: Vec<Row>,
    /// Names of the columns: `as written`, `seals are forged`.
    pub columns: Vec<String>,
    /// What darker means, with its unit: `darker: more units lost than under the best option`.
    pub scale: String,
}

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Name.
    pub name: String,
    /// Whether this is the option to choose: its name is bold and its cells are framed.
    pub chosen: bool,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// One option in one set of worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Figure that shades the cell; zero or less is the palest.
    pub value: f64,
    /// The figure as it is to be read.
    pub text: String,
}

const ROW: f64 = 40.0;
const NAMES: f64 = 190.0;
/// The widest that a column may be.
const WIDEST: f64 = 150.0;
/// More columns would be too narrow for figures.
const MOST: usize = 20;
const LINE: f64 = 16.0;
const HEAD_LINES: usize = 4;
const KEY: f64 = 46.0;
const BAR: f64 = 150.0;

impl Matrix {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let mut notes = left_out(cells().filter(|cell| !cell.value.is_finite()).count());
        let drawn = || cells().filter(|cell| cell.value.is_finite());
        let Some(most) = drawn().max_by(|a, b| a.value.total_cmp(&b.value)) else {
            let remark = "There is no figure to show.";
            return self.frame.chart(120.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        };
        let columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(self.columns.len());
        let count = columns.min(MOST);
        if columns > MOST {
            notes.push(format!("Of {columns} columns the first {MOST} are drawn; the words have them all."));
        }
        let wide = ((WIDTH - 2.0 * MARGIN - NAMES) / count as f64).min(WIDEST);
        let tight = drawn().any(|cell| fitting(cell, wide).is_none());
        if tight {
            notes.push("Figures that are too wide for their cell are left out; the words have them all.".to_owned());
        }
        let heads: Vec<Vec<String>> = self
            .columns
            .iter()
            .take(MOST)
            .map(|name| font::wrap(&clean(name), SMALL, false, wide - 8.0, HEAD_LINES))
            .collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let top = LINE * lines + 8.0;
        let height = top + ROW * self.rows.len() as f64 + KEY;
        self.frame.chart(height, &self.words(), &notes, |canvas, area| {
            let left = MARGIN + NAMES;
            for (i, head) in heads.iter().enumerate() {
                let x = left + wide * (i as f64 + 0.5);
                for (nth, line) in head.iter().rev().enumerate() {
                    let y = area.y0 + top - 10.0 - LINE * nth as f64;
                    canvas.text(x, y, line, Type::regular(SMALL, MUTED), Anchor::Middle);
                }
            }
            for (nth, row) in self.rows.iter().enumerate() {
                let y = area.y0 + top + ROW * nth as f64;
                name(canvas, y + ROW / 2.0, row);
                for (i, cell) in row.cells.iter().take(MOST).enumerate().filter(|(_, cell)| cell.value.is_finite()) {
                    let x = left + wide * i as f64;
                    let ground = theme::shade(&MORE, part(cell.value, most.value));
                    canvas.rect(Area::new(x + 1.0, y + 1.0, x + wide - 1.0, y + ROW - 1.0), ground);
                    if let Some(kind) = fitting(cell, wide) {
                        let kind = Type { colour: theme::text_on(ground), bold: row.chosen, ..kind };
                        canvas.text_mid(x + wide / 2.0, y + ROW / 2.0, &cell.text, kind, Anchor::Middle);
                    }
                }
            }
            // Frames lie above the cells of the rows below.
            for (nth, _) in self.rows.iter().enumerate().filter(|(_, row)| row.chosen) {
                let y = area.y0 + top + ROW * nth as f64;
                canvas.outline(Area::new(left, y, left + wide * count as f64, y + ROW), TEXT, 2.0);
            }
            self.key(canvas, area.y1 - KEY / 2.0 + 6.0, most);
        })
    }

    /// The ramp from none to the most, and what it means.
    fn key(&self, canvas: &Canvas<'_>, y: f64, most: &Cell) {
        const STEPS: u32 = 30;
        let kind = Type::regular(BODY, MUTED);
        let x0 = canvas.text_mid(MARGIN, y, "0", kind, Anchor::Start).x1 + 8.0;
        for i in 0..STEPS {
            let at = |i: u32| x0 + BAR * f64::from(i) / f64::from(STEPS);
            let shade = theme::shade(&MORE, f64::from(i) / f64::from(STEPS - 1));
            // On to the end, so that no seam shows between two.
            canvas.rect(Area::new(at(i), y - 8.0, x0 + BAR, y + 8.0), shade);
        }
        // Where nothing is more than zero, there is no far end.
        let end = if most.value > 0.0 { font::shorten(&most.text, BODY, false, 160.0) } else { "more".to_owned() };
        let x = canvas.text_mid(x0 + BAR + 8.0, y, &end, kind, Anchor::Start).x1 + 24.0;
        let scale = font::shorten(&clean(&self.scale), BODY, false, WIDTH - MARGIN - x);
        canvas.text_mid(x, y, &scale, kind, Anchor::Start);
    }

    fn words(&self) -> String {
        let cell = |(i, cell): (usize, &Cell)| {
            let column = self.columns.get(i).map_or("", String::as_str);
            format!("{column} {}", if cell.value.is_finite() { &cell.text } else { "not a number" })
        };
        let row = |row: &Row| {
            let cells: Vec<String> = row.cells.iter().enumerate().map(cell).collect();
            format!("{}{}: {}.", row.name, if row.chosen { ", chosen" } else { "" }, cells.join(", "))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!("{}. {}", self.scale, rows.join(" "))
    }
}

/// The share of the largest value, which may itself be zero.
fn part(value: f64, most: f64) -> f64 {
    if most > 0.0 { value / most } else { 0.0 }
}

/// A type in which the cell's text fits its cell, if there is one. Bold is wider, so it is measured.
fn fitting(cell: &Cell, wide: f64) -> Option<Type> {
    [BODY, SMALL].into_iter().map(|size| Type::bold(size, TEXT)).find(|kind| kind.width(&cell.text) <= wide - 6.0)
}

fn name(canvas: &Canvas<'_>, middle: f64, row: &Row) {
    let kind = if row.chosen { Type::bold(BODY, TEXT) } else { Type::regular(BODY, TEXT) };
    let lines = font::balance(&clean(&row.name), BODY, row.chosen, NAMES - 14.0, 2);
    let first = middle - (lines.len() as f64 - 1.0) * 8.5;
    for (i, line) in lines.iter().enumerate() {
        canvas.text_mid(MARGIN, first + 17.0 * i as f64, line, kind, Anchor::Start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::theme::Rgb;
    use crate::chart::{gallery, inspect};

    #[test]
    fn cells_are_drawn_whatever_their_figures_and_number() {
        for (_, data) in gallery::matrices() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn every_cell_shows_its_text_and_the_words_tell_its_column() {
        let (_, data) = gallery::matrices().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for row in &data.rows {
            for (cell, column) in row.cells.iter().zip(&data.columns) {
                assert!(texts.contains(&cell.text), "{}", cell.text);
                assert!(chart.alt.contains(&format!("{column} {}", cell.text)), "{}", chart.alt);
            }
        }
        assert!(chart.alt.contains("audits, chosen: "), "{}", chart.alt);
    }

    #[test]
    fn the_largest_is_the_darkest_and_no_regret_the_palest() {
        assert_eq!([part(0.0, 8.0), part(8.0, 8.0), part(3.0, 0.0)], [0.0, 1.0, 0.0]);
        let (_, data) = gallery::matrices().swap_remove(0);
        let Rgb(r, g, b) = MORE[4];
        assert_eq!(data.chart().svg.matches(&format!("fill=\"#{r:02X}{g:02X}{b:02X}\"")).count(), 2, "cell and key");
    }
}
