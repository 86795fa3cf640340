//! The cost-effectiveness frontier: which options are worth a look at some value of a unit.

use std::cmp::Ordering;

/// Where an option stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// On the frontier: the best choice at some value of a unit.
    NotDominated,
    /// Not on it, since some mix of two others costs no more and does more good: a unit above it comes cheaper.
    ExtendedDominated,
    /// Another option costs no more and does no less good, and one of the two is strict.
    Dominated,
}

/// One option's line in the table of the frontier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrontierRow {
    /// The option, by its place in what was given.
    pub option: usize,
    /// Its cost.
    pub cost: f64,
    /// Its effect.
    pub effect: f64,
    /// Where it stands.
    pub status: Status,
    /// Cost and effect beyond the frontier's option before it; `None` off the frontier, and for its first.
    pub step: Option<Step>,
    /// The earlier row with the same cost and the same effect, by its option, if there is one: it has that one's
    /// status.
    pub same_as: Option<usize>,
}

/// From one option on the frontier to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Extra cost, above 0.
    pub cost: f64,
    /// Extra effect, above 0.
    pub effect: f64,
    /// Incremental cost-effectiveness ratio: what each further unit costs. It rises, or stays, from step to step.
    pub ratio: f64,
}

/// The table of the frontier.
#[derive(Clone, Debug, PartialEq)]
pub struct Frontier {
    /// All options by rising cost; of the same cost, by falling effect; of the same both, in the order given.
    pub rows: Vec<FrontierRow>,
}

/// Slopes that differ by less than this share are one line; what lies on it stays.
const GRAIN: f64 = 1e-12;

impl Frontier {
    /// From costs and effects, one an option, more effect being better. Costs and effects may be negative.
    ///
    /// Sorted by cost; then strong dominance; then extended dominance until ratios rise (Johannesson and Weinstein,
    /// Journal of Health Economics 12, 1993, 459-467). Equal options share a status. An option on the line between its
    /// neighbours stays, with the same ratio as the next. `None` if there is no option, lengths differ, or a value is
    /// not finite.
    pub fn of(cost: &[f64], effect: &[f64]) -> Option<Frontier> {
        let sound = !cost.is_empty() && cost.len() == effect.len();
        if !sound || cost.iter().chain(effect).any(|value| !value.is_finite()) {
            return None;
        }
        let mut order: Vec<usize> = (0..cost.len()).collect();
        // Zero has two signs and one size.
        let compare = |a: f64, b: f64| a.partial_cmp(&b).unwrap_or(Ordering::Equal);
        order.sort_by(|a, b| {
            compare(cost[*a], cost[*b]).then_with(|| compare(effect[*b], effect[*a])).then_with(|| a.cmp(b))
        });
        let mut rows: Vec<FrontierRow> = Vec::with_capacity(order.len());
        // Rows on the frontier so far. A row that does no more good than the last of them is dominated.
        let mut kept: Vec<usize> = Vec::new();
        for option in order {
            let mut row = FrontierRow {
                option,
                cost: cost[option],
                effect: effect[option],
                status: Status::NotDominated,
                step: None,
                same_as: None,
            };
            let before = rows.last().filter(|last| last.cost == row.cost && last.effect == row.effect);
            if let Some(last) = before {
                row.same_as = Some(last.same_as.unwrap_or(last.option));
                // Its status is copied at the end, when that of the other is known.
            } else if kept.last().is_some_and(|last| row.effect <= rows[*last].effect) {
                row.status = Status::Dominated;
            } else {
                while let [.., first, middle] = kept[..] {
                    if !bends_back(&rows[first], &rows[middle], &row) {
                        break;
                    }
                    rows[middle].status = Status::ExtendedDominated;
                    kept.pop();
                }
                kept.push(rows.len());
            }
            rows.push(row);
        }
        for pair in kept.windows(2) {
            let (from, to) = (rows[pair[0]], rows[pair[1]]);
            let (cost, effect) = (to.cost - from.cost, to.effect - from.effect);
            rows[pair[1]].step = Some(Step { cost, effect, ratio: cost / effect });
        }
        for at in 1..rows.len() {
            if rows[at].same_as.is_some() {
                rows[at].status = rows[at - 1].status;
            }
        }
        Some(Frontier { rows })
    }

    /// The options on the frontier by rising cost, without such as equal an earlier one.
    pub fn options(&self) -> Vec<usize> {
        self.on_it().map(|row| row.option).collect()
    }

    /// The ratios along the frontier, one for each of [`Frontier::options`]; `None` for the first.
    pub fn ratios(&self) -> Vec<Option<f64>> {
        self.on_it().map(|row| row.step.map(|step| step.ratio)).collect()
    }

    /// Options of a status, in the order of the rows.
    pub fn with(&self, status: Status) -> Vec<usize> {
        self.rows.iter().filter(|row| row.status == status).map(|row| row.option).collect()
    }

    fn on_it(&self) -> impl Iterator<Item = &FrontierRow> {
        self.rows.iter().filter(|row| row.status == Status::NotDominated && row.same_as.is_none())
    }
}

impl Status {
    /// The field's letters: ND, ED, D.
    pub fn letters(self) -> &'static str {
        match self {
            Status::NotDominated => "ND",
            Status::ExtendedDominated => "ED",
            Status::Dominated => "D",
        }
    }

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Status::NotDominated => "on the frontier",
            Status::ExtendedDominated => "extendedly dominated",
            Status::Dominated => "dominated",
        }
    }
}

