//! The regularised incomplete beta function and its inverse.

use std::f64::consts::PI;

use super::gamma::{deviation, stirling_ratio};
use super::normal;

/// I_x(a, b): the chance that a beta variate of shapes `a`, `b` > 0 is at most `x`. 0 for `x` <= 0, 1 for `x` >= 1.
pub fn regularised(a: f64, b: f64, x: f64) -> f64 {
    both(a, b, x, 1.0 - x).0
}

/// The x with I_x(a, b) = `p`. 0 at or below 0 (and where the value underflows), 1 at or above 1.
pub fn quantile(a: f64, b: f64, p: f64) -> f64 {
    inverse(a, b, p, 1.0 - p).0
}

/// I_x(a, b) and its complement, for `x` + `y` = 1 given separately, so that neither loses digits near an end.
pub(super) fn both(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if !a.is_finite() || !b.is_finite() || x.is_nan() || a <= 0.0 || b <= 0.0 {
        (f64::NAN, f64::NAN)
    } else if x <= 0.0 {
        (0.0, 1.0)
    } else if y <= 0.0 {
        (1.0, 0.0)
    } else {
        shares(a, b, x, y, leading_term(a, b, x, y))
    }
}

/// The x and y = 1 - x with I_x(a, b) = `p`, for `p` + `q` = 1.
///
/// Newton's method for ln I as a function of ln(x/y), on the side of the smaller probability. It is concave there
/// (the density of the log-odds is log-concave), so after one step the root is approached from one side only.
pub(super) fn inverse(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    if !a.is_finite() || !b.is_finite() || p.is_nan() || a <= 0.0 || b <= 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if p <= 0.0 {
        return (0.0, 1.0);
    }
    if q <= 0.0 {
        return (1.0, 0.0);
    }
    if p > q {
        let (y, x) = inverse(b, a, q, p);
        return (x, y);
    }
    let target = libm::log(p);
    let constant = constant(a, b);
    let mut odds = first_guess(a, b, p);
    for _ in 0..100 {
        let (x, y) = split(odds);
        let leading = constant * shape(a, b, x, y);
        let lower = shares(a, b, x, y, leading).0;
        let slope = leading / lower;
        let step = if lower > 0.0 && slope > 0.0 { (target - libm::log(lower)) / slope } else { 3.0 };
        odds *= libm::exp(step.clamp(-700.0, 700.0));
        // Convergence is quadratic: the error left is of the order of the square.
        if step.abs() < 1e-8 || odds == 0.0 {
            break;
        }
    }
    split(odds)
}

/// x^a y^b / B(a, b): the density times x y. Written around the mean, where plain logarithms would cancel.
pub(super) fn leading_term(a: f64, b: f64, x: f64, y: f64) -> f64 {
    constant(a, b) * shape(a, b, x, y)
}

/// The leading term at the mean.
fn constant(a: f64, b: f64) -> f64 {
    let n = a + b;
    (a / n * b / (2.0 * PI)).sqrt() * stirling_ratio(n) / (stirling_ratio(a) * stirling_ratio(b))
}

/// The leading term in proportion to that at the mean.
fn shape(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let excess = x * b - y * a;
    libm::exp(a * deviation(x * n / a, excess / a) + b * deviation(y * n / b, -excess / b))
}

/// I_x(a, b) and its complement inside the interval, given the leading term, which both share.
fn shares(a: f64, b: f64, x: f64, y: f64, leading: f64) -> (f64, f64) {
    if x <= (a + 1.0) / (a + b + 2.0) {
        let lower = (leading * fraction(a, b, x, y)).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (leading * fraction(b, a, y, x)).min(1.0);
        (1.0 - upper, upper)
    }
}

fn split(odds: f64) -> (f64, f64) {
    (odds / (1.0 + odds), 1.0 / (1.0 + odds))
}

/// The odds x/y near I_x = `p` <= 1/2: normal log-odds where both shapes allow it, else the power law of small x.
fn first_guess(a: f64, b: f64, p: f64) -> f64 {
    let log_odds = if a >= 1.0 && b >= 1.0 {
        libm::log(a / b) + normal::quantile(p) * (1.0 / a + 1.0 / b).sqrt()
    } else {
        let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
        ((libm::log(p) + libm::log(a) + ln_beta) / a).min(libm::log(a / b))
    };
    libm::exp(log_odds.clamp(-700.0, 700.0))
}

