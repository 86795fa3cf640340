//! Sobol's sequence, plain and scrambled, and what scrambles say of their own error.

use crate::random::{Entity, Luck, Purpose};
use crate::stats::{Interval, Summary};

/// Dimensions that there are direction numbers for.
pub const MOST_DIMENSIONS: usize = 40;
/// Points of one sequence.
pub const MOST_POINTS: usize = 1 << 24;
/// Binary digits of a coordinate.
const BITS: usize = 52;

/// Degree, coefficients and first direction numbers of the primitive polynomial of each dimension after the first
/// (S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30, 2008, 2635-2654; their list with property D up to dimension 6). Copyright
/// 2008 Frances Y. Kuo and Stephen Joe; the licence is `assets/sobol-direction-numbers.LICENSE.txt`.
const POLYNOMIALS: [(usize, u32, &[u64]); MOST_DIMENSIONS - 1] = [
    (1, 0, &[1]),
    (2, 1, &[1, 3]),
    (3, 1, &[1, 3, 1]),
    (3, 2, &[1, 1, 1]),
    (4, 1, &[1, 1, 3, 3]),
    (4, 4, &[1, 3, 5, 13]),
    (5, 2, &[1, 1, 5, 5, 17]),
    (5, 4, &[1, 1, 5, 5, 5]),
    (5, 7, &[1, 1, 7, 11, 19]),
    (5, 11, &[1, 1, 5, 1, 1]),
    (5, 13, &[1, 1, 1, 3, 11]),
    (5, 14, &[1, 3, 5, 5, 31]),
    (6, 1, &[1, 3, 3, 9, 7, 49]),
    (6, 13, &[1, 1, 1, 15, 21, 21]),
    (6, 16, &[1, 3, 1, 13, 27, 49]),
    (6, 19, &[1, 1, 1, 15, 7, 5]),
    (6, 22, &[1, 3, 1, 15, 13, 25]),
    (6, 25, &[1, 1, 5, 5, 19, 61]),
    (7, 1, &[1, 3, 7, 11, 23, 15, 103]),
    (7, 4, &[1, 3, 7, 13, 13, 15, 69]),
    (7, 7, &[1, 1, 3, 13, 7, 35, 63]),
    (7, 8, &[1, 3, 5, 9, 1, 25, 53]),
    (7, 14, &[1, 3, 1, 13, 9, 35, 107]),
    (7, 19, &[1, 3, 1, 5, 27, 61, 31]),
    (7, 21, &[1, 1, 5, 11, 19, 41, 61]),
    (7, 28, &[1, 3, 5, 3, 3, 13, 69]),
    (7, 31, &[1, 1, 7, 13, 1, 19, 1]),
    (7, 32, &[1, 3, 7, 5, 13, 19, 59]),
    (7, 37, &[1, 1, 3, 9, 25, 29, 41]),
    (7, 41, &[1, 3, 5, 13, 23, 1, 55]),
    (7, 42, &[1, 3, 7, 3, 13, 59, 17]),
    (7, 50, &[1, 3, 1, 3, 5, 53, 69]),
    (7, 55, &[1, 1, 5, 5, 23, 33, 13]),
    (7, 56, &[1, 1, 7, 7, 1, 61, 123]),
    (7, 59, &[1, 1, 7, 9, 13, 61, 49]),
    (7, 62, &[1, 3, 3, 5, 3, 55, 33]),
    (8, 14, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (8, 21, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (8, 22, &[1, 3, 1, 11, 11, 11, 77, 249]),
];

/// The first `n` points of the sequence in `d` dimensions, the origin among them, in Gray-code order. Take a power of two:
/// then every interval of length 1/n along each axis holds one of them. `None` for no dimension, or more dimensions or
/// points than there are.
pub fn sobol(n: usize, d: usize) -> Option<Vec<Vec<f64>>> {
    let digits = digits(n, d)?;
    Some(digits.into_iter().map(|point| point.into_iter().map(coordinate).collect()).collect())
}

/// The same points scrambled (A. B. Owen, in *Monte Carlo and Quasi-Monte Carlo Methods*, 1995, 299-317): each binary digit
/// is flipped or not by chance, by the digits before it. Each point is uniform, and together they stay a net. `nth` numbers
/// independent scrambles of one luck.
pub fn scrambled(n: usize, d: usize, luck: Luck, nth: u64) -> Option<Vec<Vec<f64>>> {
    let mut points = digits(n, d)?;
    for axis in 0..d {
        let entity = Entity::of("scramble").nth(nth).nth(axis as u64);
        let key = luck.stream(Purpose::METHOD, entity).next_u64();
        points.iter_mut().for_each(|point| point[axis] = flipped(point[axis], key));
    }
    // In the middle of its smallest cell, so that no coordinate is 0.
    let cell = 1.0 / (1u64 << BITS) as f64;
    Some(points.into_iter().map(|point| point.into_iter().map(|x| coordinate(x) + 0.5 * cell).collect()).collect())
}

/// The mean of a function over the unit cube from independent scrambles of `n` points, with Student's interval over the
/// scrambles: a randomised quasi-Monte-Carlo estimate. Sixteen scrambles are usual. `None` as for [`sobol`], or if a value
/// is not finite.
pub fn randomised(
    n: usize,
    d: usize,
    scrambles: u64,
    luck: Luck,
    level: f64,
    mut f: impl FnMut(&[f64]) -> f64,
) -> Option<(f64, Interval)> {
    let mut means = Vec::new();
    for nth in 0..scrambles {
        let points = scrambled(n, d, luck, nth)?;
        means.push(points.iter().map(|point| f(point)).sum::<f64>() / n as f64);
    }
    let summary = Summary::of(&means)?;
    Some((summary.mean(), summary.mean_interval(level)))
}

/// Coordinates as whole numbers of `BITS` binary digits.
fn digits(n: usize, d: usize) -> Option<Vec<Vec<u64>>> {
    if d == 0 || d > MOST_DIMENSIONS || n > MOST_POINTS {
        return None;
    }
    let directions: Vec<[u64; BITS]> = (0..d).map(directions).collect();
    let mut at = vec![0_u64; d];
    let mut points = Vec::with_capacity(n);
    for i in 0..n {
        points.push(at.clone());
        // The Gray code of i + 1 differs from that of i in the lowest zero digit of i.
        let digit = (!i).trailing_zeros() as usize;
        at.iter_mut().zip(&directions).for_each(|(x, v)| *x ^= v[digit.min(BITS - 1)]);
    }
    Some(points)
}

/// Direction numbers of an axis, the first binary digit highest.
fn directions(axis: usize) -> [u64; BITS] {
    let mut m = [1_u64; BITS];
    if let Some((degree, coefficients, first)) = axis.checked_sub(1).map(|nth| POLYNOMIALS[nth]) {
        m[..degree].copy_from_slice(first);
        for k in degree..BITS {
            let mut next = m[k - degree] ^ (m[k - degree] << degree);
            for j in 1..degree {
                if coefficients >> (degree - 1 - j) & 1 == 1 {
                    next ^= m[k - j] << j;
                }
            }
            m[k] = next;
        }
    }
    std::array::from_fn(|k| m[k] << (BITS - 1 - k))
}

fn coordinate(x: u64) -> f64 {
    x as f64 / (1u64 << BITS) as f64
}

/// Each digit flipped by a coin that hangs on the digits before it.
fn flipped(x: u64, key: u64) -> u64 {
    let mut out = 0;
    for k in 0..BITS {
        let before = x >> (BITS - k);
        let coin = mixed(key ^ mixed((k as u64) << 56 | before)) >> 63;
        out = out << 1 | ((x >> (BITS - 1 - k) & 1) ^ coin);
    }
    out
}

/// A bijection that spreads bits (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014: the finaliser of SplitMix64).
fn mixed(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_net(points: &[Vec<f64>]) -> bool {
        let n = points.len() as f64;
        (0..points[0].len()).all(|axis| {
            let mut cells: Vec<usize> = points.iter().map(|point| (point[axis] * n) as usize).collect();
            cells.sort_unstable();
            cells.into_iter().eq(0..points.len())
        })
    }

    #[test]
    fn plain_and_scrambled_points_are_nets_along_every_axis() {
        for m in [0, 1, 5, 9] {
            assert!(is_net(&sobol(1 << m, MOST_DIMENSIONS).unwrap()), "2^{m}");
            assert!(is_net(&scrambled(1 << m, MOST_DIMENSIONS, Luck::new(7), 0).unwrap()), "2^{m}");
        }
    }

    /// The first two dimensions are a (0, m, 2)-net: every elementary box of area 1/n holds one point, also scrambled.
    #[test]
    fn boxes_of_the_first_two_dimensions_hold_one_point_each() {
        let m = 8;
        for points in [sobol(1 << m, 2).unwrap(), scrambled(1 << m, 2, Luck::new(1), 3).unwrap()] {
            for k in 0..=m {
                let (wide, high) = (f64::from(1 << k), f64::from(1 << (m - k)));
                let mut boxes: Vec<(usize, usize)> =
                    points.iter().map(|p| ((p[0] * wide) as usize, (p[1] * high) as usize)).collect();
                boxes.sort_unstable();
                boxes.dedup();
                assert_eq!(boxes.len(), 1 << m, "2^{k} by 2^{}", m - k);
            }
        }
    }

    /// Against the direction numbers of another implementation, in another language: the 301st point, of 512 cells an axis.
    #[test]
    fn points_are_those_of_the_published_list() {
        let points = sobol(512, MOST_DIMENSIONS).unwrap();
        let got: Vec<u64> = points[300].iter().map(|x| (x * 512.0) as u64).collect();
        assert_eq!(got, POINT_300);
    }

    const POINT_300: [u64; MOST_DIMENSIONS] = [
        187, 23, 147, 175, 39, 271, 259, 463, 331, 297, 129, 247, 433, 509, 415, 89, 233, 33, 65, 297, 377, 315, 33,
        113, 333, 55, 77, 175, 235, 265, 403, 211, 239, 125, 285, 469, 135, 323, 51, 387,
    ];

    #[test]
    fn scrambles_are_independent_and_their_interval_holds_the_mean() {
        let f = |x: &[f64]| x.iter().map(|x| 1.5 * x * x).sum::<f64>();
        let (mean, interval) = randomised(256, 5, 16, Luck::new(2), 0.95, f).unwrap();
        assert!((mean - 2.5).abs() < 1e-3 && interval.contains(2.5), "{mean} {interval:?}");
        assert_ne!(scrambled(4, 1, Luck::new(2), 0), scrambled(4, 1, Luck::new(2), 1));
        assert_eq!((sobol(4, 0), sobol(4, 41), sobol(MOST_POINTS + 1, 1)), (None, None, None));
        assert_eq!(sobol(0, 3), Some(Vec::new()));
    }
}
