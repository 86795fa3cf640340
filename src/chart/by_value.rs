//! What follows from how much one unit is worth: a curve for each option, and the one to choose marked along them.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::curve_label::{self, End};
use crate::chart::font;
use crate::chart::number::{figure, percent};
use crate::chart::theme::{self, BODY, Ink, MARGIN, MUTED, OTHERS, REFERENCE, Rgb, THRESHOLD, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Curves over the value of one unit: acceptability, or expected loss.
#[derive(Clone, Debug, PartialEq)]
pub struct ByValue {
    /// Title and conditions.
    pub frame: Frame,
    /// What stands along the horizontal axis: `value of one unit, in the money of the table`.
    pub across: String,
    /// What stands along the upright axis: `share of sampled worlds`.
    pub up: String,
    /// Whether the upright axis holds shares, 0 to 1, which are written in percent.
    pub shares: bool,
    /// Values of one unit, rising.
    pub values: Vec<f64>,
    /// One curve for each option.
    pub curves: Vec<Curve>,
    /// At each value the curve to mark, by its place.
    pub chosen: Vec<Option<usize>>,
    /// What the mark says: `the option with the highest mean net benefit`.
    pub chosen_means: String,
    /// A line of another kind with its name, at each value.
    pub beside: Option<(String, Vec<f64>)>,
}

/// One option's curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The option's name.
    pub option: String,
    /// Whether this is the option that the others are compared with.
    pub reference: bool,
    /// Its height at each value.
    pub heights: Vec<f64>,
}

const PLOT: f64 = 360.0;
const TOP: f64 = 34.0;
const KEY_ROW: f64 = 26.0;
/// The widest that a name at the right may be.
const ROOM: f64 = 210.0;

/// What lies below a marked curve: light enough for every ink, and seen on a grey print.
const HALO: Rgb = Rgb(203, 207, 214);

/// A stretch of a curve to mark, and the spot in it if it has one.
type Stretch = (Option<(f64, f64)>, Vec<(f64, f64)>);

/// A curve ready to draw.
struct Line {
    name: String,
    ink: Ink,
    width: f64,
    points: Vec<(f64, f64)>,
}

