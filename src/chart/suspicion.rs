//! What the campaign learned above, what the desk came to believe below, over the same days.

use crate::chart::area::{Area, spread};
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::number::percent;
use crate::chart::theme::{
    self, AXIS, CAMPAIGN, GRID, Ink, MARGIN, MUTED, OTHERS, SMALL, SUBTITLE, TEXT, THRESHOLD, WIDTH,
};
use crate::chart::{Chart, Frame, left_out};

/// Catalogue and belief over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspicion {
    /// Title and conditions.
    pub frame: Frame,
    /// Length of the horizon \[d\].
    pub days: f64,
    /// Share of what there is to learn that the campaign holds, 0 to 1; one line or more.
    pub catalogue: Vec<Course>,
    /// The desk's belief in misuse of each operator, 0 to 1.
    pub beliefs: Vec<Course>,
    /// Probabilities at which the desk acts.
    pub thresholds: Vec<Threshold>,
}

/// A value over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// What it belongs to.
    pub name: String,
    /// (day, share) in ascending order of days, joined by straight lines.
    pub points: Vec<(f64, f64)>,
}

/// A level with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// What happens there: `watch`, `investigate`, `act`.
    pub name: String,
    /// Probability, 0 to 1.
    pub probability: f64,
}

const UPPER: f64 = 150.0;
const LOWER: f64 = 250.0;
const HEAD: f64 = 34.0;
const GAP: f64 = 30.0;
const LABELS: f64 = 216.0;
const LABEL_ROW: f64 = 19.0;

