//! What charts draw on: pixels with fractions in, plotters elements out.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::chart::area::Area;
use crate::chart::font::{self, CAP, DESCENT};
use crate::chart::theme::{Rgb, TEXT};

/// plotters knows whole coordinates only; on a canvas this much larger they are fine enough.
pub(crate) const FINE: f64 = 4.0;

/// Where the given x lies in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Type size, weight and colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: Rgb,
}

impl Type {
    pub(crate) fn regular(size: f64, colour: Rgb) -> Self {
        Type { size, bold: false, colour }
    }

    pub(crate) fn bold(size: f64, colour: Rgb) -> Self {
        Type { size, bold: true, colour }
    }

    /// Width of `text` in pixels.
    pub(crate) fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.bold)
    }

    /// Distance from the middle of the capitals down to the baseline.
    pub(crate) fn drop(&self) -> f64 {
        self.size * CAP / 2.0
    }
}

/// A canvas in pixels. Drawing on it cannot fail: it writes to a string, with a font that is always there; the results
/// that plotters returns are therefore dropped.
pub(crate) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, plotters::coord::Shift>,
    /// How many polylines were drawn, and which of them are dashed: plotters would cut each dash as a line of its own,
    /// which makes files large, so SVG's own dashes are written in afterwards.
    lines: Cell<usize>,
    dashes: RefCell<BTreeMap<usize, String>>,
}

/// Draws on a canvas of the given size and returns the SVG elements, without the enclosing tag.
pub(crate) fn draw(width: f64, height: f64, paint: impl FnOnce(&Canvas<'_>)) -> String {
    font::register();
    let mut svg = String::new();
    let dashes = {
        let area = SVGBackend::with_string(&mut svg, (fine(width) as u32, fine(height) as u32)).into_drawing_area();
        let canvas = Canvas { area, lines: Cell::new(0), dashes: RefCell::default() };
        canvas.rect(Area::new(0.0, 0.0, width, height), crate::chart::theme::WHITE);
        paint(&canvas);
        let _ = canvas.area.present();
        canvas.dashes.into_inner()
    };
    let body = svg.split_once(">\n").map_or("", |(_, body)| body);
    let mut parts = body.strip_suffix("</svg>\n").unwrap_or(body).split("<polyline ");
    let mut out = parts.next().unwrap_or("").to_owned();
    for (index, part) in parts.enumerate() {
        out.push_str("<polyline ");
        if let Some(lengths) = dashes.get(&index) {
            out.push_str(&format!("stroke-dasharray=\"{lengths}\" "));
        }
        out.push_str(part);
    }
    out
}

fn fine(pixels: f64) -> i32 {
    libm::round(pixels * FINE) as i32
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (fine(x), fine(y))
}

fn colour(Rgb(r, g, b): Rgb) -> RGBColor {
    RGBColor(r, g, b)
}

impl Canvas<'_> {
    /// A filled rectangle.
    pub(crate) fn rect(&self, area: Area, fill: Rgb) {
        self.tint(area, fill, 1.0);
    }

    /// A rectangle that lets what is below show through.
    pub(crate) fn tint(&self, area: Area, fill: Rgb, opacity: f64) {
        let corners = [point((area.x0, area.y0)), point((area.x1, area.y1))];
        let _ = self.area.draw(&Rectangle::new(corners, colour(fill).mix(opacity).filled()));
    }

    /// The outline of a rectangle.
    pub(crate) fn outline(&self, area: Area, ink: Rgb, width: f64) {
        let Area { x0, y0, x1, y1 } = area;
        // Half a line further, so that the closing corner is square.
        self.line(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0 - width / 2.0)], ink, width);
    }

    /// A rectangle with round corners, filled and outlined.
    pub(crate) fn rounded(&self, area: Area, radius: f64, fill: Rgb, stroke: Option<(Rgb, f64)>) {
        // Sine of 0, 18, ... 90 degrees: enough steps for a small corner.
        const SINE: [f64; 6] = [0.0, 0.309_017, 0.587_785, 0.809_017, 0.951_057, 1.0];
        let Area { x0, y0, x1, y1 } = area;
        let centres = [
            (x1 - radius, y0 + radius),
            (x1 - radius, y1 - radius),
            (x0 + radius, y1 - radius),
            (x0 + radius, y0 + radius),
        ];
        let mut outline = Vec::with_capacity(25);
        for (quarter, (cx, cy)) in centres.into_iter().enumerate() {
            for step in 0..6 {
                let (sin, cos) = (SINE[step] * radius, SINE[5 - step] * radius);
                outline.push(match quarter {
                    0 => (cx + sin, cy - cos),
                    1 => (cx + cos, cy + sin),
                    2 => (cx - sin, cy + cos),
                    _ => (cx - cos, cy - sin),
                });
            }
        }
        self.polygon(&outline, fill, 1.0);
        if let Some((ink, width)) = stroke {
            outline.push(outline[0]);
            self.line(&outline, ink, width);
        }
    }

    /// A polyline.
    pub(crate) fn line(&self, points: &[(f64, f64)], ink: Rgb, width: f64) {
        let style = colour(ink).stroke_width(fine(width).max(1) as u32);
        let mut path: Vec<(i32, i32)> = points.iter().copied().map(point).collect();
        path.dedup();
        if path.len() > 1 {
            let _ = self.area.draw(&PathElement::new(path, style));
            self.lines.set(self.lines.get() + 1);
        }
    }

    /// A polyline of dashes; `dash` holds lengths of ink and gap in turn, and is full if empty.
    pub(crate) fn dashed(&self, points: &[(f64, f64)], ink: Rgb, width: f64, dash: &[f64]) {
        let before = self.lines.get();
        self.line(points, ink, width);
        if self.lines.get() > before && !dash.is_empty() {
            let lengths: Vec<String> = dash.iter().map(|length| fine(*length).to_string()).collect();
            self.dashes.borrow_mut().insert(before, lengths.join(" "));
        }
    }

    /// A filled polygon.
    pub(crate) fn polygon(&self, points: &[(f64, f64)], fill: Rgb, opacity: f64) {
        let path: Vec<(i32, i32)> = points.iter().copied().map(point).collect();
        let _ = self.area.draw(&Polygon::new(path, colour(fill).mix(opacity)));
    }

    /// A filled circle.
    pub(crate) fn disc(&self, centre: (f64, f64), radius: f64, fill: Rgb) {
        let _ = self.area.draw(&Circle::new(point(centre), fine(radius), colour(fill).filled()));
    }

    /// A circle with white inside.
    pub(crate) fn ring(&self, centre: (f64, f64), radius: f64, ink: Rgb, width: f64) {
        self.disc(centre, radius + width / 2.0, crate::chart::theme::WHITE);
        let _ = self.area.draw(&Circle::new(point(centre), fine(radius), colour(ink).stroke_width(fine(width) as u32)));
    }

    /// A triangle that points from `from` to its tip.
    pub(crate) fn arrow_head(&self, from: (f64, f64), tip: (f64, f64), length: f64, ink: Rgb) {
        let (dx, dy) = (tip.0 - from.0, tip.1 - from.1);
        let norm = libm::hypot(dx, dy).max(1e-9);
        let (ux, uy) = (dx / norm, dy / norm);
        let (bx, by) = (tip.0 - ux * length, tip.1 - uy * length);
        let half = length * 0.58;
        self.polygon(&[tip, (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half)], ink, 1.0);
    }

    /// Text with its baseline at `y`. Returns the room that it takes.
    pub(crate) fn text(&self, x: f64, y: f64, text: &str, kind: Type, anchor: Anchor) -> Area {
        let text = clean(text);
        let h_pos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let weight = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
        // The backend divides sizes by 1.24, and puts the baseline of a text 0.76 of its size below its top.
        let (wanted, near) = (kind.size * FINE, kind.size * FINE * 1.24);
        let exact = [near, near.next_down(), near.next_up()].into_iter().find(|size| size / 1.24 == wanted);
        let font = FontDesc::new(FontFamily::Name(font::FAMILY), exact.unwrap_or(near), weight);
        let ink = colour(kind.colour);
        let style = TextStyle::from(font).color(&ink).pos(Pos::new(h_pos, VPos::Top));
        let _ = self.area.draw(&Text::new(text.as_str(), point((x, y - 0.76 * kind.size)), style));
        text_area(x, y, &text, kind, anchor)
    }

    /// Text centred on `y` by the height of its capitals.
    pub(crate) fn text_mid(&self, x: f64, y: f64, text: &str, kind: Type, anchor: Anchor) -> Area {
        self.text(x, y + kind.drop(), text, kind, anchor)
    }

    /// A plain remark in the middle of an area, where there is nothing to plot.
    pub(crate) fn remark(&self, area: Area, text: &str) {
        let kind = Type::regular(crate::chart::theme::SUBTITLE, TEXT);
        let lines = font::wrap(text, kind.size, kind.bold, area.width() - 40.0, 3);
        let first = (area.y0 + area.y1) / 2.0 - (lines.len() as f64 - 1.0) * 11.0;
        for (i, line) in lines.iter().enumerate() {
            self.text_mid((area.x0 + area.x1) / 2.0, first + i as f64 * 22.0, line, kind, Anchor::Middle);
        }
    }
}

