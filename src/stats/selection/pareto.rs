//! What nothing else beats in all objectives at once, and how much of the objectives' space it covers.

use super::Goal;

/// Whether `a` is at least as good as `b` in every objective and better in one. False if lengths differ from `goals`, or
/// where a NaN stands in the way.
pub fn dominates(a: &[f64], b: &[f64], goals: &[Goal]) -> bool {
    if a.len() != goals.len() || b.len() != goals.len() {
        return false;
    }
    let gains = || goals.iter().zip(a.iter().zip(b)).map(|(goal, (a, b))| (goal.gain(*a), goal.gain(*b)));
    gains().all(|(a, b)| a >= b) && gains().any(|(a, b)| a > b)
}

/// Indices of the points that no other dominates, rising. Of equal points all stay. `None` if a point has another number of
/// objectives than `goals`, or a NaN.
pub fn non_dominated(points: &[Vec<f64>], goals: &[Goal]) -> Option<Vec<usize>> {
    if points.iter().any(|point| point.len() != goals.len() || point.iter().any(|x| x.is_nan())) {
        return None;
    }
    let beaten = |i: usize| points.iter().any(|other| dominates(other, &points[i], goals));
    Some((0..points.len()).filter(|&i| !beaten(i)).collect())
}

/// The volume between `reference`, which is worse than all that counts, and the points: the part of space in which a point
/// is dominated (E. Zitzler and L. Thiele, PPSN V, 1998). Exact, in slices along the last objective; quick for two or three
/// objectives, and growing steeply with more. Points that are not better than the reference in every objective add
/// nothing. 0 for no points or no objectives.
///
/// `None` if lengths differ from `goals`, or a number is not finite.
pub fn hypervolume(points: &[Vec<f64>], reference: &[f64], goals: &[Goal]) -> Option<f64> {
    let fits = |point: &[f64]| point.len() == goals.len() && point.iter().all(|x| x.is_finite());
    if !fits(reference) || points.iter().any(|point| !fits(point)) {
        return None;
    }
    let edges = |point: &Vec<f64>| -> Vec<f64> {
        goals.iter().zip(point.iter().zip(reference)).map(|(goal, (x, r))| goal.gain(*x) - goal.gain(*r)).collect()
    };
    let boxes: Vec<Vec<f64>> = points.iter().map(edges).filter(|edges| edges.iter().all(|edge| *edge > 0.0)).collect();
    Some(union(boxes.iter().map(Vec::as_slice).collect(), goals.len()))
}

/// The volume of the union of boxes from the origin, by their first `m` edges.
fn union(mut boxes: Vec<&[f64]>, m: usize) -> f64 {
    match m {
        0 => 0.0,
        1 => boxes.iter().fold(0.0, |most: f64, edges| most.max(edges[0])),
        _ => {
            boxes.sort_by(|a, b| b[m - 1].total_cmp(&a[m - 1]));
            if m == 2 {
                return area(&boxes);
            }
            // Between two heights, the boxes that reach there have one cross-section.
            let below = |i: usize| boxes.get(i).map_or(0.0, |edges| edges[m - 1]);
            (0..boxes.len())
                .filter(|&i| below(i) > below(i + 1))
                .map(|i| (below(i) - below(i + 1)) * union(boxes[..=i].to_vec(), m - 1))
                .sum()
        }
    }
}

/// The area of rectangles that come by falling height.
fn area(boxes: &[&[f64]]) -> f64 {
    let (mut sum, mut width) = (0.0, 0.0);
    for edges in boxes {
        if edges[0] > width {
            sum += (edges[0] - width) * edges[1];
            width = edges[0];
        }
    }
    sum
}

/// An archive that keeps one point for each occupied cell of a grid, and no cell that another dominates (M. Laumanns, L.
/// Thiele, K. Deb and E. Zitzler, Evolutionary Computation 10, 2002, 263-282). It stays small, and what it once held is
/// never lost by more than a cell's width.
#[derive(Clone, Debug, PartialEq)]
pub struct Archive {
    goals: Vec<Goal>,
    widths: Vec<f64>,
    members: Vec<Member>,
}

/// A point of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What it was called when it was offered.
    pub id: usize,
    /// Its objectives.
    pub values: Vec<f64>,
    /// The cell it is in, for each objective, turned so that more is better.
    cell: Vec<f64>,
}

