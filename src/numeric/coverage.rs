//! How much of a set repeated random choices have seen.

/// Expected number of even draws until each of `n` items has been seen: n H(n), the coupon collector's mean.
pub fn collector_mean(n: u64) -> f64 {
    n as f64 * harmonic(n)
}

/// The harmonic number H(n) = 1 + 1/2 + ... + 1/n; 0 for none.
pub fn harmonic(n: u64) -> f64 {
    if n <= 100 {
        return (1..=n).rev().map(|k| 1.0 / k as f64).sum();
    }
    // ln n + gamma + 1/2n - 1/12n^2 + 1/120n^4 - 1/252n^6 (DLMF 5.11.2); the next term is below 1e-18 at 100.
    const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;
    let inverse = 1.0 / n as f64;
    let square = inverse * inverse;
    let rest = 0.5 * inverse - square * (1.0 / 12.0 - square * (1.0 / 120.0 - square / 252.0));
    libm::log(n as f64) + (EULER_GAMMA + rest)
}

/// P(at least one success) = 1 - (1-p)^n in `n` independent trials of chance `p`, exact for small chances too.
/// A chance below 0 counts as 0, above 1 as 1.
pub fn at_least_one(p: f64, n: u64) -> f64 {
    if n == 0 { 0.0 } else { -libm::expm1(n as f64 * libm::log1p(-p.clamp(0.0, 1.0))) }
}

/// Expected number of different items among `draws` independent draws with chances in proportion to `weights`:
/// the sum of 1 - (1-w)^m. 0 if no weight is positive.
pub fn expected_distinct(weights: &[f64], draws: u64) -> f64 {
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.iter().map(|w| at_least_one(w / total, draws)).sum() } else { 0.0 }
}

/// Expected share of the weight that belongs to items seen in `draws` independent draws with chances in proportion to
/// `weights`: the sum of w (1 - (1-w)^m). 0 if no weight is positive.
pub fn expected_mass(weights: &[f64], draws: u64) -> f64 {
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.iter().map(|w| w / total * at_least_one(w / total, draws)).sum() } else { 0.0 }
}

/// Zipf's law: `n` weights in proportion to 1/rank^exponent, largest first, adding up to 1.
pub fn zipf(n: usize, exponent: f64) -> Vec<f64> {
    let raw: Vec<f64> = (1..=n).map(|rank| libm::pow(rank as f64, -exponent)).collect();
    // The smallest first, so that the many small ones are not lost beside the few large ones.
    let total: f64 = raw.iter().rev().sum();
    raw.into_iter().map(|weight| weight / total).collect()
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn the_harmonic_sum_and_its_expansion_meet() {
        let sum: f64 = (1..=100_000).rev().map(|k| 1.0 / f64::from(k)).sum();
        close(harmonic(100_000), sum, 1e-14, &());
        close(harmonic(101), harmonic(100) + 1.0 / 101.0, 1e-15, &());
        assert_eq!((harmonic(0), harmonic(1), collector_mean(0), collector_mean(2)), (0.0, 1.0, 0.0, 3.0));
    }

    #[test]
    fn rare_successes_keep_their_digits() {
        close(at_least_one(1e-18, 10), 1e-17, 1e-15, &());
        close(at_least_one(0.5, 3), 0.875, 1e-15, &());
        assert_eq!(
            (at_least_one(1.0, 1), at_least_one(1.0, 0), at_least_one(0.3, 0), at_least_one(-0.1, 9)),
            (1.0, 0.0, 0.0, 0.0)
        );
    }

    #[test]
    fn even_weights_give_the_birthday_problem() {
        let even = [2.0; 365];
        let expect = 365.0 * (1.0 - libm::pow(364.0 / 365.0, 23.0));
        close(expected_distinct(&even, 23), expect, 1e-13, &());
        close(expected_mass(&even, 23), expect / 365.0, 1e-13, &());
        assert_eq!((expected_distinct(&[], 5), expected_mass(&[0.0], 5), expected_distinct(&even, 0)), (0.0, 0.0, 0.0));
    }

    #[test]
    fn zipf_weights_fall_as_their_rank() {
        let weights = zipf(1000, 1.0);
        close(weights.iter().sum(), 1.0, 1e-14, &());
        close(weights[0] / weights[9], 10.0, 1e-14, &());
        assert!(zipf(0, 1.0).is_empty());
    }
}
