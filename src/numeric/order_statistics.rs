//! The highest of several standard normal values.

use super::normal;
use super::quadrature::integrate;

/// The mean of the highest of `k` independent standard normal values, by quadrature of
/// integral over 0..inf of 1 - Phi(z)^k, less the integral over -inf..0 of Phi(z)^k (H. A. David and H. N. Nagaraja, *Order
/// Statistics*, section 3.1): to about 1 part in 10^12, for `k` up to 10^15. NaN for `k` = 0.
pub fn expected_maximum(k: u64) -> f64 {
    match k {
        0 => f64::NAN,
        1 => 0.0,
        _ => {
            let k = k as f64;
            // k ln Phi(z), exact for both a small and a large tail.
            let log_power =
                |z: f64| if z > 0.0 { k * libm::log1p(-normal::cdf(-z)) } else { k * libm::log(normal::cdf(z)) };
            integrate(0.0, 16.0, 128, |z| -libm::expm1(log_power(z)))
                - integrate(-16.0, 0.0, 128, |z| libm::exp(log_power(z)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::super::check::close;
    use super::*;

    #[test]
    fn small_numbers_have_closed_forms() {
        close(expected_maximum(2), 1.0 / PI.sqrt(), 1e-13, &2);
        close(expected_maximum(3), 1.5 / PI.sqrt(), 1e-13, &3);
        // David and Nagaraja, section 3.2.
        let arc = libm::atan(2.0_f64.sqrt());
        close(expected_maximum(4), 6.0 / (PI * PI.sqrt()) * arc, 1e-13, &4);
        close(expected_maximum(5), 2.5 / PI.sqrt() * (6.0 / PI * arc - 1.0), 1e-13, &5);
    }

    #[test]
    fn large_numbers_stay_near_the_quantile() {
        // Tippett's table (Biometrika 17, 1925): 1000 values, 3.24144.
        assert!((expected_maximum(1000) - 3.241_44).abs() < 5e-6);
        for exponent in 6..=15 {
            let k = 10_u64.pow(exponent);
            let near = normal::quantile(1.0 / (k as f64 + 1.0)).abs();
            let mean = expected_maximum(k);
            assert!(mean > near && mean < near + 0.2, "{k}: {mean}, {near}");
        }
        assert_eq!(expected_maximum(1), 0.0);
        assert!(expected_maximum(0).is_nan());
    }
}
