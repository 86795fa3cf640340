//! A breach as a race between detection, delay and response: EASI (H. A. Bennett, SAND77-0082, 1977).
//!
//! Someone works through tasks one after another. Sensors may detect each, word must reach the response force, and it
//! must arrive before the last task ends. Times are in one unit throughout; they are independent and normal.

use super::normal;

/// A duration: mean and standard deviation, both 0 or more. With deviation 0 it is fixed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duration {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// Where within its task a sensor stands, and so how much of the task's delay remains after detection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the delay: all of it remains.
    Begin,
    /// Half of the mean remains, and half of the standard deviation.
    Middle,
    /// Behind the delay: nothing remains.
    End,
}

/// One task on a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Task {
    /// Chance that its sensor detects.
    pub detects: f64,
    /// Where the sensor stands.
    pub place: Place,
    /// How long the task takes.
    pub delay: Duration,
}

/// The response force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// Chance that word of a detection reaches it.
    pub communicates: f64,
    /// From word to interruption.
    pub time: Duration,
}

/// What happens after a detection of which no word arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As printed in EASI: the first detection is the only one that counts; earlier tasks enter with 1 - P_D.
    Literal,
    /// Later sensors may still detect and word of them arrive; earlier tasks enter with 1 - P_D P_C.
    Conditional,
}

/// P(interruption) on a path: the sum over tasks of P(this one is the first that counts) times P(the response arrives
/// in the time that remains). A response that takes exactly as long as what remains is late. NaN for a chance outside
/// 0..=1 or a negative duration; 0 without tasks.
pub fn interruption(tasks: &[Task], response: &Response, reading: Reading) -> f64 {
    if !sound(tasks, response) {
        return f64::NAN;
    }
    let (mut first, mut total) = (1.0, 0.0);
    for (i, task) in tasks.iter().enumerate() {
        let Duration { mean, sd } = remaining(&tasks[i..]);
        total += first * task.detects * response.communicates * in_time(mean, sd, response.time);
        let counts = match reading {
            Reading::Literal => 1.0,
            Reading::Conditional => response.communicates,
        };
        first *= 1.0 - task.detects * counts;
    }
    total
}

/// Delay that remains when the sensor of the first of `tasks` detects: its own part by its place and all of the rest.
pub fn remaining(tasks: &[Task]) -> Duration {
    let parts = tasks.iter().enumerate().map(|(i, task)| if i == 0 { own(task) } else { task.delay });
    let (mean, variance) =
        parts.fold((0.0, 0.0), |(mean, variance), part| (mean + part.mean, variance + part.sd * part.sd));
    Duration { mean, sd: variance.sqrt() }
}

/// The critical detection point: the last task whose sensor leaves more mean delay than the response takes on average.
/// `None` if no sensor does.
pub fn critical_detection_point(tasks: &[Task], response_time: f64) -> Option<usize> {
    (0..tasks.len()).rev().find(|&i| remaining(&tasks[i..]).mean > response_time)
}

/// P(interruption) by timely detection: 1 minus the product of 1 - P_D over sensors up to the critical detection point.
/// The limit of [`interruption`] for fixed times and certain communication. 0 without such a point.
pub fn timely_detection(tasks: &[Task], response_time: f64) -> f64 {
    // From the front, detection gets only later.
    let end = critical_detection_point(tasks, response_time).map_or(0, |last| last + 1);
    1.0 - tasks[..end].iter().map(|task| 1.0 - task.detects).product::<f64>()
}

