//! A difference over two inputs at once: which side of zero it lies on, how far, and where that is shown.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::number::figure;
use crate::chart::theme::{self, ABOVE_ZERO, BELOW_ZERO, BODY, MARGIN, MUTED, Rgb, SMALL, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// A difference between two options over a grid of two inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoWay {
    /// Title and conditions; `unit` is the difference's.
    pub frame: Frame,
    /// The input along the horizontal axis, with its unit.
    pub across: String,
    /// The input along the upright axis, with its unit.
    pub up: String,
    /// Values of the horizontal input, rising.
    pub xs: Vec<f64>,
    /// Values of the upright input, rising.
    pub ys: Vec<f64>,
    /// A row for each of `ys`, with a cell for each of `xs`.
    pub cells: Vec<Vec<Cell>>,
    /// Lines along which the difference is zero, as (horizontal, upright) corners.
    pub contour: Vec<Vec<(f64, f64)>>,
    /// The inputs as the document has them, as (horizontal, upright).
    pub written: Option<(f64, f64)>,
    /// What more than zero means: `audits keep more`.
    pub positive_means: String,
    /// What less than zero means: `seal checks keep more`.
    pub negative_means: String,
}

/// The difference where two values meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The difference.
    pub value: f64,
    /// Whether its interval leaves out zero; if not, the cell is hatched.
    pub shown: bool,
}

const PLOT: f64 = 400.0;
const TOP: f64 = 34.0;
const KEY: f64 = 84.0;
/// Shades on each side of zero: fine enough for the eye, coarse enough for neighbours to be drawn as one.
const SHADES: f64 = 16.0;
/// Distance of hatch lines along an axis.
const HATCH: f64 = 9.0;
const BAR: f64 = 200.0;

/// Pixel edges of the cells along one axis, with the place of each among the values given.
type Band = (usize, f64, f64);

