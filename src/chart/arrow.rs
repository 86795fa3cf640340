//! The hub map's arrows: each flow gets a way between the zones, a width, and a place for its figure.

use crate::chart::area::{Area, crosses};
use crate::chart::canvas::{Anchor, Canvas, Type, text_area};
use crate::chart::hub_map::Flow;
use crate::chart::number::figure;
use crate::chart::route::Router;
use crate::chart::theme::{FLOW, SMALL, WHITE};

const THICKEST: f64 = 8.0;

/// One flow as drawn: its way from edge to edge, its width, and where its figure stands.
pub(crate) struct Arrow {
    pub(crate) flow: Flow,
    pub(crate) path: Vec<(f64, f64)>,
    pub(crate) width: f64,
    pub(crate) label: Option<(f64, f64)>,
}

/// Finds ways for all flows, the thickest first, and returns those that found none.
pub(crate) fn arrows(flows: &[Flow], page: Area, boxes: &[Area]) -> (Vec<Arrow>, Vec<Flow>) {
    let most = flows.iter().map(|flow| flow.per_day).fold(0.0, f64::max);
    let mut router = Router::new(page, boxes);
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for flow in flows {
        let width = if most > 0.0 { (flow.per_day / most * THICKEST).max(1.25) } else { 1.25 };
        match router.way(flow.from, flow.to) {
            Some(path) => found.push(Arrow { flow: *flow, path, width, label: None }),
            None => lost.push(*flow),
        }
    }
    (found, lost)
}

/// The room of a figure around its middle.
pub(crate) fn label_area(x: f64, y: f64, text: &str) -> Area {
    let kind = Type::bold(SMALL, FLOW.text);
    text_area(x, y + kind.drop(), text, kind, Anchor::Middle).grown(2.0)
}

/// Puts each arrow's figure on its way, clear of boxes, heads and other figures, and of other ways if possible.
pub(crate) fn label(arrows: &mut [Arrow], page: Area, boxes: &[Area]) {
    let mut taken: Vec<Area> = Vec::new();
    for index in 0..arrows.len() {
        let text = figure(arrows[index].flow.per_day);
        let mut best: Option<(usize, f64, (f64, f64), Area)> = None;
        for pair in arrows[index].path.windows(2) {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = libm::fabs(dx) + libm::fabs(dy);
            for step in 1..20 {
                let t = f64::from(step) / 20.0;
                let centre = (pair[0].0 + dx * t, pair[0].1 + dy * t);
                let area = label_area(centre.0, centre.1, &text);
                let hits =
                    boxes.iter().any(|b| b.grown(2.0).overlaps(&area)) || taken.iter().any(|t| t.overlaps(&area));
                if hits || !page.contains(&area) {
                    continue;
                }
                let crossing =
                    |other: &Arrow| other.path.windows(2).filter(|p| crosses(&area.grown(1.0), p[0], p[1])).count();
                let elsewhere = arrows.iter().enumerate().filter(|(i, _)| *i != index);
                let ways: usize = elsewhere.map(|(_, other)| crossing(other)).sum();
                // A figure on an arrow's head hides where it goes.
                let head = |tip: &&(f64, f64)| Area::new(tip.0, tip.1, tip.0, tip.1).grown(13.0).overlaps(&area);
                let others = ways + arrows.iter().filter_map(|arrow| arrow.path.last()).filter(head).count();
                // Long stretches and their middles read best.
                let worth = length * (0.5 - libm::fabs(t - 0.5));
                let better = best.as_ref().is_none_or(|b| others < b.0 || (others == b.0 && worth > b.1));
                if better {
                    best = Some((others, worth, centre, area));
                }
            }
        }
        if let Some((_, _, centre, area)) = best {
            taken.push(area);
            arrows[index].label = Some(centre);
        }
    }
}

/// Draws an arrow without its figure.
pub(crate) fn paint(canvas: &Canvas<'_>, path: &[(f64, f64)], width: f64) {
    let [.., before, tip] = path else { return };
    let length = 7.0 + width * 0.55;
    let run = libm::hypot(tip.0 - before.0, tip.1 - before.1).max(1e-9);
    let neck = (tip.0 - (tip.0 - before.0) / run * length * 0.8, tip.1 - (tip.1 - before.1) / run * length * 0.8);
    let mut shaft = path[..path.len() - 1].to_vec();
    shaft.push(neck);
    // A white edge keeps crossing arrows apart.
    canvas.line(&shaft, WHITE, width + 3.0);
    canvas.line(&shaft, FLOW.mark, width);
    canvas.arrow_head(*before, *tip, length, FLOW.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_off_boxes_and_off_each_other() {
        let boxes = [Area::new(40.0, 40.0, 180.0, 140.0), Area::new(260.0, 40.0, 400.0, 140.0)];
        let page = Area::new(0.0, 0.0, 440.0, 180.0);
        let flow = |from, per_day| Flow { from, to: 1 - from, per_day };
        let (mut arrows, lost) = arrows(&[flow(0, 900.0), flow(1, 30.0), flow(0, 0.0)], page, &boxes);
        label(&mut arrows, page, &boxes);
        assert!(lost.is_empty() && arrows[0].width == THICKEST && arrows[2].width == 1.25);
        let labels: Vec<Area> = arrows
            .iter()
            .filter_map(|arrow| arrow.label.map(|(x, y)| label_area(x, y, &figure(arrow.flow.per_day))))
            .collect();
        assert_eq!(labels.len(), 3);
        for (i, area) in labels.iter().enumerate() {
            assert!(boxes.iter().chain(&labels[i + 1..]).all(|other| !other.overlaps(area)));
        }
    }
}
