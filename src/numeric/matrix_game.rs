//! Finite games of two players in which one wins what the other loses (J. von Neumann, Mathematische Annalen 100, 1928).

/// Most rows and most columns of a game.
pub const MOST_CHOICES: usize = 256;

/// A game's value and a pair of optimal mixed strategies.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// What the row player wins on average when both play well.
    pub value: f64,
    /// Chances with which the row player takes each row.
    pub row: Vec<f64>,
    /// Chances with which the column player takes each column.
    pub column: Vec<f64>,
}

/// Solves the game in which the row player, who maximises, wins `payoffs[row][column]`. By the simplex method on the
/// column player's linear programme, payoffs shifted and scaled to lie between 1 and 2, with R. G. Bland's rule against
/// cycles (Mathematics of Operations Research 2, 1977). Of several optima it gives one.
///
/// `None` without rows or columns, for rows of different length, more than 256 rows or columns, a payoff that is not
/// finite, or if within 100,000 pivots no pair of strategies was found that guarantees both players the value to 1 part
/// in 10^8 of the payoffs' range.
pub fn solve(payoffs: &[Vec<f64>]) -> Option<Solution> {
    let (rows, columns) = (payoffs.len(), payoffs.first()?.len());
    let fits = rows <= MOST_CHOICES && (1..=MOST_CHOICES).contains(&columns);
    if !fits || payoffs.iter().any(|row| row.len() != columns || row.iter().any(|x| !x.is_finite())) {
        return None;
    }
    let all = || payoffs.iter().flatten().copied();
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let range = if high > low { high - low } else { 1.0 };
    if !range.is_finite() {
        return None;
    }

    // Maximise sum y with A y <= 1, y >= 0; the value is 1 / sum y, and the slack variables' prices are the rows' x.
    let width = columns + rows + 1;
    let mut table = vec![vec![0.0; width]; rows + 1];
    for (i, row) in payoffs.iter().enumerate() {
        for (to, &payoff) in table[i].iter_mut().zip(row) {
            *to = 1.0 + (payoff - low) / range;
        }
        table[i][columns + i] = 1.0;
        table[i][width - 1] = 1.0;
    }
    table[rows][..columns].fill(-1.0);
    let mut basis: Vec<usize> = (columns..columns + rows).collect();
    for _ in 0..100_000 {
        let Some(enters) = (0..width - 1).find(|&j| table[rows][j] < -1e-12) else {
            break;
        };
        let ratio = |i: usize| table[i][width - 1] / table[i][enters];
        let leaves = (0..rows)
            .filter(|&i| table[i][enters] > 1e-12)
            .min_by(|&a, &b| ratio(a).total_cmp(&ratio(b)).then(basis[a].cmp(&basis[b])))?;
        pivot(&mut table, leaves, enters);
        basis[leaves] = enters;
    }

    let mut column = vec![0.0; columns];
    for (i, &variable) in basis.iter().enumerate().filter(|(_, variable)| **variable < columns) {
        column[variable] = table[i][width - 1].max(0.0);
    }
    let row = table[rows][columns..columns + rows].iter().map(|price| price.max(0.0)).collect();
    let (row, column) = (normalised(row)?, normalised(column)?);
    let (floor, ceiling) = (guaranteed(payoffs, &row), conceded(payoffs, &column));
    (ceiling - floor <= 1e-8 * range).then_some(Solution { value: 0.5 * (floor + ceiling), row, column })
}

/// What the mixed strategy `row` wins at least, whatever the other player does.
pub fn guaranteed(payoffs: &[Vec<f64>], row: &[f64]) -> f64 {
    let columns = payoffs.first().map_or(0, Vec::len);
    let wins = |j: usize| payoffs.iter().zip(row).map(|(line, chance)| chance * line.get(j).unwrap_or(&f64::NAN)).sum();
    (0..columns).map(wins).fold(f64::INFINITY, f64::min)
}

/// What the mixed strategy `column` loses at most.
pub fn conceded(payoffs: &[Vec<f64>], column: &[f64]) -> f64 {
    let loses = |line: &Vec<f64>| line.iter().zip(column).map(|(payoff, chance)| payoff * chance).sum();
    payoffs.iter().map(loses).fold(f64::NEG_INFINITY, f64::max)
}

fn pivot(table: &mut [Vec<f64>], leaves: usize, enters: usize) {
    let scale = table[leaves][enters];
    table[leaves].iter_mut().for_each(|x| *x /= scale);
    let row = table[leaves].clone();
    for (_, other) in table.iter_mut().enumerate().filter(|(i, _)| *i != leaves) {
        let factor = other[enters];
        if factor != 0.0 {
            other.iter_mut().zip(&row).for_each(|(x, y)| *x -= factor * y);
            other[enters] = 0.0;
        }
    }
}

fn normalised(mut weights: Vec<f64>) -> Option<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= total);
    (total > 0.0).then_some(weights)
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::*;

    #[test]
    fn games_of_two_by_two_have_the_textbooks_solution() {
        // Value (ad - bc) / (a + d - b - c) without a saddle point.
        let solution = solve(&[vec![3.0, -1.0], vec![-2.0, 4.0]]).unwrap();
        close(solution.value, 1.0, 1e-12, &());
        close(solution.row[0], 0.6, 1e-12, &());
        close(solution.column[0], 0.5, 1e-12, &());
        assert_eq!(solve(&[vec![5.0]]).unwrap().value, 5.0);
        let saddle = solve(&[vec![1.0, 2.0], vec![0.0, 9.0], vec![-5.0, 3.0]]).unwrap();
        close(saddle.value, 1.0, 1e-12, &());
    }

    #[test]
    fn rock_paper_scissors_is_fair() {
        let solution = solve(&[vec![0.0, -1.0, 1.0], vec![1.0, 0.0, -1.0], vec![-1.0, 1.0, 0.0]]).unwrap();
        assert!(solution.value.abs() < 1e-12, "{solution:?}");
        assert!(solution.row.iter().chain(&solution.column).all(|p| (p - 1.0 / 3.0).abs() < 1e-12), "{solution:?}");
    }

    #[test]
    fn any_game_is_solved_from_both_sides() {
        // Scrambled payoffs with many ties; `solve` checks the guarantees itself, here they are checked again.
        for (rows, columns) in [(1, 7), (7, 1), (5, 9), (30, 12), (40, 40)] {
            let payoff = |i: usize, j: usize| ((i * 7919 + j * 104_729 + i * j * 31) % 11) as f64 - 4.0;
            let game: Vec<Vec<f64>> = (0..rows).map(|i| (0..columns).map(|j| payoff(i, j)).collect()).collect();
            let solution = solve(&game).unwrap();
            assert!(guaranteed(&game, &solution.row) >= solution.value - 1e-7, "{rows} {columns}");
            assert!(conceded(&game, &solution.column) <= solution.value + 1e-7, "{rows} {columns}");
            close(solution.row.iter().sum(), 1.0, 1e-12, &());
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((solve(&[]), solve(&[vec![]]), solve(&[vec![1.0], vec![1.0, 2.0]])), (None, None, None));
        assert_eq!((solve(&[vec![f64::NAN]]), solve(&vec![vec![0.0]; 300])), (None, None));
        assert_eq!(solve(&vec![vec![2.0; 3]; 3]).unwrap().value, 2.0);
        close(solve(&[vec![1e200, 0.0], vec![0.0, 1e200]]).unwrap().value, 5e199, 1e-12, &());
    }
}
