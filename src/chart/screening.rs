//! Which inputs matter, and whether they act alone: mean absolute effects against the spread of effects.

use crate::chart::area::{Area, crosses};
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::number::{Interval, count, figure, interval};
use crate::chart::room::{Room, Stroke};
use crate::chart::span::{self, drawable, figures};
use crate::chart::theme::{AXIS, BODY, MARGIN, MUTED, OPTIONS, SMALL, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Inputs in the plane of mean absolute effect and spread of effects (Morris).
#[derive(Clone, Debug, PartialEq)]
pub struct Screening {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// What stands along the horizontal axis: `mean absolute effect on the share that becomes known`.
    pub across: String,
    /// What stands along the upright axis: `standard deviation of the effects`.
    pub up: String,
    /// One point for each input.
    pub points: Vec<Point>,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The input's name.
    pub input: String,
    /// Mean absolute effect with its interval. Infinite ends are not drawn.
    pub importance: Interval,
    /// Standard deviation of the effects.
    pub spread: f64,
    /// Whether the input is kept for a closer look.
    pub kept: bool,
}

const PLOT: f64 = 400.0;
const TOP: f64 = 34.0;
const KEY: f64 = 28.0;
const MARK: f64 = 6.0;
const SMALL_MARK: f64 = 3.5;
/// The widest that a name may be.
const ROOM: f64 = 230.0;
/// What the line says on which the spread equals the mean absolute effect.
const EQUAL: &str = "spread = effect: as much interaction as effect";

/// A point that can be drawn.
struct Mark<'a> {
    point: &'a Point,
    importance: Interval,
    at: (f64, f64),
}

impl Mark<'_> {
    fn radius(&self) -> f64 {
        if self.point.kept { MARK } else { SMALL_MARK }
    }

    /// The thin bar, if there is one.
    fn bar(&self, across: &Scale) -> Option<Stroke> {
        let Interval { low, high, .. } = self.importance;
        (!self.importance.is_exact()).then(|| ((across.at(low), self.at.1), (across.at(high), self.at.1)))
    }
}

impl Screening {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let drawn = |point: &Point| drawable(point.importance).filter(|_| point.spread.is_finite());
        let points: Vec<(&Point, Interval)> =
            self.points.iter().filter_map(|point| Some((point, drawn(point)?))).collect();
        let mut notes = left_out(self.points.len() - points.len());
        if points.is_empty() {
            let remark = "There is no input to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let (left, right) = airy(span::range(0.0, points.iter().flat_map(|(_, importance)| figures(*importance))));
        let (bottom, top) = airy(span::range(0.0, points.iter().map(|(point, _)| point.spread)));
        let (x0, x1) = (MARGIN + 62.0, WIDTH - MARGIN - 16.0);
        let across = Scale::linear(left, right, x0, x1);
        // Everything is placed relative to the top of the plot before it is painted, so that the foot can tell of names
        // that found no place.
        let level = Scale::linear(bottom, top, PLOT, 0.0);
        let marks: Vec<Mark<'_>> = points
            .into_iter()
            .map(|(point, importance)| {
                let at = (across.at(importance.mid), level.at(point.spread));
                Mark { point, importance, at }
            })
            .collect();
        let equal = right.min(top);
        let equal = ((across.at(0.0), level.at(0.0)), (across.at(equal), level.at(equal)));

        let mut strokes: Vec<Stroke> = marks.iter().filter_map(|mark| mark.bar(&across)).collect();
        strokes.push(equal);
        let spots = marks.iter().map(|m| Area::new(m.at.0, m.at.1, m.at.0, m.at.1).grown(m.radius() + 2.0)).collect();
        let mut room = Room { plot: Area::new(x0, 0.0, x1, PLOT), strokes, taken: spots };
        let names = place(&marks, &mut room);
        let equal_at = along(equal, &mut room);
        let nameless: Vec<&str> = marks
            .iter()
            .zip(&names)
            .filter(|(mark, name)| mark.point.kept && name.is_none())
            .map(|(mark, _)| mark.point.input.as_str())
            .collect();
        if !nameless.is_empty() {
            notes.push(format!("Not named for want of room: {}.", nameless.join(", ")));
        }

        self.frame.chart(TOP + PLOT + axis::BELOW + KEY, &self.words(&marks), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP, x1, area.y0 + TOP + PLOT);
            let up = Scale::linear(bottom, top, plot.y1, plot.y0);
            axis::left(canvas, plot, &up, &axis::ticks_of(&up, 6), &self.up);
            axis::below(canvas, plot, &across, &axis::ticks_of(&across, 8), &self.across);
            let down = |p: (f64, f64)| (p.0, p.1 + plot.y0);
            if left < 0.0 {
                canvas.line(&[(across.at(0.0), plot.y0), (across.at(0.0), plot.y1)], AXIS, 1.25);
            }
            canvas.line(&[down(equal.0), down(equal.1)], AXIS, 1.25);
            if let Some(area) = equal_at {
                let y = (area.y0 + area.y1) / 2.0 + plot.y0;
                canvas.text_mid(area.x0, y, EQUAL, Type::regular(SMALL, MUTED), Anchor::Start);
            }
            // Kept inputs come last, so that they lie on top.
            for kept in [false, true] {
                for mark in marks.iter().filter(|mark| mark.point.kept == kept) {
                    let ink = if kept { OPTIONS[0].mark } else { AXIS };
                    if let Some((from, to)) = mark.bar(&across) {
                        canvas.line(&[down(from), down(to)], ink, if kept { 1.75 } else { 1.0 });
                    }
                    dot(canvas, down(mark.at), kept);
                }
            }
            for (text, area, tie) in names.iter().flatten() {
                if let Some((from, to)) = tie {
                    canvas.line(&[down(*from), down(*to)], AXIS, 1.0);
                }
                let room = Area::new(area.x0 - 2.0, area.y0 + plot.y0, area.x1 + 2.0, area.y1 + plot.y0);
                canvas.tint(room, WHITE, 0.85);
                let y = (room.y0 + room.y1) / 2.0;
                canvas.text_mid(area.x0, y, text, Type::bold(BODY, OPTIONS[0].text), Anchor::Start);
            }
            let kept = marks.iter().filter(|mark| mark.point.kept).count();
            key(canvas, plot.y1 + axis::BELOW + KEY / 2.0, kept, marks.len() - kept, equal_at.is_none());
        })
    }

    fn words(&self, marks: &[Mark<'_>]) -> String {
        let point = |mark: &Mark<'_>| {
            let Point { input, spread, kept, .. } = mark.point;
            let kept = if *kept { "kept" } else { "not kept" };
            format!("{input}: {}, spread {}, {kept}.", interval(mark.importance), figure(*spread))
        };
        let points: Vec<String> = marks.iter().map(point).collect();
        format!("{} against {}. {}", self.up, self.across, points.join(" "))
    }
}

