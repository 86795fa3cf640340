//! The gamma function's logarithm, the regularised incomplete gamma functions, and their inverse.

use std::f64::consts::PI;

use super::normal;

/// ln |Gamma(x)|.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// P(a, x): the chance that a gamma variate of shape `a` > 0 and scale 1 is at most `x`. 0 for `x` <= 0.
pub fn regularised_lower(a: f64, x: f64) -> f64 {
    both(a, x).0
}

/// Q(a, x) = 1 - P(a, x), without the cancellation. 1 for `x` <= 0.
pub fn regularised_upper(a: f64, x: f64) -> f64 {
    both(a, x).1
}

/// The x with P(a, x) = `p`. 0 at or below 0 (and where the value underflows), infinity at or above 1.
///
/// Newton's method for ln P or ln Q as a function of ln x. Both are concave there (the density of ln x is
/// log-concave), so the iteration cannot cycle; it starts from Wilson and Hilferty's cube.
pub fn quantile(a: f64, p: f64) -> f64 {
    if !a.is_finite() || a <= 0.0 || p.is_nan() {
        return f64::NAN;
    }
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // P(a, x) <= x^a / Gamma(a+1), so this is never too large, and it is right for small x.
    let power = libm::exp((libm::log(p) + ln_gamma(a + 1.0)) / a);
    if power == 0.0 {
        return 0.0;
    }
    let root = 1.0 - 1.0 / (9.0 * a) + normal::quantile(p) / (3.0 * a.sqrt());
    let mut x = power.max(a * root * root * root);
    let lower = p <= 0.5;
    let target = libm::log(if lower { p } else { 1.0 - p });
    let constant = constant(a);
    for _ in 0..100 {
        let leading = constant * shape(a, x);
        let (below, above) = shares(a, x, leading);
        let (share, sign) = if lower { (below, 1.0) } else { (above, -1.0) };
        let slope = leading / share;
        // Far out a share underflows and has no slope; then come back by a fixed factor.
        let step = if share > 0.0 && slope > 0.0 {
            (sign * (target - libm::log(share)) / slope).clamp(-3.0, 3.0)
        } else {
            sign
        };
        x *= libm::exp(step);
        // Convergence is quadratic: the error left is of the order of the square.
        if step.abs() < 1e-8 {
            break;
        }
    }
    x
}

/// x^a e^-x / Gamma(a): the density times x. Written around x = a, where plain logarithms would cancel.
pub(super) fn leading_term(a: f64, x: f64) -> f64 {
    constant(a) * shape(a, x)
}

/// The leading term at x = a.
fn constant(a: f64) -> f64 {
    (a / (2.0 * PI)).sqrt() / stirling_ratio(a)
}

/// The leading term in proportion to that at x = a.
fn shape(a: f64, x: f64) -> f64 {
    libm::exp(a * deviation(x / a, (x - a) / a))
}

/// Gamma(a) / (sqrt(2 pi / a) (a/e)^a), which tends to 1: Stirling's series (DLMF 5.11.1) from 10 on.
pub(super) fn stirling_ratio(a: f64) -> f64 {
    if a < 10.0 {
        return libm::tgamma(a) * (a / (2.0 * PI)).sqrt() * libm::exp(a - a * libm::log(a));
    }
    // B_2k / (2k (2k-1)) for k = 1, 2, ...
    const SERIES: [f64; 7] =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0];
    let inverse = 1.0 / a;
    let square = inverse * inverse;
    libm::exp(inverse * SERIES.iter().rev().fold(0.0, |sum, c| sum * square + c))
}

/// ln(ratio) - (ratio - 1), given the ratio and, exactly, its distance `d` from 1. Never positive.
pub(super) fn deviation(ratio: f64, d: f64) -> f64 {
    // Also keeps NaN out of the loop below, which would not end.
    if d.is_nan() || d.abs() > 0.5 {
        return libm::log(ratio) - d;
    }
    // ln(1+d) = 2 artanh r with r = d/(2+d); 2r - d = -d r takes the leading terms away exactly.
    let r = d / (2.0 + d);
    let square = r * r;
    let (mut power, mut sum, mut k) = (square, 1.0 / 3.0, 5.0);
    loop {
        let next = sum + power / k;
        if next == sum {
            return -d * r + 2.0 * r * square * sum;
        }
        (power, sum, k) = (power * square, next, k + 2.0);
    }
}

