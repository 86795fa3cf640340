//! Boxes of inputs that hold the cases asked for: how many of them each box holds, how purely, and what one box says.

use crate::chart::area::{Area, crosses};
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::number::percent;
use crate::chart::theme::{self, AXIS, BODY, GRID, MARGIN, MORE, MUTED, SIGNAL, SMALL, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// A trajectory of boxes found by patient rule induction, and the limits of one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxes {
    /// Title and conditions.
    pub frame: Frame,
    /// The boxes, in the order in which they were found.
    pub points: Vec<Point>,
    /// The box whose limits are shown, by its place.
    pub chosen: Option<usize>,
    /// The inputs that the chosen box restricts.
    pub limits: Vec<Limit>,
}

/// One box.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Share of the cases asked for that lie inside, 0 to 1.
    pub coverage: f64,
    /// Share of what lies inside that is a case asked for, 0 to 1.
    pub density: f64,
    /// How many inputs it restricts.
    pub restricted: usize,
}

/// One input that the chosen box restricts.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The input's name.
    pub input: String,
    /// All values that it can have.
    pub range: (f64, f64),
    /// Its values inside the box.
    pub within: (f64, f64),
    /// The lower end inside the box as it is to be read.
    pub low: String,
    /// The upper end inside the box.
    pub high: String,
    /// The lowest of all values.
    pub lowest: String,
    /// The highest of all values.
    pub highest: String,
}

const PLOT: f64 = 350.0;
const TOP: f64 = 34.0;
const KEY: f64 = 34.0;
/// Width of the left part with its axis.
const LEFT: f64 = 452.0;
const ROW: f64 = 84.0;
const DOT: f64 = 5.5;
/// From so many restricted inputs on, dots are all as dark.
const DARKEST: usize = 6;

impl Boxes {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let points: Vec<(usize, &Point)> =
            self.points.iter().enumerate().filter(|(_, point)| point.is_finite()).collect();
        let limits: Vec<&Limit> = self.limits.iter().filter(|limit| limit.is_finite()).collect();
        let missing = self.points.len() - points.len() + self.limits.len() - limits.len();
        let notes = left_out(missing);
        if points.is_empty() {
            let remark = "There is no box to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let height = (TOP + PLOT + axis::BELOW + KEY).max(TOP + ROW * limits.len() as f64);
        self.frame.chart(height, &self.words(), &notes, |canvas, area| {
            let plot = Area::new(MARGIN + 54.0, area.y0 + TOP, MARGIN + LEFT, area.y0 + TOP + PLOT);
            self.trajectory(canvas, plot, &points);
            key(canvas, plot.y1 + axis::BELOW + KEY / 2.0, &points);
            let right = Area::new(MARGIN + LEFT + 52.0, area.y0, WIDTH - MARGIN, area.y1);
            canvas.text(right.x0, area.y0 + TOP - 14.0, "the chosen box", Type::regular(SMALL, MUTED), Anchor::Start);
            if limits.is_empty() {
                let all = Area::new(right.x0, plot.y0, right.x1, plot.y0 + 80.0);
                let remark = if self.chosen.is_some() { "It restricts no input." } else { "No box is chosen." };
                canvas.remark(all, remark);
            }
            for (nth, limit) in limits.iter().enumerate() {
                bar(canvas, Area { y0: plot.y0 + ROW * nth as f64, ..right }, limit);
            }
        })
    }

