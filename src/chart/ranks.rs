//! The place of each option under each assumption: a line that rises where it does better than the others.

use crate::chart::area::Area;
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::theme::{self, BODY, GRID, Ink, MARGIN, MUTED, OTHERS, SMALL, WHITE, WIDTH};
use crate::chart::{Chart, Frame};

/// Places of options under several assumptions.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranks {
    /// Title and conditions.
    pub frame: Frame,
    /// Names of the assumptions, from left to right.
    pub columns: Vec<String>,
    /// One line for each option.
    pub lines: Vec<Line>,
}

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name.
    pub option: String,
    /// Its place under each assumption, 1 at the top. No two options have the same place under one assumption; where
    /// they do all the same, they are moved down one by one.
    pub places: Vec<usize>,
    /// Its rank under each assumption as it is to be read, such as `1=` for a shared one.
    pub labels: Vec<String>,
}

const ROW: f64 = 38.0;
const NAMES: f64 = 176.0;
/// Half of a dot's height.
const DOT: f64 = 12.0;
const LINE: f64 = 16.0;
const HEAD_LINES: usize = 3;
/// More columns would be too narrow for their dots.
const MOST: usize = 12;

impl Ranks {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let columns = self.lines.iter().map(|line| line.places.len()).max().unwrap_or(0).min(self.columns.len());
        if columns == 0 {
            let remark = "There is no place to show.";
            return self.frame.chart(120.0, remark, &[], |canvas, area| canvas.remark(area, remark));
        }
        let shown = columns.min(MOST);
        let rows = self.rows(shown);
        let notes = self.notes(columns, shown, &rows);
        let (x0, x1) = (MARGIN + NAMES + 2.0 * DOT, WIDTH - MARGIN - NAMES - 2.0 * DOT);
        let (first, step) = if shown > 1 { (x0, (x1 - x0) / (shown - 1) as f64) } else { ((x0 + x1) / 2.0, 200.0) };
        let at = |column: usize, row: usize| (first + step * column as f64, ROW * (row as f64 + 0.5));
        let heads = self.columns.iter().take(shown);
        let room = (step - 10.0).min(180.0);
        let heads: Vec<Vec<String>> =
            heads.map(|name| font::wrap(&clean(name), SMALL, false, room, HEAD_LINES)).collect();
        let top = LINE * heads.iter().map(Vec::len).max().unwrap_or(0) as f64 + 8.0;
        let deepest = rows.iter().flatten().flatten().max().map_or(1, |row| row + 1);
        self.frame.chart(top + ROW * deepest as f64, &self.words(), &notes, |canvas, area| {
            let level = area.y0 + top;
            for (column, head) in heads.iter().enumerate() {
                let x = at(column, 0).0;
                canvas.line(&[(x, level), (x, area.y1)], GRID, 1.0);
                for (nth, line) in head.iter().rev().enumerate() {
                    let y = level - 10.0 - LINE * nth as f64;
                    canvas.text(x, y, line, Type::regular(SMALL, MUTED), Anchor::Middle);
                }
            }
            let points: Vec<Vec<Option<(f64, f64)>>> = rows
                .iter()
                .map(|line| {
                    line.iter()
                        .enumerate()
                        .map(|(column, row)| {
                            let (x, y) = at(column, (*row)?);
                            Some((x, y + level))
                        })
                        .collect()
                })
                .collect();
            for (index, line) in points.iter().enumerate().rev() {
                let ink = theme::option(index);
                let runs = line.split(Option::is_none).map(|run| run.iter().flatten().copied().collect::<Vec<_>>());
                for run in runs {
                    canvas.line(&run, WHITE, 5.5);
                    canvas.dashed(&run, ink.mark, if ink == OTHERS { 1.5 } else { 3.0 }, ink.dash);
                }
            }
            for (index, (line, points)) in self.lines.iter().zip(&points).enumerate() {
                let ink = theme::option(index);
                for (column, point) in points.iter().enumerate() {
                    if let Some(point) = point {
                        dot(canvas, *point, &line.label(column), ink, step - 6.0);
                    }
                }
                let kind = Type::bold(BODY, ink.text);
                let name = font::shorten_middle(&clean(&line.option), BODY, true, NAMES - 4.0);
                if let Some(Some((x, y))) = points.first() {
                    canvas.text_mid(x - 2.0 * DOT, *y, &name, kind, Anchor::End);
                }
                if let Some(Some((x, y))) = points.get(shown - 1) {
                    canvas.text_mid(x + 2.0 * DOT, *y, &name, kind, Anchor::Start);
                }
            }
        })
    }

    /// The row of each line in each column. Places that nobody has take no room.
    fn rows(&self, columns: usize) -> Vec<Vec<Option<usize>>> {
        let mut used: Vec<usize> =
            self.lines.iter().flat_map(|line| line.places.iter().take(columns).copied()).collect();
        used.sort_unstable();
        used.dedup();
        let mut rows = vec![vec![None; columns]; self.lines.len()];
        (0..columns).for_each(|column| {
            let there = self.lines.iter().enumerate();
            let mut order: Vec<(usize, usize)> =
                there.filter_map(|(index, line)| Some((*line.places.get(column)?, index))).collect();
            order.sort_unstable();
            let mut free = 0;
            for (place, index) in order {
                let row = used.binary_search(&place).unwrap_or(0).max(free);
                rows[index][column] = Some(row);
                free = row + 1;
            }
        });
        rows
    }

    fn notes(&self, columns: usize, shown: usize, rows: &[Vec<Option<usize>>]) -> Vec<String> {
        let mut notes = vec!["Place 1 is the best.".to_owned()];
        if self.lines.iter().any(|line| line.labels.iter().any(|label| label.contains('='))) {
            notes.push("Places with = are shared: the order within them shows nothing.".to_owned());
        }
        if columns > shown {
            notes.push(format!("Of {columns} assumptions the first {shown} are drawn; the words have them all."));
        }
        let ended = |row: &[Option<usize>]| [row.first(), row.last()].into_iter().flatten().any(Option::is_some);
        let nameless: Vec<&str> =
            self.lines.iter().zip(rows).filter(|(_, row)| !ended(row)).map(|(line, _)| line.option.as_str()).collect();
        if !nameless.is_empty() {
            notes.push(format!(
                "Without a place in the first and the last column, so not named: {}.",
                nameless.join(", ")
            ));
        }
        notes
    }

    fn words(&self) -> String {
        let line = |line: &Line| {
            let places = self.columns.iter().zip(0..line.places.len());
            let places: Vec<String> = places.map(|(name, column)| format!("{name} {}", line.label(column))).collect();
            format!("{}: {}.", line.option, if places.is_empty() { "no place".to_owned() } else { places.join(", ") })
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join(" ")
    }
}

