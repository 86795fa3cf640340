//! Scores of quantile forecasts: lower is better, and the true quantile scores best on average.
//!
//! Koenker and Bassett, Econometrica 46, 1978, 33-50; as a score, Gneiting and Raftery, JASA 102, 2007, section 6.1.

/// The loss of having named `forecast` as the quantile at `level` when `outcome` came, in the unit of the outcome:
/// level times what it fell short by, or 1 - level times what it went over by.
pub fn loss(level: f64, forecast: f64, outcome: f64) -> f64 {
    let short = outcome - forecast;
    if short >= 0.0 { level * short } else { (level - 1.0) * short }
}

/// The average loss of quantiles named at several levels, as (level, forecast). `None` if there are none.
pub fn mean_loss(forecasts: &[(f64, f64)], outcome: f64) -> Option<f64> {
    let sum: f64 = forecasts.iter().map(|&(level, forecast)| loss(level, forecast, outcome)).sum();
    (!forecasts.is_empty()).then(|| sum / forecasts.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falling_short_of_a_high_quantile_costs_more() {
        assert_eq!((loss(0.75, 10.0, 14.0), loss(0.75, 14.0, 10.0), loss(0.75, 5.0, 5.0)), (3.0, 1.0, 0.0));
        assert_eq!(loss(0.5, 3.0, 7.0), 2.0);
        assert_eq!(mean_loss(&[(0.5, 3.0), (0.75, 3.0)], 7.0), Some(2.5));
        assert_eq!(mean_loss(&[], 7.0), None);
    }

    #[test]
    fn the_true_quantile_scores_best() {
        let outcomes: Vec<f64> = (1..=99).map(f64::from).collect();
        let score = |forecast: f64| outcomes.iter().map(|&y| loss(0.9, forecast, y)).sum::<f64>();
        for forecast in (1..=99).map(f64::from) {
            assert!(score(90.0) <= score(forecast), "{forecast}");
        }
    }
}
