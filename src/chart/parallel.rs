//! Candidate designs side by side: an upright axis for each measure, better always up, and a line for each design.

use crate::chart::area::{Area, spread};
use crate::chart::axis::Scale;
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::number::figure;
use crate::chart::theme::{
    AXIS, BODY, CAMPAIGN, GRID, Ink, MARGIN, MUTED, OTHERS, Rgb, SIGNAL, SMALL, TEXT, WHITE, WIDTH,
};
use crate::chart::{Chart, Frame, left_out};

/// Designs by several measures at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Parallel {
    /// Title and conditions.
    pub frame: Frame,
    /// The measures, from left to right.
    pub axes: Vec<Axis>,
    /// The designs.
    pub lines: Vec<Line>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Its name, with its unit.
    pub name: String,
    /// Its least value.
    pub low: f64,
    /// Its largest value.
    pub high: f64,
    /// The least value as it is to be read.
    pub low_text: String,
    /// The largest value as it is to be read.
    pub high_text: String,
    /// The value to reach, and how it is to be read: `at most 40`.
    pub target: Option<(f64, String)>,
    /// Whether less is better: the least value then stands at the top.
    pub lower_is_better: bool,
}

/// One design.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// A value on each axis.
    pub values: Vec<f64>,
    /// Whether it meets all targets, as whoever counted has judged.
    pub meets_all: bool,
    /// Whether this is the design to choose: its line is bold and named.
    pub chosen: bool,
}

const PLOT: f64 = 340.0;
const LINE: f64 = 16.0;
const HEAD_LINES: usize = 3;
/// Room for targets at the left of the first axis, and for names at the right of the last.
const LEFT: f64 = 100.0;
const RIGHT: f64 = 196.0;
const KEY: f64 = 62.0;
const NAME: f64 = 18.0;
/// More axes would stand too close.
const MOST: usize = 10;
/// More designs of one kind cannot be told from a cloud.
const CLOUD: usize = 400;
/// Up to so many designs that meet all targets are named beside the chosen one.
const NAMED: usize = 8;
/// Designs that miss a target: light enough for a cloud of them to stay behind the others.
const CLOUDY: Rgb = Rgb(190, 194, 201);

