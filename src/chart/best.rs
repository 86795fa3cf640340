//! In how many sampled worlds each option does best, beside which one does best on average.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::number::percent;
use crate::chart::theme::{self, BODY, MARGIN, MUTED, REFERENCE, TEXT, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// How often each option does best.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Title and conditions.
    pub frame: Frame,
    /// What is counted: `sampled worlds`.
    pub units: String,
    /// The options, in the order to show.
    pub rows: Vec<Row>,
}

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Name.
    pub option: String,
    /// Share of the units in which it does best, 0 to 1.
    pub share: f64,
    /// Whether its average is the best one.
    pub best_on_average: bool,
    /// Its rank, such as `1=`.
    pub rank: String,
}

const ROW: f64 = 34.0;
const NAMES: f64 = 190.0;
const WORDS: f64 = 262.0;

impl Best {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| row.share.is_finite()).collect();
        let notes = left_out(self.rows.len() - rows.len());
        if rows.is_empty() {
            let remark = "There is no option to show.";
            return self.frame.chart(120.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let words: Vec<String> = rows.iter().map(|row| format!("{}: {};", row.option, self.value(row))).collect();
        let height = ROW * rows.len() as f64 + 6.0 + axis::BELOW;
        self.frame.chart(height, &words.join(" "), &notes, |canvas, area| self.paint(canvas, area, &rows))
    }

    fn value(&self, row: &Row) -> String {
        let average = if row.best_on_average { ", best on average" } else { "" };
        format!("{}, rank {}{average}", percent(row.share), row.rank)
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area, rows: &[&Row]) {
        let plot = Area::new(MARGIN + NAMES, area.y0, WIDTH - MARGIN - WORDS, area.y1 - axis::BELOW);
        let scale = Scale::linear(0.0, 1.0, plot.x0, plot.x1);
        let ticks = axis::percent_ticks(&scale, 5);
        axis::below(canvas, plot, &scale, &ticks, &format!("best in so many of the {}", self.units));
        canvas.line(&[(plot.x0, plot.y0), (plot.x0, plot.y1)], REFERENCE.mark, 1.25);
        for (nth, row) in rows.iter().enumerate() {
            let middle = area.y0 + ROW * (nth as f64 + 0.5);
            let name = font::shorten(&row.option, BODY, row.best_on_average, NAMES - 12.0);
            let kind = if row.best_on_average { Type::bold(BODY, TEXT) } else { Type::regular(BODY, TEXT) };
            canvas.text_mid(MARGIN, middle, &name, kind, Anchor::Start);
            let ink = if row.best_on_average { theme::option(0) } else { REFERENCE };
            let end = scale.at(row.share.clamp(0.0, 1.0)).max(plot.x0 + 1.0);
            canvas.rect(Area::new(plot.x0, middle - 9.0, end, middle + 9.0), ink.mark);
            let kind = if row.best_on_average { Type::bold(BODY, TEXT) } else { Type::regular(BODY, MUTED) };
            canvas.text_mid(plot.x1 + 14.0, middle, &self.value(row), kind, Anchor::Start);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::{gallery, inspect};

    #[test]
    fn shares_are_drawn_whatever_they_are() {
        for (_, data) in gallery::bests() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn the_option_that_is_best_on_average_is_named_beside_its_share() {
        let (_, data) = gallery::bests().swap_remove(0);
        let texts: Vec<String> = inspect::labels(&data.chart()).into_iter().map(|label| label.text).collect();
        assert!(texts.iter().any(|text| text.replace('\u{a0}', " ") == "37%, rank 1=, best on average"), "{texts:?}");
    }
}
