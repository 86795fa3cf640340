//! What each input is worth: first-order and total indices, or one figure each, as bars with intervals.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::number::{Interval, euro, euro_interval, interval, percent, percent_interval};
use crate::chart::span::{self, drawable, figures};
use crate::chart::theme::{BODY, Ink, MARGIN, MUTED, OPTIONS, REFERENCE, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// One or two figures for each input.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// What stands along the axis: `share of the outcome's variance`.
    pub across: String,
    /// The inputs, in the order to show.
    pub rows: Vec<Row>,
    /// What the first figure is: `first-order: the input alone`. Used only where there are two.
    pub first_is: String,
    /// What the second figure is: `total: with all its interactions`. Used only where there are two.
    pub total_is: String,
    /// How figures are written.
    pub format: Format,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The input's name.
    pub input: String,
    /// The first figure. If no row has one, each has one bar only.
    pub first: Option<Interval>,
    /// The second figure. Infinite ends are not drawn.
    pub total: Option<Interval>,
}

/// How figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Shares, 0 to 1, in percent.
    Share,
    /// Money.
    Euro,
    /// Plain numbers.
    Number,
}

impl Format {
    pub(crate) fn told(self, value: Interval) -> String {
        match self {
            Format::Share if value.is_exact() => percent(value.mid),
            Format::Share => percent_interval(value),
            Format::Euro => euro_interval(value),
            Format::Number => interval(value),
        }
    }

    fn ticks(self, scale: &Scale) -> Vec<(f64, String)> {
        match self {
            Format::Share => axis::percent_ticks(scale, 5),
            Format::Euro => scale.ticks(5).into_iter().map(|tick| (tick, euro(tick))).collect(),
            Format::Number => axis::ticks_of(scale, 5),
        }
    }
}

const ROW: f64 = 36.0;
const PAIR: f64 = 48.0;
const KEY: f64 = 30.0;
const NAMES: f64 = 210.0;
const MISSING: &str = "not estimated";

/// One of the two figures throughout the chart: how it is read, said and drawn.
struct Series<'a> {
    of: fn(&Row) -> Option<Interval>,
    is: &'a str,
    hollow: bool,
    /// Distance of its bars from the middle of the row, and half of their height.
    lane: (f64, f64),
}

impl Series<'_> {
    fn ink(&self) -> Ink {
        OPTIONS[usize::from(self.hollow)]
    }
}

impl Indices {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let given = || self.rows.iter().flat_map(|row| [row.first, row.total]).flatten();
        let notes = left_out(given().filter(|value| drawable(*value).is_none()).count());
        let series = self.series();
        if series.is_empty() {
            let remark = "There is no input to show.";
            return self.frame.chart(120.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let pair = series.len() > 1;
        let (top, row) = if pair { (KEY, PAIR) } else { (4.0, ROW) };
        let height = top + row * self.rows.len() as f64 + axis::BELOW;
        self.frame.chart(height, &self.words(&series), &notes, |canvas, area| {
            if pair {
                key(canvas, area.y0 + 10.0, &series);
            }
            self.paint(canvas, Area { y0: area.y0 + top, ..area }, row, &series);
        })
    }

    /// The series that any row has.
    fn series(&self) -> Vec<Series<'_>> {
        let first: fn(&Row) -> Option<Interval> = |row| row.first.and_then(drawable);
        let total: fn(&Row) -> Option<Interval> = |row| row.total.and_then(drawable);
        let has = |of: fn(&Row) -> Option<Interval>| self.rows.iter().any(|row| of(row).is_some());
        let one = |of, is| vec![Series { of, is, hollow: false, lane: (0.0, 9.5) }];
        match (has(first), has(total)) {
            (false, false) => Vec::new(),
            (false, true) => one(total, &self.total_is),
            (true, false) => one(first, &self.first_is),
            (true, true) => vec![
                Series { of: first, is: &self.first_is, hollow: false, lane: (-9.5, 7.0) },
                Series { of: total, is: &self.total_is, hollow: true, lane: (9.5, 7.0) },
            ],
        }
    }

    fn told(&self, value: Option<Interval>) -> String {
        value.map_or_else(|| MISSING.to_owned(), |value| self.format.told(value))
    }

