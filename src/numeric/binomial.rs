//! The binomial distribution: successes in independent trials.

use super::beta;

/// P(X = k) among `n` trials of chance `p`; 0 for `k` > `n`.
pub fn pmf(k: u64, n: u64, p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let (hits, misses) = (k as f64, n as f64 - k as f64);
    if k > n {
        0.0
    } else if p == 0.0 || p == 1.0 {
        f64::from(u8::from(k == if p == 0.0 { 0 } else { n }))
    } else if k == 0 {
        libm::exp(misses * libm::log1p(-p))
    } else if k == n {
        libm::exp(hits * libm::log(p))
    } else {
        // C(n, k) p^k q^(n-k) = n/(k (n-k)) p^k q^(n-k) / B(k, n-k).
        (1.0 / hits + 1.0 / misses) * beta::leading_term(hits, misses, p, 1.0 - p)
    }
}

/// P(X <= k) among `n` trials of chance `p`: I_q(n-k, k+1) with q = 1-p (DLMF 8.17.5).
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    shares(k, n, p).0
}

/// P(X > k) = 1 - P(X <= k), without the cancellation.
pub fn above(k: u64, n: u64, p: f64) -> f64 {
    shares(k, n, p).1
}

fn shares(k: u64, n: u64, p: f64) -> (f64, f64) {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        (f64::NAN, f64::NAN)
    } else if k >= n {
        (1.0, 0.0)
    } else {
        beta::both((n - k) as f64, k as f64 + 1.0, 1.0 - p, p)
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial, Discrete, DiscreteCDF};

    use super::super::check::close;
    use super::*;

    #[test]
    fn probabilities_agree_with_another_package() {
        for (n, p) in [(1, 0.3), (20, 0.05), (20, 0.5), (263, 0.3), (1000, 0.999)] {
            let law = Binomial::new(p, n).unwrap();
            for k in 0..=n {
                close(pmf(k, n, p), law.pmf(k), 1e-9, &(k, n, p));
                assert!((above(k, n, p) + cdf(k, n, p) - 1.0).abs() < 1e-15);
                if law.cdf(k) > 1e-200 {
                    close(cdf(k, n, p), law.cdf(k), 1e-9, &(k, n, p));
                }
            }
        }
    }

    #[test]
    fn probabilities_add_up() {
        for (n, p) in [(3, 0.2), (50, 0.5), (1000, 0.01)] {
            let sum: f64 = (0..=n).map(|k| pmf(k, n, p)).sum();
            close(sum, 1.0, 1e-13, &(n, p));
            let below: f64 = (0..=n / 3).map(|k| pmf(k, n, p)).sum();
            close(cdf(n / 3, n, p), below, 1e-12, &(n, p));
        }
    }

    #[test]
    fn certain_and_impossible_successes() {
        assert_eq!((pmf(0, 5, 0.0), pmf(1, 5, 0.0), cdf(0, 5, 0.0)), (1.0, 0.0, 1.0));
        assert_eq!((pmf(5, 5, 1.0), pmf(4, 5, 1.0), cdf(4, 5, 1.0)), (1.0, 0.0, 0.0));
        assert_eq!((pmf(0, 0, 0.4), cdf(0, 0, 0.4), pmf(6, 5, 0.5), cdf(6, 5, 0.5)), (1.0, 1.0, 0.0, 1.0));
        assert!(pmf(1, 5, 1.5).is_nan() && cdf(1, 5, f64::NAN).is_nan());
    }
}
