//! The timeline's lane of signals: true ones above a line, filled; false ones below, hollow.

use crate::chart::area::Area;
use crate::chart::axis::Scale;
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::number::count;
use crate::chart::theme::{AXIS, BODY, FALSE_SIGNAL, GROUND, MARGIN, MUTED, SIGNAL, SMALL, SUBTITLE, WHITE, WIDTH};
use crate::chart::timeline::{LEFT, Signal};

/// Height of the lane.
pub(crate) const HEIGHT: f64 = 104.0;
/// More signals of a kind than this are drawn as bars of their number a week or so.
const SINGLE: usize = 70;

/// The signals' lane: true ones above the middle line, filled; false ones below, hollow.
pub(crate) struct Signals {
    single: [Vec<f64>; 2],
    bars: [Vec<(f64, f64, usize)>; 2],
    total: [usize; 2],
    days_a_bar: f64,
    /// The longest bar of each kind, in signals.
    tallest: [usize; 2],
}

impl Signals {
    pub(crate) fn new(signals: &[Signal], times: &Scale, end: f64) -> Self {
        // Weeks, or as many of them as make a bar wide enough to see.
        let pixel = end / (WIDTH - 2.0 * MARGIN - LEFT);
        let steps = [1.0, 7.0, 14.0, 28.0, 56.0];
        let days_a_bar = steps.into_iter().find(|days| *days >= 5.0 * pixel).unwrap_or(libm::ceil(end / 150.0));
        let mut all = Signals {
            single: Default::default(),
            bars: Default::default(),
            total: [0, 0],
            days_a_bar,
            tallest: [0, 0],
        };
        for (kind, is_true) in [true, false].into_iter().enumerate() {
            let mut days: Vec<f64> =
                signals.iter().filter(|s| s.is_true == is_true && s.day.is_finite()).map(|s| s.day).collect();
            days.sort_by(f64::total_cmp);
            all.total[kind] = days.len();
            if days.len() <= SINGLE {
                all.single[kind] = days.iter().map(|day| times.at(*day)).collect();
                continue;
            }
            for group in days.chunk_by(|a, b| libm::floor(a / days_a_bar) == libm::floor(b / days_a_bar)) {
                let from = libm::floor(group[0] / days_a_bar) * days_a_bar;
                all.bars[kind].push((times.at(from), times.at(from + days_a_bar), group.len()));
                all.tallest[kind] = all.tallest[kind].max(group.len());
            }
        }
        all
    }

    pub(crate) fn note(&self) -> Option<String> {
        let span = match self.days_a_bar {
            1.0 => "day".to_owned(),
            7.0 => "week".to_owned(),
            days => format!("{days} days"),
        };
        let tallest = self.tallest[0].max(self.tallest[1]);
        (tallest > 0).then(|| format!("Bars: signals per {span}; the tallest stands for {}.", count(tallest as u64)))
    }

    /// Where the line between true and false lies, and the height of one signal: bars of both kinds share one scale,
    /// so the line gives way to the more numerous kind.
    fn middle(&self, ground: Area) -> (f64, f64) {
        let single = |kind: usize| if self.tallest[kind] == 0 { 26.0 } else { 0.0 };
        let room = ground.height() - 12.0 - single(0) - single(1);
        let both = (self.tallest[0] + self.tallest[1]) as f64;
        if both == 0.0 {
            return ((ground.y0 + ground.y1) / 2.0, 0.0);
        }
        (ground.y0 + 6.0 + single(0) + self.tallest[0] as f64 / both * room, room / both)
    }

    pub(crate) fn paint(&self, canvas: &Canvas<'_>, ground: Area) {
        canvas.rect(Area::new(ground.x0, ground.y0, ground.x0 + 4.0, ground.y1), SIGNAL.mark);
        let (middle, signal) = self.middle(ground);
        let x = ground.x0 + 14.0;
        canvas.text(x, ground.y0 + 20.0, "Signals", Type::bold(SUBTITLE, SIGNAL.text), Anchor::Start);
        let rows = [(0, "true", ground.y0 + 40.0, SIGNAL), (1, "false", ground.y0 + 62.0, FALSE_SIGNAL)];
        for (kind, word, y, ink) in rows {
            mark(canvas, (x + 6.0, y - 5.0), kind == 0);
            let text = format!("{} {word}", count(self.total[kind] as u64));
            canvas.text(x + 19.0, y, &text, Type::regular(SMALL, ink.text), Anchor::Start);
        }
        canvas.line(&[(ground.x0 + LEFT, middle), (ground.x1 - 6.0, middle)], AXIS, 1.0);
        if self.total == [0, 0] {
            canvas.rect(Area::new(ground.x0 + LEFT, middle - 12.0, ground.x0 + LEFT + 50.0, middle + 12.0), GROUND);
            canvas.text_mid(ground.x0 + LEFT + 4.0, middle, "none", Type::regular(BODY, MUTED), Anchor::Start);
        }
        for kind in [1, 0] {
            let up = kind == 0;
            let sign = if up { -1.0 } else { 1.0 };
            for x in &self.single[kind] {
                mark(canvas, (*x, middle + sign * 16.0), up);
                canvas.line(
                    &[(*x, middle), (*x, middle + sign * 9.0)],
                    if up { SIGNAL.mark } else { FALSE_SIGNAL.mark },
                    1.0,
                );
            }
            for (x0, x1, number) in &self.bars[kind] {
                let tall = (*number as f64 * signal).max(2.0);
                let (a, b) = (middle, middle + sign * tall);
                let bar = Area::new(x0 + 0.5, a.min(b), (x1 - 0.5).max(x0 + 1.5), a.max(b));
                if up {
                    canvas.rect(bar, SIGNAL.mark);
                } else {
                    canvas.rect(bar, WHITE);
                    canvas.outline(bar, FALSE_SIGNAL.mark, 1.0);
                }
            }
        }
    }
}

/// A filled triangle for a true signal, a ring for a false one.
fn mark(canvas: &Canvas<'_>, (x, y): (f64, f64), is_true: bool) {
    if is_true {
        canvas.polygon(&[(x, y - 6.5), (x + 6.5, y + 5.5), (x - 6.5, y + 5.5)], WHITE, 1.0);
        canvas.polygon(&[(x, y - 5.0), (x + 5.0, y + 4.5), (x - 5.0, y + 4.5)], SIGNAL.mark, 1.0);
    } else {
        canvas.ring((x, y), 4.25, FALSE_SIGNAL.mark, 1.5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_is_counted_in_a_bar_or_drawn_by_itself() {
        let times = Scale::linear(0.0, 730.0, 0.0, 700.0);
        for n in [0, 1, SINGLE, SINGLE + 1, 2000] {
            let signals: Vec<Signal> = (0..n).map(|i| Signal { day: i as f64 % 730.0, is_true: i % 3 == 0 }).collect();
            let got = Signals::new(&signals, &times, 730.0);
            let drawn: usize =
                got.single.iter().map(Vec::len).sum::<usize>() + got.bars.iter().flatten().map(|b| b.2).sum::<usize>();
            assert_eq!(drawn, n);
        }
    }
}
