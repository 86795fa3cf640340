//! How options differ from the reference: option less reference, with intervals, a panel for each world.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, text_area};
use crate::chart::font;
use crate::chart::number::{Interval, interval};
use crate::chart::theme::{
    AXIS, BODY, CAMPAIGN, GROUND, Ink, MARGIN, MUTED, REFERENCE, SIGNAL, SMALL, SUBTITLE, TEXT, WHITE, WIDTH,
};
use crate::chart::{Chart, Frame, left_out};

/// Paired differences from one reference option.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// The option that the others are compared with.
    pub reference: String,
    /// Unit of the difference in words, for the axis.
    pub unit: String,
    /// Whether more than under the reference is better.
    pub better: Better,
    /// One panel for each world, drawn on one scale.
    pub panels: Vec<Panel>,
}

/// Which sign of option less reference is an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More than under the reference is better, as for finds.
    Right,
    /// Less than under the reference is better, as for cost and losses.
    Left,
}

/// One world.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Its name: `real`, `innocent`, `elsewhere`.
    pub world: String,
    /// One row for each option but the reference.
    pub rows: Vec<Row>,
}

/// One option in one world.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The option's name.
    pub option: String,
    /// Average of option less reference with its interval, widened for all comparisons of the chart (thick).
    pub mean: Interval,
    /// Where the differences of single runs mostly lie (thin).
    pub spread: Option<(f64, f64)>,
    /// What the figures are taken to show, as whoever counted has judged.
    pub shows: Shows,
}

/// What a difference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// More or less than under the reference. An interval over zero is drawn as if it showed nothing all the same.
    Difference,
    /// Nothing at this number of runs.
    Nothing,
    /// A difference too small to matter, for the reason given: `differs by less than one part in 10,000`.
    Negligible(&'static str),
    /// No difference in any run.
    ExactlyEqual,
}

impl Row {
    fn is_effect(&self) -> bool {
        self.shows == Shows::Difference && !self.mean.spans_zero()
    }
}

const ROW: f64 = 40.0;
const HEAD: f64 = 34.0;
const TOP: f64 = 30.0;
const NAMES: f64 = 210.0;
/// Spreads of single runs may stretch the axis this much; beyond, they run off it with an arrow.
const STRETCH: f64 = 3.0;

impl Differences {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let rows = || self.panels.iter().flat_map(|panel| &panel.rows);
        let missing = rows().filter(|row| !row.mean.is_finite()).count();
        let mut notes = left_out(missing);
        if rows().any(|row| row.mean.is_finite()) {
            let thin = if rows().any(|row| row.spread.is_some()) { "; thin: where single runs lie" } else { "" };
            notes.push(format!("Thick: uncertainty of the average{thin}. Hollow: the interval includes zero, or the difference is negligible."));
        } else {
            let remark = "There is no option to compare with the reference.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let words: Vec<String> = self.panels.iter().map(|panel| self.panel_in_words(panel)).collect();
        let height: f64 = self.panels.iter().map(|panel| HEAD + ROW * panel.rows.len().max(1) as f64).sum();
        self.frame
            .chart(TOP + height + 8.0 + axis::BELOW, &words.join(" "), &notes, |canvas, area| self.paint(canvas, area))
    }

    fn panel_in_words(&self, panel: &Panel) -> String {
        let rows = panel.rows.iter().map(|row| format!("{} {}", row.option, value(row).join(", ")));
        format!("World {}: {}.", panel.world, rows.collect::<Vec<_>>().join("; "))
    }

    /// What the axis holds, what its sign says, and which side is better.
    fn axis_title(&self) -> String {
        let (less, more) = match self.better {
            Better::Right => ("worse", "better"),
            Better::Left => ("better", "worse"),
        };
        let reference = font::shorten_middle(&self.reference, SMALL, false, 240.0);
        format!("option less ‘{reference}’, {}: below 0 is less and {less}, above 0 is more and {more}", self.unit)
    }