/// The room that a text takes with its baseline at `y`.
pub(crate) fn text_area(x: f64, y: f64, text: &str, kind: Type, anchor: Anchor) -> Area {
    let width = kind.width(text);
    let x0 = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Area::new(x0, y - kind.size * CAP, x0 + width, y + kind.size * DESCENT)
}

/// Without control characters (XML forbids most), line breaks, and marks that turn the direction of writing.
pub(crate) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let broken = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}');
    let kept: String = text.chars().filter(|c| !turns(*c)).map(|c| if broken(c) { ' ' } else { c }).collect();
    kept.trim_matches(' ').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_xml_or_the_line_is_cleaned_away() {
        assert_eq!(clean("a\u{0}b\nc \u{202e}d<&>\u{7}"), "a b c d<&>");
    }

    #[test]
    fn dashes_belong_to_their_line_whatever_is_drawn_around_it() {
        let svg = draw(100.0, 20.0, |canvas| {
            canvas.line(&[(0.0, 0.0), (9.0, 9.0)], TEXT, 1.0);
            canvas.dashed(&[(1.0, 1.0), (1.0, 1.0)], TEXT, 1.0, &[1.0, 1.0]);
            canvas.text(5.0, 15.0, "<polyline ", Type::regular(9.0, TEXT), Anchor::Start);
            canvas.dashed(&[(10.0, 10.0), (90.0, 10.0)], TEXT, 1.0, &[7.0, 3.0]);
            canvas.dashed(&[(10.0, 12.0), (90.0, 12.0)], TEXT, 1.0, &[]);
        });
        let dashed: Vec<&str> = svg.lines().filter(|line| line.contains("stroke-dasharray=\"28 12\"")).collect();
        assert!(dashed.len() == 1 && dashed[0].contains("40,40 360,40"), "{svg}");
        assert_eq!((svg.matches("<polyline ").count(), svg.matches("stroke-dasharray").count()), (3, 1));
    }
}
