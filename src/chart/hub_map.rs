//! The hub: zones with their stations and load, and what flows between them.
//!
//! A sketch, not a plan: zones keep their order from left to right and from top to bottom, in a grid whose gaps leave
//! room for the arrows.

use crate::chart::area::Area;
use crate::chart::arrow;
use crate::chart::canvas::{Anchor, Canvas, Type};
use crate::chart::font;
use crate::chart::grid;
use crate::chart::number::{figure, percent};
use crate::chart::theme::{AXIS, FLOW, GROUND, MARGIN, MUTED, SMALL, SUBTITLE, TEXT, UTILISATION, WHITE, WIDTH};
use crate::chart::{Chart, Frame, left_out};

/// A hub with its load.
#[derive(Clone, Debug, PartialEq)]
pub struct HubMap {
    /// Title and conditions.
    pub frame: Frame,
    /// Zones, up to a dozen or so.
    pub zones: Vec<Zone>,
    /// What moves between them.
    pub flows: Vec<Flow>,
}

/// A part of the hub.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Name.
    pub name: String,
    /// What kind of place it is: `bonded store`.
    pub kind: String,
    /// Who runs it.
    pub operator: String,
    /// Position on the author's map, in any unit; y grows downwards.
    pub at: (f64, f64),
    /// Where work is done.
    pub stations: Vec<Station>,
}

/// A place of work in a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Name.
    pub name: String,
    /// Share of its capacity that is in use, 0 to 1; more if it is asked for more than it can do.
    pub utilisation: f64,
}

/// Goods on the way between two zones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Index of the zone that they leave.
    pub from: usize,
    /// Index of the zone that they go to.
    pub to: usize,
    /// Consignments a day.
    pub per_day: f64,
}

const LEGEND: f64 = 30.0;
const STATION: f64 = 23.0;
/// Room around the grid and between its rows, for arrows.
const AROUND: f64 = 26.0;
const ROW_GAP: f64 = 64.0;

/// A zone's text, broken to the width of its box.
struct Sheet<'a> {
    zone: &'a Zone,
    name: Vec<String>,
    under: Vec<String>,
    stations: Vec<Vec<String>>,
}

