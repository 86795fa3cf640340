//! How far the outcome moves when one input goes from its low to its high end: a bar for each input.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, text_area};
use crate::chart::font;
use crate::chart::number::{Interval, figure, interval};
use crate::chart::span::{self, drawable, figures};
use crate::chart::theme::{BODY, Ink, MARGIN, MUTED, OPTIONS, REFERENCE, SMALL, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Outcomes with one input at a time moved to its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// What stands along the axis: `share of the catalogue that becomes known`.
    pub across: String,
    /// The outcome with all inputs as written.
    pub base: f64,
    /// The inputs, in the order to show.
    pub rows: Vec<Row>,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The input's name.
    pub input: String,
    /// Its value at the low end: `0.2 a day`.
    pub at_low: String,
    /// Its value at the high end.
    pub at_high: String,
    /// The outcome with the input at its low end. Infinite ends are not drawn.
    pub low: Interval,
    /// The outcome with the input at its high end.
    pub high: Interval,
}

const ROW: f64 = 42.0;
const NAMES: f64 = 200.0;
const TOP: f64 = 30.0;
const KEY: f64 = 28.0;
/// The widest that the value at an end may be.
const ROOM: f64 = 120.0;

/// One end of an input.
struct End {
    value: String,
    low: bool,
    outcome: Interval,
    /// Whether its value stands left of the bar.
    left: bool,
}

impl End {
    fn ink(&self) -> Ink {
        OPTIONS[usize::from(!self.low)]
    }
}

