//! How often is the desk right where it believes so much: stated beliefs against shares, and the line on which they agree.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, text_area};
use crate::chart::number::{Interval, count, decimals_for, fixed, percent, percent_interval};
use crate::chart::room::Room;
use crate::chart::theme::{BODY, DESK, MARGIN, MUTED, SMALL, THRESHOLD, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Beliefs and how often they are right.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// One point for each band of belief, in any order.
    pub points: Vec<Point>,
}

/// Where belief lay in one band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Mean belief, 0 to 1.
    pub stated: f64,
    /// The share of those that were misused, 0 to 1, with its interval.
    pub share: Interval,
    /// Runs that this rests on.
    pub runs: u64,
}

impl Point {
    fn is_finite(&self) -> bool {
        self.stated.is_finite() && self.share.is_finite()
    }

    /// Whether belief and share may be the same.
    fn agrees(&self) -> bool {
        self.share.low <= self.stated && self.stated <= self.share.high
    }

    fn runs(&self) -> String {
        if self.runs == 1 { "1 run".to_owned() } else { format!("{} runs", count(self.runs)) }
    }
}

const PLOT: f64 = 420.0;
const TOP: f64 = 34.0;
const DOT: f64 = 6.5;
const CAP: f64 = 5.0;
/// More points than this lie too close for a name each.
const MANY: usize = 40;

impl Calibration {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let points: Vec<&Point> = self.points.iter().filter(|point| point.is_finite()).collect();
        let mut notes = left_out(self.points.len() - points.len());
        if points.is_empty() {
            let remark = "No belief was held in enough runs to say how often it is right.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        notes.push("Hollow: the interval holds the stated belief.".to_owned());
        let height = TOP + PLOT + axis::BELOW;
        self.frame.chart(height, &words(&points), &notes, |canvas, area| paint(canvas, area, &points))
    }
}

fn words(points: &[&Point]) -> String {
    let point = |point: &&Point| {
        format!("Stated {}: misused in {}, {}.", stated(point.stated), percent_interval(point.share), point.runs())
    };
    let all: Vec<String> = points.iter().map(point).collect();
    format!("{} Above the line of equality the desk believes too little, below it too much.", all.join(" "))
}

/// A belief as a percentage; a small one with two digits, since most lie there.
pub fn stated(belief: f64) -> String {
    let value = belief * 100.0;
    if value > 0.01 && value < 9.95 { fixed(value, decimals_for(value, 2).min(2)) + "%" } else { percent(belief) }
}

fn paint(canvas: &Canvas<'_>, area: Area, points: &[&Point]) {
    let plot = Area::new(MARGIN + 52.0, area.y0 + TOP, WIDTH - MARGIN - 12.0, area.y0 + TOP + PLOT);
    let (across, up) = (Scale::linear(0.0, 1.0, plot.x0, plot.x1), Scale::linear(0.0, 1.0, plot.y1, plot.y0));
    axis::left(
        canvas,
        plot,
        &up,
        &axis::percent_ticks(&up, 5),
        "share of these checkpoints at which the operator is misused",
    );
    axis::below(canvas, plot, &across, &axis::percent_ticks(&across, 10), "belief that the desk states");
    let equal = ((plot.x0, plot.y1), (plot.x1, plot.y0));
    canvas.dashed(&[equal.0, equal.1], THRESHOLD.mark, 1.5, THRESHOLD.dash);

    let mut room = Room { plot, strokes: vec![equal], taken: Vec::new() };
    for point in points {
        let (x, y) = (across.at(point.stated), up.at(point.share.mid));
        let (low, high) = (up.at(point.share.low), up.at(point.share.high));
        canvas.line(&[(x, low), (x, high)], DESK.mark, 2.0);
        for end in [low, high] {
            canvas.line(&[(x - CAP, end), (x + CAP, end)], DESK.mark, 2.0);
        }
        room.strokes.push(((x, low.max(high) + 1.0), (x, low.min(high) - 1.0)));
        room.taken.push(Area::new(x - DOT, y - DOT, x + DOT, y + DOT));
        room.taken.extend([low, high].map(|end| Area::new(x - CAP, end - 1.0, x + CAP, end + 1.0)));
    }
    for point in points {
        let centre = (across.at(point.stated), up.at(point.share.mid));
        if point.agrees() {
            canvas.ring(centre, DOT - 1.0, DESK.mark, 2.25);
        } else {
            canvas.disc(centre, DOT + 1.5, WHITE);
            canvas.disc(centre, DOT, DESK.mark);
        }
    }
    regions(canvas, &mut room);
    if points.len() <= MANY {
        for point in points {
            let at = |value: f64| (across.at(point.stated), up.at(value));
            name(canvas, &mut room, point, [at(point.share.mid), at(point.share.low), at(point.share.high)]);
        }
    }
}

