//! The line in a grid of two inputs along which a difference is zero.

use std::collections::BTreeMap;

use super::break_even::{rising, zero_between};

/// An edge of the grid: from the node at place (i, j) to the next along x (`true`) or along y.
type Edge = (usize, usize, bool);

/// The lines along which a grid of mean differences is 0: marching squares (W. E. Lorensen and H. E. Cline, Computer
/// Graphics 21, 1987, 163-169, in two dimensions), linear along the edges of the cells. Points are (x, y), in the units
/// of the two inputs.
///
/// `means[i][j]` is the mean at `xs[i]` and `ys[j]`; both rise. Lines that end at the border come first, by the edge at
/// which they begin; then closed ones, whose last point is their first. Where the corners of a cell have different
/// signs crosswise, the sign of their mean says which two belong together. A mean of exactly 0 counts with those below
/// 0.
///
/// `None` for fewer than two values of an input, values that do not rise, another number of means, or one that is not
/// finite. Empty if all means are above 0, or none is.
pub fn two_way_contour(xs: &[f64], ys: &[f64], means: &[Vec<f64>]) -> Option<Vec<Vec<(f64, f64)>>> {
    let fits = |row: &Vec<f64>| row.len() == ys.len() && row.iter().all(|mean| mean.is_finite());
    if !rising(xs) || !rising(ys) || means.len() != xs.len() || !means.iter().all(fits) {
        return None;
    }
    let mut links: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
    for i in 0..xs.len() - 1 {
        for j in 0..ys.len() - 1 {
            for (a, b) in within_cell(means, i, j) {
                links.entry(a).or_default().push(b);
                links.entry(b).or_default().push(a);
            }
        }
    }
    let point = |&(i, j, along_x): &Edge| {
        if along_x {
            (zero_between((xs[i], xs[i + 1]), (means[i][j], means[i + 1][j])), ys[j])
        } else {
            (xs[i], zero_between((ys[j], ys[j + 1]), (means[i][j], means[i][j + 1])))
        }
    };
    let polyline = |edges: Vec<Edge>| {
        let mut points: Vec<(f64, f64)> = edges.iter().map(point).collect();
        // Lines through a node with a mean of 0 meet it on more than one edge.
        points.dedup();
        points
    };
    let lines = traced(links).into_iter().map(polyline).filter(|points| points.len() > 1);
    Some(lines.collect())
}

/// The pairs of edges of a cell between which a line runs.
fn within_cell(means: &[Vec<f64>], i: usize, j: usize) -> Vec<(Edge, Edge)> {
    let corners = [means[i][j], means[i + 1][j], means[i + 1][j + 1], means[i][j + 1]];
    // Edge k runs from corner k to corner k + 1, around the cell.
    let edges = [(i, j, true), (i + 1, j, false), (i, j + 1, true), (i, j, false)];
    let above = corners.map(|mean| mean > 0.0);
    let crossed: Vec<usize> = (0..4).filter(|k| above[*k] != above[(k + 1) % 4]).collect();
    match crossed[..] {
        [a, b] => vec![(edges[a], edges[b])],
        [_, _, _, _] => {
            // The corners that are cut off one by one are those of the other sign than the middle. Corner k is between
            // edges k - 1 and k.
            let middle = 0.25 * corners.iter().sum::<f64>() > 0.0;
            (0..4).filter(|k| above[*k] != middle).map(|k| (edges[(k + 3) % 4], edges[k])).collect()
        }
        _ => Vec::new(),
    }
}

/// Chains of linked edges: first those with ends, then rings, each from its first edge on.
fn traced(mut links: BTreeMap<Edge, Vec<Edge>>) -> Vec<Vec<Edge>> {
    let mut chains = Vec::new();
    while let Some(start) = next_start(&links) {
        let is_ring = links.get(&start).is_some_and(|others| others.len() == 2);
        let mut chain = vec![start];
        let mut at = start;
        while let Some(next) = links.remove(&at).and_then(|others| others.into_iter().find(|it| links.contains_key(it)))
        {
            chain.push(next);
            at = next;
        }
        if is_ring {
            chain.push(start);
        }
        chains.push(chain);
    }
    chains
}

