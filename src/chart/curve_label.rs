//! Names for curves: beside their line where there is room, tied to it where there is none.

use crate::chart::area::{Area, crosses, spread};
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::theme::{self, BODY, GRID, Ink, OTHERS, WHITE};

/// Distance of the names that stand at the right.
const NAME: f64 = 18.0;

/// A curve ready to draw: name, ink and pixels relative to the top of the plot.
pub(crate) struct Drawn {
    pub(crate) name: String,
    pub(crate) ink: Ink,
    pub(crate) line: Vec<(f64, f64)>,
    pub(crate) band: Vec<(f64, f64)>,
    pub(crate) label: Option<Label>,
}

/// Where a curve's name begins, and the point on the curve that it is tied to if it stands further off.
pub(crate) struct Label {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) tie: Option<(f64, f64)>,
}

/// Finds each curve's name a place beside its line, nearer to it than to any other. First choice is white paper, second
/// a band; no line and no other name is ever crossed.
pub(crate) fn place(curves: &mut [Drawn], plot: Area) {
    let kind = Type::bold(BODY, WHITE);
    let mut taken: Vec<Area> = Vec::new();
    for index in 0..curves.len() {
        if curves[index].ink == OTHERS {
            continue;
        }
        let width = kind.width(&curves[index].name);
        let found = [true, false].into_iter().find_map(|on_paper| {
            let offsets: &[f64] = if on_paper { &[7.0, 16.0, 28.0, 42.0] } else { &[7.0] };
            let spots = spots(&curves[index].line, plot);
            let candidates = spots.into_iter().flat_map(|spot| {
                let (x, y) = spot;
                offsets.iter().flat_map(move |by| {
                    let right = Area::new(x + by, y - by - 13.0, x + by + width, y - by + 3.0);
                    let left = Area::new(x - by - width, y + by - 3.0, x - by, y + by + 13.0);
                    [(spot, right), (spot, left)]
                })
            });
            let free = |(spot, area): &((f64, f64), Area)| {
                let room = area.grown(2.0);
                let crossed = |line: &[(f64, f64)], area: &Area| line.windows(2).any(|p| crosses(area, p[0], p[1]));
                // From the spot on the line to the name: another curve in between would claim the name.
                let reach =
                    Area::new(room.x0.min(spot.0), room.y0.min(spot.1), room.x1.max(spot.0), room.y1.max(spot.1));
                plot.contains(&room)
                    && !taken.iter().any(|other| other.grown(4.0).overlaps(area))
                    && !crossed(&curves[index].line, &room)
                    && curves.iter().enumerate().all(|(i, c)| i == index || !crossed(&c.line, &reach.grown(4.0)))
                    && !(on_paper && curves.iter().any(|c| crossed(&c.band, &room)))
            };
            candidates.into_iter().find(free)
        });
        if let Some((_, area)) = found {
            taken.push(area);
            curves[index].label = Some(Label { x: area.x0, y: (area.y0 + area.y1) / 2.0, tie: None });
        }
    }
    // Few curves without a place are tied to a name on the white paper at their right; many go into the key.
    if curves.len() <= theme::OPTIONS.len() + 1 {
        for index in 0..curves.len() {
            if curves[index].label.is_none() && curves[index].ink != OTHERS {
                curves[index].label = tied(curves, index, plot, &mut taken);
            }
        }
    }
}

/// A place to the right of all curves, level with a point of the curve: falling curves leave that side free.
fn tied(curves: &[Drawn], index: usize, plot: Area, taken: &mut Vec<Area>) -> Option<Label> {
    let width = Type::bold(BODY, WHITE).width(&curves[index].name);
    let mut best: Option<(f64, (f64, f64), Area)> = None;
    for (x, y) in spots(&curves[index].line, plot) {
        let level = Area::new(plot.x0, y - 10.0, plot.x1, y + 10.0);
        let outlines = curves.iter().flat_map(|c| [&c.line, &c.band]).flat_map(|line| line.windows(2));
        let right = outlines.filter(|p| crosses(&level, p[0], p[1])).map(|p| p[0].0.max(p[1].0)).fold(x, f64::max);
        let area = Area::new(right + 18.0, y - 8.0, right + 18.0 + width, y + 8.0);
        let way = Area::new(x, y - 1.0, area.x1, y + 1.0);
        let free = taken.iter().all(|t| !t.grown(4.0).overlaps(&area) && !t.grown(2.0).overlaps(&way));
        // A long tie costs, and so does a place near the foot, where curves run together.
        let price = area.x0 - x + libm::fabs(y - plot.height() * 0.45) * 0.5;
        if plot.contains(&area) && free && best.as_ref().is_none_or(|(least, ..)| price < *least) {
            best = Some((price, (x, y), area));
        }
    }
    let (_, tie, area) = best?;
    taken.push(Area::new(tie.0, area.y0, area.x1, area.y1));
    Some(Label { x: area.x0, y: tie.1, tie: Some(tie) })
}

