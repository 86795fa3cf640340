//! Scales, round ticks and axes.

use crate::chart::area::Area;
use crate::chart::canvas::{Anchor, Canvas, Type, clean};
use crate::chart::font;
use crate::chart::number::{self, decimals_for, fixed};
use crate::chart::theme::{AXIS, GRID, MARGIN, MUTED, SMALL, WIDTH};

/// Maps values to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    log: bool,
}

impl Scale {
    /// A linear scale from pixel `from` at `low` to pixel `to` at `high`. Equal ends are moved apart.
    pub(crate) fn linear(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) = apart(low, high);
        Scale { low, high, from, to, log: false }
    }

    /// A logarithmic scale; `low` must be positive.
    pub(crate) fn log(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low / 2.0, low * 2.0) };
        Scale { low, high, from, to, log: true }
    }

    /// The pixel of a value. Values beyond the ends come to lie at the ends.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let part = if self.log {
            let floor = value.max(self.low);
            libm::log(floor / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Whether the value lies within the scale.
    pub(crate) fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Round values within the scale, at most `most` or so.
    pub(crate) fn ticks(&self, most: usize) -> Vec<f64> {
        if self.log {
            return log_ticks(self.low, self.high, most);
        }
        let step = round_step(self.high - self.low, most);
        let first = libm::ceil(self.low / step - 1e-9);
        let last = libm::floor(self.high / step + 1e-9);
        (0..=(last - first).max(0.0) as usize).map(|i| (first + i as f64) * step + 0.0).collect()
    }
}

/// The scale's ends moved out to round values, for axes that should start and end on a tick.
pub(crate) fn round_ends(low: f64, high: f64, most: usize) -> (f64, f64) {
    let (low, high) = apart(low, high);
    let step = round_step(high - low, most);
    (libm::floor(low / step + 1e-9) * step, libm::ceil(high / step - 1e-9) * step)
}

/// Tick labels with as many decimals as their distance asks for.
pub(crate) fn labels(ticks: &[f64]) -> Vec<String> {
    let step = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(f64::INFINITY, f64::min);
    let step = if step.is_finite() { step } else { ticks.first().map_or(1.0, |tick| tick.abs()) };
    let largest = ticks.iter().fold(0.0_f64, |largest, tick| largest.max(tick.abs()));
    let number::Scale { by, word } = number::Scale::of(largest);
    // The step 2.5 needs two digits, the others one; finer ones say so by themselves.
    let decimals = (1..=3).map(|digits| decimals_for(step / by, digits)).find(|decimals| {
        let grain = libm::pow(10.0, *decimals as f64);
        (libm::round(step / by * grain) / grain * by - step).abs() < step * 1e-6
    });
    let format = |tick: &f64| {
        let text = fixed(tick / by, decimals.unwrap_or(2));
        if *tick == 0.0 { "0".to_owned() } else { text + &word }
    };
    ticks.iter().map(format).collect()
}

/// Draws a horizontal axis under `plot`, with faint upright lines, labels and a title below. Labels that would touch
/// their neighbour are left out.
pub(crate) fn below(canvas: &Canvas<'_>, plot: Area, scale: &Scale, ticks: &[(f64, String)], title: &str) {
    let kind = Type::regular(SMALL, MUTED);
    let mut free_from = f64::NEG_INFINITY;
    for (value, label) in ticks {
        let x = scale.at(*value);
        canvas.line(&[(x, plot.y0), (x, plot.y1)], GRID, 1.0);
        canvas.line(&[(x, plot.y1), (x, plot.y1 + 5.0)], AXIS, 1.0);
        let half = kind.width(label) / 2.0;
        let centre = x.max(half + 4.0);
        if centre - half >= free_from {
            canvas.text(centre, plot.y1 + 19.0, label, kind, Anchor::Middle);
            free_from = centre + half + 10.0;
        }
    }
    canvas.line(&[(plot.x0, plot.y1), (plot.x1, plot.y1)], AXIS, 1.0);
    let title = font::shorten(&clean(title), kind.size, kind.bold, WIDTH - 2.0 * MARGIN);
    let half = kind.width(&title) / 2.0;
    let centre = ((plot.x0 + plot.x1) / 2.0).clamp(MARGIN + half - 0.5, WIDTH - MARGIN - half + 0.5);
    canvas.text(centre, plot.y1 + 39.0, &title, kind, Anchor::Middle);
}

/// Draws an upright axis left of `plot`, with faint level lines. Its title stands above, level, where it can be read.
pub(crate) fn left(canvas: &Canvas<'_>, plot: Area, scale: &Scale, ticks: &[(f64, String)], title: &str) {
    let kind = Type::regular(SMALL, MUTED);
    for (value, label) in ticks {
        let y = scale.at(*value);
        canvas.line(&[(plot.x0, y), (plot.x1, y)], GRID, 1.0);
        canvas.text_mid(plot.x0 - 8.0, y, label, kind, Anchor::End);
    }
    canvas.text(MARGIN, plot.y0 - 14.0, title, kind, Anchor::Start);
}

