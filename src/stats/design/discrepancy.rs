//! How evenly points fill the unit cube: four L2 discrepancies, squared but for the star.
//!
//! F. J. Hickernell, *A generalized discrepancy and quadrature error bound*, Math. Comp. 67, 1998, 299-322, for centred,
//! wrap-around and star; Y. D. Zhou, K. T. Fang and J. H. Ning, J. Complexity 29, 2013, 283-301, for the mixture. Each takes
//! time in proportion to the square of the points. `None` for no point, no dimension, rows of unequal length, or a
//! coordinate outside 0 to 1.

/// Centred: every corner and the centre of the cube count alike.
pub fn centred(points: &[Vec<f64>]) -> Option<f64> {
    let d = checked(points)?;
    let one = |x: f64| 1.0 + 0.5 * (x - 0.5).abs() - 0.5 * (x - 0.5) * (x - 0.5);
    let two = |x: f64, y: f64| 1.0 + 0.5 * (x - 0.5).abs() + 0.5 * (y - 0.5).abs() - 0.5 * (x - y).abs();
    Some(power(13.0 / 12.0, d) - 2.0 * single(points, one) + double(points, two))
}

/// Wrap-around: opposite sides of the cube are one.
pub fn wrap_around(points: &[Vec<f64>]) -> Option<f64> {
    let d = checked(points)?;
    let two = |x: f64, y: f64| 1.5 - (x - y).abs() * (1.0 - (x - y).abs());
    Some(double(points, two) - power(4.0 / 3.0, d))
}

/// The mixture of both.
pub fn mixture(points: &[Vec<f64>]) -> Option<f64> {
    let d = checked(points)?;
    let one = |x: f64| 5.0 / 3.0 - 0.25 * (x - 0.5).abs() - 0.25 * (x - 0.5) * (x - 0.5);
    let two = |x: f64, y: f64| {
        let apart = (x - y).abs();
        15.0 / 8.0 - 0.25 * (x - 0.5).abs() - 0.25 * (y - 0.5).abs() - 0.75 * apart + 0.5 * apart * apart
    };
    Some(power(19.0 / 12.0, d) - 2.0 * single(points, one) + double(points, two))
}

/// L2 star: boxes from the origin. Not squared.
pub fn star(points: &[Vec<f64>]) -> Option<f64> {
    let d = checked(points)?;
    let square = power(1.0 / 3.0, d) - power(2.0, 1) * power(0.5, d) * single(points, |x| 1.0 - x * x)
        + double(points, |x, y| 1.0 - x.max(y));
    Some(square.max(0.0).sqrt())
}

fn checked(points: &[Vec<f64>]) -> Option<usize> {
    let d = points.first()?.len();
    let good = |point: &Vec<f64>| point.len() == d && point.iter().all(|x| (0.0..=1.0).contains(x));
    (d > 0 && points.iter().all(good)).then_some(d)
}

fn power(base: f64, exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// Mean over the points of a product over the dimensions.
fn single(points: &[Vec<f64>], f: impl Fn(f64) -> f64) -> f64 {
    points.iter().map(|point| point.iter().map(|x| f(*x)).product::<f64>()).sum::<f64>() / points.len() as f64
}

/// Mean over the pairs of points, each with itself too.
fn double(points: &[Vec<f64>], f: impl Fn(f64, f64) -> f64) -> f64 {
    let of = |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).map(|(x, y)| f(*x, *y)).product::<f64>();
    let sum: f64 = points.iter().map(|a| points.iter().map(|b| of(a, b)).sum::<f64>()).sum();
    sum / (points.len() * points.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One point at the centre of a line: 1/12, 1/6 (over 0 to 1), by hand.
    #[test]
    fn a_single_point_is_as_by_hand() {
        let middle = vec![vec![0.5]];
        assert!((centred(&middle).unwrap() - 1.0 / 12.0).abs() < 1e-15);
        assert!((wrap_around(&middle).unwrap() - 1.0 / 6.0).abs() < 1e-15);
        assert!((star(&middle).unwrap() - (1.0_f64 / 12.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn what_is_no_design_has_none() {
        for points in [vec![], vec![vec![]], vec![vec![0.1], vec![0.1, 0.2]], vec![vec![1.5]], vec![vec![f64::NAN]]] {
            assert_eq!((centred(&points), mixture(&points), star(&points)), (None, None, None));
        }
    }
}