/// The path with the least chance of interruption, and that chance; the first among equals. `None` without paths or
/// with a NaN.
pub fn most_vulnerable(interruptions: &[f64]) -> Option<(usize, f64)> {
    if interruptions.iter().any(|p| p.is_nan()) {
        return None;
    }
    interruptions.iter().copied().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Chance of interruption when paths are taken in proportion to `weights`. NaN if the lists differ in length, a weight
/// is negative or none is positive.
pub fn mixed(interruptions: &[f64], weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    let fits = interruptions.len() == weights.len() && weights.iter().all(|&w| w >= 0.0) && total > 0.0;
    if fits { interruptions.iter().zip(weights).map(|(p, w)| p * w / total).sum() } else { f64::NAN }
}

/// System effectiveness P_E = P_I P_N: interruption, and neutralisation after it.
pub fn effectiveness(interruption: f64, neutralisation: f64) -> f64 {
    interruption * neutralisation
}

/// Conditional risk R = (1 - P_E) C: what an attempt of consequence `consequence` is expected to cost, in its unit.
pub fn conditional_risk(effectiveness: f64, consequence: f64) -> f64 {
    (1.0 - effectiveness) * consequence
}

/// How one race went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Race {
    /// The first task whose sensor detected, communicated or not.
    pub detected: Option<usize>,
    /// The task of which word reached the response force.
    pub communicated: Option<usize>,
    /// Whether the response arrived before the last task ended.
    pub interrupted: bool,
    /// Delay that remained at that task, less the response time; NaN if no word arrived.
    pub spare: f64,
}

/// Plays one race with uniform variates between 0 and 1. It always takes three a task (detection, communication,
/// delay) and one for the response, in this order, so that luck stays aligned when a sensor is added or improved.
/// Durations are normal, as in EASI, and may come out negative; over many races [`interruption`] is the mean.
pub fn play(tasks: &[Task], response: &Response, reading: Reading, mut uniform: impl FnMut() -> f64) -> Race {
    let mut race = Race { detected: None, communicated: None, interrupted: false, spare: f64::NAN };
    let mut left = 0.0;
    for (i, task) in tasks.iter().enumerate() {
        let (detection, communication, delay) = (uniform(), uniform(), uniform());
        let draws =
            |time: Duration| if time.sd > 0.0 { time.mean + time.sd * normal::quantile(delay) } else { time.mean };
        if race.communicated.is_some() {
            left += draws(task.delay);
        } else if detection < task.detects {
            let counts = reading == Reading::Conditional || race.detected.is_none();
            race.detected = race.detected.or(Some(i));
            if counts && communication < response.communicates {
                race.communicated = Some(i);
                left = draws(own(task));
            }
        }
    }
    let time = response.time;
    let last = uniform();
    let takes = if time.sd > 0.0 { time.mean + time.sd * normal::quantile(last) } else { time.mean };
    if race.communicated.is_some() {
        race.spare = left - takes;
        race.interrupted = race.spare > 0.0;
    }
    race
}

/// The part of a task's delay that remains when its own sensor detects.
fn own(task: &Task) -> Duration {
    let share = match task.place {
        Place::Begin => 1.0,
        Place::Middle => 0.5,
        Place::End => 0.0,
    };
    Duration { mean: share * task.delay.mean, sd: share * task.delay.sd }
}

/// P(a response arrives while a normal delay remains).
fn in_time(mean: f64, sd: f64, response: Duration) -> f64 {
    let spread = libm::hypot(sd, response.sd);
    if spread > 0.0 { normal::cdf((mean - response.mean) / spread) } else { f64::from(u8::from(mean > response.mean)) }
}