    fn range(&self) -> (f64, f64) {
        let rows = || self.panels.iter().flat_map(|panel| &panel.rows).filter(|row| row.mean.is_finite());
        let hull = |(low, high): (f64, f64), (a, b): (f64, f64)| (low.min(a), high.max(b));
        let thick = rows().map(|row| (row.mean.low, row.mean.high)).fold((0.0, 0.0), hull);
        let spreads = rows().filter_map(|row| row.spread).filter(|s| s.0.is_finite() && s.1.is_finite());
        let all = spreads.fold(thick, hull);
        let room = (thick.1 - thick.0) * STRETCH;
        let (low, high) = if all.1 - all.0 <= room { all } else { thick };
        let pad = (high - low) * 0.06;
        (low - pad, high + pad)
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area) {
        let kind = Type::regular(BODY, TEXT);
        let rows = || self.panels.iter().flat_map(|panel| &panel.rows);
        let widest = rows().flat_map(value).map(|text| kind.width(&text)).fold(60.0, f64::max);
        let plot = Area::new(MARGIN + NAMES, area.y0 + TOP, WIDTH - MARGIN - widest - 20.0, area.y1 - axis::BELOW);
        let (low, high) = self.range();
        let scale = Scale::linear(low, high, plot.x0, plot.x1);

        let title = self.axis_title();
        axis::below(canvas, plot, &scale, &axis::labelled(scale.ticks(7)), &title);
        let zero = scale.at(0.0);
        canvas.line(&[(zero, plot.y0), (zero, plot.y1)], REFERENCE.mark, 1.5);
        self.directions(canvas, area.y0 + 12.0, plot, zero);

        let mut y = plot.y0;
        for panel in &self.panels {
            canvas.rect(Area::new(MARGIN, y + 4.0, WIDTH - MARGIN, y + HEAD - 4.0), GROUND);
            let bold = Type::bold(SUBTITLE, TEXT);
            let name = font::shorten(&format!("World: {}", panel.world), bold.size, true, WIDTH - 2.0 * MARGIN - 16.0);
            canvas.text_mid(MARGIN + 8.0, y + HEAD / 2.0, &name, bold, Anchor::Start);
            y += HEAD;
            if panel.rows.is_empty() {
                canvas.text_mid(
                    MARGIN + 8.0,
                    y + ROW / 2.0,
                    "nothing compared",
                    Type::regular(BODY, MUTED),
                    Anchor::Start,
                );
                y += ROW;
            }
            for row in &panel.rows {
                let middle = y + ROW / 2.0;
                let lines = font::wrap(&row.option, BODY, false, NAMES - 20.0, 2);
                stacked(canvas, MARGIN + 8.0, middle, &lines, kind, kind, Anchor::Start);
                self.row(canvas, &scale, plot, middle, row);
                let below = Type::regular(SMALL, MUTED);
                stacked(canvas, WIDTH - MARGIN, middle, &value(row), kind, below, Anchor::End);
                y += ROW;
            }
        }
    }

    /// `← worse | better →` above the zero line, which stands for the reference.
    fn directions(&self, canvas: &Canvas<'_>, y: f64, plot: Area, zero: f64) {
        let (left, right) = match self.better {
            Better::Right => (("worse", CAMPAIGN), ("better", SIGNAL)),
            Better::Left => (("better", SIGNAL), ("worse", CAMPAIGN)),
        };
        for ((word, ink), sign) in [(left, -1.0), (right, 1.0)] {
            let kind = Type::bold(BODY, ink.text);
            let (start, tip) = (zero + sign * 10.0, zero + sign * 52.0);
            let fits = if sign < 0.0 { tip - 60.0 > MARGIN } else { tip + 60.0 < plot.x1 + 60.0 };
            if fits {
                canvas.line(&[(start, y), (tip - sign * 6.0, y)], ink.text, 2.0);
                canvas.arrow_head((start, y), (tip, y), 9.0, ink.text);
                let anchor = if sign < 0.0 { Anchor::End } else { Anchor::Start };
                canvas.text_mid(tip + sign * 7.0, y, word, kind, anchor);
            }
        }
    }

    fn row(&self, canvas: &Canvas<'_>, scale: &Scale, plot: Area, y: f64, row: &Row) {
        if !row.mean.is_finite() {
            return;
        }
        let Interval { low, mid, high } = row.mean;
        let ink = self.ink(row);
        if let Some((from, to)) = row.spread.filter(|s| s.0.is_finite() && s.1.is_finite()) {
            let (x0, x1) = (scale.at(from), scale.at(to));
            canvas.line(&[(x0, y), (x1, y)], ink.mark, 1.5);
            for (end, x, inner) in [(from, plot.x0, 12.0), (to, plot.x1, -12.0)] {
                if scale.holds(end) {
                    canvas.line(&[(scale.at(end), y - 4.0), (scale.at(end), y + 4.0)], ink.mark, 1.5);
                } else if (end < 0.0) == (inner > 0.0) {
                    canvas.arrow_head((x + inner, y), (x, y), 9.0, ink.mark);
                }
            }
        }
        let (x0, x1) = (scale.at(low), scale.at(high));
        // As wide as it is thick at least, or a very sure average would vanish.
        let (x0, x1) = if x1 - x0 < 3.0 { ((x0 + x1) / 2.0 - 1.5, (x0 + x1) / 2.0 + 1.5) } else { (x0, x1) };
        let bar = Area::new(x0, y - 4.5, x1, y + 4.5);
        if !row.is_effect() {
            canvas.rect(bar, WHITE);
            canvas.outline(bar, ink.mark, 1.75);
            canvas.ring((scale.at(mid), y), 6.5, ink.mark, 2.25);
        } else {
            canvas.rect(bar, ink.mark);
            canvas.disc((scale.at(mid), y), 8.5, WHITE);
            canvas.disc((scale.at(mid), y), 7.0, ink.mark);
        }
    }