/// Whether the step to `middle` is dearer for each unit than the step on from it: a mix of its neighbours beats it.
fn bends_back(first: &FrontierRow, middle: &FrontierRow, last: &FrontierRow) -> bool {
    // Divided, since products could overflow. Both differences of effect are above 0.
    let before = (middle.cost - first.cost) / (middle.effect - first.effect);
    let after = (last.cost - middle.cost) / (last.effect - middle.effect);
    before - after > GRAIN * before.abs().max(after.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    #[track_caller]
    fn check(points: &[(f64, f64)], order: &[usize], letters: &[&str], ratios: &[f64]) {
        let (cost, effect): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        let frontier = Frontier::of(&cost, &effect).unwrap();
        assert_eq!(frontier.rows.iter().map(|row| row.option).collect::<Vec<_>>(), order);
        assert_eq!(frontier.rows.iter().map(|row| row.status.letters()).collect::<Vec<_>>(), letters);
        assert_eq!(frontier.ratios().into_iter().flatten().collect::<Vec<_>>(), ratios);
        assert_eq!(frontier.ratios().first(), Some(&None));
    }

    #[test]
    fn statuses_and_ratios_are_as_defined() {
        check(&[(0.0, 0.0), (10.0, 1.0), (30.0, 2.0)], &[0, 1, 2], &["ND", "ND", "ND"], &[10.0, 20.0]);
        // The middle one is dearer for each unit than the last.
        check(&[(0.0, 0.0), (30.0, 1.0), (40.0, 2.0)], &[0, 1, 2], &["ND", "ED", "ND"], &[20.0]);
        // Taking one out can uncover another: slopes 5, 6, 5.5 and then 5 again.
        check(
            &[(0.0, 0.0), (5.0, 1.0), (11.0, 2.0), (13.0, 3.0)],
            &[0, 1, 2, 3],
            &["ND", "ED", "ED", "ND"],
            &[13.0 / 3.0],
        );
        // One does it all.
        check(&[(5.0, 1.0), (1.0, 2.0), (9.0, 0.0)], &[1, 0, 2], &["ND", "D", "D"], &[]);
        // Savings and harm: negative costs and effects.
        check(&[(-10.0, -3.0), (-12.0, -4.0), (2.0, -1.0)], &[1, 0, 2], &["ND", "ND", "ND"], &[2.0, 6.0]);
        // On the line between its neighbours: stays.
        check(&[(0.0, 0.0), (0.1, 0.1), (0.3, 0.3)], &[0, 1, 2], &["ND", "ND", "ND"], &[1.0, 0.3 - 0.1 + 0.8]);
    }

    #[test]
    fn ties_are_sound() {
        // Same cost: the one that does more good. Same effect: the cheaper one.
        check(&[(1.0, 1.0), (1.0, 2.0), (3.0, 2.0)], &[1, 0, 2], &["ND", "D", "D"], &[]);
        check(&[(0.0, 1.0), (-0.0, 2.0)], &[1, 0], &["ND", "D"], &[]);
        // Equal ones share a status, on the frontier and off it.
        let points = [(0.0, 0.0), (8.0, 1.0), (10.0, 2.0), (8.0, 1.0), (10.0, 2.0), (10.0, 2.0)];
        check(&points, &[0, 1, 3, 2, 4, 5], &["ND", "ED", "ED", "ND", "ND", "ND"], &[5.0]);
        let (cost, effect): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        let frontier = Frontier::of(&cost, &effect).unwrap();
        let same: Vec<Option<usize>> = frontier.rows.iter().map(|row| row.same_as).collect();
        assert_eq!(same, [None, None, Some(1), None, Some(2), Some(2)]);
        assert_eq!((frontier.options(), frontier.with(Status::ExtendedDominated)), (vec![0, 2], vec![1, 3]));
    }

    /// On the frontier is what has the highest net benefit at some value of a unit, and nothing else.
    #[test]
    fn the_frontier_is_what_is_best_at_some_value() {
        let mut stream = Luck::new(4).stream(Purpose::TEST, Entity::of("frontier"));
        for _ in 0..200 {
            let points: Vec<(f64, f64)> =
                (0..12).map(|_| (stream.uniform() * 2.0 - 1.0, stream.uniform() * 2.0 - 1.0)).collect();
            let (cost, effect): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
            let frontier = Frontier::of(&cost, &effect).unwrap();
            let ratios: Vec<f64> = frontier.ratios().into_iter().flatten().collect();
            assert!(ratios.windows(2).all(|pair| pair[0] <= pair[1]) && ratios.iter().all(|ratio| *ratio > 0.0));
            // Between two ratios one option is best; below the first and above the last too.
            let mut values = vec![ratios.first().map_or(1.0, |first| first / 2.0)];
            values.extend(ratios.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])));
            values.extend(ratios.last().map(|last| last * 2.0));
            let best: Vec<usize> = values
                .iter()
                .map(|k| {
                    let benefit = |d: &usize| k * effect[*d] - cost[*d];
                    (0..12).max_by(|a, b| benefit(a).total_cmp(&benefit(b))).unwrap()
                })
                .collect();
            assert_eq!(best, frontier.options());
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Frontier::of(&[], &[]), None);
        assert_eq!(Frontier::of(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(Frontier::of(&[f64::NAN], &[1.0]), None);
        check(&[(3.0, -1.0)], &[0], &["ND"], &[]);
    }
}
