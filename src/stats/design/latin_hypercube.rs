//! Latin hypercubes: each of n layers of each axis holds one point.

use crate::random::{Entity, Luck, Purpose};

/// Where a point stands within its layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere, at random.
    Random,
    /// In the middle.
    Middle,
}

/// `n` points in `d` dimensions (M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21, 1979, 239-245): along each
/// axis the points stand in a random order of the layers [i/n, (i+1)/n). The order along an axis depends on the luck and
/// the number of the axis alone, so that another axis changes none. Rows are points.
pub fn latin_hypercube(n: usize, d: usize, place: Place, luck: Luck) -> Vec<Vec<f64>> {
    let axis = |axis: usize| {
        let mut stream = luck.stream(Purpose::METHOD, Entity::of("latin hypercube").nth(axis as u64));
        let mut layers: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            let other = ((stream.uniform() * (last + 1) as f64) as usize).min(last);
            layers.swap(last, other);
        }
        let within = |stream: &mut crate::random::Stream| match place {
            Place::Random => stream.uniform(),
            Place::Middle => 0.5,
        };
        layers.into_iter().map(|layer| (layer as f64 + within(&mut stream)) / n as f64).collect::<Vec<f64>>()
    };
    let axes: Vec<Vec<f64>> = (0..d).map(axis).collect();
    (0..n).map(|point| axes.iter().map(|axis| axis[point]).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_of_every_axis_holds_one_point() {
        for place in [Place::Random, Place::Middle] {
            let points = latin_hypercube(37, 4, place, Luck::new(3));
            for axis in 0..4 {
                let mut layers: Vec<usize> = points.iter().map(|point| (point[axis] * 37.0) as usize).collect();
                layers.sort_unstable();
                assert!(layers.into_iter().eq(0..37), "axis {axis}");
            }
        }
    }

    #[test]
    fn another_axis_changes_none_of_the_others_and_another_seed_changes_all() {
        let of = |d, seed| latin_hypercube(20, d, Place::Random, Luck::new(seed));
        let first = |points: Vec<Vec<f64>>| points.into_iter().map(|point| point[0]).collect::<Vec<f64>>();
        assert_eq!(first(of(1, 5)), first(of(6, 5)));
        assert_ne!(first(of(1, 5)), first(of(1, 6)));
        assert_eq!((latin_hypercube(0, 3, Place::Middle, Luck::new(1)).len(), of(0, 1)[0].len()), (0, 0));
    }
}
