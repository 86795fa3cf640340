//! Samplers of whole numbers: each returns the smallest count whose distribution function reaches the uniform.

use crate::numeric::{binomial, normal, poisson};

/// Mean up to which a count is found by adding probabilities from 0 upwards: about `mean` turns of a few ns each.
const SEARCH_FROM_ZERO: f64 = 25.0;

/// A Poisson count. The smallest k with P(X <= k) >= u, to the rounding of the distribution function; the cost does
/// not grow with the mean. A mean that is not positive gives 0, one above 10^15 counts as 10^15.
pub fn poisson(u: f64, mean: f64) -> u64 {
    let mean = if mean > 0.0 { mean.min(1e15) } else { return 0 };
    if mean <= SEARCH_FROM_ZERO {
        return from_zero(u, libm::exp(-mean), |k| mean / k as f64, u64::MAX);
    }
    let spread = mean.sqrt();
    let law = Law {
        most: u64::MAX,
        cdf: |k| poisson::cdf(k, mean),
        above: |k| poisson::above(k, mean),
        pmf: |k| poisson::pmf(k, mean),
        ratio: |k| mean / k as f64,
    };
    around(u, guess(u, mean, spread, 1.0 / spread), law)
}

/// A binomial count: successes in `n` trials of chance `p`, which is cut to 0..=1. As exact as [`poisson()`].
pub fn binomial(u: f64, n: u64, p: f64) -> u64 {
    if n == 0 || p.is_nan() || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    let q = 1.0 - p;
    let mean = n as f64 * p;
    // Pr(k) = Pr(k-1) (n-k+1)/k p/q.
    let ratio = |k: u64| (n + 1 - k) as f64 / k as f64 * (p / q);
    if mean <= SEARCH_FROM_ZERO {
        return from_zero(u, libm::exp(n as f64 * libm::log1p(-p)), ratio, n);
    }
    let spread = (mean * q).sqrt();
    let law = Law {
        most: n,
        cdf: |k| binomial::cdf(k, n, p),
        above: |k| binomial::above(k, n, p),
        pmf: |k| binomial::pmf(k, n, p),
        ratio,
    };
    around(u, guess(u, mean, spread, (q - p) / spread), law)
}

/// Failures before the first success in trials of chance `p`: the smallest k with 1 - (1-p)^(k+1) >= u. Chance 1 and
/// above gives 0; a chance so small (or not positive) that the count leaves the integers gives `u64::MAX`.
pub fn geometric(u: f64, p: f64) -> u64 {
    if p >= 1.0 {
        return 0;
    }
    if p.is_nan() || p <= 0.0 {
        return u64::MAX;
    }
    // `as` saturates at both ends.
    ((libm::log(1.0 - u) / libm::log1p(-p)).ceil() - 1.0) as u64
}

/// Adds probabilities upwards from that of 0; `ratio(k)` is Pr(k)/Pr(k-1).
fn from_zero(u: f64, none: f64, ratio: impl Fn(u64) -> f64, most: u64) -> u64 {
    let (mut k, mut probability, mut sum) = (0, none, none);
    while sum < u && k < most {
        k += 1;
        probability *= ratio(k);
        // Past the mode, a sum that has stopped growing will never reach a uniform above it.
        if sum + probability == sum && ratio(k) < 1.0 {
            break;
        }
        sum += probability;
    }
    k
}

/// The normal guess with the first correction for skewness (Cornish and Fisher).
fn guess(u: f64, mean: f64, spread: f64, skewness: f64) -> u64 {
    let z = normal::quantile(u);
    // `as` sends what is negative to 0.
    (mean + spread * (z + skewness * (z * z - 1.0) / 6.0) - 0.5).round() as u64
}

/// A law of counts, as [`around`] needs it.
struct Law<C, A, P, R> {
    most: u64,
    /// P(X <= k).
    cdf: C,
    /// P(X > k).
    above: A,
    /// P(X = k).
    pmf: P,
    /// Pr(k)/Pr(k-1).
    ratio: R,
}

