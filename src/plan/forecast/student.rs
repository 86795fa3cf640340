//! The few distribution functions that the forecast needs, on libm.

/// Cumulative probability of Student's t with `df` degrees of freedom, by the regularised incomplete beta function:
/// for t > 0, P(T > t) = I(df / (df + t²); df/2, 1/2) / 2 (DLMF 8.17).
pub(super) fn student_cdf(t: f64, df: f64) -> f64 {
    let tail = 0.5 * beta_regularised(df / (df + t * t), 0.5 * df, 0.5);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// Quantile of the standard normal distribution: the rational start of Abramowitz and Stegun 26.2.23, then two steps of
/// Halley's method on the exact tail, which leave an error near the rounding of `f64`.
pub(super) fn normal_quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p);
    let t = libm::sqrt(-2.0 * libm::log(tail));
    let mut x =
        t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    for _ in 0..2 {
        let error = tail - 0.5 * libm::erfc(x * core::f64::consts::FRAC_1_SQRT_2);
        let step = error * libm::sqrt(2.0 * core::f64::consts::PI) * libm::exp(0.5 * x * x);
        x -= step / (1.0 - 0.5 * x * step);
    }
    if p < 0.5 { -x } else { x }
}

/// Quantile of the chi-squared distribution with `df` degrees of freedom, by bisection.
pub(super) fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, df + 20.0 * libm::sqrt(2.0 * df) + 60.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if gamma_regularised(0.5 * df, 0.5 * middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// P(a, x) by its power series (DLMF 8.11.4); enough for the arguments that the quantile asks for.
fn gamma_regularised(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
    for _ in 0..10_000 {
        k += 1.0;
        term *= x / k;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    (sum * libm::exp(a * libm::log(x) - x - libm::lgamma(a))).min(1.0)
}

/// I(x; a, b) by the continued fraction DLMF 8.17.22, with Lentz's method as modified by Thompson and Barnett (1986).
fn beta_regularised(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_regularised(1.0 - x, b, a);
    }
    let away = |v: f64| if libm::fabs(v) < 1e-300 { 1e-300 } else { v };
    let front =
        libm::exp(a * libm::log(x) + b * libm::log1p(-x) + libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)) / a;
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for m in 1..500 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        fraction *= c * d;
        if libm::fabs(c * d - 1.0) < 1e-15 {
            break;
        }
    }
    front * fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};

    #[test]
    fn agrees_with_an_independent_library() {
        let normal = Normal::new(0.0, 1.0).unwrap();
        for p in [1e-6, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999, 1.0 - 1e-6] {
            assert!((normal_quantile(p) - normal.inverse_cdf(p)).abs() < 1e-8, "normal {p}");
            for df in [12.0, 40.0, 150.0, 350.0] {
                let chi = ChiSquared::new(df).unwrap();
                assert!((chi.cdf(chi_squared_quantile(p, df)) - p).abs() < 1e-9, "chi {p} {df}");
                let t = 4.0 * (p - 0.5) / (0.51 - (p - 0.5).abs());
                let student = StudentsT::new(0.0, 1.0, df).unwrap();
                assert!((student_cdf(t, df) - student.cdf(t)).abs() < 1e-9, "t {t} {df}");
            }
        }
    }
}
