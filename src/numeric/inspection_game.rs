//! Dresher's inspection game: few visits in many periods, against somebody who watches the visitors.
//!
//! In one period of n an inspectee may break the rules, or in none; it sees every visit. The inspector has m visits.
//! Caught counts 1 to the inspector, not caught -1, legal conduct throughout 0 (M. Dresher, RAND memorandum 1962;
//! B. von Stengel, Mathematics of Operations Research 41, 2016).

/// Most periods for which [`value`] and [`visits_now`] are computed.
pub const MOST_PERIODS: u32 = 10_000;

/// Value of the game to the inspector, -C(n-1, m) / sum of C(n, i) for i up to m: from -1 (no visit) to 0 (a visit
/// in every period, or no period left). NaN over [`MOST_PERIODS`].
pub fn value(periods: u32, visits: u32) -> f64 {
    if periods > MOST_PERIODS {
        return f64::NAN;
    }
    if visits >= periods {
        return 0.0;
    }
    // Divided by C(n-1, m): C(n, m) / C(n-1, m) = n / (n - m), and C(n, i-1) / C(n, i) = i / (n - i + 1).
    let n = f64::from(periods);
    let mut term = n / (n - f64::from(visits));
    let mut sum = term;
    for i in (1..=visits).rev() {
        term *= f64::from(i) / (n - f64::from(i) + 1.0);
        sum += term;
    }
    -1.0 / sum
}

/// Chance with which the inspector should visit in the first of so many periods: it leaves the inspectee indifferent.
/// 0 without visits, 1 if there are as many as periods; NaN over [`MOST_PERIODS`].
pub fn visits_now(periods: u32, visits: u32) -> f64 {
    if visits == 0 || periods == 0 {
        return 0.0;
    }
    if visits >= periods {
        return 1.0;
    }
    // p - (1 - p) = p v(n-1, m-1) + (1 - p) v(n-1, m).
    let (less, same) = (value(periods - 1, visits - 1), value(periods - 1, visits));
    (1.0 + same) / (2.0 + same - less)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_solves_the_recursion() {
        for n in 1..40 {
            for m in 1..n {
                let p = visits_now(n, m);
                assert!(p > 0.0 && p < 1.0, "{n} {m}: {p}");
                // Both of the inspectee's choices are worth the value of the game.
                assert!((2.0 * p - 1.0 - value(n, m)).abs() < 1e-14, "{n} {m}: {p}");
                let legal = p * value(n - 1, m - 1) + (1.0 - p) * value(n - 1, m);
                assert!((legal - value(n, m)).abs() < 1e-14, "{n} {m}: {legal}");
            }
        }
    }

    #[test]
    fn edges_are_as_documented() {
        assert_eq!((value(5, 0), value(5, 5), value(0, 0), value(3, 9)), (-1.0, 0.0, 0.0, 0.0));
        assert_eq!((visits_now(5, 0), visits_now(4, 4), visits_now(0, 3), visits_now(2, 5)), (0.0, 1.0, 0.0, 1.0));
        assert!(value(MOST_PERIODS + 1, 2).is_nan());
        assert!(visits_now(MOST_PERIODS, MOST_PERIODS / 3).is_finite());
    }
}
