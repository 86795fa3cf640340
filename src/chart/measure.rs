//! A measure on an axis: how its figures are written, and how far the axis reaches.

use crate::chart::axis::{self, Scale};
use crate::chart::indices::Format;
use crate::chart::number::{euro, euro_range, figure, percent, range};
use crate::chart::span;

impl Format {
    /// One figure.
    pub(crate) fn one(self, value: f64) -> String {
        match self {
            Format::Share => percent(value),
            Format::Euro => euro(value),
            Format::Number => figure(value),
        }
    }

    /// From one figure to another; one figure where they are equal.
    pub(crate) fn between(self, low: f64, high: f64) -> String {
        match self {
            _ if low == high => self.one(low),
            Format::Share => format!("{} to {}", percent(low), percent(high)),
            Format::Euro => euro_range(low, high),
            Format::Number => range(low, high),
        }
    }

    /// Ticks with labels that tell neighbours apart, at most `most` or so.
    pub(crate) fn marks(self, scale: &Scale, most: usize) -> Vec<(f64, String)> {
        match self {
            Format::Share => axis::percent_ticks(scale, most),
            Format::Number => axis::ticks_of(scale, most),
            Format::Euro => {
                let money = |label: String| match label.strip_prefix('−') {
                    Some(rest) => format!("−€{rest}"),
                    None => format!("€{label}"),
                };
                axis::ticks_of(scale, most).into_iter().map(|(tick, label)| (tick, money(label))).collect()
            }
        }
    }
}

/// The ends of an axis for some finite values, with air beyond them. Zero is an end of its own unless the values lie
/// far from it. Without values, and with none but zero, the axis goes from zero to one.
pub(crate) fn ends(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let mut values = values.into_iter();
    let (low, high) = values.next().map_or((0.0, 0.0), |first| span::range(first, values));
    if low == 0.0 && high == 0.0 {
        return (0.0, 1.0);
    }
    if low == high {
        return (low - low.abs() * 0.5, high + high.abs() * 0.5);
    }
    let low = if low > 0.0 && low < high * 0.5 { 0.0 } else { low };
    let high = if high < 0.0 && high > low * 0.5 { 0.0 } else { high };
    let air = (high - low) * 0.06;
    (if low == 0.0 { 0.0 } else { low - air }, if high == 0.0 { 0.0 } else { high + air })
}

/// Ticks of a scale of whole things, such as days.
pub(crate) fn whole(scale: &Scale, most: usize) -> Vec<(f64, String)> {
    axis::labelled(scale.ticks(most).into_iter().filter(|tick| *tick == libm::floor(*tick)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_in_euro_have_their_sign_first_and_differ() {
        let labels = |low, high| -> Vec<String> {
            let marks = Format::Euro.marks(&Scale::linear(low, high, 0.0, 1.0), 4);
            marks.into_iter().map(|(_, label)| label.replace('\u{a0}', " ")).collect()
        };
        assert_eq!(labels(-1e6, 1e6), ["−€1.0 M", "−€0.5 M", "€0", "€0.5 M", "€1.0 M"]);
        assert_eq!(labels(1e6, 2e6), ["€1.00 M", "€1.25 M", "€1.50 M", "€1.75 M", "€2.00 M"]);
    }

    #[test]
    fn a_range_of_one_value_is_that_value() {
        assert_eq!(Format::Share.between(0.25, 0.25), "25%");
        assert_eq!(Format::Share.between(0.25, 0.5), "25% to 50%");
        assert_eq!(Format::Euro.between(9e5, 1.5e6).replace('\u{a0}', " "), "€0.90 to 1.50 M");
        assert_eq!(Format::Number.between(3.0, 3.0), "3");
    }

    #[test]
    fn the_axis_begins_at_zero_unless_the_values_lie_far_from_it() {
        assert_eq!(ends([]), (0.0, 1.0));
        assert_eq!(ends([0.0, 0.0]), (0.0, 1.0));
        assert_eq!(ends([1.0, 100.0]), (0.0, 106.0));
        assert_eq!(ends([-100.0, -1.0]), (-106.0, 0.0));
        assert_eq!(ends([100.0, 200.0]), (94.0, 206.0));
        assert_eq!(ends([-4.0, -4.0]), (-6.0, -2.0));
        let (low, high) = ends([f64::MIN, f64::MAX]);
        assert!((high - low).is_finite() && high > low);
    }
}
