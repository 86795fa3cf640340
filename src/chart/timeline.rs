//! The story of one run: campaign, signals, desk and responses, each in its lane, over days.
//!
//! What fits is named where it happens. The rest carries a number and is listed below the axis; where not even the
//! numbers fit, neighbours share one mark.

use crate::chart::area::Area;
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Canvas, Type, text_area};
use crate::chart::font;
use crate::chart::lane::{Lane, Mark};
use crate::chart::number::count;
use crate::chart::signals::{self, Signals};
use crate::chart::theme::{
    BODY, CAMPAIGN, DESK, GROUND, Ink, MARGIN, MUTED, RESPONSE, SMALL, SUBTITLE, TEXT, WHITE, WIDTH,
};
use crate::chart::{Chart, Frame, left_out};

/// What happened in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Title and conditions.
    pub frame: Frame,
    /// Length of the horizon \[d\].
    pub days: f64,
    /// What the campaign did.
    pub campaign: Vec<Moment>,
    /// What the detection layers reported.
    pub signals: Vec<Signal>,
    /// What the desk decided.
    pub desk: Vec<Moment>,
    /// What was done, from taking effect until it ended.
    pub responses: Vec<Moment>,
}

/// Something that happened on a day, or lasted from there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moment {
    /// When it happened or began \[d\].
    pub day: f64,
    /// When it ended \[d\], for what lasts.
    pub until: Option<f64>,
    /// What it was, in a few words.
    pub text: String,
    /// Whether it should be named before others if room is short.
    pub major: bool,
}

/// One report of a detection layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// When \[d\].
    pub day: f64,
    /// Whether there was something to report.
    pub is_true: bool,
}

/// Room for a lane's name.
pub(crate) const LEFT: f64 = 150.0;
const GAP: f64 = 6.0;
const LIST_ROW: f64 = 20.0;
const LIST_MOST: usize = 40;
const LIST_LINE: f64 = 16.0;
const COLUMN: f64 = (WIDTH - 2.0 * MARGIN - 28.0) / 2.0;

impl Timeline {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        let lanes = [&self.campaign, &self.desk, &self.responses];
        let bad = lanes.iter().flat_map(|lane| lane.iter()).filter(|moment| !moment.day.is_finite()).count()
            + self.signals.iter().filter(|signal| !signal.day.is_finite()).count();
        let mut notes = left_out(bad);
        if lanes.iter().all(|lane| lane.is_empty()) && self.signals.is_empty() {
            let remark = "Nothing happened: no campaign, no signals, nothing for the desk to do.";
            return self.frame.chart(200.0, remark, &notes, |canvas, area| canvas.remark(area, remark));
        }
        let days = lanes.iter().flat_map(|lane| lane.iter()).flat_map(|m| [Some(m.day), m.until]).flatten();
        let days = days.chain(self.signals.iter().map(|s| s.day)).filter(|day| day.is_finite());
        let end = days.fold(if self.days.is_finite() { self.days } else { 0.0 }, f64::max);
        let times = Scale::linear(0.0, end, MARGIN + LEFT, WIDTH - MARGIN - 6.0);

        let campaign = Lane::arrange(&self.campaign, 'C', &times);
        let desk = Lane::arrange(&self.desk, 'D', &times);
        let responses = Lane::arrange(&self.responses, 'R', &times);
        let drawn = [("Campaign", &campaign, CAMPAIGN), ("Desk", &desk, DESK), ("Responses", &responses, RESPONSE)];
        let lists: Vec<(Vec<String>, Ink)> = drawn.iter().map(|(_, lane, ink)| (lane.list(), *ink)).collect();
        let list = shared(&lists, LIST_MOST);
        let more = lists.iter().map(|(entries, _)| entries.len()).sum::<usize>() - list.len();
        if more > 0 {
            notes.push(format!("What {more} more numbers stand for is in the run's records."));
        }
        let reports = Signals::new(&self.signals, &times, end);
        notes.extend(reports.note());
        let lane_heights: f64 = drawn.iter().map(|(_, lane, _)| lane.height() + GAP).sum();
        let (entries, list_height) = columns(&list);
        let listed = if list.is_empty() { 0.0 } else { 12.0 + list_height };
        let height = lane_heights + signals::HEIGHT + axis::BELOW + 4.0 + listed;

