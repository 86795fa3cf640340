//! Pasting: a peeled box is enlarged again where it was cut too far.

use super::prim::{OPEN, PrimBox, Sample};

/// Enlarges a box (J. H. Friedman and N. I. Fisher, Statistics and Computing 9, 1999, 123-143): again and
/// again at that restricted side of that input where it raises the density most, the first input and its lower side
/// among equals, by the share `share` of the rows within, as long as the density rises. Equal values come in together.
/// Where no more rows lie beyond a side than would come in, it is restricted no longer.
///
/// The rows are those of the peeling, or others on which the box is to be tried; the measures of the result are of
/// them. The box itself, measured anew, if nothing raises its density. `None` as of [`prim`](super::prim()) for rows
/// and cases, for a `share` that is not between 0 and 1, for limits of an input that is not there or that are not
/// finite, and for a box that holds no row.
pub fn pasted(rows: &[Vec<f64>], is_case: &[bool], start: &PrimBox, share: f64) -> Option<PrimBox> {
    let all = Sample::of(rows, is_case)?;
    let mut sides = vec![OPEN; all.inputs()];
    for limit in &start.limits {
        let (low, high) = (limit.low.unwrap_or(OPEN.0), limit.high.unwrap_or(OPEN.1));
        let is_sound = limit.low.into_iter().chain(limit.high).all(f64::is_finite);
        *sides.get_mut(limit.input).filter(|_| is_sound)? = (low, high);
    }
    let mut within = all.within(&sides, None);
    if within.is_empty() || !(share > 0.0 && share < 1.0) {
        return None;
    }
    let density = |within: &[usize]| all.count(within) as f64 / within.len() as f64;
    loop {
        let room = (within.len() as f64 * share).ceil() as usize;
        let mut best = (density(&within), None);
        for input in 0..sides.len() {
            for low in [true, false] {
                let Some(side) = enlarged(&all, &sides, input, low, room) else { continue };
                let mut wider = sides.clone();
                wider[input] = side;
                let rows = all.within(&wider, None);
                let dense = density(&rows);
                if dense > best.0 {
                    best = (dense, Some((wider, rows)));
                }
            }
        }
        let Some((wider, rows)) = best.1 else { break };
        (sides, within) = (wider, rows);
    }
    Some(all.measured(&within, &sides))
}

/// The sides of an input when so many of the rows next to one of them have come in. `None` if that side is open, or no
/// row lies beyond it within the other limits.
fn enlarged(all: &Sample, sides: &[(f64, f64)], input: usize, low: bool, room: usize) -> Option<(f64, f64)> {
    let (from, to) = sides[input];
    if !(if low { from } else { to }).is_finite() {
        return None;
    }
    let mut beyond: Vec<f64> = all.values(&all.within(sides, Some(input)), input);
    // The nearest first.
    if low {
        beyond.retain(|x| *x < from);
        beyond.sort_unstable_by(|a, b| b.total_cmp(a));
    } else {
        beyond.retain(|x| *x > to);
        beyond.sort_unstable_by(f64::total_cmp);
    }
    let furthest = beyond.last()?;
    let bound = beyond.get(room.max(1) - 1).filter(|bound| *bound != furthest);
    Some(if low { (*bound.unwrap_or(&OPEN.0), to) } else { (from, *bound.unwrap_or(&OPEN.1)) })
}

#[cfg(test)]
mod tests {
    use super::super::{PrimLimit, chosen, prim};
    use super::*;
    use crate::random::Luck;
    use crate::stats::design::scrambled;

    fn limit(input: usize, low: Option<f64>, high: Option<f64>) -> PrimLimit {
        PrimLimit { input, low, high, quasi_p: 0.0 }
    }

    fn of(limits: Vec<PrimLimit>) -> PrimBox {
        PrimBox { limits, mass: 0.0, density: 0.0, coverage: 0.0 }
    }

    /// Of 0, 1, ..., 99 the cases are 20 to 79 and every other one of 60 to 69 is not. A box of 60 to 69 grows on both
    /// sides to where the cases end.
    #[test]
    fn a_box_grows_while_its_density_rises() {
        let rows: Vec<Vec<f64>> = (0..100).map(|i| vec![f64::from(i)]).collect();
        let is_case: Vec<bool> =
            (0..100).map(|i| (20..80).contains(&i) && !((60..70).contains(&i) && i % 2 == 1)).collect();
        let it = pasted(&rows, &is_case, &of(vec![limit(0, Some(60.0), Some(69.0))]), 0.01).unwrap();
        assert_eq!((it.limits[0].low, it.limits[0].high), (Some(20.0), Some(79.0)));
        assert_eq!((it.mass, it.density, it.coverage), (0.6, 55.0 / 60.0, 1.0));
        // All rows beyond a side are cases: it is open then.
        let upper: Vec<bool> = (0..100).map(|i| i >= 60 && i != 75).collect();
        let it = pasted(&rows, &upper, &of(vec![limit(0, Some(60.0), Some(79.0))]), 0.2).unwrap();
        assert_eq!((it.limits[0].low, it.limits[0].high), (Some(60.0), None));
    }

    /// Pasting never lowers the density nor the coverage of a box that was peeled, and twice is as good as once.
    #[test]
    fn a_peeled_box_only_gains() {
        let rows = scrambled(512, 4, Luck::new(7), 0).unwrap();
        let is_case: Vec<bool> = rows.iter().map(|x| x[0] > 0.6 && x[1] < 0.5 && x[3] * 32.0 % 4.0 >= 1.0).collect();
        let trajectory = prim(&rows, &is_case, 0.15, 0.02).unwrap();
        let mut grown = 0;
        for it in &trajectory {
            let once = pasted(&rows, &is_case, it, 0.02).unwrap();
            assert!(once.density >= it.density && once.coverage >= it.coverage && once.limits.len() <= it.limits.len());
            assert_eq!(pasted(&rows, &is_case, &once, 0.02).as_ref(), Some(&once));
            grown += usize::from(once != *it);
        }
        assert!(grown > 0 && chosen(&trajectory, 0.5).is_some());
    }

    #[test]
    fn what_is_no_box_of_these_rows_has_none() {
        let rows = vec![vec![1.0], vec![2.0], vec![3.0]];
        let is_case = [false, true, true];
        let whole = of(vec![]);
        assert_eq!(pasted(&rows, &is_case, &whole, 0.1).unwrap().mass, 1.0);
        for share in [0.0, 1.0, f64::NAN] {
            assert_eq!(pasted(&rows, &is_case, &whole, share), None);
        }
        for wrong in [limit(1, Some(1.0), None), limit(0, Some(f64::NAN), None), limit(0, Some(5.0), None)] {
            assert_eq!(pasted(&rows, &is_case, &of(vec![wrong]), 0.1), None);
        }
        assert_eq!((pasted(&rows, &is_case[..2], &whole, 0.1), pasted(&[], &[], &whole, 0.1)), (None, None));
    }
}