    fn words(&self, series: &[Series<'_>]) -> String {
        let figure = |row: &Row, one: &Series<'_>| {
            let told = self.told((one.of)(row));
            if series.len() > 1 { format!("{} {told}", one.is) } else { told }
        };
        let row = |row: &Row| {
            let figures: Vec<String> = series.iter().map(|one| figure(row, one)).collect();
            format!("{}: {}.", row.input, figures.join(", "))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!("{}. {}", self.across, rows.join(" "))
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area, height: f64, series: &[Series<'_>]) {
        let values = || self.rows.iter().flat_map(|row| series.iter().map(|one| (one.of)(row)));
        let kind = Type::regular(BODY, TEXT);
        let widest = values().map(|value| kind.width(&self.told(value))).fold(0.0, f64::max);
        let plot = Area::new(MARGIN + NAMES, area.y0, WIDTH - MARGIN - widest - 18.0, area.y1 - axis::BELOW);
        // From zero on, and below it where sampling has led there.
        let (low, high) = span::range(0.0, values().flatten().flat_map(figures));
        let air = (high - low) * 0.03;
        let from = if low < 0.0 { low - air } else { 0.0 };
        let to = if high > 0.0 || low < 0.0 { high + air } else { 1.0 };
        let scale = Scale::linear(from, to, plot.x0, plot.x1);
        axis::below(canvas, plot, &scale, &self.format.ticks(&scale), &self.across);

        for (nth, row) in self.rows.iter().enumerate() {
            let middle = plot.y0 + height * (nth as f64 + 0.5);
            let lines = font::wrap(&row.input, BODY, false, NAMES - 16.0, 2);
            for (i, line) in lines.iter().enumerate() {
                let y = middle + (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * 17.0;
                canvas.text_mid(MARGIN, y, line, kind, Anchor::Start);
            }
            for one in series {
                let (y, value) = (middle + one.lane.0, (one.of)(row));
                let ink = if value.is_none() || series.len() == 1 { MUTED } else { one.ink().text };
                canvas.text_mid(WIDTH - MARGIN, y, &self.told(value), Type::regular(BODY, ink), Anchor::End);
                let Some(value) = value else { continue };
                let (zero, end) = (scale.at(0.0), scale.at(value.mid));
                let (x0, x1) = (zero.min(end), zero.max(end));
                bar(canvas, Area::new(x0, y - one.lane.1, x1.max(x0 + 1.0), y + one.lane.1), one);
                span::whisker(canvas, &scale, y, value, TEXT);
            }
        }
        let zero = scale.at(0.0);
        canvas.line(&[(zero, plot.y0), (zero, plot.y1)], REFERENCE.mark, 1.5);
    }
}

fn bar(canvas: &Canvas<'_>, area: Area, series: &Series<'_>) {
    if series.hollow {
        canvas.rect(area, WHITE);
        canvas.outline(area, series.ink().mark, 2.0);
    } else {
        canvas.rect(area, series.ink().mark);
    }
}

fn key(canvas: &Canvas<'_>, y: f64, series: &[Series<'_>]) {
    let room = (WIDTH - 2.0 * MARGIN) / series.len() as f64 - 38.0 - 24.0;
    let mut x = MARGIN;
    for one in series {
        bar(canvas, Area::new(x, y - 7.0, x + 30.0, y + 7.0), one);
        let text = font::shorten(one.is, BODY, true, room);
        x = canvas.text_mid(x + 38.0, y, &text, Type::bold(BODY, one.ink().text), Anchor::Start).x1 + 34.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn bars_are_drawn_whatever_their_number_and_sign() {
        for (_, data) in gallery::indices() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn both_figures_stand_beside_their_bars_and_in_the_words() {
        let (_, data) = gallery::indices().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for told in ["41.0% (36.0% to 46.0%)", "52.0% (46.0% to 58.0%)", MISSING, &data.first_is, &data.total_is] {
            assert!(texts.iter().any(|text| text == told), "{told}: {texts:?}");
        }
        let said = format!(
            "Seal check rate: {} 41.0% (36.0% to 46.0%), {} 52.0% (46.0% to 58.0%).",
            data.first_is, data.total_is
        );
        assert!(chart.alt.contains(&said), "{}", chart.alt);
    }

    #[test]
    fn one_figure_has_one_bar_and_no_key() {
        let all = gallery::indices();
        let (_, data) = all.iter().find(|(which, _)| *which == "money").expect("there is one");
        assert_eq!(data.series().len(), 1);
        let texts: Vec<String> = inspect::labels(&data.chart()).into_iter().map(|label| label.text).collect();
        assert!(!texts.contains(&data.total_is), "{texts:?}");
        assert!(texts.iter().any(|text| text.starts_with('€')) && texts.contains(&data.across), "{texts:?}");
    }
}