impl Archive {
    /// An empty archive with cells of the given widths, one for each objective, in its unit. `None` if lengths differ, there
    /// is no objective, or a width is not positive and finite.
    pub fn new(goals: &[Goal], widths: &[f64]) -> Option<Archive> {
        let fits = !goals.is_empty() && goals.len() == widths.len() && widths.iter().all(|w| w.is_finite() && *w > 0.0);
        fits.then(|| Archive { goals: goals.to_vec(), widths: widths.to_vec(), members: Vec::new() })
    }

    /// Offers a point, and says whether it was taken in; members that it makes superfluous go. In a cell that is taken, the
    /// dominating point stays, or else the one nearer to the cell's best corner, or else the earlier one. A point with a
    /// number that is not finite, or too few or many, is not taken in.
    pub fn offer(&mut self, id: usize, values: &[f64]) -> bool {
        if values.len() != self.goals.len() || values.iter().any(|x| !x.is_finite()) {
            return false;
        }
        let cell: Vec<f64> = self.steps(values).map(f64::floor).collect();
        let at_least = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a >= b);
        for member in &self.members {
            if member.cell == cell {
                let loses = !dominates(values, &member.values, &self.goals)
                    && (dominates(&member.values, values, &self.goals)
                        || self.corner_gap(values) >= self.corner_gap(&member.values));
                if loses {
                    return false;
                }
            } else if at_least(&member.cell, &cell) {
                return false;
            }
        }
        self.members.retain(|member| !at_least(&cell, &member.cell));
        let place = self.members.partition_point(|member| by_values(&member.values, values).is_lt());
        self.members.insert(place, Member { id, values: values.to_vec(), cell });
        true
    }

    /// The members by their first objective, then the next, rising: an order that does not depend on when they came.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Objectives in widths of a cell, more being better.
    fn steps<'a>(&'a self, values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.goals.iter().zip(values.iter().zip(&self.widths)).map(|(goal, (x, width))| goal.gain(*x) / width)
    }

    /// The squared distance from the cell's best corner, in widths.
    fn corner_gap(&self, values: &[f64]) -> f64 {
        self.steps(values).map(|step| step.floor() + 1.0 - step).map(|gap| gap * gap).sum()
    }
}

