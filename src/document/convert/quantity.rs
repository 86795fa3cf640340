//! Numbers with units, checked against what is possible.

use super::{At, Context};
use crate::document::{Code, shape};
use crate::model::{Money, Probability, Rate};
use crate::time::{DAY, HOUR, SimDuration, SimTime};

/// The longest length of time that a document can state \[days\]: 200 years.
const LONGEST: f64 = 200.0 * 365.0;

/// The highest rate of anything but flights \[a day\]: 100 an hour. Bounds the events of a run.
const MOST_A_DAY: f64 = 2400.0;

/// Which lengths of time are possible at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// 0 or more.
    Any,
    /// More than 0.
    Positive,
}

/// The heaviest weight that is believed \[kg\].
const HEAVIEST: f64 = 1e9;

impl Context<'_> {
    pub(crate) fn share(&mut self, value: shape::Share, at: At) -> Option<Probability> {
        let shape::Share::Percent(percent) = value;
        let share = Probability::percent(percent);
        if share.is_none() {
            let message = format!("`{}` does not lie between 0 and 100 %", self.written(at));
            let help = if percent < 0.0 { "write Percent(0) for never" } else { "write Percent(100) for always" };
            self.report(Code::ShareOutOfRange, at, message, help);
        }
        share
    }

    /// A rate of anything but flights.
    pub(crate) fn rate(&mut self, value: shape::Rate, at: At) -> Option<Rate> {
        let rate = self.any_rate(value, at)?;
        if rate.a_day() > MOST_A_DAY {
            let message = format!("`{}` is more often than 100 times an hour", self.written(at));
            self.report(
                Code::RateOutOfRange,
                at,
                message,
                "check the unit: PerHour, PerDay, PerWeek, PerMonth, PerYear",
            );
            return None;
        }
        Some(rate)
    }

    /// A rate without an upper limit of its own.
    pub(crate) fn any_rate(&mut self, value: shape::Rate, at: At) -> Option<Rate> {
        let rate = Rate::per_day(value.a_day());
        if rate.is_none() {
            let message = format!("the rate `{}` is negative or cannot be counted with", self.written(at));
            self.report(Code::RateOutOfRange, at, message, "a rate is 0 or more; 0 is never");
        }
        rate
    }

    pub(crate) fn duration(&mut self, value: shape::Duration, at: At, length: Length) -> Option<SimDuration> {
        let millis = self.millis(value, at)?;
        let duration = SimDuration::from_millis_f64(millis);
        if length == Length::Positive && duration == SimDuration::ZERO {
            let message = format!("`{}` is no time at all", self.written(at));
            self.report(Code::BadDuration, at, message, "write a length of time over 0");
            return None;
        }
        Some(duration)
    }

    /// A length of time after which something comes round again: an hour or more, so that a run can hold it.
    pub(crate) fn interval(&mut self, value: shape::Duration, at: At) -> Option<SimDuration> {
        let interval = self.duration(value, at, Length::Positive)?;
        if interval.millis() < HOUR {
            let message = format!("`{}` is less than an hour", self.written(at));
            self.report(Code::BadDuration, at, message, "write an hour or more");
            return None;
        }
        Some(interval)
    }

    /// Milliseconds, 0 or more.
    pub(crate) fn millis(&mut self, value: shape::Duration, at: At) -> Option<f64> {
        let millis = value.millis();
        if (0.0..=LONGEST * DAY as f64).contains(&millis) {
            return Some(millis);
        }
        let message = format!("`{}` is not between 0 and 200 years", self.written(at));
        self.report(Code::BadDuration, at, message, "a length of time is 0 or more");
        None
    }

    /// Kilograms, 0 or more.
    pub(crate) fn kilograms(&mut self, value: shape::Mass, at: At) -> Option<f64> {
        let kilograms = value.kilograms();
        if (0.0..=HEAVIEST).contains(&kilograms) {
            return Some(kilograms);
        }
        let message = format!("`{}` is not between 0 and 1,000,000 tonnes", self.written(at));
        self.report(Code::BadAmount, at, message, "a weight is 0 or more");
        None
    }

    pub(crate) fn instant(&mut self, value: shape::Instant, at: At) -> Option<SimTime> {
        let days = value.days();
        if (0.0..=LONGEST).contains(&days) {
            return Some(SimTime::ZERO + SimDuration::from_millis_f64(days * DAY as f64));
        }
        let message = format!("`{}` is not a day of the story", self.written(at));
        self.report(Code::BadDuration, at, message, "the story starts with Day(0)");
        None
    }

    pub(crate) fn money(&mut self, euro: f64, at: At) -> Option<Money> {
        let money = Money::euro(euro).filter(|money| *money >= Money::ZERO);
        if money.is_none() {
            let message = format!("`{}` is not an amount between 0 and ten trillion euro", self.written(at));
            self.report(Code::BadAmount, at, message, "a cost is 0 or more");
        }
        money
    }

    /// A whole number within limits.
    pub(crate) fn count(&mut self, value: u32, at: At, least: u32, most: u32, what: &str) -> Option<u32> {
        self.note_whole(at);
        if (least..=most).contains(&value) {
            return Some(value);
        }
        let message = format!("`{}` is no possible {what}", self.written(at));
        self.report(Code::CountOutOfRange, at, message, format!("write a whole number from {least} to {most}"));
        None
    }

    /// A plain number within limits.
    pub(crate) fn number(&mut self, value: f64, at: At, least: f64, most: f64) -> Option<f64> {
        if (least..=most).contains(&value) {
            return Some(value);
        }
        let message = format!("`{}` does not lie between {least} and {most}", self.written(at));
        self.report(Code::NumberOutOfRange, at, message, "change this number");
        None
    }

    /// Reports a list without anything in it.
    pub(crate) fn not_empty<T>(&mut self, list: &[T], at: At, what: &str) -> Option<()> {
        if list.is_empty() {
            self.report(Code::Empty, at, format!("there is no {what} in it"), format!("add at least one {what}"));
            return None;
        }
        Some(())
    }

    /// Reports elements that occur twice.
    pub(crate) fn no_repeats<T: Ord>(&mut self, list: &[T], at: At) {
        let mut seen = std::collections::BTreeMap::new();
        for (index, item) in list.iter().enumerate() {
            if let Some(first) = seen.get(&item) {
                let (here, before) = (at.nth(index), at.nth(*first));
                let message = format!("`{}` is listed twice", self.written(here));
                let problem = crate::document::Diagnostic::new(Code::ListedTwice, here.node.span, message)
                    .help("remove one of the two")
                    .related(before.node.span, "first here");
                self.push(at.file, problem);
            } else {
                seen.insert(item, index);
            }
        }
    }
}
