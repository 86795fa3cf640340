//! The document's own small fields.

use super::{At, Context, Length};
use crate::document::{Code, clip, shape};
use crate::model::{Calendar, Costs, Date, Money, ResponseKind};
use crate::time::SimDuration;

/// The longest story \[days\]: 20 years.
const LONGEST_STORY: u64 = 20 * 365;

impl Context<'_> {
    pub(crate) fn calendar(&mut self, calendar: &shape::Calendar, at: At) -> Option<Calendar> {
        let place = at.field("starts");
        let starts = Date::parse(&calendar.starts);
        if starts.is_none() {
            let message = format!("`{}` is not a date", clip(&calendar.starts, 20));
            self.report(Code::BadDate, place, message, "write year, month and day: \"2031-01-06\"");
        }
        let place = at.field("horizon");
        let horizon = self.duration(calendar.horizon, place, Length::Positive);
        let warm_up = self.duration(calendar.warm_up, at.field("warm_up"), Length::Any);
        let (horizon, warm_up) = (horizon?, warm_up?);
        if horizon > SimDuration::from_days(LONGEST_STORY) {
            let message = format!("`{}` is longer than 20 years", self.written(place));
            self.report(Code::BadDuration, place, message, "a story lasts 20 years at most");
            return None;
        }
        if warm_up >= horizon {
            let place = at.field("warm_up");
            let message = format!("the warm-up of `{}` leaves nothing of the story to count", self.written(place));
            self.report(Code::WarmUpTooLong, place, message, "make it shorter than the horizon");
            return None;
        }
        Some(Calendar { starts: starts?, horizon, warm_up })
    }

    pub(crate) fn costs(&mut self, costs: &shape::Costs, at: At) -> Option<Costs> {
        let shape::HourlyAmount::EuroPerHour(delay) = costs.delay;
        let shape::Amount::Euro(false_alarm) = costs.false_alarm;
        let shape::Amount::Euro(diverted) = costs.diverted;
        let delay_hour = self.money(delay, at.field("delay"));
        let false_alarm = self.money(false_alarm, at.field("false_alarm"));
        let diverted = self.money(diverted, at.field("diverted"));
        let shape::Amount::Euro(harm) = costs.harm;
        let harm = self.money(harm, at.field("harm"));
        let mut responses = Some([Money::ZERO; ResponseKind::COUNT]);
        for (kind, shape::Amount::Euro(euro)) in &costs.responses {
            match (self.money(*euro, at.field("responses").field(kind.name())), &mut responses) {
                (Some(price), Some(all)) => all[*kind as usize] = price,
                _ => responses = None,
            }
        }
        Some(Costs {
            delay_hour: delay_hour?,
            false_alarm: false_alarm?,
            diverted: diverted?,
            harm: harm?,
            responses: responses?,
            // How much later counts is for a study to say.
            discount_rate: 0.0,
        })
    }
}
