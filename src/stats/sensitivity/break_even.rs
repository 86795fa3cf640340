//! Where a difference crosses zero along the values of one input.

use crate::random::Luck;
use crate::stats::bootstrap::resampled;

/// A value of the input at which the mean difference changes its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// The value, in the unit of the input: linear between the means at the two values around it.
    pub at: f64,
    /// Whether the difference is below 0 before it and above 0 after it.
    pub rises: bool,
    /// Lower bound of its interval. `None`: the interval reaches beyond the lowest value that was tried.
    pub low: Option<f64>,
    /// Upper bound of its interval. `None`: the interval reaches beyond the highest value that was tried.
    pub high: Option<f64>,
    /// The share of resamples with such a crossing between the lowest and the highest value. Well below 1, the runs do
    /// not show that there is one here at all.
    pub found_in: f64,
}

/// All break-even points of a paired difference, by rising value of the input.
///
/// `xs` are the values of the input, rising. `runs` are the differences: for each value of the input one list, with one
/// number for each replication. Replication r has the same luck at all values.
///
/// The interval of each holds the middle `level` of the crossings in `resamples` bootstrap samples of whole
/// replications, so that the luck stays shared along the line (percentiles of B. Efron, Annals of Statistics 7, 1979,
/// 1-26). In each sample the crossing in the same direction counts that is nearest to the original one. A sample
/// without one still says something: if all its means have the sign that the original has before the crossing, the
/// crossing comes after the highest value, and if all have the other, before the lowest. If it says neither, it is
/// taken for a crossing beyond either end, and widens the interval both ways. Asked for 95%, an interval of 60
/// replications with normal luck holds the true crossing in 94%, and one of 150 in 95%.
///
/// A mean of exactly 0 between means of different signs is a crossing, and several in a row are one in their middle; a
/// difference that only touches 0, or is 0 at an end, crosses nothing.
///
/// `None` for fewer than two values of the input or two replications, values that do not rise, lists of another number
/// or of different lengths, numbers that are not finite, no resample, or a level that is not between 0 and 1. An empty
/// list if the means do not change their sign.
pub fn break_even(xs: &[f64], runs: &[Vec<f64>], level: f64, resamples: usize, luck: Luck) -> Option<Vec<BreakEven>> {
    let n = runs.first()?.len();
    let sound = runs.iter().all(|row| row.len() == n && row.iter().all(|value| value.is_finite()));
    if !rising(xs) || xs.len() != runs.len() || n < 2 || !sound || resamples == 0 || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let original = Line::of(xs, &means(runs, &(0..n).collect::<Vec<usize>>()));
    if original.crossings.is_empty() {
        return Some(Vec::new());
    }
    let drawn: Vec<Line> =
        (0..resamples).map(|nth| Line::of(xs, &means(runs, &resampled(n, luck, "break-even", nth)))).collect();
    Some(original.crossings.iter().map(|it| it.among(&drawn, level)).collect())
}

/// Whether these are two or more finite numbers, each above the one before.
pub(super) fn rising(xs: &[f64]) -> bool {
    xs.len() > 1 && xs.iter().all(|x| x.is_finite()) && xs.windows(2).all(|pair| pair[0] < pair[1])
}

/// Where a straight line between two points is 0, one of which is above 0 and the other is not.
pub(super) fn zero_between(x: (f64, f64), y: (f64, f64)) -> f64 {
    // The end itself, where rounding might miss it.
    if y.1 == 0.0 { x.1 } else { x.0 + (x.1 - x.0) * (y.0 / (y.0 - y.1)) }
}

fn means(runs: &[Vec<f64>], replications: &[usize]) -> Vec<f64> {
    let mean = |row: &Vec<f64>| replications.iter().map(|r| row[*r]).sum::<f64>() / replications.len() as f64;
    runs.iter().map(mean).collect()
}

/// Where the means of one sample cross zero.
struct Line {
    crossings: Vec<Crossing>,
    /// Whether the first mean that is not 0 is above it; `None` if all are 0.
    starts_above: Option<bool>,
}

#[derive(Clone, Copy)]
struct Crossing {
    at: f64,
    rises: bool,
}