impl Tornado {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let drawn: Vec<(&Row, [End; 2])> =
            self.rows.iter().filter_map(|row| Some((row, self.ends(row)?))).filter(|_| self.base.is_finite()).collect();
        let missing = self.rows.iter().filter(|row| self.ends(row).is_none()).count();
        let notes = left_out(missing + usize::from(!self.base.is_finite()));
        if drawn.is_empty() {
            let remark = "There is no input to show.";
            return self.frame.chart(120.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let height = TOP + ROW * drawn.len() as f64 + 4.0 + axis::BELOW + KEY;
        self.frame.chart(height, &self.words(&drawn), &notes, |canvas, area| self.paint(canvas, area, &drawn))
    }

    /// The two ends of a row. Values stand on the sides to which the outcome moves; one that does not move stands
    /// opposite the other.
    fn ends(&self, row: &Row) -> Option<[End; 2]> {
        let (low, high) = (drawable(row.low)?, drawable(row.high)?);
        let side = |outcome: Interval| (outcome.mid != self.base).then_some(outcome.mid < self.base);
        let (left_low, left_high) = match (side(low), side(high)) {
            (None, None) => (true, false),
            (None, Some(high)) => (!high, high),
            (Some(low), None) => (low, !low),
            (Some(low), Some(high)) => (low, high),
        };
        let short = |value: &str| font::shorten(value, SMALL, true, ROOM);
        let end = |value, low, outcome, left| End { value: short(value), low, outcome, left };
        Some([end(&row.at_low, true, low, left_low), end(&row.at_high, false, high, left_high)])
    }

    fn words(&self, rows: &[(&Row, [End; 2])]) -> String {
        let row = |(row, [low, high]): &(&Row, [End; 2])| {
            let (low, high) = (interval(low.outcome), interval(high.outcome));
            format!("{}: {low} at its low end {}, {high} at its high end {}.", row.input, row.at_low, row.at_high)
        };
        let rows: Vec<String> = rows.iter().map(row).collect();
        format!("{}: {} with all inputs as written. {}", self.across, figure(self.base), rows.join(" "))
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area, rows: &[(&Row, [End; 2])]) {
        let ends = || rows.iter().flat_map(|(_, ends)| ends);
        let kind = Type::bold(SMALL, TEXT);
        let widest = |left: bool| {
            ends().filter(|end| end.left == left).map(|end| kind.width(&end.value)).fold(0.0, f64::max) + 12.0
        };
        let bottom = area.y0 + TOP + ROW * rows.len() as f64 + 4.0;
        let plot = Area::new(MARGIN + NAMES + widest(true), area.y0 + TOP, WIDTH - MARGIN - widest(false), bottom);
        let (low, high) = span::range(self.base, ends().flat_map(|end| figures(end.outcome)));
        let air = (high - low) * 0.02;
        let scale = Scale::linear(low - air, high + air, plot.x0, plot.x1);
        axis::below(canvas, plot, &scale, &axis::ticks_of(&scale, 6), &self.across);

        for (nth, (row, ends)) in rows.iter().enumerate() {
            let middle = plot.y0 + ROW * (nth as f64 + 0.5);
            let lines = font::wrap(&row.input, BODY, false, NAMES - 16.0, 2);
            for (i, line) in lines.iter().enumerate() {
                let y = middle + (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * 17.0;
                canvas.text_mid(MARGIN, y, line, Type::regular(BODY, TEXT), Anchor::Start);
            }
            self.row(canvas, &scale, middle, ends);
        }
        let base = scale.at(self.base);
        canvas.line(&[(base, plot.y0 - 4.0), (base, plot.y1)], REFERENCE.mark, 2.0);
        let text = format!("inputs as written: {}", figure(self.base));
        let half = kind.width(&text) / 2.0;
        let centre = base.clamp(MARGIN + half, WIDTH - MARGIN - half);
        canvas.text(centre, plot.y0 - 11.0, &text, Type::bold(SMALL, REFERENCE.text), Anchor::Middle);
        key(canvas, bottom + axis::BELOW + KEY / 2.0);
    }

    /// One bar in two parts; where both ends lie on one side, a bar above the other.
    fn row(&self, canvas: &Canvas<'_>, scale: &Scale, middle: f64, ends: &[End; 2]) {
        let together = ends[0].left == ends[1].left;
        let base = scale.at(self.base);
        let reach = |end: &End| {
            let [low, mid, high] = figures(end.outcome).map(|value| scale.at(value));
            (low.min(mid).min(base), high.max(mid).max(base))
        };
        let both = (reach(&ends[0]).0.min(reach(&ends[1]).0), reach(&ends[0]).1.max(reach(&ends[1]).1));
        let [a, b] = [ends[0].outcome, ends[1].outcome];
        // Thin bars that would lie on each other are moved apart.
        let apart = if a.low.max(b.low) <= a.high.min(b.high) { 4.5 } else { 0.0 };
        let sign = |end: &End| if end.low { -1.0 } else { 1.0 };
        for end in ends {
            let (y, half) = if together { (middle + 9.5 * sign(end), 7.0) } else { (middle, 10.0) };
            let tip = scale.at(end.outcome.mid);
            let (x0, x1) = (base.min(tip), base.max(tip));
            part(canvas, Area::new(x0, y - half, x1.max(x0 + 1.0), y + half), end.low);
        }
        for end in ends {
            let y = middle + sign(end) * if together { 9.5 } else { apart };
            span::whisker(canvas, scale, y, end.outcome, TEXT);
            let y = if together { y } else { middle };
            let (from, to) = if together { reach(end) } else { both };
            let (x, anchor) = if end.left { (from - 7.0, Anchor::End) } else { (to + 7.0, Anchor::Start) };
            let kind = Type::bold(SMALL, end.ink().text);
            canvas.rect(text_area(x, y + kind.drop(), &end.value, kind, anchor).grown(1.0), WHITE);
            canvas.text_mid(x, y, &end.value, kind, anchor);
        }
    }
}

/// Hollow for the low end and full for the high one, which grey prints keep.
fn part(canvas: &Canvas<'_>, area: Area, low: bool) {
    if low {
        canvas.rect(area, WHITE);
        canvas.outline(area, OPTIONS[0].mark, 2.0);
    } else {
        canvas.rect(area, OPTIONS[1].mark);
    }
}

fn key(canvas: &Canvas<'_>, y: f64) {
    let mut x = MARGIN;
    for (low, text) in [(true, "input at its low end"), (false, "input at its high end")] {
        part(canvas, Area::new(x, y - 7.0, x + 30.0, y + 7.0), low);
        let kind = Type::bold(BODY, OPTIONS[usize::from(!low)].text);
        x = canvas.text_mid(x + 38.0, y, text, kind, Anchor::Start).x1 + 34.0;
    }
    span::whisker(canvas, &Scale::linear(0.0, 1.0, x, x + 30.0), y, Interval::new(0.0, 0.5, 1.0), TEXT);
    canvas.text_mid(x + 38.0, y, "interval of the outcome at each end", Type::regular(BODY, MUTED), Anchor::Start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn bars_are_drawn_wherever_the_outcomes_lie() {
        for (_, data) in gallery::tornados() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn both_ends_are_labelled_and_said_in_words() {
        let (_, data) = gallery::tornados().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for row in &data.rows {
            for value in [&row.at_low, &row.at_high] {
                assert!(texts.contains(value), "{value}: {texts:?}");
            }
        }
        let said =
            "Seal check rate: 0.582 (0.560 to 0.604) at its low end 5%, 0.314 (0.292 to 0.336) at its high end 60%.";
        assert!(chart.alt.contains(said), "{}", chart.alt);
    }

    #[test]
    fn values_stand_where_the_outcome_moves_to() {
        let (_, data) = gallery::tornados().swap_remove(0);
        let sides = |low: f64, high: f64| {
            let row = Row { low: Interval::exact(low), high: Interval::exact(high), ..data.rows[0].clone() };
            let it = Tornado { base: 1.0, ..data.clone() };
            it.ends(&row).map(|ends| ends.map(|end| end.left))
        };
        assert_eq!(sides(2.0, 0.0), Some([false, true]));
        assert_eq!(sides(2.0, 3.0), Some([false, false]));
        assert_eq!(sides(1.0, 0.0), Some([false, true]));
        assert_eq!(sides(1.0, 1.0), Some([true, false]));
        assert_eq!(sides(f64::NAN, 1.0), None);
    }
}
