//! Mean and standard deviation of values that come one after another.

/// Moments of the values so far (B. P. Welford, Technometrics 4, 1962, 419-420), for rules that look after each value.
/// Where all values are at hand, [`Summary`](super::Summary) is more exact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Running {
    n: usize,
    mean: f64,
    /// Sum of squared deviations from the mean.
    squares: f64,
}

impl Running {
    /// Moments of no values.
    pub fn new() -> Running {
        Running::default()
    }

    /// Takes in a value. One that is not finite makes the mean NaN for good.
    pub fn push(&mut self, value: f64) {
        self.n += 1;
        let ahead = value - self.mean;
        self.mean += ahead / self.n as f64;
        self.squares += ahead * (value - self.mean);
        if !self.squares.is_finite() {
            (self.mean, self.squares) = (f64::NAN, f64::NAN);
        }
    }

    /// How many values there were.
    pub fn n(&self) -> usize {
        self.n
    }

    /// Their mean; 0 for none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Their standard deviation, with divisor n-1; 0 for fewer than two.
    pub fn sd(&self) -> f64 {
        if self.n < 2 && !self.squares.is_nan() { 0.0 } else { (self.squares / (self.n.max(2) - 1) as f64).sqrt() }
    }

    /// The standard error of the mean; infinite for fewer than two values.
    pub fn standard_error(&self) -> f64 {
        if self.n < 2 { f64::INFINITY } else { self.sd() / (self.n as f64).sqrt() }
    }
}

impl Extend<f64> for Running {
    fn extend<T: IntoIterator<Item = f64>>(&mut self, values: T) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Summary;
    use super::*;

    #[test]
    fn it_agrees_with_both_passes_far_from_zero() {
        let values: Vec<f64> = (0..1000).map(|i| 1e6 + f64::from(i * i % 997)).collect();
        let (mut running, summary) = (Running::new(), Summary::of(&values).unwrap());
        running.extend(values);
        assert!((running.mean() / summary.mean() - 1.0).abs() < 1e-13);
        assert!((running.sd() / summary.sd() - 1.0).abs() < 1e-10);
        assert_eq!(running.n(), 1000);
    }

    #[test]
    fn edges_are_as_documented() {
        let mut running = Running::new();
        assert_eq!((running.n(), running.mean(), running.sd(), running.standard_error()), (0, 0.0, 0.0, f64::INFINITY));
        running.push(4.0);
        assert_eq!((running.mean(), running.sd(), running.standard_error()), (4.0, 0.0, f64::INFINITY));
        running.extend([4.0, 4.0]);
        assert_eq!((running.mean(), running.sd(), running.standard_error()), (4.0, 0.0, 0.0));
        running.push(f64::INFINITY);
        assert!(running.mean().is_nan() && running.sd().is_nan());
    }
}
