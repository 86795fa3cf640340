//! How the outcome follows one input: a line for each option with its band, and where an option breaks even.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Type};
use crate::chart::curve_label::{self, End};
use crate::chart::font;
use crate::chart::number::{Interval, figure, interval};
use crate::chart::span::{self, drawable, figures};
use crate::chart::theme::{self, AXIS, BODY, Ink, MARGIN, MUTED, OTHERS, REFERENCE, SMALL, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Outcomes over the values of one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Title and conditions. The meaning of the intervals belongs into its notes.
    pub frame: Frame,
    /// What stands along the horizontal axis: `seal check rate, share of consignments`.
    pub across: String,
    /// What stands along the upright axis: `net benefit, euro a year`.
    pub up: String,
    /// One curve for each option.
    pub curves: Vec<Curve>,
    /// Where options break even.
    pub break_evens: Vec<BreakEven>,
    /// The input's value as written, if it is to be marked.
    pub written: Option<f64>,
}

/// One option's curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The option's name.
    pub option: String,
    /// Value of the input, and the outcome there. Infinite ends are not drawn.
    pub points: Vec<(f64, Interval)>,
}

/// A value of the input at which an option's outcome passes zero.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// The option's name, as in its curve.
    pub option: String,
    /// The value with its interval. Infinite ends are not drawn.
    pub at: Interval,
}

const PLOT: f64 = 360.0;
const TOP: f64 = 34.0;
/// Height of a row of labels above the plot, and how many there may be.
const FLAG: f64 = 20.0;
const FLAGS: usize = 8;
/// The widest that a name at the right, or a label above the plot, may be.
const ROOM: f64 = 210.0;
const FLAG_ROOM: f64 = 420.0;
/// Distance of break-even intervals that would lie on each other.
const LANE: f64 = 11.0;
/// Up to so many points of a curve are marked.
const MARKED: usize = 15;

/// A curve ready to draw.
struct Line<'a> {
    option: &'a str,
    name: String,
    ink: Ink,
    /// Values and outcomes in rising order.
    points: Vec<(f64, Interval)>,
}

/// A label above the plot and its upright line: where, what, which row from below, and where the text begins.
struct Flag {
    x: f64,
    text: String,
    kind: Type,
    row: Option<usize>,
    start: f64,
}

