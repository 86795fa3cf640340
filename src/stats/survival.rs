//! Times to an event that the horizon may cut off.
//!
//! The mean of the observed times alone would be too short: late events are the ones not seen.

/// How long one replication was watched, and whether the event came then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FollowUp {
    /// Time to the event, or to the end of watching; days, or any one unit.
    pub time: f64,
    /// Whether the event came; else watching ended (right censoring).
    pub happened: bool,
}

/// Kaplan and Meier's estimate of the chance that the event has not come yet (JASA 53, 1958, 457-481).
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    steps: Vec<SurvivalStep>,
}

/// The estimate from one time of events on, until the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurvivalStep {
    /// When the events came.
    pub time: f64,
    /// How many were still watched without event just before.
    pub at_risk: usize,
    /// How many events came then.
    pub events: usize,
    /// P(no event up to and including this time).
    pub survival: f64,
    /// Its standard error, by Greenwood's formula; 0 where survival is 0.
    pub standard_error: f64,
}

impl Survival {
    /// `None` if there are no durations, or a time is negative or not finite. Watching that ends at the time of an
    /// event counts as having lasted through it.
    pub fn of(follow_ups: &[FollowUp]) -> Option<Survival> {
        if follow_ups.is_empty() || follow_ups.iter().any(|d| !d.time.is_finite() || d.time < 0.0) {
            return None;
        }
        let mut sorted = follow_ups.to_vec();
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
        let (mut at_risk, mut survival, mut greenwood) = (sorted.len(), 1.0, 0.0);
        let mut steps = Vec::new();
        for same_time in sorted.chunk_by(|a, b| a.time == b.time) {
            let events = same_time.iter().filter(|d| d.happened).count();
            if events > 0 {
                let left = at_risk - events;
                survival *= left as f64 / at_risk as f64;
                let standard_error = if left == 0 {
                    0.0
                } else {
                    greenwood += events as f64 / (at_risk as f64 * left as f64);
                    survival * greenwood.sqrt()
                };
                steps.push(SurvivalStep { time: same_time[0].time, at_risk, events, survival, standard_error });
            }
            at_risk -= same_time.len();
        }
        Some(Survival { steps })
    }

    /// The steps, in order of time; none if no event came.
    pub fn steps(&self) -> &[SurvivalStep] {
        &self.steps
    }

    /// P(no event up to and including `t`). Past the last duration the last value stays.
    pub fn at(&self, t: f64) -> f64 {
        let passed = self.steps.partition_point(|step| step.time <= t);
        if passed == 0 { 1.0 } else { self.steps[passed - 1].survival }
    }

