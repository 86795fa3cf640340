//! Extra cost for each unit averted: a ratio of two means, with a region in place of an interval.

use crate::stats::interval::t_quantile;
use crate::stats::summary::moments;

/// The values of a ratio of two means that the data do not exclude (Fieller, Journal of the Royal Statistical Society B
/// 16, 1954, 175-185; in this use Willan and O'Brien, Health Economics 5, 1996, 297-305).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// All from `low` to `high`. One of them is infinite in the border case between this and the next.
    Between {
        /// Least.
        low: f64,
        /// Largest.
        high: f64,
    },
    /// All up to `below` and all from `above` on, and none between them: the number of units averted may be 0, so that
    /// the ratio may be anything large of either sign.
    Outside {
        /// End of the lower part.
        below: f64,
        /// Start of the upper part, larger than `below`.
        above: f64,
    },
    /// Every ratio: nothing is excluded.
    Everything,
    /// None: no unit at all is averted in any world, and a cost there is.
    Nowhere,
}

/// Cost per averted unit, in the words in which it may be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostPerUnit {
    /// Mean extra cost over mean averted units; `None` if the latter is 0.
    pub ratio: Option<f64>,
    /// What the data do not exclude.
    pub region: Region,
    /// Which of the four cases it is. A ratio is to be printed in the first only: elsewhere the same number means
    /// opposite things.
    pub quadrant: Quadrant,
}

/// What extra cost and averted units show together, each by its own t interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// Dearer and better, both shown: what a unit costs is a question with an answer.
    DearerAndBetter,
    /// Cheaper and better, both shown.
    CheaperAndBetter,
    /// Dearer and worse, both shown.
    DearerAndWorse,
    /// Cheaper and worse, both shown: the ratio is what is saved for each unit lost.
    CheaperAndWorse,
    /// An interval holds 0, so that not even the signs are known.
    NotDefined,
}

impl Quadrant {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Quadrant::DearerAndBetter => "dearer and better",
            Quadrant::CheaperAndBetter => "cheaper and better",
            Quadrant::DearerAndWorse => "dearer and worse",
            Quadrant::CheaperAndWorse => "cheaper and worse",
            Quadrant::NotDefined => "not defined",
        }
    }
}

impl CostPerUnit {
    /// From extra costs and averted units in the same worlds. `None` if there is no world, lengths differ, or a value
    /// is not finite.
    pub fn of(extra_cost: &[f64], averted: &[f64], level: f64) -> Option<CostPerUnit> {
        let region = fieller(extra_cost, averted, level)?;
        let side = |values: &[f64]| {
            let (mean, sd) = moments(values);
            let interval =
                crate::stats::Interval::of_mean(mean, sd / (values.len() as f64).sqrt(), values.len(), level);
            (mean, interval.low > 0.0, interval.high < 0.0)
        };
        let ((cost, dearer, cheaper), (units, better, worse)) = (side(extra_cost), side(averted));
        let quadrant = match (dearer, cheaper, better, worse) {
            (true, _, true, _) => Quadrant::DearerAndBetter,
            (_, true, true, _) => Quadrant::CheaperAndBetter,
            (true, _, _, true) => Quadrant::DearerAndWorse,
            (_, true, _, true) => Quadrant::CheaperAndWorse,
            _ => Quadrant::NotDefined,
        };
        Some(CostPerUnit { ratio: (units != 0.0).then(|| cost / units), region, quadrant })
    }
}