impl Response {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let lines = self.lines();
        let marks: Vec<(&BreakEven, Interval)> =
            self.break_evens.iter().filter_map(|mark| Some((mark, drawable(mark.at)?))).collect();
        let written = self.written.filter(|written| written.is_finite());
        let given = self.curves.iter().map(|curve| curve.points.len()).sum::<usize>() + self.break_evens.len();
        let drawn = lines.iter().map(|line| line.points.len()).sum::<usize>() + marks.len();
        let mut notes = left_out(given - drawn + usize::from(self.written != written));
        let values = || lines.iter().flat_map(|line| &line.points).map(|point| point.0);
        let outcomes = || lines.iter().flat_map(|line| &line.points).map(|point| point.1);
        let (Some(value), Some(outcome)) = (values().next(), outcomes().next()) else {
            let remark = "There is no outcome to show.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        };
        let others: Vec<&str> = lines.iter().filter(|line| line.ink == OTHERS).map(|line| line.option).collect();
        if !others.is_empty() {
            notes.push(format!("Thin grey: {}.", others.join(", ")));
        }
        let widest = lines.iter().map(|line| font::width(&line.name, BODY, true)).fold(60.0, f64::max);
        let (x0, x1) = (MARGIN + 62.0, WIDTH - MARGIN - widest - 26.0);
        let (least, most) = span::range(value, values());
        let across = Scale::linear(least, most, x0, x1);
        let (inside, outside): (Vec<_>, Vec<_>) = marks.into_iter().partition(|(_, at)| across.holds(at.mid));
        let (written, unseen) = (written.filter(|it| across.holds(*it)), written.filter(|it| !across.holds(*it)));
        let told = outside.iter().map(|(mark, at)| format!("{}: break-even at {}", mark.option, interval(*at)));
        let told: Vec<String> = told.chain(unseen.map(|it| format!("as written: {}", figure(it)))).collect();
        if !told.is_empty() {
            notes.push(format!("Beyond the values shown: {}.", told.join("; ")));
        }
        // Where something breaks even, zero is shown.
        let (low, high) = span::range(outcome.mid, outcomes().flat_map(figures).chain(inside.first().map(|_| 0.0)));
        let air = (high - low) * 0.06;

        let mut flags: Vec<Flag> = inside.iter().map(|mark| Flag::of(mark, &across, &lines)).collect();
        if let Some(written) = written {
            let text = format!("as written: {}", figure(written));
            flags.push(Flag::new(across.at(written), text, Type::regular(SMALL, MUTED)));
        }
        raise(&mut flags);
        let rows = flags.iter().filter_map(|flag| flag.row).max().map_or(0, |row| row + 1);
        let nameless: Vec<&str> =
            flags.iter().filter(|flag| flag.row.is_none()).map(|flag| flag.text.as_str()).collect();
        if !nameless.is_empty() {
            notes.push(format!("Marked without a label: {}.", nameless.join("; ")));
        }

        let strip = FLAG * rows as f64;
        let height = TOP + strip + PLOT + axis::BELOW;
        self.frame.chart(height, &self.words(&lines, &inside, written), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP + strip, x1, area.y0 + TOP + strip + PLOT);
            let up = Scale::linear(low - air, high + air, plot.y1, plot.y0);
            // The title stands above the labels.
            let head = Area { y0: area.y0 + TOP, ..plot };
            axis::left(canvas, head, &up, &axis::ticks_of(&up, 6), &self.up);
            axis::below(canvas, plot, &across, &axis::ticks_of(&across, 8), &self.across);
            if up.holds(0.0) {
                canvas.line(&[(plot.x0, up.at(0.0)), (plot.x1, up.at(0.0))], REFERENCE.mark, 1.5);
            }
            for line in &lines {
                canvas.polygon(&band(&line.points, &across, &up), line.ink.mark, 0.16);
            }
            let foot = up.at(0.0);
            let levels = levels(&inside, &across, plot, foot);
            for (i, flag) in flags.iter().enumerate() {
                let top = flag.row.map_or(plot.y0, |row| plot.y0 - FLAG * row as f64 - 2.0);
                let y = levels.get(i).copied().unwrap_or(plot.y1);
                canvas.line(&[(flag.x, top), (flag.x, y)], if i < inside.len() { flag.kind.colour } else { AXIS }, 1.0);
            }
            let mut ends: Vec<End<'_>> = Vec::new();
            for line in lines.iter().rev() {
                let at = |(value, outcome): &(f64, Interval)| (across.at(*value), up.at(outcome.mid));
                let points: Vec<(f64, f64)> = line.points.iter().map(at).collect();
                canvas.dashed(&points, line.ink.mark, if line.ink == OTHERS { 1.0 } else { 2.25 }, line.ink.dash);
                if points.len() <= MARKED {
                    points.iter().for_each(|point| canvas.disc(*point, 3.0, line.ink.mark));
                }
                ends.extend(points.last().filter(|_| line.ink != OTHERS).map(|end| (&*line.name, line.ink, *end)));
            }
            ends.reverse();
            // Below the labels, which may reach past the plot's right end.
            curve_label::beside(canvas, Area { y0: plot.y0 + 10.0, ..plot }, &ends);
            for ((mark, at), y) in inside.iter().zip(levels) {
                let (ink, x) = (ink_of(&mark.option, &lines).text, across.at(at.mid));
                span::whisker(canvas, &across, y, *at, ink);
                canvas.disc((x, y), 6.0, WHITE);
                canvas.disc((x, y), 4.5, ink);
            }
            for flag in &flags {
                let Some(row) = flag.row else { continue };
                let y = plot.y0 - FLAG * (row as f64 + 0.5) - 2.0;
                canvas.rect(Area::new(flag.start - 2.0, y - 8.0, flag.end() + 2.0, y + 8.0), WHITE);
                canvas.text_mid(flag.start, y, &flag.text, flag.kind, Anchor::Start);
            }
        })
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        for (nth, curve) in self.curves.iter().enumerate() {
            let drawn = |(value, outcome): &(f64, Interval)| Some((*value, drawable(*outcome)?));
            let mut points: Vec<(f64, Interval)> = curve.points.iter().filter_map(drawn).collect();
            points.retain(|point| point.0.is_finite());
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            let ink = theme::option(nth);
            let named = ink != OTHERS && !points.is_empty();
            let name = if named { font::shorten_middle(&curve.option, BODY, true, ROOM) } else { String::new() };
            lines.push(Line { option: &curve.option, name, ink, points });
        }
        lines.retain(|line| !line.points.is_empty());
        lines
    }

    fn words(&self, lines: &[Line<'_>], marks: &[(&BreakEven, Interval)], written: Option<f64>) -> String {
        let mut said = vec![format!("{} by {}.", self.up, self.across)];
        for line in lines {
            let count = line.points.len();
            let mut places = vec![0, count / 2, count - 1];
            places.dedup();
            let told = places.into_iter().filter_map(|i| line.points.get(i));
            let told: Vec<String> =
                told.map(|(value, outcome)| format!("{} at {}", interval(*outcome), figure(*value))).collect();
            said.push(format!("{}: {}.", line.option, told.join(", ")));
        }
        said.extend(marks.iter().map(|(mark, at)| format!("{}: break-even at {}.", mark.option, interval(*at))));
        said.extend(written.map(|written| format!("As written: {}.", figure(written))));
        said.join(" ")
    }
}

