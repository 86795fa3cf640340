//! Sobol's indices: which share of an output's variance each input accounts for, alone and with all its interactions.

use crate::random::{Entity, Luck, Purpose};
use crate::stats::design::scrambled;
use crate::stats::{Interval, Summary};

/// Resamples of a bootstrap interval.
const RESAMPLES: usize = 400;

/// Points at which to run a model of `d` inputs: for each of n base points a row A, then A with one coordinate after the
/// other taken from B, then B (A. Saltelli and others, Computer Physics Communications 181, 2010, 259-270).
///
/// A and B are the two halves of the columns of one scrambled Sobol sequence of 2d dimensions. Two stretches of a sequence
/// of d dimensions would be wrong: they are not independent of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolDesign {
    n: usize,
    d: usize,
    base: Vec<Vec<f64>>,
}

/// The indices of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SobolIndices {
    /// Share of the variance that the input accounts for alone. Sampling may take it below 0.
    pub first: f64,
    /// Share of the variance that would be left if all other inputs were known.
    pub total: f64,
    /// Percentile bootstrap interval of the first, over the base points.
    pub first_interval: Interval,
    /// The same of the total.
    pub total_interval: Interval,
}

/// Indices of a model that is itself random.
#[derive(Clone, Debug, PartialEq)]
pub struct NoisyIndices {
    /// By input, of the means of the replications at each point.
    pub indices: Vec<SobolIndices>,
    /// Share of those means' variance that is luck which the replications leave: no input accounts for it.
    pub noise: f64,
}

impl SobolDesign {
    /// `n` base points, best a power of two. `None` for no input, or more than half the dimensions of
    /// [`scrambled`], or fewer than two points.
    pub fn new(n: usize, d: usize, luck: Luck) -> Option<SobolDesign> {
        (d > 0 && n > 1).then_some(())?;
        Some(SobolDesign { n, d, base: scrambled(n, 2 * d, luck, 0)? })
    }

    /// Runs that it asks for: n (d + 2).
    pub fn runs(&self) -> usize {
        self.n * (self.d + 2)
    }

    /// The points in their order, each with d coordinates in (0, 1).
    pub fn points(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        self.base.iter().flat_map(move |base| (0..self.d + 2).map(move |nth| self.point(base, nth)))
    }

    fn point(&self, base: &[f64], nth: usize) -> Vec<f64> {
        let (a, b) = base.split_at(self.d);
        match nth {
            0 => a.to_vec(),
            n if n == self.d + 1 => b.to_vec(),
            n => {
                let mut point = a.to_vec();
                point[n - 1] = b[n - 1];
                point
            }
        }
    }

    /// Indices by input from the outputs at [`SobolDesign::points`]: first order after Saltelli and others (2010), total
    /// after M. J. W. Jansen (Computer Physics Communications 117, 1999, 35-43). Outputs are centred by the mean of them
    /// all first, without which an offset would swamp the first-order product. Intervals resample base points.
    ///
    /// `None` if the number of outputs is not that of the runs, one is not finite, or nothing varies.
    pub fn indices(&self, outputs: &[f64], level: f64, luck: Luck) -> Option<Vec<SobolIndices>> {
        if outputs.len() != self.runs() || outputs.iter().any(|y| !y.is_finite()) {
            return None;
        }
        let mean = outputs.iter().sum::<f64>() / outputs.len() as f64;
        let centred: Vec<f64> = outputs.iter().map(|y| y - mean).collect();
        let rows: Vec<&[f64]> = centred.chunks(self.d + 2).collect();
        let whole = self.of_rows(&rows)?;
        let mut stream = luck.stream(Purpose::METHOD, Entity::of("bootstrap of sobol indices"));
        let mut drawn: Vec<Vec<(f64, f64)>> = vec![Vec::with_capacity(RESAMPLES); self.d];
        for _ in 0..RESAMPLES {
            let pick = |_| rows[((stream.uniform() * self.n as f64) as usize).min(self.n - 1)];
            let sample: Vec<&[f64]> = (0..self.n).map(pick).collect();
            if let Some(of_sample) = self.of_rows(&sample) {
                drawn.iter_mut().zip(of_sample).for_each(|(all, one)| all.push(one));
            }
        }
        let input = |(nth, (first, total)): (usize, (f64, f64))| {
            let of = |take: fn(&(f64, f64)) -> f64| percentiles(drawn[nth].iter().map(take), level);
            SobolIndices { first, total, first_interval: of(|it| it.0), total_interval: of(|it| it.1) }
        };
        Some(whole.into_iter().enumerate().map(input).collect())
    }