/// P and Q together; the smaller one is computed and the other is its complement.
fn both(a: f64, x: f64) -> (f64, f64) {
    if !a.is_finite() || x.is_nan() || a <= 0.0 {
        (f64::NAN, f64::NAN)
    } else if x <= 0.0 {
        (0.0, 1.0)
    } else if x == f64::INFINITY {
        (1.0, 0.0)
    } else {
        shares(a, x, leading_term(a, x))
    }
}

/// P and Q inside the interval, given the leading term.
fn shares(a: f64, x: f64, leading: f64) -> (f64, f64) {
    if a >= 20.0 && x > 0.3 * a && x < 2.35 * a {
        uniform_expansion(a, x)
    } else if x < a + 1.0 {
        let lower = (leading / a * series(a, x)).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (leading * fraction(a, x)).min(1.0);
        (1.0 - upper, upper)
    }
}

/// P over its leading term, times a, by its power series (DLMF 8.11.4).
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0, 1.0, a + 1.0);
    loop {
        term *= x / n;
        if sum + term == sum {
            return sum;
        }
        sum += term;
        n += 1.0;
    }
}

/// Q over its leading term, by its continued fraction (DLMF 8.9.2, contracted), evaluated forwards by Lentz's method.
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / nonzero(numerator * d + b, TINY);
        c = nonzero(b + numerator / c, TINY);
        value *= d * c;
        if (d * c - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}

fn nonzero(x: f64, tiny: f64) -> f64 {
    if x == 0.0 { tiny } else { x }
}

/// P and Q for large `a` by Temme's uniform expansion (DLMF 8.12.3-4), Q = erfc(eta sqrt(a/2))/2 + R, with
/// eta^2/2 = l - 1 - ln l, l = x/a and R = exp(-a eta^2/2) S(eta) / sqrt(2 pi a).
///
/// Differentiating gives eta S - S'/a = f/G - 1, where f = eta/(l - 1) and G is [`stirling_ratio`]. So the coefficients
/// c of G S satisfy `c[n-1] = f[n] + (n+1) c[n+1]/a`, solved downwards, and `G = 1 + c[1]/a`.
fn uniform_expansion(a: f64, x: f64) -> (f64, f64) {
    let half_square = -deviation(x / a, (x - a) / a);
    let eta = libm::copysign((2.0 * half_square).sqrt(), x - a);
    let mut c = [0.0; TERMS + 1];
    for n in (1..TERMS).rev() {
        c[n - 1] = FLATNESS[n] + (n + 1) as f64 * c[n + 1] / a;
    }
    let sum = c.iter().rev().fold(0.0, |sum, c| sum * eta + c);
    let rest = libm::exp(-a * half_square) / (2.0 * PI * a).sqrt() * sum / (1.0 + c[1] / a);
    let z = eta * (0.5 * a).sqrt();
    let (lower, upper) = (0.5 * libm::erfc(-z) - rest, 0.5 * libm::erfc(z) + rest);
    (lower.clamp(0.0, 1.0), upper.clamp(0.0, 1.0))
}

/// Taylor coefficients of eta/(l - 1) in eta, where eta^2/2 = l - 1 - ln l; the radius of convergence is 2 sqrt(pi).
const FLATNESS: [f64; TERMS] = flatness();
const TERMS: usize = 28;

const fn flatness() -> [f64; TERMS] {
    // m = l - 1 = eta + m[2] eta^2 + ... satisfies m m' = eta (1 + m).
    let mut m = [0.0; TERMS + 1];
    m[1] = 1.0;
    let mut n = 2;
    while n <= TERMS {
        let mut sum = m[n - 1];
        let mut i = 2;
        while i < n {
            sum -= m[i] * (n - i + 1) as f64 * m[n - i + 1];
            i += 1;
        }
        m[n] = sum / (n + 1) as f64;
        n += 1;
    }
    // The reciprocal of 1 + m[2] eta + m[3] eta^2 + ...
    let mut f = [0.0; TERMS];
    f[0] = 1.0;
    let mut n = 1;
    while n < TERMS {
        let mut j = 1;
        while j <= n {
            f[n] -= m[j + 1] * f[n - j];
            j += 1;
        }
        n += 1;
    }
    f
}