    fn ink(&self, row: &Row) -> Ink {
        if !row.is_effect() {
            return Ink { mark: AXIS, ..REFERENCE };
        }
        if (row.mean.mid > 0.0) == (self.better == Better::Right) { SIGNAL } else { CAMPAIGN }
    }
}

/// The row's figures, and what to say when they show nothing.
fn value(row: &Row) -> Vec<String> {
    if !row.mean.is_finite() {
        return vec!["not estimated".to_owned()];
    }
    // What is more than the reference says so by its sign.
    let sign = if row.mean.mid > 0.0 { "+" } else { "" };
    let mut lines = vec![format!("{sign}{}", interval(row.mean))];
    match row.shows {
        Shows::ExactlyEqual => lines.push("exactly equal in every run".to_owned()),
        Shows::Negligible(why) => lines.push(why.to_owned()),
        _ if !row.is_effect() => lines.push("no difference shown".to_owned()),
        _ => {}
    }
    lines
}

/// One or two lines around a middle; all but the first in the second type.
fn stacked(canvas: &Canvas<'_>, x: f64, middle: f64, lines: &[String], first: Type, next: Type, anchor: Anchor) {
    let top = middle - (lines.len() as f64 - 1.0) * 8.5;
    for (i, line) in lines.iter().enumerate() {
        let kind = if i == 0 { first } else { next };
        let y = top + i as f64 * 17.0;
        canvas.rect(text_area(x, y + kind.drop(), line, kind, anchor), WHITE);
        canvas.text_mid(x, y, line, kind, anchor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn differences_are_drawn_whatever_their_size() {
        for (_, data) in gallery::differences() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn sign_axis_and_colour_agree_on_what_is_worse() {
        let row = Row {
            option: "expel-now".into(),
            mean: Interval::new(274.3, 274.7, 275.2),
            spread: None,
            shows: Shows::Difference,
        };
        let chart = Differences {
            frame: inspect::frame("burden"),
            reference: "as-today".into(),
            unit: "subject-days".into(),
            better: Better::Left,
            panels: vec![Panel { world: "innocent".into(), rows: vec![row.clone()] }],
        };
        assert_eq!(value(&row), ["+274.70 (274.30 to 275.20)"]);
        assert_eq!(chart.ink(&row), CAMPAIGN);
        let drawn = inspect::labels(&chart.chart());
        let axis = "option less ‘as-today’, subject-days: below 0 is less and better, above 0 is more and worse";
        assert!(drawn.iter().any(|label| label.text == axis));
    }

    #[test]
    fn an_interval_over_zero_is_never_called_an_effect() {
        let row = |low, high| Row {
            option: "Seals".into(),
            mean: Interval::new(low, (low + high) / 2.0, high),
            spread: None,
            shows: Shows::Difference,
        };
        assert_eq!(value(&row(-1.0, 4.0))[1], "no difference shown");
        assert_eq!(value(&row(0.0, 4.0)).len(), 2);
        assert_eq!(value(&row(0.5, 4.0)).len(), 1);
        assert_eq!(value(&row(f64::NAN, 4.0)), ["not estimated"]);
    }

    #[test]
    fn equal_runs_and_negligible_differences_are_called_so_and_drawn_hollow() {
        let row = |at: f64, half: f64, shows| Row {
            option: "look".into(),
            mean: Interval::new(at - half, at, at + half),
            spread: None,
            shows,
        };
        let equal = row(0.0, 0.0, Shows::ExactlyEqual);
        assert_eq!(value(&equal), ["0", "exactly equal in every run"]);
        let trivial = row(-2e-6, 1e-6, Shows::Negligible("differs by less than one part in 10,000"));
        assert_eq!(value(&trivial)[1], "differs by less than one part in 10,000");
        assert!(!equal.is_effect() && !trivial.is_effect());
        assert!(row(5.0, 1.0, Shows::Difference).is_effect());
        assert_eq!(value(&row(5.0, 6.0, Shows::Nothing))[1], "no difference shown");
    }
}