/// Fieller's region of mean(`numerator`) / mean(`denominator`), values paired by world: all r for which the t interval
/// of the mean of numerator - r denominator holds 0, i.e. A r^2 - 2 B r + C <= 0 with A = d^2 - t^2 v_d,
/// B = n d - t^2 v_nd, C = n^2 - t^2 v_n, where n and d are the means and v their (co)variances.
///
/// `None` if there are no values, lengths differ, or a value is not finite. Everything for a single pair.
pub fn fieller(numerator: &[f64], denominator: &[f64], level: f64) -> Option<Region> {
    let n = numerator.len();
    if n == 0 || denominator.len() != n || numerator.iter().chain(denominator).any(|value| !value.is_finite()) {
        return None;
    }
    // The level of certainty excludes nothing, as no values do; a t quantile of NaN neither.
    let t = t_quantile(level, n);
    if n < 2 || !t.is_finite() {
        return Some(Region::Everything);
    }
    // In units of the largest value, so that no square overflows or vanishes.
    let unit = |values: &[f64]| values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let (top, bottom) = (unit(numerator), unit(denominator));
    if bottom == 0.0 {
        // 0/0 may be anything; something over 0 is nothing. A numerator whose interval holds 0 may be 0.
        let (mean, sd) = moments(&numerator.iter().map(|x| x / top.max(f64::MIN_POSITIVE)).collect::<Vec<_>>());
        let holds_zero = mean.abs() <= t * sd / (n as f64).sqrt();
        return Some(if holds_zero { Region::Everything } else { Region::Nowhere });
    }
    if top == 0.0 {
        let (mean, sd) = moments(&denominator.iter().map(|x| x / bottom).collect::<Vec<_>>());
        let holds_zero = mean.abs() <= t * sd / (n as f64).sqrt();
        return Some(if holds_zero { Region::Everything } else { Region::Between { low: 0.0, high: 0.0 } });
    }
    let x: Vec<f64> = numerator.iter().map(|value| value / top).collect();
    let y: Vec<f64> = denominator.iter().map(|value| value / bottom).collect();
    let ((mean_x, sd_x), (mean_y, sd_y)) = (moments(&x), moments(&y));
    let covariance = x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>() / (n as f64 - 1.0);
    let share = t * t / n as f64;
    let a = mean_y * mean_y - share * sd_y * sd_y;
    let b = mean_x * mean_y - share * covariance;
    let c = mean_x * mean_x - share * sd_x * sd_x;
    // B^2 - A C without its cancelling squares: t^2/n times the variance of d x - n y, less (t^2/n)^2 times that of
    // one that the other does not explain.
    let cross: Vec<f64> = x.iter().zip(&y).map(|(x, y)| mean_y * (x - mean_x) - mean_x * (y - mean_y)).collect();
    let (_, sd_cross) = moments(&cross);
    let unexplained = sd_x * sd_x * sd_y * sd_y - covariance * covariance;
    let discriminant = share * sd_cross * sd_cross - share * share * unexplained;
    Some(scaled(region(a, b, c, discriminant), top / bottom))
}

/// The r with a r^2 - 2 b r + c <= 0, where the discriminant is b^2 - a c.
fn region(a: f64, b: f64, c: f64, discriminant: f64) -> Region {
    if a == 0.0 {
        return match b.total_cmp(&0.0) {
            _ if b == 0.0 && c <= 0.0 => Region::Everything,
            _ if b == 0.0 => Region::Nowhere,
            std::cmp::Ordering::Greater => Region::Between { low: c / (2.0 * b), high: f64::INFINITY },
            _ => Region::Between { low: f64::NEG_INFINITY, high: c / (2.0 * b) },
        };
    }
    if a < 0.0 && discriminant <= 0.0 {
        return Region::Everything;
    }
    // For a > 0 the estimate itself is a solution, so that less than 0 is rounding. The larger root in size comes by
    // addition, the other from their product c/a: no digits cancel.
    let root = discriminant.max(0.0).sqrt();
    let sum = b + root.copysign(b);
    let (one, other) = if sum == 0.0 { (0.0, 0.0) } else { (sum / a, c / sum) };
    let (low, high) = (one.min(other), one.max(other));
    if a > 0.0 { Region::Between { low, high } } else { Region::Outside { below: low, above: high } }
}

/// The region in other units; `by` is positive.
fn scaled(region: Region, by: f64) -> Region {
    match region {
        Region::Between { low, high } => Region::Between { low: low * by, high: high * by },
        Region::Outside { below, above } => Region::Outside { below: below * by, above: above * by },
        other => other,
    }
}

impl Region {
    /// Whether a ratio lies in it; ends do.
    pub fn contains(&self, ratio: f64) -> bool {
        match *self {
            Region::Between { low, high } => low <= ratio && ratio <= high,
            Region::Outside { below, above } => ratio <= below || above <= ratio,
            Region::Everything => true,
            Region::Nowhere => false,
        }
    }

