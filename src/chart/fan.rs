//! What may still come: one line for the story so far, and from now on bands that hold half and most of the futures.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Canvas, clean};
use crate::chart::fan_label::{self, Key, Label, SHADES};
use crate::chart::font;
use crate::chart::indices::Format;
use crate::chart::measure;
use crate::chart::number::figure;
use crate::chart::span;
use crate::chart::suspicion::thinned;
use crate::chart::theme::{AXIS, Ink, MARGIN, OPTIONS, REFERENCE, SMALL, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Futures played on from one moment of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Title and conditions; `n` counts the futures.
    pub frame: Frame,
    /// What stands along the upright axis: `money lost so far`.
    pub up: String,
    /// How figures are written.
    pub format: Format,
    /// The day up to which all is decided.
    pub now: f64,
    /// The story so far as (day, value) in ascending order of days, up to now.
    pub past: Vec<(f64, f64)>,
    /// Quantiles of the futures on days after now.
    pub futures: Vec<Quantiles>,
    /// What then came as (day, value) in ascending order of days. Empty while nobody knows.
    pub came: Vec<(f64, f64)>,
}

/// Where the futures lie on one day: as many of 100 as the name says lie below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantiles {
    /// The day.
    pub day: f64,
    /// Lower end of the outer band.
    pub q10: f64,
    /// Lower end of the inner band.
    pub q25: f64,
    /// The median.
    pub q50: f64,
    /// Upper end of the inner band.
    pub q75: f64,
    /// Upper end of the outer band.
    pub q90: f64,
}

const PLOT: f64 = 360.0;
const TOP: f64 = 34.0;
/// Height of the row above the plot that says when now is.
const FLAG: f64 = 22.0;
/// Width of futures on a single day.
const BAR: f64 = 18.0;
const FUTURE: Ink = OPTIONS[0];
const CAME: Ink = OPTIONS[1];

/// All that can be drawn.
struct Drawn {
    now: f64,
    past: Vec<(f64, f64)>,
    futures: Vec<Quantiles>,
    came: Vec<(f64, f64)>,
}

impl Quantiles {
    fn all(&self) -> [f64; 5] {
        [self.q10, self.q25, self.q50, self.q75, self.q90]
    }

    /// Where all agree, as on the day from which the futures part.
    fn exact(day: f64, value: f64) -> Self {
        Quantiles { day, q10: value, q25: value, q50: value, q75: value, q90: value }
    }
}