/// Ticks of any scale with their labels, at most `most` or so.
pub(crate) fn ticks_of(scale: &Scale, most: usize) -> Vec<(f64, String)> {
    let ticks = scale.ticks(most);
    if scale.log { ticks.into_iter().map(|tick| (tick, number::tick(tick))).collect() } else { labelled(ticks) }
}

/// Ticks of a scale of shares, labelled in percent with as many decimals as their distance asks for.
pub(crate) fn percent_ticks(scale: &Scale, most: usize) -> Vec<(f64, String)> {
    let ticks = scale.ticks(most);
    let labels = labels(&ticks.iter().map(|tick| tick * 100.0).collect::<Vec<_>>());
    ticks.into_iter().zip(labels.into_iter().map(|label| label + "%")).collect()
}

/// Ticks of a linear scale with their labels.
pub(crate) fn labelled(ticks: Vec<f64>) -> Vec<(f64, String)> {
    let labels = labels(&ticks);
    ticks.into_iter().zip(labels).collect()
}

/// Height that [`below`] needs under the plot.
pub(crate) const BELOW: f64 = 46.0;

fn apart(low: f64, high: f64) -> (f64, f64) {
    if high > low && high - low > low.abs().max(high.abs()) * 1e-9 {
        (low, high)
    } else {
        let room = if low == 0.0 { 1.0 } else { low.abs() * 0.5 };
        (low - room, low + room)
    }
}

fn round_step(range: f64, most: usize) -> f64 {
    let raw = range / most.max(1) as f64;
    let unit = libm::pow(10.0, libm::floor(libm::log10(raw)));
    let factor = [1.0, 2.0, 2.5, 5.0].into_iter().find(|factor| factor * unit >= raw * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * unit
}

fn log_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let (first, last) = (libm::floor(libm::log10(low)) as i32, libm::ceil(libm::log10(high)) as i32);
    let decades = (last - first).max(1) as usize;
    let marks: &[f64] = if decades * 3 <= most { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let every = decades.div_ceil(most.max(1)) as i32;
    let powers = (first..=last).filter(|power| (power - first) % every == 0);
    let all = powers.flat_map(|power| marks.iter().map(move |mark| mark * libm::pow(10.0, f64::from(power))));
    all.filter(|tick| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(tick)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: f64, high: f64, most: usize, want: &[&str]) {
        let got: Vec<String> =
            labels(&Scale::linear(low, high, 0.0, 1.0).ticks(most)).iter().map(|l| l.replace('\u{a0}', " ")).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn ticks_are_round() {
        check(0.0, 730.0, 8, &["0", "100", "200", "300", "400", "500", "600", "700"]);
        check(0.0, 1.0, 4, &["0", "0.25", "0.50", "0.75", "1.00"]);
        check(-3.0, 7.0, 5, &["−2", "0", "2", "4", "6"]);
        check(0.0, 3e6, 4, &["0", "1 M", "2 M", "3 M"]);
        check(0.0, 1.2e-7, 3, &["0", "0.5×10⁻⁷", "1.0×10⁻⁷"]);
        check(5.0, 5.0, 3, &["4", "6"]);
        check(1e300, 1e300, 3, &["0.5×10³⁰⁰", "1.0×10³⁰⁰", "1.5×10³⁰⁰"]);
    }

    #[test]
    fn shares_are_labelled_alike() {
        let got: Vec<String> =
            percent_ticks(&Scale::linear(0.0, 0.001, 0.0, 1.0), 4).into_iter().map(|t| t.1).collect();
        assert_eq!(got, ["0%", "0.025%", "0.050%", "0.075%", "0.100%"]);
    }

    #[test]
    fn log_ticks_are_powers_of_ten_or_their_fifths() {
        let got = Scale::log(0.5, 300.0, 0.0, 1.0).ticks(12);
        assert_eq!(labels(&got[..3]).len(), 3);
        assert!((got[0] - 0.5).abs() < 1e-12 && got.len() == 9, "{got:?}");
        assert!(Scale::log(1e-12, 1e12, 0.0, 1.0).ticks(6).len() <= 7);
    }

    #[test]
    fn values_outside_lie_at_the_ends() {
        let scale = Scale::log(1.0, 100.0, 10.0, 20.0);
        assert_eq!([scale.at(-5.0), scale.at(10.0), scale.at(1e9)], [10.0, 15.0, 20.0]);
        assert_eq!(Scale::linear(0.0, 0.0, 0.0, 10.0).at(0.0), 5.0);
    }
}
