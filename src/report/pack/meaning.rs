//! What a cell means, whatever a spreadsheet program has made of it: times as fractions of a day, dates as numbers, other
//! line ends, capitals and blanks.

use super::clock::{Clock, hours};
use super::column::{Column, plain};
use super::table::Cell;
use super::workbook::fitting;
use crate::model::{Date, Exercise};
use crate::report::handout::EXERCISE;
use crate::time::{MINUTE, SimDuration};

/// Minutes of a day.
const DAY: f64 = 1_440.0;

/// The day from which spreadsheet programs count, as days before 1970.
const SPREADSHEETS: i32 = 25_569;

/// A number in the column of story days from which on it must be a date: no story lasts so long.
const DATES: f64 = 15_000.0;

/// Whether a cell says what a text of ours does.
pub(super) fn same(exercise: &Exercise, column: Column, ours: &str, theirs: &Cell) -> bool {
    let text = theirs.text();
    if tidy(&fitting(ours)) == tidy(&text) {
        return true;
    }
    let of = Meaning { exercise, column };
    let (a, b) = (of.read(&Cell::Text(ours.to_owned())), of.read(theirs));
    // Spreadsheet programs write truth in capitals.
    a == b || matches!(text.as_str(), "TRUE" | "FALSE") && a.eq_ignore_ascii_case(&b)
}

/// A cell as people are told of it: what a spreadsheet program keeps as a number is a time or a day again.
pub(super) fn told(exercise: &Exercise, column: Column, cell: &Cell) -> String {
    let of = Meaning { exercise, column };
    match (cell, column) {
        (Cell::Number(_), Column::RealTime) => format!("T+{}", of.read(cell)),
        (Cell::Number(_), Column::ScenarioTime) => of.read(cell).replacen("day", "Day", 1),
        _ => tidy(&cell.text()),
    }
}

/// A text without what spreadsheet programs add or lose: line ends, hard blanks, blanks at the end, control characters.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace(['\u{a0}', '\u{202f}'], " ");
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// A text without its markings, and whether it had them.
pub(super) fn unmarked(text: &str) -> (String, bool) {
    let text = tidy(text);
    let is_marking = |line: &str| line.trim_start().starts_with(EXERCISE);
    let lines: Vec<&str> = text.split('\n').collect();
    let had = lines.len() > 1
        && lines.first().is_some_and(|it| is_marking(it))
        && lines.last().is_some_and(|it| is_marking(it));
    let kept: Vec<&str> = lines.into_iter().filter(|line| !is_marking(line)).collect();
    (tidy(&kept.join("\n")), had)
}

struct Meaning<'e> {
    exercise: &'e Exercise,
    column: Column,
}

