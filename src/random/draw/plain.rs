//! Samplers with an elementary inverse: the hot path of the simulation.

use crate::numeric::ln::ln;

/// An exponential variate with the given mean, in the mean's unit: -mean ln(1-u). A mean that is not positive gives 0.
#[inline]
pub fn exponential(u: f64, mean: f64) -> f64 {
    // 1 - u is exact for the stream's uniforms, so the slower log1p would gain nothing.
    if mean > 0.0 { -mean * ln(1.0 - u) } else { 0.0 }
}

/// A variate spread evenly from `low` to `high`; `low` where they are equal.
#[inline]
pub fn uniform(u: f64, low: f64, high: f64) -> f64 {
    low + u * (high - low)
}

/// A triangular variate: density rising from `low` to `mode` and falling to `high`; `low` where all are equal.
#[inline]
pub fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let (range, rise) = (high - low, mode - low);
    if range <= 0.0 {
        low
    } else {
        // Both sides end in the one root, so that which it is need not be a branch, mispredicted half of the time.
        let rises = u * range < rise;
        let (share, side) = if rises { (u, rise) } else { (1.0 - u, high - mode) };
        let root = (share * range * side).sqrt();
        if rises { low + root } else { high - root }
    }
}

/// A Weibull variate, scale (-ln(1-u))^(1/shape), in the scale's unit. Shape 1 is exponential, above 1 ageing.
#[inline]
pub fn weibull(u: f64, scale: f64, shape: f64) -> f64 {
    scale * libm::pow(-libm::log(1.0 - u), 1.0 / shape)
}

/// The scale that gives a Weibull variate this mean: mean / Gamma(1 + 1/shape).
pub fn weibull_scale(mean: f64, shape: f64) -> f64 {
    mean / libm::tgamma(1.0 + 1.0 / shape)
}

/// A Weibull variate with the given mean, in its unit. Plans that draw often keep the [scale](weibull_scale) instead.
pub fn weibull_with_mean(u: f64, mean: f64, shape: f64) -> f64 {
    weibull(u, weibull_scale(mean, shape), shape)
}

#[cfg(test)]
mod tests {
    use rand_distr::Distribution;
    use statrs::distribution::ContinuousCDF;

    use super::super::check::{agrees, follows, rises};
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    #[test]
    fn samplers_follow_their_distributions() {
        let law = statrs::distribution::Exp::new(1.0 / 3.5).unwrap();
        follows("exponential", |u| exponential(u, 3.5), |x| law.cdf(x));
        let law = statrs::distribution::Uniform::new(-2.0, 5.0).unwrap();
        follows("uniform", |u| uniform(u, -2.0, 5.0), |x| law.cdf(x));
        for (low, mode, high) in [(1.0, 2.0, 7.0), (1.0, 1.0, 4.0), (1.0, 4.0, 4.0)] {
            let law = statrs::distribution::Triangular::new(low, high, mode).unwrap();
            follows("triangular", |u| triangular(u, low, mode, high), |x| law.cdf(x));
        }
        for shape in [0.6, 1.0, 2.0, 5.0] {
            let law = statrs::distribution::Weibull::new(shape, weibull_scale(12.0, shape)).unwrap();
            follows("weibull", |u| weibull_with_mean(u, 12.0, shape), |x| law.cdf(x));
        }
    }

    #[test]
    fn samplers_agree_with_another_package() {
        use rand::SeedableRng;
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let law = rand_distr::Exp::new(0.25).unwrap();
        agrees("exponential", |u| exponential(u, 4.0), || law.sample(&mut rng));
        let law = rand_distr::Triangular::new(0.0, 10.0, 2.0).unwrap();
        agrees("triangular", |u| triangular(u, 0.0, 2.0, 10.0), || law.sample(&mut rng));
        let law = rand_distr::Weibull::new(3.0, 1.7).unwrap();
        agrees("weibull", |u| weibull(u, 3.0, 1.7), || law.sample(&mut rng));
    }

    #[test]
    fn samplers_rise_with_the_uniform() {
        rises("exponential", |u| exponential(u, 2.0));
        rises("uniform", |u| uniform(u, -1.0, 1.0));
        rises("triangular", |u| triangular(u, 1.0, 2.0, 5.0));
        rises("weibull", |u| weibull(u, 2.0, 0.7));
    }

    #[test]
    fn the_weibull_scale_keeps_the_mean() {
        // Gamma(1 + 1/2) = sqrt(pi)/2, Gamma(1 + 1/0.5) = 2.
        assert!((weibull_scale(365.0, 2.0) - 365.0 * 2.0 / std::f64::consts::PI.sqrt()).abs() < 1e-12);
        assert_eq!(weibull_scale(10.0, 0.5), 5.0);
    }

    #[test]
    fn degenerate_parameters_give_the_only_value_there_is() {
        assert_eq!(exponential(0.7, 0.0), 0.0);
        assert_eq!(exponential(0.7, f64::NAN), 0.0);
        assert_eq!(uniform(0.7, 3.0, 3.0), 3.0);
        assert_eq!(triangular(0.7, 3.0, 3.0, 3.0), 3.0);
    }

    #[test]
    fn value_stability() {
        let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("plain"));
        let bits = [
            exponential(stream.uniform(), 3.0),
            uniform(stream.uniform(), 2.0, 9.0),
            triangular(stream.uniform(), 1.0, 2.0, 7.0),
            triangular(stream.uniform(), 1.0, 6.0, 7.0),
            weibull_with_mean(stream.uniform(), 365.0, 2.0),
        ]
        .map(f64::to_bits);
        assert_eq!(bits, VALUES, "{bits:#x?}");
    }

    const VALUES: [u64; 5] = [
        0x3ff7_361c_8be3_1d04,
        0x4018_7503_de04_0254,
        0x4014_817b_45d9_3c82,
        0x4011_2aea_4096_7f4e,
        0x4054_2ae0_8b10_e3b5,
    ];
}
