//! Student's t distribution.

use super::{beta, normal};

/// P(T <= t) with `df` > 0 degrees of freedom; infinite `df` is the normal distribution.
pub fn cdf(t: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || t.is_nan() {
        return f64::NAN;
    }
    if df > NORMAL_FROM {
        return normal::cdf(t);
    }
    // DLMF 8.17 with x = df/(df + t^2): P(|T| > |t|) = I_x(df/2, 1/2).
    let square = t * t;
    let (x, y) = if square.is_finite() { (df / (df + square), square / (df + square)) } else { (0.0, 1.0) };
    let both_tails = beta::both(0.5 * df, 0.5, x, y).0;
    if t > 0.0 { 1.0 - 0.5 * both_tails } else { 0.5 * both_tails }
}

/// The t with P(T <= t) = `p`. Minus infinity at or below 0, infinity at or above 1.
pub fn quantile(p: f64, df: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || p.is_nan() {
        return f64::NAN;
    }
    if df > NORMAL_FROM || p <= 0.0 || p >= 1.0 {
        return normal::quantile(p);
    }
    // Both differences are exact where the other one is small, so neither tail nor centre loses digits.
    let (tail, from_half) = (if p < 0.5 { p } else { 1.0 - p }, (p - 0.5).abs());
    let (x, y) = beta::inverse(0.5 * df, 0.5, 2.0 * tail, 2.0 * from_half);
    libm::copysign((df * y / x).sqrt(), p - 0.5)
}

/// Degrees of freedom from which t and normal differ by less than rounding: by (z^3 + z)/(4 df), relatively below
/// 1e-16 (z^2 + 1).
const NORMAL_FROM: f64 = 2.5e15;

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, StudentsT};

    use super::super::check::close;
    use super::*;

    #[test]
    fn cdf_and_quantile_agree_with_another_package() {
        for df in [1.0, 2.0, 3.5, 9.0, 29.0, 120.0, 999.0] {
            let law = StudentsT::new(0.0, 1.0, df).unwrap();
            for i in -40..=40 {
                let t = f64::from(i) / 5.0;
                close(cdf(t, df), law.cdf(t), 1e-10, &(t, df));
            }
            for p in [0.001, 0.025, 0.2, 0.4, 0.6, 0.95, 0.975, 0.9995] {
                close(quantile(p, df), law.inverse_cdf(p), 1e-8, &(p, df));
            }
        }
    }

    #[test]
    fn one_and_two_degrees_of_freedom_have_closed_forms() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            // Cauchy: tan(pi (p - 1/2)); two: (2p - 1) / sqrt(2 p (1 - p)).
            close(quantile(p, 1.0), libm::tan(std::f64::consts::PI * (p - 0.5)), 1e-12, &p);
            close(quantile(p, 2.0), (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt(), 1e-12, &p);
        }
    }

    #[test]
    fn values_from_high_precision_are_met() {
        // By mpmath at 35 digits.
        for (p, df, expect) in [
            (0.975, 1.5, 6.016_663_104_427_928),
            (1e-12, 0.7, -26_175_073_653_891_662.7),
            (0.3, 1e5, -0.524_402_184_233_545_8),
            (0.001, 3e9, -3.090_232_308_884_523),
        ] {
            close(quantile(p, df), expect, 2e-14, &(p, df));
            close(cdf(expect, df), p, 2e-14, &(p, df));
        }
    }

    #[test]
    fn many_degrees_of_freedom_join_the_normal() {
        for p in [1e-9, 0.01, 0.4, 0.975] {
            for df in [1e6, 1e9, 1e12, 2e15, 3e15, f64::INFINITY] {
                let z = normal::quantile(p);
                // Two terms of the expansion in 1/df (Fisher and Cornish).
                let first = z * (z * z + 1.0) / 4.0;
                let second = z * (3.0 + z * z * (16.0 + z * z * 5.0)) / 96.0;
                let expect = z + first / df + second / df / df;
                close(quantile(p, df), expect, 1e-13, &(p, df));
                close(cdf(expect, df), p, 1e-12, &(p, df));
            }
        }
    }

    #[test]
    fn ends_and_foreign_arguments_are_as_documented() {
        assert_eq!(
            (quantile(0.0, 5.0), quantile(1.0, 5.0), quantile(0.5, 5.0)),
            (f64::NEG_INFINITY, f64::INFINITY, 0.0)
        );
        assert_eq!((cdf(f64::NEG_INFINITY, 5.0), cdf(f64::INFINITY, 5.0), cdf(0.0, 5.0)), (0.0, 1.0, 0.5));
        assert!(cdf(1.0, 0.0).is_nan() && quantile(f64::NAN, 5.0).is_nan() && quantile(0.5, -1.0).is_nan());
    }
}