/// Walks from the guess `k` to the smallest count whose distribution function reaches `u`. Above the median the
/// comparison is made in the upper tail, where 1 - u is exact and no digits are lost.
fn around<C, A, P, R>(u: f64, k: u64, law: Law<C, A, P, R>) -> u64
where
    C: Fn(u64) -> f64,
    A: Fn(u64) -> f64,
    P: Fn(u64) -> f64,
    R: Fn(u64) -> f64,
{
    let mut k = k.min(law.most);
    let mut probability = (law.pmf)(k);
    // What the distribution function at k exceeds u by.
    let mut excess = if u <= 0.5 { (law.cdf)(k) - u } else { 1.0 - u - (law.above)(k) };
    if excess >= 0.0 {
        while k > 0 && excess >= probability && probability > 0.0 {
            excess -= probability;
            probability /= (law.ratio)(k);
            k -= 1;
        }
    } else {
        while k < law.most && excess < 0.0 && probability > 0.0 {
            k += 1;
            probability *= (law.ratio)(k);
            excess += probability;
        }
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    /// The defining property at many uniforms, with room for the rounding of the distribution function.
    fn check(name: &str, sample: impl Fn(f64) -> u64, cdf: impl Fn(u64) -> f64) {
        let mut stream = Luck::new(3).stream(Purpose::TEST, Entity::of(name));
        let ends = [crate::random::unit(0), 1e-9, 0.5, 1.0 - 1e-9, crate::random::unit(u64::MAX)];
        for u in ends.into_iter().chain((0..2000).map(|_| stream.uniform())) {
            let k = sample(u);
            // A search from zero sums up to some 60 terms, each rounded to 1e-16.
            let room = 4e-15 + 1e-12 * u.min(1.0 - u);
            assert!(cdf(k) >= u - room, "{name}: P(X <= {k}) = {} is below {u}", cdf(k));
            assert!(k == 0 || cdf(k - 1) < u + room, "{name}: P(X <= {}) = {} reaches {u}", k - 1, cdf(k - 1));
        }
    }

    #[test]
    fn counts_are_the_smallest_that_reach_the_uniform() {
        for mean in [1e-9, 0.3, 4.0, 24.9, 25.1, 60.0, 1e3, 1e5, 1e7] {
            check("poisson", |u| poisson(u, mean), |k| poisson::cdf(k, mean));
        }
        for (n, p) in [(1, 0.5), (20, 0.05), (20, 0.9), (263, 0.3), (1000, 0.999), (1_000_000, 0.02)] {
            check("binomial", |u| binomial(u, n, p), |k| binomial::cdf(k, n, p));
        }
        for p in [0.9, 0.5, 0.01, 1e-6] {
            check("geometric", |u| geometric(u, p), |k| crate::numeric::coverage::at_least_one(p, k + 1));
        }
    }

    /// 20,000 draws; mean and variance within 4.5 standard errors of rand_distr's law (false failure 7 in 10^6 each,
    /// seed fixed). The variance's standard error is that of a normal law, to which the fourth moment adds 1/mean.
    #[test]
    fn moments_are_the_distributions() {
        for mean in [0.7, 12.0, 40.0, 2e4, 1e7] {
            let mut stream = Luck::new(4).stream(Purpose::TEST, Entity::of("moments"));
            let n = 20_000.0;
            let draws: Vec<f64> = (0..20_000).map(|_| poisson(stream.uniform(), mean) as f64 - mean).collect();
            let average = draws.iter().sum::<f64>() / n;
            let variance = draws.iter().map(|d| d * d).sum::<f64>() / n;
            assert!(average.abs() < 4.5 * f64::sqrt(mean / n), "{mean}: {average}");
            assert!((variance / mean - 1.0).abs() < 4.5 * f64::sqrt((2.0 + 1.0 / mean) / n), "{mean}: {variance}");
        }
    }

    #[test]
    fn samplers_agree_with_another_package() {
        use rand::SeedableRng;
        use rand_distr::Distribution;

        use super::super::check::agrees;
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let law = rand_distr::Poisson::new(40.0).unwrap();
        agrees("poisson", |u| poisson(u, 40.0) as f64, || law.sample(&mut rng));
        let law = rand_distr::Binomial::new(100, 0.4).unwrap();
        agrees("binomial", |u| binomial(u, 100, 0.4) as f64, || law.sample(&mut rng) as f64);
        let law = rand_distr::Geometric::new(0.2).unwrap();
        agrees("geometric", |u| geometric(u, 0.2) as f64, || law.sample(&mut rng) as f64);
    }

    #[test]
    fn counts_rise_with_uniform_and_mean() {
        let mut stream = Luck::new(6).stream(Purpose::TEST, Entity::of("rise"));
        for _ in 0..200 {
            let u = stream.uniform();
            let counts: Vec<u64> = (1..400).map(|i| poisson(u, f64::from(i) / 5.0)).collect();
            assert!(counts.is_sorted(), "{u}");
        }
    }

    #[test]
    fn degenerate_parameters_are_as_documented() {
        assert_eq!((poisson(0.99, 0.0), poisson(0.99, -1.0), poisson(0.99, f64::NAN)), (0, 0, 0));
        assert_eq!((binomial(0.9, 0, 0.5), binomial(0.9, 7, 0.0), binomial(0.1, 7, 1.0)), (0, 0, 7));
        assert_eq!((geometric(0.9, 1.0), geometric(0.9, 0.0), geometric(0.9, 1e-30)), (0, u64::MAX, u64::MAX));
        assert!(poisson(0.5, f64::INFINITY) > 999_999_999_999_999 - 10_000_000);
    }

    #[test]
    fn value_stability() {
        let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("count"));
        let counts = [
            poisson(stream.uniform(), 3.0),
            poisson(stream.uniform(), 300.0),
            poisson(stream.uniform(), 1e7),
            binomial(stream.uniform(), 1000, 0.3),
            geometric(stream.uniform(), 0.01),
        ];
        assert_eq!(counts, VALUES);
    }

    // Also found by summing at high precision in another language.
    const VALUES: [u64; 5] = [1, 306, 10_000_872, 276, 39];
}
