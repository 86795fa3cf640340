//! Calendar months, as monthly statistics name them.

use std::fmt;

use super::date::{Date, days_in_month, digits};

/// A month of a year between 1 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u32);

impl Month {
    /// Month `month` (1 to 12) of `year` (1 to 9999).
    pub fn new(year: i32, month: u32) -> Option<Month> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        Some(Month(year as u32 * 12 + month - 1))
    }

    /// Reads `YYYYMM`, the form that airport statistics use.
    pub fn parse_yyyymm(text: &str) -> Option<Month> {
        if text.len() != 6 {
            return None;
        }
        let number = digits(text)?;
        Month::new((number / 100) as i32, number % 100)
    }

    /// The year.
    pub const fn year(self) -> i32 {
        (self.0 / 12) as i32
    }

    /// The month of the year, 1 to 12.
    pub const fn month(self) -> u32 {
        self.0 % 12 + 1
    }

    /// The month `months` later.
    pub const fn plus(self, months: usize) -> Month {
        Month(self.0.saturating_add(months as u32))
    }

    /// Whole months from `earlier` until this one; negative if this one comes first.
    pub const fn months_since(self, earlier: Month) -> i64 {
        self.0 as i64 - earlier.0 as i64
    }

    /// Days in the month.
    pub fn days(self) -> u32 {
        days_in_month(self.year(), self.month())
    }

    /// Day of the week of the first day: 0 is Monday.
    pub fn first_weekday(self) -> u32 {
        Date::new(self.year(), self.month(), 1).map_or(0, Date::weekday)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_on_across_years() {
        let december = Month::new(2018, 12).unwrap();
        assert_eq!(december.plus(1), Month::new(2019, 1).unwrap());
        assert_eq!(december.plus(14).to_string(), "2020-02");
        assert_eq!(december.plus(14).days(), 29);
        assert_eq!(december.months_since(Month::new(2005, 7).unwrap()), 161);
        assert_eq!(Month::new(2013, 7).unwrap().first_weekday(), 0);
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["201300", "201313", "2013-7", "20137", "000001", "+20131", "2013é", ""] {
            assert_eq!(Month::parse_yyyymm(text), None, "{text}");
        }
        assert_eq!(Month::parse_yyyymm("200507"), Month::new(2005, 7));
    }
}
