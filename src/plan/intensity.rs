//! How many consignments of a class are to be expected, day by day, and at which hours they come.

use crate::model::{Calendar, Month, TrafficId};
use crate::plan::hours::WEEK_HOURS;
use crate::plan::{Arrivals, MonthlyPlan, Plan};
use crate::random::draw::Weights;
use crate::time::{DAY, HOUR, SimTime};

const HOURS: usize = 24;

/// Consignments of a class to be expected on each day of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intensity {
    by_day: Vec<f64>,
    /// Shares of a day's consignments by the hour.
    hours: Option<Weights>,
    /// Consignments on a flight, if flights come as a Poisson process.
    pub per_flight: Option<u32>,
}

impl Intensity {
    /// Of a class; of monthly tonnes, `tonnes` are those of the calendar's months.
    pub fn new(plan: &Plan, traffic: TrafficId, tonnes: &[f64]) -> Intensity {
        let class = &plan.scenario.traffic[traffic.index()];
        let calendar = &plan.scenario.calendar;
        let days = days_of(plan.end);
        let mut intensity = Intensity { by_day: vec![0.0; days], ..Intensity::default() };
        let mut hours = [1.0; HOURS];
        match &plan.traffic[traffic.index()].arrivals {
            Arrivals::Poisson { gap, profile, peak } => {
                intensity.per_flight = Some(class.per_flight);
                let a_day = f64::from(class.per_flight) * DAY as f64 / (gap * peak);
                let mean = profile.as_ref().map_or(1.0, |p| p.hours.iter().sum::<f64>() / HOURS as f64);
                for (day, expected) in intensity.by_day.iter_mut().enumerate() {
                    let factor = profile.as_ref().map_or(1.0, |p| {
                        let date = calendar.date(SimTime::from_days(day as u64));
                        p.weekdays[date.weekday() as usize] * p.months[date.parts().1 as usize - 1]
                    });
                    *expected = if gap.is_finite() { a_day * mean * factor } else { 0.0 };
                }
                if let Some(profile) = profile {
                    hours = profile.hours;
                }
            }
            Arrivals::Timetable(replay) if replay.flights_a_period() > 0 => {
                let each = f64::from(class.per_flight) * replay.share_flown();
                hours = [0.0; HOURS];
                for at in (0..).map(|k| replay.scheduled(k)).take_while(|at| *at < plan.end) {
                    intensity.by_day[at.day() as usize] += each;
                    hours[(at.millis() % DAY / HOUR) as usize] += 1.0;
                }
            }
            Arrivals::Timetable(_) => {}
            Arrivals::Monthly(monthly) => {
                by_month(&mut intensity.by_day, monthly, calendar, tonnes);
                hours =
                    std::array::from_fn(|h| (h..WEEK_HOURS).step_by(HOURS).map(|hour| monthly.hours.share(hour)).sum());
            }
        }
        intensity.hours = Weights::new(&hours).ok();
        intensity
    }

    /// Consignments to be expected on a day of the story; 0 outside it.
    #[inline]
    pub fn of_day(&self, day: u64) -> f64 {
        self.by_day.get(day as usize).copied().unwrap_or(0.0)
    }

    /// Days of the story.
    pub fn days(&self) -> u64 {
        self.by_day.len() as u64
    }

    /// When in a day a consignment comes, of a share `u` of the day's \[ms\]. Grows with `u`.
    #[inline]
    pub fn time_of_day(&self, u: f64) -> u64 {
        let (hour, within) = self.hours.as_ref().map_or((0, u), |hours| hours.pick_within(u));
        ((hour as f64 + within) * HOUR as f64) as u64
    }
}

fn days_of(end: SimTime) -> usize {
    end.millis().div_ceil(DAY) as usize
}

/// Spreads the tonnes of each month evenly over its days.
fn by_month(by_day: &mut [f64], monthly: &MonthlyPlan, calendar: &Calendar, tonnes: &[f64]) {
    let (year, month, _) = calendar.starts.parts();
    let Some(first) = Month::new(year, month) else { return };
    let each = monthly.mean_weight;
    for (day, expected) in by_day.iter_mut().enumerate() {
        let (year, month, _) = calendar.date(SimTime::from_days(day as u64)).parts();
        let Some(month) = Month::new(year, month) else { continue };
        let place = month.months_since(first);
        let tonnes = usize::try_from(place).ok().and_then(|p| tonnes.get(p)).copied().unwrap_or(0.0);
        *expected = tonnes * 1000.0 / each / f64::from(month.days());
    }
}
