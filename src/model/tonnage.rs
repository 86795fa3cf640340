//! A series of monthly tonnes without gaps.

use thiserror::Error;

use super::month::Month;

/// The fewest months that a series may have: two of each month of the year.
pub const LEAST_MONTHS: usize = 24;

/// Tonnes a month, one figure for every month from the first to the last.
///
/// Cannot be empty, have a gap, or hold a figure that is negative or not finite. A month may weigh 0 t.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthlyTonnage {
    first: Month,
    tonnes: Vec<f64>,
}

/// Why figures are no monthly series.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum TonnageError {
    /// Fewer than [`LEAST_MONTHS`] months.
    #[error("only {found} months of tonnage; at least {LEAST_MONTHS} are needed, two of each month of the year")]
    TooShort {
        /// How many there are.
        found: usize,
    },
    /// Months between the first and the last have no figure.
    #[error("{count} months between {first} and {last} have no figure, the first of them {gap}")]
    Gap {
        /// First month with a figure.
        first: Month,
        /// Last month with a figure.
        last: Month,
        /// First month without one.
        gap: Month,
        /// How many lack one.
        count: usize,
    },
    /// A month has two figures.
    #[error("{month} has more than one figure")]
    Twice {
        /// Which month.
        month: Month,
    },
    /// A figure is negative or not finite.
    #[error("{month} has {tonnes} t; tonnes must be finite and not negative")]
    BadFigure {
        /// Which month.
        month: Month,
        /// Its figure.
        tonnes: f64,
    },
    /// A window was asked for that reaches outside the series.
    #[error("{from} to {to} is not inside the series, which runs from {first} to {last}")]
    OutsideSeries {
        /// First month asked for.
        from: Month,
        /// Last month asked for.
        to: Month,
        /// First month of the series.
        first: Month,
        /// Last month of the series.
        last: Month,
    },
}

impl MonthlyTonnage {
    /// Checks and keeps `figures`, which may come in any order.
    pub fn new(mut figures: Vec<(Month, f64)>) -> Result<MonthlyTonnage, TonnageError> {
        figures.sort_by_key(|&(month, _)| month);
        let (Some(&(first, _)), Some(&(last, _))) = (figures.first(), figures.last()) else {
            return Err(TonnageError::TooShort { found: 0 });
        };
        if let Some(&(month, tonnes)) = figures.iter().find(|(_, tonnes)| !tonnes.is_finite() || *tonnes < 0.0) {
            return Err(TonnageError::BadFigure { month, tonnes });
        }
        if let Some(pair) = figures.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(TonnageError::Twice { month: pair[0].0 });
        }
        let span = last.months_since(first) as usize + 1;
        if span > figures.len() {
            let before = figures.iter().enumerate().take_while(|&(i, &(month, _))| month == first.plus(i)).count();
            return Err(TonnageError::Gap { first, last, gap: first.plus(before), count: span - figures.len() });
        }
        if figures.len() < LEAST_MONTHS {
            return Err(TonnageError::TooShort { found: figures.len() });
        }
        Ok(MonthlyTonnage { first, tonnes: figures.into_iter().map(|(_, tonnes)| tonnes).collect() })
    }

    /// The first month.
    pub fn first(&self) -> Month {
        self.first
    }

    /// The last month.
    pub fn last(&self) -> Month {
        self.first.plus(self.tonnes.len() - 1)
    }

    /// Tonnes of each month \[t\], from the first on; at least [`LEAST_MONTHS`].
    pub fn tonnes(&self) -> &[f64] {
        &self.tonnes
    }

    /// Tonnes of `month` \[t\], if the series has it.
    pub fn at(&self, month: Month) -> Option<f64> {
        usize::try_from(month.months_since(self.first)).ok().and_then(|i| self.tonnes.get(i).copied())
    }

    /// The months `from` to `to`, both included, as a series of its own.
    pub fn window(&self, from: Month, to: Month) -> Result<MonthlyTonnage, TonnageError> {
        let (first, last) = (self.first, self.last());
        if from < first || to > last || from > to {
            return Err(TonnageError::OutsideSeries { from, to, first, last });
        }
        let start = from.months_since(first) as usize;
        let tonnes = self.tonnes[start..=to.months_since(first) as usize].to_vec();
        if tonnes.len() < LEAST_MONTHS {
            return Err(TonnageError::TooShort { found: tonnes.len() });
        }
        Ok(MonthlyTonnage { first: from, tonnes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u32) -> Month {
        Month::new(year, month).unwrap()
    }

    fn figures(count: usize) -> Vec<(Month, f64)> {
        (0..count).map(|i| (month(2010, 5).plus(i), i as f64)).collect()
    }

    #[test]
    fn a_whole_series_is_kept_in_the_order_of_its_months() {
        let mut mixed = figures(30);
        mixed.reverse();
        let series = MonthlyTonnage::new(mixed).unwrap();
        assert_eq!((series.first(), series.last()), (month(2010, 5), month(2012, 10)));
        assert_eq!(series.at(month(2011, 5)), Some(12.0));
        assert_eq!((series.at(month(2010, 4)), series.at(month(2012, 11))), (None, None));
        assert_eq!(series.window(month(2010, 6), month(2012, 9)).unwrap().tonnes()[0], 1.0);
    }

    #[test]
    fn gaps_doubles_and_bad_figures_are_named() {
        let mut gap = figures(30);
        gap.drain(7..9);
        let (first, last) = (month(2010, 5), month(2012, 10));
        assert_eq!(MonthlyTonnage::new(gap), Err(TonnageError::Gap { first, last, gap: month(2010, 12), count: 2 }));
        let mut twice = figures(30);
        twice.push((month(2011, 1), 3.0));
        assert_eq!(MonthlyTonnage::new(twice), Err(TonnageError::Twice { month: month(2011, 1) }));
        for bad in [-1.0, f64::INFINITY, f64::NAN] {
            let mut figures = figures(30);
            figures[3].1 = bad;
            assert!(matches!(MonthlyTonnage::new(figures), Err(TonnageError::BadFigure { .. })));
        }
        assert_eq!(MonthlyTonnage::new(figures(23)), Err(TonnageError::TooShort { found: 23 }));
        assert_eq!(MonthlyTonnage::new(vec![]), Err(TonnageError::TooShort { found: 0 }));
    }

    #[test]
    fn a_window_stays_inside_and_long_enough() {
        let series = MonthlyTonnage::new(figures(30)).unwrap();
        assert!(matches!(series.window(month(2010, 4), month(2012, 10)), Err(TonnageError::OutsideSeries { .. })));
        assert_eq!(series.window(month(2011, 1), month(2012, 10)), Err(TonnageError::TooShort { found: 22 }));
    }
}
