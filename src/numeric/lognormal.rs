//! The lognormal distribution: exp(mu + sigma Z) with Z standard normal, `sigma` >= 0.

use super::normal;

/// P(X <= x).
pub fn cdf(x: f64, mu: f64, sigma: f64) -> f64 {
    if sigma.is_nan() || sigma < 0.0 || mu.is_nan() || x.is_nan() {
        f64::NAN
    } else if x <= 0.0 {
        0.0
    } else if sigma == 0.0 {
        f64::from(u8::from(libm::log(x) >= mu))
    } else {
        normal::cdf((libm::log(x) - mu) / sigma)
    }
}

/// The x with P(X <= x) = `p`; the value at risk at `p`. 0 at or below 0, infinity at or above 1.
pub fn quantile(p: f64, mu: f64, sigma: f64) -> f64 {
    if sigma.is_nan() || sigma < 0.0 || mu.is_nan() || p.is_nan() {
        f64::NAN
    } else if p <= 0.0 {
        0.0
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        libm::exp(mu + sigma * normal::quantile(p))
    }
}

/// The mean, exp(mu + sigma^2/2).
pub fn mean(mu: f64, sigma: f64) -> f64 {
    if sigma < 0.0 { f64::NAN } else { libm::exp(mu + 0.5 * sigma * sigma) }
}

/// The variance, (exp(sigma^2) - 1) exp(2 mu + sigma^2).
pub fn variance(mu: f64, sigma: f64) -> f64 {
    if sigma < 0.0 { f64::NAN } else { libm::expm1(sigma * sigma) * libm::exp(2.0 * mu + sigma * sigma) }
}

/// TVaR at `p`: the mean of the worst share 1 - p, exp(mu + sigma^2/2) Phi(sigma - z)/(1 - p), z the normal quantile. The
/// mean at or below 0, infinity at or above 1 (where `sigma` is 0, the one value there is).
pub fn tail_mean(p: f64, mu: f64, sigma: f64) -> f64 {
    if sigma == 0.0 || p <= 0.0 {
        mean(mu, sigma)
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        mean(mu, sigma) * normal::cdf(sigma - normal::quantile(p)) / (1.0 - p)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::quadrature::integrate;
    use super::*;

    #[test]
    fn the_moments_and_the_tail_are_integrals_of_the_quantile() {
        for (mu, sigma) in [(0.0, 1.0), (1.15, 0.7), (-2.0, 0.1)] {
            let over_z = |from: f64, power: f64| {
                integrate(from, 14.0, 400, |z| libm::exp(power * (mu + sigma * z)) * normal::pdf(z))
            };
            close(over_z(-14.0, 1.0), mean(mu, sigma), 1e-12, &(mu, sigma));
            let square = over_z(-14.0, 2.0) - mean(mu, sigma) * mean(mu, sigma);
            close(square, variance(mu, sigma), 1e-9, &(mu, sigma));
            for p in [0.0, 0.5, 0.95, 0.999] {
                let from = if p == 0.0 { -14.0 } else { normal::quantile(p) };
                close(tail_mean(p, mu, sigma), over_z(from, 1.0) / (1.0 - p), 1e-12, &(mu, sigma, p));
            }
            close(cdf(quantile(0.3, mu, sigma), mu, sigma), 0.3, 1e-14, &(mu, sigma));
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((cdf(0.0, 0.0, 1.0), cdf(-1.0, 0.0, 1.0), quantile(0.0, 0.0, 1.0)), (0.0, 0.0, 0.0));
        assert_eq!((quantile(1.0, 0.0, 1.0), tail_mean(1.0, 0.0, 1.0)), (f64::INFINITY, f64::INFINITY));
        assert_eq!((cdf(0.9, 0.0, 0.0), cdf(1.0, 0.0, 0.0), tail_mean(0.99, 0.0, 0.0)), (0.0, 1.0, 1.0));
        assert!(cdf(1.0, 0.0, -1.0).is_nan() && quantile(f64::NAN, 0.0, 1.0).is_nan() && mean(0.0, -1.0).is_nan());
    }
}