#[cfg(test)]
mod tests {
    use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma as other_ln_gamma};

    use super::super::check::close;
    use super::*;

    #[test]
    fn the_coefficients_are_temmes() {
        for (n, expect) in [(1, -1.0 / 3.0), (2, 1.0 / 12.0), (3, -2.0 / 135.0), (4, 1.0 / 864.0), (5, 1.0 / 2835.0)] {
            close(FLATNESS[n], expect, 1e-14, &n);
        }
    }

    #[test]
    fn shares_agree_with_another_package() {
        for a in [0.01, 0.3, 1.0, 2.5, 12.0, 19.9, 20.0, 33.0, 150.0, 1e3] {
            for i in 1..80 {
                let x = a * libm::pow(10.0, f64::from(i) / 20.0 - 2.0);
                assert!((ln_gamma(x) - other_ln_gamma(x)).abs() < 1e-13 * (1.0 + x), "{x}");
                // The other package loses digits as the shape grows; far tails are compared elsewhere.
                if gamma_lr(a, x) > 1e-200 {
                    close(regularised_lower(a, x), gamma_lr(a, x), 1e-10, &(a, x));
                }
                if gamma_ur(a, x) > 1e-12 {
                    close(regularised_upper(a, x), gamma_ur(a, x), 1e-10, &(a, x));
                }
            }
        }
    }

    #[test]
    fn values_from_high_precision_are_met() {
        // By mpmath at 40 digits.
        for (a, x, lower, upper) in [
            (0.001, 1e-9, 0.980_054_719_903_931_1, 0.019_945_280_096_068_91),
            (5.5, 0.25, 1.373_470_693_637_318_6e-6, 0.999_998_626_529_306_4),
            (5.5, 20.0, 0.999_964_224_875_472_3, 0.000_035_775_124_527_655_24),
            (100.0, 130.0, 0.997_249_591_632_693_4, 0.002_750_408_367_306_526),
            (1e4, 9700.0, 0.001_234_175_584_468_492, 0.998_765_824_415_531_5),
            (1e7, 1.0003e7, 0.828_611_829_331_870_5, 0.171_388_170_668_129_52),
            (1e7, 9.99e6, 0.000_780_153_215_252_048_7, 0.999_219_846_784_748),
        ] {
            close(regularised_lower(a, x), lower, 2e-14, &(a, x));
            close(regularised_upper(a, x), upper, 2e-14, &(a, x));
        }
    }

    #[test]
    fn neighbouring_methods_meet_where_they_change() {
        for (a, x) in [(20.0, 20.0 * 0.3), (40.0, 40.0 * 2.35), (1e4, 3e3), (1e4, 2.35e4)] {
            for x in [x * (1.0 - 1e-14), x * (1.0 + 1e-14)] {
                let (lower, upper) = both(a, x);
                let (other_lower, other_upper) = uniform_expansion(a, x);
                if x < a {
                    close(other_lower, lower, 1e-11, &(a, x));
                } else {
                    close(other_upper, upper, 1e-11, &(a, x));
                }
            }
        }
    }

    #[test]
    fn quantiles_undo_the_shares() {
        for a in [1e-3, 0.05, 0.5, 1.0, 3.0, 25.0, 1e3, 1e5, 1e7] {
            for p in [1e-100, 1e-12, 0.001, 0.05, 0.3, 0.5, 0.501, 0.9, 0.999, 1.0 - 1e-12] {
                let x = quantile(a, p);
                if x > 1e-290 {
                    let (lower, upper) = both(a, x);
                    // Rounding of x alone moves the share by about this much in a far tail.
                    let tolerance = 4e-13 + 2e-14 * f64::sqrt(a);
                    close(lower, p, tolerance, &(a, p, x));
                    close(upper, 1.0 - p, tolerance, &(a, p, x));
                }
            }
        }
    }

    #[test]
    fn ends_and_foreign_arguments_are_as_documented() {
        assert_eq!(both(2.0, 0.0), (0.0, 1.0));
        assert_eq!(both(2.0, f64::INFINITY), (1.0, 0.0));
        assert_eq!((quantile(2.0, 0.0), quantile(2.0, 1.0)), (0.0, f64::INFINITY));
        assert_eq!(quantile(1e-3, 0.01), 0.0);
        assert!(regularised_lower(0.0, 1.0).is_nan() && regularised_upper(1.0, f64::NAN).is_nan());
        assert!(quantile(f64::INFINITY, 0.5).is_nan() && regularised_lower(f64::INFINITY, 1.0).is_nan());
        assert!(quantile(-1.0, 0.5).is_nan() && quantile(1.0, f64::NAN).is_nan());
    }
}
