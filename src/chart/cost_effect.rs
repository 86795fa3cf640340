//! What each option costs and averts beside the reference, with the frontier of those that are worth a look.

use crate::chart::area::{Area, crosses};
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::number::{Interval, interval};
use crate::chart::theme::{self, AXIS, BODY, Ink, MARGIN, MUTED, OTHERS, REFERENCE, TEXT, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Options in the plane of units averted and extra cost; the reference lies where both are 0.
#[derive(Clone, Debug, PartialEq)]
pub struct CostEffect {
    /// Title and conditions.
    pub frame: Frame,
    /// What stands along the horizontal axis: `units averted against as-today; more is better`.
    pub across: String,
    /// What stands along the upright axis: `extra cost`.
    pub up: String,
    /// One point for each option.
    pub points: Vec<Point>,
}

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The option's name.
    pub option: String,
    /// Whether this is the option that the others are compared with.
    pub reference: bool,
    /// Units averted, with the mean's interval. Infinite ends are not drawn.
    pub effect: Interval,
    /// Extra cost, with the mean's interval.
    pub cost: Interval,
    /// Where it stands.
    pub standing: Standing,
}

/// How an option stands to the frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On it: a filled mark, and the line runs through it.
    Frontier,
    /// Beaten by a mix of two others: an open mark.
    Extended,
    /// Beaten by another: a cross.
    Dominated,
}

impl Standing {
    fn name(self) -> &'static str {
        match self {
            Standing::Frontier => "on the frontier",
            Standing::Extended => "extendedly dominated",
            Standing::Dominated => "dominated",
        }
    }
}

const PLOT: f64 = 400.0;
const TOP: f64 = 34.0;
const KEY: f64 = 28.0;
const MARK: f64 = 6.0;
/// The widest that a name may be.
const ROOM: f64 = 230.0;

