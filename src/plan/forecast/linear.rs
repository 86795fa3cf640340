//! The little linear algebra that the forecast needs: Cholesky factors and triangular systems.

/// A square matrix, row by row. After [`Square::factorise`] its lower triangle is the Cholesky factor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Square {
    size: usize,
    cells: Vec<f64>,
}

impl Square {
    pub(super) fn new(size: usize, cell: impl Fn(usize, usize) -> f64) -> Square {
        let cells = (0..size * size).map(|i| cell(i / size, i % size)).collect();
        Square { size, cells }
    }

    /// Row `i` up to, not including, column `end`.
    pub(super) fn row(&self, i: usize, end: usize) -> &[f64] {
        &self.cells[i * self.size..i * self.size + end]
    }

    /// The part of row `i` from column `start` on.
    pub(super) fn row_from(&self, i: usize, start: usize) -> &[f64] {
        &self.cells[i * self.size + start..(i + 1) * self.size]
    }

    pub(super) fn at(&self, i: usize, j: usize) -> f64 {
        self.cells[i * self.size + j]
    }

    /// Turns a positive definite matrix into its lower Cholesky factor, zeros above; none if it is not one.
    pub(super) fn factorise(mut self) -> Option<Square> {
        for i in 0..self.size {
            for j in 0..=i {
                let rest = self.at(i, j) - dot(self.row(i, j), self.row(j, j));
                let cell = if i == j { libm::sqrt(rest) } else { rest / self.at(j, j) };
                if !cell.is_finite() || (i == j && cell <= 0.0) {
                    return None;
                }
                self.cells[i * self.size + j] = cell;
            }
            self.cells[i * self.size + i + 1..(i + 1) * self.size].fill(0.0);
        }
        Some(self)
    }

    /// Solves L x = b for the leading part of this factor that `b` has rows for, in place.
    pub(super) fn forward(&self, b: &mut [f64]) {
        for i in 0..b.len() {
            b[i] = (b[i] - dot(self.row(i, i), &b[..i])) / self.at(i, i);
        }
    }

    /// Solves L' x = b in place, L being the whole factor.
    pub(super) fn backward(&self, b: &mut [f64]) {
        for i in (0..b.len()).rev() {
            let rest: f64 = (i + 1..b.len()).map(|j| self.at(j, i) * b[j]).sum();
            b[i] = (b[i] - rest) / self.at(i, i);
        }
    }

    /// Sum of the logarithms of the first `count` diagonal cells.
    pub(super) fn log_diagonal(&self, count: usize) -> f64 {
        (0..count).map(|i| libm::log(self.at(i, i))).sum()
    }
}

/// Sum of products. Four sums side by side keep the processor busy; their order is fixed, so the bits are too.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a_fours, a_rest) = a.as_chunks::<4>();
    let (b_fours, b_rest) = b.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (x, y) in a_fours.iter().zip(b_fours) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_solves_its_matrix() {
        let matrix = Square::new(3, |i, j| [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]][i][j]);
        let factor = matrix.clone().factorise().unwrap();
        let mut x = vec![1.0, 2.0, 3.0];
        factor.forward(&mut x);
        factor.backward(&mut x);
        for (i, wanted) in [1.0, 2.0, 3.0].into_iter().enumerate() {
            assert!((dot(matrix.row(i, 3), &x) - wanted).abs() < 1e-12);
        }
        assert_eq!(Square::new(2, |_, _| 1.0).factorise(), None);
        assert_eq!(dot(&[1.0; 7], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]), 28.0);
    }
}
