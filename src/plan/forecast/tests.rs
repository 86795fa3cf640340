//! Tests of the forecast: what its quantiles and paths must do, and what cannot be forecast.

use super::*;

/// A series with a season, a drift and a small error that repeats after 7 months.
fn history(months: usize) -> MonthlyTonnage {
    let first = Month::new(2010, 4).unwrap();
    let tonnes = |i: usize| {
        let season = libm::sin(i as f64 * core::f64::consts::PI / 6.0);
        1000.0 * libm::exp(0.1 * season + 0.002 * i as f64 + 0.01 * ((i * 3 % 7) as f64 - 3.0))
    };
    MonthlyTonnage::new((0..months).map(|i| (first.plus(i), tonnes(i))).collect()).unwrap()
}

/// Uniforms of a fixed additive sequence, one irrational step a dimension (Weyl); even enough to check moments.
fn uniforms(path: usize, dimension: usize) -> Vec<f64> {
    (0..dimension)
        .map(|d| (0.5 + path as f64 * libm::sqrt([2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0][d])) % 1.0)
        .collect()
}

#[test]
fn quantiles_and_probabilities_are_inverse_and_ordered() {
    let forecast = Forecast::fit(&history(60), 14).unwrap();
    assert_eq!((forecast.first(), forecast.months()), (Month::new(2015, 4).unwrap(), 14));
    for ahead in 0..14 {
        let mut below = 0.0;
        for p in [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999] {
            let tonnes = forecast.quantile(ahead, p);
            assert!(tonnes > below);
            assert!((forecast.cdf(ahead, tonnes) - p).abs() < 1e-9);
            below = tonnes;
        }
    }
    assert!(
        forecast.cdf(0, 0.0) == 0.0 && forecast.quantile(0, 0.0).is_finite() && forecast.quantile(0, 1.0).is_finite()
    );
}

#[test]
fn uncertainty_grows_with_the_distance() {
    let forecast = Forecast::fit(&history(60), 24).unwrap();
    let width = |ahead| libm::log(forecast.quantile(ahead, 0.95) / forecast.quantile(ahead, 0.05));
    assert!(width(12) > width(0) && width(23) > width(11));
}

#[test]
fn paths_have_the_quantiles_and_move_together() {
    let forecast = Forecast::fit(&history(60), 6).unwrap();
    let paths: Vec<Vec<f64>> = (1..4_001).map(|i| forecast.path(&uniforms(i, 8)).unwrap()).collect();
    for ahead in 0..6 {
        for p in [0.05, 0.5, 0.95] {
            let tonnes = forecast.quantile(ahead, p);
            let share = paths.iter().filter(|path| path[ahead] <= tonnes).count() as f64 / paths.len() as f64;
            assert!((share - p).abs() < 0.015, "{ahead} {p} {share}");
        }
    }
    let above = |path: &Vec<f64>, ahead| path[ahead] > forecast.quantile(ahead, 0.5);
    let together = paths.iter().filter(|path| above(path, 4) == above(path, 5)).count() as f64 / paths.len() as f64;
    assert!(together > 0.6, "a level that walks moves months together: {together}");
    assert_eq!(forecast.path(&uniforms(3, 8)), forecast.path(&uniforms(3, 8)));
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    assert_eq!(Forecast::fit(&history(60), 0), Err(ForecastError::BadLength { months: 0 }));
    assert_eq!(Forecast::fit(&history(60), 61), Err(ForecastError::BadLength { months: 61 }));
    let first = Month::new(2010, 1).unwrap();
    let zero = MonthlyTonnage::new((0..30).map(|i| (first.plus(i), f64::from(u8::from(i != 4)))).collect()).unwrap();
    assert_eq!(Forecast::fit(&zero, 1), Err(ForecastError::ZeroMonth { month: first.plus(4) }));
    let forecast = Forecast::fit(&history(24), 3).unwrap();
    assert_eq!(forecast.path(&[0.5; 4]), Err(ForecastError::WrongUniforms { wanted: 5, found: 4 }));
}

#[test]
fn a_constant_series_and_a_very_long_one_can_be_fitted() {
    let first = Month::new(1960, 1).unwrap();
    let constant =
        MonthlyTonnage::new((0..400).map(|i| (first.plus(i), f64::from(first.plus(i).days()))).collect()).unwrap();
    let forecast = Forecast::fit(&constant, 12).unwrap();
    assert!((forecast.quantile(11, 0.5) - 30.0).abs() < 0.01, "{}", forecast.quantile(11, 0.5));
}