    /// Whether it has two ends.
    pub fn is_bounded(&self) -> bool {
        matches!(self, Region::Between { low, high } if low.is_finite() && high.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::normal;
    use crate::random::{Entity, Luck, Purpose};
    use crate::stats::Interval;

    const COST: [f64; 6] = [40.0, 55.0, 38.0, 61.0, 47.0, 52.0];

    /// The definition itself: a ratio is in the region if, and only if, the interval of cost - ratio x units holds 0.
    #[test]
    fn a_region_holds_what_the_t_interval_of_the_line_does_not_exclude() {
        let far = [10.0, 14.0, 9.0, 13.0, 8.0, 12.0];
        let near = [3.0, -2.0, 4.0, -1.0, 2.5, 1.0];
        let none = [1.0, -1.0, 2.0, -2.0, 0.5, -0.5];
        let kinds: Vec<bool> =
            [far, near, none].iter().map(|y| fieller(&COST, y, 0.95).unwrap().is_bounded()).collect();
        assert_eq!(kinds, [true, false, false]);
        for units in [far, near, none] {
            for cost in [COST, COST.map(|c| c - 49.0), COST.map(|c| -c)] {
                let found = fieller(&cost, &units, 0.95).unwrap();
                for step in -400..=400 {
                    let ratio = f64::from(step) * 0.37;
                    let line: Vec<f64> = cost.iter().zip(&units).map(|(c, u)| c - ratio * u).collect();
                    let (mean, sd) = moments(&line);
                    let holds = Interval::of_mean(mean, sd / 6f64.sqrt(), 6, 0.95).contains(0.0);
                    assert_eq!(found.contains(ratio), holds, "{ratio} in {found:?}");
                }
            }
        }
    }

    /// 2,000 samples of 30 worlds whose mean ratio is 4. A region that keeps 95% is outside 94.0% to 96.0% with a
    /// chance of about 4 in 100; the seed is fixed.
    #[test]
    fn regions_keep_their_level_where_intervals_of_ratios_do_not_exist() {
        for mean_units in [2.0, 0.2] {
            let held = (0..2000).filter(|sample| {
                let entity = Entity::of("fieller").nth(*sample);
                let mut stream = Luck::new(3).stream(Purpose::TEST, entity);
                let mut normal = || normal::quantile(stream.uniform());
                let (cost, units): (Vec<f64>, Vec<f64>) = (0..30)
                    .map(|_| {
                        let units = mean_units + normal();
                        (4.0 * mean_units + 2.0 * (units - mean_units) + normal(), units)
                    })
                    .unzip();
                fieller(&cost, &units, 0.95).unwrap().contains(4.0)
            });
            let share = held.count() as f64 / 2000.0;
            assert!((0.94..=0.96).contains(&share), "{share}");
        }
    }

    #[test]
    fn a_ratio_is_told_in_one_quadrant_only() {
        let sure = [10.0, 14.0, 9.0, 13.0, 8.0, 12.0];
        let quadrant = |cost: &[f64], units: &[f64]| CostPerUnit::of(cost, units, 0.95).unwrap().quadrant;
        let turned = |values: [f64; 6]| values.map(|v| -v);
        assert_eq!(quadrant(&COST, &sure), Quadrant::DearerAndBetter);
        assert_eq!(quadrant(&turned(COST), &sure), Quadrant::CheaperAndBetter);
        assert_eq!(quadrant(&COST, &turned(sure)), Quadrant::DearerAndWorse);
        assert_eq!(quadrant(&turned(COST), &turned(sure)), Quadrant::CheaperAndWorse);
        assert_eq!(quadrant(&COST, &[1.0, -1.0, 2.0, -2.0, 0.5, -0.5]), Quadrant::NotDefined);
        // A sign that is not known makes the same ratio mean nothing.
        let same = CostPerUnit::of(&COST, &sure, 0.95).unwrap().ratio;
        assert_eq!(CostPerUnit::of(&turned(COST), &turned(sure), 0.95).unwrap().ratio, same);
    }

    #[test]
    fn without_variance_the_ratio_is_a_point_nothing_or_anything() {
        let region = |cost: f64, units: f64| fieller(&[cost; 4], &[units; 4], 0.95).unwrap();
        let Region::Between { low, high } = region(10.0, 4.0) else { panic!("{:?}", region(10.0, 4.0)) };
        assert!((low - 2.5).abs() < 1e-14 && (high - 2.5).abs() < 1e-14, "{low} to {high}");
        assert_eq!(region(10.0, 0.0), Region::Nowhere);
        assert_eq!(region(0.0, 0.0), Region::Everything);
        assert_eq!(region(0.0, 4.0), Region::Between { low: 0.0, high: 0.0 });
        assert_eq!(CostPerUnit::of(&[1.0, 2.0], &[0.0, 0.0], 0.95).unwrap().ratio, None);
        // Sizes whose squares overflow.
        assert!(fieller(&COST.map(|c| c * 1e200), &[1e-200, 2e-200, 1e-200, 2e-200, 1e-200, 2e-200], 0.9).is_some());
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(fieller(&[], &[], 0.95), None);
        assert_eq!(fieller(&[1.0], &[1.0, 2.0], 0.95), None);
        assert_eq!(fieller(&[1.0, f64::NAN], &[1.0, 2.0], 0.95), None);
        assert_eq!(fieller(&[1.0], &[1.0], 0.95), Some(Region::Everything));
        assert_eq!(fieller(&COST, &COST, 1.0), Some(Region::Everything));
        assert_eq!(region(0.0, 1.0, 4.0, 1.0), Region::Between { low: 2.0, high: f64::INFINITY });
        assert_eq!(region(0.0, -1.0, 4.0, 1.0), Region::Between { low: f64::NEG_INFINITY, high: -2.0 });
        assert_eq!((region(0.0, 0.0, 1.0, 0.0), region(0.0, 0.0, -1.0, 0.0)), (Region::Nowhere, Region::Everything));
    }
}