impl CostEffect {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let drawn = |point: &&Point| point.effect.mid.is_finite() && point.cost.mid.is_finite();
        let points: Vec<&Point> = self.points.iter().filter(drawn).collect();
        let mut notes = left_out(self.points.len() - points.len());
        if points.is_empty() {
            let remark = "There is no option to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let ends = |pick: fn(&Point) -> Interval| {
            let all = points.iter().map(|point| pick(point)).flat_map(|it| [it.low, it.mid, it.high, 0.0]);
            let all: Vec<f64> = all.filter(|value| value.is_finite()).collect();
            let (low, high) = (all.iter().copied().fold(0.0, f64::min), all.iter().copied().fold(0.0, f64::max));
            let air = (high - low) * 0.08;
            (low - air, high + air)
        };
        let ((left, right), (bottom, top)) = (ends(|point| point.effect), ends(|point| point.cost));
        let (x0, x1) = (MARGIN + 62.0, WIDTH - MARGIN - 16.0);
        let across = Scale::linear(left, right, x0, x1);
        // Names are placed before anything is painted, relative to the top of the plot, so that the foot can tell of
        // those that found no place.
        let level = Scale::linear(bottom, top, PLOT, 0.0);
        let marks = marks(&points, &across, &level);
        let mut lines: Vec<Bar> =
            frontier(&points, &across, &level).windows(2).map(|pair| (pair[0], pair[1])).collect();
        lines.push(((across.at(0.0), 0.0), (across.at(0.0), PLOT)));
        lines.push(((x0, level.at(0.0)), (x1, level.at(0.0))));
        let names = place(&points, &marks, &lines, Area::new(x0, 0.0, x1, PLOT));
        let nameless: Vec<&str> = points
            .iter()
            .zip(&names)
            .filter(|(_, name)| name.is_none())
            .map(|(point, _)| point.option.as_str())
            .collect();
        if !nameless.is_empty() {
            notes.push(format!("Not named for want of room: {}.", nameless.join(", ")));
        }
        self.frame.chart(TOP + PLOT + axis::BELOW + KEY, &self.words(), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP, x1, area.y0 + TOP + PLOT);
            let up = Scale::linear(bottom, top, plot.y1, plot.y0);
            axis::left(canvas, plot, &up, &axis::ticks_of(&up, 7), &self.up);
            axis::below(canvas, plot, &across, &axis::ticks_of(&across, 9), &self.across);
            // Where nothing is averted and nothing costs more.
            canvas.line(&[(across.at(0.0), plot.y0), (across.at(0.0), plot.y1)], AXIS, 1.25);
            canvas.line(&[(plot.x0, up.at(0.0)), (plot.x1, up.at(0.0))], AXIS, 1.25);
            let down = |p: (f64, f64)| (p.0, p.1 + plot.y0);
            let line: Vec<(f64, f64)> = frontier(&points, &across, &level).into_iter().map(down).collect();
            canvas.line(&line, TEXT, 1.5);
            for mark in &marks {
                for bar in &mark.bars {
                    canvas.line(&[down(bar.0), down(bar.1)], mark.ink.mark, 1.5);
                }
            }
            for (point, mark) in points.iter().zip(&marks) {
                paint(canvas, down(mark.at), mark.ink, point.standing);
            }
            for (mark, name) in marks.iter().zip(&names) {
                let Some((text, area, tied)) = name else { continue };
                if *tied {
                    let end = if area.x0 > mark.at.0 { area.x0 - 3.0 } else { area.x1 + 3.0 };
                    let near = mark.at.0 + if area.x0 > mark.at.0 { MARK + 1.0 } else { -MARK - 1.0 };
                    let y = (area.y0 + area.y1) / 2.0;
                    canvas.line(&[down((near, mark.at.1)), down((end, y))], AXIS, 1.0);
                }
                let y = (area.y0 + area.y1) / 2.0 + plot.y0;
                canvas.text_mid(area.x0, y, text, Type::bold(BODY, mark.ink.text), Anchor::Start);
            }
            key(canvas, plot.y1 + axis::BELOW + KEY / 2.0);
        })
    }

    fn words(&self) -> String {
        let point = |point: &Point| {
            format!(
                "{}: {} averted, {} extra cost, {}{}.",
                point.option,
                interval(point.effect),
                interval(point.cost),
                point.standing.name(),
                if point.reference { ", the reference" } else { "" }
            )
        };
        format!("{} against {}. {}", self.up, self.across, self.points.iter().map(point).collect::<Vec<_>>().join(" "))
    }
}

/// A straight line in pixels, from end to end.
type Bar = ((f64, f64), (f64, f64));

/// A point in pixels, with its bars.
struct Mark {
    at: (f64, f64),
    ink: Ink,
    bars: Vec<Bar>,
}

fn marks(points: &[&Point], across: &Scale, up: &Scale) -> Vec<Mark> {
    let mut next = 0;
    let mut all = Vec::new();
    for point in points {
        let ink = if point.reference {
            REFERENCE
        } else {
            next += 1;
            theme::option(next - 1)
        };
        let at = (across.at(point.effect.mid), up.at(point.cost.mid));
        let mut bars = Vec::new();
        if point.effect.is_finite() && !point.effect.is_exact() {
            bars.push(((across.at(point.effect.low), at.1), (across.at(point.effect.high), at.1)));
        }
        if point.cost.is_finite() && !point.cost.is_exact() {
            bars.push(((at.0, up.at(point.cost.low)), (at.0, up.at(point.cost.high))));
        }
        all.push(Mark { at, ink, bars });
    }
    all
}

/// The frontier's corners, from the least effect to the most.
fn frontier(points: &[&Point], across: &Scale, up: &Scale) -> Vec<(f64, f64)> {
    let mut on: Vec<&&Point> = points.iter().filter(|point| point.standing == Standing::Frontier).collect();
    on.sort_by(|a, b| a.effect.mid.total_cmp(&b.effect.mid));
    on.iter().map(|point| (across.at(point.effect.mid), up.at(point.cost.mid))).collect()
}

/// A name, the room that it has, and whether it stands so far off that it is tied to its mark.
type Name = (String, Area, bool);

