//! One lane of the timeline: which moments are named on the spot, which only numbered, and in which row.

use crate::chart::area::Area;
use crate::chart::axis::Scale;
use crate::chart::canvas::{Anchor, Type};
use crate::chart::theme::{BODY, MARGIN, SMALL, TEXT, WIDTH};
use crate::chart::timeline::Moment;

/// A lane's moments in their places.
pub(crate) struct Lane<'a> {
    marks: Vec<Mark<'a>>,
    list: Vec<String>,
    rows: usize,
    moments: usize,
}

/// One moment, or several that share a number mark.
pub(crate) enum Mark<'a> {
    /// Named on the spot; `end` is the pixel where it ended.
    Named { moment: &'a Moment, x: f64, end: Option<f64>, row: usize, text_x: f64, anchor: Anchor },
    /// One or more numbers, explained below the axis; `days` are the pixels of what they stand for.
    Numbered { label: String, x: f64, days: Vec<f64>, row: usize },
}

const ROW: f64 = 24.0;
const PAD: f64 = 8.0;
/// Rows with names; one more takes the numbers.
const ROWS: usize = 6;
/// Longer names are numbered and listed instead.
const LONGEST: f64 = 330.0;

impl<'a> Lane<'a> {
    /// Finds every moment its place. `letter` starts the numbers of this lane.
    pub(crate) fn arrange(moments: &'a [Moment], letter: char, times: &Scale) -> Self {
        let mut order: Vec<&Moment> = moments.iter().filter(|moment| moment.day.is_finite()).collect();
        order.sort_by(|a, b| a.day.total_cmp(&b.day));
        let mut taken: Vec<(usize, f64, f64)> = Vec::new();
        let mut named: Vec<Option<Mark<'a>>> = (0..order.len()).map(|_| None).collect();
        let mut spans: Vec<(usize, f64, f64)> = Vec::new();
        for wanted in [true, false] {
            for (index, moment) in order.iter().enumerate().filter(|(_, moment)| moment.major == wanted) {
                named[index] = name(moment, times, &mut taken);
                if let (Some(_), Some((_, from, to))) = (&named[index], taken.last()) {
                    spans.push((index, *from, *to));
                }
            }
        }
        let taken = in_order_of_time(&mut named, spans);
        let rows = taken.iter().map(|(row, ..)| row + 1).max().unwrap_or(0);
        let rest: Vec<&Moment> = order.iter().zip(&named).filter(|(_, mark)| mark.is_none()).map(|(m, _)| *m).collect();
        let list = rest.iter().enumerate().map(|(i, moment)| entry(letter, i + 1, moment)).collect();
        let numbered = number(&rest, letter, times, rows);
        let rows = rows + usize::from(!numbered.is_empty());
        Lane {
            marks: named.into_iter().flatten().chain(numbered).collect(),
            list,
            rows: rows.max(1),
            moments: order.len(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.moments
    }

    pub(crate) fn marks(&self) -> &[Mark<'a>] {
        &self.marks
    }

    /// What the numbers stand for, in order.
    pub(crate) fn list(&self) -> Vec<String> {
        self.list.clone()
    }

    pub(crate) fn height(&self) -> f64 {
        (self.rows as f64 * ROW + 2.0 * PAD).max(50.0)
    }

    /// The middle of a row, in a lane that begins at `top`.
    pub(crate) fn row(&self, top: f64, row: usize) -> f64 {
        let spare = self.height() - self.rows as f64 * ROW;
        top + spare / 2.0 + (row as f64 + 0.5) * ROW
    }
}

/// Gives the named marks their rows anew, from left to right: those that matter have been given their place, and now
/// what came first stands above what came after it. This never takes more rows than before.
fn in_order_of_time(named: &mut [Option<Mark<'_>>], mut spans: Vec<(usize, f64, f64)>) -> Vec<(usize, f64, f64)> {
    spans.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut taken: Vec<(usize, f64, f64)> = Vec::new();
    for (index, from, to) in spans {
        let free = |row: usize| taken.iter().all(|(r, _, b)| *r != row || *b + 10.0 <= from);
        let free_row = (0..ROWS).find(|row| free(*row));
        if let (Some(free_row), Some(Mark::Named { row, .. })) = (free_row, &mut named[index]) {
            *row = free_row;
            taken.push((free_row, from, to));
        }
    }
    taken
}

fn name<'a>(moment: &'a Moment, times: &Scale, taken: &mut Vec<(usize, f64, f64)>) -> Option<Mark<'a>> {
    let width = Type::regular(BODY, TEXT).width(&moment.text);
    if width > LONGEST {
        return None;
    }
    let x = times.at(moment.day);
    let end = moment.until.filter(|until| until.is_finite()).map(|until| times.at(until.max(moment.day)));
    let right = x + 11.0 + width;
    let left = x - 11.0 - width;
    // A name that would leave the page on the right stands left of its mark.
    let (text_x, anchor, from, to) = if right <= WIDTH - MARGIN - 4.0 {
        (x + 11.0, Anchor::Start, x - 8.0, right.max(end.unwrap_or(x)))
    } else {
        (x - 11.0, Anchor::End, left, end.unwrap_or(x).max(x + 8.0))
    };
    let lowest = times.at(0.0) - 8.0;
    let free = |row: usize| taken.iter().all(|(r, a, b)| *r != row || to + 10.0 <= *a || *b + 10.0 <= from);
    let row = (0..ROWS).find(|row| from >= lowest && free(*row))?;
    taken.push((row, from, to));
    Some(Mark::Named { moment, x, end, row, text_x, anchor })
}

/// Number marks in one row; those that would touch become one mark with a range.
fn number<'a>(rest: &[&Moment], letter: char, times: &Scale, row: usize) -> Vec<Mark<'a>> {
    // First and last number, and the pixels.
    let mut groups: Vec<(usize, usize, Vec<f64>)> = Vec::new();
    for (i, moment) in rest.iter().enumerate() {
        groups.push((i + 1, i + 1, vec![times.at(moment.day)]));
        while let [.., before, last] = groups.as_slice() {
            if pill(letter, before).grown(2.0).overlaps(&pill(letter, last)) {
                let last = groups.pop();
                if let (Some((_, to, days)), Some(before)) = (last, groups.last_mut()) {
                    before.1 = to;
                    before.2.extend(days);
                }
            } else {
                break;
            }
        }
    }
    let mark = |mut group: (usize, usize, Vec<f64>)| {
        let x = centre(letter, &group);
        group.2.dedup_by(|a, b| libm::fabs(*a - *b) < 1.0);
        Mark::Numbered { label: range(letter, &group), x, days: group.2, row }
    };
    groups.into_iter().map(mark).collect()
}

fn range(letter: char, group: &(usize, usize, Vec<f64>)) -> String {
    if group.0 == group.1 { format!("{letter}{}", group.0) } else { format!("{letter}{}–{}", group.0, group.1) }
}

fn half(letter: char, group: &(usize, usize, Vec<f64>)) -> f64 {
    Type::bold(SMALL, TEXT).width(&range(letter, group)) / 2.0 + 5.0
}

fn centre(letter: char, group: &(usize, usize, Vec<f64>)) -> f64 {
    let (first, last) = (group.2[0], group.2[group.2.len() - 1]);
    ((first + last) / 2.0).min(WIDTH - MARGIN - 2.0 - half(letter, group))
}

fn pill(letter: char, group: &(usize, usize, Vec<f64>)) -> Area {
    let (x, half) = (centre(letter, group), half(letter, group));
    Area::new(x - half, 0.0, x + half, 1.0)
}

fn entry(letter: char, number: usize, moment: &Moment) -> String {
    let days = match moment.until.filter(|until| until.is_finite()) {
        Some(until) if until > moment.day => format!("days {} to {}", libm::floor(moment.day), libm::floor(until)),
        _ => format!("day {}", libm::floor(moment.day)),
    };
    format!("{letter}{number} {days}: {}", moment.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &[f64], text: &str) -> (usize, usize) {
        let moments: Vec<Moment> =
            days.iter().map(|day| Moment { day: *day, text: text.into(), ..Moment::default() }).collect();
        let lane = Lane::arrange(&moments, 'C', &Scale::linear(0.0, 100.0, 178.0, 926.0));
        let named = lane.marks().iter().filter(|mark| matches!(mark, Mark::Named { .. })).count();
        assert_eq!(named + lane.list().len(), days.len(), "every moment is named or listed");
        (named, lane.list().len())
    }

    #[test]
    fn a_stop_stands_above_the_watch_that_follows_it() {
        let moment = |day, text: &str, major| Moment { day, until: None, text: text.into(), major };
        let moments = [
            moment(7.0, "watches meridian, at a belief of 34%", true),
            moment(20.0, "stops watching meridian", false),
            moment(20.2, "watches meridian, at a belief of 17%", true),
            moment(41.0, "stops watching meridian", false),
        ];
        let lane = Lane::arrange(&moments, 'D', &Scale::linear(0.0, 100.0, 178.0, 926.0));
        let mut rows: Vec<(f64, usize)> = Vec::new();
        for mark in lane.marks() {
            if let Mark::Named { moment, row, .. } = mark {
                rows.push((moment.day, *row));
            }
        }
        assert_eq!(rows, [(7.0, 0), (20.0, 1), (20.2, 2), (41.0, 3)]);
    }

    #[test]
    fn moments_are_named_while_there_is_room_and_listed_after() {
        assert_eq!(check(&[], "x"), (0, 0));
        assert_eq!(check(&[0.0, 50.0, 100.0], "Papers altered"), (3, 0));
        assert_eq!(check(&[10.0; 8], "Papers altered"), (6, 2));
        assert_eq!(check(&[10.0], &"very long name ".repeat(9)), (0, 1));
        let many: Vec<f64> = (0..500).map(|i| f64::from(i) / 5.0).collect();
        assert!(check(&many, "Papers altered").0 > 20);
    }
}