/// The ends of an axis with some air; below zero only if a value lies there.
fn airy((low, high): (f64, f64)) -> (f64, f64) {
    let air = (high - low) * 0.06;
    let high = if low == high { low + 1.0 } else { high + air };
    (if low < 0.0 { low - air } else { low }, high)
}

/// A name, the room that it has, and the line that ties it to its mark if it stands further off.
type Name = (String, Area, Option<Stroke>);

/// Finds each kept input's name a place near its mark where it crosses nothing, the most important ones first; if there
/// is none, one close by where it crosses a bar or the line only; if there is none either, it has none.
fn place(marks: &[Mark<'_>], room: &mut Room) -> Vec<Option<Name>> {
    let kind = Type::bold(BODY, TEXT);
    let mut names: Vec<Option<Name>> = vec![None; marks.len()];
    let mut order: Vec<usize> = (0..marks.len()).filter(|i| marks[*i].point.kept).collect();
    order.sort_by(|a, b| marks[*b].importance.mid.total_cmp(&marks[*a].importance.mid).then(a.cmp(b)));
    let mut ties: Vec<Stroke> = Vec::new();
    for i in order {
        let text = font::shorten_middle(&marks[i].point.input, BODY, true, ROOM);
        let (width, at) = (kind.width(&text), marks[i].at);
        let near = [-15.0, 15.0, -26.0, 26.0, -44.0, 44.0, -66.0, 66.0, -92.0, 92.0, -120.0, 120.0];
        let lefts = [12.0, -12.0 - width, -width / 2.0, 36.0, -36.0 - width, 70.0, -70.0 - width];
        let candidates = |close: bool| {
            let near = near.into_iter().filter(move |dy| !close || libm::fabs(*dy) < 30.0);
            near.flat_map(move |dy| lefts.map(|dx| (at.0 + dx, at.1 + dy)))
                .map(move |(x, y)| Area::new(x, y - 7.0, x + width, y + 7.0))
        };
        // A tie passes no name, no other mark and no other tie, and no name is put on a tie.
        let clear = |area: &Area| {
            let own = |other: &Area| other.contains(&Area::new(at.0, at.1, at.0, at.1));
            let free = |new: Stroke| {
                let passes = room.taken.iter().any(|other| !own(other) && crosses(other, new.0, new.1));
                !passes && !ties.iter().any(|old| meet(*old, new))
            };
            tie(at, area).is_none_or(free) && !ties.iter().any(|(a, b)| crosses(&area.grown(3.0), *a, *b))
        };
        let strict: Vec<Area> = candidates(false).filter(clear).collect();
        let close: Vec<Area> = candidates(true).filter(clear).collect();
        let found = room.first(strict).or_else(|| {
            let strokes = std::mem::take(&mut room.strokes);
            let found = room.first(close);
            room.strokes = strokes;
            found
        });
        if let Some(area) = found {
            let tie = tie(at, &area);
            ties.extend(tie);
            names[i] = Some((text, area, tie));
        }
    }
    room.strokes.extend(ties);
    names
}

/// The line from a mark to a name that does not stand right beside it.
fn tie(at: (f64, f64), area: &Area) -> Option<Stroke> {
    let (x, y) = (at.0.clamp(area.x0 - 2.0, area.x1 + 2.0), at.1.clamp(area.y0 - 1.0, area.y1 + 1.0));
    let (dx, dy) = (x - at.0, y - at.1);
    let length = libm::hypot(dx, dy);
    let start = (at.0 + dx / length * (MARK + 1.0), at.1 + dy / length * (MARK + 1.0));
    (length > 16.0).then_some((start, (x, y)))
}

/// Whether two lines cross.
fn meet(one: Stroke, other: Stroke) -> bool {
    let side = |(a, b): Stroke, p: (f64, f64)| (b.0 - a.0) * (p.1 - a.1) > (b.1 - a.1) * (p.0 - a.0);
    side(one, other.0) != side(one, other.1) && side(other, one.0) != side(other, one.1)
}

/// Room for the line's name beside the line, from its upper end down.
fn along((from, to): Stroke, room: &mut Room) -> Option<Area> {
    let width = Type::regular(SMALL, MUTED).width(EQUAL);
    let spots = (0..40).map(|i| 0.97 - f64::from(i) * 0.02);
    room.first(spots.flat_map(|t| {
        let (x, y) = (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t);
        [
            Area::new(x - 10.0 - width, y - 14.0, x - 10.0, y - 1.0),
            Area::new(x + 10.0, y + 1.0, x + 10.0 + width, y + 14.0),
        ]
    }))
}

/// Full and large if kept, hollow and small if not.
fn dot(canvas: &Canvas<'_>, at: (f64, f64), kept: bool) {
    if kept {
        canvas.disc(at, MARK, OPTIONS[0].mark);
    } else {
        canvas.ring(at, SMALL_MARK, AXIS, 1.75);
    }
}

fn key(canvas: &Canvas<'_>, y: f64, kept: usize, others: usize, with_line: bool) {
    let mut x = MARGIN + 8.0;
    for (kept, number, what) in [(true, kept, "kept for a closer look"), (false, others, "not kept")] {
        dot(canvas, (x, y), kept);
        let kind = if kept { Type::bold(BODY, OPTIONS[0].text) } else { Type::regular(BODY, MUTED) };
        let text = format!("{what}: {}", count(number as u64));
        x = canvas.text_mid(x + 14.0, y, &text, kind, Anchor::Start).x1 + 34.0;
    }
    if with_line {
        canvas.line(&[(x - 8.0, y), (x + 24.0, y)], AXIS, 1.25);
        canvas.text_mid(x + 32.0, y, EQUAL, Type::regular(BODY, MUTED), Anchor::Start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn planes_are_drawn_whatever_lies_in_them() {
        for (_, data) in gallery::screenings() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn kept_inputs_are_named_in_the_picture_and_all_in_the_words() {
        let (_, data) = gallery::screenings().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for point in &data.points {
            assert_eq!(texts.contains(&point.input), point.kept, "{}: {texts:?}", point.input);
            assert!(chart.alt.contains(&point.input), "{}", point.input);
        }
        assert!(texts.iter().any(|text| text == EQUAL), "{texts:?}");
        assert!(chart.alt.contains("Seal check rate: 0.240 (0.210 to 0.270), spread 0.0600, kept."), "{}", chart.alt);
    }

    #[test]
    fn a_kept_input_without_room_for_its_name_is_named_at_the_foot() {
        let all = gallery::screenings();
        for (which, data) in &all {
            let chart = data.chart();
            let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
            for point in data.points.iter().filter(|point| point.kept && point.input.starts_with("Input ")) {
                assert!(texts.contains(&point.input) || chart.alt.contains("Not named"), "{which}: {}", point.input);
            }
        }
    }
}
