//! What is written beside a fan: names with their figures at its right, and above it when now is.

use crate::chart::area::{Area, spread};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::theme::{AXIS, BODY, Ink, MARGIN, MUTED, REFERENCE, SMALL, WIDTH};

/// Opacity of the outer band, and of the inner one on it.
pub(crate) const SHADES: [f64; 2] = [0.2, 0.34];

/// Height of a name with the figures below it, and the widest that they may be.
const HEIGHT: f64 = 40.0;
const ROOM: f64 = 190.0;
/// From the plot to the key, and the key with its distance to the name.
const TIE: f64 = 26.0;
const KEY: f64 = 28.0;

/// A name, the figures below it, its colour, the day and value that it is tied to, and its key.
pub(crate) struct Label {
    pub(crate) name: &'static str,
    pub(crate) told: String,
    pub(crate) ink: Ink,
    pub(crate) at: (f64, f64),
    pub(crate) key: Key,
}

/// What a name is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Outer,
    Inner,
    Line,
}

impl Label {
    fn told(&self) -> String {
        font::shorten(&self.told, SMALL, false, ROOM)
    }
}

/// How much the names take of the page's width.
pub(crate) fn width(labels: &[Label]) -> f64 {
    let wide = |label: &Label| font::width(label.name, BODY, true).max(font::width(&label.told(), SMALL, false));
    TIE + KEY + labels.iter().map(wide).fold(0.0, f64::max)
}

/// Says above the plot when now is, and that the line before it is the story so far, where there is room.
pub(crate) fn flag(canvas: &Canvas<'_>, plot: Area, now: f64, text: &str, past: bool) {
    let kind = Type::bold(SMALL, REFERENCE.text);
    let half = kind.width(text) / 2.0;
    let centre = now.clamp(MARGIN + half, WIDTH - MARGIN - half);
    let y = plot.y0 - 13.0;
    canvas.text_mid(centre, y, text, kind, Anchor::Middle);
    let room = centre - half - plot.x0;
    if past && room > 90.0 {
        canvas.text_mid(plot.x0 + room / 2.0, y, "so far", Type::regular(SMALL, MUTED), Anchor::Middle);
    }
}

/// Draws the names, each as near to its end as the others allow, and tied to it.
pub(crate) fn beside(canvas: &Canvas<'_>, plot: Area, labels: &[Label], ends: &[(f64, f64)]) {
    let wishes: Vec<f64> = ends.iter().map(|end| end.1).collect();
    for ((label, end), y) in labels.iter().zip(ends).zip(spread(&wishes, HEIGHT, plot.y0, plot.y1 + 4.0)) {
        let (x, top, bottom) = (plot.x1 + TIE, y - 8.5, y + 8.5);
        let off = if label.key == Key::Line { 6.0 } else { 1.0 };
        canvas.line(&[(end.0 + off, end.1), (plot.x1 + 7.0, end.1), (x - 4.0, top)], AXIS, 1.0);
        let patch = Area::new(x, top - 6.0, x + 20.0, top + 6.0);
        match label.key {
            Key::Line => canvas.dashed(&[(x, top), (x + 20.0, top)], label.ink.mark, 2.5, label.ink.dash),
            Key::Outer => canvas.tint(patch, label.ink.mark, SHADES[0]),
            Key::Inner => SHADES.iter().for_each(|shade| canvas.tint(patch, label.ink.mark, *shade)),
        }
        canvas.text_mid(x + KEY, top, label.name, Type::bold(BODY, label.ink.text), Anchor::Start);
        canvas.text_mid(x + KEY, bottom, &label.told(), Type::regular(SMALL, MUTED), Anchor::Start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::canvas::draw;
    use crate::chart::theme::OPTIONS;

    /// Where the names of a fan stand whose ends lie at the heights given.
    fn check(heights: [f64; 4]) -> Vec<f64> {
        let label = |_| Label { name: "median", told: "9".into(), ink: OPTIONS[0], at: (0.0, 0.0), key: Key::Line };
        let labels: Vec<Label> = (0..4).map(label).collect();
        let plot = Area::new(50.0, 40.0, 700.0, 400.0);
        let ends: Vec<(f64, f64)> = heights.iter().map(|y| (700.0, *y)).collect();
        let svg = draw(WIDTH, 440.0, |canvas| beside(canvas, plot, &labels, &ends));
        let names = svg.split("<text ").skip(1).filter(|text| text.contains("median"));
        let y = |text: &str| text.split_once(" y=\"").and_then(|(_, rest)| rest.split('"').next()?.parse::<f64>().ok());
        names.filter_map(y).map(|y| y / crate::chart::canvas::FINE).collect()
    }

    #[test]
    fn names_stand_apart_and_beside_the_plot_even_where_all_ends_are_one() {
        for heights in [[40.0; 4], [400.0; 4], [200.0; 4], [100.0, 200.0, 201.0, 390.0]] {
            let mut places = check(heights);
            assert!(places.len() == 4 && places.iter().all(|y| (40.0..390.0).contains(y)), "{places:?}");
            places.sort_by(f64::total_cmp);
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= HEIGHT - 0.5), "{places:?}");
        }
    }
}