impl Suspicion {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let all = || self.catalogue.iter().chain(&self.beliefs).flat_map(|course| &course.points);
        let good = |p: &&(f64, f64)| p.0.is_finite() && p.1.is_finite();
        let mut notes = left_out(all().filter(|p| !good(p)).count());
        if all().filter(good).count() == 0 {
            let remark = "Nothing was catalogued and nobody was suspected.";
            return self.frame.chart(200.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let named = self.beliefs.iter().filter(|course| !course.points.is_empty()).count();
        if named > theme::OPTIONS.len() {
            notes.push("Named: those suspected most at their peak; thin grey: all others.".to_owned());
        }
        let undrawn = self.catalogue.len().saturating_sub(theme::OPTIONS.len());
        if undrawn > 0 {
            notes.push(format!("Of the catalogue, {undrawn} more lines are not drawn."));
        }
        let height = HEAD + UPPER + GAP + HEAD + LOWER + axis::BELOW;
        self.frame.chart(height, &self.words(), &notes, |canvas, area| self.paint(canvas, area))
    }

    fn words(&self) -> String {
        let course = |course: &Course| {
            let peak = peak(course);
            format!("{}: highest {}, at the end {}.", course.name, percent(peak), percent(last(course)))
        };
        let thresholds = self.thresholds.iter().map(|t| format!("{} at {}", t.name, percent(t.probability)));
        let all: Vec<String> = self.catalogue.iter().chain(&self.beliefs).map(course).collect();
        format!("{} Thresholds: {}.", all.join(" "), thresholds.collect::<Vec<_>>().join(", "))
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area) {
        let last =
            self.catalogue.iter().chain(&self.beliefs).flat_map(|c| &c.points).map(|p| p.0).filter(|d| d.is_finite());
        let end = last.fold(if self.days.is_finite() { self.days } else { 0.0 }, f64::max);
        let (x0, x1) = (MARGIN + 52.0, WIDTH - MARGIN - LABELS);
        let times = Scale::linear(0.0, end, x0, x1);
        let upper = Area::new(x0, area.y0 + HEAD, x1, area.y0 + HEAD + UPPER);
        let lower = Area::new(x0, upper.y1 + GAP + HEAD, x1, upper.y1 + GAP + HEAD + LOWER);
        let ticks = axis::labelled(times.ticks(8));
        for (value, _) in &ticks {
            canvas.line(&[(times.at(*value), upper.y0), (times.at(*value), upper.y1)], GRID, 1.0);
        }
        axis::below(canvas, lower, &times, &ticks, "days since the start");

        let highest = self.catalogue.iter().map(peak).fold(0.0, f64::max);
        let top = if highest > 0.5 { 1.0 } else { axis::round_ends(0.0, (highest * 1.05).max(0.001), 4).1 };
        let shares = Scale::linear(0.0, top, upper.y1, upper.y0);
        self.panel(canvas, upper, &shares, "Campaign: share of the catalogue that it holds");
        let catalogue: Vec<(&Course, Ink)> = self
            .catalogue
            .iter()
            .take(theme::OPTIONS.len())
            .enumerate()
            .map(|(i, course)| (course, if i == 0 { CAMPAIGN } else { theme::option(i) }))
            .collect();
        lines(canvas, upper, &times, &shares, &catalogue, &[], 0);

        let levels = Scale::linear(0.0, 1.0, lower.y1, lower.y0);
        self.panel(canvas, lower, &levels, "Desk: how probable it holds misuse of the operator");
        let (named, others) = self.ranked();
        for course in &others {
            for part in thinned(&course.points, &times, &levels) {
                canvas.line(&part, OTHERS.mark, 0.75);
            }
        }
        lines(canvas, lower, &times, &levels, &named, &self.thresholds, others.len());
    }

    fn panel(&self, canvas: &Canvas<'_>, plot: Area, scale: &Scale, title: &str) {
        axis::left(canvas, plot, scale, &axis::percent_ticks(scale, 4), "");
        canvas.line(&[(plot.x0, plot.y1), (plot.x1, plot.y1)], AXIS, 1.0);
        canvas.text(MARGIN, plot.y0 - 15.0, title, Type::bold(SUBTITLE, TEXT), Anchor::Start);
    }

    /// The operators that get a colour and a name, and the rest: the six suspected most at their peak.
    fn ranked(&self) -> (Vec<(&Course, Ink)>, Vec<&Course>) {
        let mut order: Vec<usize> = (0..self.beliefs.len()).filter(|i| !self.beliefs[*i].points.is_empty()).collect();
        order.sort_by(|a, b| peak(&self.beliefs[*b]).total_cmp(&peak(&self.beliefs[*a])).then(a.cmp(b)));
        let others = order.split_off(order.len().min(theme::OPTIONS.len()));
        let named = order.iter().enumerate().map(|(rank, i)| (&self.beliefs[*i], theme::option(rank))).collect();
        (named, others.into_iter().map(|i| &self.beliefs[i]).collect())
    }
}

fn last(course: &Course) -> f64 {
    course.points.iter().rev().find(|p| p.0.is_finite() && p.1.is_finite()).map_or(0.0, |p| p.1)
}

fn peak(course: &Course) -> f64 {
    course.points.iter().map(|p| p.1).filter(|share| share.is_finite()).fold(0.0, f64::max)
}

/// Draws courses and thresholds, and names each at the right, as near to its end as the others allow.
fn lines(
    canvas: &Canvas<'_>,
    plot: Area,
    times: &Scale,
    levels: &Scale,
    courses: &[(&Course, Ink)],
    thresholds: &[Threshold],
    others: usize,
) {
    // Name, ink, weight, where the line ends.
    let mut labels: Vec<(String, Ink, bool, (f64, f64))> = Vec::new();
    for threshold in thresholds.iter().filter(|threshold| threshold.probability.is_finite()) {
        let y = levels.at(threshold.probability);
        canvas.dashed(&[(plot.x0, y), (plot.x1, y)], THRESHOLD.mark, 1.25, THRESHOLD.dash);
        let name = font::shorten_middle(&threshold.name, SMALL, false, LABELS - 110.0);
        let text = format!("{name} from {}", percent(threshold.probability));
        labels.push((text, THRESHOLD, false, (plot.x1, y)));
    }
    for (course, ink) in courses.iter().rev() {
        let parts = thinned(&course.points, times, levels);
        let Some(end) = parts.last().and_then(|part| part.last()).copied() else { continue };
        for part in &parts {
            canvas.dashed(part, ink.mark, 2.5, ink.dash);
        }
        canvas.disc(end, 3.5, ink.mark);
        let figure = percent(last(course));
        let kind = Type::bold(SMALL, ink.text);
        let room = LABELS - 34.0 - kind.width(&figure);
        labels.push((format!("{figure} {}", font::shorten_middle(&course.name, SMALL, true, room)), *ink, true, end));
    }
    if others > 0 {
        let text = if others == 1 { "one other".to_owned() } else { format!("{others} others") };
        labels.push((text, OTHERS, false, (plot.x1, plot.y1)));
    }
    let wishes: Vec<f64> = labels.iter().map(|label| label.3.1).collect();
    let places = spread(&wishes, LABEL_ROW, plot.y0 - 8.0, plot.y1 + 12.0);
    for ((text, ink, bold, end), y) in labels.iter().zip(places) {
        let x = plot.x1 + 24.0;
        let kind = Type { size: SMALL, bold: *bold, colour: if *bold { ink.text } else { MUTED } };
        canvas.line(&[(end.0 + 3.0, end.1), (plot.x1 + 8.0, end.1), (x - 4.0, y)], ink.mark, 1.0);
        canvas.text_mid(x, y, &font::shorten(text, SMALL, *bold, LABELS - 26.0), kind, Anchor::Start);
    }
}

/// The pixels of a course, thinned: of many points in one pixel column only the first, lowest, highest and last are
/// kept. Points that are no numbers part the line.
pub(crate) fn thinned(points: &[(f64, f64)], times: &Scale, levels: &Scale) -> Vec<Vec<(f64, f64)>> {
    let mut parts = Vec::new();
    for run in points.split(|p| !(p.0.is_finite() && p.1.is_finite())) {
        let pixels: Vec<(f64, f64)> = run.iter().map(|p| (times.at(p.0), levels.at(p.1))).collect();
        let mut part: Vec<(f64, f64)> = Vec::new();
        for column in pixels.chunk_by(|a, b| libm::floor(a.0) == libm::floor(b.0)) {
            if column.len() <= 4 {
                part.extend(column);
                continue;
            }
            let by_height = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
            part.push(column[0]);
            part.extend(column.iter().min_by(by_height));
            part.extend(column.iter().max_by(by_height));
            part.push(column[column.len() - 1]);
        }
        if !part.is_empty() {
            parts.push(simplified(&part));
        }
    }
    parts
}

/// The line without the points that lie within a quarter of a pixel of it anyway (Douglas and Peucker, 1973).
fn simplified(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept = vec![false; line.len()];
    let mut open = vec![(0, line.len() - 1)];
    while let Some((first, last)) = open.pop() {
        (kept[first], kept[last]) = (true, true);
        let (a, b) = (line[first], line[last]);
        let length = libm::hypot(b.0 - a.0, b.1 - a.1).max(1e-9);
        let off = |i: usize| libm::fabs((b.0 - a.0) * (a.1 - line[i].1) - (a.0 - line[i].0) * (b.1 - a.1)) / length;
        if let Some(farthest) = (first + 1..last).max_by(|i, j| off(*i).total_cmp(&off(*j))).filter(|i| off(*i) > 0.25)
        {
            open.extend([(first, farthest), (farthest, last)]);
        }
    }
    line.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn courses_are_drawn_whatever_their_number() {
        for (_, data) in gallery::suspicions() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn thinning_keeps_the_extremes_and_parts_at_gaps() {
        let mut points: Vec<(f64, f64)> = (0..1000).map(|i| (f64::from(i) / 1000.0, f64::from(i % 7) / 10.0)).collect();
        points.push((2.0, f64::NAN));
        points.push((3.0, 0.5));
        let parts = thinned(&points, &Scale::linear(0.0, 10.0, 0.0, 10.0), &Scale::linear(0.0, 1.0, 10.0, 0.0));
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [4, 1]);
        assert_eq!(parts[0][1].1, 4.0);
        let ramp: Vec<(f64, f64)> = (0..100).map(|i| (f64::from(i), f64::from(i) / 3.0)).collect();
        assert_eq!(simplified(&ramp), [ramp[0], ramp[99]]);
    }
}