        self.frame.chart(height, &self.words(), &notes, |canvas, area| {
            let plot =
                Area::new(MARGIN + LEFT, area.y0, WIDTH - MARGIN - 6.0, area.y0 + lane_heights + signals::HEIGHT);
            let mut grounds = Vec::new();
            let mut y = area.y0;
            for (i, (_, lane, _)) in drawn.iter().enumerate() {
                grounds.push(Area::new(MARGIN, y, WIDTH - MARGIN, y + lane.height()));
                y += lane.height() + GAP;
                if i == 0 {
                    grounds.push(Area::new(MARGIN, y, WIDTH - MARGIN, y + signals::HEIGHT));
                    y += signals::HEIGHT + GAP;
                }
            }
            for ground in &grounds {
                canvas.rect(*ground, GROUND);
            }
            axis::below(canvas, plot, &times, &axis::labelled(times.ticks(10)), "days since the start");
            for ((name, lane, ink), ground) in drawn.iter().zip([grounds[0], grounds[2], grounds[3]]) {
                let number = lane.len();
                let under = if number == 1 { "1 event".to_owned() } else { format!("{} events", count(number as u64)) };
                head(canvas, ground, name, *ink, &under);
                paint_lane(canvas, ground, lane, *ink);
            }
            reports.paint(canvas, grounds[1]);
            let top = plot.y1 + axis::BELOW + 12.0;
            paint_list(canvas, top, &entries);
        })
    }

    fn words(&self) -> String {
        let lane = |name: &str, moments: &[Moment]| {
            let moments: Vec<&Moment> = moments.iter().filter(|moment| moment.day.is_finite()).collect();
            let parts: Vec<String> =
                moments.iter().take(12).map(|m| format!("day {} {}", libm::floor(m.day), m.text)).collect();
            let more = if moments.len() > 12 { format!("; and {} more", moments.len() - 12) } else { String::new() };
            format!("{name}: {}{more}.", if parts.is_empty() { "none".to_owned() } else { parts.join("; ") })
        };
        let real = self.signals.iter().filter(|signal| signal.is_true).count();
        format!(
            "{} Signals: {real} true, {} false. {} {}",
            lane("Campaign", &self.campaign),
            self.signals.len() - real,
            lane("Desk", &self.desk),
            lane("Responses", &self.responses)
        )
    }
}

/// The first entries of each lane, as many for one as for another while there are any.
fn shared(lists: &[(Vec<String>, Ink)], most: usize) -> Vec<(String, Ink)> {
    let mut each = 0;
    let total = |each: usize| lists.iter().map(|(entries, _)| entries.len().min(each)).sum::<usize>();
    while total(each + 1) > total(each) && total(each + 1) <= most {
        each += 1;
    }
    lists.iter().flat_map(|(entries, ink)| entries.iter().take(each).map(|entry| (entry.clone(), *ink))).collect()
}

/// A lane's name and what is in it, at the left.
fn head(canvas: &Canvas<'_>, ground: Area, name: &str, ink: Ink, under: &str) {
    canvas.rect(Area::new(ground.x0, ground.y0, ground.x0 + 4.0, ground.y1), ink.mark);
    canvas.text(ground.x0 + 14.0, ground.y0 + 20.0, name, Type::bold(SUBTITLE, ink.text), Anchor::Start);
    canvas.text(ground.x0 + 14.0, ground.y0 + 38.0, under, Type::regular(SMALL, MUTED), Anchor::Start);
}

fn paint_lane(canvas: &Canvas<'_>, ground: Area, lane: &Lane<'_>, ink: Ink) {
    if lane.len() == 0 {
        let y = (ground.y0 + ground.y1) / 2.0;
        canvas.text_mid(ground.x0 + LEFT + 4.0, y, "none", Type::regular(BODY, MUTED), Anchor::Start);
    }
    for mark in lane.marks() {
        match mark {
            Mark::Named { moment, x, end, row, text_x, anchor } => {
                let y = lane.row(ground.y0, *row);
                if let Some(end) = end {
                    canvas.tint(Area::new(*x, y - 9.0, end.max(x + 2.0), y + 9.0), ink.mark, 0.28);
                }
                diamond(canvas, (*x, y), 6.0, ink);
                if end.is_none() {
                    // Grid lines stop at the name.
                    let kind = Type::regular(BODY, TEXT);
                    canvas.rect(text_area(*text_x, y + kind.drop(), &moment.text, kind, *anchor).grown(1.5), GROUND);
                }
                canvas.text_mid(*text_x, y, &moment.text, Type::regular(BODY, TEXT), *anchor);
            }
            Mark::Numbered { label, x, days, row } => {
                let y = lane.row(ground.y0, *row);
                let kind = Type::bold(SMALL, WHITE);
                let half = kind.width(label) / 2.0 + 5.0;
                let pill = Area::new(x - half, y - 9.5, x + half, y + 9.5);
                for day in days {
                    canvas.line(&[(*day, y - 13.0), (*day, y + 13.0)], ink.mark, 1.0);
                }
                canvas.rounded(pill, 6.0, ink.text, None);
                canvas.text_mid(*x, y, label, kind, Anchor::Middle);
            }
        }
    }
}