    fn trajectory(&self, canvas: &Canvas<'_>, plot: Area, points: &[(usize, &Point)]) {
        let (across, up) = (Scale::linear(0.0, 1.0, plot.x0, plot.x1), Scale::linear(0.0, 1.0, plot.y1, plot.y0));
        axis::left(canvas, plot, &up, &axis::percent_ticks(&up, 5), "density: share of the box that is a case");
        axis::below(canvas, plot, &across, &axis::percent_ticks(&across, 5), "coverage: share of cases inside");
        let at = |point: &Point| (across.at(point.coverage), up.at(point.density));
        let line: Vec<(f64, f64)> = points.iter().map(|(_, point)| at(point)).collect();
        canvas.line(&line, AXIS, 1.25);
        for (_, point) in points {
            dot(canvas, at(point), point.restricted);
        }
        let chosen = points.iter().find(|(index, _)| Some(*index) == self.chosen).map(|(_, point)| *point);
        let spots: Vec<Area> = line.iter().map(|(x, y)| Area::new(*x, *y, *x, *y).grown(DOT + 1.0)).collect();
        let mut taken: Vec<Area> = Vec::new();
        // Names may reach over the edge, up to the other part.
        let room = Area::new(plot.x0, plot.y0 - 6.0, plot.x1 + 46.0, plot.y1);
        let mut name = |at: (f64, f64), text: &str, kind: Type, off: f64| {
            let width = kind.width(text);
            let near = [
                (1.0, -13.0),
                (-1.0, 13.0),
                (1.0, 13.0),
                (-1.0, -13.0),
                (1.0, 0.0),
                (-1.0, 0.0),
                (1.0, -26.0),
                (-1.0, 26.0),
            ];
            let areas = near.into_iter().map(|(side, dy)| {
                let x = if side > 0.0 { at.0 + off } else { at.0 - off - width };
                Area::new(x, at.1 + dy - 8.0, x + width, at.1 + dy + 8.0)
            });
            let free = |area: &Area| {
                let hit = |pair: &[(f64, f64)]| crosses(area, pair[0], pair[1]);
                let inside = room.contains(area);
                inside && !spots.iter().chain(&taken).any(|spot| spot.overlaps(area)) && !line.windows(2).any(hit)
            };
            let found = areas.into_iter().find(free)?;
            taken.push(found.grown(2.0));
            canvas.tint(found, WHITE, 0.85);
            canvas.text_mid(found.x0, (found.y0 + found.y1) / 2.0, text, kind, Anchor::Start);
            Some(())
        };
        if let Some(point) = chosen {
            mark(canvas, at(point), point.restricted);
            let text = format!("chosen: {}", inputs(point.restricted));
            // Without the room for all, the one word.
            let kind = Type::bold(BODY, TEXT);
            let _ = name(at(point), &text, kind, 15.0).or_else(|| name(at(point), "chosen", kind, 15.0));
        }
        // The first of those with as many inputs bears the number.
        let mut before = None;
        for (index, point) in points {
            if before != Some(point.restricted) && Some(*index) != self.chosen {
                let _ = name(at(point), &point.restricted.to_string(), Type::regular(SMALL, MUTED), 9.0);
            }
            before = Some(point.restricted);
        }
    }

    fn words(&self) -> String {
        let point = |point: &Point| {
            format!(
                "coverage {}, density {}, {}",
                percent(point.coverage),
                percent(point.density),
                inputs(point.restricted)
            )
        };
        let ends: Vec<String> = [self.points.first(), self.points.last()].into_iter().flatten().map(point).collect();
        let chosen = self
            .chosen
            .and_then(|index| self.points.get(index))
            .map_or("No box is chosen.".to_owned(), |it| format!("Chosen: {}.", point(it)));
        let limit = |limit: &Limit| {
            format!("{} from {} to {}, of {} to {}.", limit.input, limit.low, limit.high, limit.lowest, limit.highest)
        };
        let limits: Vec<String> = self.limits.iter().map(limit).collect();
        format!("{} boxes, from {}. {chosen} {}", self.points.len(), ends.join(" to "), limits.join(" "))
    }
}

impl Point {
    fn is_finite(&self) -> bool {
        self.coverage.is_finite() && self.density.is_finite()
    }
}

impl Limit {
    fn is_finite(&self) -> bool {
        // A range wider than numbers can tell counts as none.
        (self.range.1 - self.range.0).is_finite() && self.within.0.is_finite() && self.within.1.is_finite()
    }
}

fn inputs(count: usize) -> String {
    if count == 1 { "1 input".to_owned() } else { format!("{count} inputs") }
}

fn dot(canvas: &Canvas<'_>, at: (f64, f64), restricted: usize) {
    canvas.disc(at, DOT + 1.0, theme::REFERENCE.mark);
    canvas.disc(at, DOT, theme::shade(&MORE, restricted.min(DARKEST) as f64 / DARKEST as f64));
}