impl TwoWay {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let cells = || self.cells.iter().take(self.ys.len()).flat_map(|row| row.iter().take(self.xs.len()));
        let corners = self.contour.iter().flatten().filter(|(x, y)| !x.is_finite() || !y.is_finite()).count();
        let inputs = self.xs.iter().chain(&self.ys).filter(|value| !value.is_finite()).count();
        let mut notes = left_out(corners + inputs + cells().filter(|cell| !cell.value.is_finite()).count());
        let (across, up) = (edges(&self.xs), edges(&self.ys));
        let largest = cells().map(|cell| libm::fabs(cell.value)).filter(|value| value.is_finite()).reduce(f64::max);
        let (Some((left, right)), Some((bottom, top)), Some(largest)) = (ends(&across), ends(&up), largest) else {
            let remark = "There is no difference to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        };
        let (x0, x1) = (MARGIN + 62.0, WIDTH - MARGIN - 4.0);
        let wide = Scale::linear(left, right, x0, x1);
        let written = self.written.filter(|(x, y)| wide.holds(*x) && Scale::linear(bottom, top, 0.0, 1.0).holds(*y));
        if self.written.is_some() && written.is_none() {
            notes.push("The values as written lie outside the picture.".to_owned());
        }
        self.frame.chart(TOP + PLOT + axis::BELOW + KEY, &self.words(), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP, x1, area.y0 + TOP + PLOT);
            let tall = Scale::linear(bottom, top, plot.y1, plot.y0);
            let up_title = font::shorten(&clean(&self.up), SMALL, false, WIDTH - 2.0 * MARGIN);
            axis::left(canvas, plot, &tall, &ticks(&tall, 7, &self.ys), &up_title);
            axis::below(canvas, plot, &wide, &ticks(&wide, 9, &self.xs), &self.across);
            let bands = |edges: &[Band], scale: &Scale| -> Vec<Band> {
                // On whole pixels, so that no seam shows between two.
                let at = |value: f64| libm::round(scale.at(value));
                edges.iter().map(|(i, from, to)| (*i, at(*from), at(*to))).collect()
            };
            let (columns, rows) = (bands(&across, &wide), bands(&up, &tall));
            for row in &rows {
                for (x0, x1, shade) in runs(&columns, |i| Some(tone(self.cell(i, row.0)?.value, largest))) {
                    canvas.rect(Area::new(x0, row.2, x1, row.1), shade);
                }
            }
            let unclear = |row| runs(&columns, |i| self.cell(i, row).filter(|c| !c.shown).map(|_| ()));
            for line in hatches(plot, &rows, unclear) {
                canvas.line(&line, TEXT, 0.75);
            }
            for line in &self.contour {
                for part in line.split(|(x, y)| !x.is_finite() || !y.is_finite()) {
                    let part: Vec<(f64, f64)> = part.iter().map(|(x, y)| (wide.at(*x), tall.at(*y))).collect();
                    canvas.line(&part, WHITE, 5.5);
                    canvas.line(&part, TEXT, 2.5);
                }
            }
            if let Some((x, y)) = written {
                mark(canvas, plot, (wide.at(x), tall.at(y)));
            }
            self.key(canvas, plot.y1 + axis::BELOW, largest);
        })
    }

    /// The cell of column `x` and row `y`, if there is one with a number.
    fn cell(&self, x: usize, y: usize) -> Option<Cell> {
        self.cells.get(y)?.get(x).copied().filter(|cell| cell.value.is_finite())
    }

    /// Both ramps with what they mean, and below what lines and marks are.
    fn key(&self, canvas: &Canvas<'_>, top: f64, largest: f64) {
        let (kind, fine) = (Type::regular(BODY, TEXT), Type::regular(SMALL, MUTED));
        let middle = WIDTH / 2.0;
        let y = top + 16.0;
        for i in -SHADES as i32..SHADES as i32 {
            let at = |i: i32| libm::round(middle + BAR * f64::from(i) / SHADES);
            canvas.rect(Area::new(at(i), y - 8.0, at(i + 1), y + 8.0), tone(f64::from(i) + 0.5, SHADES));
        }
        let room = middle - BAR - 10.0 - MARGIN;
        let side = |means: &str| font::shorten(&clean(means), BODY, false, room);
        canvas.text_mid(middle - BAR - 10.0, y, &side(&self.negative_means), kind, Anchor::End);
        canvas.text_mid(middle + BAR + 10.0, y, &side(&self.positive_means), kind, Anchor::Start);
        for (at, value) in [(-BAR, -largest), (0.0, 0.0), (BAR, largest)] {
            if value != 0.0 || at == 0.0 {
                let sign = if value > 0.0 { "+" } else { "" };
                canvas.text(middle + at, y + 24.0, &format!("{sign}{}", figure(value)), fine, Anchor::Middle);
            }
        }
        let kind = Type::regular(BODY, MUTED);
        let y = top + 64.0;
        let mut x = MARGIN + 8.0;
        if self.cells.iter().flatten().any(|cell| !cell.shown) {
            let swatch = Area::new(x, y - 9.0, x + 36.0, y + 9.0);
            canvas.rect(swatch, ABOVE_ZERO[0]);
            for line in hatches(swatch, &[(0, swatch.y1, swatch.y0)], |_| vec![(swatch.x0, swatch.x1, ())]) {
                canvas.line(&line, TEXT, 0.75);
            }
            x = canvas.text_mid(x + 46.0, y, "hatched: no difference shown", kind, Anchor::Start).x1 + 34.0;
        }
        if self.contour.iter().any(|line| line.len() > 1) {
            canvas.line(&[(x, y), (x + 36.0, y)], TEXT, 2.5);
            canvas.text_mid(x + 46.0, y, "break-even: the difference is zero", kind, Anchor::Start);
        }
    }

    fn words(&self) -> String {
        let all = || {
            self.ys.iter().enumerate().flat_map(|(j, y)| self.xs.iter().enumerate().map(move |(i, x)| (i, j, *x, *y)))
        };
        let there = || all().filter_map(|(i, j, x, y)| Some((self.cell(i, j)?, x, y)));
        let count = |keep: fn(&Cell) -> bool| there().filter(|(cell, ..)| keep(cell)).count();
        let at = |x: f64, y: f64| format!("({}, {})", figure(x), figure(y));
        let told = |end: Option<(Cell, f64, f64)>| {
            end.map_or("none".to_owned(), |(cell, x, y)| format!("{} at {}", figure(cell.value), at(x, y)))
        };
        let order = |a: &(Cell, f64, f64), b: &(Cell, f64, f64)| a.0.value.total_cmp(&b.0.value);
        let written = self.written.map_or(String::new(), |(x, y)| format!(" As written: {}.", at(x, y)));
        format!(
            "Across: {}; up: {}. More than zero: {}; less than zero: {}. Of {} cells, {} show more than zero, {} less \
             and {} no difference. Largest: {}. Smallest: {}.{written}",
            self.across,
            self.up,
            self.positive_means,
            self.negative_means,
            there().count(),
            count(|cell| cell.shown && cell.value > 0.0),
            count(|cell| cell.shown && cell.value < 0.0),
            count(|cell| !cell.shown),
            told(there().max_by(order)),
            told(there().min_by(order)),
        )
    }
}