impl Fan {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let (drawn, mut notes) = self.drawn();
        if drawn.past.is_empty() && drawn.futures.is_empty() && drawn.came.is_empty() {
            let remark = "Nothing has happened, and no futures were played.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        if drawn.futures.is_empty() {
            notes.push("No futures were played on from here.".to_owned());
        }
        self.frame.chart(TOP + FLAG + PLOT + axis::BELOW, &self.words(&drawn), &notes, |canvas, area| {
            self.paint(canvas, area, &drawn);
        })
    }

    /// What can be drawn, and what to say about the rest.
    fn drawn(&self) -> (Drawn, Vec<String>) {
        let finite = |p: &(f64, f64)| p.0.is_finite() && p.1.is_finite();
        let sound = |line: &[(f64, f64)]| line.iter().copied().filter(finite).collect::<Vec<_>>();
        let (mut past, mut came) = (sound(&self.past), sound(&self.came));
        let mut futures = self.futures.clone();
        futures.retain(|it| it.day.is_finite() && it.all().iter().all(|value| value.is_finite()));
        let given = self.past.len() + self.came.len() + self.futures.len();
        let left = past.len() + came.len() + futures.len();
        let mut notes = left_out(given - left + usize::from(!self.now.is_finite()));
        // Without a day of its own, now is where the story ends.
        let last = past.iter().map(|p| p.0).reduce(f64::max);
        let first = futures.iter().map(|it| it.day).chain(came.iter().map(|p| p.0)).reduce(f64::min);
        let now = if self.now.is_finite() { self.now } else { last.or(first).unwrap_or(0.0) };
        past.retain(|p| p.0 <= now);
        came.retain(|p| p.0 >= now);
        futures.retain(|it| it.day >= now);
        let wrong = left - past.len() - came.len() - futures.len();
        if wrong > 0 {
            notes.push(format!("Left out, since on the wrong side of now: {wrong}."));
        }
        past.sort_by(|a, b| a.0.total_cmp(&b.0));
        came.sort_by(|a, b| a.0.total_cmp(&b.0));
        futures.sort_by(|a, b| a.day.total_cmp(&b.day));
        (Drawn { now, past, futures, came }, notes)
    }

    fn words(&self, drawn: &Drawn) -> String {
        let at = |p: &(f64, f64)| format!("{} on day {}", self.format.one(p.1), figure(p.0));
        let mut said = vec![format!("{} by day of the story; now is day {}.", self.up, figure(drawn.now))];
        let mut past: Vec<String> = drawn.past.first().into_iter().chain(drawn.past.last()).map(at).collect();
        past.dedup();
        if !past.is_empty() {
            said.push(format!("So far: {}.", past.join(", ")));
        }
        let count = drawn.futures.len();
        let mut places = vec![0, count / 2, count.saturating_sub(1)];
        places.dedup();
        for it in places.into_iter().filter_map(|place| drawn.futures.get(place)) {
            said.push(format!(
                "Futures on day {}: median {}, half of them {}, 80% of them {}.",
                figure(it.day),
                self.format.one(it.q50),
                self.format.between(it.q25, it.q75),
                self.format.between(it.q10, it.q90)
            ));
        }
        said.extend(drawn.came.last().map(|p| format!("What came: {}.", at(p))));
        said.join(" ")
    }

    /// The names at the right from the highest down, with the figures of the last day. Bands are tied on the side
    /// where nothing came.
    fn labels(&self, drawn: &Drawn) -> Vec<Label> {
        let mut labels = Vec::new();
        let (last, came) = (drawn.futures.last(), drawn.came.last());
        let above = last.zip(came).is_none_or(|(it, end)| end.1 < it.q50);
        if let Some(it) = last {
            let (near, far) = if above { (it.q75, it.q90) } else { (it.q25, it.q10) };
            let mut label = |name, told, value, key| {
                labels.push(Label { name, told, ink: FUTURE, at: (it.day, value), key });
            };
            label("80% of futures", self.format.between(it.q10, it.q90), near / 2.0 + far / 2.0, Key::Outer);
            label("half of them", self.format.between(it.q25, it.q75), near / 2.0 + it.q50 / 2.0, Key::Inner);
            label("median", self.format.one(it.q50), it.q50, Key::Line);
        }
        if let Some(end) = came {
            let early = last.is_some_and(|it| end.0 < it.day);
            let day = if early { format!(" on day {}", figure(end.0)) } else { String::new() };
            let told = self.format.one(end.1) + &day;
            labels.push(Label { name: "what came", told, ink: CAME, at: *end, key: Key::Line });
        }
        if !above {
            labels.reverse();
        }
        labels
    }

    fn paint(&self, canvas: &Canvas<'_>, area: Area, drawn: &Drawn) {
        let lines = || drawn.past.iter().chain(&drawn.came);
        let days = lines().map(|p| p.0).chain(drawn.futures.iter().map(|it| it.day));
        let values = lines().map(|p| p.1).chain(drawn.futures.iter().flat_map(Quantiles::all));
        let (low, high) = measure::ends(values);
        let (first, last) = span::range(drawn.now, days);
        // A single day stands in the middle of a few.
        let (first, last) = if first == last { (first - 1.0, last + 1.0) } else { (first, last) };
        let labels = self.labels(drawn);
        let right = if labels.is_empty() { 16.0 } else { fan_label::width(&labels) };
        let (y0, y1) = (area.y0 + TOP + FLAG, area.y0 + TOP + FLAG + PLOT);
        let up = Scale::linear(low, high, y1, y0);
        let marks = self.format.marks(&up, 6);
        let left = marks.iter().map(|mark| font::width(&mark.1, SMALL, false)).fold(40.0, f64::max) + 12.0;
        let plot = Area::new(MARGIN + left, y0, WIDTH - MARGIN - right, y1);
        let across = Scale::linear(first, last, plot.x0, plot.x1);
        let title = font::shorten(&clean(&self.up), SMALL, false, WIDTH - 2.0 * MARGIN);
        // The title stands above the row that says when now is.
        axis::left(canvas, Area { y0: area.y0 + TOP, ..plot }, &up, &marks, &title);
        axis::below(canvas, plot, &across, &measure::whole(&across, 8), "day of the story");
        if up.holds(0.0) {
            canvas.line(&[(plot.x0, up.at(0.0)), (plot.x1, up.at(0.0))], AXIS, 1.0);
        }

        let at = |p: &(f64, f64)| (across.at(p.0), up.at(p.1));
        let futures = drawn.fan(&across);
        for (low, high, shade) in [(0, 4, SHADES[0]), (1, 3, SHADES[1])] {
            let edge = |which: usize| futures.iter().map(move |(x, it)| (*x, it.all()[which]));
            let outline = edge(low).chain(edge(high).rev()).map(|p| (p.0, up.at(p.1)));
            canvas.polygon(&outline.collect::<Vec<_>>(), FUTURE.mark, shade);
        }
        let now = across.at(drawn.now);
        canvas.line(&[(now, plot.y0 - 4.0), (now, plot.y1)], REFERENCE.mark, 1.25);
        let median: Vec<(f64, f64)> = futures.iter().map(|(x, it)| (*x, up.at(it.q50))).collect();
        canvas.line(&median, FUTURE.mark, 2.25);
        for part in thinned(&drawn.past, &across, &up) {
            canvas.line(&part, REFERENCE.mark, 2.75);
        }
        // What came goes on from where the story stood.
        let joined: Vec<(f64, f64)> = drawn.past.last().into_iter().chain(&drawn.came).copied().collect();
        for part in thinned(&joined, &across, &up).iter().filter(|_| !drawn.came.is_empty()) {
            canvas.line(part, WHITE, 4.5);
            canvas.dashed(part, CAME.mark, 2.5, CAME.dash);
        }
        let ends = drawn.past.last().map(|end| (end, REFERENCE)).into_iter();
        for (end, ink) in ends.chain(drawn.came.last().map(|end| (end, CAME))) {
            canvas.disc(at(end), 6.0, WHITE);
            canvas.disc(at(end), 4.5, ink.mark);
        }
        fan_label::flag(canvas, plot, now, &format!("now, day {}", figure(drawn.now)), drawn.past.len() > 1);
        let ends: Vec<(f64, f64)> = labels.iter().map(|label| at(&label.at)).collect();
        fan_label::beside(canvas, plot, &labels, &ends);
    }
}

