//! Cumulative sums that watch for a rise (E. S. Page, Biometrika 41, 1954, 100-115).

use super::run_length::{MOST_STATES, RunLength};
use super::{normal, poisson, quadrature};

/// A one-sided upper sum S <- max(0, S + x - k) with alarm at S >= h. A fall is watched by the same sum over -x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cusum {
    /// Reference value k, in units of an observation: what is taken off each.
    pub reference: f64,
    /// Limit h > 0, in the same unit.
    pub limit: f64,
    /// Head start, 0 or more: the sum before the first observation (J. M. Lucas and R. B. Crosier, Technometrics 24,
    /// 1982, 199-205, take h/2).
    pub head_start: f64,
}

impl Cusum {
    /// The sum after an observation `x`, from the `sum` before: max(0, sum + x - k).
    #[inline]
    pub fn next(&self, sum: f64, x: f64) -> f64 {
        (sum + x - self.reference).max(0.0)
    }

    /// Whether a sum is an alarm: sum >= h.
    #[inline]
    pub fn alarms(&self, sum: f64) -> bool {
        sum >= self.limit
    }

    /// Run length when observations are normal with the given mean and standard deviation 1, so that k, h and `mean`
    /// are in standard deviations. Page's integral equation at Gauss and Legendre's nodes, 24 and 6 more for each unit
    /// of h. NaN for h over 150 or not positive, or a head start below 0.
    pub fn normal_run_length(&self, mean: f64) -> RunLength {
        let Cusum { reference, limit, head_start } = *self;
        // The comparisons refuse NaN too.
        let fits = reference.is_finite() && limit > 0.0 && limit <= 150.0 && mean.is_finite() && head_start >= 0.0;
        if !fits {
            return RunLength::undefined();
        }
        if self.alarms(head_start) {
            return RunLength::over();
        }
        let rule = quadrature::legendre(24 + (6.0 * limit) as usize, 0.0, limit);
        let drift = mean - reference;
        let row = |sum: f64| {
            let at = sum + drift;
            let rest = std::iter::once(normal::cdf(-at));
            (rest.chain(rule.iter().map(|&(y, w)| w * normal::pdf(y - at))).collect(), normal::cdf(at - limit))
        };
        let rows: Vec<_> = std::iter::once(0.0).chain(rule.iter().map(|&(x, _)| x)).map(row).collect();
        RunLength::of_chain(&rows, row(head_start))
    }

    /// Run length when observations are counts, Poisson with the given `mean`: the exact chain on the lattice 1/q,
    /// where q is the least whole number that makes k and the head start multiples of 1/q (to 1 part in 10^9). The
    /// limit need not be one. At most 1,200 states, that is q h <= 1,200; if no such q fits k, the one that comes
    /// nearest is used for k, and the head start is rounded to it. NaN for h over 1,200 or not positive, a head start
    /// below 0, or a mean or |k| over 10^9.
    pub fn poisson_run_length(&self, mean: f64) -> RunLength {
        let Cusum { reference, limit, head_start } = *self;
        let fits = reference.abs() <= 1e9 && limit > 0.0 && limit <= MOST_STATES as f64 && head_start >= 0.0;
        if !fits || !(0.0..=1e9).contains(&mean) {
            return RunLength::undefined();
        }
        if self.alarms(head_start) {
            return RunLength::over();
        }
        let q = self.denominator();
        let k = (reference * q as f64).round() as i64;
        let states = (limit * q as f64 - 1e-6).ceil().max(1.0) as i64;
        let start = (head_start * q as f64).round() as i64;
        // Counts that can leave some state for another, and their chances.
        let least = (k - states).div_euclid(q).max(0);
        let most = (states + k).div_euclid(q).max(-1) + 1;
        let chances: Vec<f64> = (least..=most).map(|x| poisson::pmf(x as u64, mean)).collect();
        let row = |sum: i64| {
            let mut row = vec![0.0; states as usize];
            // The largest counts that bring the sum to rest, and that do not alarm.
            let (rests, stays) = ((k - sum).div_euclid(q), (states - 1 + k - sum).div_euclid(q));
            if rests >= 0 {
                row[0] = poisson::cdf(rests as u64, mean);
            }
            for x in (rests + 1).max(0)..=stays {
                row[(sum + q * x - k) as usize] += chances[(x - least) as usize];
            }
            (row, if stays >= 0 { poisson::above(stays as u64, mean) } else { 1.0 })
        };
        let rows: Vec<_> = (0..states).map(row).collect();
        RunLength::of_chain(&rows, row(start.min(states - 1)))
    }