impl Flag {
    fn of((mark, at): &(&BreakEven, Interval), across: &Scale, lines: &[Line<'_>]) -> Self {
        let kind = Type::bold(SMALL, ink_of(&mark.option, lines).text);
        let told = format!(": break-even at {}", interval(*at));
        let name = font::shorten_middle(&mark.option, SMALL, true, (FLAG_ROOM - kind.width(&told)).max(60.0));
        Flag::new(across.at(at.mid), name + &told, kind)
    }

    /// A label that begins at its line, or further left where the page ends.
    fn new(x: f64, text: String, kind: Type) -> Self {
        let start = (x - 3.0).min(WIDTH - MARGIN - kind.width(&text)).max(MARGIN);
        Flag { x, text, kind, row: None, start }
    }

    fn end(&self) -> f64 {
        self.start + self.kind.width(&self.text)
    }
}

/// Gives each label a row, the right ones the lowest, so that lines pass beside the labels below theirs.
fn raise(flags: &mut [Flag]) {
    let mut order: Vec<usize> = (0..flags.len()).collect();
    order.sort_by(|a, b| flags[*b].x.total_cmp(&flags[*a].x).then(a.cmp(b)));
    let mut taken: Vec<Vec<(f64, f64)>> = vec![Vec::new(); FLAGS];
    for i in order {
        let (from, to) = (flags[i].start - 8.0, flags[i].end() + 8.0);
        let row = taken.iter().position(|row| row.iter().all(|(a, b)| *b <= from || *a >= to));
        if let Some(row) = row {
            taken[row].push((from + 8.0, to - 8.0));
        }
        flags[i].row = row;
    }
}

/// The height of each break-even interval: at the zero line, or off it on its roomier side where others lie there.
fn levels(marks: &[(&BreakEven, Interval)], across: &Scale, plot: Area, zero: f64) -> Vec<f64> {
    let below = plot.y1 - zero >= zero - plot.y0;
    let room = if below { plot.y1 - zero } else { zero - plot.y0 };
    let most = ((room / LANE) as usize).max(1) - 1;
    let reach = |i: usize| {
        let [low, mid, high] = figures(marks[i].1).map(|value| across.at(value));
        (low.min(mid), high.max(mid))
    };
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by(|a, b| reach(*a).0.total_cmp(&reach(*b).0));
    let mut ends: Vec<f64> = Vec::new();
    let mut heights = vec![zero; marks.len()];
    for i in order {
        let (from, to) = reach(i);
        let lane = ends.iter().position(|end| *end < from - 12.0).unwrap_or(ends.len()).min(most);
        ends.resize(ends.len().max(lane + 1), to);
        ends[lane] = to;
        heights[i] = zero + LANE * lane as f64 * if below { 1.0 } else { -1.0 };
    }
    heights
}

/// The ink of an option's curve.
fn ink_of(option: &str, lines: &[Line<'_>]) -> Ink {
    let ink = lines.iter().find(|line| line.option == option).map_or(REFERENCE, |line| line.ink);
    if ink == OTHERS { Ink { text: TEXT, ..OTHERS } } else { ink }
}

/// The outline of a curve's intervals; nothing if all are exact.
fn band(points: &[(f64, Interval)], across: &Scale, up: &Scale) -> Vec<(f64, f64)> {
    if points.iter().all(|(_, outcome)| outcome.is_exact()) {
        return Vec::new();
    }
    let edge = |pick: fn(&Interval) -> f64| {
        points.iter().map(move |(value, outcome)| (across.at(*value), up.at(pick(outcome))))
    };
    edge(|outcome| outcome.low).chain(edge(|outcome| outcome.high).rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn responses_are_drawn_whatever_their_shape_and_number() {
        for (_, data) in gallery::responses() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn every_option_and_break_even_is_named_in_the_picture_and_the_words() {
        let (_, data) = gallery::responses().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for option in data.curves.iter().map(|curve| &curve.option) {
            assert!(texts.contains(option) && chart.alt.contains(option), "{option}: {texts:?}");
        }
        for told in ["Seal checks: break-even at 21.0 (16.0 to 26.0)", "as written: 30"] {
            assert!(texts.iter().any(|text| text == told), "{told}: {texts:?}");
        }
        assert!(chart.alt.contains("Seal checks: break-even at 21.0 (16.0 to 26.0)."), "{}", chart.alt);
    }

    #[test]
    fn what_lies_beyond_the_values_is_told_and_not_drawn() {
        let (_, mut data) = gallery::responses().swap_remove(0);
        data.break_evens = vec![BreakEven { option: "Seal checks".into(), at: Interval::exact(500.0) }];
        data.written = Some(-1.0);
        let chart = data.chart();
        let told = "Beyond the values shown: Seal checks: break-even at 500; as written: −1.";
        assert!(chart.alt.contains(told), "{}", chart.alt);
        assert_eq!(chart.svg.matches("break-even at").count(), 2, "in the description and at the foot only");
    }
}