impl HubMap {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let stations = || self.zones.iter().flat_map(|zone| &zone.stations);
        let bad = stations().filter(|station| !station.utilisation.is_finite()).count();
        let known = |flow: &&Flow| flow.from < self.zones.len() && flow.to < self.zones.len();
        let mut flows: Vec<Flow> =
            self.flows.iter().filter(known).filter(|f| f.from != f.to && f.per_day.is_finite()).copied().collect();
        let mut notes = left_out(bad + self.flows.iter().filter(|flow| !flow.per_day.is_finite()).count());
        if self.zones.is_empty() {
            let remark = "The hub has no zones.";
            return self.frame.chart(160.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        // The thickest first: they get the straightest ways.
        flows.sort_by(|a, b| b.per_day.total_cmp(&a.per_day));
        let cells = grid::cells(&self.zones.iter().map(|zone| zone.at).collect::<Vec<_>>());
        let (boxes, sheets, height) = self.layout(&cells);
        let page = Area::new(0.0, 0.0, WIDTH - 2.0 * MARGIN, height);
        let (mut arrows, lost) = arrow::arrows(&flows, page, &boxes);
        arrow::label(&mut arrows, page, &boxes);
        let bare: Vec<String> =
            arrows.iter().filter(|arrow| arrow.label.is_none()).map(|arrow| self.in_words(&arrow.flow)).collect();
        if !bare.is_empty() {
            notes.push(format!("Without room for their figure: {}.", bare.join(", ")));
        }
        if !lost.is_empty() {
            let all: Vec<String> = lost.iter().map(|flow| self.in_words(flow)).collect();
            notes.push(format!("Not drawn for want of room: {}.", all.join(", ")));
        }
        let words = self.words(&flows);
        self.frame.chart(height + LEGEND, &words, &notes, |canvas, area| {
            let shift = |p: (f64, f64)| (p.0 + area.x0, p.1 + area.y0);
            for arrow in &arrows {
                let path: Vec<(f64, f64)> = arrow.path.iter().map(|p| shift(*p)).collect();
                arrow::paint(canvas, &path, arrow.width);
            }
            for (sheet, place) in sheets.iter().zip(&boxes) {
                let (a, b) = (shift((place.x0, place.y0)), shift((place.x1, place.y1)));
                paint_zone(canvas, Area::new(a.0, a.1, b.0, b.1), sheet);
            }
            for arrow in &arrows {
                if let Some((x, y)) = arrow.label.map(shift) {
                    let kind = Type::bold(SMALL, FLOW.text);
                    let text = figure(arrow.flow.per_day);
                    canvas.rounded(arrow::label_area(x, y, &text).grown(1.0), 3.0, WHITE, None);
                    canvas.text_mid(x, y, &text, kind, Anchor::Middle);
                }
            }
            paint_legend(canvas, area.x0, area.y1 - LEGEND / 2.0 + 4.0);
        })
    }

    /// Boxes relative to the top left corner of the map, what stands in them, and the map's height.
    fn layout(&self, cells: &[(usize, usize)]) -> (Vec<Area>, Vec<Sheet<'_>>, f64) {
        let columns = cells.iter().map(|cell| cell.0 + 1).max().unwrap_or(1);
        let rows = cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(1);
        let room = WIDTH - 2.0 * MARGIN - 2.0 * AROUND;
        let gap = match columns {
            1..=2 => 150.0,
            3 => 104.0,
            _ => 72.0,
        };
        let width = ((room - gap * (columns as f64 - 1.0)) / columns as f64).min(250.0);
        let gap = if columns > 1 { (room - width * columns as f64) / (columns as f64 - 1.0) } else { 0.0 };
        let start = if columns > 1 { AROUND } else { AROUND + (room - width) / 2.0 };

        let sheets: Vec<Sheet<'_>> = self.zones.iter().map(|zone| Sheet::new(zone, width)).collect();
        let mut tall = vec![0.0_f64; rows];
        for (sheet, cell) in sheets.iter().zip(cells) {
            tall[cell.1] = tall[cell.1].max(sheet.height());
        }
        let tops: Vec<f64> =
            (0..rows).map(|row| AROUND + tall[..row].iter().sum::<f64>() + row as f64 * ROW_GAP).collect();
        let place = |(sheet, cell): (&Sheet<'_>, &(usize, usize))| {
            let x = start + cell.0 as f64 * (width + gap);
            let y = tops[cell.1] + (tall[cell.1] - sheet.height()) / 2.0;
            Area::new(x, y, x + width, y + sheet.height())
        };
        let boxes = sheets.iter().zip(cells).map(place).collect();
        let height = tops[rows - 1] + tall[rows - 1] + AROUND;
        (boxes, sheets, height)
    }

    fn in_words(&self, flow: &Flow) -> String {
        format!("{} to {} {}", self.zones[flow.from].name, self.zones[flow.to].name, figure(flow.per_day))
    }

    fn words(&self, flows: &[Flow]) -> String {
        let zone = |zone: &Zone| {
            let stations = zone.stations.iter().map(|s| format!("{} {}", s.name, utilisation(s.utilisation)));
            let stations = stations.collect::<Vec<_>>().join(", ");
            format!(
                "{} ({}, run by {}): {}.",
                zone.name,
                zone.kind,
                zone.operator,
                if stations.is_empty() { "no stations" } else { &stations }
            )
        };
        let flows: Vec<String> = flows.iter().map(|flow| self.in_words(flow)).collect();
        let zones: Vec<String> = self.zones.iter().map(zone).collect();
        format!(
            "{} Consignments a day: {}.",
            zones.join(" "),
            if flows.is_empty() { "none".to_owned() } else { flows.join("; ") }
        )
    }
}

impl<'a> Sheet<'a> {
    fn new(zone: &'a Zone, width: f64) -> Self {
        let room = width - 20.0;
        let parts = [zone.kind.as_str(), zone.operator.as_str()];
        let under: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let pill = Type::bold(SMALL, TEXT).width("100%") + 22.0;
        Sheet {
            zone,
            name: font::wrap(&zone.name, SUBTITLE, true, room, 2),
            under: font::wrap(&under.join(" · "), SMALL, false, room, 2),
            stations: zone.stations.iter().map(|s| font::wrap(&s.name, SMALL, false, room - pill, 2)).collect(),
        }
    }

