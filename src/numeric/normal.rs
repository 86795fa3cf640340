//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Density at `z`: exp(-z^2/2) / sqrt(2 pi).
pub fn pdf(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
}

/// P(Z <= z) = erfc(-z/sqrt 2)/2. The relative error grows as 2e-16 (1 + z^2) in the lower tail; P(Z > z) is `cdf(-z)`.
pub fn cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The z with P(Z <= z) = `p`, to about 1 part in 10^16: Wichura's algorithm AS 241, PPND16 (Applied Statistics 37,
/// 1988, 477-484), three rational approximations. Minus infinity at or below 0, infinity at or above 1.
pub fn quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let from_half = p - 0.5;
    if from_half.abs() <= 0.425 {
        let r = 0.425 * 0.425 - from_half * from_half;
        return from_half * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let tail = if from_half < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 {
        polynomial(&FLANK.0, r - 1.6) / polynomial(&FLANK.1, r - 1.6)
    } else {
        polynomial(&TAIL.0, r - 5.0) / polynomial(&TAIL.1, r - 5.0)
    };
    if from_half < 0.0 { -z } else { z }
}

/// TVaR at `p` of the standard normal law, pdf(z)/(1 - p) with z the quantile at `p`: the mean of the highest share 1 - p.
/// For mean m and standard deviation s it is m + s times this. 0 at or below 0, infinity at or above 1.
pub fn tail_mean(p: f64) -> f64 {
    if p <= 0.0 {
        0.0
    } else if p >= 1.0 {
        f64::INFINITY
    } else {
        pdf(quantile(p)) / (1.0 - p)
    }
}

/// Numerator and denominator, lowest power first, as printed in the article.
type Rational = ([f64; 8], [f64; 8]);

/// For p within 0.425 of one half, in 0.425^2 - (p - 1/2)^2.
#[expect(clippy::excessive_precision, reason = "as printed")]
const CENTRE: Rational = (
    [
        3.387_132_872_796_366_608,
        1.331_416_678_917_843_774_5e2,
        1.971_590_950_306_551_442_7e3,
        1.373_169_376_550_946_112_5e4,
        4.592_195_393_154_987_145_7e4,
        6.726_577_092_700_870_085_3e4,
        3.343_057_558_358_812_810_5e4,
        2.509_080_928_730_122_672_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091_125_2e1,
        6.871_870_074_920_579_083e2,
        5.394_196_021_424_751_107_7e3,
        2.121_379_430_158_659_586_7e4,
        3.930_789_580_009_271_061e4,
        2.872_908_573_572_194_267_4e4,
        5.226_495_278_852_854_561e3,
    ],
);

/// For a tail down to exp(-25), in sqrt(-ln tail) - 1.6.
#[expect(clippy::excessive_precision, reason = "as printed")]
const FLANK: Rational = (
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        2.417_807_251_774_506_117_7e-1,
        2.272_384_498_926_918_458_33e-2,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        6.897_673_349_851_000_045_5e-1,
        1.481_039_764_274_800_745_9e-1,
        1.519_866_656_361_645_719_66e-2,
        5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
);

/// For smaller tails, in sqrt(-ln tail) - 5.
#[expect(clippy::excessive_precision, reason = "as printed")]
const TAIL: Rational = (
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        2.965_605_718_285_048_912_3e-1,
        2.653_218_952_657_612_309_3e-2,
        1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879_376_9e-1,
        1.369_298_809_227_358_053_1e-1,
        1.487_536_129_085_061_485_25e-2,
        7.868_691_311_456_132_591e-4,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
);

fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Continuous, ContinuousCDF, Normal};

    use super::super::check::close;
    use super::*;

    #[test]
    fn printed_values_are_met() {
        // From the article's check values and mpmath at 40 digits.
        for (p, z) in [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_6),
            (1e-20, -9.262_340_089_798_407),
            (0.975, 1.959_963_984_540_054_3),
            (1e-300, -37.047_096_299_361_2),
        ] {
            close(quantile(p), z, 4e-16, &p);
        }
        close(cdf(-5.0), 2.866_515_718_791_939e-7, 1e-14, &());
        close(cdf(-37.0), 5.725_571_222_524_577e-300, 1e-12, &());
        assert_eq!(quantile(0.5), 0.0);
    }

    #[test]
    fn cdf_and_density_agree_with_another_package() {
        let law = Normal::standard();
        for i in -600..=600 {
            let z = f64::from(i) / 60.0;
            // The other package keeps 9 digits in the tail.
            close(cdf(z), law.cdf(z), 1e-9, &z);
            close(pdf(z), law.pdf(z), 1e-13, &z);
        }
    }

    #[test]
    fn quantile_and_cdf_undo_each_other() {
        let law = Normal::standard();
        for i in 1..2000 {
            let p = f64::from(i) / 2000.0;
            close(cdf(quantile(p)), p, 4e-15, &p);
            close(quantile(p), law.inverse_cdf(p), 1e-9, &p);
        }
        for exponent in 1..300 {
            let p = libm::pow(10.0, -f64::from(exponent));
            close(cdf(quantile(p)), p, 1e-12, &p);
        }
    }

    #[test]
    fn ends_are_infinite_and_nan_stays() {
        assert_eq!((quantile(0.0), quantile(-1.0)), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        assert_eq!((quantile(1.0), quantile(2.0)), (f64::INFINITY, f64::INFINITY));
        assert_eq!((cdf(f64::NEG_INFINITY), cdf(f64::INFINITY), pdf(f64::INFINITY)), (0.0, 1.0, 0.0));
        assert_eq!((tail_mean(0.0), tail_mean(1.0)), (0.0, f64::INFINITY));
        assert!(tail_mean(f64::NAN).is_nan());
        assert!(quantile(f64::NAN).is_nan() && cdf(f64::NAN).is_nan());
    }
}
