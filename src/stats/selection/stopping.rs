//! When to stop: run on until all intervals that matter are narrow enough.

use crate::numeric::normal;
use crate::stats::Running;
use crate::stats::interval::t_quantile;

/// How narrow an interval is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Half-width at most gamma/(1 + gamma) of the absolute scale, so that the estimate is off by gamma of the *true* value
    /// at most (A. M. Law, *Simulation Modeling and Analysis*, section 9.4).
    Relative(f64),
    /// Half-width at most this, in the unit of the measure.
    Absolute(f64),
}

/// After which runs the rule looks. Each look may stop too early, by luck; but to look rarely overshoots. In trials with a
/// normal, an exponential and a lognormal law, nominal 95 % became 93.4 % to 95.1 % with a look after each run, and up to
/// half a point more with doubling, which took a fifth to two thirds more runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// After each run from the first look on.
    Every,
    /// After first, 2 first, 4 first, ... runs.
    Doubling,
}

/// A rule that stops a simulation once half-widths of t intervals meet a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionRule {
    /// How narrow.
    pub target: Target,
    /// The level of each interval; for several streams at once take [`bonferroni`](crate::stats::bonferroni).
    pub level: f64,
    /// Runs before the first look, taken as 2 at least. With 10 a normal law keeps 93.7 % of 95 %, with 50 all of it.
    pub first: usize,
    /// When it looks again.
    pub looks: Looks,
    /// Runs at most.
    pub cap: usize,
}

/// One stream at a look: a measure, or the paired difference of an option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watched {
    /// The standard deviation of single values.
    pub sd: f64,
    /// What a relative target is measured by: the mean itself, or the reference's mean for a difference, which may be 0.
    pub scale: f64,
}

/// What to do after a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Run on until there are so many, and ask again.
    Until(usize),
    /// Stop.
    Stop(Reason),
}

/// Why a simulation stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// All streams meet the target.
    Met,
    /// No stream varied at all, so that nothing can be said of precision: a rare event that was never seen looks so too.
    Constant,
    /// The cap came first.
    Capped,
}

/// How a simulation of one stream stopped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stopped {
    /// The values' moments.
    pub values: Running,
    /// How often the rule looked.
    pub looks: usize,
    /// Why it stopped.
    pub reason: Reason,
}

impl Watched {
    /// A mean, by its own size.
    pub fn mean(values: &Running) -> Watched {
        Watched { sd: values.sd(), scale: values.mean() }
    }

    /// A difference, by the size of the reference's mean.
    pub fn difference(differences: &Running, reference: f64) -> Watched {
        Watched { sd: differences.sd(), scale: reference }
    }
}

impl PrecisionRule {
    /// What to do now that each of the streams has `n` values. Streams that do not vary count as met beside others that do.
    /// A deviation or scale that is NaN never meets a target. No streams at all stop as constant.
    pub fn next(&self, n: usize, streams: &[Watched]) -> Next {
        let first = self.first.max(2);
        if n < first.min(self.cap) {
            return Next::Until(first.min(self.cap));
        }
        if n >= first && streams.iter().all(|stream| stream.sd == 0.0) {
            return Next::Stop(Reason::Constant);
        }
        if n >= first && streams.iter().all(|stream| self.is_met(n, stream)) {
            return Next::Stop(Reason::Met);
        }
        if n >= self.cap {
            return Next::Stop(Reason::Capped);
        }
        let next = match self.looks {
            Looks::Every => n + 1,
            Looks::Doubling => {
                let mut look = first;
                while look <= n {
                    look = look.saturating_mul(2);
                }
                look
            }
        };
        Next::Until(next.min(self.cap))
    }

    /// Runs one stream until the rule stops: `draw` gives value after value.
    pub fn run(&self, mut draw: impl FnMut() -> f64) -> Stopped {
        let (mut values, mut looks) = (Running::new(), 0);
        let mut next = self.next(0, &[Watched::mean(&values)]);
        loop {
            match next {
                Next::Until(n) => {
                    while values.n() < n {
                        values.push(draw());
                    }
                    looks += 1;
                    next = self.next(n, &[Watched::mean(&values)]);
                }
                Next::Stop(reason) => return Stopped { values, looks, reason },
            }
        }
    }

    /// The half-width that a stream may have.
    fn allowed(&self, stream: &Watched) -> f64 {
        match self.target {
            Target::Relative(gamma) => gamma / (1.0 + gamma) * stream.scale.abs(),
            Target::Absolute(half_width) => half_width,
        }
    }

