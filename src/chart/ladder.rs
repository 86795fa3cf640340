//! How policies compare on one measure: a row for each, with a dot, its interval and the figures beside it.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::indices::Format;
use crate::chart::measure;
use crate::chart::number::Interval;
use crate::chart::span::{self, drawable, figures};
use crate::chart::theme::{
    BODY, CAMPAIGN, GRID, GROUND, Ink, MARGIN, MUTED, OPTIONS, REFERENCE, SMALL, TEXT, WHITE, WIDTH,
};
use crate::chart::{Chart, Frame, left_out};

/// Policies on one measure, in the order to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// What stands along the axis: `cost to the hub over the story; less is better`.
    pub across: String,
    /// How figures are written.
    pub format: Format,
    /// One row for each policy.
    pub rows: Vec<Row>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name.
    pub policy: String,
    /// Average with its interval. With an infinite end, as after a single run, the average stands alone.
    pub mean: Interval,
    /// Whether this is a bound that nobody can play, such as perfect foresight: drawn hollow and dashed.
    pub is_bound: bool,
    /// Whether this is what the people in the room played: emphasised.
    pub is_room: bool,
}

const ROW: f64 = 42.0;
const TOP: f64 = 6.0;
const NAMES: f64 = 236.0;
const LINE: f64 = 16.5;
/// The widest that a row's figures may be.
const ROOM: f64 = 260.0;
const BOUND: &str = "(a bound, not a policy)";
const MISSING: &str = "not estimated";
const ALONE: &str = "no interval";

