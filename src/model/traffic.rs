//! What arrives: flights, and the consignments on them.

use crate::model::{MassLaw, MonthlyTonnage, OperatorId, Probability, Rate, RouteId, Timetable};

/// A traffic class.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Traffic {
    /// Name in the document.
    pub id: String,
    /// The way through the hub.
    pub route: RouteId,
    /// When flights come.
    pub flights: Flights,
    /// Consignments on each flight; for monthly tonnes, their mean.
    pub per_flight: u32,
    /// The operator that handles the goods and holds their records.
    pub handled_by: OperatorId,
    /// Share of consignments whose records are worth cataloguing.
    pub sensitive: Probability,
    /// Share of consignments whose alteration could do harm later.
    pub integrity_critical: Probability,
    /// Harm that one altered consignment of the class does when it acts, as an index.
    pub criticality: f64,
    /// Share of that harm which is averted because somebody looks again before it is done.
    pub downstream_check: Probability,
    /// Who ships: the businesses behind the goods.
    pub shippers: Population,
    /// 0 is served first at stations with the `Priority` discipline; at most 3.
    pub priority: u8,
}

/// The businesses that ship through a class, and how unequal they are: weight of the k-th is 1 / k^exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Population {
    /// How many, 1 to 100,000.
    pub businesses: u32,
    /// Zipf exponent, 0 (all alike) to 4.
    pub exponent: f64,
}

/// When flights come.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Flights {
    /// A Poisson process whose rate follows the hour, the weekday and the month.
    Poisson {
        /// Mean flights a day over a whole week of an average month.
        rate: Rate,
        /// How the rate varies.
        profile: Box<Profile>,
    },
    /// A timetable that repeats, with delays and cancellations as often as they were recorded.
    Timetable(Timetable),
    /// Monthly tonnes, forecast from a series and split into flights and consignments.
    Monthly(Box<Monthly>),
}

/// Tonnes by month, and what they come as. Consignments fill the flights one after another, each with a weight of its
/// own, so their number follows from the tonnes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Monthly {
    /// The months that the forecast is fitted to.
    pub fitted: MonthlyTonnage,
    /// Mean load of a flight \[t\].
    pub flight_load: f64,
    /// Weight of a consignment.
    pub weight: MassLaw,
    /// Whose hours of the week the flights keep; evenly spread if nobody's.
    pub hours_of: Option<Timetable>,
}

/// How a rate varies through day, week and year: factors, each list with mean 1.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// By hour of the day.
    pub hours: [f64; 24],
    /// By weekday, Monday first.
    pub weekdays: [f64; 7],
    /// By month, January first.
    pub months: [f64; 12],
}

/// Night is from 22:00 to 06:00.
pub(crate) const NIGHT_HOURS: [usize; 8] = [22, 23, 0, 1, 2, 3, 4, 5];

impl Profile {
    /// The same at all times.
    pub const FLAT: Profile = Profile { hours: [1.0; 24], weekdays: [1.0; 7], months: [1.0; 12] };

    /// A share of the flights comes at night (22:00 to 06:00), evenly within night and day.
    pub fn at_night(share: Probability) -> Self {
        let mut hours = [share.complement().get() * 24.0 / 16.0; 24];
        for h in NIGHT_HOURS {
            hours[h] = share.get() * 24.0 / 8.0;
        }
        Profile { hours, ..Profile::FLAT }
    }

    /// The greatest factor that any instant can have.
    pub fn peak(&self) -> f64 {
        let max = |list: &[f64]| list.iter().copied().fold(0.0, f64::max);
        max(&self.hours) * max(&self.weekdays) * max(&self.months)
    }
}

/// Weights scaled so that their mean is 1; `None` if one is negative or not finite, or all are 0.
pub(crate) fn factors<const N: usize>(weights: [f64; N]) -> Option<[f64; N]> {
    let sum: f64 = weights.iter().sum();
    (weights.iter().all(|w| w.is_finite() && *w >= 0.0) && sum > 0.0).then(|| weights.map(|w| w * N as f64 / sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_share_keeps_the_mean_rate() {
        let p = Profile::at_night(Probability::percent(32.0).unwrap());
        assert!((p.hours.iter().sum::<f64>() - 24.0).abs() < 1e-12);
        let night: f64 = NIGHT_HOURS.iter().map(|&h| p.hours[h]).sum();
        assert!((night / 24.0 - 0.32).abs() < 1e-12);
    }
}