    fn is_met(&self, n: usize, stream: &Watched) -> bool {
        let (error, allowed) = (stream.sd / (n as f64).sqrt(), self.allowed(stream));
        // Student's quantile exceeds the normal one, which costs much less: most looks end here.
        let z = normal::quantile(0.5 + 0.5 * self.level.clamp(0.0, 1.0));
        error == 0.0 || (z * error <= allowed && t_quantile(self.level, n) * error <= allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Interval, Summary};

    const RULE: PrecisionRule =
        PrecisionRule { target: Target::Relative(0.1), level: 0.95, first: 10, looks: Looks::Every, cap: 1000 };

    #[test]
    fn it_stops_at_the_first_look_that_is_narrow_enough() {
        let values: Vec<f64> = (0..1000).map(|i| 10.0 + f64::from(i * 7 % 13) - 6.0).collect();
        let mut left = values.iter();
        let stopped = RULE.run(|| *left.next().unwrap());
        let n = stopped.values.n();
        let narrow = |n: usize| {
            let summary = Summary::of(&values[..n]).unwrap();
            summary.mean_interval(0.95).half_width() <= 0.1 / 1.1 * summary.mean()
        };
        assert!(narrow(n) && (10..n).all(|earlier| !narrow(earlier)), "{n}");
        assert_eq!((stopped.looks, stopped.reason), (n - 9, Reason::Met));
    }

    #[test]
    fn looks_double_and_the_cap_is_a_look() {
        let rule = PrecisionRule { looks: Looks::Doubling, cap: 70, ..RULE };
        let wide = [Watched { sd: 100.0, scale: 1.0 }];
        let nexts: Vec<Next> = [0, 9, 10, 15, 20, 40, 70].iter().map(|n| rule.next(*n, &wide)).collect();
        let until = [10, 10, 20, 20, 40, 70].map(Next::Until);
        assert_eq!(nexts[..6], until);
        assert_eq!(nexts[6], Next::Stop(Reason::Capped));
        assert_eq!(
            rule.run({
                let mut i = 0.0;
                move || {
                    i += 1.0;
                    i * i
                }
            })
            .looks,
            4
        );
    }

    #[test]
    fn all_streams_have_to_meet_it() {
        let narrow = Watched { sd: 0.1, scale: 10.0 };
        assert_eq!(RULE.next(10, &[narrow, narrow]), Next::Stop(Reason::Met));
        assert_eq!(RULE.next(10, &[narrow, Watched { sd: 9.0, scale: 10.0 }]), Next::Until(11));
        assert_eq!(RULE.next(10, &[narrow, Watched { sd: f64::NAN, scale: 10.0 }]), Next::Until(11));
        // A difference of mean 0 is measured by the reference.
        let mut differences = Running::new();
        differences.extend((0..10).map(|i| if i % 2 == 0 { 0.5 } else { -0.5 }));
        assert_eq!(RULE.next(10, &[Watched::difference(&differences, 20.0)]), Next::Stop(Reason::Met));
        assert_eq!(RULE.next(10, &[Watched::mean(&differences)]), Next::Until(11));
        let absolute = PrecisionRule { target: Target::Absolute(0.5), ..RULE };
        assert_eq!(absolute.next(10, &[Watched::mean(&differences)]), Next::Stop(Reason::Met));
        let half = Interval::of_mean(0.0, differences.standard_error(), 10, 0.95).half_width();
        let just = |target: f64| PrecisionRule { target: Target::Absolute(target), ..RULE };
        assert_eq!(just(half).next(10, &[Watched::mean(&differences)]), Next::Stop(Reason::Met));
        assert_eq!(just(half * 0.999).next(10, &[Watched::mean(&differences)]), Next::Until(11));
    }

    #[test]
    fn streams_that_do_not_vary_are_told_apart() {
        let (never, fixed) = (Watched { sd: 0.0, scale: 0.0 }, Watched { sd: 0.0, scale: 3.0 });
        assert_eq!(RULE.next(10, &[never, fixed]), Next::Stop(Reason::Constant));
        assert_eq!(RULE.next(10, &[never, Watched { sd: 0.1, scale: 10.0 }]), Next::Stop(Reason::Met));
        assert_eq!(RULE.next(10, &[]), Next::Stop(Reason::Constant));
        assert_eq!(RULE.run(|| 0.0).reason, Reason::Constant);
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(PrecisionRule { first: 0, ..RULE }.next(0, &[]), Next::Until(2));
        // A cap below the first look ends there, and nothing is claimed of fewer than the first runs.
        let short = PrecisionRule { cap: 5, ..RULE };
        let narrow = [Watched { sd: 0.1, scale: 10.0 }];
        assert_eq!((short.next(0, &narrow), short.next(5, &narrow)), (Next::Until(5), Next::Stop(Reason::Capped)));
        assert_eq!(PrecisionRule { cap: 0, ..RULE }.run(|| 1.0).values.n(), 0);
        assert_eq!(
            PrecisionRule { level: 1.0, cap: 20, ..RULE }
                .run({
                    let mut i = 0.0;
                    move || {
                        i += 1.0;
                        i
                    }
                })
                .reason,
            Reason::Capped
        );
        assert_eq!(PrecisionRule { cap: 20, ..RULE }.run(|| f64::NAN).reason, Reason::Capped);
    }
}