    fn head(&self) -> f64 {
        12.0 + 18.0 * self.name.len() as f64 + 16.0 * self.under.len() as f64
    }

    fn station_height(lines: &[String]) -> f64 {
        if lines.len() > 1 { STATION + 15.0 } else { STATION }
    }

    fn height(&self) -> f64 {
        let stations: f64 = self.stations.iter().map(|lines| Sheet::station_height(lines)).sum();
        self.head() + if self.stations.is_empty() { 6.0 } else { stations + 12.0 }
    }
}

fn utilisation(share: f64) -> String {
    if share.is_finite() { format!("{}%", crate::chart::number::fixed(share * 100.0, 0)) } else { "–".to_owned() }
}

fn paint_zone(canvas: &Canvas<'_>, place: Area, sheet: &Sheet<'_>) {
    canvas.rounded(place, 8.0, GROUND, Some((AXIS, 1.25)));
    let x = place.x0 + 10.0;
    let mut y = place.y0 + 22.0;
    for line in &sheet.name {
        canvas.text(x, y, line, Type::bold(SUBTITLE, TEXT), Anchor::Start);
        y += 18.0;
    }
    for line in &sheet.under {
        canvas.text(x, y - 1.0, line, Type::regular(SMALL, MUTED), Anchor::Start);
        y += 16.0;
    }
    let mut top = place.y0 + sheet.head() + 4.0;
    for (lines, station) in sheet.stations.iter().zip(&sheet.zone.stations) {
        let height = Sheet::station_height(lines);
        let middle = top + height / 2.0;
        let first = middle - (lines.len() as f64 - 1.0) * 7.5;
        for (i, line) in lines.iter().enumerate() {
            canvas.text_mid(x, first + i as f64 * 15.0, line, Type::regular(SMALL, TEXT), Anchor::Start);
        }
        let half = Type::bold(SMALL, TEXT).width("100%") / 2.0 + 6.0;
        let pill = Area::new(place.x1 - 8.0 - 2.0 * half, middle - 9.5, place.x1 - 8.0, middle + 9.5);
        let (fill, ink) = shade(station.utilisation);
        canvas.rounded(pill, 5.0, fill, None);
        let figure = font::shorten(&utilisation(station.utilisation), SMALL, true, 2.0 * half - 2.0);
        canvas.text_mid((pill.x0 + pill.x1) / 2.0, middle, &figure, Type::bold(SMALL, ink), Anchor::Middle);
        top += height;
    }
}

fn shade(share: f64) -> (crate::chart::theme::Rgb, crate::chart::theme::Rgb) {
    let row = UTILISATION.iter().find(|row| share < row.0);
    row.map_or((WHITE, TEXT), |row| (row.1, row.2))
}

fn paint_legend(canvas: &Canvas<'_>, x: f64, y: f64) {
    let kind = Type::regular(SMALL, MUTED);
    let mut x = canvas.text_mid(x, y, "Station in use:", kind, Anchor::Start).x1 + 10.0;
    let mut from = 0.0;
    for (bound, fill, _) in UTILISATION {
        let text = if bound.is_finite() {
            format!("{} to {}", percent(from).trim_end_matches('%'), percent(bound))
        } else {
            format!("{} and more", percent(from))
        };
        canvas.rounded(Area::new(x, y - 7.0, x + 22.0, y + 7.0), 4.0, fill, None);
        x = canvas.text_mid(x + 28.0, y, &text, kind, Anchor::Start).x1 + 16.0;
        from = bound;
    }
    x += 8.0;
    canvas.line(&[(x, y), (x + 20.0, y)], FLOW.mark, 4.0);
    canvas.arrow_head((x, y), (x + 29.0, y), 10.0, FLOW.text);
    canvas.text_mid(x + 36.0, y, "consignments a day, thicker for more", kind, Anchor::Start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn hubs_are_drawn_whatever_their_shape() {
        for (_, data) in gallery::hub_maps() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn colour_follows_the_load() {
        assert_eq!(shade(0.2).0, UTILISATION[0].1);
        assert_eq!(shade(0.8).0, UTILISATION[2].1);
        assert_eq!(shade(3.0).0, UTILISATION[3].1);
        assert_eq!(shade(f64::NAN).0, WHITE);
    }
}