impl Line {
    fn of(xs: &[f64], means: &[f64]) -> Line {
        let points: Vec<(usize, f64)> = means.iter().copied().enumerate().filter(|(_, mean)| *mean != 0.0).collect();
        let cross = |pair: &[(usize, f64)]| {
            let [(i, before), (j, after)] = [pair[0], pair[1]];
            let changes = (before > 0.0) != (after > 0.0);
            let at =
                if j == i + 1 { zero_between((xs[i], xs[j]), (before, after)) } else { 0.5 * (xs[i + 1] + xs[j - 1]) };
            changes.then_some(Crossing { at, rises: after > 0.0 })
        };
        let starts_above = points.first().map(|(_, mean)| *mean > 0.0);
        Line { crossings: points.windows(2).filter_map(cross).collect(), starts_above }
    }
}

impl Crossing {
    /// This crossing with its interval from resamples.
    fn among(self, drawn: &[Line], level: f64) -> BreakEven {
        let (mut lows, mut highs) = (Vec::with_capacity(drawn.len()), Vec::with_capacity(drawn.len()));
        let mut found = 0;
        for line in drawn {
            let distance = |it: &&Crossing| (it.at - self.at).abs();
            let same = line.crossings.iter().filter(|it| it.rises == self.rises);
            let (low, high) = match (same.min_by(|a, b| distance(a).total_cmp(&distance(b))), line.starts_above) {
                (Some(it), _) => {
                    found += 1;
                    (it.at, it.at)
                }
                (None, Some(above)) if line.crossings.is_empty() => {
                    // A line that stays as it is before the crossing has yet to cross.
                    let end = if above == self.rises { f64::NEG_INFINITY } else { f64::INFINITY };
                    (end, end)
                }
                (None, _) => (f64::NEG_INFINITY, f64::INFINITY),
            };
            lows.push(low);
            highs.push(high);
        }
        lows.sort_unstable_by(f64::total_cmp);
        highs.sort_unstable_by(f64::total_cmp);
        // Order statistics, the outer one where the place is between two: an infinite one cannot be interpolated.
        let outside = (0.5 * (1.0 - level) * (drawn.len() - 1) as f64) as usize;
        let finite = |x: f64| x.is_finite().then_some(x);
        BreakEven {
            at: self.at,
            rises: self.rises,
            low: finite(lows[outside]),
            high: finite(highs[drawn.len() - 1 - outside]),
            found_in: f64::from(found) / drawn.len() as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::normal;
    use crate::random::{Entity, Purpose};

    /// Replications of y = a + b x + luck, some of it shared along the line.
    fn line(a: f64, b: f64, xs: &[f64], n: usize, seed: u64) -> Vec<Vec<f64>> {
        let mut stream = Luck::new(seed).stream(Purpose::TEST, Entity::of("line"));
        let mut normal = || normal::quantile(stream.uniform());
        let shared: Vec<f64> = (0..n).map(|_| 2.0 * normal()).collect();
        xs.iter().map(|x| shared.iter().map(|luck| a + b * x + luck + 0.5 * normal()).collect()).collect()
    }

    #[test]
    fn without_noise_it_is_where_the_line_is_zero() {
        let xs = [0.0, 1.0, 2.5, 4.0];
        let runs: Vec<Vec<f64>> = xs.iter().map(|x| vec![3.0 - 1.5 * x; 4]).collect();
        let found = break_even(&xs, &runs, 0.95, 50, Luck::new(1)).unwrap();
        assert_eq!(found, [BreakEven { at: 2.0, rises: false, low: Some(2.0), high: Some(2.0), found_in: 1.0 }]);
    }

    /// 400 studies of 150 replications: y = -3 + 1.5 x is 0 at 2. Of 9,000 studies 95.5% held it; the standard error of
    /// the share of 400 is 1.0 points. Other seeds would fail about once in 120; these are fixed.
    #[test]
    fn the_interval_keeps_its_level_around_the_closed_form() {
        let xs = [0.0, 1.0, 2.0, 3.0, 4.0];
        let holds = |seed: &u64| {
            let found = break_even(&xs, &line(-3.0, 1.5, &xs, 150, *seed), 0.95, 400, Luck::new(*seed)).unwrap();
            assert!(!found.is_empty());
            let it = found.iter().min_by(|a, b| (a.at - 2.0).abs().total_cmp(&(b.at - 2.0).abs())).unwrap();
            it.rises && it.low.unwrap() <= 2.0 && 2.0 <= it.high.unwrap()
        };
        let share = (0..400).filter(holds).count() as f64 / 400.0;
        assert!((0.92..=0.98).contains(&share), "{share}");
    }

    /// The line is 0 at 3.9 of 0 to 4, and the noise moves that by 0.26 either way: many resamples have not crossed at
    /// 4.
    #[test]
    fn an_interval_is_open_on_the_side_where_resamples_end() {
        let xs = [0.0, 2.0, 4.0];
        let runs = line(-3.9, 1.0, &xs, 60, 3);
        let moved: Vec<Vec<f64>> = {
            // So that the mean of the last point is just above 0.
            let last = runs[2].iter().sum::<f64>() / 60.0 - 0.1;
            runs.iter().map(|row| row.iter().map(|y| y - last).collect()).collect()
        };
        let found = break_even(&xs, &moved, 0.9, 500, Luck::new(3)).unwrap();
        let it = found[0];
        assert!(found.len() == 1 && it.rises && it.at > 3.8 && it.high.is_none(), "{it:?}");
        assert!(it.low.is_some_and(|low| low > 3.0 && low < it.at), "{it:?}");
        assert!(it.found_in > 0.5 && it.found_in < 0.8, "{it:?}");
        // The mirror image is open below.
        let mirror: Vec<Vec<f64>> = moved.into_iter().rev().collect();
        let it = break_even(&[-4.0, -2.0, 0.0], &mirror, 0.9, 500, Luck::new(3)).unwrap()[0];
        assert!(!it.rises && it.low.is_none() && it.high.is_some_and(|high| high > -4.0 && high < -3.0), "{it:?}");
    }

    #[test]
    fn every_crossing_counts_and_a_touch_does_not() {
        let xs = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
        let at = |means: [f64; 6]| -> Vec<(f64, bool)> {
            let runs: Vec<Vec<f64>> = means.iter().map(|mean| vec![mean - 0.1, mean + 0.1]).collect();
            let found = break_even(&xs, &runs, 0.5, 9, Luck::new(1)).unwrap();
            found.iter().map(|it| (it.at, it.rises)).collect()
        };
        assert_eq!(at([2.0, 1.0, -1.0, -3.0, -1.0, 1.0]), [(1.5, false), (4.5, true)]);
        assert_eq!(at([-1.0, 0.0, 1.0, 1.0, 0.0, 2.0]), [(1.0, true)]);
        assert_eq!(at([-1.0, 0.0, 0.0, 0.0, 1.0, 1.0]), [(2.0, true)]);
        assert_eq!(at([0.0, 0.0, 1.0, 1.0, 1.0, 0.0]), []);
    }

    #[test]
    fn what_is_no_sweep_has_none() {
        let (xs, runs) = ([0.0, 1.0], vec![vec![-1.0, -2.0], vec![1.0, 3.0]]);
        let of = |xs: &[f64], runs: &[Vec<f64>], level, resamples| break_even(xs, runs, level, resamples, Luck::new(1));
        assert_eq!(of(&xs, &runs, 0.9, 10).unwrap().len(), 1);
        assert_eq!(of(&xs, &runs[1..], 0.9, 10), None);
        for wrong in [[1.0, 0.0], [1.0, 1.0], [f64::NAN, 1.0], [0.0, f64::INFINITY]] {
            assert_eq!(of(&wrong, &runs, 0.9, 10), None);
        }
        assert_eq!((of(&xs, &runs, 1.0, 10), of(&xs, &runs, f64::NAN, 10), of(&xs, &runs, 0.9, 0)), (None, None, None));
        for wrong in [vec![vec![1.0], vec![2.0]], vec![vec![1.0, 2.0], vec![1.0]], vec![vec![1.0, f64::NAN]; 2]] {
            assert_eq!(of(&xs, &wrong, 0.9, 10), None);
        }
        assert_eq!((of(&[], &[], 0.9, 10), of(&[1.0], &runs[..1], 0.9, 10)), (None, None));
    }
}