fn diamond(canvas: &Canvas<'_>, (x, y): (f64, f64), half: f64, ink: Ink) {
    let corners = |h: f64| [(x, y - h), (x + h, y), (x, y + h), (x - h, y)];
    canvas.polygon(&corners(half + 2.0), WHITE, 1.0);
    canvas.polygon(&corners(half), ink.text, 1.0);
}

/// An entry of the list in its place: number, where its text begins, the text in lines, and its top left corner.
struct Entry {
    number: String,
    ink: Ink,
    indent: f64,
    lines: Vec<String>,
    at: (f64, f64),
}

/// The list in two columns of about the same height, which is returned too. Long texts take several lines: an entry
/// that is cut explains nothing.
fn columns(list: &[(String, Ink)]) -> (Vec<Entry>, f64) {
    let tall = |entry: &Entry| LIST_ROW + LIST_LINE * (entry.lines.len().max(1) - 1) as f64;
    let mut entries: Vec<Entry> = Vec::new();
    for (entry, ink) in list {
        let (number, text) = entry.split_once(' ').unwrap_or((entry, ""));
        let indent = Type::bold(SMALL, ink.text).width(number) + 8.0;
        // More lines than any text that is a sentence needs.
        let lines = font::wrap(text, SMALL, false, COLUMN - indent - 4.0, 12);
        entries.push(Entry { number: number.to_owned(), ink: *ink, indent, lines, at: (0.0, 0.0) });
    }
    let half = entries.iter().map(tall).sum::<f64>() / 2.0;
    let (mut left, mut right) = (0.0, 0.0);
    for entry in &mut entries {
        if right == 0.0 && left < half {
            entry.at = (MARGIN, left);
            left += tall(entry);
        } else {
            entry.at = (MARGIN + COLUMN + 28.0, right);
            right += tall(entry);
        }
    }
    (entries, left.max(right))
}

fn paint_list(canvas: &Canvas<'_>, top: f64, entries: &[Entry]) {
    for Entry { number, ink, indent, lines, at: (x, y) } in entries {
        let y = top + y + LIST_ROW / 2.0;
        canvas.text_mid(*x, y, number, Type::bold(SMALL, ink.text), Anchor::Start);
        for (i, line) in lines.iter().enumerate() {
            let y = y + LIST_LINE * i as f64;
            canvas.text_mid(x + indent, y, line, Type::regular(SMALL, TEXT), Anchor::Start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::theme::SIGNAL;
    use crate::chart::{gallery, inspect};

    #[test]
    fn stories_are_drawn_whatever_their_length() {
        for (_, data) in gallery::timelines() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn nothing_in_the_list_is_cut() {
        let text = "C9 day 419: this month: alter works once more, 1 consignment altered, 2,246 records leave, send \
                    fails 3 times and works once more, copy works 2 times more";
        let list: Vec<(String, Ink)> = (0..5).map(|_| (text.to_owned(), SIGNAL)).collect();
        let (entries, height) = columns(&list);
        for entry in &entries {
            assert!(entry.lines.len() > 1);
            assert_eq!(format!("{} {}", entry.number, entry.lines.join(" ")), text);
        }
        assert!(entries[3].at.0 > entries[2].at.0 && height > 5.0 * LIST_ROW);
    }

    #[test]
    fn lanes_share_the_list() {
        let list = |n: usize| ((0..n).map(|i| i.to_string()).collect(), SIGNAL);
        let got = |sizes: [usize; 3]| shared(&sizes.map(list), 40).len();
        assert_eq!([got([0, 0, 0]), got([3, 2, 1]), got([100, 1, 0]), got([90, 90, 90])], [0, 6, 40, 39]);
    }
}
