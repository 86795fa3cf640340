//! What a choice costs, line by line of the ledger, under the name of who pays.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::number::{Interval, euro, euro_interval};
use crate::chart::theme::{BODY, FLOW, MARGIN, MUTED, OPTIONS, REFERENCE, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out, span};

/// A ledger by payer.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Title and conditions.
    pub frame: Frame,
    /// Who pays, in the order to show.
    pub payers: Vec<Payer>,
}

/// One who pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    /// Name.
    pub name: String,
    /// Sum of the lines \[€\], if it is to be shown.
    pub total: Option<Interval>,
    /// Ledger lines in the order to show. Those that are exactly zero are named at the foot only.
    pub lines: Vec<Line>,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name.
    pub name: String,
    /// Cost over the horizon \[€\]; negative for money saved or received.
    pub amount: Interval,
}

const ROW: f64 = 27.0;
const HEAD: f64 = 32.0;
const NAMES: f64 = 250.0;

enum Row<'a> {
    Payer(&'a Payer),
    Line(&'a Line),
}

impl Cost {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let lines = || self.payers.iter().flat_map(|payer| &payer.lines);
        let is_zero = |line: &Line| line.amount == Interval::exact(0.0);
        let mut notes = left_out(lines().filter(|line| !line.amount.is_finite()).count());
        let zero: Vec<&str> = lines().filter(|line| is_zero(line)).map(|line| line.name.as_str()).collect();
        if !zero.is_empty() {
            notes.push(format!("Nothing on: {}.", zero.join(", ")));
        }
        let drawn = |line: &&Line| line.amount.is_finite() && !is_zero(line);
        let mut rows = Vec::new();
        for payer in &self.payers {
            let mut shown = payer.lines.iter().filter(drawn).peekable();
            if shown.peek().is_some() {
                rows.push(Row::Payer(payer));
                rows.extend(shown.map(Row::Line));
            }
        }
        if rows.is_empty() {
            let remark = "Nothing was spent and nothing was saved.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let words = rows.iter().map(|row| match row {
            Row::Payer(payer) => format!("{}:", payer.name),
            Row::Line(line) => format!("{} {};", line.name, euro_interval(line.amount)),
        });
        let words = words.collect::<Vec<_>>().join(" ");
        let height: f64 = rows.iter().map(height).sum();
        self.frame.chart(height + 6.0 + axis::BELOW, &words, &notes, |canvas, area| paint(canvas, area, &rows))
    }
}

fn names(line: &Line) -> Vec<String> {
    font::wrap(&line.name, BODY, false, NAMES - 22.0, 2)
}

fn height(row: &Row<'_>) -> f64 {
    match row {
        Row::Payer(_) => HEAD,
        Row::Line(line) => ROW + 14.0 * (names(line).len().max(1) as f64 - 1.0),
    }
}

fn paint(canvas: &Canvas<'_>, area: Area, rows: &[Row<'_>]) {
    let value = |row: &Row<'_>| match row {
        Row::Payer(payer) => payer.total.filter(Interval::is_finite).map_or(String::new(), euro_interval),
        Row::Line(line) => euro_interval(line.amount),
    };
    let amounts = || rows.iter().filter_map(|row| if let Row::Line(line) = row { Some(line.amount) } else { None });
    let low = amounts().map(|a| a.low.min(a.mid)).fold(0.0, f64::min);
    let high = amounts().map(|a| a.high.max(a.mid)).fold(0.0, f64::max);
    let widest = rows.iter().map(|row| Type::bold(BODY, TEXT).width(&value(row))).fold(0.0, f64::max);
    let plot = Area::new(MARGIN + NAMES, area.y0, WIDTH - MARGIN - widest - 18.0, area.y1 - axis::BELOW);
    let room = (high - low) * 0.03;
    let (from, to) = (if low < 0.0 { low - room } else { 0.0 }, if high > 0.0 { high + room } else { 0.0 });
    let scale = Scale::linear(from, to, plot.x0, plot.x1);
    let ticks = scale.ticks(5).into_iter().map(|tick| (tick, euro(tick))).collect::<Vec<_>>();
    let saved = if low < 0.0 { " (left of zero: saved or received)" } else { "" };
    axis::below(canvas, plot, &scale, &ticks, &format!("cost over the horizon, euro{saved}"));

    let zero = scale.at(0.0);
    canvas.line(&[(zero, plot.y0), (zero, plot.y1)], REFERENCE.mark, 1.25);
    let mut y = area.y0;
    for row in rows {
        let right = WIDTH - MARGIN;
        match row {
            Row::Payer(payer) => {
                let kind = Type::bold(BODY, TEXT);
                let name = font::shorten(&payer.name, kind.size, true, NAMES + plot.width() * 0.8);
                let box_ = canvas_label(canvas, MARGIN, y + HEAD - 10.0, &name, kind);
                canvas.line(&[(MARGIN, y + HEAD - 3.0), (box_.x1, y + HEAD - 3.0)], FLOW.mark, 1.5);
                canvas.text(right, y + HEAD - 10.0, &value(row), kind, Anchor::End);
                y += height(row);
            }
            Row::Line(line) => {
                let names = names(line);
                let middle = y + height(row) / 2.0;
                for (i, name) in names.iter().enumerate() {
                    let at = middle + (i as f64 - (names.len() as f64 - 1.0) / 2.0) * 17.0;
                    canvas.text_mid(MARGIN + 10.0, at, name, Type::regular(BODY, TEXT), Anchor::Start);
                }
                bar(canvas, &scale, middle, line.amount);
                canvas.text_mid(right, middle, &value(row), Type::regular(BODY, MUTED), Anchor::End);
                y += height(row);
            }
        }
    }
}

/// Text on white, where grid lines pass.
fn canvas_label(canvas: &Canvas<'_>, x: f64, y: f64, text: &str, kind: Type) -> Area {
    let area = crate::chart::canvas::text_area(x, y, text, kind, Anchor::Start);
    canvas.rect(area.grown(2.0), WHITE);
    canvas.text(x, y, text, kind, Anchor::Start)
}

/// A full bar for cost, a hollow one for what is saved, with a whisker for the interval.
fn bar(canvas: &Canvas<'_>, scale: &Scale, y: f64, amount: Interval) {
    let (zero, end) = (scale.at(0.0), scale.at(amount.mid));
    let area = Area::new(zero.min(end), y - 8.0, zero.max(end).max(zero.min(end) + 1.0), y + 8.0);
    if amount.mid < 0.0 {
        canvas.rect(area, WHITE);
        canvas.outline(area, OPTIONS[0].mark, 1.75);
    } else {
        canvas.rect(area, OPTIONS[0].mark);
    }
    span::whisker(canvas, scale, y, amount, TEXT);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn ledgers_are_drawn_whatever_they_hold() {
        for (_, data) in gallery::costs() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn lines_without_cost_are_named_and_not_drawn() {
        let line = |name: &str, euro| Line { name: name.into(), amount: Interval::exact(euro) };
        let lines = vec![line("Seals", 1_234_000.0), line("Training", 0.0), line("Fines", f64::NAN)];
        let payer = Payer { name: "Handler".into(), total: None, lines };
        let chart = Cost { frame: inspect::frame("cost"), payers: vec![payer] }.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        assert!(texts.iter().any(|text| text == "€1.23\u{a0}M"), "{texts:?}");
        assert!(texts.iter().any(|text| text.contains("Nothing on: Training.") && text.contains("left out")));
        assert!(!texts.iter().any(|text| text == "Training"));
    }
}