fn sound(tasks: &[Task], response: &Response) -> bool {
    let chance = |p: f64| (0.0..=1.0).contains(&p);
    let duration = |time: Duration| time.mean >= 0.0 && time.sd >= 0.0 && time.sd.is_finite();
    let task = |task: &Task| chance(task.detects) && duration(task.delay);
    chance(response.communicates) && duration(response.time) && tasks.iter().all(task)
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    fn task(detects: f64, place: Place, mean: f64, sd: f64) -> Task {
        Task { detects, place, delay: Duration { mean, sd } }
    }

    fn response(communicates: f64, mean: f64, sd: f64) -> Response {
        Response { communicates, time: Duration { mean, sd } }
    }

    #[test]
    fn one_sensor_is_one_product() {
        let path = [task(0.8, Place::Begin, 100.0, 30.0)];
        let p = interruption(&path, &response(0.9, 60.0, 40.0), Reading::Literal);
        close(p, 0.72 * normal::cdf(0.8), 1e-14, &());
        let end = [task(0.8, Place::End, 100.0, 30.0)];
        close(interruption(&end, &response(1.0, 60.0, 20.0), Reading::Literal), 0.8 * normal::cdf(-3.0), 1e-14, &());
    }

    #[test]
    fn readings_agree_with_certain_communication_and_differ_without() {
        let path = [task(0.5, Place::Begin, 50.0, 10.0), task(0.7, Place::Middle, 80.0, 10.0)];
        let both =
            |c| [Reading::Literal, Reading::Conditional].map(|r| interruption(&path, &response(c, 60.0, 9.0), r));
        assert_eq!(both(1.0)[0], both(1.0)[1]);
        assert!(both(0.6)[0] < both(0.6)[1]);
    }

    #[test]
    fn fixed_times_are_the_critical_detection_point() {
        let path: Vec<Task> =
            [(0.2, 10.0), (0.5, 40.0), (0.4, 60.0), (0.9, 5.0)].map(|(p, m)| task(p, Place::Begin, m, 0.0)).into();
        for time in [1.0, 30.0, 64.0, 65.0, 66.0, 114.9, 115.0, 500.0] {
            let race = interruption(&path, &response(1.0, time, 0.0), Reading::Literal);
            close(timely_detection(&path, time), race, 1e-14, &time);
        }
        assert_eq!(critical_detection_point(&path, 65.0), Some(1));
        assert_eq!((critical_detection_point(&path, 900.0), critical_detection_point(&[], 0.0)), (None, None));
    }

    #[test]
    fn a_race_takes_as_many_draws_however_it_goes() {
        let path = [task(0.5, Place::Begin, 50.0, 10.0), task(0.7, Place::Middle, 80.0, 0.0)];
        for luck in [0.01, 0.4, 0.6, 0.99] {
            let mut draws = 0;
            let race = play(&path, &response(0.6, 60.0, 9.0), Reading::Conditional, || {
                draws += 1;
                luck
            });
            assert_eq!(draws, 7);
            assert_eq!(race.communicated.is_some(), luck < 0.6, "{race:?}");
            assert!(race.detected.is_some() || !race.interrupted);
        }
    }

    /// Of a million races the share is off by more than five standard errors for 6 seeds in 10 million.
    #[test]
    fn races_come_out_as_the_closed_form_says() {
        let path = [
            task(0.4, Place::Begin, 50.0, 15.0),
            task(0.9, Place::Middle, 90.0, 27.0),
            task(0.6, Place::End, 60.0, 9.0),
        ];
        let force = response(0.8, 90.0, 30.0);
        // SplitMix64, as this folder knows no other luck.
        let mut state = 12_345_u64;
        let mut uniform = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let a = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (((b ^ (b >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        for reading in [Reading::Literal, Reading::Conditional] {
            let p = interruption(&path, &force, reading);
            let won = (0..1_000_000).filter(|_| play(&path, &force, reading, &mut uniform).interrupted).count();
            let error = (p * (1.0 - p) / 1e6).sqrt();
            assert!((won as f64 / 1e6 - p).abs() < 5.0 * error, "{reading:?}: {won} of a million, {p}");
        }
    }

    #[test]
    fn paths_and_edges_are_as_documented() {
        assert_eq!(most_vulnerable(&[0.5, 0.2, 0.2]), Some((1, 0.2)));
        assert_eq!((most_vulnerable(&[]), most_vulnerable(&[0.1, f64::NAN])), (None, None));
        close(mixed(&[0.5, 0.2], &[1.0, 3.0]), 0.275, 1e-14, &());
        assert!(mixed(&[0.5], &[]).is_nan() && mixed(&[0.5], &[0.0]).is_nan());
        assert_eq!(interruption(&[], &response(1.0, 1.0, 1.0), Reading::Literal), 0.0);
        assert!(interruption(&[task(1.1, Place::End, 1.0, 1.0)], &response(1.0, 1.0, 1.0), Reading::Literal).is_nan());
        assert!(interruption(&[], &response(1.0, 1.0, -1.0), Reading::Literal).is_nan());
    }
}
