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
    /// By input: shares of the variance of what the model gives on average over luck.
    pub indices: Vec<SobolIndices>,
    /// Share of the variance of the points' means that is luck which the replications leave. It is taken out of the indices.
    pub noise: f64,
}

/// What one base point adds to the sums.
struct Row {
    /// Means at A and at B, centred.
    ends: [f64; 2],
    /// Variance of these means that is luck.
    luck: f64,
    /// By input: the product of the first order, and half the squared difference of the total.
    sums: Vec<(f64, f64)>,
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
        let single: Vec<Vec<f64>> = outputs.iter().map(|y| vec![*y]).collect();
        Some(self.of(&self.rows(&single)?, level, luck)?.indices)
    }

    /// As [`SobolDesign::indices`], of a model that is run several times at each point, as often everywhere and at least
    /// twice. Replication r of the points of one base point should meet the same luck, and that of another base point
    /// another one: then luck goes out of the differences. What it leaves in squares and products is estimated from the
    /// replications and taken out, which holds as well if every run has a luck of its own, with wider intervals.
    ///
    /// `None` also if all that varies is luck.
    pub fn indices_of_noisy(&self, outputs: &[Vec<f64>], level: f64, luck: Luck) -> Option<NoisyIndices> {
        outputs.iter().all(|runs| runs.len() > 1).then_some(())?;
        self.of(&self.rows(outputs)?, level, luck)
    }

    /// Total indices from the first `n` base points alone, to see how steady they are. `None` as of
    /// [`SobolDesign::indices_of_noisy`], or if there are not so many. Points with a single run will do.
    pub fn totals_of_first(&self, n: usize, outputs: &[Vec<f64>]) -> Option<Vec<f64>> {
        let rows = self.rows(outputs)?;
        let first: Vec<&Row> = rows.get(..n)?.iter().collect();
        Some(self.shares(&first)?.0.into_iter().map(|(_, total)| total).collect())
    }

    fn of(&self, rows: &[Row], level: f64, luck: Luck) -> Option<NoisyIndices> {
        let (whole, noise) = self.shares(&rows.iter().collect::<Vec<_>>())?;
        let mut stream = luck.stream(Purpose::METHOD, Entity::of("bootstrap of sobol indices"));
        let mut drawn: Vec<Vec<(f64, f64)>> = vec![Vec::with_capacity(RESAMPLES); self.d];
        for _ in 0..RESAMPLES {
            let pick = |_| &rows[((stream.uniform() * self.n as f64) as usize).min(self.n - 1)];
            let sample: Vec<&Row> = (0..self.n).map(pick).collect();
            if let Some((of_sample, _)) = self.shares(&sample) {
                drawn.iter_mut().zip(of_sample).for_each(|(all, one)| all.push(one));
            }
        }
        let input = |(nth, (first, total)): (usize, (f64, f64))| {
            let of = |take: fn(&(f64, f64)) -> f64| percentiles(drawn[nth].iter().map(take), level);
            SobolIndices { first, total, first_interval: of(|it| it.0), total_interval: of(|it| it.1) }
        };
        Some(NoisyIndices { indices: whole.into_iter().enumerate().map(input).collect(), noise })
    }

    /// What each base point adds. `None` for outputs that do not fit.
    fn rows(&self, outputs: &[Vec<f64>]) -> Option<Vec<Row>> {
        let m = outputs.first()?.len();
        let sound = |runs: &Vec<f64>| runs.len() == m && runs.iter().all(|y| y.is_finite());
        if outputs.len() != self.runs() || m == 0 || !outputs.iter().all(sound) {
            return None;
        }
        let mean = |runs: &[f64]| runs.iter().sum::<f64>() / m as f64;
        let all = outputs.iter().map(|runs| mean(runs)).sum::<f64>() / outputs.len() as f64;
        // The covariance of two means over the same luck; 0 for single runs, of which nobody can tell.
        let covariance = |x: &[f64], y: &[f64]| {
            let (mx, my) = (mean(x), mean(y));
            let sum: f64 = x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum();
            if m > 1 { sum / (m - 1) as f64 / m as f64 } else { 0.0 }
        };
        let row = |points: &[Vec<f64>]| {
            let (a, b) = (&points[0], &points[self.d + 1]);
            let sums = |mixed: &Vec<f64>| {
                let difference: Vec<f64> = mixed.iter().zip(a).map(|(mixed, a)| mixed - a).collect();
                let moved = mean(&difference);
                let first = (mean(b) - all) * moved - covariance(b, &difference);
                (first, 0.5 * (moved * moved - covariance(&difference, &difference)))
            };
            Row {
                ends: [mean(a) - all, mean(b) - all],
                luck: 0.5 * (covariance(a, a) + covariance(b, b)),
                sums: points[1..=self.d].iter().map(sums).collect(),
            }
        };
        Some(outputs.chunks(self.d + 2).map(row).collect())
    }

    /// First and total index of each input, and the share of luck. `None` if nothing varies, or nothing but luck.
    fn shares(&self, rows: &[&Row]) -> Option<(Vec<(f64, f64)>, f64)> {
        let n = rows.len() as f64;
        let ends = || rows.iter().flat_map(|row| row.ends);
        let mean = ends().sum::<f64>() / (2.0 * n);
        let variance = ends().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (2.0 * n);
        let luck = rows.iter().map(|row| row.luck).sum::<f64>() / n;
        let rest = variance - luck;
        if rest <= 1e-9 * variance {
            return None;
        }
        let of = |input: usize| {
            let (first, total) = rows.iter().fold((0.0, 0.0), |(first, total), row| {
                let (own_first, own_total) = row.sums[input];
                (first + own_first, total + own_total)
            });
            (first / n / rest, total / n / rest)
        };
        Some(((0..self.d).map(of).collect(), luck / variance))
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

    /// Noise of variance 1 in each run beside an input of variance 1/12 times 12, under luck that the points of a base point
    /// share and under luck of their own. A second input does nothing.
    #[test]
    fn luck_is_told_and_taken_out() {
        let design = SobolDesign::new(1024, 2, Luck::new(8)).unwrap();
        for shared in [true, false] {
            let mut stream = Luck::new(9).stream(Purpose::TEST, Entity::of("noise"));
            let mut luck = [0.0; 4];
            let points = design.points().enumerate().map(|(nth, x)| {
                if nth % 4 == 0 || !shared {
                    luck.iter_mut().for_each(|it| *it = 12.0_f64.sqrt() * (stream.uniform() - 0.5));
                }
                luck.iter().map(|luck| 12.0_f64.sqrt() * x[0] + luck * (1.0 + x[0])).collect::<Vec<f64>>()
            });
            let outputs: Vec<Vec<f64>> = points.collect();
            let found = design.indices_of_noisy(&outputs, 0.95, Luck::new(8)).unwrap();
            // Luck has a variance of (1 + x)^2, on average 7/3, over four replications.
            let noise = 7.0 / 12.0 / (1.0 + 7.0 / 12.0);
            assert!((found.noise - noise).abs() < 0.03, "{}", found.noise);
            let of = &found.indices;
            assert!((of[0].total - 1.0).abs() < 0.1 && (of[0].first - 1.0).abs() < 0.15, "{:?}", of[0]);
            assert!(of[1].total.abs() < if shared { 1e-9 } else { 0.15 }, "{:?}", of[1]);
            let totals = design.totals_of_first(1024, &outputs).unwrap();
            assert!((totals[0] - of[0].total).abs() < 1e-9);
            assert_eq!(design.totals_of_first(2000, &outputs), None);
        }
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