impl Parallel {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        // Ends further apart than numbers can tell count as none.
        let whole = |axis: &Axis| (axis.high - axis.low).is_finite();
        let axes: Vec<(usize, &Axis)> =
            self.axes.iter().enumerate().filter(|(_, axis)| whole(axis)).take(MOST).collect();
        let values = self.lines.iter().flat_map(|line| line.values.iter().take(self.axes.len()));
        let broken = self.axes.iter().filter(|axis| !whole(axis)).count();
        let mut notes = left_out(broken + values.filter(|value| !value.is_finite()).count());
        if axes.is_empty() || self.lines.is_empty() {
            let remark = "There is no design to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        if self.axes.len() - broken > MOST {
            notes.push(format!("Only the first {MOST} measures are drawn."));
        }
        let drawn = self.drawn();
        if drawn.len() < self.lines.len() {
            notes.push(format!("Of {} designs {} are drawn.", self.lines.len(), drawn.len()));
        }
        let (x0, x1) = (MARGIN + LEFT, WIDTH - MARGIN - RIGHT);
        let step = if axes.len() > 1 { (x1 - x0) / (axes.len() - 1) as f64 } else { x1 - x0 };
        let room = (step - 12.0).min(1.5 * LEFT);
        let heads: Vec<Vec<String>> =
            axes.iter().map(|(_, axis)| font::wrap(&clean(&axis.name), SMALL, true, room, HEAD_LINES)).collect();
        let top = LINE * heads.iter().map(Vec::len).max().unwrap_or(0) as f64 + 30.0;
        self.frame.chart(top + PLOT + KEY, &self.words(), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + top, x1, area.y0 + top + PLOT);
            let scales: Vec<(usize, f64, Scale)> = axes
                .iter()
                .enumerate()
                .map(|(nth, (index, axis))| (*index, x0 + step * nth as f64, axis.scale(&plot)))
                .collect();
            for ((head, (_, axis)), (_, x, _)) in heads.iter().zip(&axes).zip(&scales) {
                frame(canvas, plot, *x, axis, head, room);
            }
            for line in &drawn {
                line.paint(canvas, &scales);
            }
            for ((_, axis), (_, x, scale)) in axes.iter().zip(&scales) {
                canvas.line(&[(*x, plot.y0), (*x, plot.y1)], AXIS, 1.5);
                target(canvas, plot, *x, axis, scale, room);
            }
            name(canvas, plot, &drawn, &scales);
            self.key(canvas, plot.y1 + KEY - 14.0);
        })
    }

    /// The designs to draw, the most important last: those that miss a target, those that meet all, the chosen.
    fn drawn(&self) -> Vec<&Line> {
        let kind = |chosen: bool, meets_all: bool, most: usize| {
            let all =
                self.lines.iter().filter(move |line| line.chosen == chosen && (chosen || line.meets_all == meets_all));
            all.take(most)
        };
        kind(false, false, CLOUD).chain(kind(false, true, CLOUD)).chain(kind(true, true, NAMED)).collect()
    }

    fn key(&self, canvas: &Canvas<'_>, y: f64) {
        let kind = Type::regular(BODY, MUTED);
        let mut x = MARGIN;
        for (ink, width, text) in
            [(SIGNAL.mark, 2.0, "meets all targets"), (CLOUDY, 2.0, "misses a target"), (TEXT, 4.5, "bold: chosen")]
        {
            canvas.line(&[(x, y), (x + 30.0, y)], ink, width);
            x = canvas.text_mid(x + 40.0, y, text, kind, Anchor::Start).x1 + 30.0;
        }
        canvas.text_mid(x, y, "↑ better on every axis", Type::bold(BODY, TEXT), Anchor::Start);
    }

    fn words(&self) -> String {
        let axis = |axis: &Axis| {
            let target = axis.target.as_ref().map_or(String::new(), |(_, text)| format!(", target {text}"));
            let better = if axis.lower_is_better { "less" } else { "more" };
            format!("{} ({} to {}, {better} is better{target})", axis.name, axis.low_text, axis.high_text)
        };
        let axes: Vec<String> = self.axes.iter().map(axis).collect();
        let line = |line: &Line| {
            let values =
                self.axes.iter().zip(&line.values).map(|(axis, value)| format!("{} {}", axis.name, figure(*value)));
            let meets = if line.meets_all { "meets all targets" } else { "misses a target" };
            let chosen = if line.chosen { ", chosen" } else { "" };
            format!("{}{chosen}, {meets}: {}.", line.name, values.collect::<Vec<_>>().join(", "))
        };
        let told = self.lines.iter().filter(|line| line.chosen || line.meets_all).take(2 * NAMED).map(line);
        let meet = self.lines.iter().filter(|line| line.meets_all).count();
        format!(
            "{}. Designs: {}, of which {meet} meet all targets. {}",
            axes.join("; "),
            self.lines.len(),
            told.collect::<Vec<_>>().join(" ")
        )
    }
}

impl Axis {
    /// From the foot to the top: from the worst to the best.
    fn scale(&self, plot: &Area) -> Scale {
        let (low, high) = (self.low.min(self.high), self.low.max(self.high));
        let (from, to) = if self.lower_is_better { (plot.y0, plot.y1) } else { (plot.y1, plot.y0) };
        Scale::linear(low, high, from, to)
    }
}

impl Line {
    fn ink(&self) -> Ink {
        match (self.meets_all, self.chosen) {
            (true, _) => SIGNAL,
            (false, true) => OTHERS,
            (false, false) => Ink { mark: CLOUDY, ..OTHERS },
        }
    }

    /// A point on each axis; none where there is no number.
    fn points(&self, scales: &[(usize, f64, Scale)]) -> Vec<Option<(f64, f64)>> {
        let point = |(index, x, scale): &(usize, f64, Scale)| {
            self.values.get(*index).filter(|value| value.is_finite()).map(|value| (*x, scale.at(*value)))
        };
        scales.iter().map(point).collect()
    }

    fn paint(&self, canvas: &Canvas<'_>, scales: &[(usize, f64, Scale)]) {
        let width = match (self.chosen, self.meets_all) {
            (true, _) => 4.5,
            (false, true) => 1.75,
            (false, false) => 1.0,
        };
        for part in self.points(scales).split(Option::is_none) {
            let part: Vec<(f64, f64)> = part.iter().flatten().copied().collect();
            if self.chosen {
                canvas.line(&part, WHITE, width + 3.0);
            }
            canvas.line(&part, self.ink().mark, width);
            // A value between two that are missing.
            if let [alone] = part[..] {
                canvas.disc(alone, width.max(2.0), self.ink().mark);
            }
        }
    }
}

