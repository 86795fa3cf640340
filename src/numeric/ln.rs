//! A natural logarithm for the hot path.

use std::sync::LazyLock;

/// Centres in an interval of length 1.
const STEPS: usize = 128;
/// The first centre, 0.6875, and how many follow to 1.375.
const FIRST: usize = 88;
const CENTRES: usize = 89;

/// By centre c: 1/c and ln c.
static TABLE: LazyLock<[(f64, f64); CENTRES]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let centre = (FIRST + i) as f64 / STEPS as f64;
        (1.0 / centre, libm::log(centre))
    })
});

/// ln `x` within 4.5e-16 of it, relatively, for a positive normal `x`; nonsense for any other. Faster than `libm::log`, and
/// of the same bits on every platform: only sums and products.
///
/// With x = 2^k m, m in \[0.6875, 1.375), and c the multiple of 1/128 that is nearest to m, ln x = k ln 2 + ln c + ln(1 + r),
/// r = (m - c)/c, of which the last is a series in r (P. T. P. Tang, ACM TOMS 16, 1990, 378-400, for the method). Near 1
/// there is nothing but the series.
#[inline]
pub fn ln(x: f64) -> f64 {
    const LOWEST: u64 = 0x3fe6_0000_0000_0000;
    let over = x.to_bits().wrapping_sub(LOWEST);
    let exponent = over as i64 >> 52;
    let m = f64::from_bits(x.to_bits().wrapping_sub((exponent as u64) << 52));
    let nearest = (m * STEPS as f64 + 0.5) as usize;
    let (inverse, ln_centre) = TABLE[nearest - FIRST];
    let r = (m - nearest as f64 * (1.0 / STEPS as f64)) * inverse;
    let square = r * r;
    let high = -1.0 / 4.0 + r * (1.0 / 5.0) + square * (-1.0 / 6.0 + r * (1.0 / 7.0));
    let series = square * (-1.0 / 2.0 + r * (1.0 / 3.0) + square * high);
    (exponent as f64 * std::f64::consts::LN_2 + ln_centre) + (r + series)
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
