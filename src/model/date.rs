//! Calendar dates of the proleptic Gregorian calendar, without a time zone.

use std::fmt;

/// A day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The date of `year`, `month` (1 to 12) and `day` (1 to 31); none if the calendar has no such day or the year is
    /// outside 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        // Years are taken to begin in March, so that the leap day comes last and month lengths follow a straight line.
        let shifted = if month <= 2 { year - 1 } else { year };
        let month_from_march = (month as i32 + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
        let leap_days = shifted.div_euclid(4) - shifted.div_euclid(100) + shifted.div_euclid(400);
        Some(Date(365 * shifted + leap_days + day_of_year - 719_468))
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Date::new(digits(text.get(0..4)?)? as i32, digits(text.get(5..7)?)?, digits(text.get(8..10)?)?)
    }

    /// Days since 1 January 1970.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// The date `days` later (earlier, if negative).
    pub const fn plus(self, days: i32) -> Date {
        Date(self.0.saturating_add(days))
    }

    /// Day of the week: 0 is Monday, 6 is Sunday.
    pub const fn weekday(self) -> u32 {
        (self.0 as i64 + 3).rem_euclid(7) as u32
    }

    /// Year, month (1 to 12) and day (1 to 31).
    pub fn parts(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year as i32, month, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Days in `month` (1 to 12) of `year`.
pub(super) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Digits only: no sign, no spaces, which `parse` would let pass.
pub(super) fn digits(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_known_numbers_and_weekdays() {
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
        assert_eq!(Date::new(1970, 1, 1).unwrap().weekday(), 3);
        assert_eq!(Date::new(2000, 3, 1).unwrap().days(), 11_017);
        assert_eq!(Date::new(2013, 7, 1).unwrap().weekday(), 0);
        assert_eq!(Date::new(2031, 1, 6).unwrap().weekday(), 0);
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let mut date = Date::new(1900, 1, 1).unwrap();
        for _ in 0..146_097 {
            let (year, month, day) = date.parts();
            assert_eq!(Date::new(year, month, day), Some(date));
            date = date.plus(1);
        }
        assert_eq!(date.to_string(), "2300-01-01");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["2013-02-29", "2013-13-01", "2013-00-10", "2013-1-01", "13-01-01", "2013/01/01", "+013-01-01", ""]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(Date::parse("2012-02-29").unwrap().to_string(), "2012-02-29");
        assert_eq!(Date::parse("2012-02-2é"), None);
    }
}