impl ByValue {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let all = || self.curves.iter().flat_map(|c| &c.heights).chain(self.beside.iter().flat_map(|(_, line)| line));
        let missing = all().chain(&self.values).filter(|height| !height.is_finite()).count();
        let mut notes = left_out(missing);
        let finite = || self.values.iter().copied().filter(|value| value.is_finite());
        let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let highest = all().copied().filter(|height| height.is_finite()).fold(0.0_f64, f64::max);
        if !least.is_finite() || self.curves.is_empty() {
            let remark = "There is no value of a unit to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let others: Vec<&str> = self
            .curves
            .iter()
            .zip(self.inks())
            .filter(|(_, ink)| *ink == OTHERS)
            .map(|(c, _)| c.option.as_str())
            .collect();
        if !others.is_empty() {
            notes.push(format!("Thin grey: {}.", others.join(", ")));
        }
        let widest = self.curves.iter().zip(self.inks()).filter(|(_, ink)| *ink != OTHERS);
        let widest = widest.map(|(c, _)| font::width(&short(&c.option), BODY, true)).fold(60.0, f64::max);
        let (x0, x1) = (MARGIN + 62.0, WIDTH - MARGIN - widest - 26.0);
        let across = Scale::linear(least, most, x0, x1);
        // Where no option is best often, the lower part of the axis will do.
        let ceiling = if self.shares && highest > 0.5 { 1.0 } else { highest * 1.08 };
        let height = TOP + PLOT + axis::BELOW + KEY_ROW * (1.0 + f64::from(u8::from(self.beside.is_some())));
        self.frame.chart(height, &self.words(), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP, x1, area.y0 + TOP + PLOT);
            let up = Scale::linear(0.0, ceiling, plot.y1, plot.y0);
            let ticks = if self.shares { axis::percent_ticks(&up, 5) } else { axis::ticks_of(&up, 6) };
            axis::left(canvas, plot, &up, &ticks, &self.up);
            axis::below(canvas, plot, &across, &axis::ticks_of(&across, 8), &self.across);
            let lines = self.lines(&across, &up);
            for (from, points) in self.marked(&across, &up) {
                canvas.line(&points, HALO, 11.0);
                if let Some(spot) = from {
                    canvas.disc(spot, 5.5, HALO);
                }
            }
            for line in lines.iter().rev() {
                canvas.dashed(&line.points, line.ink.mark, line.width, line.ink.dash);
                if let [spot] = line.points[..] {
                    canvas.disc(spot, 3.5, line.ink.mark);
                }
            }
            if let Some((_, heights)) = &self.beside {
                canvas.dashed(&points(&self.values, heights, &across, &up), THRESHOLD.mark, 2.0, THRESHOLD.dash);
            }
            let named = lines.iter().filter(|line| !line.name.is_empty());
            let ends: Vec<End<'_>> =
                named.filter_map(|line| Some((&*line.name, line.ink, *line.points.last()?))).collect();
            curve_label::beside(canvas, plot, &ends);
            self.key(canvas, plot.y1 + axis::BELOW);
        })
    }

    /// Inks in the order of the curves: the reference has its own.
    fn inks(&self) -> Vec<Ink> {
        let mut next = 0;
        let ink = |curve: &Curve| {
            if curve.reference {
                return REFERENCE;
            }
            next += 1;
            theme::option(next - 1)
        };
        self.curves.iter().map(ink).collect()
    }

    fn lines(&self, across: &Scale, up: &Scale) -> Vec<Line> {
        let line = |(curve, ink): (&Curve, Ink)| Line {
            name: if ink == OTHERS { String::new() } else { short(&curve.option) },
            ink,
            width: if ink == REFERENCE {
                3.0
            } else if ink == OTHERS {
                1.0
            } else {
                2.25
            },
            points: points(&self.values, &curve.heights, across, up),
        };
        self.curves.iter().zip(self.inks()).map(line).filter(|line| !line.points.is_empty()).collect()
    }

    /// Stretches of curves to mark: around each value, half of the way to its neighbours. A single value has a spot.
    fn marked(&self, across: &Scale, up: &Scale) -> Vec<Stretch> {
        let at = |curve: usize, i: usize| -> Option<(f64, f64)> {
            let (value, height) = (*self.values.get(i)?, *self.curves.get(curve)?.heights.get(i)?);
            (value.is_finite() && height.is_finite()).then(|| (across.at(value), up.at(height)))
        };
        let middle = |a: (f64, f64), b: (f64, f64)| (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
        let mut stretches = Vec::new();
        for (i, chosen) in self.chosen.iter().enumerate() {
            let Some((curve, here)) = chosen.and_then(|curve| Some((curve, at(curve, i)?))) else { continue };
            let before = i.checked_sub(1).and_then(|before| at(curve, before));
            let stretch: Vec<(f64, f64)> =
                [before.map(|p| middle(p, here)), Some(here), at(curve, i + 1).map(|p| middle(here, p))]
                    .into_iter()
                    .flatten()
                    .collect();
            stretches.push(((stretch.len() == 1 || self.values.len() < 40).then_some(here), stretch));
        }
        stretches
    }

    fn key(&self, canvas: &Canvas<'_>, top: f64) {
        let kind = Type::regular(BODY, MUTED);
        let room = WIDTH - 2.0 * MARGIN - 52.0;
        let mut y = top + KEY_ROW * 0.5;
        canvas.line(&[(MARGIN, y), (MARGIN + 40.0, y)], HALO, 11.0);
        canvas.text_mid(MARGIN + 52.0, y, &font::shorten(&self.chosen_means, BODY, false, room), kind, Anchor::Start);
        if let Some((what, _)) = &self.beside {
            y += KEY_ROW;
            canvas.dashed(&[(MARGIN, y), (MARGIN + 40.0, y)], THRESHOLD.mark, 2.0, THRESHOLD.dash);
            canvas.text_mid(MARGIN + 52.0, y, &font::shorten(what, BODY, false, room), kind, Anchor::Start);
        }
    }

    fn words(&self) -> String {
        let told = |height: f64| if self.shares { percent(height) } else { figure(height) };
        let places = [0, self.values.len() / 2, self.values.len().saturating_sub(1)];
        let mut said = Vec::new();
        for (nth, i) in places.into_iter().enumerate() {
            if nth > 0 && places[nth - 1] == i {
                continue;
            }
            let heights = self.curves.iter().filter_map(|c| Some((&c.option, *c.heights.get(i)?)));
            let heights: Vec<String> = heights.map(|(option, height)| format!("{option} {}", told(height))).collect();
            let chosen = self.chosen.get(i).copied().flatten().and_then(|c| self.curves.get(c));
            let chosen = chosen.map_or(String::new(), |c| format!("; marked: {}", c.option));
            let beside = self.beside.as_ref().and_then(|(name, line)| Some((name, *line.get(i)?)));
            let beside = beside.map_or(String::new(), |(name, height)| format!("; {name} {}", told(height)));
            said.push(format!("At {}: {}{beside}{chosen}.", figure(self.values[i]), heights.join(", ")));
        }
        format!("{} by {}. {}", self.up, self.across, said.join(" "))
    }
}

fn short(name: &str) -> String {
    font::shorten_middle(name, BODY, true, ROOM)
}

fn points(values: &[f64], heights: &[f64], across: &Scale, up: &Scale) -> Vec<(f64, f64)> {
    let pairs = values.iter().zip(heights).filter(|(value, height)| value.is_finite() && height.is_finite());
    pairs.map(|(value, height)| (across.at(*value), up.at(*height))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn curves_are_drawn_whatever_their_shape_and_number() {
        for (_, data) in gallery::by_values() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn the_mark_lies_on_the_chosen_curve_half_of_the_way_to_each_side() {
        let all = gallery::by_values();
        let (_, data) = &all[0];
        let (across, up) = (Scale::linear(0.0, 10.0, 0.0, 100.0), Scale::linear(0.0, 1.0, 100.0, 0.0));
        let curve = |heights: &[f64]| Curve { option: "x".into(), reference: false, heights: heights.to_vec() };
        let it = ByValue {
            values: vec![0.0, 4.0, 10.0],
            curves: vec![curve(&[1.0, 0.5, 0.0]), curve(&[0.0, 0.5, 1.0])],
            chosen: vec![Some(0), None, Some(1)],
            ..data.clone()
        };
        let stretches: Vec<Vec<(f64, f64)>> = it.marked(&across, &up).into_iter().map(|(_, line)| line).collect();
        assert_eq!(stretches, [vec![(0.0, 0.0), (20.0, 25.0)], vec![(70.0, 25.0), (100.0, 0.0)]]);
    }

    #[test]
    fn the_words_name_every_option_and_the_one_that_is_marked() {
        let all = gallery::by_values();
        let (_, data) = &all[0];
        let alt = data.chart().alt;
        assert!(data.curves.iter().all(|curve| alt.contains(&curve.option)) && alt.contains("marked: "), "{alt}");
    }
}