/// The chosen dot, in a ring.
fn mark(canvas: &Canvas<'_>, at: (f64, f64), restricted: usize) {
    canvas.ring(at, DOT + 5.0, TEXT, 2.5);
    dot(canvas, at, restricted);
}

/// A dot for each number of inputs.
fn key(canvas: &Canvas<'_>, y: f64, points: &[(usize, &Point)]) {
    let kind = Type::regular(SMALL, MUTED);
    let mut numbers: Vec<usize> = points.iter().map(|(_, point)| point.restricted.min(DARKEST)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut x = canvas.text_mid(MARGIN, y, "inputs restricted:", kind, Anchor::Start).x1 + 16.0;
    for number in numbers {
        dot(canvas, (x, y), number);
        let text = if number == DARKEST { format!("{number} or more") } else { number.to_string() };
        x = canvas.text_mid(x + 11.0, y, &text, kind, Anchor::Start).x1 + 20.0;
    }
}

/// One input: its name, all its values as a bar, those inside the box filled.
fn bar(canvas: &Canvas<'_>, room: Area, limit: &Limit) {
    let name = font::shorten(&clean(&limit.input), BODY, true, room.width());
    canvas.text_mid(room.x0, room.y0 + 8.0, &name, Type::bold(BODY, TEXT), Anchor::Start);
    let scale = Scale::linear(limit.range.0.min(limit.range.1), limit.range.0.max(limit.range.1), room.x0, room.x1);
    let whole = Area::new(room.x0, room.y0 + 39.0, room.x1, room.y0 + 51.0);
    canvas.rect(whole, GRID);
    let (low, high) = (limit.within.0.min(limit.within.1), limit.within.0.max(limit.within.1));
    let (x0, x1) = (scale.at(low), scale.at(high));
    // As wide as it can be seen, even at the far end.
    let x0 = x0.min(room.x1 - 3.0);
    canvas.rect(Area::new(x0, whole.y0, x1.max(x0 + 3.0), whole.y1), SIGNAL.mark);

    let (inner, outer) = (Type::bold(SMALL, SIGNAL.text), Type::regular(SMALL, MUTED));
    let cut = |text: &str, kind: Type| font::shorten(&clean(text), kind.size, kind.bold, room.width() / 2.0 - 8.0);
    let (from, to) = (cut(&limit.low, inner), cut(&limit.high, inner));
    let (half_from, half_to) = (inner.width(&from) / 2.0, inner.width(&to) / 2.0);
    // Each over its end, apart from the other and above the bar.
    let apart = (half_from + half_to + 10.0 - (x1 - x0)).max(0.0) / 2.0;
    let left = (x0 - apart).clamp(room.x0 + half_from, room.x1 - 2.0 * half_to - 10.0 - half_from);
    let right = (x1 + apart).clamp(left + half_from + 10.0 + half_to, room.x1 - half_to);
    for (x, text) in [(left, from), (right, to)] {
        canvas.text(x, whole.y0 - 6.0, &text, inner, Anchor::Middle);
    }
    for (x, text, anchor) in [(room.x0, &limit.lowest, Anchor::Start), (room.x1, &limit.highest, Anchor::End)] {
        canvas.text(x, whole.y1 + 14.0, &cut(text, outer), outer, anchor);
    }
    for x in [room.x0, room.x1] {
        canvas.line(&[(x, whole.y0 - 1.0), (x, whole.y1 + 1.0)], WHITE, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::{gallery, inspect};

    #[test]
    fn boxes_are_drawn_whatever_they_hold() {
        for (_, data) in gallery::boxes() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn the_chosen_box_is_named_with_its_limits() {
        let (_, data) = gallery::boxes().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        assert!(texts.iter().any(|text| text == "chosen: 2 inputs"), "{texts:?}");
        for limit in &data.limits {
            for text in [&limit.input, &limit.low, &limit.high, &limit.lowest, &limit.highest] {
                assert!(texts.contains(text), "{text}");
            }
        }
        assert!(chart.alt.contains("Chosen: coverage 78%, density 83%, 2 inputs."), "{}", chart.alt);
    }
}