/// I_x(a, b) over its leading term, for x below the mean: the even part of the continued fraction DLMF 8.17.22, in the
/// form of DiDonato and Morris (ACM Transactions on Mathematical Software 18, 1992, 360-373), evaluated forwards by
/// Lentz's method. With a - (a+b) x written as a y - b x, nothing cancels when x is near 1.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let nonzero = |v: f64| if v == 0.0 { TINY } else { v };
    let excess = a * y - b * x;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / nonzero(a / (a + 1.0) * (excess + 1.0));
    let mut value = d;
    // The number of turns grows as the square root of the larger shape.
    for n in 1..1_000_000 {
        let n = f64::from(n);
        let odd = a + 2.0 * n - 1.0;
        let numerator = (a + n - 1.0) / odd * ((a + b + n - 1.0) / odd) * n * (b - n) * x * x;
        let term = n + n * (b - n) * x / odd + (a + n) / (odd + 2.0) * (excess + 1.0 + n * (1.0 + y));
        d = 1.0 / nonzero(term + numerator * d);
        c = nonzero(term + numerator / c);
        value *= c * d;
        if (c * d - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use statrs::function::beta::beta_reg;

    use super::super::check::close;
    use super::*;

    #[test]
    fn shares_agree_with_another_package() {
        for a in [0.05, 0.5, 1.0, 3.0, 40.0, 600.0] {
            for b in [0.05, 0.5, 1.0, 7.0, 90.0] {
                for i in 1..50 {
                    let x = f64::from(i) / 50.0;
                    if beta_reg(a, b, x) > 1e-250 {
                        close(regularised(a, b, x), beta_reg(a, b, x), 1e-9, &(a, b, x));
                    }
                }
            }
        }
    }

    #[test]
    fn values_from_high_precision_are_met() {
        // By mpmath at 40 digits.
        for (a, b, x, expect) in [
            (0.001, 0.2, 1e-9, 0.974_897_618_462_413_7),
            (1.634_822_835_851_279_5, 70_109.279_999_340_62, 5e-5, 0.913_469_498_941_558_4),
            (30.0, 1e6, 4e-5, 0.956_790_426_393_029_2),
            (500.0, 0.5, 0.999, 0.317_310_447_309_717_14),
        ] {
            close(regularised(a, b, x), expect, 4e-14, &(a, b, x));
        }
    }

    #[test]
    fn quantiles_undo_the_shares() {
        for a in [1e-3, 0.05, 0.5, 1.0, 2.0, 30.0, 1e3, 1e5] {
            for b in [1e-3, 0.2, 1.0, 5.0, 80.0, 1e4, 1e6] {
                for p in [1e-60, 1e-9, 0.025, 0.3, 0.5, 0.6, 0.975, 1.0 - 1e-9] {
                    let (x, y) = inverse(a, b, p, 1.0 - p);
                    if x > 1e-290 && y > 1e-290 {
                        let (lower, upper) = both(a, b, x, y);
                        close(lower, p, 1e-12, &(a, b, p, x));
                        close(upper, 1.0 - p, 1e-12, &(a, b, p, x));
                    }
                }
            }
        }
    }

    #[test]
    fn ends_and_foreign_arguments_are_as_documented() {
        assert_eq!((regularised(2.0, 3.0, 0.0), regularised(2.0, 3.0, 1.0)), (0.0, 1.0));
        assert_eq!((regularised(2.0, 3.0, -1.0), regularised(2.0, 3.0, 7.0)), (0.0, 1.0));
        assert_eq!((quantile(2.0, 3.0, 0.0), quantile(2.0, 3.0, 1.0)), (0.0, 1.0));
        assert!(regularised(0.0, 1.0, 0.5).is_nan() && regularised(1.0, 1.0, f64::NAN).is_nan());
        assert!(regularised(f64::INFINITY, 1.0, 0.5).is_nan() && quantile(1.0, f64::INFINITY, 0.5).is_nan());
        assert!(quantile(1.0, -1.0, 0.5).is_nan() && quantile(1.0, 1.0, f64::NAN).is_nan());
    }
}