impl Meaning<'_> {
    /// A form in which equal meanings are equal texts.
    fn read(&self, cell: &Cell) -> String {
        let text = tidy(&cell.text());
        let known = match self.column {
            Column::Number => Some(text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()),
            Column::ScenarioTime => self.day(&text),
            Column::RealTime => self.time(&text),
            Column::Module => {
                text.split('.').next().and_then(|nth| nth.trim().parse::<u32>().ok()).map(|n| n.to_string())
            }
            Column::Category | Column::Status => Some(plain(&text)),
            Column::Method => Some(plain(&text).replace("telephone", "phone")),
            Column::Recipient => Some(self.seats(&text)),
            Column::Deadline => minutes(&text),
            Column::Text => Some(unmarked(&text).0),
            _ => None,
        };
        known.unwrap_or(text)
    }

    /// `day 40`, with whatever stands behind it.
    fn day(&self, text: &str) -> Option<String> {
        let starts = self.exercise.scenario.calendar.starts;
        let of = |date: Date| date.days() - starts.days();
        if let Ok(number) = text.parse::<f64>() {
            let whole = number.floor();
            let day = if whole >= DATES { whole as i32 - SPREADSHEETS - starts.days() } else { whole as i32 };
            return Some(format!("day {day}"));
        }
        // Dates with a time of day are dates.
        if let Some(date) = text.get(..10).and_then(Date::parse) {
            return Some(format!("day {}", of(date)));
        }
        let lower = text.to_lowercase();
        let mut out = String::new();
        for word in lower.split_whitespace() {
            // A date in brackets says the same as the day before it, and is kept where it does not.
            let date = word.trim_end_matches(|c: char| ",;".contains(c));
            let bracket = date.strip_prefix('(').and_then(|it| it.strip_suffix(')')).and_then(Date::parse);
            let (word, tail) = match bracket {
                Some(date) if out.ends_with(&format!("day {}", of(date))) => ("", &word[12..]),
                _ => (word, ""),
            };
            if !out.is_empty() && !word.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
            out.push_str(tail);
        }
        Some(out)
    }

    /// `00:47`, from the start of the exercise, with whatever stands behind it.
    fn time(&self, text: &str) -> Option<String> {
        let starts = self.exercise.agenda.starts;
        if let Ok(days) = text.parse::<f64>() {
            let minutes = (days * DAY).round().clamp(0.0, 1e9);
            return Some(self.elapsed(minutes as u64));
        }
        let lower = text.to_lowercase();
        let (first, rest) = lower.split_once(' ').unwrap_or((&lower, ""));
        let (elapsed, is_elapsed) = first.strip_prefix("t+").map_or((first, false), |it| (it, true));
        let minutes = clock(elapsed)?;
        let (wall, rest) = match rest.strip_prefix('(').and_then(|it| it.split_once(')')) {
            Some((wall, rest)) => (Some(wall), rest.trim()),
            None => (None, rest),
        };
        // What the clock on the wall says follows from the rest, and is kept where it does not.
        let follows =
            |wall: &str| starts.is_some_and(|it| clock(wall) == Some((it.millis() / MINUTE + minutes) % DAY as u64));
        let wall = wall.filter(|wall| !follows(wall)).map_or_else(String::new, |wall| format!(" ({wall})"));
        let time = if is_elapsed { shown(minutes) } else { self.elapsed(minutes) };
        Some(format!("{time}{wall} {rest}").trim_end().to_owned())
    }

    /// A time without `T+` is one of the clock on the wall if it lies behind the end of the exercise.
    fn elapsed(&self, minutes: u64) -> String {
        let whole = Clock(self.exercise).ends().minutes() + self.exercise.agenda.hot_wash.minutes();
        match self.exercise.agenda.starts.map(|it| it.millis() / MINUTE) {
            Some(starts) if minutes as f64 > whole && minutes >= starts => shown(minutes - starts),
            _ => shown(minutes),
        }
    }

    /// Seats in any order, by title or name.
    fn seats(&self, text: &str) -> String {
        let title = |part: &str| {
            let seat = self.exercise.seats.iter().find(|seat| plain(&seat.id) == plain(part));
            plain(seat.map_or(part, |seat| &seat.title))
        };
        let mut all: Vec<String> = text.split([';', '\n']).map(title).filter(|it| !it.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all.join(";")
    }
}

/// `5`, `5.0`, `5,0`, `5 min` and `5 minutes` are the same.
fn minutes(text: &str) -> Option<String> {
    let number = text.to_lowercase().replace(',', ".");
    let number = number.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim();
    number.parse::<f64>().ok().filter(|it| it.is_finite()).map(|it| it.to_string())
}

/// Minutes of `h:mm` or `h:mm:ss`.
fn clock(text: &str) -> Option<u64> {
    let mut parts = text.split(':').map(|part| part.parse::<u64>().ok().filter(|it| *it < 10_000));
    let (hours, minutes) = (parts.next()??, parts.next()??);
    match (parts.next(), parts.next()) {
        (None, _) => Some(hours * 60 + minutes),
        (Some(seconds), None) => seconds.map(|it| hours * 60 + minutes + (it + 30) / 60),
        _ => None,
    }
}

fn shown(minutes: u64) -> String {
    hours(SimDuration::from_millis(minutes.saturating_mul(MINUTE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_lengths_are_read_as_spreadsheets_write_them() {
        assert_eq!((clock("0:47"), clock("00:47:00"), clock("09:17:31")), (Some(47), Some(47), Some(558)));
        assert_eq!((clock("47"), clock("a:b"), clock("1:2:3:4")), (None, None, None));
        for text in ["5", "5.0", "5,0", "5 min", "5 minutes"] {
            assert_eq!(minutes(text).as_deref(), Some("5"), "{text}");
        }
        assert_eq!(minutes("soon"), None);
    }

    #[test]
    fn what_spreadsheets_add_to_a_text_is_no_change() {
        assert_eq!(tidy(" a\u{a0}b \r\nc\r\n\r\n"), "a b\nc");
        let marked = format!("{EXERCISE} · TLP:CLEAR\r\nHello.  \r\n{EXERCISE} · TLP:CLEAR");
        assert_eq!(unmarked(&marked), ("Hello.".to_owned(), true));
        assert_eq!(unmarked("Hello."), ("Hello.".to_owned(), false));
    }
}