/// The edges of cells around values: half of the way to each neighbour, and as far beyond the ends. Values that are no
/// numbers, or that came before, have no cell.
fn edges(values: &[f64]) -> Vec<Band> {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().filter(|(_, v)| v.is_finite()).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    order.dedup_by(|later, earlier| later.1 == earlier.1);
    let half = |a: f64, b: f64| (b / 2.0 - a / 2.0).abs();
    let gap = |i: usize| order.get(i).zip(order.get(i + 1)).map(|(a, b)| half(a.1, b.1));
    let alone = order.first().map_or(1.0, |only| if only.1 == 0.0 { 1.0 } else { only.1.abs() / 4.0 });
    let bands = order.iter().enumerate().map(|(i, (index, value))| {
        let (before, after) = (i.checked_sub(1).and_then(gap), gap(i));
        let below = before.or(after).unwrap_or(alone);
        (*index, value - below, value + after.unwrap_or(below))
    });
    bands.collect()
}

/// The ends of an axis, unless they are further apart than numbers can tell.
fn ends(bands: &[Band]) -> Option<(f64, f64)> {
    let (first, last) = (bands.first()?.1, bands.last()?.2);
    (last - first).is_finite().then_some((first, last))
}

/// Round values from the least to the largest that was tried; where none is round, the first.
fn ticks(scale: &Scale, most: usize, values: &[f64]) -> Vec<(f64, String)> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (least, largest) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let room = (largest - least) * 1e-9;
    let mut ticks = axis::ticks_of(scale, most);
    ticks.retain(|(tick, _)| (least - room..=largest + room).contains(tick));
    if ticks.is_empty() {
        ticks.extend(finite().next().map(|value| (value, figure(value))));
    }
    ticks
}

/// The shade of a difference, where `largest` is the largest on either side.
fn tone(value: f64, largest: f64) -> Rgb {
    let part = if largest > 0.0 { libm::fabs(value) / largest } else { 0.0 };
    theme::shade(if value < 0.0 { &BELOW_ZERO } else { &ABOVE_ZERO }, libm::ceil(part * SHADES) / SHADES)
}

/// Neighbouring columns with the same answer as one: left, right and the answer. Columns without one are left out.
fn runs<T: PartialEq + Copy>(columns: &[Band], answer: impl Fn(usize) -> Option<T>) -> Vec<(f64, f64, T)> {
    let mut runs: Vec<(f64, f64, T)> = Vec::new();
    for (index, x0, x1) in columns {
        let Some(found) = answer(*index) else { continue };
        match runs.last_mut() {
            Some((_, end, same)) if *end == *x0 && *same == found => *end = *x1,
            _ => runs.push((*x0, *x1, found)),
        }
    }
    runs
}

