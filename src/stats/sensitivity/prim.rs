//! The patient rule induction method: boxes of inputs in which something happens more often than elsewhere.

use crate::numeric::binomial;

/// One side of a box along an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimLimit {
    /// The input.
    pub input: usize,
    /// Lowest value within, if that side is restricted.
    pub low: Option<f64>,
    /// Highest value within, if that side is restricted.
    pub high: Option<f64>,
    /// Chance of at least so many cases among as many rows as the box without this limit holds, if the density were that of
    /// the box without it: a quasi p value, since the limit was chosen for it.
    pub quasi_p: f64,
}

/// A box of the trajectory.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// Inputs that are restricted, in their order.
    pub limits: Vec<PrimLimit>,
    /// Share of all rows that lie within.
    pub mass: f64,
    /// Share of the rows within that are cases.
    pub density: f64,
    /// Share of all cases that lie within.
    pub coverage: f64,
}

/// Peels boxes (J. H. Friedman and N. I. Fisher, Statistics and Computing 9, 1999, 123-143; B. P. Bryant and R. J. Lempert,
/// Technological Forecasting and Social Change 77, 2010, 34-49, for the measures): from all rows, again and again the share
/// `peel` of the rows at that end of that input is cut off whose loss raises the density most, the first input and its
/// lower end among equals, until the mass is under `stop` or all rows within are cases. The whole trajectory, all rows first; a reader chooses.
///
/// Equal values are cut off together or not at all. `None` without rows or cases, for rows of unequal length, values that
/// are not finite, or a share that is not between 0 and 1.
pub fn prim(rows: &[Vec<f64>], is_case: &[bool], peel: f64, stop: f64) -> Option<Vec<PrimBox>> {
    let d = rows.first()?.len();
    let cases = is_case.iter().filter(|case| **case).count();
    let good = |row: &Vec<f64>| row.len() == d && row.iter().all(|x| x.is_finite());
    if rows.len() != is_case.len() || cases == 0 || !rows.iter().all(good) {
        return None;
    }
    if !(peel > 0.0 && peel < 1.0 && (0.0..1.0).contains(&stop)) {
        return None;
    }
    let all = Peeler { rows, is_case, cases };
    let mut sides = vec![(f64::NEG_INFINITY, f64::INFINITY); d];
    let mut within: Vec<usize> = (0..rows.len()).collect();
    let mut trajectory = vec![all.measured(&within, &sides)];
    while trajectory.last().is_some_and(|it: &PrimBox| it.density < 1.0)
        && let Some(Peel { input, low, kept }) = all.best_peel(&within, peel)
    {
        if (kept.len() as f64) < stop * rows.len() as f64 {
            break;
        }
        let values = || kept.iter().map(|row| rows[*row][input]);
        match low {
            true => sides[input].0 = values().fold(f64::INFINITY, f64::min),
            false => sides[input].1 = values().fold(f64::NEG_INFINITY, f64::max),
        }
        within = kept;
        trajectory.push(all.measured(&within, &sides));
    }
    Some(trajectory)
}

/// A cut at an end of an input.
struct Peel {
    input: usize,
    /// Whether it is the lower end.
    low: bool,
    /// Rows that are left.
    kept: Vec<usize>,
}

struct Peeler<'p> {
    rows: &'p [Vec<f64>],
    is_case: &'p [bool],
    cases: usize,
}