/// Names the line of equality, and what lies on either side of it, where there is room.
fn regions(canvas: &Canvas<'_>, room: &mut Room) {
    let plot = room.plot;
    let at = |x: f64, y: f64| (plot.x0 + x * plot.width(), plot.y1 - y * plot.height());
    let line = Type::regular(BODY, THRESHOLD.text);
    let below = |x: f64, text: &str, kind: Type| {
        let (x, y) = at(x, x);
        Area::new(x + 10.0, y + 6.0, x + 10.0 + kind.width(text), y + 20.0)
    };
    let text = "belief = share";
    let along = [0.86, 0.82, 0.78, 0.74, 0.70, 0.66, 0.62, 0.58, 0.54, 0.5, 0.46, 0.42, 0.38, 0.34, 0.3];
    match room.first(along.map(|x| below(x, text, line))) {
        Some(area) => canvas.text_mid(area.x0, (area.y0 + area.y1) / 2.0, text, line, Anchor::Start),
        // Above its end there is always room.
        None => canvas.text(plot.x1, plot.y0 - 9.0, text, line, Anchor::End),
    };
    let side = Type::bold(BODY, MUTED);
    let grid: Vec<(f64, f64)> = (0..60).map(|i| (f64::from(i % 6) * 0.05, f64::from(i / 6) * 0.05)).collect();
    for (text, left) in
        [("above the line: the desk believes too little", true), ("below the line: the desk believes too much", false)]
    {
        let width = side.width(text);
        let spot = |(dx, dy): &(f64, f64)| {
            let (x, y) = if left { at(0.03 + dx, 0.95 - dy) } else { at(0.97 - dx, 0.05 + dy) };
            let x = if left { x } else { x - width };
            Area::new(x, y - 7.0, x + width, y + 7.0)
        };
        if let Some(area) = room.first(grid.iter().map(spot)) {
            canvas.text_mid(area.x0, (area.y0 + area.y1) / 2.0, text, side, Anchor::Start);
        }
    }
}

/// The number of runs beside a point, or beyond an end of its bar.
fn name(canvas: &Canvas<'_>, room: &mut Room, point: &Point, [centre, low, high]: [(f64, f64); 3]) {
    let kind = Type::regular(SMALL, DESK.text);
    let text = point.runs();
    let beside = |(x, y): (f64, f64), shift: f64, anchor: Anchor| {
        text_area(if anchor == Anchor::Start { x + shift } else { x - shift }, y + kind.drop(), &text, kind, anchor)
    };
    let beyond = |(x, y): (f64, f64), shift: f64, anchor: Anchor| {
        let x = match anchor {
            Anchor::Start => x - CAP,
            Anchor::Middle => x,
            Anchor::End => x + CAP,
        };
        text_area(x, y + shift + kind.drop(), &text, kind, anchor)
    };
    let places = [
        beside(centre, DOT + 6.0, Anchor::Start),
        beside(centre, DOT + 6.0, Anchor::End),
        beside(centre, DOT + 16.0, Anchor::Start),
        beside(centre, DOT + 16.0, Anchor::End),
        beyond(high, -14.0, Anchor::Middle),
        beyond(low, 14.0, Anchor::Middle),
        beyond(high, -14.0, Anchor::Start),
        beyond(low, 14.0, Anchor::Start),
        beyond(high, -14.0, Anchor::End),
        beyond(low, 14.0, Anchor::End),
        beyond(high, -24.0, Anchor::Start),
        beside(high, CAP + 5.0, Anchor::Start),
        beside(low, CAP + 5.0, Anchor::Start),
        beside(high, CAP + 5.0, Anchor::End),
        beside(low, CAP + 5.0, Anchor::End),
    ];
    if let Some(area) = room.first(places) {
        canvas.text(area.x0, area.y0 + kind.drop() * 2.0, &text, kind, Anchor::Start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn beliefs_are_drawn_wherever_they_lie() {
        for (_, data) in gallery::calibrations() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn line_and_sides_are_named_and_points_say_their_runs() {
        let (_, ordinary) = gallery::calibrations().swap_remove(0);
        let labels = inspect::labels(&ordinary.chart());
        let parts = ["belief = share", "the desk believes too little", "the desk believes too much"];
        for part in parts {
            assert!(labels.iter().any(|label| label.text.contains(part)), "{part}");
        }
        for point in &ordinary.points {
            assert!(labels.iter().any(|label| label.text == point.runs()), "{}", point.runs());
        }
        assert!(ordinary.chart().alt.contains("Stated 74%: misused in 45% (31% to 60%), 61 runs."));
    }

    #[test]
    fn a_share_agrees_if_its_interval_holds_the_belief() {
        let point = |stated| Point { stated, share: Interval::new(0.3, 0.4, 0.5), runs: 5 };
        assert!(point(0.5).agrees() && point(0.3).agrees());
        assert!(!point(0.51).agrees() && !point(0.2).agrees());
    }
}
