//! The Poisson distribution: events of a constant rate.

use super::gamma;

/// P(X = k) when `mean` >= 0 events are expected.
pub fn pmf(k: u64, mean: f64) -> f64 {
    if mean.is_nan() || mean < 0.0 {
        f64::NAN
    } else if k == 0 {
        libm::exp(-mean)
    } else if mean == 0.0 || mean == f64::INFINITY {
        0.0
    } else {
        // mean^k e^-mean / k! = (mean^k e^-mean / Gamma(k)) / k.
        gamma::leading_term(k as f64, mean) / k as f64
    }
}

/// P(X <= k) when `mean` >= 0 events are expected: Q(k+1, mean) (DLMF 8.4.10).
pub fn cdf(k: u64, mean: f64) -> f64 {
    if mean < 0.0 { f64::NAN } else { gamma::regularised_upper(k as f64 + 1.0, mean) }
}

/// P(X > k) = 1 - P(X <= k), without the cancellation.
pub fn above(k: u64, mean: f64) -> f64 {
    if mean < 0.0 { f64::NAN } else { gamma::regularised_lower(k as f64 + 1.0, mean) }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Discrete, DiscreteCDF, Poisson};

    use super::super::check::close;
    use super::*;

    #[test]
    fn probabilities_agree_with_another_package() {
        for mean in [0.01, 1.0, 4.0, 30.0, 300.0] {
            let law = Poisson::new(mean).unwrap();
            for k in (0..600).filter(|&k| law.pmf(k) > 1e-12) {
                close(pmf(k, mean), law.pmf(k), 1e-10, &(k, mean));
                close(cdf(k, mean), law.cdf(k), 1e-10, &(k, mean));
                assert!((above(k, mean) + cdf(k, mean) - 1.0).abs() < 1e-15);
            }
        }
    }

    #[test]
    fn probabilities_add_up() {
        for mean in [0.5, 25.0, 1e4] {
            let most = (mean + 12.0 * f64::sqrt(mean) + 20.0) as u64;
            close((0..=most).map(|k| pmf(k, mean)).sum::<f64>(), 1.0, 1e-12, &mean);
            let k = mean as u64;
            close(cdf(k, mean), (0..=k).map(|k| pmf(k, mean)).sum::<f64>(), 1e-12, &mean);
        }
    }

    #[test]
    fn ends_and_foreign_arguments_are_as_documented() {
        assert_eq!((pmf(0, 0.0), pmf(3, 0.0), cdf(0, 0.0)), (1.0, 0.0, 1.0));
        assert_eq!((pmf(3, f64::INFINITY), cdf(3, f64::INFINITY)), (0.0, 0.0));
        assert!(pmf(1, -1.0).is_nan() && cdf(1, -1.0).is_nan() && cdf(1, f64::NAN).is_nan());
    }
}