impl Drawn {
    /// Pixel across and figures of the futures, not more than one a pixel. They part where the story stands; on a
    /// single day they have a width of their own.
    fn fan(&self, across: &Scale) -> Vec<(f64, Quantiles)> {
        let start = self.past.last().map(|(day, value)| Quantiles::exact(*day, *value));
        let start = start.filter(|it| self.futures.first().is_some_and(|first| first.day > it.day));
        let mut fan: Vec<(f64, Quantiles)> = start.map(|it| (across.at(it.day), it)).into_iter().collect();
        let last = self.futures.len().saturating_sub(1);
        for (nth, it) in self.futures.iter().enumerate() {
            let x = across.at(it.day);
            if nth == 0 || nth == last || fan.last().is_none_or(|(before, _)| x - before >= 1.0) {
                fan.push((x, *it));
            }
        }
        match (fan.first().copied(), fan.last().copied()) {
            (Some((x0, _)), Some((x1, it))) if x1 - x0 < 1.0 => {
                let from = (x1 - BAR).max(across.at(f64::MIN));
                vec![(from, it), (from + BAR, it)]
            }
            _ => fan,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    fn case(which: &str) -> Fan {
        let all = gallery::fans();
        all.into_iter().find(|(name, _)| *name == which).map(|(_, data)| data).expect("there is one")
    }

    fn texts(fan: &Fan) -> Vec<String> {
        inspect::labels(&fan.chart()).into_iter().map(|label| label.text).collect()
    }

    #[test]
    fn fans_are_drawn_whatever_their_width_and_length() {
        for (_, data) in gallery::fans() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn what_came_is_named_and_told_once_somebody_knows_it() {
        let (open, over) = (case("ordinary"), case("debrief"));
        let (open_texts, over_texts) = (texts(&open), texts(&over));
        for name in ["80% of futures", "half of them", "median", "now, day 40"] {
            assert!([&open_texts, &over_texts].iter().all(|texts| texts.iter().any(|text| text == name)), "{name}");
        }
        let came = |texts: &[String]| texts.iter().any(|text| text == "what came");
        assert!(!came(&open_texts) && came(&over_texts));
        assert!(!open.chart().alt.contains("What came") && over.chart().alt.contains(" What came: €"));
    }

    #[test]
    fn words_tell_the_first_the_middle_and_the_last_day() {
        let it = |day| Quantiles { day, q10: day, q25: day + 1.0, q50: day + 2.0, q75: day + 3.0, q90: day + 4.0 };
        let futures = [14.0, 11.0, 12.0, 13.0].map(it).to_vec();
        let alt = Fan { futures, now: 10.0, format: Format::Number, ..case("nothing") }.chart().alt;
        let said: Vec<&str> = alt.split("Futures on day ").skip(1).map(|part| &part[..2]).collect();
        assert_eq!(said, ["11", "13", "14"]);
        assert!(alt.contains("day 14: median 16, half of them 15.0 to 17.0, 80% of them 14.0 to 18.0."), "{alt}");
    }

    #[test]
    fn futures_part_where_the_story_stands_and_one_day_has_a_width() {
        let (fan, across) = (case("debrief"), Scale::linear(0.0, 100.0, 0.0, 100.0));
        let mut drawn = fan.drawn().0;
        let (x, start) = drawn.fan(&across)[0];
        let stood = drawn.past.last().map_or(f64::NAN, |p| p.1);
        assert_eq!((x, start.all()), (40.0, [stood; 5]));
        drawn.past.clear();
        drawn.futures.truncate(1);
        let xs: Vec<f64> = drawn.fan(&across).iter().map(|part| part.0).collect();
        let day = drawn.futures[0].day;
        assert_eq!(xs, [day - BAR, day]);
    }

    #[test]
    fn what_lies_on_the_wrong_side_of_now_is_told_and_not_drawn() {
        let mut fan = case("debrief");
        fan.past.push((41.0, 1e12));
        fan.futures.insert(0, Quantiles::exact(39.0, 1e12));
        let chart = fan.chart();
        assert!(chart.alt.contains("Left out, since on the wrong side of now: 2."), "{}", chart.alt);
        assert!(!chart.svg.contains("trillion"));
    }
}