impl Line {
    /// The rank to read, or the bare place where there is none.
    fn label(&self, column: usize) -> String {
        let place = || self.places.get(column).map_or(String::new(), usize::to_string);
        self.labels.get(column).map(|label| clean(label)).filter(|label| !label.is_empty()).unwrap_or_else(place)
    }
}

/// A dot with the rank in it, as wide as the rank asks for.
fn dot(canvas: &Canvas<'_>, (x, y): (f64, f64), label: &str, ink: Ink, room: f64) {
    let kind = Type::bold(SMALL, theme::text_on(ink.mark));
    let text = font::shorten(label, kind.size, kind.bold, (room - 10.0).clamp(12.0, 34.0));
    let half = (kind.width(&text) / 2.0 + 6.0).max(DOT);
    let area = Area::new(x - half, y - DOT, x + half, y + DOT);
    canvas.rounded(area.grown(2.0), DOT + 2.0, WHITE, None);
    canvas.rounded(area, DOT, ink.mark, None);
    canvas.text_mid(x, y, &text, kind, Anchor::Middle);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn places_are_drawn_whatever_they_are() {
        for (_, data) in gallery::ranks() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn every_option_is_named_at_both_ends_and_every_rank_can_be_read() {
        let (_, data) = gallery::ranks().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for line in &data.lines {
            assert_eq!(texts.iter().filter(|text| **text == line.option).count(), 2, "{}", line.option);
        }
        assert_eq!(texts.iter().filter(|text| *text == "1=").count(), 2);
        assert!(chart.alt.contains("audits: as written 1=, ") && chart.alt.contains("are shared"), "{}", chart.alt);
    }

    #[test]
    fn options_at_one_place_are_moved_apart_and_places_of_nobody_take_no_room() {
        let line = |places: &[usize]| Line { option: "x".into(), places: places.to_vec(), labels: vec![] };
        let (_, data) = gallery::ranks().swap_remove(0);
        let lines = vec![line(&[7, 2]), line(&[7]), line(&[usize::MAX, 7])];
        let rows = Ranks { lines, ..data }.rows(2);
        assert_eq!(rows, [[Some(1), Some(0)], [Some(2), None], [Some(3), Some(1)]]);
    }
}
