//! Samplers whose inverse needs a special function. They cost from 20 ns (lognormal) to about a microsecond.

use crate::numeric;

/// The weight of the mode in the usual Beta-PERT.
pub const PERT_SHAPE: f64 = 4.0;

/// The z that holds 95% of the standard normal distribution below it.
const Z95: f64 = 1.644_853_626_951_472_7;

/// A lognormal variate exp(mu + sigma z): `mu` and `sigma` are mean and standard deviation of its logarithm.
pub fn lognormal(u: f64, mu: f64, sigma: f64) -> f64 {
    libm::exp(mu + sigma * numeric::normal::quantile(u))
}

/// The (mu, sigma) of the lognormal law with this median and 95th percentile, both positive. A percentile that is not
/// above the median gives sigma 0, so that every draw is the median.
pub fn lognormal_from_median(median: f64, p95: f64) -> (f64, f64) {
    (libm::log(median), (libm::log(p95 / median) / Z95).max(0.0))
}

/// The (mu, sigma) of the lognormal law with this 5th and 95th percentile, both positive; sigma 0 as above.
pub fn lognormal_from_quantiles(p05: f64, p95: f64) -> (f64, f64) {
    (0.5 * (libm::log(p05) + libm::log(p95)), (libm::log(p95 / p05) / (2.0 * Z95)).max(0.0))
}

/// A gamma variate with the given mean, in its unit; the squared coefficient of variation is 1/shape. A mean that is
/// not positive gives 0.
pub fn gamma(u: f64, mean: f64, shape: f64) -> f64 {
    if mean > 0.0 { mean / shape * numeric::gamma::quantile(shape, u) } else { 0.0 }
}

/// An Erlang variate with the given mean: the sum of `stages` equal exponential stages, 1 at least.
pub fn erlang(u: f64, mean: f64, stages: u32) -> f64 {
    if stages <= 1 { super::exponential(u, mean) } else { gamma(u, mean, f64::from(stages)) }
}

/// A Beta-PERT variate of shape 4, mean (low + 4 mode + high)/6; see [`pert_shaped`].
pub fn pert(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    pert_shaped(u, low, mode, high, PERT_SHAPE)
}

/// A modified Beta-PERT variate, in the convention of Vose (*Risk Analysis*): low + (high - low) times a beta variate
/// of shapes 1 + shape (mode - low)/(high - low) and 1 + shape (high - mode)/(high - low), so that the mean is
/// (low + shape mode + high)/(shape + 2). Not the convention that fixes the standard deviation at (high - low)/6.
/// `low` where low and high are equal.
pub fn pert_shaped(u: f64, low: f64, mode: f64, high: f64, shape: f64) -> f64 {
    let range = high - low;
    if range <= 0.0 {
        return low;
    }
    let (alpha, beta) = numeric::pert::standard_shapes(low, mode, high, shape);
    low + range * numeric::beta::quantile(alpha, beta, u)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_distr::Distribution;
    use statrs::distribution::ContinuousCDF;

    use super::super::check::{agrees, follows, rises};
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    #[test]
    fn samplers_follow_their_distributions() {
        let (mu, sigma) = lognormal_from_median(10.0, 40.0);
        let law = statrs::distribution::LogNormal::new(mu, sigma).unwrap();
        follows("lognormal", |u| lognormal(u, mu, sigma), |x| law.cdf(x));
        for shape in [0.4, 1.0, 3.0, 50.0] {
            let law = statrs::distribution::Gamma::new(shape, shape / 7.0).unwrap();
            follows("gamma", |u| gamma(u, 7.0, shape), |x| law.cdf(x));
        }
        let law = statrs::distribution::Erlang::new(3, 0.5).unwrap();
        follows("erlang", |u| erlang(u, 6.0, 3), |x| law.cdf(x));
        let law = statrs::distribution::Beta::new(1.0 + 4.0 / 3.0, 1.0 + 8.0 / 3.0).unwrap();
        follows("pert", |u| pert(u, 5.0, 20.0, 50.0), |x| law.cdf((x - 5.0) / 45.0));
    }

    #[test]
    fn samplers_agree_with_another_package() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(2);
        let law = rand_distr::LogNormal::new(1.0, 0.5).unwrap();
        agrees("lognormal", |u| lognormal(u, 1.0, 0.5), || law.sample(&mut rng));
        let law = rand_distr::Gamma::new(2.5, 2.0).unwrap();
        agrees("gamma", |u| gamma(u, 5.0, 2.5), || law.sample(&mut rng));
        let law = rand_distr::Pert::new(5.0, 50.0).with_mode(20.0).unwrap();
        agrees("pert", |u| pert(u, 5.0, 20.0, 50.0), || law.sample(&mut rng));
    }

    #[test]
    fn samplers_rise_with_the_uniform() {
        rises("lognormal", |u| lognormal(u, 0.0, 2.0));
        rises("gamma", |u| gamma(u, 1.0, 0.7));
        rises("erlang", |u| erlang(u, 1.0, 12));
        rises("pert", |u| pert(u, 0.0, 1.0, 1.0));
    }

    #[test]
    fn lognormal_parameters_return_their_percentiles() {
        let (mu, sigma) = lognormal_from_median(10.0, 40.0);
        assert!((lognormal(0.5, mu, sigma) - 10.0).abs() < 1e-13);
        assert!((lognormal(0.95, mu, sigma) - 40.0).abs() < 1e-12);
        let (mu, sigma) = lognormal_from_quantiles(2.0, 30.0);
        assert!((lognormal(0.05, mu, sigma) - 2.0).abs() < 1e-13);
        assert!((lognormal(0.95, mu, sigma) - 30.0).abs() < 1e-12);
        assert!((Z95 - numeric::normal::quantile(0.95)).abs() < 1e-14);
    }

    #[test]
    fn degenerate_parameters_give_the_only_value_there_is() {
        assert_eq!(lognormal_from_median(3.0, 2.0), (libm::log(3.0), 0.0));
        assert_eq!((gamma(0.3, 0.0, 2.0), erlang(0.3, -1.0, 2), pert(0.3, 4.0, 4.0, 4.0)), (0.0, 0.0, 4.0));
        assert_eq!(erlang(0.3, 5.0, 0), super::super::exponential(0.3, 5.0));
    }

    #[test]
    fn value_stability() {
        let mut stream = Luck::new(1).stream(Purpose::TEST, Entity::of("skewed"));
        let bits = [
            lognormal(stream.uniform(), 1.0, 0.5),
            gamma(stream.uniform(), 3.0, 0.7),
            gamma(stream.uniform(), 3.0, 40.0),
            erlang(stream.uniform(), 3.0, 4),
            pert(stream.uniform(), 1.0, 2.0, 7.0),
        ]
        .map(f64::to_bits);
        assert_eq!(bits, VALUES, "{bits:#x?}");
    }

    // Within 5 units in the last place of values by mpmath at 30 digits.
    const VALUES: [u64; 5] = [
        0x3ffc_c9b5_3333_ecca,
        0x3fde_ae86_8519_2373,
        0x4006_5c62_d9ca_b4ef,
        0x4005_4eeb_840a_df13,
        0x4002_55d7_655f_378e,
    ];
}