/// The axis's name and the texts of its ends.
fn frame(canvas: &Canvas<'_>, plot: Area, x: f64, axis: &Axis, head: &[String], room: f64) {
    for (nth, line) in head.iter().rev().enumerate() {
        let y = plot.y0 - 30.0 - LINE * nth as f64;
        canvas.text(x, y, line, Type::bold(SMALL, TEXT), Anchor::Middle);
    }
    let (best, worst) = match axis.lower_is_better {
        true => (&axis.low_text, &axis.high_text),
        false => (&axis.high_text, &axis.low_text),
    };
    let kind = Type::regular(SMALL, MUTED);
    let cut = |text: &str| font::shorten(&clean(text), SMALL, false, room);
    canvas.text(x, plot.y0 - 9.0, &cut(best), kind, Anchor::Middle);
    canvas.text(x, plot.y1 + 18.0, &cut(worst), kind, Anchor::Middle);
}

/// A tick at the value to reach, with its words at the left.
fn target(canvas: &Canvas<'_>, plot: Area, x: f64, axis: &Axis, scale: &Scale, room: f64) {
    let Some((value, text)) = axis.target.as_ref().filter(|(value, _)| value.is_finite()) else { return };
    let (y, kind) = (scale.at(*value), Type::bold(SMALL, CAMPAIGN.text));
    let text = font::shorten(&clean(text), kind.size, kind.bold, (room - 16.0).min(LEFT - 14.0));
    let middle = y.clamp(plot.y0 + 7.0, plot.y1 - 7.0);
    let width = kind.width(&text);
    canvas.tint(Area::new(x - 14.0 - width, middle - 8.0, x - 10.0, middle + 8.0), WHITE, 0.85);
    canvas.text_mid(x - 12.0, middle, &text, kind, Anchor::End);
    canvas.line(&[(x - 9.0, y), (x + 9.0, y)], WHITE, 5.5);
    canvas.line(&[(x - 9.0, y), (x + 9.0, y)], CAMPAIGN.mark, 3.0);
}

/// Names at the right of the chosen, and of those that meet all targets if they are few, tied to their ends.
fn name(canvas: &Canvas<'_>, plot: Area, drawn: &[&Line], scales: &[(usize, f64, Scale)]) {
    let few = drawn.iter().filter(|line| line.meets_all && !line.chosen).count() <= NAMED;
    let named = drawn.iter().filter(|line| line.chosen || (line.meets_all && few));
    let named: Vec<(&&Line, (f64, f64))> =
        named.filter_map(|line| Some((line, line.points(scales).into_iter().flatten().next_back()?))).collect();
    let wishes: Vec<f64> = named.iter().map(|(_, end)| end.1).collect();
    let right = scales.last().map_or(plot.x1, |scale| scale.1);
    for ((line, end), y) in named.iter().zip(spread(&wishes, NAME, plot.y0 - 8.0, plot.y1 + 8.0)) {
        let kind = Type { bold: line.chosen, ..Type::regular(BODY, line.ink().text) };
        let text = font::shorten_middle(&clean(&line.name), BODY, line.chosen, WIDTH - MARGIN - right - 26.0);
        canvas.line(&[(end.0 + 3.0, end.1), (right + 22.0, y)], GRID, 1.5);
        canvas.text_mid(right + 26.0, y, &text, kind, Anchor::Start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn designs_are_drawn_whatever_their_values_and_number() {
        for (_, data) in gallery::parallels() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn the_chosen_design_and_every_target_are_named() {
        let (_, data) = gallery::parallels().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        let chosen = data.lines.iter().filter(|line| line.chosen).map(|line| &line.name);
        for text in chosen.chain(data.axes.iter().filter_map(|axis| Some(&axis.target.as_ref()?.1))) {
            assert!(texts.contains(text) && chart.alt.contains(text), "{text}");
        }
    }

    #[test]
    fn better_is_up_on_every_axis() {
        let (_, data) = gallery::parallels().swap_remove(0);
        let plot = Area::new(0.0, 0.0, 100.0, 100.0);
        for axis in &data.axes {
            let (best, worst) = if axis.lower_is_better { (axis.low, axis.high) } else { (axis.high, axis.low) };
            assert_eq!([axis.scale(&plot).at(best), axis.scale(&plot).at(worst)], [0.0, 100.0], "{}", axis.name);
        }
    }
}