    /// The lattice of [`Cusum::poisson_run_length`].
    fn denominator(&self) -> i64 {
        let most = (MOST_STATES as f64 / self.limit).min(MOST_STATES as f64) as i64;
        let off = |value: f64, q: i64| {
            let scaled = value * q as f64;
            (scaled - scaled.round()).abs() / q as f64
        };
        let near = |value: f64, q: i64| off(value, q) <= 1e-9 * value.abs().max(1.0);
        let all = (1..=most.max(1)).find(|&q| near(self.reference, q) && near(self.head_start, q));
        all.or_else(|| (1..=most.max(1)).min_by(|&a, &b| off(self.reference, a).total_cmp(&off(self.reference, b))))
            .unwrap_or(1)
    }
}

/// Mean run length of an upper and a lower sum that run side by side, from those of each alone: with its head start
/// and from 0. By J. M. Lucas and R. B. Crosier (Technometrics 24, 1982) and E. Yashchin (IBM Journal of Research and
/// Development 29, 1985): (U(s) L(0) + U(0) L(s) - U(0) L(0)) / (U(0) + L(0)). Exact if the head starts together stay
/// below the smaller limit plus both reference values, so that one sum rests whenever the other alarms; else near.
/// An infinite run length leaves the other side's.
pub fn two_sided_mean(upper_start: f64, upper_rest: f64, lower_start: f64, lower_rest: f64) -> f64 {
    if upper_rest == f64::INFINITY {
        return lower_start;
    }
    if lower_rest == f64::INFINITY {
        return upper_start;
    }
    // Divided by U(0) before it is multiplied, so that large run lengths do not overflow.
    let (upper, lower) = (upper_start / upper_rest, lower_start / lower_rest);
    (upper + lower - 1.0) / (1.0 / upper_rest + 1.0 / lower_rest)
}

/// Mean run length of `cusum` on both sides of the target, for normal observations `mean` standard deviations off it.
pub fn two_sided_normal_mean(cusum: &Cusum, mean: f64) -> f64 {
    if cusum.alarms(cusum.head_start) {
        return cusum.normal_run_length(mean).mean();
    }
    let rest = Cusum { head_start: 0.0, ..*cusum };
    let [upper, lower] = [mean, -mean].map(|mean| {
        let alone = rest.normal_run_length(mean).mean();
        (if cusum.head_start == 0.0 { alone } else { cusum.normal_run_length(mean).mean() }, alone)
    });
    two_sided_mean(upper.0, upper.1, lower.0, lower.1)
}