/// Finds each name a place near its mark where it crosses no other name, mark, bar or line; if there is none, one where
/// it crosses a bar or a line only; if there is none either, it has none. Those that no colour tells apart come last.
fn place(points: &[&Point], marks: &[Mark], lines: &[Bar], plot: Area) -> Vec<Option<Name>> {
    let kind = Type::bold(BODY, TEXT);
    let spots: Vec<Area> =
        marks.iter().map(|mark| Area::new(mark.at.0, mark.at.1, mark.at.0, mark.at.1).grown(MARK + 2.0)).collect();
    let mut names: Vec<Option<Name>> = vec![None; points.len()];
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|i| (marks[*i].ink == OTHERS, *i));
    for i in order {
        let text = font::shorten_middle(&points[i].option, BODY, true, ROOM);
        let (width, (x, y)) = (kind.width(&text), marks[i].at);
        let at = |dx: f64, dy: f64| {
            let x0 = if dx > 0.0 { x + dx } else { x + dx - width };
            Area::new(x0, y + dy - 8.0, x0 + width, y + dy + 8.0)
        };
        let near = [12.0, -16.0, 24.0, -30.0, 46.0, -48.0, 70.0, -72.0, 100.0, -104.0];
        let candidates = || near.into_iter().flat_map(|dy| [(11.0, dy), (-11.0, dy), (40.0, dy), (-40.0, dy)]);
        let free = |area: &Area, strict: bool| {
            let room = area.grown(2.0);
            let mut all = marks.iter().flat_map(|mark| &mark.bars).chain(lines);
            let mut taken = names.iter().flatten().map(|(_, area, _)| area).chain(&spots);
            let crossed = strict && all.any(|line| crosses(&room, line.0, line.1));
            plot.contains(&room) && !crossed && !taken.any(|other| other.overlaps(&room))
        };
        let found = [true, false].into_iter().find_map(|strict| {
            candidates()
                .map(|(dx, dy)| (at(dx, dy), dx.abs() > 20.0 || dy.abs() > 20.0))
                .find(|(area, _)| free(area, strict))
        });
        names[i] = found.map(|(area, tied)| (text, area, tied));
    }
    names
}

fn paint(canvas: &Canvas<'_>, at: (f64, f64), ink: Ink, standing: Standing) {
    match standing {
        Standing::Frontier => canvas.disc(at, MARK, ink.mark),
        Standing::Extended => canvas.ring(at, MARK - 1.0, ink.mark, 2.25),
        Standing::Dominated => {
            let d = MARK - 1.0;
            canvas.line(&[(at.0 - d, at.1 - d), (at.0 + d, at.1 + d)], ink.mark, 2.5);
            canvas.line(&[(at.0 - d, at.1 + d), (at.0 + d, at.1 - d)], ink.mark, 2.5);
        }
    }
}

fn key(canvas: &Canvas<'_>, y: f64) {
    let kind = Type::regular(BODY, MUTED);
    let mut x = MARGIN + 8.0;
    for standing in [Standing::Frontier, Standing::Extended, Standing::Dominated] {
        paint(canvas, (x, y), REFERENCE, standing);
        x = canvas.text_mid(x + 14.0, y, standing.name(), kind, Anchor::Start).x1 + 34.0;
    }
    canvas.line(&[(x - 8.0, y), (x + 24.0, y)], TEXT, 1.5);
    canvas.text_mid(x + 32.0, y, "frontier: each step buys units at the least cost", kind, Anchor::Start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn planes_are_drawn_whatever_lies_in_them() {
        for (_, data) in gallery::cost_effects() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn every_option_is_named_in_the_picture_or_below_it_and_in_the_words() {
        for (which, data) in gallery::cost_effects() {
            let chart = data.chart();
            let short = |point: &&Point| point.option.len() < 20 && point.effect.mid.is_finite();
            for point in data.points.iter().filter(short) {
                assert!(chart.alt.contains(&point.option), "{which}: {}", point.option);
                let shown = inspect::labels(&chart).iter().any(|label| label.text.contains(&point.option));
                assert!(shown || chart.alt.contains("Not named"), "{which}: {}", point.option);
            }
        }
    }
}
