//! Where flights come from, compiled.

use crate::model::{Calendar, Flights, Month, Profile};
use crate::plan::Sampler;
use crate::plan::forecast::Forecast;
use crate::plan::hours::HourWeights;
use crate::plan::replay::Replay;
use crate::plan::split::Loads;

/// A source of flights.
#[derive(Clone, Debug)]
pub enum Arrivals {
    /// Candidates at the peak rate, each kept with the chance that the hour calls for (thinning).
    Poisson {
        /// Mean gap between candidates \[ms\]; infinite if none ever comes.
        gap: f64,
        /// How the rate varies, unless it is constant.
        profile: Option<Box<Profile>>,
        /// The greatest factor of the profile.
        peak: f64,
    },
    /// A timetable, row by row.
    Timetable(Replay),
    /// Tonnes by month.
    Monthly(Box<MonthlyPlan>),
}

/// Monthly tonnes and how they are split.
#[derive(Clone, Debug)]
pub struct MonthlyPlan {
    /// Tonnes of the months to come.
    pub forecast: Forecast,
    /// Months between the forecast's first and the calendar's.
    pub skip: usize,
    /// Months that the calendar touches.
    pub months: usize,
    /// Loads of flights and consignments.
    pub loads: Loads,
    /// Weight of a consignment \[kg\].
    pub weight: Sampler,
    /// Its mean \[kg\].
    pub mean_weight: f64,
    /// When in the week flights come.
    pub hours: HourWeights,
}

/// Why monthly tonnes cannot be forecast for a calendar.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ArrivalsError(pub String);

impl Arrivals {
    /// Compiles a source of flights for a calendar.
    pub fn new(flights: &Flights, calendar: &Calendar) -> Result<Self, ArrivalsError> {
        match flights {
            Flights::Poisson { rate, profile } => {
                let peak = profile.peak();
                let gap = 1.0 / (rate.a_milli() * peak);
                Ok(Arrivals::Poisson { gap, profile: (**profile != Profile::FLAT).then(|| profile.clone()), peak })
            }
            Flights::Timetable(timetable) => {
                let from = calendar.starts.weekday() * 24 * 60;
                Ok(Arrivals::Timetable(Replay::new(timetable.clone(), from)))
            }
            Flights::Monthly(monthly) => {
                let said = |e: &dyn std::fmt::Display| ArrivalsError(e.to_string());
                let month_of = |date: crate::model::Date| {
                    let (year, month, _) = date.parts();
                    Month::new(year, month)
                };
                let last_day = crate::time::SimTime::ZERO + calendar.horizon;
                let (first, last) = month_of(calendar.starts)
                    .zip(month_of(calendar.date(last_day)))
                    .ok_or_else(|| ArrivalsError("the calendar leaves the years 1 to 9999".to_owned()))?;
                let fitted = &monthly.fitted;
                let Ok(skip @ 1..) = usize::try_from(first.months_since(fitted.last())) else {
                    return Err(ArrivalsError(format!(
                        "the story starts in {first}, and the series is fitted up to {}; a forecast must come later",
                        fitted.last()
                    )));
                };
                let months = last.months_since(first).unsigned_abs() as usize + 1;
                let forecast = Forecast::fit(fitted, skip - 1 + months).map_err(|e| said(&e))?;
                let weight = monthly.weight.law();
                Ok(Arrivals::Monthly(Box::new(MonthlyPlan {
                    forecast,
                    skip: skip - 1,
                    months,
                    loads: Loads::new(monthly.flight_load, weight.mean() / 1000.0).map_err(|e| said(&e))?,
                    weight: Sampler::new(weight),
                    mean_weight: weight.mean(),
                    hours: monthly.hours_of.as_ref().map_or_else(HourWeights::even, HourWeights::of),
                })))
            }
        }
    }
}
