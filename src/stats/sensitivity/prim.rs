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
    /// Chance of at least so many cases among as many rows as the box without this limit holds, if the density were
    /// that of the box without it: a quasi p value, since the limit was chosen for it.
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

/// Peels boxes (J. H. Friedman and N. I. Fisher, Statistics and Computing 9, 1999, 123-143; B. P. Bryant and R. J.
/// Lempert, Technological Forecasting and Social Change 77, 2010, 34-49, for the measures): from all rows, again and
/// again the share `peel` of the rows at one end of one input is cut off, until the mass would fall under `stop` or all
/// rows within are cases. The whole trajectory, all rows first; [`chosen`] or a reader picks from it.
///
/// Of all ends the one is cut off that raises the density most for each row lost, the first input and its lower end
/// among equals. That is the criterion for inputs of few values (Friedman and Fisher, section 14; J. H. Kwakkel and M.
/// Jaxa-Rozen, Environmental Modelling & Software 79, 2016, 311-321). Where all cuts are of one size, as for continuous
/// inputs, it is the cut that raises the density most. Where they are not, a yes or no with half of the rows must bring
/// as much more as it costs: by the density alone it would come first nearly always, even where it means nothing.
///
/// Equal values are cut off together or not at all: as a rule with the share that they begin in, so that a cut may be
/// as large as all rows of one value. The cut that stops short of them stands beside it, if it is half the share or
/// more. A cut that would leave less than `stop` is passed over for a smaller one. Only ends are cut off, so the values
/// of an input need an order.
///
/// `None` without rows or cases, for rows of unequal length, values that are not finite, a `peel` that is not between 0
/// and 1, or a `stop` that is not from 0 to below 1.
pub fn prim(rows: &[Vec<f64>], is_case: &[bool], peel: f64, stop: f64) -> Option<Vec<PrimBox>> {
    let all = Sample::of(rows, is_case)?;
    if !(peel > 0.0 && peel < 1.0 && (0.0..1.0).contains(&stop)) {
        return None;
    }
    let mut sides = vec![OPEN; all.inputs()];
    let mut within: Vec<usize> = (0..rows.len()).collect();
    let mut trajectory = vec![all.measured(&within, &sides)];
    while trajectory.last().is_some_and(|it| it.density < 1.0)
        && let Some(Cut { input, low, kept, .. }) = all.best_cut(&within, peel, stop * rows.len() as f64)
    {
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

/// Densities that differ by so much or less are as good as equal to [`chosen`]. Set by judgement.
const NEAR: f64 = 0.01;

/// The index of the box to show, of those that cover at least the share `least_coverage` of the cases: the highest
/// density counts, but of boxes within a percentage point of it the one that restricts the fewest inputs, then the
/// densest, then the one that covers most, then the first. `None` if no box covers so much.
pub fn chosen(boxes: &[PrimBox], least_coverage: f64) -> Option<usize> {
    let enough = || boxes.iter().enumerate().filter(|(_, it)| it.coverage >= least_coverage);
    let densest = enough().map(|(_, it)| it.density).max_by(f64::total_cmp)?;
    let near = enough().filter(|(_, it)| it.density >= densest - NEAR);
    let order = |a: &PrimBox, b: &PrimBox| {
        let by_limits = a.limits.len().cmp(&b.limits.len());
        by_limits.then(b.density.total_cmp(&a.density)).then(b.coverage.total_cmp(&a.coverage))
    };
    // The first of equals is kept.
    near.min_by(|(_, a), (_, b)| order(a, b)).map(|(nth, _)| nth)
}

/// Lowest and highest value within, of an input that is not restricted.
pub(super) const OPEN: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// A cut at an end of an input.
struct Cut {
    input: usize,
    /// Whether it is the lower end.
    low: bool,
    /// Rows that are left.
    kept: Vec<usize>,
    /// What it adds to the density for each row that it cuts off.
    gain: f64,
}

/// Rows of inputs, and which of them are cases: one row and one case at least.
pub(super) struct Sample<'p> {
    rows: &'p [Vec<f64>],
    is_case: &'p [bool],
    cases: usize,
}

impl<'p> Sample<'p> {
    pub(super) fn of(rows: &'p [Vec<f64>], is_case: &'p [bool]) -> Option<Sample<'p>> {
        let d = rows.first()?.len();
        let cases = is_case.iter().filter(|case| **case).count();
        let good = |row: &Vec<f64>| row.len() == d && row.iter().all(|x| x.is_finite());
        let sound = rows.len() == is_case.len() && cases > 0 && rows.iter().all(good);
        sound.then_some(Sample { rows, is_case, cases })
    }

    pub(super) fn inputs(&self) -> usize {
        self.rows[0].len()
    }

    pub(super) fn count(&self, within: &[usize]) -> usize {
        within.iter().filter(|row| self.is_case[**row]).count()
    }

    /// The values of an input in some rows.
    pub(super) fn values(&self, within: &[usize], input: usize) -> Vec<f64> {
        within.iter().map(|row| self.rows[*row][input]).collect()
    }

    /// Rows within all limits but those of the input `but`.
    pub(super) fn within(&self, sides: &[(f64, f64)], but: Option<usize>) -> Vec<usize> {
        let inside = |row: &usize| {
            let mut limits = sides.iter().zip(&self.rows[*row]).enumerate();
            limits.all(|(input, ((low, high), x))| Some(input) == but || (low..=high).contains(&x))
        };
        (0..self.rows.len()).filter(inside).collect()
    }

    /// The cut that raises the density most for each row lost, of those that leave so many rows and one at least.
    fn best_cut(&self, within: &[usize], peel: f64, least: f64) -> Option<Cut> {
        let share = ((within.len() as f64 * peel).ceil() as usize).max(1);
        if share >= within.len() {
            return None;
        }
        let mut best: Option<Cut> = None;
        let before = self.count(within) as f64 / within.len() as f64;
        for input in 0..self.inputs() {
            let value = |row: &usize| self.rows[*row][input];
            let mut values = self.values(within, input);
            values.sort_unstable_by(f64::total_cmp);
            for low in [true, false] {
                let bound = if low { values[share - 1] } else { values[values.len() - share] };
                let beyond = |row: &&usize| if low { value(row) > bound } else { value(row) < bound };
                let whole: Vec<usize> = within.iter().filter(beyond).copied().collect();
                // Without the value that the share ends in, if that has more rows than the share has room for.
                let short = (whole.len() + share < within.len())
                    .then(|| within.iter().filter(|row| beyond(row) || value(row) == bound).copied().collect())
                    .filter(|kept: &Vec<usize>| 2 * (within.len() - kept.len()) >= share);
                for kept in std::iter::once(whole).chain(short) {
                    if kept.is_empty() || (kept.len() as f64) < least {
                        continue;
                    }
                    let lost = within.len() - kept.len();
                    let gain = (self.count(&kept) as f64 / kept.len() as f64 - before) / lost as f64;
                    if best.as_ref().is_none_or(|it| gain > it.gain) {
                        best = Some(Cut { input, low, kept, gain });
                    }
                }
            }
        }
        best
    }

    /// The box with these limits, of the rows within them.
    pub(super) fn measured(&self, within: &[usize], sides: &[(f64, f64)]) -> PrimBox {
        let found = self.count(within);
        let limit = |(input, &(low, high)): (usize, &(f64, f64))| {
            let (low, high) = (low.is_finite().then_some(low), high.is_finite().then_some(high));
            if low.is_none() && high.is_none() {
                return None;
            }
            // The rows that lie within all the other limits.
            let without = self.within(sides, Some(input));
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
mod tests;
