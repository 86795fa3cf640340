//! How long consignments stay in the hub: a histogram with the mean and the 95th percentile.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Type, text_area};
use crate::chart::number::{Interval, count, interval};
use crate::chart::theme::{BODY, CAMPAIGN, Ink, MARGIN, OPTIONS, REFERENCE, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// Time from entering the hub to leaving it, over all consignments that left.
#[derive(Clone, Debug, PartialEq)]
pub struct Sojourn {
    /// Title and conditions; `n` counts consignments. The unit is the chart's own: see [`Sojourn::unit`].
    pub frame: Frame,
    /// Adjoining classes of equal width, in ascending order.
    pub bins: Vec<Bin>,
    /// Consignments that stayed longer than the last class; named at the foot.
    pub beyond: u64,
    /// Mean stay \[min\].
    pub mean: Interval,
    /// The stay that 95% of consignments do not exceed \[min\].
    pub p95: Interval,
}

/// One class of the histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Shortest stay in it \[min\].
    pub from: f64,
    /// Where the next class begins \[min\].
    pub to: f64,
    /// Consignments in it.
    pub count: u64,
}

const PLOT: f64 = 290.0;
const MEAN: &str = "mean";
/// Two rows for the labels of mean and percentile.
const LABELS: f64 = 76.0;

impl Sojourn {
    /// Minutes in the one unit in which all times of the chart are given, and its name: what suits the longest.
    pub fn unit(&self) -> (f64, &'static str) {
        let ends = self.bins.iter().map(|bin| bin.to).chain([self.mean.mid, self.p95.mid]);
        unit(ends.filter(|end| end.is_finite()).fold(0.0, f64::max))
    }

    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let (by, unit) = self.unit();
        let frame = Frame { unit: unit.to_owned(), ..self.frame.clone() };
        let good = |bin: &&Bin| bin.from.is_finite() && bin.to.is_finite() && bin.to > bin.from;
        let bins: Vec<Bin> = self.bins.iter().filter(good).copied().collect();
        let tallest = bins.iter().map(|bin| bin.count).max().unwrap_or(0);
        let mut notes = left_out(self.bins.len() - bins.len());
        if self.beyond > 0 {
            notes.push(format!("{} consignments stayed longer than the axis reaches.", count(self.beyond)));
        }
        if tallest == 0 {
            let remark = "No consignment left the hub, so there is no stay to show.";
            return frame.chart(200.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let marks: Vec<(&str, Interval)> =
            [(MEAN, self.mean), ("95% within", self.p95)].into_iter().filter(|m| m.1.is_finite()).collect();
        let longest = bins.iter().map(|bin| bin.to).chain(marks.iter().map(|mark| mark.1.mid)).fold(0.0, f64::max);
        let shortest = bins.iter().map(|bin| bin.from).fold(f64::INFINITY, f64::min);
        let start = if shortest < longest * 0.3 { shortest.min(0.0) } else { shortest };
        let label = |name: &str, value: Interval| {
            let shown = Interval::new(value.low / by, value.mid / by, value.high / by);
            format!("{name} {} {unit}", interval(shown))
        };
        let words = marks.iter().map(|mark| label(mark.0, mark.1)).collect::<Vec<_>>().join("; ");

        frame.chart(LABELS + PLOT + axis::BELOW, &words, &notes, |canvas, area| {
            let counts = Scale::linear(0.0, tallest as f64 * 1.04, 0.0, 0.0);
            let ticks = axis::labelled(counts.ticks(5).into_iter().filter(|tick| tick.fract() == 0.0).collect());
            let widest = ticks.iter().map(|tick| Type::regular(13.0, WHITE).width(&tick.1)).fold(0.0, f64::max);
            let plot =
                Area::new(MARGIN + widest + 14.0, area.y0 + LABELS, WIDTH - MARGIN - 10.0, area.y0 + LABELS + PLOT);
            let counts = Scale::linear(0.0, tallest as f64 * 1.04, plot.y1, plot.y0);
            let times = Scale::linear(start / by, longest / by, plot.x0, plot.x1);
            axis::left(canvas, plot, &counts, &ticks, "consignments");
            axis::below(canvas, plot, &times, &axis::labelled(times.ticks(10)), &format!("time in the hub, {unit}"));
            for bin in &bins {
                let (x0, x1) = (times.at(bin.from / by), times.at(bin.to / by));
                let gap = if x1 - x0 > 4.0 { 0.5 } else { 0.0 };
                let y = counts.at(bin.count as f64).min(if bin.count > 0 { plot.y1 - 1.0 } else { plot.y1 });
                if bin.count > 0 {
                    canvas.rect(Area::new(x0 + gap, y, x1 - gap, plot.y1), OPTIONS[4].mark);
                }
            }
            // The mean below and left of its line, the percentile above and right: then neither line meets a label.
            let spots: Vec<(f64, f64, Ink)> = marks
                .iter()
                .map(|(name, value)| {
                    let (row, ink) = if *name == MEAN { (1.0, REFERENCE) } else { (0.0, CAMPAIGN) };
                    (times.at(value.mid / by), area.y0 + 14.0 + 26.0 * row, ink)
                })
                .collect();
            for (x, y, ink) in &spots {
                canvas.dashed(
                    &[(*x, y - 11.0), (*x, plot.y1)],
                    ink.mark,
                    2.0,
                    if *ink == CAMPAIGN { &[6.0, 4.0] } else { &[] },
                );
            }
            for ((name, value), (x, y, ink)) in marks.iter().zip(&spots) {
                let text = label(name, *value);
                let kind = Type::bold(BODY, ink.text);
                let width = kind.width(&text) + 8.0;
                let left = if *name == MEAN { x - width >= MARGIN } else { x + width > WIDTH - MARGIN };
                let (x, anchor) = if left { (x - 8.0, Anchor::End) } else { (x + 8.0, Anchor::Start) };
                // Where there is no other way, the other mark's line passes behind.
                canvas.rect(text_area(x, *y, &text, kind, anchor).grown(2.0), WHITE);
                canvas.text(x, *y, &text, kind, anchor);
            }
        })
    }
}

/// Minutes in the unit that suits a length, and its name.
fn unit(longest_min: f64) -> (f64, &'static str) {
    match longest_min {
        ..=600.0 => (1.0, "minutes"),
        ..=10_080.0 => (60.0, "hours"),
        _ => (1440.0, "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn stays_are_drawn_whatever_their_size_and_number() {
        for (_, data) in gallery::sojourns() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn one_unit_stands_everywhere_on_the_chart() {
        let stay = Sojourn {
            frame: Frame { unit: "minutes".into(), ..inspect::frame("sojourn") },
            bins: vec![Bin { from: 0.0, to: 900.0, count: 5 }],
            beyond: 0,
            mean: Interval::exact(330.0),
            p95: Interval::exact(700.0),
        };
        assert_eq!(stay.unit(), (60.0, "hours"));
        let chart = stay.chart();
        assert!(chart.svg.contains("hours") && !chart.svg.contains("minutes") && !chart.alt.contains("minutes"));
    }

    #[test]
    fn the_unit_suits_the_length() {
        assert_eq!([unit(300.0).1, unit(900.0).1, unit(20_000.0).1], ["minutes", "hours", "days"]);
    }
}