    /// The first time at which the share `p` of events has come, if that is reached.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        // A product of rounded quotients may miss an exact share by rounding alone.
        self.steps.iter().find(|step| step.survival <= 1.0 - p + 1e-12).map(|step| step.time)
    }

    /// The median time to the event, if half of the events were reached.
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The mean of min(time, `tau`): the area under the estimate up to `tau`, which should not exceed the horizon.
    /// 0 for `tau` <= 0.
    pub fn restricted_mean(&self, tau: f64) -> f64 {
        self.areas(tau).0
    }

    /// The standard error of the restricted mean: the square root of the sum over events of
    /// (area from there to `tau`)^2 d/(r (r - d)) (Klein and Moeschberger, *Survival Analysis*, section 4.5).
    pub fn restricted_mean_error(&self, tau: f64) -> f64 {
        self.areas(tau).1.sqrt()
    }

    /// Area under the estimate up to `tau`, and the variance of that area.
    fn areas(&self, tau: f64) -> (f64, f64) {
        if tau.is_nan() || tau <= 0.0 {
            return (0.0, 0.0);
        }
        // Backwards, so that each step finds the area to its right summed.
        let (mut area, mut variance, mut end) = (0.0, 0.0, tau);
        for step in self.steps.iter().rev().filter(|step| step.time < tau) {
            area += step.survival * (end - step.time);
            let left = (step.at_risk - step.events) as f64;
            if left > 0.0 {
                variance += area * area * step.events as f64 / (step.at_risk as f64 * left);
            }
            end = step.time;
        }
        (area + end, variance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow_ups(events: &[f64], censored: &[f64]) -> Vec<FollowUp> {
        let event = |&time: &f64| FollowUp { time, happened: true };
        let cut = |&time: &f64| FollowUp { time, happened: false };
        events.iter().map(event).chain(censored.iter().map(cut)).collect()
    }

    /// Weeks of remission under 6-mercaptopurine (Freireich and others, Blood 21, 1963), the field's usual example:
    /// survival and standard errors as printed in Klein and Moeschberger, table 4.1A.
    #[test]
    fn the_printed_table_of_the_leukaemia_trial_is_met() {
        let data = follow_ups(
            &[6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0],
            &[6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0],
        );
        let survival = Survival::of(&data).unwrap();
        let printed = [
            (6.0, 21, 3, 0.857, 0.076),
            (7.0, 17, 1, 0.807, 0.087),
            (10.0, 15, 1, 0.753, 0.096),
            (13.0, 12, 1, 0.690, 0.107),
            (16.0, 11, 1, 0.628, 0.114),
            (22.0, 7, 1, 0.538, 0.128),
            (23.0, 6, 1, 0.448, 0.135),
        ];
        assert_eq!(survival.steps().len(), printed.len());
        for (step, (time, at_risk, events, share, error)) in survival.steps().iter().zip(printed) {
            assert_eq!((step.time, step.at_risk, step.events), (time, at_risk, events));
            assert!((step.survival - share).abs() < 6e-4 && (step.standard_error - error).abs() < 6e-4, "{step:?}");
        }
        assert_eq!((survival.median(), survival.quantile(0.6)), (Some(23.0), None));
        assert_eq!(
            (survival.at(5.9), survival.at(6.0), survival.at(99.0)),
            (1.0, 18.0 / 21.0, survival.steps()[6].survival)
        );
    }

    #[test]
    fn without_censoring_the_restricted_mean_is_the_mean_and_its_error_nearly_so() {
        let times = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0];
        let survival = Survival::of(&follow_ups(&times, &[])).unwrap();
        assert!((survival.restricted_mean(9.0) - 31.0 / 8.0).abs() < 1e-14);
        assert!((survival.restricted_mean(4.5) - (3.0 + 1.0 + 4.0 + 1.0 + 4.5 + 4.5 + 2.0 + 4.5) / 8.0).abs() < 1e-14);
        // Greenwood's sum equals the variance with divisor n, over n.
        let squares: f64 = times.iter().map(|t| (t - 31.0 / 8.0) * (t - 31.0 / 8.0)).sum();
        assert!((survival.restricted_mean_error(9.0) - (squares / 64.0).sqrt()).abs() < 1e-13);
    }

    #[test]
    fn exact_shares_are_reached() {
        let survival = Survival::of(&follow_ups(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[])).unwrap();
        assert_eq!(
            (survival.median(), survival.quantile(1.0), survival.quantile(1.0 / 6.0)),
            (Some(3.0), Some(6.0), Some(1.0))
        );
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Survival::of(&[]), None);
        assert_eq!(Survival::of(&follow_ups(&[f64::NAN], &[])), None);
        assert_eq!(Survival::of(&follow_ups(&[1.0], &[-1.0])), None);
        let none = Survival::of(&follow_ups(&[], &[10.0, 10.0])).unwrap();
        assert_eq!(
            (none.at(9.0), none.median(), none.restricted_mean(10.0), none.restricted_mean_error(10.0)),
            (1.0, None, 10.0, 0.0)
        );
        let at_once = Survival::of(&follow_ups(&[0.0], &[])).unwrap();
        assert_eq!((at_once.at(0.0), at_once.restricted_mean(5.0), at_once.median()), (0.0, 0.0, Some(0.0)));
        assert_eq!((at_once.restricted_mean(0.0), at_once.restricted_mean(f64::NAN)), (0.0, 0.0));
    }
}