impl Peeler<'_> {
    fn count(&self, within: &[usize]) -> usize {
        within.iter().filter(|row| self.is_case[**row]).count()
    }

    fn best_peel(&self, within: &[usize], peel: f64) -> Option<Peel> {
        let cut = ((within.len() as f64 * peel).ceil() as usize).max(1);
        if cut >= within.len() {
            return None;
        }
        let mut best: Option<(f64, Peel)> = None;
        for input in 0..self.rows[0].len() {
            let mut values: Vec<f64> = within.iter().map(|row| self.rows[*row][input]).collect();
            values.sort_unstable_by(f64::total_cmp);
            for low in [true, false] {
                let bound = if low { values[cut - 1] } else { values[values.len() - cut] };
                let stays = |row: &&usize| {
                    let value = self.rows[**row][input];
                    if low { value > bound } else { value < bound }
                };
                let kept: Vec<usize> = within.iter().filter(stays).copied().collect();
                if kept.is_empty() || kept.len() == within.len() {
                    continue;
                }
                let density = self.count(&kept) as f64 / kept.len() as f64;
                if best.as_ref().is_none_or(|(before, _)| density > *before) {
                    best = Some((density, Peel { input, low, kept }));
                }
            }
        }
        best.map(|(_, peel)| peel)
    }

    fn measured(&self, within: &[usize], sides: &[(f64, f64)]) -> PrimBox {
        let found = self.count(within);
        let limit = |(input, &(low, high)): (usize, &(f64, f64))| {
            let (low, high) = (low.is_finite().then_some(low), high.is_finite().then_some(high));
            if low.is_none() && high.is_none() {
                return None;
            }
            // The rows that lie within all the other limits.
            let without: Vec<usize> = (0..self.rows.len())
                .filter(|row| {
                    let inside = |(other, (low, high)): (usize, &(f64, f64))| {
                        other == input || (*low..=*high).contains(&self.rows[*row][other])
                    };
                    sides.iter().enumerate().all(inside)
                })
                .collect();
            let density = self.count(&without) as f64 / without.len().max(1) as f64;
            let quasi_p = match found {
                0 => 1.0,
                _ if density >= 1.0 => 1.0,
                found => binomial::above(found as u64 - 1, within.len() as u64, density),
            };
            Some(PrimLimit { input, low, high, quasi_p })
        };
        PrimBox {
            limits: sides.iter().enumerate().filter_map(limit).collect(),
            mass: within.len() as f64 / self.rows.len() as f64,
            density: found as f64 / within.len() as f64,
            coverage: found as f64 / self.cases as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Luck;
    use crate::stats::design::scrambled;

    /// Cases where x1 > 0.7 and x2 < 0.4, of five inputs: the box near their density is that one.
    #[test]
    fn a_known_box_is_found_and_nothing_else_is_restricted() {
        let rows = scrambled(1024, 5, Luck::new(6), 0).unwrap();
        let is_case: Vec<bool> = rows.iter().map(|x| x[0] > 0.7 && x[1] < 0.4).collect();
        let trajectory = prim(&rows, &is_case, 0.1, 0.05).unwrap();
        assert_eq!((trajectory[0].mass, trajectory[0].coverage), (1.0, 1.0));
        assert!((trajectory[0].density - 0.12).abs() < 0.005);
        let found = trajectory.iter().find(|it| it.density > 0.95).unwrap();
        let inputs: Vec<usize> = found.limits.iter().map(|limit| limit.input).collect();
        assert_eq!(inputs, [0, 1]);
        assert!(
            (found.limits[0].low.unwrap() - 0.7).abs() < 0.06 && (found.limits[1].high.unwrap() - 0.4).abs() < 0.06
        );
        assert!(found.coverage > 0.7 && found.limits.iter().all(|limit| limit.quasi_p < 1e-6), "{found:?}");
        assert!(trajectory.windows(2).all(|pair| pair[1].mass < pair[0].mass));
    }

    #[test]
    fn what_cannot_be_peeled_is_refused_or_left() {
        let rows = vec![vec![1.0]; 6];
        let alike = prim(&rows, &[true, false, true, false, false, false], 0.1, 0.05).unwrap();
        assert_eq!(alike.len(), 1, "equal values are cut together or not at all");
        assert_eq!(prim(&rows, &[false; 6], 0.1, 0.05), None);
        assert_eq!(prim(&rows, &[true; 5], 0.1, 0.05), None);
        assert_eq!(prim(&rows, &[true; 6], 0.0, 0.05), None);
        assert_eq!(prim(&[], &[], 0.1, 0.05), None);
    }
}