/// Points along a line, some pixels apart, those a little above the middle first. None on the axis, where curves that
/// begin with a fall lie on each other.
fn spots(line: &[(f64, f64)], plot: Area) -> Vec<(f64, f64)> {
    let best = plot.height() * 0.45;
    let mut spots: Vec<(f64, f64)> = Vec::new();
    let mut left = 0.0;
    for pair in line.windows(2) {
        let length = libm::hypot(pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let mut along = left;
        while along < length {
            let t = along / length;
            spots.push((pair[0].0 + (pair[1].0 - pair[0].0) * t, pair[0].1 + (pair[1].1 - pair[0].1) * t));
            along += 9.0;
        }
        left = along - length;
    }
    spots.retain(|spot| spot.0 > plot.x0 + 1.0);
    spots.sort_by(|a, b| libm::fabs(a.1 - best).total_cmp(&libm::fabs(b.1 - best)));
    spots
}

/// Draws a curve's name in its place; `top` is the top of the plot.
pub(crate) fn paint(canvas: &Canvas<'_>, top: f64, label: &Label, curve: &Drawn) {
    let kind = Type::bold(BODY, curve.ink.text);
    let y = label.y + top;
    if let Some((x, _)) = label.tie {
        canvas.line(&[(x, y), (label.x - 3.0, y)], curve.ink.text, 1.0);
        canvas.disc((x, y), 5.0, WHITE);
        canvas.disc((x, y), 3.5, curve.ink.text);
    }
    let area = Area::new(label.x - 2.0, y - 8.0, label.x + kind.width(&curve.name) + 2.0, y + 8.0);
    canvas.tint(area, WHITE, 0.85);
    canvas.text_mid(label.x, y, &curve.name, kind, Anchor::Start);
}

/// A curve's name, its ink, and where the curve ends.
pub(crate) type End<'a> = (&'a str, Ink, (f64, f64));

/// Draws names at the right of the plot, each level with the end of its curve if others leave it the room, and tied to
/// it.
pub(crate) fn beside(canvas: &Canvas<'_>, plot: Area, ends: &[End<'_>]) {
    let wishes: Vec<f64> = ends.iter().map(|(_, _, end)| end.1).collect();
    for ((name, ink, end), y) in ends.iter().zip(spread(&wishes, NAME, plot.y0 - 10.0, plot.y1 + 10.0)) {
        canvas.line(&[(end.0 + 5.0, end.1), (plot.x1 + 16.0, y)], GRID, 1.5);
        canvas.text_mid(plot.x1 + 20.0, y, name, Type::bold(BODY, ink.text), Anchor::Start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of some falling curves, `apart` pixels apart, are named beside their line, tied, and not at all.
    fn check(count: usize, apart: f64) -> [usize; 3] {
        let curve = |i: usize| {
            let line = vec![(60.0 + i as f64 * apart, 20.0), (260.0 + i as f64 * apart, 300.0)];
            Drawn { name: format!("Option {i}"), ink: theme::option(i), line, band: Vec::new(), label: None }
        };
        let mut curves: Vec<Drawn> = (0..count).map(curve).collect();
        place(&mut curves, Area::new(50.0, 0.0, 900.0, 320.0));
        let tied = curves.iter().filter(|c| c.label.as_ref().is_some_and(|label| label.tie.is_some())).count();
        let none = curves.iter().filter(|c| c.label.is_none()).count();
        [count - tied - none, tied, none]
    }

    #[test]
    fn names_stand_by_their_curve_or_are_tied_or_leave_it_to_the_key() {
        assert_eq!(check(4, 120.0), [4, 0, 0]);
        assert_eq!(check(4, 15.0), [2, 2, 0]);
        assert_eq!(check(9, 1.0), [0, 0, 9]);
    }

    #[test]
    fn no_name_is_tied_to_the_axis_where_curves_coincide() {
        let plot = Area::new(50.0, 0.0, 900.0, 320.0);
        let found = spots(&[(50.0, 0.0), (50.0, 200.0), (90.0, 200.0)], plot);
        assert!(!found.is_empty() && found.iter().all(|spot| spot.0 > 51.0));
    }
}
