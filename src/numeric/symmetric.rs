//! Symmetric matrices: eigenvalues with their eigenvectors.

/// Eigenvalues, and to each its eigenvector of length 1, in the same order. The order itself means nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// Eigenvalues.
    pub values: Vec<f64>,
    /// `vectors[i]` belongs to `values[i]`; any two are orthogonal.
    pub vectors: Vec<Vec<f64>>,
}

/// Rounds of rotations after which the last digits no longer change; small matrices need fewer than ten.
const MOST_ROUNDS: usize = 60;

impl Eigen {
    /// Of a symmetric matrix, row by row, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th
    /// edition 2013, section 8.5). What stands above the diagonal counts. `None` if a row has another length than there
    /// are rows, or a value is not finite.
    pub fn of(matrix: &[Vec<f64>]) -> Option<Eigen> {
        let n = matrix.len();
        if matrix.iter().any(|row| row.len() != n || row.iter().any(|value| !value.is_finite())) {
            return None;
        }
        let mut a: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| matrix[i.min(j)][i.max(j)]).collect()).collect();
        let mut vectors: Vec<Vec<f64>> =
            (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        for _ in 0..MOST_ROUNDS {
            let mut rotated = false;
            for p in 0..n {
                for q in p + 1..n {
                    // Beside such a diagonal the entry is rounding.
                    if a[p][q].abs() > f64::EPSILON * 1e-2 * (a[p][p].abs() + a[q][q].abs()) {
                        rotate(&mut a, &mut vectors, p, q);
                        rotated = true;
                    }
                }
            }
            if !rotated {
                break;
            }
        }
        Some(Eigen { values: (0..n).map(|i| a[i][i]).collect(), vectors })
    }

    /// The symmetric matrix with the same eigenvectors and with `f` of each eigenvalue.
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
        let n = self.values.len();
        let mut matrix = vec![vec![0.0; n]; n];
        for (value, vector) in self.values.iter().zip(&self.vectors) {
            let scale = f(*value);
            for i in 0..n {
                for j in 0..n {
                    matrix[i][j] += scale * vector[i] * vector[j];
                }
            }
        }
        matrix
    }
}

/// Turns the plane of axes `p` and `q` so that their common entry vanishes. Rows of `vectors` turn along.
fn rotate(a: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let tau = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let tangent = (1.0_f64).copysign(tau) / (tau.abs() + (1.0 + tau * tau).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    let turn = |x: f64, y: f64| (cosine * x - sine * y, sine * x + cosine * y);
    for row in a.iter_mut() {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    for table in [a, vectors] {
        let (upper, lower) = table.split_at_mut(q);
        for (x, y) in upper[p].iter_mut().zip(lower[0].iter_mut()) {
            (*x, *y) = turn(*x, *y);
        }
    }
}

/// The product of two matrices, row by row. Rows of `a` are as long as `b` has rows.
pub fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let columns = b.first().map_or(0, Vec::len);
    let entry = |row: &[f64], j: usize| row.iter().zip(b).map(|(x, other)| x * other[j]).sum();
    a.iter().map(|row| (0..columns).map(|j| entry(row, j)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(got: &[Vec<f64>], want: &[Vec<f64>]) {
        for (g, w) in got.iter().flatten().zip(want.iter().flatten()) {
            assert!((g - w).abs() < 1e-12, "{got:?} is not {want:?}");
        }
    }

    #[test]
    fn known_eigenvalues_are_found() {
        // The second difference of three points has 2 - sqrt 2, 2 and 2 + sqrt 2.
        let matrix = [vec![2.0, -1.0, 0.0], vec![-1.0, 2.0, -1.0], vec![0.0, -1.0, 2.0]];
        let mut values = Eigen::of(&matrix).unwrap().values;
        values.sort_by(f64::total_cmp);
        for (got, want) in values.iter().zip([2.0 - 2f64.sqrt(), 2.0, 2.0 + 2f64.sqrt()]) {
            assert!((got - want).abs() < 1e-14, "{values:?}");
        }
    }

    #[test]
    fn a_matrix_is_the_sum_of_its_eigenvectors_and_a_root_squared() {
        // Full, and of rank one.
        let full = vec![
            vec![4.0, 1.0, -2.0, 0.5],
            vec![1.0, 3.0, 0.25, 1.0],
            vec![-2.0, 0.25, 6.0, 0.0],
            vec![0.5, 1.0, 0.0, 2.0],
        ];
        let rank_one: Vec<Vec<f64>> = (1..=4).map(|i| (1..=4).map(|j| f64::from(i * j)).collect()).collect();
        for matrix in [full, rank_one] {
            let eigen = Eigen::of(&matrix).unwrap();
            near(&eigen.map(|value| value), &matrix);
            let root = eigen.map(|value| value.max(0.0).sqrt());
            near(&product(&root, &root), &matrix);
            let gram: Vec<Vec<f64>> = product(&eigen.vectors, &transposed(&eigen.vectors));
            near(&gram, &Eigen { values: vec![1.0; 4], vectors: gram.clone() }.map(|v| v));
        }
    }

    fn transposed(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
        (0..matrix.len()).map(|j| matrix.iter().map(|row| row[j]).collect()).collect()
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!(Eigen::of(&[vec![1.0, 2.0]]), None);
        assert_eq!(Eigen::of(&[vec![f64::NAN]]), None);
        assert_eq!(Eigen::of(&[]).unwrap().values, Vec::<f64>::new());
        assert_eq!(Eigen::of(&[vec![0.0, 0.0], vec![0.0, 0.0]]).unwrap().values, [0.0, 0.0]);
        assert_eq!(product(&[vec![1.0, 2.0]], &[vec![3.0], vec![4.0]]), [[11.0]]);
    }
}