/// An edge at the border if a line still ends there, or else any.
fn next_start(links: &BTreeMap<Edge, Vec<Edge>>) -> Option<Edge> {
    let end = links.iter().find(|(_, others)| others.len() == 1);
    end.or_else(|| links.iter().next()).map(|(edge, _)| *edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(xs: &[f64], ys: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<Vec<f64>> {
        xs.iter().map(|x| ys.iter().map(|y| f(*x, *y)).collect()).collect()
    }

    #[test]
    fn a_plane_is_zero_along_a_straight_line() {
        let (xs, ys) = ([0.0, 1.0, 2.0, 4.0], [0.0, 0.5, 3.0]);
        let lines = two_way_contour(&xs, &ys, &grid(&xs, &ys, |x, y| x + y - 2.25)).unwrap();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|(x, y)| (x + y - 2.25).abs() < 1e-12), "{lines:?}");
        let ends = [lines[0][0], lines[0][lines[0].len() - 1]];
        assert!(ends.contains(&(0.0, 2.25)) && ends.contains(&(2.25, 0.0)), "{ends:?}");
        assert!(lines[0].is_sorted_by(|a, b| a.0 < b.0) || lines[0].is_sorted_by(|a, b| a.0 > b.0), "{lines:?}");
    }

    #[test]
    fn a_circle_is_one_closed_line() {
        let axis: Vec<f64> = (-20..=20).map(|i| f64::from(i) / 10.0).collect();
        let lines = two_way_contour(&axis, &axis, &grid(&axis, &axis, |x, y| x * x + y * y - 1.69)).unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        assert!(lines[0].iter().all(|(x, y)| ((x * x + y * y).sqrt() - 1.3).abs() < 2e-3));
        // Its length by the polygon: 2 pi r, less what the chords cut off.
        let length: f64 = lines[0].windows(2).map(|p| libm::hypot(p[1].0 - p[0].0, p[1].1 - p[0].1)).sum();
        assert!((length - 2.0 * std::f64::consts::PI * 1.3).abs() < 0.02, "{length}");
    }

    #[test]
    fn a_saddle_goes_with_the_mean_of_its_corners() {
        let xs = [0.0, 1.0];
        let saddle = |high: f64| vec![vec![high, -1.0], vec![-1.0, high]];
        // Mean above 0: the corners below are cut off, (0, 1) and (1, 0).
        let joined = two_way_contour(&xs, &xs, &saddle(3.0)).unwrap();
        assert_eq!(joined, [[(0.0, 0.75), (0.25, 1.0)], [(0.75, 0.0), (1.0, 0.25)]]);
        // Mean below: those above, (0, 0) and (1, 1).
        let parted = two_way_contour(&xs, &xs, &saddle(0.5)).unwrap();
        let third = 1.0 / 3.0;
        let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() + (a.1 - b.1).abs() < 1e-12;
        assert!(parted.len() == 2 && parted[0].iter().any(|p| near(*p, (0.0, third))), "{parted:?}");
        assert!(parted[0].iter().any(|p| near(*p, (third, 0.0))), "{parted:?}");
    }

    #[test]
    fn lines_through_nodes_are_whole_and_edges_are_as_documented() {
        let xs = [0.0, 1.0, 2.0];
        let diagonal = two_way_contour(&xs, &xs, &grid(&xs, &xs, |x, y| x - y)).unwrap();
        assert_eq!(diagonal, [[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]]);
        let none: Vec<Vec<(f64, f64)>> = Vec::new();
        assert_eq!(two_way_contour(&xs, &xs, &grid(&xs, &xs, |_, _| 1.0)), Some(none.clone()));
        // A single node at 0 amid what is above is a point and no line.
        let touch = two_way_contour(&xs, &xs, &grid(&xs, &xs, |x, y| (x - 1.0).abs() + (y - 1.0).abs()));
        assert_eq!(touch, Some(none));
        let rows = grid(&xs, &xs, |x, _| x);
        assert_eq!(two_way_contour(&xs[..1], &xs, &rows[..1]), None);
        assert_eq!(two_way_contour(&xs, &xs, &rows[..2]), None);
        assert_eq!(two_way_contour(&xs, &[0.0, 0.0, 1.0], &rows), None);
        assert_eq!(two_way_contour(&xs, &xs, &grid(&xs, &xs, |_, _| f64::NAN)), None);
    }
}
