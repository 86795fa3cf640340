//! The inspection game (M. Dresher, RAND RM-2972, 1962; B. von Stengel, Mathematics of Operations Research 41, 2016).
//!
//! In `periods` n periods there are `inspections` m inspections. Someone means to break the rules at most once and sees
//! each inspection. Payoff to the inspector: 1 for a violation that is inspected, -1 for one that is not, 0 for none.

/// Most periods for which [`value_by_recursion`] works.
pub const MOST_PERIODS: u32 = 4096;

/// The game's value to the inspector, v(n,m) = -C(n-1,m) / sum of C(n,i) over i <= m. 0 if there are as many inspections
/// as periods.
pub fn value(periods: u32, inspections: u32) -> f64 {
    if inspections >= periods {
        return 0.0;
    }
    let (n, m) = (f64::from(periods), f64::from(inspections));
    // C(n,m) / C(n-1,m), then C(n,i-1) = C(n,i) i / (n-i+1). Terms rise to i = n/2 and fall from there.
    let mut term = n / (n - m);
    let mut sum = term;
    for i in (1..=inspections).rev() {
        let i = f64::from(i);
        term *= i / (n - i + 1.0);
        sum += term;
        if term < 1e-18 * sum || sum == f64::INFINITY {
            break;
        }
    }
    -1.0 / sum
}

/// The chance to inspect in the first of the periods that makes a violation now and later equally good, (1 + v(n-1,m)) /
/// (2 + v(n-1,m) - v(n-1,m-1)). 1 if every period can be inspected, 0 without inspections.
pub fn inspection_chance(periods: u32, inspections: u32) -> f64 {
    if inspections >= periods {
        return f64::from(u8::from(periods > 0));
    }
    if inspections == 0 {
        return 0.0;
    }
    let (spared, spent) = (value(periods - 1, inspections), value(periods - 1, inspections - 1));
    (1.0 + spared) / (2.0 + spared - spent)
}

/// The chance to break the rules in the first of the periods that makes the inspector indifferent, (v(n-1,m) -
/// v(n-1,m-1)) / (2 + v(n-1,m) - v(n-1,m-1)). 0 if every period can be inspected. Without inspections any moment is as
/// good as another and 1 stands for them.
pub fn violation_chance(periods: u32, inspections: u32) -> f64 {
    if inspections >= periods {
        return 0.0;
    }
    if inspections == 0 {
        return 1.0;
    }
    let gain = value(periods - 1, inspections) - value(periods - 1, inspections - 1);
    gain / (2.0 + gain)
}

/// The value by Dresher's recursion: each period is a game of two by two whose legal outcomes lead on to the rest. An
/// independent check of [`value`]. NaN for more than 4,096 periods.
pub fn value_by_recursion(periods: u32, inspections: u32) -> f64 {
    if periods > MOST_PERIODS {
        return f64::NAN;
    }
    if inspections >= periods {
        return 0.0;
    }
    let m = inspections as usize;
    // values[j] = v(n, j), from n = 0 upwards.
    let mut values = vec![0.0; m + 1];
    for n in 1..=periods as usize {
        for j in (0..=m).rev() {
            values[j] = if j >= n {
                0.0
            } else if j == 0 {
                -1.0
            } else {
                // Rows inspect or not, columns break or keep the rules: (1, spent; -1, spared).
                let (spared, spent) = (values[j], values[j - 1]);
                (spared + spent) / (2.0 + spared - spent)
            };
        }
    }
    values[m]
}

#[cfg(test)]
mod tests {
    use super::super::check::close;
    use super::super::matrix_game;
    use super::*;

    #[test]
    fn formula_and_recursion_agree() {
        for n in 1..=60 {
            for m in 0..=n {
                close(value(n, m), value_by_recursion(n, m), 1e-11, &(n, m));
            }
        }
    }

    #[test]
    fn each_period_is_a_matrix_game() {
        for (n, m) in [(3, 1), (10, 3), (24, 4)] {
            let game = [vec![1.0, value(n - 1, m - 1)], vec![-1.0, value(n - 1, m)]];
            let solution = matrix_game::solve(&game).unwrap();
            close(solution.value, value(n, m), 1e-11, &(n, m));
            close(solution.row[0], inspection_chance(n, m), 1e-11, &(n, m));
            close(solution.column[0], violation_chance(n, m), 1e-11, &(n, m));
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((value(0, 0), value(5, 5), value(5, 9), value(5, 0)), (0.0, 0.0, 0.0, -1.0));
        assert_eq!((inspection_chance(5, 5), inspection_chance(5, 0), inspection_chance(0, 0)), (1.0, 0.0, 0.0));
        assert_eq!((violation_chance(5, 5), violation_chance(5, 0)), (0.0, 1.0));
        assert!(value_by_recursion(5000, 10).is_nan());
        assert!((-1.0..=0.0).contains(&value(u32::MAX, u32::MAX / 2)));
        assert!((-1e-300..=0.0).contains(&value(100_000, 60_000)));
    }
}