    /// As [`SobolDesign::indices`], of a model that is run several times at each point, each run under luck of its own;
    /// their means are taken. If points share their luck, the noise is overstated. At least two replications a point.
    pub fn indices_of_noisy(&self, outputs: &[Vec<f64>], level: f64, luck: Luck) -> Option<NoisyIndices> {
        let summaries: Vec<Summary> = outputs.iter().map(|runs| Summary::of(runs)).collect::<Option<_>>()?;
        if summaries.iter().any(|it| it.n() < 2) {
            return None;
        }
        let means: Vec<f64> = summaries.iter().map(Summary::mean).collect();
        let indices = self.indices(&means, level, luck)?;
        let luck_left = summaries.iter().map(|it| it.standard_error() * it.standard_error()).sum::<f64>();
        let variance = Summary::of(&means)?.sd();
        let noise = luck_left / summaries.len() as f64 / (variance * variance);
        Some(NoisyIndices { indices, noise: noise.min(1.0) })
    }

    /// First and total index of each input from centred rows.
    fn of_rows(&self, rows: &[&[f64]]) -> Option<Vec<(f64, f64)>> {
        let n = rows.len() as f64;
        let ends = || rows.iter().flat_map(|row| [row[0], row[self.d + 1]]);
        let mean = ends().sum::<f64>() / (2.0 * n);
        let variance = ends().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (2.0 * n);
        if variance <= 0.0 {
            return None;
        }
        let of = |input: usize| {
            let (mut first, mut total) = (0.0, 0.0);
            for row in rows {
                let (a, mixed, b) = (row[0], row[input + 1], row[self.d + 1]);
                first += b * (mixed - a);
                total += (a - mixed) * (a - mixed);
            }
            (first / n / variance, total / (2.0 * n) / variance)
        };
        Some((0..self.d).map(of).collect())
    }
}

/// The middle `level` of some values; unbounded for none.
fn percentiles(values: impl Iterator<Item = f64>, level: f64) -> Interval {
    let values: Vec<f64> = values.collect();
    match Summary::of(&values) {
        Some(it) => {
            let tail = 0.5 * (1.0 - level.clamp(0.0, 1.0));
            Interval { low: it.quantile(tail), high: it.quantile(1.0 - tail), level }
        }
        None => Interval::unbounded(level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// y = 4 x1 + 2 x2 + x3: shares 16, 4 and 1 of 21, and nothing between them.
    #[test]
    fn a_sum_is_taken_apart_and_its_intervals_hold_the_truth() {
        let design = SobolDesign::new(1024, 3, Luck::new(5)).unwrap();
        let outputs: Vec<f64> = design.points().map(|x| 4.0 * x[0] + 2.0 * x[1] + x[2]).collect();
        assert_eq!(outputs.len(), design.runs());
        let indices = design.indices(&outputs, 0.99, Luck::new(5)).unwrap();
        for (it, share) in indices.iter().zip([16.0 / 21.0, 4.0 / 21.0, 1.0 / 21.0]) {
            assert!((it.first - share).abs() < 0.01 && (it.total - share).abs() < 0.01, "{it:?}");
            assert!(it.first_interval.contains(share) && it.total_interval.contains(share), "{it:?}");
        }
    }

    /// Noise of variance 1 at each point, four replications: a quarter is left beside an input of variance 1/12.
    #[test]
    fn luck_that_the_replications_leave_is_told() {
        let design = SobolDesign::new(512, 1, Luck::new(8)).unwrap();
        let mut stream = Luck::new(8).stream(Purpose::TEST, Entity::of("noise"));
        let mut noisy = |x: f64| x + 12.0_f64.sqrt() * (stream.uniform() - 0.5);
        let outputs: Vec<Vec<f64>> = design.points().map(|x| (0..4).map(|_| noisy(x[0])).collect()).collect();
        let found = design.indices_of_noisy(&outputs, 0.95, Luck::new(8)).unwrap();
        assert!((found.noise - 0.75).abs() < 0.05, "{}", found.noise);
    }

    #[test]
    fn what_does_not_vary_or_does_not_fit_has_none() {
        let design = SobolDesign::new(8, 2, Luck::new(1)).unwrap();
        assert_eq!(design.indices(&vec![3.0; design.runs()], 0.95, Luck::new(1)), None);
        assert_eq!(design.indices(&[1.0, 2.0], 0.95, Luck::new(1)), None);
        assert_eq!(design.indices(&vec![f64::NAN; design.runs()], 0.95, Luck::new(1)), None);
        assert!(SobolDesign::new(8, 21, Luck::new(1)).is_none() && SobolDesign::new(1, 2, Luck::new(1)).is_none());
    }
}