/// The reference value between two Poisson means, k = (mu1 - mu0) / ln(mu1 / mu0): there the likelihood ratio of one
/// count is 1 (J. M. Lucas, Technometrics 27, 1985, 129-144). The mean itself if both are equal, 0 if one is 0, NaN if
/// one is negative.
pub fn poisson_reference(mu0: f64, mu1: f64) -> f64 {
    if mu0.is_nan() || mu1.is_nan() || mu0 < 0.0 || mu1 < 0.0 {
        return f64::NAN;
    }
    if mu0 == 0.0 || mu1 == 0.0 {
        return 0.0;
    }
    let gap = (mu1 - mu0) / mu0;
    if gap.abs() < 1e-12 { mu0 } else { (mu1 - mu0) / libm::log1p(gap) }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    fn cusum(reference: f64, limit: f64, head_start: f64) -> Cusum {
        Cusum { reference, limit, head_start }
    }

    #[test]
    fn normal_run_lengths_agree_with_published_tables() {
        // Lucas and Crosier 1982: two-sided, k = 0.5.
        for (h, start, mean, expect) in
            [(4.0, 0.0, 0.0, 168.0), (4.0, 0.0, 1.0, 8.38), (5.0, 0.0, 0.0, 465.0), (5.0, 0.0, 1.0, 10.4)]
        {
            close(two_sided_normal_mean(&cusum(0.5, h, start), mean), expect, 3e-3, &(h, mean));
        }
    }

    #[test]
    fn a_tiny_limit_is_a_threshold_on_single_values() {
        for k in [0.0, 1.0, 3.0] {
            close(cusum(k, 1e-9, 0.0).normal_run_length(0.5).mean(), 1.0 / normal::cdf(0.5 - k), 1e-7, &k);
        }
        close(cusum(2.0, 0.5, 0.0).poisson_run_length(1.5).mean(), 1.0 / poisson::above(2, 1.5), 1e-13, &());
    }

    #[test]
    fn the_lattice_holds_whatever_the_denominator() {
        // k = 1/3 in steps of 1/3, against the same in units of a third.
        let thirds = cusum(1.0 / 3.0, 4.0, 1.0).poisson_run_length(0.3).mean();
        // A limit between two lattice points is the upper one.
        close(cusum(1.0 / 3.0, 3.9, 1.0).poisson_run_length(0.3).mean(), thirds, 1e-13, &());
        // A reference value that is no fraction lies between its neighbours.
        let around = [0.33, 0.3337, 0.34].map(|k| cusum(k, 4.0, 0.0).poisson_run_length(0.3).mean());
        let between = cusum(1.0 / 3.0 + 1e-6, 4.0, 0.0).poisson_run_length(0.3).mean();
        assert!(around[0] < between && between < around[2], "{around:?} {between}");
    }

    #[test]
    fn chances_within_a_horizon_add_up_to_the_mean() {
        for law in [cusum(5.0, 10.0, 4.0).poisson_run_length(6.0), cusum(0.5, 3.0, 1.0).normal_run_length(0.8)] {
            close((0..2000).map(|n| 1.0 - law.by(n)).sum(), law.mean(), 1e-9, &());
        }
    }

    #[test]
    fn long_run_lengths_keep_their_digits() {
        let [a, b] = [20.0, 21.0].map(|h| cusum(0.5, h, 0.0).normal_run_length(0.0).mean());
        // One more unit of the limit multiplies the run length by e^(2k), in the limit.
        close(b / a, std::f64::consts::E, 1e-6, &(a, b));
        assert!(cusum(0.5, 150.0, 0.0).normal_run_length(0.0).mean() > 1e60);
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(cusum(0.5, 3.0, 3.0).normal_run_length(0.0).mean(), 0.0);
        assert_eq!(cusum(0.5, 3.0, 0.0).poisson_run_length(0.0).mean(), f64::INFINITY);
        assert_eq!(cusum(-1.0, 3.0, 0.0).poisson_run_length(0.0).mean(), 3.0);
        for bad in [cusum(0.5, 0.0, 0.0), cusum(f64::NAN, 3.0, 0.0), cusum(0.5, 1e9, 0.0), cusum(0.5, 3.0, -1.0)] {
            assert!(bad.normal_run_length(0.0).mean().is_nan() && bad.poisson_run_length(1.0).by(5).is_nan());
        }
        assert_eq!((poisson_reference(2.0, 2.0), poisson_reference(0.0, 2.0)), (2.0, 0.0));
        close(poisson_reference(4.0, 6.0), 2.0 / libm::log(1.5), 1e-14, &());
        assert!(poisson_reference(-1.0, 2.0).is_nan());
        let one = cusum(0.5, 3.0, 1.0);
        assert_eq!((one.next(1.0, -2.0), one.next(1.0, 2.0)), (0.0, 2.5));
        assert!(one.alarms(3.0) && !one.alarms(2.999));
    }
}