fn by_values(a: &[f64], b: &[f64]) -> std::cmp::Ordering {
    let mut pairs = a.iter().zip(b).map(|(a, b)| a.total_cmp(b));
    pairs.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::Goal::{Largest, Smallest};
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    /// Points on a coarse grid, so that ties come up.
    fn points(name: &str, n: usize, m: usize) -> Vec<Vec<f64>> {
        let mut stream = Luck::new(2).stream(Purpose::TEST, Entity::of(name));
        (0..n).map(|_| (0..m).map(|_| (stream.uniform() * 6.0).floor()).collect()).collect()
    }

    /// Inclusion and exclusion over all sets of boxes from the reference (0 for everything largest).
    fn by_inclusion(points: &[Vec<f64>]) -> f64 {
        (1..1_u32 << points.len())
            .map(|set| {
                let inside = (0..points.len()).filter(|i| set >> i & 1 == 1);
                let corner =
                    inside.map(|i| points[i].clone()).reduce(|a, b| a.iter().zip(&b).map(|(a, b)| a.min(*b)).collect());
                let volume: f64 = corner.unwrap().iter().product();
                if set.count_ones() % 2 == 1 { volume } else { -volume }
            })
            .sum()
    }

    #[test]
    fn hypervolume_agrees_with_inclusion_and_exclusion() {
        for m in 1..=4 {
            for n in 1..=9 {
                let points = points("volume", n, m);
                let goals = vec![Largest; m];
                let volume = hypervolume(&points, &vec![0.0; m], &goals).unwrap();
                assert!((volume - by_inclusion(&points)).abs() < 1e-9, "{n} points of {m}: {points:?}");
                // The frontier alone covers as much.
                let front: Vec<Vec<f64>> =
                    non_dominated(&points, &goals).unwrap().into_iter().map(|i| points[i].clone()).collect();
                assert!((hypervolume(&front, &vec![0.0; m], &goals).unwrap() - volume).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn hypervolumes_by_hand_are_met() {
        // Three steps of a stair below (4, 4): 3*1 + 2*1 + 1*1 = 6.
        let stair = [vec![1.0, 3.0], vec![2.0, 2.0], vec![3.0, 1.0]];
        assert_eq!(hypervolume(&stair, &[4.0, 4.0], &[Smallest, Smallest]), Some(6.0));
        // Cost least, effect most.
        let mixed = [vec![1.0, -3.0], vec![2.0, -2.0], vec![3.0, -1.0]];
        assert_eq!(hypervolume(&mixed, &[4.0, -4.0], &[Smallest, Largest]), Some(3.0 * 1.0 + 2.0 * 1.0 + 1.0 * 1.0));
        // Two boxes of 1 x 2 x 2 and 2 x 1 x 2 that share 1 x 1 x 2.
        let boxes = [vec![1.0, 2.0, 2.0], vec![2.0, 1.0, 2.0]];
        assert_eq!(hypervolume(&boxes, &[0.0; 3], &[Largest; 3]), Some(6.0));
        let beyond = [vec![5.0, 1.0], vec![4.0, 0.0]];
        assert_eq!(hypervolume(&beyond, &[4.0, 4.0], &[Smallest, Smallest]), Some(0.0));
        assert_eq!(hypervolume(&[], &[1.0], &[Smallest]), Some(0.0));
        assert_eq!(hypervolume(&[vec![f64::NAN]], &[1.0], &[Smallest]), None);
        assert_eq!(hypervolume(&[vec![1.0]], &[1.0, 2.0], &[Smallest]), None);
    }

    #[test]
    fn the_frontier_is_what_nobody_beats() {
        let goals = [Smallest, Largest];
        let options = [vec![10.0, 5.0], vec![12.0, 5.0], vec![8.0, 2.0], vec![10.0, 5.0], vec![9.0, 1.0]];
        assert_eq!(non_dominated(&options, &goals), Some(vec![0, 2, 3]));
        assert!(dominates(&options[0], &options[1], &goals) && !dominates(&options[0], &options[3], &goals));
        assert!(!dominates(&[1.0], &options[0], &goals));
        assert_eq!(non_dominated(&[], &goals), Some(vec![]));
        assert_eq!(non_dominated(&[vec![1.0, f64::NAN]], &goals), None);
        assert_eq!(non_dominated(&[vec![1.0]], &goals), None);
        assert_eq!(non_dominated(&[vec![f64::INFINITY, 1.0]], &goals), Some(vec![0]));
    }

    #[test]
    fn the_archive_covers_everything_to_a_cell_and_holds_no_dominated_cell() {
        let goals = [Smallest, Largest, Smallest];
        let mut stream = Luck::new(3).stream(Purpose::TEST, Entity::of("archive"));
        let all: Vec<Vec<f64>> = (0..400).map(|_| (0..3).map(|_| stream.uniform() - 0.5).collect()).collect();
        let mut archive = Archive::new(&goals, &[0.1, 0.2, 0.15]).unwrap();
        for (id, values) in all.iter().enumerate() {
            archive.offer(id, values);
        }
        let members = archive.members();
        assert!(members.len() < 60, "{}", members.len());
        for values in &all {
            // Some member is as good in every objective, but for less than a cell.
            let near = |member: &Member| {
                let gain = |i: usize| goals[i].gain(member.values[i]) - goals[i].gain(values[i]);
                (0..3).all(|i| gain(i) > -[0.1, 0.2, 0.15][i])
            };
            assert!(members.iter().any(near), "{values:?}");
        }
        for a in members {
            assert_eq!(all[a.id], a.values);
            assert!(members.iter().all(|b| a.id == b.id || !dominates(&b.values, &a.values, &goals)), "{a:?}");
        }
        assert!(members.is_sorted_by(|a, b| a.values[0] <= b.values[0]));
    }

    #[test]
    fn a_cell_keeps_its_better_point() {
        let mut archive = Archive::new(&[Largest, Largest], &[1.0, 1.0]).unwrap();
        assert!(archive.offer(0, &[0.5, 0.5]));
        assert!(!archive.offer(1, &[0.4, 0.5]), "dominated");
        assert!(archive.offer(2, &[0.6, 0.5]), "dominates");
        assert!(!archive.offer(3, &[0.9, 0.1]), "further from the corner");
        assert!(archive.offer(4, &[0.55, 0.7]), "nearer to the corner");
        assert!(!archive.offer(5, &[0.55, 0.7]), "the same again");
        assert!(archive.offer(6, &[1.2, 0.1]), "another cell, which dominates this one's");
        assert_eq!(archive.members().iter().map(|member| member.id).collect::<Vec<_>>(), [6]);
        assert!(!archive.offer(7, &[f64::NAN, 9.0]) && !archive.offer(8, &[9.0]));
        assert_eq!(Archive::new(&[], &[]), None);
        assert_eq!(Archive::new(&[Largest], &[0.0]), None);
        assert_eq!(Archive::new(&[Largest], &[1.0, 1.0]), None);
    }
}