impl Ladder {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let means = || self.rows.iter().filter_map(|row| drawable(row.mean));
        let mut notes = left_out(self.rows.len() - means().count());
        if means().next().is_none() {
            let remark = "There is no policy to show.";
            return self.frame.chart(120.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        if self.rows.iter().any(Row::stands_alone) {
            notes.push(format!("Where there is {ALONE}, the figure may be far off."));
        }
        let height = TOP + ROW * self.rows.len() as f64 + axis::BELOW;
        self.frame.chart(height, &self.words(), &notes, |canvas, area| self.paint(canvas, area))
    }

    /// The row's figures; nothing to read from where there is no average.
    fn told(&self, row: &Row) -> String {
        drawable(row.mean).map_or_else(|| MISSING.to_owned(), |mean| self.format.told(mean))
    }

    fn words(&self) -> String {
        let row = |row: &Row| {
            let bound = if row.is_bound { format!(" {BOUND}") } else { String::new() };
            let room = if row.is_room { " (the room)" } else { "" };
            let alone = if row.stands_alone() { format!(", {ALONE}") } else { String::new() };
            format!("{}{bound}{room}: {}{alone}.", row.policy, self.told(row))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!("{}. {}", self.across, rows.join(" "))
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area) {
        let told: Vec<String> =
            self.rows.iter().map(|row| font::shorten(&self.told(row), BODY, row.is_room, ROOM)).collect();
        let widest = told.iter().map(|text| font::width(text, BODY, true)).fold(80.0, f64::max);
        let bottom = area.y0 + TOP + ROW * self.rows.len() as f64;
        let plot = Area::new(MARGIN + NAMES, area.y0 + TOP, WIDTH - MARGIN - widest - 30.0, bottom);
        let (low, high) = measure::ends(self.rows.iter().filter_map(|row| drawable(row.mean)).flat_map(figures));
        let scale = Scale::linear(low, high, plot.x0, plot.x1);

        for (row, top) in self.rows.iter().zip(0..).map(|(row, nth)| (row, plot.y0 + ROW * f64::from(nth))) {
            if row.is_room {
                canvas.rect(Area::new(MARGIN, top + 2.0, WIDTH - MARGIN, top + ROW - 2.0), GROUND);
            }
            canvas.line(&[(plot.x0, top + ROW / 2.0), (plot.x1, top + ROW / 2.0)], GRID, 1.0);
        }
        axis::below(canvas, plot, &scale, &self.format.marks(&scale, 6), &self.across);
        if scale.holds(0.0) {
            canvas.line(&[(scale.at(0.0), plot.y0), (scale.at(0.0), plot.y1)], REFERENCE.mark, 1.5);
        }
        for (nth, (row, told)) in self.rows.iter().zip(&told).enumerate() {
            let middle = plot.y0 + ROW * (nth as f64 + 0.5);
            stacked(canvas, MARGIN + 8.0, middle, &row.name(), Anchor::Start);
            let mut lines = vec![(told.clone(), row.kind())];
            if row.stands_alone() {
                lines.push((ALONE.to_owned(), Type::regular(SMALL, MUTED)));
            }
            stacked(canvas, WIDTH - MARGIN - 8.0, middle, &lines, Anchor::End);
            if let Some(mean) = drawable(row.mean) {
                row.mark(canvas, &scale, middle, mean);
            }
        }
    }
}

impl Row {
    /// Whether there is an average without an interval; that of a ledger is exact and needs none.
    fn stands_alone(&self) -> bool {
        self.mean.mid.is_finite() && !self.mean.is_finite()
    }

    fn ink(&self) -> Ink {
        match (self.is_room, self.is_bound) {
            (true, _) => CAMPAIGN,
            (false, true) => REFERENCE,
            (false, false) => OPTIONS[0],
        }
    }

    fn kind(&self) -> Type {
        Type { size: BODY, bold: self.is_room, colour: TEXT }
    }

    /// The name in one line or two, cut in its middle if need be; a bound says so below, and keeps to one.
    fn name(&self) -> Vec<(String, Type)> {
        let (kind, room, name) = (self.kind(), NAMES - 28.0, clean(&self.policy));
        let whole = font::wrap(&name, BODY, kind.bold, room, usize::MAX);
        let cut = |text: &str| font::shorten_middle(text, BODY, kind.bold, room);
        let lines = match whole.as_slice() {
            [] | [_] => whole,
            _ if self.is_bound => vec![cut(&name)],
            [first, rest @ ..] => vec![first.clone(), cut(&rest.join(" "))],
        };
        let mut lines: Vec<(String, Type)> = lines.into_iter().map(|line| (line, kind)).collect();
        if self.is_bound {
            lines.push((BOUND.to_owned(), Type::regular(SMALL, MUTED)));
        }
        lines
    }

    /// The dot and its interval: full for a policy, hollow and dashed for a bound, larger for the room.
    fn mark(&self, canvas: &Canvas<'_>, scale: &Scale, y: f64, mean: Interval) {
        let (ink, centre) = (self.ink().mark, (scale.at(mean.mid), y));
        let radius = if self.is_room { 8.5 } else { 6.5 };
        if !self.is_bound {
            span::whisker(canvas, scale, y, mean, ink);
            canvas.disc(centre, radius + 1.5, WHITE);
            canvas.disc(centre, radius, ink);
            return;
        }
        if !mean.is_exact() {
            let (low, high) = (scale.at(mean.low), scale.at(mean.high));
            canvas.line(&[(low, y), (high, y)], WHITE, 4.0);
            canvas.dashed(&[(low, y), (high, y)], ink, 1.5, &[4.0, 3.0]);
            for x in [low, high] {
                canvas.line(&[(x, y - 4.5), (x, y + 4.5)], ink, 1.5);
            }
        }
        canvas.ring(centre, radius - 0.5, ink, 2.0);
    }
}

/// Lines around a middle, each in its own type.
fn stacked(canvas: &Canvas<'_>, x: f64, middle: f64, lines: &[(String, Type)], anchor: Anchor) {
    let top = middle - (lines.len() as f64 - 1.0) * LINE / 2.0;
    for (nth, (line, kind)) in lines.iter().enumerate() {
        canvas.text_mid(x, top + LINE * nth as f64, line, *kind, anchor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    fn case(which: &str) -> Ladder {
        let all = gallery::ladders();
        all.into_iter().find(|(name, _)| *name == which).map(|(_, data)| data).expect("there is one")
    }

    #[test]
    fn ladders_are_drawn_whatever_their_rows() {
        for (_, data) in gallery::ladders() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn rows_keep_their_order_and_each_has_its_name_and_figures_level() {
        let data = case("ordinary");
        let labels = inspect::labels(&data.chart());
        let level = |text: &str| {
            let found = labels.iter().find(|label| label.text == text);
            found.map(|label| label.area.y0).unwrap_or_else(|| panic!("{text}"))
        };
        let levels: Vec<f64> = data.rows.iter().map(|row| level(&row.policy)).collect();
        assert!(levels.windows(2).all(|pair| pair[1] > pair[0] + 20.0), "{levels:?}");
        for row in data.rows.iter().filter(|row| !row.is_bound) {
            assert!((level(&row.policy) - level(&data.told(row))).abs() < 0.5, "{}", row.policy);
        }
    }

    #[test]
    fn a_bound_says_that_it_is_none_to_play_and_alone_is_dashed() {
        let data = case("ordinary");
        let chart = data.chart();
        assert_eq!(inspect::labels(&chart).iter().filter(|label| label.text == BOUND).count(), 1);
        assert_eq!(chart.svg.matches("stroke-dasharray").count(), 1);
        assert!(chart.alt.contains("perfect foresight (a bound, not a policy): €"), "{}", chart.alt);
        let rows = data.rows.into_iter().map(|row| Row { is_bound: false, ..row }).collect();
        let plain = Ladder { rows, ..case("ordinary") }.chart();
        assert!(!plain.svg.contains("stroke-dasharray") && !plain.svg.contains(BOUND));
    }

    #[test]
    fn only_an_infinite_interval_is_called_none() {
        let mean = |mean| Row { policy: "a".into(), mean, is_bound: false, is_room: false };
        assert!(mean(Interval::new(f64::NEG_INFINITY, 3.0, f64::INFINITY)).stands_alone());
        assert!(!mean(Interval::exact(3.0)).stands_alone());
        assert!(!mean(Interval::new(1.0, f64::NAN, 5.0)).stands_alone());
        let alt = case("single run").chart().alt;
        assert!(alt.contains("what the room played (the room): €1.20\u{a0}M, no interval."), "{alt}");
    }
}
