//! Intervals on a scale: which can be drawn, how far the axis must reach, and their thin bars.

use crate::chart::axis::Scale;
use crate::chart::canvas::Canvas;
use crate::chart::number::Interval;
use crate::chart::theme::{Rgb, WHITE};

/// Beyond this no axis reaches, so that the distance of its ends stays a number.
const FAR: f64 = 1e300;

/// The interval as it can be drawn: the estimate alone if an end is not finite, and nothing without an estimate.
pub(crate) fn drawable(value: Interval) -> Option<Interval> {
    if value.is_finite() { Some(value) } else { value.mid.is_finite().then(|| Interval::exact(value.mid)) }
}

/// The least and the largest of finite values, `about` among them.
pub(crate) fn range(about: f64, values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let about = about.clamp(-FAR, FAR);
    values.into_iter().fold((about, about), |(low, high), value| (low.min(value.max(-FAR)), high.max(value.min(FAR))))
}

/// The three figures of an interval, for [`range`].
pub(crate) fn figures(value: Interval) -> [f64; 3] {
    [value.low, value.mid, value.high]
}

/// A level thin bar with caps; white beneath, so that it shows on a filled bar too. An exact value has none.
pub(crate) fn whisker(canvas: &Canvas<'_>, scale: &Scale, y: f64, value: Interval, ink: Rgb) {
    if value.is_exact() {
        return;
    }
    let (low, high) = (scale.at(value.low), scale.at(value.high));
    canvas.line(&[(low, y), (high, y)], WHITE, 4.0);
    canvas.line(&[(low, y), (high, y)], ink, 1.5);
    for x in [low, high] {
        canvas.line(&[(x, y - 4.5), (x, y + 4.5)], ink, 1.5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_without_ends_is_its_estimate_and_one_without_estimate_is_none() {
        assert_eq!(drawable(Interval::new(1.0, 2.0, 3.0)), Some(Interval::new(1.0, 2.0, 3.0)));
        assert_eq!(drawable(Interval::new(f64::NEG_INFINITY, 2.0, f64::INFINITY)), Some(Interval::exact(2.0)));
        assert_eq!(drawable(Interval::new(1.0, f64::NAN, 3.0)), None);
    }

    #[test]
    fn a_range_has_a_length_whatever_it_spans() {
        assert_eq!(range(0.0, [3.0, -1.0]), (-1.0, 3.0));
        assert_eq!(range(5.0, [7.0]), (5.0, 7.0));
        let (low, high) = range(0.0, [f64::MIN, f64::MAX]);
        assert!((high - low).is_finite());
    }
}
