//! A natural logarithm for the hot path.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

/// Bits of a number's fraction.
const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;
/// With a whole number in its last bits, 2^52 and that number.
const WHOLE: f64 = (1_u64 << FRACTION) as f64;
/// What is added to an exponent, so that it is never negative.
const BIAS: u64 = 1 << 10;

/// ln `x` within 4.5e-16 of it, relatively, for a positive normal `x`; nonsense for any other. Of the same bits on every
/// platform: only sums, products and a quotient. Without branches and tables, so that a compiler makes several at once.
///
/// With x = 2^k (1 + f), 1 + f from sqrt(1/2) to sqrt(2), and s = f/(2 + f), ln(1 + f) = 2 artanh s, a series in the odd
/// powers of s (Abramowitz and Stegun, 4.1.27). As f - f^2/2 + s (f^2/2 + 2 s^2/3 + 2 s^4/5 + ...) little is lost where f
/// is small, since 2 s = f - s f.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (k, f, s) = reduced(x);
    summed(k, f, s, series(s))
}

/// The same of some numbers, faster: one step for all of them after the other, since one would wait for itself at each.
#[inline]
pub fn ln_each<const N: usize>(x: &[f64; N]) -> [f64; N] {
    let (mut k, mut f, mut s, mut sums) = ([0.0; N], [0.0; N], [0.0; N], [0.0; N]);
    for i in 0..N {
        (k[i], f[i], s[i]) = reduced(x[i]);
    }
    for i in 0..N {
        sums[i] = series(s[i]);
    }
    for i in 0..N {
        sums[i] = summed(k[i], f[i], s[i], sums[i]);
    }
    sums
}

/// k, f and s of a number.
#[inline(always)]
fn reduced(x: f64) -> (f64, f64, f64) {
    let up = (BIAS << FRACTION).wrapping_sub(FRAC_1_SQRT_2.to_bits());
    let exponent = x.to_bits().wrapping_add(up) >> FRACTION;
    let k = f64::from_bits(WHOLE.to_bits() | exponent) - (WHOLE + BIAS as f64);
    let f = f64::from_bits(x.to_bits().wrapping_sub(exponent.wrapping_sub(BIAS) << FRACTION)) - 1.0;
    (k, f, f / (2.0 + f))
}

/// The series in s from the square on.
#[inline(always)]
fn series(s: f64) -> f64 {
    let s2 = s * s;
    let s4 = s2 * s2;
    let odd = 2.0 / 3.0 + s4 * (2.0 / 7.0 + s4 * (2.0 / 11.0 + s4 * (2.0 / 15.0 + s4 * (2.0 / 19.0))));
    let even = 2.0 / 5.0 + s4 * (2.0 / 9.0 + s4 * (2.0 / 13.0 + s4 * (2.0 / 17.0)));
    s2 * odd + s4 * even
}

#[inline(always)]
fn summed(k: f64, f: f64, s: f64, series: f64) -> f64 {
    let half = 0.5 * f * f;
    k * LN_2 + (f - (half - s * (half + series)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_logarithm() {
        let mut x = 1u64;
        let mut worst = 0.0_f64;
        for n in 0..200_000 {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Shares of all sizes, and some close to 1.
            let share = (x >> 11) as f64 / (1u64 << 53) as f64;
            let share = match n % 4 {
                0 => share,
                1 => 1.0 - share * 1e-6,
                2 => 1.0 - share * 0.3,
                _ => share * 1e-9,
            };
            let right = libm::log(share);
            worst = worst.max(((ln(share) - right) / right).abs());
        }
        assert!(worst < 4.5e-16, "{worst:e}");
        assert_eq!((ln(1.0), ln(2.0), ln(0.5)), (0.0, std::f64::consts::LN_2, -std::f64::consts::LN_2));
    }

    #[test]
    fn its_bits_are_stable() {
        let bits = [0.1, 0.5, 0.9, 0.999_999].map(|x: f64| ln(x).to_bits());
        assert_eq!(
            bits,
            [
                13_835_739_416_338_191_637,
                13_827_790_571_168_217_583,
                13_815_628_482_782_839_132,
                13_740_701_232_324_203_056
            ]
        );
    }
}