/// Slanting lines over the parts of rows that are to be hatched. Each runs on from row to row as far as it can.
fn hatches(plot: Area, rows: &[Band], parts: impl Fn(usize) -> Vec<(f64, f64, ())>) -> Vec<[(f64, f64); 2]> {
    let parts: Vec<Vec<(f64, f64, ())>> = rows.iter().map(|row| parts(row.0)).collect();
    let mut lines: Vec<[(f64, f64); 2]> = Vec::new();
    let count = ((plot.width() + plot.height()) / HATCH) as usize;
    for nth in 1..=count {
        // Along one line x + y is the same. Rows rise, so x does too.
        let sum = plot.x0 + plot.y0 + HATCH * nth as f64;
        let from = lines.len();
        for (row, parts) in rows.iter().zip(&parts) {
            for (left, right, ()) in parts {
                let (x0, x1) = (left.max(sum - row.1), right.min(sum - row.2));
                if x1 <= x0 {
                    continue;
                }
                match lines.get_mut(from..).and_then(<[_]>::last_mut) {
                    Some(last) if libm::fabs(last[1].0 - x0) < 0.01 => last[1] = (x1, sum - x1),
                    _ => lines.push([(x0, sum - x0), (x1, sum - x1)]),
                }
            }
        }
    }
    lines
}

/// A ring with its name beside it, on the side that has the room.
fn mark(canvas: &Canvas<'_>, plot: Area, (x, y): (f64, f64)) {
    let kind = Type::bold(BODY, TEXT);
    let width = kind.width("as written");
    let left = if x + 20.0 + width < plot.x1 { x + 15.0 } else { x - 15.0 - width };
    let middle = y.clamp(plot.y0 + 10.0, plot.y1 - 10.0);
    canvas.tint(Area::new(left - 3.0, middle - 10.0, left + width + 3.0, middle + 10.0), WHITE, 0.9);
    canvas.text_mid(left, middle, "as written", kind, Anchor::Start);
    canvas.ring((x, y), 7.0, TEXT, 2.5);
    canvas.disc((x, y), 2.5, TEXT);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn differences_are_drawn_whatever_the_grid() {
        for (_, data) in gallery::two_ways() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn both_sides_of_zero_are_told_in_the_key_and_in_the_words() {
        let (_, data) = gallery::two_ways().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for part in [&data.positive_means, &data.negative_means] {
            assert!(texts.contains(part) && chart.alt.contains(part), "{part}");
        }
        assert!(texts.contains(&"as written".to_owned()) && chart.alt.contains("Of 273 cells, "), "{}", chart.alt);
    }

    #[test]
    fn cells_reach_half_of_the_way_to_their_neighbours() {
        assert_eq!(edges(&[0.0, 2.0, 6.0]), [(0, -1.0, 1.0), (1, 1.0, 4.0), (2, 4.0, 8.0)]);
        assert_eq!(edges(&[8.0, f64::NAN, 8.0]), [(0, 6.0, 10.0)]);
        assert!(edges(&[]).is_empty());
    }

    #[test]
    fn zero_is_pale_the_ends_are_dark_and_neighbours_of_one_shade_are_one() {
        let ends = [tone(0.0, 2.0), tone(2.0, 2.0), tone(-2.0, 2.0), tone(1.0, 0.0)];
        assert_eq!(ends, [ABOVE_ZERO[0], ABOVE_ZERO[2], BELOW_ZERO[2], ABOVE_ZERO[0]]);
        let columns = [(0, 0.0, 1.0), (1, 1.0, 2.0), (2, 2.0, 3.0), (3, 3.0, 4.0)];
        let answers = [Some(5), Some(5), None, Some(5)];
        assert_eq!(runs(&columns, |i| answers[i]), [(0.0, 2.0, 5), (3.0, 4.0, 5)]);
    }

    #[test]
    fn hatch_lines_run_through_neighbouring_rows_without_a_break() {
        let rows = [(0, 100.0, 50.0), (1, 50.0, 0.0)];
        let all = hatches(Area::new(0.0, 0.0, 100.0, 100.0), &rows, |_| vec![(0.0, 100.0, ())]);
        assert_eq!(all.len(), 22);
        let none = hatches(Area::new(0.0, 0.0, 100.0, 100.0), &rows, |_| Vec::new());
        assert!(none.is_empty());
    }
}
